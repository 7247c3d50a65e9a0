// The bar's own doings: its panels open and close, fixes are copied, F8 goes from problem to problem, and a screen reader is told
// what a save has fixed. The page itself is left alone, but for room at its foot.

(() => {
  "use strict";

  const overlay = () => document.getElementById("casebook-preview");
  const all = (selector) => [...overlay().querySelectorAll(selector)];
  const one = (selector) => overlay().querySelector(selector);
  const buttons = () => all(".casebook-bar button[aria-controls]");
  const panelOf = (button) => document.getElementById(button.getAttribute("aria-controls"));
  const opened = () => buttons().find((button) => button.getAttribute("aria-expanded") === "true");
  const OPEN = "casebook-preview: open";
  // How long after the last save a screen reader is told, and how long the preview may be silent before it counts as stopped.
  const SETTLED = 1000;
  const SILENT = 1500;

  // One panel at most is open: the one of this button, or none. Which one is kept for as long as the tab lives.
  function show(button, isKept = true) {
    for (const other of buttons()) {
      other.setAttribute("aria-expanded", String(other === button));
      panelOf(other).hidden = other !== button;
    }
    if (isKept) {
      if (button) sessionStorage.setItem(OPEN, button.getAttribute("aria-controls"));
      else sessionStorage.removeItem(OPEN);
    }
    measure();
  }

  // The page is told how much of the window the bar takes, so that nothing that has the focus comes to lie under it.
  function measure() {
    const foot = one(".casebook-foot");
    document.documentElement.style.setProperty("--casebook-height", `${Math.ceil(foot.getBoundingClientRect().height)}px`);
  }

  const rows = () => {
    const panel = opened() && panelOf(opened());
    return panel ? [...panel.querySelectorAll(".casebook-rows > li")] : [];
  };
  const first = (row) => row.querySelector("button, a");

  // To the next problem, or the one before: of the open panel, or else of the first that there is.
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

  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      // The clipboard is closed to pages from another machine: the text is selected instead.
      const text = button.querySelector(".casebook-unseen");
      text.className = "casebook-chosen";
      text.textContent = ` ${button.dataset.copy}`;
      document.getSelection().selectAllChildren(text);
      return;
    }
    const label = button.firstChild;
    const words = label.data;
    if (words === "Copied") return;
    label.data = "Copied";
    setTimeout(() => label.data === "Copied" && (label.data = words), 2000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button || button.disabled) return;
    if (button.dataset.copy !== undefined && (overlay().contains(button) || button.closest(".casebook-notice"))) copy(button);
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

  // What had the focus before a change, by its place among the rows.
  let focused = null;

  document.addEventListener("casebook:changing", () => {
    const at = rows().findIndex((row) => row.contains(document.activeElement));
    const panel = opened() && panelOf(opened());
    focused = panel && panel.contains(document.activeElement) ? { at, panel: panel.id } : null;
  });

  document.addEventListener("casebook:shown", (event) => {
    // A panel whose problems are all fixed is gone, and one that came back with the page is as it was left.
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
    tell(event.detail.edited);
  });

  function restore() {
    const kept = sessionStorage.getItem(OPEN);
    const isOpenAlready = opened() && !panelOf(opened()).hidden;
    const button = isOpenAlready ? opened() : buttons().find((of) => of.getAttribute("aria-controls") === kept);
    show(button ?? null, false);
  }

  const counts = () => ({ ...one(".casebook-bar").dataset });
  let reported = counts();
  let timer;

  // Tells a screen reader how many problems the last saves have fixed or brought, and what is left, once saving has paused.
  function announce() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = counts();
      const fewer = reported.problems - now.problems;
      reported = now;
      if (!fewer) return;
      const count = Math.abs(fewer);
      const problems = count === 1 ? "One problem" : `${count} problems`;
      const change = fewer > 0 ? `${problems} fixed.` : `${count === 1 ? "One new problem" : `${count} new problems`}.`;
      const left = Number(now.problems) ? `${now.sum} on this page.` : "Nothing wrong on this page.";
      one("[role=status]").textContent = `${change} ${left}`;
    }, SETTLED);
  }

  // Offers to go to the page that was edited, if it is another.
  function tell(edited) {
    const notice = one(".casebook-news");
    notice.replaceChildren();
    if (!edited.length || edited.some((page) => page.href === location.pathname)) return;
    const link = Object.assign(document.createElement("a"), { href: edited[0].href, textContent: edited[0].title });
    notice.append("You edited ", link, edited.length > 1 ? ` and ${edited.length - 1} more` : "");
  }

  // Where the preview has ended, the bar says so, and what needs it is off.
  let silence;

  document.addEventListener("casebook:heard", (event) => {
    if (event.detail) {
      clearTimeout(silence);
      silence = undefined;
      stopped(false);
    } else {
      // It is told of every attempt that fails; the first one counts.
      silence ??= setTimeout(() => stopped(true), SILENT);
    }
  });

  function stopped(isStopped) {
    if (overlay().classList.contains("casebook-stopped") === isStopped) return;
    overlay().classList.toggle("casebook-stopped", isStopped);
    for (const button of all("button")) button.disabled = isStopped;
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
