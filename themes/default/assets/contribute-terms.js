// The terms of a vocabulary, each with its definition and, if the question asks for it, with a field for what happened.
import { idFor, idOf, asArray, read, say, words, write } from "./contribute-answers.js";
import { box } from "./contribute-box.js";
import { element, inputOf } from "./elements.js";
import { plural } from "./texts.js";

/** @typedef {import("./contribute-answers.js").Term} Term */

/**
 * The terms of a vocabulary: checkboxes if a case may carry several, otherwise radio buttons.
 *
 * @param {import("./contribute-answers.js").TermsField} field
 */
export function terms(field) {
  const id = idFor(field);
  const isChosen = (/** @type {Term} */ term) => asArray(read(field)).some((chosen) => idOf(chosen) === term.id);
  const choose = (/** @type {Term} */ term, /** @type {boolean} */ on) => {
    const others = field.many ? asArray(read(field)).filter((chosen) => idOf(chosen) !== term.id) : [];
    write(field, on ? [...others, term.id] : others);
  };
  const happened = (/** @type {Term} */ term, /** @type {HTMLElement} */ row) => {
    const entry = () => asArray(read(field)).find((chosen) => idOf(chosen) === term.id);
    const set = (/** @type {string} */ key) => (/** @type {string | string[]} */ text) =>
      write(
        field,
        asArray(read(field)).map((chosen) =>
          idOf(chosen) !== term.id ? chosen : { term: term.id, ...(typeof chosen === "object" ? chosen : {}), [key]: text },
        ),
      );
    const show = () => {
      row.querySelector(".cb-happened")?.remove();
      if (!isChosen(term)) return;
      const of = entry();
      row.append(
        element(
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
    const row = element("li", { className: "cb-term-row" });
    const input = element("input", {
      type: field.many ? "checkbox" : "radio",
      name: id,
      id: `${id}-${term.id}`,
      checked: isChosen(term),
      "aria-describedby": term.definition && `${id}-${term.id}-d`,
    });
    row.append(
      input,
      element("label", { htmlFor: input.id }, term.label),
      term.definition ? element("span", { className: "cb-hint", id: `${id}-${term.id}-d` }, term.definition) : "",
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
    element(
      "div",
      { className: "cb-field" },
      element("label", { htmlFor: id + "-narrow" }, words.narrow),
      element("input", {
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
    element(
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
  return element(
    "fieldset",
    { id, tabIndex: -1 },
    element("legend", {}, field.label),
    field.hint && element("p", { className: "cb-hint" }, field.hint),
    narrow,
    element("ul", { className: "cb-terms-list" }, ...rows.map(({ row }) => row)),
    clear,
  );
}
