// The lifelines of results, drawn where there is room for them.
import { byId } from "./search-page.js";

/** @typedef {import("./strip.js").Life} Life */

/** What is drawn in a blank drawing: the life, and the icons of what happened next and of how sure the results are. */
const lives = /** @type {WeakMap<Element, [Life, Element | undefined, Element | undefined]>} */ (new WeakMap());

const wide = matchMedia("(min-width: 64em)");

/**
 * A drawing without the life, if the page has lifelines. `drawLives` draws the life.
 *
 * @param {Life} life
 * @param {Element} [mark]
 * @param {Element} [weight]
 */
export function drawLater(life, mark, weight) {
  const template = /** @type {HTMLTemplateElement | null} */ (byId("strip"));
  const blank = /** @type {SVGElement | undefined} */ (template?.content.firstElementChild?.cloneNode(true));
  if (!blank) return undefined;
  blank.dataset.part = "blank";
  lives.set(blank, [life, mark, weight]);
  return blank;
}

/** Draws the lives of the results, where there is room for them. */
export async function drawLives() {
  const blanks = wide.matches ? /** @type {SVGElement[]} */ ([...byId("results").querySelectorAll("[data-part=blank]")]) : [];
  if (!blanks.length) return;
  const { draw } = await import("./strip.js");
  for (const blank of blanks) {
    const drawn = lives.get(blank);
    if (drawn && blank.dataset.part) draw(blank, ...drawn);
    delete blank.dataset.part;
  }
}

wide.addEventListener("change", () => void drawLives());
