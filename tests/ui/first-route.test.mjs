// What is read before the window shows itself: its own script is bounded, and the rest is read after it.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { root } from "./bridge.mjs";
import { posting, start } from "./harness.mjs";

const MOST = 250_000;
let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

/** The scripts asked for until the page says that there is something to see, and those asked for afterwards. */
async function scripts(options) {
  const desk = await chromium.open(options);
  // What this page is still reading ahead is not the next one's.
  await desk.page.goto("about:blank");
  const [first, later] = [[], []];
  let shown = false;
  const ask = desk.bridge.ask.bind(desk.bridge);
  desk.bridge.ask = (cmd, args) => {
    if (cmd === "window_ready") shown = true;
    return ask(cmd, args);
  };
  desk.page.on("request", (request) => {
    const name = new URL(request.url()).pathname;
    if (name.endsWith(".js")) (shown ? later : first).push(name);
  });
  await desk.load();
  await desk.until(() => later.some((name) => name.includes("Settings")), "the last screen is read ahead");
  return { desk, first, later };
}

const bytes = (names) =>
  names.reduce((sum, name) => sum + statSync(path.join(root, "ui/dist", name)).size, 0);

for (const language of ["zh-CN", "en"]) {
  test(`the first route is at most ${MOST} bytes of script, ${language}`, async () => {
    const { desk, first, later } = await scripts({
      fill: posting,
      settings: { language },
    });
    assert.equal(new Set(first).size, first.length);
    assert.ok(first.length > 3, `only ${first}`);
    assert.ok(bytes(first) <= MOST, `${bytes(first)} bytes: ${first.join(" ")}`);
    // The control: all of it together is more than the bound.
    assert.ok(bytes([...first, ...later]) > MOST, "nothing is left for later");
    assert.deepEqual(desk.faults, []);
    await desk.close();
  });
}

test("a screen asked for at once, before it is read ahead, is there without a fault", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.route("**/Progress-*.js", async (route) => {
    await desk.page.evaluate(() => null);
    await route.continue();
  });
  await desk.load();
  await desk.keys("Control+6");
  await desk.until(async () => (await desk.page.locator("h1").innerText()) === "进度", "progress");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a key pressed while its screen is being read waits for it", async () => {
  const desk = await chromium.open({ fill: posting });
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await desk.page.route("**/Completion-*.js", async (route) => {
    await held;
    await route.continue();
  });
  await desk.load();
  desk.answer(null);
  await desk.keys("Control+7", "Control+Enter");
  assert.equal(await desk.page.locator("h1").count(), 0, "the screen is there already");
  letGo();
  await desk.until(
    async () => (await desk.text("main")).includes("没有导出，什么都没有写。"),
    "the dialog was asked for, and cancelled",
  );
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a screen that cannot be read is said, and what is open stays whole", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.route("**/Progress-*.js", (route) => route.abort());
  await desk.load();
  await desk.keys("Control+6");
  await desk.page.waitForSelector("[role=alert]");
  await desk.keys("Control+1");
  await desk.until(async () => (await desk.page.locator("h1").innerText()).includes("3月19日"), "today");
  await desk.close();
});
