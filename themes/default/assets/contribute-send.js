// The last part: the missing answers, all answers, and the ways to send the file.
import { form, idFor, idOf, isBlank, asArray, read, say, state, words } from "./contribute-answers.js";
import { element } from "./elements.js";
import { cut, filled, plural } from "./texts.js";
import { faults, gaps } from "./contribute-faults.js";
import { clean, file, fileName } from "./contribute-file.js";

/** @typedef {import("./contribute-answers.js").Field} Field */
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
  const elements = [
    errors.length > 0 && element("div", { className: "cb-errors" }, element("h3", {}, words.to_put_right), jumps(errors, jump)),
    missingAnswers(missing, jump),
    element("p", {}, element("a", { href: "#page" }, words.page_see)),
    element("h3", {}, words.answers),
    ...form.parts.map((part) => answersOf(part, jump)),
    element("h3", {}, words.send_it),
    downloadButton(made),
    form.email ? mailLink(form.email, made, missing) : element("p", {}, words.give),
    form.repository && repositoryLink(form.repository, made),
    element("details", {}, element("summary", {}, words.see_file), element("pre", { id: "cb-file", tabIndex: 0 }, made.text)),
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
  const { name: sender = "", part = "" } = state.sender;
  const list = missing.map(({ text }) => "- " + text).join("\n");
  const body = cut(`${filled(words.mail_body, { name })}\n\n${sender}\n${part}\n\n${list}`, 900);
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
 */
function repositoryLink(repository, { name, text }) {
  const address = `${repository}?filename=${encoded(name)}`;
  const withText = `${address}&value=${encoded(text)}`;
  const fits = withText.length < MAX_ADDRESS;
  const copy = () => navigator.clipboard?.writeText(text).then(() => say(words.copied));
  return element(
    "p",
    {},
    element("a", { href: fits ? withText : address, rel: "noopener" }, words.host),
    " ",
    element("span", { className: "cb-hint" }, words.host_hint),
    fits ? "" : element("button", { type: "button", onclick: copy }, words.copy),
  );
}

/** An answer as text. @param {Field} field @returns {string} */
function shown(field) {
  const value = read(field);
  if (field.kind === "terms")
    return asArray(value)
      .map((chosen) => /** @type {TermsField} */ (field).terms.find(({ id }) => id === idOf(chosen))?.label ?? idOf(chosen))
      .join(", ");
  if (field.kind === "rows") return plural(words.entries, asArray(value).length);
  if (field.kind === "story") return plural(words.length, value.trim().split(/\s+/).length);
  return value === true ? words.yes : asArray(value).join(", ");
}
