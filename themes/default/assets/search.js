// The search page: form, address and results. The search module, whose address is in the page, does the searching.

const root = document.getElementById("cb-search");
const form = document.getElementById("cb-asking");
const at = (id) => document.getElementById("cb-" + id);
const texts = JSON.parse(root.dataset.texts);
const perPage = Number(root.dataset.perPage);
// The number of results that fit on a screen. They are shown first, since each costs a request.
const seen = Math.min(6, perPage);
/** If fewer cases match, near misses are shown below them. */
const FEW = 3;
/** If fewer cases match, a button offers near misses. */
const ENOUGH = 10;
const box = form.elements.q;
const boxes = [...form.querySelectorAll("[data-facet] input[type=checkbox]")];
const facets = [...form.querySelectorAll("[data-facet]")].map((set) => set.dataset.facet);
const filled = (text, words) => text.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);
const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, texts.thousands);
const plural = (words, n) => filled(n === 1 ? words.one : words.other, { count: grouped(n) });
const counted = (n) => plural(texts.cases, n);
const legends = Object.fromEntries(
  [...form.querySelectorAll("[data-facet]")].map((set) => [set.dataset.facet, set.querySelector("legend")]),
);
// A retired term means the term that replaced it.
const ids = (box) => [box.value, ...(box.dataset.was?.split(" ") ?? [])].filter(Boolean);
const known = Object.fromEntries(boxes.flatMap((box) => ids(box).map((id) => [box.name + "\n" + id, box])));

/** The number of terms of a long filter that are shown at first. */
const FOLDED = 10;
const inputOf = (item) => item.querySelector("input");
const lists = [...form.querySelectorAll("[data-facet] ul")].map((list) => {
  const items = [...list.children];
  const more = element("button", { type: "button", className: "cb-more", textContent: filled(texts.more, { count: items.length }) });
  more.addEventListener("click", () => {
    more.isOpen = true;
    arrange({ list, items, more });
    inputOf(items[FOLDED]).focus();
  });
  list.after(more);
  return { list, items, more };
});

/** What is drawn in the blank drawing of a result: its life and the icons of its marks. */
const lives = new WeakMap();
const wide = matchMedia("(min-width: 64em)");

let library;
let glossary;
let page = 1;
let unknown = [];
let asked = 0;
let current;
// Is the query in the address still being typed? Only finished queries get an entry of the history.
let isDraft = false;
/** Has the line before the results that lack a word been shown? */
let isRest = false;
const ownTitle = document.title;

/* The address and the form */

function read() {
  const address = new URLSearchParams(location.search);
  box.value = address.get("q") ?? "";
  for (const input of boxes) input.checked = address.getAll(input.name).some((id) => ids(input).includes(id));
  for (const facet of facets) {
    const wanted = address.get(facet + "-match") === "all" ? "all" : "any";
    for (const radio of form.querySelectorAll(`[name="${CSS.escape(facet)}-match"]`)) radio.checked = radio.value === wanted;
  }
  form.elements.from.value = address.get("from") ?? "";
  form.elements.to.value = address.get("to") ?? "";
  const sort = address.get("sort");
  form.elements.sort.value = ["newest", "title"].includes(sort) ? sort : "relevance";
  page = Math.max(1, Math.floor(Number(address.get("page"))) || 1);
  unknown = facets.flatMap((facet) =>
    address
      .getAll(facet)
      .filter((id) => !known[facet + "\n" + id])
      .map((id) => [facet, id]),
  );
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
  at("years").hidden = years.includes(null) || years[0] <= years[1];
  if (!years.includes(null)) years.sort((a, b) => a - b);
  return { text, filters, match, years, sort: form.elements.sort.value, offset: (page - 1) * perPage, limit: perPage };
}

/* Searching */

/** Searches for what the form contains. Only the response to the last request is shown. */
async function ask({ isTyping = false, focus = false } = {}) {
  const turn = ++asked;
  current?.abort();
  current = new AbortController();
  const { signal } = current;
  const text = box.value;
  const isMine = () => turn === asked;
  root.setAttribute("aria-busy", "true");
  const late = setTimeout(() => isMine() && at("found").classList.add("cb-late"), 400);
  try {
    library ??= root.library = await opened();
    // The last word is complete, so do not search for longer words.
    const asking = { ...question(isTyping ? text : text && text + " "), signal };
    const found = await library.search({ ...asking, limit: seen });
    if (!isMine()) return;
    if (page > 1 && !found.results.length && found.total) {
      page = Math.max(1, Math.ceil(found.total / perPage));
      history.replaceState(null, "", address());
      return ask({ isTyping, focus });
    }
    const words = found.correction ?? text;
    show(found, words, focus);
    const explained = await library.explain(asking.text);
    if (!isMine()) return;
    explain(explained, found);
    const [offset, limit] = [asking.offset + seen, Math.min(perPage, found.total - asking.offset) - seen];
    const rest = limit > 0 ? (await library.search({ ...asking, offset, limit })).results : [];
    if (isMine()) finish(rest, found.total, words);
    const isNear = found.total < ENOUGH && (await near(asking, found.total, words, isMine));
    if (!found.total && isMine()) await offer(asking, explained, isNear, isMine);
  } catch (error) {
    if (isMine() && error?.name !== "AbortError") fail(error);
  } finally {
    clearTimeout(late);
    if (isMine()) {
      root.removeAttribute("aria-busy");
      at("found").classList.remove("cb-late");
    }
  }
}

/** The library, opened by the search module. */
async function opened() {
  const name = root.dataset.module;
  const { openLibrary } = await import(new URL(name, location.href).href).catch(() => {
    throw Object.assign(new Error(texts.missing), { name: "SearchError" });
  });
  return openLibrary();
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

/** Shows a response with its first results. */
function show(found, words, focus) {
  at("failed").hidden = true;
  at("browse").hidden = true;
  at("found").hidden = false;
  at("narrow").hidden = false;
  const count = counted(found.total);
  if (at("count").textContent !== count) at("count").textContent = count;
  document.title = box.value.trim() ? `${filled(texts.titled, { text: box.value.trim(), count })} – ${ownTitle}` : ownTitle;
  at("show").textContent = filled(texts.show, { count });
  const said = [];
  if (found.correction) said.push(filled(texts.corrected, { text: found.correction.trim() }));
  if (found.ignored.length) said.push(filled(texts.ignored, { terms: found.ignored.join(texts.comma) }));
  at("said").textContent = said.join(" ");
  at("said").hidden = !said.length;
  counts(found.facets);
  chosen();
  pagesOf(found.pages);
  const hadFocus = at("results").contains(document.activeElement);
  isRest = false;
  at("results").replaceChildren(...entries(found.results, words));
  if (hadFocus) box.focus();
  at("pager").hidden = true;
  at("nothing").hidden = true;
  like(found.total ? "" : words);
  if (focus) {
    at("count").tabIndex = -1;
    at("count").focus();
  }
}

/** Shows the other results of the page, and what follows them. */
function finish(rest, total, words) {
  at("results").append(...entries(rest, words));
  dress();
  pager(total);
}

/** The results, with a line before the first that lacks a word. */
function entries(results, words) {
  return results.flatMap((result) => {
    const line = result.missing.length && !isRest ? [element("li", { className: "cb-rest", textContent: texts.rest })] : [];
    isRest ||= result.missing.length > 0;
    return [...line, entry(result, words)];
  });
}

/** Shows near misses, in groups with a heading each. Returns whether there are any. */
async function near(asking, total, words, isMine) {
  const { choicesOf, nearMisses } = await import(new URL(root.dataset.near, location.href).href);
  if (choicesOf(asking).length < 2) return false;
  const { choices, groups } = await nearMisses(library, asking);
  if (!isMine() || !groups.length) return false;
  const heading = (matched, count) => {
    const number = element("span", { className: "cb-muted", textContent: counted(count) });
    return element("li", { className: "cb-group-head" }, element("h2", {}, filled(texts.matches, { matched, choices }), number));
  };
  const [{ matched, found }] = groups;
  const all = filled(total ? plural(texts.matching, total) : texts.noneMatching, { choices });
  at("count").textContent = all + texts.comma + filled(plural(texts.alsoMatching, found.length), { matched });
  if (total) at("results").prepend(heading(choices, total));
  for (const [n, group] of groups.entries()) {
    const show = () => [
      heading(group.matched, group.found.length),
      ...byEvidence(group.found).map(({ result, lost }) => entry(result, words, lost)),
    ];
    const isFolded = total >= FEW || (n > 0 && total + found.length >= FEW);
    at("results").append(...(isFolded ? [unfolds(group, choices, show)] : show()));
  }
  dress();
  return true;
}

/** A button that shows a group in its place. */
function unfolds({ matched, found }, choices, show) {
  const text = filled(texts.showNear, { count: counted(found.length), matched, choices });
  const button = element("button", { type: "button", textContent: text });
  const item = element("li", { className: "cb-group-head" }, button);
  button.addEventListener("click", () => {
    const [head, ...cases] = show();
    item.replaceWith(head, ...cases);
    cases[0].querySelector("h3 a").focus();
    dress();
  });
  return item;
}

/** Near misses, the strongest evidence first. */
function byEvidence(found) {
  const rank = ({ result }) =>
    Math.max(0, ...facets.flatMap((facet) => (result.terms[facet] ?? []).map((id) => Number(known[facet + "\n" + id]?.dataset.rank ?? 0))));
  return [...found].sort((a, b) => rank(b) - rank(a));
}

/** The differences of a case from the choices: "a county, not a district". */
function differs(result, lost) {
  const clause = ({ facet, ids, words, years: [from, to] = [] }) => {
    if (words) return filled(texts.differsWords, { words: `“${words}”` });
    if (!facet)
      return filled(texts.differs, { has: years(result.period) || texts.none, asked: [from, to].map((year) => year ?? "").join("–") });
    const plain = (id) => known[facet + "\n" + id]?.dataset.plain ?? id;
    const own = result.terms[facet] ?? [];
    const telling = own.filter((id) => !("everywhere" in (known[facet + "\n" + id]?.dataset ?? {})));
    const has = (telling.length ? telling : own).map(plain).join(texts.comma);
    return filled(has ? texts.differs : texts.differsNothing, { has, asked: ids.map(plain).join(texts.or) });
  };
  return element(
    "p",
    { className: "cb-differs" },
    element("b", { textContent: texts.differsLabel }),
    " ",
    lost.map(clause).join(texts.semicolon),
  );
}

/** The plain pages and entries of the glossary that match. */
function pagesOf(pages) {
  const item = ({ url, title, excerpt }) => {
    const passage = element("span", { dir: "auto" });
    // The module has escaped it: it holds text and <mark> only.
    passage.innerHTML = excerpt;
    return element("li", {}, element("a", { href: url, textContent: title, dir: "auto" }), " ", passage);
  };
  at("pages")
    .querySelector("ul")
    .replaceChildren(...pages.map(item));
  at("pages").hidden = !pages.length;
}

/** How the words were searched: words that no case has, synonyms, suggestions. */
function explain(words, found) {
  const lines = [];
  const absent = words.filter(({ cases }) => !cases);
  for (const { text } of absent) lines.push([element("s", { textContent: text }), " ", filled(texts.absent, { word: text })]);
  if (words.length > 1 && !found.complete && found.total) {
    const some = words.filter(({ cases }) => cases).map(({ text, cases }) => filled(texts.has, { count: counted(cases), word: text }));
    lines.unshift([[texts.incomplete, some.join(texts.comma)].filter(Boolean).join(" ")]);
  }
  const named = new Map(words.flatMap(({ names }) => names.map(({ text, as }) => [text, as])));
  for (const [word, names] of named) lines.push([filled(texts.means, { word, names: names.slice(0, 6).join(texts.comma) })]);
  if (found.suggestion && !found.complete) {
    const [before, after] = texts.suggestion.split("{text}");
    lines.push([before, link(found.suggestion.trim()), after]);
  }
  at("words").replaceChildren(...lines.map((parts) => element("li", {}, ...parts)));
  at("words").hidden = !lines.length;
  const taken = words.filter(({ taken }) => taken);
  at("instead").hidden = !taken.length;
  if (!taken.length) return;
  // Phrases in quotation marks have no synonyms.
  const typed = taken.reduce((text, { text: word }) => text.replace(word, `"${word}"`), box.value.trim());
  Object.assign(at("instead").querySelector("a"), {
    href: location.pathname + "?q=" + encodeURIComponent(typed),
    textContent: filled(texts.instead, { text: box.value.trim() }),
  });
}

/** A link to another query. */
const link = (text) => element("a", { href: location.pathname + "?q=" + encodeURIComponent(text), textContent: text });

/** A case as lists show it. A near miss shows its differences in place of its terms. */
function entry(result, words, lost) {
  const { url, title, summary, excerpt, place, region, period, terms, missing } = result;
  const link = element("a", { href: words.trim() ? `${url}?q=${encodeURIComponent(words.trim())}` : url, textContent: title, dir: "auto" });
  const passage = element("p", { className: "cb-excerpt", dir: "auto" });
  passage.dataset.part = "excerpt";
  // The module has escaped it: it holds text and <mark> only.
  if (words.trim()) passage.innerHTML = excerpt;
  else passage.textContent = firstSentence(summary);
  const docket = element("p", { className: "cb-docket" });
  if (place) docket.append(element("span", {}, element("b", {}, place)), " ");
  if (region) docket.append(element("span", { className: "cb-region" }, region), " ");
  if (years(period)) docket.append(element("span", { className: "cb-years" }, years(period)));
  const told = facets.filter((facet) => !isMark(facet)).slice(0, 3);
  const lines = told.map((facet) => line(facet, terms[facet] ?? [])).filter(Boolean);
  const body = element("div", { className: "cb-body" }, element("h3", {}, link), passage);
  if (missing.length) {
    const struck = missing.flatMap((word, n) => [...(n ? [texts.comma] : []), element("s", { textContent: word })]);
    const [before, after] = texts.lacks.split("{words}");
    body.append(element("p", { className: "cb-lacks" }, before, ...struck, after));
  }
  if (lost) body.append(differs(result, lost));
  else if (lines.length) body.append(element("ul", { className: "cb-lines" }, ...lines));
  return element("li", { className: "cb-entry" }, ...(docket.hasChildNodes() ? [docket] : []), body, state(result));
}

/** The first sentence of a summary, as every list shows it. */
function firstSentence(text) {
  for (const { index } of text.matchAll(/[.?!](?= [^\p{Ll}])/gu)) {
    // "St. Albans", "A. B. Smith" and "c. 1900" go on.
    const word = text
      .slice(0, index)
      .split(" ")
      .at(-1)
      .replace(/[^\p{L}\p{N}]/gu, "");
    if (!/^(.?|\p{Lu}.)$/u.test(word)) return text.slice(0, index + 1);
  }
  return text;
}

/** The terms of one facet: its sign, its label, and each term as a link. */
function line(facet, ids) {
  const terms = ids.map((id) => known[facet + "\n" + id]).filter((input) => input && !("everywhere" in input.dataset));
  if (!terms.length) return null;
  const links = terms.map(({ dataset }) => element("a", { href: dataset.href, textContent: dataset.label }));
  const parts = links.flatMap((link, n) => (n ? [texts.comma, link] : [link]));
  const legend = legends[facet];
  return element("li", {}, shape(facet), element("span", { className: "cb-label", textContent: legend.textContent.trim() }), " ", ...parts);
}

const shape = (facet) => legends[facet].querySelector("[data-part=shape]").cloneNode();

/** Years in short form. The first, the last or both may be unknown. */
function years(period) {
  const [from, to] = [period?.from ?? "", period?.to ?? ""];
  if (from === to) return String(from);
  return filled(from === "" ? texts.until : texts.years, { from, to });
}

/** Are the terms of a facet marks, with a drawing? */
const isMark = (facet) => legends[facet].parentElement.hasAttribute("data-marks");

/** The marks, and the checkbox that chooses a case for comparing; `tray.js` keeps the choice. */
function state({ url, title, place, period, terms, life }) {
  const name = place || title;
  const ids = facets.filter(isMark).flatMap((facet) => (terms[facet] ?? []).map((id) => known[facet + "\n" + id]));
  const icons = ids.filter(Boolean).map(({ parentElement }) => parentElement.querySelector("svg"));
  const isWeight = (icon) => icon?.classList.contains("cb-plain");
  const marks = ids.filter(Boolean).map(({ dataset }, n) => {
    const year = icons[n] && !isWeight(icons[n]) && period?.to ? texts.comma + period.to : "";
    return element("li", {}, ...(icons[n] ? [icons[n].cloneNode(true)] : []), element("span", { textContent: dataset.short + year }));
  });
  const blank = life ? at("strip")?.content.firstElementChild.cloneNode(true) : null;
  if (blank) {
    blank.dataset.part = "blank";
    lives.set(blank, [life, icons.find((icon) => icon && !isWeight(icon)), icons.find(isWeight)]);
  }
  const input = element("input", { type: "checkbox", value: decodeURIComponent(url.split("/").at(-2)) });
  input.dataset.name = name;
  input.setAttribute("aria-label", `${texts.compare}: ${name}`);
  const label = element("label", { className: "cb-pick" }, input, texts.compare);
  label.dataset.part = "pick";
  const list = marks.length ? [element("ul", { className: "cb-marks" }, ...marks)] : [];
  return element("div", { className: "cb-state" }, ...(blank ? [blank] : []), ...list, label);
}

/** Puts into the results what is loaded when it is needed. */
function dress() {
  spell();
  strips();
}

/** Draws the lifelines of the results, where there is room for them. */
async function strips() {
  const blanks = wide.matches ? [...at("results").querySelectorAll("[data-part=blank]")] : [];
  if (!blanks.length) return;
  const { draw } = await import(new URL(root.dataset.strip, location.href).href);
  for (const blank of blanks) {
    if (blank.dataset.part) draw(blank, ...lives.get(blank));
    delete blank.dataset.part;
  }
}

/** Spells out the acronyms of the glossary in the results, each at its first use, as on every page. */
async function spell() {
  const passages = [...at("results").querySelectorAll("[data-part=excerpt]")];
  if (!root.dataset.glossary || !passages.some(({ textContent }) => /\p{Lu}[\p{Lu}\p{N}]/u.test(textContent))) return;
  glossary ??= fetch(root.dataset.glossary)
    .then((answer) => answer.text())
    .then(meanings)
    .catch(() => new Map());
  const means = await glossary;
  // Results that were shown before are done already.
  const spelled = new Set(
    [...at("results").querySelectorAll("[data-part=excerpt] [popover]")].map(({ id }) => id.replace("cb-acronym-", "")),
  );
  for (const passage of passages.filter(({ isConnected }) => isConnected)) {
    const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (text.parentElement.closest("button, [popover]")) continue;
      for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
        const term = [word, word.replace(/s$/, "")].find((term) => means.has(term));
        if (!term || spelled.has(term)) continue;
        spelled.add(term);
        found.push([text, index, term, word.length]);
      }
    }
    for (const [text, index, term, length] of found.reverse()) {
      const word = text.splitText(index);
      word.splitText(length);
      const meant = element("span", { className: "cb-meant", id: `cb-acronym-${term}`, popover: "auto", textContent: means.get(term) });
      const abbreviation = element("abbr", { title: means.get(term), textContent: term });
      word.replaceWith(
        element(
          "button",
          { type: "button", className: "cb-acronym", popoverTargetElement: meant },
          abbreviation,
          word.data.slice(term.length),
        ),
        meant,
      );
    }
  }
}

/** The full names of acronyms, from the page of the glossary. */
function meanings(html) {
  const entries = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-term]")];
  const told = entries.filter(({ dataset }) => dataset.full);
  const known = told.map(({ dataset: { term, full, years } }) => [term, years ? filled(texts.abbreviation, { full, years }) : full]);
  return new Map(known.filter(([term]) => /^(?=.*\p{Lu})(?:[^\p{Lu}\p{N}]*[\p{Lu}\p{N}]){2}/u.test(term)));
}

function counts(facets) {
  for (const input of boxes) {
    const count = facets[input.name]?.[input.value] ?? 0;
    const label = input.closest("label");
    const span = label.querySelector("[data-part=count]");
    const words = count ? grouped(count) : texts.none;
    if (span.textContent !== words) span.textContent = words;
    label.classList.toggle("cb-empty", !count);
    input.count = count;
  }
  for (const list of lists) arrange(list);
}

/** Sorts the terms of a filter in the chosen order, and folds a long list. */
function arrange({ list, items, more }) {
  const sorted = at("order").value === "count" ? [...items].sort((a, b) => inputOf(b).count - inputOf(a).count) : items;
  if (sorted.some((item, n) => list.children[n] !== item)) list.prepend(...sorted);
  const isLong = items.length > FOLDED + 2;
  sorted.forEach((item, n) => (item.hidden = isLong && !more.isOpen && n >= FOLDED && !inputOf(item).checked));
  more.hidden = !isLong || more.isOpen;
}

function chosen() {
  const chip = (label, remove, facet) => {
    const shapes = facet ? [shape(facet)] : [];
    const className = `cb-chip ${shapes.map(({ classList }) => classList[1].replace("cb-", "cb-chip-"))}`;
    const button = element("button", { type: "button", className }, ...shapes, label + " ×");
    button.setAttribute("aria-label", filled(texts.remove, { term: label }));
    button.addEventListener("click", () => {
      remove();
      changed();
      box.focus();
    });
    return element("li", {}, button);
  };
  const chips = boxes.filter((input) => input.checked).map((input) => chip(input.dataset.label, () => (input.checked = false), input.name));
  for (const name of ["from", "to"]) {
    const input = form.elements[name];
    const label = input.closest("label").textContent.trim();
    if (input.value) chips.push(chip(`${label} ${input.value}`, () => (input.value = "")));
  }
  // On paper nothing can be taken away, so what was asked stands there in words.
  const inWords = [box.value.trim() && `“${box.value.trim()}”`, ...chips.map(({ textContent }) => textContent.replace(/ ×$/, ""))];
  at("asked").textContent = inWords.filter(Boolean).join(texts.comma);
  if (chips.length || unknown.length) {
    const clear = element("button", { type: "button", className: "cb-clear", textContent: texts.clear });
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

/** The terms whose names resemble the words. */
function like(words) {
  const typed = words
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
  const isLike = ({ dataset }) => {
    const names = `${dataset.label} ${dataset.also}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return typed.some((word) => names.some((name) => name === word || (word.length > 2 && name.startsWith(word))));
  };
  const terms = boxes.filter(isLike);
  const link = ({ dataset }) => element("li", {}, element("a", { href: dataset.href, textContent: dataset.label }));
  at("like").hidden = !terms.length;
  at("like")
    .querySelector("ul")
    .replaceChildren(...terms.map(link));
}

/** Other searches, if no case matches: the words without filters, or similar words that cases have. */
async function offer({ text, signal }, words, isNear, isMine) {
  const isNarrowed = address().replace(/[?&](q|sort)=[^&]*/g, "") !== location.pathname;
  const hidden = isNarrowed && !isNear ? (await library.search({ text, limit: 0, signal })).total : 0;
  const near = hidden || isNear || words.some(({ cases }) => cases) ? [] : await resembling(text.trim(), signal);
  if (!isMine()) return;
  at("nothing").hidden = false;
  at("none").hidden = isNear;
  at("unfiltered").hidden = !hidden;
  at("unfiltered").querySelector("button").textContent = counted(hidden);
  at("near").hidden = !near.length;
  at("near")
    .querySelector("ul")
    .replaceChildren(...near.map((word) => element("li", {}, link(word))));
}

/** Words of the cases that share the longest prefix with the words of a text. */
async function resembling(text, signal) {
  const near = new Set();
  for (const word of (text.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 4)) {
    // Words of the index have at most 40 characters.
    for (let length = Math.min(word.length, 40); length > 2; length--) {
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
  const item = (number, word) => {
    const link = element("a", { href: address(number), textContent: word ?? grouped(number) });
    if (!word) link.setAttribute("aria-label", filled(texts.page, { page: grouped(number) }));
    if (!word && number === page) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      page = number;
      history.pushState(null, "", address());
      ask({ focus: true });
    });
    return element("li", {}, link);
  };
  const gap = () => element("li", { ariaHidden: "true" }, element("span", { textContent: "…" }));
  const items = numbers.flatMap((number, n) => (n && number > numbers[n - 1] + 1 ? [gap(), item(number)] : [item(number)]));
  if (page > 1) items.unshift(item(page - 1, texts.previous));
  if (page < pages) items.push(item(page + 1, texts.next));
  at("pager").firstElementChild.replaceChildren(...items);
  at("pager").hidden = pages < 2;
}

/* Events */

function changed() {
  page = 1;
  isDraft = false;
  if (address() !== location.pathname + location.search) history.pushState(null, "", address());
  ask();
}

let waiting;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    page = 1;
    if (address() !== location.pathname + location.search) {
      history[isDraft ? "replaceState" : "pushState"](null, "", address());
      isDraft = true;
    }
    ask({ isTyping: true });
  }, 80);
});
at("unfiltered")
  .querySelector("button")
  .addEventListener("click", () => {
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
  if (event.target !== box && event.target.id !== "cb-order" && event.target.form === form) changed();
});
form.addEventListener("keydown", (event) => {
  // The list of suggestions handles these keys.
  if (event.defaultPrevented) return;
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
  isDraft = false;
  read();
  ask();
});

at("order").addEventListener("change", () => lists.forEach(arrange));
at("show").addEventListener("click", () => {
  at("narrow").open = false;
  at("count").tabIndex = -1;
  at("count").focus();
});

wide.addEventListener("change", strips);

at("narrow").open = wide.matches;
read();
ask();
