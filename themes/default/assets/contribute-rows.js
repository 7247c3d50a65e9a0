// Rows of several fields, such as sources and places, that can be added, removed and put back.
import { idFor, asArray, read, state, words, write } from "./contribute-answers.js";
import { box, choice } from "./contribute-box.js";
import { element } from "./elements.js";
import { filled, plural } from "./texts.js";

/** @typedef {import("./contribute-answers.js").ChoiceField} ChoiceField */
/** @typedef {Record<string, any>} Row The values of a row, by column. */

/** @param {import("./contribute-answers.js").RowsField} field */
export function rows(field) {
  const holder = element("div", { className: "cb-rows" });
  /** @returns {Row[]} */
  const all = () => asArray(read(field)).map((row) => (typeof row === "object" ? row : { [field.columns[0].key]: row }));
  const draw = (/** @type {number} */ open = -1) => {
    const set = (/** @type {number} */ n, /** @type {string} */ key) => (/** @type {string | string[]} */ text) =>
      write(
        field,
        all().map((row, at) => (at === n ? { ...row, [key]: text } : row)),
      );
    holder.replaceChildren(
      ...all().map((row, n) =>
        element(
          "details",
          { open: n === open, className: "cb-item" },
          element("summary", {}, `${n + 1}. ${row[field.columns[0].key] || field.one}`),
          ...field.columns.map((column) =>
            column.kind === "choice"
              ? choice(/** @type {ChoiceField} */ (column), idFor(field, n, column), row[column.key], set(n, column.key))
              : box(column, idFor(field, n, column), row[column.key], set(n, column.key)),
          ),
          element(
            "button",
            { type: "button", className: "cb-quiet", onclick: () => remove(n) },
            filled(words.remove, { one: field.one, number: n + 1 }),
          ),
        ),
      ),
      element(
        "button",
        {
          type: "button",
          id: "add-" + field.key,
          onclick: () => {
            write(field, [...all(), {}]);
            draw(all().length - 1);
            /** @type {HTMLElement} */ (holder.querySelector("details[open] :is(input, textarea, select)")).focus();
          },
        },
        field.add,
      ),
    );
  };
  const remove = (/** @type {number} */ n) => {
    const before = all();
    const texts = { ...state.body };
    const renumber = field.key === "sources";
    write(
      field,
      before.filter((_, at) => at !== n),
    );
    let uncited = 0;
    if (renumber)
      for (const heading of Object.keys(state.body))
        state.body[heading] = state.body[heading].replace(/( ?)\[(\d{1,2})\](?=(\[?))/g, (mark, space, number, another) => {
          if (Number(number) !== n + 1) return number > n + 1 ? `${space}[${number - 1}]` : mark;
          uncited += 1;
          return another && space;
        });
    draw();
    const line = element(
      "p",
      { className: "cb-back", tabIndex: -1 },
      filled(words.removed, { one: field.one, number: n + 1 }) + " ",
      uncited ? plural(words.uncited, uncited) + " " : "",
      element(
        "button",
        {
          type: "button",
          onclick: () => {
            write(field, before);
            state.body = texts;
            draw(n);
          },
        },
        words.put_back,
      ),
    );
    holder.prepend(line);
    line.focus();
  };
  draw();
  return element(
    "fieldset",
    { id: idFor(field), tabIndex: -1 },
    element("legend", {}, field.label),
    field.hint && element("p", { className: "cb-hint" }, field.hint),
    holder,
  );
}
