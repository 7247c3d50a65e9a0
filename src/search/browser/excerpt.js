// Excerpts: the part of a text with the most words of the query, which are marked. Scores of cases with words near each
// other, which need the same texts.
import { text } from "./bytes.js";
import { dated } from "./ranking.js";
import { COMPLETE, TITLED } from "./tally.js";
import { runs } from "./words.js";

/** The number of words in an excerpt. */
const LENGTH = 32;
/** The number of words before the first marked word. */
const BEFORE = 4;
/** The most lines of an excerpt. More are the cells of a table, which say nothing one after the other. */
const MAX_LINES = 6;

/** @typedef {import("./hits.js").Hits} Hits */
/** @typedef {import("./index.js").Index} Index */

/**
 * @typedef {object} Mark A word of the query in a text.
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
export function findMarks(text, matchingUnit) {
  const [starts, ends] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  /** @type {Mark[]} */
  const marks = [];
  for (const { text: run, at, parts, wholes } of runs(text)) {
    const whole = wholes.map(matchingUnit).find((unit) => unit >= 0);
    if (whole !== undefined) marks.push({ word: ends.length, unit: whole, from: at, to: at + run.length });
    // Find each part in the run: parts consist of its letters, in order.
    const pieces = parts.length < 2 ? [run] : run.split(/[^\p{Alphabetic}\p{N}\p{M}'’]+/u);
    let next = 0;
    parts.forEach((part, n) => {
      const piece = pieces.length === parts.length ? pieces[n] : run;
      const from = at + Math.max(0, run.indexOf(piece, next));
      next = from - at + piece.length;
      const unit = whole === undefined ? matchingUnit(part) : -1;
      if (unit >= 0) marks.push({ word: ends.length, unit, from, to: from + piece.length });
      starts.push(from);
      ends.push(from + piece.length);
    });
  }
  return { starts, ends, marks };
}

/**
 * How many units follow the unit before them in the text as in the query, with at most two words between.
 *
 * @param {Mark[]} marks
 */
export function nearness(marks) {
  const pairs = new Set();
  marks.forEach(({ word, unit }, n) => {
    for (let other = n + 1; other < marks.length && marks[other].word <= word + 3; other++) {
      if (marks[other].unit === unit + 1) pairs.add(unit);
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
    const { marks } = findMarks(card.text, matchingUnit);
    const present = new Set(marks.map(({ unit }) => unit)).size;
    const wanted = units.filter((_, unit) => (unitBits[n] >>> unit) & 1).length;
    const isEnough = units.some(({ isExact }) => isExact) ? nearness(marks) > 0 : present * 3 >= wanted;
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
    const near = Math.max(...[title, summary, text].map((part) => nearness(findMarks(part, hits.matchingUnit).marks)));
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

/**
 * The passage with the most units, as HTML of text and `<mark>`.
 *
 * @param {{ text: string, summary: string }} card
 * @param {(form: string) => number} matchingUnit
 */
export function excerpt({ text, summary }, matchingUnit) {
  const found = findMarks(text, matchingUnit);
  const best = bestOf(found);
  const passage = marked(text, found, best.from);
  if (best.score && (!summary || passage.split("\n").length <= MAX_LINES)) return passage;
  const other = findMarks(summary || text, matchingUnit);
  return marked(summary || text, other, bestOf(other).from);
}

/** @param {ReturnType<typeof findMarks>} found */
function bestOf({ marks, ends }) {
  let [from, score] = [0, 0];
  marks.forEach(({ word }, first) => {
    const near = marks.slice(first, first + LENGTH).filter((mark) => mark.word < word + LENGTH - 2 * BEFORE);
    const sum = new Set(near.map(({ unit }) => unit)).size * 100 + 10 * nearness(near) + near.length;
    if (sum > score) [from, score] = [word - BEFORE, sum];
  });
  return { from: Math.max(0, Math.min(from, ends.length - LENGTH)), score };
}

/**
 * @param {string} text
 * @param {ReturnType<typeof findMarks>} found
 * @param {number} from
 */
function marked(text, { starts, ends, marks }, from) {
  const to = from + LENGTH;
  let at = from && tokenStart(text, starts[from]);
  let html = from ? "… " : "";
  for (const mark of marks) {
    if (mark.word < from || mark.word >= to || mark.from < at) continue;
    html += `${escaped(text.slice(at, mark.from))}<mark>${escaped(text.slice(mark.from, mark.to))}</mark>`;
    at = mark.to;
  }
  return html + (to < ends.length ? escaped(text.slice(at, tokenEnd(text, Math.max(at, ends[to - 1])))) + " …" : escaped(text.slice(at)));
}

/**
 * Where the token around a position begins. "not-for-profit", "£300m" and "2010/11" say something else when they are
 * cut. Scripts without spaces, whose letters have no case, are cut anywhere.
 *
 * @param {string} text
 * @param {number} at
 */
const tokenStart = (text, at) => text.slice(0, at).search(/[^\s\p{Lo}]*$/u);

/** Where the letters and digits of the token around a position end. @param {string} text @param {number} at */
const tokenEnd = (text, at) => at + (/^[^\s\p{Lo}]*[\p{L}\p{N}%]/u.exec(text.slice(at))?.[0].length ?? 0);

/** @param {string} text */
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
