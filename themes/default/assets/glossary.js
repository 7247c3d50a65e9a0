// Shows the entries of the glossary that contain the typed text.
const box = document.getElementById("cb-filter");
const left = document.getElementById("cb-left");
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const entries = [...document.querySelectorAll("[data-term]")].map((entry) => ({ entry, text: folded(entry.textContent) }));

box.addEventListener("input", () => {
  const wanted = folded(box.value.trim());
  for (const { entry, text } of entries) entry.hidden = !text.includes(wanted);
  const count = entries.filter(({ entry }) => !entry.hidden).length;
  left.textContent = wanted ? left.dataset.left.replace("{count}", count).replace("{all}", entries.length) : "";
});
