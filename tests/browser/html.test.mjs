// Every page of the sample library is valid by the Nu checker.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import vnu from "vnu-jar";
import { build, pages, root } from "./site.mjs";

test("every page is valid HTML", () => {
  const folder = build(root, "site");
  assert.ok(pages(folder).length > 100);
  // Java compiles quickly rather than well, which takes half the time; the checker needs the larger stack for it.
  const java = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"];
  const options = ["--errors-only", "--skip-non-html", "--format", "gnu", folder];
  const checked = spawnSync("java", [...java, "-jar", vnu, ...options], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(checked.error, undefined);
  assert.equal(checked.stderr.split("\n").slice(0, 20).join("\n"), "");
  assert.equal(checked.status, 0);
});
