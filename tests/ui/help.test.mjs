// F1: the page of the screen one is on, every page in both languages with its pictures, searching it, and leaving it.
import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { root } from "./bridge.mjs";
import { posting, start } from "./harness.mjs";

/** What all pictures of help may weigh, and one of them, in bytes. */
const ALL = 600_000;
const ONE = 64_000;
let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const TITLE = "dialog[open] .article h3";
const PAGES = "dialog[open] nav button";

async function help(desk) {
  await desk.keys("F1");
  await desk.page.waitForSelector(TITLE);
}

test("F1 opens the page of the screen, closes again, and gives the focus back", async () => {
  const desk = await chromium.open({ fill: posting });
  const expected = [
    "平常的一天",
    "考勤怎样算",
    "授课、查房和间隔",
    "请假和销假",
    "帮扶日记",
    "还差什么，来不来得及",
    "结业和交表",
  ];
  for (const [at, title] of expected.entries()) {
    await desk.keys(`Control+${at + 1}`);
    await desk.page.waitForFunction(
      (n) => document.querySelectorAll("nav .place")[n]?.getAttribute("aria-current") === "page",
      at,
    );
    await help(desk);
    assert.equal(await desk.text(TITLE), title);
    await desk.page.waitForSelector("dialog[open] .article:focus");
    await desk.keys("F1");
    await desk.page.waitForSelector("dialog[open]", { state: "detached" });
  }
  await desk.keys("Control+1");
  await desk.page.focus("#day-note");
  await help(desk);
  await desk.keys("Escape");
  await desk.page.waitForSelector("#day-note:focus");
  await desk.keys("Control+f");
  await desk.page.waitForSelector("dialog[open] input[role=combobox]");
  await help(desk);
  assert.equal(await desk.text(TITLE), "查找、撤销、回收站");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

for (const settings of [
  { theme: "light" },
  { theme: "dark", language: "en" },
  { theme: "light", type_size: 200 },
]) {
  test(`every page is accessible, fits, and shows its pictures: ${JSON.stringify(settings)}`, async () => {
    const desk = await chromium.open({ fill: posting, settings });
    await help(desk);
    const pages = await desk.page.locator(PAGES).count();
    assert.ok(pages >= 13, `only ${pages} pages`);
    let pictures = 0;
    for (let at = 0; at < pages; at++) {
      const button = desk.page.locator(PAGES).nth(at);
      const title = await button.innerText();
      await button.click();
      await desk.until(async () => (await desk.text(TITLE)) === title, title);
      await desk.page.waitForFunction(() =>
        [...document.querySelectorAll("dialog[open] img")].every((image) => image.complete),
      );
      const widths = await desk.page
        .locator("dialog[open] img")
        .evaluateAll((images) => images.map((image) => image.naturalWidth));
      assert.ok(
        widths.every((width) => width > 0),
        `${title}: a picture is missing`,
      );
      pictures += widths.length;
      assert.deepEqual(await desk.violations(), [], title);
      const wider = await desk.page
        .locator("dialog[open]")
        .evaluate((dialog) =>
          Math.max(
            ...[dialog, ...dialog.querySelectorAll(".columns, .article")].map(
              (each) => each.scrollWidth - each.clientWidth,
            ),
          ),
        );
      assert.equal(wider, 0, `${title} scrolls sideways`);
      if (process.env["PICTURES"] && [1, 8, 14].includes(at))
        await desk.page.screenshot({
          path: `${process.env["PICTURES"]}/help-${at}-${Object.values(settings).join("-")}.png`,
        });
    }
    assert.equal(pictures, 8);
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });
}

test("help is searched, and from the search of records too", async () => {
  const desk = await chromium.open({ fill: posting });
  await help(desk);
  await desk.keys("Control+f");
  await desk.page.waitForSelector("dialog[open] input[role=searchbox]:focus");
  await desk.page.fill("dialog[open] input[role=searchbox]", "身份证");
  await desk.until(async () => (await desk.text(TITLE)) === "病人和隐私", "the first page with it");
  assert.equal(await desk.page.locator(PAGES).count(), 1);
  assert.ok((await desk.page.locator("dialog[open] .article mark").allInnerTexts()).includes("身份证"));
  // As records are found: by several words, by pinyin and its initials, without case.
  for (const [query, title, marked] of [
    ["sfz", "病人和隐私", "身份证"],
    ["xiaojia", "请假和销假", "销假"],
    ["excel WPS", "导入以前的表格", "Excel"],
    ["ｅｘｃｅｌ", "导入以前的表格", "Excel"],
    ["备份 huifu", "备份、恢复和换电脑", "恢复"],
  ]) {
    await desk.page.fill("dialog[open] input[role=searchbox]", query);
    await desk.until(async () => (await desk.text(TITLE)) === title, `${query} leads to ${title}`);
    await desk.until(
      async () => (await desk.page.locator("dialog[open] .article mark").allInnerTexts()).includes(marked),
      `${query} is marked`,
    );
  }
  await desk.page.fill("dialog[open] input[role=searchbox]", "没有这样的话");
  await desk.until(
    async () => (await desk.text("dialog[open] [role=status]")).startsWith("没有找到「没有这样的话」"),
    "nothing found",
  );
  assert.deepEqual(await desk.violations(), []);
  await desk.keys("Escape", "Control+f");
  await desk.page.fill("dialog[open] input[role=combobox]", "销假");
  await desk.page.locator("dialog[open] footer button").click();
  await desk.until(async () => (await desk.text(TITLE)) === "请假和销假", "the page of leave");
  assert.equal(await desk.page.inputValue("dialog[open] input[role=searchbox]"), "销假");
  await desk.close();
});

test("the pictures of help are there in both languages, and small", () => {
  const folder = path.join(root, "ui/src/screens/help/pictures");
  const files = readdirSync(folder).filter((name) => name.endsWith(".webp"));
  const sizes = files.map((name) => statSync(path.join(folder, name)).size);
  assert.equal(files.length, 16);
  assert.ok(Math.max(...sizes) <= ONE, `one has ${Math.max(...sizes)} bytes`);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(all <= ALL, `${all} bytes`);
});
