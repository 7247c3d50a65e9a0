// The results on the page: lists of cases, with a heading before each that needs one.
import { byId, element } from "./elements.js";

const results = byId("results");

/** Removes all results. */
export const clearResults = () => results.replaceChildren();

/** A list of cases. @param {Node[]} entries */
export const listOf = (entries) => element("ul", { className: "cb-ledger" }, ...entries);

/** Adds cases to the last list, or to a new one below a heading. @param {Node[]} entries */
export function addEntries(entries) {
  if (!entries.length) return;
  const last = results.lastElementChild;
  if (last?.matches("ul")) last.append(...entries);
  else results.append(listOf(entries));
}

/** Adds a remark below the cases. @param {string} text */
export const addNote = (text) => results.append(element("p", { className: "cb-muted", textContent: text }));

/** Adds a heading over cases that lack some of the words, once. @param {string} text */
export function addRestHeading(text) {
  if (!results.querySelector(".cb-rest")) results.append(element("h2", { className: "cb-group-head cb-rest", textContent: text }));
}
