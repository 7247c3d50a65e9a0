// The links to the other pages of results.
import { address, asked } from "./search-address.js";
import { byId, element } from "./elements.js";
import { fillList, grouped, perPage, texts } from "./search-page.js";
import { filled } from "./texts.js";

/** Shows the links. `changed` is called after one was followed. @param {number} total @param {() => void} changed */
export function showPager(total, changed) {
  const { page } = asked;
  const pages = Math.ceil(total / perPage);
  const around = [1, page - 2, page - 1, page, page + 1, page + 2, pages];
  const numbers = [...new Set(around)].filter((n) => n >= 1 && n <= pages);
  const item = (/** @type {number} */ number, /** @type {string} */ word = "") => pageLink(number, word, changed);
  const gap = () => element("li", { ariaHidden: "true" }, element("span", { textContent: "…" }));
  const items = numbers.flatMap((number, n) => (n && number > numbers[n - 1] + 1 ? [gap(), item(number)] : [item(number)]));
  if (page > 1) items.unshift(item(page - 1, texts.previous));
  if (page < pages) items.push(item(page + 1, texts.next));
  fillList("pager", items);
  byId("pager").hidden = pages < 2;
}

/** @param {number} number @param {string} word @param {() => void} changed */
function pageLink(number, word, changed) {
  const link = element("a", { href: address(number), textContent: word || grouped(number) });
  if (!word) link.setAttribute("aria-label", filled(texts.page, { page: grouped(number) }));
  if (!word && number === asked.page) link.setAttribute("aria-current", "page");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    asked.page = number;
    history.pushState(null, "", address());
    changed();
  });
  return element("li", {}, link);
}
