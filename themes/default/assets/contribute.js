// The form by which anyone writes a case, made from the library's keys and vocabularies, which are in the page as data. Nothing
// leaves the device by itself: the file is made here, and its author sends it. This module shows the parts; the others hold the
// answers, check them, draw the fields, show the page as it will be, and write and read the file.
import {
  begin,
  changed,
  fields,
  forget,
  form,
  idFor,
  idOf,
  isBlank,
  keep,
  kept,
  list,
  read,
  say,
  state,
  whenChanged,
  words,
  write,
} from "./contribute-answers.js";
import { box, choice, tick } from "./contribute-box.js";
import { filled, make, plural } from "./contribute-elements.js";
import { faults, gaps } from "./contribute-faults.js";
import { open } from "./contribute-open.js";
import { rows } from "./contribute-rows.js";
import { page } from "./contribute-page.js";
import { jumps, send } from "./contribute-send.js";
import { terms } from "./contribute-terms.js";

const root = document.getElementById("cb-contribute");
let current = "start";

const draw = (field) =>
  ({ terms, rows, tick, choice: () => choice(field, idFor(field), read(field), (value) => write(field, value)) })[field.kind]?.(field) ??
  box(field, idFor(field), read(field), (value) => write(field, value));

const parts = [{ id: "start", title: words.before }, ...form.parts, { id: "send", title: words.send }];
// Reached from the last part alone.
const preview = { id: "page", title: words.page, intro: words.page_intro };
const view = document.getElementById("cb-part");

function show(id, focus = true) {
  const part = [...parts, preview].find((part) => part.id === id) ?? parts[0];
  current = part.id;
  const n = parts.indexOf(part);
  const heading = make("h2", { tabIndex: -1 }, part.title);
  const others = { start: () => [start], send: () => send(jump), page: () => [back(), page(), back()] };
  const inner = others[current]?.() ?? [...part.fields.map(draw), go(part, parts[n + 1])];
  view.replaceChildren(
    make("p", { className: "cb-of" }, n < 1 ? "" : filled(words.of_parts, { number: n, count: parts.length - 1 })),
    heading,
    ...(part.intro ? [make("p", { className: "cb-hint" }, part.intro)] : []),
    ...inner,
  );
  document.title = `${part.title}: ${document.querySelector("h1").textContent}`;
  document.querySelector(".cb-sofar").hidden = part === preview;
  showParts();
  showCard();
  if (focus) {
    heading.focus();
    heading.scrollIntoView();
  }
}

const back = () => make("p", {}, make("a", { className: "cb-begin", href: "#send" }, words.page_back));

// The address names the part, so that the list of parts and the browser's own buttons lead on from there.
function visit(id) {
  if (location.hash === "#" + id) show(id);
  else location.hash = id;
}

// The button at the end of a part. The first press lists errors; a second press continues anyway.
function go(part, next) {
  let warned = false;
  return make(
    "p",
    {},
    make(
      "button",
      {
        type: "button",
        className: "cb-begin",
        onclick: () => {
          const found = faults(part);
          showParts();
          if (!found.length || warned) return void (location.hash = next.id);
          warned = true;
          view.querySelector(".cb-errors")?.remove();
          const summary = make(
            "div",
            { className: "cb-errors", role: "group", tabIndex: -1, "aria-labelledby": "cb-eh" },
            make("h3", { id: "cb-eh" }, plural(words.errors, found.length)),
            jumps(found, jump),
          );
          view.querySelector("h2").after(summary);
          summary.focus();
        },
      },
      filled(words.go_on, { title: next.title.toLowerCase() }),
    ),
  );
}

function jump(id) {
  const part = form.parts.find((part) =>
    part.fields.some((field) => id === idFor(field) || id.startsWith(idFor(field) + "-") || id === "add-" + field.key),
  );
  if (part && part.id !== current) {
    history.pushState(null, "", "#" + part.id);
    show(part.id, false);
  }
  const at = document.getElementById(id);
  if (at?.closest("details")) at.closest("details").open = true;
  at?.focus();
}

function showParts() {
  const missing = gaps().map(({ id }) => id);
  document.getElementById("cb-parts").replaceChildren(
    ...parts.map((part) => {
      const errors = part.fields ? faults(part).length : 0;
      const unanswered = part.fields
        ? part.fields.filter((field) => missing.includes(idFor(field)) || missing.includes("add-" + field.key)).length
        : 0;
      const status = errors
        ? filled(words.part_wrong, { count: errors })
        : unanswered
          ? plural(words.part_gaps, unanswered)
          : part.fields?.some((field) => !isBlank(read(field)))
            ? words.part_done
            : "";
      return make(
        "li",
        {},
        make(
          "a",
          { href: "#" + part.id, "aria-current": part.id === current ? "step" : undefined },
          part.title,
          status && make("span", { className: errors ? "cb-wrong" : "cb-hint" }, " " + status),
        ),
      );
    }),
  );
}

function showCard() {
  const label = (field) =>
    list(read(field))
      .map((chosen) => field.terms.find(({ id }) => id === idOf(chosen))?.label)
      .filter(Boolean);
  const { from, to } = state.front.period ?? {};
  document.getElementById("cb-card").replaceChildren(
    make("p", { className: "cb-card-title" }, state.front.title || words.card_untitled),
    make("p", {}, state.front.summary || ""),
    make(
      "p",
      { className: "cb-hint" },
      [
        list(state.front.place)
          .map((place) => place.name ?? place)
          .filter(Boolean)
          .join(", "),
        from && `${from}${to ? `–${to}` : ""}`,
      ]
        .filter(Boolean)
        .join(" · "),
    ),
    make(
      "p",
      { className: "cb-hint" },
      fields
        .filter(({ kind }) => kind === "terms")
        .flatMap(label)
        .join(" · "),
    ),
  );
}

const start = document.getElementById("cb-start");
document.getElementById("cb-keep").addEventListener("change", ({ target }) => {
  if (target.checked) keep();
  else {
    forget();
    say(words.not_kept);
  }
});
document.getElementById("cb-open").addEventListener("change", async ({ target }) => {
  const [chosen] = target.files;
  if (!chosen) return;
  try {
    open(await chosen.text());
    const known = new Set(["date", "status", ...fields.map(({ key }) => key?.split(".")[0])]);
    const others = Object.keys(state.front).filter((key) => !known.has(key));
    say(
      filled(words.opened, { name: chosen.name }) + (others.length ? " " + filled(words.opened_others, { keys: others.join(", ") }) : ""),
    );
    changed();
    visit("partnership");
  } catch {
    say(words.unreadable);
  }
});
const clear = document.getElementById("cb-clear");
clear.addEventListener("click", () => {
  const ask = make(
    "span",
    { className: "cb-ask", role: "group", "aria-label": words.clear_label },
    ` ${words.clear_ask} `,
    make(
      "button",
      {
        type: "button",
        onclick: () => {
          begin();
          forget();
          document.getElementById("cb-keep").checked = false;
          ask.remove();
          say(words.cleared);
          visit("start");
        },
      },
      words.clear_yes,
    ),
    " ",
    make(
      "button",
      {
        type: "button",
        onclick: () => {
          ask.remove();
          clear.focus();
        },
      },
      words.clear_no,
    ),
  );
  clear.parentElement.querySelector(".cb-ask")?.remove();
  clear.after(ask);
  ask.querySelector("button").focus();
});
addEventListener("beforeunload", (event) => {
  if (!isBlank(state.front) && !document.getElementById("cb-keep").checked) event.preventDefault();
});
addEventListener("hashchange", () => show(location.hash.slice(1)));
root.addEventListener("submit", (event) => event.preventDefault());

const saved = kept();
if (saved?.front) {
  begin(saved);
  document.getElementById("cb-keep").checked = true;
}
whenChanged(showCard);
root.hidden = false;
show(location.hash.slice(1) || "start", false);
