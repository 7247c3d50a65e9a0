// The form for contributing a case, in Chromium: every case of the sample library opened and saved, messages beside fields,
// keyboard, a phone, hostile text, no scripts, and no request with its content.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, PATIENCE } from "./browser.mjs";
import { build, root, serve } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const CASES = join(root, "content/cases");

let host;
let browser;
before(async () => {
  host = await serve(build(root, "contribute"));
  browser = await launch();
});
after(async () => {
  await browser.close();
  host.stop();
});

/** Opens the form. `faults` collects errors of the page, and requests to other hosts. */
async function visit(options = {}) {
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options })).newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => request.url().startsWith(host.origin) || request.url().startsWith("blob:") || faults.push(request.url()));
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(host.origin + "/contribute/");
  return { page, faults };
}

/** The file that the form has made. */
async function file(page) {
  await page.evaluate(() => (location.hash = "send"));
  return page.locator("#cb-file").textContent();
}

/** The keys of front matter with their lines, in the order of their names. */
const keys = (text) => text.split("\n---\n")[0].split("\n").filter((line) => /^[a-z_]+:/.test(line)).map((line) => line.split(":")[0]).filter((key) => key !== "status").sort();

test("every case of the library keeps its keys when it is opened and saved, twice", async () => {
  const { page, faults } = await visit();
  for (const name of readdirSync(CASES).filter((name) => name.endsWith(".md"))) {
    const text = readFileSync(join(CASES, name), "utf8");
    await page.goto(host.origin + "/contribute/");
    await page.setInputFiles("#cb-open", { name, mimeType: "text/markdown", buffer: Buffer.from(text) });
    await page.locator("#cb-said", { hasText: "Opened" }).waitFor();
    const first = await file(page);
    assert.deepEqual(keys(first), keys(text), name);
    await page.goto(host.origin + "/contribute/");
    await page.setInputFiles("#cb-open", { name, mimeType: "text/markdown", buffer: Buffer.from(first) });
    await page.locator("#cb-said", { hasText: "Opened" }).waitFor();
    assert.equal(await file(page), first, name);
  }
  assert.deepEqual(faults, []);
});

test("a case can be written with the keyboard, and errors are shown beside their fields", async () => {
  const { page, faults } = await visit();
  await page.getByRole("link", { name: "Begin", exact: true }).press("Enter");
  await page.getByLabel("Title", { exact: true }).fill("One: desk");
  await page.getByLabel("From which year?").fill("2006");
  await page.getByLabel("To which year?").fill("2003");
  await page.getByLabel("To which year?").press("Tab");
  assert.match(await page.locator("#f-period-to-wrong").textContent(), /The years run backwards/);
  assert.equal(await page.getByLabel("To which year?").getAttribute("aria-invalid"), "true");
  await page.getByRole("button", { name: /^Continue/ }).press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.className), "cb-errors");
  await page.getByLabel("To which year?").fill("2013");
  await page.getByLabel("Health", { exact: true }).press("Space");
  await page.getByRole("button", { name: /^Continue/ }).press("Enter");
  await page.getByRole("button", { name: "Add a source" }).press("Enter");
  await page.getByLabel("Title", { exact: true }).fill("Audit");
  await page.evaluate(() => (location.hash = "story"));
  await page.getByLabel("The challenge").fill("It was *hard* [1].\n- One");
  const text = await file(page);
  assert.match(text, /title: "One: desk"\n/);
  assert.match(text, /status: draft\nsector: \[health\]\n/);
  assert.match(text, /period: \{ from: 2006, to: 2013 \}/);
  assert.match(text, /- id: s1\n    title: Audit\n/);
  assert.match(text, /## The challenge\n\nIt was \\\*hard\\\* \[@s1\]\.\n- One\n/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download the file" }).click()]);
  assert.equal(download.suggestedFilename(), "one-desk.md");
  assert.deepEqual(faults, []);
});

test("hostile text stays text, and is stored on the device only on request", async () => {
  const { page, faults } = await visit();
  await page.evaluate(() => (location.hash = "partnership"));
  await page.getByLabel("Title", { exact: true }).fill("<img src=x onerror=alert(1)> --- \"'{}[]: #");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(await page.locator("#cb-card img").count(), 0);
  assert.match(await file(page), /title: "<img src=x onerror=alert\(1\)> --- \\"'\{\}\[\]: #"\n/);
  await page.getByLabel("Keep what I write on this device").check();
  await page.waitForFunction(() => localStorage.length === 1);
  await page.reload();
  assert.match(await file(page), /onerror/);
  await page.getByRole("button", { name: "Clear everything I wrote" }).click();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.deepEqual(faults, []);
});

test("a phone shows every part without sideways scrolling, and axe finds nothing", async () => {
  const { page } = await visit({ viewport: { width: 320, height: 640 } });
  for (const part of ["start", "partnership", "sources", "story", "barriers", "results", "lessons", "more", "you", "send"]) {
    await page.evaluate((part) => (location.hash = part), part);
    await page.locator(`#cb-parts [href="#${part}"][aria-current=step]`).waitFor({ state: "attached" });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), part);
    await page.addScriptTag({ content: AXE }).catch(() => {});
    await page.evaluate(AXE);
    const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
    assert.deepEqual(found.violations.map(({ id, nodes }) => `${part} ${id}: ${nodes[0].html}`), []);
  }
});

test("without scripts the page offers templates", async () => {
  const { page } = await visit({ javaScriptEnabled: false });
  assert.ok(await page.getByRole("link", { name: /Word/ }).first().isVisible());
  assert.equal(await page.locator("#cb-contribute").isVisible(), false);
});
