// The names in a question that the library knows: of its glossary, its terms, its places, and words that mean the same; and by
// which other names each is asked. Loaded when a question has a word with which a name begins.
import { plainUnits } from "./question.js";
import { runs } from "./words.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./question.js").Unit} Unit */
/** @typedef {import("./tally.js").Form} Form */
/** @typedef {import("./tally.js").Tally} Tally */

/**
 * The names in a question.
 *
 * @param {Index} index
 * @param {Unit[]} units
 * @returns {Span[]}
 */
export function spansOf(index, units) {
  index.spans ??= nameTable(index.catalogue.names);
  return index.spans(units, index.catalogue.common);
}

/** Is one of some names an entry of the glossary? @param {Span[]} spans */
export const isSubject = (spans) => spans.some(({ found }) => found.some(({ entry }) => entry.kind === "glossary"));

/**
 * Adds the forms of names to those of words: a name is marked as its first word.
 *
 * @param {Map<string, number>} known the number of the unit that each form stands for
 * @param {any[]} spans
 * @param {Unit[]} units
 */
export function addForms(known, spans, units) {
  for (const { forms, units: of } of spans) {
    const first = units.findIndex(({ at }) => at === of[0].at);
    for (const { form } of forms) if (!/ |^:/.test(form)) known.set(form, first);
  }
}

/**
 * Adds what a name of several units finds: a document that has it has each of them.
 *
 * @param {Tally} tally
 * @param {any} span
 * @param {number[]} units
 */
export function tallyName(tally, span, units) {
  const found = tally.worth(span.forms);
  const isPlace = span.found.some((/** @type {any} */ { entry }) => entry.kind === "place");
  const has = (/** @type {number} */ document, /** @type {number} */ n) => (tally.had[document] >>> n) & 1;
  for (const document of found.documents) {
    const hasWords = units.every((n) => has(document, n));
    tally.add(document, found, hasWords);
    for (const n of units) {
      if (has(document, n)) continue;
      tally.had[document] |= 1 << n;
      tally.told[document] += tally.information[n];
    }
    if (isPlace && tally.isTelling(found.cases)) tally.isAbout[document] = 1;
  }
  // Who asks for a name means the name: its words by themselves, here and there, count less.
  const all = units.reduce((bits, n) => bits | (1 << n), 0);
  if (!found.cases) return;
  for (const n of tally.met) if ((tally.had[n] & all) === all && !found.worths[n]) tally.isScattered[n] = 1;
}

/**
 * A name of several units: by what it is asked besides its words, and what a reader is told of it.
 *
 * @param {Index} index
 * @param {Span} span
 */
export async function named(index, span) {
  const isOne = span.units.length === 1;
  return { ...span, told: otherNames(span, index.catalogue.common).told, forms: isOne ? [] : await alternatives(index, span) };
}

/**
 * The forms of a name: the phrase itself, the other names, and the tag; where no case has any of them, what the glossary
 * says to look at.
 *
 * @param {Index} index
 * @param {Span} span
 * @returns {Promise<Form[]>}
 */
export async function alternatives(index, span) {
  const { common, names } = index.catalogue;
  const { forms } = otherNames(span, common);
  const [{ entry, name }] = span.found;
  const own = formOf(entry.names[name], common);
  if (span.units.length > 1) forms.set(own, 100);
  const found = await known(index, forms);
  if (found.some(({ cases }) => cases) || (span.units.length === 1 && (await index.entry(own))?.cases)) return found;
  const see = new Map();
  for (const seen of span.found.flatMap(({ entry }) => entry.see ?? [])) {
    for (const name of names[seen].names) {
      see.set(formOf(name, common), 30);
      const others = spansOf(index, plainUnits(name)).flatMap(({ found }) => found);
      for (const { entry } of others) if (entry.tag) see.set(entry.tag, 30);
    }
  }
  return known(index, see);
}

/**
 * Those of some forms that documents have, each with its share; for one word also its plural.
 *
 * @param {Index} index
 * @param {Map<string, number>} forms
 */
async function known(index, forms) {
  const found = [...forms].map(async ([form, share]) => {
    const entry = await index.entry(form);
    if (!entry) return [];
    const mates = / |^:/.test(form) ? [] : (await index.mates(entry)).filter((mate) => mate.form === form + "s");
    return [entry, ...mates].map((entry) => index.form(entry, share));
  });
  return (await Promise.all(found)).flat();
}

/**
 * A name as a form of the index.
 *
 * @param {string} name
 * @param {Set<string>} common
 */
function formOf(name, common) {
  const words = runs(name).flatMap(({ parts }) => parts);
  return words.length === 1 && common.has(words[0]) ? "=" + words[0] : words.join(" ");
}

/**
 * By which other forms a name is asked, each with the share in 100 that it counts; and which of the names a reader is told.
 * A glossary's names mean the same. The label and the other names of a term stand for the cases that carry it, and a
 * place's for those that lie there. Synonyms come after the word itself.
 *
 * @param {Span} span
 * @param {Set<string>} common
 */
function otherNames({ found }, common) {
  const shares = { glossary: 80, place: 60, term: 40, synonyms: 40 };
  /** @type {Map<string, number>} */
  const forms = new Map();
  /** @type {Set<string>} */
  const told = new Set();
  const add = (/** @type {string} */ form, /** @type {number} */ share) => forms.set(form, Math.max(share, forms.get(form) ?? 0));
  for (const { entry, name } of found) {
    if (entry.tag) add(entry.tag, entry.kind === "place" ? 80 : 30);
    entry.names.forEach((other, n) => {
      // The other names of a term need not mean the same as each other.
      if (n === name || (entry.kind === "term" && name > 0)) return;
      add(formOf(other, common), shares[entry.kind]);
      told.add(other);
    });
    if (entry.kind === "term" && name > 0) told.add(entry.names[0]);
  }
  return { forms, told: [...told] };
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
function nameTable(table) {
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
