// The preview in a real browser: what an editor sees after each save, and what the save must not change.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launch, PATIENCE, waitUntil } from "./browser.mjs";

const PROGRAM = process.env.CASEBOOK ?? fileURLToPath(new URL("../../target/debug/casebook", import.meta.url));
const NEEDED = {
  "casebook.yaml": "title: Test\n",
  "content/vocabularies/sector.yaml": "label: Sector\nterms: [{ id: health, label: Health }]\n",
  "content/vocabularies/tier.yaml": "label: Tier\nterms: []\n",
  "content/vocabularies/barrier.yaml": "label: Barrier\nterms: []\n",
};

let browser;
let root;
let server;
let port;

const save = (path, text) => {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
};
const matter = (title) => `---\ntitle: ${title}\nsummary: S.\ndate: 2026-01-01\nsector: health\n---\n`;
const long = (words) =>
  `${matter("A")}${words}\n\n<details><summary>More</summary>\n\nInside.\n\n</details>\n\n## Here\n\n[A link](#here)\n\n${"Line.\n\n".repeat(200)}Last line.\n`;

const serve = (at) =>
  new Promise((ready, failed) => {
    server = spawn(PROGRAM, ["serve", "--port", String(at)], { cwd: root });
    server.once("error", failed);
    server.once("exit", (status) => failed(new Error(`the preview ended with status ${status}`)));
    let said = "";
    server.stdout.on("data", (data) => {
      said += data;
      const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (found) ready(Number(found[1]));
    });
  });
const stop = () =>
  new Promise((stopped) => {
    server.once("exit", (status) => stopped(status));
    server.kill("SIGINT");
  });
const open = async (path) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/ERR_|Failed to load/.test(message.text()) && faults.push(message.text()));
  page.faults = faults;
  await page.goto(`http://127.0.0.1:${port}${path}`);
  return page;
};
const shows = (page, words) => page.waitForFunction((text) => document.body.innerText.includes(text), words);
/** Waits until the element with the focus has this text. */
const focuses = (page, pattern) => page.waitForFunction((pattern) => pattern.test(document.activeElement.textContent), pattern);
/** Waits until the bar says this of the page. */
const sums = (page, words) => page.locator(".casebook-sum", { hasText: words }).waitFor();

before(async () => {
  root = mkdtempSync(join(tmpdir(), "casebook-"));
  for (const [path, text] of Object.entries(NEEDED)) save(path, text);
  save("content/cases/a.md", long("First words."));
  save("content/cases/b.md", `${matter("B")}B words.\n`);
  port = await serve(0);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.kill();
  rmSync(root, { recursive: true, force: true });
});

test("a save changes the text and keeps scroll position, focus and open <details>", async () => {
  const page = await open("/cases/a/");
  await page.locator(".cb-prose details summary").click();
  await page.evaluate(() => {
    window.isSame = true;
    document.querySelector(".cb-prose a").focus({ preventScroll: true });
    window.scrollTo(0, 900);
  });
  save("content/cases/a.md", long("Second words, and a paragraph.\n\nAnother one."));
  await shows(page, "Another one.");
  const now = await page.evaluate(() => ({
    isSame: window.isSame,
    isOpen: document.querySelector(".cb-prose details").open,
    focus: document.activeElement.textContent,
    scroll: window.scrollY,
  }));
  assert.equal(now.isSame, true, "the page was not loaded again");
  assert.equal(now.isOpen, true);
  assert.equal(now.focus, "A link");
  assert.ok(Math.abs(now.scroll - 900) < 200, `scrolled to ${now.scroll}`);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("after many saves the document equals the one that is served", async () => {
  const page = await open("/cases/b/");
  const bodies = [
    "One.\n\nTwo.\n",
    "Two.\n\n- a\n- b\n",
    "- b\n- a\n\n> Q\n",
    "## H\n\nText *em* text.\n",
    "## H\n\nText text.\n\n| a |\n|---|\n| b |\n",
    "B.\n",
  ];
  for (const [n, body] of bodies.entries()) {
    save("content/cases/b.md", `${matter(`B ${n}`)}${body}\nMark ${n}.\n`);
    await shows(page, `Mark ${n}.`);
    const [live, served] = await page.evaluate(async () => {
      const text = await (await fetch(location.href)).text();
      const served = new DOMParser().parseFromString(text, "text/html");
      // The theme's script shows the copy button, and a page that is only parsed runs no script.
      const asServed = (of) => of.title + of.querySelector("main").outerHTML.replace(/ hidden=""/g, "");
      return [document, served].map(asServed);
    });
    assert.equal(live, served);
  }
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("a link to another page that was edited is shown, and works by keyboard", async () => {
  const page = await open("/cases/b/");
  save("content/cases/a.md", long("Edited elsewhere."));
  const link = page.locator("#casebook-preview .casebook-news a");
  await link.waitFor();
  assert.equal(await page.locator(".casebook-news").textContent(), "You edited A");
  await link.focus();
  await page.keyboard.press("Enter");
  await shows(page, "Edited elsewhere.");
  assert.equal(new URL(page.url()).pathname, "/cases/a/");
  await page.close();
});

const bar = (page, panel) => page.locator(`.casebook-bar button[aria-controls=casebook-${panel}]`);

test("a page that only an error elsewhere holds back says so", async () => {
  const page = await open("/cases/b/");
  const settings = readFileSync(join(root, "casebook.yaml"), "utf8");
  save("content/cases/b.md", `${matter("B")}[Broken](nowhere.md).\n`);
  await bar(page, "here").filter({ hasText: "error" }).waitFor();
  save("casebook.yaml", "title: [\n");
  await bar(page, "elsewhere").filter({ hasText: "error" }).waitFor();
  save("content/cases/b.md", `${matter("B")}Mended <blink>words</blink>.\n`);
  await bar(page, "here")
    .filter({ hasText: /^\s*1 warning on this page/ })
    .waitFor();
  assert.match(await page.locator("#casebook-here .casebook-note").textContent(), /It changes again when the error elsewhere is fixed\.$/);
  save("casebook.yaml", settings);
  await shows(page, "Mended words.");
  save("content/cases/b.md", `${matter("B")}B.\n`);
  await sums(page, "Nothing wrong on this page");
  await page.close();
});

test("an error keeps the last good page, and the bar shows it once, opens on request and is empty after the correction", async () => {
  const page = await open("/cases/b/");
  save("content/cases/b.md", `${matter("B")}Good words.\n`);
  await shows(page, "Good words.");
  save("content/cases/b.md", `${matter("B")}Bad words, [link](<x"><img src=x onerror=alert(1)>.md>).\n`);
  await bar(page, "here").filter({ hasText: "2 errors and 2 warnings on this page" }).waitFor();
  await page.locator(".casebook-state", { hasText: /You see its last good form, from \d\d:\d\d/ }).waitFor({ state: "attached" });
  assert.equal(await page.locator("#casebook-here").isVisible(), false, "it never opens by itself");
  assert.equal(await page.locator("#casebook-preview img").count(), 0);
  assert.match(await page.locator("main").innerText(), /Good words/);
  const isSaid = (words) =>
    page.waitForFunction((said) => document.querySelector("#casebook-preview [role=status]").textContent === said, words);
  await isSaid("4 new problems. 2 errors and 2 warnings on this page.");
  await bar(page, "here").click();
  const panel = page.locator("#casebook-here");
  assert.match(
    await panel.innerText(),
    /content\/cases\/b\.md[\s\S]*It changes again when the two errors are fixed[\s\S]*Line 7, character/,
  );
  assert.equal(await page.locator(".casebook-rows > li").count(), 4);
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-controls") === "casebook-here");
  save("content/cases/b.md", `${matter("B")}Fixed words.\n`);
  await shows(page, "Fixed words.");
  await panel.waitFor({ state: "detached" });
  await sums(page, "Nothing wrong on this page");
  await isSaid("4 problems fixed. Nothing wrong on this page.");
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("F8 goes from problem to problem, a correction can be copied, and after it the focus goes to the next row", async () => {
  const body = (sector, words) => `${matter("B").replace("sector: health", `sector: ${sector}`)}${words}\n`;
  save("content/cases/b.md", body("health", "Before."));
  const page = await open("/cases/b/");
  await shows(page, "Before.");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  save("content/cases/b.md", body("helth", "[a](aa.md) and [b](nowhere-at-all.md)"));
  await bar(page, "here").waitFor();
  await page.keyboard.press("F8");
  assert.match(await page.locator("#casebook-here .casebook-rows > li").first().innerText(), /Did you mean health\?/);
  await focuses(page, /^Copy the suggestion: health$/);
  // The button says so for two seconds.
  await page.evaluate(() => {
    const label = document.activeElement.firstChild;
    window.said = [];
    new MutationObserver(() => window.said.push(label.data)).observe(label, { characterData: true });
  });
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => window.said.includes("Copied"));
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "health");
  await page.keyboard.press("F8");
  await focuses(page, /^Copy the (suggestion: a\.md|place: content\/cases\/b\.md:7:5)$/);
  await page.keyboard.press("Shift+F8");
  await focuses(page, /health$/);
  save("content/cases/b.md", body("health", "[a](aa.md) and [b](nowhere-at-all.md)"));
  await page.waitForFunction(() => {
    const rows = document.querySelectorAll("#casebook-here .casebook-rows > li");
    return rows.length === 2 && rows[0].contains(document.activeElement);
  });
  save("content/cases/b.md", body("health", "B again."));
  await shows(page, "B again.");
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("the gaps of a draft are a checklist and not warnings", async () => {
  save("content/cases/d.md", "---\ntitle: D\nstatus: draft\nsector: health\n---\n## The challenge\n\nWords.\n\n## What changed\n");
  const page = await open("/cases/b/");
  await waitUntil(page, async () => (await fetch("/cases/d/")).ok);
  await page.goto(`http://127.0.0.1:${port}/cases/d/`);
  await sums(page, "Nothing wrong on this page");
  await bar(page, "gaps").click();
  await page.locator("#casebook-gaps li").first().waitFor();
  const items = await page.locator("#casebook-gaps li").allInnerTexts();
  const named = (word) => items.find((item) => item.includes(word));
  assert.match(named("Title"), /Filled/);
  assert.match(named("Summary"), /Empty[\s\S]*Required\./);
  assert.match(named("The challenge"), /Filled/);
  assert.match(named("What changed"), /Empty/);
  rmSync(join(root, "content/cases/d.md"));
  await shows(page, "This page is gone");
  await page.close();
});

test("a page whose file was renamed links to its new address, and says how to keep the old one", async () => {
  save("content/cases/old.md", `${matter("A long story")}Told once.\n`);
  const page = await open("/cases/b/");
  await waitUntil(page, async () => (await fetch("/cases/old/")).ok);
  await page.goto(`http://127.0.0.1:${port}/cases/old/`);
  renameSync(join(root, "content/cases/old.md"), join(root, "content/cases/new.md"));
  await shows(page, "This page has moved");
  const words = await page.locator("main").innerText();
  assert.match(
    words,
    /It is now A long story\.[\s\S]*content\/cases\/old\.md[\s\S]*content\/cases\/new\.md[\s\S]*aliases: \[\/cases\/old\/\]/,
  );
  await sums(page, "This address is gone");
  await page.getByRole("link", { name: "Go to its new address" }).click();
  await shows(page, "Told once.");
  rmSync(join(root, "content/cases/new.md"));
  await shows(page, "This page is gone");
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("the bar and its panel never cover the focus, at 360 and at 1280 pixels", async () => {
  save("content/cases/b.md", `${matter("B")}Good words.\n`);
  const page = await open("/cases/a/");
  save("content/cases/b.md", `${matter("B")}[x](nowhere-at-all.md)\n`);
  await bar(page, "elsewhere").waitFor();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    // The bar has told the page its height.
    await page.waitForFunction(() => {
      const { height } = document.querySelector(".casebook-foot").getBoundingClientRect();
      return document.documentElement.style.getPropertyValue("--casebook-height") === `${Math.ceil(height)}px`;
    });
    for (const isOpen of [false, true]) {
      if (isOpen) await bar(page, "elsewhere").click();
      await page.evaluate(() => document.activeElement.blur());
      for (let stop = 0; stop < 60; stop += 1) {
        await page.keyboard.press("Tab");
        const hidden = await page.evaluate(() => {
          const [of, foot] = [document.activeElement, document.querySelector(".casebook-foot")];
          if (of === document.body || foot.contains(of)) return null;
          const box = of.getBoundingClientRect();
          return box.height > 0 && box.top >= foot.getBoundingClientRect().top ? of.outerHTML : null;
        });
        assert.equal(hidden, null, `${width} px`);
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "no scrolling sideways");
    }
    await page.keyboard.press("Escape");
    if (await page.locator("#casebook-elsewhere").isVisible()) await bar(page, "elsewhere").click();
  }
  save("content/cases/b.md", `${matter("B")}B words.\n`);
  await page.close();
});

test("a broken link that the settings allow becomes text, marked for the editor", async () => {
  save("casebook.yaml", "title: Test\nchecks: { broken-link: warning }\n");
  save("content/cases/b.md", `${matter("B")}Let through: [the desk](nowhere-at-all.md).\n`);
  const page = await open("/cases/b/");
  await shows(page, "Let through");
  const link = page.locator(".cb-prose a", { hasText: "the desk" });
  assert.equal(await link.getAttribute("href"), null);
  assert.match(await link.evaluate((of) => getComputedStyle(of).textDecorationStyle), /wavy/);
  save("casebook.yaml", "title: Test\n");
  save("content/cases/b.md", `${matter("B")}B words.\n`);
  await shows(page, "B words.");
  await page.close();
});

test("a draft with errors is shown as it is, and one that cannot be read keeps its last good form", async () => {
  const draft = matter("B").replace("sector:", "status: draft\nsector:");
  const page = await open("/cases/b/");
  save("content/cases/b.md", `${draft}Good words.\n`);
  await shows(page, "Good words.");
  save("content/cases/b.md", `${draft}Other words, [link](nowhere.md).\n`);
  await shows(page, "Other words");
  await page.locator("#casebook-here .casebook-note", { hasText: "this stops nothing that is published" }).waitFor({ state: "attached" });
  save("content/cases/b.md", `${draft.replace("title: ", "title: [ ")}Bad words.\n`);
  await page.locator(".casebook-state", { hasText: /You see its last good form, from \d\d:\d\d/ }).waitFor({ state: "attached" });
  assert.match(await page.locator("main").innerText(), /Other words/);
  assert.match(await page.locator("#casebook-here .casebook-note").textContent(), /It changes again when the error is fixed\.$/);
  save("content/cases/b.md", `${matter("B")}B words.\n`);
  await shows(page, "B words.");
  await page.close();
});

test("a page with an error from the start says so, and its panel is open", async () => {
  save("content/cases/e.md", `${matter("E").replace("sector: health", "sector: nowhere")}E words.\n`);
  const page = await open("/cases/b/");
  await waitUntil(page, async () => (await fetch("/cases/e/")).ok);
  await page.goto(`http://127.0.0.1:${port}/cases/e/`);
  assert.match(await page.locator("main").innerText(), /This page cannot be shown yet/);
  await page.locator("#casebook-here").waitFor();
  save("content/cases/e.md", `${matter("E")}E words.\n`);
  await shows(page, "E words.");
  await page.locator("#casebook-here").waitFor({ state: "detached" });
  rmSync(join(root, "content/cases/e.md"));
  await page.close();
});

test("ten tabs are all kept up to date", async () => {
  const pages = await Promise.all(Array.from({ length: 10 }, () => open("/cases/a/")));
  save("content/cases/a.md", long("For every tab."));
  await Promise.all(pages.map((page) => shows(page, "For every tab.")));
  await Promise.all(pages.map((page) => page.close()));
});

test("a tab reconnects after a restart, and shows what changed meanwhile", async () => {
  const page = await open("/cases/a/");
  assert.equal(await stop(), 0, "Ctrl-C ends it cleanly");
  await page.locator(".casebook-news", { hasText: "The preview has stopped." }).waitFor();
  save("content/cases/a.md", long("Changed while away."));
  port = await serve(port);
  await shows(page, "Changed while away.");
  await page.close();
});

test("a page that is removed and restored disappears and comes back", async () => {
  save("content/cases/c.md", `${matter("C")}C words.\n`);
  const page = await open("/cases/b/");
  await page.locator("#casebook-preview").waitFor();
  await page.goto(`http://127.0.0.1:${port}/cases/c/`);
  await shows(page, "C words.");
  rmSync(join(root, "content/cases/c.md"));
  await shows(page, "This page is gone");
  save("content/cases/c.md", `${matter("C")}C again.\n`);
  await shows(page, "C again.");
  await page.close();
});

test("each of twenty saves in a row is shown, and the times are printed", async () => {
  const page = await open("/cases/a/");
  await page.evaluate(() => (window.isSame = true));
  const times = [];
  for (let n = 0; n < 20; n += 1) {
    const words = `Timed ${n}.`;
    await page.evaluate((text) => {
      window.seen = new Promise((done) => {
        const look = () => document.querySelector("main").textContent.includes(text) && done(Date.now());
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
      });
    }, words);
    const saved = Date.now();
    save("content/cases/a.md", long(words));
    times.push((await page.evaluate(() => window.seen)) - saved);
  }
  times.sort((a, b) => a - b);
  console.log(`save to changed document: median ${times[10]} ms, from ${times[0]} to ${times[19]}`);
  assert.equal(await page.evaluate(() => window.isSame), true, "the page was not loaded again");
  await page.close();
});

test("the search finds text that was just saved, also on a page that was open before", async () => {
  save("content/cases/c.md", `${matter("C")}A heron.\n`);
  const page = await open("/search/");
  await page.fill("#cb-q", "heron");
  await page.locator("#cb-results mark", { hasText: "heron" }).waitFor();
  assert.deepEqual(await page.locator("#cb-results h3 a").allTextContents(), ["C"]);
  save("content/cases/c.md", `${matter("C")}A kingfisher.\n`);
  await waitUntil(page, async () => {
    const isSaved = !(await (await fetch("/cases/c/")).text()).includes("heron");
    const served = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const state = (of) => of.getElementById("casebook-preview").dataset.at;
    return isSaved && state(served) === state(document);
  });
  await page.fill("#cb-q", "kingfisher");
  await page.locator("#cb-results mark", { hasText: "kingfisher" }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.close();
});
