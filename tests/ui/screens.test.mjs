// Every screen and page, full and empty, in looks that bring up each pair of language, colours, type size and motion: no
// accessibility violation, nothing sideways, no word cut off, no complaint.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { LOOKS, posting, start } from "./harness.mjs";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

async function sound(desk, what) {
  assert.deepEqual(await desk.violations(), [], what);
  assert.equal(await desk.sideways(), 0, `${what} scrolls sideways`);
  assert.deepEqual(await desk.clipped(), [], what);
}

/** Each place of the navigation, one after another. */
async function everyPlace(desk, what) {
  const places = await desk.page.locator("nav .place").count();
  assert.ok(places >= 4, `only ${places} places in the navigation`);
  for (let place = 1; place <= places; place++) {
    await desk.keys(`Control+${place}`);
    await desk.page.waitForFunction(
      (at) => document.querySelectorAll("nav .place")[at]?.getAttribute("aria-current") === "page",
      place - 1,
    );
    await desk.page.waitForSelector("h1");
    await sound(desk, `${await desk.text("h1")}, ${what}`);
  }
}

for (const look of LOOKS) {
  describe(`screens, ${look.name}`, () => {
    test("are sound", async () => {
      const desk = await chromium.open({ fill: posting, ...look });
      await everyPlace(desk, "full");
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });

    test("are sound while they are empty", async () => {
      const desk = await chromium.open({ fill: () => [], ...look });
      await everyPlace(desk, "empty");
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });

    test("every page of the settings", async () => {
      const desk = await chromium.open({ fill: posting, ...look });
      // Settings are the last place of the navigation.
      await desk.keys(`Control+${await desk.page.locator("nav .place").count()}`);
      const pages = desk.page.locator(".columns nav button");
      await pages.first().waitFor();
      for (let page = 0; page < (await pages.count()); page++) {
        await pages.nth(page).click();
        await sound(desk, await pages.nth(page).innerText());
      }
      await desk.close();
    });

    test("several open days at once", async () => {
      const desk = await chromium.open({ fill: posting, ...look });
      await desk.keys("Control+b");
      await desk.page.waitForSelector("#fill-note-0");
      await sound(desk, "several days");
      await desk.close();
    });

    test("leave while it is written", async () => {
      const desk = await chromium.open({ fill: posting, ...look });
      await desk.keys("Control+4");
      await desk.page.fill("#leave-from", "3.26");
      await desk.page.fill("#leave-to", "3.30");
      await desk.page.waitForSelector("#leave-effect");
      await sound(desk, "leave");
      await desk.close();
    });

    test("what lies over a screen", async () => {
      const desk = await chromium.open({ fill: posting, ...look });
      await desk.page.waitForSelector('[role="radio"]:focus');
      // Today is not filled in, and what was never entered has no history.
      await desk.keys("PageUp");
      await desk.page.waitForSelector('[role="radio"][aria-checked="true"]');
      const layers = [
        ["search", "Control+f", "dialog[open] input[role=combobox]:focus"],
        ["history", "Control+h", "dialog[open]"],
        ["help", "F1", "dialog[open] .article h3"],
        ["a day to go to", "Control+g", "#go-to-day:focus"],
      ];
      for (const [what, keys, there] of layers) {
        await desk.keys(keys);
        await desk.page.waitForSelector(there);
        if (what === "search") {
          await desk.page.fill(there.replace(":focus", ""), "gxy");
          await desk.page.waitForSelector("dialog[open] [role=option]");
        }
        await sound(desk, what);
        await desk.keys("Escape");
        await desk.page.waitForFunction(() => !document.querySelector("dialog[open]"));
      }
      await desk.keys("Control+n");
      await desk.page.waitForSelector("#activity-date");
      await sound(desk, "a new lecture");
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });

    test("first run", async () => {
      const desk = await chromium.open(look);
      await sound(desk, "first run");
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });
  });
}

test("a word that is cut off would be noticed", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.page.evaluate(() => {
    document.querySelector("h1").style.cssText = "width: 1rem; overflow: hidden; white-space: nowrap";
  });
  assert.equal((await desk.clipped()).length, 1);
  await desk.close();
});
