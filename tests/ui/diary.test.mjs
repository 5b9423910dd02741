// The support diary: what is due first, one problem from finding to recheck, the keyboard, and the narrow window.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { change, posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

function problem(date, words, part = {}) {
  const id = randomUUID();
  const value = {
    id,
    date,
    problem: words,
    guidance: null,
    corrective_action: null,
    responsible: null,
    due: null,
    status: "open",
    rechecked_on: null,
    result: null,
  };
  return change("problem", id, { ...value, ...part });
}

const filled = () => [
  ...posting(),
  problem("2026-01-12", "抗菌药物没有写指征", { status: "closed", rechecked_on: "2026-02-02" }),
  problem("2026-02-05", "高血压随访表漏填", { due: "2026-03-30" }),
  problem("2026-01-20", "病历书写不规范", { due: "2026-02-10" }),
  problem("2026-02-11", "换药室分区不清", { due: "2026-03-01", status: "corrected" }),
];

async function diary(options) {
  const desk = await chromium.open(options);
  await desk.keys("Control+5");
  await desk.page.waitForSelector("h1:has-text('帮扶日记')");
  return desk;
}

const rows = (desk) => desk.page.locator("[data-problem] .what").allInnerTexts();

test("what is due first comes first, what is late says by how much", async () => {
  const desk = await diary({ fill: filled });
  assert.deepEqual(await rows(desk), [
    "病历书写不规范",
    "换药室分区不清",
    "高血压随访表漏填",
    "抗菌药物没有写指征",
  ]);
  const list = await desk.text("main ul");
  assert.match(list, /2月10日 到期，已过 37 天/);
  assert.match(list, /待复查/);
  assert.match(list, /期限 3月30日/);
  assert.match(list, /2月2日 已复查/);
  assert.match(await desk.text("[data-area='header']"), /3 条还没有了结，其中 1 条已过期限/);
  assert.deepEqual(await desk.violations(), []);
  await desk.close();
});

test("a problem is written down with the keyboard, keeps itself, and is closed by a recheck", async () => {
  const desk = await diary({ fill: posting });
  assert.match(await desk.text("main"), /还没有问题/);
  await desk.keys("Control+n");
  await desk.page.waitForFunction(() => document.activeElement?.id === "problem-text");
  await desk.page.keyboard.insertText("病历书写不规范");
  // Enter goes on: the date, which is today already, then the guidance.
  await desk.keys("Enter", "Enter");
  await desk.page.keyboard.insertText("讲了病历书写规范");
  await desk.keys("Enter");
  await desk.page.keyboard.insertText("王某某");
  await desk.keys("Enter");
  await desk.page.keyboard.insertText("3.30");
  await desk.until(async () => (await desk.view()).drafts.length === 1, "kept from the first key on");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await desk.view()).records.problems.length === 1, "stored");
  const [stored] = (await desk.view()).records.problems;
  assert.equal(stored.date, "2026-03-19");
  assert.equal(stored.guidance, "讲了病历书写规范");
  assert.equal(stored.responsible, "王某某");
  assert.equal(stored.due, "2026-03-30");
  assert.equal(stored.status, "open");

  await desk.page.locator("[data-problem]").focus();
  await desk.keys("Enter");
  await desk.page.waitForFunction(() => document.querySelector("#problem-text")?.value !== "");
  await desk.page.getByText("已复查", { exact: true }).click();
  assert.equal(await desk.page.inputValue("#problem-rechecked"), "3.19", "today, unless said otherwise");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await desk.view()).records.problems[0].status === "closed", "closed");
  assert.equal((await desk.view()).diary[0].next, null);

  await desk.page.locator("[data-problem]").click();
  await desk.keys("Control+h");
  await desk.page.waitForSelector("dialog[open] ol");
  assert.match(await desk.text("dialog[open]"), /病历书写不规范/);
  await desk.close();
});

test("arrows go through the list, Delete removes, Ctrl+Z brings back", async () => {
  const desk = await diary({ fill: filled });
  const focused = () => desk.page.evaluate(() => document.activeElement?.querySelector(".what")?.textContent);
  await desk.page.locator("[data-problem]").first().focus();
  await desk.keys("ArrowDown", "ArrowDown");
  assert.equal(await focused(), "高血压随访表漏填");
  await desk.keys("End");
  assert.equal(await focused(), "抗菌药物没有写指征");
  await desk.keys("Home");
  assert.equal(await focused(), "病历书写不规范");
  await desk.keys("Delete");
  await desk.until(async () => (await rows(desk)).length === 3, "deleted");
  await desk.until(async () => (await focused()) === "换药室分区不清", "the next row has the focus");
  await desk.keys("Control+z");
  await desk.until(async () => (await rows(desk)).length === 4, "back again");
  await desk.close();
});

test("a problem in which nothing was written is none", async () => {
  const desk = await diary({ fill: posting });
  await desk.keys("Control+n");
  await desk.page.fill("#problem-text", "写错了");
  await desk.page.fill("#problem-text", "");
  await desk.keys("Control+1");
  await desk.page.waitForSelector("h1:has-text('周四')");
  const view = await desk.view();
  assert.equal(view.records.problems.length, 0);
  await desk.close();
});

test("at 200 % the problem takes the place of the list, and Esc goes back", async () => {
  const desk = await diary({ fill: filled, settings: { type_size: 200 } });
  assert.ok(!(await desk.page.locator("#problem-form").isVisible()));
  await desk.page.locator("[data-problem]").nth(2).click();
  await desk.page.waitForSelector("#problem-form");
  assert.ok(!(await desk.page.locator("[data-problem]").first().isVisible()));
  assert.equal(await desk.page.inputValue("#problem-text"), "高血压随访表漏填");
  assert.deepEqual(await desk.violations(), []);
  assert.equal(await desk.sideways(), 0);
  await desk.keys("Escape");
  await desk.until(
    () =>
      desk.page.evaluate(
        () => document.activeElement?.querySelector(".what")?.textContent === "高血压随访表漏填",
      ),
    "back in the list",
  );
  await desk.close();
});

test("keys of an input method are its own", async () => {
  const desk = await diary({ fill: filled });
  await desk.page.locator("[data-problem]").nth(1).focus();
  const send = (key) =>
    desk.page.evaluate((pressed) => {
      document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key: pressed, isComposing: true, bubbles: true, cancelable: true }),
      );
    }, key);
  for (const key of ["Delete", "ArrowDown", "Enter", "Escape"]) await send(key);
  assert.equal((await desk.view()).records.problems.length, 4);
  assert.equal(
    await desk.page.evaluate(() => document.activeElement?.querySelector(".what")?.textContent),
    "换药室分区不清",
  );
  await desk.close();
});
