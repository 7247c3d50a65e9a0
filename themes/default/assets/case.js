// Shows the buttons that copy the citation and the address of the page, if the browser allows copying. Without them,
// readers select the text by hand.
/** @type {NodeListOf<HTMLButtonElement>} */
const buttons = document.querySelectorAll("[data-cb-copy]");
for (const button of buttons) {
  if (!navigator.clipboard) continue;
  const line = document.getElementById(button.dataset.cbCopy ?? "");
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(line ? line.textContent : location.href.split(/[?#]/)[0]);
    } catch {
      // The browser refused. The selected text can be copied by hand.
      if (line) getSelection()?.selectAllChildren(line);
      return;
    }
    button.textContent = button.dataset.cbCopied ?? "";
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}

// Marks the words of a search on the page of a case. The link from the results has them as `?q=`. The search module,
// which splits text into words, is loaded only if there is something to mark.
const query = (new URLSearchParams(location.search).get("q") ?? "").slice(0, 1000);
if (query.trim()) {
  /** @type {typeof import("../../../src/search/browser/search.js")} */
  const { fold, runs, words } = await import(new URL("../search/search.js", import.meta.url).href);
  const all = [...new Set(words(query))];
  const long = all.filter((word) => word.length > 3 || /\d/.test(word));
  const wanted = long.length ? long : all;
  /** @param {string} word */
  const bare = (word) => word.replace(/(?:s|es|d|ed|ing|ly)$/, "").replace(/e$/, "");
  /** @param {string} word */
  const isOfQuery = (word) => wanted.some((other) => other === word || (other.length > 3 && bare(other) === bare(word)));
  /** @param {ReturnType<typeof runs>[number]} run */
  const isMarked = ({ text, parts, wholes }) => [...parts, ...wholes, fold(text)].some(isOfQuery);
  const main = document.querySelector("main article") ?? document.querySelector("main") ?? document.body;
  /** @type {Text[]} */
  const texts = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    if (!text.parentElement?.closest("pre, mark, script")) texts.push(text);
  }
  for (const text of texts) {
    for (const { text: run, at } of runs(text.data).filter(isMarked).reverse()) {
      const word = text.splitText(at);
      word.splitText(run.length);
      const mark = document.createElement("mark");
      word.replaceWith(mark);
      mark.append(word);
    }
  }
}
