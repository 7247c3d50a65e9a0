// The fields of one value: a box for text, a choice, a tick.
import { idFor, asArray, isBlank, isMarkdown, read, state, words, write } from "./contribute-answers.js";
import { element, inputOf } from "./elements.js";
import { filled, plural } from "./texts.js";
import { fault } from "./contribute-faults.js";
import { sourceId } from "./contribute-file.js";

/** @typedef {import("./contribute-answers.js").Field} Field */

/** A count of characters is also spoken when fewer than this are left. */
const FEW_LEFT = 30;

let isPressed = false;
addEventListener("mousedown", () => (isPressed = true), true);
addEventListener("mouseup", () => (isPressed = false), true);

/**
 * Acts at once, or while a mouse button is down after its click: what moves under the pointer would lose the click.
 *
 * @param {() => void} act
 */
function afterPress(act) {
  if (isPressed) addEventListener("mouseup", () => setTimeout(act), { once: true });
  else act();
}

/**
 * A text field with its label, hint, message and count.
 *
 * @param {Field} field
 * @param {string} id
 * @param {unknown} value
 * @param {(value: string | string[]) => void} set
 */
export function box(field, id, value, set) {
  const hints = [field.hint, field.kind === "story" && (isMarkdown(field) ? words.markdown_hint : words.list_hint)];
  const hint = hints.some(Boolean) && element("p", { className: "cb-hint", id: id + "-hint" }, hints.filter(Boolean).join(" "));
  const message = element("p", { className: "cb-wrong", id: id + "-wrong", hidden: true });
  const count = field.max ? element("p", { className: "cb-count", id: id + "-count" }) : undefined;
  // A screen reader speaks what is put here, even after its reader has gone on to the next field.
  const spoken = element("p", { className: "cb-vh", role: "status" });
  const input = inputFor(field, id, value);
  input.setAttribute("aria-describedby", [hint && id + "-hint", id + "-wrong", count && id + "-count"].filter(Boolean).join(" "));
  const check = () => showFault(field, input, message, spoken);
  const showCount = count ? charactersLeft(field, input, count, spoken) : () => {};
  input.addEventListener("input", () => {
    set(typedValue(field, input));
    showCount();
    if (!message.hidden) check();
  });
  input.addEventListener("blur", () => afterPress(check));
  // A link to the field from a list of what is to be put right.
  input.addEventListener("check", check);
  showCount();
  return element(
    "div",
    { className: "cb-field" },
    element("label", { htmlFor: id }, field.label),
    hint,
    message,
    input,
    count,
    spoken,
    field.kind === "story" && cites(field, input),
  );
}

/**
 * The element that takes a text, of one line or several.
 *
 * @param {Field} field
 * @param {string} id
 * @param {unknown} value
 */
function inputFor(field, id, value) {
  const isLong = ["text", "story", "lines"].includes(field.kind);
  return element(isLong ? "textarea" : "input", {
    id,
    value: field.kind === "lines" ? asArray(value).join("\n") : String(value ?? ""),
    rows: isLong ? (field.kind === "story" ? 8 : 3) : undefined,
    inputMode: field.kind === "year" ? "numeric" : undefined,
    type: isLong ? undefined : field.kind === "email" ? "email" : "text",
    autocomplete: field.autocomplete ?? "off",
  });
}

/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextInput */

// What Word and web pages put before an item of a list.
const itemMark = /^(?:[•▪●]|(?:[·–*-]|#{1,6}|\d{1,2}[.)])(?=\s)|o(?=\t))\s*(?=\S)/;

/**
 * The typed text; for a list, its lines that are not blank, without marks.
 *
 * @param {Field} field
 * @param {TextInput} input
 */
function typedValue(field, input) {
  if (field.kind !== "lines") return input.value;
  const lines = input.value.split("\n").map((line) => line.trim().replace(itemMark, ""));
  return lines.filter(Boolean);
}

/**
 * Shows the message for a wrong value, or hides it.
 *
 * @param {Field} field
 * @param {TextInput} input
 * @param {HTMLElement} message
 * @param {HTMLElement} spoken
 */
function showFault(field, input, message, spoken) {
  const text = fault(field, typedValue(field, input));
  message.replaceChildren(...(text ? [element("span", { className: "cb-vh" }, words.to_put_right + ": "), text] : []));
  message.hidden = !text;
  const said = text && `${words.to_put_right}: ${text} (${field.label})`;
  if (spoken.textContent !== said) spoken.textContent = said;
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/**
 * A function that shows how many characters are left. If they are few, it is spoken after a pause.
 *
 * @param {Field} field
 * @param {TextInput} input
 * @param {HTMLElement} count
 * @param {HTMLElement} spoken
 */
function charactersLeft(field, input, count, spoken) {
  /** @type {number | undefined} */
  let pause;
  return () => {
    const left = (field.max ?? 0) - [...input.value].length;
    count.textContent = left < 0 ? plural(words.too_many, -left) : filled(words.left, { left, max: field.max });
    clearTimeout(pause);
    if (left < FEW_LEFT) pause = setTimeout(() => (spoken.textContent = count.textContent), 1000);
  };
}

/** Buttons that insert the citation of a source at the cursor. @param {Field} field @param {TextInput} input */
function cites(field, input) {
  const sources = asArray(state.front.sources);
  if (sources.every(isBlank)) return;
  const put = (/** @type {number} */ n) => () => {
    const end = input.value.length;
    const mark = isMarkdown(field) ? "@" + sourceId(n) : n + 1;
    input.setRangeText(`[${mark}]`, input.selectionStart ?? end, input.selectionEnd ?? end, "end");
    input.dispatchEvent(new Event("input"));
    input.focus();
  };
  return element(
    "p",
    { className: "cb-cites" },
    words.cite + " ",
    ...sources.map(
      (source, n) =>
        !isBlank(source) &&
        element(
          "button",
          {
            type: "button",
            "aria-label": filled(words.cite_label, { number: n + 1, title: source.title ?? words.untitled }),
            onclick: put(n),
          },
          String(n + 1),
        ),
    ),
  );
}

/**
 * A choice of one word.
 *
 * @param {import("./contribute-answers.js").ChoiceField} field
 * @param {string} id
 * @param {string | undefined} value
 * @param {(value: string) => void} set
 */
export function choice(field, id, value, set) {
  return element(
    "div",
    { className: "cb-field" },
    element("label", { htmlFor: id }, field.label),
    element(
      "select",
      { id, onchange: (/** @type {Event} */ event) => set(inputOf(event).value) },
      element("option", { value: "" }, words.not_said),
      ...field.choices.map(([word, label]) => element("option", { value: word, selected: word === value }, label)),
    ),
  );
}

/** A tick. @param {Field} field */
export function tick(field) {
  const id = idFor(field);
  return element(
    "p",
    { className: "cb-field" },
    element("input", {
      type: "checkbox",
      id,
      checked: Boolean(read(field)),
      onchange: (/** @type {Event} */ event) => write(field, inputOf(event).checked),
    }),
    " ",
    element("label", { htmlFor: id }, field.label),
  );
}
