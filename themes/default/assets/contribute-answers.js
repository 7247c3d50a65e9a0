// The answers so far, and where they are kept: on this device alone, and only on request. `front` is the front matter, and `body`
// the text under each heading; every field reads and writes these two. `kept` is text of an opened file for which the form has no
// field, by the heading that it follows.
import { filled } from "./contribute-elements.js";

export const form = JSON.parse(document.getElementById("cb-questions").textContent);
export const words = form.words;
const store = "casebook:contribute:" + location.pathname;
const fresh = () => ({ front: {}, body: {}, sender: {}, kept: {}, written: {} });
export let state = fresh();
export const fields = form.parts.flatMap((part) => part.fields);
let onChange = () => {};

/** Replaces all answers by these, or by none. */
export function begin(answers) {
  state = { ...fresh(), ...answers };
}

/** Sets the function that is called after each change. */
export function whenChanged(act) {
  onChange = act;
}

export const list = (value) => (value === undefined || value === null || value === "" ? [] : Array.isArray(value) ? value : [value]);
export const idOf = (term) => (typeof term === "object" ? term.term : term);
export const isBlank = (value) =>
  list(value).length === 0 || (typeof value === "object" && !Array.isArray(value) && Object.values(value).every(isBlank));

// The answer to a question: a text under a heading, a fact about the sender, or the value of a key or of `key.within`.
export function read(field) {
  if (field.heading) return state.body[field.heading] ?? "";
  if (field.sender) return state.sender[field.key] ?? "";
  const [key, within] = field.key.split(".");
  const value = state.front[key];
  return within ? ((value && typeof value === "object" ? value[within] : undefined) ?? "") : value;
}

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

let pause;
export function changed() {
  onChange();
  clearTimeout(pause);
  pause = setTimeout(keep, 400);
}

export function keep() {
  const box = document.getElementById("cb-keep");
  if (!box.checked) return;
  try {
    localStorage.setItem(store, JSON.stringify(state));
    say(filled(words.kept, { time: new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) }));
  } catch {
    box.checked = false;
    say(words.kept_refused);
  }
}

export const say = (words) => (document.getElementById("cb-said").textContent = words);

export function forget() {
  localStorage.removeItem(store);
}

/** The answers that were stored on this device earlier. */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(store));
  } catch {
    return null;
  }
}

export const idFor = (field, n, column) =>
  "f-" +
  [field.sender ? "sender" : "", field.heading ?? field.key, n, column?.key]
    .filter((part) => part !== undefined && part !== "")
    .join("-")
    .replace(/[^\w-]+/g, "-");
