// The hospital's own form: chosen or dropped, seen through before it is kept, tried on the posting, removed; and its page of help.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { LOOKS, posting, start } from "./harness.mjs";

const sample = (name) => fileURLToPath(new URL(`../fixtures/templates/${name}.docx`, import.meta.url));
const TEMPLATE = sample("assessment");
const TITLE = "dialog[open] .article h3";

let chromium;
before(async () => (chromium = await start()));
after(() => chromium.stop());

async function drop(desk, file) {
  await desk.bridge.offer(file);
  await desk.page.evaluate((paths) => window.callOut("tauri://drag-drop", { paths }), [file]);
}

/** A copy of a sample in which a placeholder is misspelt. */
function misspelt(desk) {
  const file = path.join(desk.dir, "错.docx");
  const rewrite = [
    "import sys, zipfile",
    "with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], 'w') as new:",
    "    for name in old.namelist():",
    "        new.writestr(name, old.read(name).replace(b'{{physician.title}}', b'{{physician.titel}}'))",
  ];
  execFileSync("python3", ["-c", rewrite.join("\n"), TEMPLATE, file]);
  return file;
}

const kept = async (desk, form = "sheet") =>
  (await desk.bridge.call("templates")).find((one) => one.form === form).name;

test("a template is loaded, tried and removed again", async () => {
  const desk = await chromium.open({ fill: posting });
  const page = desk.page;
  await page.getByRole("button", { name: "设置" }).first().click();
  await page.getByRole("button", { name: "表格模板" }).click();
  await page.getByText("用自带的表格", { exact: true }).first().waitFor();

  writeFileSync(path.join(desk.answers, "open.txt"), TEMPLATE);
  await page.getByRole("button", { name: "载入模板" }).first().click();
  await page.waitForSelector("#template-look:focus");
  assert.equal(await page.inputValue("#template-form"), "sheet");
  await page.getByText("{{verdict.text}}", { exact: true }).waitFor();
  assert.equal(await kept(desk), null, "looking keeps nothing");
  await desk.keys("Control+Enter");
  await page.getByText("用单位的模板：assessment.docx").waitFor();
  await page.waitForSelector("#template-sheet:focus");

  await page.getByRole("button", { name: "存一份填好的" }).click();
  await page.getByText("填好的一份已存到").waitFor();
  assert.ok(readdirSync(desk.answers).some((name) => name.endsWith(".docx")));

  await page.getByRole("button", { name: "去掉模板" }).click();
  await page.getByRole("button", { name: "去掉，改用自带的表格" }).click();
  await page.getByText("用单位的模板：assessment.docx").waitFor({ state: "detached" });
  assert.ok(existsSync(TEMPLATE));
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a document dropped anywhere is shown with its placeholders, and kept for the form that is chosen", async () => {
  const desk = await chromium.open({ fill: posting });
  await desk.keys("Control+2");
  await drop(desk, sample("lectures"));
  await desk.page.waitForSelector("#template-look:focus");
  assert.equal(await desk.text("h1"), "表格模板");
  assert.match(
    await desk.text("main"),
    /看看 lectures\.docx[\s\S]*\{\{lectures\.date\}\}[\s\S]*每条记录一行/,
  );
  await desk.page.selectOption("#template-form", "rounds");
  await desk.keys("Control+Enter");
  await desk.until(async () => (await kept(desk, "rounds")) === "lectures.docx", "it is kept");

  // Another one on the page that is open already: what is in use is named before it goes.
  await drop(desk, TEMPLATE);
  await desk.page.getByText("看看 assessment.docx").waitFor();
  await desk.page.selectOption("#template-form", "rounds");
  await desk.page.getByText("现在用的是 lectures.docx，会换下来。").waitFor();
  await desk.page.getByRole("button", { name: "放下" }).click();
  await desk.page.getByText("用单位的模板：lectures.docx").waitFor();
  assert.equal(await kept(desk, "rounds"), "lectures.docx");
  await desk.page.getByRole("button", { name: "外观" }).click();
  await desk.page.getByRole("button", { name: "表格模板" }).click();
  await desk.page.getByText("用单位的模板：lectures.docx").waitFor();
  assert.equal(await desk.page.locator("#template-look").count(), 0, "what was put away does not come back");
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

test("a misspelt placeholder and a file that is no template are told, with the way to the list; nothing is kept", async () => {
  const desk = await chromium.open({ fill: posting });
  const page = desk.page;
  await drop(desk, misspelt(desk));
  await page.getByText("有 1 个占位符不认识").waitFor();
  assert.match(await desk.text("main"), /\{\{physician\.titel\}\}\s*是不是 \{\{physician\.title\}\}/);
  assert.equal(await page.getByRole("button", { name: "用这份模板" }).count(), 0);
  await page.locator("section.sheet").getByRole("button", { name: "占位符一览和写法" }).click();
  await page.waitForSelector(TITLE);
  assert.equal(await desk.text(TITLE), "用单位自己的表格");
  await desk.keys("Escape");

  const old = path.join(desk.dir, "旧.doc");
  writeFileSync(old, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]));
  await drop(desk, old);
  await page.getByText("这是旧版 .doc 文件，或加了密码").waitFor();
  assert.equal(await kept(desk), null);
  await drop(desk, TEMPLATE);
  await page.getByText("看看 assessment.docx").waitFor();
  assert.equal(await page.getByText("这是旧版 .doc 文件").count(), 0, "the refusal before is over");
  await desk.close();

  const nobody = await chromium.open({});
  await drop(nobody, TEMPLATE);
  await nobody.page.getByText("先新建一次派驻，再载入模板").waitFor();
  await nobody.close();
});

test("the page of help lists what the program knows, is found by any part of it, and F1 opens it", async () => {
  const desk = await chromium.open({ fill: posting });
  const page = desk.page;
  await drop(desk, TEMPLATE);
  await page.waitForSelector("#template-look:focus");
  await desk.keys("F1");
  await page.waitForSelector(`${TITLE}:has-text("用单位自己的表格")`);
  const listed = await page.locator("dialog[open] dt code").allInnerTexts();
  const known = await desk.bridge.call("placeholders");
  assert.deepEqual(
    listed,
    known.map((one) => `{{${one.name}}}`),
  );
  const words = await desk.text("dialog[open] .article");
  for (const one of known) assert.ok(words.includes(one.example.trim()), one.name);
  assert.match(words, /授课\s*每条记录一行/);

  await desk.keys("Control+f");
  for (const [query, marked] of [
    ["lectures.audience", "lectures.audience"],
    ["Licence_NUMBER", "licence_number"],
    ["拟晋升", "拟晋升"],
    ["njszc", "拟晋升职称"],
    ["大写 扣减", "扣减"],
  ]) {
    await page.fill("dialog[open] input[role=searchbox]", query);
    await desk.until(
      async () => (await page.locator("dialog[open] .article mark").allInnerTexts()).includes(marked),
      `${query} is marked`,
    );
    assert.equal(await desk.text(TITLE), "用单位自己的表格", query);
    await desk.until(
      () =>
        page
          .locator("dialog[open] mark")
          .first()
          .evaluate((mark) => {
            const { top, bottom } = mark.getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight;
          }),
      `${query} is in sight`,
    );
  }
  assert.deepEqual(desk.faults, []);
  await desk.close();
});

describe("a document that is looked at is accessible and fits", () => {
  for (const { name, ...look } of LOOKS)
    test(name, async () => {
      const desk = await chromium.open({ fill: posting, ...look });
      for (const file of [TEMPLATE, misspelt(desk)]) {
        await drop(desk, file);
        await desk.page.getByText(path.basename(file)).first().waitFor();
        await desk.page.waitForSelector("#template-look:focus");
        assert.deepEqual(await desk.violations(), []);
        assert.deepEqual(await desk.clipped(), []);
        assert.equal(await desk.sideways(), 0);
      }
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });
});
