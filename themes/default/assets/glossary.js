// Shows the entries of the glossary that contain the typed text.
const box = /** @type {HTMLInputElement} */ (document.getElementById("cb-filter"));
const left = /** @type {HTMLElement} */ (document.getElementById("cb-left"));
/** @param {string} text */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
/** @type {NodeListOf<HTMLElement>} */
const found = document.querySelectorAll("[data-term]");
const entries = [...found].map((entry) => ({ entry, text: folded(entry.textContent) }));

box.addEventListener("input", () => {
  const wanted = folded(box.value.trim());
  for (const { entry, text } of entries) entry.hidden = !text.includes(wanted);
  const count = entries.filter(({ entry }) => !entry.hidden).length;
  const said = (left.dataset.left ?? "").replace("{count}", String(count)).replace("{all}", String(entries.length));
  left.textContent = wanted ? said : "";
});
