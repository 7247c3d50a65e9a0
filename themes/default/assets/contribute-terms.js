// The terms of a vocabulary, each with its definition and, if the question asks for it, with a field for what happened.
import { idFor, idOf, asArray, read, say, state, words, write } from "./contribute-answers.js";
import { box } from "./contribute-box.js";
import { element, inputOf } from "./elements.js";
import { filled, plural } from "./texts.js";

/** @typedef {import("./contribute-answers.js").Term} Term */
/** @typedef {import("./contribute-answers.js").TermsField} TermsField */
/** @typedef {{ row: HTMLElement, term: Term, input: HTMLInputElement, showHappened: () => void }} TermRow */

/** A longer list of terms has a box that narrows it. */
const LONG_LIST = 16;

/**
 * The terms of a vocabulary: checkboxes if a case may carry several, otherwise radio buttons.
 *
 * @param {TermsField} field
 */
export function terms(field) {
  const id = idFor(field);
  // Terms of an opened file that the library does not have can be seen and taken away.
  const others = asArray(read(field))
    .map(idOf)
    .filter((chosen) => !field.terms.some((term) => term.id === chosen));
  const unknown = others.map((term) => ({ id: term, label: filled(words.not_a_term, { term }) }));
  const rows = [...field.terms, ...unknown].map((term) => termRow(field, term));
  for (const { input } of rows) input.addEventListener("change", () => rows.forEach(({ showHappened }) => showHappened()));
  return element(
    "fieldset",
    { id, tabIndex: -1 },
    element("legend", {}, field.label),
    field.hint && element("p", { className: "cb-hint" }, field.hint),
    rows.length > LONG_LIST && narrowBox(field, rows),
    element("ul", { className: "cb-terms-list" }, ...rows.map(({ row }) => row)),
    !field.many && clearButton(field, rows),
  );
}

/**
 * A term as it was chosen, alone or with a description; undefined if it is not chosen.
 *
 * @param {TermsField} field
 * @param {Term} term
 */
const chosenTerm = (field, term) => asArray(read(field)).find((chosen) => idOf(chosen) === term.id);

/**
 * Chooses these terms. What was said of a term that is no longer chosen comes back if it is chosen again.
 *
 * @param {TermsField} field
 * @param {(string | { term: string })[]} chosen
 */
function choose(field, chosen) {
  const keyOf = (/** @type {string | { term: string }} */ term) => `${field.key}.${idOf(term)}`;
  for (const term of asArray(read(field))) state.unticked[keyOf(term)] = term;
  const all = chosen.map((term) => (typeof term === "object" ? term : (state.unticked[keyOf(term)] ?? term)));
  write(field, all);
}

/**
 * A term with its definition. If the question asks what happened, the fields for it are shown while the term is chosen.
 *
 * @param {TermsField} field
 * @param {Term} term
 * @returns {TermRow}
 */
function termRow(field, term) {
  const id = `${idFor(field)}-${term.id}`;
  const input = element("input", {
    type: field.many ? "checkbox" : "radio",
    name: idFor(field),
    id,
    checked: chosenTerm(field, term) !== undefined,
    "aria-describedby": term.definition && `${id}-d`,
  });
  const row = element(
    "li",
    { className: "cb-term-row" },
    input,
    element("label", { htmlFor: id }, term.label),
    term.definition ? element("span", { className: "cb-hint", id: `${id}-d` }, term.definition) : "",
  );
  const showHappened = () => {
    const shown = row.querySelector(".cb-happened");
    const isChosen = field.happened && chosenTerm(field, term) !== undefined;
    if (!isChosen) shown?.remove();
    else if (!shown) row.append(happenedFields(field, term));
  };
  showHappened();
  input.addEventListener("change", () => {
    const others = field.many ? asArray(read(field)).filter((chosen) => idOf(chosen) !== term.id) : [];
    choose(field, input.checked ? [...others, term.id] : others);
  });
  return { row, term, input, showHappened };
}

/** The fields for what happened under a chosen term. @param {TermsField} field @param {Term} term */
function happenedFields(field, term) {
  const id = `${idFor(field)}-${term.id}`;
  const value = chosenTerm(field, term);
  const set = (/** @type {string} */ key) => (/** @type {string | string[]} */ text) => {
    const described = (/** @type {string | object} */ chosen) => ({
      term: term.id,
      ...(typeof chosen === "object" ? chosen : {}),
      [key]: text,
    });
    const all = asArray(read(field)).map((chosen) => (idOf(chosen) === term.id ? described(chosen) : chosen));
    write(field, all);
  };
  return element(
    "div",
    { className: "cb-happened" },
    box({ key: "what", kind: "text", label: words.what }, `${id}-what`, value.what, set("what")),
    box(
      { key: "response", kind: "text", label: words.response, hint: words.response_hint },
      `${id}-response`,
      value.response,
      set("response"),
    ),
  );
}

/**
 * A box that hides the terms without the typed text, except for chosen ones.
 *
 * @param {TermsField} field
 * @param {TermRow[]} rows
 */
function narrowBox(field, rows) {
  // No id of a term begins with a hyphen.
  const id = idFor(field) + "--narrow";
  const narrow = (/** @type {Event} */ event) => {
    const typed = inputOf(event).value.trim().toLowerCase();
    let count = 0;
    for (const { row, term } of rows) {
      const fits = [term.label, term.definition ?? "", ...(term.also ?? [])].some((text) => text.toLowerCase().includes(typed));
      row.hidden = !fits && chosenTerm(field, term) === undefined;
      if (fits) count += 1;
    }
    say(plural(words.fits, count));
  };
  return element(
    "div",
    { className: "cb-field" },
    element("label", { htmlFor: id }, words.narrow),
    element("input", { id, type: "text", autocomplete: "off", oninput: narrow }),
  );
}

/** A button that takes back the choice of a radio button. @param {TermsField} field @param {TermRow[]} rows */
function clearButton(field, rows) {
  const onclick = () => {
    choose(field, []);
    for (const { input, showHappened } of rows) {
      input.checked = false;
      showHappened();
    }
  };
  return element("button", { type: "button", className: "cb-quiet", onclick }, words.choose_none);
}
