// Explains a query. Loaded when a page asks for it, which the search page does after it has shown the results.

import { words } from "./words.js";

/** @typedef {import("./names.js").Named} Named */
/** @typedef {import("./query.js").Unit} Unit */

/** The names of a span, without the one that was typed. @param {Named} span */
function otherNames({ units, shown }) {
  const typed = units.flatMap(({ typed }) => words(typed)).join(" ");
  return shown.filter((name) => words(name).join(" ") !== typed);
}

/**
 * How each word of a query was searched: its place in the query, how many cases have it, whether it is missing (no case
 * has it, nor a name that it is part of), which other names were used, and the correction that took its place.
 *
 * @param {import("./hits.js").Hits} hits
 */
export function explained({ typed, units, spans }) {
  /** @param {Unit[]} units */
  const text = (units) => units.map(({ typed }) => typed).join(" ");
  return typed.map((unit) => {
    const wanted = words(unit.taken ?? unit.typed);
    const found = units.filter(({ typed }) => words(typed).some((word) => wanted.includes(word)));
    const searched = found.length ? found : [unit];
    const named = spans.filter((span) => span.units.some(({ at }) => at === searched[0].at));
    const isNamed = named.some(({ forms }) => forms.some(({ cases, isBroader }) => cases && !isBroader));
    const cases = Math.min(...searched.map(({ cases }) => cases));
    const names = named.map((span) => ({ text: text(span.units), as: otherNames(span) })).filter(({ as }) => as.length);
    return { text: unit.typed, at: unit.at, cases, isMissing: !cases && !isNamed, names, taken: unit.taken };
  });
}
