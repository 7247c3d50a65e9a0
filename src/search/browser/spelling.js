// Words that were mistyped, and other forms of a word.

/** Usual endings of the forms of an English word. Other languages have their groups in the index. */
const ENDINGS = /^(e?[ds]?|[eo]?rs?|ory|ings?|ions?|ly|ments?|y|ie[drs]|i?est|ness)$/;

/** How endings are taken off a word of the filter, which has base forms only. */
const INFLECTIONS = [
  [/(?:ies|ied|ily)$/, "y"],
  [/(?:es|ed|d|s|ing|ly|ers?|ness)$/, ""],
  [/(?:es|ed|ing|ers?)$/, "e"],
  [/ly$/, "le"],
  [/(.)\1(?:ing|ed|ers?)$/, "$1"],
  [/s$/, ""],
];

/**
 * Is it a common word of the language, as far as a filter of base forms can tell?
 *
 * @param {string} word
 * @param {(word: string) => boolean} isKnown
 */
export function isCommonWord(word, isKnown) {
  if (isKnown(word)) return true;
  return INFLECTIONS.some(([ending, instead]) => {
    const base = word.replace(ending, /** @type {string} */ (instead));
    return base !== word && base.length > 2 && isKnown(base);
  });
}

/**
 * Do two words share four letters or more, and have usual endings?
 *
 * @param {string} a
 * @param {string} b
 */
export function isInflected(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return same > 3 && [a, b].every((word) => ENDINGS.test(word.slice(same)));
}

/**
 * The form that is nearest to a word which no document has.
 *
 * @param {{ form: string, log: number }[]} known
 * @param {string[]} letters
 * @param {number} slips how many there may be
 */
export function nearestOf(known, letters, slips) {
  /** @type {{ cost: number, form: string } | null} */
  let best = null;
  for (const { form, log } of known) {
    const others = [...form];
    if (others.length < 4 || Math.abs(others.length - letters.length) > slips) continue;
    const far = distance(letters, others);
    if (far > slips) continue;
    const cost = 6 * far + (others[0] === letters[0] ? 0 : 2) - log;
    if (!best || cost < best.cost || (cost === best.cost && form < best.form)) best = { cost, form };
  }
  return best?.form ?? null;
}

/**
 * How many slips lie between two words; two letters that changed places are one.
 *
 * @param {string[]} a
 * @param {string[]} b
 */
function distance(a, b) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
