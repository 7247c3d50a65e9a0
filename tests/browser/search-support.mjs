// A static host for tests: serves a folder with a strict policy, counts requests, and can be made to fail.

import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { sample } from "./site.mjs";

export const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'";

/** The project's own folder. */
export const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** The folder in which cargo works. */
export function targetFolder() {
  const said = execFileSync("cargo", ["metadata", "--no-deps", "--offline", "--format-version", "1"], { cwd: PROJECT });
  return JSON.parse(said).target_directory;
}

/** Builds a library, or else the sample library, for a base path, and gives the folder. */
export function built(base, library = sample()) {
  const program = process.env.CASEBOOK ?? join(targetFolder(), "debug/casebook");
  const output = join(mkdtempSync(join(tmpdir(), "casebook-search-")), "site");
  execFileSync(program, ["build", "--quiet", "--base-url", base, "--output", output], { cwd: library });
  return output;
}

const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  bin: "application/octet-stream",
};

/**
 * Serves a folder. `fault(path)` may give `"missing"`, `"cut"`, a promise to wait for, or a function that changes the
 * bytes; `packs` compresses text as hosts do. `pieces` is the response to a request for a range of a file: `"sent"`, `"whole"` or `"refused"`.
 */
export async function serve(folder, { fault = () => null, packs = false, mount = "/", pieces = "whole" } = {}) {
  const host = { requests: [], fault, pieces };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const fault = host.fault(path);
    if (fault instanceof Promise) await fault;
    try {
      if (fault === "missing") throw new Error("missing");
      if (!path.startsWith(mount)) throw new Error("elsewhere");
      let file = join(folder, normalize(path.slice(mount.length - 1)));
      if ((await stat(file)).isDirectory()) file = join(file, "index.html");
      let bytes = await readFile(file);
      if (typeof fault === "function") bytes = fault(bytes);
      if (fault === "cut") bytes = bytes.subarray(0, bytes.length >> 1);
      const type = TYPES[file.split(".").pop()] ?? "application/octet-stream";
      const headers = { "content-type": type, "content-security-policy": POLICY, "cache-control": "no-cache" };
      if (packs && /text|json/.test(type)) {
        bytes = gzipSync(bytes);
        headers["content-encoding"] = "gzip";
      }
      const piece = host.pieces === "whole" ? null : request.headers.range?.match(/^bytes=(\d+)-(\d+)$/);
      if (piece && host.pieces === "refused") return void response.writeHead(416).end();
      if (piece) bytes = bytes.subarray(Number(piece[1]), Number(piece[2]) + 1);
      host.requests.push({ path, bytes: bytes.length });
      response.writeHead(piece ? 206 : 200, { ...headers, "content-length": bytes.length }).end(bytes);
    } catch {
      host.requests.push({ path, bytes: 0 });
      response.writeHead(404, { "content-type": "text/plain", "content-security-policy": POLICY }).end("Not found");
    }
  });
  server.keepAliveTimeout = 600000;
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  host.url = `http://127.0.0.1:${server.address().port}`;
  host.close = () => new Promise((done) => server.close(done) && server.closeAllConnections());
  return host;
}
