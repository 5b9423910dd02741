// The licences of everything that is bundled: crates as Cargo resolves them for this platform, npm packages as the lock
// names them, fonts. Made anew by each build, so that no list can go stale.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Plugin } from "vite";

export interface Part {
  /** Where it comes from; `font` for what is bundled with us. */
  kind: "cargo" | "npm" | "font";
  name: string;
  version: string;
  licence: string;
  /** Numbers of texts. */
  texts: number[];
}

const top = path.resolve(import.meta.dirname, "..");
const ui = import.meta.dirname;
interface Found {
  kind: Part["kind"];
  name: string;
  version: string;
  licence: string;
  folder: string;
  /** The files of the texts; where not named, those that are called like one. */
  files?: string[];
}

/** The programs that are shipped. */
const PROGRAMS = ["xiaxiangzhi", "xxz"];
const TEXT_FILES = /^(licen[cs]e|copying|notice|unlicense|copyright)/i;

interface Package {
  id: string;
  name: string;
  version: string;
  license: string | null;
  license_file: string | null;
  manifest_path: string;
}
interface Node {
  id: string;
  deps: { pkg: string; dep_kinds: { kind: string | null }[] }[];
}
interface Metadata {
  packages: Package[];
  workspace_members: string[];
  resolve: { nodes: Node[] };
}

function run(program: string, ...words: string[]): string {
  return execFileSync(program, words, { cwd: top, encoding: "utf8", maxBuffer: 1 << 28 });
}

/** The crates that end up in the programs: what builds or tests them stays out. */
function crates(): Found[] {
  const host = /^host: (.+)$/m.exec(run("rustc", "-vV"))?.[1] ?? "";
  const words = ["metadata", "--format-version=1", "--locked", `--filter-platform=${host}`];
  const { packages, workspace_members, resolve } = JSON.parse(run("cargo", ...words)) as Metadata;
  const byId = new Map(packages.map((each) => [each.id, each]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const open = workspace_members.filter((id) => PROGRAMS.includes(byId.get(id)?.name ?? ""));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { pkg, dep_kinds } of nodes.get(id)?.deps ?? [])
      if (dep_kinds.some(({ kind }) => kind === null)) open.push(pkg);
  }
  return [...seen]
    .filter((id) => !workspace_members.includes(id))
    .map((id) => byId.get(id)!)
    .map(({ name, version, license, license_file, manifest_path }) => ({
      kind: "cargo",
      name,
      version,
      licence: license ?? license_file ?? "",
      folder: path.dirname(manifest_path),
    }));
}

interface Locked {
  version: string;
  dev?: boolean;
  license?: string;
  dependencies?: Record<string, string>;
}

/** The npm packages that end up in the page; Svelte's own runtime is one although only the build asks for it. */
function modules(): Found[] {
  const lock = JSON.parse(readFileSync(path.join(ui, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  const runtime = ["svelte", ...Object.keys(lock.packages["node_modules/svelte"]?.dependencies ?? {})];
  return Object.entries(lock.packages)
    .map(([place, locked]) => ({ place, locked, name: place.replace(/^.*node_modules\//, "") }))
    .filter(({ place, locked, name }) => place !== "" && (!locked.dev || runtime.includes(name)))
    .map(({ place, locked, name }) => ({
      kind: "npm",
      name,
      version: locked.version,
      licence: locked.license ?? "",
      folder: path.join(ui, place),
    }));
}

const fonts = (): Found[] => [
  {
    kind: "font",
    name: "Noto Sans SC, Noto Serif SC",
    version: "",
    licence: "OFL-1.1",
    folder: path.join(top, "src-tauri/forms/fonts"),
    files: ["OFL.txt"],
  },
];

function textsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { withFileTypes: true });
  return files
    .filter((each) => each.isFile() && TEXT_FILES.test(each.name))
    .map((each) => each.name)
    .sort();
}

/** Parts with their texts; a text that several have is there once. */
export function licences(): { parts: Part[]; texts: string[] } {
  const texts: string[] = [];
  const known = new Map<string, number>();
  const number = (file: string) => {
    const text = readFileSync(file, "utf8").replace(/\r\n/g, "\n").trim();
    // Licences are wrapped and indented in many ways; their words are what is compared.
    const words = text.replace(/\s+/g, " ");
    if (!known.has(words)) known.set(words, texts.push(text) - 1);
    return known.get(words)!;
  };
  const found = [...crates(), ...modules(), ...fonts()];
  const parts = found.map(({ kind, name, version, licence, folder, files = textsIn(folder) }): Part => {
    const numbers = [...new Set(files.map((file) => number(path.join(folder, file))))];
    // A part that names no licence says it in its text alone.
    const titled = /^(?:The )?(.+) Licen[cs]e\b/i.exec(texts[numbers[0] ?? -1] ?? "")?.[1] ?? "";
    return { kind, name, version, licence: licence || titled, texts: numbers };
  });
  parts.sort((a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"));
  const same = (a: Part, b: Part | undefined) =>
    a.kind === b?.kind && a.name === b.name && a.version === b.version;
  return { parts: parts.filter((part, i) => !same(part, parts[i - 1])), texts };
}

const NAME = "virtual:licences";

/** `import { parts, texts } from "virtual:licences"`. */
export function licencesPlugin(): Plugin {
  return {
    name: "licences",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      const { parts, texts } = licences();
      // As strings: a parser of JSON reads them several times faster than one of scripts.
      const literal = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
      return `export const parts = ${literal(parts)};\nexport const texts = ${literal(texts)};\n`;
    },
  };
}
