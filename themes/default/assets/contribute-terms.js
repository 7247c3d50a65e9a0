// The terms of a vocabulary, each with its definition and, if the question asks for it, with a field for what happened.
import { idFor, idOf, asArray, read, say, words, write } from "./contribute-answers.js";
import { box } from "./contribute-box.js";
import { element, inputOf } from "./elements.js";
import { plural } from "./texts.js";

/** @typedef {import("./contribute-answers.js").Term} Term */
/** @typedef {import("./contribute-answers.js").TermsField} TermsField */
/** @typedef {{ row: HTMLElement, term: Term, input: HTMLInputElement }} TermRow */

/** A longer list of terms has a box that narrows it. */
const LONG_LIST = 16;

/**
 * The terms of a vocabulary: checkboxes if a case may carry several, otherwise radio buttons.
 *
 * @param {TermsField} field
 */
export function terms(field) {
  const id = idFor(field);
  const rows = field.terms.map((term) => termRow(field, term));
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

/** @param {TermsField} field @param {Term} term @param {boolean} isChosen */
function choose(field, term, isChosen) {
  const others = field.many ? asArray(read(field)).filter((chosen) => idOf(chosen) !== term.id) : [];
  write(field, isChosen ? [...others, term.id] : others);
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
    row.querySelector(".cb-happened")?.remove();
    if (field.happened && chosenTerm(field, term) !== undefined) row.append(happenedFields(field, term));
  };
  showHappened();
  input.addEventListener("change", () => {
    choose(field, term, input.checked);
    showHappened();
  });
  return { row, term, input };
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
  const id = idFor(field) + "-narrow";
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
    write(field, []);
    for (const { input } of rows) input.checked = false;
  };
  return element("button", { type: "button", className: "cb-quiet", onclick }, words.choose_none);
}
