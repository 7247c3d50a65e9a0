// Finds names in a query (glossary entries, terms, places, synonyms), and searches for their other names too. Loaded
// when a query has the first word of a name.
import { plainUnits } from "./query.js";
import { runs } from "./words.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./query.js").Unit} Unit */
/** @typedef {import("./records.js").NameGroup} NameGroup */
/** @typedef {import("./tally.js").Form} Form */
/** @typedef {import("./tally.js").Tally} Tally */

/**
 * The names in a query.
 *
 * @param {Index} index
 * @param {Unit[]} units
 * @returns {Span[]}
 */
export function spansOf(index, units) {
  index.findNames ??= nameFinder(index.catalogue.names);
  return index.findNames(units, index.catalogue.common);
}

/** Is one of some names an entry of the glossary? @param {Span[]} spans */
export const isSubject = (spans) => spans.some(({ found }) => found.some(({ entry }) => entry.kind === "glossary"));

/**
 * Adds the forms of names to those of words, so that excerpts mark them. A name has the number of its first word.
 *
 * @param {Map<string, number>} known the number of the unit of each form
 * @param {Named[]} spans
 * @param {Unit[]} units
 */
export function addForms(known, spans, units) {
  for (const { forms, units: of } of spans) {
    const first = units.findIndex(({ at }) => at === of[0].at);
    for (const { form } of forms) if (!/ |^:/.test(form)) known.set(form, first);
  }
}

/**
 * Adds the documents of a name of several units. A document that has the name counts as having all its units. Stop
 * words are no units, so a name may have none.
 *
 * @param {Tally} tally
 * @param {Named} span
 * @param {number[]} units
 * @param {import("./units.js").Resolved[]} resolved all units of the query
 */
export function tallyName(tally, span, units, resolved) {
  const found = tally.weigh(span.forms);
  const isPlace = span.found.some(({ entry }) => entry.kind === "place");
  /** @param {number} document @param {number} n */
  const has = (document, n) => (tally.unitBits[document] >>> n) & 1;
  for (const document of found.documents) {
    const hasWords = units.every((n) => has(document, n));
    tally.add(document, found, hasWords);
    for (const n of units) if (!has(document, n)) tally.cover(document, n, found);
    if (isPlace && tally.isSelective(found.cases)) tally.isAbout[document] = 1;
  }
  // Words that only name a term find its cases, so they are not missing.
  if (!found.cases) for (const n of units) resolved[n].reach = Math.max(resolved[n].reach ?? 0, found.reach);
  if (!found.cases || !units.length) return;
  // A reader who types a name means the name, so its words in different places count less.
  const all = units.reduce((bits, n) => bits | (1 << n), 0);
  for (const n of tally.matching) if ((tally.unitBits[n] & all) === all && found.had[n] < 2) tally.isScattered[n] = 1;
}

/**
 * The forms to search for a name of several units, besides its words, and the other names to show to the reader.
 *
 * @param {Index} index
 * @param {Span} span
 * @returns {Promise<Named>}
 */
export async function named(index, span) {
  const isOne = span.units.length === 1;
  return { ...span, shown: otherNames(span, index.catalogue.common).shown, forms: isOne ? [] : await alternatives(index, span) };
}

/**
 * The forms of a name: the phrase itself, the other names, and the tag. If no case has any of them, the related entries
 * of the glossary (`see`).
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
  if (span.units.length > 1 || own[0] === "=") forms.set(own, { share: 100, isBroader: false, lacksWord: false });
  const found = await formsInIndex(index, forms);
  if (found.some(({ cases }) => cases) || (span.units.length === 1 && (await index.entry(own))?.cases)) return found;
  /** @type {Map<string, Share>} */
  const see = new Map();
  const related = { share: 30, isBroader: true, lacksWord: true };
  for (const seen of span.found.flatMap(({ entry }) => entry.see ?? [])) {
    for (const name of names[seen].names) {
      see.set(formOf(name, common), related);
      const others = spansOf(index, plainUnits(name)).flatMap(({ found }) => found);
      for (const { entry } of others) if (entry.tag) see.set(entry.tag, related);
    }
  }
  return [...found, ...(await formsInIndex(index, see))];
}

/** The percentage that another name of a place counts. */
const PLACE = 60;
/** The percentage that a less exact name counts outside titles: less than an inflection of the word itself. */
const LESS_IN_TEXT = 25;

/**
 * Of some forms with their shares, those that documents have. The form of a single word comes with its plural.
 *
 * @param {Index} index
 * @param {Map<string, Share>} forms
 */
async function formsInIndex(index, forms) {
  const found = [...forms].map(async ([form, { share, isBroader, lacksWord }]) => {
    const entry = await index.entry(form);
    if (!entry) return [];
    const plurals = / |^:/.test(form) ? [] : (await index.inflections(entry)).filter((other) => other.form === form + "s");
    const worth = isBroader ? 0 : lacksWord ? 1 : 2;
    const textShare = share < PLACE ? LESS_IN_TEXT : share;
    return [entry, ...plurals].map((entry) => ({ ...index.form(entry, share, textShare), isBroader, worth }));
  });
  return (await Promise.all(found)).flat();
}

/**
 * The form of a name in the index.
 *
 * @param {string} name
 * @param {Set<string>} common
 */
function formOf(name, common) {
  const words = runs(name).flatMap(({ parts }) => parts);
  return words.length === 1 && common.has(words[0]) ? "=" + words[0] : words.join(" ");
}

/**
 * The other forms to search for a name, each with the percentage that it counts, and the other names to show to the
 * reader. The names in a glossary entry are equivalent (80: only the typed name counts more). The tag of a place marks
 * the cases there (80), and some names are of smaller places in it (60). A case that carries a term may not mention it
 * (the tag, 30), and other names of a term may be narrower (40). A synonym has only a similar meaning, so it counts
 * less than any inflection of the word itself (40). A name with an entry in the glossary has a meaning of its own, so a
 * term that has it among its other names is broader: a case about health need not be about a PCT. A case that carries
 * a term has its label, but no other name of it.
 *
 * @param {Span} span
 * @param {Set<string>} common
 */
function otherNames({ found }, common) {
  const shares = { glossary: 80, place: PLACE, term: 40, synonyms: 40 };
  /** @type {Map<string, Share>} */
  const forms = new Map();
  /** @type {Set<string>} */
  const shown = new Set();
  /** @param {string} form @param {number} share */
  const add = (form, share, isOtherName = false) => {
    const isBroader = isOtherName && isDefined;
    if (share > (forms.get(form)?.share ?? 0)) forms.set(form, { share, isBroader, lacksWord: isOtherName });
  };
  const isDefined = isSubject([{ units: [], found }]);
  for (const { entry, name } of found) {
    if (entry.tag) add(entry.tag, entry.kind === "place" ? 80 : 30, entry.kind === "term" && name > 0);
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

/**
 * @typedef {object} Share How much a form counts.
 * @property {number} share the percentage
 * @property {boolean} isBroader it is a broader or related term
 * @property {boolean} lacksWord a document with it may lack the name itself
 */

/**
 * @typedef {object} Span Units that form a name.
 * @property {Unit[]} units
 * @property {{ entry: NameGroup, name: number }[]} found the entries with this name, and the index of the name in each
 */

/**
 * @typedef {Span & { shown: string[], forms: Form[] }} Named A span with its other names and the forms to search for.
 */

/**
 * Makes a function that finds the names of a table in a query.
 *
 * @param {NameGroup[]} table
 */
export function nameFinder(table) {
  /** @type {Map<string, { entry: NameGroup, name: number, words: string[] }[]>} */
  const byFirst = new Map();
  for (const entry of table) {
    entry.names.forEach((text, name) => {
      const parts = runs(text).flatMap(({ parts }) => parts);
      // A name with marks is also found without them: "covid-19" as "covid19".
      const joined = runs(text).flatMap(({ parts, wholes }) => (wholes.length ? wholes.slice(-1) : parts));
      for (const words of parts.length === joined.length ? [parts] : [parts, joined]) {
        if (words.length) byFirst.set(words[0], [...(byFirst.get(words[0]) ?? []), { entry, name, words }]);
      }
    });
  }
  /** @param {string} word */
  const starting = (word) => [...(byFirst.get(word) ?? []), ...(byFirst.get(word.replace(/s$/, "")) ?? [])];

  /** The parts of a word with marks, or the whole if that is a name: "s.75" as S75. @param {Unit} unit */
  const wordsOf = ({ options: [{ forms, parts }] }) => {
    const whole = forms.slice(-1);
    return parts.length > 1 && starting(whole[0]).some(({ words }) => words.length === 1) ? whole : parts;
  };

  /**
   * The names in a query: at each position the longest, which several entries may have.
   *
   * @param {Unit[]} units
   * @param {Set<string>} common
   */
  return function findNames(units, common) {
    const plain = units.filter(({ isExact, options }) => !isExact && options.length === 1);
    const tokens = plain.flatMap((unit) => wordsOf(unit).map((word) => ({ word, unit })));
    /** @type {Span[]} */
    const found = [];
    for (let at = 0; at < tokens.length; ) {
      /** @param {string[]} words */
      const isThere = (words) => words.every((word, n) => [word, word + "s"].includes(tokens[at + n]?.word ?? ""));
      /** @param {string[]} words @param {string} name */
      const isMeant = (words, name) => words.length > 1 || !common.has(words[0]) || tokens[at].unit.typed === name;
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
