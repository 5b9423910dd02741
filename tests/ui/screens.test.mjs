// Every screen, in light, dark and at 200 % type: no accessibility violation, nothing sideways, no complaint.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

const looks = [
  { name: "light", settings: { theme: "light" } },
  { name: "dark", settings: { theme: "dark" } },
  { name: "at 200 %", settings: { theme: "light", type_size: 200 } },
  { name: "English", settings: { theme: "light", language: "en" } },
];

for (const look of looks) {
  describe(`screens, ${look.name}`, () => {
    test("are accessible and fit", async () => {
      const desk = await chromium.open({ fill: posting, settings: look.settings });
      const places = await desk.page.locator("nav .place").count();
      assert.ok(places >= 4, `only ${places} places in the navigation`);
      for (let place = 1; place <= places; place++) {
        await desk.keys(`Control+${place}`);
        await desk.page.waitForFunction(
          (at) => document.querySelectorAll("nav .place")[at]?.getAttribute("aria-current") === "page",
          place - 1,
        );
        await desk.page.waitForSelector("h1");
        const title = await desk.text("h1");
        assert.deepEqual(await desk.violations(), [], title);
        assert.equal(await desk.sideways(), 0, `${title} scrolls sideways`);
      }
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });

    test("several open days at once", async () => {
      const desk = await chromium.open({ fill: posting, settings: look.settings });
      await desk.keys("Control+b");
      await desk.page.waitForSelector("#fill-note-0");
      assert.deepEqual(await desk.violations(), []);
      assert.equal(await desk.sideways(), 0);
      await desk.close();
    });

    test("leave while it is written", async () => {
      const desk = await chromium.open({ fill: posting, settings: look.settings });
      await desk.keys("Control+4");
      await desk.page.fill("#leave-from", "3.26");
      await desk.page.fill("#leave-to", "3.30");
      await desk.page.waitForSelector("#leave-effect");
      assert.deepEqual(await desk.violations(), []);
      assert.equal(await desk.sideways(), 0);
      await desk.close();
    });

    test("first run", async () => {
      const desk = await chromium.open({ settings: look.settings });
      assert.deepEqual(await desk.violations(), []);
      assert.equal(await desk.sideways(), 0);
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });
  });
}
