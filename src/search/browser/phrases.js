// Phrases: finds documents that contain words one after the other. Loaded for the first phrase, or the first word with
// marks.
import { bitReader, json, Reader } from "./bytes.js";
import { SearchError } from "./load.js";
import { levels } from "./records.js";
import { words } from "./words.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./records.js").Entry} Entry */
/** @typedef {import("./tally.js").Form} Form */
/** @typedef {import("./tally.js").Level} Level */
/** @typedef {import("./units.js").Resolved} Resolved */

/**
 * The documents that contain a phrase. The positions of a frequent word are not loaded: the rarer words beside it store
 * it as their neighbour. A frequent word between frequent words only has to be somewhere in the document.
 *
 * @param {Index} index
 * @param {string[]} phrase
 * @returns {Promise<Set<number>>}
 */
export async function documentsWith(index, phrase) {
  const entries = await Promise.all(phrase.map((form) => index.entry(form)));
  const known = entries.flatMap((entry) => entry ?? []);
  // A word that is in no document makes it needless to decode the lists of the others.
  if (known.length < phrase.length) return new Set();
  const lists = known.map((entry) => new Set(documentsOf(levels(entry, index.all))));
  const both = new Set([...lists[0]].filter((n) => lists.every((list) => list.has(n))));
  if (!both.size || phrase.length < 2) return both;
  /** @type {import("./records.js").Positions} */
  const positions = await index.file(index.head.positions, json);
  const frequent = phrase.map((form) => positions.frequent.indexOf(form) + 1);
  const rare = phrase.flatMap((_, word) => (frequent[word] ? [] : [word]));
  /** @param {number} word */
  const read = async (word) => positionsOf(await block(index, positions, phrase[word]), lists[word], both);
  const positionsByWord = await Promise.all(rare.map(read));
  const [anchor] = rare;
  if (anchor === undefined) return both;
  /** @param {number} n @param {number} word @param {number} at */
  const isAt = (n, word, at) => {
    const neighbours = positionsByWord[rare.indexOf(word)].get(n)?.get(at);
    if (!neighbours) return false;
    const [before, after] = [frequent[word - 1], frequent[word + 1]];
    return (!before || neighbours[0] === before) && (!after || neighbours[1] === after);
  };
  /** @param {number} n */
  const hasPhrase = (n) =>
    [...(positionsByWord[0].get(n)?.keys() ?? [])].some((at) => rare.every((word) => isAt(n, word, at + word - anchor)));
  return new Set([...both].filter(hasPhrase));
}

/**
 * The documents that contain a phrase, as the documents of a form.
 *
 * @param {Index} index
 * @param {string[]} phrase
 */
export async function phraseForms(index, phrase) {
  const documents = await documentsWith(index, phrase);
  const entries = await Promise.all(phrase.map((form) => index.entry(form)));
  const rarest = entries.reduce((a, b) => (a && b && b.cases < a.cases ? b : a));
  if (!rarest) return [];
  const found = levels(rarest, index.all).map((level) => ({ ...level, documents: [...level.documents].filter((n) => documents.has(n)) }));
  const cases = [...documents].filter((n) => n < index.head.cases).length;
  return [{ form: rarest.form, levels: found, cases, share: 100 }];
}

/**
 * The cases with two words of the query side by side, as in the query, or with the same stop words between. Used if
 * another word is in no case.
 *
 * @param {Index} index
 * @param {string} text
 * @param {Resolved[]} units
 */
export async function neighbours(index, text, units) {
  /** @param {Resolved} of */
  const isWord = ({ options, isExact }) => !isExact && options.length === 1 && options[0].forms.length === 1;
  const pairs = units.slice(1).flatMap((unit, n) => {
    const before = units[n];
    const between = text.slice(before.at + before.typed.length, unit.at);
    const isNext = isWord(unit) && isWord(before) && !/[^\p{L}\s]/u.test(between);
    return isNext ? [[before.options[0].forms[0], ...words(between), unit.options[0].forms[0]]] : [];
  });
  return (await Promise.all(pairs.map((pair) => documentsWith(index, pair)))).flatMap((cases) => [...cases]);
}

/**
 * The documents with all parts of a word with marks, as the documents of a form. None if the parts are not words. If
 * cases have the whole word, the parts must be side by side.
 *
 * @param {Index} index
 * @param {import("./query.js").Option} option
 * @param {number} [wholes] how many cases have the whole word
 * @returns {Promise<Form[]>}
 */
export async function together(index, { forms: [whole], parts }, wholes) {
  const areWords = parts.every((part) => part.length > 1) && parts.some((part) => part.length > 2);
  if (/[&/]/.test(whole) || !areWords) return [];
  /** The entry of a part, or of its plural if no case has it: "two tiers" for "two-tier". @param {string} part */
  const entryOf = async (part) => {
    const entry = await index.entry(part);
    return entry?.cases ? entry : ((await index.entry(part + "s")) ?? entry);
  };
  const entries = await Promise.all(parts.map(entryOf));
  if (!entries.every(Boolean)) return [];
  const impacts = entries.map((entry) => impactsOf(levels(/** @type {Entry} */ (entry), index.all)));
  const [first, ...rest] = impacts;
  const beside = wholes && (await documentsWith(index, parts));
  const both = [...first.keys()].filter((n) => rest.every((map) => map.has(n)) && (!beside || beside.has(n)));
  if (!both.length) return [];
  /** @param {number} n */
  const least = (n) => Math.min(...impacts.map((map) => map.get(n) ?? 0));
  const found = both.map((n) => ({ impact: least(n), documents: [n], isTitle: false }));
  return [{ form: "", levels: found, cases: both.filter((n) => n < index.head.cases).length, share: 50 }];
}

/** The numbers of the documents, ascending. @param {Level[]} found */
const documentsOf = (found) => found.flatMap(({ documents }) => [...documents]).sort((a, b) => a - b);

/** The highest impact in each document. @param {Level[]} found */
function impactsOf(found) {
  /** @type {Map<number, number>} */
  const impacts = new Map();
  for (const { impact, documents } of found) for (const n of documents) impacts.set(n, Math.max(impact, impacts.get(n) ?? 0));
  return impacts;
}

/**
 * @param {Index} index
 * @param {import("./records.js").Positions} positions
 * @param {string} form
 */
async function block(index, positions, form) {
  const file = await index.record("positions", positions, index.recordNumber(positions, form), positionsFile);
  const found = file.get(form);
  if (!found) throw new SearchError("the index is damaged.");
  return found;
}

/** @param {Uint8Array} bytes */
function positionsFile(bytes) {
  const reader = new Reader(bytes);
  const forms = reader.forms().map((form) => ({ form, length: reader.varint() }));
  return new Map(forms.map(({ form, length }) => [form, reader.take(length)]));
}

/**
 * The positions of a form in those of its documents that are wanted, each with the numbers of the frequent words before
 * and after it, or 0.
 *
 * @param {Uint8Array} block
 * @param {Iterable<number>} documents
 * @param {Set<number>} wanted
 */
function positionsOf(block, documents, wanted) {
  const k = block[0] & 127;
  const { rice, take } = bitReader(block.subarray(1));
  const neighbour = () => (block[0] > 127 && take(1) ? take(7) : 0);
  /** @type {Map<number, Map<number, number[]>>} */
  const where = new Map();
  for (const n of documents) {
    const positions = new Map();
    for (let at = -1, times = rice(1); times >= 0; times--) positions.set((at += 1 + rice(k)), [neighbour(), neighbour()]);
    if (wanted.has(n)) where.set(n, positions);
  }
  return where;
}
