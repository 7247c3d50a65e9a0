// The page that the case will have, made from the answers. What was typed is shown as text and is never read as HTML.
import { fields, form, idOf, isMarkdown, asArray, placeNames, read, state, words } from "./contribute-answers.js";
import { prose, renderMarkdown } from "./contribute-prose.js";
import { element } from "./elements.js";

/** @typedef {import("./contribute-answers.js").Field} Field */
/** @typedef {import("./contribute-answers.js").TermsField} TermsField */

export function page() {
  const { title, summary, period, lesson } = state.front;
  const years = [period?.from, period?.to].filter(Boolean).join("–");
  const chosen = /** @type {TermsField[]} */ (fields.filter(({ kind, happened }) => kind === "terms" && !happened));
  const facts = [
    ...chosen.map((field) => [field.name, labels(field).join(", ")]),
    [keyLabel("partners"), asArray(state.front.partners).join(", ")],
    [keyLabel("lesson"), lesson],
  ];
  return element(
    "article",
    { className: "cb-page" },
    element("p", { className: "cb-hint" }, [...placeNames(), years].filter(Boolean).join(" · ")),
    element("h3", {}, title || words.card_untitled),
    element("p", { className: "cb-lede" }, summary || ""),
    element(
      "dl",
      {},
      ...facts.filter(([, text]) => text).map(([name, text]) => element("div", {}, element("dt", {}, name), element("dd", {}, text))),
    ),
    ...form.parts.flatMap((part) =>
      part.fields.flatMap((field) => (field.heading ? section(field) : field.happened ? barriers(/** @type {TermsField} */ (field)) : [])),
    ),
    ...sources(),
  );
}

/** @param {string} key */
const keyLabel = (key) => fields.find((field) => field.key === key)?.label;
/** The labels of the chosen terms. @param {TermsField} field @returns {string[]} */
const labels = (field) => asArray(read(field)).map((one) => field.terms.find(({ id }) => id === idOf(one))?.label ?? idOf(one));

/** @param {Field} field */
function section(field) {
  const text = read(field).trim();
  return text ? [element("h4", {}, field.heading), ...sectionOf(field, text)] : [];
}

/** @param {Field} field @param {string} text */
function sectionOf(field, text) {
  if (isMarkdown(field)) return [element("div", { className: "cb-prose" }, ...renderMarkdown(text))];
  return [...(field.lead ? [element("p", {}, field.lead)] : []), ...prose(text)];
}

/** @param {TermsField} field */
function barriers(field) {
  const entries = asArray(read(field)).map((one, n) =>
    element(
      "div",
      {},
      element("h5", {}, labels(field)[n]),
      ...(one.what ? [element("p", {}, element("b", {}, words.what + ": "), one.what)] : []),
      ...(one.response ? [element("p", {}, element("b", {}, words.response + ": "), one.response)] : []),
    ),
  );
  return entries.length ? [element("h4", {}, field.name), ...entries] : [];
}

function sources() {
  const all = asArray(state.front.sources);
  if (!all.length) return [];
  const line = (/** @type {Record<string, string>} */ { title, publisher, date, url }) =>
    [title || words.untitled, publisher, date, url].filter(Boolean).join(", ");
  return [
    element("h4", {}, keyLabel("sources")),
    element("ol", {}, ...all.map((source, n) => element("li", { id: "cb-source-" + (n + 1), tabIndex: -1 }, line(source)))),
  ];
}
