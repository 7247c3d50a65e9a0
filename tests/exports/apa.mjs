// Reads references in CSL-JSON with citeproc-js and prints each in the APA style, one JSON text in a line.
// Usage: node apa.mjs FOLDER FILE; FOLDER holds the node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.argv[2]}/`);
const CSL = require("citeproc");
const styles = require("@citation-js/plugin-csl/lib/styles.json");
const locales = require("@citation-js/plugin-csl/lib/locales.json");

const items = JSON.parse(readFileSync(process.argv[3], "utf-8"));
const byId = new Map(items.map((item) => [item.id, item]));
const engine = new CSL.Engine(
  { retrieveLocale: (language) => locales[language] ?? locales["en-US"], retrieveItem: (id) => byId.get(id) },
  styles.apa,
  "en-US",
);
engine.setOutputFormat("text");
for (const id of byId.keys()) {
  engine.updateItems([id]);
  console.log(JSON.stringify([id, engine.makeBibliography()[1].join("").trim()]));
}
