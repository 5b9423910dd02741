// The scheme editor: read, copied, changed in the hospital's sentences, tried, put to use, passed on; and a running posting moved.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { LOOKS, posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const NAME = { "zh-CN": "考核方案", en: "Scheme" };

async function schemes(options = {}) {
  const desk = await chromium.open({ fill: posting, ...options });
  // The settings are the last place of all.
  await desk.keys(`Control+${await desk.page.locator("nav .place").count()}`);
  const name = NAME[options.settings?.language ?? "zh-CN"];
  await desk.page.getByRole("button", { name, exact: true }).click();
  await desk.page.locator("h1", { hasText: name }).waitFor();
  return desk;
}

const field = (desk, label) => desk.page.getByLabel(label, { exact: true });
const known = async (desk) => (await desk.bridge.call("schemes")).schemes.map((each) => each.scheme);
const own = async (desk) => (await known(desk)).find((each) => each.id === "rotation_3m_own") ?? null;

/** A copy with ten days between lectures, put to use. */
async function copied(desk) {
  await desk.keys("Control+Enter");
  await desk.page.waitForSelector("#scheme-title:focus");
  await field(desk, "授课间隔").fill("10");
  await desk.page.locator("aside td.not_met", { hasText: "未达标" }).waitFor();
  await desk.keys("Control+Enter");
  await desk.page.getByText("「三月轮换（本院修订）」第 1 版可以用了").waitFor();
}

test("a copy is changed in the hospital's sentences, tried beside the old one, and put to use", async () => {
  const desk = await schemes();
  const page = desk.page;
  assert.equal(await page.locator("main input").count(), 0, "it is only read at first");
  await desk.keys("Control+Enter");
  await page.waitForSelector("#scheme-title:focus");
  assert.equal(await page.inputValue("#scheme-title"), "三月轮换（本院修订）");
  assert.match(await desk.text("header"), /三月轮换（本院修订） 第 1 版，草稿/);

  await field(desk, "授课间隔").fill("１０");
  await page.locator("aside td.not_met", { hasText: "未达标" }).waitFor();
  const aside = await desk.text("aside");
  assert.match(aside, /授课间隔：\s*7 天\s*10 天/);
  assert.match(aside, /与医院原文不一致。原文四（二）：「下乡结束时授课低于四次者/);
  assert.match(aside, /授课间隔 7、7、14 天[\s\S]*授课\s*达标\s*未达标[\s\S]*补助（元）\s*1,320\s*880/);
  assert.match(aside, /用现在这份派驻试算/);

  await page.getByRole("button", { name: "授课间隔恢复为 7 天" }).click();
  await desk.until(async () => (await field(desk, "授课间隔").inputValue()) === "7", "it is back");
  await page.locator("aside td.not_met").waitFor({ state: "detached" });

  await field(desk, "授课间隔").fill("10");
  await page.getByRole("radiogroup", { name: "授课间隔不足时" }).getByText("后一次不计").click();
  await page.getByRole("button", { name: "授课改名称和条文" }).click();
  await page.locator("[data-wording] input:focus").fill("讲课");
  await page.getByText("改名称和条文").first().waitFor();
  await page.locator("details").first().locator("summary").click();
  await page.locator("details").first().getByLabel("培训").check();
  await page.getByLabel("病假 惯用 △").fill("病");
  await page.locator("details", { hasText: "门诊" }).last().locator("summary").click();
  await page.getByLabel("急诊", { exact: true }).check();
  await field(desk, "补助月数").fill("4");
  await page.getByText("合计 1,760 元。").waitFor();
  await desk.until(
    () => page.getByRole("button", { name: "启用第 1 版" }).isEnabled(),
    "the draft can be put to use",
  );
  assert.equal(await own(desk), null, "nothing is kept before");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await own(desk)) !== null, "it is kept");

  const kept = await own(desk);
  const [teaching] = kept.duties;
  assert.equal(teaching.title.zh, "讲课");
  assert.deepEqual(
    [teaching.minimum_gap_days, teaching.short_gap, teaching.kinds],
    [10, "not_counted", ["lecture", "training"]],
  );
  assert.deepEqual(kept.attendance.symbols, { sick_leave: "病" });
  assert.ok(kept.tallies.includes("emergency_visits"));
  assert.equal(kept.consequences.subsidy.months, 4);
  assert.equal((await desk.view()).scheme.id, "rotation_3m", "the running posting stays");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("what cannot stand is told at its field, and hinders putting it to use", async () => {
  const desk = await schemes();
  const page = desk.page;
  await desk.keys("Control+Enter");
  await page.waitForSelector("#scheme-title:focus");
  for (const [label, typed, said] of [
    ["考勤比例", "120", "“120”不行；应为：0 到 100"],
    ["1 项未达标时扣补助", "5", "“5”不行；应为：0 到 3"],
    ["授课间隔", "400", "“400”不行；应为：0 到 366"],
  ]) {
    const before = await field(desk, label).inputValue();
    await field(desk, label).fill(typed);
    await page.locator("main [role=alert]", { hasText: said }).waitFor();
    assert.equal(await field(desk, label).getAttribute("aria-invalid"), "true");
    await desk.until(() => page.getByRole("button", { name: "启用第 1 版" }).isDisabled(), "not yet");
    await field(desk, label).fill(before);
    await page.locator("main [role=alert]").waitFor({ state: "detached" });
  }
  await page.fill("#scheme-title", "");
  await page.locator("#scheme-title-error", { hasText: "1 到 200 个字" }).waitFor();
  await page.getByLabel("病假 惯用 △").fill("公");
  await page.locator("[role=alert]", { hasText: "一个符号只表示一种" }).first().waitFor();
  await page.getByRole("button", { name: "放弃草稿" }).click();
  await page.waitForSelector("#scheme-title", { state: "detached" });
  assert.equal(await own(desk), null);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a running posting is moved with a reason, its history tells it, and Ctrl+Z takes it back", async () => {
  const desk = await schemes();
  const page = desk.page;
  await copied(desk);
  await page.getByRole("button", { name: "换成第 1 版" }).click();
  await page.waitForSelector("#scheme-reason:focus");
  await desk.keys("Enter");
  await page.locator("#scheme-reason-error", { hasText: "至少 4 个字" }).waitFor();
  assert.equal((await desk.view()).scheme.id, "rotation_3m");
  await page.fill("#scheme-reason", "医务部 3月1日通知改版");
  await desk.keys("Enter");
  await page.getByText("这次派驻改按「三月轮换（本院修订）」第 1 版考核").waitFor();
  const view = await desk.view();
  assert.deepEqual([view.scheme.id, view.records.posting.scheme], ["rotation_3m_own", "rotation_3m_own"]);
  await page.getByText("三月轮换（本院修订） 第 1 版", { exact: true }).last().waitFor();

  await page.getByRole("button", { name: "换方案的记录" }).click();
  const history = page.locator("dialog[open]");
  await history.getByText("医务部 3月1日通知改版").waitFor();
  assert.equal(await history.getByRole("button", { name: /恢复到|回到/ }).count(), 0);
  await desk.keys("Escape");
  await desk.keys("Control+z");
  await desk.until(async () => (await desk.view()).scheme.id === "rotation_3m", "taken back");

  // A newer version of the posting's own scheme is offered, not taken.
  await page.selectOption("#scheme-shown", "rotation_3m_own/1");
  await page.getByRole("button", { name: "换成第 1 版" }).click();
  await page.fill("#scheme-reason", "医务部 3月1日通知改版");
  await desk.keys("Enter");
  await page.getByText("这次派驻改按").first().waitFor();
  await desk.keys("Control+Enter");
  await page.waitForSelector("#scheme-title:focus");
  await field(desk, "授课次数").fill("5");
  await desk.until(() => page.getByRole("button", { name: "启用第 2 版" }).isEnabled(), "version 2");
  await desk.keys("Control+Enter");
  await page.getByText("第 2 版可以用了").waitFor();
  assert.equal((await desk.view()).scheme.version, 1);
  await page.selectOption("#scheme-shown", "rotation_3m_own/1");
  await page.getByRole("button", { name: "有第 2 版，看看" }).click();
  await page.getByRole("button", { name: "换成第 2 版" }).waitFor();
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a scheme goes out as a file and comes in by the dialog, by dropping it, and at the first questions", async () => {
  const office = await schemes();
  await copied(office);
  await office.page.getByRole("button", { name: "另存为文件" }).click();
  await office.page.getByText("方案已存到").waitFor();
  const name = readdirSync(office.answers).find((each) => each.endsWith(".json"));
  const text = readFileSync(path.join(office.answers, name), "utf8");
  assert.deepEqual(JSON.parse(text), await own(office));

  const desk = await schemes();
  const page = desk.page;
  const file = path.join(desk.dir, "本院方案.json");
  writeFileSync(file, text.replace('"minimum_percent": 80', '"minimum_percent": 180'));
  desk.answer(file);
  await page.getByRole("button", { name: "载入", exact: true }).click();
  await page
    .getByText("“本院方案.json”没有载入：/attendance/minimum_percent “180”不行；应为：0 到 100。")
    .waitFor();
  assert.equal(await own(desk), null);
  writeFileSync(file, text);
  await desk.keys("Control+1");
  await desk.bridge.offer(file);
  await page.evaluate((paths) => window.callOut("tauri://drag-drop", { paths }), [file]);
  await page.getByText("已载入「三月轮换（本院修订）」第 1 版").waitFor();
  assert.match(await desk.text("header"), /三月轮换（本院修订） 第 1 版/);
  assert.equal(await page.getByText("没有载入").count(), 0, "the refusal before is over");

  const fresh = await chromium.open({ settings: { role: "physician" } });
  fresh.answer(file);
  await fresh.page.getByRole("button", { name: "载入医务部的方案" }).click();
  await fresh.page.getByText("已载入「三月轮换（本院修订）」第 1 版").waitFor();
  assert.equal(await fresh.page.getByLabel("考核方案").inputValue(), "rotation_3m_own");
  await fresh.page.fill("#first-name", "李晓梅");
  await fresh.page.fill("#first-unit", "河口镇中心卫生院");
  await fresh.keys("Control+Enter");
  await fresh.until(async () => (await fresh.bridge.call("app_state")).current !== null, "it is begun");
  assert.equal((await fresh.view()).scheme.id, "rotation_3m_own");
  assert.ok(existsSync(file));
  for (const each of [office, desk, fresh]) {
    assert.deepEqual(each.faults, []);
    await each.close();
  }
});

test("a reviewer changes schemes without a posting, and sees in a file that it was moved", async () => {
  const desk = await schemes();
  await copied(desk);
  const moved = { scheme: "rotation_3m_own", version: 1, reason: "医务部 3月1日通知改版" };
  await desk.bridge.call("move_scheme", moved);
  const exported = await desk.bridge.call("export_review_file", { pictures: [] });

  const office = await chromium.open({ settings: { role: "supervisor" } });
  await office.keys(`Control+${await office.page.locator("nav .place").count()}`);
  await office.page.getByRole("button", { name: "考核方案", exact: true }).click();
  await copied(office);
  assert.ok(await own(office));
  await office.bridge.offer(exported.path);
  await office.page.evaluate((paths) => window.callOut("tauri://drag-drop", { paths }), [exported.path]);
  await office.page.getByText("派驻中换过考核方案").waitFor();
  assert.match(await office.text("main"), /换成「三月轮换（本院修订）」第 1 版：医务部 3月1日通知改版/);
  assert.deepEqual([...desk.faults, ...office.faults], []);
  await office.close();
  await desk.close();
});

describe("schemes are accessible and fit", () => {
  for (const { name, ...look } of LOOKS)
    test(name, async () => {
      const desk = await schemes(look);
      const page = desk.page;
      const fits = async (what) => {
        assert.deepEqual(await desk.violations(), [], what);
        assert.deepEqual(await desk.clipped(), [], what);
        assert.equal(await desk.sideways(), 0, what);
      };
      await fits("as it is");
      await desk.keys("Control+Enter");
      await page.waitForSelector("#scheme-title:focus");
      await page.fill(
        "#scheme-title",
        "云州市第二人民医院赴乡镇卫生院对口支援医师考核方案（本院二〇二六年修订试行稿）",
      );
      await page.locator("[data-changes] ~ ul s").first().waitFor();
      for (const details of await page.locator("details").all()) await details.locator("summary").click();
      await page.locator("section button[aria-expanded]").first().click();
      await fits("as a draft");
      await page.locator("#scheme-title").fill("");
      await page.locator("#scheme-title-error").waitFor();
      await fits("with a fault");
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });
});

test("a duty is added and removed, its rhythm, bearer and readings are set, and steps are taken back", async () => {
  const desk = await schemes();
  const page = desk.page;
  const before = (await desk.view()).head.n;
  await desk.keys("Control+Enter");
  await page.waitForSelector("#scheme-title:focus");

  await page.getByLabel("新任务的活动").selectOption("home_visit");
  await page.getByRole("button", { name: "加一项任务" }).click();
  const duty = page.locator('[data-rule="/duties/2"]');
  await duty.locator("h2", { hasText: "入户随访" }).waitFor();
  await desk.until(
    () => duty.evaluate((node) => node.contains(document.activeElement)),
    "its first field has the focus",
  );
  const aside = page.locator("aside");
  await aside.getByText("任务：").waitFor();
  await field(desk, "入户随访周期").selectOption("posting_years");
  await page.getByRole("radiogroup", { name: "入户随访缺一次时" }).getByText("不合格").click();
  await page.getByRole("radiogroup", { name: "入户随访由谁承担" }).getByText("全队").click();
  await page.getByRole("radiogroup", { name: "入户随访对谁评定" }).getByText("驻点的").click();
  await page.getByRole("radiogroup", { name: "服务鉴定表累计天数" }).getByText("写", { exact: true }).click();

  await page.getByRole("button", { name: "查房删去" }).click();
  await aside.getByText("已删去").waitFor();
  await desk.keys("Control+z");
  await aside.getByText("已删去").waitFor({ state: "detached" });
  await desk.keys("Control+y");
  await aside.getByText("已删去").waitFor();
  await page.getByRole("button", { name: "任务恢复为 查房" }).click();
  await aside.getByText("已删去").waitFor({ state: "detached" });
  const order = await page.locator("[data-rule] h2 .song").allTextContents();
  assert.deepEqual(order, ["授课", "查房", "入户随访"], "it is back in its place");

  await page.fill("#scheme-title-en", "");
  await page.locator("summary", { hasText: "理解" }).click();
  await page.getByRole("button", { name: "加一条理解" }).click();
  await page.locator("li:last-child input:focus").fill("五");
  await page.locator("li:last-child").getByLabel("怎么理解").fill("入户随访由全队轮流。");
  await desk.until(
    () => page.getByRole("button", { name: "启用第 1 版" }).isEnabled(),
    "no English title is needed",
  );
  await desk.keys("Control+Enter");
  await desk.until(async () => (await own(desk)) !== null, "it is kept");

  const kept = await own(desk);
  const added = kept.duties.at(-1);
  assert.deepEqual([added.id, added.kinds, added.minimum], ["home_visit", ["home_visit"], 1]);
  assert.deepEqual(added.cadence.window, { posting_years: 1 });
  assert.deepEqual([added.cadence.rule, added.duty_of, added.station], ["required", "team", "resident"]);
  assert.deepEqual([added.title.zh, added.title.en], ["入户随访", "Home visit"]);
  assert.equal(kept.title.en, "");
  assert.equal(kept.days_in_all, true);
  assert.deepEqual(kept.source.readings.at(-1), {
    clause: { number: "五", quote: "" },
    reading: "入户随访由全队轮流。",
  });
  assert.equal((await desk.view()).head.n, before, "no step of the posting was taken back");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});
