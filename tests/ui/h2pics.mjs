import { start, posting, profile, change } from "./harness.mjs";
import { readFileSync } from "node:fs";
const chromium = await start();
const which = process.argv[2] ?? "all";
const NOTICE = readFileSync(new URL("./holidays.test.mjs", import.meta.url), "utf8").match(
  /NOTICE = `([^`]*)`/,
)[1];
const looks = { light: {}, dark: { theme: "dark" }, 200: { type_size: 200 } };
for (const [name, settings] of Object.entries(looks)) {
  const shot = (desk, what, full = false) =>
    desk.page.screenshot({ path: `/tmp/h2pics/${what}-${name}.png`, fullPage: full });
  if (which === "all" || which === "holidays") {
    const desk = await chromium.open({
      now: "2026-12-01T09:00:00Z",
      settings: { role: "physician", ...settings },
    });
    await desk.bridge.call("create_posting", {
      profile: { ...profile(), start: "2027-01-04", end: "2027-04-04" },
    });
    await desk.load();
    await desk.keys("Control+8");
    await desk.page.waitForSelector("main nav button");
    await desk.page.locator("main nav button", { hasText: "节假日" }).click();
    await desk.page.waitForSelector("#roster-title");
    await shot(desk, "holidays");
    await desk.page.locator("#load-notice button").click();
    await desk.page.waitForSelector("#notice-text");
    await desk.page.fill("#notice-text", NOTICE);
    await desk.page.waitForSelector('table[aria-label="通知里的每一天"]');
    await desk.page.waitForTimeout(600);
    await shot(desk, "loader");
    await desk.page.evaluate(() => document.querySelector("main").scrollTo(0, 450));
    await desk.page.waitForTimeout(100);
    await shot(desk, "loader2");
    await desk.close();
  }
  if (which === "all" || which === "calendar") {
    const desk = await chromium.open({ fill: posting, settings });
    await desk.keys("Control+2");
    await desk.page.waitForSelector('[data-calendar], [role="grid"]');
    await desk.page.waitForTimeout(300);
    await shot(desk, "calendar-mar");
    await desk.page.locator('button[aria-label="上个月"]').click();
    await desk.page.waitForTimeout(300);
    await shot(desk, "calendar-feb");
    await desk.page.evaluate(() => document.querySelector("main").scrollTo(0, 600));
    await desk.page.waitForTimeout(100);
    await shot(desk, "calendar-feb2");
    await desk.close();
  }
  if (which === "all" || which === "leave") {
    const desk = await chromium.open({ fill: posting, settings });
    await desk.keys("Control+4");
    await desk.page.waitForSelector("#leave-from");
    await shot(desk, "leave-empty");
    await desk.page.fill("#leave-from", "3.26");
    await desk.page.fill("#leave-to", "3.30");
    await desk.page.waitForSelector("#leave-effect");
    await desk.page.waitForTimeout(600);
    await shot(desk, "leave");
    await desk.page.fill("#leave-from", "2.4");
    await desk.page.fill("#leave-to", "2.5");
    await desk.page.waitForTimeout(600);
    await shot(desk, "leave-conflict");
    await desk.page.fill("#leave-from", "2.5");
    await desk.page.fill("#leave-to", "2.6");
    await desk.page.waitForTimeout(900);
    await shot(desk, "leave-group");
    await desk.close();
  }
}
await chromium.stop();
