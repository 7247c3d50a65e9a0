// The search page: filters, years, near misses, and what is offered if nothing is found.

import assert from "node:assert/strict";
import { test } from "node:test";

import { accessible, answered, BASE, count, says, settled, site, titles, visit } from "./search-visits.mjs";

test("filters narrow the results, can be removed, and are in the address; back and forward work", async () => {
  const { page, faults, close } = await visit("search/?q=council");
  await settled(page);
  const all = await count(page).textContent();
  await page.check('input[name="sector"][value="health"]');
  await answered(page, "?q=council&sector=health");
  const narrowed = await count(page).textContent();
  const label = page.locator('label:has(input[value="health"]) .cb-count');
  assert.notEqual(narrowed, all);
  assert.equal(`${await label.textContent()} cases`, narrowed);
  await accessible(page);
  await page.goBack();
  await says(page, all);
  await page.goForward();
  await says(page, narrowed);
  const shared = await visit(`search/${new URL(page.url()).search}`);
  await says(shared.page, narrowed);
  await shared.close();
  await page.click("#cb-chosen button");
  await says(page, all);
  assert.deepEqual(faults, []);
  await close();
});

test("reversed years are corrected", async () => {
  const right = await visit("search/?from=2005&to=2010");
  await settled(right.page);
  const { page, close } = await visit("search/?from=2010&to=2005");
  await settled(page);
  assert.equal(await count(page).textContent(), await count(right.page).textContent());
  await right.close();
  await close();
});

test("an old address with unknown terms says so", async () => {
  const { page, close } = await visit("search/?sector=helth&sector=health");
  await settled(page);
  assert.match(await page.locator("#cb-said").textContent(), /helth/);
  await close();
});

test("a list of the home page from which nothing was chosen is no filter", async () => {
  const chosen = await visit("search/?sector=police");
  await settled(chosen.page);
  const { page, close } = await visit("search/?tier=&sector=police&barrier=");
  await settled(page);
  assert.equal(await count(page).textContent(), await count(chosen.page).textContent());
  assert.equal(await page.locator("#cb-said").textContent(), "");
  await page.fill("#cb-q", "council");
  await answered(page, "?q=council&sector=police");
  await chosen.close();
  await close();
});

test("a search without results offers other ways", async () => {
  const { page, faults, close } = await visit("search/?q=zzzzqqqq");
  await says(page, "0 cases");
  assert.match(await page.locator("#cb-nothing a").last().textContent(), /missing/);
  await accessible(page);
  assert.deepEqual(faults, []);
  await close();
});

test("terms with similar names are offered", async () => {
  const { page, close } = await visit("search/?q=health+zzzz&from=1700&to=1701");
  await settled(page);
  assert.deepEqual(await page.locator("#cb-like a").allTextContents(), ["Health"]);
  await close();
});

test("for words that no case has, similar words are offered", async () => {
  const { page, faults, close } = await visit("search/?q=safeguardxyzq");
  await says(page, "0 cases");
  const words = await page.locator("#cb-near a").allTextContents();
  assert.ok(words.includes("safeguarding"), words.join());
  await accessible(page);
  await page.click('#cb-near a:text-is("safeguarding")');
  await answered(page, "?q=safeguarding");
  assert.ok((await titles(page)).length > 0);
  assert.deepEqual(faults, []);
  await close();
});

test("if no case matches every choice, near misses are shown with their differences", async () => {
  const { page, faults, close } = await visit("search/?q=marmot&from=1700&to=1701");
  await says(page, "No case matches “marmot” and 1700–1701; 1 matches 1 of the 2");
  assert.deepEqual(await page.locator(".cb-group-head").allTextContents(), ["Matches 1 of 2: 1 case"]);
  assert.equal(await page.locator(".cb-differs").textContent(), "Differs: 2013–, not 1700–1701");
  assert.ok(
    await page
      .locator("#cb-nothing")
      .getByRole("link", { name: /missing/ })
      .isVisible(),
  );
  assert.ok(await page.locator("#cb-none").isHidden());
  await accessible(page);
  assert.deepEqual(faults, []);
  await close();
});

test("a case that lacks some of the words matches them no more than one that has none", async () => {
  const { page, close } = await visit("search/?q=better+care+fund&tier=london-borough");
  await settled(page);
  const entries = page.locator("#cb-results .cb-entry:has(.cb-differs)");
  assert.ok(await entries.count());
  const both = entries.filter({ has: page.locator(".cb-lacks") }).filter({ hasNotText: "without “better care fund”" });
  assert.deepEqual(await both.allTextContents(), []);
  await close();
});

test("of near misses, those with the words come first", async () => {
  const { page, close } = await visit("search/?q=juggernaut&tier=county");
  await settled(page);
  const first = page.locator("#cb-results .cb-entry:has(.cb-differs)").first();
  assert.doesNotMatch(await first.locator(".cb-differs").textContent(), /without/);
  await close();
});

test("a word that is left out is no choice that a case could miss, and quotation marks are not doubled", async () => {
  const excluded = await visit("search/?q=-police&tier=county");
  await settled(excluded.page);
  assert.doesNotMatch(await count(excluded.page).textContent(), /match/);
  await excluded.close();
  const { page, close } = await visit('search/?q="shared+services"&tier=neighbourhood');
  await settled(page);
  assert.match(await count(page).textContent(), /"shared services"/);
  assert.doesNotMatch(await count(page).textContent(), /“"/);
  await close();
});

test("near misses are shown in groups below the few cases that match every choice", async () => {
  const { page, close } = await visit("search/?sector=health&sector=police&sector-match=all&tier=district&barrier=resource");
  await settled(page);
  const names = "“Health”, “Police”, “District” and “Money and capacity”";
  assert.match(await page.textContent("#cb-count"), new RegExp(`^1 case matches ${names}; \\d match 3 of the 4$`));
  const heads = await page.locator("h2.cb-group-head").allTextContents();
  assert.match(heads.join(), /^Matches 4 of 4: 1 case,Matches 3 of 4: \d cases$/);
  assert.deepEqual(await page.locator("#cb-results > *").evaluateAll((all) => all.map(({ localName }) => localName)), [
    "h2",
    "ul",
    "h2",
    "ul",
    "p",
  ]);
  const said = await page.locator(".cb-differs").allTextContents();
  assert.ok(said.length > 1 && said.every((line) => / not |without/.test(line)), said.join());
  assert.ok(
    said.some((line) => line.includes("not a district")),
    said.join(),
  );
  const button = page.locator(".cb-group-head button");
  assert.match(await button.textContent(), /^Show \d+ cases that match 2 of 4$/);
  await button.click();
  assert.match(await page.locator(".cb-group-head").last().textContent(), /^Matches 2 of 4: \d+ cases$/);
  assert.equal(await page.evaluate(() => document.activeElement.closest(".cb-entry") !== null), true);
  await accessible(page);
  await close();
});

test("of the cases that match every choice, those that lack some of the words are counted apart", async () => {
  const { page, close } = await visit("search/?q=pooled+budget+overspent&sector=health");
  await settled(page);
  const said = /^1 case matches “pooled budget overspent” and “Health”; 6 cases lack some of the words; \d+ match 1 of the 2$/;
  assert.match(await count(page).textContent(), said);
  const heads = await page.locator("h2.cb-group-head").allTextContents();
  assert.deepEqual(heads, ["Matches 2 of 2: 1 case", "6 cases lack some of the words"]);
  await close();
});

test("how many cases match all choices is said once, with how many nearly match", async () => {
  const { page, close } = await visit("");
  await page.addInitScript(() => {
    globalThis.said = [];
    const look = () => {
      const text = document.getElementById("cb-count")?.textContent;
      if (text && text !== globalThis.said.at(-1)) globalThis.said.push(text);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto(site.host.url + BASE + "search/?q=marmot&sector=health");
  await settled(page);
  const said = await page.evaluate(() => globalThis.said);
  assert.equal(said.length, 1, said.join(" | "));
  assert.match(said[0], /^1 case matches “marmot” and “Health”; \d+ match 1 of the 2$/);
  await close();
});

test("near misses are not shown if enough cases match, or for a single choice", async () => {
  const { page, close } = await visit("search/?sector=health&barrier=resource");
  await settled(page);
  assert.equal(await page.locator(".cb-group-head").count(), 0);
  await page.goto(site.host.url + BASE + "search/?tier=parish");
  await settled(page);
  assert.equal(await page.locator(".cb-group-head").count(), 0);
  await close();
});
