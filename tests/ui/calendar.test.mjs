// The month: one grid for the keyboard, both halves by a digit, the day opening beside it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { posting, profile, start } from "./harness.mjs";

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

test("4 offers the rest for both halves, and what is chosen is one step", async () => {
  const desk = await month();
  await desk.page.focus('[role="gridcell"][tabindex="0"]');
  await desk.keys("ArrowLeft", "ArrowLeft", "ArrowLeft", "4");
  await desk.page.waitForSelector('[role="menuitem"]:focus');
  await desk.keys("Enter");
  await desk.until(async () => (await desk.day("2026-03-16"))?.morning === "absent", "absent all day");
  assert.equal((await desk.day("2026-03-16")).afternoon, "absent");
  await desk.until(
    () => desk.page.evaluate(() => document.activeElement.getAttribute("role") === "gridcell"),
    "the month has the focus again",
  );
  await desk.keys("4");
  await desk.page.waitForSelector('[role="menuitem"]:focus');
  await desk.keys("End", "Enter");
  await desk.until(async () => (await desk.day("2026-03-16")) === null, "cleared");
  await desk.close();
});

test("the day tells its activities, whether each counts, and why not", async () => {
  const desk = await month();
  await desk.page.locator('[role="gridcell"]', { hasText: "3月10日" }).click();
  const panel = desk.page.locator('section[aria-label="3月10日 周二 的记录"]');
  await panel.waitFor();
  const text = await panel.innerText();
  assert.match(text, /计入查房/);
  assert.match(text, /不计入查房：同一天只计一次/);
  await desk.close();
});

/** Two times the type: the month is a list, and the day opens under its row. */
async function weeks(settings = {}) {
  const desk = await chromium.open({ fill: posting, settings: { type_size: 200, ...settings } });
  await desk.keys("Control+2");
  await desk.page.waitForSelector("[data-day][aria-expanded=true]");
  return desk;
}

test("at twice the type the month is a list of weeks and the day opens in place", async () => {
  const desk = await weeks();
  assert.equal(await desk.page.locator('[role="grid"]').count(), 0);
  const open = () => desk.page.locator("[data-day][aria-expanded=true] .unseen").innerText();
  await desk.page.focus("[data-day][aria-expanded=true]");
  for (const [key, day] of [
    ["ArrowUp", "3月18日 周三"],
    ["ArrowLeft", "3月17日 周二"],
    ["Home", "3月16日 周一"],
    ["PageUp", "2月16日 周一"],
    ["PageDown", "3月16日 周一"],
  ]) {
    await desk.keys(key);
    await desk.until(async () => (await open()).startsWith(day), `${key} leads to ${day}`);
  }
  const below = await desk.page
    .locator("li", { has: desk.page.locator("[data-day][aria-expanded=true]") })
    .locator("section")
    .getAttribute("aria-label");
  assert.equal(below, "3月16日 周一 的记录");
  await desk.keys("2");
  await desk.until(
    async () => (await desk.day("2026-03-16"))?.morning === "official_duty",
    "both halves by a digit",
  );
  await desk.keys("Enter");
  await desk.until(
    () => desk.page.evaluate(() => document.activeElement.getAttribute("role") === "radio"),
    "Enter goes into the day",
  );
  await desk.keys("Escape");
  await desk.until(
    () => desk.page.evaluate(() => document.activeElement.hasAttribute("data-day")),
    "Esc comes back",
  );
  assert.deepEqual(await desk.violations(), []);
  assert.equal(await desk.sideways(), 0);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a year nobody has published says so where it is looked at, and leads to the loader", async () => {
  const desk = await chromium.open({ now: "2026-12-01T09:00:00Z", settings: { role: "physician" } });
  await desk.bridge.call("create_posting", {
    profile: { ...profile(), start: "2027-01-04", end: "2027-04-04" },
  });
  await desk.load();
  await desk.page.waitForSelector("nav .place", { state: "attached" });
  await desk.keys("Control+2");
  await desk.page.waitForSelector('[role="grid"]');
  assert.match(await desk.text("main"), /2027 年的安排还没公布，暂按周末和法定节假日/);
  await desk.page.locator("main").getByRole("button", { name: "载入放假安排" }).click();
  await desk.page.waitForSelector("#load-notice");
  await desk.close();
});
