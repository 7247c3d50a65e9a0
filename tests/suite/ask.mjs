// Asks the published search module of a folder the questions that stand as JSON on standard input, and writes the answers.
// Node has all that a browser gives the module, but that its `fetch` reads no files.

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
