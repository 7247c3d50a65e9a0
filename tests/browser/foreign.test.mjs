// On a library very different from the sample, nothing overflows, no box is empty, and no `null` or `undefined` is shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browse, open, settle } from "./browser.mjs";
import { FOREIGN_KINDS, foreign } from "./foreign.mjs";
import { overlaps, stray, tooWide } from "./looks.mjs";
import { build } from "./site.mjs";

const folder = build(foreign(60), "foreign-site");
const { browser, site } = await browse(folder);

for (const width of [320, 768, 1280]) {
  test(`every kind of page of a foreign library at ${width} px`, async () => {
    const { context, page, faults } = await open(browser, site.origin, { viewport: { width, height: 900 } });
    for (const [kind, address] of Object.entries(FOREIGN_KINDS)) {
      await page.goto(site.origin + address);
      await settle(page);
      assert.deepEqual(await tooWide(page), [], kind);
      assert.deepEqual(await overlaps(page), [], kind);
      assert.deepEqual(await stray(page), [], kind);
      assert.deepEqual(faults, [], kind);
    }
    await context.close();
  });
}

test("a case without place and years has as much room in a list as others", async () => {
  const { context, page } = await open(browser, site.origin, { viewport: { width: 1280, height: 900 } });
  await page.goto(site.origin + "/cases/");
  const bodies = page.locator(".cb-entry .cb-body");
  const widths = await bodies.evaluateAll((all) => all.map((body) => Math.round(body.getBoundingClientRect().width)));
  assert.ok(await page.locator(".cb-entry:not(:has(.cb-docket))").count(), "the library has none");
  assert.equal(new Set(widths).size, 1, `${widths}`);
  await context.close();
});
