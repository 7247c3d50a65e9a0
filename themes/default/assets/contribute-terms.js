// The terms of a vocabulary, each with its definition and, if the question asks for it, with a field for what happened.
import { idFor, idOf, list, read, say, words, write } from "./contribute-answers.js";
import { box } from "./contribute-box.js";
import { inputOf, make, plural } from "./contribute-elements.js";

/** @typedef {import("./contribute-answers.js").Term} Term */

/** The terms of a vocabulary: checkboxes if a case may carry several, otherwise radio buttons. @param {import("./contribute-answers.js").TermsField} field */
export function terms(field) {
  const id = idFor(field);
  const isChosen = (/** @type {Term} */ term) => list(read(field)).some((chosen) => idOf(chosen) === term.id);
  const choose = (/** @type {Term} */ term, /** @type {boolean} */ on) => {
    const others = field.many ? list(read(field)).filter((chosen) => idOf(chosen) !== term.id) : [];
    write(field, on ? [...others, term.id] : others);
  };
  const happened = (/** @type {Term} */ term, /** @type {HTMLElement} */ row) => {
    const entry = () => list(read(field)).find((chosen) => idOf(chosen) === term.id);
    const set = (/** @type {string} */ key) => (/** @type {string} */ text) =>
      write(
        field,
        list(read(field)).map((chosen) =>
          idOf(chosen) !== term.id ? chosen : { term: term.id, ...(typeof chosen === "object" ? chosen : {}), [key]: text },
        ),
      );
    const show = () => {
      row.querySelector(".cb-happened")?.remove();
      if (!isChosen(term)) return;
      const of = entry();
      row.append(
        make(
          "div",
          { className: "cb-happened" },
          box({ key: "what", kind: "text", label: words.what }, `${id}-${term.id}-what`, of.what, set("what")),
          box(
            {
              key: "response",
              kind: "text",
              label: words.response,
              hint: words.response_hint,
            },
            `${id}-${term.id}-response`,
            of.response,
            set("response"),
          ),
        ),
      );
    };
    show();
    return show;
  };
  const rows = field.terms.map((term) => {
    const row = make("li", { className: "cb-term-row" });
    const input = make("input", {
      type: field.many ? "checkbox" : "radio",
      name: id,
      id: `${id}-${term.id}`,
      checked: isChosen(term),
      "aria-describedby": term.definition && `${id}-${term.id}-d`,
    });
    row.append(
      input,
      make("label", { htmlFor: input.id }, term.label),
      term.definition ? make("span", { className: "cb-hint", id: `${id}-${term.id}-d` }, term.definition) : "",
    );
    const show = field.happened ? happened(term, row) : () => {};
    input.addEventListener("change", () => {
      choose(term, input.checked);
      show();
    });
    return { row, term, input };
  });
  const narrow =
    rows.length > 16 &&
    make(
      "div",
      { className: "cb-field" },
      make("label", { htmlFor: id + "-narrow" }, words.narrow),
      make("input", {
        id: id + "-narrow",
        type: "text",
        autocomplete: "off",
        oninput: (/** @type {Event} */ event) => {
          const word = inputOf(event).value.trim().toLowerCase();
          let fit = 0;
          for (const { row, term } of rows) {
            const fits = [term.label, term.definition ?? "", ...(term.also ?? [])].some((text) => text.toLowerCase().includes(word));
            row.hidden = !fits && !isChosen(term);
            if (fits) fit += 1;
          }
          say(plural(words.fits, fit));
        },
      }),
    );
  const clear =
    !field.many &&
    make(
      "button",
      {
        type: "button",
        className: "cb-quiet",
        onclick: () => {
          write(field, []);
          for (const { input } of rows) input.checked = false;
        },
      },
      words.choose_none,
    );
  return make(
    "fieldset",
    { id, tabIndex: -1 },
    make("legend", {}, field.label),
    field.hint && make("p", { className: "cb-hint" }, field.hint),
    narrow,
    make("ul", { className: "cb-terms-list" }, ...rows.map(({ row }) => row)),
    clear,
  );
}
