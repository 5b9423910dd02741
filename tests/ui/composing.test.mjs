// Input methods own their keys: in every kind of field and for every key of the program, nothing is done while one composes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const PLAIN = [
  "Enter",
  "Escape",
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Delete",
  "Backspace",
  "Tab",
  " ",
  "1",
  "2",
  "3",
  "4",
  "F1",
  "F6",
];
const WITH_CONTROL = [..."123456789nfpzysbtghw+-=0a", "Enter"];

/** Composes in the focused element: each key as an input method sends it, both ways there are. Answers those that were used. */
async function used(desk, composing = true) {
  return desk.page.evaluate(
    ({ plain, withControl, composing }) => {
      const field = document.activeElement;
      const strokes = [...plain.map((key) => [key, false]), ...withControl.map((key) => [key, true])];
      const ways = composing
        ? [
            { isComposing: true, keyCode: 13 },
            { isComposing: false, keyCode: 229 },
          ]
        : [{ isComposing: false, keyCode: 0 }];
      const taken = [];
      field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true, data: "" }));
      field.dispatchEvent(new CompositionEvent("compositionupdate", { bubbles: true, data: "nei" }));
      for (const [key, ctrlKey] of strokes)
        for (const way of ways) {
          const event = new KeyboardEvent("keydown", {
            key,
            ctrlKey,
            ...way,
            bubbles: true,
            cancelable: true,
          });
          field.dispatchEvent(event);
          const name = `${ctrlKey ? "Ctrl+" : ""}${key} ${way.keyCode}`;
          if (event.defaultPrevented) taken.push(name);
          else if (document.activeElement !== field) taken.push(`${name}: the focus went`);
        }
      field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "内" }));
      return taken;
    },
    { plain: PLAIN, withControl: WITH_CONTROL, composing },
  );
}

/** What the page and the records show; nothing of it may change while composing. */
async function state(desk) {
  const page = await desk.page.evaluate(() => ({
    title: document.querySelector("h1")?.textContent,
    fields: [...document.querySelectorAll("input, textarea, select")].map((field) => field.value),
    chosen: [...document.querySelectorAll("[aria-checked=true], [aria-selected=true], [data-chosen]")].length,
    layers: document.querySelectorAll("dialog[open], [role=menu], .toast").length,
    size: document.documentElement.style.fontSize,
  }));
  const { head, drafts } = await desk.view();
  return { ...page, n: head.n, drafts: drafts.length };
}

const fieldsOf = (desk) =>
  desk.page.evaluate(() => {
    const all = [...document.querySelectorAll("main [data-field], main [role=radio], main [data-row]")];
    const seen = all.filter((element) => element.offsetParent !== null && !element.disabled);
    seen.forEach((element, i) => element.setAttribute("data-nth", i));
    return seen.map((element) => element.getAttribute("aria-label") ?? element.id ?? element.tagName);
  });

async function tryAll(desk, where) {
  const names = await fieldsOf(desk);
  for (let i = 0; i < names.length; i++) {
    await desk.page.evaluate((i) => document.querySelector(`[data-nth="${i}"]`).focus(), i);
    const before = await state(desk);
    assert.deepEqual(await used(desk), [], `${where}: ${names[i]}`);
    assert.deepEqual(await state(desk), before, `${where}: ${names[i]} changed something`);
  }
  return names.length;
}

const SCREENS = {
  today: "1",
  calendar: "2",
  duties: "3",
  leave: "4",
  diary: "5",
  completion: "7",
  settings: "9",
};

for (const [screen, digit] of Object.entries(SCREENS))
  test(`nothing is done while an input method composes: ${screen}`, async () => {
    const desk = await chromium.open({ fill: posting });
    await desk.page.waitForSelector('[role="radio"]:focus');
    if (digit !== "1") {
      await desk.keys(`Control+${digit}`);
      await desk.page.waitForSelector(`nav .place[aria-current="page"] >> nth=0`);
      await desk.until(async () => (await desk.text("h1")) !== "3月19日 周四", screen);
    }
    await desk.page.waitForSelector("main h1");
    const tried = await tryAll(desk, screen);
    if (screen !== "completion") assert.ok(tried > 0, "there are fields");
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });

test("nothing is done while composing in the table of several days", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+b");
  await desk.page.waitForSelector("#fill-note-3");
  assert.ok((await tryAll(desk, "several days")) >= 8);
  await desk.close();
});

test("the same keys are used when nothing is composed", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.waitForSelector('[role="radio"]:focus');
  const taken = await used(desk, false);
  for (const key of ["Enter", "PageUp", "1", "F1", "F6", "Ctrl+2", "Ctrl+s", "Ctrl+t", "Ctrl+g", "Ctrl+w"])
    assert.ok(
      taken.some((each) => each.startsWith(`${key} `)),
      `${key} is used: ${taken}`,
    );
  await desk.close();
});

test("what a real input method sends arrives whole", async () => {
  const desk = await chromium.open({ fill: posting });
  const client = await desk.page.context().newCDPSession(desk.page);
  const compose = async (steps, text) => {
    for (const step of steps)
      await client.send("Input.imeSetComposition", {
        text: step,
        selectionStart: step.length,
        selectionEnd: step.length,
      });
    await client.send("Input.insertText", { text });
  };
  await desk.page.focus("#day-note");
  await compose(["n", "nei", "nei ke", "内科"], "内科门诊");
  await desk.page.focus("#tally-0");
  await compose(["2"], "２４");
  await desk.keys("Control+g");
  await desk.page.waitForSelector("#go-to-day:focus");
  await compose(["z", "zhou", "zhou san"], "周三");
  await desk.until(async () => (await desk.text(".words + .actions .echo")) === "3月18日 周三", "the echo");
  await desk.keys("Enter");
  await desk.until(async () => (await desk.text("h1")) === "3月18日 周三", "there");
  await desk.until(async () => (await desk.day("2026-03-19"))?.tallies.outpatient_visits === 24, "stored");
  assert.equal((await desk.day("2026-03-19")).note, "内科门诊");
  await desk.close();
});
