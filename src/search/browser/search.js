// Searches a Casebook library: reads the index that lies beside this file. Runs under `default-src 'self'`; keeps nothing.
//
// A question is read into units (`question.js`), each unit resolved to forms of the index (`resolve`), the forms to the
// documents that have them (`hits`), and these are listed: first the cases that have every unit, then those that have most.
import {
  catalogueOf,
  json,
  knownFile,
  levels,
  load,
  numbersFile,
  placesFile,
  placesOf,
  SearchError,
  spellingsFile,
  wordsFile,
} from "./files.js";
import { isCommonWord, isInflected, nearestOf } from "./spelling.js";
import { ask, formOf, nameTable, otherNames, withoutCommonWords } from "./question.js";
import { choose, narrow, range } from "./filters.js";
import { excerpt, look, nearness } from "./excerpt.js";
import { COMPLETE, Tally, TITLED } from "./tally.js";
import { fold, runs, words } from "./words.js";

export { fold, runs, SearchError, words };

const VERSION = 5;
/** Over how many files a beginning may spread before it is a record of its own. */
const WIDEST = 3;
/** How many of the best cases are looked at for words that stand together. */
const LOOKED_AT = 10;
/** How many pages and entries of the glossary are shown. */
const MOST_PAGES = 3;

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
    /** Answers a question; see the documentation of the search module. */
    search: (/** @type {any} */ question) => current((index) => index.answer(question ?? {})),
    /** What became of each word of a text: how many cases have it, and by which other names it was asked. */
    explain: (/** @type {string} */ text) => current((index) => index.explain(text)),
    /** Names that begin as a text does: terms, entries of the glossary, places. */
    suggest: (/** @type {string} */ text, limit = 6) => current((index) => index.suggest(text, limit)),
  };
}

/** @param {string} base */
async function openIndex(base) {
  const head = await load(base, "meta.json", json, "no-cache");
  if (head.version !== VERSION) throw new SearchError("the index is of another version.");
  return new Index(base, head);
}

/** @typedef {import("./files.js").Entry} Entry */
/** @typedef {import("./question.js").Unit} Unit */
/** @typedef {import("./tally.js").Level} Level */
/** @typedef {import("./tally.js").Form} Form */

class Index {
  /** @type {Map<string, Promise<any>>} */
  #files = new Map();
  /** @type {any} */
  #last = {};
  /** What every question needs. @type {any} */
  catalogue;
  /** Finds names in a question. @type {any} */
  spans;

  /**
   * @param {string} base
   * @param {any} head
   */
  constructor(base, head) {
    this.base = base;
    this.head = head;
    this.all = head.cases + head.others;
  }

  /** @param {any} question */
  async answer(question) {
    const { signal } = question;
    signal?.throwIfAborted();
    const chosen = choose(this.head.facets, question);
    const years = chosen.years && this.file(this.head.years, numbersFile);
    const hits = await this.asked(question.text);
    const { listed, facets } = narrow(this.head, this.catalogue, hits.cases ?? Array(this.head.cases).keys(), chosen, await years);
    signal?.throwIfAborted();
    const byScore = hits.cases !== null && !["newest", "title"].includes(question.sort);
    const { offset, end } = range(question);
    const shown = byScore
      ? await this.best(listed, hits, offset, end)
      : (await this.ordered(question.sort, listed, hits, end)).slice(offset);
    const pages = end > offset ? this.pages(hits) : [];
    const results = await Promise.all(shown.map(async (n) => this.result(await this.card(n), hits, n, byScore)));
    signal?.throwIfAborted();
    return {
      total: listed.length,
      results,
      facets,
      correction: replaced(hits.text, hits.units, "taken"),
      ignored: chosen.ignored,
      complete: hits.cases ? listed.filter((n) => hits.unitsFound[n] === hits.full).length : listed.length,
      suggestion: replaced(hits.text, hits.units, "near"),
      pages: await pages,
    };
  }

  /** @param {string} text */
  async explain(text) {
    const { units, spans } = await this.asked(text);
    const named = (/** @type {any} */ unit) =>
      spans.filter((/** @type {any} */ span) => span.units.some((/** @type {any} */ { at }) => at === unit.at));
    return units.map((/** @type {any} */ unit) => ({
      text: unit.typed,
      cases: unit.cases,
      names: named(unit).map((/** @type {any} */ span) => ({
        text: span.units.map((/** @type {any} */ { typed }) => typed).join(" "),
        as: span.shown,
      })),
      taken: unit.taken,
    }));
  }

  /**
   * @param {string} text
   * @param {number} limit
   */
  async suggest(text, limit) {
    await this.open();
    const typed = words(text).join(" ");
    if (!typed) return [];
    /** @type {{ text: string, kind: string, worth: number }[]} */
    const found = [];
    for (const { names, kind } of this.catalogue.names) {
      if (kind === "synonyms") continue;
      for (const name of names) {
        const folded = words(name).join(" ");
        if (folded.startsWith(typed)) found.push({ text: name, kind, worth: 2 });
        else if (folded.includes(" " + typed)) found.push({ text: name, kind, worth: 1 });
      }
    }
    found.sort((a, b) => b.worth - a.worth || a.text.length - b.text.length || compared(a.text, b.text));
    const distinct = new Map(found.map((name) => [name.text.toLowerCase(), { text: name.text, kind: name.kind }]));
    return [...distinct.values()].slice(0, limit);
  }

  /** Loads what every question needs. */
  async open() {
    this.catalogue ??= await this.file(this.head.catalogue, (bytes) => catalogueOf(json(bytes), this.head));
    this.spans ??= nameTable(this.catalogue.names);
  }

  /** What a text finds, kept until another is asked. @param {any} given */
  async asked(given) {
    await this.open();
    const asked = ask(given);
    const key = JSON.stringify(asked);
    if (this.#last.key !== key) this.#last = { key, ...(await this.hits(asked)) };
    return this.#last;
  }

  /**
   * The documents that answer, and how well.
   *
   * @param {import("./question.js").Asked} asked
   */
  async hits(asked) {
    const { common } = this.catalogue;
    const spans = this.spans(asked.units, common);
    const searched = withoutCommonWords(asked.units, common);
    /** @type {[any[], any[], Set<number>[], Set<number>[]]} */
    const [units, named, held, left] = await Promise.all([
      Promise.all(
        searched.map((unit) =>
          this.resolve(
            unit,
            spans.filter((/** @type {any} */ span) => span.units.length === 1 && span.units[0] === unit),
          ),
        ),
      ),
      Promise.all(spans.map((/** @type {any} */ span) => this.named(span))),
      Promise.all(asked.phrases.map((phrase) => this.holding(phrase))),
      Promise.all(asked.excluded.map((phrase) => this.holding(phrase))),
    ]);
    const tally = new Tally(this.head.cases, this.all);
    units.forEach((unit, n) => tally.unit(unit, n));
    named.forEach((span) =>
      tally.span(
        span,
        span.units.map((/** @type {Unit} */ unit) => searched.indexOf(unit)).filter((/** @type {number} */ n) => n >= 0),
      ),
    );
    const passes = (/** @type {number} */ n) => held.every((set) => set.has(n)) && !left.some((set) => set.has(n));
    const { cases, others } = tally.listed(units, passes);
    return {
      text: asked.text,
      units,
      spans: named.filter(({ shown }) => shown.length),
      cases: searched.length ? cases : null,
      others: searched.length ? others : [],
      scores: tally.scores,
      unitsFound: tally.unitsFound,
      full: tally.full,
      mark: marker(units, named),
    };
  }

  /**
   * The forms that a unit stands for.
   *
   * @param {Unit} unit
   * @param {any[]} spans the names that it is
   */
  async resolve(unit, spans) {
    const options = await Promise.all(unit.options.map((option) => (option.phrase ? this.phrase(option.phrase) : this.word(unit, option))));
    const own = options.flatMap(({ forms }) => forms);
    const others = (await Promise.all(spans.map((span) => this.alternatives(span)))).flat();
    const isFound = [...own, ...others].some(({ cases }) => cases > 0);
    const [option] = unit.options;
    let [taken, near, begun] = [
      /** @type {string | null} */ (null),
      /** @type {string | null} */ (null),
      options.flatMap(({ begun }) => begun),
    ];
    let forms = [...own, ...others];
    if (!isFound && !unit.isExact && unit.options.length === 1 && !option.phrase) {
      const kin = await this.kin(option);
      const isCommon = kin.length || !this.head.known ? null : isCommonWord(option.forms[0], await this.file(this.head.known, knownFile));
      const longer = !kin.length && unit.isLast && !isCommon ? await this.beginning(option.forms[0]) : [];
      if (longer.length) begun = [option.forms[0]];
      forms = [...forms, ...kin, ...longer.map((entry) => this.form(entry, 90))];
      if (!kin.length && !longer.length && option.parts.length === 1) {
        const nearest = await this.nearest(option.forms[0]);
        const entry = nearest ? await this.entry(nearest) : undefined;
        if (entry?.cases && isCommon === false) {
          taken = nearest;
          forms = [...(await this.word({ ...unit, isOpen: false }, { ...option, forms: [entry.form] })).forms];
        } else near = entry?.cases ? nearest : null;
      }
    }
    return { ...unit, forms, begun, taken, near, cases: 0 };
  }

  /**
   * The forms of a word: itself, those that it begins while it is being typed, and others of the same word.
   *
   * @param {Unit} unit
   * @param {import("./question.js").Option} option
   */
  async word(unit, { forms, parts }) {
    const entries = await Promise.all(forms.map((form) => this.entry(form)));
    const exact = entries.find(Boolean);
    const begun = unit.isOpen ? await this.beginning(forms[0]) : [];
    const inflections = exact && !unit.isExact ? await this.inflections(exact) : [];
    const isPlural = (/** @type {Entry} */ a, /** @type {Entry} */ b) => a.form + "s" === b.form;
    const share = (/** @type {Entry} */ entry) => (exact && (isPlural(entry, exact) || isPlural(exact, entry)) ? 90 : 65);
    const found = [
      ...entries.flatMap((entry) => (entry ? [this.form(entry, 100)] : [])),
      ...begun.map((entry) => this.form(entry, 90)),
      ...inflections.map((entry) => this.form(entry, share(entry))),
    ];
    // The parts of a word with marks, if they are words in themselves.
    if (parts.length > 1 && !/[&/]/.test(forms[0]) && parts.every((part) => part.length > 1) && parts.some((part) => part.length > 2))
      found.push(...(await this.together(parts)));
    return { forms: found, begun: begun.length ? [forms[0]] : [] };
  }

  /** Documents that have all of some words, as if they had a form. @param {string[]} parts */
  async together(parts) {
    const entries = await Promise.all(parts.map((part) => this.entry(part)));
    if (!entries.every(Boolean)) return [];
    const impacts = entries.map((entry) => impactsOf(levels(/** @type {Entry} */ (entry), this.all)));
    const [first, ...rest] = impacts;
    const both = [...first.keys()].filter((n) => rest.every((map) => map.has(n)));
    const found = both.map((n) => ({
      impact: Math.min(...impacts.map((map) => /** @type {number} */ (map.get(n)))),
      cases: [n],
      isTitle: false,
    }));
    return found.length ? [{ form: "", levels: found, cases: both.filter((n) => n < this.head.cases).length, share: 50 }] : [];
  }

  /** Documents that hold a phrase, as if they had a form. @param {string[]} phrase */
  async phrase(phrase) {
    const documents = await this.holding(phrase);
    const entries = await Promise.all(phrase.map((form) => this.entry(form)));
    const rarest = entries.reduce((a, b) => (a && b && b.cases < a.cases ? b : a));
    if (!rarest) return { forms: [], begun: [] };
    const found = levels(rarest, this.all).map((level) => ({ ...level, cases: [...level.cases].filter((n) => documents.has(n)) }));
    const cases = [...documents].filter((n) => n < this.head.cases).length;
    return { forms: [{ form: rarest.form, levels: found, cases, share: 100 }], begun: [] };
  }

  /** Other forms of a word that no case has: those in its neighbourhood with usual endings. @param {import("./question.js").Option} option */
  async kin({ forms: [word], parts }) {
    if (parts.length > 1 || word.length < 5) return [];
    const start = word.slice(0, Math.max(4, word.length - 4));
    const entries = await this.beginning(start);
    const share = (/** @type {string} */ form) => (form + "s" === word || form === word + "s" ? 90 : 60);
    return entries.filter(({ form }) => isInflected(form, word)).map((entry) => this.form(entry, share(entry.form)));
  }

  /** A name of several units: by what it is asked besides its words. @param {any} span */
  async named(span) {
    const isOne = span.units.length === 1;
    return { ...span, shown: otherNames(span, this.catalogue.common).shown, forms: isOne ? [] : await this.alternatives(span) };
  }

  /**
   * The forms of a name: the phrase itself, the other names, and the tag; where no case has any of them, what the glossary
   * says to look at.
   *
   * @param {any} span
   * @returns {Promise<Form[]>}
   */
  async alternatives(span) {
    const { common } = this.catalogue;
    const { forms } = otherNames(span, common);
    const [{ entry, name }] = span.found;
    const own = formOf(entry.names[name], common);
    if (span.units.length > 1) forms.set(own, 100);
    const found = await this.known(forms);
    if (found.some(({ cases }) => cases) || (span.units.length === 1 && (await this.entry(own))?.cases)) return found;
    const see = new Map();
    for (const number of span.found.flatMap((/** @type {any} */ { entry }) => entry.see ?? [])) {
      const seen = this.catalogue.names[number];
      for (const name of seen.names) {
        see.set(formOf(name, common), 30);
        const named = this.spans(ask(name).units, common);
        for (const { entry } of named.flatMap((/** @type {any} */ { found }) => found)) if (entry.tag) see.set(entry.tag, 30);
      }
    }
    return this.known(see);
  }

  /** Those of some forms that documents have, each with its share; for one word also its plural. @param {Map<string, number>} forms */
  async known(forms) {
    const found = [...forms].map(async ([form, share]) => {
      const entry = await this.entry(form);
      if (!entry) return [];
      const inflections = / |^:/.test(form) ? [] : (await this.inflections(entry)).filter((entry) => entry.form === form + "s");
      return [entry, ...inflections].map((entry) => this.form(entry, share));
    });
    return (await Promise.all(found)).flat();
  }

  /** @param {Entry} entry @param {number} share @returns {Form} */
  form(entry, share) {
    return { form: entry.form, levels: levels(entry, this.all), cases: entry.cases, share };
  }

  /** @param {string} form @returns {Promise<Entry | undefined>} */
  async entry(form, list = this.catalogue.words, folder = "words") {
    const n = find(list.from, form);
    if (n < 0) return undefined;
    const { entries } = await this.file(`${folder}/${list.names[n]}.bin`, wordsFile);
    return entries.find((/** @type {Entry} */ entry) => entry.form === form);
  }

  /** The forms with a beginning; or the beginning itself, where they are in too many files. @param {string} start @returns {Promise<Entry[]>} */
  async beginning(start) {
    const { words } = this.catalogue;
    const files = span(words, start);
    if (files.length > WIDEST) {
      const entry = await this.entry(start, await this.file(this.head.beginnings, json), "beginnings");
      return entry ? [entry] : [];
    }
    const read = await Promise.all(files.map((n) => this.file(`words/${words.names[n]}.bin`, wordsFile)));
    return read.flatMap(({ entries }) => entries.filter((/** @type {Entry} */ { form }) => form.startsWith(start) && !form.includes(" ")));
  }

  /** Other forms of a word. @param {Entry} exact @returns {Promise<Entry[]>} */
  async inflections({ file, group, form }) {
    if (!group) return [];
    const isMate = (/** @type {any} */ other) => other.group === group && other.form !== form;
    const far = await Promise.all(file.far.filter(isMate).map(({ form }) => this.entry(form)));
    return [...file.entries.filter(isMate), ...far.flatMap((entry) => (entry ? [entry] : []))];
  }

  /** The form that is nearest to a word which no document has. @param {string} word */
  async nearest(word) {
    const letters = [...word];
    if (letters.length < 4) return null;
    const slips = letters.length < 8 ? 1 : 2;
    const half = (letters.length - 1) >> 1;
    const { forwards, backwards } = await this.file(this.head.slips, json);
    const first = letters.slice(0, half).join("");
    const last = letters.slice(-half).reverse().join("");
    const read = async (/** @type {any} */ list, /** @type {number[]} */ numbers) =>
      (await Promise.all(numbers.map((n) => this.file(`spellings/${list.names[n]}.bin`, spellingsFile)))).flat();
    const [starts, ends] = await Promise.all([read(forwards, span(forwards, first)), read(backwards, span(backwards, last))]);
    const turned = ends.filter(({ form }) => form.startsWith(last)).map(({ form, log }) => ({ form: [...form].reverse().join(""), log }));
    const near = [...starts.filter(({ form }) => form.startsWith(first)), ...turned];
    return nearestOf(near, letters, slips) ?? nearestOf(await read(forwards, [...forwards.names.keys()]), letters, slips);
  }

  /**
   * The documents that hold a phrase. The place of a frequent word is stored with its neighbours; one without a rarer
   * neighbour in the phrase only has to be in the document.
   *
   * @param {string[]} phrase
   */
  async holding(phrase) {
    const entries = await Promise.all(phrase.map((form) => this.entry(form)));
    if (!entries.every(Boolean)) return new Set();
    const lists = entries.map(
      (entry) =>
        new Set(
          levels(/** @type {Entry} */ (entry), this.all)
            .flatMap(({ cases }) => [...cases])
            .sort((a, b) => a - b),
        ),
    );
    const both = new Set([...lists[0]].filter((n) => lists.every((list) => list.has(n))));
    if (!both.size || phrase.length < 2) return both;
    const places = await this.file(this.head.places, json);
    const frequent = phrase.map((form) => places.frequent.indexOf(form) + 1);
    const rare = phrase.flatMap((_, word) => (frequent[word] ? [] : [word]));
    const where = new Map(
      await Promise.all(
        rare.map(
          async (word) => /** @type {[number, any]} */ ([word, placesOf(await this.block(places, phrase[word]), lists[word], both)]),
        ),
      ),
    );
    const [anchor] = rare;
    if (anchor === undefined) return both;
    const isRight = (/** @type {number} */ n, /** @type {number} */ word, /** @type {number} */ at) => {
      const neighbours = where.get(word).get(n).get(at);
      if (!neighbours) return false;
      const [before, after] = [frequent[word - 1], frequent[word + 1]];
      return (!before || neighbours[0] === before) && (!after || neighbours[1] === after);
    };
    const holds = (/** @type {number} */ n) =>
      [...where.get(anchor).get(n).keys()].some((at) => rare.every((word) => isRight(n, word, at + word - anchor)));
    return new Set([...both].filter(holds));
  }

  /** @param {any} places @param {string} form */
  async block(places, form) {
    const file = await this.file(`places/${places.names[find(places.from, form)]}.bin`, placesFile);
    if (!file.has(form)) throw new SearchError("the index is damaged.");
    return file.get(form);
  }

  /**
   * The best cases, from `offset` to `end`. The very first are looked at, and those in which the words stand together come
   * before others that have as many of them.
   *
   * @param {number[]} listed
   * @param {any} hits
   * @param {number} offset
   * @param {number} end
   */
  async best(listed, hits, offset, end) {
    const { scores } = hits;
    listed.sort((a, b) => scores[b] - scores[a]);
    if (offset < end) listed.slice(Math.min(offset, LOOKED_AT), end).forEach((n) => void this.card(n));
    for (const edge of [offset, end, LOOKED_AT]) await this.breakTies(listed, scores, edge, offset, end);
    const first = listed.slice(0, LOOKED_AT);
    if (offset < end && offset < LOOKED_AT) listed.splice(0, first.length, ...(await this.looked(first, hits)));
    return this.dated(listed.slice(offset, end), hits);
  }

  /** Cases by how well they answer, with the words that stand together in them. @param {number[]} cases @param {any} hits */
  async looked(cases, hits) {
    if (hits.units.length > 1) {
      hits.near ??= new Map();
      for (const n of cases) {
        if (hits.near.has(n)) continue;
        const { title, summary, text } = await this.card(n);
        const pairs = Math.max(...[title, summary, text].map((part) => nearness(look(part, hits.mark).marks)));
        const isComplete = hits.scores[n] >= COMPLETE;
        const score = isComplete ? hits.scores[n] - COMPLETE : hits.scores[n];
        const worth = Math.floor(score / TITLED);
        hits.near.set(
          n,
          Math.floor(worth * (1 + pairs / (hits.units.length - 1))) * TITLED + (score % TITLED) + (isComplete ? COMPLETE : 0),
        );
      }
    }
    return this.dated(cases, hits);
  }

  /**
   * Puts cases of the same score, among which an edge of what is shown lies, in the order in which equals stand.
   *
   * @param {number[]} listed
   * @param {Float64Array} scores
   * @param {number} edge
   * @param {number} offset
   * @param {number} end
   */
  async breakTies(listed, scores, edge, offset, end) {
    const score = scores[listed[edge]];
    if (!edge || scores[listed[edge - 1]] !== score || end === offset) return;
    const equals = listed.filter((n) => scores[n] === score);
    const start = listed.indexOf(equals[0]);
    const others = equals.length - Math.min(equals.length, end - start);
    // The others' cards, or as much of the order as is likely to have the first: whichever is less.
    const isFew = others * equals.length * 1000 < this.head.cases * (Math.max(end, LOOKED_AT) - start);
    const first = await (isFew ? this.dated(equals) : this.first("newest", equals, Math.max(end, LOOKED_AT) - start));
    listed.splice(start, equals.length, ...first, ...equals.filter((n) => !first.includes(n)));
  }

  /** Some cases by score, date and address, which their cards have. @param {number[]} cases @param {any} [hits] */
  async dated(cases, hits) {
    const score = (/** @type {number} */ n) => hits?.near?.get(n) ?? hits?.scores[n] ?? 0;
    const cards = await Promise.all(cases.map(async (n) => ({ n, score: score(n), ...(await this.card(n)) })));
    return cards
      .sort((a, b) => b.score - a.score || compared(b.date ?? "", a.date ?? "") || compared(a.url.slice(0, -1), b.url.slice(0, -1)))
      .map(({ n }) => n);
  }

  /** The first cases by date or title; those that have every word before the others. @param {any} sort @param {number[]} listed @param {any} hits @param {number} end */
  async ordered(sort, listed, hits, end) {
    const order = sort === "title" ? "title" : "newest";
    const isComplete = (/** @type {number} */ n) => hits.unitsFound[n] === hits.full;
    const first = await this.first(order, listed.filter(isComplete), end);
    if (first.length >= end) return first;
    return [
      ...first,
      ...(await this.first(
        order,
        listed.filter((n) => !isComplete(n)),
        end - first.length,
      )),
    ];
  }

  /** The first `count` of some cases by an order, which is fetched piece by piece. @param {"newest" | "title"} order @param {number[]} cases @param {number} count */
  async first(order, cases, count) {
    const pieces = this.catalogue[order];
    const wanted = new Set(cases);
    /** @type {number[]} */
    const found = [];
    for (let at = 0, step = 1; found.length < Math.min(count, cases.length) && at < pieces.length; at += step, step *= 2) {
      const read = await Promise.all(pieces.slice(at, at + step).map((/** @type {string} */ name) => this.file(name, numbersFile)));
      found.push(...read.flat().filter((n) => wanted.has(n)));
    }
    return found.slice(0, count);
  }

  /** The pages and entries of the glossary that answer best. @param {any} hits */
  async pages({ others, scores, mark }) {
    const best = [...others].sort((a, b) => scores[b] - scores[a] || a - b).slice(0, MOST_PAGES);
    return Promise.all(
      best.map(async (n) => {
        const card = await this.card(n);
        return { url: this.href(card.url), title: card.title, excerpt: excerpt(card, mark) };
      }),
    );
  }

  /** @param {any} card @param {any} hits @param {number} n @param {boolean} byScore */
  result({ text, ...card }, hits, n, byScore) {
    const missing = hits.units.filter((/** @type {any} */ _, /** @type {number} */ unit) => !((hits.unitsFound[n] >>> unit) & 1));
    return {
      ...card,
      url: this.href(card.url),
      excerpt: excerpt({ ...card, text }, hits.mark),
      score: byScore ? (hits.near?.get(n) ?? hits.scores[n]) : 0,
      missing: missing.map((/** @type {any} */ { typed }) => typed),
    };
  }

  /** @param {string} url */
  href(url) {
    const { protocol, pathname, hash } = new URL("../" + url, this.base);
    // A folder that is opened from a disk shows its list of files.
    return pathname + (protocol === "file:" ? "index.html" : "") + hash;
  }

  /** @param {number} n */
  card(n) {
    const { batches, cards } = this.catalogue;
    let batch = 0;
    for (; n >= batches[batch]; batch++) n -= batches[batch];
    return this.file(`cards/${cards[batch]}-${n}.bin`, json);
  }

  /** A file of the index, read once. @param {string} name @param {(bytes: Uint8Array) => any} read */
  file(name, read) {
    let file = this.#files.get(name);
    if (!file) {
      file = load(this.base, name, read);
      file.catch(() => this.#files.delete(name));
      this.#files.set(name, file);
    }
    return file;
  }
}

/** The highest impact in each document. @param {Level[]} found */
function impactsOf(found) {
  const impacts = new Map();
  for (const { impact, cases } of found) for (const n of cases) impacts.set(n, Math.max(impact, impacts.get(n) ?? 0));
  return impacts;
}

/**
 * The number of the unit that a form of a text matches, or -1.
 *
 * @param {any[]} units
 * @param {any[]} spans
 */
function marker(units, spans) {
  const known = new Map(
    units.flatMap(({ forms }, n) =>
      forms.filter((/** @type {Form} */ { form }) => !form.startsWith(":")).map((/** @type {Form} */ { form }) => [form, n]),
    ),
  );
  for (const span of spans)
    for (const { form } of span.forms)
      if (!/ |^:/.test(form))
        known.set(
          form,
          units.findIndex(({ at }) => at === span.units[0].at),
        );
  const begun = units.map((unit) => unit.begun);
  return (/** @type {string} */ form) =>
    known.get(form) ?? begun.findIndex((starts) => starts.some((/** @type {string} */ start) => form.startsWith(start)));
}

/** A text with its words replaced that were taken for others, or null. @param {string} text @param {any[]} units @param {"taken" | "near"} by */
function replaced(text, units, by) {
  const changed = units.filter((unit) => unit[by]).sort((a, b) => b.at - a.at);
  if (!changed.length) return null;
  return changed.reduce((text, unit) => text.slice(0, unit.at) + unit[by] + text.slice(unit.at + unit.typed.length), text);
}

/** The last file that a form may be in. @param {string[]} from @param {string} form */
const find = (from, form) => from.findLastIndex((start) => start <= form);

/** The files that may hold forms with a beginning. @param {{ from: string[] }} list @param {string} start */
function span({ from }, start) {
  const first = Math.max(0, find(from, start));
  return Array.from({ length: find(from, start + "\uffff") + 1 - first }, (_, n) => first + n);
}

/** @param {string} a @param {string} b */
const compared = (a, b) => Number(a > b) - Number(a < b);
