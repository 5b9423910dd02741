// Lectures with their gaps, typed dates, and leave with its length and way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { change, posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

async function lectures(fill = posting) {
  const desk = await chromium.open({ fill });
  await desk.keys("Control+3");
  await desk.page.waitForSelector("#activity-date");
  return desk;
}

test("typed dates are echoed on every key", async () => {
  const desk = await lectures();
  const cases = [
    ["3.2", "3月2日 周一"],
    ["3-2", "3月2日 周一"],
    ["0302", "3月2日 周一"],
    ["20260302", "3月2日 周一"],
    ["３．２", "3月2日 周一"],
    ["今天", "3月19日 周四"],
    ["昨天", "3月18日 周三"],
    ["前天", "3月17日 周二"],
    ["周三", "3月18日 周三"],
    ["+7", "3月26日 周四"],
    ["2026年3月2日", "3月2日 周一"],
  ];
  for (const [typed, echo] of cases) {
    await desk.page.fill("#activity-date", typed);
    const shown = desk.page.locator(".date .echo").first();
    await desk.until(async () => (await shown.innerText()).trim() === echo, `${typed} is ${echo}`);
  }
  for (const typed of ["3.32", "13.1", "不知道", "2.29"]) {
    await desk.page.fill("#activity-date", typed);
    await desk.page.focus("#activity-title");
    const shown = desk.page.locator(".date .echo").first();
    await desk.until(
      async () => (await shown.innerText()).trim() === "看不出是哪一天，可写 3.2",
      `${typed} is unclear`,
    );
    assert.equal(await desk.page.inputValue("#activity-date"), typed);
    assert.ok(await desk.page.locator('button[data-shortcut="primary"]').isDisabled());
  }
  await desk.close();
});

test("a date that breaks the gap names the first allowed one, and three ways on", async () => {
  const desk = await lectures();
  await desk.page.fill("#activity-date", "今天");
  await desk.page.fill("#activity-title", "心力衰竭的居家管理");
  await desk.page.waitForSelector(".notice.bad");
  const notice = await desk.text(".notice.bad");
  assert.match(notice, /离 3月13日 那次只有 6 天，不足 7 天/);
  assert.match(notice, /最早可讲的一天是 3月20日 周五。/);
  await desk.until(
    async () => (await desk.text(".notice.bad")).includes("扣一个月补助 440 元"),
    "what it would cost",
  );
  assert.deepEqual(await desk.violations(), []);
  const buttons = await desk.page.locator(".form .actions button").allInnerTexts();
  assert.deepEqual(
    buttons.map((text) => text.trim()),
    ["改为 3月20日 周五", "照记，不计入考核", "仍按 3月19日 计入"],
  );
  await desk.page.getByText("照记，不计入考核").click();
  await desk.until(
    async () => (await desk.view()).records.activities.some((each) => each.date === "2026-03-19"),
    "stored",
  );
  const view = await desk.view();
  assert.equal(
    view.records.activities.find((each) => each.date === "2026-03-19").counts_toward_assessment,
    false,
  );
  assert.equal(view.assessment.requirements.find((each) => each.id === "teaching").status, "reachable");
  await desk.close();
});

test("moving to the first allowed date lets it be recorded", async () => {
  const desk = await lectures();
  await desk.page.fill("#activity-date", "3.19");
  await desk.page.fill("#activity-title", "心力衰竭的居家管理");
  await desk.page.getByText("改为 3月20日 周五").click();
  await desk.page.waitForSelector(".notice.bad", { state: "detached" });
  await desk.keys("Control+Enter");
  await desk.until(
    async () => (await desk.view()).records.activities.some((each) => each.date === "2026-03-20"),
    "stored",
  );
  assert.match(await desk.text(".toasts"), /已记 3月20日 授课/);
  await desk.close();
});

test("leave: length, way, effect, a shorter alternative", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+4");
  await desk.page.fill("#leave-from", "3.26");
  await desk.page.fill("#leave-to", "3.30");
  await desk.until(async () => (await desk.text(".length")).includes("3 天"), "the length");
  assert.match(await desk.text(".length"), /6 个半天；3月28日，29日 是周末，不计/);
  assert.match(await desk.text(".route"), /3 天以上要走书面/);
  assert.match(await desk.text(".route"), /书面说明交医务部主任/);
  await desk.until(
    async () => (await desk.text(".side")).includes("若只请到 3月27日"),
    "the shorter alternative",
  );
  await desk.page.getByText("改成 2 天").click();
  await desk.until(async () => (await desk.text(".route")).includes("电话告知医务部备案"), "by phone");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await desk.view()).records.leaves.length === 3, "stored");
  const view = await desk.view();
  assert.equal(view.records.leaves.find((each) => each.from === "2026-03-26").to, "2026-03-27");
  assert.equal(view.assessment.attendance.leave_half_days, 9);
  await desk.close();
});

test("leave over a day recorded as present takes the presence back, in one step", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+4");
  await desk.page.fill("#leave-from", "3.12");
  await desk.page.fill("#leave-to", "3.12");
  await desk.page.waitForSelector(".notice.warn");
  assert.match(await desk.text(".notice.warn"), /3月12日 已记出勤/);
  await desk.keys("Control+Enter");
  await desk.until(async () => (await desk.view()).records.leaves.length === 3, "stored");
  assert.equal((await desk.day("2026-03-12"))?.morning ?? null, null);
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.day("2026-03-12"))?.morning === "present", "one undo");
  await desk.close();
});

test("progress tells each requirement with its reasons", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+6");
  await desk.page.waitForSelector("dl");
  const text = await desk.text("main");
  for (const expected of [
    "1月14日，1月28日（隔 14 天），3月13日（隔 44 天）",
    "1 次，3月20日 至 4月5日。再不讲课，4月5日后无法达标。",
    "3月10日 教学查房：同一天只计一次",
    "已出勤 86 ＋ 剩余 24 － 必须 98 ＝ 还可缺 12 个半天",
    "请假 5，未填 5，缺工作记录 2",
    "1,320.00 元",
  ]) {
    assert.ok(text.includes(expected), `${expected}\n---\n${text}`);
  }
  await desk.close();
});

test("the time line is a table at the press of a switch, the date in the form with it", async () => {
  const desk = await lectures();
  await desk.page.fill("#activity-date", "今天");
  await desk.page.waitForSelector(".notice.bad");
  await desk.page.focus("[data-table-switch]");
  await desk.keys("Space");
  const table = desk.page.getByRole("region", { name: "授课时间线的表格" });
  const rows = await table.locator("tbody tr").allInnerTexts();
  const row = (text) => rows.find((each) => each.includes(text)) ?? "";
  assert.match(row("3月13日"), /已计入/);
  assert.match(row("3月19日"), /正在填，不能计入\s+6 天/);
  assert.ok(
    rows.some((each) => each.includes("再做一次可以计入")),
    rows.join("\n"),
  );
  assert.deepEqual(await desk.violations(), []);
  await desk.close();
});

test("three on one day, each at the same place before the same people, are all there", async () => {
  const same = [1, 2, 3].map((n) =>
    change("activity", `0199a1c2-0000-7000-8000-00000000000${n}`, {
      id: `0199a1c2-0000-7000-8000-00000000000${n}`,
      kind: "lecture",
      date: "2026-03-17",
      title: "肺功能判读",
      place: "二楼会议室",
      audience: "二楼会议室",
    }),
  );
  const desk = await lectures(() => [...posting(), ...same]);
  const shown = async (what) =>
    desk.until(async () => (await desk.text("main")).includes(what), `${what} is on the screen`);
  await shown("肺功能判读");
  assert.equal((await desk.text("main")).split("肺功能判读").length - 1, 3);
  for (const screen of [2, 6, 7]) {
    await desk.keys(`Control+${screen}`);
    await desk.until(async () => (await desk.text("main")).trim() !== "", `screen ${screen} is drawn`);
  }
  assert.deepEqual(desk.faults, []);
  await desk.close();
});
