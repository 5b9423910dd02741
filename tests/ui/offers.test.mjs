// What is offered and brought to mind on Today: phrases, the last day's counts, unfinished entries, stakes, several days at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { change, posting, start } from "./harness.mjs";

const TODAY = "2026-03-19";
let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const ready = (desk) => desk.page.waitForSelector('[role="radio"]:focus');

/** Closes the program as a power cut would and starts it at another time. */
async function reopen(desk, now = desk.now) {
  desk.now = now;
  await desk.crash();
  await ready(desk);
}

test("a stake is said once a day, put away, silenced and wanted again", async () => {
  const desk = await chromium.open({ fill: posting });
  await ready(desk);
  assert.match(await desk.text("#reminders + ul"), /再不讲课，4月5日后无法达标。/);
  assert.deepEqual(await desk.violations(), []);
  // It stays through the run, from screen to screen, until it is put away.
  await desk.keys("Control+6", "Control+1");
  await ready(desk);
  await desk.page.waitForSelector("#reminders", { state: "attached" });
  await desk.page.getByRole("button", { name: "今天不再提醒" }).click();
  await desk.page.waitForSelector("#reminders", { state: "detached" });
  await ready(desk);
  await reopen(desk);
  assert.equal(await desk.page.locator("#reminders").count(), 0, "not twice a day");
  await reopen(desk, "2026-03-20T01:00:00Z");
  await desk.page.waitForSelector("#reminders", { state: "attached" });
  // Shown is enough: also where nobody pressed anything.
  await desk.until(async () => (await desk.view()).reminders.now.length === 0, "noted");
  await reopen(desk);
  assert.equal(await desk.page.locator("#reminders").count(), 0);
  await reopen(desk, "2026-03-21T01:00:00Z");
  await desk.page.getByRole("button", { name: "不再提醒", exact: true }).click();
  await desk.until(async () => (await desk.view()).reminders.on === false, "silenced");
  await reopen(desk, "2026-03-22T01:00:00Z");
  assert.equal(await desk.page.locator("#reminders").count(), 0, "silenced");
  await desk.keys("Control+9");
  await desk.page.getByRole("button", { name: "常用句与提醒" }).click();
  await desk.page.getByRole("checkbox").check();
  await desk.until(async () => (await desk.view()).reminders.on, "wanted again");
  await desk.keys("Control+1");
  await desk.page.waitForSelector("#reminders", { state: "attached" });
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a stake leads to where something can be done about it", async () => {
  const desk = await chromium.open({ fill: posting });
  await ready(desk);
  await desk.page.getByRole("button", { name: /去记 再不讲课/ }).click();
  await desk.page.waitForSelector("#activity-date");
  assert.equal(await desk.page.getByRole("tab", { selected: true }).innerText(), "授课\n3");
  await desk.close();
});

test("a phrase that was begun is offered, and taken only when chosen", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.click("#day-note");
  await desk.page.keyboard.insertText("高血压");
  const list = desk.page.locator("#day-note-phrases");
  await list.waitFor({ state: "visible" });
  assert.equal(await list.locator("[aria-selected=true]").count(), 0, "none is chosen by itself");
  await desk.keys("Enter");
  await desk.until(async () => (await desk.day(TODAY))?.note === "高血压", "what was typed is stored");
  await desk.page.keyboard.insertText("随");
  await list.waitFor({ state: "visible" });
  await desk.keys("ArrowDown", "Enter");
  await desk.until(
    async () => (await desk.day(TODAY))?.note === "内科门诊，高血压随访",
    "the phrase is taken",
  );
  await desk.close();
});

test("the last note is offered whole, and parts are put together", async () => {
  const long = "早交班后查房，接诊发热患者，下午到王家村卫生室带教血压测量";
  const fill = () => [
    ...posting(),
    change("day", "2026-03-18", {
      date: "2026-03-18",
      morning: "present",
      afternoon: null,
      note: long,
      tallies: {},
    }),
  ];
  const desk = await chromium.open({ fill });
  await desk.page.focus("#day-note");
  const options = desk.page.locator("#day-note-phrases [role=option]");
  await desk.until(
    async () => (await options.count()) > 1 && (await options.nth(1).innerText()).includes(long),
    long,
  );
  assert.match(await options.nth(1).innerText(), /上次 3月18日/);
  await desk.keys("Escape");
  await desk.page.getByRole("button", { name: "内科门诊", exact: true }).click();
  await desk.page.getByRole("button", { name: "高血压随访", exact: true }).click();
  assert.equal(await desk.page.inputValue("#day-note"), "内科门诊，高血压随访");
  await desk.close();
});

test("a phrase is taken out of what is offered, and brought back", async () => {
  const desk = await chromium.open({ fill: posting });
  await ready(desk);
  await desk.keys("Control+9");
  await desk.page.getByRole("button", { name: "常用句与提醒" }).click();
  const row = desk.page.getByRole("button", { name: "不再提供 内科门诊，高血压随访" });
  await row.click();
  await row.waitFor({ state: "detached" });
  assert.deepEqual(await desk.violations(), []);
  await desk.until(async () => !(await desk.view()).phrases.includes("内科门诊，高血压随访"), "not offered");
  // Ctrl+Z means what the message says, not the last entry.
  const { n } = (await desk.view()).head;
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.view()).phrases[0] === "内科门诊，高血压随访", "offered again");
  assert.equal((await desk.view()).head.n, n, "no entry was taken back");
  await desk.close();
});

test("the last day's counts are taken over by a key, and never by themselves", async () => {
  const desk = await chromium.open({ fill: posting });
  await ready(desk);
  const known = (await desk.day("2026-03-18")).tallies.outpatient_visits;
  await desk.page.getByText(`上次 ${known} 人次`).waitFor();
  await desk.keys("Enter");
  assert.equal(await desk.page.inputValue("#tally-0"), "");
  const before = await desk.page.locator("#day-note").boundingBox();
  await desk.keys("ArrowDown");
  await desk.until(async () => (await desk.page.inputValue("#tally-0")) === String(known), "taken over");
  assert.deepEqual(await desk.page.locator("#day-note").boundingBox(), before, "nothing moves");
  // A count that is there is not overwritten.
  await desk.page.fill("#tally-0", "5");
  await desk.keys("ArrowDown");
  assert.equal(await desk.page.inputValue("#tally-0"), "5");
  await desk.close();
});

test("what was left unfinished elsewhere is offered again, and can be let go of", async () => {
  const desk = await chromium.open({ fill: posting });
  await ready(desk);
  await desk.keys("PageUp");
  await desk.until(async () => (await desk.text("h1")) === "3月18日 周三", "the day before");
  await desk.page.fill("#day-note", "写到一半断电");
  await desk.until(async () => (await desk.view()).drafts.length === 1, "kept");
  await reopen(desk);
  const line = desk.page.locator("section:has(> #unfinished)");
  assert.match(await line.innerText(), /3月18日 的记录/);
  assert.deepEqual(await desk.violations(), []);
  await desk.page.getByRole("button", { name: /不要了/ }).click();
  await line.waitFor({ state: "detached" });
  assert.equal((await desk.view()).drafts.length, 0);
  await desk.keys("Control+z");
  await line.waitFor();
  await desk.page.getByRole("button", { name: /接着写/ }).click();
  await desk.until(
    async () => (await desk.page.inputValue("#day-note")) === "写到一半断电",
    "the draft is back",
  );
  await desk.keys("PageDown");
  await desk.until(
    async () => (await desk.day("2026-03-18")).note === "写到一半断电",
    "and stored on leaving it",
  );
  await desk.close();
});

test("several days that are being filled survive a power cut", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+b");
  await desk.page.waitForSelector("#fill-note-3");
  await desk.page.fill("#fill-visits-0", "31");
  await desk.page.fill("#fill-note-1", "签约随访");
  await desk.until(async () => (await desk.view()).drafts.length === 2, "kept");
  assert.equal(await desk.day("2026-02-28"), null, "nothing is stored yet");
  await reopen(desk);
  assert.match(await desk.text("section:has(> #unfinished)"), /2月28日 的记录[^]*3月16日 的记录/);
  await desk.keys("Control+b");
  await desk.page.waitForSelector("#fill-note-3");
  assert.equal(await desk.page.inputValue("#fill-visits-0"), "31");
  assert.equal(await desk.page.inputValue("#fill-note-1"), "签约随访");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await desk.day("2026-03-16"))?.note === "签约随访", "stored");
  const { morning, afternoon, tallies } = await desk.day("2026-02-28");
  assert.deepEqual([morning, afternoon, tallies], ["present", "present", { outpatient_visits: 31 }]);
  assert.equal((await desk.view()).drafts.length, 0);
  await desk.close();
});

test("several days are let go of by Escape, and brought back by one press", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+b");
  await desk.page.waitForSelector("#fill-note-3");
  await desk.page.fill("#fill-visits-0", "31");
  // One layer at a time: the sheet of keys, the list of phrases, then the table.
  await desk.page.focus("#fill-note-0");
  await desk.page.waitForSelector("#fill-note-0-phrases:not([hidden])");
  await desk.keys("F1");
  await desk.page.waitForSelector("dialog[open]");
  await desk.keys("Escape");
  await desk.page.waitForSelector("dialog:not([open])", { state: "attached" });
  await desk.page.waitForSelector("#fill-note-0:focus");
  await desk.page.waitForSelector("#fill-note-0-phrases:not([hidden])");
  await desk.keys("Escape");
  await desk.page.waitForSelector("#fill-note-0-phrases", { state: "hidden" });
  assert.equal(await desk.page.inputValue("#fill-visits-0"), "31");
  await desk.keys("Escape");
  await desk.page.waitForSelector("#day-note");
  await desk.until(async () => (await desk.view()).drafts.length === 0, "no draft is left");
  await desk.page.getByText("已放弃 1 天的填写").waitFor();
  await desk.keys("Control+z");
  await desk.page.waitForSelector("#fill-note-3");
  assert.equal(await desk.page.inputValue("#fill-visits-0"), "31");
  await desk.until(async () => (await desk.view()).drafts.length === 1, "and kept again");
  await desk.close();
});

test("a half-day that was otherwise is not stored as present", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+b");
  await desk.page.waitForSelector("#fill-note-3");
  const half = (name) => desk.page.getByRole("button", { name: new RegExp(name) });
  await half("3月16日 周一 下午").click();
  await half("3月18日 周三 下午").focus();
  await desk.keys("2");
  // A day with nothing left on it is no record.
  await half("2月28日 周六 上午").click();
  await half("2月28日 周六 下午").click();
  await desk.page.getByRole("button", { name: "存下 3 天" }).waitFor();
  assert.deepEqual(await desk.violations(), []);
  await desk.page.fill("#fill-note-1", "签约随访");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await desk.day("2026-03-16"))?.morning === "present", "stored");
  assert.equal((await desk.day("2026-03-16")).afternoon, null);
  assert.equal((await desk.day("2026-03-18")).afternoon, "official_duty");
  assert.equal(await desk.day("2026-02-28"), null);
  await desk.close();
});
