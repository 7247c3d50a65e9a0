// Text → words, as the index has them. `src/search/tokenize.rs` has the same rules, and `words.txt` tests both.
//
// A run is a sequence of letters and digits, with single marks between them: "COVID-19", "A&E", "GOV.UK", "1,250,000".
// Its parts are words. If it has several parts, the run is a word too, without its marks ("covid19") and, for `&` and
// `/`, also with them ("a&e"). A character of a script without spaces is a word by itself.

const LETTER = "\\p{Alphabetic}\\p{N}\\p{M}";
/** Soft hyphens and joiners: they do not split a word, and are removed from it. */
const INVISIBLE = "\\u00ad\\u200c\\u200d\\u2060\\ufeff";
/** Chinese characters and Japanese syllables. */
const ALONE = "\\u3041-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const SEGMENT = `(?:(?![${ALONE}])[${LETTER}${INVISIBLE}])+`;
const MARK = "(?:['’.&\\-\\u2010\\u2011]|(?<=\\d),(?=\\d{3}(?!\\d))|(?<=\\d)/(?=\\d))";
const RUN = new RegExp(
  `(?=[${LETTER}])(?:[${ALONE}]|${SEGMENT}(?:${MARK}(?=[${LETTER}])${SEGMENT})*(?:(?<=(?<![${LETTER}'’.&\\-\\u2010\\u2011])[A-Za-z])(?:\\+\\+|#))?)|(?<!\\S)&(?!\\S)`,
  "gu",
);
const SEPARATOR = /[&/\-\u2010\u2011]|(?<!\p{N})\.|\.(?!\p{N})/u;
// Characters such as "🄀" are a digit and a full stop in one.
const KEPT = /[^\p{Alphabetic}\p{N}\p{M}.+#]|\.(?!\p{N})/gu;
const LONGEST = 40;

/** Letters that Unicode does not decompose, as people type them. */
const PLAIN = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ħ: "h", ŧ: "t", ı: "i" };

/** @param {string} word */
const cut = (word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word);

/**
 * Folds a part of a run: removes letter case, accents, apostrophes, commas and a final 's.
 *
 * @param {string} part
 */
export function fold(part) {
  let word = part.toLowerCase();
  if (/[^\x00-\x7f]/.test(part)) {
    word = part
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase();
    word = word.replace(/[łøđðþßæœħŧı]/g, (letter) => PLAIN[/** @type {keyof typeof PLAIN} */ (letter)]);
  }
  return cut(word.replace(/['’]s$/, "").replace(KEPT, ""));
}

/**
 * @typedef {object} Run A run, with its words.
 * @property {string} text as it is written
 * @property {number} at its start in the text
 * @property {string[]} parts its parts, folded
 * @property {string[]} wholes the run as one word, if it has several parts
 */

/**
 * The runs of a text, in order.
 *
 * @param {string} text
 * @returns {Run[]}
 */
export function runs(text) {
  return Array.from(text.matchAll(RUN), ({ 0: run, index }) => {
    if (run === "&") return { text: run, at: index, parts: ["and"], wholes: [] };
    const parts = run.split(SEPARATOR).map(fold);
    return { text: run, at: index, parts: parts.filter(Boolean), wholes: parts.length > 1 ? wholes(run, parts) : [] };
  });
}

/**
 * @param {string} run
 * @param {string[]} parts
 */
function wholes(run, parts) {
  const bare = parts.join("");
  if (!/[&/]/.test(run)) return /\p{Alphabetic}/u.test(bare) ? [cut(bare)] : [];
  const marks = run.match(new RegExp(SEPARATOR, "gu")) ?? [];
  const kept = parts.map((part, n) => part + (/[&/]/.test(marks[n] ?? "") ? marks[n] : "")).join("");
  return [cut(kept), cut(bare)];
}

/**
 * The words of a text: the parts of each run, followed by the run as one word if it has several parts.
 *
 * @param {string} text
 */
export const words = (text) => runs(text).flatMap(({ parts, wholes }) => [...parts, ...wholes]);
