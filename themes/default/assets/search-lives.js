// The lifelines of results, drawn where there is room for them.
import { byId } from "./elements.js";

/** @typedef {import("./strip.js").Life} Life */
/** @typedef {import("./strip.js").Mark} Mark */

/** What is drawn in a blank drawing: the life, the outcome, and the icon of the strength of the evidence. */
const lives = /** @type {WeakMap<Element, [Life, Mark | undefined, Element | undefined]>} */ (new WeakMap());

const wide = matchMedia("(min-width: 64em)");

/**
 * A drawing without the life, if the page has lifelines. `drawLives` draws the life.
 *
 * @param {Life} life
 * @param {Mark} [mark]
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
