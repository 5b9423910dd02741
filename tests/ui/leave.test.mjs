// Leave: its length, its route, what it does, what stands in its way, and coming back on another day.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

async function leaves(options = {}) {
  const desk = await chromium.open({ fill: posting, ...options });
  await desk.keys("Control+4");
  await desk.page.waitForSelector("#leave-from");
  return desk;
}

async function dates(desk, from, to) {
  await desk.page.fill("#leave-from", from);
  await desk.page.fill("#leave-to", to);
}

const all = async (desk) => (await desk.view()).records.leaves;
const leaveOf = async (desk, from) => (await all(desk)).find((each) => each.from === from) ?? null;
const button = (desk, name) => desk.page.locator("main").getByRole("button", { name });
const says = (desk, what) => desk.until(async () => what.test(await desk.text("main")), String(what));

test("length, route, effect and the shorter way, and the steps with who and when", async () => {
  const desk = await leaves();
  await dates(desk, "3.26", "3.30");
  await desk.page.fill("#leave-reason", "家中老人住院，需陪护");
  await says(desk, /3 天\s*6 个半天；3月28日，29日 是周末，不计/);
  await says(desk, /3 天以上要走书面/);
  const effect = desk.page.locator("section[aria-labelledby=leave-effect]");
  await desk.until(async () => /余 12[^]*余 6/.test(await effect.innerText()), "before and after");
  await desk.until(
    async () => /若只请到 3月27日[^]*2 天，不足 3 天/.test(await effect.innerText()),
    "the shorter alternative",
  );
  await button(desk, "已批准").click();
  // The person of the leave before is proposed.
  const by = desk.page.getByRole("textbox", { name: "批准人" });
  assert.equal(await by.inputValue(), "王院长");
  await by.fill("陈院长");
  await button(desk, "好").click();
  await button(desk, "已交").click();
  await desk.keys("Control+Enter");
  await desk.until(async () => (await leaveOf(desk, "2026-03-26")) !== null, "stored");
  const stored = await leaveOf(desk, "2026-03-26");
  assert.deepEqual(
    [stored.to, stored.recipient_approval, stored.written_explanation, stored.notification],
    ["2026-03-30", { by: "陈院长", on: "2026-03-19" }, { on: "2026-03-19" }, null],
  );
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("leaves side by side count together, and the other one is a click away", async () => {
  const desk = await leaves();
  await dates(desk, "3.6", "3.10");
  await says(desk, /与相邻的假连着算：3月5日—10日，共 3.5 天/);
  await says(desk, /3 天以上要走书面/);
  await button(desk, "3月5日 下午 病假").first().click();
  await desk.until(
    async () => (await desk.page.inputValue("#leave-from")) === "3.5",
    "the other leave is open",
  );
  await desk.close();
});

test("a leave over another is refused, and the other one is a click away", async () => {
  const desk = await leaves();
  await dates(desk, "2.4", "2.5");
  await says(desk, /与 2月3日—4日 事假 重叠，一个半天只能请一次假/);
  assert.ok(await button(desk, "记下请假").isDisabled());
  await desk.keys("Control+Enter");
  assert.equal((await all(desk)).length, 2);
  await desk.page.locator(".notice").getByRole("button", { name: "打开 2月3日—4日 事假" }).click();
  await desk.until(
    async () => (await desk.page.inputValue("#leave-from")) === "2.3",
    "the one in the way is open",
  );
  await desk.close();
});

test("presence under a leave is named with its days, cleared with it and given back with it", async () => {
  const desk = await leaves();
  await dates(desk, "3.12", "3.12");
  await says(desk, /3月12日 已记出勤。记下请假后按请假算/);
  assert.ok(await button(desk, "看 3月12日 的记录").isVisible());
  await desk.keys("Control+Enter");
  await desk.until(async () => (await desk.day("2026-03-12")).morning === null, "cleared with the leave");
  assert.equal((await desk.day("2026-03-12")).note, "内科门诊，高血压随访");
  await desk.page.locator("h1").click();
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.day("2026-03-12")).morning === "present", "given back");
  assert.equal(await leaveOf(desk, "2026-03-12"), null);
  await desk.close();
});

test("back early: the leave is made as long as it was", async () => {
  const desk = await leaves();
  await dates(desk, "3.19", "3.25");
  await says(desk, /5 天/);
  await desk.keys("Control+Enter");
  await desk.until(async () => (await leaveOf(desk, "2026-03-19")) !== null, "stored");
  await button(desk, "打开 3月19日—25日 事假").click();
  await desk.until(async () => (await desk.page.inputValue("#leave-from")) === "3.19", "open");
  await button(desk, "已销假").click();
  await says(desk, /3月19日 已返岗，假请到 3月25日/);
  await button(desk, "改到 3月19日 上午").click();
  await says(desk, /半天\s*1 个半天/);
  await desk.keys("Control+Enter");
  await desk.until(async () => (await leaveOf(desk, "2026-03-19"))?.to === "2026-03-19", "shortened");
  const stored = await leaveOf(desk, "2026-03-19");
  assert.deepEqual([stored.to_half, stored.returned_on], ["morning", "2026-03-19"]);
  await desk.close();
});

test("back late: the days between are named, and the leave can be made longer", async () => {
  const desk = await leaves();
  await dates(desk, "3.13", "3.13");
  await says(desk, /1 天/);
  await desk.keys("Control+Enter");
  await desk.until(async () => (await leaveOf(desk, "2026-03-13")) !== null, "stored");
  await button(desk, "打开 3月13日 事假").click();
  await desk.until(async () => (await desk.page.inputValue("#leave-from")) === "3.13", "open");
  await button(desk, "已销假").click();
  // Monday the 16th is the day nobody recorded; the 17th and 18th are.
  await says(desk, /假到 3月13日，3月19日 才返岗/);
  await says(desk, /3月16日，18日 没有假，也没有记录/);
  await button(desk, "补请到 3月18日").click();
  await says(desk, /4 天/);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

for (const look of [
  { name: "light" },
  { name: "dark at 200 %", settings: { theme: "dark", type_size: 200 } },
]) {
  test(`what stands in the way is accessible and fits, ${look.name}`, async () => {
    const desk = await leaves({ settings: look.settings });
    await dates(desk, "2.4", "2.5");
    await desk.page.waitForSelector(".notice.bad");
    assert.deepEqual(await desk.violations(), []);
    await dates(desk, "3.12", "3.12");
    await desk.page.waitForSelector(".notice.warn");
    assert.deepEqual(await desk.violations(), []);
    assert.equal(await desk.sideways(), 0);
    await desk.close();
  });
}
