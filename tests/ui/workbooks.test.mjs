// A workbook that was kept before: chosen or dropped, read as one says, seen row by row, entered and taken back as one step.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { root } from "./bridge.mjs";
import { change, LOOKS, start } from "./harness.mjs";

const sample = (name) => path.join(root, "tests/fixtures/workbooks", name);

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

/** The window with a posting, and a file dropped on it. */
async function dropped(file, { fill = () => [], ...options } = {}) {
  const desk = await chromium.open({ fill, ...options });
  await drop(desk, file);
  await desk.page.waitForSelector(".rows li");
  return desk;
}

async function drop(desk, file) {
  await desk.bridge.offer(file);
  await desk.page.evaluate((paths) => window.callOut("tauri://drag-drop", { paths }), [file]);
}

function csv(desk, name, text) {
  const file = path.join(desk.dir, name);
  writeFileSync(file, text);
  return file;
}

const rows = (desk) => desk.text(".rows");
const records = async (desk) => (await desk.view()).records;

test("from the settings to the last row without a mouse, and one step back", async () => {
  const desk = await chromium.open({ fill: () => [] });
  desk.answer(sample("attendance-of-two.xlsx"));
  await desk.keys(`Control+${await desk.page.locator("nav .place").count()}`);
  await desk.page.waitForSelector("main nav button");
  await desk.page.locator("main nav button").nth(1).focus();
  await desk.keys("Enter");
  await desk.page.locator(".import button").focus();
  await desk.keys("Enter");
  await desk.page.waitForSelector("h1:has-text('导入以前的表格')");
  await desk.keys("Control+Enter");
  await desk.page.waitForSelector(".rows li");
  const text = await rows(desk);
  assert.match(text, /不能导入 2\s+第 4 行\s+AC4 「？」\s*这个符号没有说明/);
  assert.ok(text.indexOf("不能导入") < text.indexOf("新记"), "bad rows come first");
  assert.match(await desk.text("aside"), /12 天的记录\s+2 次请假/);
  await desk.page.getByRole("button", { name: "看是哪几行" }).focus();
  await desk.keys("Enter");
  const bad = desk.page.locator("#rows-bad");
  assert.equal(await bad.evaluate((heading) => heading === document.activeElement), true);
  assert.ok((await bad.boundingBox()).y < 700, "the bad rows are in sight");
  assert.deepEqual((await records(desk)).days, [], "looking stores nothing");

  // The mark is explained, by keys alone: its rows are no longer bad.
  const mark = desk.page.getByLabel("符号「?」的意思");
  await mark.focus();
  await mark.selectOption("status:present");
  await desk.until(async () => !/不能导入/.test(await rows(desk)), "the explained mark is read");
  assert.match(await desk.text("header"), /导入 15 条/);
  await desk.keys("Control+Enter");
  await desk.until(async () => (await records(desk)).days.length === 13, "all days stored");
  assert.equal((await records(desk)).leaves.length, 2);
  await desk.page.waitForSelector(".toast:has-text('已导入 15 条')");
  await desk.until(async () => /已经有了 15/.test(await rows(desk)), "the same again is of no use");
  assert.equal(await desk.page.locator("[data-shortcut=primary]").count(), 0);

  await desk.keys("Control+z");
  await desk.until(async () => (await records(desk)).days.length === 0, "one step back takes all of it away");
  assert.deepEqual((await records(desk)).leaves, []);
  await desk.until(async () => /新记/.test(await rows(desk)), "the rows say so");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("another person, another layout and another meaning are read at once", async () => {
  const desk = await dropped(sample("attendance-of-two.xlsx"));
  await desk.page.selectOption("#import-person", "周建国");
  await desk.until(async () => !/不能导入/.test(await rows(desk)), "the other one's marks are known");
  await desk.page.selectOption("#import-month", "2026-03");
  await desk.until(async () => /3月2日 的记录/.test(await rows(desk)), "the other month");
  const list = csv(desk, "日志.csv", "日期,上午,下午,甲\n3月2日,√,√,12\n3月3日,√,√,15\n");
  await drop(desk, list);
  await desk.page.waitForSelector("h1 + p:has-text('日志.csv')");
  await desk.page.getByLabel("D 列「甲」的意思").selectOption("tally:outpatient_visits");
  await desk.until(async () => /门诊 15 人次/.test(await rows(desk)), "the column's new meaning");
  await desk.page.locator("label", { hasText: "一次活动" }).click();
  await desk.until(async () => /没有这类活动/.test(await rows(desk)), "rows as activities need a kind");
  await desk.page.selectOption("#import-kind", "lecture");
  await desk.until(async () => /3月3日 授课/.test(await rows(desk)), "the kind that the rows do not say");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a double click or a second start with a workbook opens it, also before the window is there", async () => {
  const desk = await chromium.open({ fill: () => [] });
  await desk.bridge.offer(sample("lectures-gbk.csv"));
  await desk.load();
  await desk.page.waitForSelector("h1 + p:has-text('lectures-gbk.csv')");
  await desk.page.waitForSelector(".rows li");
  const next = sample("work-utf8.csv");
  await desk.bridge.offer(next);
  await desk.page.evaluate((name) => window.callOut("open-file", name), next);
  await desk.page.waitForSelector("h1 + p:has-text('work-utf8.csv')");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("what differs from a record stays unless it is ticked", async () => {
  const fill = () => [
    change("day", "2026-03-03", { date: "2026-03-03", morning: "official_duty", afternoon: null }),
  ];
  const desk = await chromium.open({ fill });
  await drop(desk, csv(desk, "补.csv", "日期,上午,下午\n3月2日,√,√\n3月3日,√,√\n"));
  await desk.page.waitForSelector(".rows li");
  assert.match(await rows(desk), /与已有的不同，先不动 1[\s\S]*上午：公差 → 出勤/);
  assert.match(await desk.text("header"), /导入 1 条/);
  await desk.page.getByRole("checkbox", { name: /用表里的/ }).check();
  await desk.until(async () => /导入 2 条/.test(await desk.text("header")), "the ticked one is counted");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await desk.day("2026-03-03")).morning === "present", "it is replaced");
  await desk.close();
});

test("hidden sheets are shown as hidden and not read until they are ticked", async () => {
  const desk = await dropped(sample("attendance-of-two.xlsx"));
  const hidden = desk.page.getByRole("checkbox", { name: "旧表，2 行，隐藏" });
  assert.equal(await hidden.isChecked(), false);
  assert.doesNotMatch(await rows(desk), /不该先选中的/);
  await hidden.check();
  await desk.until(async () => /不该先选中的/.test(await rows(desk)), "the hidden sheet is read");
  await desk.close();
});

test("a file that is no workbook, and one dropped where there is no posting, are answered in words", async () => {
  const desk = await chromium.open({ fill: () => [] });
  await drop(desk, csv(desk, "旧.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0])));
  await desk.page.waitForSelector(".notice.bad");
  const said = await desk.text(".notice.bad");
  assert.match(
    said,
    /“旧\.xls”：这是旧格式 \.xls 的表格，或加了密码。[\s\S]*数据没有改动。[\s\S]*另存为 \.xlsx/,
  );
  await desk.close();
  const nobody = await chromium.open({ settings: { role: "physician" } });
  await drop(nobody, sample("work-utf8.csv"));
  await nobody.page.waitForSelector(".toast:has-text('先新建一次派驻')");
  await nobody.close();
});

test("a sheet without a column of dates says so, and is read once the column is chosen", async () => {
  const desk = await chromium.open({ fill: () => [] });
  await drop(desk, csv(desk, "无题.csv", "甲,上午,下午,工作内容\n3月2日,√,√,门诊\n3月3日,√,√,门诊\n"));
  await desk.page.waitForSelector(".notice:has-text('还不知道哪一列是日期')");
  assert.equal(await desk.page.locator(".rows li").count(), 0, "no row is called bad for it");
  const column = desk.page.getByLabel("A 列「甲」的意思");
  await column.focus();
  await column.selectOption("date");
  await desk.until(async () => /新记 2/.test(await rows(desk)), "both rows are read");
  assert.equal(await desk.page.locator(".notice").count(), 0);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("the figures of a form are said to be nothing to import", async () => {
  const desk = await chromium.open({ fill: () => [] });
  await drop(desk, csv(desk, "数据.csv", "类别,项目,数值,单位,说明\n出勤,应出勤,122,个半天,\n"));
  await desk.page.waitForSelector("fieldset:has-text('没有可导入的')");
  assert.equal(await desk.page.getByRole("checkbox").isDisabled(), true);
  assert.match(await desk.text("aside"), /没有要导入的/);
  assert.equal(await desk.page.locator("[data-shortcut=primary]").count(), 0);
  await desk.close();
});

test("in English the sentences of a refusal stand apart", async () => {
  const desk = await chromium.open({ fill: () => [], settings: { language: "en" } });
  await drop(desk, csv(desk, "old.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0])));
  await desk.page.getByRole("heading", { name: "Import a workbook" }).waitFor();
  await desk.until(
    async () => /Nothing was changed\. \S/.test(await desk.text("main")),
    "a blank between them",
  );
  await desk.close();
});

test("records that can only be read are not imported into", async () => {
  const desk = await chromium.open({ fill: () => [] });
  const stick = path.join(desk.dir, "stick");
  mkdirSync(stick);
  desk.answer(path.join(stick, "搬家.xxzdata"));
  await desk.bridge.call("move_away");
  await desk.load();
  await drop(desk, sample("work-utf8.csv"));
  await desk.page.waitForSelector(".empty:has-text('只能看，不能导入')");
  assert.equal(await desk.page.locator("[data-shortcut=primary]").count(), 0);
  await desk.close();
});

for (const look of LOOKS) {
  describe(`import, ${look.name}`, () => {
    test("is sound with lists, marks, conflicts and bad rows", async () => {
      const fill = () => [change("day", "2026-01-06", { date: "2026-01-06", morning: "absent" })];
      const desk = await dropped(sample("diary-with-text-dates.xlsx"), { fill, ...look });
      for (const file of [null, "attendance-of-two.xlsx", "lectures-gbk.csv"]) {
        if (file) {
          await drop(desk, sample(file));
          await desk.page.waitForSelector(`h1 + p:has-text('${file}')`);
          await desk.page.waitForSelector(".rows li");
        }
        assert.deepEqual(await desk.violations(), []);
        assert.deepEqual(await desk.clipped(), []);
        assert.ok((await desk.sideways()) <= 0, "nothing scrolls sideways");
      }
      await desk.keys("Control+Enter");
      await desk.page.waitForSelector(".toast");
      assert.deepEqual(await desk.violations(), [], "once it is imported");
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });

    test("is sound where there is nothing to read, nothing to import, or a refusal", async () => {
      const desk = await chromium.open({ fill: () => [], ...look });
      const name = `${"贵州省黔东南苗族侗族自治州人民医院驻从江县下江镇中心卫生院".repeat(2)}考勤`;
      for (const [file, content, shown] of [
        [`${name}.csv`, "姓名,上午,下午\n李晓梅,√,√\n", ".notice"],
        [`${name}2.csv`, "类别,项目,数值,单位,说明\n出勤,应出勤,122,个半天,\n", "fieldset .reason"],
        [`${name}.xls`, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), ".notice.bad"],
      ]) {
        await drop(desk, csv(desk, file, content));
        await desk.page.waitForSelector(shown);
        assert.deepEqual(await desk.violations(), [], file);
        assert.deepEqual(await desk.clipped(), [], file);
        assert.ok((await desk.sideways()) <= 0, "nothing scrolls sideways");
      }
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });
  });
}
