// The form for contributing a case as people use it, in Chromium: messages beside fields, keyboard, a screen reader's tree, a
// phone, print, no network, no scripts, and no request with its content.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { addSources, file, focuses, keeps, openFile, openPart, PARTS, said, serveForms, shown } from "./contribute-support.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { host, own, visit } = await serveForms("contribute");

/** Presses Tab until the element with this name has the focus. Every stop on the way must be in view and not covered. */
async function tabTo(page, name) {
  const stops = [];
  for (let n = 0; n < 200; n += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      const { left, top, right, bottom, height } = at.getClientRects()[0] ?? at.getBoundingClientRect();
      const found = document.elementFromPoint((Math.max(left, 0) + Math.min(right, innerWidth)) / 2, top + Math.min(height, 20) / 2);
      const isSeen = found && (at.contains(found) || found.contains(at));
      const name = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
      return { name: name.trim(), isSeen, sideways: scrollX, place: [left, top, right, bottom].map(Math.round) };
    });
    stops.push(stop.name);
    assert.ok(stop.isSeen && stop.sideways === 0, `on the way to ${name}: ${JSON.stringify(stop).slice(0, 300)}`);
    if (name instanceof RegExp ? name.test(stop.name) : name === stop.name) return;
  }
  assert.fail(`${name} is not among ${stops.join(" | ")}`);
}

test("a case can be written with the keyboard, and errors are shown beside their fields", async () => {
  const { page, faults } = await visit();
  await page.getByRole("link", { name: "Begin", exact: true }).press("Enter");
  await page.getByLabel("Title", { exact: true }).fill("One: desk");
  await page.getByLabel("From which year?").fill("2006");
  await page.getByLabel("To which year?").fill("2003");
  await page.getByLabel("To which year?").press("Tab");
  await page.locator("#f-period-to-wrong", { hasText: "The years run backwards" }).waitFor();
  assert.equal(await page.getByLabel("To which year?").getAttribute("aria-invalid"), "true");
  await page.getByRole("button", { name: /^Continue/ }).press("Enter");
  await focuses(page, "cb-errors");
  await page.getByLabel("To which year?").fill("2013");
  await page.getByLabel("Health", { exact: true }).press("Space");
  await page.getByRole("button", { name: /^Continue/ }).press("Enter");
  await page.getByRole("button", { name: "Add a source" }).press("Enter");
  await page.getByLabel("Title", { exact: true }).fill("Audit");
  await openPart(page, "story");
  await page.getByLabel("The challenge").fill("It was *hard* [1].\n- One");
  const text = await file(page);
  assert.match(text, /title: "One: desk"\n/);
  assert.match(text, /status: draft\nsector: \[health\]\n/);
  assert.match(text, /period: \{ from: 2006, to: 2013 \}/);
  assert.match(text, /- id: s1\n {4}title: Audit\n/);
  assert.match(text, /## The challenge\n\nIt was \\\*hard\\\* \[@s1\]\.\n- One\n/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download the file" }).click()]);
  assert.equal(download.suggestedFilename(), "one-desk.md");
  assert.deepEqual(faults, []);
});

test("the mail names its sender in full", async () => {
  const { page, faults } = await visit({ origin: own.origin });
  await openPart(page, "you");
  await page.getByLabel("Your name").fill("Ada Osei");
  await page.getByLabel("Your organisation").fill("Leigh Council");
  await page.getByLabel("Your e-mail address").fill("ada@leigh.gov.uk");
  await page.getByLabel("Your part in it").fill("I chaired the board.");
  const text = await file(page);
  assert.doesNotMatch(text, /leigh/i);
  const mail = decodeURIComponent(await page.locator("#cb-part a[href^=mailto]").getAttribute("href"));
  assert.match(mail, /\n\nAda Osei\nLeigh Council\nada@leigh\.gov\.uk\nI chaired the board\.\n\n/);
  assert.deepEqual(faults, []);
});

test("a link to another place on the page leaves the part", async () => {
  const { page, faults } = await visit();
  await openPart(page, "story");
  await page.getByLabel("The challenge").fill("Two doors.");
  await page.locator(".cb-skip").first().press("Enter");
  await page.waitForFunction(() => location.hash === "#cb-main");
  await page.evaluate(() => (location.hash = "nowhere"));
  // The change is told after the script has ended.
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  assert.equal(await page.getByLabel("The challenge").inputValue(), "Two doors.");
  assert.deepEqual(faults, []);
});

test("the form asks before what was written is lost", async () => {
  for (const [part, field] of [
    ["partnership", "#f-title"],
    ["story", "#f-The-challenge"],
    ["you", "#f-sender-name"],
  ]) {
    const { page, faults } = await visit();
    await openPart(page, part);
    const asked = page.waitForEvent("dialog");
    await page.locator(field).fill("Two doors");
    await page.reload();
    assert.equal((await asked).type(), "beforeunload", part);
    assert.deepEqual(faults, []);
  }
  const { page, faults } = await visit();
  let asks = 0;
  page.on("dialog", () => (asks += 1));
  const opens = (text) => page.setInputFiles("#cb-open", { name: "case.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
  await opens("---\ntitle: One\n---\n");
  await page.locator("#cb-said", { hasText: "Opened case.md" }).waitFor();
  // The browser tells of the same file again only if the field is empty.
  await openPart(page, "start");
  assert.equal(await page.locator("#cb-open").inputValue(), "");
  await opens("---\ntitle: Two\n---\n");
  await page.waitForFunction(() => document.querySelector("#cb-card").textContent.includes("Two"));
  await page.reload();
  assert.equal(asks, 0);
  await openPart(page, "story");
  await page.getByLabel("The challenge").fill("Two doors");
  await openPart(page, "start");
  await opens("---\ntitle: Three\n---\n");
  await page.getByText("Open case.md in place of what you wrote?").waitFor();
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await focuses(page, "cb-open");
  await openPart(page, "story");
  assert.equal(await page.getByLabel("The challenge").inputValue(), "Two doors");
  await openPart(page, "start");
  await opens("---\ntitle: Three\n---\n");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.waitForFunction(() => document.querySelector("#cb-card").textContent.includes("Three"));
  await openPart(page, "story");
  assert.equal(await page.getByLabel("The challenge").inputValue(), "");
  assert.deepEqual(faults, []);
});

test("a link to what is to be put right shows the message at the field", async () => {
  const { page, faults } = await visit();
  await openFile(page, "---\ntitle: X\nperiod: { from: 2006, to: 2003 }\n---\n");
  await openPart(page, "send");
  await page.locator(".cb-errors a").click();
  await focuses(page, "f-period-to");
  assert.ok(await page.locator("#f-period-to-wrong", { hasText: "The years run backwards" }).isVisible());
  assert.equal(await page.locator("#f-period-to").getAttribute("aria-invalid"), "true");
  assert.deepEqual(faults, []);
});

test("what the check would find is told while one writes", async () => {
  const { page, faults } = await visit();
  await addSources(page, ["Audit"]);
  const year = new Date().getFullYear();
  for (const [id, message, wrong, right] of [
    [
      "f-sources-0-url",
      /Copy the whole address/,
      [
        "www.kingsfund.org.uk",
        "council.gov.uk",
        "www.example.org/report.html",
        "10.1136/bmj.l1234",
        "report.pdf",
        "https://report",
        "https:///a.b",
      ],
      ["https://example.org", "Https://example.org/a_b?c=d", "http://192.0.2.1:80/"],
    ],
    [
      "f-sources-0-date",
      /Write a year, or a day/,
      ["2010-13", "2010-00", "2010-02-30", "30 February 2010"],
      ["2010", "2010-12", "29 February 2012"],
    ],
    ["f-sources-0-date", /has not come yet/, ["3010", "3010-01", "1 March 3010"], [String(year)]],
    ["f-sources-0-date", /after 1800/, ["0999", "0999-01-01"], ["1801"]],
  ]) {
    for (const value of wrong) assert.match(await said(page, id, value), message, value);
    for (const value of right) assert.equal(await said(page, id, value), "", value);
  }
  assert.match(await said(page, "f-sources-0-title", ""), /Title: nothing is written yet/);
  await openPart(page, "partnership");
  assert.equal(await said(page, "f-place-0-name", ""), "");
  await page.locator("#f-place-0-region").fill("Wales");
  assert.match(await said(page, "f-place-0-name", ""), /Place: nothing is written yet/);
  for (const code of ["e06000027", "12", "E0600002"])
    assert.match(await said(page, "f-place-0-code", code), /a letter and eight digits/, code);
  assert.equal(await said(page, "f-place-0-code", "E06000027"), "");
  await page.locator("#f-period-from").fill("2005");
  await page.locator("#f-period-to").fill("2010");
  await openPart(page, "more");
  for (const key of ["changed", "reported"])
    assert.match(await said(page, `f-period-${key}`, "2004"), /2004 is before the partnership began in 2005/);
  assert.match(await said(page, "f-period-changed", "2011"), /2011 is after the partnership ended in 2010/);
  assert.equal(await said(page, "f-period-changed", "2010"), "");
  assert.equal(await said(page, "f-period-reported", "2011"), "");
  for (const address of ["a,b@x.org", "a@b@x.org", "a@x"])
    assert.match(await said(page, "f-contact-email", address), /has an @ in it/, address);
  await page.locator("#f-adopted-0-what").fill("They did it too.");
  await openPart(page, "send");
  const errors = await page.locator(".cb-errors li").allTextContents();
  assert.deepEqual(
    errors.map((error) => error.split(":")[0]),
    ["Place", "Title", "An e-mail address has an @ in it, such as name@council.gov.uk.", "Place"],
  );
  await page.locator(".cb-errors a").last().click();
  await page.locator("#f-adopted-0-place-wrong", { hasText: "nothing is written yet" }).waitFor();
  assert.deepEqual(faults, []);
});

test("a row that is put back has its place and the focus, and leaves the other rows as they are now", async () => {
  const { page, faults } = await visit();
  await addSources(page, ["First", "Second", "Third"]);
  assert.equal(await page.locator(".cb-item[open] summary").textContent(), "3. Third");
  await page.locator(".cb-item summary").nth(1).click();
  await page.getByRole("button", { name: "Remove source 2" }).click();
  await page.locator(".cb-item summary").first().click();
  await page.locator("#f-sources-0-publisher").fill("Leigh Council");
  await page.getByRole("button", { name: "Put it back" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "2. Second");
  assert.deepEqual(await page.locator(".cb-item summary").allTextContents(), ["1. First", "2. Second", "3. Third"]);
  assert.match(await file(page), /title: First\n {4}publisher: Leigh Council\n {2}- id: s2\n {4}title: Second\n/);
  assert.deepEqual(faults, []);
});

test("what was said of a barrier comes back when it is ticked again", async () => {
  const { page, faults } = await visit();
  await openPart(page, "barriers");
  const barrier = page.getByLabel("Politics", { exact: true });
  await barrier.check();
  await page.locator("#f-barrier-political-what").fill("An election.");
  await barrier.uncheck();
  assert.equal(await page.locator(".cb-happened").count(), 0);
  assert.doesNotMatch(await file(page), /election/);
  await openPart(page, "barriers");
  await barrier.check();
  assert.equal(await page.locator("#f-barrier-political-what").inputValue(), "An election.");
  assert.match(await file(page), /term: political\n {4}what: An election\.\n/);
  assert.deepEqual(faults, []);
});

test("only the chosen one of several barriers is described", async () => {
  const { page, faults } = await visit({ origin: own.origin });
  await openPart(page, "barriers");
  await page.getByLabel("The law").check();
  await page.locator("#f-barrier-law-what").fill("An act.");
  await page.getByLabel("The money").check();
  assert.equal(await page.locator("#f-barrier-law-what").count(), 0);
  await page.locator("#f-barrier-money-what").fill("A grant.");
  await page.getByRole("button", { name: "Choose none" }).click();
  assert.equal(await page.locator(".cb-happened").count(), 0);
  await page.getByLabel("The law").check();
  assert.match(await file(page), /barrier:\n {2}- term: law\n {4}what: An act\.\n/);
  assert.deepEqual(faults, []);
});

test("every element of a part has an id of its own", async () => {
  const { page } = await visit({ origin: own.origin });
  for (const part of PARTS) {
    await openPart(page, part);
    const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
    assert.deepEqual(
      ids.filter((id, n) => ids.indexOf(id) !== n),
      [],
    );
  }
});

test("the text of the file is selected if it cannot be copied", async () => {
  const { page, faults } = await visit();
  await page.route("**/contribute/", async (route) => {
    const response = await route.fetch();
    const text = (await response.text()).replace('"repository":null', '"repository":"https://github.com/a/b/new/main"');
    await route.fulfill({ response, body: text });
  });
  await page.reload();
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await openPart(page, "story");
  await page.getByLabel("The challenge").fill("Two doors. ".repeat(1000));
  const text = await file(page);
  await page.getByRole("button", { name: "Copy the file’s text" }).click();
  await page.locator("#cb-said", { hasText: "The text is selected below" }).waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString().trim()), text.trim());
  assert.deepEqual(faults, []);
});

test("all answers of all parts are printed", async () => {
  const { page, faults } = await visit();
  await addSources(page, ["Audit"]);
  await openPart(page, "barriers");
  await page.getByLabel("Politics", { exact: true }).check();
  await page.locator("#f-barrier-political-what").fill("An election.");
  await openPart(page, "story");
  await page.getByLabel("The challenge").fill("Two doors [1].");
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const printed = await page.locator("#cb-contribute").innerText();
  for (const words of ["1. Audit", "Politics\nAn election.", "The challenge", "Two doors [1]."])
    assert.ok(printed.includes(words), printed);
  assert.doesNotMatch(printed, /Continue/);
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.doesNotMatch(await page.locator("#cb-contribute").innerText(), /An election/);
  assert.deepEqual(faults, []);
});

test("the parts and the answers so far stand beside the form as far as the text leaves room for them", async () => {
  const { page, faults } = await visit();
  const columns = () => page.locator("#cb-contribute").evaluate((form) => getComputedStyle(form).gridTemplateColumns.split(" ").length);
  for (const [width, size, count] of [
    [1280, "", 3],
    [1152, "", 3],
    [1024, "", 2],
    [768, "", 2],
    [700, "", 1],
    [1280, "200%", 1],
  ]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
    assert.equal(await columns(), count, `${width} pixels, ${size}`);
  }
  assert.deepEqual(faults, []);
});

test("a case can be written and saved with the keyboard alone on a narrow screen", async () => {
  const { page, faults } = await visit({ viewport: { width: 320, height: 640 } });
  const press = (key) => page.keyboard.press(key);
  const type = (text) => page.keyboard.type(text);
  await tabTo(page, "Begin");
  await press("Enter");
  await shown(page, "partnership");
  await tabTo(page, "Title");
  await type("One desk");
  await tabTo(page, "From which year?");
  await type("2006");
  await tabTo(page, "To which year?");
  await type("2003");
  await tabTo(page, "Health");
  await press("Space");
  await tabTo(page, /^Continue/);
  await press("Enter");
  // The list of what to put right leads to the first fault.
  await focuses(page, "cb-errors");
  await press("Tab");
  await press("Enter");
  await focuses(page, "f-period-to");
  await press("Control+A");
  await type("2013");
  await tabTo(page, /^Continue/);
  await press("Enter");
  await shown(page, "sources");
  await tabTo(page, "Add a source");
  await press("Enter");
  await focuses(page, "f-sources-0-title");
  await type("The audit");
  await tabTo(page, /^Continue/);
  await press("Enter");
  await shown(page, "story");
  await tabTo(page, "The challenge");
  await type("Two doors [1].");
  for (const part of PARTS.slice(PARTS.indexOf("story") + 1, PARTS.indexOf("send") + 1)) {
    await tabTo(page, /^Continue/);
    await press("Enter");
    await shown(page, part);
  }
  await tabTo(page, "See the page as it will look");
  await press("Enter");
  await shown(page, "page");
  assert.equal(await page.locator(".cb-page h3").textContent(), "One desk");
  assert.match(await page.locator(".cb-page").textContent(), /Two doors 1\./);
  await tabTo(page, "1");
  await press("Enter");
  await focuses(page, "cb-source-1");
  await tabTo(page, "Back to the answers");
  await press("Enter");
  await shown(page, "send");
  await tabTo(page, "Download the file");
  const [download] = await Promise.all([page.waitForEvent("download"), press("Enter")]);
  assert.equal(download.suggestedFilename(), "one-desk.md");
  const saved = readFileSync(await download.path(), "utf8");
  assert.match(saved, /period: \{ from: 2006, to: 2013 \}\n/);
  assert.match(saved, /Two doors \[@s1\]\.\n/);
  assert.deepEqual(faults, []);
});

test("a screen reader has a name for each control, hears what is wrong, and finds it at the field", async () => {
  const { page } = await visit();
  const reader = await page.context().newCDPSession(page);
  const nodes = async () => (await reader.send("Accessibility.getFullAXTree")).nodes.filter((node) => !node.ignored);
  const named = ["textbox", "checkbox", "radio", "combobox", "button", "link", "navigation"];
  for (const part of PARTS) {
    await openPart(page, part);
    const controls = (await nodes()).filter(({ role }) => named.includes(role?.value));
    assert.ok(controls.length > 10, part);
    assert.deepEqual(
      controls.filter(({ name }) => !name?.value?.trim()).map(({ role }) => `${part}: ${role.value} without a name`),
      [],
    );
  }
  await openPart(page, "partnership");
  await page.getByLabel("From which year?").fill("2006");
  await page.getByLabel("To which year?").fill("2003");
  await page.getByLabel("To which year?").press("Tab");
  const message = /To put right: The years run backwards/;
  await page.getByRole("status").filter({ hasText: message }).waitFor({ state: "attached" });
  const field = (await nodes()).find(({ role, name }) => role?.value === "textbox" && name.value === "To which year?");
  assert.match(field.description.value, message);
  assert.equal(field.properties.find(({ name }) => name === "invalid").value.value, "true");
});

test("a part that the address names is shown alone", async () => {
  const { page, faults } = await visit();
  await page.goto(host.origin + "/contribute/#you");
  await page.reload();
  await shown(page, "you");
  assert.equal(await page.locator("#cb-start").count(), 0);
  await openPart(page, "start");
  assert.ok(await page.getByLabel("Open a file that you have saved").isVisible());
  assert.deepEqual(faults, []);
});

test("a click that leaves a wrong answer counts, and then the message is shown", async () => {
  const { page, faults } = await visit();
  await openPart(page, "partnership");
  await page.getByLabel("To which year?").fill("20");
  const term = page.getByLabel("Health", { exact: true });
  await term.click();
  assert.ok(await term.isChecked());
  await page.locator("#f-period-to-wrong", { hasText: "Write the year with four figures" }).waitFor();
  assert.deepEqual(faults, []);
});

test("the last questions have labels of their own, and leave out what only editors know", async () => {
  const { page, faults } = await visit();
  await openPart(page, "more");
  await page.getByLabel("Until which year do your sources follow it?").waitFor();
  const asked = await page.locator("#cb-part :is(label, legend)").allTextContents();
  assert.doesNotMatch(asked.join("\n"), /Slug|Aliases|Image|Licence url|Related|Review by|Status/i);
  assert.deepEqual(faults, []);
});

test("an empty row of places has no name", async () => {
  const { page, faults } = await visit();
  await openPart(page, "partnership");
  await page.getByLabel("Title", { exact: true }).fill("One desk");
  assert.doesNotMatch(await page.locator("#cb-card").textContent(), /object/);
  await openPart(page, "page");
  assert.doesNotMatch(await page.locator(".cb-page").textContent(), /object/);
  assert.deepEqual(faults, []);
});

test("the form needs no network once it is open", async () => {
  const { page, faults } = await visit();
  page.on("requestfailed", (request) => request.url().startsWith("blob:") || faults.push(request.url()));
  // The browser itself asks for the icon again when the address changes.
  const isOfIcon = (fault) => /\/icon\.\w+\.svg$|ERR_INTERNET_DISCONNECTED/.test(fault);
  await page.context().setOffline(true);
  for (const part of PARTS) await openPart(page, part);
  await openPart(page, "partnership");
  await page.getByLabel("Title", { exact: true }).fill("One desk");
  await page.getByLabel("Keep what I write on this device").check();
  await keeps(page, 1);
  await openPart(page, "send");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download the file" }).click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /\ntitle: One desk\n/);
  assert.deepEqual(
    faults.filter((fault) => !isOfIcon(fault)),
    [],
  );
});

test("answers are kept on the device only on request, until they are cleared or the tick is taken away", async () => {
  const { page, faults } = await visit();
  await openPart(page, "partnership");
  const title = page.getByLabel("Title", { exact: true });
  const keep = page.getByLabel("Keep what I write on this device");
  await title.fill("One desk");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await keep.check();
  await keeps(page, 1);
  await page.reload();
  // The address of the page is that of the part.
  assert.equal(await title.inputValue(), "One desk");
  await keep.uncheck();
  await keeps(page, 0);
  await keep.check();
  await keeps(page, 1);
  await page.getByRole("button", { name: "Clear everything I wrote" }).click();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await keeps(page, 0);
  await openPart(page, "partnership");
  assert.equal(await title.inputValue(), "");
  assert.deepEqual(faults, []);
});

test("a phone shows every part without sideways scrolling, and axe finds nothing", async () => {
  const { page } = await visit({ viewport: { width: 320, height: 640 } });
  for (const part of PARTS) {
    await openPart(page, part);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), part);
    await page.evaluate(AXE);
    const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
    assert.deepEqual(
      found.violations.map(({ id, nodes }) => `${part} ${id}: ${nodes[0].html}`),
      [],
    );
  }
});

test("without scripts the page offers templates", async () => {
  const { page } = await visit({ javaScriptEnabled: false });
  assert.ok(await page.getByRole("link", { name: /Word/ }).first().isVisible());
  assert.equal(await page.locator("#cb-contribute").isVisible(), false);
});

test("the form works in a language that no browser knows, and its dates are read in English", async () => {
  const { page, faults } = await visit();
  await page.route("**/contribute/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('<html lang="en-GB"', '<html lang="en-GB-oed"') });
  });
  await page.reload();
  await addSources(page, ["A report"]);
  assert.equal(await said(page, "f-sources-0-date", "30 June 2009"), "");
  assert.deepEqual(faults, []);
});

test("a form that nobody has begun lacks nothing, and one that was begun says how much is open", async () => {
  const { page } = await visit();
  assert.doesNotMatch(await page.locator("#cb-parts").innerText(), /gap/);
  await openPart(page, "partnership");
  await page.locator("#f-title").fill("A title");
  await openPart(page, "send");
  assert.match(await page.locator("#cb-parts").innerText(), /\d gaps/);
});
