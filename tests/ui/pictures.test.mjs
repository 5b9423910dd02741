// Pictures with activities: dropped, pasted or chosen, blacked out by mouse and keyboard, kept, enlarged, deleted, sent along.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { root } from "./bridge.mjs";
import { posting, start } from "./harness.mjs";

const PHOTO = path.join(root, "tests/fixtures/pictures/phone-photo.jpg");

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

async function atLecture(settings) {
  const desk = await chromium.open({ fill: posting, settings });
  await desk.keys("Control+3");
  const lecture = (await desk.view()).records.activities.find((each) => each.title === "高血压分级管理");
  await desk.page.locator(`[data-row="${lecture.id}"]`).click();
  await desk.page.waitForFunction(
    () => document.querySelector("#activity-title")?.value === "高血压分级管理",
  );
  return { desk, id: lecture.id };
}

async function drop(desk, ...paths) {
  for (const each of paths) await desk.bridge.offer(each);
  await desk.page.evaluate((all) => window.callOut("tauri://drag-drop", { paths: all }), paths);
}

async function attachments(desk, id) {
  return (await desk.view()).records.activities.find((each) => each.id === id).attachments;
}

/** Whether the pixel of a shown picture is black, by parts of its width and height. */
function isBlack(desk, selector, x, y) {
  return desk.page.evaluate(
    async ([found, left, top]) => {
      const image = document.querySelector(found);
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const at = (size, part) => Math.round(size * part);
      const { data } = context.getImageData(at(canvas.width, left), at(canvas.height, top), 1, 1);
      return data[0] < 24 && data[1] < 24 && data[2] < 24;
    },
    [selector, x, y],
  );
}

test("a dropped photo is blacked out by mouse, kept with the lecture, enlarged and deleted", async () => {
  const { desk, id } = await atLecture();
  await drop(desk, PHOTO);
  await desk.page.waitForSelector("#redact-title");
  assert.match(await desk.text("dialog[open]"), /480 × 640/, "turned upright");
  const box = await desk.page.locator(".stage img").boundingBox();
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];
  await desk.page.mouse.move(...at(0.3, 0.3));
  await desk.page.mouse.down();
  await desk.page.mouse.move(...at(0.6, 0.4));
  await desk.page.mouse.up();
  // A press alone draws nothing.
  await desk.page.mouse.click(...at(0.9, 0.9));
  assert.equal(await desk.page.locator(".block").count(), 1);
  assert.deepEqual(await desk.violations(), []);
  await desk.page.getByRole("button", { name: "遮住 1 处，添加" }).click();
  await desk.page.waitForSelector(".form .thumbnail img");
  assert.equal((await attachments(desk, id)).length, 0, "the form is not saved yet");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await attachments(desk, id)).length === 1, "saved with the lecture");
  const [kept] = await attachments(desk, id);
  assert.equal(kept.name, "签到表");
  assert.match(await desk.text("main"), /已存 1 张/);

  await desk.page.locator(".list .thumbnail").focus();
  await desk.keys("Enter");
  await desk.page.waitForSelector("dialog[open] .stage img");
  assert.ok(await isBlack(desk, "dialog[open] .stage img", 0.45, 0.35), "black where it was covered");
  assert.ok(!(await isBlack(desk, "dialog[open] .stage img", 0.9, 0.9)), "and nowhere else");
  assert.deepEqual(await desk.violations(), []);
  await desk.keys("Escape");
  await desk.page.waitForSelector("dialog[open]", { state: "detached" });
  assert.equal(
    await desk.page.evaluate(() => document.activeElement?.getAttribute("data-picture")),
    kept.sha256,
    "the focus is where it was",
  );

  await desk.keys("Delete");
  await desk.until(async () => (await attachments(desk, id)).length === 0, "deleted");
  assert.match(await desk.text(".toasts"), /已删除签到表/);
  await desk.keys("Control+z");
  await desk.until(async () => (await attachments(desk, id)).length === 1, "back again");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a pasted picture is blacked out by keyboard alone", async () => {
  const { desk, id } = await atLecture();
  const base64 = readFileSync(PHOTO).toString("base64");
  await desk.page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "image.jpg", { type: "image/jpeg" }));
    window.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, base64);
  await desk.page.waitForSelector("#redact-title");
  await desk.page.locator("[data-add]").focus();
  await desk.keys("Enter");
  const block = desk.page.locator(".block");
  await desk.until(
    async () => block.evaluate((each) => each === document.activeElement),
    "the block has the focus",
  );
  const where = () => block.getAttribute("aria-label");
  assert.equal(await where(), "黑块 1：左 35%，上 45%，宽 30%，高 10%");
  await desk.keys("ArrowUp", "ArrowUp", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowDown");
  assert.equal(await where(), "黑块 1：左 33%，上 43%，宽 32%，高 11%");
  // One more, taken away again; Ctrl+Z here is for blocks, not for records.
  await desk.page.locator("[data-add]").focus();
  await desk.keys("Enter");
  await desk.until(async () => (await block.count()) === 2, "two");
  await desk.keys("Delete");
  await desk.until(async () => (await block.count()) === 1, "one");
  await desk.page.locator("[data-add]").focus();
  await desk.keys("Enter", "Control+z");
  await desk.until(async () => (await block.count()) === 1, "one again");
  const { n } = (await desk.view()).head;
  await desk.keys("Control+Enter");
  await desk.page.waitForSelector(".form .thumbnail img");
  assert.equal((await desk.view()).head.n, n, "no record was changed by it");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await attachments(desk, id)).length === 1, "saved");
  await desk.page.locator(".list .thumbnail").click();
  await desk.page.waitForSelector("dialog[open] .stage img");
  assert.ok(await isBlack(desk, "dialog[open] .stage img", 0.45, 0.48));
  await desk.close();
});

test("several pictures come one after the other; Esc puts one away and keeps the form", async () => {
  const { desk, id } = await atLecture();
  await desk.page.fill("#activity-title", "高血压分级管理（二）");
  await drop(desk, PHOTO, PHOTO);
  await desk.page.waitForSelector("#redact-title");
  assert.match(await desk.text("dialog[open]"), /还有 1 张/);
  await desk.keys("Escape");
  await desk.until(async () => !(await desk.text("dialog[open]")).includes("还有"), "the second one");
  await desk.keys("Control+Enter");
  await desk.page.waitForSelector("dialog[open]", { state: "detached" });
  assert.equal(await desk.page.inputValue("#activity-title"), "高血压分级管理（二）");
  await desk.page.waitForSelector(".form .thumbnail img");
  // A window that ends without warning keeps the picture with the form.
  await desk.until(
    async () => (await desk.view()).drafts.some((each) => each.value.attachments?.length === 1),
    "the draft",
  );
  await desk.crash();
  await desk.keys("Control+3");
  await desk.page.waitForSelector(".form .thumbnail img");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await attachments(desk, id)).length === 1, "saved");
  await desk.close();
});

test("what is no picture is told in plain words, and nothing changes", async () => {
  const { desk, id } = await atLecture();
  const pdf = path.join(root, "README.md").replace("README.md", "tests/fixtures/forms");
  await drop(desk, path.join(pdf, "gone.pdf"));
  await desk.page.waitForSelector(".evidence .notice.bad");
  const words = await desk.text(".evidence .notice.bad");
  assert.ok(words.length > 20, words);
  assert.deepEqual(await desk.violations(), []);
  assert.equal((await attachments(desk, id)).length, 0);
  await desk.close();
});

test("a picture dropped where no form takes it is not opened as a file", async () => {
  const desk = await chromium.open({ fill: posting });
  await drop(desk, PHOTO);
  await desk.until(
    async () => (await desk.text(".toasts")).includes("图片请拖到「授课·查房·活动」里"),
    "where it belongs",
  );
  assert.equal(await desk.page.locator("[aria-current='page']").first().innerText(), "今日");
  await desk.close();
});

test("a name that looks like a patient's number is warned about", async () => {
  const { desk } = await atLecture();
  await drop(desk, PHOTO);
  await desk.page.waitForSelector("#redact-title");
  await desk.page.fill("#picture-name", "11010519491231002X");
  await desk.until(
    async () => (await desk.text("dialog[open]")).includes("像是身份证号。记录里不写病人身份。"),
    "the warning",
  );
  await desk.close();
});

test("a deleted picture lies in the recycle bin, comes back, and is erased for good by two presses", async () => {
  const { desk, id } = await atLecture();
  await drop(desk, PHOTO);
  await desk.page.waitForSelector("#redact-title");
  await desk.keys("Control+Enter");
  await desk.page.waitForSelector(".form .thumbnail img");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await attachments(desk, id)).length === 1, "saved");
  const remove = async () => {
    await desk.keys("Control+3");
    await desk.page.locator(".list .thumbnail").focus();
    await desk.keys("Delete");
    await desk.until(async () => (await attachments(desk, id)).length === 0, "deleted");
    await desk.page.getByRole("button", { name: "回收站" }).click();
    await desk.page.getByRole("button", { name: "放回：附件 签到表" }).waitFor();
  };
  await remove();
  await desk.page.locator(".bin .thumbnail img").waitFor();
  assert.deepEqual(await desk.violations(), []);
  await desk.page.getByRole("button", { name: "放回：附件 签到表" }).click();
  await desk.until(async () => (await attachments(desk, id)).length === 1, "back at its lecture");
  await remove();
  await desk.page.getByRole("button", { name: "永久删除：附件 签到表" }).click();
  const sure = desk.page.getByRole("button", { name: "再按一次，永久删除：附件 签到表" });
  await sure.click();
  await desk.page.getByText("回收站是空的").waitFor();
  assert.match(await desk.text(".toasts"), /备份和发出的文件里还有/);
  await desk.close();
});

test("the review file holds what was ticked, and the supervisor sees it", async () => {
  const { desk, id } = await atLecture();
  await drop(desk, PHOTO);
  await desk.page.waitForSelector("#redact-title");
  await desk.keys("Control+Enter");
  await desk.page.waitForSelector(".form .thumbnail img");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await attachments(desk, id)).length === 1, "saved");
  const [{ length }] = await attachments(desk, id);
  await desk.keys("Control+7");
  const box = desk.page.getByRole("checkbox", { name: "1月14日 授课 签到表" });
  await box.waitFor();
  assert.equal(await box.isChecked(), false, "none goes along unasked");
  assert.deepEqual(await desk.violations(), []);
  const file = path.join(desk.answers, "李晓梅-河口镇中心卫生院-2026年1-4月-审核文件.xxz");
  const exported = async () => {
    await desk.page.getByRole("button", { name: "只导出审核文件" }).click();
    await desk.page.waitForSelector(".notice.ok");
    await desk.page.waitForSelector("[role='status'].loading", { state: "detached" });
    return statSync(file).size;
  };
  const without = await exported();
  await box.check();
  const number = (await desk.view()).head.n;
  await desk.page.getByRole("button", { name: "只导出审核文件" }).click();
  await desk.until(async () => (await desk.view()).head.n > number, "the second export");
  await desk.until(() => statSync(file).size > without + length, "the picture is in the file");

  desk.answer(file);
  await desk.page.getByText("审核", { exact: true }).last().click();
  await desk.page.evaluate((name) => window.callOut("open-file", name), file);
  await desk.bridge.offer(file);
  await desk.page.evaluate((name) => window.callOut("open-file", name), file);
  await desk.page.getByRole("tab", { name: /^记录/ }).click();
  await desk.page.getByRole("tab", { name: /^活动/ }).click();
  await desk.page.locator(".thumbnail img").first().waitFor();
  await desk.page.locator(".thumbnail").first().click();
  await desk.page.waitForSelector("dialog[open] .stage img");
  assert.deepEqual(await desk.violations(), []);
  await desk.close();
});

for (const look of [
  { name: "in the dark", theme: "dark" },
  { name: "at 200 %", theme: "light", type_size: 200 },
  { name: "in English", theme: "light", language: "en" },
]) {
  test(`pictures are accessible and fit ${look.name}`, async () => {
    const { name: _, ...settings } = look;
    const { desk } = await atLecture(settings);
    await drop(desk, PHOTO);
    await desk.page.waitForSelector("#redact-title");
    await desk.page.locator("[data-add]").click();
    assert.deepEqual(await desk.violations(), []);
    // However large the type, the way on is in sight.
    assert.ok(await desk.page.locator("dialog[open] footer .filled").isVisible());
    const bottom = await desk.page.locator("dialog[open] footer .filled").boundingBox();
    assert.ok(bottom.y + bottom.height <= 768, `the button ends at ${bottom.y + bottom.height}`);
    await desk.keys("Control+Enter");
    await desk.page.waitForSelector(".form .thumbnail img");
    assert.deepEqual(await desk.violations(), []);
    assert.equal(await desk.sideways(), 0);
    await desk.close();
  });
}
