// The published search module, on libraries that `cargo test` has written: its words, its excerpts, bad input and bad
// connections.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { PROJECT, serve, targetFolder } from "./search-support.mjs";

const left = process.env.CASEBOOK_SEARCH ?? join(targetFolder(), "tmp/search");

// The published module, loaded from the folder, since node loads no script from a server.
const { openLibrary, words } = existsSync(left) ? await import(pathToFileURL(join(left, "sample/search/search.js"))) : {};

let host;
const open = (name) => openLibrary(`${host.url}/${name}/search/`);
before(async () => {
  assert.ok(existsSync(left), `${left} is not there: run cargo test first`);
  host = await serve(left);
});
after(() => host.close());

test("words are folded as in the index", () => {
  const table = readFileSync(join(PROJECT, "src/search/words.txt"), "utf8");
  const lines = table.split("\n").filter((line) => line.includes(" => ") && !line.startsWith("#"));
  for (const line of lines) {
    const [text, expected] = line.split(" => ");
    assert.equal(words(text).join(" "), expected.trimEnd(), text);
  }
  assert.ok(lines.length > 10);
});

test("a result has the documented fields, and an excerpt of text and marks only", async () => {
  const library = await open("sample");
  const found = await library.search({ text: "joint chief executive ", limit: 3 });
  const [first] = found.results;
  assert.deepEqual(Object.keys(found), ["total", "results", "facets", "correction", "ignored", "complete", "suggestion", "pages"]);
  const keys = ["date", "excerpt", "life", "missing", "period", "place", "region", "score", "summary", "terms", "title", "url"];
  assert.deepEqual(Object.keys(first).sort(), keys);
  assert.equal(first.url, "/sample/cases/herefordshire-one-chief-executive/");
  assert.deepEqual(first.terms.sector, ["local-government", "health"]);
  assert.deepEqual(first.period, { from: 2006, to: 2013 });
  assert.deepEqual(first.life, { from: 2006, known: 2013, last: 2013 });
  assert.match(first.excerpt, /<mark>joint<\/mark> <mark>chief<\/mark>/);
  assert.equal(first.excerpt.replace(/<\/?mark>/g, "").includes("<"), false);
  assert.equal(words(first.excerpt.replace(/<\/?mark>/g, "")).length, 32);
});

test("an excerpt is the passage with the most words, with every form of them marked", async () => {
  const library = await open("excerpts");
  const excerpt = async (text) => (await library.search({ text })).results[0].excerpt;
  const opening = (await excerpt("nothing ")).split(" ");
  assert.deepEqual([opening[0], opening[31], opening[32]], ["<mark>Nothing</mark>", "while", "…"]);
  const [cafe, evora] = ["<mark>café</mark>", "<mark>Évora</mark>"];
  const passage = `… as you see. The ${cafe} of ${evora} was old. Then the ${cafe} &amp; the &lt;<mark>cafés</mark>&gt; of ${evora} agreed. `;
  assert.equal(
    await excerpt("CAFE evora "),
    passage + "Nothing in this beginning is asked for, and so it goes on, one short …",
    "&, which is read as and, counts",
  );
  assert.equal((await excerpt("caf")).match(/<mark>cafés?<\/mark>/g).length, 3, "words that begin so");
  assert.equal((await excerpt('"cafe" ')).match(/<mark>/g).length, 2, "only the very word");
  const summary = "What the partners &amp; others did.";
  assert.equal(await excerpt("partners "), summary.replace("partners", "<mark>partners</mark>"), "words of the summary alone");
  assert.equal(await excerpt("road "), summary);
  assert.equal(await excerpt("papers "), summary, "the words of notes are no passage");
  assert.equal(await excerpt(""), summary);
});

test("a damaged index gives an error or an answer, and always ends", { timeout: 120000 }, async () => {
  // Always the same numbers: xorshift by Marsaglia.
  let state = 2008;
  const below = (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const damages = [
    (bytes) => bytes.subarray(0, below(bytes.length + 1)),
    (bytes) => bytes.map((byte) => (below(40) ? byte : below(256))),
    (bytes) => bytes.map((byte, at) => (at < 16 ? below(256) : byte)),
    (bytes) => Buffer.concat([bytes, bytes]),
    () => Buffer.from([255, 255, 255, 255, 255, 255, 255, 255]),
  ];
  const questions = ["joint chief executive ", '"primary care trust" ', "torby ", "hous", "-police trust OR money "];
  try {
    for (let round = 0; round < 100; round += 1) {
      const damage = damages[round % damages.length];
      // One file in three is damaged, so that the reader comes to every kind of file.
      host.fault = (path) => (path.includes("/search/") && !path.endsWith(".js") && !below(3) ? damage : null);
      try {
        const library = await open("sample");
        const found = await library.search({ text: questions[round % questions.length] });
        assert.ok(Number.isInteger(found.total), `round ${round}: ${found.total}`);
        assert.ok(found.results.length <= 20, `round ${round}`);
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), `round ${round}: ${error}`);
      }
    }
  } finally {
    host.fault = () => null;
  }
});

test("odd requests get sensible responses, never an exception", async () => {
  const library = await open("sample");
  const odd = ["", "   ", "!!! …", "😀🎉", "שלום עולם", '"', '"""', '"unclosed phrase', "<script>alert(1)</script>", "a".repeat(10000)];
  odd.push("word ".repeat(2000), "\0", "zzzzqqqq ", "\ud800", null, undefined, 7, "__proto__ constructor ");
  for (const text of odd) {
    const found = await library.search({ text });
    assert.ok(Number.isInteger(found.total), String(text).slice(0, 20));
    assert.ok(found.results.length <= 20);
  }
  await library.search();
  await library.search({ filters: null, match: null, years: null, offset: -1, limit: NaN, sort: "odd" });
});

test("unknown terms are ignored and named; retired ones are replaced", async () => {
  const sample = await open("sample");
  const found = await sample.search({ filters: { sector: ["helth", "health"], planet: ["mars"], constructor: "x" } });
  assert.deepEqual(found.ignored.sort(), ["helth", "mars", "x"]);
  assert.equal(found.total, (await sample.search({ filters: { sector: ["health"] } })).total);
  const random = await open("random-1");
  const old = await random.search({ filters: { sector: ["old"] } });
  assert.deepEqual(old.ignored, []);
  assert.equal(old.total, (await random.search({ filters: { sector: ["police"] } })).total);
});

test("suggestions have a word that begins as typed; those that begin so themselves come first, shorter before longer ones", async () => {
  const library = await open("names");
  const suggested = async (...asked) => (await library.suggest(...asked)).map(({ text }) => text);
  assert.deepEqual(await suggested("care"), ["Primary care", "Hospital care", "Better Care Fund", "Primary Care Trust"]);
  assert.deepEqual(await suggested("PRI"), ["Primal paper", "Primary care", "Primary Care Trust"]);
  assert.deepEqual(await suggested("t"), ["Torbay", "Torquay", "Primary Care Trust", "information technology"]);
  assert.deepEqual(await suggested("primary c"), ["Primary care", "Primary Care Trust"]);
  assert.deepEqual(await suggested("p", 2), ["PCT", "Police"]);
  assert.equal((await suggested("p")).length, 6, "six, if no other number is asked for");
  for (const text of ["", " !", "covid", "ary"]) assert.deepEqual(await suggested(text), [], text);
  assert.deepEqual(await library.suggest("bcf"), [{ text: "BCF", kind: "glossary" }]);
  assert.deepEqual(await library.suggest("dev"), [{ text: "Devon", kind: "place" }]);
  assert.deepEqual(await library.suggest("nhs"), [{ text: "NHS", kind: "term" }]);
});

test("an explanation says of each word how many cases have it, its other names, and its correction", async () => {
  const library = await open("names");
  const explained = async (text) =>
    (await library.explain(text)).map(({ text, cases, names, taken }) => [text, cases, names.map(({ text, as }) => [text, ...as]), taken]);
  const name = [["primary care trust", "PCT", "Primary care", "Primal paper"]];
  assert.deepEqual(await explained("the primary care trust of devon "), [
    ["primary", 0, name, null],
    ["care", 0, name, null],
    ["trust", 0, name, null],
    ["devon", 1, [], null],
  ]);
  assert.deepEqual(await explained("health"), [["health", 1, [["health", "NHS", "Hospital care"]], null]]);
  assert.deepEqual(await explained("NHS "), [["NHS", 0, [["NHS", "Health"]], null]], "other names of a term may not mean the same");
  assert.deepEqual(await explained("torquay pandemmic "), [
    ["torquay", 1, [["torquay", "Torbay"]], null],
    ["pandemmic", 1, [["pandemic", "covid"]], "pandemic"],
  ]);
  assert.deepEqual(await explained("it "), [["it", 0, [], null]], "a stop word in small letters is no name");
  assert.deepEqual(await explained("IT "), [["IT", 0, [["IT", "information technology"]], null]]);
  assert.deepEqual(await explained('"PCT" -covid xylophone '), [
    ["PCT", 0, [], null],
    ["xylophone", 0, [], null],
  ]);
  assert.deepEqual((await explained("PCT OR covid "))[0][2], [], "words with OR between them are asked as they are");
  assert.deepEqual(await explained(""), []);
});

test("a word that no case has is not missing if it is part of a name that was found", async () => {
  const library = await open("names");
  const missing = async (text) => (await library.explain(text)).filter(({ isMissing }) => isMissing).map(({ text }) => text);
  assert.deepEqual(await missing("hospital care zebra "), ["zebra"]);
  assert.deepEqual(await missing("hospital zebra "), ["hospital", "zebra"]);
});

test("a response has twenty results if no number is asked for, and none if none is", async () => {
  const library = await open("random-1");
  const urls = async (request) => (await library.search(request)).results.map(({ url }) => url);
  const all = await urls({ text: "council ", limit: 1000 });
  assert.ok(all.length > 22);
  assert.deepEqual(await urls({ text: "council " }), all.slice(0, 20));
  assert.deepEqual(await urls({ text: "council ", offset: -0.5, limit: "x" }), all.slice(0, 20));
  assert.deepEqual(await urls({ text: "council ", offset: 2.7, limit: 1.9 }), all.slice(2, 3));
  const none = await (await open("names")).search({ text: "xylophone ", limit: 0 });
  assert.deepEqual([none.results, none.pages], [[], []]);
  assert.equal((await (await open("names")).search({ text: "xylophone " })).pages.length, 1);
});

test("a filter loads no part of the index", async () => {
  const library = await open("sample");
  await library.search({ text: "council " });
  host.requests.length = 0;
  await library.search({ text: "council ", filters: { sector: ["health"] } });
  assert.deepEqual(
    host.requests.filter(({ path }) => !path.includes("/cards/")),
    [],
  );
});

test("a file that is missing, cut short or slow gives a clear error, and the next try works", async () => {
  for (const fault of ["missing", "cut"]) {
    for (const folder of ["/words/", "/cards/", "/catalogue"]) {
      const library = await open("sample");
      host.fault = (path) => (path.includes(folder) ? fault : null);
      await assert.rejects(library.search({ text: "council " }), { name: "SearchError" }, `${fault} ${folder}`);
      host.fault = () => null;
      assert.ok((await library.search({ text: "council " })).total > 0);
    }
  }
});

test("results are given without a card, an excerpt or an order that is missing", async () => {
  const whole = await (await open("sample")).search({ text: "council " });
  let card = "";
  const faults = {
    card: (path) => path.includes("/cards/") && path === (card ||= path),
    excerpt: (path) => path.includes("/parts/excerpt."),
    order: (path) => path.includes("/columns/") || path.includes("/parts/orders."),
  };
  for (const [kind, isMissing] of Object.entries(faults)) {
    const library = await open("sample");
    host.fault = (path) => (isMissing(path) ? "missing" : null);
    const found = await library.search({ text: "council " });
    const all = await library.search({ sort: "title" });
    host.fault = () => null;
    const lost = kind === "card" ? 1 : 0;
    assert.deepEqual([found.total, whole.results.length - found.results.length <= lost], [whole.total, true], kind);
    assert.ok(all.results.length >= 19, kind);
    assert.ok(
      found.results.every(({ excerpt, title, url }) => excerpt && title && url),
      kind,
    );
  }
});

test("after a new publication the head is loaded again, once", async () => {
  // One address that serves first one library and then another.
  let from = "random-1";
  const moving = createServer(async (request, response) => {
    const got = await fetch(`${host.url}/${from}${request.url}`);
    response.writeHead(got.status).end(Buffer.from(await got.arrayBuffer()));
  });
  await new Promise((done) => moving.listen(0, "127.0.0.1", done));
  const library = await openLibrary(`http://127.0.0.1:${moving.address().port}/search/`);
  from = "random-2";
  const found = await library.search({ text: "council " });
  const expected = await (await open("random-2")).search({ text: "council " });
  assert.deepEqual(found.facets, expected.facets);
  moving.close();
  moving.closeAllConnections();
});

test("an aborted request stops", async () => {
  const library = await open("sample");
  const impatient = new AbortController();
  const asked = library.search({ text: "council ", signal: impatient.signal });
  impatient.abort();
  await assert.rejects(asked, { name: "AbortError" });
});

test("records of shared files are found whether the host sends ranges or whole files, or refuses", async () => {
  const questions = ["joint board ", '"primary care" ', "par", "safegarding ", "joint -board", "", "police OR board "].map((text) => ({
    text,
  }));
  const answers = async (name) => {
    const library = await open(name);
    const found = [];
    for (const question of questions) found.push(await library.search(question));
    return JSON.stringify(found).replaceAll(`/${name}/`, "/");
  };
  const expected = await answers("random-1");
  const bytes = {};
  for (const pieces of ["sent", "whole", "refused"]) {
    host.pieces = pieces;
    host.requests.length = 0;
    assert.equal(await answers("few-files"), expected, pieces);
    bytes[pieces] = host.requests.reduce((sum, request) => sum + request.bytes, 0);
  }
  host.pieces = "whole";
  assert.ok(bytes.sent * 2 < bytes.whole, JSON.stringify(bytes));
});
