// A theme may use any class names, since scripts read only ids and `data-` attributes.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, PATIENCE } from "./browser.mjs";
import { PROJECT, serve, targetFolder } from "./search-support.mjs";

let browser;
let host;
before(async () => {
  const work = mkdtempSync(join(tmpdir(), "casebook-classes-"));
  const root = join(work, "library");
  cpSync(join(PROJECT, "content"), join(root, "content"), { recursive: true });
  cpSync(join(PROJECT, "casebook.yaml"), join(root, "casebook.yaml"));
  cpSync(join(PROJECT, "themes/default"), join(root, "themes/default"), { recursive: true });
  for (const path of readdirSync(join(root, "themes/default"), { recursive: true })) {
    const file = join(root, "themes/default", path);
    if (!/\.html$/.test(path) || !statSync(file).isFile()) continue;
    const renamed = readFileSync(file, "utf8").replace(/class="[^"]*"/g, (names) => names.replaceAll("cb-", "own-"));
    writeFileSync(file, renamed);
  }
  const program = process.env.CASEBOOK ?? join(targetFolder(), "debug/casebook");
  execFileSync(program, ["build", "--quiet", "--root", root, "--output", join(work, "site")]);
  host = await serve(join(work, "site"));
  browser = await launch();
});
after(async () => {
  await browser.close();
  await host.close();
});

async function visit(address) {
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 } })).newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(`${host.url}/${address}`);
  return { page, faults };
}

test("cases are compared, even if one of them cannot be loaded", async () => {
  const { page, faults } = await visit("compare/?case=torbay-care-trust&case=wigan-deal&case=nowhere");
  await page.locator("#cb-status", { hasText: "nowhere" }).waitFor();
  await page.waitForSelector("table td");
  const text = await page.textContent("main");
  assert.match(text, /Torbay/);
  assert.match(text, /Wigan/);
  assert.deepEqual(faults, []);
});

test("acronyms in results are spelled out, and filters are counted", async () => {
  const { page, faults } = await visit("search/?q=clinical+commissioning+groups");
  await page.waitForSelector('#cb-results abbr[title^="clinical commissioning group"], #cb-results abbr');
  await page.locator('label:has(input[value="health"]) [data-part=count]', { hasText: /\d/ }).waitFor({ state: "attached" });
  assert.deepEqual(faults, []);
});

test("the entries of the glossary are filtered", async () => {
  const { page, faults } = await visit("glossary/");
  await page.fill("#cb-filter", "clinical commissioning");
  await page.waitForFunction(() => document.querySelector("[data-term=ICB]").hidden);
  assert.ok(await page.isVisible("[data-term=CCG]"));
  assert.deepEqual(faults, []);
});

test("the form shows the answers so far beside its parts, and not beside the page", async () => {
  const { page, faults } = await visit("contribute/#partnership");
  await page.fill("#f-title", "One shared desk");
  await page.waitForFunction(() => document.getElementById("cb-card").textContent.includes("One shared desk"));
  await page.goto(`${host.url}/contribute/#page`);
  await page.waitForSelector("[data-part=so-far]", { state: "hidden" });
  assert.deepEqual(faults, []);
});

test("the words of a search are marked on the case", async () => {
  const { page, faults } = await visit("cases/coventry-marmot-city/?q=marmot");
  await page.waitForSelector("main mark");
  assert.deepEqual(faults, []);
});
