// From the first question to the verdict on the file that was handed in.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { Bridge } from "./bridge.mjs";
import { change, posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const looks = [
  { name: "light", settings: { theme: "light" } },
  { name: "dark", settings: { theme: "dark" } },
  { name: "at 200 %", settings: { theme: "light", type_size: 200 } },
];

async function clean(desk, where) {
  assert.deepEqual(await desk.violations(), [], where);
  assert.equal(await desk.sideways(), 0, `${where} scrolls sideways`);
  assert.deepEqual(desk.faults, [], where);
}

const says = (desk, text) =>
  desk.until(async () => (await desk.text("main")).includes(text), `the page says ${text}`);

/** Exports a review file from a posting and answers its bytes. */
async function exported(fill = posting) {
  const desk = await chromium.open({ fill });
  await desk.bridge.call("export_review_file");
  const name = readdirSync(desk.answers).find((each) => each.endsWith(".xxz"));
  const bytes = readFileSync(path.join(desk.answers, name));
  await desk.close();
  return { name, bytes };
}

function offer(desk, name, bytes) {
  const file = path.join(desk.dir, name);
  writeFileSync(file, bytes);
  writeFileSync(path.join(desk.answers, "open.txt"), file);
}

describe("first run", () => {
  test("is done with the keyboard alone, and Enter on the last answer starts", async () => {
    const desk = await chromium.open();
    await says(desk, "91 天，61 个工作日，122 个半天。按三月轮换考核：授课 4 次，查房 8 次，考勤 80%。");
    for (const answer of ["李晓梅", "主治医师", "心内科", "云州市第二人民医院", "河口镇中心卫生院"]) {
      await desk.page.keyboard.insertText(answer);
      await desk.keys("Enter");
    }
    await desk.page.waitForSelector("nav");
    const { records } = await desk.view();
    assert.equal(records.posting.physician.name, "李晓梅");
    assert.equal(records.posting.recipient_unit, "河口镇中心卫生院");
    assert.deepEqual([records.posting.start, records.posting.end], ["2026-01-05", "2026-04-05"]);
    assert.equal((await desk.bridge.call("app_state")).role, "physician");
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });

  test("names what is missing below its field and makes nothing", async () => {
    const desk = await chromium.open();
    await desk.page.fill("#first-name", "李晓梅");
    await desk.keys("Control+Enter");
    await says(desk, "请写受援单位");
    await clean(desk, "first run with a blank answer");
    assert.equal((await desk.bridge.call("app_state")).postings.length, 0);
    await desk.close();
  });

  test("leaves Enter to the input method while it composes", async () => {
    const desk = await chromium.open();
    await desk.page.fill("#first-name", "李晓梅");
    await desk.page.fill("#first-unit", "河口");
    await desk.page.locator("#first-unit").dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await desk.page.locator("#first-unit").dispatchEvent("keydown", { key: "Enter", keyCode: 229 });
    assert.equal((await desk.bridge.call("app_state")).postings.length, 0);
    await desk.close();
  });

  test("takes a reviewer to the place for files", async () => {
    const desk = await chromium.open();
    await desk.page.getByText("我来审核").click();
    await clean(desk, "the reviewer's questions");
    await desk.page.fill("#first-own-hospital", "云州市第二人民医院");
    await desk.keys("Control+Enter");
    await says(desk, "把来件拖到这里，原件不会改动。");
    const { role, office } = await desk.bridge.call("app_state");
    assert.deepEqual([role, office.hospital, office.office], ["supervisor", "云州市第二人民医院", "医务部"]);
    await desk.close();
  });
});

describe("completion", () => {
  for (const look of looks) {
    test(`shows the form, exports and says where the files are, ${look.name}`, async () => {
      const desk = await chromium.open({ fill: posting, settings: look.settings });
      await desk.keys("Control+t");
      await desk.page.evaluate(() =>
        document.querySelectorAll("nav .place").forEach((place) => {
          if (place.textContent.includes("结业")) place.click();
        }),
      );
      await desk.page.waitForSelector("img[alt^='任务考核表，第 1 页']");
      await says(desk, "现在也可以导出，表上照实写");
      await clean(desk, "completion");
      await desk.keys("Control+Enter");
      // The whole set is typeset by a program built for tests, which takes its time.
      await desk.until(
        async () => (await desk.text("main")).includes("已存好 28 个文件"),
        "nine forms in three formats, and the review file",
        60_000,
      );
      await says(desk, "帮扶日记：");
      await says(desk, "表格页脚印的是同一个码");
      await clean(desk, "completion after the export");
      assert.deepEqual(
        readdirSync(desk.answers)
          .map((name) => path.extname(name))
          .sort(),
        [".docx", ".pdf", ".xlsx"].flatMap((end) => Array(9).fill(end)).concat(".xxz"),
      );
      await desk.close();
    });
  }

  test("writes nothing when the dialog is cancelled, and says so", async () => {
    const desk = await chromium.open({ fill: posting });
    writeFileSync(path.join(desk.answers, "cancel"), "");
    await desk.page.getByRole("button", { name: "结业" }).click();
    await desk.keys("Control+Enter");
    await says(desk, "没有导出，什么都没有写。");
    assert.deepEqual(readdirSync(desk.answers), ["cancel"]);
    await desk.close();
  });

  test("keeps the self-appraisal while it is typed, through a crash", async () => {
    const desk = await chromium.open({ fill: posting });
    await desk.page.getByRole("button", { name: "结业" }).click();
    await desk.page.getByRole("button", { name: "自我鉴定：改写" }).click();
    await desk.page.waitForSelector("#passage-self_appraisal:focus");
    const drafted = await desk.page.inputValue("#passage-self_appraisal");
    assert.match(drafted, /查房8次，授课3次/);
    await desk.page.locator("#passage-self_appraisal").press("Control+End");
    await desk.page.keyboard.insertText("收获很大。");
    await desk.until(
      async () => JSON.stringify((await desk.view()).drafts).includes("收获很大"),
      "the draft is stored",
    );
    await desk.crash();
    await desk.page.getByRole("button", { name: "结业" }).click();
    await desk.page.waitForSelector("#passage-self_appraisal");
    assert.equal(await desk.page.inputValue("#passage-self_appraisal"), `${drafted}收获很大。`);
    await desk.close();
  });

  test("a figure leads to its records, and words written over it are kept while the records change", async () => {
    const desk = await chromium.open({ fill: posting });
    await desk.page.getByRole("button", { name: "结业" }).click();
    await desk.page
      .getByRole("button", { name: / 843，看来自哪些记录$/ })
      .first()
      .click();
    await says(desk, "条记录：");
    await desk.page.getByRole("button", { name: "打开", exact: true }).click();
    await desk.page.getByRole("button", { name: "教学带教：改写" }).click();
    await desk.page.waitForSelector("#passage-teaching:focus");
    await desk.page.keyboard.press("Control+End");
    await desk.page.keyboard.insertText("听课者都说有用。");
    await desk.page.locator("h1").click();
    const written = async () => (await desk.view()).records.summary?.teaching ?? "";
    await desk.until(async () => (await written()).endsWith("听课者都说有用。"), "stored on leaving it");
    assert.match(await written(), /^授课3次/);
    assert.equal(await desk.page.locator(".changed").count(), 0);
    const lecture = (await desk.view()).records.activities.find(({ kind }) => kind === "lecture");
    await desk.bridge.call("save", {
      changes: [change("activity", lecture.id, { ...lecture, participants: 30 })],
    });
    await desk.load();
    await desk.page.getByRole("button", { name: "结业" }).click();
    await desk.page.getByRole("button", { name: "打开", exact: true }).click();
    await says(desk, "记录里现在是这些数字，文中没有");
    await clean(desk, "a passage that the records have left behind");
    await desk.page.getByRole("button", { name: "教学带教：按记录重新起草" }).click();
    await desk.until(async () => (await written()) === "", "drafted again");
    await desk.keys("Control+z");
    await desk.until(async () => (await written()).endsWith("听课者都说有用。"), "and taken back");
    await desk.close();
  });

  test("notes the day a paper was handed in, and takes it back", async () => {
    const desk = await chromium.open({ fill: posting });
    await desk.page.getByRole("button", { name: "结业" }).click();
    await desk.page.getByRole("button", { name: "下乡总结：记为今天交" }).click();
    await says(desk, "3月19日 已交医务部");
    assert.deepEqual(
      (await desk.view()).records.documents.map(({ kind, submitted_on }) => [kind, submitted_on]),
      [["posting_summary", "2026-03-19"]],
    );
    await desk.page.locator("h1").click();
    await desk.keys("Control+z");
    await desk.until(async () => (await desk.view()).records.documents.length === 0, "it is taken back");
    await desk.close();
  });
});

describe("review", () => {
  let file;
  before(async () => (file = await exported()));

  test("asks about rest days and workdays that the physician entered", async () => {
    const own = (date, kind, part = {}) =>
      change("calendar_override", date, { date, kind, reason: null, ...part });
    const { name, bytes } = await exported(() => [
      ...posting(),
      own("2026-03-07", "workday"),
      own("2026-02-26", "rest_day", { holiday: "春节", arrangement_year: 2026 }),
      own("2026-02-27", "rest_day", { holiday: "春节", arrangement_year: 2026 }),
    ]);
    const desk = await chromium.open({ settings: { role: "supervisor" } });
    offer(desk, name, bytes);
    await desk.keys("Control+Enter");
    await says(desk, "2026 年的放假安排是本人录入的，共 2 天（2月26日—27日）");
    await says(desk, "有 1 天的上班或休息由本人改定（3月7日）");
    await clean(desk, "questions about the calendar");
    await desk.close();
  });

  for (const look of looks) {
    test(`shows a genuine file read-only, with every record, ${look.name}`, async () => {
      const desk = await chromium.open({ settings: { role: "supervisor", ...look.settings } });
      await clean(desk, "nothing to review yet");
      offer(desk, file.name, file.bytes);
      await desk.keys("Control+Enter");
      await says(desk, "文件真实，未被改动");
      for (const text of [
        "李晓梅",
        "还在派驻，3 项尚未达标",
        "壹仟叁佰贰拾元整",
        "3 / 4 次",
        "86 / 122，至少 98",
      ]) {
        await says(desk, text);
      }
      await clean(desk, "the verdict");
      for (const [tab, text] of [
        ["records", "内科门诊，高血压随访"],
        ["activity", "同一天只计一次"],
        ["leave", "4 个半天（2 天）"],
        ["late", "考勤与记录"],
      ]) {
        await desk.page.click(`[data-tab=${tab}]`);
        await says(desk, text);
        await clean(desk, tab);
      }
      // All that can be changed is the reviewer's own: the grade.
      assert.equal(await desk.page.locator("main :is(input, textarea, select)").count(), 1);
      await desk.close();
    });

    test(`refuses an altered file with reasons and no verdict, ${look.name}`, async () => {
      const desk = await chromium.open({ settings: { role: "supervisor", ...look.settings } });
      const altered = Buffer.from(file.bytes);
      altered[altered.length >> 1] ^= 1;
      offer(desk, "altered.xxz", altered);
      await desk.keys("Control+Enter");
      await says(desk, "这份文件与导出时不一样，不能审核");
      for (const text of ["发生了什么", "数据安全吗", "接下来", "能确认到哪里"]) await says(desk, text);
      assert.doesNotMatch(await desk.text("main"), /达标|实发|可发/);
      await clean(desk, "the refusal");
      await desk.close();
    });
  }

  test("a question leads to the record it is about", async () => {
    const desk = await chromium.open({ settings: { role: "supervisor" } });
    offer(desk, file.name, file.bytes);
    await desk.keys("Control+Enter");
    await says(desk, "当时是怎样补的？");
    await desk.page.getByRole("button", { name: "看记录" }).first().click();
    await desk.page.waitForFunction(() => document.activeElement?.getAttribute("data-date") === "2026-02-02");
    await desk.close();
  });

  test("a file opened before any door was chosen makes a reviewer", async () => {
    const desk = await chromium.open();
    offer(desk, file.name, file.bytes);
    await desk.page.getByRole("button", { name: "打开别人发来的文件" }).click();
    await says(desk, "文件真实，未被改动");
    assert.equal((await desk.bridge.call("app_state")).role, "supervisor");
    await desk.close();
  });
});

describe("settings", () => {
  const pages = ["个人与单位", "派驻", "考核方案", "节假日", "语言与字号", "外观", "关于"];

  for (const look of looks) {
    test(`every page, ${look.name}`, async () => {
      const desk = await chromium.open({ fill: posting, settings: look.settings });
      await desk.page.evaluate(() =>
        document.querySelectorAll("nav .place").forEach((place) => {
          if (place.textContent.includes("设置")) place.click();
        }),
      );
      const list = desk.page.getByRole("navigation", { name: "设置分页" });
      for (const page of pages) {
        await list.getByRole("button", { name: page }).click();
        await desk.page.waitForFunction((title) => document.querySelector("h1")?.textContent === title, page);
        await clean(desk, page);
      }
      await desk.close();
    });
  }

  test("stores the profile as it is typed, and refuses an end before the start", async () => {
    const desk = await chromium.open({ fill: posting });
    await desk.page.getByRole("button", { name: "设置" }).click();
    await desk.page.fill("#profile-licence_number", "110432100001234");
    await desk.page.locator("#profile-licence_number").press("Tab");
    await desk.page.fill("#profile-end", "2025.4.5");
    await says(desk, "最后一天早于第一天");
    await desk.page.locator("h1").click();
    await desk.until(
      async () => (await desk.view()).records.posting.physician.licence_number === "110432100001234",
      "the licence number is stored",
    );
    assert.equal((await desk.view()).records.posting.end, "2026-04-05");
    await desk.close();
  });

  test("language, type size and theme apply at once and stay", async () => {
    const desk = await chromium.open({ fill: posting });
    await desk.page.getByRole("button", { name: "设置" }).click();
    await desk.page.getByRole("button", { name: "外观" }).click();
    await desk.page.getByText("深色").click();
    await desk.page.waitForSelector(":root[data-theme=dark]");
    await desk.page.getByRole("button", { name: "语言与字号" }).click();
    await desk.page.getByText("125%").click();
    await desk.page.getByText("English").click();
    await says(desk, "Type size");
    await desk.crash();
    assert.equal(await desk.page.evaluate(() => document.documentElement.style.fontSize), "125%");
    assert.equal(await desk.page.getAttribute(":root", "lang"), "en");
    assert.equal(await desk.page.getAttribute(":root", "data-theme"), "dark");
    await desk.close();
  });
});

describe("records that cannot be opened", () => {
  for (const look of looks) {
    test(`a window that says what, whether data is safe, what next, ${look.name}`, async () => {
      const desk = await chromium.open({ fill: posting, settings: look.settings });
      const first = desk.bridge;
      desk.bridge = new Bridge(desk.data, desk.answers, desk.now);
      await desk.load();
      await says(desk, "记录正被另一个窗口使用");
      for (const text of ["发生了什么", "数据安全吗", "接下来"]) await says(desk, text);
      await clean(desk, "the problem window");
      await first.kill();
      await desk.page.getByRole("button", { name: "再试一次" }).click();
      await desk.page.waitForSelector("nav");
      await desk.close();
    });
  }
});
