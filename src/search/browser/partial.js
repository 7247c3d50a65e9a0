// Answers a request without what could not be loaded: cards, excerpts, orders. Loaded when a part is missing.
import { choose, narrow, range } from "./filters.js";
import { hitsOf } from "./hits.js";

/** @typedef {import("./index.js").Index} Index */

/** @param {string} text */
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/**
 * The cases by score, without those whose cards could not be loaded. Throws the error that there was if a filter or
 * every card is missing.
 *
 * @param {Index} index
 * @param {import("./answer.js").Request} request
 * @param {Error} error
 */
export async function partial(index, request, error) {
  const chosen = choose(index.head.facets, request);
  // The file of the years may be what is missing.
  if (chosen.years) throw error;
  const hits = await hitsOf(index, request.text);
  const cases = hits.cases ?? Array(index.head.cases).keys();
  const { listed, facets } = narrow(index.head, index.catalogue, cases, chosen, null);
  listed.sort((a, b) => hits.scores[b] - hits.scores[a]);
  const { offset, end } = range(request);
  const shown = listed.slice(offset, end);
  const excerpts = await index.excerpts().catch(() => null);
  const loaded = shown.map(async (n) => {
    const { text, rest: _, ...card } = await index.card(n);
    return {
      ...card,
      url: index.href(card.url),
      excerpt: excerpts?.excerpt({ ...card, text }, hits.matchingUnit) ?? escaped(card.summary),
      score: hits.cases ? hits.scores[n] : 0,
      missing: hits.units.flatMap(({ typed }, unit) => ((hits.unitBits[n] >>> unit) & 1 ? [] : typed)),
    };
  });
  const results = (await Promise.all(loaded.map((result) => result.catch(() => [])))).flat();
  request.signal?.throwIfAborted();
  if (shown.length && !results.length) throw error;
  return {
    total: listed.length,
    results,
    facets,
    correction: hits.correction ?? null,
    ignored: chosen.ignored,
    complete: listed.filter((n) => hits.unitBits[n] === hits.allBits).length,
    suggestion: hits.suggestion,
    pages: [],
  };
}
