// Debian's Chromium, with a list of faults: errors in the log, violations of the policy, requests to other hosts.
import { existsSync } from "node:fs";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { serve } from "./site.mjs";

/** How many milliseconds a step may take on a slow machine with other work. It is reached only when something is wrong. */
export const PATIENCE = 60_000;

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function launch() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error("no Chromium: apt-get install chromium, or name one in CHROMIUM");
  return chromium.launch({
    executablePath,
    timeout: PATIENCE,
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
  });
}

// A browser and the site in a folder, for all tests of a file; both stop after them.
export async function browse(folder) {
  const site = await serve(folder);
  const browser = await launch();
  after(async () => {
    await browser.close();
    site.stop();
  });
  return { browser, site };
}

// A new page, and the list of its faults.
export async function open(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) faults.push(`another host: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.url().endsWith("/favicon.ico")) faults.push(`${response.status()}: ${response.url()}`);
  });
  return { context, page, faults };
}

/** Waits until `ask`, which runs in the page, gives true. `waitForFunction` of Playwright takes any promise for true. */
export async function waitUntil(page, ask) {
  const end = Date.now() + PATIENCE;
  while (!(await page.evaluate(ask))) {
    if (Date.now() > end) throw new Error(`not true after ${PATIENCE} ms: ${ask}`);
    await sleep(50);
  }
}

// Waits until the scripts of a page have added their content. Only comparisons and the search go on loading after the page is loaded,
// and the search goes on after its answer: it spells out acronyms.
export async function settle(page) {
  await page.waitForFunction(() => document.readyState === "complete" && !document.querySelector(".cb-waiting, [aria-busy=true]"));
  if (await page.locator("#cb-search").count()) await page.waitForLoadState("networkidle");
}
