// The files of the index → records. They are described in `src/search/format/`, one kind in each module.

/** After so many milliseconds a file is given up. */
const PATIENCE = 20000;

/** A part of the index that could not be had. */
export class SearchError extends Error {
  name = "SearchError";
}

/**
 * Loads a file and reads it.
 *
 * @template T
 * @param {string} base
 * @param {string} name
 * @param {(bytes: Uint8Array) => T} read
 * @param {RequestCache} cache
 * @returns {Promise<T>}
 */
export async function load(base, name, read, cache = "default") {
  let fault = " could not be loaded.";
  try {
    let bytes = base.startsWith("file:") ? await loadScript(base + name) : await loadBytes(base + name, cache);
    fault = " is damaged.";
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      bytes = new Uint8Array(await new Response(plain).arrayBuffer());
    }
    return read(bytes);
  } catch (error) {
    throw new SearchError(error instanceof ReferenceError ? "this browser is too old for the index." : name + fault);
  }
}

/**
 * @param {string} url
 * @param {RequestCache} cache
 */
async function loadBytes(url, cache) {
  const response = await fetch(url, { cache, signal: AbortSignal.timeout?.(PATIENCE) });
  if (!response.ok) throw response;
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Loads a file of an archive copy that was opened from a folder, where browsers refuse all but scripts: beside each file
 * lies a script that hands its bytes over in base 64.
 *
 * @param {string} url
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
function loadScript(url) {
  const script = document.createElement("script");
  script.src = url + ".js";
  const loaded = new Promise((resolve, reject) => {
    script.onload = () => resolve(Uint8Array.from(atob(/** @type {any} */ (globalThis).casebookFile), (sign) => sign.charCodeAt(0)));
    script.onerror = reject;
  });
  document.head.append(script);
  return loaded.finally(() => script.remove());
}

const text = (/** @type {Uint8Array} */ bytes) => new TextDecoder().decode(bytes);

export const json = (/** @type {Uint8Array} */ bytes) => JSON.parse(text(bytes));

class Reader {
  at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
  }

  /** A number of as many bytes as it needs. */
  varint() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** @param {number} length */
  take(length) {
    const bytes = this.bytes.subarray(this.at, (this.at += length));
    if (bytes.length < length) throw new RangeError();
    return bytes;
  }

  text() {
    return text(this.take(this.varint()));
  }

  /** A list of texts, each of which says how much of the one before it begins with. */
  forms() {
    let before = "";
    return this.text()
      .split("\n")
      .map((line) => (before = before.slice(0, line.charCodeAt(0) - 48) + line.slice(1)));
  }
}

/**
 * Reads numbers in Rice code, and single bits.
 *
 * @param {Uint8Array} bytes
 */
function bitReader(bytes) {
  let at = 0;
  /** The next 25 bits, from the left. */
  const ahead = (n = at >> 3) => ((bytes[n] << 24) | (bytes[n + 1] << 16) | (bytes[n + 2] << 8) | bytes[n + 3]) << (at & 7);
  const take = (/** @type {number} */ count) => {
    const value = count && ahead() >>> (32 - count);
    if ((at += count) > bytes.length * 8) throw new RangeError();
    return value;
  };
  const rice = (/** @type {number} */ k) => {
    const quotient = Math.clz32(~ahead());
    at += Math.min(23, quotient) + 1;
    return quotient > 23 ? take(16) * 65536 + take(16) : quotient * 2 ** k + take(k);
  };
  return { take, rice };
}

/**
 * The catalogue, with the number of the set of terms of every case, facet by facet.
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
 * @typedef {object} Entry A form, and the documents that have it.
 * @property {string} form
 * @property {WordsFile} file
 * @property {number} group 0, or the number that forms of one word share in the file
 * @property {number} cases how many cases have it
 * @property {number} others how many other documents have it
 * @property {any} bytes the record of its documents
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

/** @param {Uint8Array} bytes */
export function placesFile(bytes) {
  const reader = new Reader(bytes);
  const forms = reader.forms().map((form) => ({ form, length: reader.varint() }));
  return new Map(forms.map(({ form, length }) => [form, reader.take(length)]));
}

/** @param {Uint8Array} bytes */
export function spellingsFile(bytes) {
  const reader = new Reader(bytes);
  const forms = reader.forms();
  const logs = reader.take(forms.length);
  return forms.map((form, n) => ({ form, log: logs[n] }));
}

/** @param {Uint8Array} bytes */
export function numbersFile(bytes) {
  const numbers = [];
  for (const reader = new Reader(bytes); reader.at < bytes.length; ) numbers.push(reader.varint());
  return numbers;
}

/**
 * The filter of common words that no case has: says whether a word is one. It is wrong for few other words.
 *
 * @param {Uint8Array} bytes
 */
export function knownFile(bytes) {
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

/**
 * The documents that have a form, by how much it counts in them; those that have it in their title come first.
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

/**
 * Where a form stands in those of its documents that are wanted: for each place the numbers of the frequent words before
 * and after it, or none.
 *
 * @param {Uint8Array} block
 * @param {Iterable<number>} documents
 * @param {Set<number>} wanted
 */
export function placesOf(block, documents, wanted) {
  const k = block[0] & 127;
  const { rice, take } = bitReader(block.subarray(1));
  const neighbour = () => (block[0] > 127 && take(1) ? take(7) : 0);
  const where = new Map();
  for (const n of documents) {
    const places = new Map();
    for (let at = -1, times = rice(1); times >= 0; times--) places.set((at += 1 + rice(k)), [neighbour(), neighbour()]);
    if (wanted.has(n)) where.set(n, places);
  }
  return where;
}
