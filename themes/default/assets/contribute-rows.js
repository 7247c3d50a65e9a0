// Rows of several fields, such as sources and places, that can be added, removed and put back.
import { idFor, rowsOf, state, words, write } from "./contribute-answers.js";
import { box, choice } from "./contribute-box.js";
import { element } from "./elements.js";
import { filled, plural } from "./texts.js";

/** @typedef {import("./contribute-answers.js").ChoiceField} ChoiceField */
/** @typedef {import("./contribute-answers.js").RowsField} RowsField */

/**
 * The rows of a question. Each is drawn again after a row was added, removed or put back.
 *
 * @param {RowsField} field
 */
export function rows(field) {
  const holder = element("div", { className: "cb-rows" });
  const draw = (/** @type {number} */ open = -1) =>
    holder.replaceChildren(
      ...rowsOf(field).map((row, n) => rowElement(field, row, n, n === open, () => remove(n))),
      addButton(field, () => {
        draw(rowsOf(field).length - 1);
        /** @type {HTMLElement} */ (holder.querySelector("details[open] :is(input, textarea, select)")).focus();
      }),
    );
  const remove = (/** @type {number} */ n) => {
    const removed = rowsOf(field)[n];
    const texts = { ...state.body };
    const others = rowsOf(field).filter((_, at) => at !== n);
    write(field, others);
    const uncited = field.key === "sources" ? removeCitations(n + 1, removed.id) : 0;
    draw();
    const notice = removedNotice(field, n, uncited, () => {
      // The other rows may have been changed since. The texts are on other parts, and this notice goes with its part.
      state.body = texts;
      const all = rowsOf(field).toSpliced(n, 0, removed);
      write(field, all);
      draw(n);
      /** @type {HTMLElement} */ (holder.querySelector("details[open] > summary")).focus();
    });
    holder.prepend(notice);
    notice.focus();
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

/**
 * A row: a field for each column, and a button that removes the row.
 *
 * @param {RowsField} field
 * @param {Record<string, any>} row the values by column
 * @param {number} n
 * @param {boolean} open
 * @param {() => void} remove
 */
function rowElement(field, row, n, open, remove) {
  const summary = element("summary");
  const showTitle = () => (summary.textContent = `${n + 1}. ${rowsOf(field)[n][field.columns[0].key] || field.one}`);
  const set = (/** @type {string} */ key) => (/** @type {string | string[]} */ value) => {
    const all = rowsOf(field).map((other, at) => (at === n ? { ...other, [key]: value } : other));
    write(field, all);
    showTitle();
  };
  showTitle();
  const fields = field.columns.map((column) => {
    const id = idFor(field, n, column);
    const [value, setValue] = [row[column.key], set(column.key)];
    if (column.kind === "choice") return choice(/** @type {ChoiceField} */ (column), id, value, setValue);
    return box({ ...column, row: () => rowsOf(field)[n] }, id, value, setValue);
  });
  const label = filled(words.remove, { one: field.one, number: n + 1 });
  const button = element("button", { type: "button", className: "cb-quiet", onclick: remove }, label);
  return element("details", { open, className: "cb-item" }, summary, ...fields, button);
}

/**
 * The button that adds a row.
 *
 * @param {RowsField} field
 * @param {() => void} added called after a row was added
 */
function addButton(field, added) {
  const onclick = () => {
    write(field, [...rowsOf(field), {}]);
    added();
  };
  return element("button", { type: "button", id: "add-" + field.key, onclick }, field.add);
}

/**
 * Removes the citations of a source from the texts, and renumbers those of the sources after it. Returns how many
 * citations were removed.
 *
 * @param {number} removed the number of the source
 * @param {string} [id] its id, by which opened texts cite it
 */
function removeCitations(removed, id) {
  let count = 0;
  const withoutNumber = (/** @type {string} */ text) =>
    text.replace(/( ?)\[(\d{1,2})\](?=(\[?))/g, (mark, space, number, another) => {
      if (Number(number) !== removed) return number > removed ? `${space}[${number - 1}]` : mark;
      count += 1;
      return another && space;
    });
  // A citation may name several sources, each with a place in it: [@audit, p. 4; @minutes].
  const withoutId = (/** @type {string} */ text) =>
    text.replace(/( ?)\[(@[^[\]\n]+)\](?=(\[?))/g, (mark, space, cited, another) => {
      const all = cited.split(/;|,(?=\s*@)/);
      const others = all.filter((/** @type {string} */ one) => one.trim().split(/[\s,]/)[0] !== "@" + id);
      if (others.length === all.length) return mark;
      count += 1;
      return others.length ? `${space}[${others.join(";").trim()}]` : another && space;
    });
  for (const [heading, text] of Object.entries(state.body))
    state.body[heading] = state.isMarkdown[heading] ? withoutId(text) : withoutNumber(text);
  return count;
}

/**
 * A line that says which row was removed, with a button that puts it back.
 *
 * @param {RowsField} field
 * @param {number} n
 * @param {number} uncited how many citations were removed with it
 * @param {() => void} putBack
 */
function removedNotice(field, n, uncited, putBack) {
  return element(
    "p",
    { className: "cb-back", tabIndex: -1 },
    filled(words.removed, { one: field.one, number: n + 1 }) + " ",
    uncited ? plural(words.uncited, uncited) + " " : "",
    element("button", { type: "button", onclick: putBack }, words.put_back),
  );
}
