// A text → the documents that answer it, and how well: its units are resolved to forms, and the documents tallied.
import { hasOperators, plainUnits, telling } from "./question.js";
import { Tally } from "./tally.js";
import { resolve } from "./units.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./units.js").Resolved} Resolved */

/** How much of a text is read. */
const LONGEST_TEXT = 10000;

/**
 * What a text finds.
 *
 * @typedef {object} Hits
 * @property {string} text
 * @property {Resolved[]} units
 * @property {any[]} spans the names in it that were asked by other names too
 * @property {number[] | null} cases null where the text asks for nothing
 * @property {number[]} others the plain pages and entries of the glossary
 * @property {Float64Array} scores of each document
 * @property {Uint32Array} had a bit for each unit that a document has
 * @property {number} full the bits of all units
 * @property {(form: string) => number} mark the number of the unit that a form stands for, or -1
 * @property {Map<number, number>} near scores of the first cases with what stands together in them
 */

/**
 * What a text finds, kept until another is asked.
 *
 * @param {Index} index
 * @param {any} given
 * @returns {Promise<Hits>}
 */
export async function asked(index, given) {
  await index.open();
  const text = String(given ?? "").slice(0, LONGEST_TEXT);
  const asked = hasOperators(text)
    ? (await index.part(() => import("./operators.js"))).ask(text)
    : { text, units: plainUnits(text), phrases: [], excluded: [] };
  const key = JSON.stringify(asked);
  if (index.last.key !== key) index.last = { key, ...(await hits(index, asked)) };
  return index.last;
}

/**
 * @param {Index} index
 * @param {import("./question.js").Asked} asked
 * @returns {Promise<Hits>}
 */
async function hits(index, asked) {
  const { common } = index.catalogue;
  const begins = (/** @type {string} */ word) => index.nameWords.has(word) || index.nameWords.has(word.replace(/s$/, ""));
  const hasNames = asked.units.some(({ options }) => options.some(({ parts }) => parts.some(begins)));
  const ofNames = hasNames ? await index.part(() => import("./names.js")) : null;
  const spans = ofNames?.spansOf(index, asked.units) ?? [];
  const told = telling(asked.units, common);
  const namesOf = (/** @type {any} */ unit) => spans.filter(({ units }) => units.length === 1 && units[0] === unit);
  const holds = async (/** @type {string[]} */ phrase) => (await index.part(() => import("./phrases.js"))).holding(index, phrase);
  const [units, names, held, left] = await Promise.all([
    Promise.all(told.map((unit) => resolve(index, unit, namesOf(unit)))),
    Promise.all(ofNames ? spans.map((span) => ofNames.named(index, span)) : []),
    Promise.all(asked.phrases.map(holds)),
    Promise.all(asked.excluded.map(holds)),
  ]);
  const tally = new Tally(index.head.cases, index.all);
  units.forEach((unit, n) => tally.unit(unit, n, ofNames?.isSubject(namesOf(told[n]))));
  if (!units.every(({ cases }) => cases)) {
    const { neighbours } = await index.part(() => import("./phrases.js"));
    for (const n of await neighbours(index, asked.text, units)) tally.isAbout[n] = 1;
  }
  for (const span of names) {
    const numbers = span.units.map((/** @type {any} */ unit) => told.indexOf(unit));
    ofNames?.tallyName(
      tally,
      span,
      numbers.filter((/** @type {number} */ n) => n >= 0),
    );
  }
  const passes = (/** @type {number} */ n) => held.every((set) => set.has(n)) && !left.some((set) => set.has(n));
  const { cases, others } = tally.listed(units, passes);
  const known = formsOf(units);
  ofNames?.addForms(known, names, units);
  return {
    text: asked.text,
    units,
    spans: names.filter(({ told }) => told.length),
    cases: told.length ? cases : null,
    others: told.length ? others : [],
    scores: tally.scores,
    had: tally.had,
    full: tally.full,
    mark: (form) => known.get(form) ?? units.findIndex(({ begun }) => begun.some((start) => form.startsWith(start))),
    near: new Map(),
  };
}

/**
 * The number of the unit that each form of a text stands for.
 *
 * @param {Resolved[]} units
 */
function formsOf(units) {
  /** @type {Map<string, number>} */
  const known = new Map();
  units.forEach(({ forms }, n) => {
    for (const { form } of forms) if (!form.startsWith(":")) known.set(form, n);
  });
  return known;
}

/**
 * What became of each word of a text: how many cases have it, and by which other names it was asked.
 *
 * @param {Index} index
 * @param {string} text
 */
export async function explain(index, text) {
  const { units, spans } = await asked(index, text);
  const typed = (/** @type {any[]} */ units) => units.map(({ typed }) => typed).join(" ");
  return units.map(({ typed: text, at, cases, taken }) => {
    const named = spans.filter((span) => span.units.some((/** @type {any} */ unit) => unit.at === at));
    return { text, cases, names: named.map((span) => ({ text: typed(span.units), as: span.told })), taken };
  });
}
