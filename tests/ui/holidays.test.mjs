// A year's holidays: pasted, seen day by day, taken as one step, and taken back.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { profile, start } from "./harness.mjs";

/** Invented: the real notice of that year is not known yet. */
export const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年元旦、春节和清明节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至12日（周五）放假调休，共9天。2月14日（周日）、2月20日（周六）上班。鼓励单位安排职工在2月13日（周六）休息。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
国务院办公厅
2026年11月4日
`;

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

/** A posting of the first quarter of 2027, whose holidays nobody has published. */
async function holidays(settings = {}) {
  const desk = await chromium.open({
    now: "2026-12-01T09:00:00Z",
    settings: { role: "physician", ...settings },
  });
  await desk.bridge.call("create_posting", {
    profile: { ...profile(), start: "2027-01-04", end: "2027-04-04" },
  });
  await desk.load();
  await desk.page.waitForSelector("nav .place", { state: "attached" });
  // The settings are the last place of all.
  await desk.keys(`Control+${await desk.page.locator("nav .place").count()}`);
  await desk.page.waitForSelector("main nav button");
  await desk.page.locator("main nav button", { hasText: "节假日" }).click();
  await desk.page.waitForSelector("#roster-title");
  return desk;
}

async function loader(desk) {
  await desk.page.locator("#load-notice button").click();
  await desk.page.waitForSelector("#notice-text");
}

const overrides = async (desk) => (await desk.view()).records.calendar_overrides;
const provisional = async (desk) => (await desk.view()).assessment.calendar.provisional_years;

test("a pasted notice is shown day by day with what is to be looked at, and taken and taken back as one step", async () => {
  const desk = await holidays();
  assert.deepEqual(await provisional(desk), [2027]);
  await loader(desk);
  assert.equal(await desk.page.evaluate(() => document.activeElement.id), "notice-text");
  await desk.page.fill("#notice-text", NOTICE);
  await desk.page.waitForSelector('table[aria-label="通知里的每一天"]');
  const table = await desk.text('table[aria-label="通知里的每一天"]');
  assert.match(table, /2月5日（周五）至12日（周五）放假调休，共9天。/);
  assert.match(table, /2月10日 周三\s*休\s*春节\s*原暂按工作日/);
  assert.match(table, /2月14日 周日\s*班\s*春节\s*原暂按休息日/);
  assert.match(table, /1月1日 周五\s*休\s*元旦\s*与暂按的相同 · 派驻期外/);
  const look = await desk.text(".notice.warn");
  assert.match(look, /写的是共 9 天，数下来是 8 天/);
  assert.match(look, /是鼓励，不是安排/);
  assert.match(look, /通知没有提到：劳动节、端午节、中秋节、国庆节/);
  await desk.until(
    async () => /应出勤 126 → 122 个半天/.test(await desk.text("aside")),
    "what it does to the attendance",
  );
  assert.match(await desk.text("aside"), /2027 年不再「暂按」/);
  assert.deepEqual(await overrides(desk), [], "nothing is stored before it is taken");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await overrides(desk)).length === 16, "all days stored");
  assert.deepEqual(await provisional(desk), []);
  await desk.until(async () => /都已经有了/.test(await desk.text("aside")), "taking it again is of no use");
  // One step back takes all of it away.
  await desk.page.locator("h1").click();
  await desk.keys("Control+z");
  await desk.until(async () => (await overrides(desk)).length === 0, "taken back");
  assert.deepEqual(await provisional(desk), [2027]);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a file is opened, and the list and the calendar follow it", async () => {
  const desk = await holidays();
  const file = path.join(desk.dir, "通知.txt");
  writeFileSync(file, NOTICE);
  desk.answer(file);
  await loader(desk);
  await desk.page.locator("button", { hasText: "打开文件" }).click();
  await desk.until(async () => /读自 通知.txt/.test(await desk.text("main")), "where it was read from");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await overrides(desk)).length === 16, "all days stored");
  await desk.page.focus("#notice-text");
  await desk.keys("Escape");
  await desk.page.waitForSelector("#roster-title");
  assert.doesNotMatch(await desk.text("main"), /暂按/);
  await desk.keys("Control+2");
  await desk.page.waitForSelector('[role="grid"]');
  await desk.page.focus('[role="gridcell"][tabindex="0"]');
  await desk.keys("PageDown");
  const cell = (date) => desk.page.locator('[role="gridcell"]', { hasText: date }).first().innerText();
  await desk.until(
    async () => /春节放假/.test(await cell("2月10日 周三")),
    "the loaded holiday in the month",
  );
  assert.match(await cell("2月14日 周日"), /春节调休上班日/);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a picture is refused in words, and a text without dates says what to paste", async () => {
  const desk = await holidays();
  const file = path.join(desk.dir, "通知.png");
  writeFileSync(file, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
  desk.answer(file);
  await loader(desk);
  await desk.page.locator("button", { hasText: "打开文件" }).click();
  await desk.until(async () => /不是文字文件/.test(await desk.text("main")), "the refusal");
  await desk.page.fill("#notice-text", "今天门诊 23 人次。");
  await desk.until(async () => /没有读到放假或上班的日期/.test(await desk.text("main")), "what to paste");
  await desk.page.fill("#notice-text", '[{"date": "2027-02-30", "kind": "workday"}]');
  await desk.until(
    async () => /这份 JSON 读不成放假安排/.test(await desk.text("main")),
    "the fault of the JSON",
  );
  await desk.close();
});

test("one day by the unit's roster is recorded, shown and taken away", async () => {
  const desk = await holidays();
  await desk.page.fill("#roster-date", "3.6");
  await desk.page.fill("#roster-reason", "赶集日值班");
  await desk.keys("Enter");
  await desk.until(async () => (await overrides(desk)).length === 1, "stored");
  assert.deepEqual(await overrides(desk), [{ date: "2027-03-06", kind: "workday", reason: "赶集日值班" }]);
  assert.match(await desk.text("main table"), /3月6日 周六\s*班\s*本派驻自定 赶集日值班/);
  await desk.page.locator('button[aria-label="去掉 3月6日"]').click();
  await desk.until(async () => (await overrides(desk)).length === 0, "taken away");
  await desk.close();
});

for (const look of [
  { name: "light" },
  { name: "dark at 200 %", settings: { theme: "dark", type_size: 200 } },
]) {
  test(`the loader is accessible and fits, ${look.name}`, async () => {
    const desk = await holidays(look.settings);
    assert.deepEqual(await desk.violations(), []);
    assert.equal(await desk.sideways(), 0);
    await loader(desk);
    await desk.page.fill("#notice-text", NOTICE);
    await desk.page.waitForSelector('table[aria-label="通知里的每一天"]');
    assert.deepEqual(await desk.violations(), []);
    assert.equal(await desk.sideways(), 0);
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });
}
