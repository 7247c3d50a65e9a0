// Explains a query. Loaded when a page asks for it, which the search page does after it has shown the results.

/** @typedef {import("./query.js").Unit} Unit */

/**
 * How each word of a query was searched: its place in the query, how many cases have it, and which other names were
 * used.
 *
 * @param {import("./hits.js").Hits} hits
 */
export function explained({ units, spans }) {
  /** @param {Unit[]} units */
  const typed = (units) => units.map(({ typed }) => typed).join(" ");
  return units.map(({ typed: text, at, cases, taken }) => {
    const named = spans.filter((span) => span.units.some((unit) => unit.at === at));
    return { text, at, cases, names: named.map((span) => ({ text: typed(span.units), as: span.shown })), taken };
  });
}
