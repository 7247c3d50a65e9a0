// Runs the queries that standard input has as JSON on the published search module of a folder, and writes the responses.
// Node has everything that the module needs of a browser, except that its `fetch` reads no files.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
globalThis.fetch = async (url) => new Response(readFileSync(join(folder, decodeURIComponent(new URL(url).pathname))));
const { openLibrary } = await import(pathToFileURL(join(folder, "search/search.js")));
const library = await openLibrary("http://library/search/");
const answers = [];
for (const question of JSON.parse(await text(process.stdin))) answers.push(await library.search(question));
process.stdout.write(JSON.stringify(answers));
