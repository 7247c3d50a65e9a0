// The beginning of the form: a file is opened, the answers are cleared, or kept on this device.
import { begin, forget, isEdited, say, state, storeAnswers, words } from "./contribute-answers.js";
import { open } from "./contribute-open.js";
import { byId, element, inputOf } from "./elements.js";
import { filled } from "./texts.js";

export const keepBox = /** @type {HTMLInputElement} */ (byId("keep"));

/** Makes the controls at the beginning work. `visit` goes to a part. @param {(part: string) => void} visit */
export function prepareStart(visit) {
  keepBox.addEventListener("change", () => {
    if (keepBox.checked) storeAnswers();
    else {
      forget();
      say(words.not_kept);
    }
  });
  byId("open").addEventListener("change", (event) => {
    const input = inputOf(event);
    const [chosen] = input.files ?? [];
    if (!chosen) return;
    // Otherwise the browser would not tell of the same file chosen again.
    input.value = "";
    if (!isEdited) return void openFile(chosen, visit);
    const texts = { label: words.open_label, ask: filled(words.open_ask, { name: chosen.name }), yes: words.open_yes, no: words.clear_no };
    confirmFirst(input, texts, () => openFile(chosen, visit));
  });
  const clear = byId("clear");
  clear.addEventListener("click", () => {
    const texts = { label: words.clear_label, ask: words.clear_ask, yes: words.clear_yes, no: words.clear_no };
    confirmFirst(clear, texts, () => {
      begin();
      forget();
      keepBox.checked = false;
      say(words.cleared);
      visit("start");
    });
  });
}

/**
 * Asks before something is done that cannot be undone.
 *
 * @param {HTMLElement} control the question follows it
 * @param {{ label: string, ask: string, yes: string, no: string }} texts
 * @param {() => void} act
 */
function confirmFirst(control, texts, act) {
  const close = () => {
    question.remove();
    control.focus();
  };
  const agree = () => {
    question.remove();
    act();
  };
  const question = element(
    "span",
    { className: "cb-sure", role: "group", "aria-label": texts.label },
    ` ${texts.ask} `,
    element("button", { type: "button", onclick: agree }, texts.yes),
    " ",
    element("button", { type: "button", onclick: close }, texts.no),
  );
  control.parentElement?.querySelector(".cb-sure")?.remove();
  control.after(question);
  question.querySelector("button")?.focus();
}

/** The text of a file, in UTF-8 or else as older programs on Windows write it. @param {ArrayBuffer} bytes */
function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @param {File} chosen @param {(part: string) => void} visit */
async function openFile(chosen, visit) {
  try {
    const hasComments = open(textOf(await chosen.arrayBuffer()));
    storeAnswers();
    const others = Object.keys(state.others).join(", ");
    const texts = [
      filled(words.opened, { name: chosen.name }),
      others && filled(words.opened_others, { keys: others }),
      hasComments && words.opened_comments,
    ];
    say(texts.filter(Boolean).join(" "));
    visit("partnership");
  } catch {
    say(words.unreadable);
  }
}
