// Progress: trials that store nothing, the plan and its calendar file, pictures that are tables as well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { LOOKS, change, posting, profile, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

async function progress(options = {}) {
  const desk = await chromium.open({ fill: posting, ...options });
  const places = await desk.page.locator("nav .place").allInnerTexts();
  const at = places.findIndex((place) => /进度|Progress/.test(place));
  await desk.keys(`Control+${at + 1}`);
  await desk.page.waitForSelector("[data-trial]");
  return desk;
}

const row = (desk, title) => desk.page.locator(".trial tbody tr", { hasText: title });
const cells = async (desk, title) =>
  (await row(desk, title).locator("td").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());

async function suppose(desk, what, ...dates) {
  await desk.page.getByLabel("假设什么").selectOption({ label: what });
  const fields = desk.page.locator(".trial .dates input");
  for (const [i, date] of dates.entries()) await fields.nth(i).fill(date);
  await desk.page.locator(".trial button[data-shortcut=primary]").click();
}

test("a lecture, a leave and nothing more besides are tried together, and nothing is stored", async () => {
  const desk = await progress();
  const before = await desk.view();
  await desk.keys("Control+n");
  await desk.page.waitForSelector("#trial-from:focus");
  await suppose(desk, "再做一次授课", "3.27");
  await desk.until(async () => (await cells(desk, "授课"))[1]?.includes("4 / 4 次"), "the fourth lecture");
  assert.deepEqual(await cells(desk, "授课"), ["可以达标 3 / 4 次 最晚 4月5日", "达标 4 / 4 次"]);
  await suppose(desk, "请假", "3.23", "3.25");
  await desk.until(async () => (await cells(desk, "考勤"))[1]?.includes("还可缺 6"), "six half-days less");
  assert.match((await cells(desk, "考勤"))[0], /还可缺 12 个半天/);
  assert.equal(await desk.page.locator("[data-assumption]").count(), 2);

  await desk.page.getByLabel("此外到结束什么都不再做").check();
  await desk.until(async () => (await cells(desk, "查房"))[1]?.includes("未达标"), "what would come of it");
  assert.match((await cells(desk, "考勤"))[1], /未达标/);
  assert.match((await cells(desk, "补助"))[1], /440.00 元/);
  assert.match(await desk.text(".trial .mark"), /没有保存/);
  assert.deepEqual(await desk.violations(), []);
  assert.deepEqual(await desk.view(), before);

  await desk.page.locator("[data-assumption] [data-remove]").first().click();
  await desk.until(async () => (await cells(desk, "授课"))[1]?.includes("3 / 4"), "without the lecture");
  await desk.keys("Escape");
  await desk.page.waitForSelector(".trial", { state: "detached" });
  assert.ok(await desk.page.evaluate(() => document.activeElement.hasAttribute("data-trial")));
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a recorded date is tried elsewhere, and a trial date becomes a planned one", async () => {
  const desk = await progress();
  await desk.keys("Control+n");
  await suppose(desk, "挪一次已记的", "3.9");
  await desk.until(async () => (await desk.page.locator("[data-assumption]").count()) === 1, "it is listed");
  await desk.page.locator("[data-remove]").click();
  await suppose(desk, "再做一次授课", "4.1");
  await desk.page.getByText("放进计划").click();
  await desk.until(
    async () => (await desk.page.locator("ul[aria-label=授课的计划]").innerText()).includes("4月1日"),
    "planned",
  );
  assert.match(await desk.page.locator("ul[aria-label=授课的计划]").innerText(), /您定的/);
  await desk.close();
});

test("a planned date is moved by the keyboard, refused where the rules do not allow it, and goes out as a calendar", async () => {
  const desk = await progress();
  const list = desk.page.locator("ul[aria-label=授课的计划]");
  assert.match(await list.innerText(), /3月27日 周五/);
  await list.locator("[data-planned]").focus();
  await desk.keys("Enter");
  await desk.page.waitForSelector("#planned-date:focus");
  // Six days after the last lecture.
  await desk.page.fill("#planned-date", "3.19");
  await desk.keys("Enter", "Enter");
  await desk.until(
    async () =>
      (await desk.page.locator("body").innerText()).includes("3月19日 离 3月13日 那次只有 6 天，间隔不足。"),
    "the reason",
  );
  assert.match(await list.innerText(), /3月27日/);
  await desk.page.fill("#planned-date", "4.2");
  await desk.page.focus("#planned-date");
  await desk.keys("Enter", "Enter");
  await desk.until(async () => /4月2日[\s\S]*您定的/.test(await list.innerText()), "moved");
  assert.equal(await desk.page.evaluate(() => document.activeElement.dataset.planned), "teaching 2026-04-02");

  const file = path.join(desk.answers, "李晓梅-河口镇中心卫生院-2026年1-4月-计划.ics");
  await desk.page.getByRole("button", { name: "导出到手机日历" }).click();
  await desk.page.waitForSelector(".written");
  assert.match(await desk.text(".written"), /2 个日期已写入/);
  assert.match(readFileSync(file, "utf8"), /DTSTART;VALUE=DATE:20260402\r\n/);

  await list.getByRole("button", { name: "不固定" }).click();
  await desk.until(async () => /3月27日/.test(await list.innerText()), "let go");
  await desk.keys("Control+z");
  await desk.until(async () => /4月2日[\s\S]*您定的/.test(await list.innerText()), "fixed again");
  await desk.keys("Control+z");
  await desk.until(async () => /3月27日/.test(await list.innerText()), "never moved");
  assert.match(await desk.text(".toast:last-of-type"), /已撤销：计划 4月2日 授课/);
  await desk.keys("Control+y");
  await desk.until(async () => /4月2日[\s\S]*您定的/.test(await list.innerText()), "moved once more");
  await desk.close();
});

test("each picture says what it shows, and is a table at the press of a switch", async () => {
  const desk = await progress();
  const switches = desk.page.locator("[data-table-switch]");
  assert.equal(await switches.count(), 4, "two time lines, bars and heat map");
  for (const figure of await desk.page.locator("figure").all())
    assert.ok((await figure.getAttribute("aria-label")).length > 8);
  for (let i = 0; i < 4; i++) {
    await switches.nth(i).focus();
    await desk.keys("Space");
  }
  assert.equal(await desk.page.locator("main table").count(), 4);
  const bars = desk.page.getByRole("region", { name: "每周门诊的表格" });
  const sum = (await bars.locator("td:last-child").allInnerTexts())
    .map((text) => Number(text) || 0)
    .reduce((a, b) => a + b, 0);
  assert.equal(sum, (await desk.view()).assessment.tallies.outpatient_visits);
  const heat = desk.page.getByRole("region", { name: "出勤的表格" });
  const counted = (await heat.locator("td:nth-child(3)").allInnerTexts()).map((text) => Number(text) || 0);
  const { attended_half_days } = (await desk.view()).assessment.attendance;
  assert.equal(
    counted.reduce((a, b) => a + b, 0),
    attended_half_days,
  );
  assert.deepEqual(await desk.violations(), []);
  await desk.close();
});

test("a posting of three years tells what each year has, and its outpatients stand by month", async () => {
  const desk = await chromium.open({ settings: { role: "physician" } });
  const [start, end] = ["2024-03-01", "2027-02-28"];
  const agreed = { ...profile(), scheme: "tcm_agreement", station: "visiting", start, end };
  await desk.bridge.call("create_posting", { profile: agreed });
  const day = (date, tallies) =>
    change("day", date, { date, morning: "present", afternoon: null, note: "坐诊", tallies });
  const changes = [
    day("2024-05-10", { trainees: 3, outpatient_visits: 12 }),
    day("2025-03-03", { trainees: 1, outpatient_visits: 7 }),
    day("2026-03-04", { outpatient_visits: 5 }),
  ];
  await desk.bridge.call("save", { changes });
  await desk.page.reload();
  const page = desk.page;
  await page.locator("nav .place").first().waitFor();
  const places = await page.locator("nav .place").allInnerTexts();
  await desk.keys(`Control+${places.findIndex((place) => place.includes("进度")) + 1}`);
  await page.getByText("各年").first().waitFor();
  const trained = page.locator("section", { has: page.getByRole("heading", { name: "免费培训" }) });
  assert.match(await trained.innerText(), /第1年 3 \/ 2，第2年 1 \/ 2，第3年 0 \/ 2/);

  const bars = page.getByRole("region", { name: "每月门诊的表格" });
  await page.locator("[data-table-switch]").nth(-2).focus();
  await desk.keys("Space");
  await bars.waitFor();
  const rows = await bars.locator("tbody tr").allInnerTexts();
  assert.equal(rows.length, 36, "a row a month");
  assert.match(rows[2].replace(/\s+/g, " "), /2024年5月 .* 12$/);
  assert.deepEqual(await desk.violations(), []);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("the trial is sound in every look", async () => {
  for (const look of LOOKS) {
    const desk = await progress(look);
    await desk.keys("Control+n");
    await desk.page.fill("#trial-from", "3.27");
    await desk.page.locator(".trial button[data-shortcut=primary]").click();
    await desk.page.waitForSelector("[data-assumption]");
    assert.deepEqual(await desk.violations(), [], look.name);
    assert.equal(await desk.sideways(), 0, look.name);
    assert.deepEqual(await desk.clipped(), [], look.name);
    assert.deepEqual(desk.faults, [], look.name);
    await desk.close();
  }
});
