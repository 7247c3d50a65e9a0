// Suggestions: terms, entries of the glossary and places that begin with the typed text. Loaded when someone types.
import { words } from "./words.js";

/**
 * The names with a word that begins with the typed text. Names that begin with it come first, shorter before longer
 * ones.
 *
 * @param {import("./index.js").Index} index
 * @param {string} text
 * @param {number} limit
 */
export function suggested(index, text, limit) {
  const typed = words(text).join(" ");
  if (!typed) return [];
  /** @type {{ text: string, kind: string, inside: number }[]} */
  const found = [];
  for (const { names, kind } of index.catalogue.names) {
    if (kind === "synonyms") continue;
    for (const name of names) {
      const folded = " " + words(name).join(" ");
      const at = folded.indexOf(" " + typed);
      if (at >= 0) found.push({ text: name, kind, inside: Math.sign(at) });
    }
  }
  /** @param {string} a @param {string} b */
  const compared = (a, b) => Number(a > b) - Number(a < b);
  found.sort((a, b) => a.inside - b.inside || a.text.length - b.text.length || compared(a.text, b.text));
  const distinct = new Map();
  for (const { text, kind } of found) {
    const key = text.toLowerCase();
    if (!distinct.has(key)) distinct.set(key, { text, kind });
  }
  return [...distinct.values()].slice(0, limit);
}
