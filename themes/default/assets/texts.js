// Texts: those of the interface with their values filled in, and the first part of a long text.

/** A text with values in place of `{names}`. @param {string} text @param {Record<string, unknown>} values */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));

/**
 * The beginning of a text, with at most this many characters. An emoji is never cut in two.
 *
 * @param {string} text
 * @param {number} most
 */
export const cut = (text, most) => [...text].slice(0, most).join("");

/**
 * The first sentence of a text, as the lists of the site show it. `first_sentence` in `src/site/view/entry.rs` has the
 * same rule, and the table `sentences.txt` tests both.
 *
 * @param {string} text
 */
export function firstSentence(text) {
  for (const { index } of text.matchAll(/[.?!](?= \P{Lowercase})/gu)) {
    const sentence = text.slice(0, index);
    const word = sentence.split(/\p{White_Space}/u).at(-1) ?? "";
    // "St. Albans", "A. B. Smith" and "c. 1900" go on.
    const isAbbreviation = /^(.?|\p{Uppercase}.)$/u.test(word.replace(/[^\p{Alphabetic}\p{N}]/gu, ""));
    if (!isAbbreviation) return text.slice(0, index + 1);
  }
  return text;
}

/**
 * The form of a text for a count.
 *
 * @param {{ one: string, other: string }} words
 * @param {number} count
 * @param {Record<string, unknown>} [values]
 */
export const plural = (words, count, values) => filled(count === 1 ? words.one : words.other, { count, ...values });
