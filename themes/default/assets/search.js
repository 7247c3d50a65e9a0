// The search page: searches for what the form contains, shows the results, and keeps the address. The search module,
// whose address is in the page, does the searching; `search-*.js` show its answers.
import { address, asked, choicesOf, clearFilters, readAddress, requestFor } from "./search-address.js";
import { entry } from "./search-entry.js";
import { arrangeAll, showChosen, showCounts } from "./search-filters.js";
import { drawLives } from "./search-lives.js";
import { byId } from "./elements.js";
import { addEntries, addNote, addRestHeading, clearResults } from "./search-list.js";
import { box, counts, faults, form, grouped, perPage, root } from "./search-page.js";
import { filled, plural } from "./texts.js";
import { showPager } from "./search-pager.js";
import { countOf, explain, restOf, sayCount, sayEmptyRegions, sayFound } from "./search-said.js";

/** @typedef {import("./search-entry.js").Result} Result */
/** @typedef {import("./search-page.js").Found} Found */
/** @typedef {import("./search-page.js").Library} Library */

/** The number of results that fit on a screen. They are shown first, since each costs a request. */
const FIRST = Math.min(6, perPage);
/** If fewer cases match, near misses are shown too. */
const ENOUGH = 10;
/** The time without letters after which the search begins, in milliseconds. */
const PAUSE = 80;
/** The time after which the page says that it is still searching, and shows other ways, in milliseconds. */
const SLOW = 4000;
/**
 * A text with a word that may be an acronym, such as PCT, A&E or s.151, though not 2009. Only then is the glossary
 * loaded.
 */
const MAY_BE_ACRONYM = /(?<!\S)(?=\S*(?:\p{Lu}|[&+\-./'][\p{L}\p{N}]))\S*?[\p{Lu}\p{N}]\S*?[\p{Lu}\p{N}]/u;

// `started.js` says so if this script could not be loaded.
root.dataset.started = "";

/** Stops the last search. Only the results of the last one are shown. */
let current = new AbortController();
/** Is the query in the address still being typed? Only finished queries get an entry of the history. */
let isDraft = false;

/** Searches for what the form contains. */
async function search({ isTyping = false, focus = false } = {}) {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  root.setAttribute("aria-busy", "true");
  const late = setTimeout(() => signal.aborted || byId("found").classList.add("cb-late"), 400);
  const slow = setTimeout(() => signal.aborted || (byId("found").hidden && sayOtherWays(faults.slow)), SLOW);
  try {
    await answer(isTyping, focus, signal);
  } catch (error) {
    if (!signal.aborted) fail(error);
  } finally {
    clearTimeout(late);
    clearTimeout(slow);
    if (!signal.aborted) {
      root.removeAttribute("aria-busy");
      byId("found").classList.remove("cb-late");
    }
  }
}

/** @param {boolean} isTyping @param {boolean} focus @param {AbortSignal} signal */
async function answer(isTyping, focus, signal) {
  const library = (root.library ??= await openLibrary());
  const text = box.value;
  // A space says that the last word is complete, so that longer words are not searched.
  const request = { ...requestFor(isTyping ? text : text && text + " "), signal };
  const found = await library.search({ ...request, limit: FIRST });
  if (signal.aborted) return;
  if (asked.page > 1 && !found.results.length && found.total) {
    asked.page = Math.max(1, Math.ceil(found.total / perPage));
    history.replaceState(null, "", address());
    return search({ isTyping, focus });
  }
  const words = found.correction ?? text;
  // The count line says how many near misses there are, or how many cases have some of the words, and waits for that.
  const mayBeNear = found.total < ENOUGH && choicesOf(request).length > 1;
  sayCount(mayBeNear || !found.total ? "" : countOf(found, words));
  show(found, words, focus);
  sayEmptyRegions(words);
  // Results are worth showing without an explanation of the words.
  const explained = await library.explain(request.text).catch(() => null);
  if (signal.aborted) return;
  if (explained) explain(explained, found, request.text);
  const [offset, limit] = [request.offset + FIRST, Math.min(perPage, found.total - request.offset) - FIRST];
  const rest = limit > 0 ? (await library.search({ ...request, offset, limit })).results : [];
  if (signal.aborted) return;
  add(rest, found, words);
  sayLost(Math.max(0, Math.min(perPage, found.total - request.offset)) - found.results.length - rest.length);
  improve();
  showPager(found.total, () => void search({ focus: true }));
  const near = mayBeNear && (await nearMissesOf(library, request, found, words));
  if (signal.aborted) return;
  const { showOthers } = found.total ? { showOthers: null } : await import("./search-nothing.js");
  const partial = showOthers && (await showOthers(library, request, explained ?? [], Boolean(near)));
  if (signal.aborted) return;
  if (partial) {
    showCounts(partial.facets);
    improve();
  }
  sayCount(near || countOf(partial ? { ...partial, complete: 0 } : found, words));
}

/** @returns {Promise<Library>} */
async function openLibrary() {
  const module = new URL(root.dataset.module ?? "", location.href).href;
  const { openLibrary } = await import(module).catch(() => {
    throw Object.assign(new Error(faults.missing), { name: "SearchError" });
  });
  return openLibrary();
}

/** @param {unknown} error */
function fail(error) {
  const { name, message } = error instanceof Error ? error : { name: "", message: "" };
  // The name of a file says nothing to a reader.
  const why = name !== "SearchError" ? faults.unknown : /\.\w+ /.test(message) ? faults.missing : message;
  byId("found").hidden = true;
  byId("narrow").hidden = true;
  sayOtherWays(filled(faults.failed, { why }));
}

/** Says why there are no results, and shows the ways into the library that need no search. @param {string} why */
function sayOtherWays(why) {
  byId("failed").textContent = why;
  byId("failed").hidden = false;
  byId("browse").hidden = false;
  byId("browse").classList.add("cb-now");
}

/** Says how many cases could not be loaded. @param {number} lost */
function sayLost(lost) {
  if (lost > 0) addNote(plural(counts.lost, lost, { count: grouped(lost) }));
}

/**
 * Shows near misses, which are worth nothing without the results: they are left out if they could not be loaded.
 *
 * @param {Library} library
 * @param {Parameters<typeof import("./search-near.js").showNear>[1]} request
 * @param {Found} found
 * @param {string} words
 */
async function nearMissesOf(library, request, found, words) {
  const loaded = await import("./search-near.js").catch(() => null);
  return loaded?.showNear(library, request, found, words, improve);
}

/** Shows a response with its first results. @param {Found} found @param {string} words @param {boolean} focus */
function show(found, words, focus) {
  for (const id of ["failed", "browse", "pager", "nothing"]) byId(id).hidden = true;
  for (const id of ["found", "narrow"]) byId(id).hidden = false;
  sayFound(found);
  showCounts(found.facets);
  showChosen(changed);
  const hadFocus = byId("results").contains(document.activeElement);
  clearResults();
  add(found.results, found, words);
  if (hadFocus) box.focus();
  if (focus) focusCount();
}

function focusCount() {
  byId("count").tabIndex = -1;
  byId("count").focus();
}

/**
 * Adds results, with a heading before the first that lacks a word.
 *
 * @param {Result[]} results
 * @param {Found} found
 * @param {string} words
 */
function add(results, found, words) {
  const first = results.findIndex(({ missing }) => missing.length);
  const whole = first < 0 ? results : results.slice(0, first);
  addEntries(whole.map((result) => entry(result, words)));
  if (first < 0) return;
  addRestHeading(restOf(found, words));
  addEntries(results.slice(first).map((result) => entry(result, words)));
}

/** Adds to the results what is loaded when it is needed: lifelines, and the full names of acronyms. */
function improve() {
  void drawLives();
  void spellAcronyms();
}

async function spellAcronyms() {
  const passages = /** @type {HTMLElement[]} */ ([...byId("results").querySelectorAll("[data-part=excerpt]")]);
  const { glossary } = root.dataset;
  if (!glossary || !passages.some(({ textContent }) => MAY_BE_ACRONYM.test(textContent ?? ""))) return;
  await (await import("./search-acronyms.js")).spellOut(passages, glossary);
}

/** Searches after the form was changed. */
function changed() {
  asked.page = 1;
  isDraft = false;
  if (address() !== location.pathname + location.search) history.pushState(null, "", address());
  void search();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    asked.page = 1;
    if (address() !== location.pathname + location.search) {
      history[isDraft ? "replaceState" : "pushState"](null, "", address());
      isDraft = true;
    }
    void search({ isTyping: true });
  }, PAUSE);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  changed();
});

form.addEventListener("change", ({ target }) => {
  const input = /** @type {HTMLInputElement} */ (target);
  // A box in the results chooses a case for comparing, and is no part of the query.
  const isOfQuery = input !== box && input.id !== "cb-order" && !byId("results").contains(input);
  if (isOfQuery && input.form === form) changed();
});

form.addEventListener("keydown", (event) => {
  // The list of suggestions handles these keys.
  if (event.defaultPrevented) return;
  const links = /** @type {HTMLElement[]} */ ([...byId("results").querySelectorAll("h3 a")]);
  const here = links.indexOf(/** @type {HTMLElement} */ (event.target));
  if (event.key === "Escape" && event.target === box && box.value) {
    event.preventDefault();
    box.value = "";
    clearTimeout(pause);
    changed();
  } else if (event.key === "Escape" && here >= 0) {
    box.focus();
  } else if (event.key === "ArrowDown" && (event.target === box || here >= 0)) {
    event.preventDefault();
    (links[here + 1] ?? links[here])?.focus();
  } else if (event.key === "ArrowUp" && here >= 0) {
    event.preventDefault();
    (links[here - 1] ?? box).focus();
  }
});

byId("unfiltered").addEventListener("click", ({ target }) => {
  if (!(target instanceof HTMLButtonElement)) return;
  clearFilters();
  changed();
  box.focus();
});

byId("order").addEventListener("change", arrangeAll);

byId("show").addEventListener("click", () => {
  /** @type {HTMLDetailsElement} */ (byId("narrow")).open = false;
  focusCount();
});

addEventListener("popstate", () => {
  clearTimeout(pause);
  isDraft = false;
  readAddress();
  void search();
});

/** @type {HTMLDetailsElement} */ (byId("narrow")).open = matchMedia("(min-width: 64em)").matches;
// On a phone, cases come first.
/** @type {HTMLDetailsElement} */ (byId("pages")).open = matchMedia("(min-width: 40em)").matches;
readAddress();
// The forms of other pages put their empty fields into the address.
if (/=(&|$)/.test(location.search)) history.replaceState(null, "", address());
void search();
