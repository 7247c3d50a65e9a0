// The preview in a real browser: what an editor sees after each save, and what is not lost by it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "./known-faults.mjs";
import { fileURLToPath } from "node:url";

import { launch } from "./browser.mjs";

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
const long = (words) => `${matter("A")}${words}\n\n<details><summary>More</summary>\n\nInside.\n\n</details>\n\n## Here\n\n[A link](#here)\n\n${"Line.\n\n".repeat(200)}Last line.\n`;

const serve = (at) =>
  new Promise((ready, failed) => {
    server = spawn(PROGRAM, ["serve", "--port", String(at)], { cwd: root });
    server.once("error", failed);
    server.stdout.on("data", (data) => {
      const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(String(data));
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
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/ERR_|Failed to load/.test(message.text()) && faults.push(message.text()));
  page.faults = faults;
  await page.goto(`http://127.0.0.1:${port}${path}`);
  return page;
};
const shows = (page, words) => page.waitForFunction((text) => document.body.innerText.includes(text), words, { timeout: 10000 });

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

test("a save changes the words and loses neither scroll, focus nor an open <details>", async () => {
  const page = await open("/cases/a/");
  await page.locator("main details summary").click();
  await page.evaluate(() => {
    window.isSame = true;
    document.querySelector(".cb-prose a").focus({ preventScroll: true });
    window.scrollTo(0, 900);
  });
  save("content/cases/a.md", long("Second words, and a paragraph.\n\nAnother one."));
  await shows(page, "Another one.");
  const now = await page.evaluate(() => ({
    isSame: window.isSame,
    isOpen: document.querySelector("main details").open,
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

test("the document after many saves is the document that is served", async () => {
  const page = await open("/cases/b/");
  const bodies = ["One.\n\nTwo.\n", "Two.\n\n- a\n- b\n", "- b\n- a\n\n> Q\n", "## H\n\nText *em* text.\n", "## H\n\nText text.\n\n| a |\n|---|\n| b |\n", "B.\n"];
  for (const [n, body] of bodies.entries()) {
    save("content/cases/b.md", `${matter(`B ${n}`)}${body}\nMark ${n}.\n`);
    await shows(page, `Mark ${n}.`);
    const [live, served] = await page.evaluate(async () => {
      const text = await (await fetch(location.href)).text();
      const served = new DOMParser().parseFromString(text, "text/html");
      // The theme's own script shows the button that copies; a page that is only parsed runs none.
      const asServed = (of) => of.title + of.querySelector("main").outerHTML.replace(/ hidden=""/g, "");
      return [document, served].map(asServed);
    });
    assert.equal(live, served);
  }
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("another page that was edited is offered, and the offer can be followed by keyboard", async () => {
  const page = await open("/cases/b/");
  save("content/cases/a.md", long("Edited elsewhere."));
  const link = page.locator("#casebook-preview .casebook-news a");
  await link.waitFor();
  await link.focus();
  await page.keyboard.press("Enter");
  await shows(page, "Edited elsewhere.");
  assert.equal(new URL(page.url()).pathname, "/cases/a/");
  await page.close();
});

test("an error shows over the last good page, can be put away, and leaves when mended", async () => {
  const page = await open("/cases/b/");
  save("content/cases/b.md", `${matter("B")}Good words.\n`);
  await shows(page, "Good words.");
  save("content/cases/b.md", `${matter("B")}Bad words, [link](<x"><img src=x onerror=alert(1)>.md>).\n`);
  const panel = page.locator("#casebook-preview [role=alert]");
  await panel.waitFor();
  assert.match(await panel.innerText(), /content\/cases\/b\.md:7:/);
  assert.equal(await page.locator("#casebook-preview img").count(), 0);
  assert.match(await page.locator("main").innerText(), /Good words/);
  await page.keyboard.press("Escape");
  assert.equal(await panel.isVisible(), false);
  save("content/cases/b.md", `${matter("B")}Mended words.\n`);
  await shows(page, "Mended words.");
  assert.equal(await panel.count(), 0);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("ten tabs are all kept up to date", async () => {
  const pages = await Promise.all(Array.from({ length: 10 }, () => open("/cases/a/")));
  save("content/cases/a.md", long("For every tab."));
  await Promise.all(pages.map((page) => shows(page, "For every tab.")));
  await Promise.all(pages.map((page) => page.close()));
});

test("a tab finds the preview again after a restart, with what changed meanwhile", async () => {
  const page = await open("/cases/a/");
  assert.equal(await stop(), 0, "Ctrl-C ends it cleanly");
  save("content/cases/a.md", long("Changed while away."));
  port = await serve(port);
  await shows(page, "Changed while away.");
  await page.close();
});

test("a page that goes is gone, and comes back", async () => {
  save("content/cases/c.md", `${matter("C")}C words.\n`);
  const page = await open("/cases/b/");
  await page.locator("#casebook-preview").waitFor();
  await page.goto(`http://127.0.0.1:${port}/cases/c/`);
  await shows(page, "C words.");
  rmSync(join(root, "content/cases/c.md"));
  await shows(page, "Page not found");
  save("content/cases/c.md", `${matter("C")}C again.\n`);
  await shows(page, "C again.");
  await page.close();
});

test("twenty saves in a row are each seen, and how soon is printed", async () => {
  const page = await open("/cases/a/");
  await page.evaluate(() => (window.isSame = true));
  const times = [];
  for (let n = 0; n < 20; n += 1) {
    const words = `Timed ${n}.`;
    const seen = page.evaluate(
      (text) => new Promise((done) => {
        const look = () => document.querySelector("main").textContent.includes(text) && done(Date.now());
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
      words,
    );
    await page.waitForTimeout(20);
    const saved = Date.now();
    save("content/cases/a.md", long(words));
    times.push((await seen) - saved);
  }
  times.sort((a, b) => a - b);
  console.log(`save to changed document: median ${times[10]} ms, from ${times[0]} to ${times[19]}`);
  assert.equal(await page.evaluate(() => window.isSame), true, "the page was not loaded again");
  await page.close();
});

test("the search finds what was saved a moment ago, also on a page that was open before", async () => {
  save("content/cases/c.md", `${matter("C")}A heron.\n`);
  const page = await open("/search/");
  await page.fill("#cb-q", "heron");
  await shows(page, "1 case");
  assert.deepEqual(await page.locator("#cb-results h3 a").allTextContents(), ["C"]);
  save("content/cases/c.md", `${matter("C")}A kingfisher.\n`);
  await page.waitForFunction(async () => !(await (await fetch("/cases/c/")).text()).includes("heron"));
  await page.fill("#cb-q", "kingfisher");
  await page.locator("#cb-results mark", { hasText: "kingfisher" }).waitFor({ timeout: 10000 });
  assert.deepEqual(page.faults, []);
  await page.close();
});
