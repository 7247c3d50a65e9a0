// Units of a query → the forms of the index that match each.
/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./question.js").Option} Option */
/** @typedef {import("./question.js").Unit} Unit */
/** @typedef {import("./records.js").Entry} Entry */
/** @typedef {import("./tally.js").Form} Form */

/**
 * A unit with its forms. `begun` are the prefixes that it matches, `taken` the word that replaced it as a correction, `near` the
 * word that is suggested.
 *
 * @typedef {Unit & { forms: Form[], begun: string[], taken: string | null, near: string | null, cases: number }} Resolved
 */

/**
 * The forms that match a unit.
 *
 * @param {Index} index
 * @param {Unit} unit
 * @param {import("./names.js").Span[]} spans the names that it is
 * @returns {Promise<Resolved>}
 */
export async function resolve(index, unit, spans) {
  const found = await Promise.all(unit.options.map((option) => optionForms(index, unit, option)));
  const names = spans.length ? await index.part(() => import("./names.js")) : null;
  const others = await Promise.all(spans.map((span) => /** @type {any} */ (names).alternatives(index, span)));
  const forms = [...found.flatMap(({ forms }) => forms), ...others.flat()];
  const begun = found.flatMap(({ begun }) => begun);
  const isFound = forms.some(({ cases }) => cases > 0);
  const resolved = { ...unit, forms, begun, taken: null, near: null, cases: 0 };
  const isWord = !unit.isExact && unit.options.length === 1 && !unit.options[0].phrase;
  return isFound || !isWord ? resolved : (await index.part(() => import("./spelling.js"))).unknown(index, resolved);
}

/**
 * @param {Index} index
 * @param {Unit} unit
 * @param {Option} option
 * @returns {Promise<{ forms: Form[], begun: string[] }>}
 */
async function optionForms(index, unit, option) {
  if (!option.phrase) return wordForms(index, unit, option);
  const { phraseForms } = await index.part(() => import("./phrases.js"));
  return { forms: await phraseForms(index, option.phrase), begun: [] };
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
  const begun = unit.isOpen ? await index.beginning(forms[0]) : [];
  const inflections = exact && !unit.isExact ? await index.inflections(exact) : [];
  const isPlural = (/** @type {Entry} */ a, /** @type {Entry} */ b) => a.form + "s" === b.form;
  // The typed word comes first. A plural has nearly the same meaning; "partnering" and "partnership" differ more, so a case with
  // only that form needs half as much weight again to come before one with the typed word.
  const share = (/** @type {Entry} */ entry) => (exact && (isPlural(entry, exact) || isPlural(exact, entry)) ? 90 : 65);
  const found = [
    ...entries.flatMap((entry) => (entry ? [index.form(entry, 100)] : [])),
    ...begun.map((entry) => index.form(entry, 90)),
    ...inflections.map((entry) => index.form(entry, share(entry))),
  ];
  if (parts.length > 1) found.push(...(await (await index.part(() => import("./phrases.js"))).together(index, option)));
  return { forms: found, begun: begun.length ? [forms[0]] : [] };
}
