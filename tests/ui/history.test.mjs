// What a record was, the way back, the recycle bin, erasing, own statistics, and warnings of what tells who a patient is.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { change, posting, start } from "./harness.mjs";

const TODAY = "2026-03-19";
const ID = "11010519491231002X";
let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const button = (desk, name) => desk.page.getByRole("button", { name, exact: true });
const toast = (desk, words) =>
  desk.until(async () => (await desk.text(".toasts")).includes(words), `the toast says ${words}`);

/** Today with two versions of its note. */
async function twice(settings) {
  const desk = await chromium.open({ fill: posting, settings });
  for (const [note, visits] of [
    ["内科门诊，钱某某复诊", 20],
    ["内科门诊", 23],
  ]) {
    const value = {
      date: TODAY,
      morning: "present",
      afternoon: "present",
      note,
      tallies: { outpatient_visits: visits },
    };
    await desk.bridge.call("save", { changes: [change("day", TODAY, value)] });
  }
  await desk.load();
  await desk.page.waitForSelector('[role="radio"]:focus');
  return desk;
}

async function openHistory(desk) {
  await desk.keys("Control+h");
  await desk.page.waitForSelector("dialog[open] ol li");
}

test("a day's history tells what changed, and goes back in one step", async () => {
  const desk = await twice();
  await openHistory(desk);
  const rows = await desk.page.locator("dialog[open] ol > li").allInnerTexts();
  assert.equal(rows.length, 2);
  assert.match(rows[0], /修改[\s\S]*3月19日 17:32[\s\S]*现在/);
  assert.match(rows[0], /门诊[\s\S]*20 人次[\s\S]*23 人次/);
  assert.match(rows[0], /记录[\s\S]*内科门诊，钱某某复诊[\s\S]*内科门诊/);
  assert.match(rows[1], /填写[\s\S]*回到这一版/);
  assert.deepEqual(await desk.violations(), []);
  await desk.page.getByRole("button", { name: /^回到这一版/ }).click();
  await desk.until(async () => (await desk.day(TODAY)).tallies.outpatient_visits === 20, "set back");
  await toast(desk, "已改回：3月19日 的记录");
  await desk.page.waitForSelector("dialog:not([open])", { state: "attached" });
  await desk.until(
    async () => (await desk.page.inputValue("#day-note")) === "内科门诊，钱某某复诊",
    "the form shows it",
  );
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.day(TODAY)).tallies.outpatient_visits === 23, "one undo");
  await toast(desk, "已撤销：3月19日 的记录");
  await openHistory(desk);
  assert.match((await desk.page.locator("dialog[open] ol > li").allInnerTexts())[0], /撤销/);
  assert.match(
    (await desk.page.locator("dialog[open] ol > li").allInnerTexts())[1],
    /改回 3月19日 17:32 那一版/,
  );
  await desk.keys("Control+y");
  await desk.until(
    async () => /重做/.test(await desk.text("dialog[open] ol > li:first-child")),
    "the panel follows what is done while it is open",
  );
  await desk.keys("Control+2");
  await desk.page.waitForSelector("dialog:not([open])", { state: "attached" });
  assert.equal(await desk.text("h1"), "2026年3月");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("an unfinished change of a lecture gives way to the version gone back to", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+3");
  await desk.page.getByRole("button", { name: "打开 1月28日 周三 基层心电图判读" }).click();
  await desk.page.fill("#activity-title", "心电图（一）");
  await desk.keys("Control+Enter");
  await toast(desk, "已记 1月28日 授课");
  await desk.page.getByRole("button", { name: "打开 1月28日 周三 心电图（一）" }).click();
  await desk.page.fill("#activity-title", "写到一半");
  await desk.until(async () => (await desk.view()).drafts.length === 1, "kept as a draft");
  await openHistory(desk);
  await desk.page.getByRole("button", { name: /^回到这一版/ }).click();
  await desk.until(
    async () => (await desk.page.inputValue("#activity-title")) === "基层心电图判读",
    "the form shows what it went back to",
  );
  assert.equal((await desk.view()).drafts.length, 0);
  await desk.close();
});

test("going back where it may not be is refused in the panel, and nothing changes", async () => {
  const desk = await twice();
  await desk.bridge.call("save", { changes: [change("day", TODAY, null)] });
  const id = "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11";
  const leave = {
    id,
    kind: "sick_leave",
    from: TODAY,
    from_half: "morning",
    to: TODAY,
    to_half: "afternoon",
    reason: null,
  };
  await desk.bridge.call("save", { changes: [change("leave", id, leave)] });
  await desk.load();
  await desk.keys("Control+9");
  await button(desk, "回收站").click();
  await desk.page.waitForSelector(".bin li");
  await desk.page.getByRole("button", { name: /^放回：3月19日/ }).click();
  await desk.page.waitForSelector(".bin .notice.bad");
  assert.match(await desk.text(".bin .notice"), /在请假中[\s\S]*数据没有改动/);
  assert.deepEqual(await desk.violations(), []);
  assert.equal(await desk.day(TODAY), null);
  await desk.close();
});

test("a text is erased in two steps, everywhere", async () => {
  const desk = await twice();
  await desk.bridge.call("backup_now");
  await openHistory(desk);
  await button(desk, "抹去这里写过的文字…").click();
  const told = await desk.text("dialog[open]");
  for (const words of [
    "2 段文字",
    "仍算有工作记录",
    "日志照样能核对",
    "不能撤销",
    "已有的备份 1 份，最近一份 3月19日 17:32",
    "审核文件还没有导出过",
  ])
    assert.ok(told.includes(words), `${words}\n---\n${told}`);
  assert.deepEqual(await desk.violations(), []);
  assert.equal(
    await desk.page.evaluate(() => document.activeElement?.textContent?.trim()),
    "不抹",
    "Enter alone erases nothing",
  );
  await button(desk, "抹去 2 段文字，不能撤销").click();
  await toast(desk, "文字已抹去");
  await desk.until(
    async () => (await desk.text("dialog[open] ol")).includes("〔已抹去〕"),
    "shown as erased",
  );
  assert.ok(!(await desk.page.content()).includes("钱某某"));
  assert.equal(await button(desk, "抹去这里写过的文字…").count(), 0);
  await desk.keys("Escape");
  const view = await desk.view();
  assert.ok(!JSON.stringify(view).includes("钱某某"));
  assert.equal(view.records.days.at(-1).note, "〔已抹去〕");
  await desk.close();
});

test("what was typed into a record whose texts are erased is let go of", async () => {
  const desk = await twice();
  await desk.page.fill("#day-note", "钱某某又来了");
  await desk.until(async () => (await desk.view()).drafts.length === 1, "kept as a draft");
  await openHistory(desk);
  await button(desk, "抹去这里写过的文字…").click();
  await desk.page.getByRole("button", { name: /^抹去 \d 段文字/ }).click();
  await toast(desk, "文字已抹去");
  await desk.keys("Escape");
  await desk.until(
    async () => (await desk.page.inputValue("#day-note")) === "〔已抹去〕",
    "the form lets go",
  );
  assert.ok(!JSON.stringify(await desk.view()).includes("钱某某"));
  await desk.close();
});

test("what is deleted on a list says so, lies in the bin, and is put back", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+3");
  const lecture = desk.page.getByRole("button", { name: "打开 1月28日 周三 基层心电图判读" });
  await lecture.focus();
  await desk.keys("Delete");
  await toast(desk, "已删 1月28日 授课");
  await button(desk, "撤销").first().click();
  await toast(desk, "已撤销：1月28日 授课《基层心电图判读》");
  await lecture.focus();
  await desk.keys("Delete");
  await desk.until(async () => !(await lecture.isVisible()), "gone");
  await button(desk, "回收站").click();
  await desk.page.waitForSelector(".bin li");
  assert.match(
    await desk.text(".bin li"),
    /1月28日 授课《基层心电图判读》[\s\S]*二楼会议室|1月28日 授课[\s\S]*题目/,
  );
  assert.deepEqual(await desk.violations(), []);
  await desk.page.getByRole("button", { name: /^放回：1月28日/ }).click();
  await toast(desk, "已放回：1月28日 授课《基层心电图判读》");
  await desk.until(async () => (await desk.text(".bin")).includes("回收站是空的"), "empty");
  assert.equal((await desk.view()).records.activities.filter((each) => each.date === "2026-01-28").length, 1);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a day that is emptied says so", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("PageUp");
  await desk.until(async () => (await desk.text("h1")) === "3月18日 周三", "the day before");
  await desk.page.fill("#day-note", "");
  await desk.page.fill("#tally-0", "");
  await desk.page.locator('[role="radio"]').first().focus();
  await desk.keys("4");
  await desk.page.getByRole("menuitem", { name: "清除" }).click();
  await desk.keys("PageUp");
  await toast(desk, "已清空 3月18日 的记录");
  await button(desk, "撤销").first().click();
  await desk.until(async () => (await desk.day("2026-03-18"))?.morning === "present", "back");
  await desk.close();
});

test("an own statistic is added, counted, renamed and taken away", async () => {
  const desk = await chromium.open({ fill: posting });
  await button(desk, "其他工作量").click();
  await desk.page.getByRole("menuitem", { name: "自定统计…" }).click();
  await desk.page.waitForSelector("#tally-name");
  await desk.page.fill("#tally-name", "门诊");
  await desk.keys("Control+Enter");
  await desk.page.waitForSelector("#tally-name-error");
  assert.match(await desk.text("#tally-name-error"), /已经有「门诊」了/);
  assert.deepEqual(await desk.violations(), []);
  await desk.page.fill("#tally-name", "针灸");
  await desk.page.fill("#tally-unit", "人次");
  await desk.keys("Control+Enter");
  await toast(desk, "已存「针灸」");
  await desk.keys("Control+1");
  await desk.page.getByLabel("针灸（人次）").fill("6");
  await desk.keys("PageUp");
  await desk.until(async () => (await desk.day(TODAY))?.tallies.own_1 === 6, "counted");
  assert.equal((await desk.view()).assessment.tallies.own_1, 6);
  await desk.keys("Control+9");
  await button(desk, "自定统计").click();
  await desk.page.waitForSelector("#tally-name");
  assert.match(await desk.text(".sheet"), /针灸[\s\S]*合计 6 人次/);
  assert.deepEqual(await desk.violations(), []);
  await button(desk, "改 针灸").click();
  await desk.page.fill("#tally-name", "针灸推拿");
  await desk.keys("Control+Enter");
  await toast(desk, "已存「针灸推拿」");
  await button(desk, "去掉 针灸推拿").click();
  await toast(desk, "已去掉「针灸推拿」和记在它下面的数");
  assert.equal((await desk.view()).assessment.tallies.own_1, undefined);
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.view()).assessment.tallies.own_1 === 6, "one undo");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

/** Every field for text, how one gets there, and where its warning stands. */
const TEXTS = [
  ["Control+1", "#day-note"],
  ["Control+3", "#activity-title"],
  ["Control+3", "#activity-place"],
  ["Control+4", "#leave-reason"],
  ...[
    "basics",
    "conduct",
    "medical_work",
    "teaching",
    "public_health",
    "suggestions",
    "reflections",
    "self_appraisal",
  ].map((passage) => ["Control+7", `#passage-${passage}`]),
  ...[
    "name",
    "title",
    "specialty",
    "education",
    "promotion_target",
    "supporting_hospital",
    "home_department",
    "recipient_unit",
    "county_health_authority",
    "medical_team",
    "team_leader",
  ].map((field) => ["Control+9", `#profile-${field}`]),
];

/** A passage is drafted until somebody begins to write it. */
async function begin(desk, passage) {
  const summary = button(desk, "打开");
  await desk.page.waitForSelector("#passage-self_appraisal-heading");
  if ((await summary.count()) > 0) await summary.click();
  await desk.page
    .locator(`section[aria-labelledby="${passage.slice(1)}-heading"]`)
    .getByRole("button", { name: /：改写$/ })
    .click();
}

test("every text is warned about while it is typed, before it is saved", async () => {
  const desk = await chromium.open({ fill: posting });
  let here = null;
  for (const [place, field] of TEXTS) {
    if (place !== here) await desk.keys((here = place));
    if (field.startsWith("#passage-")) await begin(desk, field);
    await desk.page.waitForSelector(field);
    const was = await desk.page.inputValue(field);
    const warning = desk.page.locator(`${field}-warning`);
    assert.equal(await warning.getAttribute("aria-live"), "polite");
    assert.equal((await warning.innerText()).trim(), "", field);
    const described = await desk.page.getAttribute(field, "aria-describedby");
    assert.ok(described.split(" ").includes(`${field.slice(1)}-warning`), field);
    const before = (await desk.view()).head.n;
    for (const [typed, words] of [
      [`患者 ${ID} 复诊`, "像是身份证号。记录里不写病人身份。"],
      ["家属 138 1234 5678", "像是手机号。记录里不写病人身份。"],
      ["住院号：123456", "像是住院号。记录里不写病人身份。"],
    ]) {
      await desk.page.fill(field, typed);
      await desk.until(async () => (await warning.innerText()).trim() === words, `${field}: ${words}`);
    }
    assert.equal((await desk.view()).head.n, before, "nothing is stored yet");
    if (field === "#day-note") assert.deepEqual(await desk.violations(), []);
    await desk.page.fill(field, was);
    await desk.until(async () => (await warning.innerText()).trim() === "", `${field} is quiet again`);
  }
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("texts of rounds, of the way of a leave, of several days and of a new posting are warned about too", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+3");
  await desk.page.getByRole("tab", { name: /查房/ }).click();
  await desk.page.fill("#activity-note", ID);
  const says = (selector, words) =>
    desk.until(async () => (await desk.text(selector)).includes(words), `${selector} says ${words}`);
  await says("#activity-note-warning", "像是身份证号");
  await desk.keys("Control+4");
  await desk.page.fill("#leave-from", "3.26");
  await button(desk, "已批准").click();
  await desk.page.getByLabel("批准人").fill("王院长 13812345678");
  await says("#leave-approval-warning", "像是手机号");
  await button(desk, "好").click();
  await button(desk, "已告知").click();
  await desk.page.getByLabel("告知谁").fill("病案号 88123");
  await says("#leave-notification-warning", "像是住院号");
  await desk.keys("Control+1");
  await desk.keys("Control+b");
  await desk.page.fill("#fill-note-1", ID);
  await says("#fill-note-1-warning", "像是身份证号");
  assert.deepEqual(await desk.violations(), []);
  assert.equal(await desk.text("#fill-note-0-warning"), "");
  await desk.close();
  const fresh = await chromium.open();
  await fresh.page.fill("#first-name", "13812345678");
  await fresh.until(
    async () => (await fresh.text("#first-who-warning")).includes("像是手机号"),
    "the first run warns",
  );
  assert.deepEqual(await fresh.violations(), []);
  await fresh.close();
});

for (const look of [
  { name: "dark", settings: { theme: "dark" } },
  { name: "at 200 %", settings: { theme: "light", type_size: 200 } },
  { name: "English", settings: { theme: "light", language: "en" } },
]) {
  describe(`history and bin, ${look.name}`, () => {
    test("are accessible and fit", async () => {
      const desk = await twice(look.settings);
      await openHistory(desk);
      assert.deepEqual(await desk.violations(), []);
      await desk.page.locator("dialog[open] footer button").click();
      await desk.page.waitForSelector(".erasing");
      assert.deepEqual(await desk.violations(), []);
      await desk.keys("Escape");
      await desk.bridge.call("save", { changes: [change("day", "2026-03-18", null)] });
      await desk.load();
      for (const page of ["回收站", "Recycle bin", "自定统计", "Own statistics"]) {
        await desk.keys("Control+9");
        const there = button(desk, page);
        await desk.page.waitForSelector("main nav");
        if ((await there.count()) === 0) continue;
        await there.click();
        await desk.page.waitForSelector(".bin li, #tally-name");
        assert.deepEqual(await desk.violations(), [], page);
        assert.equal(await desk.sideways(), 0, page);
      }
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });
  });
}
