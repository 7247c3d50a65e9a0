// A library very different from the sample: other vocabularies, long and odd texts, most fields empty. It has every kind of title,
// term and place that may be too long for a page.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { artefacts, root as project } from "./site.mjs";

const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const WORDS = ["water", "teacher", "orchard", "bridge", "museum", "tenant", "engine", "harbour", "clinic"];
const words = (n, from = 0) => Array.from({ length: n }, (_, at) => WORDS[(from + at * at) % WORDS.length]).join(" ");
const TITLES = [
  words(36),
  LONG,
  `${LONG} ${words(20)}`,
  "شراكة المياه بين البلديات والمدارس في المدينة القديمة",
  "🌊🏫 Water and school 👩‍🏫🚰 together 🎉",
  "A & B <i>not italic</i> {{ page }}",
  "Why?",
  "X",
];

const term = (id, label, rest = "") => `  - { id: ${id}, label: "${label}"${rest} }\n`;
const vocabulary = (label, terms, rest = "") => `label: ${label}\nplural: ${label}s\n${rest}terms:${terms ? `\n${terms}` : " []\n"}`;
const many = (n, letter, label) => Array.from({ length: n }, (_, at) => term(letter + at, label(at))).join("");
const named = (at) => `${(at % 9 === 3 ? LONG : words(9, at)).slice(0, 76)} ${at}`;

const VOCABULARIES = {
  theme: vocabulary(
    "Theme of the whole undertaking",
    many(60, "t", named) + term("long", "Narrow", `, broader: t1, also: [${LONG}], definition: "${words(30)}"`),
  ),
  method: vocabulary(
    "Method",
    many(5, "m", (at) => `M${at}`),
    "many: false\n",
  ),
  country: vocabulary(
    "Country",
    many(14, "c", (at) => `Bosnia and Herzegovina ${at}`),
  ),
  unused: vocabulary(
    "Unused",
    many(3, "u", (at) => `Unused ${at}`),
  ),
  sector: vocabulary("Sector", ""),
  tier: vocabulary("Tier", ""),
  barrier: vocabulary("Barrier", many(4, "b", named)),
};

const BODY = `## ${words(12)} ${LONG}\n\n${words(60)} ${LONG}${LONG}\n\n| ${Array(12).fill("water").join(" | ")} |\n${"|---".repeat(12)}|\n| ${Array(12).fill(LONG.slice(0, 30)).join(" | ")} |

\`\`\`\n${words(40)}\n\`\`\`\n\n> ${LONG}\n\n- [ ] ${LONG}\n\n[${LONG}](https://example.org/)\n\nTerm\n: ${LONG}\n`;

function study(n) {
  const lines = [
    `title: ${JSON.stringify(TITLES[n] ?? `${words(3 + (n % 30), n)} ${n}`)}`,
    `summary: ${words(4 + (n % 30), n)}`,
    `date: 20${10 + (n % 15)}-01-01`,
  ];
  if (n === 3) lines.push("language: ar");
  if (n % 7) lines.push(`theme: [${Array.from({ length: 1 + (n % 6) }, (_, at) => `t${(n + at * 7) % 59}`).join(", ")}]`);
  if (n % 3) lines.push(`method: m${n % 5}`, `country: [c${n % 14}, c${(n + 5) % 13}]`);
  if (n % 5 === 0) lines.push(`barrier: [{ term: b${n % 4}${n % 2 ? `, what: ${LONG}` : ""} }]`);
  if (n % 4 === 1)
    lines.push(
      `place: [${["One", LONG, "Three", "Four"]
        .slice(0, 1 + (n % 4))
        .map((name) => `{ name: "${name} ${n % 9}", region: ${words(3)} }`)
        .join(", ")}]`,
    );
  if (n % 4 === 2) lines.push(`place: "${LONG}"`, "period: { to: 1999 }");
  if (n % 4 === 3) lines.push("period: { note: nobody knows when }", `partners: [A, ${LONG}, ${words(9)}]`);
  if (n % 4 === 0)
    lines.push(
      `sources: [{ title: "${words(3)}?" }, { title: ${LONG}, url: "https://example.org/${LONG}", publisher: ${words(8)} }, { title: No date }]`,
    );
  if (n % 6 === 5) lines.push(`authors: [{ name: Solo }, { name: ${LONG}, organisation: ${words(9)} }]`);
  return `---\n${lines.join("\n")}\n---\n${n < TITLES.length ? BODY : n % 4 ? words(30, n) : ""}\n`;
}

// Writes the library into the artefacts, with the theme of this checkout, and gives its folder.
export function foreign(cases) {
  const root = join(artefacts, "foreign");
  rmSync(root, { recursive: true, force: true });
  for (const folder of ["cases", "pages", "vocabularies"]) mkdirSync(join(root, "content", folder), { recursive: true });
  cpSync(join(project, "themes"), join(root, "themes"), { recursive: true });
  const write = (path, text) => writeFileSync(join(root, path), text);
  write(
    "casebook.yaml",
    `title: ${words(16)}\ntagline: ${words(20)}\nfacets: [theme, method, country, tier, barrier]\nmap: { rows: theme, columns: country }\npublisher: { name: ${words(9)}, email: someone@${"long.".repeat(12)}example.org }\n`,
  );
  for (const [id, text] of Object.entries(VOCABULARIES)) write(`content/vocabularies/${id}.yaml`, text);
  for (let n = 0; n < cases; n++) write(`content/cases/study-${n}.md`, study(n));
  write("content/pages/about.md", `---\ntitle: A page with a title that is too long for a menu ${LONG}\nnav: 1\n---\nWords.\n`);
  write(
    "content/glossary.yaml",
    `- { term: ${LONG}, full: ${words(9)}, to: 1999 }\n` +
      Array.from({ length: 24 }, (_, n) => `- { term: A${n}B, full: ${words(4, n)} }\n`).join(""),
  );
  return root;
}

export const FOREIGN_KINDS = {
  home: "/",
  cases: "/cases/",
  casespage: "/cases/page/2/",
  ...Object.fromEntries(TITLES.map((_, n) => [`case ${n}`, `/cases/study-${n}/`])),
  bare: "/cases/study-28/",
  vocabulary: "/theme/",
  empty: "/sector/",
  unused: "/unused/",
  term: "/theme/t3/",
  gap: "/theme/t59/",
  narrower: "/theme/t1/",
  pair: "/theme/t1/country/c1/",
  map: "/map/",
  othermap: "/map/country/method/",
  compare: "/compare/?case=study-1&case=study-2",
  comparefour: "/compare/?case=study-0&case=study-1&case=study-2&case=study-3",
  choose: "/compare/",
  places: "/places/",
  titles: "/a-z/",
  letter: "/a-z/w/",
  page: "/about/",
  glossary: "/glossary/",
  missing: "/404.html",
  search: "/search/?q=water",
  nothing: "/search/?q=zzzzqq",
  data: "/data/",
};
