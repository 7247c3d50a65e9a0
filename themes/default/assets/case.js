// Shows the buttons that copy the citation and the address of the page, if the browser allows copying. Without them, readers
// select the text by hand.
for (const button of document.querySelectorAll("[data-cb-copy]")) {
  const line = document.getElementById(button.dataset.cbCopy);
  if (!navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(line ? line.textContent : location.href.split(/[?#]/)[0]);
    button.textContent = button.dataset.cbCopied;
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}

// Marks the words of a search on the page of a case. The link from the results has them as `?q=`. The search module, which splits
// text into words, is loaded only if there is something to mark.
const query = (new URLSearchParams(location.search).get("q") ?? "").slice(0, 1000);
if (query.trim()) {
  const { fold, runs, words } = await import(new URL("../search/search.js", import.meta.url).href);
  const all = [...new Set(words(query))];
  const long = all.filter((word) => word.length > 3 || /\d/.test(word));
  const wanted = long.length ? long : all;
  const bare = (word) => word.replace(/(?:s|es|d|ed|ing|ly)$/, "").replace(/e$/, "");
  const isOfQuery = (word) => wanted.some((other) => other === word || (other.length > 3 && bare(other) === bare(word)));
  const isMarked = ({ text, parts, wholes }) => [...parts, ...wholes, fold(text)].some(isOfQuery);
  const main = document.querySelector("main article") ?? document.querySelector("main");
  const texts = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("pre, mark, script")) texts.push(walker.currentNode);
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
