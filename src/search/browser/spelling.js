// Words that no case has: finds their inflections or corrections, and recognises common words of the language. Loaded
// for the first such word.
import { bitReader, json, Reader } from "./bytes.js";
import { COMPLETE, Tally } from "./tally.js";
import { wordForms } from "./units.js";
import { fold, runs } from "./words.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./records.js").RecordList} RecordList */
/** @typedef {import("./units.js").Resolved} Resolved */

/**
 * Resolves a word that no case has: to inflections, to longer words, or to similar words, of which `corrected` chooses
 * one. A common word of the language is never replaced: the similar word is only suggested, and only where a case has
 * it beside the same word as the query.
 *
 * @param {Index} index
 * @param {Resolved} unit
 * @returns {Promise<Resolved>}
 */
export async function resolveUnknown(index, unit) {
  const [option] = unit.options;
  const [word] = option.forms;
  const { inflections, isCommon } = await unknownWord(index, option);
  if (inflections.length) return { ...unit, forms: [...unit.forms, ...inflections] };
  const longer = unit.isLast && !isCommon ? await index.withPrefix(word) : [];
  if (longer.length) return { ...unit, forms: [...unit.forms, ...longer.map((entry) => index.form(entry, 90))], prefixes: [word] };
  const near = option.parts.length === 1 ? await similarForms(index, word) : [];
  const candidates = near.filter((form) => !(isCommon && isShort(form)) && mayBeMeant(index, unit.typed, form));
  return { ...unit, candidates, isReplaceable: isCommon === false, isCommon: isCommon === true };
}

/** Does a word begin with a capital, as names do, and is no acronym? @param {string} typed */
const isCapitalised = (typed) => /^\p{Lu}\p{Ll}/u.test(typed);

/**
 * May a typed word be another? Nobody searches for a stop word, and the first letter of a name is seldom mistyped:
 * "Khan" is not "than", nor "Barking" "parking".
 *
 * @param {Index} index
 * @param {string} typed
 * @param {string} form
 */
const mayBeMeant = ({ catalogue }, typed, form) => !catalogue.common.has(form) && (!isCapitalised(typed) || fold(typed)[0] === form[0]);

/** The words of the names of a library. @param {Index} index */
const wordsOfNames = ({ catalogue }) =>
  catalogue.names.flatMap(({ names }) => names.flatMap((name) => runs(name).flatMap(({ parts }) => parts)));

/**
 * The units, where the one word with a capital is only corrected to a word of the library's names: the reader of
 * "mayor Burnham" typed a name.
 *
 * @param {Index} index
 * @param {Resolved[]} units
 */
function withNamesOnly(index, units) {
  const capitalised = units.filter(({ typed }) => isCapitalised(typed));
  if (capitalised.length !== 1 || units.length < 2 || capitalised[0] === units[0]) return units;
  const known = new Set(wordsOfNames(index));
  /** @param {Resolved} unit */
  const named = (unit) => ({ ...unit, candidates: unit.candidates.filter((form) => known.has(form)) });
  return units.map((unit) => (isCapitalised(unit.typed) ? named(unit) : unit));
}

/**
 * A unit with a candidate in its place.
 *
 * @param {Index} index
 * @param {Resolved} unit
 * @param {string} form
 * @returns {Promise<Resolved>}
 */
async function withCandidate(index, unit, form) {
  const { forms } = await wordForms(index, { ...unit, isOpen: false }, { ...unit.options[0], forms: [form] });
  return { ...unit, forms, taken: form };
}

/**
 * Chooses the corrections and suggestions of a query.
 *
 * @param {Index} index
 * @param {string} text
 * @param {Resolved[]} resolved
 */
export async function corrected(index, text, resolved) {
  const chosen = await chooseCandidates(index, withNamesOnly(index, resolved));
  const units = await Promise.all(chosen.map((_, n) => withoutDoubtfulSuggestion(index, text, chosen, n)));
  return { units, correction: replaced(text, units, "taken"), suggestion: replaced(text, units, "suggested") };
}

/**
 * Chooses a candidate for each mistyped word: the one with which a case answers the whole query best. The other words
 * say what was meant: "coss" beside "tornado" is corrected to "cross" and not to "cost". If several words are mistyped,
 * the others say less, so fewer candidates are loaded for each.
 *
 * @param {Index} index
 * @param {Resolved[]} units
 */
async function chooseCandidates(index, units) {
  const mistyped = units.filter(({ candidates }) => candidates.length).length;
  const limit = units.length < 2 ? 1 : Math.max(1, Math.floor(MAX_CANDIDATES / mistyped));
  /** @param {Resolved} unit */
  const load = (unit) => Promise.all(unit.candidates.slice(0, limit).map((form) => withCandidate(index, unit, form)));
  const tried = await Promise.all(units.map(load));
  const chosen = units.map((unit, n) => (unit.isReplaceable && tried[n][0]) || unit);
  for (const [n, unit] of units.entries()) {
    if (!tried[n].length) continue;
    // All candidates count as equally frequent. Otherwise a rare word would win because it is rare.
    const mostCases = Math.max(...tried[n].flatMap(({ forms }) => forms.map(({ cases }) => cases)));
    /** @param {Resolved} candidate */
    const asFrequent = (candidate) => ({
      ...candidate,
      forms: candidate.forms.map((form) => ({ ...form, cases: form.cases && mostCases })),
    });
    /** @param {Resolved} candidate */
    const queryWith = (candidate) => chosen.map((unit, other) => (other === n ? asFrequent(candidate) : unit));
    const scores = tried[n].map((candidate) => bestScore(index, queryWith(candidate)));
    const score = Math.max(...scores);
    const best = tried[n][scores.indexOf(score)];
    const isSure = !isShort(best.taken ?? "") || (units.length > 1 && score >= COMPLETE && /\p{Ll}/u.test(unit.typed));
    chosen[n] = unit.isReplaceable && isSure ? best : { ...unit, suggested: best.taken };
  }
  return chosen;
}

/**
 * A unit without its suggestion if the typed word is a common word of the language, and no case has the suggested word
 * beside the same word as the query: "tight councils" may be "eight councils", but who asks for "exit clause" did not
 * mean "exit cause".
 *
 * @param {Index} index
 * @param {string} text
 * @param {Resolved[]} units
 * @param {number} n
 */
async function withoutDoubtfulSuggestion(index, text, units, n) {
  const unit = units[n];
  if (!unit.suggested || !unit.isCommon) return unit;
  const [option] = unit.options;
  const suggested = { ...unit, options: [{ ...option, forms: [unit.suggested ?? ""] }] };
  const withNeighbours = [...units.slice(Math.max(0, n - 1), n), suggested, ...units.slice(n + 1, n + 2)];
  const { neighbours } = await index.phrases();
  return (await neighbours(index, text, withNeighbours)).length ? unit : { ...unit, suggested: null };
}

/**
 * Is a form so short that it is similar to many words? It replaces a word only if a case then has every word of the
 * query, and the word is not an acronym.
 *
 * @param {string} form
 */
const isShort = (form) => form.length < 4;

/** The highest score of a case. @param {Index} index @param {Resolved[]} units */
function bestScore(index, units) {
  const tally = new Tally(index.head.cases, index.all);
  const tallied = units.map((unit) => ({ ...unit }));
  tallied.forEach((unit, n) => tally.addUnit(unit, n));
  const { cases } = tally.finish(tallied, () => true);
  return cases.reduce((best, n) => Math.max(best, tally.scores[n]), 0);
}

/** Usual endings of the forms of an English word. Other languages have their groups in the index. */
const ENDINGS = /^(e?[ds]?|[eo]?rs?|ory|ings?|ions?|ly|ments?|y|ie[drs]|i?est|ness)$/;

/** Endings, and what replaces them in the base form. The filter has base forms only. */
const INFLECTIONS = [
  [/(?:ies|ied|ily)$/, "y"],
  [/(?:es|ed|d|ing|ly|ers?|ness)$/, ""],
  [/(?:ed|ing|ers?)$/, "e"],
  [/ly$/, "le"],
  [/(.)\1(?:ing|ed|ers?)$/, "$1"],
  [/s$/, ""],
];

/** "puting", "stoped": a short word doubles its last letter before these endings. */
const UNDOUBLED = /^[^aeiou]*[aeiou][^aeiouwxy](?:ed|ing|ers?)$/;

/**
 * The query with its corrections (`taken`) or its suggestions (`suggested`) in place; null if there are none.
 *
 * @param {string} text
 * @param {Resolved[]} units
 * @param {"taken" | "suggested"} by
 */
function replaced(text, units, by) {
  const changed = units.filter((unit) => unit[by]).sort((a, b) => b.at - a.at);
  if (!changed.length) return null;
  return changed.reduce((text, unit) => text.slice(0, unit.at) + unit[by] + text.slice(unit.at + unit.typed.length), text);
}

/**
 * The lists of records for corrections.
 *
 * @param {Index} index
 * @returns {Promise<import("./records.js").SpellingLists>}
 */
const spellingLists = (index) => index.file(index.head.spellings, json);

/**
 * The inflections of a word that no document has, and whether it is a common word of the language; null if the language
 * has no list of common words.
 *
 * @param {Index} index
 * @param {import("./query.js").Option} option
 */
async function unknownWord(index, { forms: [word], parts }) {
  const inflections = parts.length > 1 ? [] : await inflectionsOf(index, word);
  if (inflections.length) return { inflections, isCommon: null };
  const { dictionary } = await spellingLists(index);
  return { inflections, isCommon: dictionary ? await isCommonWord(index, dictionary, word) : null };
}

/**
 * The inflections of a word that no document has: similar forms with usual endings.
 *
 * @param {Index} index
 * @param {string} word
 */
async function inflectionsOf(index, word) {
  if (word.length < 5) return [];
  const entries = await index.withPrefix(word.slice(0, Math.max(4, word.length - 4)));
  /** @param {string} form */
  const share = (form) => (form + "s" === word || form === word + "s" ? 90 : 60);
  return entries.filter(({ form }) => isInflected(form, word)).map((entry) => index.form(entry, share(entry.form)));
}

/**
 * The forms that are most similar to a word, the likeliest first.
 *
 * @param {Index} index
 * @param {string} word
 */
async function similarForms(index, word) {
  const letters = [...word];
  // A year or another number is not a mistyped one.
  if (letters.length < 4 || /\p{N}/u.test(word)) return [];
  const maxEdits = letters.length < 8 ? 1 : 2;
  const half = (letters.length - 1) >> 1;
  const { forwards, backwards } = await spellingLists(index);
  const first = letters.slice(0, half).join("");
  const last = letters.slice(-half).reverse().join("");
  /** @param {RecordList} list @param {number[]} numbers */
  const read = async (list, numbers) => (await Promise.all(numbers.map((n) => index.record("spellings", list, n, spellingsFile)))).flat();
  const starts = await Promise.all([
    read(forwards, index.recordNumbers(forwards, first)),
    read(backwards, index.recordNumbers(backwards, last)),
  ]);
  const withLast = starts[1]
    .filter(({ form }) => form.startsWith(last))
    .map(({ form, log }) => ({ form: [...form].reverse().join(""), log }));
  // A word that only names have, such as a synonym, may complete a name.
  const ofNames = wordsOfNames(index).map((form) => ({ form, log: 0 }));
  const near = [...starts[0].filter(({ form }) => form.startsWith(first)), ...withLast, ...ofNames];
  const found = mostSimilar(near, letters, maxEdits);
  // One edit leaves a half of the word as it is. Two edits may change both halves, but seldom the first letter.
  return found.length || maxEdits < 2
    ? found
    : mostSimilar(await read(forwards, index.recordNumbers(forwards, letters[0])), letters, maxEdits);
}

/**
 * Is it probably a common word of the language? The filters have base forms.
 *
 * @param {Index} index
 * @param {RecordList} dictionary the list of the filters
 * @param {string} word
 */
async function isCommonWord(index, dictionary, word) {
  const bases = INFLECTIONS.flatMap(([ending, instead]) => {
    const base = word.replace(ending, /** @type {string} */ (instead));
    const isForm = instead !== "" || base + "s" === word || !UNDOUBLED.test(word);
    return base !== word && base.length > 2 && isForm ? [base] : [];
  });
  /** @param {string} base */
  const isInDictionary = async (base) => {
    const n = index.recordNumber(dictionary, base);
    return n >= 0 && (await index.record("dictionary", dictionary, n, dictionaryFile))(base);
  };
  return (await Promise.all([word, ...bases].map(isInDictionary))).some(Boolean);
}

/** The end of "spend" and "spent", "build" and "built". */
const D_OR_T = /[ln][dt]$/;

/**
 * Do two words differ only in usual endings?
 *
 * @param {string} a
 * @param {string} b
 */
function isInflected(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return [a, b].every((word) => ENDINGS.test(word.slice(same)) || (word.length === same + 1 && D_OR_T.test(word)));
}

/** The most candidates for a word. */
const MAX_CANDIDATES = 4;

/**
 * The forms in a list with the fewest edits from a word, the likeliest first. A form of three letters is given only if
 * no other form is similar.
 *
 * @param {{ form: string, log: number }[]} known
 * @param {string[]} letters
 * @param {number} maxEdits
 */
function mostSimilar(known, letters, maxEdits) {
  /** @type {Map<string, { cost: number, edits: number, form: string }>} */
  const found = new Map();
  for (const { form, log } of known) {
    const others = [...form];
    if (Math.abs(others.length - letters.length) > maxEdits) continue;
    const edits = distance(letters, others);
    if (!edits || edits > maxEdits) continue;
    found.set(form, { cost: 6 * edits + (others[0] === letters[0] ? 0 : 2) - log, edits, form });
  }
  const sorted = [...found.values()].sort((a, b) => a.cost - b.cost || (a.form < b.form ? -1 : 1));
  const longer = sorted.filter(({ form }) => !isShort(form));
  const alike = longer.filter(({ edits }) => edits === longer[0].edits);
  return (sorted.length > 1 ? alike.slice(0, MAX_CANDIDATES) : sorted).map(({ form }) => form);
}

/**
 * The edit distance of two words (Damerau–Levenshtein: swapping two letters is one edit).
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
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

/** @param {Uint8Array} bytes */
function spellingsFile(bytes) {
  const reader = new Reader(bytes);
  const forms = reader.forms();
  const logs = reader.take(forms.length);
  return forms.map((form, n) => ({ form, log: logs[n] }));
}

/**
 * A filter of common words that no case has. It gives true for each of them, and for one other word in five hundred.
 *
 * @param {Uint8Array} bytes
 */
function dictionaryFile(bytes) {
  const reader = new Reader(bytes);
  const [count, limit] = [reader.varint(), reader.varint()];
  const [k] = reader.take(1);
  const { rice } = bitReader(bytes.subarray(reader.at));
  const hashes = new Set();
  for (let n = 0, hash = -1; n < count; n++) hashes.add((hash += 1 + rice(k)));
  return (/** @type {string} */ word) => {
    let hash = 0x811c9dc5;
    for (let n = 0; n < word.length; n++) hash = Math.imul(hash ^ word.charCodeAt(n), 0x01000193);
    return hashes.has((hash >>> 0) % limit);
  };
}
