// The form for contributing a case, made from the library's keys and vocabularies, which are JSON in the page. Nothing leaves the
// device by itself: the file is made here, and its author sends it. `front` is the front matter, and `body` the text under each
// heading; every field reads and writes these two.
const root = document.getElementById("cb-contribute");
const form = JSON.parse(document.getElementById("cb-questions").textContent);
const store = "casebook:contribute:" + location.pathname;
const fresh = () => ({ front: {}, body: {}, sender: {}, kept: "", written: {} });
let state = fresh();
let current = "start";

const make = (tag, having = {}, ...inner) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(having)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && !name.includes("-")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inner.filter((one) => one !== undefined && one !== null && one !== false));
  return made;
};
const list = (value) => (value === undefined || value === null || value === "" ? [] : Array.isArray(value) ? value : [value]);
const idOf = (term) => (typeof term === "object" ? term.term : term);
const isBlank = (value) =>
  list(value).length === 0 || (typeof value === "object" && !Array.isArray(value) && Object.values(value).every(isBlank));
const fields = form.parts.flatMap((part) => part.fields);

// Values ------------------------------------------------------------------------------------------------------------------

// A field of the text is named by its heading, one of the sender by `sender`, any other by its key or `key.within`.
function read(field) {
  if (field.heading) return state.body[field.heading] ?? "";
  if (field.sender) return state.sender[field.key] ?? "";
  const [key, within] = field.key.split(".");
  const value = state.front[key];
  return within ? ((value && typeof value === "object" ? value[within] : undefined) ?? "") : value;
}

function write(field, value) {
  if (field.heading) state.body[field.heading] = value;
  else if (field.sender) state.sender[field.key] = value;
  else {
    const [key, within] = field.key.split(".");
    if (within) state.front[key] = { ...state.front[key], [within]: value };
    else state.front[key] = value;
  }
  changed();
}

let pause;
function changed() {
  showCard();
  clearTimeout(pause);
  pause = setTimeout(keep, 400);
}

function keep() {
  const box = document.getElementById("cb-keep");
  if (!box.checked) return;
  try {
    localStorage.setItem(store, JSON.stringify(state));
    say(`Kept on this device at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}.`);
  } catch {
    box.checked = false;
    say("This browser does not allow it. Download the file instead; you can open it here again.");
  }
}

const say = (words) => (document.getElementById("cb-said").textContent = words);

// The error in a value, as the page shows it; none if the value is valid -----------------------------------------------------

const now = new Date().getFullYear();
const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

// A date in the form of the library: 30 June 2009 is 2009-06-30.
function day(text) {
  const words = text.trim().match(/^(\d{1,2})[ /.-]+(\p{L}+|\d{1,2})[ /.-]+(\d{4})$/u);
  if (!words) return text.trim();
  const month = Number(words[2]) || months.findIndex((name) => words[2].length > 2 && name.startsWith(words[2].toLowerCase())) + 1;
  return month ? `${words[3]}-${String(month).padStart(2, "0")}-${words[1].padStart(2, "0")}` : text.trim();
}
const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text + "T00:00Z").toISOString?.().startsWith(text);
const safely = (test) => {
  try {
    return test();
  } catch {
    return false;
  }
};

const wrong = {
  line: (text, { max }) =>
    max && [...text].length > max
      ? `This is ${[...text].length - max} characters too long. Leave out what the page says further down.`
      : "",
  year: (text) =>
    !/^\d{4}$/.test(text)
      ? "Write the year with four figures, such as 2006."
      : text > now + 10
        ? `${text} has not come yet.`
        : text < 1800
          ? "Write a year after 1800."
          : "",
  day: (text) => (safely(() => isDay(day(text))) ? "" : "Write a day such as 30 June 2009."),
  when: (text) =>
    /^\d{4}(-\d{2})?$/.test(text) || safely(() => isDay(day(text)))
      ? ""
      : "Write a year, or a day such as 30 June 2009. Leave it empty if the source shows none.",
  link: (text, { file }) =>
    /^https?:\/\/[^\s/]+\.[^\s]+$/.test(text) || (file && /^[^\s:]+\.\w+$/.test(text))
      ? ""
      : "Copy the whole address from the bar of your browser. It begins with https:// or http://",
  email: (text) => (/^[^\s@<>"?&:]+@[^\s@]+\.[^\s@]+$/.test(text) ? "" : "An e-mail address has an @ in it, such as name@council.gov.uk."),
  story: (text) => {
    const sources = list(state.front.sources).length;
    const beyond = [...text.matchAll(/\[(\d{1,2})\]/g)].find(([, number]) => number < 1 || number > sources);
    return beyond
      ? `The text has ${beyond[0]}, and you have ${sources} source${sources === 1 ? "" : "s"}. Add the source, or change the number.`
      : "";
  },
};

function fault(field, value) {
  if (typeof value !== "string" && typeof value !== "number") return "";
  const text = String(value).trim();
  if (!text) return "";
  if (field.key === "period.to" && !wrong.year(text)) {
    const from = state.front.period?.from;
    if (from && Number(from) > Number(text))
      return `The years run backwards: it ends in ${text} and begins in ${from}. Put right the one that is wrong.`;
  }
  return wrong[field.kind === "text" ? "line" : field.kind]?.(text, field) ?? "";
}

// The errors of a part, each with its field.
function faults(part) {
  return part.fields
    .flatMap((field) => {
      const value = read(field);
      if (field.kind === "rows")
        return list(value).flatMap((row, n) =>
          field.columns.map((column) => ({ id: idFor(field, n, column), text: fault(column, row[column.key] ?? "") })),
        );
      return [{ id: idFor(field), text: fault(field, value) }];
    })
    .filter(({ text }) => text);
}

// The missing answers. They do not prevent sending.
function gaps() {
  const open = fields
    .filter((field) => (field.required || field.heading) && isBlank(read(field)))
    .map((field) => ({ id: idFor(field), text: field.gap ?? `${field.label}: nothing is written yet.` }));
  if (!list(state.front.sources).length) open.push({ id: "add-sources", text: "No source yet. Without one the case cannot be published." });
  return open;
}

// Fields --------------------------------------------------------------------------------------------------------------------

const idFor = (field, n, column) =>
  "f-" +
  [field.sender ? "sender" : "", field.heading ?? field.key, n, column?.key]
    .filter((part) => part !== undefined && part !== "")
    .join("-")
    .replace(/[^\w-]+/g, "-");

// A text field with its label, hint, message and count.
function box(field, id, value, set) {
  const isLong = ["text", "story", "lines"].includes(field.kind);
  const hint = field.hint && make("p", { className: "cb-hint", id: id + "-hint" }, field.hint);
  const message = make("p", { className: "cb-wrong", id: id + "-wrong", hidden: true });
  const count = field.max && make("p", { className: "cb-count", id: id + "-count" });
  const spoken = field.max && make("p", { className: "cb-vh", role: "status" });
  const shown = field.kind === "lines" ? list(value).join("\n") : String(value ?? "");
  let later;
  const input = make(isLong ? "textarea" : "input", {
    id,
    value: shown,
    rows: isLong ? (field.kind === "story" ? 8 : 3) : undefined,
    inputMode: field.kind === "year" ? "numeric" : undefined,
    type: isLong ? undefined : field.kind === "email" ? "email" : "text",
    autocomplete: field.autocomplete ?? "off",
    "aria-describedby": [hint && id + "-hint", id + "-wrong", count && id + "-count"].filter(Boolean).join(" "),
    oninput: () => {
      set(taken());
      tally();
      if (!message.hidden) judge();
    },
    onblur: () => judge(),
  });
  const taken = () =>
    field.kind === "lines"
      ? input.value
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean)
      : input.value;
  const judge = () => {
    const text = fault(field, taken());
    message.replaceChildren(...(text ? [make("span", { className: "cb-vh" }, "To put right: "), text] : []));
    message.hidden = !text;
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  const tally = () => {
    if (!count) return;
    const left = field.max - [...input.value].length;
    count.textContent = left < 0 ? `${-left} characters too many` : `${left} of ${field.max} characters left`;
    clearTimeout(later);
    if (left < 30) later = setTimeout(() => (spoken.textContent = count.textContent), 1000);
  };
  tally();
  const buttons = field.kind === "story" && cites(input);
  return make("div", { className: "cb-field" }, make("label", { htmlFor: id }, field.label), hint, message, input, count, spoken, buttons);
}

// Buttons that insert the number of a source at the cursor.
function cites(input) {
  const sources = list(state.front.sources);
  if (!sources.length) return;
  const put = (n) => () => {
    input.setRangeText(`[${n + 1}]`, input.selectionStart, input.selectionEnd, "end");
    input.dispatchEvent(new Event("input"));
    input.focus();
  };
  return make(
    "p",
    { className: "cb-cites" },
    "Put in a source: ",
    ...sources.map((source, n) =>
      make(
        "button",
        { type: "button", "aria-label": `Source ${n + 1}, ${source.title ?? "without a title"}`, onclick: put(n) },
        String(n + 1),
      ),
    ),
  );
}

// The terms of a vocabulary: checkboxes if a case may carry several, otherwise radio buttons.
function terms(field) {
  const id = idFor(field);
  const isChosen = (term) => list(read(field)).some((chosen) => idOf(chosen) === term.id);
  const choose = (term, on) => {
    const others = field.many ? list(read(field)).filter((chosen) => idOf(chosen) !== term.id) : [];
    write(field, on ? [...others, term.id] : others);
  };
  const happened = (term, row) => {
    const entry = () => list(read(field)).find((chosen) => idOf(chosen) === term.id);
    const set = (key) => (text) =>
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
          box({ key: "what", kind: "text", label: "What happened" }, `${id}-${term.id}-what`, of.what, set("what")),
          box(
            {
              key: "response",
              kind: "text",
              label: "What they did about it",
              hint: "If your sources name nothing, leave this empty. The page will say “not recorded”.",
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
    return { row, term };
  });
  const narrow =
    rows.length > 16 &&
    make(
      "div",
      { className: "cb-field" },
      make("label", { htmlFor: id + "-narrow" }, "Narrow the list by a word"),
      make("input", {
        id: id + "-narrow",
        type: "text",
        autocomplete: "off",
        oninput: ({ target }) => {
          const word = target.value.trim().toLowerCase();
          let fit = 0;
          for (const { row, term } of rows) {
            const fits = [term.label, term.definition ?? "", ...(term.also ?? [])].some((text) => text.toLowerCase().includes(word));
            row.hidden = !fits && !isChosen(term);
            fit += fits;
          }
          say(`${fit} ${fit === 1 ? "fits" : "fit"}`);
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
          for (const { row } of rows) row.querySelector("input").checked = false;
        },
      },
      "Choose none",
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

// Rows of several fields: sources, places.
function rows(field) {
  const holder = make("div", { className: "cb-rows" });
  const all = () => list(read(field)).map((row) => (typeof row === "object" ? row : { [field.columns[0].key]: row }));
  const draw = (open) => {
    const set = (n, key) => (text) =>
      write(
        field,
        all().map((row, at) => (at === n ? { ...row, [key]: text } : row)),
      );
    holder.replaceChildren(
      ...all().map((row, n) =>
        make(
          "details",
          { open: n === open, className: "cb-item" },
          make("summary", {}, `${n + 1}. ${row[field.columns[0].key] || field.one}`),
          ...field.columns.map((column) =>
            column.kind === "choice"
              ? choice(column, idFor(field, n, column), row[column.key], set(n, column.key))
              : box(column, idFor(field, n, column), row[column.key], set(n, column.key)),
          ),
          make("button", { type: "button", className: "cb-quiet", onclick: () => remove(n) }, `Remove ${field.one} ${n + 1}`),
        ),
      ),
      make(
        "button",
        {
          type: "button",
          id: "add-" + field.key,
          onclick: () => {
            write(field, [...all(), {}]);
            draw(all().length - 1);
            holder.querySelector("details[open] :is(input, textarea, select)").focus();
          },
        },
        field.add,
      ),
    );
  };
  const remove = (n) => {
    const before = all();
    const texts = { ...state.body };
    const renumber = field.key === "sources";
    write(
      field,
      before.filter((_, at) => at !== n),
    );
    if (renumber)
      for (const heading of Object.keys(state.body))
        state.body[heading] = state.body[heading].replace(/\[(\d{1,2})\]/g, (mark, number) => (number > n + 1 ? `[${number - 1}]` : mark));
    draw();
    const line = make(
      "p",
      { className: "cb-back", tabIndex: -1 },
      `${field.one} ${n + 1} was removed. `,
      make(
        "button",
        {
          type: "button",
          onclick: () => {
            write(field, before);
            state.body = texts;
            draw(n);
          },
        },
        "Put it back",
      ),
    );
    holder.prepend(line);
    line.focus();
  };
  draw();
  return make(
    "fieldset",
    { id: idFor(field), tabIndex: -1 },
    make("legend", {}, field.label),
    field.hint && make("p", { className: "cb-hint" }, field.hint),
    holder,
  );
}

function choice(field, id, value, set) {
  return make(
    "div",
    { className: "cb-field" },
    make("label", { htmlFor: id }, field.label),
    make(
      "select",
      { id, onchange: ({ target }) => set(target.value) },
      make("option", { value: "" }, "Not said"),
      ...field.choices.map(([word, label]) => make("option", { value: word, selected: word === value }, label)),
    ),
  );
}

function tick(field) {
  const id = idFor(field);
  return make(
    "p",
    { className: "cb-field" },
    make("input", { type: "checkbox", id, checked: Boolean(read(field)), onchange: ({ target }) => write(field, target.checked) }),
    " ",
    make("label", { htmlFor: id }, field.label),
  );
}

const draw = (field) =>
  ({ terms, rows, tick, choice: () => choice(field, idFor(field), read(field), (value) => write(field, value)) })[field.kind]?.(field) ??
  box(field, idFor(field), read(field), (value) => write(field, value));

// The file --------------------------------------------------------------------------------------------------------------------

// A text as YAML, unquoted if it cannot be read as anything else.
function scalar(value) {
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain =
    /^[\p{L}(“‘][^\n\t\\"'{}[\],&*#?|<>=!%@`:]*$/u.test(value) &&
    !/\s$/.test(value) &&
    !/^(true|false|yes|no|on|off|null|y|n|nan|inf)$/i.test(value);
  return isPlain || /^\d{4}-\d{2}-\d{2}$/.test(value) || /^https?:\/\/[^\s{}[\],"'#]+$/.test(value)
    ? value
    : JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}
const isDeep = (value) => typeof value === "object" && value !== null;
const flow = (value) =>
  Array.isArray(value)
    ? `[${value.map(flow).join(", ")}]`
    : isDeep(value)
      ? `{ ${Object.entries(value)
          .map(([key, inner]) => `${key}: ${flow(inner)}`)
          .join(", ")} }`
      : scalar(value);

function entry(key, value) {
  if (Array.isArray(value) && value.some(isDeep))
    return `${key}:\n${value
      .map((item) =>
        isDeep(item) && !Array.isArray(item)
          ? "  - " +
            Object.entries(item)
              .map(([name, inner]) => `${name}: ${flow(inner)}`)
              .join("\n    ")
          : `  - ${flow(item)}`,
      )
      .join("\n")}\n`;
  return `${key}: ${flow(value)}\n`;
}

// Values without blanks, with years as numbers and dates in the library's form.
function tidy(value, kind) {
  if (Array.isArray(value)) return value.map((item) => tidy(item)).filter((item) => !isBlank(item));
  if (isDeep(value))
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]) => [
          key,
          tidy(inner, ["from", "to", "changed", "reported"].includes(key) ? "year" : ["date", "accessed"].includes(key) ? "day" : ""),
        ])
        .filter(([, inner]) => !isBlank(inner)),
    );
  if (typeof value !== "string") return value;
  const text = value
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return kind === "year" && /^\d{4}$/.test(text) ? Number(text) : kind === "day" ? day(text) : text;
}

// Sources with the ids that citations use.
function withIds(sources) {
  const taken = new Set(sources.map(({ id }) => id).filter(Boolean));
  return sources.map((source, n) => {
    let number = n + 1;
    while (!source.id && taken.has("s" + number)) number += 1;
    const id = source.id ?? "s" + number;
    taken.add(id);
    return { id, ...source };
  });
}

// Typed text as Markdown: accidental marks are escaped, numbers of sources become citations, lines with a hyphen a list.
function markdown(text, sources) {
  const lines = text
    .replace(/\r/g, "")
    .split("\n")
    .map((line) =>
      line
        .trimEnd()
        .replace(/[\\`*_<>|~[\]{}&]/g, (mark) => "\\" + mark)
        .replace(/\\\[(\d{1,2})\\\]/g, (mark, number) => (sources[number - 1] ? `[@${sources[number - 1].id}]` : mark))
        .replace(/^(\s*)(#|\+ |=|--)/, "$1\\$2")
        .replace(/^(\s*\d+)([.)] )/, "$1\\$2")
        .replace(/^\s{4,}/, ""),
    );
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function file() {
  const front = {};
  const order = ["title", "summary", "date", "status", ...form.order];
  const values = tidy(state.front);
  if (values.sources) values.sources = withIds(list(values.sources));
  if (Array.isArray(values.place) && values.place.length === 1) values.place = values.place[0];
  if (state.sender["under the case"] && !values.authors)
    values.authors = [tidy({ name: state.sender.name, organisation: state.sender.organisation })];
  values.date ??= new Date().toISOString().slice(0, 10);
  values.status = "draft";
  for (const key of [...order, ...Object.keys(values)]) if (!isBlank(values[key])) front[key] ??= values[key];
  const open = gaps()
    .map(({ text }) => `#   ${text.replace(/\s+/g, " ")}\n`)
    .join("");
  const part = tidy(state.sender.part ?? "");
  let text = `---\n${open && `# Still open:\n${open}`}${part && `# The sender’s part in it: ${part}\n`}${Object.entries(front)
    .map(([key, value]) => entry(key, value))
    .join("")}---\n`;
  for (const { heading, lead } of fields.filter((field) => field.heading)) {
    const typed = (state.body[heading] ?? "").trim();
    if (!typed) continue;
    const known = state.written[heading];
    const words = known?.text === typed ? known.markdown : (lead ? lead + "\n\n" : "") + markdown(typed, list(values.sources));
    text += `\n## ${heading}\n\n${words}\n`;
  }
  return text + (state.kept ? `\n${state.kept.trim()}\n` : "");
}

function fileName() {
  const plain = (tidy(state.front.title ?? "") || "a-case")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return (plain.slice(0, 80).replace(/-[^-]*$/, (end) => (plain.length > 80 ? "" : end)) || "a-case") + ".md";
}

// Reading a saved file --------------------------------------------------------------------------------------------------------

// Parses the YAML that cases use: mappings and lists by indentation or in brackets, plain and quoted texts.
function yaml(text) {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() && !line.trim().startsWith("#"))
    .map((line) => ({ depth: line.search(/\S/), text: line.trim() }));
  let at = 0;
  const value = (depth) => {
    const first = lines[at];
    if (!first || first.depth < depth) return null;
    return /^-( |$)/.test(first.text) ? sequence(first.depth) : mapping(first.depth);
  };
  const mapping = (depth) => {
    const found = {};
    while (lines[at]?.depth === depth && !/^-( |$)/.test(lines[at].text)) {
      const [, key, rest] = lines[at].text.match(/^("[^"]*"|[^:]+?):(?: +(.*))?$/) ?? [];
      if (key === undefined) throw new Error(lines[at].text);
      at += 1;
      found[key.replace(/^"|"$/g, "")] = inline(rest, depth);
    }
    return found;
  };
  const sequence = (depth) => {
    const found = [];
    while (lines[at]?.depth === depth && /^-( |$)/.test(lines[at].text)) {
      const rest = lines[at].text.slice(1).trim();
      if (/^("[^"]*"|[\w.-]+):( |$)/.test(rest)) {
        lines[at] = { depth: depth + 2, text: rest };
        found.push(mapping(depth + 2));
      } else {
        at += 1;
        found.push(inline(rest, depth));
      }
    }
    return found;
  };
  const inline = (rest, depth) => {
    if (!rest || rest.startsWith("#"))
      return lines[at] && (lines[at].depth > depth || (lines[at].depth === depth && /^-( |$)/.test(lines[at].text)))
        ? value(lines[at].depth)
        : null;
    const block = rest.match(/^([|>])[+-]?$/);
    const more = [];
    while (lines[at]?.depth > depth) more.push(lines[at++].text);
    if (block) return more.join(block[1] === "|" ? "\n" : " ");
    return one([rest, ...more].join(" "));
  };
  return value(0) ?? {};
}

// A value on one line.
function one(text) {
  let at = 0;
  const space = () => {
    while (/\s/.test(text[at] ?? "")) at += 1;
  };
  const quoted = () => {
    const mark = text[at];
    const end = mark === '"' ? text.slice(at).match(/^"(?:\\.|[^"\\])*"/) : text.slice(at).match(/^'(?:''|[^'])*'/);
    if (!end) throw new Error(text);
    at += end[0].length;
    return mark === '"' ? JSON.parse(end[0]) : end[0].slice(1, -1).replaceAll("''", "'");
  };
  const plain = (within) => {
    const end = text.slice(at).search(within ? /[,\]}]|: | #|:$/ : / #/);
    const words = (end < 0 ? text.slice(at) : text.slice(at, at + end)).trim();
    at = end < 0 ? text.length : at + end;
    return words === "" || words === "null" || words === "~"
      ? null
      : words === "true"
        ? true
        : words === "false"
          ? false
          : /^-?\d+$/.test(words)
            ? Number(words)
            : words;
  };
  const next = () => {
    space();
    return text[at];
  };
  const any = (within) => {
    space();
    if (text[at] === "[") {
      const items = [];
      for (at += 1; next() !== "]"; ) {
        items.push(any(true));
        space();
        if (text[at] === ",") at += 1;
        else if (text[at] !== "]") throw new Error(text);
      }
      at += 1;
      return items;
    }
    if (text[at] === "{") {
      const found = {};
      for (at += 1; next() !== "}"; ) {
        const key = text[at] === '"' ? quoted() : String(plain(true));
        space();
        if (text[at] === ":") at += 1;
        space();
        found[key] = text[at] === "," || text[at] === "}" ? null : any(true);
        space();
        if (text[at] === ",") at += 1;
        else if (text[at] !== "}") throw new Error(text);
      }
      at += 1;
      return found;
    }
    return text[at] === '"' || text[at] === "'" ? quoted() : plain(within);
  };
  return any(false);
}

function open(text) {
  const [, head, body] =
    text
      .replace(/^\ufeff/, "")
      .replace(/\r\n/g, "\n")
      .match(/^---\n([\s\S]*?)\n---\n([\s\S]*)$/) ?? [];
  if (head === undefined) throw new Error("front matter");
  const next = { ...fresh(), front: yaml(head) };
  if (next.front.place) next.front.place = list(next.front.place).map((place) => (typeof place === "object" ? place : { name: place }));
  const ids = list(next.front.sources).map(({ id }) => id);
  for (const section of ("\n" + body).split(/\n(?=## )/)) {
    const [, heading, words] = section.match(/^## (.*)\n([\s\S]*)$/) ?? [];
    const field = heading && fields.find((field) => field.heading === heading.trim());
    if (!field) {
      next.kept += section.trim() ? section.trim() + "\n\n" : "";
      continue;
    }
    const markdown = words.trim();
    const typed = markdown
      .replace(field.lead ? field.lead : "\0", "")
      .replace(/\[@([\w-]+)\]/g, (mark, id) => (ids.includes(id) ? `[${ids.indexOf(id) + 1}]` : mark))
      .replace(/\\([\\`*_<>|~[\]{}&#])/g, "$1")
      .trim();
    next.body[field.heading] = typed;
    next.written[field.heading] = { text: typed, markdown };
  }
  state = next;
}

// The page ----------------------------------------------------------------------------------------------------------------------

const parts = [{ id: "start", title: "Before you begin" }, ...form.parts, { id: "send", title: "Check and send" }];
const view = document.getElementById("cb-part");

function show(id, focus = true) {
  current = parts.some((part) => part.id === id) ? id : "start";
  const n = parts.findIndex((part) => part.id === current);
  const part = parts[n];
  const heading = make("h2", { tabIndex: -1 }, part.title);
  const inner = current === "start" ? [start] : current === "send" ? send() : [...part.fields.map(draw), go(part, parts[n + 1])];
  view.replaceChildren(
    make("p", { className: "cb-of" }, n === 0 ? "" : `Part ${n} of ${parts.length - 1}`),
    heading,
    ...(part.intro ? [make("p", { className: "cb-hint" }, part.intro)] : []),
    ...inner,
  );
  document.title = `${part.title}: ${document.querySelector("h1").textContent}`;
  showParts();
  showCard();
  if (focus) {
    heading.focus();
    heading.scrollIntoView();
  }
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
            make(
              "h3",
              { id: "cb-eh" },
              found.length === 1 ? "One thing to put right on this page" : `${found.length} things to put right on this page`,
            ),
            jumps(found),
          );
          view.querySelector("h2").after(summary);
          summary.focus();
        },
      },
      `Continue: ${next.title.toLowerCase()}`,
    ),
  );
}

const jumps = (found) =>
  make(
    "ul",
    {},
    ...found.map(({ id, text }) =>
      make(
        "li",
        {},
        make(
          "a",
          {
            href: "#" + id,
            onclick: (event) => {
              event.preventDefault();
              jump(id);
            },
          },
          text,
        ),
      ),
    ),
  );

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
      const wrongs = part.fields ? faults(part).length : 0;
      const open = part.fields
        ? part.fields.filter((field) => missing.includes(idFor(field)) || missing.includes("add-" + field.key)).length
        : 0;
      const word = wrongs
        ? `${wrongs} to put right`
        : open
          ? `${open} gap${open === 1 ? "" : "s"}`
          : part.fields?.some((field) => !isBlank(read(field)))
            ? "done"
            : "";
      return make(
        "li",
        {},
        make(
          "a",
          { href: "#" + part.id, "aria-current": part.id === current ? "step" : undefined },
          part.title,
          word && make("span", { className: wrongs ? "cb-wrong" : "cb-hint" }, " " + word),
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
    make("p", { className: "cb-card-title" }, state.front.title || "Without a title yet"),
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

function send() {
  const open = gaps();
  const text = file();
  const name = fileName();
  const all = form.parts.flatMap(faults);
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    say(`The file ${name} is in your downloads.`);
  };
  const body =
    `I attach the file ${name}.\n\n${state.sender.name ?? ""}\n${state.sender.part ?? ""}\n\n${open.map(({ text }) => "- " + text).join("\n")}`.slice(
      0,
      900,
    );
  const mail =
    form.email &&
    `mailto:${form.email}?subject=${encodeURIComponent("A case: " + (state.front.title ?? "").slice(0, 100))}&body=${encodeURIComponent(body)}`;
  const address = form.repository && `${form.repository}?filename=${encodeURIComponent(name)}`;
  const full = address && `${address}&value=${encodeURIComponent(text)}`;
  const answers = form.parts.map((part) =>
    make(
      "section",
      {},
      make("h4", {}, part.title),
      make(
        "dl",
        {},
        ...part.fields
          .filter((field) => !isBlank(read(field)))
          .map((field) =>
            make(
              "div",
              {},
              make("dt", {}, field.label),
              make("dd", {}, shown(field)),
              make(
                "dd",
                {},
                make(
                  "a",
                  {
                    href: "#" + idFor(field),
                    "aria-label": "Change: " + field.label,
                    onclick: (event) => {
                      event.preventDefault();
                      jump(idFor(field));
                    },
                  },
                  "Change",
                ),
              ),
            ),
          ),
      ),
    ),
  );
  return [
    all.length > 0 && make("div", { className: "cb-errors" }, make("h3", {}, "To put right"), jumps(all)),
    make(
      "div",
      { className: "cb-notice" },
      make("h3", {}, open.length ? "Still open" : "Nothing is missing"),
      open.length ? make("p", {}, "You may send it all the same. The editors see the same list.") : "",
      jumps(open),
    ),
    make("h3", {}, "Your answers"),
    ...answers,
    make("h3", {}, "Send it"),
    make(
      "p",
      {},
      make("button", { type: "button", className: "cb-begin", onclick: download }, "Download the file"),
      " ",
      make("span", { className: "cb-hint" }, name),
    ),
    mail
      ? make(
          "p",
          {},
          make("a", { className: "cb-begin", href: mail }, "Write the e-mail"),
          " ",
          make(
            "span",
            { className: "cb-hint" },
            `Then attach the file by hand: a message of this kind cannot do it. It goes to ${form.email}.`,
          ),
        )
      : make("p", {}, "Give the file to the editors named in the footer."),
    address &&
      make(
        "p",
        {},
        make("a", { href: full.length < 7500 ? full : address, rel: "noopener" }, "Open a new file with it where the library is kept"),
        " ",
        make("span", { className: "cb-hint" }, "Your name there will be public."),
        full.length < 7500
          ? ""
          : make(
              "button",
              {
                type: "button",
                onclick: () => navigator.clipboard?.writeText(text).then(() => say("Copied. Paste it into the new file.")),
              },
              "Copy the file’s text",
            ),
      ),
    make("details", {}, make("summary", {}, "See the file"), make("pre", { id: "cb-file", tabIndex: 0 }, text)),
  ].filter(Boolean);
}

// An answer as text.
function shown(field) {
  const value = read(field);
  if (field.kind === "terms")
    return list(value)
      .map((chosen) => field.terms.find(({ id }) => id === idOf(chosen))?.label ?? idOf(chosen))
      .join(", ");
  if (field.kind === "rows") return `${list(value).length} ${list(value).length === 1 ? "entry" : "entries"}`;
  if (field.kind === "story") return `${value.trim().split(/\s+/).length} words`;
  return value === true ? "yes" : list(value).join(", ");
}

const start = document.getElementById("cb-start");
document.getElementById("cb-keep").addEventListener("change", ({ target }) => {
  if (target.checked) keep();
  else {
    localStorage.removeItem(store);
    say("Nothing is kept on this device any more.");
  }
});
document.getElementById("cb-open").addEventListener("change", async ({ target }) => {
  const [chosen] = target.files;
  if (!chosen) return;
  try {
    open(await chosen.text());
    const known = new Set(["date", "status", ...fields.map(({ key }) => key?.split(".")[0])]);
    const others = Object.keys(state.front).filter((key) => !known.has(key));
    say(`Opened ${chosen.name}.${others.length ? ` Kept as they are: ${others.join(", ")}.` : ""}`);
    changed();
    show("partnership");
  } catch {
    say("This file cannot be read here. Open one that this form has made.");
  }
});
const clear = document.getElementById("cb-clear");
clear.addEventListener("click", () => {
  const ask = make(
    "span",
    { className: "cb-ask", role: "group", "aria-label": "Clear everything" },
    " Clear all parts? This cannot be undone. ",
    make(
      "button",
      {
        type: "button",
        onclick: () => {
          state = fresh();
          localStorage.removeItem(store);
          document.getElementById("cb-keep").checked = false;
          ask.remove();
          say("Everything is cleared.");
          show("start");
        },
      },
      "Clear",
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
      "Keep",
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

const saved = safely(() => JSON.parse(localStorage.getItem(store)));
if (saved?.front) {
  state = { ...fresh(), ...saved };
  document.getElementById("cb-keep").checked = true;
}
root.hidden = false;
show(location.hash.slice(1) || "start", false);
