// Texts of the interface, with their values filled in.

/** A text with values in place of `{names}`. @param {string} text @param {Record<string, unknown>} values */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));

/** The beginning of a text, with at most this many characters. An emoji is never cut in two. @param {string} text @param {number} most */
export const cut = (text, most) => [...text].slice(0, most).join("");

/**
 * The form of a text for a count.
 *
 * @param {{ one: string, other: string }} words
 * @param {number} count
 * @param {Record<string, unknown>} [values]
 */
export const plural = (words, count, values) => filled(count === 1 ? words.one : words.other, { count, ...values });
