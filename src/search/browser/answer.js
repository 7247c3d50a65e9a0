// Request → response, as the documentation of the search module describes them.
import { choose, narrow, range } from "./filters.js";
import { hitsOf } from "./hits.js";
import { best } from "./ranking.js";

/** @typedef {import("./hits.js").Hits} Hits */
/** @typedef {import("./index.js").Index} Index */

/**
 * @typedef {object} Request What a page asks. Any script may ask, so no value can be trusted to have its type.
 * @property {string} [text]
 * @property {Record<string, string | string[]>} [filters]
 * @property {Record<string, string>} [match]
 * @property {(number | null)[]} [years]
 * @property {string} [sort]
 * @property {number} [offset]
 * @property {number} [limit]
 * @property {AbortSignal} [signal]
 */

/** The most pages and entries of the glossary in a response. */
const MAX_PAGES = 3;

/**
 * @param {Index} index
 * @param {Request} request
 */
export async function answer(index, request) {
  const { signal, sort = "relevance" } = request;
  signal?.throwIfAborted();
  // Every page of results needs it, but only after the index.
  void index.excerpts();
  const chosen = choose(index.head.facets, request);
  const [hits, isInYears] = await Promise.all([hitsOf(index, request.text), yearsFilter(index, chosen.years)]);
  const cases = hits.cases ?? Array(index.head.cases).keys();
  const { listed, facets } = narrow(index.head, index.catalogue, cases, chosen, isInYears);
  signal?.throwIfAborted();
  const byScore = hits.cases !== null && !["newest", "title"].includes(sort);
  const { offset, end } = range(request);
  const shown = byScore ? await best(index, listed, hits, offset, end) : await inOrder(index, sort, listed, hits, offset, end);
  const results = await Promise.all(shown.map((n) => result(index, hits, n, byScore)));
  signal?.throwIfAborted();
  const found = {
    total: listed.length,
    results,
    facets,
    correction: hits.correction ?? null,
    ignored: chosen.ignored,
    complete: listed.filter((n) => hits.unitBits[n] === hits.allBits).length,
    suggestion: hits.suggestion,
    pages: end > offset ? await pagesOf(index, hits) : [],
  };
  // Only the search page reads it. It is not enumerable, since the module does not promise it.
  return Object.defineProperty(found, "related", { value: listed.filter((n) => !hits.unitBits[n]).length });
}

/** @param {Index} index @param {number[] | null} years */
const yearsFilter = async (index, years) => years && (await index.part(() => import("./years.js"))).overlapping(index, years);

/**
 * @param {Index} index
 * @param {string} sort
 * @param {number[]} listed
 * @param {Hits} hits
 * @param {number} offset
 * @param {number} end
 */
async function inOrder(index, sort, listed, hits, offset, end) {
  if (end <= offset) return [];
  const { ordered } = await index.part(() => import("./orders.js"));
  return (await ordered(index, sort, listed, hits, end)).slice(offset);
}

/**
 * The pages and entries of the glossary with the highest scores.
 *
 * @param {Index} index
 * @param {Hits} hits
 */
async function pagesOf(index, { others, scores, matchingUnit }) {
  const first = [...others].sort((a, b) => scores[b] - scores[a] || a - b).slice(0, MAX_PAGES);
  const cards = await Promise.all(first.map((n) => index.card(n)));
  const { excerpt } = await index.excerpts();
  return cards.map((card) => ({ url: index.href(card.url), title: card.title, excerpt: excerpt(card, matchingUnit) }));
}

/**
 * @param {Index} index
 * @param {Hits} hits
 * @param {number} n
 * @param {boolean} byScore
 */
async function result(index, hits, n, byScore) {
  const { cardWithText, excerpt } = await index.excerpts();
  const { text, rest: _, ...card } = await cardWithText(index, hits, n);
  return {
    ...card,
    url: index.href(card.url),
    excerpt: excerpt({ ...card, text }, hits.matchingUnit),
    score: byScore ? (hits.raisedScores.get(n) ?? hits.scores[n]) : 0,
    missing: hits.units.flatMap(({ typed }, unit) => ((hits.unitBits[n] >>> unit) & 1 ? [] : typed)),
  };
}
