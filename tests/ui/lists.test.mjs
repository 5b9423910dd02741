// The keys of lists: arrows, Home and End, Space, ranges, all, and the way to the recycle bin and back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const focused = (desk) => desk.page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? "");
const chosen = (desk) => desk.page.locator("[data-chosen]").count();
const rounds = async (desk) =>
  (await desk.view()).records.activities.filter((each) => each.kind.endsWith("round")).length;

/** The list of rounds, its first row with the focus. */
async function openRounds() {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+3");
  await desk.page.getByRole("tab", { name: /查房/ }).click();
  await desk.until(async () => (await desk.page.locator("[data-row]").count()) === 8, "the rounds");
  await desk.page.locator("[data-row]").first().focus();
  return desk;
}

test("arrows, Home and End go from row to row", async () => {
  const desk = await openRounds();
  assert.match(await focused(desk), /1月6日/);
  await desk.keys("ArrowDown", "ArrowDown");
  assert.match(await focused(desk), /1月20日/);
  await desk.keys("ArrowUp");
  assert.match(await focused(desk), /1月13日/);
  await desk.keys("End");
  assert.match(await focused(desk), /3月10日/);
  await desk.keys("ArrowDown");
  assert.match(await focused(desk), /3月10日/, "the last one stays");
  await desk.keys("Home");
  assert.match(await focused(desk), /1月6日/);
  assert.equal(await chosen(desk), 0);
  await desk.keys("Enter");
  await desk.page.waitForSelector("#activity-date:focus");
  assert.equal(await desk.page.inputValue("#activity-date"), "1.6");
  await desk.close();
});

test("Space, ranges and all are chosen, and let go of by Escape", async () => {
  const desk = await openRounds();
  await desk.keys(" ");
  assert.equal(await chosen(desk), 1);
  assert.match(await desk.text(".chosen .bar"), /已选 1 条/);
  await desk.keys("Shift+ArrowDown", "Shift+ArrowDown");
  assert.equal(await chosen(desk), 3);
  await desk.keys("Shift+ArrowUp");
  assert.equal(await chosen(desk), 2);
  assert.deepEqual(await desk.violations(), []);
  await desk.keys("Control+a");
  assert.equal(await chosen(desk), 8);
  await desk.keys("Escape");
  assert.equal(await chosen(desk), 0);
  assert.equal(await desk.page.locator(".chosen .bar").count(), 0);
  await desk.close();
});

test("what is chosen goes to the recycle bin as one batch; the focus goes to the next row", async () => {
  const desk = await openRounds();
  await desk.keys("ArrowDown", " ", "Shift+ArrowDown", "Delete");
  await desk.until(async () => (await rounds(desk)) === 6, "two are gone");
  await desk.until(async () => /1月27日/.test(await focused(desk)), "the focus is on the next row");
  assert.match(await desk.text(".toasts"), /已把 2 条移入回收站/);
  assert.equal((await desk.bridge.call("recycle_bin")).length, 2);
  await desk.keys("Control+z");
  await desk.until(async () => (await rounds(desk)) === 8, "one undo brings both back");
  // The last row of all: the focus goes to the one before.
  await desk.page.locator("[data-row]").last().focus();
  await desk.keys("Delete");
  await desk.until(async () => (await rounds(desk)) === 7, "gone");
  await desk.until(async () => /3月10日|2月25日/.test(await focused(desk)), "the focus stays in the list");
  await desk.page.getByRole("button", { name: "撤销" }).click();
  await desk.until(async () => (await rounds(desk)) === 8, "and back");
  await desk.close();
});

test("leaves, unfilled days, phrases and the recycle bin have the same keys", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.waitForSelector('[role="radio"]:focus');
  await desk.page.locator("[data-row]").first().focus();
  await desk.keys("ArrowDown");
  assert.match(await focused(desk), /3月16日/);
  await desk.keys("Enter");
  await desk.until(async () => (await desk.text("h1")) === "3月16日 周一", "the day is open");
  await desk.keys("Control+4");
  await desk.page.waitForSelector("[data-entity=leave]");
  await desk.page.locator("[data-entity=leave]").first().focus();
  await desk.keys("Control+a", "Delete");
  await desk.until(async () => (await desk.view()).records.leaves.length === 0, "both leaves are gone");
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.view()).records.leaves.length === 2, "and back");
  await desk.close();
});

test("regions by F6, there and back, and one layer at a time by Escape", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.waitForSelector('[role="radio"]:focus');
  const area = () => desk.page.evaluate(() => document.activeElement.closest("[data-area]").dataset.area);
  const seen = [];
  for (let i = 0; i < 4; i++) {
    await desk.keys("F6");
    seen.push(await area());
  }
  assert.deepEqual(seen, ["status", "navigation", "header", "content"]);
  await desk.keys("Shift+F6");
  assert.equal(await area(), "header");
  // A list over a field, then the sheet over it.
  await desk.page.focus("#day-note");
  await desk.page.waitForSelector("#day-note-phrases:not([hidden])");
  await desk.keys("F1");
  await desk.page.waitForSelector("dialog[open]");
  await desk.keys("Escape");
  await desk.page.waitForSelector("dialog:not([open])", { state: "attached" });
  await desk.until(
    () => desk.page.evaluate(() => document.activeElement.id === "day-note"),
    "the focus is where it was",
  );
  await desk.keys("Escape");
  await desk.page.waitForSelector("#day-note-phrases", { state: "hidden" });
  await desk.close();
});
