// What must not reach the records: saves where they can only be read, keys before anybody said who it is, typing while
// everything moves away.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { change, posting, profile, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const TODAY = "2026-03-19";
const WRITES = ["save", "save_draft", "discard_draft", "undo", "redo", "export_review_file"];

const press = (desk, name) => desk.page.getByRole("button", { name, exact: true }).click();
const says = (desk, words, where = "body") =>
  desk.until(async () => (await desk.text(where)).includes(words), `it says ${words}`);

/** Notes every command of the page; those named are answered only after `release`. */
function overhear(desk, ...held) {
  const { bridge } = desk;
  const ask = bridge.ask.bind(bridge);
  const asked = [];
  let release;
  const gate = new Promise((resolve) => (release = resolve));
  bridge.ask = async (cmd, args) => {
    asked.push(cmd);
    if (held.includes(cmd)) await gate;
    return ask(cmd, args);
  };
  return { asked, release, writes: () => asked.filter((cmd) => WRITES.includes(cmd)) };
}

/** Waits until the page has been through whatever was begun before. */
async function settled(desk, heard) {
  const before = heard.asked.length;
  await desk.page.evaluate(() => window.askBridge("app_state", {}));
  await desk.until(() => heard.asked.length > before, "the page asked");
}

const day = (note) => ({
  date: TODAY,
  morning: "present",
  afternoon: null,
  note,
  tallies: { outpatient_visits: 3 },
});

/** Records that moved away with a day, the self-appraisal and the profile still being typed. */
async function movedWithDrafts(settings = {}) {
  const desk = await chromium.open({ fill: posting, settings });
  const stored = (await desk.view()).records.posting;
  for (const [entity, key, value] of [
    ["day", TODAY, day("写到一半")],
    ["summary", "summary", { self_appraisal: "写到一半的鉴定", suggestions: null }],
    ["posting", "posting", { ...stored, home_department: "心血管内科" }],
  ]) {
    await desk.bridge.call("save_draft", { entity, key, value });
  }
  await desk.bridge.call("move_away");
  return desk;
}

test("records that can only be read are never saved, whatever was left half typed", async () => {
  const desk = await movedWithDrafts();
  const before = await desk.view();
  assert.equal(before.read_only, "moved");
  assert.equal(before.drafts.length, 3);
  // The clock of the page is the test's: five seconds without a key pass at once.
  await desk.page.clock.install();
  await desk.load();
  const heard = overhear(desk);
  await says(desk, "这里只能看", "main");
  await desk.page.clock.runFor(20_000);
  await settled(desk, heard);
  for (const screen of ["2", "6", "8", "1"]) {
    await desk.keys(`Control+${screen}`);
    await desk.page.waitForSelector("h1");
    await desk.page.locator("h1").first().click();
    await desk.page.clock.runFor(20_000);
    await settled(desk, heard);
  }
  assert.deepEqual(heard.writes(), []);
  assert.equal(await desk.page.locator(".not-saved").count(), 0);
  assert.deepEqual(await desk.view(), before);
  await desk.close();
});

for (const [language, words] of [
  ["zh-CN", "这里的记录只能看，没有改动"],
  ["en", "The records here can only be read; nothing was changed"],
]) {
  test(`undo and redo say that the records can only be read, ${language}`, async () => {
    const desk = await chromium.open({ fill: posting, settings: { language } });
    await desk.bridge.call("save", { changes: [change("day", TODAY, day("门诊"))] });
    await desk.bridge.call("undo");
    await desk.bridge.call("move_away");
    await desk.load();
    const { undo, redo } = await desk.view();
    assert.ok(undo && redo, "there would be something to take back and to return");
    const heard = overhear(desk);
    for (const [n, keys] of ["Control+z", "Control+y", "Control+Shift+z"].entries()) {
      await desk.keys(keys);
      await desk.until(
        async () => (await desk.page.locator(".toast").filter({ hasText: words }).count()) === n + 1,
        `${keys} is answered`,
      );
    }
    await settled(desk, heard);
    assert.deepEqual(heard.writes(), []);
    assert.equal(await desk.page.locator(".not-saved").count(), 0);
    await desk.close();
  });
}

for (const [language, only, explains, done] of [
  ["zh-CN", "只导出表格", "审核文件要等记录能写时再导出", "已存好 27 个文件"],
  ["en", "Forms only", "a review file once they can be written to", "27 files stored"],
]) {
  test(`records that can only be read still export their forms, ${language}`, async () => {
    const desk = await movedWithDrafts({ language });
    await desk.load();
    await desk.keys("Control+7");
    await says(desk, explains, "main");
    assert.equal(await desk.page.getByRole("button", { name: only, exact: true }).count(), 1);
    const heard = overhear(desk);
    await desk.keys("Control+Enter");
    await desk.until(async () => (await desk.text("main")).includes(done), "the whole set is made", 60_000);
    assert.deepEqual(heard.writes(), []);
    assert.deepEqual(
      readdirSync(desk.answers)
        .map((name) => path.extname(name))
        .sort(),
      [...[".docx", ".pdf", ".xlsx"].flatMap((end) => Array(9).fill(end)), ".xxzdata"],
    );
    assert.deepEqual(await desk.violations(), []);
    assert.equal(await desk.sideways(), 0);
    await desk.close();
  });
}

/** Two physicians on one computer; the one who was here last has an entry to take back, and one to return. */
async function shared() {
  const desk = await chromium.open({ fill: posting });
  const other = profile();
  other.physician.name = "王建国";
  await desk.bridge.call("create_posting", { profile: other });
  for (const note of ["门诊", "查房"]) {
    await desk.bridge.call("save", { changes: [change("day", TODAY, day(note))] });
  }
  await desk.bridge.call("undo");
  await desk.load();
  return desk;
}

const KEYS = ["t", "z", "y", "Shift+z", "b", "n"].map((key) => `Control+${key}`);

test("no key reaches a posting before somebody said who it is", async () => {
  const desk = await shared();
  await says(desk, "是哪一位", "h1");
  const before = await desk.view();
  assert.ok(before.undo && before.redo);
  const heard = overhear(desk);
  await desk.keys(...KEYS);
  await settled(desk, heard);
  assert.equal(await desk.text("h1"), "是哪一位");
  assert.equal(await desk.page.locator(".toast").count(), 0);

  // Nor on the way to a new posting, where the way back leads to the question.
  await desk.page.locator("main p button").click();
  await desk.page.waitForSelector("#first-name");
  await desk.keys(...KEYS);
  await settled(desk, heard);
  assert.equal(await desk.page.locator("#first-name").count(), 1);
  assert.deepEqual(heard.writes(), []);
  assert.deepEqual(await desk.view(), before);
  await press(desk, "返回");
  await says(desk, "是哪一位", "h1");

  // Whoever said it can take back what is theirs.
  await desk.page.getByRole("button", { name: "王建国" }).click();
  await desk.page.waitForSelector("nav");
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.day(TODAY)) === null, "taken back");
  await desk.close();
});

test("a reviewer takes back no physician's entry, and is asked before seeing records", async () => {
  const desk = await shared();
  await desk.bridge.call("change_settings", { change: { role: "supervisor" } });
  await desk.load();
  const before = await desk.view();
  const heard = overhear(desk);
  await desk.keys("Control+z", "Control+y", "Control+Shift+z", "Control+t");
  await settled(desk, heard);
  assert.deepEqual(heard.writes(), []);
  assert.deepEqual(await desk.view(), before);
  await desk.page.locator("nav").getByText("派驻", { exact: true }).click();
  await says(desk, "是哪一位", "h1");
  await desk.close();
});

test("Ctrl+Z in a question still takes back typing", async () => {
  const desk = await chromium.open();
  await desk.page.locator("#first-name").focus();
  await desk.page.keyboard.type("abc");
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.page.inputValue("#first-name")) !== "abc", "typing taken back");
  await desk.close();
});

test("a second place that could not be given up is not said to be given up", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+8");
  await desk.page.locator(".places").getByRole("button", { name: "选文件夹…" }).click();
  await says(desk, "在。有 1 份", ".places");
  // It went read-only behind the page's back.
  await desk.bridge.call("move_away");
  const heard = overhear(desk);
  await press(desk, "不再使用");
  await desk.until(() => heard.asked.includes("second_place"), "looked again");
  await says(desk, "只能看", "main");
  assert.ok(await desk.bridge.call("second_place"), "it is still in use");
  assert.ok(!(await desk.text("body")).includes("不再往那里备份"));
  await desk.close();
});

for (const [language, button, working, moved] of [
  ["zh-CN", "搬到另一台电脑…", "正在写搬家文件并核对", "这里只能看"],
  ["en", "Move to another computer…", "Writing and verifying the moving file", "read-only here"],
]) {
  test(`moving away waits for what is being typed and lets nothing in meanwhile, ${language}`, async () => {
    const desk = await chromium.open({ fill: posting, settings: { language } });
    const saving = overhear(desk, "save");
    await desk.page.locator("#day-note").focus();
    await desk.page.keyboard.insertText("搬走以前写的");
    await desk.keys("Control+8");
    await press(desk, button);
    await says(desk, working, "dialog[open]");
    await desk.until(() => saving.asked.includes("save"), "what was typed is being stored");
    assert.ok(!saving.asked.includes("move_away"), "it waits for what was typed");
    assert.deepEqual(await desk.violations(), []);

    const moving = overhear(desk, "move_away");
    saving.release();
    await desk.until(() => moving.asked.includes("move_away"), "it moves");
    const asked = saving.asked.length;
    // Neither a key nor the pointer gets through, and it cannot be closed.
    await desk.keys("Escape", "Escape", "Control+1", "Control+z", "Tab", "Enter", "Control+w");
    const behind = desk.page.locator("nav .place").first();
    await assert.rejects(behind.click({ timeout: 300 }));
    await settled(desk, moving);
    assert.equal(await desk.page.locator("dialog[open]").count(), 1);
    assert.deepEqual(
      saving.asked.slice(asked).filter((cmd) => cmd !== "app_state"),
      [],
    );
    moving.release();
    await says(desk, moved, "main");
    await desk.until(async () => (await desk.page.locator("dialog[open]").count()) === 0, "the words go");
    assert.equal((await desk.day(TODAY)).note, "搬走以前写的");
    assert.deepEqual((await desk.view()).drafts, []);
    assert.equal(await desk.page.locator(".not-saved").count(), 0);
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });
}

test("moving away is put off while something could not be stored", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.waitForSelector('[role="radio"]:focus');
  // The page does not know of the leave yet: presence under it is refused.
  const id = randomUUID();
  const leave = {
    ...(await desk.view()).records.leaves[0],
    id,
    from: TODAY,
    from_half: "morning",
    to: TODAY,
    to_half: "afternoon",
    returned_on: null,
  };
  await desk.bridge.call("save", { changes: [change("leave", id, leave)] });
  const heard = overhear(desk);
  await desk.keys("1", "Control+8");
  await desk.page.waitForSelector(".not-saved");
  await press(desk, "搬到另一台电脑…");
  await says(desk, "有一条没有存上，请先存上", ".toasts");
  assert.ok(!heard.asked.includes("move_away"));
  assert.equal((await desk.view()).read_only, null);
  await desk.until(
    () => desk.page.evaluate(() => document.activeElement?.textContent.includes("搬到另一台电脑")),
    "the button has the focus again",
  );
  await desk.close();
});
