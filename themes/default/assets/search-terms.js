// The terms of the filters: their checkboxes, names and signs.
import { form } from "./search-page.js";

const sets = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-facet]")]);

/** The ids of the filters, in order. */
export const facets = sets.map((set) => String(set.dataset.facet));

/** The checkbox of every term. */
export const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[data-facet] input[type=checkbox]")]);

const legends = new Map(sets.map((set, n) => [facets[n], /** @type {HTMLElement} */ (set.querySelector("legend"))]));

/** The id of a term, and those of retired terms that it replaces. @param {HTMLInputElement} box */
export const idsOf = (box) => [box.value, ...(box.dataset.was?.split(" ") ?? [])].filter(Boolean);

const known = new Map(boxes.flatMap((box) => idsOf(box).map((id) => [box.name + "\n" + id, box])));

/** The checkbox of a term, if the library has it. @param {string} facet @param {string} id */
export const termBox = (facet, id) => known.get(facet + "\n" + id);

/** The label of a filter. @param {string} facet */
export const legendOf = (facet) => legends.get(facet)?.textContent?.trim() ?? "";

/** A copy of the sign of a filter. @param {string} facet */
export const signOf = (facet) => /** @type {HTMLElement} */ (legends.get(facet)?.querySelector("[data-part=shape]")?.cloneNode());

/** The shape of the sign of a filter. @param {string} facet */
export const shapeOf = (facet) => sets.find((set) => set.dataset.facet === facet)?.dataset.shape ?? "";

/** Are the terms of a filter marks, with a drawing? @param {string} facet */
export const isMark = (facet) => legends.get(facet)?.parentElement?.hasAttribute("data-marks") ?? false;
