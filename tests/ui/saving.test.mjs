// What could not be stored stays where it was typed; messages wait for whoever is at them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { posting, profile, start } from "./harness.mjs";

const TODAY = "2026-03-19";
let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const FULL = {
  code: "disk_full",
  what: { zh: "没有存上：磁盘已满。", en: "Not saved: the disk is full." },
  safe: { zh: "刚才写的还在这里，没有丢。", en: "Your text is still here." },
  next: { zh: "腾出空间后按「再存一次」。", en: "Free some space, then Save again." },
  faults: [],
};

/** The disk takes nothing until the answer is called. */
function fullDisk(desk) {
  const ask = desk.bridge.ask.bind(desk.bridge);
  desk.bridge.ask = async (cmd, args) =>
    ["save", "save_draft", "discard_draft"].includes(cmd) ? { err: FULL } : ask(cmd, args);
  return () => delete desk.bridge.ask;
}

test("on a full disk each entry stays in its field, and all are stored once there is room", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.waitForSelector('[role="radio"]:focus');
  const makeRoom = fullDisk(desk);
  await desk.keys("Enter", "2", "3");
  await desk.page.waitForSelector(".not-saved");
  for (const words of ["磁盘已满", "没有丢", "再存一次"])
    assert.ok((await desk.text(".not-saved")).includes(words), words);
  const border = (selector) =>
    desk.page.evaluate(
      (selector) => getComputedStyle(document.querySelector(selector)).borderTopStyle,
      selector,
    );
  for (const field of ["#tally-0", "#day-note", ".choice"])
    assert.equal(await border(field), "dashed", field);
  assert.deepEqual(await desk.violations(), []);
  // Another day is opened and filled: the first one is not forgotten.
  await desk.keys("PageUp");
  await desk.until(async () => (await desk.text("h1")) === "3月18日 周三", "the day before");
  await desk.page.fill("#day-note", "另一天");
  await desk.keys("PageDown");
  await desk.until(async () => (await desk.text("h1")) === "3月19日 周四", "back");
  assert.equal(await desk.page.inputValue("#tally-0"), "23");
  assert.ok(await desk.page.locator(".not-saved").isVisible(), "it does not vanish by itself");
  assert.equal(await desk.day(TODAY), null);
  makeRoom();
  await desk.page.locator(".not-saved").getByRole("button", { name: "再存一次" }).click();
  await desk.page.waitForSelector(".not-saved", { state: "detached" });
  await desk.until(async () => (await desk.day("2026-03-18"))?.note === "另一天", "the other day is stored");
  await desk.keys("PageUp");
  await desk.until(
    async () => (await desk.day(TODAY))?.tallies.outpatient_visits === 23,
    "this day is stored",
  );
  await desk.until(async () => (await desk.view()).drafts.length === 0, "nothing is left over");
  await desk.close();
});

test("what could not be stored is never tried in another posting: the one it belongs to stays open", async () => {
  const desk = await chromium.open({ fill: posting });
  const first = (await desk.view()).log_id;
  const other = (await desk.bridge.call("create_posting", { profile: profile() })).log_id;
  await desk.bridge.call("open_posting", { logId: first });
  await desk.load();
  await desk.page.waitForSelector('[role="radio"]:focus');
  const makeRoom = fullDisk(desk);
  await desk.keys("Enter", "2", "3");
  await desk.page.waitForSelector(".not-saved");
  await desk.keys("Control+9");
  await desk.page.getByRole("button", { name: "派驻", exact: true }).click();
  const open = desk.page.getByRole("button", { name: "打开", exact: true });
  await open.click();
  await desk.until(async () => (await desk.text(".toasts")).includes("有一条没有存上，请先存上"), "said");
  assert.equal((await desk.view()).log_id, first);
  makeRoom();
  await desk.page.locator(".not-saved").getByRole("button", { name: "再存一次" }).click();
  await desk.page.waitForSelector(".not-saved", { state: "detached" });
  assert.equal((await desk.view()).log_id, first);
  await desk.until(async () => (await desk.day(TODAY))?.tallies.outpatient_visits === 23, "stored");
  await open.click();
  await desk.until(async () => (await desk.view()).log_id === other, "now the other is open");
  await desk.close();
});

test("a message goes after eight seconds, not while it is pointed at or has the focus", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.clock.install();
  await desk.load();
  // From here on time passes only when it is told to.
  await desk.page.clock.pauseAt(Date.now() + 60_000);
  const toast = desk.page.locator(".toast");
  const say = async () => {
    await desk.page.locator("h1").hover();
    await desk.keys("Control+3");
    await desk.page.locator("[data-row]").first().focus();
    await desk.keys("Delete");
    await toast.waitFor();
  };
  await say();
  await desk.page.clock.runFor(7_900);
  assert.equal(await toast.count(), 1);
  await desk.page.clock.runFor(200);
  await toast.waitFor({ state: "detached" });
  await say();
  await toast.hover();
  await desk.page.clock.runFor(60_000);
  assert.equal(await toast.count(), 1, "pointed at");
  await desk.page.locator("h1").hover();
  await desk.page.getByRole("button", { name: "撤销" }).focus();
  await desk.page.clock.runFor(60_000);
  assert.equal(await toast.count(), 1, "with the focus");
  await desk.keys("Enter");
  await desk.until(async () => (await desk.view()).records.activities.length === 11, "one is taken back");
  await desk.close();
});

test("Ctrl+S says that everything is saved, and stores nothing twice", async () => {
  const desk = await chromium.open({ fill: posting });
  const { n } = (await desk.view()).head;
  await desk.keys("Control+s");
  await desk.until(async () => (await desk.text(".toasts")).includes("一直在自动保存"), "it reassures");
  assert.equal((await desk.view()).head.n, n);
  await desk.close();
});
