// What a package says of its parts: the texts of all licences, and a bill of materials (CycloneDX). `cargo xtask dist` builds
// it; the same list stands in the window under 关于.
import { readFileSync } from "node:fs";
import path from "node:path";

import { defineConfig, type Plugin } from "vite";

import { licences, type Part } from "./licences.ts";

const ENTRY = "virtual:parts";

/** The one place where the version stands. */
function version(): string {
  const manifest = readFileSync(path.resolve(import.meta.dirname, "../Cargo.toml"), "utf8");
  return /^version = "(.+)"$/m.exec(manifest)?.[1] ?? "";
}

function component({ kind, name, version, licence }: Part) {
  // `MIT/Apache-2.0` is how old crates write OR.
  const expression = licence.replaceAll("/", " OR ");
  const purl = kind === "font" ? {} : { purl: `pkg:${kind}/${name.replace("@", "%40")}@${version}` };
  return {
    type: kind === "font" ? "file" : "library",
    name,
    ...(version === "" ? {} : { version }),
    ...(expression === "" ? {} : { licenses: [{ expression }] }),
    ...purl,
  };
}

function bill(parts: Part[]): string {
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      component: {
        type: "application",
        name: "xiaxiangzhi",
        version: version(),
        licenses: [{ expression: "MIT OR Apache-2.0" }],
      },
    },
    components: parts.map(component),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function texts(): string {
  const { parts, texts } = licences();
  const line = "=".repeat(78);
  const blocks = texts.map((text, n) => {
    const these = parts.filter((part) => part.texts.includes(n));
    const names = these.map((part) => `${part.name} ${part.version}`.trim()).join("\n");
    return `${line}\n${names}\n${line}\n\n${text}\n`;
  });
  const bare = parts.filter((part) => part.texts.length === 0);
  const rest = bare.map((part) => `${part.name} ${part.version}: ${part.licence}`);
  const end =
    rest.length === 0 ? [] : [`${line}\nWithout a text of their own\n${line}\n\n${rest.join("\n")}\n`];
  return [...blocks, ...end].join("\n");
}

function partsPlugin(): Plugin {
  return {
    name: "parts",
    resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : null),
    load: (id) => (id === `\0${ENTRY}` ? "" : null),
    generateBundle(_options, bundle) {
      for (const name of Object.keys(bundle)) delete bundle[name];
      this.emitFile({ type: "asset", fileName: "third-party-licences.txt", source: texts() });
      this.emitFile({ type: "asset", fileName: "sbom.cdx.json", source: bill(licences().parts) });
    },
  };
}

export default defineConfig({
  plugins: [partsPlugin()],
  publicDir: false,
  logLevel: "warn",
  build: { emptyOutDir: false, rollupOptions: { input: ENTRY } },
});
