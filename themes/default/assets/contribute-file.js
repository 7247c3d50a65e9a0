// The answers as the file of a case.
import { fields, form, isBlank, isMarkdown, asArray, state, words } from "./contribute-answers.js";
import { cut, filled } from "./texts.js";
import { day, gaps, isNumeral } from "./contribute-faults.js";

/** @typedef {import("./contribute-answers.js").Field} Field */

/**
 * A text that every program can read: without control characters, and with a mark in place of half a character.
 *
 * @param {string} text
 */
export const clean = (text) => text.replace(/(?![\s\u007f-\u009f])\p{Cc}/gu, "").replace(/\p{Cs}/gu, "\ufffd");

// What YAML does not allow, or takes for the end of a line.
const special = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u;

/** A text as YAML, unquoted if it cannot be read as anything else. @param {unknown} value */
function scalar(value) {
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain =
    /^[\p{L}(“‘][^\\"'{}[\],&*#?|<>=!%@`:]*$/u.test(value) &&
    !/\s$/.test(value) &&
    !/^(true|false|yes|no|on|off|null|y|n|nan|inf)$/i.test(value);
  return !special.test(value) && (isPlain || /^\d{4}-\d{2}-\d{2}$/.test(value) || /^https?:\/\/[^\s{}[\],"'#]*[^\s{}[\],"'#:]$/.test(value))
    ? value
    : JSON.stringify(value).replace(new RegExp(special, "gu"), (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}
/** @param {unknown} value @returns {value is object} */
const isDeep = (value) => typeof value === "object" && value !== null;
/** A value on one line. @param {unknown} value @returns {string} */
const flow = (value) =>
  Array.isArray(value)
    ? `[${value.map(flow).join(", ")}]`
    : isDeep(value)
      ? `{ ${Object.entries(value)
          .map(([key, inner]) => `${scalar(key)}: ${flow(inner)}`)
          .join(", ")} }`
      : scalar(value);

/** A key of the front matter with its value. @param {string} key @param {unknown} value */
function entry(key, value) {
  if (Array.isArray(value) && value.some(isDeep))
    return `${key}:\n${value
      .map((item) =>
        isDeep(item) && !Array.isArray(item)
          ? "  - " +
            Object.entries(item)
              .map(([name, inner]) => `${scalar(name)}: ${flow(inner)}`)
              .join("\n    ")
          : `  - ${flow(item)}`,
      )
      .join("\n")}\n`;
  return `${key}: ${flow(value)}\n`;
}

/**
 * The kind of each value that the form asks for, by the keys that lead to it: `period.from`.
 *
 * @type {Map<string, string>}
 */
const kinds = new Map();
for (const field of fields.filter(({ heading, sender }) => !heading && !sender)) {
  kinds.set(field.key, field.kind);
  const { columns } = /** @type {Partial<import("./contribute-answers.js").RowsField>} */ (field);
  for (const column of columns ?? []) kinds.set(`${field.key}.${column.key}`, column.kind);
}

/**
 * Values without blanks, with years as numbers and dates in the library's form.
 *
 * @param {unknown} value
 * @param {string} [path] the keys that lead to the value
 * @returns {unknown}
 */
function tidy(value, path = "") {
  if (Array.isArray(value)) return value.map((item) => tidy(item, path)).filter((item) => !isBlank(item));
  if (isDeep(value))
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]) => [key, tidy(inner, path ? `${path}.${key}` : key)])
        .filter(([, inner]) => !isBlank(inner)),
    );
  if (typeof value !== "string") return value;
  // Joiners are needed in some scripts, but not in text of Latin letters.
  const apart = value.replace(/\u200c|\u200d/g, "");
  const text = clean(/[^\0-\u024f]/.test(apart) ? value : apart)
    .replace(/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const kind = kinds.get(path) ?? "";
  const isNumber = kind === "year" ? /^\d{4}$/.test(text) : kind === "number" && isNumeral(text);
  return isNumber ? Number(text) : ["day", "when"].includes(kind) ? day(text) : text;
}

/** Sources with the ids that citations use; none for a blank row. @param {{ id?: string }[]} sources */
function withIds(sources) {
  const taken = new Set(sources.map(({ id }) => id).filter(Boolean));
  return sources.map((source, n) => {
    if (isBlank(source)) return;
    let number = n + 1;
    while (!source.id && taken.has("s" + number)) number += 1;
    const id = source.id ?? "s" + number;
    taken.add(id);
    return { id, ...source };
  });
}

/** The id of the source in row `n`, which has it from now on. @param {number} n @returns {string | undefined} */
export function sourceId(n) {
  const rows = asArray(state.front.sources);
  const id = withIds(rows)[n]?.id;
  if (id && !rows[n].id) state.front.sources = rows.map((row, at) => (at === n ? { id, ...row } : row));
  return id;
}

// A web or e-mail address without the punctuation after it, or else a mark of Markdown.
const addressOrMark =
  /(https?:\/\/(?:\([^\s()<>\\]*\)|[^\s()<>"\\^`{|}[\]])*(?:\([^\s()<>\\]*\)|[^\s()<>"\\^`{|}[\].,;:!?'’”*_~])|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|[\\`*_<>|~[\]{}&]/g;

/** A line with a hyphen in place of another mark of a list, such as Word puts there. @param {string} line */
export const withHyphen = (line) => line.replace(/^(\s*)(?:[•▪●]\s*|[·–]\s+|o\t\s*)(?=\S)/, "$1- ");

/**
 * Markdown that the form has written as it was typed: without escapes, and with the numbers of sources.
 *
 * @param {string} text
 * @param {(string | undefined)[]} ids the ids of the sources
 */
export const shown = (text, ids) =>
  text.replace(
    /\\([!-/:-@[-`{-~])|<(https?:[^<>\s\\]+|[\w.+-]+@[\w.-]+)>|\[@([\p{L}\p{N}_.:/+-]+)\]/gu,
    (all, mark, address, id) => mark ?? address ?? (ids.includes(id) ? `[${ids.indexOf(id) + 1}]` : all),
  );

/**
 * Typed text as Markdown: marks are escaped, numbers of sources become citations, and lines with a hyphen stay a list.
 *
 * @param {string} text
 * @param {({ id?: string } | undefined)[]} sources the rows of sources, a blank one as well
 */
function toMarkdown(text, sources) {
  const escaped = (/** @type {string} */ part) =>
    part
      // In an address, angle brackets keep every mark as it is, and the address is still a link.
      .replace(addressOrMark, (all, address) => (address === undefined ? "\\" + all : /[*_~&]/.test(address) ? `<${address}>` : address))
      .replace(/([!^]?)\\\[(\d{1,2})\\\]([:(]?)/g, (mark, before, number, after) => {
        const source = sources[number - 1];
        return source ? `${before && "\\" + before}[@${source.id}]${after && "\\" + after}` : mark;
      });
  const written = (/** @type {string} */ typed) => {
    const line = withHyphen(typed);
    // A deep indent would make a block of code.
    const flat = line.replace(/^(?= *\t| {4})[ \t]+/, "").replace(/^( *-)[ \t]+/, "$1 ");
    // An item of a list has words after its hyphen.
    const [, start = "", rest = ""] = escaped(flat).match(/^( *(?:- (?=.*[^-\s]))?)(.*)$/s) ?? [];
    return start + rest.replace(/^([#=:]|--|[-+](?=\s|$))/, "\\$1").replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
  };
  const made = clean(text)
    .replace(/\r/g, "")
    .split("\n")
    .map((line) => written(line.trimEnd()));
  return made
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/**
 * The Markdown of a plain text under a heading.
 *
 * @param {Field} field
 * @param {string} typed
 * @param {({ id?: string } | undefined)[]} sources
 */
export const plainSection = ({ lead }, typed, sources) => (lead ? lead + "\n\n" : "") + toMarkdown(typed, sources);

/** The authors, among whom the sender is. @param {(string | { name?: string, organisation?: string })[]} authors */
function withSender(authors) {
  const nameOf = (/** @type {any} */ author) => (typeof author === "object" ? (author.name ?? author.organisation) : author);
  const sender = tidy({ name: state.sender.name, organisation: state.sender.organisation });
  return isBlank(sender) || authors.some((author) => nameOf(author) === nameOf(sender)) ? authors : [...authors, sender];
}

/** The whole file. */
export function file() {
  const order = ["title", "summary", "date", "status", ...form.order];
  const values = /** @type {Record<string, any>} */ (tidy(state.front));
  const sources = withIds(asArray(state.front.sources).map((row) => /** @type {{ id?: string }} */ (tidy(row, "sources"))));
  values.sources = sources.filter(Boolean);
  if (Array.isArray(values.place) && values.place.length === 1) values.place = values.place[0];
  if (state.sender["under the case"]) values.authors = withSender(asArray(values.authors));
  values.date ??= new Date().toISOString().slice(0, 10);
  values.status = "draft";
  const keys = [...new Set([...order, ...Object.keys(values), ...Object.keys(state.others)])];
  const front = keys.map((key) => (state.others[key] ? state.others[key] + "\n" : isBlank(values[key]) ? "" : entry(key, values[key])));
  const open = gaps()
    .map(({ text }) => `#   ${text.replace(/\s+/g, " ")}\n`)
    .join("");
  // A comment goes on to the end of its line.
  const part = String(tidy(state.sender.part ?? ""))
    .replace(new RegExp(special, "gu"), " ")
    .trim();
  let text = `---\n${open && `# ${words.still_open}:\n${open}`}${part && `# ${filled(words.part, { part })}\n`}${front.join("")}---\n`;
  const kept = (/** @type {string} */ heading) => (state.kept[heading] ? `\n${state.kept[heading]}\n` : "");
  text += kept("");
  for (const field of fields) {
    const { heading } = field;
    if (!heading) continue;
    const typed = clean(state.body[heading] ?? "").trim();
    const section = isMarkdown(field) ? typed : plainSection(field, typed, sources);
    text += (typed && `\n## ${heading}\n\n${section}\n`) + kept(heading);
  }
  return text;
}

/** The name of the file, made from the title. */
export function fileName() {
  const plain = String(tidy(state.front.title ?? "") || "a-case")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  const name = cut(plain, 80).replace(/-[^-]*$/, (end) => (plain.length > 80 ? "" : end));
  return `${["", "index", form.reserved_name].includes(name) ? "a-case" : name}.md`;
}
