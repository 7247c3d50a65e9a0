// The file that the form for contributing a case makes, in Chromium: every case of the sample library opened and saved, texts
// with every mark, values of every kind, files of other programs, and hostile text.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { addSources, file, focuses, openFile, openPart, PARTS, put, serveForms } from "./contribute-support.mjs";
import { artefacts, build, root } from "./site.mjs";

const CASES = join(root, "content/cases");
const CASEBOOK = process.env.CASEBOOK ?? join(root, "target/debug/casebook");

const { host, own, visit } = await serveForms("contribute-file");

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

/** Adds a word to the end of two texts, if the case has them. */
async function addWords(page) {
  for (const [part, heading] of [
    ["story", "The challenge"],
    ["lessons", "What others can learn"],
  ]) {
    await openPart(page, part);
    const text = page.getByLabel(heading, { exact: true });
    if (await text.inputValue()) await text.fill((await text.inputValue()) + " Added.");
  }
}

test("every sample case is published alike after it was saved in the form, and keeps its texts when a word is added to each", async () => {
  const { page, faults } = await visit();
  const library = mkdtempSync(join(tmpdir(), "casebook-saved-"));
  for (const path of ["casebook.yaml", "content", "themes"]) cpSync(join(root, path), join(library, path), { recursive: true });
  const names = readdirSync(CASES).filter((name) => name.endsWith(".md"));
  const opened = async (name, text) => {
    await openFile(page, text, name);
    return file(page);
  };
  for (const name of names) {
    const first = await opened(name, readFileSync(join(CASES, name), "utf8"));
    assert.deepEqual(await page.locator(".cb-errors li").allTextContents(), [], name);
    // The form writes drafts.
    assert.match(first, /^status: draft\n/m);
    writeFileSync(join(library, "content/cases", name), first.replace("\nstatus: draft\n", "\n"));
    assert.equal(await opened("again-" + name, first), first, name);
    const added = first.replace(/(\n## (?:The challenge|What others can learn)\n[\s\S]*?)(?=\n\n## |\n$)/g, "$1 Added.");
    assert.notEqual(added, first, name);
    await addWords(page);
    assert.equal(await file(page), added, name);
  }
  assert.deepEqual(faults, []);
  const [before, after] = [join(artefacts, "contribute-file"), build(library, "contribute-saved")];
  const paths = ["data/cases.json", ...readdirSync(join(before, "cases")).map((name) => `cases/${name}/index.html`)];
  const pages = paths.filter((path) => existsSync(join(before, path)));
  assert.ok(pages.length > names.length);
  const differ = pages.filter((path) => readFileSync(join(before, path), "utf8") !== readFileSync(join(after, path), "utf8"));
  assert.deepEqual(differ, []);
  rmSync(library, { recursive: true });
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
  await page.getByText("Removed: source 1. 2 citations of it were removed from your text.").waitFor();
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

test("characters that YAML does not allow are escaped or left out, and an address that ends in a colon is quoted", async () => {
  const { page, faults } = await visit();
  for (const [typed, written] of [
    ["It\u0092s a desk", '"It\\u0092s a desk"'],
    ["A\u0085b", '"A\\u0085b"'],
    ["A\ufffeb", '"A\\ufffeb"'],
    ["A\uffffb", '"A\\uffffb"'],
    ["A\u007fb", '"A\\u007fb"'],
    ["A\0\u0007b\u001b", "Ab"],
    ["https://example.org/report", "https://example.org/report"],
    ["https://example.org/report:", '"https://example.org/report:"'],
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

test("a text in double quotation marks has the escapes of YAML", async () => {
  const { page, faults } = await visit();
  // A raw tab, a code of two, four and eight digits, a line that goes on, and a folded one.
  const written = '"A\ttab \\x41\\u00e9\\U0001F600 \\"b\\" c\\/d e\\_f jo\\\n  ined and\n  folded"';
  await openFile(page, `---\ntitle: ${written}\nsummary: "\\eX \\N"\n---\n`);
  await openPart(page, "partnership");
  const title = await page.locator("#f-title").inputValue();
  assert.equal(title, 'A\ttab Aé😀 "b" c/d e\u00a0f joined and folded');
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

test("an opened text with more than the form writes is edited as the Markdown that it is", async () => {
  const { page, faults } = await visit();
  const sources = "sources:\n  - id: first\n    title: F\n  - id: audit\n    title: A\n  - title: New\n";
  const text = [
    "### Costs [@audit]",
    "It **cost** *much* [@audit, p. 4; @first], see [the file](/file/) and `code`, not \\*this\\*.",
    "| Question | Answer |\n|---|---|\n| One service | 49% in favour [@first] |",
    "1. One\n2. Two",
    "> [!NOTE]\n> Said [@audit].",
  ].join("\n\n");
  await openFile(page, `---\ntitle: X\n${sources}---\n\n## The challenge\n\n${text}\n`);
  const ends = async (text) => assert.ok((await file(page)).endsWith(`\n## The challenge\n\n${text}\n`), await file(page));
  await openPart(page, "story");
  const challenge = page.getByLabel("The challenge");
  assert.equal(await challenge.inputValue(), text);
  await page.locator("#f-The-challenge-hint", { hasText: "This text is Markdown, as in its file" }).waitFor();
  const changed = text.replace("49%", "48%") + "\n\n*New*";
  await challenge.fill(changed + " ");
  await page.getByRole("button", { name: "Source 3, New" }).nth(0).click();
  await ends(changed + " [@s3]");
  assert.match(await file(page), /\n {2}- id: s3\n {4}title: New\n/);
  // Its sources are cited by their ids alone.
  await openPart(page, "story");
  for (const [typed, message] of [
    ["Here [2]. A link: [2](/2/).", "Here [2] is not a citation. Put in the source by its button: [@audit]."],
    ["Here [@nobody].", "No source has the id of [@nobody]."],
    ["Not here: \\[@nobody], [2](/2/), [2]: /2/, [a][2].", ""],
  ]) {
    await challenge.fill(typed);
    await challenge.press("Tab");
    await page
      .locator("#f-The-challenge-wrong", { hasText: message, visible: message !== "" })
      .waitFor({ state: message ? "visible" : "hidden" });
  }
  await challenge.fill(changed);
  await openPart(page, "sources");
  await page.getByRole("button", { name: "Remove source 1", includeHidden: true }).evaluate((button) => button.click());
  await page.getByText("2 citations of it were removed from your text.").waitFor();
  await ends(changed.replace("; @first]", "]").replace(" [@first]", ""));
  assert.deepEqual(faults, []);
});

test("the lesson of a file that the form has made is written once", async () => {
  const { page, faults } = await visit();
  await openPart(page, "lessons");
  const lessons = page.getByLabel("What others can learn");
  await lessons.fill("Ask *first*.");
  const text = await file(page);
  await openFile(page, text);
  await openPart(page, "lessons");
  assert.equal(await lessons.inputValue(), "Ask *first*.");
  await lessons.fill("Ask *first*. Then act.");
  assert.equal(await file(page), text.replace("first\\*.", "first\\*. Then act."));
  assert.equal(text.match(/interpretation/g).length, 1);
  assert.deepEqual(faults, []);
});

test("a file is not called by the name under which lists go on", async () => {
  const { page, faults } = await visit();
  for (const [title, name] of [
    ["Page", "a-case.md"],
    ["Index", "a-case.md"],
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

test("a file of an older program on Windows is read with its letters", async () => {
  const { page, faults } = await visit();
  await page.setInputFiles("#cb-open", {
    name: "a.md",
    mimeType: "text/markdown",
    buffer: Buffer.from("---\ntitle: Caf\xe9\n---\n", "latin1"),
  });
  await page.locator("#cb-said", { hasText: "Opened a.md" }).waitFor();
  assert.match(await file(page), /^title: Café$/m);
  assert.deepEqual(faults, []);
});

test("an answer to a key of the library is written as its kind, or its mistake is told", async () => {
  const { page, faults } = await visit({ origin: own.origin });
  for (const [key, typed, written] of [
    ["staff", " 1200 ", "1200"],
    ["staff", "-2.5", "-2.5"],
    ["opened", "1 March 2010", "2010-03-01"],
    ["towns", "Leigh\n12", '[Leigh, "12"]'],
    ["site", "Https://example.org/a", '"Https://example.org/a"'],
    ["motto", "12", '"12"'],
  ]) {
    await openPart(page, "partnership");
    await page.locator(`#f-${key}`).fill(typed);
    await page.locator(`#f-${key}`).press("Tab");
    assert.ok(await page.locator(`#f-${key}-wrong`).isHidden(), typed);
    assert.ok((await file(page)).includes(`\n${key}: ${written}\n`), await file(page));
  }
  await openPart(page, "partnership");
  for (const [key, typed, message] of [
    ["staff", "1,200", "Write the number with figures alone"],
    ["staff", "twelve", "Write the number with figures alone"],
    ["staff", "012", "Write the number with figures alone"],
    ["opened", "2010-13", "Write a year, or a day"],
    ["site", "example.org", "Copy the whole address"],
  ]) {
    await page.locator(`#f-${key}`).fill(typed);
    await page.locator(`#f-${key}`).press("Tab");
    await page.locator(`#f-${key}-wrong`, { hasText: message }).waitFor();
  }
  assert.deepEqual(faults, []);
});

test("a file of the library stays the address of an opened source", async () => {
  const { page, faults } = await visit();
  const sources = (url) => `---\ntitle: X\nsources:\n  - { id: a, title: A, url: ${url} }\n---\n`;
  for (const [url, count] of [
    ["minutes.pdf", 0],
    ["../files/minutes.pdf", 0],
    ["council.gov.uk", 1],
    ["www.example.org/report.html", 1],
    ["10.1136/bmj.l1234", 1],
  ]) {
    await openFile(page, sources(url));
    await openPart(page, "send");
    assert.equal(await page.locator(".cb-errors li").count(), count, url);
  }
  assert.deepEqual(faults, []);
});

test("pasted lines of a list are names without their marks", async () => {
  const { page, faults } = await visit();
  await openPart(page, "partnership");
  await put(page, "f-partners", "• One\n# Two\n1. Three\n- Four\n4 Area Command\n-5 Club");
  assert.match(await file(page), /^partners: \[One, Two, Three, Four, "4 Area Command", "-5 Club"\]$/m);
  assert.deepEqual(faults, []);
});

test("terms of another library can be seen and taken away, and other names are those of their terms", async () => {
  const { page, faults } = await visit({ origin: own.origin });
  await openFile(page, "---\ntitle: X\nsector: [nhs, culture, the POLICE]\n---\n");
  await openPart(page, "partnership");
  assert.ok(await page.getByLabel("The health").isChecked());
  assert.ok(await page.getByLabel("The police").isChecked());
  const unknown = page.getByLabel("culture: not a term of this library");
  assert.ok(await unknown.isChecked());
  await openPart(page, "send");
  await page.locator(".cb-errors a", { hasText: "this library does not have the term culture." }).click();
  await focuses(page, "f-sector");
  await unknown.uncheck();
  assert.match(await file(page), /^sector: \[health, police\]$/m);
  assert.equal(await page.locator(".cb-errors").count(), 0);
  assert.deepEqual(faults, []);
});

test("marks of lists from Word become hyphens, and an address stays whole and is a link", async () => {
  const { page, faults } = await visit();
  const addresses = [
    "https://en.wikipedia.org/wiki/Torbay_Care_Trust",
    "https://example.org/a?b=c&copy;=d~e*f*/_g_h",
    "https://en.wikipedia.org/wiki/Leigh_(town)",
    "first_last@example.org",
    "https://example.org/plain",
  ];
  const typed = `Intro:\n• One\n·  Two\no\tThree\n– Four\n- Five\n\nSee ${addresses.join(", ")}. Or (https://example.org/in_brackets). A–B · C.`;
  const saved = typed.replace("•", "-").replace("·  ", "- ").replace("o\t", "- ").replace("– ", "- ");
  await openPart(page, "story");
  const challenge = page.getByLabel("The challenge");
  await page.locator("#f-The-challenge-hint", { hasText: "A hyphen at the beginning of a line makes a list." }).waitFor();
  await challenge.fill(typed);
  const text = await file(page);
  await openPart(page, "page");
  assert.deepEqual(await page.locator(".cb-page li").allTextContents(), ["One", "Two", "Three", "Four", "Five"]);
  await openFile(page, text);
  await openPart(page, "story");
  assert.equal(await challenge.inputValue(), saved);
  const library = mkdtempSync(join(tmpdir(), "casebook-links-"));
  mkdirSync(join(library, "content/cases"), { recursive: true });
  writeFileSync(join(library, "casebook.yaml"), "title: Test\n");
  cpSync(join(root, "content/vocabularies"), join(library, "content/vocabularies"), { recursive: true });
  const front = "title: A\nsummary: S\ndate: 2026-01-01\nsector: health\ntier: county\nbarrier: political\n";
  writeFileSync(join(library, "content/cases/a.md"), `---\n${front}---\n${text.split("\n---\n")[1]}`);
  const built = readFileSync(join(build(library, "links"), "cases/a/index.html"), "utf8");
  const links = await page.evaluate(
    (html) =>
      [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("p a")].map((link) => [
        link.textContent,
        link.getAttribute("href"),
      ]),
    built,
  );
  for (const address of [...addresses, "https://example.org/in_brackets"]) {
    const href = address.includes("://") ? address : "mailto:" + address;
    assert.ok(
      links.some(([text, to]) => text === address && to === href),
      `${address}: ${JSON.stringify(links)}`,
    );
  }
  rmSync(library, { recursive: true });
  assert.deepEqual(faults, []);
});

test("the page of an opened case shows its Markdown, and no HTML", async () => {
  const { page, faults } = await visit();
  const text = [
    "**Money.** It was *hard* [@audit, p. 4; @minutes][@audit, @minutes], see [the file](/file/), `code` and 2 \\* 3 * 4.",
    "> [!NOTE] Mind\n> Said **so**.\n\n> Quoted.",
    "| A | B \\| C |\n|---|---|\n| 1 | *2* [@audit] |",
    "- One\n- Two\n\n1. First\n2. Second",
    "<img src=x onerror=alert(1)> [@nobody] snake_case_name",
  ].join("\n\n");
  const sources = "sources:\n  - { id: minutes, title: M }\n  - { id: audit, title: A }\n";
  await openFile(page, `---\ntitle: X\n${sources}---\n\n## The challenge\n\n${text}\n`);
  await openPart(page, "page");
  const shown = (selector) => page.locator(".cb-page .cb-prose " + selector).allTextContents();
  assert.deepEqual(await shown("strong"), ["Money.", "Mind", "so"]);
  assert.deepEqual(await shown("em"), ["hard", "2"]);
  assert.deepEqual(await shown("sup a"), ["2, p. 4", "1", "2", "1", "2"]);
  assert.deepEqual(await shown(":is(th, td)"), ["A", "B | C", "1", "2 2"]);
  assert.deepEqual(await shown("blockquote"), ["Quoted."]);
  assert.deepEqual(await shown(".alert p"), ["Mind", "Said so."]);
  assert.deepEqual(await shown("ul li"), ["One", "Two"]);
  assert.deepEqual(await shown("ol li"), ["First", "Second"]);
  assert.deepEqual((await shown("> p")).at(-1), "<img src=x onerror=alert(1)> [@nobody] snake_case_name");
  assert.match((await shown("> p"))[0], /see the file, code and 2 \* 3 \* 4\.$/);
  assert.deepEqual(faults, []);
});

test("a comment within a list is no term, and the form says that comments are lost", async () => {
  const { page, faults } = await visit();
  await openFile(page, "---\ntitle: X\nsector: [health, # NHS\n  police] # both\nsummary: >\n  It's # no\n  comment\n---\n");
  await page.locator("#cb-said", { hasText: "Comments among its keys are not kept." }).waitFor();
  const text = await file(page);
  assert.match(text, /^sector: \[health, police\]$/m);
  assert.match(text, /^summary: "It's # no comment"$/m);
  await openPart(page, "you");
  await page.locator("#f-sender-part").fill("I chaired the board.");
  await openFile(page, await file(page));
  assert.doesNotMatch(await page.locator("#cb-said").textContent(), /Comments/);
  await openFile(page, "---\ntitle: 'A # B'\nsummary: \"C # D\"\nextra: 1 # kept\n---\n");
  assert.doesNotMatch(await page.locator("#cb-said").textContent(), /Comments/);
  assert.match(await file(page), /^title: "A # B"\nsummary: "C # D"$/m);
  assert.deepEqual(faults, []);
});

test("joiners stay in scripts that need them", async () => {
  const { page, faults } = await visit();
  for (const [typed, written] of [
    ["می\u200cخواهم", "می\u200cخواهم"],
    ["One\u200c de\u200dsk", "One desk"],
  ]) {
    await openPart(page, "partnership");
    await put(page, "f-title", typed);
    assert.ok((await file(page)).includes(`\ntitle: ${written}\n`), await file(page));
  }
  assert.deepEqual(faults, []);
});

test("the name of the sender joins the other authors once", async () => {
  const { page, faults } = await visit();
  await openFile(page, "---\ntitle: X\nauthors: [{ name: Ben Lee }]\n---\n");
  await openPart(page, "you");
  await page.getByLabel("Your name").fill("Ada Osei");
  await page.getByLabel("My name may be shown under the case").check();
  const text = await file(page);
  assert.match(text, /^authors:\n {2}- name: Ben Lee\n {2}- name: Ada Osei\n/m);
  await openFile(page, text);
  await openPart(page, "you");
  await page.getByLabel("Your name").fill("Ada Osei");
  await page.getByLabel("My name may be shown under the case").check();
  assert.equal((await file(page)).match(/Ada Osei/g).length, 1);
  assert.deepEqual(faults, []);
});

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
