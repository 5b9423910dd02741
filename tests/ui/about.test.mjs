// About: what is bundled and under which licence, searched, each with its text, without a network.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { root } from "./bridge.mjs";
import { posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

test("every bundled part is listed with its licence and its text", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.locator("nav .place", { hasText: "设置" }).click();
  await desk.page.getByRole("button", { name: "关于", exact: true }).click();
  await desk.page.getByRole("button", { name: "内附部件的许可" }).click();
  await desk.page.waitForSelector(".parts li");
  const rows = await desk.page
    .locator(".parts summary")
    .evaluateAll((each) => each.map((row) => [...row.children].map((cell) => cell.textContent)));
  assert.ok(rows.length > 200, `only ${rows.length} parts`);
  const nameless = rows.filter(([, , licence]) => licence === "");
  assert.deepEqual(nameless, []);
  const of = (name) => rows.find((row) => row[0] === name);
  // As the locks say, not as somebody wrote down.
  const lock = readFileSync(path.join(root, "Cargo.lock"), "utf8");
  for (const crate of ["tauri", "rusqlite", "typst", "ib-matcher"]) {
    const version = new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`).exec(lock)[1];
    assert.equal(of(crate)?.[1], version, crate);
  }
  const { packages } = JSON.parse(readFileSync(path.join(root, "ui/package-lock.json"), "utf8"));
  for (const name of ["svelte", "bits-ui", "@tauri-apps/api"])
    assert.equal(of(name)?.[1], packages[`node_modules/${name}`].version, name);
  // What only builds or tests is not shipped.
  for (const name of ["vite", "proptest", "tauri-build", "prettier"]) assert.equal(of(name), undefined, name);

  await desk.page.fill("#parts-find", "ofl noto");
  await desk.until(async () => (await desk.page.locator(".parts li").count()) === 1, "the fonts alone");
  await desk.page.locator(".parts summary").click();
  await desk.page.waitForSelector(".parts pre >> text=SIL OPEN FONT LICENSE");
  assert.deepEqual(await desk.violations(), []);
  assert.equal(await desk.sideways(), 0);
  if (process.env["PICTURES"]) await desk.page.screenshot({ path: `${process.env["PICTURES"]}/about.png` });
  await desk.page.fill("#parts-find", "没有这个");
  await desk.until(async () => (await desk.text(".parts [role=status]")) === "没有这个部件。", "none");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});
