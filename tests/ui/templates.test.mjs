// The hospital's own form: loaded, seen through, tried on the posting, removed.
import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { posting, start } from "./harness.mjs";

const TEMPLATE = fileURLToPath(new URL("../fixtures/templates/assessment.docx", import.meta.url));

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

test("a template is loaded, tried and removed again", async () => {
  const desk = await chromium.open({ fill: posting });
  const page = desk.page;
  await page.getByRole("button", { name: "设置" }).first().click();
  await page.getByRole("button", { name: "表格模板" }).click();
  await page.getByText("用自带的表格", { exact: true }).first().waitFor();

  writeFileSync(path.join(desk.answers, "open.txt"), TEMPLATE);
  await page.getByRole("button", { name: "载入模板" }).first().click();
  await page.getByText("用单位的模板：assessment.docx").waitFor();
  await page.getByText("全部占位符").click();
  await page.getByText("{{lectures.date}}", { exact: true }).waitFor();

  await page.getByRole("button", { name: "存一份填好的" }).click();
  await page.getByText("填好的一份已存到").waitFor();
  assert.ok(readdirSync(desk.answers).some((name) => name.endsWith(".docx")));

  await page.getByRole("button", { name: "去掉模板" }).click();
  await page.getByRole("button", { name: "去掉，改用自带的表格" }).click();
  await page.getByText("用单位的模板：assessment.docx").waitFor({ state: "detached" });
  assert.ok(existsSync(TEMPLATE));
  await desk.close();
});
