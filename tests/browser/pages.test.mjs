// Every kind of page, light and dark, narrow and wide: no fault that axe-core can find, nothing that the policy forbids, no
// error, no other host, nothing wider than the screen. What each page weighs is held to its limit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch, open, settle } from "./browser.mjs";
import { build, kinds, root, serve } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

const folder = build(root, "site");
let browser, site;

before(async () => {
  site = await serve(folder);
  browser = await launch();
});

after(async () => {
  await browser.close();
  site.stop();
});

async function audit(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
}

const tooWide = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => element && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const wide = [...document.querySelectorAll("main *, header *, footer *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > width + 1 && getComputedStyle(element).position !== "absolute" && !scrolls(element.parentElement);
  });
  const page = document.documentElement.scrollWidth > width ? ["the page itself"] : [];
  return [...page, ...wide.slice(0, 3).map((element) => `${element.tagName}.${element.className}`)];
});

for (const [kind, address] of kinds(folder)) {
  for (const width of [320, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${kind} at ${width} px, ${colorScheme}`, async () => {
        const { context, page, faults } = await open(browser, site.origin, { viewport: { width, height: 900 }, colorScheme });
        await page.goto(site.origin + address);
        await settle(page);
        assert.deepEqual(faults, []);
        assert.deepEqual(await tooWide(page), []);
        assert.equal(await page.locator("h1").count(), 1);
        assert.deepEqual(await audit(page), []);
        await context.close();
      });
    }
  }
}

for (const [kind, address] of kinds(folder)) {
  test(`${kind} with wide spacing of text, in forced colours, without motion`, async () => {
    const options = { viewport: { width: 320, height: 900 }, forcedColors: "active", reducedMotion: "reduce" };
    const { context, page } = await open(browser, site.origin, options);
    await page.goto(site.origin + address);
    await settle(page);
    // The page's own policy forbids a style in it, so the spacing comes as a sheet that its script interface makes.
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
      document.adoptedStyleSheets = [sheet];
    });
    assert.deepEqual(await tooWide(page), []);
    assert.deepEqual((await audit(page)).filter((fault) => !fault.startsWith("color-contrast")), []);
    await context.close();
  });
}

for (const kind of ["home", "case"]) {
  test(`${kind} weighs at most 30 kB with everything that it loads`, async () => {
    const { context, page } = await open(browser, site.origin);
    let bytes = 0;
    const weigh = async (response) => {
      if (!/image/.test(response.headers()["content-type"])) bytes += gzipSync(await response.body()).length;
    };
    const weighed = [];
    page.on("response", (response) => weighed.push(weigh(response)));
    await page.goto(site.origin + Object.fromEntries(kinds(folder))[kind]);
    await settle(page);
    await Promise.all(weighed);
    assert.ok(bytes <= 30_000, `${bytes} bytes`);
    await context.close();
  });
}
