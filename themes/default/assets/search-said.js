// What the page says about a search: how many cases there are, how the words were understood, and which pages match.
import { byId, element } from "./elements.js";
import { box, counted, counts, fillList, grouped, searchFor, searchLink, texts } from "./search-page.js";
import { filled, plural } from "./texts.js";

/** @typedef {import("./search-page.js").Explained} Explained */
/** @typedef {import("./search-page.js").Found} Found */

const ownTitle = document.title;

/**
 * How many cases a search found, how many of them have every word, and how many no word but a related term.
 *
 * @typedef {{ total: number, complete: number, related?: number }} Count
 */

/** Is it one word? Then a case without it has a broader or related term. @param {string} words */
const isOneWord = (words) => !/\s/.test(words.trim());

/** How many cases lack some of the words. @param {Count} count @param {string} words */
export function restOf({ total, complete, related = 0 }, words) {
  const rest = total - complete;
  return plural(isOneWord(words) || related === rest ? counts.related : counts.rest, rest, { count: grouped(rest) });
}

/** How many cases have every word, some words, or a related term. @param {Count} found @param {string} words */
export function countOf(found, words) {
  const { total, complete, related = 0 } = found;
  if (complete === total) return counted(total);
  if (isOneWord(words)) return filled(texts.has, { count: counted(complete), word: words.trim() }) + texts.comma + restOf(found, words);
  const some = total - complete - related;
  const all = complete ? plural(counts.all, complete, { count: grouped(complete) }) : counts.none;
  return [
    all,
    ...(some ? [plural(counts.some, some, { count: grouped(some) })] : []),
    ...(related ? [plural(counts.related, related, { count: grouped(related) })] : []),
  ].join(texts.comma);
}

/** Shows how many cases there are, here and in the title of the window. @param {string} count */
export function sayCount(count) {
  if (byId("count").textContent !== count) byId("count").textContent = count;
  const typed = box.value.trim();
  if (count) document.title = typed ? `${filled(texts.titled, { text: typed, count })} – ${ownTitle}` : ownTitle;
}

/** Shows in other places how many cases there are, what was corrected, and which pages match. @param {Found} found */
export function sayFound(found) {
  byId("show").textContent = filled(texts.show, { count: counted(found.total) });
  const said = [];
  if (found.correction) said.push(filled(texts.corrected, { text: found.correction.trim() }));
  if (found.ignored.length) said.push(filled(texts.ignored, { terms: found.ignored.join(texts.comma) }));
  byId("said").textContent = said.join(" ");
  byId("said").hidden = !said.length;
  fillList("pages", found.pages.map(pageItem));
}

/** A plain page or an entry of the glossary. @param {Found["pages"][number]} page */
function pageItem({ url, title, excerpt }) {
  const passage = element("span", { dir: "auto" });
  // The module has escaped it: it holds text and <mark> only.
  passage.innerHTML = excerpt;
  return element("li", {}, element("a", { href: url, textContent: title, dir: "auto" }), " ", passage);
}

/**
 * Explains how the words were searched: words that no case has, other names, suggestions. A corrected word is named as
 * it was searched.
 *
 * @param {Explained} words
 * @param {Found} found
 * @param {string} asked the query that was explained
 */
export function explain(words, found, asked) {
  /** @type {(Node | string)[][]} */
  const lines = [];
  // A minus sign leaves a word out, and no word need be searched for.
  if (!words.length && asked.trim() && !/(^|\s)-/.test(asked)) lines.push([filled(texts.wordless, { text: asked.trim() })]);
  if (words.length > 1 && !found.complete && found.total) {
    const cases = words
      .filter(({ cases }) => cases)
      .map(({ text, taken, cases }) => filled(texts.has, { count: counted(cases), word: taken ?? text }));
    if (cases.length) lines.push([cases.join(texts.comma)]);
  }
  for (const { text } of words.filter(({ isMissing }) => isMissing)) {
    lines.push([element("s", { textContent: text }), " ", filled(texts.absent, { word: text })]);
  }
  const named = new Map(words.flatMap(({ names }) => names.map(({ text, as }) => [text, as])));
  for (const [word, names] of named) lines.push([means(word, names)]);
  if (found.suggestion && !found.complete) {
    const [before, after] = texts.suggestion.split("{text}");
    lines.push([before, searchLink(found.suggestion.trim()), after]);
  }
  byId("words").replaceChildren(...lines.map((parts) => element("li", {}, ...parts)));
  byId("words").hidden = !lines.length;
  offerTyped(words, asked);
}

/** Says that no case is from a region that the words name. @param {string} words */
export function sayEmptyRegions(words) {
  const list = document.getElementById("cb-gaps");
  if (!list) return;
  const folded = (/** @type {string} */ text) => ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;
  const asked = folded(words);
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  for (const item of items) item.hidden = !asked.includes(folded(item.querySelector("a")?.textContent ?? ""));
  list.hidden = items.every((item) => item.hidden);
}

/** On a phone, cases come first. */
const isNarrow = () => !matchMedia("(min-width: 40em)").matches;

/** The other names of a word, folded on a phone. @param {string} word @param {string[]} names */
function means(word, names) {
  const [before, after] = filled(texts.means, { word }).split("{names}");
  const all = names.slice(0, 6).join(texts.comma) + after;
  return isNarrow() ? element("details", {}, element("summary", {}, before), all) : before + all;
}

/**
 * Offers to search for the words as they were typed, if some were corrected.
 *
 * @param {Explained} words
 * @param {string} asked the query that was explained
 */
function offerTyped(words, asked) {
  const corrected = words.filter(({ taken }) => taken).sort((a, b) => b.at - a.at);
  byId("instead").hidden = !corrected.length;
  if (!corrected.length) return;
  // Words in quotation marks are not corrected.
  const quote = (/** @type {string} */ query, /** @type {Explained[number]} */ { at, text }) =>
    `${query.slice(0, at)}"${text}"${query.slice(at + text.length)}`;
  const quoted = corrected.reduce(quote, asked).trim();
  const textContent = filled(texts.instead, { text: asked.trim() });
  Object.assign(/** @type {HTMLElement} */ (byId("instead").querySelector("a")), { href: searchFor(quoted), textContent });
}
