// The forms on the screen: the very pages, larger and smaller, and put on paper without anything of the window.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

async function completion(options) {
  const desk = await chromium.open({ fill: posting, ...options });
  await desk.keys("Control+7");
  await desk.page.waitForSelector(".paper img");
  return desk;
}

const width = (desk) =>
  desk.page
    .locator(".paper img")
    .first()
    .evaluate((page) => page.offsetWidth);

test("a page is seen whole, and larger by plus, minus and the list", async () => {
  const desk = await completion();
  const paper = desk.page.locator(".paper");
  const whole = await desk.page
    .locator(".paper img")
    .first()
    .evaluate((page) => page.offsetHeight <= page.parentElement.clientHeight);
  assert.ok(whole, "the whole page fits");
  const small = await width(desk);
  await paper.focus();
  await desk.keys("+", "+");
  assert.equal(await width(desk), Math.round((210 / 25.4) * 96), "100 % is the paper's own size");
  await desk.keys("0");
  assert.equal(await width(desk), small);
  await desk.page.getByRole("combobox", { name: "显示大小" }).selectOption("200");
  assert.ok((await width(desk)) > 1500);
  assert.deepEqual(await desk.violations(), []);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("Ctrl+P puts the pages on A4 paper, and nothing else", async () => {
  const desk = await completion();
  await desk.keys("Control+p");
  await desk.page.waitForSelector(".printed img", { state: "attached" });
  const file = path.join(desk.dir, "printed.pdf");
  writeFileSync(file, await desk.page.pdf({ preferCSSPageSize: true }));
  const facts = execFileSync("pdfinfo", [file], { encoding: "utf8" });
  assert.match(facts, /^Pages: +1$/m);
  assert.match(facts, /A4/);
  // The form's glyphs are drawn; whatever text there is came from the window.
  assert.equal(execFileSync("pdftotext", [file, "-"], { encoding: "utf8" }).trim(), "");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("where the print window does not open it is said, with the way around", async () => {
  const desk = await completion();
  desk.answer(null);
  await desk.page.getByRole("button", { name: "打印" }).click();
  await desk.page.getByText("打印窗口没有打开").waitFor();
  await desk.page.getByText("存为 PDF", { exact: false }).first().waitFor();
  await desk.close();
});
