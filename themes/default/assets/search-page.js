// The parts of the search page, and the texts of its interface.
import { byId, element } from "./elements.js";
import { plural } from "./texts.js";

/** @typedef {Awaited<ReturnType<typeof import("../../../src/search/browser/search.js").openLibrary>>} Library */
/** @typedef {Awaited<ReturnType<Library["search"]>>} Found */
/** @typedef {Awaited<ReturnType<Library["explain"]>>} Explained */
/** @typedef {{ one: string, other: string }} Plural A text that depends on a number. */

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
/**
 * How many cases have every word, how many some of them or a related term, and how many could not be loaded.
 *
 * @type {{ all: Plural, none: string, some: Plural, rest: Plural, related: Plural, lost: Plural }}
 */
export const counts = given.counts ?? {};
/** What is said of a search that fails or takes long. @type {Record<string, string>} */
export const faults = given.faults ?? {};
/**
 * The texts of near misses.
 *
 * @type {{ matches: string, matching: Plural, noneMatching: string, alsoMatching: Plural, show: string }}
 */
export const nearTexts = given.near ?? {};
/** The names of the kinds of suggestions. @type {Record<string, string>} */
export const kinds = given.kinds ?? {};

/** A number with its thousands separated. @param {number} n */
export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, texts.thousands);

/** A number of cases in words. @param {number} n */
export const counted = (n) => plural(plurals.cases, n, { count: grouped(n) });

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
