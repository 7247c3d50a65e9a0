// Readers' paths through the site: by keyboard, without scripts, and on paper.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { browse, open, settle } from "./browser.mjs";
import { artefacts, build, kinds, sample } from "./site.mjs";

const folder = build(sample(), "site");
const { browser, site } = await browse(folder);

// Presses Tab until an element with this name has the focus, and checks that nothing covers it.
async function tabTo(page, pattern, most = 250, key = "Tab") {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press(key);
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      // The first line of a link that goes on in another.
      const [box] = element.getClientRects();
      // A region taller than the window may begin above it, so check its visible part.
      const shows = box.bottom > 0 && box.top < innerHeight;
      const middle = box.top + Math.min(box.height, 24) / 2;
      const x = box.left + Math.min(box.width, 40) / 2;
      const y = shows ? Math.min(Math.max(middle, 1), innerHeight - 1) : middle;
      const top = document.elementFromPoint(x, y);
      const style = getComputedStyle(element);
      return {
        name: element.getAttribute("aria-label") ?? element.textContent.trim(),
        isVisible: Boolean(top) && (element.contains(top) || top.contains(element)),
        hasRing: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      };
    });
    if (focus.name === "") continue;
    assert.ok(focus.isVisible, `the focus on “${focus.name}” is hidden`);
    assert.ok(focus.hasRing, `the focus on “${focus.name}” has no ring`);
    if (pattern.test(focus.name)) return focus.name;
  }
  assert.fail(`no ${pattern} within ${most} steps of Tab`);
}

async function press(page, key) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
}

test("from the top of home to a case by keyboard", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/");
  await tabTo(page, /^Skip to the content$/, 1);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "cb-main");
  const title = await page.locator(".cb-entry h3 a").first().textContent();
  await tabTo(page, new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`));
  await press(page, "Enter");
  assert.equal(await page.locator("h1").textContent(), title);
  await context.close();
});

for (const width of [320, 1280]) {
  test(`through the map to its cases by keyboard, at ${width} px`, async () => {
    const { context, page } = await open(browser, site.origin, { viewport: { width, height: 600 } });
    await page.goto(site.origin + "/map/");
    const name = await tabTo(page, /^Money and capacity: .+ \d+ cases?$/);
    const count = name.match(/(\d+) cases?$/)[1];
    await press(page, "Enter");
    assert.match(await page.locator(".cb-countbar h2").textContent(), new RegExp(`^${count} case`));
    await page.goBack();
    await tabTo(page, / none yet$/);
    await press(page, "Enter");
    assert.match(page.url(), /contribute/);
    await context.close();
  });
}

const HEADS = "#cb-beside > table > thead th";
// Waits until this many cases are side by side.
const compares = (page, count) =>
  page.waitForFunction(([heads, count]) => document.querySelectorAll(heads).length === count, [HEADS, count]);

test("two cases chosen in a list by keyboard are compared, and the address keeps the choice", async () => {
  const { context, page, faults } = await open(browser, site.origin);
  await page.goto(site.origin + "/cases/");
  const chosen = [];
  for (let n = 0; n < 2; n++) {
    chosen.push((await tabTo(page, /^Compare: /)).replace("Compare: ", ""));
    await page.keyboard.press("Space");
  }
  await page.locator("#cb-tray [role=status]", { hasText: `2 chosen: ${chosen.join(" and ")}` }).waitFor();
  await page.goto(site.origin + "/places/");
  await page.goto(site.origin + "/cases/");
  assert.equal(await page.locator(".cb-pick input:checked").count(), 2, "the choice is kept while one looks around");
  await tabTo(page, /^Compare$/);
  await press(page, "Enter");
  await compares(page, 2);
  assert.equal(new URL(page.url()).searchParams.getAll("case").length, 2);
  assert.deepEqual(await page.locator(HEADS + " b").allTextContents(), chosen);
  assert.match(await page.title(), new RegExp(chosen.join(" and ")));
  const rows = await page.locator("#cb-beside > table > tbody > tr > th").allTextContents();
  for (const row of ["Lifeline", "What happened next", "Kind of partner", "Sources"]) assert.ok(rows.includes(row), `${row}: ${rows}`);
  assert.equal(new Set(rows).size, rows.length);

  const choices = await page.locator("#cb-case option").allTextContents();
  for (const name of chosen) assert.ok(!choices.some((choice) => choice.startsWith(name + ":")), `${name} is compared already`);
  const names = choices.slice(1);
  assert.deepEqual(names, [...names].sort(new Intl.Collator("en", { ignorePunctuation: false }).compare), "as they are read");
  await page.locator("#cb-case").selectOption("torbay-care-trust");
  await Promise.all([page.waitForNavigation(), page.locator("#cb-choose button").click()]);
  await compares(page, 3);
  await Promise.all([page.waitForNavigation(), page.locator(".cb-remove").first().click()]);
  await compares(page, 2);
  assert.deepEqual(faults, []);
  await context.close();
});

for (const width of [320, 1280]) {
  test(`a comparison at ${width} px shows the case of each fact, and nothing covers the focus`, async () => {
    const { context, page } = await open(browser, site.origin, { viewport: { width, height: 900 } });
    await page.goto(site.origin + "/compare/?case=torbay-care-trust&case=adur-and-worthing&case=wigan-deal");
    await compares(page, 3);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    assert.equal(await page.locator("#cb-beside td > b").first().isVisible(), width === 320);
    await page.locator("#cb-beside > table > tbody > tr").last().scrollIntoViewIfNeeded();
    const head = await page.locator(HEADS).first().boundingBox();
    assert.equal(head.y >= 0, width === 1280, "where a fact does not name its case, the places stay in sight");
    await page.locator("#cb-beside > table a").last().focus();
    await tabTo(page, /^Remove: Wigan/, 250, "Shift+Tab");
    await context.close();
  });
}

for (const width of [360, 680, 1280]) {
  test(`the lifelines of a briefing lie apart at ${width} px, and their names are whole`, async () => {
    const { context, page } = await open(browser, site.origin, { viewport: { width, height: 900 } });
    await page.goto(site.origin + "/briefing/?case=tri-borough&case=southwest-one&case=stirling-and-clackmannanshire");
    await page.locator("#cb-chart svg").nth(2).waitFor();
    const { drawn, broken } = await page.evaluate(() => {
      const lines = [...document.querySelectorAll("#cb-chart svg")].map((svg) => ({
        box: svg.getBoundingClientRect(),
        isCut: getComputedStyle(svg).overflow === "hidden",
      }));
      // The pieces of each word: a word that is broken has one on each line.
      const pieces = [...document.querySelectorAll("#cb-chart b")].flatMap(({ firstChild }) =>
        [...firstChild.data.matchAll(/\S+/g)].map(({ index, 0: word }) => {
          const range = new Range();
          range.setStart(firstChild, index);
          range.setEnd(firstChild, index + word.length);
          return { word, count: range.getClientRects().length };
        }),
      );
      return {
        drawn: lines.map(({ box, isCut }, n) => isCut && box.left >= 0 && (n === 0 || box.top >= lines[n - 1].box.bottom)),
        broken: pieces.filter(({ count }) => count > 1).map(({ word }) => word),
      };
    });
    assert.deepEqual(drawn, [true, true, true]);
    assert.deepEqual(broken, []);
    await context.close();
  });
}

test("a briefing has the lesson of each case once, and each question the cases that raise it", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/briefing/?case=torbay-care-trust&case=lambeth-alliance&case=wigan-deal");
  await page.locator("#cb-lessons p").nth(2).waitFor();
  const lessons = await page.locator("#cb-lessons p").allTextContents();
  assert.deepEqual(
    lessons.map((lesson) => lesson.split(".")[0]),
    ["Torbay", "Lambeth", "Wigan"],
  );
  const [question] = await page.locator("#cb-questions li", { hasText: "overspends" }).allInnerTexts();
  assert.match(question, /\nRaised by Torbay, Lambeth and Wigan$/);
  const all = await page.locator("main").innerText();
  for (const lesson of lessons) assert.equal(all.split(lesson.slice(lesson.indexOf(". ") + 2)).length, 2, lesson);
  assert.match(await page.title(), /^Torbay, Lambeth and Wigan: briefing pack – The partnership casebook$/);
  await context.close();
});

test("on a phone the head of a comparison has a link to each case, and its years stand apart", async () => {
  const { context, page } = await open(browser, site.origin, { viewport: { width: 360, height: 900 } });
  const slugs = ["tri-borough", "southwest-one", "stirling-and-clackmannanshire", "greater-manchester-health-devolution"];
  await page.goto(site.origin + "/compare/?" + slugs.map((slug) => `case=${slug}`).join("&"));
  await compares(page, 4);
  for (const slug of slugs) assert.ok(await page.locator(`${HEADS} a[href='/cases/${slug}/']`).isVisible(), slug);
  const boxes = await page.locator(HEADS + " .cb-years").evaluateAll((all) => all.map((years) => years.getBoundingClientRect().toJSON()));
  assert.ok(boxes.every((box, n) => n === 0 || box.top >= boxes[n - 1].bottom || box.left >= boxes[n - 1].right));
  await context.close();
});

test("what all cases have under a heading stands once, in front of what differs", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/compare/?case=tri-borough&case=southwest-one");
  await compares(page, 2);
  const note = page.getByText("The facts above come from the sources.");
  assert.equal(await note.count(), 1);
  assert.equal(await page.locator("#cb-beside td", { has: note }).count(), 0);
  await context.close();
});

test("a stored choice that is no choice is passed over", async () => {
  const { context, page, faults } = await open(browser, site.origin);
  await page.goto(site.origin + "/cases/");
  for (const stored of ["null", "{}", "[1]", '[["a"]]', JSON.stringify(Array(5).fill(["a", "A"])), "["]) {
    await page.evaluate((stored) => sessionStorage.setItem("casebook:/compare/", stored), stored);
    await page.reload();
    await page.locator("#cb-tray [role=status]", { hasText: /^Tick two to four/ }).waitFor();
    await page.locator("[data-part=pick] input").first().check();
    await page.locator("#cb-tray [role=status]", { hasText: /^1 chosen/ }).waitFor();
    assert.deepEqual(faults, [], stored);
  }
  await context.close();
});

test("the tray covers nothing before the first tick and after the choice was cleared, and says nothing twice", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/cases/");
  const height = async () => (await page.locator("#cb-tray").boundingBox()).height;
  assert.ok((await height()) <= 1);
  await page.locator("[data-part=pick] input").first().check();
  assert.ok((await height()) > 30);
  await page.evaluate(() => {
    globalThis.writings = 0;
    new MutationObserver((all) => (writings += all.length)).observe(document.getElementById("cb-tray-status"), { childList: true });
  });
  await page.evaluate(() => dispatchEvent(new Event("pageshow")));
  assert.equal(await page.evaluate(() => globalThis.writings), 0);
  await page.locator("#cb-tray-clear").click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "cb-main");
  assert.ok((await height()) <= 1);
  await context.close();
});

test("names with an “and” are separated by semicolons in the tray", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/cases/");
  const boxes = page.locator("[data-part=pick] input");
  const names = await boxes.evaluateAll((boxes) => boxes.map((box) => box.dataset.name));
  const [joint, one] = [names.findIndex((name) => name.includes(" and ")), names.findIndex((name) => !name.includes(" and "))];
  for (const n of [joint, one]) await boxes.nth(n).check();
  await page.locator("#cb-tray [role=status]", { hasText: `2 chosen: ${names[joint]}; ${names[one]}` }).waitFor();
  await context.close();
});

test("the address of a comparison says whether only what differs is shown", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/compare/?case=tri-borough&case=southwest-one");
  await compares(page, 2);
  await page.getByLabel("Only what differs").check();
  await page.goto(page.url());
  await compares(page, 2);
  assert.ok(await page.getByLabel("Only what differs").isChecked());
  await Promise.all([page.waitForNavigation(), page.locator(".cb-remove").first().click()]);
  await compares(page, 1);
  assert.ok(await page.getByLabel("Only what differs").isChecked());
  await page.getByLabel("Only what differs").uncheck();
  assert.equal(new URL(page.url()).searchParams.has("differs"), false);
  await context.close();
});

test("each cell of lifelines says the years that it draws", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/compare/?case=tri-borough&case=southwest-one");
  await compares(page, 2);
  const cells = page.getByRole("row", { name: "Lifeline" }).getByRole("cell");
  assert.deepEqual(await cells.locator(".cb-unseen").allTextContents(), ["2010–2018", "2005–2016"]);
  await context.close();
});

test("a screen reader hears the column, the language and the side of each cell of a comparison", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/compare/?case=tri-borough&case=southwest-one");
  await compares(page, 2);
  assert.equal(await page.locator("main [lang='']").count(), 0, "an empty lang means an unknown language");
  const folded = page.locator(".cb-besides details").first();
  const heads = folded.getByRole("columnheader");
  assert.deepEqual(
    await heads.evaluateAll((cells) => cells.map(({ ariaLabel }) => ariaLabel)),
    await page
      .locator("#cb-beside > table")
      .getByRole("columnheader")
      .evaluateAll((cells) => cells.map(({ ariaLabel }) => ariaLabel)),
  );
  assert.equal(await heads.count(), 2);
  assert.match(await folded.locator("[data-part=response]").first().textContent(), /^What they did about it: /);
  assert.equal(await page.locator("#cb-beside table:not([aria-label])").count(), 0);
  await context.close();
});

test("a missing case, markup in an address and five cases are harmless", async () => {
  const { context, page } = await open(browser, site.origin);
  await page.goto(site.origin + "/compare/?case=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&case=..%2F..%2Fmap");
  await page.locator("[role=status]", { hasText: "There is no case “<img" }).waitFor();
  assert.equal(await page.locator("main img").count(), 0);
  const slugs = ["torbay-care-trust", "adur-and-worthing", "wigan-deal", "kent-gateways", "southwest-one"];
  await page.goto(site.origin + "/compare/?" + slugs.map((slug) => `case=${slug}`).join("&"));
  await compares(page, 4);
  assert.ok(await page.locator("#cb-choose").isHidden());
  await page.locator("[role=status]", { hasText: "“southwest-one” is left out" }).waitFor();
  await context.close();
});

for (const [kind, address] of kinds(folder)) {
  test(`${kind} can be read with scripts off`, async () => {
    const { context, page } = await open(browser, site.origin, { javaScriptEnabled: false });
    await page.goto(site.origin + address);
    assert.ok((await page.locator("main").innerText()).length > 10);
    if (/^.(compare|briefing|search)\//.test(address)) {
      assert.match(await page.locator("main").innerText(), /scripts/);
      assert.ok(await page.locator("main a[href='/cases/']").count());
    }
    await context.close();
  });
}

test("with scripts off, nothing is offered that needs them", async () => {
  const { context, page } = await open(browser, site.origin, { javaScriptEnabled: false });
  for (const address of ["/cases/", "/glossary/", "/cases/torbay-care-trust/"]) {
    await page.goto(site.origin + address);
    const needing = page
      .locator("main")
      .locator("input, button:not([popovertarget]), select, a[href*='/compare/?'], a[href*='/briefing/?']");
    assert.deepEqual(await needing.filter({ visible: true }).allTextContents(), [], address);
  }
  await context.close();
});

test("in forced colours, the years of a lifeline have no outline that covers them", async () => {
  const { context, page } = await open(browser, site.origin, { forcedColors: "active", colorScheme: "dark" });
  await page.goto(site.origin + "/cases/torbay-care-trust/");
  const year = page.locator(".cb-headstrip .cb-year").first();
  assert.equal(await year.evaluate((year) => getComputedStyle(year).stroke), "none");
  await context.close();
});

test("pages have at most one script, except the search page", async () => {
  const { context, page } = await open(browser, site.origin);
  for (const [kind, address] of kinds(folder)) {
    await page.goto(site.origin + address);
    const scripts = await page
      .locator("script:not([type$=json])")
      .evaluateAll((all) => all.map((script) => ({ src: script.src, isDeferred: script.type === "module" || script.defer })));
    const most = address.startsWith("/search/") ? 4 : 1;
    assert.ok(scripts.length <= most && scripts.every(({ src, isDeferred }) => src && isDeferred), `${kind}: ${JSON.stringify(scripts)}`);
  }
  await context.close();
});

test("the map prints on one sheet, and a case with the addresses of its sources", async () => {
  const { context, page } = await open(browser, site.origin);
  const sheets = async (kind, address) => {
    await page.goto(site.origin + address);
    await settle(page);
    const pdf = await page.pdf({ path: join(artefacts, `${kind}.pdf`), format: "A4", preferCSSPageSize: true });
    return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  };
  assert.equal(await sheets("map", "/map/"), 1);
  assert.ok((await sheets("case", "/cases/torbay-care-trust/")) <= 6);
  assert.ok((await sheets("compare", "/compare/?case=torbay-care-trust&case=adur-and-worthing")) >= 1);
  await page.emulateMedia({ media: "print" });
  await page.goto(site.origin + "/cases/torbay-care-trust/");
  const shown = await page
    .locator(".cb-sources a")
    .first()
    .evaluate((link) => getComputedStyle(link, "::after").content);
  assert.match(shown, /http/);
  for (const hidden of [".cb-menu", ".cb-contents", ".cb-buttons", ".cb-cite button >> nth=0"])
    assert.ok(await page.locator(hidden).isHidden(), hidden);
  await context.close();
});

test("another name of a place leads to the place", async () => {
  const { context, page } = await open(browser, site.origin, { viewport: { width: 1280, height: 900 } });
  for (const address of ["/places/", "/a-z/"]) {
    await page.goto(site.origin + address);
    await page
      .locator("li", { hasText: /^Torquay: Torbay$/ })
      .getByRole("link", { name: "Torbay" })
      .click();
    await page.waitForURL(/\/places\/#cb-place-torbay$/);
    assert.match(await page.locator("#cb-place-torbay").textContent(), /^Torbay/);
  }
  await context.close();
});
