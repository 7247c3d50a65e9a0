// A theme may use any class names, since scripts read only ids, `data-` attributes and JSON. Here every class of every page has another
// name: those of templates, and those that Casebook itself writes.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, PATIENCE } from "./browser.mjs";
import { PROJECT, serve, targetFolder } from "./search-support.mjs";

let browser;
let host;
before(async () => {
  const site = join(mkdtempSync(join(tmpdir(), "casebook-classes-")), "site");
  const program = process.env.CASEBOOK ?? join(targetFolder(), "debug/casebook");
  execFileSync(program, ["build", "--quiet", "--root", PROJECT, "--output", site]);
  for (const path of readdirSync(site, { recursive: true }).filter((path) => path.endsWith(".html"))) {
    const file = join(site, path);
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/class="[^"]*"/g, (names) => names.replaceAll("cb-", "own-")),
    );
  }
  host = await serve(site);
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
  // The full names of acronyms are not between the words of a cell.
  assert.equal(await page.locator("table [popover], table [popovertarget]").count(), 0);
  assert.deepEqual(faults, []);
});

test("the cases of a briefing have their lifelines and questions", async () => {
  const { page, faults } = await visit("briefing/?case=torbay-care-trust&case=wigan-deal");
  await page.waitForSelector("#cb-chart svg");
  assert.equal(await page.locator("#cb-chart svg").count(), 2);
  assert.ok(await page.locator("#cb-questions li").count());
  assert.deepEqual(faults, []);
});

test("cases are chosen for comparing", async () => {
  const { page, faults } = await visit("cases/");
  await page.locator("[data-part=pick] input").first().check();
  await page.locator("#cb-tray-status", { hasText: /^1 chosen/ }).waitFor();
  await page.locator("#cb-tray-clear").click();
  await page.waitForSelector("#cb-tray-clear", { state: "hidden" });
  assert.deepEqual(faults, []);
});

test("acronyms in results are spelled out, and filters are counted", async () => {
  const { page, faults } = await visit("search/?q=clinical+commissioning+groups");
  await page.waitForSelector('#cb-results abbr[title^="clinical commissioning group"], #cb-results abbr');
  await page.locator('label:has(input[value="health"]) [data-part=count]', { hasText: /\d/ }).waitFor({ state: "attached" });
  assert.deepEqual(faults, []);
});

test("results have the marks and the lifelines of their cases, and a chosen term the colour of its filter", async () => {
  const { page, faults } = await visit("search/?outcome=ended");
  await page.waitForSelector("#cb-results li svg circle");
  const lives = await page
    .locator("#cb-results svg:has(circle)")
    .evaluateAll((drawings) => drawings.map(({ classList }) => classList.contains("cb-stop")));
  assert.ok(lives.length > 1 && lives.every(Boolean), JSON.stringify(lives));
  const marks = await page.locator("#cb-results li li", { hasText: /^Ended/ }).allTextContents();
  assert.ok(marks.length > 1 && marks.some((mark) => /, \d{4}$/.test(mark)), JSON.stringify(marks));
  assert.match(await page.locator("#cb-chosen button").first().getAttribute("class"), /^cb-chip cb-chip-[a-z]+$/);
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
