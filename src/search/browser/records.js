// Files of the index → records. They are described in `src/search/format/`, one kind in each module.
import { bitReader, Reader } from "./bytes.js";
import { SearchError } from "./load.js";

/**
 * Adds to the catalogue, for each facet, the number of the set of terms of every case.
 *
 * @param {any} catalogue
 * @param {any} head
 */
export function catalogueOf(catalogue, { cases }) {
  catalogue.rows = catalogue.steps.map((/** @type {number[]} */ steps) => {
    const row = new Uint32Array(cases);
    let set = 0;
    let at = 0;
    steps.forEach((step, run) => row.fill((set += step), at, (at += catalogue.runs[run])));
    return row;
  });
  catalogue.common = new Set(catalogue.common);
  return catalogue;
}

/**
 * @typedef {object} Entry A form with its postings.
 * @property {string} form
 * @property {WordsFile} file
 * @property {number} group 0, or the number that forms of one word share in the file
 * @property {number} cases how many cases have it
 * @property {number} others how many other documents have it
 * @property {any} bytes its postings, encoded
 */

/** @typedef {{ entries: Entry[], far: { group: number, form: string }[] }} WordsFile */

/** @param {Uint8Array} bytes */
export function wordsFile(bytes) {
  const reader = new Reader(bytes);
  /** @type {WordsFile} */
  const file = { entries: [], far: [] };
  const numbers = (/** @type {string} */ form) => ({
    form,
    file,
    group: reader.varint(),
    cases: reader.varint(),
    others: reader.varint(),
    bytes: reader.varint(),
  });
  file.entries = reader.forms().map(numbers);
  for (let n = reader.varint(); n > 0; n--) file.far.push({ group: reader.varint(), form: reader.text() });
  for (const entry of file.entries) entry.bytes = reader.take(entry.bytes);
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
    const cases = new Uint32Array(counts[step]);
    const k = 31 - Math.clz32(Math.max(1, (69 * all) / (100 * counts[step])));
    let n = -1;
    for (let at = 0; at < cases.length; at++) cases[at] = n += 1 + rice(k);
    if (n >= all) throw new SearchError("the index is damaged.");
    return { impact, cases, isTitle: step < titles };
  });
}
