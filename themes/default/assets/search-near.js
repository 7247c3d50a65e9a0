// Shows near misses below the cases that match every choice, in groups with a heading each. Loaded if few cases match.
import { nearMisses } from "./near.js";
import { entry } from "./search-entry.js";
import { byId, element } from "./elements.js";
import { counted, grouped, plurals, texts } from "./search-page.js";
import { filled, plural } from "./texts.js";
import { facets, termBox } from "./search-terms.js";

/** @typedef {import("./near.js").Group} Group */

/** If fewer cases are shown, near misses are shown without a button. */
const FEW = 3;

/**
 * Shows the near misses of a request, of which `total` cases match every choice. Returns the text of the count line;
 * null if there are none.
 *
 * @param {import("./search-page.js").Library} library
 * @param {import("./search-address.js").Request & { signal: AbortSignal }} request
 * @param {number} total
 * @param {string} words the words that were searched
 * @param {() => void} shown called after cases were added
 */
export async function showNear(library, request, total, words, shown) {
  const { choices, groups } = await nearMisses(library, request);
  if (request.signal.aborted || !groups.length) return null;
  const heading = (/** @type {number} */ matched, /** @type {number} */ count) => {
    const number = element("span", { className: "cb-muted", textContent: counted(count) });
    return element("li", { className: "cb-group-head" }, element("h2", {}, filled(texts.matches, { matched, choices }), number));
  };
  const cases = (/** @type {Group} */ { matched, found }) => [
    heading(matched, found.length),
    ...byEvidence(found).map(({ result, lost }) => entry(result, words, lost)),
  ];
  const [{ matched, found }] = groups;
  if (total) byId("results").prepend(heading(choices, total));
  for (const [n, group] of groups.entries()) {
    const isFolded = total >= FEW || (n > 0 && total + found.length >= FEW);
    byId("results").append(...(isFolded ? [unfolding(group, choices, () => cases(group), shown)] : cases(group)));
  }
  shown();
  const all = total ? plural(plurals.matching, total, { count: grouped(total), choices }) : filled(texts.noneMatching, { choices });
  return all + texts.comma + plural(plurals.alsoMatching, found.length, { count: grouped(found.length), matched });
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
  const textContent = filled(texts.showNear, { count: counted(found.length), matched, choices });
  const button = element("button", { type: "button", textContent });
  const item = element("li", { className: "cb-group-head" }, button);
  button.addEventListener("click", () => {
    const [head, ...entries] = cases();
    item.replaceWith(head, ...entries);
    /** @type {HTMLElement} */ (entries[0].querySelector("h3 a")).focus();
    shown();
  });
  return item;
}

/** Near misses, the strongest evidence first. @param {Group["found"]} found */
function byEvidence(found) {
  const ranks = (/** @type {import("./search-entry.js").Result} */ { terms }) =>
    facets.flatMap((facet) => (terms[facet] ?? []).map((id) => Number(termBox(facet, id)?.dataset.rank ?? 0)));
  const rank = (/** @type {Group["found"][number]} */ { result }) => Math.max(0, ...ranks(result));
  return [...found].sort((a, b) => rank(b) - rank(a));
}
