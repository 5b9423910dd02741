// A colleague's file on the reviewer's desk: every state it can be in, what is asked, compared, remarked and decided.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { root } from "./bridge.mjs";
import { change, LOOKS, posting, start } from "./harness.mjs";

let chromium;
let physician;
/** Three exports of one log, and each spoiled in its own way. */
const files = {};
before(async () => {
  chromium = await start();
  physician = await chromium.open({ fill: posting });
  files.first = await exported("三月.xxz");
  const problem = randomUUID();
  await save(
    change("problem", problem, { id: problem, date: "2026-02-11", problem: "抗菌药物指征记录不全" }),
    day("2026-03-12", { note: "内科门诊，糖尿病随访" }),
    day("2026-03-16", { note: "义诊后整理病历" }),
  );
  files.second = await exported("再次.xxz");
  const bytes = readFileSync(files.second);
  const spoiled = (name, content) => {
    files[name] = path.join(physician.dir, `${name}.xxz`);
    writeFileSync(files[name], content);
  };
  const altered = Buffer.from(bytes);
  altered[altered.lastIndexOf('"2026-03-16"') + 5] = 0x39;
  spoiled("altered", altered);
  spoiled("cut", bytes.subarray(0, bytes.length - 40));
  spoiled("empty", "");
  spoiled("not_ours", "%PDF-1.7 nothing of ours");
  const newer = Buffer.from(bytes);
  spoiled("newer_format", newerFormat(newer));
  files.packed = path.join(root, "tests/fixtures/reviewfile/packed.xxz");
});
after(() => chromium.stop());

const day = (date, part) =>
  change("day", date, { date, morning: "present", afternoon: "present", tallies: {}, ...part });
const save = (...changes) => physician.bridge.call("save", { changes });

async function exported(name) {
  const { path: made } = await physician.bridge.call("export_review_file", { pictures: [] });
  const to = path.join(physician.dir, name);
  copyFileSync(made, to);
  return to;
}

/** The first entry tells the version; its check sum stands before it. */
function newerFormat(bytes) {
  const at = bytes.indexOf("version=1") + "version=".length;
  bytes[at] = 0x32;
  const content = bytes.subarray(38, at + 1);
  let crc = 0xffffffff;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  bytes.writeUInt32LE((crc ^ 0xffffffff) >>> 0, 14);
  return bytes;
}

const office = (options = {}) =>
  chromium.open({ settings: { role: "supervisor", ...options.settings }, ...options.look });

async function open(desk, file) {
  await desk.bridge.offer(file);
  await desk.page.evaluate((name) => window.callOut("open-file", name), file);
  const name = path.basename(file);
  await desk.page.locator(`[data-file="${name}"]`).waitFor();
}

const says = (desk, text) =>
  desk.until(async () => (await desk.text("main")).includes(text), `the page says ${text}`);
const tab = (desk, name) => desk.page.click(`[data-tab=${name}]`);
const button = (desk, name) => desk.page.getByRole("button", { name, exact: true });

describe("each state of a file says what it is and what to do", () => {
  const states = [
    ["first", "文件真实，未被改动", ["第一次收到这份派驻的来件"]],
    ["packed", "未被改动，但没有填写经过", ["对照纸质记录再下结论"]],
    ["altered", "这份文件与导出时不一样，不能审核", ["重新导出一次", "内容一项也不能确认"]],
    ["cut", "文件不完整，不能审核", ["重新发送"]],
    ["empty", "文件是空的，不能审核", ["重新发送"]],
    ["newer_format", "由更新的版本导出，请先升级", ["请先升级本程序"]],
    ["not_ours", "这不是下乡志的文件", ["选错了文件"]],
  ];
  for (const [name, title, words] of states)
    test(name, async () => {
      const desk = await office();
      await open(desk, files[name]);
      for (const text of [title, ...words]) await says(desk, text);
      const refused = !["first", "packed"].includes(name);
      assert.equal(await desk.page.locator("[data-decision]").count(), refused ? 0 : 1);
      if (refused) assert.doesNotMatch(await desk.text("main"), /实发|可发/);
      assert.deepEqual(await desk.violations(), []);
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });

  test("an older one, after the newer", async () => {
    const desk = await office();
    await open(desk, files.second);
    await open(desk, files.first);
    await says(desk, "比以前收到的那份旧");
    await says(desk, "以较新的那份为准");
    await desk.close();
  });

  test("an altered one of a log that is known says how far it goes and where it differs", async () => {
    const desk = await office();
    await open(desk, files.first);
    await open(desk, files.second);
    await open(desk, files.altered);
    await says(desk, "看起来是 李晓梅 的来件");
    await says(desk, "（3月16日 的记录）不同");
    const steps = await desk.page.locator("ol > li").allInnerTexts();
    assert.match(steps[0], /能确认[\s\S]*3月19日 封存点[\s\S]*与当时收到的一致/);
    assert.match(steps.at(-2), /对不上[\s\S]*3月16日 的记录[\s\S]*当时[\s\S]*现在/);
    assert.match(steps.at(-1), /接不上/);
    assert.deepEqual(await desk.violations(), []);
    await button(desk, "看 3月19日 收到的那份").click();
    await says(desk, "文件真实，未被改动");
    await desk.close();
  });
});

test("a question leads to its records, becomes a remark, or is taken note of for good", async () => {
  const desk = await office();
  await open(desk, files.first);
  const title = "2月2日—2月8日 没有查房，不影响达标。是什么原因？";
  await says(desk, title);
  const asked = desk.page.locator(".finding", { hasText: title });
  await asked.getByRole("button", { name: "看记录" }).click();
  await desk.page.waitForSelector('tr[data-date="2026-02-02"]:focus');
  await asked.getByRole("button", { name: "写进意见" }).click();
  const field = desk.page.locator('[data-remark="day 2026-02-02"] textarea');
  await desk.until(
    () => field.evaluate((each) => each === document.activeElement),
    "the remark has the focus",
  );
  assert.equal(await field.inputValue(), title);
  // Ctrl+Enter ends the remark, and decides nothing.
  await desk.keys("Control+Enter");
  await desk.page.waitForSelector('[data-row="day 2026-02-02"]:focus');
  assert.equal(await desk.page.locator("[data-decision] [role=status]").count(), 0);
  await says(desk, "已写 1 条意见");
  const count = await desk.page.locator(".finding").count();
  await asked.getByRole("button", { name: "已了解" }).click();
  await desk.until(
    async () => (await desk.page.locator(".finding").count()) === count - 1,
    "one less is asked",
  );
  await desk.page.waitForSelector("#questions:focus");

  // Killed and started again, with a later file of the same log: both are still there.
  await desk.crash();
  await open(desk, files.second);
  await says(desk, "已了解 1 件");
  await desk.page.getByText("已了解 1 件").click();
  assert.equal(await desk.text("details s"), title);
  await open(desk, files.first);
  await says(desk, "已写 1 条意见");
  await desk.page.getByText("已了解 1 件").click();
  await button(desk, "重新列出").click();
  await desk.until(async () => (await desk.page.locator("details").count()) === 0, "listed again");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("what changed since the last file is told record by record", async () => {
  const desk = await office();
  await open(desk, files.first);
  await tab(desk, "changes");
  await says(desk, "第一次收到的来件，没有可以相比的");
  await open(desk, files.second);
  await says(desk, "接得上 3月19日 的封存点");
  assert.match(await desk.text("[data-tab=changes]"), /改动\s*3/);
  await tab(desk, "changes");
  const text = await desk.text("#review-panel");
  assert.match(text, /与 3月19日 收到的「三月.xxz」相比/);
  assert.match(text, /3月12日 的记录\s*改了[\s\S]*内科门诊，高血压随访[\s\S]*内科门诊，糖尿病随访/);
  assert.match(text, /3月16日 的记录\s*新增/);
  assert.match(text, /抗菌药物指征记录不全/);
  await desk.page.getByRole("button", { name: "看记录：3月12日 的记录" }).click();
  await desk.page.waitForSelector('tr[data-date="2026-03-12"]:focus');
  await desk.close();
});

test("a code typed from paper is answered, however it is typed", async () => {
  const printed = (await physician.view()).head.code;
  const desk = await office();
  await open(desk, files.second);
  await tab(desk, "seals");
  const check = async (code) => {
    await desk.page.fill("#typed-code", code);
    await desk.keys("Enter");
  };
  await check(printed.toLowerCase().replaceAll(" ", ""));
  await says(desk, "就是这份文件的封存码");
  await check("7KQ2 M4XD");
  await says(desk, "有 8 个字符");
  await check("0000 0000 0000 0000 0000 0000 0000");
  await says(desk, "不属于这份记录");
  await check(`${printed[0] === "7" ? "8" : "7"}${printed.slice(1)}`);
  await says(desk, "请再看第 1 组");
  await open(desk, files.first);
  await tab(desk, "seals");
  await check(printed);
  await says(desk, "不属于这份记录");
  await desk.close();
});

test("remarks on every kind of record, a grade and an opinion leave as one signed file", async () => {
  const desk = await office();
  await open(desk, files.second);
  await tab(desk, "records");
  const remark = async (record, text) => {
    await desk.page.locator(`[data-row^="${record}"]`).first().click();
    await desk.page.keyboard.insertText(text);
    await desk.keys("Escape");
  };
  await remark("day 2026-03-12", "请补写随访对象");
  for (const kind of ["activity", "leave", "problem", "summary"]) {
    await tab(desk, kind);
    await remark(kind, `请核对：${kind}`);
  }
  await says(desk, "已写 5 条意见");
  // What is blank is no remark.
  await remark("summary", "");
  await button(desk, "已写 5 条意见").click();
  await desk.page.fill("#opinion", "整理后再报");
  await desk.page.selectOption("#grade", "合格");
  assert.deepEqual(await desk.violations(), []);
  await button(desk, "退回修改").click();
  await says(desk, "已退回，等 李晓梅 修改");
  await says(desk, "请把这个文件发给本人");
  const [made] = await decisions(desk);
  assert.equal(made.decision, "returned");
  assert.equal(made.grade, "合格");
  assert.equal(made.opinion, "整理后再报");
  assert.deepEqual(made.comments.map(({ entity, text }) => `${entity} ${text}`).sort(), [
    "activity 请核对：activity",
    "day 请补写随访对象",
    "leave 请核对：leave",
    "problem 请核对：problem",
    "summary 请核对：summary",
  ]);
  assert.deepEqual(desk.faults, []);

  // Opened again, the remarks stand beside their records, and it can be approved with a key.
  await open(desk, files.first);
  await open(desk, files.second);
  await tab(desk, "records");
  await says(desk, "3月19日 的意见");
  await desk.page.locator("h1").focus();
  await desk.keys("Control+Enter");
  await says(desk, "李晓梅 的这份来件已审核完毕");
  assert.equal((await decisions(desk))[0].decision, "approved");
  await desk.close();
});

async function decisions(desk) {
  const view = await desk.bridge.call("open_review_file", { path: files.second });
  return view.file.decisions;
}

test("a return without a word is not sent", async () => {
  const desk = await office();
  await open(desk, files.second);
  await button(desk, "退回修改").click();
  await desk.until(async () => (await desk.text(".toasts")).includes("请先写一条意见"), "it says why");
  assert.deepEqual(await decisions(desk), []);
  await desk.close();
});

test("the files are gone through by keys in one order", async () => {
  const desk = await office();
  await open(desk, files.first);
  await open(desk, files.second);
  const shown = () => desk.page.locator("[data-file]").getAttribute("data-file");
  await desk.until(async () => (await desk.text("main")).includes("第 1 份，共 2 份"), "the order");
  await desk.keys("Control+ArrowDown");
  await desk.until(async () => (await shown()).includes("三月.xxz"), "the next one");
  await desk.until(async () => (await desk.text("main")).includes("第 2 份，共 2 份"), "the order stays");
  await desk.keys("Control+ArrowUp");
  await desk.until(async () => (await shown()).includes("再次.xxz"), "the one before");
  await desk.close();
});

test("the forms are those of the file", async () => {
  const desk = await office();
  await open(desk, files.second);
  await tab(desk, "papers");
  await desk.page.waitForSelector("#preview-panel img");
  assert.match(await desk.text(".preview"), /任务考核表/);
  await desk.page.getByRole("button", { name: "XLSX" }).click();
  await says(desk, "已存好");
  await desk.close();
});

describe("the screen is accessible and fits", () => {
  for (const { name, settings, media } of LOOKS)
    test(name, async () => {
      const desk = await office({ settings, look: { media } });
      await open(desk, files.first);
      await open(desk, files.second);
      const fits = async (what) => {
        assert.deepEqual(await desk.violations(), [], what);
        assert.deepEqual(await desk.clipped(), [], what);
        assert.equal(await desk.sideways(), 0, what);
      };
      await fits("reasons");
      for (const each of ["records", "changes", "attachments", "seals", "remarks"]) {
        await tab(desk, each);
        await fits(each);
      }
      await tab(desk, "records");
      for (const each of ["activity", "leave", "problem", "summary"]) {
        await tab(desk, each);
        await fits(each);
      }
      await desk.page.locator("[data-row]").first().click();
      await desk.page.waitForSelector("[data-remark] textarea:focus");
      await fits("a remark");
      await open(desk, files.altered);
      await fits("altered");
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });
});

test("a month is checked in from the calendar, and its seal is kept by the office", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+2");
  await button(desk, "封存本月").click();
  await desk.until(async () => (await desk.text(".toasts")).includes("已封存"), "the toast says where");
  assert.deepEqual(await desk.violations(), []);
  const made = readdirSync(desk.answers).find((name) => name.endsWith("2026年3月封存.xxz"));
  const file = path.join(desk.answers, made);
  const code = (await desk.view()).head.code;

  const reviewer = await office();
  await open(reviewer, file);
  for (const text of ["月度封存文件真实，未被改动", "李晓梅", "2026年3月月度封存", code, "就是这一份"])
    await says(reviewer, text);
  assert.deepEqual(await reviewer.violations(), []);
  await reviewer.keys("Control+Enter");
  await reviewer.until(
    async () => (await reviewer.text(".toasts")).includes("考勤表已存到"),
    "the sheet is saved",
  );
  assert.deepEqual([...desk.faults, ...reviewer.faults], []);
  await reviewer.close();
  await desk.close();
});

test("attachments are shown from memory; what is missing or no picture is said by name", async () => {
  const desk = await office();
  await open(desk, path.join(root, "tests/fixtures/reviewfile/everything.xxz"));
  await tab(desk, "attachments");
  await says(desk, "图片只在内存里打开");
  const rows = await desk.page.locator("#review-panel li").allInnerTexts();
  assert.ok(rows.length > 0);
  await desk.until(
    async () => !(await desk.text("#review-panel")).includes("正在读"),
    "each is shown, or said why not",
  );
  for (const row of await desk.page.locator("#review-panel li").all()) {
    const shown = await row.locator("img").count();
    const said = /没有附上|不是能看的图片/.test(await row.innerText());
    assert.equal(shown === 1, !said, await row.innerText());
  }
  assert.deepEqual(await desk.violations(), []);
  await desk.close();
});
