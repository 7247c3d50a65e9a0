// Other searches, if no case matches: the query without the words that no case has, the words without filters, similar
// words that cases have, terms with similar names. Loaded then.
import { hasFilters } from "./search-address.js";
import { byId, element } from "./elements.js";
import { entry } from "./search-entry.js";
import { addEntries, addRestHeading } from "./search-list.js";
import { restOf } from "./search-said.js";
import { counted, fillList, perPage, searchFor, searchLink, texts } from "./search-page.js";
import { filled } from "./texts.js";
import { boxes } from "./search-terms.js";

/** @typedef {import("./search-page.js").Explained} Explained */
/** @typedef {import("./search-page.js").Found} Found */
/** @typedef {import("./search-page.js").Library} Library */

/**
 * Shows other searches. Returns what the query finds without the words that no case has, if that is shown.
 *
 * @param {Library} library
 * @param {import("./search-address.js").Request & { signal: AbortSignal }} request
 * @param {Explained} explained how the words were searched
 * @param {boolean} isNear near misses are shown
 * @returns {Promise<Found | null>}
 */
export async function showOthers(library, request, explained, isNear) {
  const { text, signal } = request;
  const partial = isNear ? null : await showPartial(library, request, explained);
  const unfiltered = hasFilters() && !isNear ? (await library.search({ text, limit: 0, signal })).total : 0;
  const isAnyKnown = unfiltered || isNear || explained.some(({ isMissing }) => !isMissing);
  const near = isAnyKnown ? [] : await similarWords(library, text.trim(), signal);
  if (signal.aborted) return null;
  byId("nothing").hidden = false;
  byId("none").hidden = isNear || partial !== null;
  byId("unfiltered").hidden = !unfiltered;
  /** @type {HTMLElement} */ (byId("unfiltered").querySelector("button")).textContent = counted(unfiltered);
  fillList(
    "near",
    near.map((word) => element("li", {}, searchLink(word))),
  );
  const link = (/** @type {HTMLInputElement} */ { dataset }) => element("a", { href: dataset.href, textContent: dataset.label });
  fillList(
    "like",
    similarTerms(explained.map(({ text, taken }) => taken ?? text).join(" ")).map((input) => element("li", {}, link(input))),
  );
  return partial;
}

/**
 * Shows the cases that the query finds without the words that no case has, and how many there are if they are too many.
 * Returns what was found; null if nothing was.
 *
 * @param {Library} library
 * @param {import("./search-address.js").Request & { signal: AbortSignal }} request
 * @param {Explained} explained
 * @returns {Promise<Found | null>}
 */
async function showPartial(library, request, explained) {
  const missing = explained.filter(({ isMissing }) => isMissing).sort((a, b) => b.at - a.at);
  const cut = (/** @type {string} */ query, /** @type {Explained[number]} */ { at, text }) =>
    query.slice(0, at) + query.slice(at + text.length);
  const words = missing.reduce(cut, request.text).replace(/\s+/g, " ").trim();
  if (!missing.length || missing.length === explained.length) return null;
  const found = await library.search({ ...request, text: words + " ", limit: perPage });
  const { results, total } = found;
  if (request.signal.aborted || !total) return null;
  // Where the other words are in nearly every case, the missing word is the one that tells cases apart.
  const { total: all } = await library.search({ limit: 0 });
  if (total * 10 > all * 9) return null;
  const lacked = missing.map(({ text }) => text).reverse();
  const entries = results.map((result) => entry({ ...result, missing: [...lacked, ...result.missing] }, words));
  addRestHeading(restOf({ total, complete: 0 }, request.text));
  addEntries(entries);
  const more = element("a", { href: searchFor(words), textContent: filled(texts.more, { count: counted(total) }) });
  if (total > results.length) byId("results").append(element("p", { className: "cb-group-head" }, more));
  return found;
}

/**
 * Words of the cases that share the longest prefix with the words of a text: at least half of the word, and four
 * letters.
 *
 * @param {Library} library
 * @param {string} text
 * @param {AbortSignal} signal
 */
async function similarWords(library, text, signal) {
  const near = new Set();
  for (const word of (text.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 4)) {
    // Words of the index have at most 40 characters.
    for (let length = Math.min(word.length, 40); length > 3 && length * 2 >= word.length; length--) {
      const begun = length < word.length ? word.slice(0, length) : word + " ";
      const { results } = await library.search({ text: begun, limit: 4, signal });
      const marked = results.flatMap(({ excerpt }) => [...excerpt.matchAll(/<mark>([^<]*)<\/mark>/g)]);
      const begins = marked.map(([, found]) => found.toLowerCase()).filter((found) => found.startsWith(begun.trim().toLowerCase()));
      begins.slice(0, 4).forEach((found) => near.add(found));
      if (begins.length) break;
    }
  }
  return [...near].slice(0, 8);
}

/** The terms whose names resemble the words. @param {string} words */
function similarTerms(words) {
  const split = (/** @type {string} */ text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const typed = split(words).filter((word) => word.length > 1);
  const isSimilar = (/** @type {HTMLInputElement} */ { dataset }) => {
    const names = split(`${dataset.label} ${dataset.also}`);
    return typed.some((word) => names.some((name) => name === word || (word.length > 2 && name.startsWith(word))));
  };
  return boxes.filter(isSimilar);
}
