// How well the published search answers questions whose right answers are known.
//
// `node tests/search-quality/measure.mjs SITE [QUESTIONS] [--each]` asks the module that a build published every question of
// a file, and prints how many have a right case among the first three, nDCG@10, and how often "there is none" is said, by
// kind. Each question names the cases that answer it: 2 answers it, 1 helps. It also asks 400 common English words that
// the library lacks, one by one, and counts how many were searched as another word. Where the npm package `pagefind` is
// installed in `tests/search-quality`, the same questions are asked of it in the same run.

import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { serve } from "../browser/search-support.mjs";

const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
const [site, file = join(import.meta.dirname, "questions.json")] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (!site) throw new Error("usage: measure.mjs SITE [QUESTIONS] [--each]");
const questions = JSON.parse(readFileSync(file, "utf8"));
const showsEach = options.includes("--each");

/** The published module, asked as a reader who has finished typing asks it. */
async function casebook(folder) {
  const host = await serve(folder);
  const { openLibrary } = await import(pathToFileURL(resolve(folder, "search/search.js")));
  const library = await openLibrary(host.url + "/search/");
  return { name: "Casebook", ask: (text) => library.search({ text: text + " ", limit: 20 }), close: () => host.close() };
}

/** Pagefind, over the pages of the same cases. */
async function pagefind(folder) {
  const program = join(import.meta.dirname, "node_modules/pagefind/lib/index.js");
  if (!existsSync(program)) return null;
  const { createIndex } = await import(pathToFileURL(program));
  const { index } = await createIndex();
  await index.addDirectory({ path: resolve(folder), glob: "cases/*/index.html" });
  const output = mkdtempSync(join(tmpdir(), "pagefind-"));
  await index.writeFiles({ outputPath: join(output, "pagefind") });
  const host = await serve(output);
  globalThis.location ??= new URL(host.url);
  globalThis.window ??= globalThis;
  const script = readFileSync(join(output, "pagefind/pagefind.js"), "utf8");
  const engine = await import("data:text/javascript;base64," + Buffer.from(script).toString("base64"));
  await engine.options({ basePath: host.url + "/pagefind/", baseUrl: "/" });
  await engine.init();
  const ask = async (text) => {
    const { results } = await engine.search(text);
    const shown = await Promise.all(results.slice(0, 20).map((result) => result.data()));
    return { total: results.length, results: shown.map(({ url }) => ({ url })), correction: null };
  };
  return { name: "Pagefind", ask, close: () => host.close() };
}

const slug = ({ url }) => url.split("/").filter(Boolean).at(-1);
const gain = (grades) => grades.reduce((sum, grade, n) => sum + (2 ** grade - 1) / Math.log2(n + 2), 0);

/** What one question is worth: is a right case among the first three, and nDCG@10; or, where there is none, is nothing listed. */
function judged({ want }, found) {
  const grades = found.results.slice(0, 10).map((result) => want[slug(result)] ?? 0);
  if (!Object.keys(want).length) return { none: found.total === 0 };
  const ideal = Object.values(want)
    .sort((a, b) => b - a)
    .slice(0, 10);
  const best = Math.max(...ideal);
  return { right: grades.slice(0, 3).some((grade) => grade === best), ndcg: gain(grades) / gain(ideal) };
}

const mean = (numbers) =>
  numbers.length ? (numbers.reduce((sum, n) => sum + n, 0) / numbers.length).toFixed(3).replace(/^0/, "") : "   –";

async function measure(engine) {
  const judgements = [];
  for (const question of questions) {
    const found = await engine.ask(question.text);
    const judgement = { kind: question.kind, ...judged(question, found) };
    judgements.push(judgement);
    const isWell = judgement.none ?? judgement.right;
    if (showsEach) {
      const first = found.results.slice(0, 4).map((result) => `${slug(result)}:${question.want[slug(result)] ?? 0}`);
      const counts = `${found.complete ?? ""}/${found.total}`;
      console.log(
        `${isWell ? " " : "✗"} ${question.id} ${question.text} [${counts}] ${(judgement.ndcg ?? 0).toFixed(2)} ${found.correction ?? ""} ${first.join(" ")}`,
      );
    }
  }
  console.log(`\n${engine.name}`);
  const answered = judgements.filter(({ right }) => right !== undefined);
  console.log(
    `  right in the first three  ${mean(answered.map(({ right }) => Number(right)))}   nDCG@10 ${mean(answered.map(({ ndcg }) => ndcg))}   of ${answered.length}`,
  );
  console.log(`  none, said                ${mean(judgements.filter(({ none }) => none !== undefined).map(({ none }) => Number(none)))}`);
  for (const kind of [...new Set(answered.map(({ kind }) => kind))]) {
    const of = answered.filter((judgement) => judgement.kind === kind);
    console.log(
      `    ${kind.padEnd(10)} ${mean(of.map(({ right }) => Number(right)))}   nDCG@10 ${mean(of.map(({ ndcg }) => ndcg))}   of ${of.length}`,
    );
  }
}

/** Common words of English that no case has: how many were searched as another? */
async function rewritten(engine) {
  const common = readFileSync(join(import.meta.dirname, "common-words.txt"), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));
  let [lacking, changed] = [0, []];
  for (const word of common) {
    if (lacking === 400) break;
    const exact = await engine.ask(`"${word}"`);
    if (exact.total) continue;
    lacking++;
    const { correction } = await engine.ask(word);
    if (correction !== null) changed.push(`${word}→${correction.trim()}`);
  }
  console.log(`  common words searched as another: ${changed.length} of ${lacking}  ${changed.slice(0, 8).join(", ")}`);
}

const engines = [await casebook(site), await pagefind(site).catch((error) => void console.log("Pagefind:", error.message))].filter(Boolean);
for (const engine of engines) {
  await measure(engine);
  if (engine.name === "Casebook") await rewritten(engine);
  await engine.close();
}
process.exit(0);
