// The form by which anyone writes a case, made from the library's keys and vocabularies, which are in the page as data.
// Nothing leaves the device by itself: the file is made here, and its author sends it. This module shows the parts; the
// others hold the answers, check them, draw the fields, show the page as it will be, and write and read the file.
import {
  asArray,
  begin,
  fields,
  form,
  idFor,
  idOf,
  isBlank,
  isEdited,
  placeNames,
  read,
  state,
  storedAnswers,
  whenChanged,
  words,
  write,
} from "./contribute-answers.js";
import { box, choice, tick } from "./contribute-box.js";
import { byId, element } from "./elements.js";
import { filled, plural } from "./texts.js";
import { faults, gaps } from "./contribute-faults.js";
import { rows } from "./contribute-rows.js";
import { page } from "./contribute-page.js";
import { answersToPrint, jumps, send } from "./contribute-send.js";
import { keepBox, prepareStart } from "./contribute-start.js";
import { terms } from "./contribute-terms.js";

/** @typedef {import("./contribute-answers.js").Field} Field */
/** @typedef {import("./contribute-answers.js").TermsField} TermsField */
/** @typedef {import("./contribute-answers.js").RowsField} RowsField */
/** @typedef {import("./contribute-answers.js").ChoiceField} ChoiceField */
/**
 * @typedef {{ id: string, title: string, intro?: string | null, fields?: Field[] }} Part A part; the first and the last
 *   have no fields.
 */

const root = byId("contribute");
const ownTitle = document.title;
let current = "start";

/** The element for a question. @param {Field} field */
function fieldElement(field) {
  const [id, value, set] = [idFor(field), read(field), (/** @type {string | string[]} */ value) => write(field, value)];
  switch (field.kind) {
    case "terms":
      return terms(/** @type {TermsField} */ (field));
    case "rows":
      return rows(/** @type {RowsField} */ (field));
    case "tick":
      return tick(field);
    case "choice":
      return choice(/** @type {ChoiceField} */ (field), id, value, set);
    default:
      return box(field, id, value, set);
  }
}

/** @type {Part[]} */
const parts = [{ id: "start", title: words.before }, ...form.parts, { id: "send", title: words.send }];
// Reached from the last part alone.
/** @type {Part} */
const preview = { id: "page", title: words.page, intro: words.page_intro };
const view = byId("part");
/** The answers so far, beside the form. @type {HTMLElement | null} */
const soFar = document.querySelector("[data-part=so-far]");

/** Shows a part. @param {string} id */
function show(id, focus = true) {
  const part = [...parts, preview].find((part) => part.id === id) ?? parts[0];
  current = part.id;
  const n = parts.indexOf(part);
  const heading = element("h2", { tabIndex: -1 }, part.title);
  /** @type {Record<string, () => HTMLElement[]>} */
  const others = { start: () => [start], send: () => send(focusField), page: () => [back(), page(), back()] };
  const inner = others[current]?.() ?? [...(part.fields ?? []).map(fieldElement), continueButton(part.fields ?? [], parts[n + 1])];
  view.replaceChildren(
    element("p", { className: "cb-of" }, n < 1 ? "" : filled(words.of_parts, { number: n, count: parts.length - 1 })),
    heading,
    ...(part.intro ? [element("p", { className: "cb-hint" }, part.intro)] : []),
    ...inner,
  );
  document.title = `${part.title}: ${ownTitle}`;
  if (soFar) soFar.hidden = part === preview;
  showParts();
  showCard();
  if (focus) {
    heading.focus();
    heading.scrollIntoView();
  }
}

const back = () => element("p", {}, element("a", { className: "cb-begin", href: "#send" }, words.page_back));

/** Goes to a part. The address names it, so that the browser's own buttons work. @param {string} id */
function visit(id) {
  if (location.hash === "#" + id) show(id);
  else location.hash = id;
}

/**
 * The button at the end of a part. The first press lists errors; a second press continues anyway.
 *
 * @param {Field[]} fields
 * @param {Part} next
 */
function continueButton(fields, next) {
  let warned = false;
  return element(
    "p",
    {},
    element(
      "button",
      {
        type: "button",
        className: "cb-begin",
        onclick: () => {
          const found = faults({ fields });
          showParts();
          if (!found.length || warned) return void (location.hash = next.id);
          warned = true;
          view.querySelector(".cb-errors")?.remove();
          const summary = element(
            "div",
            { className: "cb-errors", role: "group", tabIndex: -1, "aria-labelledby": "cb-eh" },
            element("h3", { id: "cb-eh" }, plural(words.errors, found.length)),
            jumps(found, focusField),
          );
          view.querySelector("h2")?.after(summary);
          summary.focus();
        },
      },
      filled(words.go_on, { title: next.title.toLowerCase() }),
    ),
  );
}

/** Shows an element and moves the focus to it. @param {string} id */
function focusField(id) {
  const part = form.parts.find((part) =>
    part.fields.some((field) => id === idFor(field) || id.startsWith(idFor(field) + "-") || id === "add-" + field.key),
  );
  if (part && part.id !== current) {
    history.pushState(null, "", "#" + part.id);
    show(part.id, false);
  }
  const at = document.getElementById(id);
  const folded = at?.closest("details");
  if (folded) folded.open = true;
  at?.dispatchEvent(new Event("check"));
  at?.focus();
}

function showParts() {
  // A form that nobody has begun lacks everything, which is not worth saying.
  const isBegun = isEdited || parts.some(({ fields = [] }) => fields.some((field) => !isBlank(read(field))));
  const missing = isBegun ? gaps().map(({ id }) => id) : [];
  byId("parts").replaceChildren(
    ...parts.map((part) => {
      const own = part.fields ?? [];
      const errors = faults({ fields: own }).length;
      const unanswered = own.filter((field) => missing.includes(idFor(field)) || missing.includes("add-" + field.key)).length;
      const status = errors
        ? filled(words.part_wrong, { count: errors })
        : unanswered
          ? plural(words.part_gaps, unanswered)
          : own.some((field) => !isBlank(read(field)))
            ? words.part_done
            : "";
      return element(
        "li",
        {},
        element(
          "a",
          { href: "#" + part.id, "aria-current": part.id === current ? "step" : undefined },
          part.title,
          status && element("span", { className: errors ? "cb-wrong" : "cb-hint" }, " " + status),
        ),
      );
    }),
  );
}

function showCard() {
  const label = (/** @type {TermsField} */ field) =>
    asArray(read(field))
      .map((chosen) => field.terms.find(({ id }) => id === idOf(chosen))?.label)
      .filter(Boolean);
  const { from, to } = state.front.period ?? {};
  byId("card").replaceChildren(
    element("p", { className: "cb-card-title" }, state.front.title || words.card_untitled),
    element("p", {}, state.front.summary || ""),
    element("p", { className: "cb-hint" }, [placeNames().join(", "), from && `${from}${to ? `–${to}` : ""}`].filter(Boolean).join(" · ")),
    element(
      "p",
      { className: "cb-hint" },
      /** @type {TermsField[]} */ (fields.filter(({ kind }) => kind === "terms")).flatMap(label).join(" · "),
    ),
  );
}

const start = byId("start");
prepareStart(visit);
addEventListener("beforeunload", (event) => {
  if (isEdited && !keepBox.checked) event.preventDefault();
});
addEventListener("hashchange", () => {
  const id = location.hash.slice(1) || "start";
  // Any other address leads to something on the page, such as the beginning of its content.
  if ([...parts, preview].some((part) => part.id === id)) show(id);
});
const printed = element("div", { className: "cb-printed" });
root.append(printed);
addEventListener("beforeprint", () => printed.replaceChildren(...answersToPrint()));
addEventListener("afterprint", () => printed.replaceChildren());
root.addEventListener("submit", (event) => event.preventDefault());

const saved = storedAnswers();
if (saved?.front) {
  begin(saved, true);
  keepBox.checked = true;
}
whenChanged(showCard);
// The address may begin at another part.
start.remove();
root.hidden = false;
show(location.hash.slice(1) || "start", false);
