// The form for contributing a case, in Chromium: every case of the sample library opened and saved, messages beside fields,
// keyboard, a screen reader's tree, a phone, hostile text, no network, no scripts, and no request with its content.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";

import { browse, PATIENCE } from "./browser.mjs";
import { artefacts, build, root } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const CASES = join(root, "content/cases");
const CASEBOOK = process.env.CASEBOOK ?? join(root, "target/debug/casebook");

const { browser, site: host } = await browse(build(root, "contribute"));
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

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
  await openPart(page, "send");
  return page.locator("#cb-file").textContent();
}

/** Waits until the element with this id, or else this class, has the focus. */
const focuses = (page, name) =>
  page.waitForFunction((name) => document.activeElement.id === name || document.activeElement.className === name, name);
/** Waits until as many things are kept on the device. */
const keeps = (page, count) => page.waitForFunction((count) => localStorage.length === count, count);

test("every case of the library is published alike after it was opened and saved in the form", async () => {
  const { page, faults } = await visit();
  const library = mkdtempSync(join(tmpdir(), "casebook-saved-"));
  for (const path of ["casebook.yaml", "content", "themes"]) cpSync(join(root, path), join(library, path), { recursive: true });
  const names = readdirSync(CASES).filter((name) => name.endsWith(".md"));
  const opened = async (name, text) => {
    await openPart(page, "start");
    await page.setInputFiles("#cb-open", { name, mimeType: "text/markdown", buffer: Buffer.from(text) });
    await page.locator("#cb-said", { hasText: `Opened ${name}` }).waitFor();
    return file(page);
  };
  for (const name of names) {
    const first = await opened(name, readFileSync(join(CASES, name), "utf8"));
    // The form writes drafts.
    assert.match(first, /^status: draft\n/m);
    writeFileSync(join(library, "content/cases", name), first.replace("\nstatus: draft\n", "\n"));
    assert.equal(await opened("again-" + name, first), first, name);
  }
  assert.deepEqual(faults, []);
  const [before, after] = [join(artefacts, "contribute"), build(library, "contribute-saved")];
  const paths = ["data/cases.json", ...readdirSync(join(before, "cases")).map((name) => `cases/${name}/index.html`)];
  const pages = paths.filter((path) => existsSync(join(before, path)));
  assert.ok(pages.length > names.length);
  const differ = pages.filter((path) => readFileSync(join(before, path), "utf8") !== readFileSync(join(after, path), "utf8"));
  assert.deepEqual(differ, []);
  rmSync(library, { recursive: true });
});

test("a case can be written with the keyboard, and errors are shown beside their fields", async () => {
  const { page, faults } = await visit();
  await page.getByRole("link", { name: "Begin", exact: true }).press("Enter");
  await page.getByLabel("Title", { exact: true }).fill("One: desk");
  await page.getByLabel("From which year?").fill("2006");
  await page.getByLabel("To which year?").fill("2003");
  await page.getByLabel("To which year?").press("Tab");
  await page.locator("#f-period-to-wrong", { hasText: "The years run backwards" }).waitFor();
  assert.equal(await page.getByLabel("To which year?").getAttribute("aria-invalid"), "true");
  await page.getByRole("button", { name: /^Continue/ }).press("Enter");
  await focuses(page, "cb-errors");
  await page.getByLabel("To which year?").fill("2013");
  await page.getByLabel("Health", { exact: true }).press("Space");
  await page.getByRole("button", { name: /^Continue/ }).press("Enter");
  await page.getByRole("button", { name: "Add a source" }).press("Enter");
  await page.getByLabel("Title", { exact: true }).fill("Audit");
  await openPart(page, "story");
  await page.getByLabel("The challenge").fill("It was *hard* [1].\n- One");
  const text = await file(page);
  assert.match(text, /title: "One: desk"\n/);
  assert.match(text, /status: draft\nsector: \[health\]\n/);
  assert.match(text, /period: \{ from: 2006, to: 2013 \}/);
  assert.match(text, /- id: s1\n {4}title: Audit\n/);
  assert.match(text, /## The challenge\n\nIt was \\\*hard\\\* \[@s1\]\.\n- One\n/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download the file" }).click()]);
  assert.equal(download.suggestedFilename(), "one-desk.md");
  assert.deepEqual(faults, []);
});

test("a date is written in the library’s form, and a year as a number", async () => {
  const { page, faults } = await visit();
  await openPart(page, "sources");
  await page.locator("#f-sources-0-title").fill("Audit");
  await page.locator("#f-sources-0-date").fill("1 March 2010");
  await openPart(page, "more");
  await page.locator("#f-period-reported").fill("2019");
  const text = await file(page);
  assert.match(text, /^ {4}date: 2010-03-01$/m);
  assert.match(text, /^period: \{ reported: 2019 \}$/m);
  assert.deepEqual(faults, []);
});

/** Opens the file of a case in the form. */
async function openFile(page, text) {
  await openPart(page, "start");
  await page.setInputFiles("#cb-open", { name: "case.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
  await page.locator("#cb-said", { hasText: "Opened case.md" }).waitFor();
}

/** Adds sources with these titles. */
async function addSources(page, titles) {
  await openPart(page, "sources");
  for (const [n, title] of titles.entries()) {
    if (n > 0) await page.getByRole("button", { name: "Add a source" }).click();
    await page.locator(`#f-sources-${n}-title`).fill(title);
  }
}

test("the citations of a source that is removed are taken out, and come back with it", async () => {
  const { page, faults } = await visit();
  await addSources(page, ["First", "Second"]);
  await openPart(page, "story");
  const challenge = page.getByLabel("The challenge");
  const typed = "Claim of the first [1]. Claim of the second [2]. Both [1][2].";
  await challenge.fill(typed);
  await openPart(page, "sources");
  await page.locator(".cb-item summary").first().click();
  await page.getByRole("button", { name: "Remove source 1" }).click();
  await page.getByText("Removed: source 1. 2 citations of it were taken out of your text.").waitFor();
  const text = await file(page);
  assert.match(text, /- id: s1\n {4}title: Second\n/);
  assert.match(text, /\nClaim of the first\. Claim of the second \[@s1\]\. Both \[@s1\]\.\n/);
  await openPart(page, "sources");
  await page.getByRole("button", { name: "Add a source" }).click();
  await page.locator("#f-sources-1-title").fill("Third");
  await page.getByRole("button", { name: "Remove source 2" }).click();
  await page.getByText("Removed: source 2.", { exact: false }).waitFor();
  assert.doesNotMatch(await page.locator(".cb-back").textContent(), /citation/);
  await openPart(page, "story");
  await challenge.fill("The second [1].");
  await openPart(page, "sources");
  await page.locator(".cb-item summary").first().click();
  await page.getByRole("button", { name: "Remove source 1" }).click();
  await page.getByRole("button", { name: "Put it back" }).click();
  await openPart(page, "story");
  assert.equal(await challenge.inputValue(), "The second [1].");
  assert.deepEqual(faults, []);
});

test("a source is cited by the number of its row, after a blank row too, and a citation of a blank row is reported", async () => {
  const { page, faults } = await visit();
  await addSources(page, ["", "Second", " "]);
  await openPart(page, "story");
  const challenge = page.getByLabel("The challenge");
  await challenge.fill("Claim of the second [2].");
  const text = await file(page);
  assert.match(text, /\nsources:\n {2}- id: s2\n {4}title: Second\n---\n/);
  assert.match(text, /\nClaim of the second \[@s2\]\.\n/);
  assert.equal(await page.locator(".cb-errors").count(), 0);
  for (const blank of ["[1]", "[3]"]) {
    await openPart(page, "story");
    await challenge.fill(`Claim ${blank}.`);
    await openPart(page, "send");
    await page.locator(".cb-errors", { hasText: `The text has ${blank}, and you have 1 source.` }).waitFor();
  }
  await openPart(page, "sources");
  await page.getByRole("button", { name: "Remove source 2", includeHidden: true }).evaluate((button) => button.click());
  await openPart(page, "send");
  await page.locator(".cb-notice", { hasText: "No source yet." }).waitFor();
  assert.deepEqual(faults, []);
});

/** Writes into a field what nobody could type or fill there. JSON escapes what the way to the browser would change. */
const put = (page, id, text) =>
  page.locator("#" + id).evaluate((field, json) => {
    field.value = JSON.parse(json);
    field.dispatchEvent(new Event("input"));
  }, JSON.stringify(text));

/** A library with the terms of the sample library and this case. It gives what the check says of the case. */
function checked(name, text) {
  const library = mkdtempSync(join(tmpdir(), "casebook-form-"));
  cpSync(join(root, "content/vocabularies"), join(library, "content/vocabularies"), { recursive: true });
  writeFileSync(join(library, "casebook.yaml"), "title: Test\n");
  mkdirSync(join(library, "content/cases"));
  writeFileSync(join(library, "content/cases", name), text);
  const { stdout } = spawnSync(CASEBOOK, ["--root", library, "check", "--drafts", "--format", "json"], { encoding: "utf8" });
  const found = JSON.parse(stdout).filter(({ file }) => file.endsWith(name));
  return { library, found };
}

test("characters that YAML does not allow are escaped or left out", async () => {
  const { page, faults } = await visit();
  for (const [typed, written] of [
    ["It\u0092s a desk", '"It\\u0092s a desk"'],
    ["A\u0085b", '"A\\u0085b"'],
    ["A\ufffeb", '"A\\ufffeb"'],
    ["A\uffffb", '"A\\uffffb"'],
    ["A\u007fb", '"A\\u007fb"'],
    ["A\0\u0007b\u001b", "Ab"],
  ]) {
    await openPart(page, "partnership");
    await put(page, "f-title", typed);
    const text = await file(page);
    assert.equal(text.match(/^title: (.*)$/m)[1], written);
    const { library, found } = checked("desk.md", text);
    assert.deepEqual(
      found.filter(({ code }) => code === "bad-yaml"),
      [],
    );
    rmSync(library, { recursive: true });
  }
  assert.deepEqual(faults, []);
});

test("a text with every mark of Markdown is the same after its file was opened and the text changed", async () => {
  const { page, faults } = await visit();
  const typed = [
    "1. First\n2) Second",
    "# No heading\n=== and --- below",
    "+ plus - minus\n- an item",
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ [3] \\d &amp;",
  ].join("\n\n");
  await openPart(page, "story");
  const challenge = page.getByLabel("The challenge");
  await challenge.fill(typed);
  const text = await file(page);
  await openFile(page, text);
  await openPart(page, "story");
  assert.equal(await challenge.inputValue(), typed);
  await challenge.fill(typed + " More.");
  assert.equal(await file(page), text.replace("&amp;", "&amp; More."));
  assert.deepEqual(faults, []);
});

test("the page of a case shows every text as it was typed, and lines that begin with a hyphen as a list", async () => {
  const { page, faults } = await visit();
  const texts = [
    ...["[1]: Audit", "See[1](p.4)", "What![1]", "x^[1]", "12.", "1.", "1)", "-", "+", "- - -", "- ---", "---", "--", "text\n-\nmore"],
    ...[
      "Term\n: def",
      "text\n\n: def",
      "A\n\tcode",
      "A\n\n\tcode",
      "A\n\n  \t code",
      "1.\tx",
      "+\tx",
      "1) x",
      "# h",
      "  # h",
      "===",
      "A\n===",
    ],
  ];
  // After the hyphen, the text of an item.
  const items = [
    "- text\n- more",
    "-\ttext",
    "-      code",
    "- # h",
    "- 1. x",
    "- 1.",
    "- - x",
    "- + x",
    "- +",
    "- : x",
    "- -- x",
    "- [1]: y",
    "- [ ] z",
  ];
  const library = mkdtempSync(join(tmpdir(), "casebook-typed-"));
  mkdirSync(join(library, "content/cases"), { recursive: true });
  mkdirSync(join(library, "content/vocabularies"));
  for (const name of ["barrier", "sector", "tier"]) {
    const vocabulary = readFileSync(join(root, `content/vocabularies/${name}.yaml`), "utf8");
    writeFileSync(join(library, `content/vocabularies/${name}.yaml`), vocabulary.replace("\nrequired: true\n", "\n"));
  }
  writeFileSync(join(library, "casebook.yaml"), "title: Test\n");
  await addSources(page, ["Audit"]);
  for (const [n, text] of [...texts, ...items].entries()) {
    await openPart(page, "story");
    await page.getByLabel("The challenge").fill(text);
    const made = await file(page);
    const front = `title: A${n}\nsummary: S${n}\ndate: 2026-01-01\nstatus: draft\nsources:\n  - id: s1\n    title: Audit\n`;
    writeFileSync(join(library, `content/cases/a${n}.md`), `---\n${front}---\n${made.split("\n---\n")[1]}`);
  }
  const built = build(library, "typed", "--drafts");
  const shows = (n) =>
    page.evaluate(
      (html) => {
        const of = new DOMParser().parseFromString(html, "text/html");
        const heading = [...of.querySelectorAll("h2")].find(({ textContent }) => textContent.trim() === "The challenge");
        const within = of.createElement("div");
        while (heading.nextSibling && heading.nextSibling.tagName !== "H2") within.append(heading.nextSibling);
        const cites = [...within.querySelectorAll("sup")];
        for (const cite of cites) cite.textContent = `[${cite.textContent.trim()}]`;
        const others = within.querySelectorAll("ol, dl, pre, hr, h1, h3, ul ul, input").length;
        return { text: within.textContent.replace(/\s+/g, " ").trim(), items: within.querySelectorAll("li").length, others };
      },
      readFileSync(join(built, `cases/a${n}/index.html`), "utf8"),
    );
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  for (const [n, text] of texts.entries()) assert.deepEqual(await shows(n), { text: plain(text), items: 0, others: 0 }, text);
  for (const [n, text] of items.entries()) {
    const words = plain(text.replace(/^-\s+/gm, ""));
    assert.deepEqual(await shows(texts.length + n), { text: words, items: text.split("\n").length, others: 0 }, text);
  }
  rmSync(library, { recursive: true });
  assert.deepEqual(faults, []);
});

test("a file that the form did not make keeps what the form has no field for, as it is written", async () => {
  const { page, faults } = await visit();
  const others = [
    'extra: { "b: c": d, z: 007, n: 12345678901234567890, half: 2.50 } # why',
    "'my own': |\n  # one\n\n    two: 2",
    "more:\n- a: 1.10\n  # a comment\n  b: [yes, ~]",
  ];
  const own = "title: 007\nsummary: |\n  a: b\n\n    # no comment\n  end\nlesson: > # folded\n  One\n  two.\n";
  const sources = "sources:\n  - id: a\n    title: >-\n      Long\n      # title\n    publisher: P\n";
  await openFile(page, `---\n${own}${others.join("\n")}\n${sources}---\n`);
  await page.locator("#cb-said", { hasText: "Kept as they are: extra, my own, more." }).waitFor();
  const text = await file(page);
  for (const lines of others) assert.ok(text.includes(`\n${lines}\n`), text);
  assert.match(text, /^title: "007"\nsummary: "a: b # no comment end"$/m);
  assert.match(text, /^lesson: One two\.$/m);
  assert.match(text, /^ {2}- id: a\n {4}title: "Long # title"\n {4}publisher: P$/m);
  await openFile(page, text);
  assert.equal(await file(page), text);
  assert.deepEqual(faults, []);
});

test("the texts under a heading that a file has twice are joined", async () => {
  const { page, faults } = await visit();
  await openFile(page, "---\ntitle: X\n---\n\n## The challenge\n\nOne *a*.\n\n## Other\n\nKept.\n\n## The challenge\n\nTwo.\n");
  await openPart(page, "story");
  assert.equal(await page.getByLabel("The challenge").inputValue(), "One *a*.\n\nTwo.");
  const text = await file(page);
  assert.match(text, /\n## The challenge\n\nOne \*a\*\.\n\nTwo\.\n\n## Other\n\nKept\.\n$/);
  assert.deepEqual(faults, []);
});

test("an opened text that is changed keeps its Markdown elsewhere, and citations with a page", async () => {
  const { page, faults } = await visit();
  const sources = "sources:\n  - id: first\n    title: F\n  - id: audit\n    title: A\n";
  const lines = [
    "### Costs [@audit]",
    "It **cost** *much* [@audit, p. 4] and [@first], see [the file](/file/) and `code`, not \\*this\\*.",
    "1. One\n2. Two",
    "> Said [@audit].",
  ];
  await openFile(page, `---\ntitle: X\n${sources}---\n\n## The challenge\n\n${lines.join("\n\n")}\n`);
  await openPart(page, "story");
  const challenge = page.getByLabel("The challenge");
  const shown = await challenge.inputValue();
  assert.match(shown, /^### Costs \[2\]\n\nIt \*\*cost\*\* .*, p\. 4\] and \[1\], .* not \*this\*\.\n/);
  await challenge.fill(shown.replace("not *this*.", "not *this*, *new* [2]."));
  const changed = lines.join("\n\n").replace("\\*this\\*.", "\\*this\\*, \\*new\\* [@audit].");
  assert.ok((await file(page)).endsWith(`\n## The challenge\n\n${changed}\n`), await file(page));
  // The numbers of the others change with the source that is removed.
  await openPart(page, "sources");
  await page.getByRole("button", { name: "Remove source 1", includeHidden: true }).evaluate((button) => button.click());
  const without = changed.replace(" [@first]", "");
  assert.ok((await file(page)).endsWith(`\n## The challenge\n\n${without}\n`), await file(page));
  assert.deepEqual(faults, []);
});

test("a file is not called by the name under which lists go on", async () => {
  const { page, faults } = await visit();
  for (const [title, name] of [
    ["Page", "a-case.md"],
    ["Page 2", "page-2.md"],
    ["…", "a-case.md"],
  ]) {
    await openPart(page, "partnership");
    await page.getByLabel("Title", { exact: true }).fill(title);
    await openPart(page, "send");
    await page.getByText(name, { exact: true }).waitFor();
  }
  assert.deepEqual(faults, []);
});

/** Gives the form an address of e-mail. The sample library has none, so its form writes no mail. */
async function withEmail(page) {
  await page.route("**/contribute/", async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    assert.match(text, /"email":null/);
    await route.fulfill({ response, body: text.replace('"email":null', '"email":"editors@example.org"') });
  });
  await page.reload();
}

test("the last part of the form is shown if an emoji is where a long text is cut", async () => {
  const { page, faults } = await visit();
  await withEmail(page);
  await openPart(page, "partnership");
  await page.getByLabel("Title", { exact: true }).fill("a".repeat(99) + "😀");
  await openPart(page, "you");
  // One of two neighbouring lengths puts the cut inside an emoji.
  for (const start of ["", "a"]) {
    await page.locator("#f-sender-part").fill(start + "😀".repeat(500));
    assert.match(await file(page), /^title: a{99}😀$/m);
    const mail = await page.locator("a[href^=mailto]").getAttribute("href");
    assert.match(decodeURIComponent(mail), /subject=.*a{99}😀&body=.*😀/s);
    await openPart(page, "you");
  }
  assert.deepEqual(faults, []);
});

test("the last part of the form is shown if a text ends in half an emoji, and if a title is a number", async () => {
  const { page, faults } = await visit();
  await withEmail(page);
  await openPart(page, "partnership");
  await put(page, "f-title", "Desk \ud834");
  await openPart(page, "story");
  await put(page, "f-The-challenge", "Hard \ud83d");
  await openPart(page, "you");
  await put(page, "f-sender-part", "Clerk \udc00");
  const text = await file(page);
  assert.match(text, /^title: Desk \ufffd$/m);
  assert.match(text, /\nHard \ufffd\n/);
  const mail = await page.locator("a[href^=mailto]").getAttribute("href");
  assert.match(decodeURIComponent(mail), /subject=.*Desk \ufffd&body=.*Clerk \ufffd/s);
  await openFile(page, "---\ntitle: 2010\n---\n");
  assert.match(await file(page), /^title: 2010$/m);
  assert.deepEqual(faults, []);
});

/** Presses Tab until the element with this name has the focus. Every stop on the way must be in view and not covered. */
async function tabTo(page, name) {
  const stops = [];
  for (let n = 0; n < 200; n += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      const { left, top, right, bottom, height } = at.getClientRects()[0] ?? at.getBoundingClientRect();
      const found = document.elementFromPoint((Math.max(left, 0) + Math.min(right, innerWidth)) / 2, top + Math.min(height, 20) / 2);
      const isSeen = found && (at.contains(found) || found.contains(at));
      const name = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
      return { name: name.trim(), isSeen, sideways: scrollX, place: [left, top, right, bottom].map(Math.round) };
    });
    stops.push(stop.name);
    assert.ok(stop.isSeen && stop.sideways === 0, `on the way to ${name}: ${JSON.stringify(stop).slice(0, 300)}`);
    if (name instanceof RegExp ? name.test(stop.name) : name === stop.name) return;
  }
  assert.fail(`${name} is not among ${stops.join(" | ")}`);
}

test("a case can be written and saved with the keyboard alone on a narrow screen", async () => {
  const { page, faults } = await visit({ viewport: { width: 320, height: 640 } });
  const press = (key) => page.keyboard.press(key);
  const type = (text) => page.keyboard.type(text);
  await tabTo(page, "Begin");
  await press("Enter");
  await shown(page, "partnership");
  await tabTo(page, "Title");
  await type("One desk");
  await tabTo(page, "From which year?");
  await type("2006");
  await tabTo(page, "To which year?");
  await type("2003");
  await tabTo(page, "Health");
  await press("Space");
  await tabTo(page, /^Continue/);
  await press("Enter");
  // The list of what to put right leads to the first fault.
  await focuses(page, "cb-errors");
  await press("Tab");
  await press("Enter");
  await focuses(page, "f-period-to");
  await press("Control+A");
  await type("2013");
  await tabTo(page, /^Continue/);
  await press("Enter");
  await shown(page, "sources");
  await tabTo(page, "Add a source");
  await press("Enter");
  await focuses(page, "f-sources-0-title");
  await type("The audit");
  await tabTo(page, /^Continue/);
  await press("Enter");
  await shown(page, "story");
  await tabTo(page, "The challenge");
  await type("Two doors [1].");
  for (const part of PARTS.slice(PARTS.indexOf("story") + 1, PARTS.indexOf("send") + 1)) {
    await tabTo(page, /^Continue/);
    await press("Enter");
    await shown(page, part);
  }
  await tabTo(page, "See the page as it will look");
  await press("Enter");
  await shown(page, "page");
  assert.equal(await page.locator(".cb-page h3").textContent(), "One desk");
  assert.match(await page.locator(".cb-page").textContent(), /Two doors 1\./);
  await tabTo(page, "1");
  await press("Enter");
  await focuses(page, "cb-source-1");
  await tabTo(page, "Back to the answers");
  await press("Enter");
  await shown(page, "send");
  await tabTo(page, "Download the file");
  const [download] = await Promise.all([page.waitForEvent("download"), press("Enter")]);
  assert.equal(download.suggestedFilename(), "one-desk.md");
  const saved = readFileSync(await download.path(), "utf8");
  assert.match(saved, /period: \{ from: 2006, to: 2013 \}\n/);
  assert.match(saved, /Two doors \[@s1\]\.\n/);
  assert.deepEqual(faults, []);
});

const PARTS = ["start", "partnership", "sources", "story", "barriers", "results", "lessons", "more", "you", "send", "page"];

/** Waits until a part is shown. */
const shown = (page, part) =>
  page.locator(part === "page" ? ".cb-page" : `#cb-parts [href="#${part}"][aria-current=step]`).waitFor({ state: "attached" });

/** Opens a part, with one row in each list of rows. */
async function openPart(page, part) {
  await page.evaluate((part) => (location.hash = part), part);
  await shown(page, part);
  for (const add of await page.locator("#cb-part button[id^=add-]").all()) {
    if ((await add.evaluate((add) => add.parentElement.querySelectorAll("details").length)) === 0) await add.click();
  }
}

test("a screen reader has a name for each control, hears what is wrong, and finds it at the field", async () => {
  const { page } = await visit();
  const reader = await page.context().newCDPSession(page);
  const nodes = async () => (await reader.send("Accessibility.getFullAXTree")).nodes.filter((node) => !node.ignored);
  const named = ["textbox", "checkbox", "radio", "combobox", "button", "link", "navigation"];
  for (const part of PARTS) {
    await openPart(page, part);
    const controls = (await nodes()).filter(({ role }) => named.includes(role?.value));
    assert.ok(controls.length > 10, part);
    assert.deepEqual(
      controls.filter(({ name }) => !name?.value?.trim()).map(({ role }) => `${part}: ${role.value} without a name`),
      [],
    );
  }
  await openPart(page, "partnership");
  await page.getByLabel("From which year?").fill("2006");
  await page.getByLabel("To which year?").fill("2003");
  await page.getByLabel("To which year?").press("Tab");
  const message = /To put right: The years run backwards/;
  await page.getByRole("status").filter({ hasText: message }).waitFor({ state: "attached" });
  const field = (await nodes()).find(({ role, name }) => role?.value === "textbox" && name.value === "To which year?");
  assert.match(field.description.value, message);
  assert.equal(field.properties.find(({ name }) => name === "invalid").value.value, "true");
});

test("a part that the address names is shown alone", async () => {
  const { page, faults } = await visit();
  await page.goto(host.origin + "/contribute/#you");
  await page.reload();
  await shown(page, "you");
  assert.equal(await page.locator("#cb-start").count(), 0);
  await openPart(page, "start");
  assert.ok(await page.getByLabel("Open a file that you have saved").isVisible());
  assert.deepEqual(faults, []);
});

test("a click that leaves a wrong answer counts, and then the message is shown", async () => {
  const { page, faults } = await visit();
  await openPart(page, "partnership");
  await page.getByLabel("To which year?").fill("20");
  const term = page.getByLabel("Health", { exact: true });
  await term.click();
  assert.ok(await term.isChecked());
  await page.locator("#f-period-to-wrong", { hasText: "Write the year with four figures" }).waitFor();
  assert.deepEqual(faults, []);
});

test("the last questions have labels of their own, and leave out what only editors know", async () => {
  const { page, faults } = await visit();
  await openPart(page, "more");
  await page.getByLabel("Until which year do your sources follow it?").waitFor();
  const asked = await page.locator("#cb-part :is(label, legend)").allTextContents();
  assert.doesNotMatch(asked.join("\n"), /Slug|Aliases|Image|Licence url|Related|Review by|Status/i);
  assert.deepEqual(faults, []);
});

test("an empty row of places has no name", async () => {
  const { page, faults } = await visit();
  await openPart(page, "partnership");
  await page.getByLabel("Title", { exact: true }).fill("One desk");
  assert.doesNotMatch(await page.locator("#cb-card").textContent(), /object/);
  await openPart(page, "page");
  assert.doesNotMatch(await page.locator(".cb-page").textContent(), /object/);
  assert.deepEqual(faults, []);
});

test("the form needs no network once it is open", async () => {
  const { page, faults } = await visit();
  page.on("requestfailed", (request) => request.url().startsWith("blob:") || faults.push(request.url()));
  // The browser itself asks for the icon again when the address changes.
  const isOfIcon = (fault) => /\/icon\.\w+\.svg$|ERR_INTERNET_DISCONNECTED/.test(fault);
  await page.context().setOffline(true);
  for (const part of PARTS) await openPart(page, part);
  await openPart(page, "partnership");
  await page.getByLabel("Title", { exact: true }).fill("One desk");
  await page.getByLabel("Keep what I write on this device").check();
  await keeps(page, 1);
  await openPart(page, "send");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download the file" }).click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /\ntitle: One desk\n/);
  assert.deepEqual(
    faults.filter((fault) => !isOfIcon(fault)),
    [],
  );
});

/** The text of a case without the keys that have an error in these lines, so that its page can be made. */
function withoutKeys(text, lines) {
  const keys = text.split("\n---\n")[0].split(/\n(?=[a-z_]+:)/);
  let line = 0;
  const kept = keys.filter((key) => {
    const from = line + 1;
    line += key.split("\n").length;
    return !lines.some((wrong) => wrong >= from && wrong <= line);
  });
  const added = ["summary: S", "date: 2026-01-01"].filter((one) => !kept.some((key) => key.startsWith(one.split(":")[0] + ":")));
  return [...kept, ...added].join("\n") + text.slice(text.indexOf("\n---\n"));
}

const HOSTILE =
  "</script><script>alert(1)</script><img src=x onerror=alert(1)> --- \"'{}[]: # & {{ 7 * 7 }} {% raw %} [x](javascript:alert(1)) ![y](//h/z.png) [@nobody] `code` \u202e\u2028\ufeff \\ | *b* <!-- ";

test("hostile text in every field stays text: in the form, in the file and on the page", async () => {
  const { page, faults } = await visit();
  page.on("dialog", (dialog) => dialog.type() === "beforeunload" || faults.push("a dialog"));
  let filled = 0;
  for (const part of PARTS) {
    await openPart(page, part);
    filled += await page.evaluate((hostile) => {
      const all = (fields) => [...document.querySelectorAll(fields)];
      for (const tick of all("#cb-part :is(input[type=checkbox], input[type=radio])")) tick.checked || tick.click();
      for (const choice of all("#cb-part select")) {
        choice.selectedIndex = 1;
        choice.dispatchEvent(new Event("change"));
      }
      const texts = all("#cb-part :is(input[type=text], input[type=email], textarea)").filter(({ id }) => !id.endsWith("-narrow"));
      for (const field of texts) {
        field.value = field.tagName === "TEXTAREA" ? `---\n# ${hostile}\n- ${hostile}\n\n    ${hostile}` : hostile;
        field.dispatchEvent(new Event("input"));
        field.dispatchEvent(new Event("blur"));
      }
      return texts.length;
    }, HOSTILE);
    assert.equal(await page.locator("#cb-contribute :is(img, iframe, script:not([type='application/json']))").count(), 0, part);
  }
  assert.ok(filled > 30, `${filled} fields`);
  const text = await file(page);
  assert.deepEqual(faults, []);

  const { library, found } = checked("hostile.md", text);
  const codes = found.map(({ code }) => code);
  const never = ["bad-yaml", "no-front-matter", "unknown-field", "unsafe-html", "unsafe-url", "template", "broken-link"];
  assert.deepEqual(
    codes.filter((code) => never.includes(code)),
    [],
  );
  const wrong = found.filter(({ severity }) => severity === "error").map(({ line }) => line);
  writeFileSync(join(library, "content/cases/hostile.md"), withoutKeys(text, wrong));
  const made = readFileSync(join(build(library, "hostile", "--drafts"), "cases/hostile/index.html"), "utf8");
  assert.match(made, /&lt;script&gt;alert/);
  assert.doesNotMatch(made, /<script>alert|<img[^>]+(onerror|\/\/h\/)|href="javascript:/);
  rmSync(library, { recursive: true });

  await page.goto(host.origin + "/contribute/");
  await page.setInputFiles("#cb-open", { name: "hostile.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
  await page.locator("#cb-said", { hasText: "Opened" }).waitFor();
  // The file has no address of its sender, and the licence is agreed to anew.
  const withoutGaps = (text) => text.replace(/^# Still open:\n(# {3}.*\n)*/m, "");
  assert.equal(withoutGaps(await file(page)), text);
});

test("the sender’s part is kept when their file is opened again", async () => {
  const { page, faults } = await visit();
  await openPart(page, "you");
  await page.locator("#f-sender-part").fill("I: kept the {books} # there");
  const text = await file(page);
  assert.match(text, /^---\n(#.*\n)*# The sender’s part in it: I: kept the \{books\} # there\n/);
  await page.goto(host.origin + "/contribute/");
  await page.setInputFiles("#cb-open", { name: "case.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
  await page.locator("#cb-said", { hasText: "Opened case.md" }).waitFor();
  await openPart(page, "you");
  assert.equal(await page.locator("#f-sender-part").inputValue(), "I: kept the {books} # there");
  assert.equal(await file(page), text);
  assert.deepEqual(faults, []);
});

test("the sender’s part is one line of the file’s comment, whatever ends its lines", async () => {
  const { page, faults } = await visit();
  await openPart(page, "you");
  await put(page, "f-sender-part", "I kept\u0085the books\u2028slug: evil\u2029there\ufffe\u0092");
  const text = await file(page);
  assert.match(text, /^---\n(#.*\n)*# The sender’s part in it: I kept the books slug: evil there\n/);
  const { library, found } = checked("part.md", text);
  assert.deepEqual(
    found.filter(({ code }) => ["bad-yaml", "unknown-field"].includes(code)),
    [],
  );
  rmSync(library, { recursive: true });
  assert.deepEqual(faults, []);
});

test("answers are kept on the device only on request, until they are cleared or the tick is taken away", async () => {
  const { page, faults } = await visit();
  await openPart(page, "partnership");
  const title = page.getByLabel("Title", { exact: true });
  const keep = page.getByLabel("Keep what I write on this device");
  await title.fill("One desk");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await keep.check();
  await keeps(page, 1);
  await page.reload();
  // The address of the page is that of the part.
  assert.equal(await title.inputValue(), "One desk");
  await keep.uncheck();
  await keeps(page, 0);
  await keep.check();
  await keeps(page, 1);
  await page.getByRole("button", { name: "Clear everything I wrote" }).click();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await keeps(page, 0);
  await openPart(page, "partnership");
  assert.equal(await title.inputValue(), "");
  assert.deepEqual(faults, []);
});

test("a phone shows every part without sideways scrolling, and axe finds nothing", async () => {
  const { page } = await visit({ viewport: { width: 320, height: 640 } });
  for (const part of PARTS) {
    await openPart(page, part);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), part);
    await page.evaluate(AXE);
    const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
    assert.deepEqual(
      found.violations.map(({ id, nodes }) => `${part} ${id}: ${nodes[0].html}`),
      [],
    );
  }
});

test("without scripts the page offers templates", async () => {
  const { page } = await visit({ javaScriptEnabled: false });
  assert.ok(await page.getByRole("link", { name: /Word/ }).first().isVisible());
  assert.equal(await page.locator("#cb-contribute").isVisible(), false);
});
