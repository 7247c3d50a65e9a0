// The last part: the missing answers, all answers, and the ways to send the file.
import { form, idFor, idOf, isBlank, asArray, read, rowsOf, say, state, words } from "./contribute-answers.js";
import { element } from "./elements.js";
import { cut, filled, plural } from "./texts.js";
import { faults, gaps } from "./contribute-faults.js";
import { clean, file, fileName } from "./contribute-file.js";

/** @typedef {import("./contribute-answers.js").Field} Field */
/** @typedef {import("./contribute-answers.js").RowsField} RowsField */
/** @typedef {import("./contribute-answers.js").TermsField} TermsField */
/** @typedef {import("./contribute-faults.js").Finding} Finding */
/** @typedef {(id: string) => void} Jump Shows an element and moves the focus to it. */
/** @typedef {{ name: string, text: string }} MadeFile The file of the case. */

/** The longest address that browsers and hosts accept, with some to spare. */
const MAX_ADDRESS = 7500;

/**
 * A link that jumps to a field.
 *
 * @param {string} id
 * @param {string} text
 * @param {Jump} jump
 * @param {Record<string, unknown>} [having]
 */
const jumpLink = (id, text, jump, having) => {
  const onclick = (/** @type {Event} */ event) => {
    event.preventDefault();
    jump(id);
  };
  return element("a", { href: "#" + id, ...having, onclick }, text);
};

/**
 * Links to fields, each with what is to be done there.
 *
 * @param {Finding[]} found
 * @param {Jump} jump
 */
export const jumps = (found, jump) => element("ul", {}, ...found.map(({ id, text }) => element("li", {}, jumpLink(id, text, jump))));

/** The last part. @param {Jump} jump @returns {HTMLElement[]} */
export function send(jump) {
  const missing = gaps();
  const errors = form.parts.flatMap(faults);
  const made = { name: fileName(), text: file() };
  const pre = element("pre", { id: "cb-file", tabIndex: 0 }, made.text);
  const elements = [
    errors.length > 0 && element("div", { className: "cb-errors" }, element("h3", {}, words.to_put_right), jumps(errors, jump)),
    missingAnswers(missing, jump),
    element("p", {}, element("a", { href: "#page" }, words.page_see)),
    element("h3", {}, words.answers),
    ...form.parts.map((part) => answersOf(part, jump)),
    element("h3", {}, words.send_it),
    downloadButton(made),
    form.email ? mailLink(form.email, made, missing) : element("p", {}, words.give),
    form.repository && repositoryLink(form.repository, made, () => copy(pre)),
    element("details", {}, element("summary", {}, words.see_file), pre),
  ];
  return elements.filter((one) => one instanceof HTMLElement);
}

/** What is still missing, which does not prevent sending. @param {Finding[]} missing @param {Jump} jump */
const missingAnswers = (missing, jump) =>
  element(
    "div",
    { className: "cb-notice" },
    element("h3", {}, missing.length ? words.still_open : words.nothing_missing),
    missing.length ? element("p", {}, words.send_open) : "",
    jumps(missing, jump),
  );

/**
 * The answers of a part, each with a link to its field.
 *
 * @param {import("./contribute-answers.js").Part} part
 * @param {Jump} jump
 */
function answersOf(part, jump) {
  const answer = (/** @type {Field} */ field) => {
    const change = jumpLink(idFor(field), words.change, jump, { "aria-label": filled(words.change_label, { label: field.label }) });
    return element("div", {}, element("dt", {}, field.label), element("dd", {}, shown(field)), element("dd", {}, change));
  };
  const answered = part.fields.filter((field) => !isBlank(read(field)));
  return element("section", {}, element("h4", {}, part.title), element("dl", {}, ...answered.map(answer)));
}

/** The button that saves the file on this device. @param {MadeFile} made */
function downloadButton({ name, text }) {
  const onclick = () => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    say(filled(words.downloaded, { name }));
  };
  const button = element("button", { type: "button", className: "cb-begin", onclick }, words.download);
  return element("p", {}, button, " ", element("span", { className: "cb-hint" }, name));
}

/** A text for an address, which cannot hold half a character. @param {string} text */
const encoded = (text) => encodeURIComponent(clean(text));

/**
 * The link that begins a mail. The sender attaches the file, since no link can.
 *
 * @param {string} email
 * @param {MadeFile} made
 * @param {Finding[]} missing
 */
function mailLink(email, { name }, missing) {
  const { name: sender, organisation, email: own, part } = state.sender;
  const about = [sender, organisation, own, part].filter(Boolean).join("\n");
  const list = missing.map(({ text }) => "- " + text).join("\n");
  const body = cut(`${filled(words.mail_body, { name })}\n\n${about}\n\n${list}`, 900);
  const subject = filled(words.mail_subject, { title: cut(String(state.front.title ?? ""), 100) });
  const href = `mailto:${email}?subject=${encoded(subject)}&body=${encoded(body)}`;
  const link = element("a", { className: "cb-begin", href }, words.mail);
  return element("p", {}, link, " ", element("span", { className: "cb-hint" }, filled(words.mail_hint, { email })));
}

/**
 * The link to a new file in the repository. The text of a long file does not fit into the address, so a button copies
 * it.
 *
 * @param {string} repository
 * @param {MadeFile} made
 * @param {() => void} copy
 */
function repositoryLink(repository, { name, text }, copy) {
  const address = `${repository}?filename=${encoded(name)}`;
  const withText = `${address}&value=${encoded(text)}`;
  const fits = withText.length < MAX_ADDRESS;
  return element(
    "p",
    {},
    element("a", { href: fits ? withText : address, rel: "noopener" }, words.host),
    " ",
    element("span", { className: "cb-hint" }, words.host_hint),
    fits ? "" : element("button", { type: "button", onclick: copy }, words.copy),
  );
}

/** Copies the text of the file, or else selects it. @param {HTMLElement} file the element that shows it */
async function copy(file) {
  try {
    await navigator.clipboard.writeText(file.textContent ?? "");
    say(words.copied);
  } catch {
    const details = /** @type {HTMLDetailsElement} */ (file.parentElement);
    details.open = true;
    file.focus();
    getSelection()?.selectAllChildren(file);
    say(words.copy_refused);
  }
}

/** Every answer of every part, in full. @returns {HTMLElement[]} */
export function answersToPrint() {
  const answered = form.parts.map(({ title, fields }) => ({ title, fields: fields.filter((field) => !isBlank(read(field))) }));
  const entry = (/** @type {Field} */ field) =>
    element("div", {}, element("dt", {}, field.label), element("dd", {}, answerLines(field).join("\n")));
  return answered
    .filter(({ fields }) => fields.length)
    .flatMap(({ title, fields }) => [element("h2", {}, title), element("dl", {}, ...fields.map(entry))]);
}

/** An answer in full, a line for each of its values. @param {Field} field @returns {string[]} */
function answerLines(field) {
  if (field.kind === "terms")
    return asArray(read(field)).flatMap((chosen) =>
      [termLabel(/** @type {TermsField} */ (field), chosen), chosen.what, chosen.response].filter(Boolean),
    );
  if (field.kind === "rows") {
    const { columns } = /** @type {RowsField} */ (field);
    const values = (/** @type {Record<string, any>} */ row) => columns.map(({ key }) => row[key]).filter(Boolean);
    return rowsOf(/** @type {RowsField} */ (field)).map((row, n) => `${n + 1}. ${values(row).join(", ")}`);
  }
  return field.kind === "story" ? [read(field)] : [shown(field)];
}

/** The label of a chosen term. @param {TermsField} field @param {string | { term: string }} chosen */
const termLabel = (field, chosen) => field.terms.find(({ id }) => id === idOf(chosen))?.label ?? idOf(chosen);

/** An answer as text. @param {Field} field @returns {string} */
function shown(field) {
  const value = read(field);
  if (field.kind === "terms")
    return asArray(value)
      .map((chosen) => termLabel(/** @type {TermsField} */ (field), chosen))
      .join(", ");
  if (field.kind === "rows") return plural(words.entries, asArray(value).length);
  if (field.kind === "story") return plural(words.length, value.trim().split(/\s+/).length);
  return value === true ? words.yes : asArray(value).join(", ");
}
