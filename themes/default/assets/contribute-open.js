// Reads the file of a case: one that this form has made, or another. What the form has no field for stays as it is.
import { begin, fields, asArray, words } from "./contribute-answers.js";
import { shown } from "./contribute-file.js";

/** @typedef {import("./contribute-answers.js").Answers} Answers */

/**
 * Parses the YAML that cases use: mappings and lists by indentation or in brackets, plain and quoted texts.
 *
 * @param {string} text
 */
function yaml(text) {
  /** @type {{ depth: number, text: string, block?: string[] }[]} */
  const lines = [];
  // The depth that the lines of a block of text are beyond.
  let outer = 0;
  for (const line of text.split("\n")) {
    const depth = line.search(/\S/);
    const block = lines.at(-1)?.block;
    if (block && (depth < 0 || depth > outer)) block.push(line.trim());
    else if (depth >= 0 && line[depth] !== "#") {
      const begun = line.match(/^( *(?:- +)*)((?:"[^"]*"|[^\s"#:][^:]*): +)?[|>][-+\d]*(?: +#.*)?$/);
      if (begun) outer = begun[2] ? begun[1].length : begun[1].trimEnd().length - 1;
      lines.push({ depth, text: line.trim(), block: begun ? [] : undefined });
    }
  }
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
      const { text, block } = lines[at];
      const [, key, rest] = text.match(/^("[^"]*"|[^:]+?):(?: +(.*))?$/) ?? [];
      if (key === undefined) throw new Error(text);
      at += 1;
      found[key.replace(/^"|"$/g, "")] = block ? block.join("\n").trim() : inline(rest, depth);
    }
    return found;
  };
  const sequence = (/** @type {number} */ depth) => {
    /** @type {unknown[]} */
    const found = [];
    while (lines[at]?.depth === depth && /^-( |$)/.test(lines[at].text)) {
      const { text, block } = lines[at];
      const rest = text.slice(1).trim();
      if (/^("[^"]*"|[\w.-]+):( |$)/.test(rest)) {
        lines[at] = { depth: depth + 2, text: rest, block };
        found.push(mapping(depth + 2));
      } else {
        at += 1;
        found.push(block ? block.join("\n").trim() : inline(rest, depth));
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
    const more = [];
    while (lines[at]?.depth > depth) more.push(lines[at++].text);
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
          : /^(0|-?[1-9]\d{0,14})$/.test(words)
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
  const known = new Set(["date", "status"]);
  for (const field of fields) if (!field.heading && !field.sender) known.add(field.key.split(".")[0]);
  /** @type {Record<string, string>} */
  const others = {};
  const own = head.split(/\n(?=[^\s#\]}-])/).filter((entry) => {
    const [, key] = entry.match(/^["']?([^\s"'#:][^"':]*)["']?:/) ?? [];
    if (key === undefined || known.has(key)) return true;
    others[key] = entry.trimEnd();
    return false;
  });
  /** @type {Answers} */
  const next = { front: yaml(own.join("\n")), others, sender: sender(head), body: {}, kept: {}, written: {} };
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
    // A heading that the file has twice gets the texts of both.
    const before = next.written[last];
    const markdown = [before?.markdown, text.trim()].filter(Boolean).join("\n\n");
    const typed = [before?.text, shown(text.replace(field.lead || "\0", ""), ids).trim()].filter(Boolean).join("\n\n");
    next.body[last] = typed;
    next.written[last] = { text: typed, markdown };
  }
  begin(next);
}
