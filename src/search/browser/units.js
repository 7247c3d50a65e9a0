// Units of a query → the forms of the index that match each.
/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./names.js").Span} Span */
/** @typedef {import("./query.js").Option} Option */
/** @typedef {import("./query.js").Unit} Unit */
/** @typedef {import("./records.js").Entry} Entry */
/** @typedef {import("./tally.js").Form} Form */

/**
 * @typedef {object} Resolution
 * @property {Form[]} forms
 * @property {string[]} prefixes the prefixes that it matches
 * @property {string[]} candidates the words that may have been meant
 * @property {boolean} [isReplaceable] whether a candidate may replace it
 * @property {boolean} [isCommon] whether it is a common word of the language, though no case has it
 * @property {string | null} taken the candidate that replaced it
 * @property {string | null} [suggested] the candidate that is suggested
 * @property {number} cases how many cases have it, after the tally
 * @property {number} [reach] how many cases have it or a related term, after the tally
 */

/** @typedef {Unit & Resolution} Resolved A unit with the forms that match it. */

/**
 * The percentages that an inflection counts, in a title and elsewhere. A title has few words, and its author chose one
 * form of each word. A text mentions many words in passing, so the word as typed says more there. A plural has nearly
 * the same meaning; "partnering" and "partnership" differ more.
 *
 * @typedef {[number, number]} Shares
 */
/** @type {Shares} */
const PLURAL = [90, 85];
/** @type {Shares} */
const INFLECTED = [65, 30];

/**
 * The forms that match a unit.
 *
 * @param {Index} index
 * @param {Unit} unit
 * @param {Span[]} spans the names that consist of this unit
 * @returns {Promise<Resolved>}
 */
export async function resolve(index, unit, spans) {
  // A name that is also a stop word, such as IT, has a form of its own.
  const isAcronym = spans[0] && index.catalogue.common.has(unit.options[0].forms[0]);
  const options = isAcronym ? [] : unit.options;
  const found = await Promise.all(options.map((option) => optionForms(index, unit, option)));
  const names = spans[0] && (await index.part(() => import("./names.js")));
  const others = await Promise.all(spans.map((span) => names.alternatives(index, span)));
  const forms = [...found.flatMap(({ forms }) => forms), ...others.flat()];
  const prefixes = found.flatMap(({ prefixes }) => prefixes);
  const isKnown = forms.some(({ cases }) => cases) || names?.isSubject(spans);
  const resolved = { ...unit, forms, prefixes, candidates: [], taken: null, cases: 0 };
  const isWord = !unit.isExact && unit.options.length === 1 && !unit.options[0].phrase;
  return isKnown || !isWord ? resolved : (await index.part(() => import("./spelling.js"))).resolveUnknown(index, resolved);
}

/**
 * @param {Index} index
 * @param {Unit} unit
 * @param {Option} option
 * @returns {Promise<{ forms: Form[], prefixes: string[] }>}
 */
async function optionForms(index, unit, option) {
  if (!option.phrase) return wordForms(index, unit, option);
  const { phraseForms } = await index.phrases();
  return { forms: await phraseForms(index, option.phrase), prefixes: [] };
}

/**
 * The forms that match a word: itself, longer forms while it is being typed, and its inflections.
 *
 * @param {Index} index
 * @param {Unit} unit
 * @param {Option} option
 */
export async function wordForms(index, unit, option) {
  const { forms, parts } = option;
  const entries = await Promise.all(forms.map((form) => index.entry(form)));
  const exact = entries.find(Boolean);
  const longer = unit.isOpen ? await index.withPrefix(forms[0]) : [];
  const inflections = exact && !unit.isExact ? await index.inflections(exact) : [];
  /** @param {string} a @param {string} b */
  const isPlural = (a, b) => a + "s" === b || b + "s" === a;
  /** @param {Entry} of */
  const shares = ({ form }) => (isPlural(form, exact?.form ?? "") ? PLURAL : INFLECTED);
  const found = [
    ...entries.flatMap((entry) => (entry ? [index.form(entry, 100)] : [])),
    ...longer.map((entry) => index.form(entry, 90)),
    ...inflections.map((entry) => index.form(entry, ...shares(entry))),
  ];
  if (parts.length > 1) found.push(...(await (await index.phrases()).together(index, option, exact?.cases)));
  return { forms: found, prefixes: longer.length ? [forms[0]] : [] };
}
