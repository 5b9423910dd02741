// What works everywhere: screens by number, type size, areas, the language, the menu of narrow windows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

test("screens by number, areas by F6, type size by Ctrl and plus", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+6");
  await desk.until(async () => (await desk.text("h1")) === "进度", "progress");
  const areas = new Set();
  for (let i = 0; i < 4; i++) {
    await desk.keys("F6");
    areas.add(
      await desk.page.evaluate(() =>
        document.activeElement.closest("[data-area]")?.getAttribute("data-area"),
      ),
    );
  }
  assert.deepEqual([...areas].sort(), ["content", "header", "navigation", "status"]);
  await desk.keys("Control+=");
  await desk.until(async () => (await desk.bridge.call("app_state")).type_size === 110, "stored");
  assert.equal(await desk.page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "17.6px");
  await desk.keys("Control+0");
  await desk.until(async () => (await desk.bridge.call("app_state")).type_size === 100, "back");
  await desk.keys("Control+s");
  await desk.until(async () => (await desk.text(".toasts")).includes("一直在自动保存"), "Ctrl+S reassures");
  await desk.close();
});

test("at 200 % the navigation is a menu that closes by Escape and by a press elsewhere", async () => {
  const desk = await chromium.open({ fill: posting, settings: { type_size: 200 } });
  const places = desk.page.locator("nav .place").first();
  assert.equal(await places.isVisible(), false);
  await desk.page.locator("nav .menu").click();
  await places.waitFor({ state: "visible" });
  assert.deepEqual(await desk.violations(), []);
  await desk.keys("Escape");
  await places.waitFor({ state: "hidden" });
  await desk.page.locator("nav .menu").click();
  await places.waitFor({ state: "visible" });
  await desk.page.locator(".status-line").click();
  await places.waitFor({ state: "hidden" });
  await desk.close();
});

test("forced colours keep every mark and border", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.emulateMedia({ forcedColors: "active" });
  for (const place of [1, 2, 3, 4, 5]) {
    await desk.keys(`Control+${place}`);
    await desk.page.waitForSelector("h1");
    assert.deepEqual(await desk.violations(), []);
  }
  await desk.close();
});

test("a refused save says so and keeps what was typed", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.bridge.kill();
  desk.bridge.ask = async () => ({
    err: {
      code: "disk_full",
      what: { zh: "没有存上：磁盘已满。", en: "Not saved: the disk is full." },
      safe: { zh: "刚才写的还在这里，没有丢。", en: "Your text is still here." },
      next: { zh: "腾出空间后按「再存一次」。", en: "Free some space, then Save again." },
      faults: [],
    },
  });
  await desk.page.fill("#day-note", "写了就不能丢");
  await desk.page.waitForSelector(".not-saved");
  assert.match(await desk.text(".not-saved"), /磁盘已满/);
  assert.match(await desk.text(".not-saved"), /再存一次/);
  assert.equal(await desk.page.inputValue("#day-note"), "写了就不能丢");
  assert.match(await desk.text(".status-line"), /没有存上/);
  await desk.close();
});
