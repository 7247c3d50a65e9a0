// The words of a query in a text, and how near each other they are. Words near each other raise the score of a case.
import { text } from "./bytes.js";
import { dated } from "./ranking.js";
import { COMPLETE, TITLED } from "./tally.js";
import { runs } from "./words.js";

/** @typedef {import("./hits.js").Hits} Hits */
/** @typedef {import("./index.js").Index} Index */

/**
 * @typedef {object} Match A word of the query in a text.
 * @property {number} word its position among the words of the text
 * @property {number} unit the number of the unit
 * @property {number} from
 * @property {number} to
 */

/**
 * The words of a text, with the start and end of each, and the words of the query among them. `matchingUnit` gives the
 * number of the unit of the query that a form matches, or -1.
 *
 * @param {string} text
 * @param {(form: string) => number} matchingUnit
 */
export function findMatches(text, matchingUnit) {
  const [starts, ends] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  /** @type {Match[]} */
  const matches = [];
  for (const { text: run, at, parts, wholes } of runs(text)) {
    const whole = wholes.map(matchingUnit).find((unit) => unit >= 0);
    if (whole !== undefined) matches.push({ word: ends.length, unit: whole, from: at, to: at + run.length });
    // Find each part in the run: parts consist of its letters, in order.
    const pieces = parts.length < 2 ? [run] : run.split(/[^\p{Alphabetic}\p{N}\p{M}'’]+/u);
    let next = 0;
    parts.forEach((part, n) => {
      const piece = pieces.length === parts.length ? pieces[n] : run;
      const from = at + Math.max(0, run.indexOf(piece, next));
      next = from - at + piece.length;
      const unit = whole === undefined ? matchingUnit(part) : -1;
      if (unit >= 0) matches.push({ word: ends.length, unit, from, to: from + piece.length });
      starts.push(from);
      ends.push(from + piece.length);
    });
  }
  return { starts, ends, matches };
}

/**
 * How many units follow the unit before them in the text as in the query, with at most two words between.
 *
 * @param {Match[]} matches
 */
export function nearness(matches) {
  const pairs = new Set();
  matches.forEach(({ word, unit }, n) => {
    for (let other = n + 1; other < matches.length && matches[other].word <= word + 3; other++) {
      if (matches[other].unit === unit + 1) pairs.add(unit);
    }
  });
  return pairs.size;
}

/**
 * The card of a document, with text for an excerpt. A card has only the first piece of a long text. Other pieces are
 * loaded and added until the text has a third of the document's units, or the words of a phrase side by side.
 *
 * @param {import("./index.js").Index} index
 * @param {import("./hits.js").Hits} hits
 * @param {number} n
 */
export async function cardWithText(index, { units, unitBits, matchingUnit }, n) {
  const card = await index.card(n);
  while (card.rest?.length) {
    const { matches } = findMatches(card.text, matchingUnit);
    const present = new Set(matches.map(({ unit }) => unit)).size;
    const wanted = units.filter((_, unit) => (unitBits[n] >>> unit) & 1).length;
    const isEnough = units.some(({ isExact }) => isExact) ? nearness(matches) > 0 : present * 3 >= wanted;
    if (isEnough) break;
    const [name] = card.rest;
    const piece = await index.file(`texts/${name}.bin`, text);
    // Another request may have added it in the meantime.
    if (card.rest[0] === name) {
      card.rest.shift();
      card.text += piece;
    }
  }
  return card;
}

/**
 * Sorts cases by score, which is raised for words near each other.
 *
 * @param {Index} index
 * @param {number[]} cases
 * @param {Hits} hits
 */
export async function withNearness(index, cases, hits) {
  const pairs = hits.units.length - 1;
  for (const n of pairs > 0 ? cases : []) {
    if (hits.raisedScores.has(n)) continue;
    const { title, summary, text } = await cardWithText(index, hits, n);
    const near = Math.max(...[title, summary, text].map((part) => nearness(findMatches(part, hits.matchingUnit).matches)));
    const complete = hits.scores[n] >= COMPLETE ? COMPLETE : 0;
    const score = hits.scores[n] - complete;
    const titled = score % TITLED;
    const part = titled < hits.units.length ? 0 : hits.units.length / contentWords(title, index.catalogue.common);
    const factor = (1 + near / pairs) * (1 + part);
    hits.raisedScores.set(n, Math.floor(Math.floor(score / TITLED) * factor) * TITLED + titled + complete);
  }
  return dated(index, cases, hits);
}

/** The number of words of a title that are not stop words. @param {string} title @param {Set<string>} common */
function contentWords(title, common) {
  return Math.max(1, runs(title).flatMap(({ parts }) => parts.filter((part) => !common.has(part))).length);
}
