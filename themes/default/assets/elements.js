// Elements of the page: makes them, and finds them.

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
export const element = (tag, having = {}, ...children) => {
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

/** The element of the theme with this id, which the page has. @param {string} id without the `cb-` at its beginning */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById("cb-" + id));

/** The field in which something was typed or chosen. @param {Event} event */
export const inputOf = (event) => /** @type {HTMLInputElement} */ (event.target);
