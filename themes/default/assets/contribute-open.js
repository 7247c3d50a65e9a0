// Reads a file that this form has made.
import { begin, fields, asArray, words } from "./contribute-answers.js";

/** @typedef {import("./contribute-answers.js").Answers} Answers */

/**
 * Parses the YAML that cases use: mappings and lists by indentation or in brackets, plain and quoted texts.
 *
 * @param {string} text
 */
function yaml(text) {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() && !line.trim().startsWith("#"))
    .map((line) => ({ depth: line.search(/\S/), text: line.trim() }));
  let at = 0;
  /** @param {number} depth @returns {unknown} */
  const value = (depth) => {
    const first = lines[at];
    if (!first || first.depth < depth) return null;
    return /^-( |$)/.test(first.text) ? sequence(first.depth) : mapping(first.depth);
  };
  const mapping = (/** @type {number} */ depth) => {
    /** @type {Record<string, unknown>} */
    const found = {};
    while (lines[at]?.depth === depth && !/^-( |$)/.test(lines[at].text)) {
      const [, key, rest] = lines[at].text.match(/^("[^"]*"|[^:]+?):(?: +(.*))?$/) ?? [];
      if (key === undefined) throw new Error(lines[at].text);
      at += 1;
      found[key.replace(/^"|"$/g, "")] = inline(rest, depth);
    }
    return found;
  };
  const sequence = (/** @type {number} */ depth) => {
    /** @type {unknown[]} */
    const found = [];
    while (lines[at]?.depth === depth && /^-( |$)/.test(lines[at].text)) {
      const rest = lines[at].text.slice(1).trim();
      if (/^("[^"]*"|[\w.-]+):( |$)/.test(rest)) {
        lines[at] = { depth: depth + 2, text: rest };
        found.push(mapping(depth + 2));
      } else {
        at += 1;
        found.push(inline(rest, depth));
      }
    }
    return found;
  };
  /** @param {string | undefined} rest @param {number} depth @returns {unknown} */
  const inline = (rest, depth) => {
    if (!rest || rest.startsWith("#"))
      return lines[at] && (lines[at].depth > depth || (lines[at].depth === depth && /^-( |$)/.test(lines[at].text)))
        ? value(lines[at].depth)
        : null;
    const block = rest.match(/^([|>])[+-]?$/);
    const more = [];
    while (lines[at]?.depth > depth) more.push(lines[at++].text);
    if (block) return more.join(block[1] === "|" ? "\n" : " ");
    return one([rest, ...more].join(" "));
  };
  return value(0) ?? {};
}

/** A value on one line. @param {string} text */
function one(text) {
  let at = 0;
  const space = () => {
    while (/\s/.test(text[at] ?? "")) at += 1;
  };
  const quoted = () => {
    const mark = text[at];
    const end = mark === '"' ? text.slice(at).match(/^"(?:\\.|[^"\\])*"/) : text.slice(at).match(/^'(?:''|[^'])*'/);
    if (!end) throw new Error(text);
    at += end[0].length;
    return mark === '"' ? JSON.parse(end[0]) : end[0].slice(1, -1).replaceAll("''", "'");
  };
  const plain = (/** @type {boolean} */ within) => {
    const end = text.slice(at).search(within ? /[,\]}]|: | #|:$/ : / #/);
    const words = (end < 0 ? text.slice(at) : text.slice(at, at + end)).trim();
    at = end < 0 ? text.length : at + end;
    return words === "" || words === "null" || words === "~"
      ? null
      : words === "true"
        ? true
        : words === "false"
          ? false
          : /^-?\d+$/.test(words)
            ? Number(words)
            : words;
  };
  const next = () => {
    space();
    return text[at];
  };
  /** @param {boolean} within @returns {unknown} */
  const any = (within) => {
    space();
    if (text[at] === "[") {
      const items = [];
      for (at += 1; next() !== "]"; ) {
        items.push(any(true));
        space();
        if (text[at] === ",") at += 1;
        else if (text[at] !== "]") throw new Error(text);
      }
      at += 1;
      return items;
    }
    if (text[at] === "{") {
      /** @type {Record<string, unknown>} */
      const found = {};
      for (at += 1; next() !== "}"; ) {
        const key = text[at] === '"' ? quoted() : String(plain(true));
        space();
        if (text[at] === ":") at += 1;
        space();
        found[key] = text[at] === "," || text[at] === "}" ? null : any(true);
        space();
        if (text[at] === ",") at += 1;
        else if (text[at] !== "}") throw new Error(text);
      }
      at += 1;
      return found;
    }
    return text[at] === '"' || text[at] === "'" ? quoted() : plain(within);
  };
  return any(false);
}

/**
 * The answers about the sender that a file has: their part in the case, in a comment.
 *
 * @param {string} head
 * @returns {Record<string, string>}
 */
function sender(head) {
  const [before, after] = `# ${words.part}`.split("{part}");
  const line = head.split("\n").find((line) => line.startsWith(before) && line.endsWith(after));
  return line ? { part: line.slice(before.length, line.length - after.length) } : {};
}

/** Replaces all answers by those of a file. @param {string} text */
export function open(text) {
  const [, head, body] =
    text
      .replace(/^\ufeff/, "")
      .replace(/\r\n/g, "\n")
      .match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
  if (head === undefined) throw new Error("front matter");
  /** @type {Answers} */
  const next = { front: yaml(head), sender: sender(head), body: {}, kept: {}, written: {} };
  if (next.front.place) next.front.place = asArray(next.front.place).map((place) => (typeof place === "object" ? place : { name: place }));
  const ids = asArray(next.front.sources).map(({ id }) => id);
  let last = "";
  for (const section of ("\n" + body).split(/\n(?=## )/)) {
    const [, heading, text] = section.match(/^## (.*)\n([\s\S]*)$/) ?? [];
    const field = heading ? fields.find((field) => field.heading === heading.trim()) : undefined;
    if (!field?.heading) {
      if (section.trim()) next.kept[last] = (next.kept[last] ? next.kept[last] + "\n\n" : "") + section.trim();
      continue;
    }
    last = field.heading;
    const markdown = text.trim();
    const typed = markdown
      .replace(field.lead ? field.lead : "\0", "")
      .replace(/\[@([\w-]+)\]/g, (mark, id) => (ids.includes(id) ? `[${ids.indexOf(id) + 1}]` : mark))
      .replace(/\\([!-/:-@[-`{-~])/g, "$1")
      .trim();
    next.body[field.heading] = typed;
    next.written[field.heading] = { text: typed, markdown };
  }
  begin(next);
}
