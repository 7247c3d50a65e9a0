// Makes the two pictures of the README: a published case, and the preview of a case with a mistake. `node readme-pictures.mjs`
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, open, settle } from "./browser.mjs";
import { build, root, serve } from "./site.mjs";

const SIZE = { viewport: { width: 1200, height: 720 }, colorScheme: "light" };
const CASE = "torbay-care-trust";
const browser = await launch();

const site = await serve(build(root, "site"));
const published = await open(browser, site.origin, SIZE);
await published.page.goto(`${site.origin}/cases/${CASE}/`);
await settle(published.page);
await published.page.screenshot({ path: join(root, "docs/case.png") });
site.stop();

const library = mkdtempSync(join(tmpdir(), "casebook-picture-"));
for (const part of ["content", "casebook.yaml"]) cpSync(join(root, part), join(library, part), { recursive: true });
const preview = spawn(process.env.CASEBOOK ?? join(root, "target/debug/casebook"), ["--root", library, "serve", "--port", "0"]);
const origin = await new Promise((found) => {
  preview.stdout.on("data", (said) => {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(String(said));
    if (address) found(address[0]);
  });
});
const { page } = await open(browser, origin, SIZE);
await page.goto(`${origin}/cases/${CASE}/`);
const file = join(library, `content/cases/${CASE}.md`);
writeFileSync(
  file,
  readFileSync(file, "utf8")
    .replace(/^(\s+- )health$/m, "$1helth")
    .replace(/^(sector: .*)\bhealth\b/m, "$1helth"),
);
await page.locator("#casebook-preview [aria-controls=casebook-here]").click();
await page.locator("#casebook-here").getByText("helth").first().waitFor();
await page.screenshot({ path: join(root, "docs/preview.png") });

preview.kill("SIGINT");
await browser.close();
rmSync(library, { recursive: true, force: true });
