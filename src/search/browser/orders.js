// Orders by date and by title. Loaded when a reader chooses one, or when many cases have equal scores.
import { numbersFile } from "./bytes.js";
import { dated } from "./ranking.js";

/** @typedef {import("./index.js").Index} Index */

/**
 * The first cases by date or title. Cases with every word come before the others.
 *
 * @param {Index} index
 * @param {string} sort
 * @param {number[]} listed
 * @param {import("./hits.js").Hits} hits
 * @param {number} end
 */
export async function ordered(index, sort, listed, hits, end) {
  const order = sort === "title" ? "title" : "newest";
  /** @param {number} n */
  const isComplete = (n) => hits.unitBits[n] === hits.allBits;
  const complete = await first(index, order, listed.filter(isComplete), end);
  const others = listed.filter((n) => !isComplete(n));
  return [...complete, ...(await first(index, order, others, end - complete.length))];
}

/**
 * The first `count` of these cases by an order. The order is loaded piece by piece until there are enough.
 *
 * @param {Index} index
 * @param {"newest" | "title"} order
 * @param {number[]} cases
 * @param {number} count
 */
async function first(index, order, cases, count) {
  const pieces = index.catalogue[order];
  const wanted = new Set(cases);
  /** @type {number[]} */
  const found = [];
  for (let at = 0, step = 1; found.length < Math.min(count, cases.length) && at < pieces.length; at += step, step *= 2) {
    const read = await Promise.all(pieces.slice(at, at + step).map((name) => index.file(name, numbersFile)));
    found.push(...read.flat().filter((n) => wanted.has(n)));
  }
  return found.slice(0, count);
}

/**
 * Sorts the cases that have the same score as the case at `edge`, newest first, so that the edge of a page of results
 * divides them by date.
 *
 * @param {Index} index
 * @param {number[]} listed
 * @param {Float64Array} scores
 * @param {number} edge
 * @param {number} end the end of the cases that are shown or checked
 */
export async function breakTies(index, listed, scores, edge, end) {
  const equals = listed.filter((n) => scores[n] === scores[listed[edge]]);
  const start = listed.indexOf(equals[0]);
  const count = end - start;
  const others = equals.length - Math.min(equals.length, count);
  // Load either the cards of the others or enough of the order, whichever is less.
  const isFew = others * equals.length * 1000 < index.head.cases * count;
  const best = isFew ? await dated(index, equals) : await first(index, "newest", equals, count);
  const isBest = new Set(best);
  listed.splice(start, equals.length, ...best, ...equals.filter((n) => !isBest.has(n)));
}
