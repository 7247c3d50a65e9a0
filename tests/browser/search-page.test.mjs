// The search page: typing, results, history, keyboard, phone, no scripts, failures, policy, axe.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { built, PROJECT, serve } from "./search-support.mjs";
import { firstSentence } from "../../themes/default/assets/texts.js";
import { accessible, answered, BASE, count, gate, says, settled, site, titles, visit } from "./search-visits.mjs";

test("the first sentence of a summary is the same as in lists that need no script", () => {
  const table = readFileSync(join(PROJECT, "src/site/view/sentences.txt"), "utf8");
  const lines = table.split("\n").filter((line) => line.includes(" => ") && !line.startsWith("#"));
  for (const line of lines) {
    const [text, first] = line.split(" => ");
    assert.equal(firstSentence(text), first);
  }
  assert.ok(lines.length > 10);
  assert.equal(firstSentence(""), "");
});

test("results appear while the reader types, and the address contains the query", async () => {
  const { page, faults, close } = await visit("search/");
  await says(page, `${site.total} cases`);
  await page.fill("#cb-q", "joint chief exec");
  await answered(page, "?q=joint+chief+exec");
  assert.match((await titles(page))[0], /One chief executive/);
  assert.match(await page.locator("#cb-results .cb-excerpt").first().innerHTML(), /<mark>/);
  await accessible(page);
  assert.deepEqual(faults, []);
  await close();
});

test("a query that names a region without a case says so", async () => {
  const { page, close } = await visit("search/?q=trusts+in+northern+ireland");
  await settled(page);
  assert.deepEqual(await page.locator("#cb-gaps li:visible").allTextContents(), ["Northern Ireland: no case yet."]);
  await page.fill("#cb-q", "northern trust");
  await answered(page, "?q=northern+trust");
  assert.equal(await page.locator("#cb-gaps").isVisible(), false);
  await close();
});

test("what was left open on the home page is not in the address", async () => {
  const { page, close } = await visit("search/?q=&tier=unitary&sector=&barrier=");
  await answered(page, "?tier=unitary");
  await close();
});

test("each finished query is an entry of the history; unfinished ones share an entry", async () => {
  const { page, close } = await visit("search/");
  await settled(page);
  for (const words of ["trust", "police"]) {
    for (const typed of [words.slice(0, 3), words]) {
      await page.fill("#cb-q", typed);
      await answered(page, `?q=${typed}`);
    }
    await page.press("#cb-q", "Enter");
    await settled(page);
  }
  for (const words of ["trust", ""]) {
    await page.goBack();
    await answered(page, words && `?q=${words}`);
    assert.equal(await page.inputValue("#cb-q"), words);
  }
  await close();
});

test("the results of an unfinished word are also found by its address, with a filter and after Enter", async () => {
  const { page, close } = await visit("search/");
  await settled(page);
  await page.fill("#cb-q", "neighb");
  await answered(page, "?q=neighb");
  const typed = await titles(page);
  assert.ok(typed.length > 1);
  await page.press("#cb-q", "Enter");
  await settled(page);
  assert.deepEqual(await titles(page), typed);
  assert.equal(await page.locator("#cb-said").isVisible(), false, "it is not taken for a mistyped word");
  await close();
});

test("a word of 10,000 letters is answered", async () => {
  const { page, close } = await visit("search/");
  await settled(page);
  // The longest word that the field takes.
  const word = "q".repeat(10_000);
  await page.fill("#cb-q", word);
  await answered(page, `?q=${word}`);
  assert.equal(await count(page).textContent(), "0 cases");
  await close();
});

test("if the focused result is replaced, the focus goes to the search box", async () => {
  const { page, close } = await visit("search/?q=trust");
  await settled(page);
  await page.locator("#cb-results h3 a").first().focus();
  await page.evaluate(() => document.querySelector('input[name="sector"][value="health"]').click());
  await answered(page, "?q=trust&sector=health");
  assert.equal(await page.evaluate(() => document.activeElement.id), "cb-q");
  await close();
});

test("cases stay chosen for comparing when the results change", async () => {
  const { page, close } = await visit("search/?q=joint+committee");
  await settled(page);
  const value = await page.locator(".cb-pick input").first().getAttribute("value");
  await page.locator(".cb-pick input").first().check();
  await page.selectOption('select[name="sort"]', "title");
  await answered(page, "?q=joint+committee&sort=title");
  assert.equal(await page.locator(`.cb-pick input[value="${value}"]`).isChecked(), true);
  assert.equal(await page.locator(".cb-pick input:checked").count(), 1);
  await close();
});

test("a typing error is corrected, and the page says so", async () => {
  const { page, close } = await visit("search/?q=helth+polise");
  await settled(page);
  assert.match(await page.locator("#cb-said").textContent(), /health police/);
  await close();
});

test("counts and missing words name a corrected word as it was searched", async () => {
  const { page, close } = await visit("search/?q=saveguarding+marmot");
  await settled(page);
  await page.waitForSelector("#cb-words li");
  const words = await page.locator("#cb-words").textContent();
  assert.match(words, /\d+ cases? with “safeguarding”, 1 case with “marmot”/);
  assert.doesNotMatch(words, /saveguarding/);
  assert.equal(await page.locator("#cb-results .cb-lacks s").first().textContent(), "safeguarding");
  await close();
});

test("every control works by keyboard", async () => {
  const { page, close } = await visit("search/");
  await settled(page);
  await page.focus("#cb-q");
  // As one input, so that suggestions are offered once.
  await page.keyboard.insertText("marmot");
  await answered(page, "?q=marmot");
  assert.equal(await count(page).textContent(), "1 case");
  await page.locator("#cb-suggestions li").first().waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Marmot/);
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "cb-q");
  await page.keyboard.press("Escape");
  await says(page, `${site.total} cases`);
  await page.focus('input[value="health"]');
  await page.keyboard.press("Space");
  await answered(page, "?sector=health");
  await page.focus("#cb-q");
  await page.keyboard.insertText("marmot");
  await answered(page, "?q=marmot&sector=health");
  assert.match(await count(page).textContent(), /^1 case /);
  await page.locator("#cb-suggestions li").first().waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/coventry-marmot-city\/\?q=marmot/);
  await page.waitForSelector("main mark");
  await close();
});

test("after Escape, suggestions that were still being looked up stay away", async () => {
  const { page, close } = await visit("search/");
  await settled(page);
  await page.fill("#cb-q", "pool");
  await page.locator("#cb-suggestions li").first().waitFor();
  const { opened, open } = gate();
  await page.exposeFunction("letSuggest", () => opened);
  await page.evaluate(() => {
    const { library } = document.getElementById("cb-search");
    const suggest = library.suggest.bind(library);
    library.suggest = async (...asked) => {
      await globalThis.letSuggest();
      const found = await suggest(...asked);
      // The page has used them before this timer ends.
      setTimeout(() => (globalThis.hasSuggested = true));
      return found;
    };
  });
  await page.locator("#cb-q").press("e");
  await page.locator("#cb-q").press("Escape");
  open();
  await page.waitForFunction(() => globalThis.hasSuggested);
  assert.equal(await page.isVisible("#cb-suggestions"), false);
  await close();
});

test("every page has a search box, and the words are marked on the case", async () => {
  const { page, faults, close } = await visit("");
  for (const address of ["", "404.html", "cases/", "map/"]) {
    await page.goto(site.host.url + BASE + address);
    const box = page.getByRole("search").getByRole("searchbox");
    await box.fill("gang violence");
    await box.press("Enter");
    await page.waitForURL(/search\/\?q=gang\+violence/);
    await settled(page);
  }
  await page.locator("#cb-results h3 a").first().click();
  await page.waitForSelector("main mark");
  assert.deepEqual(
    new Set((await page.locator("main mark").allTextContents()).map((word) => word.toLowerCase().slice(0, 4))),
    new Set(["gang", "viol"]),
  );
  await accessible(page);
  assert.deepEqual(faults, []);
  await close();
});

test("results look like other lists: signs, terms as links, acronyms spelled out once", async () => {
  const { page, faults, close } = await visit("search/?q=trust&sector=health");
  await settled(page);
  await page.waitForSelector("#cb-results abbr[title]");
  const titles = await page.locator("#cb-results abbr").evaluateAll((all) => all.map(({ title, textContent }) => [textContent, title]));
  assert.equal(new Set(titles.map(([term]) => term)).size, titles.length);
  assert.match(titles.find(([term]) => term === "PCT")[1], /^primary care trust/);
  const line = page.locator("#cb-results .cb-lines").first();
  assert.match(await line.locator("a").first().getAttribute("href"), /^\/library\/sector\//);
  assert.ok((await line.locator(".cb-disc").count()) && (await line.locator(".cb-wedge").count()));
  assert.equal(await page.locator("#cb-chosen .cb-chip-disc .cb-disc").count(), 1);
  await accessible(page);
  assert.deepEqual(faults, []);
  await close();
});

test("acronyms with marks are spelled out in results as on other pages", async () => {
  const library = mkdtempSync(join(tmpdir(), "casebook-acronyms-"));
  mkdirSync(join(library, "content/cases"), { recursive: true });
  cpSync(join(PROJECT, "content/vocabularies"), join(library, "content/vocabularies"), { recursive: true });
  writeFileSync(join(library, "casebook.yaml"), "title: Acronyms\n");
  const glossary = [
    '- { term: "A&E", full: accident and emergency }',
    "- { term: s.151, full: chief finance, from: 1972 }",
    "- { term: PCT, full: primary care trust }",
    "- { term: Main desk, full: where visitors are received }",
    '- { term: "R&D", full: research and development }',
    '- { term: "R&D+", full: research and what follows }',
  ];
  writeFileSync(join(library, "content/glossary.yaml"), glossary.join("\n"));
  const body = "Visitors to the A&E and the Main desk of both PCTs, a s.151 officer, AA&E, s.1512 and R&D+.";
  const head = "title: Visitors\nsummary: Two bodies share a desk.\ndate: 2026-01-01\nsector: health\ntier: unitary\nbarrier: resource\n";
  writeFileSync(join(library, "content/cases/visitors.md"), `---\n${head}---\n${body}\n`);
  const host = await serve(built(BASE, library), { mount: BASE });
  const { page, faults, close } = await visit("search/?q=officer", {}, host);
  await settled(page);
  await page.waitForSelector("#cb-results abbr[title]");
  const spelled = (page) => page.locator("main abbr").evaluateAll((all) => all.map(({ title, textContent }) => [textContent, title]));
  const inResults = await spelled(page);
  assert.deepEqual(
    inResults.map(([term]) => term),
    ["A&E", "PCT", "s.151", "R&D+"],
  );
  await page.locator("#cb-results h3 a").click();
  await page.waitForURL(/cases\/visitors/);
  assert.deepEqual(await spelled(page), inResults);
  assert.deepEqual(faults, []);
  await close();
  await host.close();
  rmSync(library, { recursive: true });
});

test("choosing results for comparing does not repeat the search", async () => {
  const { page, close } = await visit("search/?q=trust");
  await settled(page);
  const names = await page.locator("#cb-results .cb-docket b").allTextContents();
  await page
    .locator("#cb-results > ul > li")
    .last()
    .evaluate((result) => result.setAttribute("data-drawn-once", ""));
  for (const n of [0, 1]) await page.locator("#cb-results .cb-pick input").nth(n).check();
  assert.equal(await page.locator("[data-drawn-once]").count(), 1);
  assert.equal(await page.locator("#cb-results .cb-pick input:checked").count(), 2);
  await page.locator("#cb-tray").getByRole("button", { name: "Compare" }).click();
  await page.waitForURL(/compare\/\?case=[^&]+&case=[^&]+$/);
  await page.waitForSelector("#cb-beside > table thead th");
  assert.equal(await page.locator("#cb-beside > table > thead th").count(), 2);
  assert.equal(await page.locator("#cb-beside > table > thead b").first().textContent(), names[0]);
  await close();
});

test("the first results are shown before the others, and stay", async () => {
  const { opened, open } = gate();
  let cards = 0;
  site.host.fault = (path) => (path.includes("/cards/") && ++cards > 6 ? opened : null);
  const { page, faults, close } = await visit("search/");
  await page.waitForSelector("#cb-results h3 a");
  const early = (await titles(page)).length;
  const pick = page.locator("#cb-results .cb-pick input").first();
  await pick.check();
  site.host.fault = () => null;
  open();
  await settled(page);
  assert.equal(early, 6);
  assert.equal(new Set(await titles(page)).size, 20);
  assert.ok(await pick.isChecked());
  assert.ok(await page.locator("#cb-pager").isVisible());
  await page.goto(site.host.url + BASE + "search/?page=2");
  await settled(page);
  assert.equal((await titles(page)).length, site.total - 20);
  assert.deepEqual(faults, []);
  await close();
});

test("the pager goes forward and back, and shows where it leaves pages out", async () => {
  const { page, close } = await visit("search/");
  await settled(page);
  const names = () => page.locator("#cb-pager li").allTextContents();
  assert.deepEqual(await names(), ["1", "2", "Next"]);
  await page.getByRole("link", { name: "Next" }).click();
  await answered(page, "?page=2");
  assert.deepEqual(await names(), ["Previous", "1", "2"]);
  await close();
});

test("on a phone the filters are folded away and nothing is wider than the screen", async () => {
  const { page, close } = await visit("search/?q=council", { viewport: { width: 320, height: 640 } });
  await settled(page);
  assert.equal(await page.locator("#cb-narrow").evaluate((details) => details.open), false);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.click("#cb-narrow summary");
  await page.check('input[value="police"]');
  await answered(page, "?q=council&sector=police");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await accessible(page);
  await close();
});

test("missing words are named and struck through, and cases with all words come before the others", async () => {
  const { page, faults, close } = await visit("search/?q=older+residents+money+zebras");
  await settled(page);
  await page.waitForSelector("#cb-words li");
  assert.match(await page.locator("#cb-words").textContent(), /zebras No case has “zebras”/);
  assert.match(await count(page).textContent(), /^No case has all the words, \d+ have some$/);
  assert.match(await page.locator("#cb-results > h2:first-child").textContent(), /^\d+ cases lack some of the words$/);
  assert.match(await page.locator("#cb-results .cb-lacks s").first().textContent(), /zebras/);
  assert.match(await page.title(), /^older residents money zebras: No case has all the words, \d+ have some – /);
  await accessible(page);
  assert.deepEqual(faults, []);
  await close();
});

test("cases with every word have a list of their own, above those that lack some", async () => {
  const { page, close } = await visit("search/?q=pooled+budget+overspent");
  await says(page, "1 case has all the words, 6 have some");
  assert.deepEqual(await page.locator("#cb-results > h2").allTextContents(), ["6 cases lack some of the words"]);
  assert.deepEqual(await page.locator("#cb-results > ul").evaluateAll((all) => all.map((list) => list.children.length)), [1, 6]);
  await accessible(page);
  await page.goto(site.host.url + BASE + "search/?q=PCT");
  await says(page, "3 cases with “PCT”, 15 cases on a related term");
  await close();
});

test("a text without words shows all cases and says so", async () => {
  const { page, close } = await visit("search/?q=%3F%3F%3F");
  await says(page, `${site.total} cases`);
  assert.equal(await page.locator("#cb-words").textContent(), "“???” has no word to search for.");
  await page.goto(site.host.url + BASE + "search/?q=-health");
  await settled(page);
  assert.equal(await page.locator("#cb-words").isVisible(), false);
  await close();
});

test("a term that every case has is no filter unless it is chosen", async () => {
  const { page, close } = await visit("search/");
  await settled(page);
  assert.equal(await page.locator('input[value="local-government"]').isVisible(), false);
  await page.goto(site.host.url + BASE + "search/?sector=local-government");
  await settled(page);
  assert.equal(await page.locator('input[value="local-government"]').isVisible(), true);
  await close();
});

test("cases with some of the words are shown below the words that no case has", async () => {
  const { page, faults, close } = await visit("search/?q=broadband+in+zebras");
  await page.waitForSelector("#cb-results .cb-rest");
  await says(page, "No case has all the words, 1 has some");
  assert.match(await page.title(), /^broadband in zebras: No case has all the words, 1 has some – /);
  const business = page.locator("label", { has: page.locator('input[value="business"]') }).locator("[data-part=count]");
  assert.equal(await business.textContent(), "1", "the filters count the cases that are shown");
  assert.equal(
    await page
      .locator("#cb-words")
      .textContent()
      .then((text) => text.includes("No case has “zebras”.")),
    true,
  );
  assert.equal(await page.locator("#cb-words s").count(), 1);
  assert.match((await titles(page))[0], /^Fibre to a far county/);
  assert.equal(await page.locator("#cb-results .cb-lacks s").first().textContent(), "zebras");
  assert.equal(await page.locator("#cb-none").isVisible(), false);
  await accessible(page);
  await page.goto(site.host.url + BASE + "search/?q=money+zebras");
  await page.locator("#cb-results .cb-group-head a", { hasText: /^Show all \d+ cases/ }).click();
  await settled(page);
  assert.equal(await page.inputValue("#cb-q"), "money");
  assert.deepEqual(faults, []);
  await close();
});

test("a query that finds nothing offers terms by its own words only", async () => {
  const { page, close } = await visit("search/?q=wizards+and+zebras");
  await page.waitForSelector("#cb-nothing:not([hidden])");
  assert.equal(await page.locator("#cb-like").isVisible(), false, "a stop word is no reason");
  await page.goto(site.host.url + BASE + "search/?q=Andy");
  await page.waitForSelector("#cb-nothing:not([hidden])");
  assert.equal(await page.locator("#cb-near").isVisible(), false, "nor are three letters");
  await close();
});

test("a case stands on the first screen of a phone", async () => {
  const { page, close } = await visit("search/?q=shared+services", { viewport: { width: 360, height: 640 } });
  await settled(page);
  await page.waitForSelector("#cb-words li");
  const { y } = await page.locator("#cb-results h3").first().boundingBox();
  assert.ok(y < 620, String(y));
  assert.equal(await page.locator("#cb-tray button").first().isVisible(), false, "no case is ticked yet");
  await page.locator(".cb-pick input").first().check();
  assert.equal(await page.locator("#cb-tray button").first().isVisible(), true);
  await close();
});

test("synonyms are shown, pages and terms are found, and a correction can be undone", async () => {
  const { page, close } = await visit("search/?q=BCF");
  await settled(page);
  await page.waitForSelector("#cb-words li");
  assert.match(await page.locator("#cb-words").textContent(), /“BCF” also finds: Better Care Fund/);
  await says(page, "0 cases with “BCF”, 2 cases on a related term");
  assert.match(await page.locator("#cb-pages a").first().textContent(), /BCF: Better Care Fund/);
  await page.goto(site.host.url + BASE + "search/?q=saveguarding");
  await settled(page);
  await page.click("#cb-instead a");
  await answered(page, "?q=%22saveguarding%22");
  assert.equal(await count(page).textContent(), "0 cases");
  assert.equal(await page.inputValue("#cb-q"), '"saveguarding"');
  await page.goto(site.host.url + BASE + "search/?q=unsaveguarding+saveguarding");
  await settled(page);
  const asTyped = new URL(await page.locator("#cb-instead a").getAttribute("href"), page.url());
  assert.equal(asTyped.searchParams.get("q"), 'unsaveguarding "saveguarding"', "the corrected word, not the same letters in another");
  await close();
});

test("a few results are shown without the part for orders of many", async () => {
  const { page, close } = await visit("search/?q=mayor");
  await settled(page);
  const shown = Number.parseInt(await count(page).textContent(), 10);
  assert.ok(shown > 0 && shown < 10, `${shown} cases`);
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  assert.ok(loaded.some((name) => name.includes("/search/parts/")));
  assert.deepEqual(
    loaded.filter((name) => name.includes("/orders.")),
    [],
  );
  await close();
});

test("suggestions are a combobox that works by keyboard", async () => {
  const { page, faults, close } = await visit("search/");
  await settled(page);
  // As one input, so that suggestions are offered once.
  await page.fill("#cb-q", "pooled");
  const options = page.locator("#cb-suggestions [role=option]");
  await options.first().waitFor();
  assert.equal(await page.getAttribute("#cb-q", "aria-expanded"), "true");
  await page.press("#cb-q", "ArrowDown");
  const marked = await page.getAttribute("#cb-q", "aria-activedescendant");
  assert.equal(await page.locator(`#${marked}`).getAttribute("aria-selected"), "true");
  await accessible(page);
  await page.press("#cb-q", "Enter");
  assert.match(await page.inputValue("#cb-q"), /^pooled budget/i);
  assert.equal(await page.isVisible("#cb-suggestions"), false);
  assert.deepEqual(faults, []);
  await close();
});

test("without scripts the page says so and offers links into the library", async () => {
  const { page, close } = await visit("search/?q=council", { javaScriptEnabled: false });
  assert.match(await page.locator("noscript").textContent(), /scripts/);
  for (const useless of ["#cb-help", ".cb-skips"]) assert.equal(await page.locator(useless).isVisible(), false, useless);
  const links = await page.locator("#cb-browse a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const link of ["a-z/", "places/", "cases/", "sector/health/", "sector/health/tier/unitary/"]) {
    assert.ok(links.includes(BASE + link), link);
  }
  await close();
});

test("a missing part of the index is reported, and the rest and the next query work", async () => {
  site.host.fault = (path) => (path.includes("/search/words/") ? "missing" : null);
  const { page, close } = await visit("search/?q=council");
  await page.waitForSelector("#cb-failed:not([hidden])");
  assert.match(await page.locator("#cb-failed").textContent(), /could not be loaded/);
  assert.ok(await page.locator("#cb-browse").isVisible());
  await accessible(page);
  site.host.fault = () => null;
  await page.fill("#cb-q", "police");
  await answered(page, "?q=police");
  assert.ok(await page.locator("#cb-failed").isHidden());
  assert.ok((await titles(page)).length > 0);
  await close();
});

test("results are shown without what could not be loaded, and the page says so", async () => {
  let card = "";
  for (const part of ["/parts/explain.", "/assets/search-near.", "/search/cards/"]) {
    site.host.fault = (path) => (path.includes(part) && path === (part.includes("cards") ? (card ||= path) : path) ? "missing" : null);
    const { page, close } = await visit(part.includes("cards") ? "search/?q=council" : "search/?q=marmot&from=1700");
    await settled(page);
    assert.ok(await page.locator("#cb-failed").isHidden(), part);
    if (part.includes("cards")) assert.match(await page.locator("#cb-results").textContent(), /1 more case could not be loaded/);
    await close();
  }
  site.host.fault = () => null;
});

test("a script of the page that cannot be loaded is reported, and the question is kept", async () => {
  for (const [part, fault] of [
    ["/assets/search-filters.", "missing"],
    ["/assets/elements.", "cut"],
    ["/assets/search.", "missing"],
  ]) {
    site.host.fault = (path) => (path.includes(part) ? fault : null);
    const { page, close } = await visit("search/?q=council");
    await page.waitForSelector("#cb-failed:not([hidden])");
    assert.match(await page.locator("#cb-failed").textContent(), /could not be loaded/);
    assert.equal(await page.inputValue("#cb-q"), "council");
    assert.ok(await page.locator("#cb-browse").isVisible());
    await close();
  }
  site.host.fault = (path) => (path.includes("/assets/compare.") ? "missing" : null);
  const { page, close } = await visit("compare/?case=wigan-deal&case=kent-gateways");
  await page
    .locator("#cb-unstarted")
    .filter({ hasText: /scripts/, visible: true })
    .waitFor();
  assert.ok(await page.locator("#cb-choose").isHidden());
  site.host.fault = () => null;
  await close();
});

test("a search that takes long says so and shows other ways", async () => {
  const late = gate();
  site.host.fault = (path) => (path.includes("/search/catalogue.") ? late.opened : null);
  const { page, close } = await visit("search/?q=council");
  await page.waitForSelector("#cb-failed:not([hidden])");
  assert.match(await page.locator("#cb-failed").textContent(), /Still searching/);
  assert.ok(await page.locator("#cb-browse").isVisible());
  late.open();
  await settled(page);
  assert.ok(await page.locator("#cb-failed").isHidden());
  site.host.fault = () => null;
  await close();
});

test("a slow first response never replaces a quick second one", async () => {
  const { page, close } = await visit("search/");
  await settled(page);
  const [asked, answer] = [gate(), gate()];
  site.host.fault = (path) => {
    if (!path.includes("/search/words/")) return null;
    asked.open();
    return answer.opened;
  };
  await page.evaluate(() => {
    const { library } = document.getElementById("cb-search");
    const search = library.search.bind(library);
    globalThis.searches = [];
    library.search = (question) => {
      const found = search(question);
      globalThis.searches.push(found);
      return found;
    };
  });
  await page.fill("#cb-q", "police ");
  await asked.opened;
  await page.fill("#cb-q", "");
  await says(page, `${site.total} cases`);
  site.host.fault = () => null;
  answer.open();
  // The page has used each response before this timer ends.
  await page.evaluate(() => Promise.allSettled(globalThis.searches).then(() => new Promise((done) => setTimeout(done))));
  await settled(page);
  assert.equal(await count(page).textContent(), `${site.total} cases`);
  await close();
});

test("other pages load no part of the search", async () => {
  const { page, requested, close } = await visit("cases/torbay-care-trust/");
  await page.waitForLoadState("networkidle");
  assert.ok(requested.length > 1);
  assert.deepEqual(
    requested.filter((path) => path.includes("/search/")),
    [],
  );
  await close();
});
