// Excerpts: the part of a text with the most words of the query, which are marked.
import { findMatches, nearness } from "./nearness.js";

export { cardWithText, withNearness } from "./nearness.js";

/** The number of words in an excerpt. */
const LENGTH = 32;
/** The number of words before the first marked word. */
const BEFORE = 4;
/** The most lines of an excerpt. More are the cells of a table, which say nothing one after the other. */
const MAX_LINES = 6;

/**
 * The passage with the most units, as HTML of text and `<mark>`.
 *
 * @param {{ text: string, summary: string }} card
 * @param {(form: string) => number} matchingUnit
 */
export function excerpt({ text, summary }, matchingUnit) {
  const found = findMatches(text, matchingUnit);
  const best = bestOf(found);
  const passage = marked(text, found, best.from);
  if (best.score && (!summary || passage.split("\n").length <= MAX_LINES)) return passage;
  const other = findMatches(summary || text, matchingUnit);
  return marked(summary || text, other, bestOf(other).from);
}

/** @param {ReturnType<typeof findMatches>} found */
function bestOf({ matches, ends }) {
  let [from, score] = [0, 0];
  matches.forEach(({ word }, first) => {
    const near = matches.slice(first, first + LENGTH).filter((match) => match.word < word + LENGTH - 2 * BEFORE);
    const sum = new Set(near.map(({ unit }) => unit)).size * 100 + 10 * nearness(near) + near.length;
    if (sum > score) [from, score] = [word - BEFORE, sum];
  });
  return { from: Math.max(0, Math.min(from, ends.length - LENGTH)), score };
}

/**
 * @param {string} text
 * @param {ReturnType<typeof findMatches>} found
 * @param {number} from
 */
function marked(text, { starts, ends, matches }, from) {
  const to = from + LENGTH;
  let at = from && tokenStart(text, starts[from]);
  let html = from ? "… " : "";
  for (const match of matches) {
    if (match.word < from || match.word >= to || match.from < at) continue;
    html += `${escaped(text.slice(at, match.from))}<mark>${escaped(text.slice(match.from, match.to))}</mark>`;
    at = match.to;
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
