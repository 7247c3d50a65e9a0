// Other searches, if no case matches: the words without filters, similar words that cases have, terms with similar
// names. Loaded then.
import { hasFilters } from "./search-address.js";
import { byId, element } from "./elements.js";
import { counted, fillList, searchLink } from "./search-page.js";
import { boxes } from "./search-terms.js";

/** @typedef {import("./search-page.js").Explained} Explained */
/** @typedef {import("./search-page.js").Library} Library */

/**
 * Shows other searches.
 *
 * @param {Library} library
 * @param {{ text: string, words: string, signal: AbortSignal }} request with the words that were searched
 * @param {Explained} explained how the words were searched
 * @param {boolean} isNear near misses are shown
 */
export async function showOthers(library, { text, words, signal }, explained, isNear) {
  const unfiltered = hasFilters() && !isNear ? (await library.search({ text, limit: 0, signal })).total : 0;
  const isAnyKnown = unfiltered || isNear || explained.some(({ cases }) => cases);
  const near = isAnyKnown ? [] : await similarWords(library, text.trim(), signal);
  if (signal.aborted) return;
  byId("nothing").hidden = false;
  byId("none").hidden = isNear;
  byId("unfiltered").hidden = !unfiltered;
  /** @type {HTMLElement} */ (byId("unfiltered").querySelector("button")).textContent = counted(unfiltered);
  fillList(
    "near",
    near.map((word) => element("li", {}, searchLink(word))),
  );
  const link = (/** @type {HTMLInputElement} */ { dataset }) => element("a", { href: dataset.href, textContent: dataset.label });
  fillList(
    "like",
    similarTerms(words).map((input) => element("li", {}, link(input))),
  );
}

/**
 * Words of the cases that share the longest prefix with the words of a text.
 *
 * @param {Library} library
 * @param {string} text
 * @param {AbortSignal} signal
 */
async function similarWords(library, text, signal) {
  const near = new Set();
  for (const word of (text.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 4)) {
    // Words of the index have at most 40 characters.
    for (let length = Math.min(word.length, 40); length > 2; length--) {
      const begun = length < word.length ? word.slice(0, length) : word + " ";
      const { results } = await library.search({ text: begun, limit: 4, signal });
      const marked = results.flatMap(({ excerpt }) => [...excerpt.matchAll(/<mark>([^<]*)<\/mark>/g)]);
      marked.slice(0, 4).forEach(([, word]) => near.add(word.toLowerCase()));
      if (results.length) break;
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
