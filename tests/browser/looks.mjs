// Checks of the layout and the text of any page.

// Elements wider than the window, except in boxes that scroll. The content of a closed `<details>` has no layout of its own.
export const tooWide = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) =>
      element && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const wide = [...document.querySelectorAll("main *, header *, footer *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return (
        element.checkVisibility() &&
        box.width > 0 &&
        box.right > width + 1 &&
        getComputedStyle(element).position !== "absolute" &&
        !scrolls(element.parentElement)
      );
    });
    const page = document.documentElement.scrollWidth > width ? ["the page itself"] : [];
    return [...page, ...wide.slice(0, 3).map((element) => `${element.tagName}.${element.className}`)];
  });

// Empty boxes, words such as `null` or `undefined`, and punctuation on its own.
export const stray = (page) =>
  page.evaluate(() => {
    const blocks = [...document.querySelectorAll("ul, ol, dl, p, li, td, th, dt, dd, section, nav, h2, h3, figure")];
    const isEmpty = (block) =>
      block.getBoundingClientRect().height > 0 && !block.textContent.trim() && !block.querySelector("img, input, select");
    const words = document.querySelector("main").innerText;
    const odd = [...words.matchAll(/\bNone\b|\bnull\b|undefined|NaN|\[object| ,|,,|\(\)|\?\.|· ·|^\s*·|·$|\buntil\s*$|^–/gm)].map((match) =>
      words.slice(match.index - 20, match.index + 20),
    );
    return [...blocks.filter(isEmpty).map((block) => `empty ${block.tagName}.${block.className}`), ...odd].slice(0, 3);
  });

// Overlapping links, which show that a part of the page covers another. Boxes that scroll are left out.
export const overlaps = (page) =>
  page.evaluate(() => {
    const scrolls = (element) =>
      element && (getComputedStyle(element).overflowY !== "visible" || scrolls(element.parentElement.closest("main *")));
    const pieces = [...document.querySelectorAll("main a[href]")]
      .filter((link) => link.checkVisibility({ visibilityProperty: true }) && !scrolls(link))
      .flatMap((link) => [...link.getClientRects()].map((box) => ({ link, box })));
    const seen = pieces.filter(({ box }) => box.width > 1 && box.height > 1).sort((a, b) => a.box.top - b.box.top);
    const clash = ({ link, box }, n) => {
      const below = seen
        .slice(n + 1, n + 60)
        .find(
          (other) =>
            other.link !== link && other.box.top < box.bottom - 8 && other.box.left < box.right - 2 && box.left < other.box.right - 2,
        );
      return below ? [`“${link.textContent.trim()}” and “${below.link.textContent.trim()}”`] : [];
    };
    return seen.flatMap(clash).slice(0, 3);
  });

// Targets smaller than 24 px and nearer to another one than WCAG 2.2 allows. Links in a sentence are exempt.
export const tooSmall = (page) =>
  page.evaluate(() => {
    const isInline = (element) => {
      let block = element;
      while (getComputedStyle(block).display === "inline") block = block.parentElement;
      return block !== element && block.textContent.trim() !== element.textContent.trim();
    };
    const target = (element) => (element.matches("[type=checkbox], [type=radio]") && element.closest("label")) || element;
    const targets = [...document.querySelectorAll("a[href], button, input, select, summary")]
      .map((element) => [element, target(element).getBoundingClientRect()])
      .filter(([, { width, height }]) => width > 1 && height > 1);
    const small = targets.filter(([element, { width, height }]) => Math.min(width, height) < 24 && !isInline(element));
    const distance = (a, b) => {
      const [x, y] = [a.left + a.width / 2, a.top + a.height / 2];
      return Math.hypot(Math.max(b.left - x, 0, x - b.right), Math.max(b.top - y, 0, y - b.bottom));
    };
    const isNear =
      (box) =>
      ([, near]) =>
        near !== box && distance(box, near) < 12;
    return small
      .filter(([, box]) => targets.some(isNear(box)))
      .map(([element]) => element.textContent.trim() || element.className)
      .slice(0, 3);
  });
