// Who is sent when: entered with the keyboard, kept, and asked about.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LOOKS, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const OFFICE = {
  role: "supervisor",
  office: { hospital: "云州市第二人民医院", office: "医务部", name: "孙静" },
};

async function opened(settings = {}) {
  const desk = await chromium.open({ settings: { ...OFFICE, ...settings } });
  await desk.keys("Control+3");
  await desk.page.waitForSelector("#roster-name");
  return desk;
}

/** Name, department, title and promotion target, typed and passed with Enter. */
async function enter(desk, ...texts) {
  await desk.page.focus("#roster-name");
  for (const text of texts) {
    await desk.page.keyboard.insertText(text);
    await desk.keys("Enter");
  }
  await desk.keys("Control+Enter");
  await desk.page.waitForSelector(`li:has-text("${texts[0]}")`);
}

test("people are entered with the keyboard, kept, and what speaks against it is asked", async () => {
  const desk = await opened();
  await enter(desk, "范玉洁", "内科", "主治医师", "", "青石镇卫生院");
  await enter(desk, "贾文博", "外科", "主管护师");
  const kept = await desk.bridge.call("roster");
  assert.deepEqual(
    kept.entries.map(({ physician, home_department, recipient_unit, batch }) => [
      physician,
      home_department,
      recipient_unit,
      batch.quarter,
    ]),
    [
      ["范玉洁", "内科", "青石镇卫生院", 2],
      ["贾文博", "外科", "青石镇卫生院", 2],
    ],
  );
  assert.match(await desk.text("main"), /有 2 人，原则上每次 3 人：是否调整？/);
  await enter(desk, "田晓红", "儿科", "主治医师");
  await desk.until(
    async () => !(await desk.text("main")).includes("是否调整"),
    "a batch of three asks nothing",
  );
  await desk.page.selectOption("select[aria-label='状态：贾文博']", "deferred");
  await desk.until(async () => (await desk.text("main")).includes("有 2 人"), "who is deferred does not go");
  await desk.page.click("[aria-label='移出：田晓红']");
  await desk.until(async () => (await desk.bridge.call("roster")).entries.length === 2, "one less");
  await desk.crash();
  assert.equal((await desk.bridge.call("roster")).entries.length, 2);
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a name and a department are needed", async () => {
  const desk = await opened();
  assert.ok(await desk.page.isDisabled("form button[data-primary]"));
  const { err } = await desk.bridge.ask("keep_roster", {
    entries: [
      {
        id: "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11",
        physician: " ",
        home_department: "内科",
        title: null,
        promotion_target: null,
        recipient_unit: null,
        batch: { year: 2026, quarter: 5 },
        status: "planned",
      },
    ],
  });
  assert.equal(err.code, "bad_roster");
  await desk.close();
});

for (const look of LOOKS.slice(0, 3)) {
  test(`is accessible: ${look.name}`, async () => {
    const desk = await opened(look.settings);
    await enter(
      desk,
      "买买提·阿不都热合曼·吐尔逊江",
      "神经内科与老年医学科",
      "住院医师",
      "主治医师",
      "独龙江乡中心卫生院",
    );
    assert.deepEqual(await desk.violations(), []);
    assert.deepEqual(await desk.clipped(), []);
    assert.equal(await desk.sideways(), 0);
    await desk.close();
  });
}
