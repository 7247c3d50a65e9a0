// The last part: the missing answers, all answers, and the ways to send the file.
import { form, idFor, idOf, isBlank, asArray, read, say, state, words } from "./contribute-answers.js";
import { element } from "./elements.js";
import { cut, filled, plural } from "./texts.js";
import { faults, gaps } from "./contribute-faults.js";
import { clean, file, fileName } from "./contribute-file.js";

/** @typedef {import("./contribute-answers.js").Field} Field */
/** @typedef {import("./contribute-answers.js").TermsField} TermsField */
/** @typedef {(id: string) => void} Jump Shows an element and moves the focus to it. */

/**
 * Links to fields, each with what is to be done there.
 *
 * @param {import("./contribute-faults.js").Finding[]} found
 * @param {Jump} jump
 */
export const jumps = (found, jump) =>
  element(
    "ul",
    {},
    ...found.map(({ id, text }) =>
      element(
        "li",
        {},
        element(
          "a",
          {
            href: "#" + id,
            onclick: (/** @type {Event} */ event) => {
              event.preventDefault();
              jump(id);
            },
          },
          text,
        ),
      ),
    ),
  );

/** A text for an address, which cannot hold half a character. @param {string} text */
const encoded = (text) => encodeURIComponent(clean(text));

/** @param {Jump} jump */
export function send(jump) {
  const open = gaps();
  const text = file();
  const name = fileName();
  const all = form.parts.flatMap(faults);
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    say(filled(words.downloaded, { name }));
  };
  const { name: sender = "", part = "" } = state.sender;
  const missing = open.map(({ text }) => "- " + text).join("\n");
  const body = cut(`${filled(words.mail_body, { name })}\n\n${sender}\n${part}\n\n${missing}`, 900);
  const subject = filled(words.mail_subject, { title: cut(String(state.front.title ?? ""), 100) });
  const mail = form.email && `mailto:${form.email}?subject=${encoded(subject)}&body=${encoded(body)}`;
  const address = form.repository && `${form.repository}?filename=${encoded(name)}`;
  const full = `${address}&value=${encoded(text)}`;
  const answers = form.parts.map((part) =>
    element(
      "section",
      {},
      element("h4", {}, part.title),
      element(
        "dl",
        {},
        ...part.fields
          .filter((field) => !isBlank(read(field)))
          .map((field) =>
            element(
              "div",
              {},
              element("dt", {}, field.label),
              element("dd", {}, shown(field)),
              element(
                "dd",
                {},
                element(
                  "a",
                  {
                    href: "#" + idFor(field),
                    "aria-label": filled(words.change_label, { label: field.label }),
                    onclick: (/** @type {Event} */ event) => {
                      event.preventDefault();
                      jump(idFor(field));
                    },
                  },
                  words.change,
                ),
              ),
            ),
          ),
      ),
    ),
  );
  return [
    all.length > 0 && element("div", { className: "cb-errors" }, element("h3", {}, words.to_put_right), jumps(all, jump)),
    element(
      "div",
      { className: "cb-notice" },
      element("h3", {}, open.length ? words.still_open : words.nothing_missing),
      open.length ? element("p", {}, words.send_open) : "",
      jumps(open, jump),
    ),
    element("p", {}, element("a", { href: "#page" }, words.page_see)),
    element("h3", {}, words.answers),
    ...answers,
    element("h3", {}, words.send_it),
    element(
      "p",
      {},
      element("button", { type: "button", className: "cb-begin", onclick: download }, words.download),
      " ",
      element("span", { className: "cb-hint" }, name),
    ),
    mail
      ? element(
          "p",
          {},
          element("a", { className: "cb-begin", href: mail }, words.mail),
          " ",
          element("span", { className: "cb-hint" }, filled(words.mail_hint, { email: form.email })),
        )
      : element("p", {}, words.give),
    address &&
      element(
        "p",
        {},
        element("a", { href: full.length < 7500 ? full : address, rel: "noopener" }, words.host),
        " ",
        element("span", { className: "cb-hint" }, words.host_hint),
        full.length < 7500
          ? ""
          : element(
              "button",
              {
                type: "button",
                onclick: () => navigator.clipboard?.writeText(text).then(() => say(words.copied)),
              },
              words.copy,
            ),
      ),
    element("details", {}, element("summary", {}, words.see_file), element("pre", { id: "cb-file", tabIndex: 0 }, text)),
  ].filter((one) => one instanceof HTMLElement);
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
