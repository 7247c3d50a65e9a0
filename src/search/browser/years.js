// The filter of years: cases whose period overlaps a range. Loaded when a reader gives a year.
import { numbersFile } from "./bytes.js";

/** In the file, 1 is an open end; other years are this much higher. */
const ZERO = 32770;

/**
 * Tells whether the period of a case overlaps the years, of which either may be open. A case without a period does not.
 *
 * @param {import("./index.js").Index} index
 * @param {number[]} years
 */
export async function overlapping(index, [first, last]) {
  const numbers = await index.file(index.head.years, numbersFile);
  /** @param {number} value @param {number} open */
  const year = (value, open) => (value === 1 ? open : value - ZERO);
  return (/** @type {number} */ n) => {
    const [from, to] = [numbers[n], numbers[index.head.cases + n]];
    return from > 0 && !(year(from, -Infinity) > last || year(to, Infinity) < first);
  };
}
