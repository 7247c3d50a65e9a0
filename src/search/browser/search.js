// Searches a Casebook library: reads the index beside this file. Runs under `default-src 'self'`, and stores nothing.
//
// A query is split into units (`query.js`), each unit is resolved to forms of the index (`units.js`), the documents of
// the forms are scored (`hits.js`, `tally.js`) and sorted: first the cases with every unit, then the others
// (`ranking.js`). Code that few queries need is loaded when it is needed: phrases, synonyms, spelling, orders,
// suggestions.
import { answer } from "./answer.js";
import { hitsOf } from "./hits.js";
import { openIndex } from "./index.js";
import { SearchError } from "./load.js";
import { fold, runs, words } from "./words.js";

export { fold, runs, SearchError, words };

/** @typedef {import("./answer.js").Request} Request */
/** @typedef {import("./index.js").Index} Index */

/**
 * Opens the library whose index is beside this module, or at another address.
 *
 * @param {string} [address]
 */
export async function openLibrary(address) {
  const here = import.meta.url;
  const { href } = new URL(address ?? ".", address ? (globalThis.location?.href ?? here) : here);
  const base = href.replace(/\/?([?#].*)?$/, "/");
  let index = await openIndex(base);
  /**
   * Runs a request. If a part of the index is missing because a new one was published, runs it again on the new one.
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
  /** Searches; without what an answer need not have, if it could not be loaded. @param {Request} request */
  const searched = (request) =>
    current((index) => answer(index, request)).catch(async (error) => {
      if (!(error instanceof SearchError)) throw error;
      return (await index.part(() => import("./partial.js"))).partial(index, request, error);
    });
  return {
    /** Searches. */
    search: (/** @type {Request} */ request) => searched(request ?? {}),
    /** Explains each word of a text: how many cases have it, whether it is missing, and which synonyms were used. */
    explain: (/** @type {string} */ text) => current((index) => explain(index, text)),
    /** Suggests terms, entries of the glossary and places that begin with a text: six, or as many as `limit` says. */
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

/**
 * @param {Index} index
 * @param {string} text
 */
async function explain(index, text) {
  const { explained } = await index.part(() => import("./explain.js"));
  return explained(await hitsOf(index, text));
}
