// Shows near misses below the cases that match every choice, in groups with a heading each. Loaded if few cases match.
import { nearMisses } from "./near.js";
import { entry, nameOf } from "./search-entry.js";
import { listOf } from "./search-list.js";
import { byId, element } from "./elements.js";
import { restOf } from "./search-said.js";
import { counted, grouped, nearTexts, texts } from "./search-page.js";
import { filled, plural } from "./texts.js";
import { facets, termBox } from "./search-terms.js";

/** @typedef {import("./near.js").Group} Group */

/** If fewer cases are shown, near misses are shown without a button. */
const FEW = 3;

/**
 * Shows the near misses of a request that found cases with every choice, of which some may lack words. Returns the text
 * of the count line; null if there are none.
 *
 * @param {import("./search-page.js").Library} library
 * @param {import("./search-address.js").Request & { signal: AbortSignal }} request
 * @param {import("./search-said.js").Count} count
 * @param {string} words the words that were searched
 * @param {() => void} shown called after cases were added
 */
export async function showNear(library, request, { total, complete, related }, words, shown) {
  const { choices: asked, groups } = await nearMisses(library, request);
  if (request.signal.aborted || !groups.length) return null;
  const choices = asked.length;
  const heading = (/** @type {number} */ matched, /** @type {number} */ count) => {
    const number = element("span", { className: "cb-muted", textContent: counted(count) });
    return element("h2", { className: "cb-group-head" }, filled(nearTexts.matches, { matched, choices }), " ", number);
  };
  const cases = (/** @type {Group} */ { matched, found }) => [
    heading(matched, found.length),
    listOf(byWordsAndEvidence(found).map(({ result, lost }) => entry(result, words, lost))),
  ];
  const [{ matched, found }] = groups;
  if (complete) byId("results").prepend(heading(choices, complete));
  for (const [n, group] of groups.entries()) {
    const isFolded = total >= FEW || (n > 0 && total + found.length >= FEW);
    byId("results").append(...(isFolded ? [unfolding(group, choices, () => cases(group), shown)] : cases(group)));
  }
  shown();
  const names = asked.map(nameOf).reduce((list, name, n) => list + (n + 1 < choices ? texts.comma : texts.and) + name);
  const all = complete
    ? plural(nearTexts.matching, complete, { count: grouped(complete), names })
    : filled(nearTexts.noneMatching, { names });
  const lacking = total > complete ? [restOf({ total, complete, related }, words)] : [];
  const also = plural(nearTexts.alsoMatching, found.length, { count: grouped(found.length), matched, choices });
  return [all, ...lacking, also].join(texts.semicolon);
}

/**
 * A button that shows a group in its place.
 *
 * @param {Group} group
 * @param {number} choices
 * @param {() => HTMLElement[]} cases
 * @param {() => void} shown
 */
function unfolding({ matched, found }, choices, cases, shown) {
  const textContent = filled(nearTexts.show, { count: counted(found.length), matched, choices });
  const button = element("button", { type: "button", textContent });
  const line = element("p", { className: "cb-group-head" }, button);
  button.addEventListener("click", () => {
    const [head, list] = cases();
    line.replaceWith(head, list);
    /** @type {HTMLElement} */ (list.querySelector("h3 a")).focus();
    shown();
  });
  return line;
}

/**
 * Near misses: those with the words first, since few cases have them and many carry a term; then those with the
 * strongest evidence.
 *
 * @param {Group["found"]} found
 */
function byWordsAndEvidence(found) {
  const ranks = (/** @type {import("./search-entry.js").Result} */ { terms }) =>
    facets.flatMap((facet) => (terms[facet] ?? []).map((id) => Number(termBox(facet, id)?.dataset.rank ?? 0)));
  const rank = (/** @type {Group["found"][number]} */ { result }) => Math.max(0, ...ranks(result));
  const hasWords = (/** @type {Group["found"][number]} */ { lost }) => Number(!lost.some(({ words }) => words));
  return [...found].sort((a, b) => hasWords(b) - hasWords(a) || rank(b) - rank(a));
}
