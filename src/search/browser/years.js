// The filter of years: cases whose period overlaps a range. Loaded when a reader gives a year.
import { numbersFile } from "./bytes.js";

/** In the file, 1 is an open side; other years are this much higher. */
const ZERO = 32770;

/**
 * Tells whether the period of a case overlaps the years, of which either may be open. A case without a period does not.
 * Nobody knows how long a partnership without an end will last, so its period is known until this year.
 *
 * @param {import("./index.js").Index} index
 * @param {number[]} years
 */
export async function overlapping(index, [first, last]) {
  const numbers = await index.file(index.head.years, numbersFile);
  /** @param {number} value @param {number} open */
  const year = (value, open) => (value === 1 ? open : value - ZERO);
  const thisYear = new Date().getFullYear();
  return (/** @type {number} */ n) => {
    const [from, to] = [numbers[n], numbers[index.head.cases + n]];
    const start = year(from, -Infinity);
    return from > 0 && !(start > last || year(to, Math.max(start, thisYear)) < first);
  };
}
