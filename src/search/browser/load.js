// Addresses → bytes: files of the index, pieces of files, and the parts of this module that few questions need.

/** After so many milliseconds a file is given up. */
const PATIENCE = 20000;

/** A part of the index that could not be had. */
export class SearchError extends Error {
  name = "SearchError";
}

/** @typedef {{ from: number, to: number }} Piece The bytes of one record in a file that several share. */

/**
 * Loads a file, or a piece of one, and reads it.
 *
 * @template T
 * @param {string} base
 * @param {string} name
 * @param {(bytes: Uint8Array) => T} read
 * @param {{ piece?: Piece, cache?: RequestCache }} options
 * @returns {Promise<T>}
 */
export async function load(base, name, read, { piece, cache } = {}) {
  let fault = " could not be loaded.";
  try {
    const address = base + name;
    // An archive copy that is opened from a folder brings its own way, since browsers fetch nothing there.
    const { casebookBytes } = /** @type {any} */ (globalThis);
    let bytes = casebookBytes ? cutOut(await casebookBytes(address), piece) : await loadBytes(address, piece, cache);
    fault = " is damaged.";
    // The last byte of a piece says how many bytes at its end fill it up.
    if (piece) bytes = bytes.subarray(0, bytes.length - bytes[bytes.length - 1]);
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
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {Piece} [piece]
 */
const cutOut = (bytes, piece) => (piece ? bytes.subarray(piece.from, piece.to) : bytes);

/**
 * A host that does not know pieces of files sends the whole of one, or says that there is no such piece.
 *
 * @param {string} url
 * @param {Piece} [piece]
 * @param {RequestCache} [cache]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function loadBytes(url, piece, cache) {
  const headers = new Headers(piece ? { range: `bytes=${piece.from}-${piece.to - 1}` } : {});
  let response = await fetch(url, { cache, headers, signal: AbortSignal.timeout?.(PATIENCE) });
  if (piece && response.status === 416) response = await fetch(url, { cache, signal: AbortSignal.timeout?.(PATIENCE) });
  if (!response.ok) throw response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return response.status === 206 ? bytes : cutOut(bytes, piece);
}

/**
 * Loads a part of this module from beside it. Where the module itself was copied elsewhere, the part is taken from beside
 * the index; pages whose policy allows no script from a text do not copy it.
 *
 * @param {string} name
 * @param {string} base
 */
export async function loadPart(name, base) {
  try {
    return await import(new URL(name, import.meta.url).href);
  } catch {
    const script = await load(base, name, (bytes) => new TextDecoder().decode(bytes));
    const copy = "data:text/javascript," + encodeURIComponent(script);
    return await import(copy).catch(() => {
      throw new SearchError(name + " could not be loaded.");
    });
  }
}
