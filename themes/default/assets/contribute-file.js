// The answers as the file of a case.
import { fields, form, isBlank, asArray, state, words } from "./contribute-answers.js";
import { cut, filled } from "./texts.js";
import { day, gaps } from "./contribute-faults.js";

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
  return !special.test(value) && (isPlain || /^\d{4}-\d{2}-\d{2}$/.test(value) || /^https?:\/\/[^\s{}[\],"'#]+$/.test(value))
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
  const text = clean(value)
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const kind = kinds.get(path) ?? "";
  return kind === "year" && /^\d{4}$/.test(text) ? Number(text) : ["day", "when"].includes(kind) ? day(text) : text;
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

/**
 * Markdown as the form shows it: without escapes, and with the numbers of sources.
 *
 * @param {string} text
 * @param {(string | undefined)[]} ids the ids of the sources
 */
export const shown = (text, ids) =>
  text.replace(/\[@([\w-]+)\]/g, (mark, id) => (ids.includes(id) ? `[${ids.indexOf(id) + 1}]` : mark)).replace(/\\([!-/:-@[-`{-~])/g, "$1");

// What is escaped, or else a citation with a page, a link, emphasis or code.
const constructs = /\\.|\[@[^\]\n]+\]|\[[^[\]\n]+\]\([^()\s]+\)|(\*{1,2}|_{1,2})[^*_\\\n]+\1|`[^`\n]+`|<https?:[^<>\s]+>/g;

/**
 * Typed text as Markdown: marks are escaped, numbers of sources become citations, and lines with a hyphen stay a list.
 * The lines and the constructs of an opened text stay as they were in its file.
 *
 * @param {string} text
 * @param {({ id: string } | undefined)[]} sources the rows of sources, a blank one as well
 * @param {string} [opened] the Markdown of the opened text
 */
function markdown(text, sources, opened = "") {
  const ids = sources.map((source) => source?.id);
  const byShown = (/** @type {string[]} */ parts) => new Map(parts.map((part) => [shown(part, ids), part]));
  const lines = byShown(opened.split("\n").map((line) => line.trimEnd()));
  const marks = byShown((opened.match(constructs) ?? []).filter((mark) => !/^\\|^\[@[\w-]+\]$/.test(mark)));
  const anyMark = new RegExp(`(${[...marks.keys()].map((mark) => mark.replace(/\W/g, "\\$&")).join("|")})`);
  const escaped = (/** @type {string} */ part) =>
    part
      .replace(/[\\`*_<>|~[\]{}&]/g, (mark) => "\\" + mark)
      .replace(/([!^]?)\\\[(\d{1,2})\\\]([:(]?)/g, (mark, before, number, after) => {
        const source = sources[number - 1];
        return source ? `${before && "\\" + before}[@${source.id}]${after && "\\" + after}` : mark;
      });
  const written = (/** @type {string} */ line) => {
    // A deep indent would make a block of code.
    const flat = line.replace(/^(?= *\t| {4})[ \t]+/, "").replace(/^( *-)[ \t]+/, "$1 ");
    const parts = marks.size ? flat.split(anyMark) : [flat];
    const inline = parts.map((part) => marks.get(part) ?? escaped(part)).join("");
    // An item of a list has words after its hyphen.
    const [, start = "", rest = ""] = inline.match(/^( *(?:- (?=.*[^-\s]))?)(.*)$/s) ?? [];
    return start + rest.replace(/^([#=:]|--|[-+](?=\s|$))/, "\\$1").replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
  };
  const made = clean(text)
    .replace(/\r/g, "")
    .split("\n")
    .map((line) => line.trimEnd())
    .map((line) => lines.get(line) ?? written(line));
  return made
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** The whole file. */
export function file() {
  const order = ["title", "summary", "date", "status", ...form.order];
  const values = /** @type {Record<string, any>} */ (tidy(state.front));
  const sources = withIds(asArray(state.front.sources).map((row) => /** @type {{ id?: string }} */ (tidy(row, "sources"))));
  values.sources = sources.filter(Boolean);
  if (Array.isArray(values.place) && values.place.length === 1) values.place = values.place[0];
  if (state.sender["under the case"] && !values.authors)
    values.authors = [tidy({ name: state.sender.name, organisation: state.sender.organisation })];
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
  for (const { heading, lead } of fields) {
    if (!heading) continue;
    const typed = (state.body[heading] ?? "").trim();
    const known = state.written[heading];
    const words = known?.text === typed ? known.markdown : (lead ? lead + "\n\n" : "") + markdown(typed, sources, known?.markdown);
    text += (typed && `\n## ${heading}\n\n${words}\n`) + kept(heading);
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
  return `${name === "" || name === form.reserved_name ? "a-case" : name}.md`;
}
