// The documents that each unit of a query matches → the score of each document, and which documents are listed.

/** Larger than the most words of a query: a score is the weight of its words times this, plus how many are in the title. */
export const TITLED = 64;
/** Added to the score of a case that has every word: larger than any sum of weights, so such cases rank first. */
export const COMPLETE = 2 ** 42;
/** The share in 100 for cases that have the words of a name, and not the name. */
const SCATTERED = 25;

/** @typedef {{ impact: number, cases: Uint32Array | number[], isTitle: boolean }} Level */
/** @typedef {{ form: string, levels: Level[], cases: number, share: number }} Form */

/** Scores documents: which units of the query each has, how much information they carry, and their weight. */
export class Tally {
  full = 0;
  /** The information of all units together. */
  total = 0;
  /** @type {number[]} */
  information = [];
  /** @type {Set<number>} */
  candidates = new Set();

  /**
   * @param {number} cases
   * @param {number} all
   */
  constructor(cases, all) {
    this.cases = cases;
    this.unitsFound = new Uint32Array(all);
    this.informationFound = new Float64Array(all);
    this.scores = new Float64Array(all);
    this.least = new Uint8Array(all).fill(100);
    this.isAbout = new Uint8Array(all);
  }

  /** The inverse document frequency of a form, as a whole number. @param {number} cases */
  rarity(cases) {
    return Math.max(1, Math.round(64 * Math.log(1 + (this.cases - cases + 0.5) / (cases + 0.5))));
  }

  /** Does a form tell cases apart: is it in some, and not in nearly all? @param {number} cases */
  isSelective(cases) {
    return cases > 0 && cases * 10 <= this.cases * 9;
  }

  /** Adds what a unit finds. @param {any} unit @param {number} n */
  unit(unit, n) {
    const bit = 1 << n;
    this.full = (this.full | bit) >>> 0;
    const found = this.worth(unit.forms);
    unit.cases = found.cases;
    this.information[n] = found.cases ? found.rarity : this.rarity(0);
    this.total += this.information[n];
    for (const document of found.documents) {
      this.add(document, found);
      this.unitsFound[document] |= bit;
      this.informationFound[document] += this.information[n];
      if (found.isTitle(document) && this.isSelective(found.cases)) this.isAbout[document] = 1;
    }
  }

  /** Adds what a name of several units finds: a document that has it has each of them. @param {any} span @param {number[]} units */
  span(span, units) {
    const found = this.worth(span.forms);
    const isPlace = span.found.some((/** @type {any} */ { entry }) => entry.kind === "place");
    for (const document of found.documents) {
      this.add(
        document,
        found,
        units.every((n) => (this.unitsFound[document] >>> n) & 1),
      );
      for (const n of units) {
        if ((this.unitsFound[document] >>> n) & 1) continue;
        this.unitsFound[document] |= 1 << n;
        this.informationFound[document] += this.information[n];
      }
      if (isPlace && this.isSelective(found.cases)) this.isAbout[document] = 1;
    }
    // Who asks for a name means the name: its words by themselves, here and there, count less.
    const all = units.reduce((bits, n) => bits | (1 << n), 0);
    if (found.cases)
      for (const n of this.candidates)
        if ((this.unitsFound[n] & all) === all && !found.worths[n]) this.least[n] = Math.min(this.least[n], SCATTERED);
  }

  /** @param {number} document @param {any} found @param {boolean} isMore it comes on top of the words themselves */
  add(document, found, isMore = false) {
    this.candidates.add(document);
    this.scores[document] += found.worths[document];
    if (!isMore) this.least[document] = Math.min(this.least[document], found.shares[document]);
  }

  /**
   * What forms are worth in each document that has one, of that where its worth × its share is highest. No form counts as
   * rarer than the one that was typed, or else than the commonest of those that it begins.
   *
   * @param {Form[]} forms
   */
  worth(forms) {
    const worths = new Float64Array(this.scores.length);
    const shares = new Uint8Array(this.scores.length);
    const documents = [];
    const best = Math.max(...forms.filter(({ cases }) => cases).map(({ share }) => share), 0);
    const typed = forms.filter(({ share, cases }) => share === best && cases).map(({ cases }) => this.rarity(cases));
    const most = Math.min(...typed);
    let rarest = 0;
    for (const { levels, share, cases } of forms) {
      const rarity = Math.min(most, this.rarity(cases));
      rarest = Math.max(rarest, cases ? rarity : 0);
      for (const { impact, cases, isTitle } of levels) {
        const worth = impact * rarity * TITLED + Number(isTitle);
        for (const n of cases) {
          if (worth * share <= worths[n] * shares[n]) continue;
          if (!worths[n]) documents.push(n);
          worths[n] = worth;
          shares[n] = share;
        }
      }
    }
    const isTitle = (/** @type {number} */ n) => worths[n] % TITLED === 1;
    return { worths, shares, documents, isTitle, rarity: rarest, cases: documents.filter((n) => n < this.cases).length };
  }

  /**
   * The cases and the other documents that are listed, with their scores in place.
   *
   * Where a word is in no case, the other words decide only if more of them tell cases apart than words are missing;
   * otherwise only cases are listed whose title or place the query names. Else a case is listed if its units carry at least
   * half as much information as those of the best case.
   *
   * @param {any[]} units
   * @param {(n: number) => boolean} passes
   */
  listed(units, passes) {
    const candidates = [...this.candidates].filter(passes);
    const missing = units.filter(({ cases }) => !cases).length;
    const deciding = units.filter(({ cases }) => this.isSelective(cases)).length;
    const isFull = (/** @type {number} */ n) => this.unitsFound[n] === this.full;
    const cases = candidates.filter((n) => n < this.cases);
    const most = cases.reduce((most, n) => Math.max(most, this.informationFound[n]), 0);
    const isListed =
      missing && deciding <= missing
        ? (/** @type {number} */ n) => this.isAbout[n] === 1
        : (/** @type {number} */ n) => this.informationFound[n] * 2 >= most;
    for (const n of candidates) {
      const titled = this.scores[n] % TITLED;
      const part = this.total ? this.informationFound[n] / this.total : 0;
      const worth = Math.floor(((this.scores[n] - titled) / TITLED) * this.least[n] * part * part) * TITLED + titled;
      this.scores[n] = worth + (isFull(n) ? COMPLETE : 0);
    }
    return { cases: cases.filter((n) => isFull(n) || isListed(n)), others: candidates.filter((n) => n >= this.cases && isFull(n)) };
  }
}
