// The examples of the CommonMark specification without raw HTML and pictures have the results of the specification. Intended
// differences are removed first: ids of headings and their level below the title, classes of code, and targets of local links,
// since the examples' files do not exist. Bare addresses are links here, as on GitHub.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "./site.mjs";

const { tests } = createRequire(import.meta.url)("commonmark-spec");

// Links with a scheme that is not allowed become text, and bare addresses become links.
const OTHERWISE = new Map([
  [596, "<p>irc://foo.bar:2233/baz</p>"],
  [598, "<p>a+b+c:d</p>"],
  [599, "<p>made-up-scheme://foo,bar</p>"],
  [601, "<p>localhost:5001/foo</p>"],
  [602, '<p>&lt;<a href="https://foo.bar/baz">https://foo.bar/baz</a>bim&gt;</p>'],
  [606, '<p>&lt;<a href="mailto:foo+@bar.example.com">foo+@bar.example.com</a>&gt;</p>'],
  [608, '<p>&lt;<a href="https://foo.bar">https://foo.bar</a>&gt;</p>'],
  [611, '<p><a href="https://example.com">https://example.com</a></p>'],
  [612, '<p><a href="mailto:foo@bar.example.com">foo@bar.example.com</a></p>'],
]);

const OFF = [
  "broken-link",
  "broken-anchor",
  "unsafe-html",
  "unsafe-url",
  "heading-order",
  "stray-markup",
  "lost-text",
  "swallowed-text",
  "doubtful-value",
  "undefined-acronym",
];

// Does the example contain a tag or a comment?
const holdsHtml = ({ markdown, section }) => ["HTML blocks", "Raw HTML"].includes(section) || /<!--|<(a|b|bar|foo)[\s>]/.test(markdown);

function library() {
  const folder = mkdtempSync(join(tmpdir(), "casebook-commonmark-"));
  mkdirSync(join(folder, "content/cases"), { recursive: true });
  mkdirSync(join(folder, "content/vocabularies"), { recursive: true });
  writeFileSync(join(folder, "casebook.yaml"), `title: Examples\nchecks: { ${OFF.map((code) => `${code}: off`).join(", ")} }\n`);
  for (const name of ["sector", "tier", "barrier"]) {
    writeFileSync(join(folder, `content/vocabularies/${name}.yaml`), `label: ${name}\nterms: []\n`);
  }
  return folder;
}

const tabbed = (text) => text.replaceAll("→", "\t");

function normal(html) {
  const level = /<h1/.test(html) ? (_all, slash, digit) => `<${slash}h${Math.min(6, Number(digit) + 1)}` : (all) => all;
  return html
    .replaceAll(/<(\/?)h([1-6])/g, level)
    .replaceAll(/<a href="(?!https?:|mailto:)[^"]*"/gi, "<a")
    .replaceAll("\u00a0", "&nbsp;")
    .replaceAll(/<code class="[^"]*">/g, "<code>")
    .replaceAll(" />", ">")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([<>]) ?/g, "$1")
    .trim();
}

// The body of a case's page, without the intended differences.
function words(output, number) {
  const page = readFileSync(join(output, `cases/example-${number}/index.html`), "utf8");
  const body = page.match(/<div class="cb-prose"[^>]*>\n?([\s\S]*?)\n?<\/div>\n(?=<section|<\/div>)/)?.[1] ?? "";
  return body
    .replaceAll(/<h([1-6]) id="[^"]*">/g, "<h$1>")
    .replaceAll('<pre class="code" tabindex="0">', "<pre>")
    .replaceAll(/<\/?span[^>]*>/g, "");
}

test("every example has the result of the specification", () => {
  const examples = tests.filter((example) => !/<img/.test(example.html) && !holdsHtml(example));
  assert.ok(examples.length > 530, `${examples.length} examples`);
  const folder = library();
  try {
    for (const { number, markdown } of examples) {
      const front = `---\ntitle: Example ${number}\nsummary: What it is.\ndate: 2020-01-01\n---\n`;
      writeFileSync(join(folder, `content/cases/example-${number}.md`), front + tabbed(markdown));
    }
    const output = build(folder, "commonmark", "--allow-gone");
    const differing = examples.filter(
      ({ number, html }) => normal(words(output, number)) !== normal(OTHERWISE.get(number) ?? tabbed(html)),
    );
    assert.deepEqual(
      differing.map(({ number, markdown }) => `${number}: ${markdown}`),
      [],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
