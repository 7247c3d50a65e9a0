// Searches a Casebook library: reads the index that lies beside this file. Runs under `default-src 'self'`; keeps nothing.
// The records are described in `src/search/format/`, the rules of a search in `src/search/reference.rs`.

const MOST_WORDS = 32;
const WIDEST = 3;
const TITLED = 64;
const PATIENCE = 20000;
const EXCERPT = 32;

const LETTER = "\\p{Alphabetic}\\p{N}\\p{M}";
const ALONE = "\\u3041-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = `(?:(?![${ALONE}])[${LETTER}])+`;
const WORD = new RegExp(`(?=[${LETTER}])[${ALONE}]|${RUN}(?:['’]${RUN})*`, "gu");
const NO_LETTER = new RegExp(`[^${LETTER}]`, "gu");

/** A part of the index that could not be had. */
export class SearchError extends Error {
  name = "SearchError";
}

/** Opens the library whose index lies beside this module, or at another address. */
export async function openLibrary(address) {
  const here = import.meta.url;
  const { href } = new URL(address ?? ".", address ? (globalThis.location?.href ?? here) : here);
  const base = href.replace(/\/?([?#].*)?$/, "/");
  let index = await openIndex(base);
  return {
    /** Answers a question; see the documentation of the search module. */
    async search(question) {
      try {
        return await index.answer(question ?? {});
      } catch (error) {
        if (!(error instanceof SearchError)) throw error;
        const { head } = index;
        index = await openIndex(base);
        if (JSON.stringify(head) === JSON.stringify(index.head)) throw error;
        return index.answer(question ?? {});
      }
    },
  };
}

async function openIndex(base) {
  const head = await load(base, "meta.json", json, "no-cache");
  if (head.version !== 4) throw new SearchError("the index is of another version.");
  return new Index(base, head);
}

class Index {
  #files = new Map();
  #hits = {};
  constructor(base, head) {
    this.base = base;
    this.head = head;
  }

  async answer(question) {
    const { signal } = question;
    signal?.throwIfAborted();
    const asked = ask(question.text);
    const chosen = choose(this.head.facets, question);
    const byScore = asked.words.length > 0 && !["newest", "title"].includes(question.sort);
    this.catalogue = await this.file(this.head.catalogue, (bytes) => catalogueOf(json(bytes), this.head));
    const years = chosen.years && this.file(this.head.years, numbersFile);
    const key = JSON.stringify(asked);
    const hits = key === this.#hits.key ? this.#hits : { key, ...(await this.hits(asked)) };
    this.#hits = hits;
    const { listed, facets } = narrow(this.head, this.catalogue, hits.cases, chosen, await years);
    signal?.throwIfAborted();
    const offset = whole(question.offset, 0);
    const end = offset + whole(question.limit, 20);
    const shown = byScore
      ? await this.best(listed, hits.scores, offset, end)
      : (await this.first(question.sort === "title" ? "title" : "newest", listed, end)).slice(offset);
    const scored = (n) => (byScore ? hits.scores[n] : 0);
    const results = await Promise.all(shown.map(async (n) => result(this.base, await this.card(n), hits.mark, scored(n))));
    signal?.throwIfAborted();
    if (byScore) results.sort(ranked);
    const correction = hits.taken.size ? asked.text.replace(WORD, (word) => hits.taken.get(fold(word)) ?? word) : null;
    return { total: listed.length, results, facets, correction, ignored: chosen.ignored };
  }

  /** The best cases, from `offset` to `end`. */
  async best(listed, scores, offset, end) {
    listed.sort((a, b) => scores[b] - scores[a]);
    const shown = listed.slice(offset, end);
    // What is shown however ties are broken is fetched meanwhile.
    shown.forEach((n) => [scores[listed[offset - 1]], scores[listed[end]]].includes(scores[n]) || this.card(n));
    for (const edge of [offset, end]) {
      const score = scores[listed[edge]];
      if (!edge || scores[listed[edge - 1]] !== score) continue;
      const equals = listed.filter((n) => scores[n] === score);
      const others = equals.filter((n) => !shown.includes(n)).length;
      // The others' cards, or as much of the order as is likely to have the first: whichever is less.
      const start = listed.indexOf(equals[0]);
      const isFew = others * equals.length * 1000 < this.head.cases * (end - start);
      const first = await (isFew ? this.dated(equals) : this.first("newest", equals, end - start));
      listed.splice(start, first.length, ...first);
    }
    return listed.slice(offset, end);
  }

  /** Some cases by date and address, which their cards have. */
  async dated(cases) {
    const cards = await Promise.all(cases.map(async (n) => ({ n, ...(await this.card(n)) })));
    return cards.sort(ranked).map(({ n }) => n);
  }

  /** The first `count` of some cases by an order, which is fetched piece by piece. */
  async first(order, cases, count) {
    const pieces = this.catalogue[order];
    const wanted = new Set(cases);
    const found = [];
    for (let at = 0, step = 1; found.length < Math.min(count, cases.length) && at < pieces.length; at += step, step *= 2) {
      const read = await Promise.all(pieces.slice(at, at + step).map((name) => this.file(name, numbersFile)));
      found.push(...read.flat().filter((n) => wanted.has(n)));
    }
    return found.slice(0, count);
  }

  /** The cases that have the words, and how much each is worth. */
  async hits(asked) {
    const all = this.head.cases;
    const stands = await Promise.all(asked.words.map((word, n) => this.stands(word, !asked.words[n + 1])));
    const held = await Promise.all(asked.phrases.map((phrase) => this.holding(phrase)));
    const scores = new Float64Array(all);
    const told = new Float64Array(all);
    const least = new Uint8Array(all).fill(100);
    const met = [];
    let sum = 0;
    for (const { forms } of stands) {
      const { worths, shares, having, tells } = worth(forms, all);
      sum += tells;
      for (const n of having) {
        if (!told[n]) met.push(n);
        scores[n] += worths[n];
        told[n] += tells;
        least[n] = Math.min(least[n], shares[n]);
      }
    }
    const answers = met.filter((n) => held.every((set) => set.has(n)));
    let most = 1;
    for (const n of answers) most = Math.max(most, told[n]);
    const enough = most === sum ? sum : Math.ceil(most / 2);
    const cases = answers.filter((n) => told[n] >= enough);
    for (const n of cases) {
      const titled = scores[n] % TITLED;
      const part = told[n] / sum;
      scores[n] = Math.floor(((scores[n] - titled) / TITLED) * least[n] * part * part) * TITLED + titled;
    }
    const taken = new Map(stands.filter(({ taken }) => taken).map(({ text, taken }) => [text, taken]));
    return { cases: stands.length ? cases : null, scores, mark: marker(stands), taken };
  }

  /** The forms that a word stands for. */
  async stands({ text, isOpen, isExact }, isLast) {
    const { words } = this.catalogue;
    let exact = await this.entry(words, text);
    const begun = isOpen || (isLast && !exact && !isExact) ? await this.beginning(words, text) : [];
    let taken = null;
    if (!exact && !begun.length && !isExact) {
      taken = await this.nearest(text);
      exact = taken && (await this.entry(words, taken));
    }
    const most = Math.min(...(exact ? [exact] : begun).map((entry) => this.rarity(entry)));
    const stand = (share) => (entry) => ({ entry, share, rarity: Math.min(most, this.rarity(entry)) });
    const mates = exact && !isExact ? await this.mates(words, exact) : [];
    const isPlural = (a, b) => a.form + "s" === b.form;
    const mate = (entry) => stand(isPlural(entry, exact) || isPlural(exact, entry) ? 90 : 65)(entry);
    const forms = [...(exact ? [exact] : []).map(stand(100)), ...begun.map(stand(90)), ...mates.map(mate)];
    return { text, begun, forms, taken };
  }

  rarity({ cases }) {
    return Math.max(1, Math.round(64 * Math.log(1 + (this.head.cases - cases + 0.5) / (cases + 0.5))));
  }

  async entry(words, form, folder) {
    return (await this.words(words, find(words.from, form), folder))?.entries.find((entry) => entry.form === form);
  }

  /** The forms with a beginning; or the beginning itself, where they are in too many files. */
  async beginning(words, start) {
    if (span(words, start).length > WIDEST) return [await this.entry(await this.file(this.head.beginnings, json), start, "beginnings")];
    const files = await Promise.all(span(words, start).map((n) => this.words(words, n)));
    return files.flatMap(({ entries }) => entries.filter(({ form }) => form.startsWith(start)));
  }

  /** Other forms of a word. */
  async mates(words, { file, group }) {
    const isMate = (other) => group && other.group === group;
    const far = await Promise.all(file.far.filter(isMate).map(({ form }) => this.entry(words, form)));
    return [...file.entries.filter(isMate), ...far.filter(Boolean)];
  }

  /** The form that is nearest to a word which no case has. */
  async nearest(word) {
    const letters = [...word];
    if (letters.length < 4) return null;
    const slips = letters.length < 8 ? 1 : 2;
    const half = (letters.length - 1) >> 1;
    const { forwards, backwards } = await this.file(this.head.slips, json);
    const first = word.slice(0, half);
    const last = letters.slice(-half).reverse().join("");
    const read = async (list, numbers) => (await Promise.all(numbers.map((n) => this.file(`spellings/${list.names[n]}.bin`, spellingsFile)))).flat();
    const [starts, ends] = await Promise.all([read(forwards, span(forwards, first)), read(backwards, span(backwards, last))]);
    // A slip adds two units of text at most.
    const isLike = ([form]) => form.startsWith(last) && Math.abs(form.length - word.length) <= 2 * slips;
    const near = [
      ...starts.filter(([form]) => form.startsWith(first)),
      ...ends.filter(isLike).map(([form, log]) => [[...form].reverse().join(""), log]),
    ];
    return nearestOf(near, letters, slips) ?? nearestOf(await read(forwards, [...forwards.names.keys()]), letters, slips);
  }

  /** The cases that hold a phrase. */
  async holding(phrase) {
    const all = this.head.cases;
    const entries = await Promise.all(phrase.map((form) => this.entry(this.catalogue.words, form)));
    if (!entries.every(Boolean)) return new Set();
    const lists = entries.map((entry) => new Set(levels(entry, all).flatMap(({ cases }) => [...cases]).sort((a, b) => a - b)));
    const both = new Set([...lists[0]].filter((n) => lists.every((list) => list.has(n))));
    if (!both.size || phrase.length < 2) return both;
    const places = await this.file(this.head.places, json);
    const blocks = await Promise.all(phrase.map((form) => this.block(places, form)));
    const where = blocks.map((block, word) => positions(block, lists[word], both));
    const starts = (n) => [...where[0].get(n)].some((at) => where.every((map, word) => map.get(n).has(at + word)));
    return new Set([...both].filter(starts));
  }

  async block(places, form) {
    const file = await this.file(`places/${places.names[find(places.from, form)]}.bin`, placesFile);
    if (!file.has(form)) throw new SearchError("the index is damaged.");
    return file.get(form);
  }

  words(words, n, folder = "words") {
    return n < 0 ? null : this.file(`${folder}/${words.names[n]}.bin`, wordsFile);
  }

  card(n) {
    const { batches, cards } = this.catalogue;
    let batch = 0;
    for (; n >= batches[batch]; batch++) n -= batches[batch];
    return this.file(`cards/${cards[batch]}-${n}.bin`, json);
  }

  /** A file of the index, read once. */
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

/* Files */

async function load(base, name, read, cache = "default") {
  let fault = " could not be loaded.";
  try {
    const response = await fetch(base + name, { cache, signal: AbortSignal.timeout?.(PATIENCE) });
    if (!response.ok) throw response;
    let bytes = new Uint8Array(await response.arrayBuffer());
    fault = " is damaged.";
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      const plain = new Response(bytes).body.pipeThrough(new DecompressionStream("gzip"));
      bytes = new Uint8Array(await new Response(plain).arrayBuffer());
    }
    return read(bytes);
  } catch (error) {
    throw new SearchError(error instanceof ReferenceError ? "this browser is too old for the index." : name + fault);
  }
}

const text = (bytes) => new TextDecoder().decode(bytes);
const json = (bytes) => JSON.parse(text(bytes));

class Reader {
  at = 0;
  constructor(bytes) {
    this.bytes = bytes;
  }
  varint() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  take(length) {
    const bytes = this.bytes.subarray(this.at, (this.at += length));
    if (bytes.length < length) throw new RangeError();
    return bytes;
  }
  text() {
    return text(this.take(this.varint()));
  }
  forms() {
    const lines = this.text().split("\n");
    let before = "";
    return lines.map((line) => (before = before.slice(0, line.charCodeAt(0) - 48) + line.slice(1)));
  }
}

/** Reads numbers in Rice code. */
function riceReader(bytes) {
  let at = 0;
  /** The next 25 bits, from the left. */
  const ahead = (n = at >> 3) => ((bytes[n] << 24) | (bytes[n + 1] << 16) | (bytes[n + 2] << 8) | bytes[n + 3]) << (at & 7);
  const take = (count) => {
    const value = count && ahead() >>> (32 - count);
    if ((at += count) > bytes.length * 8) throw new RangeError();
    return value;
  };
  return (k) => {
    const quotient = Math.clz32(~ahead());
    at += Math.min(23, quotient) + 1;
    return quotient > 23 ? take(16) * 65536 + take(16) : quotient * 2 ** k + take(k);
  };
}

/** The catalogue, with the number of the set of terms of every case, facet by facet. */
function catalogueOf(catalogue, { cases }) {
  catalogue.rows = catalogue.steps.map((steps) => {
    const row = new Uint32Array(cases);
    let set = 0;
    let at = 0;
    steps.forEach((step, run) => row.fill((set += step), at, (at += catalogue.runs[run])));
    return row;
  });
  return catalogue;
}

function wordsFile(bytes) {
  const reader = new Reader(bytes);
  const file = { far: [] };
  file.entries = reader.forms().map((form) => ({ form, file, group: reader.varint(), cases: reader.varint(), bytes: reader.varint() }));
  for (let n = reader.varint(); n > 0; n--) file.far.push({ group: reader.varint(), form: reader.text() });
  for (const entry of file.entries) entry.bytes = reader.take(entry.bytes);
  return file;
}

function placesFile(bytes) {
  const reader = new Reader(bytes);
  const forms = reader.forms().map((form) => [form, reader.varint()]);
  return new Map(forms.map(([form, length]) => [form, reader.take(length)]));
}

function spellingsFile(bytes) {
  const reader = new Reader(bytes);
  const forms = reader.forms();
  const logs = reader.take(forms.length);
  return forms.map((form, n) => [form, logs[n]]);
}

function numbersFile(bytes) {
  const numbers = [];
  for (const reader = new Reader(bytes); reader.at < bytes.length; ) numbers.push(reader.varint());
  return numbers;
}

/** The cases that have a form, by how much it counts in them; those that have it in their title come first. */
function levels(entry, all) {
  const reader = new Reader(entry.bytes);
  const [parts] = reader.take(1);
  const titles = parts >> 5;
  const impacts = [...reader.take(titles + (parts & 31))];
  let left = entry.cases;
  const counts = impacts.map((_, n) => {
    const count = n + 1 < impacts.length ? reader.varint() : left;
    left -= count;
    return count;
  });
  const rice = riceReader(entry.bytes.subarray(reader.at));
  return impacts.map((impact, step) => {
    const cases = new Uint32Array(counts[step]);
    const k = 31 - Math.clz32(Math.max(1, (69 * all) / (100 * counts[step])));
    let n = -1;
    for (let at = 0; at < cases.length; at++) cases[at] = n += 1 + rice(k);
    if (n >= all) throw new SearchError("the index is damaged.");
    return { impact, cases, isTitle: step < titles };
  });
}

/** How much a word tells, what it is worth in each case that has one of its forms, and the share of the form that counts there. */
function worth(forms, all) {
  const worths = new Float64Array(all);
  const shares = new Uint8Array(all);
  const having = [];
  let tells = 0;
  for (const { entry, share, rarity } of forms) {
    tells = Math.max(tells, rarity);
    for (const { cases, impact, isTitle } of levels(entry, all)) {
      const worth = impact * rarity * TITLED + isTitle;
      for (const n of cases) {
        if (worth * share <= worths[n] * shares[n]) continue;
        if (!worths[n]) having.push(n);
        worths[n] = worth;
        shares[n] = share;
      }
    }
  }
  return { worths, shares, having, tells };
}

/** Where a form stands in those of its cases that are wanted. */
function positions(block, cases, wanted) {
  const rice = riceReader(block.subarray(1));
  const where = new Map();
  for (const n of cases) {
    const set = new Set();
    for (let at = -1, times = rice(1); times >= 0; times--) set.add((at += 1 + rice(block[0])));
    if (wanted.has(n)) where.set(n, set);
  }
  return where;
}

/** The last file that a form may be in. */
const find = (from, form) => from.findLastIndex((start) => start <= form);

/** The files that may hold forms with a beginning. */
function span({ from }, start) {
  const first = Math.max(0, find(from, start));
  return Array.from({ length: find(from, start + "\uffff") + 1 - first }, (_, n) => first + n);
}

/* Questions */

const fold = (word) => {
  const plain = /[^\x00-\x7f]/.test(word) ? word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "") : word;
  const letters = plain.toLowerCase().replace(/['’]s$/, "").replace(NO_LETTER, "");
  return letters.length > 40 ? [...letters].slice(0, 40).join("") : letters;
};

/** The words of a text, as the index has them. */
export const words = (text) => (text.match(WORD) ?? []).map(fold).filter(Boolean);

function ask(given) {
  const text = String(given ?? "").slice(0, 10000);
  const parts = text.split(/["“”„]/);
  const asked = [];
  const phrases = [];
  parts.forEach((part, n) => {
    const isExact = n % 2 === 1 && n + 1 < parts.length;
    const found = words(part);
    const isLast = n + 1 === parts.length && words([...text].pop() ?? "").length > 0;
    found.forEach((word, at) => asked.push({ text: word, isExact, isOpen: isLast && at + 1 === found.length }));
    if (isExact && found.length) phrases.push(found);
  });
  const distinct = new Map(asked.map((word) => [JSON.stringify(word), word]));
  return { text, words: [...distinct.values()].slice(0, MOST_WORDS), phrases: phrases.slice(0, MOST_WORDS) };
}

/** The filters of a question, as numbers of the head; what the library does not know is put aside. */
function choose(facets, question) {
  const ignored = [];
  const terms = facets.map(() => []);
  for (const [id, given] of Object.entries(question.filters ?? {})) {
    const facet = facets.findIndex((facet) => facet.id === id);
    for (const term of new Set([given ?? []].flat().map(String))) {
      const known = facets[facet];
      const number = known?.terms.indexOf(Object.hasOwn(known.retired, term) ? known.retired[term] : term) ?? -1;
      if (number < 0) ignored.push(term);
      else terms[facet].push(number);
    }
  }
  const years = [0, 1].map((n) => parseFloat(question.years?.[n]));
  const isAll = facets.map(({ id }) => question.match?.[id] === "all");
  return { terms, isAll, ignored, years: years.every(isNaN) ? null : years };
}

/** The cases that pass the filters, and what one more choice would leave. */
function narrow(head, catalogue, cases, chosen, years) {
  const passes = catalogue.sets.map((sets, facet) => {
    const terms = chosen.terms[facet];
    return sets.map((set) => {
      const has = (term) => set.includes(term);
      return chosen.isAll[facet] ? terms.every(has) : !terms.length || terms.some(has);
    });
  });
  const counts = catalogue.sets.map((sets) => new Uint32Array(sets.length));
  const side = (value, open) => (value === 1 ? open : value - 32770);
  const isInYears = (n) => {
    const [from, to] = [years[n], years[head.cases + n]];
    return from > 0 && !(side(from, -Infinity) > chosen.years[1] || side(to, Infinity) < chosen.years[0]);
  };
  const listed = [];
  const look = (n) => {
    if (years && !isInYears(n)) return;
    let failed = -1;
    for (let facet = 0; facet < passes.length; facet++) {
      if (passes[facet][catalogue.rows[facet][n]]) continue;
      if (failed >= 0 || chosen.isAll[facet]) return;
      failed = facet;
    }
    if (failed < 0) listed.push(n);
    for (let facet = 0; facet < passes.length; facet++) {
      if (failed < 0 || failed === facet) counts[facet][catalogue.rows[facet][n]]++;
    }
  };
  (cases ?? [...Array(head.cases).keys()]).forEach(look);
  const facets = {};
  head.facets.forEach(({ id, terms }, facet) => {
    const sums = terms.map(() => 0);
    catalogue.sets[facet].forEach((set, n) => set.forEach((term) => (sums[term] += counts[facet][n])));
    facets[id] = Object.fromEntries(terms.map((term, n) => [term, sums[n]]));
  });
  return { listed, facets };
}

const whole = (given, usual) => (given >= 0 ? Math.floor(given) : usual);

/* Slips */

function nearestOf(known, letters, slips) {
  const word = letters.join("");
  let best = null;
  for (const [form, log] of known) {
    const others = [...form];
    const isForm = isInflected(form, word);
    if (others.length < 4 || (!isForm && Math.abs(others.length - letters.length) > slips)) continue;
    const far = distance(letters, others);
    if (!isForm && far > slips) continue;
    const cost = (isForm ? 3 * far : 6 * far + (others[0] === letters[0] ? 0 : 2)) - log;
    if (!best || cost < best.cost || (cost === best.cost && form < best.form)) best = { cost, form };
  }
  return best?.form ?? null;
}

/** Do two words share four letters or more, and have usual endings? */
function isInflected(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return same > 3 && [a, b].every((word) => /^(e?[ds]?|[eo]?rs?|ory|ings?|ions?|ly|ments?|y|ie[ds])$/.test(word.slice(same)));
}

/** How many slips lie between two words; two letters that changed places are one. */
function distance(a, b) {
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

/* Results */

const compared = (a, b) => (a > b) - (a < b);
const ranked = (a, b) => b.score - a.score || compared(b.date ?? "", a.date ?? "") || compared(a.url.slice(0, -1), b.url.slice(0, -1));

function result(base, card, mark, score) {
  const { text, ...shown } = card;
  return { ...shown, url: new URL("../" + card.url, base).pathname, excerpt: excerpt(card, mark), score };
}

/** The passage with the most of the words, marked. */
function excerpt({ text, summary }, mark) {
  const passage = best(text, mark);
  return passage.worth ? marked(text, passage) : marked(summary, best(summary, mark));
}

/** Tells the number of the asked word that a word of a text stands for, or -1. */
function marker(stands) {
  const forms = stands.flatMap(({ forms }, n) => forms.map(({ entry }) => [entry.form, n]));
  const known = new Map(forms);
  const initials = new Set(forms.map(([form]) => form[0]));
  return (word) => {
    // Most words begin with another letter: they need no folding.
    if (word < "\x7f" && !initials.has(word[0].toLowerCase())) return -1;
    const form = fold(word);
    return known.get(form) ?? stands.findIndex(({ begun, text }) => begun.length && form.startsWith(text));
  };
}

function best(text, mark) {
  const [starts, ends, hits] = [[], [], []];
  text.replace(WORD, (word, at) => {
    const asked = mark(word);
    if (asked >= 0) hits.push([ends.length, asked]);
    starts.push(at);
    ends.push(at + word.length);
  });
  let [from, worth] = [0, 0];
  hits.forEach(([n], first) => {
    const near = hits.slice(first, first + EXCERPT).filter(([at]) => at < n + EXCERPT - 8);
    const sum = new Set(near.map(([, asked]) => asked)).size * 100 + near.length;
    if (sum > worth) [from, worth] = [n - 4, sum];
  });
  return { from: Math.max(0, Math.min(from, ends.length - EXCERPT)), worth, starts, ends, hits };
}

function marked(text, { from, starts, ends, hits }) {
  const to = from + EXCERPT;
  let at = from && starts[from];
  let html = from ? "… " : "";
  for (const [n] of hits) {
    if (n < from || n >= to) continue;
    html += `${escaped(text.slice(at, starts[n]))}<mark>${escaped(text.slice(starts[n], ends[n]))}</mark>`;
    at = ends[n];
  }
  return html + (to < ends.length ? escaped(text.slice(at, ends[to - 1])) + " …" : escaped(text.slice(at)));
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
