// Ctrl+F: what is found, what is marked, where Enter leads, and what belongs to the input method.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { change, posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const FIELD = "dialog[open] input[role=combobox]";
const OPTION = "dialog[open] [role=option]";

async function find(desk, query) {
  await desk.keys("Control+f");
  await desk.page.waitForSelector(`${FIELD}:focus`);
  await desk.page.fill(FIELD, query);
  await desk.page.waitForSelector(OPTION);
}

const title = (desk, words) =>
  desk.until(async () => (await desk.text("h1")).includes(words), `the screen says ${words}`);

test("initials find the lecture, and Enter opens it, from its own screen too", async () => {
  const desk = await chromium.open({ fill: posting });
  await find(desk, "gxy 授课");
  assert.deepEqual(await desk.page.locator(`${OPTION} .name mark`).allInnerTexts(), ["授课", "高血压"]);
  assert.match(await desk.text("dialog[open] [role=status]"), /找到 1 条/);
  await desk.keys("Enter");
  await title(desk, "授课");
  await desk.until(async () => (await desk.page.inputValue("#activity-title")) === "高血压分级管理", "open");
  assert.equal(await desk.page.locator("dialog[open]").count(), 0);
  // The screen is open already: it takes up the other record all the same.
  await find(desk, "xindiantu");
  await desk.keys("Enter");
  await desk.until(async () => (await desk.page.inputValue("#activity-title")) === "基层心电图判读", "other");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a typed date opens the day or the leave, by arrows and Enter", async () => {
  const desk = await chromium.open({ fill: posting });
  await find(desk, "2.3");
  assert.match(await desk.text(`${OPTION}[aria-selected=true]`), /2月3日至2月4日 事假/);
  assert.equal(await desk.page.locator(`${OPTION} .when mark`).count(), 1);
  await desk.keys("Enter");
  await title(desk, "请假");
  await desk.until(async () => (await desk.page.inputValue("#leave-from")).includes("2"), "that leave");
  await find(desk, "0310");
  const three = async () => (await desk.page.locator(OPTION).count()) === 3;
  await desk.until(three, "all three of that day are found");
  const chosen = () => desk.page.getAttribute(FIELD, "aria-activedescendant");
  assert.equal(await chosen(), "found-0");
  await desk.keys("ArrowUp");
  assert.equal(await chosen(), "found-0");
  await desk.keys("ArrowDown", "ArrowDown", "ArrowDown");
  assert.equal(await chosen(), "found-2");
  await desk.keys("PageUp");
  assert.equal(await chosen(), "found-0");
  assert.match(await desk.text(`${OPTION}[aria-selected=true]`), /3月10日 的记录/);
  await desk.keys("Enter");
  await title(desk, "3月10日");
  await desk.close();
});

test("a deleted record is found as such and leads to the recycle bin", async () => {
  const desk = await chromium.open({ fill: posting });
  const { records } = await desk.view();
  const lecture = records.activities.find((each) => each.title === "基层心电图判读");
  await desk.bridge.call("save", { changes: [change("activity", lecture.id, null)] });
  await find(desk, "xdt");
  assert.match(await desk.text(OPTION), /3月19日 删除，在回收站/);
  await desk.keys("Enter");
  await title(desk, "回收站");
  await desk.page.waitForSelector(".bin >> text=基层心电图判读");
  await desk.close();
});

test("Escape closes and gives the focus back; nothing found says so and offers help", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.focus("#day-note");
  await desk.keys("Control+f");
  await desk.page.waitForSelector(`${FIELD}:focus`);
  assert.match(await desk.text("dialog[open] .hint"), /gxy/);
  assert.deepEqual(await desk.violations(), []);
  await desk.page.fill(FIELD, "没有这个");
  await desk.until(
    async () =>
      (await desk.text("dialog[open] [role=status]")) === "没有找到「没有这个」。换个词，或只写首字母。",
    "nothing found",
  );
  assert.deepEqual(await desk.violations(), []);
  await desk.keys("Enter");
  assert.equal(await desk.page.locator("dialog[open]").count(), 1);
  await desk.keys("Escape");
  await desk.page.waitForSelector("#day-note:focus");
  await desk.close();
});

test("while an input method composes, its keys choose and open nothing", async () => {
  const desk = await chromium.open({ fill: posting });
  await find(desk, "高血压");
  const before = await desk.page.getAttribute(FIELD, "aria-activedescendant");
  const prevented = await desk.page.evaluate((selector) => {
    const field = document.querySelector(selector);
    return ["ArrowDown", "Enter", "Enter", "Escape"].map((key, n) => {
      const keyCode = n === 2 ? 13 : 229;
      const event = new KeyboardEvent("keydown", {
        key,
        keyCode,
        isComposing: keyCode === 13,
        bubbles: true,
        cancelable: true,
      });
      field.dispatchEvent(event);
      return event.defaultPrevented;
    });
  }, FIELD);
  assert.deepEqual(prevented, [false, false, false, false]);
  assert.equal(await desk.page.getAttribute(FIELD, "aria-activedescendant"), before);
  assert.equal(await desk.page.locator("dialog[open]").count(), 1);
  // The control: the same key of nobody's composition moves.
  await desk.keys("ArrowDown");
  assert.notEqual(await desk.page.getAttribute(FIELD, "aria-activedescendant"), before);
  await desk.close();
});

for (const settings of [
  { theme: "light" },
  { theme: "dark" },
  { theme: "light", type_size: 200 },
  { theme: "light", language: "en" },
]) {
  test(`the panel is accessible and fits: ${JSON.stringify(settings)}`, async () => {
    const desk = await chromium.open({ fill: posting, settings });
    await find(desk, "gxy");
    assert.deepEqual(await desk.violations(), []);
    assert.equal(await desk.sideways(), 0);
    const box = await desk.page.locator("dialog[open]").boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 1366 && box.y + box.height <= 768, JSON.stringify(box));
    if (process.env["PICTURES"])
      await desk.page.screenshot({
        path: `${process.env["PICTURES"]}/search-${Object.values(settings).join("-")}.png`,
      });
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });
}
