// The index of a library: loads each file when it is first needed, and finds the records of forms.
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

const VERSION = 8;
/** If the forms with a prefix are in more records than this, the prefix has a record of its own. */
const MAX_RECORDS = 6;
/** The length of a record in a shared file is a multiple of this number of bytes. */
const RECORD_STEP = 64;

/** The words that a name may begin with: "covid" and "covid19" for "covid-19". @param {string} name */
const firstWordsOf = (name) =>
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
  /** What was loaded or is being loaded, by name. @type {Map<string, Promise<any>>} */
  #files = new Map();
  /** The last query and its hits; see `hits.js`. @type {{ key: string, hits: import("./hits.js").Hits } | null} */
  last = null;
  /** The catalogue, which every query needs. @type {Catalogue} */
  // @ts-expect-error: `open` sets it, and all that read it wait for that.
  catalogue;
  /** The first words of names. @type {Set<string>} */
  firstWordsOfNames = new Set();
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
    this.firstWordsOfNames = new Set(catalogue.names.flatMap(({ names }) => names.flatMap(firstWordsOf)));
    this.catalogue = catalogue;
  }

  /**
   * A file of the index, or a range of one, loaded once.
   *
   * @template T
   * @param {string} name
   * @param {(bytes: Uint8Array) => T} read
   * @param {import("./load.js").ByteRange} [range]
   */
  file(name, read, range) {
    const key = range ? name + "#" + range.from : name;
    return this.#once(key, () => load(this.base, name, read, { range }));
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
    return this.#once(part, async () => (await loadPart(part, this.base)).default(needs));
  }

  /** The excerpts of texts. @returns {Promise<typeof import("./excerpt.js")>} */
  excerpts() {
    return this.part(() => import("./excerpt.js"));
  }

  /** The search for words side by side. @returns {Promise<typeof import("./phrases.js")>} */
  phrases() {
    return this.part(() => import("./phrases.js"));
  }

  /**
   * Calls `load` once for each name, and again only after a failure.
   *
   * @template T
   * @param {string} name
   * @param {() => Promise<T>} load
   * @returns {Promise<T>}
   */
  #once(name, load) {
    let loaded = this.#files.get(name);
    if (!loaded) {
      loaded = load();
      loaded.catch(() => this.#files.delete(name));
      this.#files.set(name, loaded);
    }
    return loaded;
  }

  /**
   * The record with this number in a list: a file of its own, or a range of the file of its batch.
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
    return this.file(`${folder}/${name}.bin`, read, rangeOf(sizes, first, n));
  }

  /** The card of a document: the data that a result shows. @param {number} n @returns {Promise<Card>} */
  card(n) {
    return this.record("cards", this.catalogue.cards, n, json);
  }

  /** The number of the record that may contain a form; -1 if none may. @param {RecordList} list @param {string} form */
  recordNumber({ from }, form) {
    return from.findLastIndex((start) => start <= form);
  }

  /**
   * The numbers of the records that may contain forms with a prefix.
   *
   * @param {RecordList} list
   * @param {string} prefix
   */
  recordNumbers(list, prefix) {
    const first = Math.max(0, this.recordNumber(list, prefix));
    return Array.from({ length: this.recordNumber(list, prefix + "\uffff") + 1 - first }, (_, n) => first + n);
  }

  /** @param {string} form @returns {Promise<Entry | undefined>} */
  async entry(form, list = this.catalogue.words, folder = "words") {
    const n = this.recordNumber(list, form);
    if (n < 0) return undefined;
    const { entries } = await this.record(folder, list, n, wordsFile);
    return entries.find((entry) => entry.form === form);
  }

  /**
   * The forms with a prefix, or the record of the prefix itself if the forms are in too many records.
   *
   * @param {string} prefix
   * @returns {Promise<Entry[]>}
   */
  async withPrefix(prefix) {
    const { words } = this.catalogue;
    const numbers = this.recordNumbers(words, prefix);
    if (numbers.length > MAX_RECORDS) {
      const entry = await this.entry(prefix, await this.file(this.head.prefixes, json), "prefixes");
      return entry ? [entry] : [];
    }
    const files = await Promise.all(numbers.map((n) => this.record("words", words, n, wordsFile)));
    return files.flatMap(({ entries }) => entries.filter(({ form }) => form.startsWith(prefix) && !form.includes(" ")));
  }

  /** The other forms of the same word. @param {Entry} exact @returns {Promise<Entry[]>} */
  async inflections({ file, group, form }) {
    if (!group) return [];
    /** @param {{ group: number, form: string }} other */
    const isSameWord = (other) => other.group === group && other.form !== form;
    const elsewhere = await Promise.all(file.elsewhere.filter(isSameWord).map(({ form }) => this.entry(form)));
    return [...file.entries.filter(isSameWord), ...elsewhere.flatMap((entry) => (entry ? [entry] : []))];
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
function rangeOf(sizes, first, n) {
  if (!sizes) return undefined;
  /** @param {number} n */
  const size = (n) => (sizes.charCodeAt(n) - 48) * RECORD_STEP;
  if (!size(n)) return undefined;
  let from = 0;
  for (let before = first; before < n; before++) from += size(before);
  return { from, to: from + size(n) };
}
