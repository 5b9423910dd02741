// Typed dates: echoed on every key, unclear ones kept with a hint, weekdays backwards for entries and forwards for plans.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

/** Today is Thursday, 19 March. Typed, what an entry means by it, what a plan means by it where that differs. */
const TABLE = [
  ["3.2", "3月2日 周一"],
  ["3-2", "3月2日 周一"],
  ["3/2", "3月2日 周一"],
  ["3。2", "3月2日 周一"],
  ["3、2", "3月2日 周一"],
  ["3—2", "3月2日 周一"],
  ["3 2", "3月2日 周一"],
  ["0302", "3月2日 周一"],
  ["20260302", "3月2日 周一"],
  ["2026-03-02", "3月2日 周一"],
  ["2026年3月2日", "3月2日 周一"],
  ["3月2日", "3月2日 周一"],
  ["3月 2日", "3月2日 周一"],
  ["3月2号", "3月2日 周一"],
  ["2日", "3月2日 周一"],
  ["３．２", "3月2日 周一"],
  ["０３０２", "3月2日 周一"],
  ["３月２日", "3月2日 周一"],
  ["今天", "3月19日 周四"],
  ["昨天", "3月18日 周三"],
  ["前天", "3月17日 周二"],
  ["周三", "3月18日 周三", "3月25日 周三"],
  ["星期三", "3月18日 周三", "3月25日 周三"],
  ["周四", "3月19日 周四"],
  ["周日", "3月15日 周日", "3月22日 周日"],
  ["上周五", "3月13日 周五"],
  ["+7", "3月26日 周四"],
  ["＋７", "3月26日 周四"],
  ["-3", "3月16日 周一"],
  ["  3.2 ", "3月2日 周一"],
  // Without a year, the one inside the posting.
  ["1.5", "1月5日 周一"],
  ["4.5", "4月5日 周日"],
];
const UNCLEAR = ["3.", "13.2", "2.30", "0230", "20260231", "周八", "某天", "3.2.1.1", "32日", "+", "abc"];
const HINT = "看不出是哪一天，可写 3.2";

const echo = (desk, field) =>
  desk.page.evaluate((field) => {
    const input = document.querySelector(field);
    return document.getElementById(input.getAttribute("aria-describedby")).textContent.trim();
  }, field);

test("an entry's date is read as people write it", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+3");
  await desk.page.waitForSelector("#activity-date");
  for (const [typed, meant] of TABLE) {
    await desk.page.fill("#activity-date", typed);
    assert.equal(await echo(desk, "#activity-date"), meant, typed);
  }
  await desk.close();
});

test("a plan's weekday lies ahead", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+4");
  await desk.page.waitForSelector("#leave-from");
  for (const [typed, entry, plan = entry] of TABLE) {
    await desk.page.fill("#leave-from", typed);
    assert.equal(await echo(desk, "#leave-from"), `2026年${plan}`, typed);
  }
  await desk.close();
});

test("the echo follows every key, and what is unclear stays with a hint", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+g");
  await desk.page.waitForSelector("#go-to-day:focus");
  const seen = [];
  for (const key of "0302") {
    await desk.keys(key);
    seen.push(await echo(desk, "#go-to-day"));
  }
  assert.deepEqual(seen, ["", "", "", "3月2日 周一"]);
  for (const typed of UNCLEAR) {
    await desk.page.fill("#go-to-day", typed);
    assert.equal(await echo(desk, "#go-to-day"), "", `nothing is said while typing ${typed}`);
    await desk.keys("Enter");
    assert.equal(await echo(desk, "#go-to-day"), HINT, typed);
    assert.equal(await desk.page.inputValue("#go-to-day"), typed);
    assert.equal(await desk.text("h1"), "3月19日 周四", "nowhere is gone to");
    assert.equal(await desk.page.getAttribute("#go-to-day", "aria-invalid"), "true");
  }
  assert.deepEqual(await desk.violations(), []);
  await desk.close();
});

test("a typed day is gone to, from any screen; one outside the posting is not", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+6");
  await desk.until(async () => (await desk.text("h1")) === "进度", "progress");
  await desk.keys("Control+g");
  await desk.page.waitForSelector("#go-to-day:focus");
  for (const [typed, said] of [
    ["4.2", "只能填到 3月19日"],
    ["20260104", "派驻 1月5日 开始"],
  ]) {
    await desk.page.fill("#go-to-day", typed);
    assert.equal(await echo(desk, "#go-to-day"), said);
    await desk.keys("Enter");
    assert.equal(await desk.text("h1"), "3月19日 周四");
  }
  await desk.page.fill("#go-to-day", "前天");
  await desk.keys("Enter");
  await desk.until(async () => (await desk.text("h1")) === "3月17日 周二", "there");
  // The day's first field has the focus, and the field for another day is gone.
  await desk.page.waitForSelector("[data-fields] [data-field]:focus");
  await desk.page.waitForSelector("#go-to-day", { state: "detached" });
  // Asked for by a press, and let go of by Escape or by leaving it blank.
  const button = desk.page.getByRole("button", { name: "去某一天" });
  await button.click();
  await desk.page.waitForSelector("#go-to-day:focus");
  await desk.keys("3", "Escape");
  await desk.page.waitForSelector("#go-to-day", { state: "detached" });
  assert.ok(await button.evaluate((element) => element === document.activeElement));
  await button.click();
  await desk.page.waitForSelector("#go-to-day:focus");
  await desk.page.focus("#day-note");
  await desk.page.waitForSelector("#go-to-day", { state: "detached" });
  await desk.close();
});
