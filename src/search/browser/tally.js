// What the units of a question find → how well each document answers, and which are listed.

/** More than there are words in a question: a score is so many times the words' worth, and how many are in the title. */
export const TITLED = 64;
/** What a score has more if a case has every word: more than any sum of worths. */
export const COMPLETE = 2 ** 42;

/** The share in 100 for cases that have the words of a name, and not the name. */
const SCATTERED = 25;

/** @typedef {{ impact: number, cases: Uint32Array | number[], isTitle: boolean }} Level */
/** @typedef {{ form: string, levels: Level[], cases: number, share: number }} Form */

/** How well each document answers: which units it has, how much they tell, what they are worth. */
export class Tally {
  full = 0;
  /** How much there is to tell. */
  total = 0;
  /** @type {number[]} */
  information = [];
  /** @type {Set<number>} */
  met = new Set();

  /**
   * @param {number} cases
   * @param {number} all
   */
  constructor(cases, all) {
    this.cases = cases;
    this.had = new Uint32Array(all);
    this.told = new Float64Array(all);
    this.scores = new Float64Array(all);
    this.shared = new Float64Array(all);
    this.least = new Uint8Array(all).fill(100);
    this.isScattered = new Uint8Array(all);
    this.isAbout = new Uint8Array(all);
  }

  /** How much a form tells that so many cases have. @param {number} cases */
  rarity(cases) {
    return Math.max(1, Math.round(64 * Math.log(1 + (this.cases - cases + 0.5) / (cases + 0.5))));
  }

  /** Is a form in some cases, and not in nearly all? @param {number} cases */
  isTelling(cases) {
    return cases > 0 && cases * 10 <= this.cases * 9;
  }

  /** Adds what a unit finds. @param {any} unit @param {number} n @param {boolean} [isSubject] it is an entry of the glossary */
  unit(unit, n, isSubject) {
    const bit = 1 << n;
    this.full = (this.full | bit) >>> 0;
    const found = this.worth(unit.forms);
    unit.cases = found.cases;
    this.information[n] = found.cases ? found.rarity : this.rarity(0);
    this.total += this.information[n];
    for (const document of found.documents) {
      this.add(document, found);
      this.had[document] |= bit;
      this.told[document] += this.information[n];
      if ((isSubject || found.isTitle(document)) && this.isTelling(found.cases)) this.isAbout[document] = 1;
    }
  }

  /**
   * Adds what a document has of something. Of documents with every word, those that have them as they were typed come first,
   * so there the least share counts for all; of others each form counts its own, so that one with another form of a word does
   * not come after one without any.
   *
   * @param {number} document
   * @param {any} found
   * @param {boolean} isMore it comes on top of the words themselves
   */
  add(document, found, isMore = false) {
    const [titled, share] = [found.worths[document] % TITLED, found.shares[document]];
    this.met.add(document);
    this.scores[document] += found.worths[document];
    this.shared[document] += ((found.worths[document] - titled) / TITLED) * share;
    if (!isMore) this.least[document] = Math.min(this.least[document], share);
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
   * Where a word is in no case, the rest decides only if more of its words tell cases apart than words are missing, and a case
   * must be told a third of the question; otherwise nothing is listed but cases that are about what it names: in their title,
   * by their place, by an entry of the glossary, or with two of its words side by side. Else a case is listed that is told half
   * as much as the one that is told most.
   *
   * @param {any[]} units
   * @param {(n: number) => boolean} passes
   */
  listed(units, passes) {
    const met = [...this.met].filter(passes);
    const missing = units.filter(({ cases }) => !cases).length;
    const deciding = units.filter(({ cases }) => this.isTelling(cases)).length;
    const isFull = (/** @type {number} */ n) => this.had[n] === this.full;
    const cases = met.filter((n) => n < this.cases);
    const most = cases.reduce((most, n) => Math.max(most, this.told[n]), 0);
    const least = Math.max(most / 2, missing ? this.total / 3 : 0);
    const isListed = (/** @type {number} */ n) => (missing && deciding <= missing ? this.isAbout[n] === 1 : this.told[n] >= least);
    for (const n of met) {
      const titled = this.scores[n] % TITLED;
      const part = this.total ? this.told[n] / this.total : 0;
      const most = this.isScattered[n] ? SCATTERED : 100;
      const worth = isFull(n) ? ((this.scores[n] - titled) / TITLED) * Math.min(this.least[n], most) : (this.shared[n] * most) / 100;
      this.scores[n] = Math.floor(worth * part * part) * TITLED + titled + (isFull(n) ? COMPLETE : 0);
    }
    return { cases: cases.filter((n) => isFull(n) || isListed(n)), others: met.filter((n) => n >= this.cases && isFull(n)) };
  }
}
