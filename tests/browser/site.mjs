// The sample library, built and served as by a strict host: every response has the policy of the pages as a header.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, existsSync, rmSync, statSync, readdirSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
export const root = join(here, "../..");
// What one file of tests writes. Several files run at once, so each has a folder of its own.
export const artefacts = join(root, "tests/artefacts", basename(process.argv[1], ".mjs"));

const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'";
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".svg": "image/svg+xml",
  ".bin": "application/octet-stream",
};

// The folder of the sample library; with THEME, that of a copy which has the theme of this name.
export function sample() {
  const theme = process.env.THEME;
  if (!theme) return root;
  const library = join(artefacts, `sample-${theme}`);
  rmSync(library, { recursive: true, force: true });
  for (const part of ["content", `themes/${theme}`]) cpSync(join(root, part), join(library, part), { recursive: true });
  const settings = readFileSync(join(root, "casebook.yaml"), "utf8").replace(/^theme:.*\n/m, "");
  writeFileSync(join(library, "casebook.yaml"), `${settings}theme: ${theme}\n`);
  return library;
}

// Builds a library into a folder of the artefacts, and gives the folder.
export function build(library, name, ...options) {
  mkdirSync(artefacts, { recursive: true });
  const output = join(artefacts, name);
  const casebook = process.env.CASEBOOK ?? join(root, "target/debug/casebook");
  execFileSync(casebook, ["--root", library, "--quiet", "build", "--output", output, "--date", "2026-11-22", ...options], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return output;
}

// Every page of a built site, by address.
export function pages(folder) {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".html"));
  return files.map((file) => "/" + file.replaceAll("\\", "/").replace(/(^|\/)index\.html$/, "$1")).sort();
}

// Serves a folder on a free port of this machine. Gives the origin, and a function that stops the server.
export async function serve(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = join(folder, path);
    if (relative(folder, file).startsWith("..")) return response.writeHead(400).end();
    if (path.endsWith("/")) file = join(file, "index.html");
    const found = existsSync(file) && statSync(file).isFile();
    const body = readFileSync(found ? file : join(folder, "404.html"));
    const type = TYPES[found ? extname(file) : ".html"] ?? "application/octet-stream";
    const headers = { "Content-Type": type, "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff" };
    const small = /gzip/.test(request.headers["accept-encoding"] ?? "") && /text|json|xml/.test(type);
    if (small) headers["Content-Encoding"] = "gzip";
    if (path.startsWith("/assets/")) headers["Cache-Control"] = "public, max-age=31536000, immutable";
    response.writeHead(found ? 200 : 404, headers).end(small ? gzipSync(body) : body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

// The kinds of page, each with one page of the sample library. Kinds that a build does not have are left out.
export const KINDS = {
  home: "/",
  cases: "/cases/",
  casespage: "/cases/page/2/",
  case: "/cases/torbay-care-trust/",
  vocabulary: "/sector/",
  term: "/sector/health/",
  pair: "/sector/health/barrier/political/",
  map: "/map/",
  othermap: "/map/barrier/tier/",
  compare: "/compare/?case=torbay-care-trust&case=adur-and-worthing",
  choose: "/compare/",
  briefing: "/briefing/?case=torbay-care-trust&case=adur-and-worthing&case=wigan-deal",
  lifelines: "/lifelines/",
  themes: "/themes/",
  theme: "/themes/what-ended-partnerships/",
  changes: "/changes/",
  form: "/contribute/",
  places: "/places/",
  titles: "/a-z/",
  letter: "/a-z/t/",
  page: "/how-to-read-a-case/",
  contribute: "/contribute-a-case/",
  glossary: "/glossary/",
  missing: "/404.html",
  search: "/search/?q=trust",
  data: "/data/",
};

export function kinds(folder) {
  const isThere = (address) => existsSync(join(folder, address.split("?")[0].replace(/\/$/, "/index.html")));
  return Object.entries(KINDS).filter(([, address]) => isThere(address));
}
