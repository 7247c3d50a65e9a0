// Shows the button that copies a citation, where scripts run and the browser lets a page copy. Without it the line can be
// selected by hand.
for (const button of document.querySelectorAll("[data-cb-copy]")) {
  const line = document.getElementById(button.dataset.cbCopy);
  if (!line || !navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(line.textContent);
    button.textContent = button.dataset.cbCopied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// Marks on a case page the words that were searched for, which the link from the results carries as `?q=`.

const fold = (word) => word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/['’]s$/, "").replace(/['’]/g, "");
const WORD = /[\p{Alphabetic}\p{N}\p{M}]+(?:['’][\p{Alphabetic}\p{N}\p{M}]+)*/gu;
const asked = new URLSearchParams(location.search).get("q") ?? "";
const all = [...new Set((asked.slice(0, 1000).match(WORD) ?? []).map(fold))];
const long = all.filter((word) => word.length > 3);
const words = long.length ? long : all;
const bare = (word) => word.replace(/(?:s|es|d|ed|ing|ly)$/, "").replace(/e$/, "");
const isAsked = (word) => words.some((asked) => asked === word || (asked.length > 3 && bare(asked) === bare(word)));

if (words.length) {
  const main = document.querySelector("main article") ?? document.querySelector("main");
  const texts = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("pre, mark, script")) texts.push(walker.currentNode);
  for (const text of texts) {
    const found = [...text.data.matchAll(WORD)].filter(([word]) => isAsked(fold(word)));
    for (const match of found.reverse()) {
      const word = text.splitText(match.index);
      word.splitText(match[0].length);
      const mark = document.createElement("mark");
      word.replaceWith(mark);
      mark.append(word);
    }
  }
}
