// Shows the notice of a page whose own script could not be loaded, such as that of the search. It imports nothing,
// since any script may be what is missing, and reads no more of the page than it needs.
addEventListener("load", () => {
  /** @type {NodeListOf<HTMLElement>} */
  const parts = document.querySelectorAll("[data-unstarted]");
  for (const part of parts) {
    if ("started" in part.dataset) continue;
    /** @type {HTMLElement | null} */
    const notice = document.querySelector(part.dataset.unstarted ?? "");
    if (notice) Object.assign(notice, { textContent: part.dataset.why ?? notice.textContent, hidden: false });
    /** @type {HTMLInputElement | null} */
    const box = part.querySelector("input[type=search]");
    if (box) box.value = new URLSearchParams(location.search).get("q") ?? "";
    part.querySelector(".cb-browse")?.classList.add("cb-now");
  }
});
