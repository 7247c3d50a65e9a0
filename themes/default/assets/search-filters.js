// The filters: the number of cases of each term, the order of long lists, and the chosen terms above the results.
import { asked, clearFilters } from "./search-address.js";
import { byId, element } from "./elements.js";
import { box, field, form, grouped, texts } from "./search-page.js";
import { filled } from "./texts.js";
import { boxes, shapeOf, signOf } from "./search-terms.js";

/** The number of terms of a long filter that are shown at first. */
const FOLDED = 10;

/** @typedef {{ list: Element, items: HTMLElement[], more: HTMLButtonElement, isOpen: boolean }} TermList */

/** @param {HTMLElement} item */
const inputOf = (item) => /** @type {HTMLInputElement} */ (item.querySelector("input"));

/** The number of cases of each term. @type {WeakMap<HTMLInputElement, number>} */
const counts = new WeakMap();

const lists = [...form.querySelectorAll("[data-facet] ul")].map(termList);

/** A list of terms, with a button that unfolds it. @param {Element} list @returns {TermList} */
function termList(list) {
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  const more = element("button", { type: "button", className: "cb-more", textContent: filled(texts.more, { count: items.length }) });
  const made = { list, items, more, isOpen: false };
  more.addEventListener("click", () => {
    made.isOpen = true;
    arrange(made);
    inputOf(items[FOLDED]).focus();
  });
  list.after(more);
  return made;
}

/** Shows the number of cases of each term. @param {Record<string, Record<string, number>>} facets */
export function showCounts(facets) {
  for (const input of boxes) {
    const count = facets[input.name]?.[input.value] ?? 0;
    const label = /** @type {HTMLElement} */ (input.closest("label"));
    const span = /** @type {HTMLElement} */ (label.querySelector("[data-part=count]"));
    const shown = count ? grouped(count) : texts.none;
    if (span.textContent !== shown) span.textContent = shown;
    label.classList.toggle("cb-empty", !count);
    counts.set(input, count);
  }
  arrangeAll();
}

/** Sorts the terms of every filter in the chosen order. */
export const arrangeAll = () => lists.forEach(arrange);

/**
 * Sorts the terms of a filter in the chosen order, and folds a long list. A term of every case narrows nothing, so it
 * is only shown if it is chosen.
 *
 * @param {TermList} of
 */
function arrange({ list, items, more, isOpen }) {
  const order = /** @type {HTMLSelectElement} */ (byId("order")).value;
  const count = (/** @type {HTMLElement} */ item) => counts.get(inputOf(item)) ?? 0;
  const sorted = order === "count" ? [...items].sort((a, b) => count(b) - count(a)) : items;
  if (sorted.some((item, n) => list.children[n] !== item)) list.prepend(...sorted);
  const isLong = items.length > FOLDED + 2;
  sorted.forEach((item, n) => {
    const { checked, dataset } = inputOf(item);
    item.hidden = !checked && ("everywhere" in dataset || (isLong && !isOpen && n >= FOLDED));
  });
  more.hidden = !isLong || isOpen;
  /** @type {HTMLElement} */ (list.closest("[data-facet]")).hidden = items.every(({ hidden }) => hidden);
}

/**
 * Shows what is chosen, each with a button that removes it. `changed` is called after one is pressed.
 *
 * @param {() => void} changed
 */
export function showChosen(changed) {
  const pressed = (/** @type {() => void} */ remove) => () => {
    remove();
    changed();
    box.focus();
  };
  const terms = boxes.filter(({ checked }) => checked);
  const chips = terms.map((input) =>
    chip(
      String(input.dataset.label),
      pressed(() => (input.checked = false)),
      input.name,
    ),
  );
  for (const input of ["from", "to"].map(field)) {
    const label = input.closest("label")?.textContent?.trim();
    if (input.value)
      chips.push(
        chip(
          `${label} ${input.value}`,
          pressed(() => (input.value = "")),
        ),
      );
  }
  // On paper nothing can be removed, so the query stands there in words.
  const inWords = [box.value.trim() && `“${box.value.trim()}”`, ...chips.map(({ textContent }) => textContent?.replace(/ ×$/, ""))];
  byId("asked").textContent = inWords.filter(Boolean).join(texts.comma);
  if (chips.length || asked.unknown.length) {
    const clear = element("button", { type: "button", className: "cb-clear", textContent: texts.clear });
    clear.addEventListener("click", pressed(clearFilters));
    chips.push(element("li", {}, clear));
  }
  byId("chosen").replaceChildren(...chips);
  byId("chosen").hidden = !chips.length;
}

/**
 * @param {string} label
 * @param {() => void} remove
 * @param {string} [facet]
 */
function chip(label, remove, facet) {
  const signs = facet ? [signOf(facet)] : [];
  const className = facet ? `cb-chip cb-chip-${shapeOf(facet)}` : "cb-chip";
  const button = element("button", { type: "button", className }, ...signs, label + " ×");
  button.setAttribute("aria-label", filled(texts.remove, { term: label }));
  button.addEventListener("click", remove);
  return element("li", {}, button);
}
