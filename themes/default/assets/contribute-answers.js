// The answers so far, and where they are kept: on this device alone, and only on request. `front` is the front matter,
// and `body` the text under each heading; every field reads and writes these two. `kept` is text of an opened file for
// which the form has no field, by the heading that it follows.
import { byId } from "./elements.js";
import { filled } from "./texts.js";

/**
 * A question of the form, as the page has it in JSON.
 *
 * @typedef {object} Field
 * @property {string} key the key that it answers, or `key.within`; none for a text under a heading
 * @property {string} kind the kind of answer, such as `line` or `terms`
 * @property {string} label
 * @property {string} [hint]
 * @property {string} [heading] the heading of the text that answers it
 * @property {string} [lead] a sentence before that text
 * @property {boolean} [sender] whether the answer is about the sender
 * @property {boolean} [required]
 * @property {() => Record<string, any>} [row] the values of the row that the column is in
 * @property {string} [gap] what to say while the answer is missing
 * @property {number | null} [max] the most characters
 * @property {boolean} [file] whether a file name will do for an address
 * @property {string} [autocomplete]
 * @property {boolean} [happened] whether each term is described
 */
/** @typedef {{ id: string, label: string, definition?: string | null, also?: string[] }} Term */
/** @typedef {Field & { name: string, many: boolean, terms: Term[] }} TermsField */
/** @typedef {Field & { columns: Field[], one: string, add: string }} RowsField */
/** @typedef {Field & { choices: [string, string][] }} ChoiceField */
/** @typedef {{ id: string, title: string, intro?: string | null, fields: Field[] }} Part */
/**
 * @typedef {{ parts: Part[], order: string[], reserved_name: string, words: Record<string, any>, email: string | null,
 *   repository: string | null }} Form
 */

/**
 * The answers. The values of `front` and `sender` are those of keys: texts, numbers, lists and mappings.
 *
 * @typedef {object} Answers
 * @property {Record<string, any>} front
 * @property {Record<string, string>} others the lines of an opened file for each key that the form has no field for
 * @property {Record<string, string>} body
 * @property {Record<string, any>} sender
 * @property {Record<string, string>} kept
 * @property {Record<string, boolean>} isMarkdown the headings of opened texts that are edited as Markdown
 * @property {Record<string, any>} unticked the descriptions of terms that are no longer chosen
 */

/** @type {Form} */
export const form = JSON.parse(byId("questions").textContent ?? "");
export const words = form.words;
const storageKey = "casebook:contribute:" + location.pathname;
/** @returns {Answers} */
const fresh = () => ({ front: {}, others: {}, body: {}, sender: {}, kept: {}, isMarkdown: {}, unticked: {} });
export let state = fresh();
export const fields = form.parts.flatMap((part) => part.fields);
let onChange = () => {};
/** Was anything written since the form was begun, or a file opened? */
export let isEdited = false;

/** Replaces all answers by these, or by none. @param {Partial<Answers>} [answers] */
export function begin(answers, edited = false) {
  state = { ...fresh(), ...answers };
  isEdited = edited;
}

/** Sets the function that is called after each change. @param {() => void} act */
export function whenChanged(act) {
  onChange = act;
}

/** A value as a list. @param {unknown} value @returns {any[]} */
export const asArray = (value) => (value === undefined || value === null || value === "" ? [] : Array.isArray(value) ? value : [value]);
/** The id of a term, alone or with a description. @param {string | { term: string }} term */
export const idOf = (term) => (typeof term === "object" ? term.term : term);
/** The names of the places so far. A text alone is a name, and an empty row has none. @returns {string[]} */
export const placeNames = () =>
  asArray(state.front.place)
    .map((place) => (typeof place === "object" ? place.name : place))
    .filter(Boolean);
/** Is the text under a heading edited as Markdown? @param {Field} field */
export const isMarkdown = ({ heading }) => heading !== undefined && state.isMarkdown[heading] === true;
/** @param {unknown} value @returns {boolean} */
export const isBlank = (value) =>
  asArray(value).length === 0 ||
  (typeof value === "string" && !value.trim()) ||
  (typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isBlank));

/**
 * The answer to a question: a text under a heading, a fact about the sender, or the value of a key or of `key.within`.
 *
 * @param {Field} field
 * @returns {any}
 */
export function read(field) {
  if (field.heading) return state.body[field.heading] ?? "";
  if (field.sender) return state.sender[field.key] ?? "";
  const [key, within] = field.key.split(".");
  const value = state.front[key];
  return within ? ((value && typeof value === "object" ? value[within] : undefined) ?? "") : value;
}

/** @param {Field} field @param {any} value */
export function write(field, value) {
  if (field.heading) state.body[field.heading] = value;
  else if (field.sender) state.sender[field.key] = value;
  else {
    const [key, within] = field.key.split(".");
    if (within) state.front[key] = { ...state.front[key], [within]: value };
    else state.front[key] = value;
  }
  changed();
}

/** @type {number | undefined} */
let pause;
function changed() {
  isEdited = true;
  onChange();
  clearTimeout(pause);
  pause = setTimeout(storeAnswers, 400);
}

export function storeAnswers() {
  const box = /** @type {HTMLInputElement} */ (byId("keep"));
  if (!box.checked) return;
  try {
    localStorage.setItem(storageKey, JSON.stringify(state));
    say(filled(words.kept, { time: new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) }));
  } catch {
    box.checked = false;
    say(words.kept_refused);
  }
}

/** Says something below the form, also to a screen reader. @param {string} words */
export const say = (words) => (byId("said").textContent = words);

export function forget() {
  localStorage.removeItem(storageKey);
}

/** The answers that were stored on this device earlier. @returns {Answers | null} */
export function storedAnswers() {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? "null");
  } catch {
    return null;
  }
}

/**
 * The rows so far. A text alone is the value of the first column.
 *
 * @param {RowsField} field
 * @returns {Record<string, any>[]}
 */
export const rowsOf = (field) =>
  asArray(read(field)).map((row) => (typeof row === "object" ? (row ?? {}) : { [field.columns[0].key]: row }));

/**
 * The id of the element for a field, or for a column of its row `n`.
 *
 * @param {Field} field
 * @param {number} [n]
 * @param {Field} [column]
 */
export const idFor = (field, n, column) =>
  "f-" +
  [field.sender ? "sender" : "", field.heading ?? field.key, n, column?.key]
    .filter((part) => part !== undefined && part !== "")
    .join("-")
    .replace(/[^\w-]+/g, "-");
