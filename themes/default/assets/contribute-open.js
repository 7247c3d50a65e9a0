// Reads the file of a case into the form, whether the form made the file or not. Text and keys without a field are kept
// as they are.
import { begin, fields, asArray, words } from "./contribute-answers.js";
import { plainSection, shown } from "./contribute-file.js";

/** @typedef {import("./contribute-answers.js").Answers} Answers */
/** @typedef {import("./contribute-answers.js").Field} Field */
/** @typedef {import("./contribute-answers.js").TermsField} TermsField */

/**
 * Parses the YAML that cases use: mappings and lists by indentation or in brackets, plain and quoted texts.
 *
 * @param {string} text
 */
const yaml = (text) => new BlockReader(text).value(0) ?? {};

/** @typedef {{ depth: number, text: string, block?: string[] }} Line A line, its indentation and its block of text. */

/** Does a line begin an item of a list? @param {string} text */
const isItem = (text) => /^-( |$)/.test(text);

/**
 * The lines of YAML, without comments. A line that begins a block of text has the lines of the block.
 *
 * @param {string} text
 */
function yamlLines(text) {
  /** @type {Line[]} */
  const lines = [];
  // The lines of a block of text are indented further than this.
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
  return lines;
}

/** Reads mappings and lists by indentation. */
class BlockReader {
  /** The index of the next line. */
  at = 0;

  /** @param {string} text */
  constructor(text) {
    this.lines = yamlLines(text);
  }

  /** The value that is indented at least this far; null if there is none. @param {number} depth @returns {unknown} */
  value(depth) {
    const first = this.lines[this.at];
    if (!first || first.depth < depth) return null;
    return isItem(first.text) ? this.sequence(first.depth) : this.mapping(first.depth);
  }

  /** @param {number} depth */
  mapping(depth) {
    /** @type {Record<string, unknown>} */
    const found = {};
    for (let line = this.lines[this.at]; line?.depth === depth && !isItem(line.text); line = this.lines[this.at]) {
      const { text, block } = line;
      const [, key, rest] = text.match(/^("[^"]*"|[^:]+?):(?: +(.*))?$/) ?? [];
      if (key === undefined) throw new Error(text);
      this.at += 1;
      found[key.replace(/^"|"$/g, "")] = block ? block.join("\n").trim() : this.afterMark(rest, depth);
    }
    return found;
  }

  /** @param {number} depth */
  sequence(depth) {
    /** @type {unknown[]} */
    const found = [];
    for (let line = this.lines[this.at]; line?.depth === depth && isItem(line.text); line = this.lines[this.at]) {
      const { text, block } = line;
      const rest = text.slice(1).trim();
      if (/^("[^"]*"|[\w.-]+):( |$)/.test(rest)) {
        this.lines[this.at] = { depth: depth + 2, text: rest, block };
        found.push(this.mapping(depth + 2));
      } else {
        this.at += 1;
        found.push(block ? block.join("\n").trim() : this.afterMark(rest, depth));
      }
    }
    return found;
  }

  /**
   * The value after a colon or a hyphen: on the same line, continued on lines indented further, or all below.
   *
   * @param {string | undefined} rest the rest of the line
   * @param {number} depth
   * @returns {unknown}
   */
  afterMark(rest, depth) {
    const next = this.lines[this.at];
    if (!rest || rest.startsWith("#")) {
      const isBelow = next && (next.depth > depth || (next.depth === depth && isItem(next.text)));
      return isBelow ? this.value(next.depth) : null;
    }
    const more = [];
    while (this.lines[this.at]?.depth > depth) more.push(this.lines[this.at++].text);
    return new InlineReader([rest, ...more].join("\n")).value(false);
  }
}

/** A text over several lines on one line. @param {string} written */
const oneLine = (written) => written.replace(/\s*\n\s*/g, " ");

// Escapes of YAML that are not the escaped character itself, and what each means.
const ESCAPED = "0abtnvfreN_LP";
const MEANT = "\0\x07\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029";

/**
 * What a text in double quotation marks means, on one line: YAML has more escapes than JSON. A backslash at the end of
 * a line joins it to the next.
 *
 * @param {string} written
 */
const unescaped = (written) =>
  written.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|\n\s*|(.))|\s*\n\s*/g, (all, x, u, long, letter) => {
    const code = x ?? u ?? long;
    if (code) return String.fromCodePoint(Number.parseInt(code, 16));
    if (letter) return MEANT[ESCAPED.indexOf(letter)] ?? letter;
    return all.startsWith("\\") ? "" : " ";
  });

/** Reads a value within a block: lists and mappings in brackets, quoted and plain texts. */
class InlineReader {
  /** The position of the next character. */
  at = 0;

  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  /** The next character that is neither a space nor in a comment. */
  next() {
    this.at += this.text.slice(this.at).match(/^(\s|(?<=\s)#.*)*/)?.[0].length ?? 0;
    return this.text[this.at];
  }

  /** @param {boolean} isInBrackets @returns {unknown} */
  value(isInBrackets) {
    const first = this.next();
    if (first === "[") return this.list();
    if (first === "{") return this.mapping();
    return first === '"' || first === "'" ? this.quoted() : this.plain(isInBrackets);
  }

  list() {
    const items = [];
    for (this.at += 1; this.next() !== "]"; ) {
      items.push(this.value(true));
      this.separator("]");
    }
    this.at += 1;
    return items;
  }

  mapping() {
    /** @type {Record<string, unknown>} */
    const found = {};
    for (this.at += 1; this.next() !== "}"; ) {
      const key = this.text[this.at] === '"' ? this.quoted() : String(this.plain(true));
      if (this.next() === ":") this.at += 1;
      const next = this.next();
      found[key] = next === "," || next === "}" ? null : this.value(true);
      this.separator("}");
    }
    this.at += 1;
    return found;
  }

  /** Reads a comma, unless the closing bracket follows. @param {"]" | "}"} end */
  separator(end) {
    const next = this.next();
    if (next === ",") this.at += 1;
    else if (next !== end) throw new Error(this.text);
  }

  quoted() {
    const mark = this.text[this.at];
    const rest = this.text.slice(this.at);
    const end = mark === '"' ? rest.match(/^"(?:\\[\s\S]|[^"\\])*"/) : rest.match(/^'(?:''|[^'])*'/);
    if (!end) throw new Error(this.text);
    this.at += end[0].length;
    const written = end[0].slice(1, -1);
    return mark === '"' ? unescaped(written) : oneLine(written).replaceAll("''", "'");
  }

  /** A text without quotation marks, or what it means: null, a truth value, a number. @param {boolean} isInBrackets */
  plain(isInBrackets) {
    const rest = this.text.slice(this.at);
    const end = rest.search(isInBrackets ? /[,\]}]|:\s|\s#|:$/ : /\s#/);
    const written = oneLine(end < 0 ? rest : rest.slice(0, end)).trim();
    this.at = end < 0 ? this.text.length : this.at + end;
    if (written === "" || written === "null" || written === "~") return null;
    if (written === "true" || written === "false") return written === "true";
    return /^(0|-?[1-9]\d{0,14})$/.test(written) ? Number(written) : written;
  }
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

/** Has the front matter comments that the form has not written? They are not kept. @param {string} text */
function hasComments(text) {
  const own = ["#   ", `# ${words.still_open}:`, `# ${words.part.split("{part}")[0]}`];
  const lines = text.split("\n").filter((line) => !own.some((begin) => line.startsWith(begin)));
  const quoted = /"(?:\\.|[^"\\])*"|(?<=[\s,[{])'[^']*'/g;
  return lines.some((line) => line.startsWith("#")) || yamlLines(lines.join("\n")).some(({ text }) => /\s#/.test(text.replace(quoted, "")));
}

/**
 * Replaces all answers by those of a file. Returns whether the file has comments, which are lost.
 *
 * @param {string} text
 */
export function open(text) {
  const [, head, body] =
    text
      .replace(/^\ufeff/, "")
      .replace(/\r\n/g, "\n")
      .match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
  if (head === undefined) throw new Error("front matter");
  const { own, others } = splitKeys(head);
  /** @type {Answers} */
  const answers = { front: yaml(own.join("\n")), others, sender: sender(head), body: {}, kept: {}, isMarkdown: {}, unticked: {} };
  const { front } = answers;
  if (front.place) front.place = asArray(front.place).map((place) => (typeof place === "object" ? place : { name: place }));
  for (const field of fields) if (field.kind === "terms") useIds(front, /** @type {TermsField} */ (field));
  addSections(answers, body);
  begin(answers);
  return hasComments(own.join("\n"));
}

/**
 * Puts the ids of terms in place of their labels and other names.
 *
 * @param {Record<string, any>} front
 * @param {TermsField} field
 */
function useIds(front, { key, terms }) {
  const isName = (/** @type {string} */ name, /** @type {unknown} */ written) => name.toLowerCase() === String(written).toLowerCase();
  const id = (/** @type {string} */ written) =>
    terms.find(({ id, label, also = [] }) => [id, label, ...also].some((name) => isName(name, written)))?.id ?? String(written);
  const chosen = asArray(front[key]).filter((one) => one !== null);
  if (chosen.length) front[key] = chosen.map((one) => (typeof one === "object" ? { ...one, term: id(one.term) } : id(one)));
}

/** The lines of the keys that the form has a field for, and of the others by key. @param {string} head */
function splitKeys(head) {
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
  return { own, others };
}

/** Adds the text under each heading to the answers. @param {Answers} answers @param {string} body */
function addSections(answers, body) {
  const { kept } = answers;
  let last = "";
  for (const section of ("\n" + body).split(/\n(?=## )/)) {
    const [, heading, text] = section.match(/^## (.*)\n([\s\S]*)$/) ?? [];
    const field = heading ? fields.find((field) => field.heading === heading.trim()) : undefined;
    last = field?.heading ?? last;
    // A heading that the file has twice gets the texts of both.
    const [texts, own] = field ? [answers.body, text.trim()] : [kept, section.trim()];
    texts[last] = [texts[last], own].filter(Boolean).join("\n\n");
  }
  for (const field of fields) showSection(answers, field);
}

/**
 * Takes the marks out of a text that the form has written. Any other text is edited as the Markdown that it is, since
 * the form could not write again what it has beyond a list.
 *
 * @param {Answers} answers
 * @param {Field} field
 */
function showSection(answers, field) {
  const { heading, lead } = field;
  const text = answers.body[heading ?? ""];
  if (!heading || !text) return;
  const sources = asArray(answers.front.sources);
  const ids = sources.map((source) => source?.id);
  const plain = shown(lead && text.startsWith(lead) ? text.slice(lead.length) : text, ids).trim();
  const isPlain = plainSection(field, plain, sources) === text;
  answers.body[heading] = isPlain ? plain : text;
  answers.isMarkdown[heading] = !isPlain;
}
