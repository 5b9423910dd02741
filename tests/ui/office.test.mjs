// The office file: made by an office, dropped on a physician's window, looked at and taken; a key that changed; each look of it.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { LOOKS, posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const HOSPITAL = { hospital: "云州市第二人民医院", office: "医务部", name: "孙静" };

/** The settings' page of office files. */
async function page(desk, name = "医务部文件") {
  await desk.keys(`Control+${await desk.page.locator("nav .place").count()}`);
  await desk.page.getByRole("button", { name, exact: true }).click();
  await desk.page.locator("h1", { hasText: name }).waitFor();
}

/** An office's window that has made its file. */
async function made() {
  const desk = await chromium.open({ settings: { role: "supervisor", office: HOSPITAL } });
  const [{ scheme }] = (await desk.bridge.call("schemes")).schemes;
  const title = { zh: "三月轮换（本院修订）", en: "" };
  await desk.bridge.call("keep_scheme", { scheme: { ...scheme, title } });
  await page(desk);
  assert.equal(await desk.page.getByLabel("三月轮换（本院修订） 第 1 版").isChecked(), true);
  await desk.keys("Control+Enter");
  await desk.page.getByText("医务部文件已存到").waitFor();
  const name = readdirSync(desk.answers).find((each) => each.endsWith(".xxz"));
  return { desk, file: path.join(desk.answers, name) };
}

async function drop(desk, file) {
  await desk.bridge.offer(file);
  await desk.page.evaluate((paths) => window.callOut("tauri://drag-drop", { paths }), [file]);
  await desk.page.getByRole("heading", { name: /医务部文件「|Office file “/ }).waitFor();
}

test("an office's file is dropped at the first questions, seen through, taken, and its scheme is the one", async () => {
  const { desk: office, file } = await made();
  const own = (await office.bridge.call("office_file_offer")).fingerprint;
  const desk = await chromium.open({});
  await drop(desk, file);
  const seen = await desk.text("main");
  assert.match(seen, /云州市第二人民医院 医务部/);
  assert.ok(seen.includes(own), "the fingerprint is there before it is taken");
  assert.match(seen, /第一次见到这个医务部/);
  assert.deepEqual(await desk.bridge.call("known_offices"), []);
  await desk.page.getByRole("button", { name: /^采用/ }).click();
  await desk.page.getByText("已采用云州市第二人民医院的医务部文件").waitFor();
  await desk.until(
    async () => (await desk.page.getByLabel("考核方案").inputValue()) === "rotation_3m_own",
    "the office's scheme is chosen",
  );
  await desk.page.fill("#first-name", "李晓梅");
  await desk.page.fill("#first-unit", "河口镇中心卫生院");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await desk.bridge.call("app_state")).current !== null, "it is begun");
  const view = await desk.view();
  assert.equal(view.scheme.id, "rotation_3m_own");
  assert.equal(view.records.posting.supporting_hospital, "云州市第二人民医院");
  await desk.page.locator("nav .place").first().waitFor();
  await page(desk);
  assert.ok((await desk.text("main")).includes(own), "the office is known");
  for (const each of [office, desk]) {
    assert.deepEqual(each.faults, []);
    await each.close();
  }
});

test("a key that changed is a loud warning, and is taken only after it was compared", async () => {
  const first = await made();
  const second = await made();
  const desk = await chromium.open({ fill: posting });
  await drop(desk, first.file);
  await desk.keys("Control+Enter");
  await desk.page.getByText("已采用云州市第二人民医院的医务部文件").waitFor();
  await drop(desk, second.file);
  await desk.page.getByText("签名钥匙变了，先不要采用").waitFor();
  const take = desk.page.getByRole("button", { name: /^采用/ });
  assert.equal(await take.isDisabled(), true);
  await desk.page.getByLabel("我已打电话逐字核对，指纹一致").check();
  await take.click();
  const [known, ...others] = await (async () => {
    await desk.page.getByRole("heading", { name: /医务部文件「/ }).waitFor({ state: "detached" });
    return desk.bridge.call("known_offices");
  })();
  assert.equal(known.fingerprint, (await second.desk.bridge.call("office_file_offer")).fingerprint);
  assert.deepEqual(others, []);
  for (const each of [first.desk, second.desk, desk]) {
    assert.deepEqual(each.faults, []);
    await each.close();
  }
});

describe("office files are accessible and fit", () => {
  for (const { name, ...look } of LOOKS)
    test(name, async () => {
      const { desk: office, file } = await made();
      const desk = await chromium.open({ fill: posting, ...look });
      await drop(desk, file);
      assert.deepEqual(await desk.violations(), []);
      assert.deepEqual(await desk.clipped(), []);
      assert.equal(await desk.sideways(), 0);
      assert.deepEqual(desk.faults, []);
      await office.close();
      await desk.close();
    });
});
