// What the page says about a search: how many cases there are, how the words were understood, and which pages match.
import { byId, element } from "./elements.js";
import { box, counted, fillList, searchFor, searchLink, texts } from "./search-page.js";
import { filled } from "./texts.js";

/** @typedef {import("./search-page.js").Explained} Explained */
/** @typedef {import("./search-page.js").Found} Found */

const ownTitle = document.title;

/** Shows how many cases there are. @param {string} text */
export function sayCount(text) {
  if (byId("count").textContent !== text) byId("count").textContent = text;
}

/** Shows in other places how many cases there are, what was corrected, and which pages match. @param {Found} found */
export function sayFound(found) {
  const count = counted(found.total);
  const typed = box.value.trim();
  document.title = typed ? `${filled(texts.titled, { text: typed, count })} – ${ownTitle}` : ownTitle;
  byId("show").textContent = filled(texts.show, { count });
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
  if (words.length > 1 && !found.complete && found.total) {
    const counts = words
      .filter(({ cases }) => cases)
      .map(({ text, taken, cases }) => filled(texts.has, { count: counted(cases), word: taken ?? text }));
    lines.push([[texts.incomplete, counts.join(texts.comma)].filter(Boolean).join(" ")]);
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

/** The other names of a word, in one line on a phone. @param {string} word @param {string[]} names */
const means = (word, names) =>
  element("span", { className: "cb-means", textContent: filled(texts.means, { word, names: names.slice(0, 6).join(texts.comma) }) });

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
