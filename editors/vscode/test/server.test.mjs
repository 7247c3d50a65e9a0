// The server, asked by the library that the extension uses: what the extension starts answers as an editor needs.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import protocol from "vscode-languageserver-protocol/node.js";

const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = protocol;
const CASEBOOK = process.env.CASEBOOK ?? "casebook";

test("problems of a case that is being written, and the command for the preview", async () => {
  const folder = mkdtempSync(join(tmpdir(), "casebook-"));
  const ran = spawnSync(CASEBOOK, ["--quiet", "init", folder]);
  assert.equal(ran.status, 0, String(ran.stderr));
  const server = spawn(CASEBOOK, ["lsp", "--stdio"]);
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  try {
    const shown = new Promise((resolve) =>
      connection.onRequest("window/showDocument", (params) => {
        resolve(params);
        return { success: true };
      }),
    );
    connection.onRequest("client/registerCapability", () => null);
    connection.listen();
    const root = pathToFileURL(folder).href;
    const started = await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: root,
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    assert.ok(started.capabilities.executeCommandProvider.commands.includes("casebook.openPreview"));
    await connection.sendNotification("initialized", {});

    const path = join(folder, "content/cases/an-example-case.md");
    const text = readFileSync(path, "utf8").replace(/^sector: .*$/m, "sector: helth");
    const uri = pathToFileURL(path).href;
    const told = new Promise((resolve) => {
      connection.onNotification("textDocument/publishDiagnostics", (params) => {
        if (params.uri === uri && params.diagnostics.some(({ code }) => code === "unknown-term")) resolve(params.diagnostics);
      });
    });
    await connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "markdown", version: 1, text } });
    const problem = (await told).find(({ code }) => code === "unknown-term");
    assert.equal(problem.source, "casebook");

    await connection.sendRequest("workspace/executeCommand", { command: "casebook.openPreview", arguments: [uri] });
    const { uri: page } = await shown;
    assert.match(page, /^http:\/\/127\.0\.0\.1:\d+\/cases\/an-example-case\/$/);
    assert.equal((await fetch(page)).status, 200);
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
});
