// Query → documents with their scores: resolves its units to forms, and tallies the documents that have them.
import { hasOperators, plainUnits, contentUnits } from "./query.js";
import { Tally } from "./tally.js";
import { resolve } from "./units.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./names.js").Named} Named */
/** @typedef {import("./query.js").Unit} Unit */
/** @typedef {import("./units.js").Resolved} Resolved */

/** The most characters of a query that are read. */
const MAX_LENGTH = 10000;

/**
 * The documents that match a query.
 *
 * @typedef {object} Hits
 * @property {Resolved[]} units
 * @property {Resolved[]} typed the units before they were corrected
 * @property {string} [correction] the text with its corrections
 * @property {string | null} suggestion the text with its suggestions
 * @property {Named[]} spans the names in it
 * @property {number[] | null} cases null if the query has no words
 * @property {number[]} others the plain pages and entries of the glossary
 * @property {Float64Array} scores the score of each document
 * @property {Uint32Array} unitBits for each document, a bit for each unit that it has
 * @property {number} allBits the bits of all units
 * @property {(form: string) => number} matchingUnit the number of the unit that a form matches, or -1
 * @property {Map<number, number>} raisedScores the scores of the first cases, raised for words near each other
 */

/**
 * The documents that match a query. The last result is kept.
 *
 * @param {Index} index
 * @param {string | undefined} given
 * @returns {Promise<Hits>}
 */
export async function hitsOf(index, given) {
  await index.open();
  const text = String(given ?? "").slice(0, MAX_LENGTH);
  const query = await parsed(index, text);
  const key = JSON.stringify(query);
  if (index.last?.key !== key) index.last = { key, hits: await computeHits(index, query) };
  return index.last.hits;
}

/** @param {Index} index @param {string} text */
const parsed = async (index, text) =>
  hasOperators(text)
    ? (await index.part(() => import("./operators.js"))).parse(text)
    : { text, units: plainUnits(text), phrases: [], excluded: [] };

/**
 * The documents that match a query. A corrected query has those of the text with its corrections, and nothing else: a
 * correction may complete a name.
 *
 * @param {Index} index
 * @param {import("./query.js").Query} query
 * @returns {Promise<Hits>}
 */
async function computeHits(index, query) {
  const nameSearch = mayHaveNames(index, query.units) ? await index.part(() => import("./names.js")) : null;
  const spans = nameSearch?.spansOf(index, query.units) ?? [];
  /** The names that consist of one unit. @param {Unit} unit */
  const namesOf = (unit) => spans.filter(({ units }) => units.length === 1 && units[0] === unit);
  const content = contentUnits(query.units, index.catalogue.common, (unit) => namesOf(unit).length > 0);
  /** @param {string[]} phrase */
  const withPhrase = async (phrase) => (await index.phrases()).documentsWith(index, phrase);
  const [resolved, names, required, excluded] = await Promise.all([
    Promise.all(content.map((unit) => resolve(index, unit, namesOf(unit)))),
    Promise.all(nameSearch ? spans.map((span) => nameSearch.named(index, span)) : []),
    Promise.all(query.phrases.map(withPhrase)),
    Promise.all(query.excluded.map(withPhrase)),
  ]);
  // "money is tight" is a name of savings, so its words are not mistyped, even if no case has one of them.
  /** @param {Unit} unit */
  const isInName = (unit) => names.some(({ units, forms }) => units.includes(unit) && forms.some(({ cases }) => cases));
  const known = resolved.map((unit, n) => (isInName(content[n]) ? { ...unit, candidates: [] } : unit));
  const { units, correction, suggestion } = await withCorrections(index, query.text, known);
  if (correction) return { correction, ...(await computeHits(index, await parsed(index, correction))), typed: units };
  const tally = new Tally(index.head.cases, index.all);
  units.forEach((unit, n) => tally.addUnit(unit, n, nameSearch?.isSubject(namesOf(content[n]))));
  if (tally.mostWordsAreMissing(units)) {
    const { neighbours } = await index.phrases();
    for (const n of await neighbours(index, query.text, units)) tally.isAbout[n] = 1;
  }
  for (const span of names) {
    const numbers = span.units.map((unit) => content.indexOf(unit)).filter((n) => n >= 0);
    nameSearch?.tallyName(tally, span, numbers, units);
  }
  /** @param {number} n */
  const passes = (n) => required.every((set) => set.has(n)) && !excluded.some((set) => set.has(n));
  const { cases, others } = tally.finish(units, passes);
  const hasWords = content.length > 0;
  const unitOfForm = unitNumbers(units);
  nameSearch?.addForms(unitOfForm, names, units);
  return {
    units,
    typed: units,
    suggestion,
    spans: names,
    cases: hasWords ? cases : excluded.length ? [...Array(index.head.cases).keys()].filter(passes) : null,
    others: hasWords ? others : [],
    scores: tally.scores,
    unitBits: tally.unitBits,
    allBits: tally.allBits,
    matchingUnit: (form) => unitOfForm.get(form) ?? units.findIndex(({ prefixes }) => prefixes.some((prefix) => form.startsWith(prefix))),
    raisedScores: new Map(),
  };
}

/**
 * Does any word of a query begin a name?
 *
 * @param {Index} index
 * @param {Unit[]} units
 */
function mayHaveNames({ firstWordsOfNames }, units) {
  /** @param {string} word */
  const beginsName = (word) => firstWordsOfNames.has(word) || firstWordsOfNames.has(word.replace(/s$/, ""));
  return units.some(({ options }) => options.some(({ forms, parts }) => [...forms, ...parts].some(beginsName)));
}

/**
 * The units with their corrections, and the text with its corrections and its suggestions.
 *
 * @param {Index} index
 * @param {string} text
 * @param {Resolved[]} units
 */
async function withCorrections(index, text, units) {
  if (!units.some(({ candidates, taken }) => candidates[0] ?? taken)) return { units, correction: null, suggestion: null };
  return (await index.part(() => import("./spelling.js"))).corrected(index, text, units);
}

/**
 * For each form that was searched, the number of its unit.
 *
 * @param {Resolved[]} units
 */
const unitNumbers = (units) => new Map(units.flatMap(({ forms }, n) => forms.map(({ form }) => /** @type {const} */ ([form, n]))));
