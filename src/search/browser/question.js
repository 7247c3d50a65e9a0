// What a text asks for: words, phrases, what to leave out, and the names in it that the library knows.
import { runs, words } from "./words.js";

/** How many words of a question are answered: as many as a number has bits. */
const MOST_WORDS = 32;
/** How much of a text is read. */
const LONGEST_TEXT = 10000;

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

/**
 * Reads a text. Every second part between quotation marks is a phrase, if there is a closing one.
 *
 * @param {any} given
 * @returns {Asked}
 */
export function ask(given) {
  const text = String(given ?? "").slice(0, LONGEST_TEXT);
  /** @type {Asked} */
  const asked = { text, units: [], phrases: [], excluded: [] };
  const pieces = [...text.matchAll(/[^"“”„]+|["“”„]/gu)];
  const marks = pieces.filter(([piece]) => /["“”„]/.test(piece)).length;
  let [mark, isOr, isNot] = [0, false, false];
  /** The number of the unit with which the last phrase begins, if nothing stands after it. */
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
  asked.units = distinct(asked.units);
  const last = asked.units.at(-1);
  if (last) last.isLast = !last.isExact;
  if (last && !last.isExact) last.isOpen = words([...text].pop() ?? "").length > 0;
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
 * Makes one unit of a phrase that was the last thing asked for, so that others may be added with OR.
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
 * Adds the words of a piece of text without spaces; returns whether an OR before it still waits for a word.
 *
 * @param {Asked} asked
 * @param {string} chunk
 * @param {number} at
 * @param {boolean} isOr
 */
function addChunk(asked, chunk, at, isOr) {
  const isNot = /^-[\p{Alphabetic}\p{N}]/u.test(chunk);
  for (const { text, at: from, parts, wholes } of runs(chunk)) {
    if (isNot) asked.excluded.push(wholes.length ? [wholes[0]] : parts);
    else {
      const units = wholes.length ? [unitOf(text, at + from, wholes, parts)] : parts.map((part) => unitOf(text, at + from, [part], [part]));
      const before = asked.units.at(-1);
      if (isOr && before && !before.isExact) before.options.push(...units.flatMap(({ options }) => options));
      else asked.units.push(...units);
    }
    isOr = false;
  }
  return isOr;
}

/**
 * @param {string} typed
 * @param {number} at
 * @param {string[]} forms
 * @param {string[]} parts
 * @returns {Unit}
 */
const unitOf = (typed, at, forms, parts) => ({
  typed,
  at,
  options: [{ forms, parts, phrase: null }],
  isExact: false,
  isOpen: false,
  isLast: false,
});

/** @param {Unit[]} units */
function distinct(units) {
  const known = new Map();
  for (const unit of units) {
    const key = JSON.stringify([unit.options, unit.isExact]);
    if (!known.has(key)) known.set(key, unit);
  }
  return [...known.values()].slice(0, MOST_WORDS);
}

/**
 * The units that decide: those that are no common words, or all, if there is nothing else.
 *
 * @param {Unit[]} units
 * @param {Set<string>} common
 */
export function withoutCommonWords(units, common) {
  const isCommon = (/** @type {Unit} */ { options }) => options.every(({ forms }) => forms.length === 1 && common.has(forms[0]));
  const rest = units.filter((unit) => !isCommon(unit));
  return rest.length ? rest : units;
}

/**
 * @typedef {object} Named An entry of the table of names: see `src/search/names.rs`.
 * @property {"glossary" | "term" | "place" | "synonyms"} kind
 * @property {string[]} names
 * @property {string} [tag]
 * @property {number[]} [see]
 */

/**
 * @typedef {object} Span Units that are together a name.
 * @property {Unit[]} units
 * @property {{ entry: Named, name: number }[]} found the entries that have it, and which of their names it is
 */

/**
 * The table of names, ready to be asked.
 *
 * @param {Named[]} table
 */
export function nameTable(table) {
  /** @type {Map<string, { entry: Named, name: number, words: string[] }[]>} */
  const byFirst = new Map();
  for (const entry of table) {
    entry.names.forEach((text, name) => {
      const words = runs(text).flatMap(({ parts }) => parts);
      if (words.length) byFirst.set(words[0], [...(byFirst.get(words[0]) ?? []), { entry, name, words }]);
    });
  }
  const starting = (/** @type {string} */ word) => [...(byFirst.get(word) ?? []), ...(byFirst.get(word.replace(/s$/, "")) ?? [])];

  /**
   * The names in a question: at each place the longest, of which several entries may know.
   *
   * @param {Unit[]} units
   * @param {Set<string>} common
   */
  return function spans(units, common) {
    const plain = units.filter(({ isExact, options }) => !isExact && options.length === 1);
    const tokens = plain.flatMap((unit) => unit.options[0].parts.map((word) => ({ word, unit })));
    /** @type {Span[]} */
    const found = [];
    for (let at = 0; at < tokens.length; ) {
      const isThere = (/** @type {string[]} */ words) => words.every((word, n) => [word, word + "s"].includes(tokens[at + n]?.word ?? ""));
      const isMeant = (/** @type {string[]} */ words, /** @type {string} */ name) =>
        words.length > 1 || !common.has(words[0]) || tokens[at].unit.typed === name;
      const here = starting(tokens[at].word).filter(
        ({ words, entry, name }, n, all) =>
          isThere(words) &&
          isMeant(words, entry.names[name]) &&
          all.findIndex((other) => other.entry === entry && other.name === name) === n,
      );
      const length = Math.max(0, ...here.map(({ words }) => words.length));
      if (length) {
        const units = [...new Set(tokens.slice(at, at + length).map(({ unit }) => unit))];
        found.push({ units, found: here.filter(({ words }) => words.length === length) });
      }
      at += length || 1;
    }
    return found;
  };
}

/**
 * A name as a form of the index.
 *
 * @param {string} name
 * @param {Set<string>} common
 */
export function formOf(name, common) {
  const words = runs(name).flatMap(({ parts }) => parts);
  return words.length === 1 && common.has(words[0]) ? "=" + words[0] : words.join(" ");
}

/**
 * The other forms by which a name is searched, each with its weight in per cent; and the names that the reader is shown.
 * A glossary's names mean the same. The label and the other names of a term stand for the cases that carry it, and a
 * place's for those that lie there. Synonyms come after the word itself.
 *
 * @param {Span} span
 * @param {Set<string>} common
 */
export function otherNames({ found }, common) {
  const shares = { glossary: 80, place: 60, term: 40, synonyms: 40 };
  /** @type {Map<string, number>} */
  const forms = new Map();
  /** @type {Set<string>} */
  const shown = new Set();
  const add = (/** @type {string} */ form, /** @type {number} */ share) => forms.set(form, Math.max(share, forms.get(form) ?? 0));
  for (const { entry, name } of found) {
    if (entry.tag) add(entry.tag, entry.kind === "place" ? 80 : 30);
    entry.names.forEach((other, n) => {
      // The other names of a term need not mean the same as each other.
      if (n === name || (entry.kind === "term" && name > 0)) return;
      add(formOf(other, common), shares[entry.kind]);
      shown.add(other);
    });
    if (entry.kind === "term" && name > 0) shown.add(entry.names[0]);
  }
  return { forms, shown: [...shown] };
}
