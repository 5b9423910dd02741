// Takes the pictures of help and the one of the README: the built page on the real commands, an invented posting.
// `cargo xtask pictures` runs it. A picture that looks the same as before stays the same file.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "./bridge.mjs";
import { posting, start } from "./harness.mjs";

const folder = path.join(root, "ui/src/screens/help/pictures");
const VIEW = { width: 1180, height: 720 };
/** The longest side that help has room for, in pixels. */
const WIDEST = 760;

/** In order: what help calls it, how to get there, and which part of the window it shows. */
const PICTURES = [
  { name: "today", keys: ["Control+1"], shows: "#day-note", part: "main" },
  { name: "fill", keys: ["Control+1", "Control+b"], shows: "#fill-note-0", part: "main" },
  { name: "calendar", keys: ["Control+2"], part: "main" },
  { name: "duties", keys: ["Control+3"], part: "main" },
  { name: "leave", keys: ["Control+4"], part: "main" },
  { name: "progress", keys: ["Control+6"], part: "main" },
  { name: "completion", keys: ["Control+7"], shows: "main img", part: "main" },
];

/** WebP at the size it is shown in, drawn by the browser itself: no other program is needed. */
async function small(page, png) {
  const data = await page.evaluate(
    async ([base64, widest]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const scale = Math.min(1, widest / image.width);
      const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
      const context = canvas.getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.82 });
      let text = "";
      for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [png.toString("base64"), WIDEST],
  );
  return Buffer.from(data, "base64");
}

async function settled(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const ends = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ends.map((each) => each.finished));
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  });
}

async function take(desk, name, part, language) {
  await settled(desk.page);
  const png = await desk.page.locator(part).first().screenshot();
  const file = path.join(folder, `${name}-${language}.webp`);
  const webp = await small(desk.page, png);
  writeFileSync(file, webp);
  console.log(`${path.relative(root, file)} ${webp.length} bytes`);
}

mkdirSync(folder, { recursive: true });
const chromium = await start();
for (const language of ["zh-CN", "en"]) {
  const desk = await chromium.open({ fill: posting, settings: { language }, viewport: VIEW });
  for (const { name, keys, shows, part } of PICTURES) {
    await desk.keys(...keys.slice(0, 1));
    await desk.page.waitForSelector(`nav .place[aria-current=page] >> nth=0`);
    await desk.page.waitForSelector("h1");
    await settled(desk.page);
    await desk.keys(...keys.slice(1));
    if (shows) await desk.page.waitForSelector(shows);
    await take(desk, name, part, language);
    await desk.load();
  }
  const { path: file } = await desk.bridge.call("export_review_file");
  await desk.bridge.call("change_settings", { change: { role: "supervisor" } });
  await desk.load();
  desk.answer(file);
  await desk.page.locator("main button[data-primary], main .button.filled").first().click();
  await desk.page.waitForSelector(".banner");
  await take(desk, "review", "main", language);
  if (desk.faults.length > 0) throw new Error(desk.faults.join("\n"));
  await desk.close();
}
await chromium.stop();
