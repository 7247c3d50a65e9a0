// Checks answers: the message for a value that is wrong, and the answers that are missing.
import { fields, idFor, isBlank, asArray, read, state, words } from "./contribute-answers.js";
import { filled, plural } from "./texts.js";

const now = new Date().getFullYear();
// The names of the months in the language of the page and in English, each with its number.
const months = [document.documentElement.lang || "en", "en"].flatMap((language) =>
  Array.from({ length: 12 }, (_, n) => [new Date(2000, n).toLocaleString(language, { month: "long" }).toLowerCase(), n + 1]),
);

/** @typedef {import("./contribute-answers.js").Field} Field */
/** @typedef {import("./contribute-answers.js").RowsField} RowsField */
/** @typedef {{ id: string, text: string }} Finding What is to be done, and the id of the element where. */

/** A date in the form of the library: 30 June 2009 is 2009-06-30. @param {string} text */
export function day(text) {
  const parts = text.trim().match(/^(\d{1,2})[ /.-]+(\p{L}+|\d{1,2})[ /.-]+(\d{4})$/u);
  if (!parts) return text.trim();
  const named = months.find(([name]) => parts[2].length > 2 && String(name).startsWith(parts[2].toLowerCase()));
  const month = Number(parts[2]) || named?.[1];
  return month ? `${parts[3]}-${String(month).padStart(2, "0")}-${parts[1].padStart(2, "0")}` : text.trim();
}
/** @param {string} text */
const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text + "T00:00Z").toISOString?.().startsWith(text);
/** @param {() => boolean} test */
const safely = (test) => {
  try {
    return test();
  } catch {
    return false;
  }
};

/**
 * The message for a wrong value, by the kind of its field; empty for a right one.
 *
 * @type {Record<string, (text: string, field: Field) => string>}
 */
const wrong = {
  line: (text, { max }) => (max && [...text].length > max ? plural(words.too_long, [...text].length - max) : ""),
  year: (text) =>
    !/^\d{4}$/.test(text)
      ? words.year_form
      : Number(text) > now + 10
        ? filled(words.year_ahead, { year: text })
        : Number(text) < 1800
          ? words.year_early
          : "",
  day: (text) => (safely(() => isDay(day(text))) ? "" : words.day_form),
  when: (text) => (/^\d{4}(-\d{2})?$/.test(text) || safely(() => isDay(day(text))) ? "" : words.when_form),
  link: (text, { file }) => (/^https?:\/\/[^\s/]+\.[^\s]+$/.test(text) || (file && /^[^\s:]+\.\w+$/.test(text)) ? "" : words.link_form),
  email: (text) => (/^[^\s@<>"?&:]+@[^\s@]+\.[^\s@]+$/.test(text) ? "" : words.email_form),
  story: (text) => {
    const sources = asArray(state.front.sources);
    const beyond = [...text.matchAll(/\[(\d{1,2})\]/g)].find(([, number]) => isBlank(sources[Number(number) - 1]));
    return beyond ? plural(words.no_source, sources.filter((source) => !isBlank(source)).length, { mark: beyond[0] }) : "";
  },
};

/** The message for a wrong value; empty for a right one. @param {Field} field @param {unknown} value */
export function fault(field, value) {
  if (typeof value !== "string" && typeof value !== "number") return "";
  const text = String(value).trim();
  if (!text) return "";
  if (field.key === "period.to" && !wrong.year(text, field)) {
    const from = state.front.period?.from;
    if (from && Number(from) > Number(text)) return filled(words.backwards, { from, to: text });
  }
  return wrong[field.kind === "text" ? "line" : field.kind]?.(text, field) ?? "";
}

/** The errors of a part, each with its field. @param {{ fields: Field[] }} part @returns {Finding[]} */
export function faults(part) {
  return part.fields
    .flatMap((field) => {
      const value = read(field);
      if (field.kind === "rows")
        return asArray(value).flatMap((row, n) =>
          /** @type {RowsField} */ (field).columns.map((column) => ({
            id: idFor(field, n, column),
            text: fault(column, row[column.key] ?? ""),
          })),
        );
      return [{ id: idFor(field), text: fault(field, value) }];
    })
    .filter(({ text }) => text);
}

/** The missing answers. They do not prevent sending. @returns {Finding[]} */
export function gaps() {
  const open = fields
    .filter((field) => (field.required || field.heading) && isBlank(read(field)))
    .map((field) => ({ id: idFor(field), text: field.gap ?? filled(words.gap, { label: field.label }) }));
  if (asArray(state.front.sources).every(isBlank)) open.push({ id: "add-sources", text: words.gap_sources });
  return open;
}
