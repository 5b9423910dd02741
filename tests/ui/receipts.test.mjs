// The way back as the physician sees it: a decision comes in, its comments are answered, and what was approved is changed with a
// reason only.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { Bridge } from "./bridge.mjs";
import { change, LOOKS, posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(async () => {
  // What a failed test left open would keep the run from ending.
  for (const office of offices) await office.end();
  await chromium.stop();
});

const DAY = "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a01";
const LECTURE = "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a02";
const SUMMARY = "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a03";

const offices = new Set();

/** An office on another computer, with a key of its own. */
class Office {
  constructor(now = "2026-03-20T02:00:00Z") {
    this.dir = mkdtempSync(path.join(os.tmpdir(), "xiaxiangzhi-office-"));
    this.answers = path.join(this.dir, "answers");
    mkdirSync(this.answers);
    this.bridge = new Bridge(path.join(this.dir, "data"), this.answers, now);
  }

  async begin() {
    offices.add(this);
    const office = { hospital: "云州市第二人民医院", office: "医务部", name: "赵主任" };
    await this.bridge.call("change_settings", { change: { role: "supervisor", office } });
    return this;
  }

  /** Decides on the file at this path and answers where the decision is. */
  async decide(file, draft) {
    writeFileSync(path.join(this.answers, "open.txt"), file);
    const review = await this.bridge.call("open_review_file", { path: null });
    const made = await this.bridge.call("decide_review", { sha256: review.file.sha256, draft });
    return made.paths[0];
  }

  async end() {
    offices.delete(this);
    await this.bridge.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

async function exported(desk) {
  const before = new Set(readdirSync(desk.answers));
  await desk.bridge.call("export_review_file");
  const name = readdirSync(desk.answers).find((each) => each.endsWith(".xxz") && !before.has(each));
  return path.join(desk.answers, name ?? readdirSync(desk.answers).find((each) => each.endsWith(".xxz")));
}

const returned = (lecture) => ({
  decision: "returned",
  grade: null,
  opinion: "讲座还差一次，请补上再交。",
  comments: [
    { id: DAY, entity: "day", key: "2026-03-13", text: "这天上午是讲座还是门诊？" },
    { id: LECTURE, entity: "activity", key: lecture, text: "请附签到表。" },
    { id: SUMMARY, entity: "summary", key: "summary", text: "自我鉴定太短。" },
  ],
});
const approved = { decision: "approved", grade: "优秀", opinion: null, comments: [] };

/** A double click on the file, while the window is open. */
async function doubleClick(desk, file) {
  await desk.bridge.offer(file);
  await desk.page.evaluate((path) => window.callOut("open-file", path), file);
}

const says = (desk, text) =>
  desk.until(async () => (await desk.text("body")).includes(text), `the page says ${text}`);

async function lectureOf(desk) {
  const { records } = await desk.view();
  return records.activities.find(({ kind, date }) => kind === "lecture" && date === "2026-03-13").id;
}

async function clean(desk, where) {
  assert.deepEqual(await desk.violations(), [], where);
  assert.deepEqual(await desk.clipped(), [], where);
  assert.equal(await desk.sideways(), 0, `${where} scrolls sideways`);
  assert.deepEqual(desk.faults, [], where);
}

describe("a decision", () => {
  test("is taken in once its fingerprint was compared, and its comments stand at their records", async () => {
    const desk = await chromium.open({ fill: posting });
    const office = await new Office().begin();
    const decision = await office.decide(await exported(desk), returned(await lectureOf(desk)));
    await doubleClick(desk, decision);
    await says(desk, "收下审核意见之前，先核对指纹");
    await says(desk, "云州市第二人民医院 医务部 赵主任");
    await desk.keys("Escape");
    assert.equal((await desk.view()).review.receipts.length, 0, "Escape takes nothing in");
    await doubleClick(desk, decision);
    await says(desk, "核对一致，收下");
    await desk.keys("Control+Enter");
    await says(desk, "退回修改");
    await says(desk, "讲座还差一次，请补上再交。");
    await says(desk, "这天上午是讲座还是门诊？");
    assert.equal((await desk.view()).review.receipts.length, 1);

    await desk.keys("Control+1");
    await says(desk, "审核意见还有 3 条没有答复");
    await desk.page.getByRole("button", { name: "3月13日 的记录", exact: true }).click();
    await says(desk, "这天上午是讲座还是门诊？");
    await desk.page.getByRole("button", { name: "答复 3月13日 的记录" }).click();
    await desk.page.keyboard.insertText("上午讲座，下午门诊");
    await desk.page.getByRole("button", { name: "回复", exact: true }).click();
    await says(desk, "已回复");
    await says(desk, "审核意见还有 2 条没有答复");
    const { review } = await desk.view();
    assert.deepEqual(
      [review.receipts[0].comments[0].answer.text, review.receipts[0].comments[0].answer.corrected],
      ["上午讲座，下午门诊", false],
    );

    await desk.keys("Control+3");
    await desk.bridge.call("answer_comment", { comment: SUMMARY, text: "", corrected: true });
    // The same file again does no harm and says so.
    await doubleClick(desk, decision);
    await says(desk, "以前收过，没有重复记下");
    assert.equal((await desk.view()).review.receipts.length, 1);
    await office.end();
    await desk.close();
  });

  test("signed by another key than before is a loud warning, and is not taken in by Enter", async () => {
    const desk = await chromium.open({ fill: posting });
    const [office, other] = [await new Office().begin(), await new Office("2026-03-21T02:00:00Z").begin()];
    const file = await exported(desk);
    await doubleClick(desk, await office.decide(file, returned(await lectureOf(desk))));
    await says(desk, "核对一致，收下");
    await desk.keys("Control+Enter");
    await says(desk, "退回修改");
    await doubleClick(desk, await other.decide(file, approved));
    await says(desk, "签名与以前不同");
    await says(desk, "以前的指纹");
    await desk.keys("Enter", " ");
    await says(desk, "以前的指纹");
    await desk.page.getByRole("button", { name: "先不收" }).click();
    await desk.until(async () => !(await desk.text("body")).includes("以前的指纹"), "it is put away");
    assert.equal((await desk.view()).review.receipts.length, 1);
    await Promise.all([office.end(), other.end()]);
    await desk.close();
  });

  test("about another posting is refused in three parts", async () => {
    const desk = await chromium.open({ fill: posting });
    const elsewhere = await chromium.open({ fill: posting });
    const office = await new Office().begin();
    const decision = await office.decide(await exported(elsewhere), approved);
    await doubleClick(desk, decision);
    await says(desk, "这份审核意见是给另一次派驻的");
    await says(desk, "没有收下；记录没有改动。");
    await Promise.all([office.end(), elsewhere.close()]);
    await desk.close();
  });
});

describe("what was approved", () => {
  test("waits for a reason before it is changed, and is left alone without one", async () => {
    const desk = await chromium.open({ fill: posting });
    const office = await new Office().begin();
    await doubleClick(desk, await office.decide(await exported(desk), approved));
    await says(desk, "核对一致，收下");
    await desk.keys("Control+Enter");
    await says(desk, "审核通过 · 优秀");
    const before = await desk.day("2026-03-19");
    const { n } = (await desk.view()).head;

    await desk.keys("Control+1");
    await desk.page.waitForSelector("#tally-0");
    await desk.page.fill("#tally-0", "23");
    await desk.keys("Control+3");
    await says(desk, "审核通过后，改动要先写原因");
    assert.deepEqual(await desk.violations(), []);
    await desk.keys("Escape");
    await desk.until(async () => (await desk.view()).drafts.length === 0, "what was typed is let go");
    assert.deepEqual(await desk.day("2026-03-19"), before);
    assert.equal((await desk.view()).head.n, n, "nothing was entered");

    await desk.keys("Control+1");
    await desk.page.waitForSelector("#tally-0");
    await desk.page.fill("#tally-0", "23");
    await desk.keys("Control+3");
    await says(desk, "审核通过后，改动要先写原因");
    await desk.keys("Control+Enter");
    await says(desk, "还没有写原因");
    await desk.page.fill("#reason-for-change", "漏记了当天的门诊");
    await desk.keys("Enter");
    await desk.until(
      async () => (await desk.day("2026-03-19"))?.tallies.outpatient_visits === 23,
      "the change that waited is made",
    );
    const { review } = await desk.view();
    assert.equal(review.closed_at, null);
    assert.equal(review.amendments[0].reason, "漏记了当天的门诊");

    // The next one is not asked for again.
    await desk.bridge.call("save", { changes: [change("document", "posting_summary", null)] });
    assert.deepEqual(desk.faults, []);
    await office.end();
    await desk.close();
  });
});

describe("looks", () => {
  for (const { name, settings, media } of LOOKS)
    test(name, async () => {
      const desk = await chromium.open({ fill: posting, settings, media });
      const office = await new Office().begin();
      await doubleClick(desk, await office.decide(await exported(desk), returned(await lectureOf(desk))));
      await desk.page.waitForSelector("dialog[open]");
      await clean(desk, "the fingerprint");
      await desk.keys("Control+Enter");
      await desk.page.waitForSelector(".comment");
      await clean(desk, "the decision");
      await desk.keys("Control+1");
      await desk.page.waitForSelector("#open-comments");
      await clean(desk, "the open comments");
      await office.end();
      await desk.close();
    });
});
