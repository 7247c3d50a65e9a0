// Parses queries with operators: a phrase in quotation marks, an excluded word or phrase, OR. Loaded when a query has
// an operator.
import { distinct, unitOf, unitsOf } from "./query.js";
import { runs } from "./words.js";

/** @typedef {import("./query.js").Query} Query */

/**
 * Parses a query. Every second part between quotation marks is a phrase, if the marks are closed.
 *
 * @param {string} given
 * @returns {Query}
 */
export function parse(given) {
  // "A & E" is one word, as "A&E" is. Spaces keep the words after it in their places.
  const text = given.replace(/(?<!\S)(\p{L}) & (\p{L})(?!\S)/gu, "$1&$2  ");
  /** @type {Query} */
  const query = { text, units: [], phrases: [], excluded: [] };
  const pieces = [...text.matchAll(/[^"“”„]+|["“”„]/gu)];
  const marks = pieces.filter(([piece]) => /["“”„]/.test(piece)).length;
  let [mark, isOr, isNot] = [0, false, false];
  /** The index of the first unit of the last phrase, if nothing follows it; otherwise -1. */
  let phraseAt = -1;
  for (const { 0: piece, index } of pieces) {
    if (/^["“”„]$/.test(piece)) {
      mark++;
      continue;
    }
    if (mark % 2 && mark < marks) {
      const first = query.units.length;
      addPhrase(query, piece, index, isNot ? "NOT" : isOr ? "OR" : "AND");
      phraseAt = query.units.length > first ? first : -1;
      isOr = isNot = false;
      continue;
    }
    for (const { 0: chunk, index: at } of piece.matchAll(/\S+/g)) {
      if (chunk === "OR" && phraseAt >= 0) asPhrase(query, phraseAt);
      if (chunk === "OR") isOr = query.units.length > 0;
      else if (chunk === "-") isNot = at + 1 === piece.length;
      else isOr = addChunk(query, chunk, index + at, isOr);
      phraseAt = -1;
    }
  }
  query.units = distinct(query.units, text);
  return query;
}

/**
 * @param {Query} query
 * @param {string} piece
 * @param {number} at
 * @param {"AND" | "OR" | "NOT"} operator
 */
function addPhrase(query, piece, at, operator) {
  const found = runs(piece);
  const phrase = found.flatMap(({ parts }) => parts);
  if (!phrase.length) return;
  if (operator === "NOT") query.excluded.push(phrase);
  else if (operator === "OR") query.units.at(-1)?.options.push({ forms: [], parts: [], phrase });
  else {
    query.phrases.push(phrase);
    for (const run of found)
      for (const part of run.parts) query.units.push({ ...unitOf(run.text, at + run.at, [part], [part]), isExact: true });
  }
}

/**
 * Replaces the units of the last phrase by one unit, so that OR can add options to it.
 *
 * @param {Query} query
 * @param {number} from
 */
function asPhrase(query, from) {
  const [first] = query.units.splice(from);
  const phrase = query.phrases.pop() ?? [];
  query.units.push({ ...first, options: [{ forms: [], parts: [], phrase }], isExact: false });
}

/**
 * Adds the words of a piece of text without spaces. Returns whether an OR before it still waits for a word.
 *
 * @param {Query} query
 * @param {string} chunk
 * @param {number} at
 * @param {boolean} isOr
 */
function addChunk(query, chunk, at, isOr) {
  const isNot = /^-[\p{Alphabetic}\p{N}]/u.test(chunk);
  for (const run of runs(chunk)) {
    const units = unitsOf(run, at + run.at);
    const before = query.units.at(-1);
    if (isNot) query.excluded.push(run.wholes.length ? [run.wholes[0]] : run.parts);
    else if (isOr && before && !before.isExact) before.options.push(...units.flatMap(({ options }) => options));
    else query.units.push(...units);
    isOr = false;
  }
  return isOr;
}
