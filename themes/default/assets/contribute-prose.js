// The texts of a case as elements. What was typed or opened is never read as HTML.
import { asArray, state } from "./contribute-answers.js";
import { withHyphen } from "./contribute-file.js";
import { byId, element } from "./elements.js";

/** @typedef {(text: string) => (Node | string)[]} Inline Makes the inside of a line. */

/**
 * A typed text: paragraphs, and lists where lines begin with a hyphen.
 *
 * @param {string} text
 */
export const prose = (text) =>
  blocksOf(text.split("\n").map(withHyphen)).flatMap((lines) => paragraphs(lines, /^\s*(-)\s+(.*[^-\s].*)/, numbered));

/**
 * An opened text: what most Markdown of cases consists of. Anything else is shown as it is.
 *
 * @param {string} text
 * @returns {HTMLElement[]}
 */
export const renderMarkdown = (text) => blocksOf(text.split("\n")).flatMap(block);

/** The lines of each block: what blank lines divide. @param {string[]} lines */
function blocksOf(lines) {
  /** @type {string[][]} */
  const blocks = [[]];
  for (const line of lines) {
    if (line.trim()) blocks.at(-1)?.push(line);
    else blocks.push([]);
  }
  return blocks.filter(({ length }) => length);
}

/**
 * A block of Markdown: a heading, a quotation, a table, or else paragraphs and lists.
 *
 * @param {string[]} lines
 * @returns {HTMLElement[]}
 */
function block(lines) {
  const [, heading] = lines[0].match(/^#{1,6}\s+(.*)/) ?? [];
  if (heading) return [element("h5", {}, ...inline(heading)), ...(lines.length > 1 ? block(lines.slice(1)) : [])];
  if (lines.every((line) => line.startsWith(">"))) return [quotation(lines.map((line) => line.replace(/^> ?/, "")))];
  if (lines[0].includes("|") && /^[\s|:-]*-[\s|:-]*$/.test(lines[1] ?? "")) return [table(lines)];
  return paragraphs(lines, /^\s*([-*+]|\d+[.)])\s+(.*)/, inline);
}

/** A quotation, or an alert such as `[!NOTE]`. @param {string[]} lines */
function quotation(lines) {
  const [, kind, title] = lines[0].match(/^\[!(\w+)\]\s*(.*)/) ?? [];
  const name = title || (kind && kind[0] + kind.slice(1).toLowerCase());
  const inner = renderMarkdown(lines.slice(name ? 1 : 0).join("\n"));
  return name
    ? element("div", { className: "alert" }, element("p", {}, element("strong", {}, ...inline(name))), ...inner)
    : element("blockquote", {}, ...inner);
}

/** @param {string[]} lines */
function table([head, , ...rows]) {
  const cells = (/** @type {string} */ line) =>
    line
      .trim()
      .replace(/^\||(?<!\\)\|$/g, "")
      .split(/(?<!\\)\|/);
  const row = (/** @type {string} */ line, /** @type {"th" | "td"} */ tag) =>
    element("tr", {}, ...cells(line).map((cell) => element(tag, {}, ...inline(cell.trim()))));
  const body = rows.map((line) => row(line, "td"));
  return element("div", { className: "table" }, element("table", {}, element("thead", {}, row(head, "th")), element("tbody", {}, ...body)));
}

/**
 * Paragraphs and lists.
 *
 * @param {string[]} lines
 * @param {RegExp} item what finds the mark and the text of an item
 * @param {Inline} inside
 */
function paragraphs(lines, item, inside) {
  /** @type {HTMLElement[]} */
  const made = [];
  for (const line of lines) {
    const [, mark, text] = line.match(item) ?? [];
    const last = made.at(-1);
    if (text !== undefined) {
      const tag = /\d/.test(mark) ? "ol" : "ul";
      const into = last?.tagName === tag.toUpperCase() ? last : element(tag);
      if (into !== last) made.push(into);
      into.append(element("li", {}, ...inside(text)));
    } else if (last) (last.tagName === "P" ? last : /** @type {Element} */ (last.lastChild)).append(" ", ...inside(line.trim()));
    else made.push(element("p", {}, ...inside(line)));
  }
  return made;
}

/** A link to source `n` of the list at the end. @param {number} n @param {string} [place] */
function citation(n, place = "") {
  const to = (/** @type {Event} */ event) => {
    event.preventDefault();
    byId("source-" + n).focus();
  };
  return element("sup", {}, element("a", { href: "#cb-source-" + n, onclick: to }, n + place));
}

/** A typed line, in which the number of a source leads to it. @type {Inline} */
function numbered(text) {
  const count = asArray(state.front.sources).length;
  return text.split(/(\[\d{1,2}\])/).map((part) => {
    const number = Number(part.match(/^\[(\d+)\]$/)?.[1]);
    return number >= 1 && number <= count ? citation(number) : part;
  });
}

// An escaped mark, a citation, a link, strong and other emphasis, and code.
const marks =
  /\\([!-/:-@[-`{-~])|\[(@[^[\]]+)\]|\[([^[\]]+)\]\([^()]*\)|(?<![\p{L}\p{N}])(\*\*|__)(?=\S)(.+?)\4|(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)\6|`([^`]+)`/gu;

/** A line of Markdown. @type {Inline} */
function inline(text) {
  const made = [];
  let from = 0;
  for (const found of text.matchAll(marks)) {
    const [all, escaped, cited, link, , strong, , emphasised, code] = found;
    made.push(text.slice(from, found.index));
    from = found.index + all.length;
    if (cited) made.push(...citations(cited, all));
    else if (strong) made.push(element("strong", {}, ...inline(strong)));
    else if (emphasised) made.push(element("em", {}, ...inline(emphasised)));
    else if (code) made.push(element("code", {}, code));
    else made.push(...(link ? inline(link) : [escaped]));
  }
  return [...made, text.slice(from)];
}

/**
 * The sources that a citation names.
 *
 * @param {string} cited such as `@audit, p. 4; @minutes`
 * @param {string} all the citation in its brackets
 */
function citations(cited, all) {
  const ids = asArray(state.front.sources).map((source) => source?.id);
  const found = cited.split(/;|,(?=\s*@)/).map((one) => {
    const [, id, place] = one.trim().match(/^@([^\s,]+)(.*)$/) ?? [];
    return { n: ids.indexOf(id) + 1, place };
  });
  return found.every(({ n }) => n > 0) ? found.map(({ n, place }) => citation(n, place)) : [all];
}
