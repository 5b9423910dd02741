// Texts that would do harm where a text is taken for more than a text, in every text field that a person can fill: the page
// shows them as text. Nothing runs, nothing is asked for, nothing opens, and nobody is led away.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { root } from "./bridge.mjs";
import { change, profile, start } from "./harness.mjs";

const every = JSON.parse(readFileSync(path.join(root, "tests/fixtures/payloads/payloads.json"), "utf8"));
const release = process.env["XIAXIANGZHI_TORTURE"] === "release";
const payloads = every.slice(0, release ? every.length : 200);
/** So many at a time, in a posting of their own. */
const BATCH = 25;

let browser;
before(async () => {
  browser = await start();
});
after(() => browser.stop());

const day = (number) => new Date(Date.parse("2026-01-05") + number * 86_400_000).toISOString().slice(0, 10);

/** As many of the texts as a name has room for. */
function joined(texts, limit) {
  let all = "";
  for (const text of texts) if ([...`${all} ${text}`].length <= limit) all = `${all} ${text}`.trim();
  return all;
}

/** Every text field of every record, with each of the texts. */
function records(texts) {
  const changes = [];
  texts.forEach((text, number) => {
    const date = day(number * 2);
    const id = () => randomUUID();
    const [activity, problem, leave] = [id(), id(), id()];
    changes.push(
      change("day", date, {
        date,
        morning: "present",
        afternoon: "present",
        note: text,
        tallies: { own: 1 },
      }),
      change("activity", activity, {
        id: activity,
        kind: ["lecture", "ward_round", "free_clinic", "training"][number % 4],
        date,
        title: text,
        place: text,
        audience: text,
        note: text,
        attachments: [],
      }),
      change("problem", problem, {
        id: problem,
        date,
        problem: text,
        guidance: text,
        corrective_action: text,
        responsible: text,
        due: day(number * 2 + 3),
        status: "open",
        result: text,
      }),
      change("leave", leave, {
        id: leave,
        kind: "personal_leave",
        from: day(number * 2 + 1),
        from_half: "morning",
        to: day(number * 2 + 1),
        to_half: "afternoon",
        reason: text,
        recipient_approval: { by: text, on: date },
        notification: { to: text, on: date },
      }),
    );
  });
  const long = joined(texts, 9_000);
  const parts = [
    "self_appraisal",
    "suggestions",
    "basics",
    "conduct",
    "medical_work",
    "teaching",
    "public_health",
  ];
  changes.push(
    change("tally_item", "own", { key: "own", label: joined(texts, 190), unit: texts[0] }),
    change("summary", "summary", Object.fromEntries(parts.map((part) => [part, long]))),
  );
  return changes;
}

function described(texts) {
  const name = joined(texts, 190);
  const own = profile();
  const said = {
    name,
    education: name,
    specialty: name,
    title: name,
    licence_number: name,
    promotion_target: name,
  };
  return {
    ...own,
    physician: { ...own.physician, ...said },
    supporting_hospital: name,
    home_department: name,
    recipient_unit: name,
    county_health_authority: name,
  };
}

/** What the page did that a text must not make it do. */
async function watched(desk) {
  const seen = [];
  const own = new URL(desk.address).origin;
  await desk.page.evaluate(() => {
    globalThis.__ran = undefined;
  });
  desk.page.on("dialog", (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  desk.page.on("popup", (page) => seen.push(`a window: ${page.url()}`));
  desk.page.on("framenavigated", (frame) => {
    if (new URL(frame.url()).origin !== own) seen.push(`led to ${frame.url()}`);
  });
  desk.page.on("request", (request) => {
    if (new URL(request.url()).origin !== own) seen.push(`asked for ${request.url()}`);
  });
  return seen;
}

/** Elements and attributes that only a text taken for markup could have made. */
const grown = () =>
  [...document.querySelectorAll("body *")]
    .filter((element) => {
      const handlers = element.getAttributeNames().some((name) => name.startsWith("on"));
      const link = /payload\.invalid|__ran/.test(
        (element.getAttribute("href") ?? "") +
          (element.getAttribute("src") ?? "") +
          (element.getAttribute("style") ?? ""),
      );
      const strange = ["IFRAME", "OBJECT", "EMBED", "MARQUEE", "BASE", "META", "MATH", "VIDEO", "AUDIO"];
      return handlers || link || strange.includes(element.tagName);
    })
    .map((element) => element.outerHTML.slice(0, 120));

const SCREENS = 9;

/** What stands on the page, typed text too, without blanks. */
const said = () =>
  [
    document.body.textContent,
    ...[...document.querySelectorAll("input, textarea")].map((field) => field.value),
  ]
    .join(" ")
    .replaceAll(/\s/gu, "");

async function visit(desk, what) {
  const found = [];
  let words = "";
  for (let screen = 1; screen <= SCREENS; screen += 1) {
    await desk.page.keyboard.press(`Control+${screen}`);
    const drawn = () =>
      desk.page.evaluate(() => (document.querySelector("main")?.textContent ?? "").trim() !== "");
    await desk.until(drawn, `${what}: screen ${screen} is drawn`, 60_000);
    await desk.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await desk.page.mouse.move(400 + screen, 300);
    const strange = await desk.page.evaluate(grown);
    found.push(...strange.map((element) => `${what}, screen ${screen}: ${element}`));
    words += await desk.page.evaluate(said);
  }
  return { found, words };
}

/** The same on the reviewer's desk, tab by tab. */
async function review(file, what) {
  const desk = await browser.open({ settings: { role: "supervisor" } });
  const seen = await watched(desk);
  await desk.bridge.offer(file);
  await desk.page.evaluate((name) => window.callOut("open-file", name), file);
  await desk.page.locator("[data-decision]").waitFor();
  const tabs = await desk.page.locator("[data-tab]").evaluateAll((all) => all.map((one) => one.dataset.tab));
  assert.ok(tabs.length > 3, what);
  const found = [];
  for (const tab of tabs) {
    await desk.page.click(`[data-tab=${tab}]`);
    await desk.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    found.push(...(await desk.page.evaluate(grown)).map((element) => `${what}, ${tab}: ${element}`));
  }
  const ran = await desk.page.evaluate(() => globalThis.__ran ?? null);
  assert.deepEqual([...found, ...seen, ran], [null], what);
  await desk.close();
}

test("payloads in every field are shown as text, and nothing of them runs", async () => {
  const taken = payloads.filter((payload) => !payload.refused).map((payload) => payload.text);
  let shown = 0;
  for (let from = 0; from < taken.length; from += BATCH) {
    const texts = taken.slice(from, from + BATCH);
    const desk = await browser.open({ fill: () => [] });
    const seen = await watched(desk);
    const posting = change("posting", "posting", described(texts));
    await desk.bridge.call("save", { changes: [posting, ...records(texts)] });
    await desk.load();
    const what = `payloads ${from} to ${from + texts.length}`;
    const { found, words } = await visit(desk, what);
    const ran = await desk.page.evaluate(() => globalThis.__ran ?? null);
    assert.deepEqual([...found, ...seen, ran], [null], what);
    const view = await desk.view();
    assert.equal(view.records.activities.length, texts.length, `${what}: all were kept`);
    const { path: file } = await desk.bridge.call("export_review_file", { pictures: [] });
    await review(file, `${what}, reviewed`);
    shown += texts.filter((text) => words.includes(text.replaceAll(/\s/gu, ""))).length;
    await desk.close();
  }
  assert.ok(shown >= taken.length * 0.95, `${shown} of ${taken.length} were on some screen`);
  console.log(
    `TORTURE payloads-in-the-window ${shown} payloads shown as text on ${SCREENS} screens and when reviewed`,
  );
});

test("what records refuse is refused by every command, and nothing is kept", async () => {
  const desk = await browser.open({ fill: () => [] });
  for (const { text } of payloads.filter((payload) => payload.refused)) {
    const id = randomUUID();
    const activity = { id, kind: "lecture", date: "2026-01-14", title: text };
    await assert.rejects(
      desk.bridge.call("save", { changes: [change("activity", id, activity)] }),
      JSON.stringify(text),
    );
  }
  assert.equal((await desk.view()).records.activities.length, 0);
  await desk.close();
});

test("a page that takes a text for markup is caught", async () => {
  const desk = await browser.open({ fill: () => [] });
  const seen = await watched(desk);
  const markup = payloads.map((payload) => payload.text).filter((text) => text.startsWith("<img"));
  await desk.page.evaluate((texts) => {
    const careless = document.createElement("div");
    careless.innerHTML = texts.join("");
    document.body.append(careless);
  }, markup);
  const strange = await desk.page.evaluate(grown);
  assert.ok(strange.length > 0 || seen.length > 0);
  await desk.close();
});
