// A result → its entry in the list, as other lists show it.
import { drawLater } from "./search-lives.js";
import { element } from "./elements.js";
import { texts } from "./search-page.js";
import { filled, firstSentence } from "./texts.js";
import { facets, isMark, legendOf, signOf, termBox } from "./search-terms.js";

/** @typedef {import("./search-address.js").Choice} Choice */
/** @typedef {import("./search-page.js").Found["results"][number]} Result */

/**
 * The entry of a result. A near miss shows its differences in place of its terms.
 *
 * @param {Result} result
 * @param {string} words the words that were searched
 * @param {Choice[]} [lost] the choices that it misses
 */
export function entry(result, words, lost) {
  const { url, title, summary, excerpt, place, region, terms, missing } = result;
  const href = words.trim() ? `${url}?q=${encodeURIComponent(words.trim())}` : url;
  const link = element("a", { href, textContent: title, dir: "auto" });
  const passage = element("p", { className: "cb-excerpt", dir: "auto" });
  passage.dataset.part = "excerpt";
  // The module has escaped it: it holds text and <mark> only.
  if (words.trim()) passage.innerHTML = excerpt;
  else passage.textContent = firstSentence(summary);
  const docket = element("p", { className: "cb-docket" });
  if (place) docket.append(element("span", {}, element("b", {}, place)), " ");
  if (region) docket.append(element("span", { className: "cb-region" }, region), " ");
  const when = years(result);
  if (when) docket.append(element("span", { className: "cb-years" }, when[0].toUpperCase() + when.slice(1)));
  const shown = facets.filter((facet) => !isMark(facet)).slice(0, 3);
  const lines = shown.flatMap((facet) => line(facet, terms[facet] ?? []));
  const body = element("div", { className: "cb-body" }, element("h3", {}, link), passage);
  if (missing.length) body.append(lacking(missing));
  if (lost) body.append(differences(result, lost));
  else if (lines.length) body.append(element("ul", { className: "cb-lines" }, ...lines));
  return element("li", { className: "cb-entry" }, ...(docket.hasChildNodes() ? [docket] : []), body, state(result));
}

/** The words that a case lacks, struck through. @param {string[]} missing */
function lacking(missing) {
  const struck = missing.flatMap((word, n) => [...(n ? [texts.comma] : []), element("s", { textContent: word })]);
  const [before, after] = texts.lacks.split("{words}");
  return element("p", { className: "cb-lacks" }, before, ...struck, after);
}

/**
 * The terms of one filter: its sign, its label, and each term as a link.
 *
 * @param {string} facet
 * @param {string[]} ids
 */
function line(facet, ids) {
  const terms = ids.flatMap((id) => termBox(facet, id) ?? []).filter(({ dataset }) => !("everywhere" in dataset));
  if (!terms.length) return [];
  const links = terms.map(({ dataset }) => element("a", { href: dataset.href, textContent: dataset.label }));
  const parts = links.flatMap((link, n) => (n ? [texts.comma, link] : [link]));
  const label = element("span", { className: "cb-label", textContent: legendOf(facet) });
  return [element("li", {}, signOf(facet), label, " ", ...parts)];
}

/** Years in short form. The first, the last or both may be unknown. @param {Result} result */
function years({ period, terms }) {
  const [from, to] = [period?.from ?? "", period?.to ?? ""];
  if (from === to) return String(from);
  const outcomes = facets.filter(isMark).flatMap((facet) => (terms[facet] ?? []).map((id) => termBox(facet, id)?.dataset.mark));
  const [outcome] = outcomes.filter(Boolean);
  // It did not go on, or nobody knows whether it did.
  if (to === "" && outcome && outcome !== "arrow") return filled(texts.since, { from });
  return filled(from === "" ? texts.until : texts.years, { from, to });
}

/** The year of the last report on what was running then, after its outcome. @param {Result["life"]} life */
function lastReport(life) {
  /** @type {HTMLTemplateElement | null} */
  const strip = document.querySelector("template#cb-strip");
  const present = Number(strip?.content.querySelector("svg")?.dataset.to);
  return life && life.last === null && life.known > life.from && life.known < present
    ? " " + filled(texts.inYear, { year: life.known })
    : "";
}

/** Can cases be compared? Not in an archive copy, whose pages have no tray. */
const canCompare = Boolean(document.getElementById("cb-tray"));

/**
 * The marks, the lifeline, and the checkbox that chooses a case for comparing.
 *
 * @param {Result} result
 */
function state(result) {
  const { period, terms, life } = result;
  const inputs = facets.filter(isMark).flatMap((facet) => (terms[facet] ?? []).flatMap((id) => termBox(facet, id) ?? []));
  const marked = inputs.map(({ dataset: { short, mark: kind }, parentElement }) => {
    return { short, kind, icon: parentElement?.querySelector("svg") ?? undefined };
  });
  const marks = marked.map(({ short, kind, icon }) => {
    const last = life?.last ?? period?.to;
    const year = kind && last ? texts.comma + last : kind === "arrow" ? lastReport(life) : "";
    return element("li", {}, ...(icon ? [icon.cloneNode(true)] : []), element("span", { textContent: short + year }));
  });
  const outcome = marked.find(({ kind }) => kind);
  const weight = marked.find(({ kind, icon }) => icon && !kind);
  const blank = life && drawLater(life, outcome, weight?.icon);
  const list = marks.length ? [element("ul", { className: "cb-marks" }, ...marks)] : [];
  return element("div", { className: "cb-state" }, ...(blank ? [blank] : []), ...list, ...(canCompare ? [pick(result)] : []));
}

/**
 * The checkbox that chooses a case for comparing; `tray.js` keeps the choice.
 *
 * @param {Result} result
 */
function pick({ url, title, place }) {
  const name = place || title;
  const input = element("input", { type: "checkbox", value: decodeURIComponent(url.split("/").at(-2) ?? "") });
  input.dataset.name = name;
  input.setAttribute("aria-label", `${texts.compare}: ${name}`);
  const label = element("label", { className: "cb-pick" }, input, texts.compare);
  label.dataset.part = "pick";
  return label;
}

/**
 * The differences of a case from the choices: "a county, not a district".
 *
 * @param {Result} result
 * @param {Choice[]} lost
 */
function differences(result, lost) {
  const label = element("b", { textContent: texts.differsLabel });
  const clauses = lost.map((choice) => difference(result, choice)).join(texts.semicolon);
  return element("p", { className: "cb-differs" }, label, " ", clauses);
}

/** A choice in words: the words or the names of terms in quotation marks, or years. @param {Choice} choice */
export function nameOf({ facet, ids = [], words, years: range = [] }) {
  // Words that are in quotation marks already get no second pair.
  if (words) return /["“”„]/.test(words) ? words : `“${words}”`;
  if (!facet) return range.map((year) => year ?? "").join("–");
  return ids.map((id) => `“${termBox(facet, id)?.dataset.label ?? id}”`).join(texts.or);
}

/** @param {Result} result @param {Choice} choice */
function difference(result, choice) {
  const { facet, ids = [], words } = choice;
  if (words) return filled(texts.differsWords, { words: nameOf(choice) });
  if (!facet) return filled(texts.differs, { has: years(result) || texts.none, asked: nameOf(choice) });
  const own = (result.terms[facet] ?? []).map((id) => termBox(facet, id)?.dataset ?? { plain: id });
  const telling = own.filter((data) => !("everywhere" in data));
  const has = (telling.length ? telling : own).map(({ plain }) => plain).join(texts.comma);
  const wanted = ids.map((id) => termBox(facet, id)?.dataset.plain ?? id).join(texts.or);
  return filled(has ? texts.differs : texts.differsNothing, { has, asked: wanted });
}
