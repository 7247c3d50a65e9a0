// Visits to the search page of the sample library, in Chromium.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before } from "node:test";

import { launch, PATIENCE } from "./browser.mjs";
import { built, serve } from "./search-support.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const BASE = "/library/";

/** The host, and the number of cases of the library. They are there when the first test of a file begins. */
export const site = { host: null, total: 0 };
let browser;
before(async () => {
  const folder = built(BASE);
  site.total = JSON.parse(readFileSync(join(folder, "data/cases.json"), "utf8")).cases.length;
  site.host = await serve(folder, { mount: BASE });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await site.host.close();
});

/** Opens an address of a host. `faults` collects errors of the page, and `requested` the paths of what it loads. */
export async function visit(address, options = {}, host = site.host) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const [faults, requested] = [[], []];
  page.on("request", (request) => requested.push(new URL(request.url()).pathname));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/favicon/.test(message.location().url) && faults.push(message.text()));
  await page.goto(host.url + BASE + address);
  return { page, faults, requested, close: () => context.close() };
}

export const count = (page) => page.locator("#cb-count");
export const titles = (page) => page.locator("#cb-results h3 a").allTextContents();
/** Waits until the page has nothing more to load for its query. */
export const settled = (page) =>
  page.waitForFunction(() => document.getElementById("cb-count")?.textContent && !document.querySelector("#cb-search[aria-busy]"));
/** Waits until the query in the address is this one, and answered. The address changes in the same step as the page becomes busy. */
export async function answered(page, query) {
  await page.waitForFunction((query) => location.search === query, query);
  await settled(page);
}
/** Waits until the page is settled and has this count. */
export const says = (page, text) =>
  page.waitForFunction(
    (text) => document.getElementById("cb-count").textContent === text && !document.querySelector("#cb-search[aria-busy]"),
    text,
  );
/** A promise, and the function that resolves it. */
export function gate() {
  let open;
  const opened = new Promise((done) => (open = done));
  return { opened, open };
}

export async function accessible(page) {
  // Results that are not up to date are pale until the answer comes.
  await page.waitForFunction(() => !document.querySelector("#cb-search[aria-busy], .cb-late"));
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(
    found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
    [],
  );
}
