// What the tests of the form for contributing a case share: two libraries whose forms are served, and the steps of a visitor.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach } from "node:test";

import { browse, PATIENCE } from "./browser.mjs";
import { build, root, serve } from "./site.mjs";

/**
 * Serves two forms until the tests of a file end: that of the sample library, and `own`, that of a library with keys and
 * vocabularies of its own and with an address of its editors.
 */
export async function serveForms(name) {
  const { browser, site: host } = await browse(build(root, name));
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  const folder = ownLibrary();
  const own = await serve(build(folder, name + "-own"));
  rmSync(folder, { recursive: true });
  after(own.stop);

  /** Opens the form. `faults` collects errors of the page, and requests to other hosts. */
  const visit = async ({ origin = host.origin, ...options } = {}) => {
    const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options })).newPage();
    page.setDefaultTimeout(PATIENCE);
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("request", (request) => request.url().startsWith(origin) || request.url().startsWith("blob:") || faults.push(request.url()));
    page.on("dialog", (dialog) => dialog.accept());
    await page.goto(origin + "/contribute/");
    return { page, faults };
  };
  return { host, own, visit };
}

/** Writes a library with a key of each kind, and with a vocabulary of which a case has one term. */
function ownLibrary() {
  const library = mkdtempSync(join(tmpdir(), "casebook-own-"));
  cpSync(join(root, "themes/default"), join(library, "themes/default"), { recursive: true });
  mkdirSync(join(library, "content/vocabularies"), { recursive: true });
  const fields = "{ staff: { kind: number }, opened: { kind: date }, site: { kind: link }, towns: { kind: list }, motto: {} }";
  writeFileSync(join(library, "casebook.yaml"), `title: Own\ncontribute: { email: editors@example.org }\nfields: ${fields}\n`);
  const sector = ["health", "police", "narrow", ...Array.from({ length: 16 }, (_, n) => `term-${n}`)];
  const terms = (ids) => ids.map((id) => `  - { id: ${id}, label: The ${id}${id === "health" ? ", also: [NHS]" : ""} }\n`).join("");
  writeFileSync(join(library, "content/vocabularies/sector.yaml"), `label: Sector\nterms:\n${terms(sector)}`);
  writeFileSync(join(library, "content/vocabularies/tier.yaml"), `label: Tier\nterms:\n${terms(["county"])}`);
  writeFileSync(join(library, "content/vocabularies/barrier.yaml"), `label: Barrier\nmany: false\nterms:\n${terms(["law", "money"])}`);
  return library;
}

/** The file that the form has made. */
export async function file(page) {
  await openPart(page, "send");
  return page.locator("#cb-file").textContent();
}

/** Waits until the element with this id, or else this class, has the focus. */
export const focuses = (page, name) =>
  page.waitForFunction((name) => document.activeElement.id === name || document.activeElement.className === name, name);
/** Waits until as many things are kept on the device. */
export const keeps = (page, count) => page.waitForFunction((count) => localStorage.length === count, count);

/** Opens the file of a case in the form, in place of what was written. */
export async function openFile(page, text, name = "case.md") {
  await openPart(page, "start");
  await page.evaluate(() => (document.querySelector("#cb-said").textContent = ""));
  await page.setInputFiles("#cb-open", { name, mimeType: "text/markdown", buffer: Buffer.from(text) });
  const opened = page.locator("#cb-said", { hasText: `Opened ${name}` });
  const agree = page.getByRole("button", { name: "Open", exact: true });
  await opened.or(agree).first().waitFor();
  if (await agree.isVisible()) await agree.click();
  await opened.waitFor();
}

/** Adds sources with these titles. */
export async function addSources(page, titles) {
  await openPart(page, "sources");
  for (const [n, title] of titles.entries()) {
    if (n > 0) await page.getByRole("button", { name: "Add a source" }).click();
    await page.locator(`#f-sources-${n}-title`).fill(title);
  }
}

/** Writes into a field what nobody could type or fill there. JSON escapes what the way to the browser would change. */
export const put = (page, id, text) =>
  page.locator("#" + id).evaluate((field, json) => {
    field.value = JSON.parse(json);
    field.dispatchEvent(new Event("input"));
  }, JSON.stringify(text));

/** What the form says of a value in a field: its message, or nothing. */
export async function said(page, id, value) {
  await page.locator("#" + id).fill(value);
  await page.locator("#" + id).blur();
  return page.locator(`#${id}-wrong`).textContent();
}

export const PARTS = ["start", "partnership", "sources", "story", "barriers", "results", "lessons", "more", "you", "send", "page"];

/** Waits until a part is shown. */
export const shown = (page, part) =>
  page.locator(part === "page" ? ".cb-page" : `#cb-parts [href="#${part}"][aria-current=step]`).waitFor({ state: "attached" });

/** Opens a part, with one row in each list of rows. */
export async function openPart(page, part) {
  await page.evaluate((part) => (location.hash = part), part);
  await shown(page, part);
  for (const add of await page.locator("#cb-part button[id^=add-]").all()) {
    if ((await add.evaluate((add) => add.parentElement.querySelectorAll("details").length)) === 0) await add.click();
  }
}
