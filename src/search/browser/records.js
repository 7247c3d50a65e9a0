// Files of the index → records. They are described in `src/search/format/`, one kind in each module.
import { bitReader, Reader } from "./bytes.js";
import { SearchError } from "./load.js";

/**
 * @typedef {object} Head `meta.json`: see `head.rs`.
 * @property {number} version
 * @property {number} cases
 * @property {number} others
 * @property {Facet[]} facets
 * @property {string} catalogue
 * @property {string} prefixes
 * @property {string} positions
 * @property {string} spellings
 * @property {string} years
 */

/** @typedef {{ id: string, terms: string[], retired: Record<string, string> }} Facet */

/**
 * @typedef {object} RecordList The records of one kind: see `catalogue.rs`.
 * @property {string[]} from
 * @property {number[]} batches
 * @property {string[]} names
 * @property {string} [sizes]
 */

/**
 * @typedef {object} CatalogueFile
 * @property {RecordList} words
 * @property {RecordList} cards
 * @property {string[]} common
 * @property {NameGroup[]} names
 * @property {string[]} newest
 * @property {string[]} title
 * @property {number[][][]} sets for each facet, the sets of terms that occur
 * @property {number[]} runs
 * @property {number[][]} steps
 */

/**
 * @typedef {object} NameGroup The names of one subject: see `src/search/names.rs`.
 * @property {"glossary" | "term" | "place" | "synonyms"} kind
 * @property {string[]} names
 * @property {string} [tag]
 * @property {number[]} [see]
 */

/** @typedef {ReturnType<typeof catalogueOf>} Catalogue */

/** @typedef {{ forwards: RecordList, backwards: RecordList, dictionary: RecordList | null }} SpellingLists */
/** @typedef {RecordList & { frequent: string[] }} Positions */

/**
 * @typedef {object} Card What a result shows of a case: see `src/search/cards.rs`. Pages have only the first four.
 * @property {string} url
 * @property {string} title
 * @property {string} summary
 * @property {string} text
 * @property {string[]} [rest] the names of the files with the other pieces of the text
 * @property {string | null} date
 * @property {string} place
 * @property {string} [region]
 * @property {{ from: number | null, to: number | null } | null} period
 * @property {{ from: number, known: number, last: number | null } | null} life
 * @property {Record<string, string[]>} terms
 */

/**
 * The catalogue, with the number of the set of terms of every case in each facet.
 *
 * @param {CatalogueFile} catalogue
 * @param {Head} head
 */
export function catalogueOf(catalogue, { cases }) {
  const rows = catalogue.steps.map((steps) => {
    const row = new Uint32Array(cases);
    let set = 0;
    let at = 0;
    steps.forEach((step, run) => row.fill((set += step), at, (at += catalogue.runs[run])));
    return row;
  });
  return { ...catalogue, common: new Set(catalogue.common), rows };
}

/**
 * @typedef {object} Entry A form with its postings.
 * @property {string} form
 * @property {WordsFile} file
 * @property {number} group 0, or the number that forms of one word share in the file
 * @property {number} cases how many cases have it
 * @property {number} others how many other documents have it
 * @property {Uint8Array} bytes its postings, encoded
 */

/**
 * `elsewhere` has the forms of the same words in other files.
 *
 * @typedef {{ entries: Entry[], elsewhere: { group: number, form: string }[] }} WordsFile
 */

/** @param {Uint8Array} bytes */
export function wordsFile(bytes) {
  const reader = new Reader(bytes);
  /** @type {WordsFile} */
  const file = { entries: [], elsewhere: [] };
  const numbers = reader.forms().map((form) => ({
    form,
    file,
    group: reader.varint(),
    cases: reader.varint(),
    others: reader.varint(),
    length: reader.varint(),
  }));
  for (let n = reader.varint(); n > 0; n--) file.elsewhere.push({ group: reader.varint(), form: reader.text() });
  file.entries = numbers.map(({ length, ...entry }) => ({ ...entry, bytes: reader.take(length) }));
  return file;
}

/**
 * The postings of a form, by impact. Documents with the form in their title come first.
 *
 * @param {Entry} entry
 * @param {number} all
 */
export function levels(entry, all) {
  const reader = new Reader(entry.bytes);
  const [parts] = reader.take(1);
  const titles = parts >> 5;
  const impacts = [...reader.take(titles + (parts & 31))];
  let left = entry.cases + entry.others;
  const counts = impacts.map((_, n) => {
    const count = n + 1 < impacts.length ? reader.varint() : left;
    left -= count;
    return count;
  });
  const { rice } = bitReader(entry.bytes.subarray(reader.at));
  return impacts.map((impact, step) => {
    const documents = new Uint32Array(counts[step]);
    const k = 31 - Math.clz32(Math.max(1, (69 * all) / (100 * counts[step])));
    let n = -1;
    for (let at = 0; at < documents.length; at++) documents[at] = n += 1 + rice(k);
    if (n >= all) throw new SearchError("the index is damaged.");
    return { impact, documents, isTitle: step < titles };
  });
}
