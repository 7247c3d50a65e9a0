// Checks answers: the message for a value that is wrong, and the answers that are missing.
import { fields, idFor, idOf, isBlank, isMarkdown, asArray, read, rowsOf, state, words } from "./contribute-answers.js";
import { filled, plural } from "./texts.js";

const now = new Date().getFullYear();
/** The names of the months in a language, each with its number. @param {string} language */
function monthsIn(language) {
  const name = new Intl.DateTimeFormat(language, { month: "long" });
  return Array.from({ length: 12 }, (_, n) => ({ name: name.format(new Date(2000, n)).toLowerCase(), number: n + 1 }));
}
/** The names of the months in the language of the page, if the browser knows its tag, and in English. */
const months = monthsIn("en");
try {
  months.unshift(...monthsIn(document.documentElement.lang));
} catch {
  /* English alone */
}

/** @typedef {import("./contribute-answers.js").Field} Field */
/** @typedef {import("./contribute-answers.js").RowsField} RowsField */
/** @typedef {import("./contribute-answers.js").TermsField} TermsField */
/** @typedef {{ id: string, text: string }} Finding What is to be done, and the id of the element where. */

/** A date in the form of the library: 30 June 2009 is 2009-06-30. @param {string} text */
export function day(text) {
  const parts = text.trim().match(/^(\d{1,2})[ /.-]+(\p{L}+|\d{1,2})[ /.-]+(\d{4})$/u);
  if (!parts) return text.trim();
  const named = months.find(({ name }) => parts[2].length > 2 && name.startsWith(parts[2].toLowerCase()));
  const month = Number(parts[2]) || named?.number;
  return month ? `${parts[3]}-${String(month).padStart(2, "0")}-${parts[1].padStart(2, "0")}` : text.trim();
}
/** @param {string} text */
const isDay = (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
/** @param {string} text */
const isDate = (text) => /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(text) || isDay(text);

/** What is wrong with a year of four figures. @param {string} year */
const outOfTime = (year) => (Number(year) > now + 10 ? filled(words.year_ahead, { year }) : Number(year) < 1800 ? words.year_early : "");

/** Is it the address of a page on the web? @param {string} text */
function isAddress(text) {
  if (!/^https?:\/\/[^\s/]\S*$/i.test(text) || !URL.canParse(text)) return false;
  return /[.:]/.test(new URL(text).hostname);
}

/** Is it the path of a file, and not the name of a website? @param {string} text */
const isFile = (text) =>
  /^[^\s:]+\.[a-z\d]{2,5}$/i.test(text) &&
  !/\.(md|html?)$/i.test(text) &&
  !/^[a-z\d.-]+\.(?!(pdf|docx?|xlsx|csv)$)[a-z]{2,}(\/|$)|^10\..*\//i.test(text);

/** Is it a number in figures alone? @param {string} text */
export const isNumeral = (text) => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text);

/** What is wrong with a citation of an opened text, which is edited as Markdown. @param {string} text */
function wrongCitation(text) {
  const sources = asArray(state.front.sources);
  const ids = sources.map((source) => source?.id);
  const [mark, number] = text.match(/(?<![\]\\!^])\[(\d{1,2})\](?![([:])/) ?? [];
  const source = sources[Number(number) - 1];
  if (source?.id) return filled(words.cite_by_id, { mark, citation: `[@${source.id}]` });
  const unknown = [...text.matchAll(/(?<!\\)\[@([\p{L}\p{N}_.:/+-]+)\]/gu)].find(([, id]) => !ids.includes(id));
  return unknown ? filled(words.unknown_source, { mark: unknown[0] }) : "";
}

/**
 * The message for a wrong value, by the kind of its field; empty for a right one.
 *
 * @type {Record<string, (text: string, field: Field) => string>}
 */
const wrong = {
  line: (text, { max }) => (max && [...text].length > max ? plural(words.too_long, [...text].length - max) : ""),
  number: (text) => (isNumeral(text) ? "" : words.number_form),
  year: (text) => (/^\d{4}$/.test(text) ? outOfTime(text) : words.year_form),
  day: (text) => (isDay(day(text)) ? outOfTime(day(text).slice(0, 4)) : words.day_form),
  when: (text) => (isDate(day(text)) ? outOfTime(day(text).slice(0, 4)) : words.when_form),
  // A row that was opened may name a file of the library. A sender cannot attach one to a source.
  link: (text, { file, row }) => (isAddress(text) || (file && row?.().id && isFile(text)) ? "" : words.link_form),
  email: (text) => (/^[^\s@<>"?&:,]+@[^\s@<>"?&:,]+\.[^\s@<>"?&:,]+$/.test(text) ? "" : words.email_form),
  code: (text) => (/^[A-Z]\d{8}$/.test(text) ? "" : words.code_form),
  story: (text, field) => {
    if (isMarkdown(field)) return wrongCitation(text);
    const sources = asArray(state.front.sources);
    const beyond = [...text.matchAll(/\[(\d{1,2})\]/g)].find(([, number]) => isBlank(sources[Number(number) - 1]));
    return beyond ? plural(words.no_source, sources.filter((source) => !isBlank(source)).length, { mark: beyond[0] }) : "";
  },
};

/** The message for a wrong value; empty for a right one. @param {Field} field @param {unknown} value */
export function fault(field, value) {
  if (typeof value !== "string" && typeof value !== "number") return "";
  const text = String(value).trim();
  if (!text) return field.required && field.row && !isBlank(field.row()) ? filled(words.gap, { label: field.label }) : "";
  return wrong[field.kind === "text" ? "line" : field.kind]?.(text, field) || outsidePeriod(field, text);
}

/** What is wrong with a year of the partnership, beside its other years. @param {Field} field @param {string} year */
function outsidePeriod({ key }, year) {
  const { from, to } = state.front.period ?? {};
  const isBefore = Boolean(from) && Number(year) < Number(from);
  const isAfter = Boolean(to) && Number(year) > Number(to);
  if (key === "period.to" && isBefore) return filled(words.backwards, { from, to: year });
  if (["period.changed", "period.reported"].includes(key) && isBefore) return filled(words.year_before, { year, from });
  return key === "period.changed" && isAfter ? filled(words.year_after, { year, to }) : "";
}

/** The errors of a part, each with its field. @param {{ fields: Field[] }} part @returns {Finding[]} */
export function faults(part) {
  return part.fields
    .flatMap((field) => {
      if (field.kind === "rows") return rowFaults(/** @type {RowsField} */ (field));
      if (field.kind === "terms") return [{ id: idFor(field), text: unknownTerms(/** @type {TermsField} */ (field)) }];
      return [{ id: idFor(field), text: fault(field, read(field)) }];
    })
    .filter(({ text }) => text);
}

/** What is wrong in the rows of a question. @param {RowsField} field */
const rowFaults = (field) =>
  rowsOf(field).flatMap((row, n) =>
    field.columns.map((column) => ({
      id: idFor(field, n, column),
      text: fault({ ...column, row: () => row }, row[column.key] ?? ""),
    })),
  );

/** What is wrong with terms of an opened file that the library does not have. @param {TermsField} field */
function unknownTerms(field) {
  const [unknown] = asArray(read(field)).filter((chosen) => !field.terms.some(({ id }) => id === idOf(chosen)));
  return unknown ? filled(words.unknown_term, { term: idOf(unknown), label: field.label }) : "";
}

/** The missing answers. They do not prevent sending. @returns {Finding[]} */
export function gaps() {
  const open = fields
    .filter((field) => (field.required || field.heading) && isBlank(read(field)))
    .map((field) => ({ id: idFor(field), text: field.gap ?? filled(words.gap, { label: field.label }) }));
  if (asArray(state.front.sources).every(isBlank)) open.push({ id: "add-sources", text: words.gap_sources });
  return open;
}
