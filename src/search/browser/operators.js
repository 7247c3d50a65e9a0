// Parses queries with operators: a phrase in quotation marks, an excluded word or phrase, OR. Loaded when a query has an operator.
import { distinct, unitOf, unitsOf } from "./question.js";
import { runs } from "./words.js";

/** @typedef {import("./question.js").Asked} Asked */

/**
 * Parses a query. Every second part between quotation marks is a phrase, if the marks are closed.
 *
 * @param {string} text
 * @returns {Asked}
 */
export function ask(text) {
  /** @type {Asked} */
  const asked = { text, units: [], phrases: [], excluded: [] };
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
      phraseAt = isOr || isNot ? -1 : asked.units.length;
      addPhrase(asked, piece, index, isOr, isNot);
      isOr = isNot = false;
      continue;
    }
    for (const { 0: chunk, index: at } of piece.matchAll(/\S+/g)) {
      if (chunk === "OR" && phraseAt >= 0) asPhrase(asked, phraseAt);
      if (chunk === "OR") isOr = asked.units.length > 0;
      else if (chunk === "-") isNot = at + 1 === piece.length;
      else isOr = addChunk(asked, chunk, index + at, isOr);
      phraseAt = -1;
    }
  }
  asked.units = distinct(asked.units, text);
  return asked;
}

/**
 * @param {Asked} asked
 * @param {string} piece
 * @param {number} at
 * @param {boolean} isOr
 * @param {boolean} isNot
 */
function addPhrase(asked, piece, at, isOr, isNot) {
  const found = runs(piece);
  const phrase = found.flatMap(({ parts }) => parts);
  if (!phrase.length) return;
  if (isNot) asked.excluded.push(phrase);
  else if (isOr) asked.units.at(-1)?.options.push({ forms: [], parts: [], phrase });
  else {
    asked.phrases.push(phrase);
    for (const run of found)
      for (const part of run.parts) asked.units.push({ ...unitOf(run.text, at + run.at, [part], [part]), isExact: true });
  }
}

/**
 * Replaces the units of the last phrase by one unit, so that OR can add options to it.
 *
 * @param {Asked} asked
 * @param {number} from
 */
function asPhrase(asked, from) {
  const [first] = asked.units.splice(from);
  const phrase = asked.phrases.pop() ?? [];
  asked.units.push({ ...first, options: [{ forms: [], parts: [], phrase }], isExact: false });
}

/**
 * Adds the words of a piece of text without spaces. Returns whether an OR before it still waits for a word.
 *
 * @param {Asked} asked
 * @param {string} chunk
 * @param {number} at
 * @param {boolean} isOr
 */
function addChunk(asked, chunk, at, isOr) {
  const isNot = /^-[\p{Alphabetic}\p{N}]/u.test(chunk);
  for (const run of runs(chunk)) {
    const units = unitsOf(run, at + run.at);
    const before = asked.units.at(-1);
    if (isNot) asked.excluded.push(run.wholes.length ? [run.wholes[0]] : run.parts);
    else if (isOr && before && !before.isExact) before.options.push(...units.flatMap(({ options }) => options));
    else asked.units.push(...units);
    isOr = false;
  }
  return isOr;
}
