// Listed cases → the cases of a page of results, best first.
/** @typedef {import("./hits.js").Hits} Hits */
/** @typedef {import("./index.js").Index} Index */

/**
 * The number of best cases whose text is checked for words near each other: a first page, whose cards are loaded
 * anyway.
 */
const CHECKED = 10;

/**
 * The best cases, from `offset` to `end`. The text of the first ten is checked, and cases with the words near each
 * other come before others with as many of the words.
 *
 * @param {Index} index
 * @param {number[]} listed
 * @param {Hits} hits
 * @param {number} offset
 * @param {number} end
 */
export async function best(index, listed, hits, offset, end) {
  if (end <= offset) return [];
  const { scores } = hits;
  listed.sort((a, b) => scores[b] - scores[a]);
  listed.slice(Math.min(offset, CHECKED), end).forEach((n) => void index.card(n));
  for (const edge of [offset, end, CHECKED]) {
    if (!edge || edge >= listed.length || scores[listed[edge - 1]] !== scores[listed[edge]]) continue;
    const { breakTies } = await index.part(() => import("./orders.js"));
    await breakTies(index, listed, scores, edge, Math.max(end, CHECKED));
  }
  const first = listed.slice(0, CHECKED);
  if (offset < CHECKED) listed.splice(0, first.length, ...(await (await index.excerpts()).withNearness(index, first, hits)));
  return dated(index, listed.slice(offset, end), hits);
}

/**
 * Sorts cases by score, then date (newest first), then address. Date and address come from their cards.
 *
 * @param {Index} index
 * @param {number[]} cases
 * @param {Hits} [hits]
 * @returns {Promise<number[]>}
 */
export async function dated(index, cases, hits) {
  /** @param {number} n */
  const score = (n) => hits?.raisedScores.get(n) ?? hits?.scores[n] ?? 0;
  const cards = await Promise.all(cases.map(async (n) => ({ n, score: score(n), ...(await index.card(n)) })));
  cards.sort((a, b) => b.score - a.score || compared(b.date ?? "", a.date ?? "") || compared(a.url.slice(0, -1), b.url.slice(0, -1)));
  return cards.map(({ n }) => n);
}

/** @param {string} a @param {string} b */
const compared = (a, b) => Number(a > b) - Number(a < b);
