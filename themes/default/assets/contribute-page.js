// The page that the case will have, made from the answers. What was typed is shown as text and is never read as HTML.
import { fields, form, idOf, list, read, state, words } from "./contribute-answers.js";
import { byId, make } from "./contribute-elements.js";

/** @typedef {import("./contribute-answers.js").Field} Field */
/** @typedef {import("./contribute-answers.js").TermsField} TermsField */

export function page() {
  const { title, summary, period, lesson } = state.front;
  const places = list(state.front.place).map((place) => place.name ?? place);
  const years = [period?.from, period?.to].filter(Boolean).join("–");
  const chosen = /** @type {TermsField[]} */ (fields.filter(({ kind, happened }) => kind === "terms" && !happened));
  const facts = [
    ...chosen.map((field) => [field.name, labels(field).join(", ")]),
    [labelOf("partners"), list(state.front.partners).join(", ")],
    [labelOf("lesson"), lesson],
  ];
  return make(
    "article",
    { className: "cb-page" },
    make("p", { className: "cb-hint" }, [...places, years].filter(Boolean).join(" · ")),
    make("h3", {}, title || words.card_untitled),
    make("p", { className: "cb-lede" }, summary || ""),
    make("dl", {}, ...facts.filter(([, text]) => text).map(([name, text]) => make("div", {}, make("dt", {}, name), make("dd", {}, text)))),
    ...form.parts.flatMap((part) =>
      part.fields.flatMap((field) => (field.heading ? section(field) : field.happened ? barriers(/** @type {TermsField} */ (field)) : [])),
    ),
    ...sources(),
  );
}

/** @param {string} key */
const labelOf = (key) => fields.find((field) => field.key === key)?.label;
/** The labels of the chosen terms. @param {TermsField} field @returns {string[]} */
const labels = (field) => list(read(field)).map((one) => field.terms.find(({ id }) => id === idOf(one))?.label ?? idOf(one));

/** @param {Field} field */
function section(field) {
  const text = read(field).trim();
  return text ? [make("h4", {}, field.heading), ...(field.lead ? [make("p", {}, field.lead)] : []), ...prose(text)] : [];
}

/** @param {TermsField} field */
function barriers(field) {
  const entries = list(read(field)).map((one, n) =>
    make(
      "div",
      {},
      make("h5", {}, labels(field)[n]),
      ...(one.what ? [make("p", {}, make("b", {}, words.what + ": "), one.what)] : []),
      ...(one.response ? [make("p", {}, make("b", {}, words.response + ": "), one.response)] : []),
    ),
  );
  return entries.length ? [make("h4", {}, field.name), ...entries] : [];
}

/** Paragraphs, and lists where lines begin with a hyphen. @param {string} text */
function prose(text) {
  return text.split(/\n\s*\n/).flatMap((block) => {
    /** @type {HTMLElement[]} */
    const made = [];
    for (const line of block.split("\n")) {
      const [, item] = line.match(/^\s*-\s+(.*)/) ?? [];
      const last = made.at(-1);
      if (item !== undefined) {
        const into = last?.tagName === "UL" ? last : make("ul");
        if (into !== last) made.push(into);
        into.append(make("li", {}, ...cited(item)));
      } else if (last) (last.tagName === "UL" ? /** @type {Element} */ (last.lastChild) : last).append(" ", ...cited(line));
      else made.push(make("p", {}, ...cited(line)));
    }
    return made;
  });
}

/** A text in which the number of a source leads to it. @param {string} text */
function cited(text) {
  const count = list(state.front.sources).length;
  return text.split(/(\[\d{1,2}\])/).map((part) => {
    const [, number] = part.match(/^\[(\d+)\]$/) ?? [];
    if (!(Number(number) >= 1 && Number(number) <= count)) return part;
    const to = (/** @type {Event} */ event) => {
      event.preventDefault();
      byId("cb-source-" + Number(number)).focus();
    };
    return make("sup", {}, make("a", { href: "#cb-source-" + Number(number), onclick: to }, number));
  });
}

function sources() {
  const all = list(state.front.sources);
  if (!all.length) return [];
  const line = (/** @type {Record<string, string>} */ { title, publisher, date, url }) =>
    [title || words.untitled, publisher, date, url].filter(Boolean).join(", ");
  return [
    make("h4", {}, labelOf("sources")),
    make("ol", {}, ...all.map((source, n) => make("li", { id: "cb-source-" + (n + 1), tabIndex: -1 }, line(source)))),
  ];
}
