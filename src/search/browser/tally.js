// Documents of each unit → the score of each document, and which documents are listed.

/**
 * A score is TITLED × the weight of the words, plus the number of words in the title. A query has fewer words than
 * this.
 */
export const TITLED = 64;
/** Added to the score of a case that has every word: more than any sum of weights. */
export const COMPLETE = 2 ** 42;

/**
 * The factor for a case with every word in its title. A title says in few words what a case is about; the same words
 * scattered in a long text say less, however often they occur. So such cases come before all others.
 */
const ALL_IN_TITLE = 4;

/** From this percentage on, a form is the typed word or an inflection of it. Synonyms and terms count less. */
const SAME_WORD = 60;

/**
 * The percentage that counts of a case that has the words of a name, but not the name: "care", "better" and "fund" in
 * different places are not the Better Care Fund. It is not zero, since a text may write a name in another way.
 */
const SCATTERED = 25;

/**
 * @typedef {{ impact: number, documents: Uint32Array | number[], isTitle: boolean }} Level Documents with one impact.
 */
/**
 * @typedef {object} Form
 * @property {string} form
 * @property {Level[]} levels
 * @property {number} cases how many cases have it
 * @property {number} share the percentage that it counts in a title
 * @property {number} [textShare] the percentage that it counts elsewhere; otherwise the same
 * @property {boolean} [isBroader] it is a broader or related term
 * @property {number} [worth] 2 (or absent): a document with it has the word; 1: it only carries a term of this name;
 *   0: it only has a broader or related term
 */

/** @typedef {import("./units.js").Resolved} Resolved */
/** @typedef {ReturnType<Tally["weigh"]>} Weights */

/** For each document the units that it has, the sum of their inverse document frequencies, and their weight. */
export class Tally {
  /** A bit for each unit. */
  allBits = 0;
  /** The sum of the inverse document frequencies of all units. */
  totalIdf = 0;
  /** The inverse document frequency of each unit. @type {number[]} */
  unitIdf = [];
  /** The documents with any of the units. @type {Set<number>} */
  matching = new Set();

  /**
   * @param {number} cases
   * @param {number} all
   */
  constructor(cases, all) {
    this.cases = cases;
    // For each document, a bit for each unit that it has, and the sum of their inverse document frequencies.
    this.unitBits = new Uint32Array(all);
    this.covered = new Float64Array(all);
    // Its score without shares, its score with shares, and its least share. `finish` computes the final score from
    // these.
    this.scores = new Float64Array(all);
    this.sharedScores = new Float64Array(all);
    this.leastShares = new Uint8Array(all).fill(100);
    // Whether it has the words of a name, but not the name; whether it is about the subject.
    this.isScattered = new Uint8Array(all);
    this.isAbout = new Uint8Array(all);
  }

  /** The inverse document frequency of a form that so many cases have. @param {number} cases */
  idf(cases) {
    return Math.max(1, Math.round(64 * Math.log(1 + (this.cases - cases + 0.5) / (cases + 0.5))));
  }

  /** Is a form in at least one case, and in at most nine of ten? @param {number} [cases] */
  isSelective(cases = 0) {
    return cases > 0 && cases * 10 <= this.cases * 9;
  }

  /** Do as many words find no case as are selective, or more? @param {Resolved[]} units */
  mostWordsAreMissing(units) {
    const missing = units.filter(({ reach }) => !reach).length;
    return missing > 0 && units.filter(({ reach }) => this.isSelective(reach)).length <= missing;
  }

  /**
   * Adds the documents of a unit, and sets how many cases have it and how many it finds.
   *
   * @param {Resolved} unit
   * @param {number} n
   * @param {boolean} [isSubject] it is an entry of the glossary
   */
  addUnit(unit, n, isSubject) {
    this.allBits = (this.allBits | (1 << n)) >>> 0;
    const found = this.weigh(unit.forms);
    unit.cases = found.cases;
    unit.reach = found.reach;
    this.unitIdf[n] = found.reach ? found.idf : this.idf(0);
    this.totalIdf += this.unitIdf[n];
    for (const document of found.documents) {
      this.add(document, found);
      this.cover(document, n, found);
      if ((isSubject || found.isTitle(document)) && this.isSelective(found.reach)) this.isAbout[document] = 1;
    }
  }

  /**
   * Counts a unit as one that a document has. A document that only carries a term of this name covers it, and lacks it;
   * one with a broader term covers half of it.
   *
   * @param {number} document
   * @param {number} n
   * @param {Weights} found
   */
  cover(document, n, found) {
    if (found.had[document] > 1) this.unitBits[document] |= 1 << n;
    this.covered[document] += this.unitIdf[n] / (found.had[document] ? 1 : 2);
  }

  /**
   * Adds the weight of forms to a document. The share of a form is 100 if it is the typed word, and less if it is an
   * inflection or a synonym. In a document with every word, the least share counts for all words, so that documents
   * with the words as typed come first. In other documents each form counts with its own share, so that a document with
   * an inflection comes before a document without the word.
   *
   * @param {number} document
   * @param {Weights} found
   * @param {boolean} hasWords the document also has the words of the name that the forms are
   */
  add(document, found, hasWords = false) {
    const [weight, share] = [found.weights[document], found.shares[document]];
    this.matching.add(document);
    this.scores[document] += weight * TITLED + Number(found.isTitle(document));
    this.sharedScores[document] += weight * share;
    if (!hasWords) this.leastShares[document] = Math.min(this.leastShares[document], share);
  }

  /**
   * The weight of forms in each document: impact × inverse document frequency, of the form for which weight × share is
   * highest. The inverse document frequency of the typed word, or of the commonest form that begins with it, is the
   * limit for all forms. `cases` is how many cases have the forms, `reach` how many have them or a broader term.
   *
   * @param {Form[]} forms
   */
  weigh(forms) {
    const weights = new Float64Array(this.scores.length);
    const shares = new Uint8Array(this.scores.length);
    const titled = new Uint8Array(this.scores.length);
    const had = new Uint8Array(this.scores.length);
    const found = [];
    const highestShare = Math.max(...forms.filter(({ cases }) => cases).map(({ share }) => share), 0);
    const typed = forms.filter(({ share, cases }) => share === highestShare && cases);
    const maxIdf = Math.min(...typed.map(({ cases }) => this.idf(cases)));
    let highestIdf = 0;
    for (const { levels, share: titleShare, textShare = titleShare, cases, worth = 2 } of forms) {
      const idf = Math.min(maxIdf, this.idf(cases));
      highestIdf = Math.max(highestIdf, cases ? idf : 0);
      for (const { impact, documents, isTitle } of levels) {
        const weight = impact * idf;
        const share = isTitle ? titleShare : textShare;
        for (const n of documents) {
          had[n] = Math.max(had[n], worth);
          if (isTitle && share >= SAME_WORD) titled[n] = 1;
          if (weight * share <= weights[n] * shares[n]) continue;
          if (!weights[n]) found.push(n);
          weights[n] = weight;
          shares[n] = share;
        }
      }
    }
    /** @param {number} n */
    const isTitle = (n) => titled[n] === 1;
    const cases = found.filter((n) => n < this.cases);
    return {
      weights,
      shares,
      documents: found,
      isTitle,
      had,
      idf: highestIdf,
      cases: cases.filter((n) => had[n] > 1).length,
      reach: cases.length,
    };
  }

  /**
   * Computes the final scores, and gives the cases and the other documents that are listed.
   *
   * A case is listed if it covers at least half as much of the query (as a sum of inverse document frequencies) as the
   * case that covers most: one of two words of equal weight, two of three. If a word is in no case, a case must also
   * cover a third of the query, so that a list of poor matches does not hide that there is no answer. If at least as
   * many words are missing as are selective, only cases about the subject are listed: those with a word in their title,
   * in the place that is named, with the entry of the glossary, or with two words of the query side by side.
   *
   * @param {Resolved[]} units
   * @param {(n: number) => boolean} passes
   */
  finish(units, passes) {
    const matching = [...this.matching].filter(passes);
    const hasMissing = units.some(({ reach }) => !reach);
    const needsSubject = this.mostWordsAreMissing(units);
    /** @param {number} n */
    const isFull = (n) => this.unitBits[n] === this.allBits;
    const cases = matching.filter((n) => n < this.cases);
    const bestCovered = cases.reduce((best, n) => Math.max(best, this.covered[n]), 0);
    const minCovered = Math.max(bestCovered / 2, hasMissing ? this.totalIdf / 3 : 0);
    /** @param {number} n */
    const isListed = (n) => (needsSubject ? this.isAbout[n] === 1 : this.covered[n] >= minCovered);
    for (const n of matching) {
      const titled = this.scores[n] % TITLED;
      const part = this.totalIdf ? this.covered[n] / this.totalIdf : 0;
      const percent = this.isScattered[n] ? SCATTERED : 100;
      const score = isFull(n)
        ? ((this.scores[n] - titled) / TITLED) * Math.min(this.leastShares[n], percent)
        : (this.sharedScores[n] * percent) / 100;
      const factor = isFull(n) && titled >= units.length ? ALL_IN_TITLE : 1;
      this.scores[n] = Math.floor(score * factor * part * part) * TITLED + titled + (isFull(n) ? COMPLETE : 0);
    }
    return { cases: cases.filter((n) => isFull(n) || isListed(n)), others: matching.filter((n) => n >= this.cases && isFull(n)) };
  }
}
