import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

import svelteConfig from "./svelte.config.js";

const desktop = { group: ["@tauri-apps/*"], message: "Only src/api talks to the desktop framework." };

/** Keeps the tiers: components know no domain, screens know no framework. */
const only = (...patterns) => ["error", { patterns }];

export default ts.config(
  { ignores: ["dist/", "src/api/types/"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  { rules: { "no-console": "error", eqeqeq: "error", "svelte/require-each-key": "error" } },
  { files: ["src/**"], ignores: ["src/api/**"], rules: { "no-restricted-imports": only(desktop) } },
  {
    files: ["src/components/**"],
    rules: {
      "no-restricted-imports": only(desktop, {
        group: ["**/screens/**", "**/api/**", "**/state/**", "**/shell/**"],
        message: "Components know no domain: pass values and callbacks.",
      }),
    },
  },
  { files: ["*.config.*"], languageOptions: { globals: { ...globals.node } } },
);
