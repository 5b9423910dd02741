// The month: one grid for the keyboard, both halves by a digit, the day opening beside it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

async function month() {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+2");
  await desk.page.waitForSelector('[role="grid"]');
  return desk;
}

const chosen = (desk) => desk.page.locator('[aria-selected="true"] .unseen').innerText();

test("arrows, Home, End and PageUp move the day", async () => {
  const desk = await month();
  await desk.page.focus('[role="gridcell"][tabindex="0"]');
  for (const [key, day] of [
    ["ArrowLeft", "3月18日 周三"],
    ["ArrowUp", "3月11日 周三"],
    ["Home", "3月9日 周一"],
    ["End", "3月15日 周日"],
    ["PageUp", "2月15日 周日"],
    ["ArrowRight", "2月16日 周一"],
  ]) {
    await desk.keys(key);
    await desk.until(async () => (await chosen(desk)).startsWith(day), `${key} leads to ${day}`);
    assert.equal(
      await desk.page.evaluate(() => document.activeElement.getAttribute("aria-selected")),
      "true",
    );
  }
  assert.match(await chosen(desk), /春节放假，不计应出勤/);
  assert.equal(await desk.text("h1"), "2026年2月");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a digit records both halves, and Enter opens the day", async () => {
  const desk = await month();
  await desk.page.focus('[role="gridcell"][tabindex="0"]');
  await desk.keys("ArrowLeft", "ArrowLeft", "ArrowLeft");
  await desk.until(async () => (await chosen(desk)).startsWith("3月16日"), "the open day");
  await desk.keys("1");
  await desk.until(async () => (await desk.day("2026-03-16"))?.afternoon === "present", "both halves stored");
  assert.match(await desk.text(".toasts"), /已记 3月16日：全天出勤/);
  await desk.keys("Enter");
  await desk.until(
    () => desk.page.evaluate(() => document.activeElement.getAttribute("role") === "radio"),
    "the panel has the focus",
  );
  await desk.page.fill("#day-note", "内科门诊");
  await desk.keys("Escape");
  await desk.until(async () => (await desk.day("2026-03-16"))?.note === "内科门诊", "stored on leaving");
  await desk.close();
});

test("days to come cannot be filled in", async () => {
  const desk = await month();
  await desk.page.focus('[role="gridcell"][tabindex="0"]');
  await desk.keys("ArrowRight", "1");
  await desk.until(async () => (await chosen(desk)).startsWith("3月20日"), "tomorrow");
  assert.equal(await desk.day("2026-03-20"), null);
  assert.equal(await desk.page.locator("#day-note").count(), 0);
  await desk.close();
});
