// Elements of the page, and its words with their numbers filled in.

/** @typedef {Node | string | undefined | null | false} Child A child of an element; one that is absent is left out. */

/**
 * Makes an element. `having` holds its properties, attributes and, under names that begin with `on`, its listeners.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [having]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const make = (tag, having = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(having)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name in made && !name.includes("-")) Object.assign(made, { [name]: value });
    else made.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== undefined && child !== null && child !== false) made.append(child);
  return made;
};

/** The element with this id, which the page has. @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** The field in which something was typed or chosen. @param {Event} event */
export const inputOf = (event) => /** @type {HTMLInputElement} */ (event.target);

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
