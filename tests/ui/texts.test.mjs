// Every text that can be seen comes from the catalogues: none is missing in a language, none is there unused, none is
// written into a component. The controls are texts that the same search must find.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { root } from "./bridge.mjs";

const source = path.join(root, "ui/src");

function filesBelow(folder, ends) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => ends.some((end) => name.endsWith(end)))
    .map((name) => path.join(folder, name));
}

const CODE = filesBelow(source, [".ts", ".svelte"]).filter(
  (file) => !file.includes("/i18n/") && !file.includes("/api/types/"),
);

const withoutComments = (text) =>
  text
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|[^:"'`])\/\/[^\n]*/g, "$1");

/** Chinese in code. What reads typed dates knows the words people type, and no reader sees them. */
const READS_CHINESE = ["typed-date.ts"];
const chineseIn = (text) => [...withoutComments(text).matchAll(/[\u4e00-\u9fff]+/g)].map(([words]) => words);

/** Words between tags, and in attributes that are read out or shown. */
function wordsInMarkup(text) {
  const markup = withoutComments(text)
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/<style[\s\S]*?<\/style>/g, "");
  const attributes = [
    ...markup.matchAll(/\s(?:aria-label|aria-description|title|placeholder|alt|label|text)="([^"{}]*)"/g),
  ].map(([, value]) => value);
  let depth = 0;
  let plain = "";
  // What stands in braces is code.
  for (const letter of markup) {
    if (letter === "{") depth++;
    else if (letter === "}") depth--;
    else if (depth === 0) plain += letter;
  }
  const between = [...plain.matchAll(/>([^<>]*)</g)].map(([, value]) => value);
  return [...attributes, ...between].filter((words) => /\p{L}{2,}/u.test(words)).map((words) => words.trim());
}

/** What a language calls itself is the same in every language. */
const OWN_NAMES = ["简体中文"];
/** The program is called the same everywhere. */
const PROGRAM = "common.app";

test("no component holds words of its own", () => {
  assert.ok(CODE.length > 100, `only ${CODE.length} files`);
  const found = CODE.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const chinese = READS_CHINESE.includes(path.basename(file)) ? [] : chineseIn(text);
    const markup = file.endsWith(".svelte") ? wordsInMarkup(text) : [];
    return [...chinese.filter((words) => !OWN_NAMES.includes(words)), ...markup].map(
      (words) => `${path.relative(source, file)}: ${words}`,
    );
  });
  assert.deepEqual(found, []);
  // The controls.
  assert.deepEqual(chineseIn("const a = '出勤'; // 注\n"), ["出勤"]);
  assert.deepEqual(wordsInMarkup('<p>Hello {name}</p><img alt="A day" /><b aria-label={m.x}>{m.y}</b>'), [
    "A day",
    "Hello",
  ]);
});

const require = createRequire(path.join(root, "ui/package.json"));
const { runnerImport } = await import(pathToFileURL(require.resolve("vite")).href);

async function catalogue(language) {
  const parts = ["index.ts", "rest.ts"].map(async (name) => {
    const file = path.join(source, "i18n", language, name);
    const { module } = await runnerImport(file, { configFile: false, logLevel: "error" });
    return Object.values(module)[0];
  });
  return Object.assign({}, ...(await Promise.all(parts)));
}

/** Every text of a catalogue under its key: a word, a list, or a sentence with gaps. */
function texts(of, before = "") {
  return Object.entries(of).flatMap(([key, value]) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? texts(value, `${before}${key}.`)
      : [[`${before}${key}`, value]],
  );
}

test("both languages have the same texts, and each text is used", async () => {
  const [chinese, english] = await Promise.all(["zh-CN", "en"].map(catalogue));
  const [zh, en] = [new Map(texts(chinese)), new Map(texts(english))];
  assert.ok(zh.size > 1200, `only ${zh.size} texts`);
  assert.deepEqual([...en.keys()].sort(), [...zh.keys()].sort());
  for (const [key, text] of zh) {
    assert.equal(typeof en.get(key), typeof text, key);
    // A unit that English does without is blank there, and some states are said by nothing in either.
    const blanks = [text, en.get(key)].map((said) => typeof said === "string" && said.trim() === "");
    assert.ok(
      blanks[0] === blanks[1] || (!blanks[0] && /unit$/i.test(key)),
      `${key} is blank in one language`,
    );
  }
  // What is quoted from a Chinese notice, and the marks that a Chinese calendar prints on its days, stay what they are.
  const translated = (text) =>
    !/[\u4e00-\u9fff]/.test(text.replace(/「[^」]*」/g, "").replace(/^[休班]$/, ""));
  const untranslated = [...en].filter(([, text]) => typeof text === "string" && !translated(text));
  assert.deepEqual(
    untranslated.filter(([key]) => key !== PROGRAM),
    [],
  );
  assert.equal(translated("Not 翻译"), false);

  const code = CODE.map((file) => readFileSync(file, "utf8")).join("\n");
  const between = filesBelow(path.join(source, "i18n"), [".ts"])
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const unused = [...zh.keys()].filter((key) => !isUsed(key.split(".").at(-1), code, between));
  assert.deepEqual(unused, []);
  // The controls.
  assert.equal(isUsed("no_such_text_anywhere", code, between), false);
  assert.deepEqual(
    texts({ a: { b: "x" }, c: ["y"] }).map(([key]) => key),
    ["a.b", "c"],
  );
});

/** Whether a text's name is read anywhere: as a property, or as a value that the shell answers with. */
function isUsed(name, code, shared) {
  const property = new RegExp(`[.?]${name}\\b|\\b${name}\\b[^:\\n]*\\} = |["'\`]${name}["'\`]`);
  return property.test(code) || property.test(shared) || answered.has(name);
}

/** Codes that the shell answers with are looked up by their value. */
const answered = new Set(
  [
    ...filesBelow(path.join(source, "api/types"), [".ts"]).map((file) => readFileSync(file, "utf8")),
    ...filesBelow(path.join(root, "src-tauri"), [".rs"])
      .filter((file) => !file.includes("/gen/"))
      .map((file) => readFileSync(file, "utf8")),
    ...filesBelow(path.join(root, "src-tauri/core/schemes"), [".json"]).map((file) =>
      readFileSync(file, "utf8"),
    ),
  ].flatMap((text) => [...text.matchAll(/["`]([a-z][a-z0-9_]*)["`]/g)].map(([, word]) => word)),
);

test("every page of help is there in both languages, with the same parts", () => {
  const kinds = (language) =>
    [
      ...readFileSync(path.join(source, "i18n/help", `${language}.ts`), "utf8").matchAll(
        /^ {2}(\w+): \{|(steps|points|picture|keys|heading): ?("\w+"|\[|true)/gm,
      ),
    ].map(([whole]) => whole.trim());
  assert.ok(kinds("en").length > 30, `only ${kinds("en").length} blocks`);
  assert.deepEqual(kinds("en"), kinds("zh-CN"));
});

/** The files that a file reads before it is run, and itself. */
function closure(file, known = new Set()) {
  if (known.has(file) || file.includes("/i18n/")) return known;
  known.add(file);
  const reads = /^\s*(?:import|export)\s+(?!type)[^;]*?from\s+"(\.[^"]+)"/gm;
  for (const [, name] of readFileSync(file, "utf8").matchAll(reads)) {
    const wanted = path.resolve(path.dirname(file), name);
    const ends = ["", ".ts", ".svelte.ts", "/index.ts"].map((end) => wanted + end);
    const found = ends.find((each) => CODE.includes(each));
    if (found) closure(found, known);
  }
  return known;
}

test("what the first screen says is in the catalogue that is read first", async () => {
  const file = path.join(source, "i18n/zh-CN/index.ts");
  const { module } = await runnerImport(file, { configFile: false, logLevel: "error" });
  const first = Object.keys(module.first);
  const read = closure(
    path.join(source, "screens/today/Today.svelte"),
    closure(path.join(source, "main.ts")),
  );
  const asked = [...read].flatMap((name) =>
    [...readFileSync(name, "utf8").matchAll(/i18n\.m\.(\w+)/g)].map(([, key]) => key),
  );
  assert.ok(asked.includes("today") && asked.includes("shell"), "the search finds what is asked");
  assert.deepEqual(
    asked.filter((key) => !first.includes(key)),
    [],
  );
});
