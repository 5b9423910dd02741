// The ordinary day: six keys, nothing lost, nothing taken from an input method.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { posting, start } from "./harness.mjs";

const TODAY = "2026-03-19";
let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

test("an ordinary day takes six keys", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.waitForSelector('[role="radio"]:focus');
  await desk.keys("Enter", "2", "3", "Enter");
  await desk.page.waitForSelector("#day-note-phrases:not([hidden])");
  await desk.keys("Enter");
  await desk.until(
    async () => (await desk.day(TODAY))?.note !== undefined && (await desk.day(TODAY)) !== null,
    "stored",
  );
  const day = await desk.day(TODAY);
  assert.deepEqual([day.morning, day.afternoon], ["present", "present"]);
  assert.equal(day.tallies.outpatient_visits, 23);
  assert.ok(day.note.length > 0);
  await desk.until(async () => (await desk.text(".standing")).includes("两个半天都计入出勤"), "both count");
  assert.match(await desk.text(".status-line"), /已保存 17:32:08/);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("an unfinished entry survives a crash", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.fill("#day-note", "写到一半");
  await desk.until(async () => (await desk.view()).drafts.length === 1, "the draft is stored");
  assert.equal(await desk.day(TODAY), null);
  await desk.crash();
  await desk.until(async () => (await desk.page.inputValue("#day-note")) === "写到一半", "the draft is back");
  await desk.close();
});

test("keys of a composing input method are left alone", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.focus("#day-note");
  await desk.page.fill("#day-note", "nei ke");
  const moved = await desk.page.evaluate(() => {
    const note = document.querySelector("#day-note");
    for (const [key, keyCode] of [
      ["Enter", 13],
      ["Enter", 229],
      ["Escape", 229],
    ]) {
      const event = new KeyboardEvent("keydown", {
        key,
        keyCode,
        isComposing: keyCode !== 229,
        bubbles: true,
        cancelable: true,
      });
      note.dispatchEvent(event);
      if (event.defaultPrevented) return key;
    }
    return document.activeElement === note ? null : "focus";
  });
  assert.equal(moved, null);
  await desk.close();
});

test("statuses by digit, days by PageUp, help by F1", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.waitForSelector('[role="radio"]:focus');
  await desk.keys("2");
  await desk.until(
    async () => (await desk.page.locator('[role="radio"][aria-checked="true"]').count()) === 1,
    "公差 chosen",
  );
  assert.match(await desk.text('[role="radio"][aria-checked="true"]'), /公差/);
  await desk.keys("PageUp");
  await desk.until(async () => (await desk.text("h1")) === "3月18日 周三", "the day before");
  await desk.until(async () => (await desk.day(TODAY))?.morning === "official_duty", "stored on leaving it");
  await desk.keys("Control+t");
  await desk.until(async () => (await desk.text("h1")) === "3月19日 周四", "back to today");
  await desk.keys("F1");
  await desk.page.waitForSelector("dialog[open]");
  assert.deepEqual(await desk.violations(), []);
  await desk.keys("Escape");
  await desk.page.waitForSelector("dialog:not([open])", { state: "attached" });
  await desk.close();
});

test("up and down between the halves, 4 for the rest, full-width digits as well", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.waitForSelector('[role="radio"]:focus');
  const group = () =>
    desk.page.evaluate(
      () => document.activeElement.closest("[role=radiogroup]")?.ariaLabel ?? document.activeElement.id,
    );
  await desk.keys("ArrowDown");
  assert.equal(await group(), "下午");
  await desk.keys("ArrowDown");
  assert.equal(await group(), "tally-0");
  await desk.page.locator("[role=radiogroup] [data-field]").nth(1).focus();
  await desk.keys("ArrowUp");
  assert.equal(await group(), "上午");
  await desk.page.evaluate(() =>
    document.activeElement.dispatchEvent(
      new KeyboardEvent("keydown", { key: "３", bubbles: true, cancelable: true }),
    ),
  );
  assert.match(await desk.text('[role="radio"][aria-checked="true"]'), /补休/);
  await desk.keys("4");
  await desk.page.getByRole("menuitem", { name: "旷工" }).waitFor();
  await desk.keys("Escape");
  await desk.page.getByRole("menuitem", { name: "旷工" }).waitFor({ state: "detached" });
  await desk.page.locator("[role=radiogroup] [data-field]").first().focus();
  await desk.keys("4", "ArrowDown", "Enter");
  await desk.until(async () => (await desk.view()).drafts[0]?.value.morning === "recalled", "擅自调回");
  await desk.close();
});

test("several days and a new lecture from any screen", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+6");
  await desk.until(async () => (await desk.text("h1")) === "进度", "progress");
  await desk.keys("Control+b");
  await desk.page.waitForSelector("#fill-visits-0:focus");
  await desk.keys("Control+6");
  await desk.until(async () => (await desk.text("h1")) === "进度", "progress again");
  await desk.keys("Control+1");
  await desk.page.waitForSelector('[role="radio"]:focus');
  await desk.keys("Control+n");
  await desk.page.waitForSelector("#activity-date");
  await desk.close();
});

test("Ctrl+Z takes the last entry back, Ctrl+Y returns it", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.waitForSelector('[role="radio"]:focus');
  await desk.keys("1", "PageUp");
  await desk.until(async () => (await desk.day(TODAY))?.morning === "present", "stored");
  await desk.page.waitForSelector('[role="radio"]:focus');
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.day(TODAY)) === null, "taken back");
  await desk.keys("Control+y");
  await desk.until(async () => (await desk.day(TODAY))?.morning === "present", "returned");
  await desk.close();
});

test("the days not filled in are listed, and filled at once", async () => {
  const desk = await chromium.open({ fill: posting });
  assert.match(await desk.text("#unfilled"), /还有 4 天没有填完/);
  await desk.keys("Control+b");
  await desk.page.waitForSelector("#fill-note-3");
  await desk.page.locator("[data-fields] [data-field]").first().focus();
  for (let row = 0; row < 4; row++) await desk.keys("2", "4", "Enter", "Enter");
  await desk.until(
    async () => (await desk.page.inputValue("#fill-note-3")) !== "",
    "the last row has its phrase",
  );
  await desk.keys("Control+Enter");
  await desk.until(
    async () => (await desk.view()).assessment.attendance.unrecorded_half_days === 0,
    "all stored",
  );
  assert.equal((await desk.view()).records.days.find((day) => day.date === "2026-02-28").morning, "present");
  await desk.keys("Control+z");
  await desk.until(
    async () => (await desk.view()).assessment.attendance.unrecorded_half_days === 5,
    "one undo",
  );
  await desk.close();
});
