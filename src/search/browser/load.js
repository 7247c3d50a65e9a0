// Address → bytes: files of the index, ranges of files, and the parts of this module that few queries need.

/** The time limit for a file, in milliseconds. */
const TIMEOUT = 20000;

/** A part of the index could not be loaded. */
export class SearchError extends Error {
  name = "SearchError";
}

/** @typedef {{ from: number, to: number }} ByteRange Where a record is in a file that several share. */
/** @typedef {{ casebookBytes?: (address: string) => Promise<Uint8Array<ArrayBuffer>> }} ArchiveGlobals */

/**
 * Loads a file, or a range of one, and parses it.
 *
 * @template T
 * @param {string} base
 * @param {string} name
 * @param {(bytes: Uint8Array) => T | Promise<T>} read
 * @param {{ range?: ByteRange, cache?: RequestCache }} options
 * @returns {Promise<T>}
 */
export async function load(base, name, read, { range, cache } = {}) {
  let fault = " could not be loaded.";
  try {
    const address = base + name;
    // An archive copy that is opened from a folder provides this function, since browsers fetch nothing from a disk.
    const { casebookBytes } = /** @type {ArchiveGlobals} */ (globalThis);
    let bytes = casebookBytes ? bytesOf(await casebookBytes(address), range) : await loadBytes(address, range, cache);
    fault = " is damaged.";
    // The last byte of a record in a shared file is the length of its padding.
    if (range) bytes = bytes.subarray(0, bytes.length - bytes[bytes.length - 1]);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      bytes = new Uint8Array(await new Response(plain).arrayBuffer());
    }
    return await read(bytes);
  } catch (error) {
    throw new SearchError(error instanceof ReferenceError ? "this browser is too old." : name + fault);
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {ByteRange} [range]
 */
const bytesOf = (bytes, range) => (range ? bytes.subarray(range.from, range.to) : bytes);

/**
 * A host without support for ranges sends the whole file, or the status 416.
 *
 * @param {string} url
 * @param {ByteRange} [range]
 * @param {RequestCache} [cache]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function loadBytes(url, range, cache) {
  const headers = new Headers(range ? { range: `bytes=${range.from}-${range.to - 1}` } : {});
  let response = await fetch(url, { cache, headers, signal: AbortSignal.timeout?.(TIMEOUT) });
  if (range && response.status === 416) response = await fetch(url, { cache, signal: AbortSignal.timeout?.(TIMEOUT) });
  if (!response.ok) throw response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return response.status === 206 ? bytes : bytesOf(bytes, range);
}

/**
 * Loads a part of this module from beside it. If the module was copied to another place, the part is loaded from beside
 * the index as a `data:` script; a policy that forbids such scripts needs the module in its place.
 *
 * @param {string} name
 * @param {string} base
 */
export async function loadPart(name, base) {
  try {
    return await import(new URL(name, import.meta.url).href);
  } catch {
    return load(base, name, async (bytes) => await import("data:text/javascript," + encodeURIComponent(new TextDecoder().decode(bytes))));
  }
}
