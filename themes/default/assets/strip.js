// Draws the lifeline of a search result: a copy of the page's empty drawing, with the years of the case and the icons
// of its two marks. The geometry is that of `src/site/lifeline/`.

/** The classes of the outcomes, which the style sheet colours. @type {Record<string, string>} */
const COLOURS = { arrow: "cb-go", fork: "cb-fork", stop: "cb-stop", dots: "cb-lost" };
const SIZE = 0.85;
/** Positions in an icon: the start of the line, its end, and the first of the dots. */
const [BEGIN, END, DOTS] = [2, 24, 9];
const Y = 9;

/** @typedef {{ from: number, known: number, last: number | null }} Life The years of a partnership. */
/**
 * @typedef {{ kind?: string, icon?: Element }} Mark The end of a line: `arrow`, `fork`, `stop` or `dots`, and its icon.
 */

/** @param {string} name @param {Record<string, string | number>} attributes */
const shape = (name, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
};

/**
 * The line of an icon with other ends, at the height of the drawing.
 *
 * @param {Element | undefined} icon
 * @param {number} from
 * @param {number} to
 */
function line(icon, from, to) {
  const own = /** @type {Element | undefined} */ (icon?.querySelector("path")?.cloneNode());
  const path = own ?? shape("path", { "stroke-width": 2.6, d: "M2 8H26" });
  const d = path.getAttribute("d") ?? "";
  path.setAttribute("d", d.replaceAll(`M${BEGIN} `, `M${from} `).replace(/H[\d.]+/g, `H${to}`));
  path.setAttribute("transform", `translate(0 ${Y - 8})`);
  return path;
}

/**
 * Draws a life in an empty drawing.
 *
 * @param {SVGElement} drawing
 * @param {Life} life
 * @param {Mark} [mark] the outcome
 * @param {Element} [weight] the icon of the strength of the evidence
 */
export function draw(drawing, { from, known, last }, mark, weight) {
  const { dataset } = drawing;
  const [first, present, left, right] = [dataset.from, dataset.to, dataset.left, dataset.right].map(Number);
  const x = (/** @type {number} */ year) => {
    const part = Math.min(1, Math.max(0, (year - first) / (present - first)));
    return left + part * (right - left);
  };
  const kind = mark?.kind;
  const room = kind === "arrow" ? 9 : kind === "fork" ? 14 : 4;
  const start = x(from);
  // What changed form in a year that is not known is drawn where its sources end.
  const at = last ?? (kind === "fork" ? known : null);
  const end = Math.max(at === null ? right : x(at), start + room * SIZE);
  const stem = kind === "fork" ? end - 11 * SIZE : end;
  let full = Math.max(x(known), start + 3 * SIZE);
  if (kind === "fork") full = Math.min(full, stem);
  else if (kind === "arrow") full = Math.min(full, end - 2 * SIZE);
  else if (last !== null) full = end;
  drawing.classList.add(COLOURS[kind ?? ""] ?? "cb-plain");
  drawing.append(shape("circle", { cx: start, cy: Y, r: 2.8 * SIZE, fill: "currentColor", stroke: "none" }), line(weight, start, full));
  if (at === null && kind !== "dots" && stem > full + 1) drawing.append(shape("path", { d: `M${full} ${Y}H${stem}` }));
  if (mark?.icon?.lastElementChild) {
    const moved = kind === "dots" ? full - DOTS : end - END;
    const path = /** @type {Element} */ (mark.icon.lastElementChild.cloneNode());
    path.setAttribute("transform", `translate(${moved} ${Y - 8})`);
    drawing.append(path);
  }
  return drawing;
}
