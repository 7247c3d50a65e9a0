// The index of a library: loads its files when they are first needed, and finds the records of forms in them.
import { json } from "./bytes.js";
import { load, loadPart, SearchError } from "./load.js";
import { catalogueOf, levels, wordsFile } from "./records.js";
import { runs } from "./words.js";

/** @typedef {import("./records.js").Card} Card */
/** @typedef {import("./records.js").Catalogue} Catalogue */
/** @typedef {import("./records.js").Entry} Entry */
/** @typedef {import("./records.js").Head} Head */
/** @typedef {import("./records.js").RecordList} RecordList */
/** @typedef {import("./tally.js").Form} Form */

const VERSION = 7;
/** The most records that the forms with a prefix may be in, without a record for the prefix itself. */
const WIDEST = 6;
/** The length of a record in a shared file is a multiple of this number of bytes. */
const UNIT = 64;

/** The words that a name may begin with: "covid-19" with "covid" or "covid19". @param {string} name */
const beginnings = (name) =>
  runs(name)
    .slice(0, 1)
    .flatMap(({ parts, wholes }) => [parts[0], ...wholes]);

/** @param {string} base */
export async function openIndex(base) {
  /** @type {Head} */
  const head = await load(base, "meta.json", json, { cache: "no-cache" });
  if (head.version !== VERSION) throw new SearchError("the index is of another version.");
  return new Index(base, head);
}

/** An open index. */
export class Index {
  /** What was loaded or is being loaded, of any type. @type {Map<string, Promise<any>>} */
  #files = new Map();
  /** The last query, and its result; see `hits.js`. @type {{ key: string, hits: import("./hits.js").Hits } | null} */
  last = null;
  /** The catalogue, which every query needs. @type {Catalogue} */
  // @ts-expect-error: `open` sets it, and all that read it wait for that.
  catalogue;
  /** The first words of names. @type {Set<string>} */
  nameWords = new Set();
  /** Finds names in a query; see `names.js`. @type {ReturnType<typeof import("./names.js").nameFinder> | null} */
  findNames = null;

  /**
   * @param {string} base
   * @param {Head} head
   */
  constructor(base, head) {
    this.base = base;
    this.head = head;
    this.all = head.cases + head.others;
  }

  /** Loads the catalogue. */
  async open() {
    if (this.catalogue) return;
    const catalogue = await this.file(this.head.catalogue, (bytes) => catalogueOf(json(bytes), this.head));
    this.nameWords = new Set(catalogue.names.flatMap(({ names }) => names.flatMap(beginnings)));
    this.catalogue = catalogue;
  }

  /**
   * A file of the index, or a range of one, loaded once.
   *
   * @template T
   * @param {string} name
   * @param {(bytes: Uint8Array) => T} read
   * @param {import("./load.js").Piece} [piece]
   */
  file(name, read, piece) {
    const key = piece ? name + "#" + piece.from : name;
    return this.#kept(key, () => load(this.base, name, read, { piece }));
  }

  /**
   * Loads a part of this module that few queries need. In the published module, `part` is its address, and `needs`
   * holds what it imports from the module.
   *
   * @template T
   * @param {(() => Promise<T>) | string} part
   * @param {object} [needs]
   * @returns {Promise<T>}
   */
  part(part, needs) {
    if (typeof part !== "string") return part();
    return this.#kept(part, async () => (await loadPart(part, this.base)).default(needs));
  }

  /**
   * Loads once for each name. A failure is not kept.
   *
   * @template T
   * @param {string} name
   * @param {() => Promise<T>} make
   * @returns {Promise<T>}
   */
  #kept(name, make) {
    let kept = this.#files.get(name);
    if (!kept) {
      kept = make();
      kept.catch(() => this.#files.delete(name));
      this.#files.set(name, kept);
    }
    return kept;
  }

  /**
   * The record with this number in a list: a file of its own, or a range of a file that a batch shares.
   *
   * @template T
   * @param {string} folder
   * @param {RecordList} list
   * @param {number} n
   * @param {(bytes: Uint8Array) => T} read
   */
  record(folder, { batches, names, sizes }, n, read) {
    let [batch, first] = [0, 0];
    for (; n >= first + batches[batch]; batch++) first += batches[batch];
    const name = names[batch] + (sizes ? "" : `-${n - first}`);
    return this.file(`${folder}/${name}.bin`, read, pieceOf(sizes, first, n));
  }

  /** The card of a document: the data that a result shows. @param {number} n @returns {Promise<Card>} */
  card(n) {
    return this.record("cards", this.catalogue.cards, n, json);
  }

  /** The only record of a list that may contain a form. @param {RecordList} list @param {string} form */
  fileOf({ from }, form) {
    return from.findLastIndex((start) => start <= form);
  }

  /** The records of a list that may contain forms with a prefix. @param {RecordList} list @param {string} start */
  filesOf(list, start) {
    const first = Math.max(0, this.fileOf(list, start));
    return Array.from({ length: this.fileOf(list, start + "\uffff") + 1 - first }, (_, n) => first + n);
  }

  /** @param {string} form @returns {Promise<Entry | undefined>} */
  async entry(form, list = this.catalogue.words, folder = "words") {
    const n = this.fileOf(list, form);
    if (n < 0) return undefined;
    const { entries } = await this.record(folder, list, n, wordsFile);
    return entries.find((entry) => entry.form === form);
  }

  /**
   * The forms with a prefix, or the record of the prefix itself if they are in too many files.
   *
   * @param {string} start
   * @returns {Promise<Entry[]>}
   */
  async beginning(start) {
    const { words } = this.catalogue;
    const files = this.filesOf(words, start);
    if (files.length > WIDEST) {
      const entry = await this.entry(start, await this.file(this.head.beginnings, json), "beginnings");
      return entry ? [entry] : [];
    }
    const read = await Promise.all(files.map((n) => this.record("words", words, n, wordsFile)));
    return read.flatMap(({ entries }) => entries.filter(({ form }) => form.startsWith(start) && !form.includes(" ")));
  }

  /** The other forms of the same word. @param {Entry} exact @returns {Promise<Entry[]>} */
  async inflections({ file, group, form }) {
    if (!group) return [];
    /** @param {{ group: number, form: string }} other */
    const isSameWord = (other) => other.group === group && other.form !== form;
    const far = await Promise.all(file.far.filter(isSameWord).map(({ form }) => this.entry(form)));
    return [...file.entries.filter(isSameWord), ...far.flatMap((entry) => (entry ? [entry] : []))];
  }

  /** @param {Entry} entry @param {number} share @param {number} [textShare] @returns {Form} */
  form(entry, share, textShare = share) {
    return { form: entry.form, levels: levels(entry, this.all), cases: entry.cases, share, textShare };
  }

  /** The address of a page. @param {string} url */
  href(url) {
    const { protocol, pathname, hash } = new URL("../" + url, this.base);
    // A browser that opens a folder on a disk shows a list of files, not its index.
    return pathname + (protocol === "file:" ? "index.html" : "") + hash;
  }
}

/**
 * The range of record `n` in a shared file whose first record is `first`. `sizes` has a character for the length of
 * each record, counted from `0`, or `0` itself if the record is alone in its file; it is empty if each record has a
 * file of its own.
 *
 * @param {string | undefined} sizes
 * @param {number} first
 * @param {number} n
 */
function pieceOf(sizes, first, n) {
  if (!sizes) return undefined;
  /** @param {number} n */
  const size = (n) => (sizes.charCodeAt(n) - 48) * UNIT;
  if (!size(n)) return undefined;
  let from = 0;
  for (let before = first; before < n; before++) from += size(before);
  return { from, to: from + size(n) };
}
