// Tests the settings that `casebook editors` writes with their tools: Decap and Sveltia start with them in a browser, Sveltia's schema
// accepts them, and the settings for VS Code and Obsidian are read as these programs read them.
// CASEBOOK names the program, DECAP the folder of Decap's files, CHROMIUM a browser.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import Ajv from "ajv";
import { parse as parseJsonc, printParseErrorCode } from "jsonc-parser";
import { chromium } from "playwright-core";
import YAML from "yaml";

const casebook = process.env.CASEBOOK ?? "casebook";
const here = import.meta.dirname;
/** How many milliseconds a step may take on a slow machine with other work. It is reached only when something is wrong. */
const PATIENCE = 120_000;
const library = mkdtempSync(join(tmpdir(), "casebook-editors-"));
const run = (...args) => execFileSync(casebook, ["--root", library, ...args], { encoding: "utf8" });
const read = (path) => readFileSync(join(library, path), "utf8");

before(() => {
  execFileSync(casebook, ["init", library]);
  for (const kind of ["vscode", "zed", "neovim", "pages-cms", "obsidian"]) run("editors", kind);
  for (const kind of ["decap", "sveltia"]) run("editors", kind, "--page", kind);
});

// Parses JSON with comments, as VS Code does.
function jsonc(path) {
  const errors = [];
  const value = parseJsonc(read(path), errors, { allowTrailingComma: true });
  assert.deepEqual(
    errors.map((error) => printParseErrorCode(error.error)),
    [],
    path,
  );
  return value;
}

test("VS Code reads every file that is for it", () => {
  const names = readdirSync(join(library, ".vscode"));
  assert.ok(names.length > 6);
  for (const name of names) jsonc(`.vscode/${name}`);
  assert.deepEqual(jsonc(".vscode/extensions.json").recommendations, ["redhat.vscode-yaml"]);
});

test("the problem matcher finds each problem that a task prints", () => {
  writeFileSync(join(library, "content/cases/wrong.md"), "---\ntitle: A\nsummary: B\ndate: 2026-01-01\nsector: helth\n---\n");
  const [task] = jsonc(".vscode/tasks.json").tasks;
  const printed = spawnSync(casebook, ["--root", library, ...task.args], { encoding: "utf8" }).stderr.split("\n");
  const [first, second] = task.problemMatcher.pattern.map((pattern) => new RegExp(pattern.regexp));
  const found = printed.flatMap((line, at) => {
    const said = first.exec(line);
    const place = said && second.exec(printed[at + 1]);
    return place ? [[said[1], said[2], place[1], place[2], place[3]].join(" ")] : [];
  });
  assert.ok(found.includes("error unknown-term content/cases/wrong.md 5 9"), printed.join("\n"));
});

test("the schemas for YAML files accept the library's own", () => {
  const schemas = Object.entries(jsonc(".vscode/settings.json")["yaml.schemas"]);
  const files = { "casebook.yaml": ["casebook.yaml"], "content/vocabularies/*.yaml": readdirSync(join(library, "content/vocabularies")) };
  let checked = 0;
  for (const [path, glob] of schemas) {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(read(path)));
    for (const name of files[glob] ?? []) {
      const file = glob.replace("*.yaml", name);
      assert.ok(validate(YAML.parse(read(file))), `${file}: ${JSON.stringify(validate.errors)}`);
      checked += 1;
    }
  }
  assert.equal(checked, 4);
});

test("a snippet offers the terms, and what it puts in is front matter", () => {
  const snippets = jsonc(".vscode/casebook.code-snippets");
  const barrier = snippets["Barrier, with what happened"].body.join("\n");
  assert.match(barrier, /^- term: \$\{1\|[a-z-]+,[a-z,-]+\|\}$/m);
  const body = snippets["A new case"].body.join("\n");
  // As VS Code inserts it: with the first choice, the placeholder texts and the day.
  const put = body
    .replace(/\$\{\d+\|([^,|]+)[^}]*\|\}/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-01-01")
    .replace(/\\([$\\])/g, "$1");
  writeFileSync(join(library, "content/cases/wrong.md"), put);
  const said = JSON.parse(run("check", "--format", "json", join(library, "content/cases/wrong.md")));
  assert.deepEqual(
    said.filter((problem) => problem.severity === "error"),
    [],
  );
});

test("Obsidian's template is a case once its day and its title are filled in", () => {
  const note = read("_templates/case.md").replace("{{title}}", "A note").replace("{{date:YYYY-MM-DD}}", "2026-01-01");
  writeFileSync(join(library, "content/cases/wrong.md"), note);
  const said = JSON.parse(run("check", "--format", "json", join(library, "content/cases/wrong.md")));
  assert.deepEqual(
    said.filter((problem) => problem.severity === "error"),
    [],
  );
  const kinds = new Set(["text", "multitext", "number", "checkbox", "date", "datetime"]);
  const { types } = JSON.parse(read(".obsidian/types.json"));
  assert.equal(types.sector, "multitext");
  for (const [key, kind] of Object.entries(types)) assert.ok(kinds.has(kind), `${key}: ${kind}`);
});

test("Zed reads its tasks", () => {
  assert.ok(jsonc(".zed/tasks.json").every((task) => task.command === "casebook"));
});

test("Sveltia's schema accepts its settings", () => {
  const schema = JSON.parse(readFileSync(join(here, "node_modules/@sveltia/cms/schema/sveltia-cms.json")));
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  const settings = YAML.parse(read("sveltia/config.yml"));
  assert.ok(validate(settings), JSON.stringify(validate.errors, null, 1));
  settings.collections[0].fields[0].widget = "no-such-widget";
  settings.collections[0].fields[0].folder = 1;
  assert.ok(!validate({ ...settings, backend: { name: "no-such-host" } }), "the schema refuses what is wrong");
});

// Serves a folder of settings, and the tool's program where its page requests it. The library is one in the tool's memory.
function serve(folder, program, settings = inMemory) {
  const types = { ".html": "text/html", ".js": "text/javascript", ".yml": "text/yaml", ".css": "text/css" };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname.replace(/\/$/, "/index.html");
    const inProgram = path.startsWith("/node_modules/") ? join(program, path.split("/dist/")[1] ?? "") : null;
    const file = inProgram ?? join(library, folder, path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
    const bytes = readFileSync(file, "utf8");
    response.end(path === "/config.yml" ? settings(bytes) : bytes);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function inMemory(text) {
  const settings = YAML.parse(text);
  return YAML.stringify({ ...settings, backend: { name: "test-repo" }, local_backend: undefined });
}

const CHROMIUM = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    timeout: PATIENCE,
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
  });
});
after(() => browser?.close());

// A draft, in which check finds nothing but these missing keys.
function onlyLacks(name, text, keys) {
  writeFileSync(join(library, "content/cases", name), text);
  const said = JSON.parse(run("check", "--format", "json", join(library, "content/cases", name)));
  const missing = said.map((problem) => `${problem.code} ${problem.message.split("`")[1]}`);
  assert.deepEqual(
    missing.sort(),
    keys.map((key) => `missing-field ${key}`),
    text,
  );
}

// Opens the form for a new case, and gives what `use` makes of the page; by default, its text.
async function newCase(folder, program, use = (page) => page.evaluate(() => document.body.innerText)) {
  const server = await serve(folder, program);
  const context = await browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const origin = `http://127.0.0.1:${server.address().port}`;
  await page.route("**/*", (route) => (route.request().url().startsWith(origin) ? route.continue() : route.abort()));
  try {
    await page.goto(`${origin}/`);
    await page
      .getByRole("button", { name: /login|sign in|test/i })
      .first()
      .click();
    // The tool shows its collections by itself, and would do so again over a form that was opened before.
    await page.waitForURL(/#\/collections\//);
    await page.goto(`${origin}/#/collections/cases/new`);
    await page.getByText("Who is in the partnership?").first().waitFor();
    return await use(page);
  } catch (error) {
    throw new Error(`${error.message}\n${await page.evaluate(() => document.body.innerText)}`);
  } finally {
    await context.close();
    server.close();
  }
}

// Waits until Decap has saved a case, and gives each case with its name.
async function savedInDecap(page) {
  await page.waitForFunction(() => Object.values(window.repoFiles?.content?.cases ?? {}).some((file) => file.content));
  return page.evaluate(() => Object.entries(window.repoFiles.content.cases).map(([name, file]) => [name, file.content]));
}

test("Decap opens a new case with these settings", async () => {
  const words = await newCase("decap", process.env.DECAP);
  for (const label of ["TITLE", "KIND OF PARTNER", "BARRIER", "SOURCES"]) assert.match(words.toUpperCase(), new RegExp(label));
});

test("a case that Decap saves passes check as a draft", async () => {
  const saved = await newCase("decap", process.env.DECAP, async (page) => {
    await page
      .getByLabel(/^title/i)
      .first()
      .fill("One desk: two doors");
    await page
      .getByLabel(/summary|one or two sentences/i)
      .first()
      .fill("Two councils share a desk.");
    const choose = async (question, answer) => {
      await page.locator(`input[id^="${question}-field"], [id^="${question}-field"] input`).first().fill(answer);
      await page.keyboard.press("Enter");
    };
    await choose("sector", "Health");
    await choose("tier", "Unitary");
    await page
      .getByRole("button", { name: /add barrier/i })
      .first()
      .click();
    await choose("term", "Politics");
    await page
      .getByRole("button", { name: /^publish/i })
      .first()
      .click();
    await page
      .getByRole("menuitem", { name: /publish now/i })
      .first()
      .click();
    return savedInDecap(page);
  });
  assert.equal(saved.length, 1);
  const [[name, text]] = saved;
  assert.match(text, /title: "?'?One desk: two doors/);
  assert.match(text, /sector:\n {2}- health\n/);
  writeFileSync(join(library, "content/cases", name), text);
  const said = JSON.parse(run("check", "--format", "json", join(library, "content/cases", name)));
  assert.deepEqual(
    said.filter((problem) => problem.severity === "error"),
    [],
    text,
  );
});

test("a draft with nothing but a title, saved in Decap, passes check", async () => {
  const [[name, text]] = await newCase("decap", process.env.DECAP, async (page) => {
    await page
      .getByLabel(/^title/i)
      .first()
      .fill("One draft");
    await page
      .getByRole("button", { name: /^publish/i })
      .first()
      .click();
    await page
      .getByRole("menuitem", { name: /publish now/i })
      .first()
      .click();
    return savedInDecap(page);
  });
  onlyLacks(name, text, ["barrier", "sector", "summary", "tier"]);
});

const SVELTIA = join(here, "node_modules/@sveltia/cms/dist");

test("Sveltia opens a new case with these settings", async () => {
  const words = await newCase("sveltia", SVELTIA);
  for (const label of ["TITLE", "KIND OF PARTNER", "BARRIER", "PLACE"]) assert.match(words.toUpperCase(), new RegExp(label));
});

// Runs in the page. Gives the name and the text of the case that Sveltia has saved, or nothing while there is none.
async function savedFile() {
  try {
    let folder = await navigator.storage.getDirectory();
    for (const name of ["library", "content", "cases"]) folder = await folder.getDirectoryHandle(name);
    for await (const [name, file] of folder.entries()) {
      const text = await (await file.getFile()).text();
      // Until a file is complete, the browser keeps a copy of it beside it, under another ending.
      if (name.endsWith(".md") && text) return [name, text];
    }
  } catch (error) {
    // The folders are made with the first case, and a file that changes while it is read cannot be read.
    if (!["NotFoundError", "NotReadableError"].includes(error.name)) throw error;
  }
  return undefined;
}

// Sveltia writes to a folder of this computer, which the browser asks for. Here it is one in the browser itself.
async function savedInSveltia(fill) {
  const server = await serve("sveltia", SVELTIA, (settings) => settings);
  const page = await (await browser.newContext({ locale: "en-US" })).newPage();
  page.setDefaultTimeout(PATIENCE);
  const origin = `http://127.0.0.1:${server.address().port}`;
  await page.route("**/*", (route) => (route.request().url().startsWith(origin) ? route.continue() : route.abort()));
  await page.addInitScript(() => {
    window.showDirectoryPicker = async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("library", { create: true });
      await folder.getDirectoryHandle(".git", { create: true });
      return folder;
    };
  });
  try {
    await page.goto(`${origin}/`);
    await page.getByRole("button", { name: "Work with Local Repository" }).click();
    // As above.
    await page.waitForURL(/#\/collections\//);
    await page.goto(`${origin}/#/collections/cases/new`);
    await page.getByText("Who is in the partnership?").first().waitFor();
    await fill(page);
    await page.getByRole("button", { name: "Save", exact: true }).first().click();
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
      const saved = await page.evaluate(savedFile);
      if (saved) return saved;
      await sleep(50);
    }
    throw new Error("Sveltia saved no file");
  } catch (error) {
    throw new Error(`${error.message}\n${await page.evaluate(() => document.body.innerText)}`);
  } finally {
    await page.context().close();
    server.close();
  }
}

test("a case that Sveltia saves in a folder passes check", async () => {
  const [draft, draftText] = await savedInSveltia((page) => page.getByRole("textbox", { name: "Title" }).first().fill("A first draft"));
  onlyLacks(draft, draftText, ["barrier", "sector", "summary", "tier"]);
  const [name, text] = await savedInSveltia(async (page) => {
    await page.getByRole("textbox", { name: "Title" }).first().fill("One desk: two doors");
    await page.getByRole("textbox", { name: "Summary" }).first().fill("Two councils share a desk.");
    await page.getByRole("combobox", { name: "Kind of partner" }).first().click();
    await page.getByRole("option", { name: "Health" }).first().click();
  });
  assert.match(text, /^title: ['"]One desk: two doors['"]$/m);
  assert.match(text, /^sector:\n {2}- health$/m);
  onlyLacks(name, text, ["barrier", "tier"]);
});
