// The page for searching: form, address and results. What searches is the module named by the page.

const root = document.getElementById("cb-search");
const form = document.getElementById("cb-asking");
const at = (id) => document.getElementById("cb-" + id);
const texts = JSON.parse(root.dataset.texts);
const perPage = Number(root.dataset.perPage);
const box = form.elements.q;
const boxes = [...form.querySelectorAll("[data-facet] input[type=checkbox]")];
const facets = [...form.querySelectorAll("[data-facet]")].map((set) => set.dataset.facet);
const filled = (text, words) => text.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);
const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, texts.thousands);
const counted = (n) => filled(n === 1 ? texts.cases.one : texts.cases.other, { count: grouped(n) });
const known = Object.fromEntries(boxes.map((box) => [box.name + "\n" + box.value, box]));

let library;
let page = 1;
let unknown = [];
let asked = 0;
let current;

/* The address and the form */

function read() {
  const address = new URLSearchParams(location.search);
  box.value = address.get("q") ?? "";
  for (const input of boxes) input.checked = address.getAll(input.name).includes(input.value);
  for (const facet of facets) {
    const wanted = address.get(facet + "-match") === "all" ? "all" : "any";
    for (const radio of form.querySelectorAll(`[name="${CSS.escape(facet)}-match"]`)) radio.checked = radio.value === wanted;
  }
  form.elements.from.value = address.get("from") ?? "";
  form.elements.to.value = address.get("to") ?? "";
  const sort = address.get("sort");
  form.elements.sort.value = ["newest", "title"].includes(sort) ? sort : "relevance";
  page = Math.max(1, Math.floor(Number(address.get("page"))) || 1);
  unknown = facets.flatMap((facet) => address.getAll(facet).filter((id) => !known[facet + "\n" + id]).map((id) => [facet, id]));
}

const isAll = (facet) => form.querySelector(`[name="${CSS.escape(facet)}-match"]:checked`)?.value === "all";

function address(number = page) {
  const parts = new URLSearchParams();
  if (box.value.trim()) parts.append("q", box.value.trim());
  for (const input of boxes) if (input.checked) parts.append(input.name, input.value);
  for (const [facet, id] of unknown) parts.append(facet, id);
  for (const facet of facets) if (isAll(facet)) parts.append(facet + "-match", "all");
  for (const name of ["from", "to"]) if (form.elements[name].value) parts.append(name, form.elements[name].value);
  if (form.elements.sort.value !== "relevance") parts.append("sort", form.elements.sort.value);
  if (number > 1) parts.append("page", number);
  const query = parts.toString();
  return location.pathname + (query ? "?" + query : "");
}

function question(text) {
  const filters = {};
  const match = {};
  for (const input of boxes) if (input.checked) (filters[input.name] ??= []).push(input.value);
  for (const [facet, id] of unknown) (filters[facet] ??= []).push(id);
  for (const facet of facets) if (isAll(facet)) match[facet] = "all";
  const year = (name) => (form.elements[name].value === "" ? null : Number(form.elements[name].value));
  const years = [year("from"), year("to")];
  return { text, filters, match, years, sort: form.elements.sort.value, offset: (page - 1) * perPage, limit: perPage };
}

/* Asking */

/** Asks what the form says. Only the answer to the last question is shown. */
async function ask({ isTyping = false, focus = false } = {}) {
  const turn = ++asked;
  current?.abort();
  current = new AbortController();
  const { signal } = current;
  const text = box.value;
  const isMine = () => turn === asked;
  root.setAttribute("aria-busy", "true");
  try {
    library ??= await (await import(root.dataset.module)).openLibrary();
    // What was typed to its end is no longer a word's beginning.
    const found = await library.search({ ...question(isTyping ? text : text && text + " "), signal });
    if (!isMine()) return;
    if (page > 1 && !found.results.length && found.total) {
      page = Math.max(1, Math.ceil(found.total / perPage));
      history.replaceState(null, "", address());
      return ask({ isTyping, focus });
    }
    show(found, text, focus);
    if (!found.total) await offer(found.correction ?? text, isMine, signal);
  } catch (error) {
    if (isMine() && error?.name !== "AbortError") fail(error);
  } finally {
    if (isMine()) root.removeAttribute("aria-busy");
  }
}

function fail(error) {
  const why = error?.name === "SearchError" ? error.message : texts.unknown;
  at("failed").textContent = filled(texts.failed, { why });
  at("failed").hidden = false;
  at("found").hidden = true;
  at("narrow").hidden = true;
  at("browse").hidden = false;
  at("browse").classList.add("cb-now");
}

/* Showing */

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function show(found, text, focus) {
  at("failed").hidden = true;
  at("browse").hidden = true;
  at("found").hidden = false;
  at("narrow").hidden = false;
  const count = counted(found.total);
  if (at("count").textContent !== count) at("count").textContent = count;
  const said = [];
  if (found.correction) said.push(filled(texts.corrected, { text: found.correction.trim() }));
  if (found.ignored.length) said.push(filled(texts.ignored, { terms: found.ignored.join(texts.comma) }));
  at("said").textContent = said.join(" ");
  at("said").hidden = !said.length;
  counts(found.facets);
  chosen();
  const words = found.correction ?? text;
  at("results").replaceChildren(...found.results.map((result) => entry(result, words)));
  nothing(found, words);
  pager(found.total);
  if (focus) {
    at("count").tabIndex = -1;
    at("count").focus();
  }
}

function entry({ url, title, excerpt, place, period, terms }, words) {
  const link = element("a", { href: words.trim() ? `${url}?q=${encodeURIComponent(words.trim())}` : url, textContent: title });
  const passage = element("p", { className: "cb-excerpt" });
  // The module has escaped it: it holds text and <mark> only.
  passage.innerHTML = excerpt;
  const docket = element("p", { className: "cb-docket" });
  if (place) docket.append(element("b", { textContent: place }), " ");
  if (period) docket.append(element("span", { className: "cb-years", textContent: `${period.from ?? ""}–${period.to ?? ""}` }));
  const labels = facets.flatMap((facet) => (terms[facet] ?? []).map((id) => known[facet + "\n" + id]).filter(Boolean));
  const lines = element("p", { className: "cb-small cb-muted", textContent: labels.map((box) => box.dataset.label).join(" · ") });
  return element("li", { className: "cb-entry" }, docket, element("div", { className: "cb-body" }, element("h3", {}, link), passage, lines));
}

function counts(facets) {
  for (const input of boxes) {
    const count = facets[input.name]?.[input.value] ?? 0;
    const label = input.closest("label");
    const span = label.querySelector(".cb-count");
    const words = count ? grouped(count) : texts.none;
    if (span.textContent !== words) span.textContent = words;
    label.classList.toggle("cb-empty", !count);
  }
}

function chosen() {
  const chip = (label, remove) => {
    const button = element("button", { type: "button", className: "cb-chip", textContent: label + " ×" });
    button.setAttribute("aria-label", filled(texts.remove, { term: label }));
    button.addEventListener("click", () => {
      remove();
      changed();
      box.focus();
    });
    return element("li", {}, button);
  };
  const chips = boxes.filter((input) => input.checked).map((input) => chip(input.dataset.label, () => (input.checked = false)));
  for (const name of ["from", "to"]) {
    const input = form.elements[name];
    const label = input.closest("label").textContent.trim();
    if (input.value) chips.push(chip(`${label} ${input.value}`, () => (input.value = "")));
  }
  if (chips.length || unknown.length) {
    const clear = element("button", { type: "button", textContent: texts.clear });
    clear.addEventListener("click", () => {
      clearFilters();
      changed();
      box.focus();
    });
    chips.push(element("li", {}, clear));
  }
  at("chosen").replaceChildren(...chips);
  at("chosen").hidden = !chips.length;
}

function clearFilters() {
  for (const input of boxes) input.checked = false;
  for (const radio of form.querySelectorAll("[type=radio]")) radio.checked = radio.value === "any";
  form.elements.from.value = form.elements.to.value = "";
  unknown = [];
}

function nothing({ total }, words) {
  at("nothing").hidden = total > 0;
  at("near").hidden = at("unfiltered").hidden = true;
  if (total) return;
  const typed = words.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);
  const isLike = ({ dataset }) => {
    const names = `${dataset.label} ${dataset.also}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return typed.some((word) => names.some((name) => name === word || (word.length > 2 && name.startsWith(word))));
  };
  const like = boxes.filter(isLike);
  const link = ({ dataset }) => element("li", {}, element("a", { href: dataset.href, textContent: dataset.label }));
  at("like").hidden = !like.length;
  at("like").querySelector("ul").replaceChildren(...like.map(link));
}

/** What else there is, where nothing was found: cases that the filters hide, or words that cases do have. */
async function offer(text, isMine, signal) {
  const isNarrowed = address().replace(/[?&](q|sort)=[^&]*/g, "") !== location.pathname;
  const hidden = isNarrowed && text.trim() ? (await library.search({ text: text + " ", limit: 0, signal })).total : 0;
  const near = hidden ? [] : await resembling(text, signal);
  if (!isMine()) return;
  at("unfiltered").hidden = !hidden;
  at("unfiltered").querySelector("button").textContent = counted(hidden);
  at("near").hidden = !near.length;
  const link = (word) => element("li", {}, element("a", { href: location.pathname + "?q=" + encodeURIComponent(word), textContent: word }));
  at("near").querySelector("ul").replaceChildren(...near.map(link));
}

/** Words of the cases that begin as the words of a text do, for as long as they can. */
async function resembling(text, signal) {
  const near = new Set();
  for (const word of (text.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 4)) {
    for (let length = word.length; length > 2; length--) {
      const begun = length < word.length ? word.slice(0, length) : word + " ";
      const { results } = await library.search({ text: begun, limit: 4, signal });
      const marked = results.flatMap(({ excerpt }) => [...excerpt.matchAll(/<mark>([^<]*)<\/mark>/g)]);
      marked.slice(0, 4).forEach(([, word]) => near.add(word.toLowerCase()));
      if (results.length) break;
    }
  }
  return [...near].slice(0, 8);
}

function pager(total) {
  const pages = Math.ceil(total / perPage);
  const around = [1, page - 2, page - 1, page, page + 1, page + 2, pages];
  const numbers = [...new Set(around)].filter((n) => n >= 1 && n <= pages);
  const item = (number) => {
    const link = element("a", { href: address(number), textContent: grouped(number) });
    link.setAttribute("aria-label", filled(texts.page, { page: grouped(number) }));
    if (number === page) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      page = number;
      history.pushState(null, "", address());
      ask({ focus: true });
    });
    return element("li", {}, link);
  };
  at("pager").firstElementChild.replaceChildren(...numbers.map(item));
  at("pager").hidden = pages < 2;
}

/* What the reader does */

function changed() {
  page = 1;
  if (address() !== location.pathname + location.search) history.pushState(null, "", address());
  ask();
}

let waiting;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    page = 1;
    history.replaceState(null, "", address());
    ask({ isTyping: true });
  }, 80);
});
at("unfiltered").querySelector("button").addEventListener("click", () => {
  clearFilters();
  changed();
  box.focus();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  changed();
});
form.addEventListener("change", (event) => {
  if (event.target !== box) changed();
});
form.addEventListener("keydown", (event) => {
  const links = [...at("results").querySelectorAll("h3 a")];
  const here = links.indexOf(event.target);
  if (event.key === "Escape" && event.target === box && box.value) {
    event.preventDefault();
    box.value = "";
    clearTimeout(waiting);
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
addEventListener("popstate", () => {
  clearTimeout(waiting);
  read();
  ask();
});

at("narrow").open = matchMedia("(min-width: 48em)").matches;
read();
ask();
