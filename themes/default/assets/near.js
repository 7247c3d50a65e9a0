// Near misses: cases that match all choices but a few. Takes the library and a request; gives groups of cases that miss
// the fewest choices, each case with the choices that it misses.
import { choicesOf, exclusionsOf } from "./search-address.js";

/** @typedef {import("./search-address.js").Choice} Choice */
/** @typedef {import("./search-address.js").Request} Request */
/** @typedef {import("./search-entry.js").Result} Result */
/** @typedef {{ matched: number, found: { result: Result, lost: Choice[] }[] }} Group */

/** The most cases of a group. */
const MAX_CASES = 20;
/** The most requests for a group. With more choices, later groups are left out. */
const MAX_REQUESTS = 20;

/**
 * A request without some of its choices.
 *
 * @template {Request} T
 * @param {T} request
 * @param {Choice[]} lost
 */
function without(request, lost) {
  const isLost = (/** @type {string} */ facet, /** @type {string} */ id) =>
    lost.some((choice) => choice.facet === facet && choice.ids?.includes(id));
  const kept = Object.entries(request.filters).map(([facet, ids]) => ({ facet, ids: ids.filter((id) => !isLost(facet, id)) }));
  return {
    ...request,
    text: lost.some(({ words }) => words) ? exclusionsOf(request.text) : request.text,
    filters: Object.fromEntries(kept.filter(({ ids }) => ids.length).map(({ facet, ids }) => [facet, ids])),
    years: lost.some(({ years }) => years) ? [null, null] : request.years,
  };
}

/** Every combination of `count` choices. @param {Choice[]} choices @param {number} count @returns {Choice[][]} */
function combinations(choices, count, from = 0) {
  if (count === 0) return [[]];
  return choices.slice(from).flatMap((choice, n) => combinations(choices, count - 1, from + n + 1).map((rest) => [choice, ...rest]));
}

/**
 * The first two groups of near misses that are not empty. A case is in only one.
 *
 * @param {import("./search-page.js").Library} library
 * @param {Request} request
 */
export async function nearMisses(library, request) {
  const choices = choicesOf(request);
  /** @type {Group[]} */
  const groups = [];
  // A case that lacks a word of the query matches the words no more than one that has none of them.
  const search = async (/** @type {Choice[]} */ lost) => {
    const { complete, results } = await library.search({ ...without(request, lost), offset: 0, limit: MAX_CASES });
    return { lost, complete, results: lost.length ? results.filter(({ missing }) => !missing.length) : results };
  };
  const seen = new Set((await search([])).results.map(({ url }) => url));
  for (let count = 1; count < choices.length && groups.length < 2; count++) {
    const ways = combinations(choices, count);
    if (ways.length > MAX_REQUESTS) break;
    const answers = await Promise.all(ways.map(search));
    const found = answers.flatMap(({ lost, results }) => results.filter(({ url }) => !seen.has(url)).map((result) => ({ result, lost })));
    for (const { result } of found) seen.add(result.url);
    if (found.length) groups.push({ matched: choices.length - count, found });
    // Include all cases, since a case that is left out here would be in a later group.
    if (answers.some(({ complete }) => complete > MAX_CASES)) break;
  }
  return { choices, groups };
}
