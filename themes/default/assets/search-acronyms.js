// Spells out the acronyms of the glossary in the results, each at its first use, as on every page.
import { byId, element } from "./elements.js";
import { texts } from "./search-page.js";
import { filled } from "./texts.js";

/**
 * @typedef {{ names: Map<string, string>, terms: Map<string, string> }} Acronyms The full name of each, and the term of
 *   each way to write one.
 */

/** @type {Promise<Acronyms> | undefined} */
let acronyms;

/**
 * Spells out the acronyms in these passages.
 *
 * @param {HTMLElement[]} passages
 * @param {string} address that of the page of the glossary
 */
export async function spellOut(passages, address) {
  acronyms ??= fetch(address)
    .then((answer) => answer.text())
    .then(acronymsOf);
  const { names, terms } = await acronyms.catch(() => {
    // The next search tries again.
    acronyms = undefined;
    return acronymsOf("");
  });
  const any = patternOf([...terms.keys()]);
  // Results that were shown before are done already.
  const before = byId("results").querySelectorAll("[data-part=excerpt] [popover]");
  const done = new Set([...before].map(({ id }) => id.replace("cb-acronym-", "")));
  for (const passage of passages.filter(({ isConnected }) => isConnected)) {
    for (const { text, at, term, length } of acronymsIn(passage, any, terms, done).reverse()) {
      const word = text.splitText(at);
      word.splitText(length);
      const fullName = names.get(term) ?? "";
      const shown = element("span", { className: "cb-meant", id: `cb-acronym-${term}`, popover: "auto", textContent: fullName });
      const short = element("abbr", { title: fullName, textContent: term });
      const button = element(
        "button",
        { type: "button", className: "cb-acronym", popoverTargetElement: shown },
        short,
        word.data.slice(term.length),
      );
      word.replaceWith(button, shown);
    }
  }
}

/**
 * A pattern that finds any of these words where it stands alone, and the longest if several begin there.
 *
 * @param {string[]} words
 */
function patternOf(words) {
  const longestFirst = words.sort((a, b) => b.length - a.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join("|")})(?![\\p{L}\\p{N}])`, "gu");
}

/**
 * The acronyms of a passage that are not done. Adds them to those that are.
 *
 * @param {HTMLElement} passage
 * @param {RegExp} any
 * @param {Map<string, string>} terms
 * @param {Set<string>} done
 */
function acronymsIn(passage, any, terms, done) {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = /** @type {Text | null} */ (walker.nextNode()); text; text = /** @type {Text | null} */ (walker.nextNode())) {
    if (text.parentElement?.closest("button, [popover]")) continue;
    for (const { 0: word, index } of text.data.matchAll(any)) {
      const term = terms.get(word);
      if (!term || done.has(term)) continue;
      done.add(term);
      found.push({ text, at: index, term, length: word.length });
    }
  }
  return found;
}

/**
 * The acronyms of the page of the glossary: its entries with a full name there.
 *
 * @param {string} html
 * @returns {Acronyms}
 */
function acronymsOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const entries = /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-term][data-full]"));
  const acronyms = { names: new Map(), terms: new Map() };
  for (const { dataset } of entries) {
    const { term = "", full = "", years } = dataset;
    acronyms.names.set(term, years ? filled(texts.abbreviation, { full, years }) : full);
    // Several PCTs are PCTs, but nobody writes A&Es.
    if (!/[^\p{L}\p{N}]/u.test(term) && !acronyms.terms.has(term + "s")) acronyms.terms.set(term + "s", term);
    acronyms.terms.set(term, term);
  }
  return acronyms;
}
