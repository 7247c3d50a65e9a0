// Query → units: words to search for. Phrases, exclusions and OR are parsed by `operators.js`.
import { runs, words } from "./words.js";

/** The most units of a query: each has a bit of a number. */
const MAX_UNITS = 32;

/**
 * @typedef {object} Option A word or a phrase; one of several if there is an OR.
 * @property {string[]} forms the forms under which the index may have the word
 * @property {string[]} parts the parts of a word with marks, or the word itself
 * @property {string[] | null} phrase the words of the phrase, if the option is one
 */

/**
 * @typedef {object} Unit A part of a query that is searched for: a word, or several options with OR between them.
 * @property {string} typed
 * @property {number} at its start in the text
 * @property {Option[]} options
 * @property {boolean} isExact it is in quotation marks
 * @property {boolean} isOpen it may be the start of a word that is still being typed
 * @property {boolean} isLast
 */

/**
 * @typedef {object} Query A parsed query.
 * @property {string} text
 * @property {Unit[]} units
 * @property {string[][]} phrases a case must contain all of them
 * @property {string[][]} excluded a case may contain none of them
 */

/** Does a query contain operators? @param {string} text */
export const hasOperators = (text) => /["“”„]| & |(?:^|\s)(?:-[\p{Alphabetic}\p{N}]|OR(?!\S))/u.test(text);

/** The units of a query without operators. @param {string} text */
export function plainUnits(text) {
  return distinct(
    runs(text).flatMap((run) => unitsOf(run, run.at)),
    text,
  );
}

/**
 * The units of a run of letters. `at` is its start in the query.
 *
 * @param {import("./words.js").Run} run
 * @param {number} at
 */
export function unitsOf({ text, parts, wholes }, at) {
  return wholes.length ? [unitOf(text, at, wholes, parts)] : parts.map((part) => unitOf(text, at, [part], [part]));
}

/**
 * @param {string} typed
 * @param {number} at
 * @param {string[]} forms
 * @param {string[]} parts
 * @returns {Unit}
 */
export const unitOf = (typed, at, forms, parts) => ({
  typed,
  at,
  options: [{ forms, parts, phrase: null }],
  isExact: false,
  isOpen: false,
  isLast: false,
});

/**
 * Removes repeated units. The last unit may be a word that is still being typed.
 *
 * @param {Unit[]} units
 * @param {string} text
 */
export function distinct(units, text) {
  const known = new Map();
  for (const unit of units) {
    const key = JSON.stringify([unit.options, unit.isExact]);
    if (!known.has(key)) known.set(key, unit);
  }
  const all = [...known.values()].slice(0, MAX_UNITS);
  const last = all.at(-1);
  if (last && !last.isExact) Object.assign(last, { isLast: true, isOpen: words([...text].pop() ?? "").length > 0 });
  return all;
}

/**
 * The units that are not stop words, or all units if there are no others. IT in capitals is a name, and no stop word.
 *
 * @param {Unit[]} units
 * @param {Set<string>} common
 * @param {(unit: Unit) => boolean} isName
 */
export function contentUnits(units, common, isName) {
  /** @param {Unit} of */
  const isCommon = ({ options }) => options.every(({ forms }) => forms.length === 1 && common.has(forms[0]));
  const content = units.filter((unit) => isName(unit) || !isCommon(unit));
  return content.length ? content : units;
}
