// What a text asks for: its words. What stands in quotation marks, is left out, or has OR before it is read by `operators.js`.
import { runs, words } from "./words.js";

/** How many words of a question are answered: as many as a number has bits. */
const MOST_WORDS = 32;

/**
 * @typedef {object} Option A word or a phrase that may stand for what was asked.
 * @property {string[]} forms a word as the index may have it
 * @property {string[]} parts the parts of a word with marks, else the word itself
 * @property {string[] | null} phrase the words of a phrase, where it is one of several options
 */

/**
 * @typedef {object} Unit One thing that is asked for: a word, or several options with OR between them.
 * @property {string} typed
 * @property {number} at where it begins in the text
 * @property {Option[]} options
 * @property {boolean} isExact it stands in quotation marks
 * @property {boolean} isOpen it may be the beginning of a word that is still being typed
 * @property {boolean} isLast
 */

/**
 * @typedef {object} Asked
 * @property {string} text
 * @property {Unit[]} units
 * @property {string[][]} phrases each must stand in a case
 * @property {string[][]} excluded none may
 */

/** Has a text marks that say how words are meant? @param {string} text */
export const hasOperators = (text) => /["“”„]|(?:^|\s)(?:-[\p{Alphabetic}\p{N}]|OR(?!\S))/u.test(text);

/** The units of a text that is words only. @param {string} text */
export function plainUnits(text) {
  return distinct(
    runs(text).flatMap((run) => unitsOf(run, run.at)),
    text,
  );
}

/**
 * The units of a run of letters, which begins here.
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
 * Units, each once. The last may be a word that is still being typed.
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
  const all = [...known.values()].slice(0, MOST_WORDS);
  const last = all.at(-1);
  if (last && !last.isExact) Object.assign(last, { isLast: true, isOpen: words([...text].pop() ?? "").length > 0 });
  return all;
}

/**
 * The units that decide: those that are no common words, or all, if there is nothing else.
 *
 * @param {Unit[]} units
 * @param {Set<string>} common
 */
export function telling(units, common) {
  const isCommon = (/** @type {Unit} */ { options }) => options.every(({ forms }) => forms.length === 1 && common.has(forms[0]));
  const told = units.filter((unit) => !isCommon(unit));
  return told.length ? told : units;
}
