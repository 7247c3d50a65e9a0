// Starts `casebook lsp` for the editor, and offers the page at hand in the preview. All that is known about libraries is in the
// program; this only finds it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { commands, type ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("casebook.restart", start),
    // The client registers the commands of the server under their own names, which take the file at hand.
    commands.registerCommand("casebook.preview", async () => {
      const page = window.activeTextEditor?.document.uri.toString();
      await client?.sendRequest("workspace/executeCommand", {
        command: "casebook.openPreview",
        arguments: page ? [page] : [],
      });
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("casebook")) void start();
    }),
  );
  await start();
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

async function start(): Promise<void> {
  await client?.stop();
  client = undefined;
  const path = workspace.getConfiguration("casebook").get<string>("path") || "casebook";
  try {
    await promisify(execFile)(path, ["--version"]);
  } catch {
    const message = `The program "${path}" was not found: install Casebook, or set "casebook.path" to where it is.`;
    await window.showErrorMessage(message);
    return;
  }
  const server: ServerOptions = { command: path, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "markdown" },
      { scheme: "file", language: "yaml", pattern: "**/{casebook.yaml,content/**}" },
    ],
    initializationOptions: { docs: workspace.getConfiguration("casebook").get<string>("docs") },
  };
  client = new LanguageClient("casebook", "Casebook", server, options);
  await client.start();
}
