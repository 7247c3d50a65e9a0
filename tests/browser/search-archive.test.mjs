// The archive copy, opened from a folder on a disk, searches with the same results.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { launch, PATIENCE } from "./browser.mjs";
import { PROJECT, targetFolder } from "./search-support.mjs";

let browser;
let folder;
before(async () => {
  const work = mkdtempSync(join(tmpdir(), "casebook-archive-"));
  const program = process.env.CASEBOOK ?? join(targetFolder(), "debug/casebook");
  execFileSync(program, ["build", "--quiet", "--output", join(work, "site"), "--archive", join(work, "a.zip")], { cwd: PROJECT });
  folder = join(work, "unzipped");
  execFileSync("python3", ["-m", "zipfile", "-e", join(work, "a.zip"), folder]);
  browser = await launch();
});
after(() => browser.close());

test("an archive opened from a folder can be searched, and marks the words on a case", async () => {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(pathToFileURL(join(folder, "search/index.html")).href + "?q=marmot");
  await page.waitForFunction(() => document.getElementById("cb-count").textContent === "1 case");
  assert.match(await page.locator("#cb-results .cb-excerpt").innerHTML(), /<mark>Marmot<\/mark>/);
  assert.equal(await page.locator("#cb-results [type=checkbox]").count(), 0, "cases cannot be compared here");
  await page.fill("#cb-q", "saveguarding");
  await page.press("#cb-q", "Enter");
  await page.waitForFunction(() => /safeguarding/.test(document.getElementById("cb-said").textContent));
  await page.fill("#cb-q", '"one-stop shops"');
  await page.press("#cb-q", "Enter");
  await page.waitForFunction(() => document.querySelector("#cb-results h3 a")?.href.includes("kent-gateways"));
  await page.click("#cb-results h3 a");
  await page.waitForURL(/cases\/kent-gateways\/index\.html\?q=/);
  await page.waitForSelector("main mark");
  assert.deepEqual(faults, []);
});
