// The preview's bar: opens and closes its panels, copies fixes, goes from problem to problem with F8, and announces to
// screen readers what a save has fixed. It changes nothing of the page itself, except for a margin at the bottom.

(() => {
  "use strict";

  const overlay = () => /** @type {HTMLElement} */ (document.getElementById("casebook-preview"));
  const one = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (overlay().querySelector(selector));
  /** @returns {HTMLButtonElement[]} */
  const buttons = () => [...overlay().querySelectorAll(/** @type {"button"} */ (".casebook-bar button[aria-controls]"))];
  const panelIdOf = (/** @type {HTMLElement} */ button) => /** @type {string} */ (button.getAttribute("aria-controls"));
  const panelOf = (/** @type {HTMLElement} */ button) => /** @type {HTMLElement} */ (document.getElementById(panelIdOf(button)));
  const opened = () => buttons().find((button) => button.getAttribute("aria-expanded") === "true");
  const openPanel = () => {
    const button = opened();
    return button && panelOf(button);
  };
  const OPEN = "casebook-preview: open";
  // Milliseconds from the last save to its announcement, and from losing the preview to saying that it has stopped.
  const SETTLED = 1000;
  const SILENT = 1500;

  /**
   * Opens the panel of this button and closes the others; with no button, closes all. The choice is kept while the tab
   * is open.
   *
   * @param {HTMLElement | null} button
   */
  function show(button, isKept = true) {
    for (const other of buttons()) {
      other.setAttribute("aria-expanded", String(other === button));
      panelOf(other).hidden = other !== button;
    }
    if (isKept) {
      if (button) sessionStorage.setItem(OPEN, panelIdOf(button));
      else sessionStorage.removeItem(OPEN);
    }
    measure();
  }

  // Gives the page the height of the bar, so that the bar does not cover the element that has the focus.
  function measure() {
    const foot = one(".casebook-foot");
    document.documentElement.style.setProperty("--casebook-height", `${Math.ceil(foot.getBoundingClientRect().height)}px`);
  }

  const rows = () => {
    const panel = openPanel();
    return panel ? [...panel.querySelectorAll(".casebook-rows > li")] : [];
  };
  const first = (/** @type {Element} */ row) => /** @type {HTMLElement} */ (row.querySelector("button, a"));

  /**
   * Goes to the next or the previous problem of the open panel, or of the first panel if none is open.
   *
   * @param {1 | -1} by
   */
  function step(by) {
    if (!rows().length) {
      const button = buttons().find((of) => panelOf(of).querySelector(".casebook-rows"));
      if (!button) return;
      show(button);
    }
    const now = rows().findIndex((row) => row.contains(document.activeElement));
    const next = now < 0 ? (by > 0 ? 0 : rows().length - 1) : (now + by + rows().length) % rows().length;
    const row = rows()[next];
    first(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLButtonElement} button @param {string} fix */
  async function copy(button, fix) {
    try {
      await navigator.clipboard.writeText(fix);
    } catch {
      // Browsers refuse the clipboard to pages from another machine, so select the text instead.
      const text = /** @type {HTMLElement} */ (button.querySelector(".casebook-unseen"));
      text.className = "casebook-chosen";
      text.textContent = ` ${fix}`;
      document.getSelection()?.selectAllChildren(text);
      return;
    }
    const label = /** @type {Text} */ (button.firstChild);
    const words = label.data;
    if (words === "Copied") return;
    label.data = "Copied";
    setTimeout(() => label.data === "Copied" && (label.data = words), 2000);
  }

  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest?.("button");
    if (!button || button.disabled) return;
    const fix = button.dataset.copy;
    if (fix !== undefined && (overlay().contains(button) || button.closest(".casebook-notice"))) copy(button, fix);
    else if (!overlay().contains(button)) return;
    else if (button.hasAttribute("aria-controls")) show(button === opened() ? null : button);
    else if (button.classList.contains("casebook-close")) close();
  });

  function close() {
    const button = opened();
    if (!button) return;
    show(null);
    button.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "F8") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && opened()) {
      close();
    }
  });

  /** The row that had the focus before an update, by its index. @type {{ at: number, panel: string } | null} */
  let focused = null;

  document.addEventListener("casebook:changing", () => {
    const at = rows().findIndex((row) => row.contains(document.activeElement));
    const panel = openPanel();
    focused = panel?.contains(document.activeElement) ? { at, panel: panel.id } : null;
  });

  document.addEventListener("casebook:shown", (event) => {
    // The panel that was open is opened again, if it still exists.
    restore();
    const isLost = document.activeElement === document.body || !document.activeElement?.isConnected;
    if (focused && isLost) {
      const panel = document.getElementById(focused.panel);
      const row = focused.at >= 0 ? (rows()[focused.at] ?? rows().at(-1)) : null;
      const next = (row && first(row)) || (panel && !panel.hidden ? panel : buttons()[0]);
      next?.focus({ preventScroll: true });
    }
    focused = null;
    announce();
    showEdited(/** @type {CustomEvent} */ (event).detail.edited);
  });

  function restore() {
    const kept = sessionStorage.getItem(OPEN);
    const open = opened();
    const button = open && !panelOf(open).hidden ? open : buttons().find((of) => panelIdOf(of) === kept);
    show(button ?? null, false);
  }

  const counts = () => ({ ...one(".casebook-bar").dataset });
  let reported = counts();
  /** @type {number | undefined} */
  let timer;

  // Announces to screen readers how many problems are fixed or new, and how many are left, once saving has paused.
  function announce() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = counts();
      const fewer = Number(reported.problems) - Number(now.problems);
      reported = now;
      if (!fewer) return;
      const count = Math.abs(fewer);
      const problems = count === 1 ? "One problem" : `${count} problems`;
      const change = fewer > 0 ? `${problems} fixed.` : `${count === 1 ? "One new problem" : `${count} new problems`}.`;
      const left = Number(now.problems) ? `${now.sum} on this page.` : "Nothing wrong on this page.";
      one("[role=status]").textContent = `${change} ${left}`;
    }, SETTLED);
  }

  /**
   * Offers a link to the page that was edited, if it is another one.
   *
   * @param {{ title: string, href: string }[]} edited
   */
  function showEdited(edited) {
    const notice = one(".casebook-news");
    notice.replaceChildren();
    if (!edited.length || edited.some((page) => page.href === location.pathname)) return;
    const link = Object.assign(document.createElement("a"), { href: edited[0].href, textContent: edited[0].title });
    notice.append("You edited ", link, edited.length > 1 ? ` and ${edited.length - 1} more` : "");
  }

  // If the preview has stopped, the bar says so, and its buttons are disabled.
  /** @type {number | undefined} */
  let silence;

  document.addEventListener("casebook:heard", (event) => {
    if (/** @type {CustomEvent} */ (event).detail) {
      clearTimeout(silence);
      silence = undefined;
      stopped(false);
    } else {
      // This event comes with every failed attempt; the first one starts the timer.
      silence ??= setTimeout(() => stopped(true), SILENT);
    }
  });

  /** @param {boolean} isStopped */
  function stopped(isStopped) {
    if (overlay().classList.contains("casebook-stopped") === isStopped) return;
    overlay().classList.toggle("casebook-stopped", isStopped);
    for (const button of overlay().querySelectorAll("button")) button.disabled = isStopped;
    if (isStopped) show(null, false);
    else restore();
    const notice = one(".casebook-news");
    notice.textContent = isStopped ? "The preview has stopped. Start `casebook serve` again." : "";
    one("[role=status]").textContent = notice.textContent;
  }

  addEventListener("resize", measure);
  restore();
  // The style sheet may come after this script.
  addEventListener("load", measure);
})();
