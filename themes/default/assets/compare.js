// Fills the tables of this page with the cases that its address names. The selector of a row says what it takes from a
// case's page. What it reads of a page is a contract with themes: ids that begin with `cb-`, and `data-` attributes.
// Its pages load this script alone, so it imports none.

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById("cb-" + id));
const page = byId("beside");
const words = /** @type {Record<string, string>} */ (page.dataset);
// It says that scripts are missing, and shows after a while if this one could not be loaded.
byId("unstarted")?.remove();
const parameters = new URLSearchParams(location.search);
const named = [...new Set(parameters.getAll("case"))];
const [chosen, tooMany] = [named.slice(0, 4), named.slice(4)];
/** The address of this page with other cases. @param {string[]} slugs */
function query(slugs) {
  const next = new URLSearchParams(parameters);
  next.delete("case");
  for (const slug of slugs) next.append("case", slug);
  return "?" + next;
}
// The page is hidden until all cases are loaded, so that the layout does not shift.
const waiting = page.parentElement?.classList;
waiting?.toggle("cb-waiting", chosen.length > 0);

/** @param {Element | undefined} node */
const text = (node) => node?.textContent.replace(/\s+/g, " ").trim() ?? "";
/** Names as a text; with semicolons if a name itself has an "and". @param {string[]} names @returns {string} */
const joined = (names) =>
  names.length < 2 || names.join().includes(words.and)
    ? names.join(words.semicolon)
    : names.slice(0, -1).join(words.comma) + words.and + names.at(-1);

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<HTMLElementTagNameMap[K]>} properties
 * @param {...(Node | string)} inner
 * @returns {HTMLElementTagNameMap[K]}
 */
function element(tag, properties, ...inner) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inner);
  return made;
}

/**
 * @typedef {object} Case
 * @property {string} slug
 * @property {string} url
 * @property {(css: string) => HTMLElement[]} all finds parts of its page
 * @property {string} lang
 * @property {string} name its place, or its title
 * @property {string} [years]
 * @property {string} title
 * @property {string} lesson
 */

/** Reads a case from its page. @param {string} slug @returns {Promise<Case>} */
async function read(slug) {
  const url = `${words.cases}${encodeURIComponent(slug)}/`;
  const html = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  /** @type {Case["all"]} */
  const all = (css) => {
    /** @type {NodeListOf<HTMLElement>} */
    const found = html.querySelectorAll(css);
    return [...found];
  };
  const [article] = all("[data-part=case]");
  for (const link of all("[href^='#']")) link.setAttribute("href", url + link.getAttribute("href"));
  // A full name is found by its id, which two cases may share.
  for (const acronym of all("[popovertarget]")) acronym.replaceWith(...acronym.childNodes);
  for (const fullName of all("[popover]")) fullName.remove();
  // Rows may ask for what stands under a heading.
  let heading = "";
  for (const node of all("[data-part=prose] > *")) {
    if (node.tagName === "H2") heading = node.id;
    else node.dataset.under = heading;
  }
  for (const node of all("[id]")) node.removeAttribute("id");
  // On the page of a case they stand below a heading; here only a drawn line tells them from what got in the way.
  for (const node of all("[data-part=response]")) node.prepend(element("span", { className: "cb-unseen" }, `${words.response}: `));
  const { name = "", years } = article.dataset;
  // An empty `lang` would mean that the language is unknown.
  const lang = article.lang || document.documentElement.lang;
  return { slug, url, all, lang, name, years, title: text(all("h1")[0]), lesson: text(all("[data-part=lesson]")[0]) };
}

// A case that cannot be fetched is named like one that does not exist, and the others are shown.
const found = await Promise.all(chosen.map((slug) => read(slug).catch(() => null)));
const cases = found.flatMap((one) => one ?? []);
const names = joined(cases.map(({ name }) => name));

/** The head of the column of a case. @param {Case} of */
function head({ slug, url, lang, title, name, years = "" }) {
  const template = /** @type {HTMLTemplateElement} */ (byId("head"));
  const cell = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const [place, period, link, remove] = cell.children;
  cell.lang = lang;
  // Otherwise the link that takes the case away would be a part of the name of its column.
  cell.ariaLabel = name;
  place.textContent = name;
  period.textContent = years;
  Object.assign(link, { href: url, textContent: name === title ? words.read : title });
  Object.assign(remove, { href: query(chosen.filter((one) => one !== slug)), ariaLabel: `${remove.textContent}: ${name}` });
  return cell;
}

/** @param {string} said */
const muted = (said) => element("span", { className: "cb-muted" }, said);
/**
 * What a cell shows. The value of a definition list becomes a plain block, which is valid outside of the list.
 *
 * @param {(HTMLElement | string)[]} nodes
 */
const content = (nodes) => {
  const blocks = nodes.map((node) => (typeof node !== "string" && node.tagName === "DD" ? element("div", {}, ...node.childNodes) : node));
  return element("div", {}, ...blocks);
};

/**
 * Moves the paragraphs that every case has under a heading, such as a note, in front of the table, where they stand
 * once.
 *
 * @param {HTMLElement} row
 * @param {HTMLElement[][]} taken what each case has
 */
function withoutShared(row, [first, ...others]) {
  const isShared = (/** @type {HTMLElement} */ node) => others.every((nodes) => nodes.some((other) => text(other) === text(node)));
  const shared = others.length ? first.filter((node) => node.dataset.under && isShared(node)) : [];
  if (shared.length) row.closest("table")?.before(element("div", { className: "cb-same" }, ...shared.map((node) => node.cloneNode(true))));
  const said = shared.map(text);
  return [first, ...others].map((nodes) => nodes.filter((node) => !said.includes(text(node))));
}

/** Adds a cell for each case, or one for all if they are equal. @param {HTMLElement} row */
function fill(row) {
  const taken = withoutShared(
    row,
    cases.map(({ all }) => all(row.dataset.take ?? "")),
  );
  if (!taken.flat().length) return row.remove();
  const said = taken.map((nodes) => nodes.map(text).join(" "));
  const isSame = said.length > 1 && said[0] && said.every((one) => one === said[0]);
  /** @param {HTMLElement[]} nodes @param {number} n */
  const cell = (nodes, n) => {
    // A drawing says nothing to a screen reader.
    const isDrawn = nodes.some(({ tagName }) => tagName === "svg");
    const said = isDrawn ? [element("span", { className: "cb-unseen" }, cases[n].years ?? "")] : [];
    const shown = content(nodes.length ? [...nodes, ...said] : [muted(words.nothing)]);
    return element("td", { lang: cases[n].lang }, element("b", {}, cases[n].name), shown);
  };
  if (isSame) row.className = "cb-same";
  row.append(...(isSame ? [element("td", { colSpan: said.length }, content([...taken[0], " ", muted(words.same)]))] : taken.map(cell)));
}

/**
 * Cuts the lifelines of a briefing, so that they begin at the last five-year mark before all cases. Only the last has
 * the years below it.
 *
 * @param {HTMLElement} strip
 * @param {number} n
 * @param {HTMLElement[]} strips
 */
function crop(strip, n, strips) {
  const first = Math.min(...cases.map(({ years }) => Number(years?.match(/\d+/)?.[0] ?? 9999)));
  const { dataset } = strip;
  const [left, right, from, to] = [dataset.left, dataset.right, dataset.from, dataset.to].map(Number);
  const [, , width, height] = (strip.getAttribute("viewBox") ?? "").split(" ").map(Number);
  const x = Math.max(0, left + ((first - (first % 5) - from) / (to - from)) * (right - left) - 60);
  strip.setAttribute("viewBox", `${x} 0 ${width - x} ${n < strips.length - 1 ? height - 16 : height}`);
}

/** Fills the parts that only a briefing has. */
function brief() {
  const drawn = cases.filter(({ all }) => all("svg[data-left]").length);
  drawn.map(({ all }) => all("svg[data-left]")[0]).forEach(crop);
  byId("chart").append(...drawn.map(({ name, all }) => element("li", {}, element("b", {}, name), all("svg[data-left]")[0])));
  // The questions that most cases raise. A lesson is of a whole case and answers none of them.
  /** @type {Map<string, string[]>} */
  const raised = new Map();
  for (const one of cases) {
    const asks = new Set(one.all("[data-ask]").map(({ dataset }) => dataset.ask ?? ""));
    for (const ask of asks) raised.set(ask, [...(raised.get(ask) ?? []), one.name]);
    const more = one.all("[data-part=pair]").slice(cases.length > 3 ? 2 : 9);
    if (more.length) {
      const note = element("p", {}, words.morePairs.replace("{count}", String(more.length)));
      note.dataset.part = "response";
      more.forEach((pair) => pair.replaceChildren());
      more[0].append(note);
    }
  }
  const shared = [...raised].sort((a, b) => b[1].length - a[1].length).slice(0, 5);
  /** @param {[string, string[]]} question */
  const question = ([ask, by]) => element("li", {}, element("h3", {}, ask), element("p", {}, words.raised.replace("{cases}", joined(by))));
  byId("questions").append(...shared.map(question));
  byId("asking").hidden = !shared.length;
  /** @param {Case} of @param {string} said */
  const line = ({ name, lang }, said) => element("p", { lang }, element("b", {}, `${name}. `), said);
  const taught = cases.filter(({ lesson }) => lesson);
  byId("lessons").append(...taught.map((one) => line(one, one.lesson)));
  byId("learning").hidden = !taught.length;
  byId("from").append(...cases.map((one) => line(one, text(one.all("[data-part=citation]")[0]))));
}

const missing = chosen.filter((_, n) => !found[n]);
/** @type {[string, string[]][]} */
const faults = [
  [words.missing, missing],
  [words.tooMany, tooMany],
];
byId("status").textContent = faults.flatMap(([said, slugs]) => slugs.map((slug) => said.replace("{case}", slug))).join(" ");
if (cases.length) {
  document.title = words.title.replace("{cases}", names);
  byId("heading").textContent = words.heading.replace("{cases}", names);
  page.classList.add("cb-of-" + cases.length);
  if (byId("chart")) brief();
  for (const row of page.querySelectorAll("thead tr")) row.append(...cases.map(head));
  /** @type {NodeListOf<HTMLElement>} */
  const rows = page.querySelectorAll("[data-take]");
  rows.forEach(fill);
  page.querySelectorAll("details:not(:has([data-take]))").forEach((part) => part.remove());
}
page.hidden = !cases.length;
const choose = byId("choose");
choose.hidden = chosen.length > 3;
if (cases.length > 1) choose.before(page);
for (const slug of chosen) choose.querySelector(`[value="${CSS.escape(slug)}"]`)?.remove();
choose.prepend(...chosen.map((value) => element("input", { type: "hidden", name: "case", value })));
/** The links to related cases. @param {Case} of */
const related = ({ all }) => /** @type {HTMLAnchorElement[]} */ (all("[data-part=related] h3 a"));
/** The titles of related cases, by their addresses. @type {Map<string, string>} */
const others = new Map(cases.flatMap(related).map((link) => [link.pathname, text(link)]));
for (const { url } of cases) others.delete(url);
/** @param {[string, string]} other */
const other = ([path, title]) => element("li", {}, element("a", { href: query([...chosen, path.split("/").at(-2) ?? ""]) }, title));
byId("others").append(...[...others].slice(0, 6).map(other));
byId("add").hidden = !others.size;
/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll("[data-with-choice]");
for (const link of links) {
  link.href += query(chosen);
  link.hidden = cases.length < 2;
}
/** @type {HTMLInputElement | null} */
const differs = document.querySelector("#cb-differs");
if (differs) {
  differs.checked = parameters.has("differs");
  differs.addEventListener("change", () => {
    if (differs.checked) parameters.set("differs", "yes");
    else parameters.delete("differs");
    history.replaceState(null, "", "?" + parameters);
  });
}
byId("print")?.addEventListener("click", () => print());
waiting?.remove("cb-waiting");
