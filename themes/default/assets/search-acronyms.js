// Spells out the acronyms of the glossary in the results, each at its first use, as on every page.
import { byId, element, filled, texts } from "./search-page.js";

/** An acronym: two capitals or digits, at least one a capital. */
const ACRONYM = /^(?=.*\p{Lu})(?:[^\p{Lu}\p{N}]*[\p{Lu}\p{N}]){2}/u;

/** The full name of each acronym. @type {Promise<Map<string, string>> | undefined} */
let glossary;

/** Spells out the acronyms in these passages. @param {HTMLElement[]} passages @param {string} address that of the page of the glossary */
export async function spellOut(passages, address) {
  glossary ??= fetch(address)
    .then((answer) => answer.text())
    .then(fullNames)
    .catch(() => new Map());
  const names = await glossary;
  // Results that were shown before are done already.
  const before = byId("results").querySelectorAll("[data-part=excerpt] [popover]");
  const done = new Set([...before].map(({ id }) => id.replace("cb-acronym-", "")));
  for (const passage of passages.filter(({ isConnected }) => isConnected)) {
    for (const { text, at, term, length } of acronymsIn(passage, names, done).reverse()) {
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
 * The acronyms of a passage that are not done. Adds them to those that are.
 *
 * @param {HTMLElement} passage
 * @param {Map<string, string>} names
 * @param {Set<string>} done
 */
function acronymsIn(passage, names, done) {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = /** @type {Text | null} */ (walker.nextNode()); text; text = /** @type {Text | null} */ (walker.nextNode())) {
    if (text.parentElement?.closest("button, [popover]")) continue;
    for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      const term = [word, word.replace(/s$/, "")].find((term) => names.has(term));
      if (!term || done.has(term)) continue;
      done.add(term);
      found.push({ text, at: index, term, length: word.length });
    }
  }
  return found;
}

/** The full names of acronyms, from the page of the glossary. @param {string} html */
function fullNames(html) {
  const entries = /** @type {NodeListOf<HTMLElement>} */ (
    new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-term]")
  );
  const names = [...entries].map(({ dataset: { term = "", full = "", years } }) => [
    term,
    years ? filled(texts.abbreviation, { full, years }) : full,
  ]);
  return new Map(names.filter(([term, name]) => name && ACRONYM.test(term)).map(([term, name]) => [term, name]));
}
