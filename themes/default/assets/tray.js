// Keeps the cases that are ticked for comparing, in this browser until the visit ends.
const tray = document.getElementById("cb-tray");
const { none, one, many, full, and, comma, semicolon } = tray.dataset;
const [
  status,
  {
    children: [clear, compare, pack],
  },
] = tray.children;
const MOST = 4;
// The key contains the path, so that two libraries on one host do not share a choice.
const key = "casebook:" + new URL(tray.action).pathname;
const boxes = () => document.querySelectorAll("[data-part=pick] input");
let chosen = [];
try {
  chosen = JSON.parse(sessionStorage.getItem(key)) ?? [];
} catch {
  /* without storage, keep the choice on this page only */
}

// Semicolons, if a name itself has an "and".
const list = (names) =>
  names.length < 2 || names.join().includes(and) ? names.join(semicolon) : names.slice(0, -1).join(comma) + and + names.at(-1);

function show() {
  const count = chosen.length;
  const message = [none, one, ...Array(MOST - 2).fill(many), `${many} ${full}`][count];
  status.textContent = message.replace("{count}", count).replace("{cases}", list(chosen.map(([, name]) => name)));
  clear.hidden = !count;
  compare.classList.toggle("cb-button", count > 1);
  pack.hidden = count < 2;
  for (const old of tray.querySelectorAll("[name=case]")) old.remove();
  for (const [value] of chosen) tray.append(Object.assign(document.createElement("input"), { type: "hidden", name: "case", value }));
  for (const box of boxes()) {
    box.checked = chosen.some(([slug]) => slug === box.value);
    box.disabled = count >= MOST && !box.checked;
  }
  tray.hidden = !boxes().length && !count;
}

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
  if (!box.matches("[data-part=pick] input")) return;
  const others = chosen.filter(([slug]) => slug !== box.value);
  keep(box.checked ? [...others, [box.value, box.dataset.name]].slice(0, MOST) : others);
});
clear.addEventListener("click", () => keep([]));
// Runs after going back to this page, and after results have changed.
addEventListener("pageshow", show);
const results = document.getElementById("cb-results");
if (results) new MutationObserver(show).observe(results, { childList: true });
show();
