// The address ⇄ the form, and the form → a request to the library.
import { byId } from "./elements.js";
import { box, field, form, perPage } from "./search-page.js";
import { boxes, facets, idsOf, termBox } from "./search-terms.js";

/** @typedef {(number | null)[]} Years The first and the last, either of which may be open. */

/**
 * @typedef {object} Request
 * @property {string} text
 * @property {Record<string, string[]>} filters
 * @property {Record<string, string>} match
 * @property {Years} years
 * @property {string} sort
 * @property {number} offset
 * @property {number} limit
 */

/**
 * @typedef {object} Choice A part of a request: its words, a filter, or its years.
 * @property {string} [words]
 * @property {string} [facet]
 * @property {string[]} [ids]
 * @property {Years} [years]
 */

/** What the address says beside the form: the page of results, and terms that the library does not have. */
export const asked = { page: 1, unknown: /** @type {string[][]} */ ([]) };

/** Fills the form from the address. */
export function readAddress() {
  const address = new URLSearchParams(location.search);
  box.value = address.get("q") ?? "";
  for (const input of boxes) input.checked = address.getAll(input.name).some((id) => idsOf(input).includes(id));
  for (const facet of facets) {
    const wanted = address.get(facet + "-match") === "all" ? "all" : "any";
    for (const radio of radios(facet)) radio.checked = radio.value === wanted;
  }
  for (const name of ["from", "to"]) field(name).value = address.get(name) ?? "";
  const sort = address.get("sort") ?? "";
  field("sort").value = ["newest", "title"].includes(sort) ? sort : "relevance";
  asked.page = Math.max(1, Math.floor(Number(address.get("page"))) || 1);
  const given = facets.flatMap((facet) => address.getAll(facet).map((id) => [facet, id]));
  // A list of the home page from which nothing was chosen is in the address without an id.
  asked.unknown = given.filter(([facet, id]) => id && !termBox(facet, id));
}

/** The choice between any and all of the terms of a filter. @param {string} facet */
const radios = (facet) => /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(`[name="${CSS.escape(facet)}-match"]`));

/** @param {string} facet */
const isAll = (facet) => [...radios(facet)].some(({ checked, value }) => checked && value === "all");

/** The address of the form, for a page of its results. */
export function address(page = asked.page) {
  const parts = new URLSearchParams();
  if (box.value.trim()) parts.append("q", box.value.trim());
  for (const input of boxes) if (input.checked) parts.append(input.name, input.value);
  for (const [facet, id] of asked.unknown) parts.append(facet, id);
  for (const facet of facets) if (isAll(facet)) parts.append(facet + "-match", "all");
  for (const name of ["from", "to"]) if (field(name).value) parts.append(name, field(name).value);
  if (field("sort").value !== "relevance") parts.append("sort", field("sort").value);
  if (page > 1) parts.append("page", String(page));
  const query = parts.toString();
  return location.pathname + (query ? "?" + query : "");
}

/** Does the form ask for more than words? */
export const hasFilters = () => address().replace(/[?&](q|sort)=[^&]*/g, "") !== location.pathname;

/**
 * The request of the form, for these words. Says so if its years are reversed, and corrects them.
 *
 * @param {string} text
 * @returns {Request}
 */
export function requestFor(text) {
  /** @type {Record<string, string[]>} */
  const filters = {};
  for (const { checked, name, value } of boxes) if (checked) (filters[name] ??= []).push(value);
  for (const [facet, id] of asked.unknown) (filters[facet] ??= []).push(id);
  const match = Object.fromEntries(facets.filter(isAll).map((facet) => [facet, "all"]));
  const [from, to] = ["from", "to"].map((name) => (field(name).value === "" ? null : Number(field(name).value)));
  const isReversed = from !== null && to !== null && from > to;
  byId("years").hidden = !isReversed;
  const years = isReversed ? [to, from] : [from, to];
  return { text, filters, match, years, sort: field("sort").value, offset: (asked.page - 1) * perPage, limit: perPage };
}

/** A word or phrase that cases must not have. It is no choice that a case could miss. */
const EXCLUSION = /(?<!\S)-(?:["“”„][^"“”„]*["“”„]|[\p{L}\p{N}]\S*)/gu;

/** The words and phrases of a text that cases must not have. @param {string} text */
export const exclusionsOf = (text) => (text.match(EXCLUSION) ?? []).join(" ");

/**
 * The choices of a request: the words, each filter (each of its terms, if a case must carry them all) and the years.
 *
 * @param {Request} request
 * @returns {Choice[]}
 */
export function choicesOf({ text, filters, match, years }) {
  const chosen = Object.entries(filters).flatMap(([facet, ids]) =>
    match[facet] === "all" ? ids.map((id) => ({ facet, ids: [id] })) : [{ facet, ids }],
  );
  const words = text.replace(EXCLUSION, "").trim() ? [{ words: text.trim() }] : [];
  return [...words, ...chosen, ...(years.some((year) => year !== null) ? [{ years }] : [])];
}

/** Empties the form, except for the words. */
export function clearFilters() {
  for (const input of boxes) input.checked = false;
  for (const facet of facets) for (const radio of radios(facet)) radio.checked = radio.value === "any";
  for (const name of ["from", "to"]) field(name).value = "";
  asked.unknown = [];
}
