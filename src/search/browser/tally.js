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
 * @property {number} [textShare] the percentage that it counts elsewhere, if that is another
 */

/** @typedef {import("./units.js").Resolved} Resolved */
/** @typedef {ReturnType<Tally["weigh"]>} Weights */

/** For each document the units that it has, the sum of their inverse document frequencies, and their weight. */
export class Tally {
  /** A bit for each unit. */
  full = 0;
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
    // Of each document, a bit for each unit that it has, and the sum of their inverse document frequencies.
    this.had = new Uint32Array(all);
    this.covered = new Float64Array(all);
    // Its score without shares, the sum of each weight × its share, and the least share: `finish` makes a score of
    // these.
    this.scores = new Float64Array(all);
    this.shared = new Float64Array(all);
    this.least = new Uint8Array(all).fill(100);
    // Whether it has the words of a name, but not the name; whether it is about the subject.
    this.isScattered = new Uint8Array(all);
    this.isAbout = new Uint8Array(all);
  }

  /** The inverse document frequency of a form that so many cases have. @param {number} cases */
  idf(cases) {
    return Math.max(1, Math.round(64 * Math.log(1 + (this.cases - cases + 0.5) / (cases + 0.5))));
  }

  /** Is a form in some cases, but not in nearly all? @param {number} cases */
  isSelective(cases) {
    return cases > 0 && cases * 10 <= this.cases * 9;
  }

  /**
   * Are there words that no case has, at least as many of them as selective words? After a correction, other words that
   * are not of the language do not count: they are probably mistyped too.
   *
   * @param {Resolved[]} units
   */
  mostWordsAreMissing(units) {
    const isCorrected = units.some(({ taken }) => taken);
    const missing = units.filter(({ cases, isReplaceable }) => !cases && !(isCorrected && isReplaceable)).length;
    return missing > 0 && units.filter(({ cases }) => this.isSelective(cases)).length <= missing;
  }

  /**
   * Adds the documents of a unit, and sets how many cases have it.
   *
   * @param {Resolved} unit
   * @param {number} n
   * @param {boolean} [isSubject] it is an entry of the glossary
   */
  unit(unit, n, isSubject) {
    const bit = 1 << n;
    this.full = (this.full | bit) >>> 0;
    const found = this.weigh(unit.forms);
    unit.cases = found.cases;
    this.unitIdf[n] = found.cases ? found.idf : this.idf(0);
    this.totalIdf += this.unitIdf[n];
    for (const document of found.documents) {
      this.add(document, found);
      this.had[document] |= bit;
      this.covered[document] += this.unitIdf[n];
      if ((isSubject || found.isTitle(document)) && this.isSelective(found.cases)) this.isAbout[document] = 1;
    }
  }

  /**
   * Adds the weight of forms to a document. A form counts with a share: 100 as typed, less for inflections and
   * synonyms. In a document with every word the least share counts for all words, so that documents with the words as
   * typed come first. In others each form counts with its own share, so that an inflection of a word is better than no
   * such word.
   *
   * @param {number} document
   * @param {Weights} found
   * @param {boolean} isMore the document has the words themselves too
   */
  add(document, found, isMore = false) {
    const [weight, share] = [found.weights[document], found.shares[document]];
    this.matching.add(document);
    this.scores[document] += weight * TITLED + Number(found.isTitle(document));
    this.shared[document] += weight * share;
    if (!isMore) this.least[document] = Math.min(this.least[document], share);
  }

  /**
   * The weight of forms in each document: impact × inverse document frequency, of the form for which weight × share is
   * highest. No form has a higher inverse document frequency than the word as typed, or than the commonest of the forms
   * that begin with it.
   *
   * @param {Form[]} forms
   */
  weigh(forms) {
    const weights = new Float64Array(this.scores.length);
    const shares = new Uint8Array(this.scores.length);
    const titled = new Uint8Array(this.scores.length);
    const found = [];
    const best = Math.max(...forms.filter(({ cases }) => cases).map(({ share }) => share), 0);
    const typed = forms.filter(({ share, cases }) => share === best && cases).map(({ cases }) => this.idf(cases));
    const most = Math.min(...typed);
    let highestIdf = 0;
    for (const { levels, share: titleShare, textShare = titleShare, cases } of forms) {
      const idf = Math.min(most, this.idf(cases));
      highestIdf = Math.max(highestIdf, cases ? idf : 0);
      for (const { impact, documents, isTitle } of levels) {
        const weight = impact * idf;
        const share = isTitle ? titleShare : textShare;
        for (const n of documents) {
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
    return { weights, shares, documents: found, isTitle, idf: highestIdf, cases: found.filter((n) => n < this.cases).length };
  }

  /**
   * Computes the final scores, and gives the cases and the other documents that are listed.
   *
   * A case is listed if it covers at least half as much of the query (as a sum of inverse document frequencies) as the
   * case that covers most: one of two words of equal weight, two of three. If a word is in no case, a case must also
   * cover a third of the query, since a list of cases that cover less hides that there is no answer. If no more words
   * are selective than are missing, only cases about the subject are listed: those with a word in their title, in the
   * place that is named, with the entry of the glossary, or with two words of the query side by side.
   *
   * @param {Resolved[]} units
   * @param {(n: number) => boolean} passes
   */
  finish(units, passes) {
    const matching = [...this.matching].filter(passes);
    const hasMissing = units.some(({ cases }) => !cases);
    const isOfSubject = this.mostWordsAreMissing(units);
    /** @param {number} n */
    const isFull = (n) => this.had[n] === this.full;
    const cases = matching.filter((n) => n < this.cases);
    const most = cases.reduce((most, n) => Math.max(most, this.covered[n]), 0);
    const least = Math.max(most / 2, hasMissing ? this.totalIdf / 3 : 0);
    /** @param {number} n */
    const isListed = (n) => (isOfSubject ? this.isAbout[n] === 1 : this.covered[n] >= least);
    for (const n of matching) {
      const titled = this.scores[n] % TITLED;
      const part = this.totalIdf ? this.covered[n] / this.totalIdf : 0;
      const most = this.isScattered[n] ? SCATTERED : 100;
      const score = isFull(n) ? ((this.scores[n] - titled) / TITLED) * Math.min(this.least[n], most) : (this.shared[n] * most) / 100;
      const factor = isFull(n) && titled >= units.length ? ALL_IN_TITLE : 1;
      this.scores[n] = Math.floor(score * factor * part * part) * TITLED + titled + (isFull(n) ? COMPLETE : 0);
    }
    return { cases: cases.filter((n) => isFull(n) || isListed(n)), others: matching.filter((n) => n >= this.cases && isFull(n)) };
  }
}
