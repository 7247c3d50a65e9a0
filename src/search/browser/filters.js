// Filters: which cases pass, and how many would pass with each other choice.

/** @typedef {import("./answer.js").Request} Request */
/** @typedef {import("./records.js").Facet} Facet */

/** The number of results of a request that names none. */
const LIMIT = 20;

/** A number rounded down; `fallback` if it is none or negative. @param {number} given @param {number} fallback */
const roundedDown = (given, fallback) => (given >= 0 ? Math.floor(given) : fallback);

/**
 * The range of results that a request wants.
 *
 * @param {Request} request
 */
export function range({ offset = 0, limit = LIMIT }) {
  const from = roundedDown(offset, 0);
  return { offset: from, end: from + roundedDown(limit, LIMIT) };
}

/**
 * The filters of a request, as indexes into the head. Terms that the library does not have are listed in `ignored`.
 *
 * @param {Facet[]} facets
 * @param {Request} request
 */
export function choose(facets, request) {
  /** @type {string[]} */
  const ignored = [];
  /** @type {number[][]} */
  const terms = facets.map(() => []);
  for (const [id, given] of Object.entries(request.filters ?? {})) {
    const facet = facets.findIndex((facet) => facet.id === id);
    for (const term of new Set([given ?? []].flat().map(String))) {
      const known = facets[facet];
      const number = known?.terms.indexOf(Object.hasOwn(known.retired, term) ? known.retired[term] : term) ?? -1;
      if (number < 0) ignored.push(term);
      else terms[facet].push(number);
    }
  }
  const years = [0, 1].map((n) => parseFloat(String(request.years?.[n])));
  const isAll = facets.map(({ id }) => request.match?.[id] === "all");
  return { terms, isAll, ignored, years: years.every(Number.isNaN) ? null : years };
}

/**
 * The cases that pass the filters, and for each term the number of results with it. Where a facet accepts any of its
 * chosen terms, its numbers are counted without its own filter.
 *
 * @param {import("./records.js").Head} head
 * @param {import("./records.js").Catalogue} catalogue
 * @param {Iterable<number>} cases
 * @param {ReturnType<typeof choose>} chosen
 * @param {((n: number) => boolean) | null} isInYears
 */
export function narrow(head, catalogue, cases, chosen, isInYears) {
  const passes = catalogue.sets.map((sets, facet) => {
    const terms = chosen.terms[facet];
    return sets.map((set) => {
      /** @param {number} term */
      const has = (term) => set.includes(term);
      return chosen.isAll[facet] ? terms.every(has) : !terms.length || terms.some(has);
    });
  });
  const counts = catalogue.sets.map((sets) => new Uint32Array(sets.length));
  /** @type {number[]} */
  const listed = [];
  for (const n of cases) {
    if (isInYears && !isInYears(n)) continue;
    const failed = failedFacet(n);
    if (failed === null) continue;
    if (failed < 0) listed.push(n);
    for (let facet = 0; facet < passes.length; facet++) {
      if (failed < 0 || failed === facet) counts[facet][catalogue.rows[facet][n]]++;
    }
  }
  return { listed, facets: totals() };

  /**
   * The facet whose filter a case fails; -1 if it passes all filters; null if it fails several, or one that needs all
   * of its terms.
   *
   * @param {number} n
   */
  function failedFacet(n) {
    let failed = -1;
    for (let facet = 0; facet < passes.length; facet++) {
      if (passes[facet][catalogue.rows[facet][n]]) continue;
      if (failed >= 0 || chosen.isAll[facet]) return null;
      failed = facet;
    }
    return failed;
  }

  function totals() {
    /** @type {Record<string, Record<string, number>>} */
    const facets = {};
    head.facets.forEach(({ id, terms }, facet) => {
      const sums = terms.map(() => 0);
      catalogue.sets[facet].forEach((set, n) => set.forEach((term) => (sums[term] += counts[facet][n])));
      facets[id] = Object.fromEntries(terms.map((term, n) => [term, sums[n]]));
    });
    return facets;
  }
}
