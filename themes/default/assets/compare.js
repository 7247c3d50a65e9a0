// Compares two to four cases, or makes a briefing of them, with the text of their own pages. The address contains the choice, so
// that it can be saved and sent.
const at = (id) => document.getElementById("cb-" + id);
const page = at("beside");
const words = page.dataset;
const chosen = [...new Set(new URLSearchParams(location.search).getAll("case"))].slice(0, 4);

function make(tag, having, ...inner) {
  const made = Object.assign(document.createElement(tag), having);
  made.append(...inner.filter((one) => one !== undefined && one !== null));
  return made;
}
const text = (node) => node?.textContent.replace(/\s+/g, " ").trim() ?? "";
const list = (names) => (names.length < 2 ? names.join("") : names.slice(0, -1).join(words.comma) + words.and + names.at(-1));
// A copy of a node. The value of a definition list becomes a plain block, which is valid outside of the list.
function copy(node) {
  const made = document.importNode(node, true);
  return made.tagName === "DD" ? make("div", {}, ...made.childNodes) : made;
}

// A page has the lifeline in several widths.
const widthOf = (strip) => Number(strip.getAttribute("viewBox").split(" ")[2]);
const byWidth = (strips) => strips.sort((a, b) => widthOf(a) - widthOf(b));

// The data of a case's page: name, years, lifeline, facts by label, barriers, first and last sections.
async function read(slug) {
  const url = `${words.cases}${encodeURIComponent(slug)}/`;
  const answer = await fetch(url);
  const html = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [all, one] = [(css) => [...html.querySelectorAll(css)], (css) => html.querySelector(css)];
  const article = one("[data-part=case]");
  if (!answer.ok || !article) return;
  for (const link of all("[href^='#']")) link.href = url + link.hash;
  for (const acronym of all(".cb-acronym")) acronym.replaceWith(...acronym.childNodes);
  for (const meant of all(".cb-meant")) meant.remove();
  const sections = all("[data-part=prose] > h2").map((heading) => {
    const nodes = [];
    for (let next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) nodes.push(next);
    return { title: text(heading), nodes: nodes.filter((node) => !node.matches("[data-part=pairs], section")) };
  });
  const pairs = all("[data-part=pair]").map((pair) => ({
    term: text(pair.querySelector("[data-term]")),
    ask: pair.dataset.ask,
    what: pair.querySelector("[data-part=what]"),
    response: pair.querySelector("[data-part=response]"),
  }));
  // Short facts come before the list of kinds of source.
  const facts = all("[data-compare]");
  const ordered = [...facts.filter((row) => row.closest("dl")), ...facts.filter((row) => !row.closest("dl"))];
  const rows = new Map(ordered.map((row) => [row.dataset.compare, [...row.children].slice(1)]));
  for (const node of all("[id]")) node.removeAttribute("id");
  return {
    slug,
    url,
    sections,
    pairs,
    rows,
    name: article.dataset.name,
    years: article.dataset.years ?? "",
    title: text(one("h1")),
    lang: article.lang,
    strips: byWidth(all("[data-part=case] svg[data-left]")),
    lesson: text(one("[data-part=lesson]")),
    asks: all("[data-ask]").map((node) => node.dataset.ask),
    partners: one("[data-part=partners]"),
    citation: text(one("[data-part=citation]")),
    related: all("[data-part=related] h3 a"),
  };
}

// A case that cannot be fetched is named like one that does not exist, and the others are shown.
const found = await Promise.all(chosen.map((slug) => read(slug).catch(() => undefined)));
const cases = found.filter(Boolean);
const names = cases.map(({ name }) => name);
const without = (slug) => "?" + new URLSearchParams(chosen.filter((one) => one !== slug).map((one) => ["case", one]));

// A cell for each case, or one for all if they are equal.
function row(label, cells, className = "") {
  const texts = cells.map((cell) => cell.map(text).join(" "));
  const isSame = cases.length > 1 && texts[0] && texts.every((one) => one === texts[0]);
  const empty = () => [make("span", { className: "cb-muted" }, words.nothing)];
  const cell = (nodes, n) =>
    make(
      "td",
      { lang: cases[n].lang },
      make("b", { className: "cb-of" }, names[n]),
      make("div", {}, ...(texts[n] || nodes[0]?.matches?.("svg") ? nodes.map(copy) : empty())),
    );
  const same = () => [
    make("td", { colSpan: cases.length }, make("div", {}, ...cells[0].map(copy), " ", make("span", { className: "cb-muted" }, words.same))),
  ];
  return make(
    "tr",
    { className: isSame ? "cb-same" : className },
    make("th", { scope: "row" }, label),
    ...(isSame ? same() : cells.map(cell)),
  );
}

const head = ({ slug, url, lang, title, name, years }, isHidden) =>
  make(
    "th",
    { scope: "col", lang },
    make("b", {}, name),
    make("span", { className: "cb-years" }, years),
    isHidden ? "" : make("a", { href: url }, name === title ? words.read : title),
    isHidden ? "" : make("a", { href: without(slug), className: "cb-remove", ariaLabel: `${words.remove}: ${name}` }, words.remove),
  );
const table = (rows, isHidden) =>
  make(
    "table",
    { className: `cb-beside cb-of-${cases.length}` },
    make(
      "thead",
      { className: isHidden ? "cb-unseen-head" : "" },
      make("tr", {}, make("td", {}, make("span", { className: "cb-unseen" }, words.corner)), ...cases.map((one) => head(one, isHidden))),
    ),
    make("tbody", {}, ...rows),
  );
const folded = (title, note, rows, open = false) =>
  make("details", { open }, make("summary", {}, title, " ", make("small", {}, note)), table(rows, true));

function pairRows() {
  const terms = [...new Set(cases.flatMap(({ pairs }) => pairs.map(({ term }) => term)))];
  const cell =
    (term) =>
    ({ pairs }) =>
      pairs.filter((pair) => pair.term === term).flatMap(({ what, response }) => [what, response].filter(Boolean));
  return terms.map((term) => row(term, cases.map(cell(term))));
}

function compare() {
  const labels = [...new Set(cases.flatMap(({ rows }) => [...rows.keys()]))];
  const rows = labels.map((label) =>
    row(
      label,
      cases.map(({ rows }) => rows.get(label) ?? []),
    ),
  );
  const strips = cases.some(({ strips }) => strips.length)
    ? [
        row(
          words.lifeline,
          cases.map(({ strips }) => strips.slice(0, 1)),
        ),
      ]
    : [];
  const section = (n) => {
    const titles = cases.map(({ sections }) => sections.at(n)?.title);
    return titles[0] && titles.every((title) => title === titles[0])
      ? [
          titles[0],
          [
            row(
              titles[0],
              cases.map(({ sections }) => sections.at(n).nodes),
            ),
          ],
        ]
      : null;
  };
  const partners = cases.some(({ partners }) => partners);
  const parts = [
    pairRows().length ? [words.pairs, pairRows(), words.pairsNote] : null,
    section(-1),
    partners
      ? [
          words.partners,
          [
            row(
              words.partners,
              cases.map(({ partners }) => (partners ? [...partners.children].slice(1) : [])),
            ),
          ],
        ]
      : null,
    section(0),
  ];
  at("heading").textContent = document.title = words.title.replace("{cases}", list(names));
  page.append(
    table([...strips, ...rows]),
    ...parts.filter(Boolean).map(([title, rows, note], n) => folded(title, note ?? "", rows, n === 0)),
  );
}

// A lifeline cut at the last five-year mark before the first of all compared cases, so that it can be drawn larger. The years of
// the axis are below the last one only.
function cropped(strip, first, isLast) {
  const YEARS = 16;
  const { left, right, from, to } = strip.dataset;
  const x = Math.max(0, +left + ((first - from) / (to - from)) * (right - left) - 60);
  const [, , width, height] = strip.getAttribute("viewBox").split(" ");
  const drawing = copy(strip);
  drawing.setAttribute("viewBox", `${x} 0 ${width - x} ${isLast ? height : height - YEARS}`);
  return drawing;
}

function questions() {
  const casesOf = new Map();
  for (const { asks, name, lesson } of cases) for (const ask of asks) casesOf.set(ask, [...(casesOf.get(ask) ?? []), [name, lesson]]);
  const mostShared = [...casesOf].sort((a, b) => b[1].length - a[1].length).slice(0, 5);
  return mostShared.map(([ask, from], n) =>
    make(
      "li",
      {},
      make("h3", {}, ask),
      make(
        "p",
        {},
        from[n % from.length][1] ? `${from[n % from.length][0]}: ${from[n % from.length][1]}` : list(from.map(([name]) => name)),
      ),
    ),
  );
}

function briefing() {
  const first = Math.min(...cases.map(({ years }) => Number.parseInt(years, 10)).filter((year) => year > 0));
  const drawn = cases.filter(({ strips }) => strips.length);
  const chart = drawn.map(({ name, strips }, n) =>
    make("li", {}, make("b", {}, name), cropped(strips.at(-1), Math.floor(first / 5) * 5, n === drawn.length - 1)),
  );
  const most = cases.length > 3 ? 2 : 9;
  const pairs = ({ pairs }) =>
    [
      ...pairs
        .slice(0, most)
        .flatMap(({ term, what, response }) => [
          make("p", {}, make("b", {}, `${term}. `), text(what)),
          response && make("p", { className: "cb-response" }, text(response)),
        ]),
      pairs.length > most ? make("p", {}, words.morePairs.replace("{count}", pairs.length - most)) : null,
    ].filter(Boolean);
  const labels = [...new Set(cases.flatMap(({ rows }) => [...rows.keys()]))].slice(0, 2);
  const rows = labels.map((label) =>
    row(
      label,
      cases.map(({ rows }) => rows.get(label) ?? []),
    ),
  );
  at("heading").textContent = list(names);
  document.title = `${list(names)}: ${words.briefing}`;
  at("chart").append(...chart);
  const barriers = cases.some(({ pairs }) => pairs.length) ? [row(words.pairs, cases.map(pairs))] : [];
  at("table").append(table([...rows, ...barriers]));
  at("questions").append(...questions());
  at("asking").hidden = !at("questions").children.length;
  at("from").append(...cases.map(({ name, citation }) => make("p", {}, make("b", {}, name + ". "), citation)));
}

at("status").textContent = chosen
  .map((slug, n) => (found[n] ? "" : words.missing.replace("{case}", slug)))
  .join(" ")
  .trim();
if (cases.length) (words.kind === "briefing" ? briefing : compare)();
page.hidden = !cases.length;
const choose = at("choose");
choose.hidden = chosen.length > 3;
if (cases.length > 1) choose.before(page);
choose.prepend(...chosen.map((value) => make("input", { type: "hidden", name: "case", value })));
const others = cases
  .flatMap(({ related }) => related)
  .filter(
    ({ pathname }, n, all) => cases.every(({ url }) => url !== pathname) && all.findIndex((other) => other.pathname === pathname) === n,
  )
  .slice(0, 6);
at("add").hidden = !others.length;
at("others").append(
  ...others.map(({ pathname, textContent }) =>
    make("li", {}, make("a", { href: (location.search || "?") + "&case=" + pathname.split("/").at(-2) }, textContent)),
  ),
);
for (const link of document.querySelectorAll("[data-with-choice]")) {
  link.href += "?" + new URLSearchParams(chosen.map((one) => ["case", one]));
  link.hidden = cases.length < 2;
}
at("print")?.addEventListener("click", () => print());
