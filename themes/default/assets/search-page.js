// The parts of the search page, and the texts of its interface.

/** @typedef {Awaited<ReturnType<typeof import("../../../src/search/browser/search.js").openLibrary>>} Library */
/** @typedef {Awaited<ReturnType<Library["search"]>>} Found */
/** @typedef {Awaited<ReturnType<Library["explain"]>>} Explained */
/** @typedef {{ one: string, other: string }} Plural A text that depends on a number. */

/** @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById("cb-" + id));

/** The page. Other scripts find the open library there. @type {HTMLElement & { library?: Library }} */
export const root = byId("search");
export const form = /** @type {HTMLFormElement} */ (byId("asking"));

/** @param {string} name */
export const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
export const box = field("q");
export const perPage = Number(root.dataset.perPage);

const given = JSON.parse(root.dataset.texts ?? "{}");
/** @type {Record<string, string>} */
export const texts = given;
/** @type {Record<string, Plural>} */
export const plurals = given;
/** The names of the kinds of suggestions. @type {Record<string, string>} */
export const kinds = given.kinds ?? {};

/**
 * A text with values in place of its names in braces.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));

/** A number with its thousands separated. @param {number} n */
export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, texts.thousands);

/** @param {Plural} text @param {number} n */
export const plural = ({ one, other }, n) => filled(n === 1 ? one : other, { count: grouped(n) });

/** @param {number} n */
export const counted = (n) => plural(plurals.cases, n);

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The address of a search for these words. @param {string} words */
export const searchFor = (words) => location.pathname + "?q=" + encodeURIComponent(words);

/** A link to a search for these words. @param {string} words */
export const searchLink = (words) => element("a", { href: searchFor(words), textContent: words });

/** The list in a part of the page gets these items. @param {string} id @param {Node[]} items */
export function fillList(id, items) {
  byId(id)
    .querySelector("ul")
    ?.replaceChildren(...items);
  byId(id).hidden = !items.length;
}
