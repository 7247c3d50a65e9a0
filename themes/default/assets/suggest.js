// Suggestions below the search box: terms, entries of the glossary, places, and titles of results.
//
// A combobox with a list, as in the WAI-ARIA Authoring Practices: the focus stays in the box, arrows move through the
// list, Enter chooses, Escape closes. It loads nothing that the search does not need.
import { byId } from "./elements.js";
import { box, kinds, root } from "./search-page.js";

const list = byId("suggestions");
const results = byId("results");
/** The fewest letters for suggestions. */
const MIN_LETTERS = 2;
/** The most suggestions. */
const MAX_SUGGESTIONS = 8;

let marked = -1;
let turn = 0;

box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-expanded", "false");
box.setAttribute("aria-controls", list.id);

/**
 * The suggestions: names first, then results whose titles have the words.
 *
 * @param {string} text
 * @returns {Promise<{ text: string, kind: string, href?: string }[]>}
 */
async function suggestions(text) {
  // The library, if the search of this page has opened it.
  const names = (await root.library?.suggest(text, MAX_SUGGESTIONS - 2)) ?? [];
  const typed = text.toLowerCase();
  const links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (results.querySelectorAll("h3 a"))];
  const titles = links.filter(({ textContent }) => textContent?.toLowerCase().includes(typed));
  const cases = titles
    .slice(0, MAX_SUGGESTIONS - names.length)
    .map(({ textContent, href }) => ({ text: textContent ?? "", kind: "case", href }));
  return [...names, ...cases];
}

async function offer() {
  const mine = ++turn;
  const text = box.value.trim();
  const found = text.length < MIN_LETTERS ? [] : await suggestions(text).catch(() => []);
  if (mine !== turn || document.activeElement !== box) return;
  const others = found.filter((suggestion) => suggestion.text.toLowerCase() !== text.toLowerCase());
  list.replaceChildren(...others.map(option));
  open(others.length > 0);
}

/**
 * @param {{ text: string, kind: string, href?: string }} suggestion
 * @param {number} n
 */
function option({ text, kind, href }, n) {
  const item = Object.assign(document.createElement("li"), { id: `cb-suggestion-${n}`, dir: "auto" });
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.append(text, " ", Object.assign(document.createElement("small"), { textContent: kinds[kind] }));
  // This event comes before the box loses the focus.
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", () => (href ? location.assign(href) : take(text)));
  return item;
}

/** @param {boolean} isOpen */
function open(isOpen) {
  marked = -1;
  list.hidden = !isOpen;
  box.setAttribute("aria-expanded", String(isOpen));
  box.removeAttribute("aria-activedescendant");
}

/** @param {string} text */
function take(text) {
  box.value = text;
  turn++;
  open(false);
  box.form?.requestSubmit();
}

/** @param {number} n */
function mark(n) {
  const options = [...list.children];
  marked = (n + options.length + 1) % (options.length + 1);
  // There is one more position than options; there, none is selected.
  if (marked === options.length) marked = -1;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === marked)));
  if (marked < 0) box.removeAttribute("aria-activedescendant");
  else box.setAttribute("aria-activedescendant", options[marked].id);
  options[marked]?.scrollIntoView({ block: "nearest" });
}

box.addEventListener("input", () => void offer());
box.addEventListener("blur", () => open(false));
box.addEventListener("keydown", (event) => {
  // What is still being looked up must not open the list again.
  if (event.key === "Escape") turn++;
  if (list.hidden) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    mark(marked + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Escape") {
    event.preventDefault();
    open(false);
  } else if (event.key === "Enter" && marked >= 0) {
    event.preventDefault();
    /** @type {HTMLElement} */ (list.children[marked]).click();
  } else if (event.key === "Enter" || event.key === "Tab") {
    turn++;
    open(false);
  }
});
