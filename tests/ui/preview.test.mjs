// The forms on the screen: the very pages, larger and smaller, and put on paper without anything of the window.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { change, LOOKS, posting, start } from "./harness.mjs";

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

/** The text of the form that is saved now, under a name with this end. */
async function saved(desk, end) {
  await desk.page.getByRole("button", { name: "存为 PDF" }).click();
  const named = () => readdirSync(desk.answers).find((name) => name.endsWith(end));
  await desk.until(named, `${end} is saved`);
  return execFileSync("pdftotext", ["-raw", path.join(desk.answers, named()), "-"], { encoding: "utf8" });
}

test("one month of attendance and a blank sheet are had by keys, and saved as they are seen", async () => {
  const desk = await completion();
  const { page } = desk;
  await page.getByRole("tab", { name: "任务考核表" }).focus();
  await desk.keys("ArrowRight");
  await page.getByText("1 / 4 页").waitFor();
  await desk.keys("Tab");
  const focused = () =>
    page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.value);
  assert.equal(await focused(), "月份", "the choices follow the tabs");
  await page.getByRole("combobox", { name: "月份" }).selectOption("2026-03-01");
  await page.getByText("1 / 1 页").waitFor();
  assert.match(await saved(desk, "-2026年3月-月考勤表.pdf"), /2026年3月[^]*\d+\.\d%/);
  await page.getByRole("combobox", { name: "月份" }).focus();
  await desk.keys("Tab", "ArrowRight");
  await desk.until(
    () => page.getByRole("radio", { name: "空白，供手写" }).isChecked(),
    "a blank sheet is chosen by keys",
  );
  await desk.until(
    async () => !(await page.getByRole("button", { name: "存为 PDF" }).isDisabled()),
    "the blank sheet is there",
  );
  const blank = await saved(desk, "-2026年3月-月考勤表（空白）.pdf");
  assert.match(blank, /2026年3月/);
  assert.doesNotMatch(blank, /\d%/, "nothing is counted on a blank sheet");
  assert.deepEqual(await desk.violations(), []);
  // Another form is not touched by what was chosen here, and the choice is still there afterwards.
  await page.getByRole("tab", { name: "任务考核表" }).click();
  await page.locator(".paper img").first().waitFor();
  assert.equal(await page.getByRole("combobox", { name: "月份" }).count(), 0);
  await page.getByRole("tab", { name: "月考勤表" }).click();
  await page.getByText("1 / 1 页").waitFor();
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("records are looked at in one table or one a page", async () => {
  const desk = await completion();
  const { page } = desk;
  const lectures = (await desk.view()).records.activities.filter(({ kind }) => kind === "lecture").length;
  assert.ok(lectures > 1);
  await page.getByRole("tab", { name: "讲座记录" }).click();
  await page.getByText("1 / 1 页").waitFor();
  await page.getByText("一条一页").click();
  await page.getByText(`1 / ${lectures} 页`).waitFor();
  await page.getByText("汇总一张表").click();
  await page.getByText("1 / 1 页").waitFor();
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("characters that Word and Excel may not show elsewhere are named before exporting", async () => {
  const note = (text) => () => [...posting(), change("day", "2026-03-18", { ...day, note: text })];
  const day = { date: "2026-03-18", morning: "present", afternoon: "present", note: null, tallies: {} };
  const common = await completion({ fill: note("到䶮㛃村巡诊") });
  await common.page.getByText("会做好全套表格", { exact: false }).waitFor();
  assert.equal(await common.page.getByText("少见的字").count(), 0);
  await common.close();
  for (const [language, said] of [
    ["zh-CN", "Word、Excel 表里有少见的字：𬎆"],
    ["en", "Uncommon characters in the Word and Excel files: 𬎆"],
  ]) {
    const desk = await completion({ fill: note("到𬎆村巡诊"), settings: { language } });
    await desk.page.getByText(said).waitFor();
    await desk.page.getByText("SimSun-ExtB").or(desk.page.getByText("宋体-ExtB")).first().waitFor();
    assert.deepEqual(await desk.violations(), []);
    await desk.close();
  }
});

test("the choices of a form fit the window at twice the type size in either language", async () => {
  for (const look of LOOKS.filter(({ settings }) => settings.type_size === 200)) {
    const desk = await completion({ settings: look.settings, media: look.media });
    const tabs = desk.page.getByRole("tab");
    for (const nth of [1, 5]) {
      await tabs.nth(nth).click();
      await desk.page.locator(".options").waitFor();
      await desk.page.waitForSelector(".paper img");
      assert.deepEqual(await desk.clipped(), [], look.name);
      assert.equal(await desk.sideways(), 0, look.name);
    }
    await desk.close();
  }
});
