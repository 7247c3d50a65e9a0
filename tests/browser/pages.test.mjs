// Every kind of page, light and dark, narrow and wide: no problem that axe-core can find, no violation of the policy, no error, no
// request to another host, nothing wider than the screen. Each page stays below a limit of bytes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { browse, open, settle } from "./browser.mjs";
import { overlaps, tooSmall, tooWide } from "./looks.mjs";
import { build, kinds, sample } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] };
// The reader chooses the colours.
const NO_CONTRAST = { ...RULES, rules: { "color-contrast": { enabled: false } } };
// The rules that look at colours: all others find the same in light and dark.
const COLOURS = { ...RULES, runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

const folder = build(sample(), "site");
const { browser, site } = await browse(folder);

async function audit(page, options = RULES) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), options);
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map((node) => node.target.join(" "))
        .slice(0, 3)
        .join(", ")}`,
  );
}

for (const [kind, address] of kinds(folder)) {
  for (const width of [320, 1280]) {
    test(`${kind} at ${width} px, light and dark`, async () => {
      const { context, page, faults } = await open(browser, site.origin, { viewport: { width, height: 900 } });
      await page.goto(site.origin + address);
      await settle(page);
      assert.equal(await page.locator("h1").count(), 1);
      // No script reads the colour scheme, so the page is loaded once.
      for (const [colorScheme, options] of [
        ["light", RULES],
        ["dark", COLOURS],
      ]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await tooWide(page), [], colorScheme);
        assert.deepEqual(await overlaps(page), [], colorScheme);
        assert.deepEqual(await tooSmall(page), [], colorScheme);
        assert.deepEqual(await audit(page, options), [], colorScheme);
      }
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}

for (const [kind, address] of kinds(folder)) {
  test(`${kind} with wide spacing of text, in forced colours, without motion`, async () => {
    const options = { viewport: { width: 320, height: 900 }, forcedColors: "active", reducedMotion: "reduce" };
    const { context, page } = await open(browser, site.origin, options);
    await page.goto(site.origin + address);
    await settle(page);
    // The policy of the page forbids inline styles, so the spacing is a constructed style sheet.
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }",
      );
      document.adoptedStyleSheets = [sheet];
    });
    assert.deepEqual(await tooWide(page), []);
    assert.deepEqual(await audit(page, NO_CONTRAST), []);
    await context.close();
  });
}

// The compressed size of each file that a page loads, by its path.
async function weights(address) {
  const { context, page } = await open(browser, site.origin);
  const loaded = [];
  page.on("response", (response) => loaded.push(response));
  await page.goto(site.origin + address);
  await page.waitForLoadState("networkidle");
  const weigh = async (response) => [new URL(response.url()).pathname, gzipSync(await response.body()).length];
  const weights = await Promise.all(loaded.filter((response) => !/image/.test(response.headers()["content-type"])).map(weigh));
  await context.close();
  return weights;
}
const sum = (weights) => weights.reduce((bytes, [, own]) => bytes + own, 0);

for (const [kind, most] of [
  ["home", 30_000],
  ["case", 24_700],
]) {
  test(`${kind} loads at most ${most} bytes in all`, async () => {
    const bytes = sum(await weights(Object.fromEntries(kinds(folder))[kind]));
    assert.ok(bytes <= most, `${bytes} bytes`);
  });
}

// The search page and the form at /contribute/ need more scripts.
for (const [kind, most] of [
  ["home", 0],
  ["case", 3000],
  ["cases", 3000],
  ["term", 3000],
  ["compare", 3350],
  ["briefing", 3350],
  ["page", 0],
]) {
  test(`${kind} loads at most one script, of at most ${most} bytes`, async () => {
    const scripts = (await weights(Object.fromEntries(kinds(folder))[kind])).filter(([path]) => path.endsWith(".js"));
    assert.ok(scripts.length <= 1 && sum(scripts) <= most, JSON.stringify(scripts));
  });
}

test("the map shows its last column on every screen of at least 960 px", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/map/");
  for (const width of [960, 1023, 1024, 1100, 1152, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    assert.ok(await page.locator(".cb-scroll").evaluate((box) => box.scrollWidth <= box.clientWidth), `${width} px`);
  }
  await context.close();
});

test("on a phone the menu is one row, and its last button shows the other pages", async () => {
  const { context, page } = await open(browser, site.origin, { viewport: { width: 320, height: 900 } });
  const heights = new Set();
  for (const address of ["/cases/", "/places/", "/about/"]) {
    await page.goto(site.origin + address);
    const shown = page.locator(".cb-menu > ul > li > a:visible, .cb-menu summary:visible");
    const rows = new Set(await shown.evaluateAll((links) => links.map((link) => Math.round(link.getBoundingClientRect().top))));
    assert.equal(rows.size, 1, address);
    heights.add(Math.round((await page.locator(".cb-masthead").boundingBox()).height));
  }
  assert.equal(heights.size, 1, `the masthead jumps: ${[...heights]}`);
  await page.locator(".cb-menu summary").click();
  await page.locator(".cb-more").getByRole("link", { name: "A to Z" }).waitFor();
  await context.close();
});

test("a long glossary is opened by letter, and the A to Z is one page of places, topics and titles", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/glossary/");
  await page.getByRole("navigation", { name: "Letters" }).getByRole("link", { name: "P", exact: true }).click();
  assert.match(await page.locator(":target dt").textContent(), /^P/);
  await page.goto(site.origin + "/a-z/");
  const line = (name) => page.locator(".cb-alphabet li", { has: page.getByRole("link", { name, exact: true }) });
  const ofPlace = (name) => line(name).filter({ hasNotText: ":" });
  assert.match(await line("Three boroughs, one set of services").textContent(), /, 2010–2018$/);
  assert.equal(await ofPlace("Torbay").textContent(), "Torbay, Twenty years of one care organisation");
  assert.deepEqual(await line("Torbay").filter({ hasText: /^T.*:/ }).allTextContents(), ["Torquay: Torbay"]);
  assert.match(await line("Health").textContent(), / \d+$/);
  const letter = (title) => line(title).evaluate((item) => item.parentElement.previousElementSibling.textContent);
  assert.equal(await letter("A children’s service outside the council"), "C", "the article is passed over");
  await page.goto(site.origin + "/a-z/t/");
  assert.equal(await line("Twenty years of one care organisation").count(), 1);
  assert.equal(await line("Adur").count(), 0);
  await context.close();
});

test("a choice among the lifelines leaves only its own cases to a screen reader, and tells their number", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/");
  const lives = page.locator(".cb-alllives");
  const links = () => lives.locator("svg.cb-lives").getByRole("link").count();
  const all = await links();
  await lives.getByRole("radio", { name: /^Politics / }).check();
  assert.match(await lives.getByRole("status").innerText(), new RegExp(`^Politics: \\d+ of ${all} cases$`));
  assert.equal(await links(), Number.parseInt((await lives.getByRole("status").innerText()).split(" ")[1], 10));
  await lives.getByRole("radio", { name: /^Every case / }).check();
  assert.match(await lives.getByRole("status").innerText(), /^Every case: \d+$/);
  await context.close();
});

test("what continued at the last report has the year of it on a card, in its head, in the table and in the drawing", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/cases/cardiff-violence-prevention/");
  assert.match(await page.locator(".cb-digest").innerText(), /Continuing when last reported, 2015/);
  await page.goto(site.origin + "/");
  const name =
    /^Sharing hospital data to prevent violence, Cardiff\. Continuing when last reported, 2015\. From 1996\. Evidence: compared\.$/;
  assert.equal(await page.getByRole("link", { name }).count(), 1);
  await page.goto(site.origin + "/cases/page/2/");
  assert.match(await page.locator(".cb-entry", { hasText: "Cardiff" }).locator(".cb-marks").innerText(), /Continuing in 2015/);
  await page.goto(site.origin + "/lifelines/");
  const row = page.locator(".cb-lifetable tr", { hasText: "Cardiff" });
  assert.deepEqual((await row.locator("th, td").allTextContents()).slice(2, 7), ["1996", "–", "not recorded", "2015", "Continuing"]);
  await context.close();
});

test("a phone shows what the strength of the evidence means", async () => {
  const { context, page } = await open(browser, site.origin, { viewport: { width: 360, height: 900 } });
  await page.goto(site.origin + "/cases/torbay-care-trust/");
  await page.getByText("nothing shows that the partnership moved them").waitFor();
  await context.close();
});

// How many lines hold a word, at its first place in what a selector finds.
const linesOf = (page, css, word) =>
  page
    .locator(css, { hasText: word })
    .first()
    .evaluate((element, word) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && !walker.currentNode.data.includes(word));
      const range = new Range();
      range.setStart(walker.currentNode, walker.currentNode.data.indexOf(word));
      range.setEnd(walker.currentNode, range.startOffset + word.length);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    }, word);

test("long words are whole beside a list, and on a map that is printed on a narrow sheet", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/cases/");
  assert.equal(await linesOf(page, ".cb-docket", "Clackmannanshire"), 1);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 700, height: 900 });
  await page.goto(site.origin + "/map/");
  const heads = await page
    .locator(".cb-map thead a")
    .evaluateAll((links) => links.map((link) => [getComputedStyle(link).writingMode, link.getClientRects().length].join()));
  assert.deepEqual(new Set(heads), new Set(["vertical-rl,1"]));
  await context.close();
});

test("with text of twice the size the map on a phone does not scroll sideways", async () => {
  const { context, page } = await open(browser, site.origin, { viewport: { width: 360, height: 900 } });
  const browserSettings = await context.newCDPSession(page);
  await browserSettings.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  for (const address of ["/", "/cases/", "/map/", "/places/", "/lifelines/", "/glossary/"]) {
    await page.goto(site.origin + address);
    assert.deepEqual(await tooWide(page), [], address);
  }
  await context.close();
});
