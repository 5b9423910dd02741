// What keeps the records: going back to a backup, the second place, another computer, several physicians, deleting.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Bridge } from "./bridge.mjs";
import { change, NOW, posting, profile, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const day = (date, visits) =>
  change("day", date, {
    date,
    morning: "present",
    afternoon: "present",
    note: "内科门诊",
    tallies: { outpatient_visits: visits },
  });

const visits = async (desk, date) => (await desk.day(date))?.tallies.outpatient_visits ?? null;

/** A backup, and since then one day changed, one new, and a lecture removed. */
async function workedOn(options) {
  const desk = await chromium.open({ fill: posting, ...options });
  await desk.bridge.call("save", { changes: [day("2026-03-12", 18)] });
  await desk.bridge.call("backup_now");
  await desk.bridge.call("save", { changes: [day("2026-03-12", 99)] });
  await desk.bridge.call("save", { changes: [day("2026-03-16", 31)] });
  const { records } = await desk.view();
  const lecture = records.activities.find((activity) => activity.title === "基层心电图判读");
  await desk.bridge.call("save", { changes: [change("activity", lecture.id, null)] });
  await desk.bridge.call("backup_now");
  await desk.load();
  return desk;
}

const press = (desk, name) => desk.page.getByRole("button", { name }).click();
const says = (desk, words, where = "body") =>
  desk.until(async () => (await desk.text(where)).includes(words), `it says ${words}`);

async function sound(desk) {
  assert.deepEqual(await desk.violations(), []);
  assert.equal(await desk.sideways(), 0, "nothing scrolls sideways");
}

async function toBackups(desk) {
  await desk.keys("Control+8");
  await says(desk, "已核对", ".rows");
}

for (const [look, settings] of [
  ["light", {}],
  ["dark", { theme: "dark" }],
  ["twice the type", { type_size: 200 }],
  ["English", { language: "en" }],
]) {
  test(`the place for backups is sound: ${look}`, async () => {
    const desk = await workedOn({ settings });
    await desk.keys("Control+8");
    await desk.page.locator(".rows label").nth(1).click();
    await desk.page.waitForSelector(".differences");
    await sound(desk);
    await desk.close();
  });
}

test("three clicks go back to a backup, and one takes it back", async () => {
  const desk = await workedOn();
  await desk.page.evaluate(() => {
    window.clicks = 0;
    document.addEventListener("click", (event) => event.isTrusted && window.clicks++, true);
  });
  await press(desk, "备份与恢复");
  await says(desk, "和现在一样，没有要恢复的", ".restore");
  await desk.page.locator(".rows label").nth(1).locator(".when").click();
  await says(desk, "恢复到这时会改变 3 处", ".restore");
  const preview = (await desk.text(".differences")).replaceAll(/\s+/g, " ");
  for (const words of [
    "3月12日 的记录 门诊 原来： 99 人次 改为： 18 人次",
    "3月16日 的记录 恢复后没有这一条 上午 出勤 下午 出勤 门诊 31 人次",
    "1月28日 授课《基层心电图判读》 恢复后会有这一条",
  ]) {
    assert.ok(preview.includes(words), `${words}: ${preview}`);
  }
  assert.equal(await visits(desk, "2026-03-12"), 99, "a preview changes nothing");
  await press(desk, "恢复到这时");
  await says(desk, "已恢复到 今天 17:32，1 份派驻", ".toasts");
  // A label that is clicked also clicks its field: each press of the mouse counts once.
  assert.equal(await desk.page.evaluate(() => window.clicks), 3 + 1);
  assert.equal(await visits(desk, "2026-03-12"), 18);
  assert.equal(await desk.day("2026-03-16"), null);
  await says(desk, "和现在一样，没有要恢复的", ".restore");

  await desk.page.locator(".toasts").getByRole("button", { name: "撤销" }).click();
  await says(desk, "已撤销恢复", ".toasts");
  assert.equal(await visits(desk, "2026-03-12"), 99);
  assert.equal(await visits(desk, "2026-03-16"), 31);

  // Ctrl+Z does the same, also after the window was opened anew.
  await says(desk, "恢复到这时会改变 3 处", ".restore");
  await press(desk, "恢复到这时");
  await desk.until(async () => (await visits(desk, "2026-03-12")) === 18, "restored again");
  await desk.load();
  await desk.keys("Control+z");
  await desk.until(async () => (await visits(desk, "2026-03-12")) === 99, "taken back");
  await desk.close();
});

test("the keyboard alone goes back to a backup", async () => {
  const desk = await workedOn();
  await toBackups(desk);
  await desk.page.locator(".rows input").first().focus();
  await desk.keys("ArrowDown");
  await says(desk, "恢复到这时会改变", ".restore");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await visits(desk, "2026-03-12")) === 18, "restored");
  await desk.close();
});

test("a backup is made at a press, verified, and told", async () => {
  const desk = await chromium.open({ fill: posting });
  await toBackupsEmpty(desk);
  await says(desk, "还没有备份", "main header");
  await press(desk, "现在备份");
  await says(desk, "已备份并核对", ".toasts");
  await says(desk, "最近备份 今天 17:32，已核对", "main header");
  await says(desk, "已核对", ".rows");
  await desk.close();
});

test("the second place says how it stands", async () => {
  const desk = await chromium.open({ fill: posting });
  await toBackupsEmpty(desk);
  const stick = desk.answers;
  await desk.page.locator(".places").getByRole("button", { name: "选文件夹…" }).click();
  await says(desk, "在。有 1 份，最新 今天 17:32", ".places");
  await says(desk, stick, ".places");
  await sound(desk);

  const own = path.join(
    stick,
    readdirSync(stick).find((name) => name.startsWith("xiaxiangzhi-backups")),
  );
  rmSync(own, { recursive: true });
  writeFileSync(own, "a file where the folder was");
  await desk.bridge.call("save", { changes: [day("2026-03-16", 31)] });
  await press(desk, "现在备份");
  await says(desk, "上次没有写成", ".places");
  await says(desk, "第二处的备份没有写成", ".status-line");
  await sound(desk);

  await press(desk, "不再使用");
  await says(desk, "没有选", ".places");
  await press(desk, "现在备份");
  await says(desk, "最近备份", ".status-line");
  await desk.close();
});

async function toBackupsEmpty(desk) {
  await desk.keys("Control+8");
  await says(desk, "这里没有备份");
}

test("an automatic backup that fails shows in the status line with its reason until one succeeds", async () => {
  const desk = await chromium.open({ fill: posting });
  const folder = path.join(desk.data, "backups");
  writeFileSync(folder, "a file where the folder should be");
  await desk.quietMoment();
  await says(desk, "备份没有做成", ".status-line");
  assert.match(await desk.text(".status-line"), /exists|目录|directory/i);
  await desk.page.locator(".status-line .trouble").click();
  await says(desk, "记录都在，以前的备份也都在", "main");
  await sound(desk);
  rmSync(folder);
  await desk.quietMoment();
  await says(desk, "最近备份 17:32，已核对", ".status-line");
  assert.equal(await desk.page.locator(".trouble").count(), 0);
  await desk.close();
});

test("records move to another computer, stay readable here and can be taken back", async () => {
  const desk = await chromium.open({ fill: posting });
  await toBackupsEmpty(desk);
  await press(desk, "搬到另一台电脑…");
  await says(desk, "已在 2026年3月19日 搬到另一台电脑，这里只能看");
  await says(desk, "已写好并核对", ".places");
  await sound(desk);
  await desk.keys("Control+1");
  await says(desk, "这里只能看", "main");
  assert.equal(await desk.page.getByRole("radio", { name: "出勤" }).count(), 0, "nothing can be entered");
  await sound(desk);

  // The other computer, without anything yet.
  const file = path.join(desk.answers, "下乡志搬家-2026-03-19.xxzdata");
  const fresh = await chromium.open({});
  fresh.answer(file);
  await press(fresh, "从另一台电脑搬来");
  await says(fresh, "李晓梅，河口镇中心卫生院", ".bring");
  await sound(fresh);
  await press(fresh, "搬进来");
  await says(fresh, "第 74 天，共 91 天");
  assert.deepEqual((await fresh.view()).records, (await desk.view()).records);
  assert.equal((await fresh.view()).read_only, null);
  await fresh.bridge.call("save", { changes: [day("2026-03-16", 8)] });
  await fresh.bridge.call("backup_now");

  await press(desk, "在这台继续");
  await says(desk, "两台电脑上的记录就各走各的");
  await press(desk, "还是在这台继续");
  await says(desk, "已收回，可以在这里接着写", ".toasts");
  await desk.page.getByRole("radio", { name: "出勤" }).first().waitFor();
  await desk.bridge.call("save", { changes: [day("2026-03-16", 5)] });

  // Where the two meet again it is said.
  desk.answer((await fresh.bridge.call("backup_places"))[0].backups[0].path);
  await desk.load();
  await desk.keys("Control+8");
  await press(desk, "选文件…");
  await says(desk, "这里和备份各记各的", ".restore");
  await sound(desk);
  await fresh.close();
  await desk.close();
});

test("a backup brings everything to a computer that has nothing", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.bridge.call("backup_now");
  const backup = (await desk.bridge.call("backup_places"))[0].backups[0].path;
  const fresh = await chromium.open({});
  await press(fresh, "从备份恢复");
  await says(fresh, "这里没有备份", ".bring");
  fresh.answer(backup);
  await press(fresh, "选文件…");
  await press(fresh, "恢复这一份");
  await says(fresh, "第 74 天，共 91 天");
  assert.deepEqual((await fresh.view()).head, (await desk.view()).head);
  await fresh.close();
  await desk.close();
});

test("another computer that had the records a short time before is named", async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), "xiaxiangzhi-other-"));
  mkdirSync(path.join(dir, "other"));
  const desk = await chromium.open({
    before: async (data) => {
      const other = new Bridge(data, path.join(dir, "other"), NOW);
      await other.call("app_state");
      await other.kill();
    },
    fill: posting,
  });
  await says(desk, "这些记录刚在另一台电脑（测试用的电脑）上打开过");
  await sound(desk);
  await press(desk, "知道了");
  await desk.until(async () => !(await desk.text("main")).includes("另一台电脑"), "it goes away");
  await desk.close();
  rmSync(dir, { recursive: true });
});

/** Two more physicians on the same computer, one of them with long names. */
async function shared(settings = {}) {
  const desk = await chromium.open({ fill: posting, settings });
  const first = (await desk.view()).log_id;
  for (const [name, unit] of [
    ["王建国", "青山乡卫生院"],
    ["买买提江·阿卜杜热合曼·乌斯曼", "新疆维吾尔自治区喀什地区叶城县乌夏巴什镇中心卫生院分院"],
  ]) {
    const of = profile();
    of.physician.name = name;
    of.recipient_unit = unit;
    await desk.bridge.call("create_posting", { profile: of });
  }
  await desk.bridge.call("open_posting", { logId: first });
  await desk.load();
  return desk;
}

for (const type_size of [100, 200]) {
  test(`several physicians are asked who it is, at ${type_size} %`, async () => {
    const desk = await shared({ type_size });
    await says(desk, "是哪一位", "h1");
    assert.equal(await desk.page.locator("nav").count(), 0, "nobody's records are shown yet");
    await sound(desk);
    const names = await desk.page.locator("main li .name").allInnerTexts();
    assert.equal(names[0], "李晓梅", "the one who was here last");
    assert.equal(names.length, 3);
    await desk.keys("ArrowDown", "ArrowDown", "ArrowUp", "Enter");
    await desk.page.waitForSelector("nav");
    assert.equal((await desk.view()).records.posting.physician.name, names[1]);
    await desk.load();
    assert.equal(await desk.page.locator("main li .name").first().innerText(), names[1], "remembered");
    await desk.close();
  });
}

test("one physician with two postings goes straight to work and switches in the navigation", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+9");
  await press(desk, "派驻");
  await press(desk, "为李晓梅再建一份");
  assert.equal(await desk.page.getByRole("textbox", { name: "姓名" }).inputValue(), "李晓梅");
  await desk.page.getByRole("textbox", { name: "受援单位" }).fill("青山乡卫生院");
  await desk.keys("Enter");
  await says(desk, "青山乡卫生院", "nav");
  const { physician } = (await desk.view()).records.posting;
  assert.equal(physician.birth_date, "1986-05-14", "what is known of her is not asked again");
  await desk.load();
  await desk.page.waitForSelector("nav");
  await sound(desk);
  await press(desk, "换一份派驻");
  await desk.page.getByRole("menuitem", { name: /河口镇中心卫生院/ }).click();
  await says(desk, "河口镇中心卫生院", "nav");
  await desk.close();
});

test("a whole posting is deleted only when its name is typed, and comes back from the backup", async () => {
  const desk = await chromium.open({ fill: posting });
  const before = await desk.view();
  await desk.keys("Control+9");
  await press(desk, "派驻");
  await press(desk, "删除整份派驻…");
  await says(desk, "不能用 Ctrl+Z 撤销", "main");
  await sound(desk);
  assert.equal(await desk.page.getByRole("button", { name: "备份并删除" }).isDisabled(), true);
  await desk.page.keyboard.type("李小梅");
  await desk.keys("Enter");
  await says(desk, "没有删除", "main");
  assert.equal((await desk.bridge.call("app_state")).postings.length, 1);
  await desk.page.locator("#typed").fill("李晓梅");
  await press(desk, "备份并删除");
  await says(desk, "已删除 李晓梅 的派驻", "main");
  await says(desk, path.join(desk.data, "backups"), "main");
  await sound(desk);
  assert.deepEqual((await desk.bridge.call("app_state")).postings, []);

  await press(desk, "去备份与恢复");
  await press(desk, "恢复到这时");
  await says(desk, "已找回 1 份派驻", ".toasts");
  assert.deepEqual((await desk.view()).head, before.head);
  assert.deepEqual((await desk.view()).records, before.records);
  await desk.close();
});
