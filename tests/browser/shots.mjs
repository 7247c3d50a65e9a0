// Saves a screenshot of every kind of page in tests/artefacts/shots/, for people to look at: `node shots.mjs [KIND …]`.
// THEME may name another theme than the built-in one.
import { join } from "node:path";
import { mkdirSync } from "node:fs";
import { launch, open, settle } from "./browser.mjs";
import { artefacts, build, kinds, sample, serve } from "./site.mjs";

const [wanted, folder] = [process.argv.slice(2), build(sample(), "site")];
const { origin, stop } = await serve(folder);
const browser = await launch();
const pictures = join(artefacts, process.env.THEME ? `pictures-${process.env.THEME}` : "pictures");
mkdirSync(pictures, { recursive: true });
for (const width of [320, 768, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    const { context, page } = await open(browser, origin, { viewport: { width, height: 900 }, colorScheme });
    for (const [kind, address] of kinds(folder).filter(([kind]) => !wanted.length || wanted.includes(kind))) {
      await page.goto(origin + address);
      await settle(page);
      await page.screenshot({ path: join(pictures, `${kind}-${width}-${colorScheme}.png`), fullPage: true });
    }
    await context.close();
  }
}
await browser.close();
stop();
