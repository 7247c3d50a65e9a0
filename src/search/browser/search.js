// Searches a Casebook library: reads the index that lies beside this file. Runs under `default-src 'self'`; keeps nothing.
//
// A question is read into units (`question.js`), each unit resolved to forms of the index (`units.js`), the forms to the
// documents that have them (`hits.js`, `tally.js`), and these are listed: first the cases that have every unit, then those
// that have most (`ranking.js`). What few questions need is loaded when one does: phrases, other names, words that no case
// has, orders, suggestions.
import { answer } from "./answer.js";
import { explain } from "./hits.js";
import { openIndex } from "./index.js";
import { SearchError } from "./load.js";
import { fold, runs, words } from "./words.js";

export { fold, runs, SearchError, words };

/** @typedef {import("./index.js").Index} Index */

/**
 * Opens the library whose index lies beside this module, or at another address.
 *
 * @param {string} [address]
 */
export async function openLibrary(address) {
  const here = import.meta.url;
  const { href } = new URL(address ?? ".", address ? (globalThis.location?.href ?? here) : here);
  const base = href.replace(/\/?([?#].*)?$/, "/");
  let index = await openIndex(base);
  /**
   * Asks, and where a part of the index is not there any more, asks once more what was published since.
   *
   * @template T
   * @param {(index: Index) => Promise<T>} request
   */
  async function current(request) {
    try {
      return await request(index);
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
      const { head } = index;
      index = await openIndex(base);
      if (JSON.stringify(head) === JSON.stringify(index.head)) throw error;
      return request(index);
    }
  }
  return {
    /** Answers a question. */
    search: (/** @type {any} */ question) => current((index) => answer(index, question ?? {})),
    /** What became of each word of a text: how many cases have it, and by which other names it was asked. */
    explain: (/** @type {string} */ text) => current((index) => explain(index, text)),
    /** Names that begin as a text does: terms, entries of the glossary, places. */
    suggest: (/** @type {string} */ text, limit = 6) => current((index) => suggest(index, text, limit)),
  };
}

/**
 * @param {Index} index
 * @param {string} text
 * @param {number} limit
 */
async function suggest(index, text, limit) {
  await index.open();
  const { suggested } = await index.part(() => import("./suggestions.js"));
  return suggested(index, text, limit);
}
