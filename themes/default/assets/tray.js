// Keeps the cases that are ticked for comparing, in this browser until the visit ends. Lists load this script alone, so
// it imports none.
const tray = /** @type {HTMLFormElement} */ (document.getElementById("cb-tray"));
const texts = /** @type {Record<string, string>} */ (tray.dataset);
/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById("cb-tray-" + id));
const [status, clear, compare, briefing] = ["status", "clear", "compare", "briefing"].map(part);
/** The most cases that can be compared. */
const MAX_CASES = 4;
// The key contains the path, so that two libraries on one host do not share a choice.
const key = "casebook:" + new URL(tray.action).pathname;
/** The boxes that choose a case. @returns {NodeListOf<HTMLInputElement>} */
const boxes = () => document.querySelectorAll("[data-part=pick] input");
/** The last part of the address of each chosen case, and its name. @type {[string, string][]} */
let chosen = [];
/**
 * Is it a choice as this script keeps it? Others write to the storage of this host too.
 *
 * @param {unknown} value
 * @returns {value is [string, string][]}
 */
const isChoice = (value) =>
  Array.isArray(value) &&
  value.length <= MAX_CASES &&
  value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === "string"));
try {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "[]");
  if (isChoice(kept)) chosen = kept;
} catch {
  /* without storage, keep the choice on this page only */
}

/** Names as a text; with semicolons if a name itself has an "and". @param {string[]} names */
function joined(names) {
  const { and, comma, semicolon } = texts;
  return names.length < 2 || names.join().includes(and) ? names.join(semicolon) : names.slice(0, -1).join(comma) + and + names.at(-1);
}

function show() {
  const count = chosen.length;
  const { none, one, many, full } = texts;
  const message = [none, one, ...Array(MAX_CASES - 2).fill(many), `${many} ${full}`][count];
  const said = message.replace("{count}", String(count)).replace("{cases}", joined(chosen.map(([, name]) => name)));
  // A screen reader speaks what is written here, also if it is the same again.
  if (status.textContent !== said) status.textContent = said;
  clear.hidden = !count;
  compare.classList.toggle("cb-button", count > 1);
  briefing.hidden = count < 2;
  for (const old of tray.querySelectorAll("[name=case]")) old.remove();
  for (const [value] of chosen) tray.append(Object.assign(document.createElement("input"), { type: "hidden", name: "case", value }));
  for (const box of boxes()) {
    box.checked = chosen.some(([slug]) => slug === box.value);
    box.disabled = count >= MAX_CASES && !box.checked;
  }
  tray.hidden = !boxes().length && !count;
}

/** @param {[string, string][]} next */
function keep(next) {
  chosen = next;
  try {
    sessionStorage.setItem(key, JSON.stringify(chosen));
  } catch {
    /* the browser refuses storage */
  }
  show();
}

document.addEventListener("change", ({ target: box }) => {
  if (!(box instanceof HTMLInputElement && box.matches("[data-part=pick] input"))) return;
  const others = chosen.filter(([slug]) => slug !== box.value);
  if (box.checked) others.push([box.value, box.dataset.name ?? ""]);
  keep(others.slice(0, MAX_CASES));
});
clear.addEventListener("click", () => {
  keep([]);
  // The buttons are hidden now.
  document.getElementById("cb-main")?.focus({ preventScroll: true });
});
// Runs after going back to this page, and after results have changed.
addEventListener("pageshow", show);
const results = document.getElementById("cb-results");
if (results) new MutationObserver(show).observe(results, { childList: true, subtree: true });
show();
