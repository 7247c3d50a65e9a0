// The main ways through the site in Firefox and in WebKit: searching, ticking and comparing, lifelines, paper.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inflateSync } from "node:zlib";
import { PATIENCE } from "./browser.mjs";
import { firefox, webkit } from "./engines.mjs";
import { build, root, serve } from "./site.mjs";

const folder = build(root, "site");
const site = await serve(folder);
after(() => site.stop());

// What WebKit's driver and Firefox answer when the page is unloaded before a script has finished.
const PAGE_UNLOADED = /before the unload event|no such frame|[Ee]xecution context was destroyed|[Cc]annot find context/;

for (const [name, start] of Object.entries({ firefox, webkit })) {
  describe(name, () => {
    let browser;
    before(async () => {
      browser = await start();
    });
    after(() => browser?.close());

    // Opens an address of the site and waits until something holds there.
    async function open(address, script, ...values) {
      await browser.open(site.origin + address);
      await until(script, ...values);
    }
    async function until(script, ...values) {
      const end = Date.now() + PATIENCE;
      while (!(await holds(script, ...values))) {
        assert.ok(Date.now() < end, `never true: ${script}`);
        await new Promise((done) => setTimeout(done, 100));
      }
    }
    // A page that gives way to the next one while the script runs has no answer.
    async function holds(script, ...values) {
      try {
        return await browser.run(script, ...values);
      } catch (error) {
        if (PAGE_UNLOADED.test(error.message)) return false;
        throw error;
      }
    }
    // Clicks what leads to another page, after the driver has its answer: it cannot answer from a page that is gone.
    const follow = (css) => browser.run((css) => void setTimeout(() => document.querySelector(css).click()), css);
    const isShown = () => document.readyState === "complete" && !document.getElementById("cb-found")?.hidden;

    test("a text query returns marked results, with the words marked", async () => {
      await open("/search/?q=pooled+budget", () => /^\d+ cases?/.test(document.getElementById("cb-count").textContent));
      await until(() => document.querySelectorAll("#cb-results .cb-entry mark").length > 0);
      assert.ok(!(await browser.run(() => document.querySelector("#cb-failed:not([hidden])")?.textContent)));
    });

    test("choices are answered in groups, and each result has its lifeline", async () => {
      const address = "/search/?tier=unitary&sector=health&barrier=legislative&outcome=continuing";
      await open(address, () => document.querySelectorAll("#cb-results .cb-group-head").length > 1);
      await until(() => document.querySelectorAll("#cb-results .cb-entry .cb-strip circle").length > 3);
      assert.match(await browser.run(() => document.querySelector("#cb-results .cb-differs").textContent), / not /);
    });

    test("chosen cases persist between pages and are compared", async () => {
      await open("/cases/", () => !document.getElementById("cb-tray").hidden);
      const names = await browser.run(() => {
        const boxes = [...document.querySelectorAll("[data-part=pick] input")].slice(0, 2);
        for (const box of boxes) box.click();
        return boxes.map((box) => box.dataset.name);
      });
      await open("/barrier/political/", () => /^2 chosen/.test(document.querySelector("#cb-tray [role=status]").textContent));
      await follow("#cb-tray .cb-button");
      await until(() => document.querySelectorAll("#cb-beside > table > thead th").length === 2);
      assert.deepEqual(
        await browser.run(() => [...document.querySelectorAll("#cb-beside > table > thead b")].map((b) => b.textContent)),
        names,
      );
    });

    test("rows that say the same can be hidden", async () => {
      await open(
        "/compare/?case=torbay-care-trust&case=herefordshire-one-chief-executive",
        () => document.querySelectorAll(".cb-same").length > 0,
      );
      const hidden = () => [...document.querySelectorAll(".cb-same")].map((row) => getComputedStyle(row).display === "none");
      assert.ok((await browser.run(hidden)).every((is) => !is));
      await browser.run(() => document.querySelector(".cb-differs input").click());
      assert.ok((await browser.run(hidden)).every(Boolean));
    });

    test("the lifelines of a barrier stand out from the others", async () => {
      await open("/", isShown);
      const colours = () => {
        const colour = (css) => getComputedStyle(document.querySelector(css)).color;
        return [colour(".cb-life.cb-go:not(.g1)"), colour(".cb-life.cb-go.g1")];
      };
      const [before, own] = await browser.run(colours);
      assert.equal(before, own);
      await browser.run(() => document.querySelector(".cb-choices .g1").click());
      const [other, same] = await browser.run(colours);
      assert.equal(same, own);
      assert.notEqual(other, own);
      const box = await browser.run(() => document.querySelector(".cb-lives").getBoundingClientRect().toJSON());
      assert.ok(box.width > 900 && box.height > 500, JSON.stringify(box));
      assert.ok(await browser.run(() => getComputedStyle(document.querySelector(".cb-lifelist")).display === "none"));
    });

    test("on paper a case has its text and the addresses of its sources, and no menu", async () => {
      await open("/cases/torbay-care-trust/", isShown);
      if (browser.print) assert.match((await browser.print()).toString("latin1"), /^%PDF/);
      // What is for paper alone, on the screen.
      await browser.run(() => {
        for (const { cssRules } of document.styleSheets) {
          for (const { media } of cssRules) if (media?.mediaText === "print") media.mediaText = "all";
        }
      });
      const style = (css, part) =>
        browser.run((css, part) => getComputedStyle(document.querySelector(css), part || null).display, css, part ?? "");
      for (const hidden of [".cb-menu", ".cb-contents", ".cb-find", ".cb-buttons"]) assert.equal(await style(hidden), "none", hidden);
      assert.notEqual(await style(".cb-sources"), "none");
      const shown = await browser.run(() => getComputedStyle(document.querySelector(".cb-sources a"), "::after").content);
      assert.match(shown, /http|attr\(href\)/);
    });

    test("a briefing pack is filled", async () => {
      await open(
        "/briefing/?case=torbay-care-trust&case=herefordshire-one-chief-executive",
        () => document.querySelectorAll("#cb-questions li").length > 2,
      );
      assert.equal(await browser.run(() => document.querySelectorAll("#cb-chart svg").length), 2);
      if (browser.print) assert.equal(sheets(await browser.print()), 2);
    });
  });
}

// How many sheets a PDF has. Firefox packs the objects that say so.
function sheets(pdf) {
  const text = pdf.toString("latin1");
  const streams = [...text.matchAll(/stream\r?\n/g)].map(({ index, 0: { length } }) => pdf.subarray(index + length));
  const unpacked = streams.map((stream) => {
    try {
      return inflateSync(stream).toString("latin1");
    } catch {
      return "";
    }
  });
  return [text, ...unpacked].join("\n").match(/\/Type\s*\/Page\b/g)?.length;
}
