// The roll-up: many files at once, what they come to, and decisions on many of them.
import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { LOOKS, posting, profile, start } from "./harness.mjs";

/** After the posting's end. */
const NOW = "2026-04-07T01:30:00Z";
const OFFICE = {
  role: "supervisor",
  office: { hospital: "云州市第二人民医院", office: "医务部", name: "孙静" },
};
/** Whom the files are of, what part of the pictures' posting is in them. */
const PEOPLE = [
  { name: "范玉洁", department: "妇产科", unit: "双桥镇卫生院", with: () => true },
  { name: "贾文博", department: "呼吸内科", unit: "三岔乡卫生院", with: () => true },
  {
    name: "买买提·阿不都热合曼·吐尔逊江",
    department: "神经内科与老年医学科",
    unit: "云南省怒江傈僳族自治州贡山独龙族怒族自治县独龙江乡中心卫生院（巴坡分院）",
    with: ({ entity }) => entity !== "activity",
  },
];

let chromium, made;
before(async () => {
  chromium = await start();
  made = await files();
});
after(async () => {
  rmSync(made, { recursive: true, force: true });
  await chromium.stop();
});

/** A folder with a file of each person, a later one of the first, one that was altered and one that is not ours. */
async function files() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "xiaxiangzhi-rollup-"));
  const desk = await chromium.open({ now: NOW });
  const out = async (as) => {
    await desk.bridge.call("export_review_file", { pictures: [] });
    const [name] = readdirSync(desk.answers).filter((each) => each.endsWith(".xxz"));
    copyFileSync(path.join(desk.answers, name), path.join(folder, as));
    rmSync(path.join(desk.answers, name));
  };
  for (const [i, person] of PEOPLE.entries()) {
    const { name, department, unit } = person;
    await desk.bridge.call("create_posting", {
      profile: {
        ...profile(),
        physician: { ...profile().physician, name },
        home_department: department,
        recipient_unit: unit,
      },
    });
    await desk.bridge.call("save", { changes: posting().filter(person.with) });
    if (i === 0) await out("0-earlier.xxz");
    await out(`${i}.xxz`);
  }
  await desk.close();
  const bytes = readFileSync(path.join(folder, "1.xxz"));
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(path.join(folder, "altered.xxz"), bytes);
  writeFileSync(path.join(folder, "foreign.xxz"), "no review file");
  return folder;
}

/** The roll-up of a folder that is dropped on the window. */
async function rolledUp(folder = made, options = {}) {
  const desk = await chromium.open({ now: NOW, ...options, settings: { ...OFFICE, ...options.settings } });
  await drop(desk, [folder]);
  await settled(desk);
  return desk;
}

async function drop(desk, paths) {
  for (const each of paths) await desk.bridge.offer(each);
  await desk.page.evaluate((paths) => window.callOut("tauri://drag-drop", { paths }), paths);
}

const settled = (desk, patience = 10_000) =>
  desk.until(
    async () => (await desk.page.locator("[data-table-switch]").count()) === 1,
    "every file is checked",
    patience,
  );

/** What each row in the page says, the first cells only. */
const rows = (desk) =>
  desk.page.locator("[data-at]").evaluateAll((all) =>
    all.map((row) => {
      const say = (of) => row.querySelector(of)?.innerText.trim() ?? "";
      return [say(".name"), say(".file"), say(".outcome")].join(" | ");
    }),
  );

const focused = (desk) => desk.page.evaluate(() => document.activeElement.dataset["at"] ?? null);
const place = (desk) =>
  desk.page.evaluate(() => Number(document.activeElement.getAttribute("aria-rowindex")));
const filter = (desk, name) => desk.page.click(`[role=group] button:has-text("${name}")`);

async function clean(desk, where) {
  assert.deepEqual(await desk.violations(), [], where);
  assert.deepEqual(await desk.clipped(), [], where);
  assert.equal(await desk.sideways(), 0, `${where} scrolls sideways`);
  assert.deepEqual(desk.faults, [], where);
}

describe("an empty roll-up", () => {
  test("is one sentence and one action, and Ctrl+Enter asks for a folder", async () => {
    const desk = await chromium.open({ now: NOW, settings: OFFICE });
    await desk.keys("Control+1");
    await desk.page.waitForSelector("text=把来件或文件夹拖到这里，原件不会改动。");
    await clean(desk, "the empty roll-up");
    copyFileSync(path.join(made, "1.xxz"), path.join(desk.answers, "1.xxz"));
    await desk.keys("Control+Enter");
    await settled(desk);
    assert.deepEqual(await rows(desk), ["贾文博 | 真实 | 3 项未达标"]);
    await desk.close();
  });
});

describe("a folder of files", () => {
  test("is a table with what is at fault first, then failures; the newest of a log counts", async () => {
    const desk = await rolledUp();
    const said = await rows(desk);
    assert.deepEqual(said, [
      "altered.xxz | 与导出时不一样 | 未算",
      "foreign.xxz | 不是审核文件 | 未算",
      "范玉洁 | 真实 | 3 项未达标",
      "贾文博 | 真实 | 3 项未达标",
      `${PEOPLE[2].name} | 真实 | 3 项未达标`,
      "范玉洁 | 已有更新的 | 不计",
    ]);
    const counts = await desk.page.locator("[role=group] button").allInnerTexts();
    assert.deepEqual(counts, ["全部 6", "文件有问题 2", "未达标 3", "要问 3", "可以通过 0", "已审 0"]);
    assert.match(await desk.text("main"), /1,320 元/);
    assert.match(await desk.text("footer"), /第 1—6 行，共 6 行/);
    await desk.page.click("[data-table-switch]");
    const total = await desk.page.locator("tr.total").innerText();
    assert.match(total, /合计\s+3\s+3,960\s+2,640\s+1,320/);
    await desk.close();
  });

  test("nothing of it is kept unless it is opened or decided upon", async () => {
    const desk = await rolledUp();
    assert.deepEqual((await desk.bridge.call("app_state")).recent_files, []);
    await desk.page.locator("[data-at]", { hasText: "贾文博" }).focus();
    await desk.keys("Enter");
    await desk.page.waitForSelector("h1:has-text('贾文博')");
    await desk.keys("Control+1");
    await desk.page.waitForSelector("[data-at]");
    // The place in the table is where it was.
    assert.equal((await rows(desk)).length, 6);
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });

  for (const look of LOOKS) {
    test(`is accessible: ${look.name}`, async () => {
      const desk = await rolledUp(made, { settings: look.settings, media: look.media });
      await clean(desk, look.name);
      await desk.page.locator("[data-at]").nth(2).focus();
      await desk.keys(" ");
      await desk.page.waitForSelector(".bulk.shown");
      await desk.page.click("[data-table-switch]");
      await clean(desk, `${look.name}, with a choice and tables`);
      await desk.close();
    });
  }

  test("is walked and chosen with the keyboard, and the choice lives across filters", async () => {
    const desk = await rolledUp();
    await desk.page.locator("[data-at]").first().focus();
    await desk.keys("ArrowDown", "ArrowDown");
    assert.equal(await place(desk), 4);
    await desk.keys("End");
    assert.equal(await place(desk), 7);
    await desk.keys("Home", " ");
    await filter(desk, "未达标");
    await desk.page.locator("[data-at]").first().focus();
    await desk.keys("Shift+ArrowDown");
    assert.equal(await desk.text(".bulk b"), "已选 3 人");
    assert.match(await desk.text(".bulk"), /其中 1 份有问题，不能审核/);
    await desk.keys("Control+a");
    assert.equal(await desk.text(".bulk b"), "已选 4 人");
    await filter(desk, "全部");
    const chosen = await desk.page.locator("[data-at][aria-selected=true]").count();
    assert.equal(chosen, 4);
    await desk.page.click("text=只看已选");
    assert.equal((await rows(desk)).length, 4);
    await desk.page.locator("[data-at]").first().focus();
    await desk.keys("Escape");
    assert.equal(await desk.page.locator(".bulk.shown").count(), 0);
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });

  test("is sorted by any column, and found by name", async () => {
    const desk = await rolledUp();
    const sorts = await desk.page.locator("[role=columnheader] button").count();
    assert.equal(sorts, 11);
    for (let i = 0; i < sorts; i++) {
      const head = desk.page.locator("[role=columnheader]:has(button)").nth(i);
      await head.locator("button").click();
      const first = await head.getAttribute("aria-sort");
      await head.locator("button").click();
      assert.notEqual(await head.getAttribute("aria-sort"), first);
    }
    await desk.keys("Control+f");
    await desk.page.keyboard.insertText("三岔");
    assert.deepEqual(await rows(desk), ["贾文博 | 真实 | 3 项未达标"]);
    await desk.close();
  });

  test("is exported as a workbook, CSV and JSON lines", async () => {
    const desk = await rolledUp();
    for (const [name, extension, begins] of [
      ["Excel", "xlsx", "PK"],
      ["CSV", "csv", "\u{feff}path,"],
      ["JSON Lines", "jsonl", "{"],
    ]) {
      await desk.page.click("button:has-text('导出表格')");
      await desk.page.click(`[role=menuitem]:has-text("${name}")`);
      const file = path.join(desk.answers, `汇总-2026-04-07.${extension}`);
      await desk.until(
        () => readdirSync(desk.answers).includes(path.basename(file)),
        `${extension} is written`,
      );
      assert.ok(readFileSync(file, "utf8").startsWith(begins), extension);
    }
    await desk.close();
  });

  test("the chosen ones are approved at once, a signed file each", async () => {
    const desk = await rolledUp();
    await filter(desk, "未达标");
    await desk.page.locator("[data-at]").first().focus();
    await desk.keys("Control+a");
    await desk.page.selectOption("#bulk-grade", "合格");
    await desk.keys("Control+Enter");
    await desk.until(async () => (await desk.page.locator(".bulk.shown").count()) === 0, "it is done");
    const decisions = readdirSync(desk.answers).filter((each) => each.endsWith(".xxz"));
    assert.equal(decisions.length, 3, decisions.join());
    await filter(desk, "已审");
    const decided = await desk.page.locator("[data-at] .decided").allInnerTexts();
    assert.deepEqual(decided, ["合格", "合格", "合格"]);
    assert.deepEqual(desk.faults, []);
    // A cancelled dialog decides nothing.
    desk.answer(null);
    await desk.page.locator("[data-at]").first().focus();
    await desk.keys(" ", "Control+Enter");
    await desk.page.waitForSelector("button:has-text('审核完毕 1 份'):not([disabled])");
    assert.equal(readdirSync(desk.answers).filter((each) => each.endsWith(".xxz")).length, 3);
    await desk.close();
  });

  test("adding it again, or a file of it, changes nothing", async () => {
    const desk = await rolledUp();
    await drop(desk, [made]);
    await settled(desk);
    await drop(desk, [path.join(made, "1.xxz")]);
    await settled(desk);
    assert.equal((await rows(desk)).length, 6);
    await desk.page.click("text=清空");
    await desk.page.waitForSelector("text=把来件或文件夹拖到这里");
    await desk.close();
  });
});

describe("ten thousand files", () => {
  test("are sixty rows in the page, wherever one is, and each can be reached", async () => {
    const folder = path.join(made, "..", `${path.basename(made)}-many`);
    mkdirSync(folder);
    try {
      for (let i = 0; i < 9_997; i++)
        writeFileSync(path.join(folder, `${String(i).padStart(5, "0")}.xxz`), "");
      for (const name of ["0.xxz", "1.xxz", "2.xxz"])
        copyFileSync(path.join(made, name), path.join(folder, `last-${name}`));
      const desk = await chromium.open({ now: NOW, settings: OFFICE });
      await drop(desk, [folder]);
      await settled(desk, 60_000);
      const inPage = () => desk.page.locator("[role=row]").count();
      assert.equal(await desk.page.locator("[role=grid]").getAttribute("aria-rowcount"), "10001");
      assert.ok((await inPage()) <= 60, `${await inPage()} rows`);
      await desk.page.locator("[data-at]").first().focus();
      for (const [key, at] of [
        ["End", 10_001],
        ["ArrowUp", 10_000],
        ["Home", 2],
        ["ArrowDown", 3],
      ]) {
        await desk.keys(key);
        await desk.until(async () => (await place(desk)) === at, `${key} leads to row ${at}`);
        assert.ok((await inPage()) <= 60, `${await inPage()} rows after ${key}`);
        assert.notEqual(await focused(desk), null);
      }
      // Scrolled by hand, the row with the focus stays in the page.
      for (const share of [0.3, 0.7, 1]) {
        await desk.page.evaluate((share) => {
          const main = document.querySelector("main");
          main.scrollTo(0, main.scrollHeight * share);
        }, share);
        await desk.until(async () => (await inPage()) > 20, "rows in sight");
        assert.ok((await inPage()) <= 60, `${await inPage()} rows at ${share}`);
        assert.equal(await place(desk), 3);
      }
      await filter(desk, "未达标");
      assert.equal((await rows(desk)).length, 3);
      assert.deepEqual(desk.faults, []);
      await desk.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
