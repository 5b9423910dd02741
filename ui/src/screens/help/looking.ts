import type { FoundPage, PlaceholderView, TextPart } from "../../api";
import { i18n } from "../../i18n";
import { type HelpBlock, type HelpPage, helpPages, type HelpTexts } from "../../i18n/help/pages";
import type { Screen } from "../../state/store.svelte";
import { shortcuts } from "./shortcuts";

/** The page that F1 opens on each screen. */
const OF_SCREEN: Record<string, HelpPage> = {
  "first-run": "firstDay",
  who: "firstDay",
  today: "ordinaryDay",
  calendar: "attendance",
  duties: "duties",
  leave: "leave",
  diary: "diary",
  progress: "ahead",
  completion: "completion",
  review: "review",
  rollup: "review",
  backups: "backup",
  import: "workbooks",
  settings: "firstDay",
} satisfies Partial<Record<Screen | "rollup", HelpPage>>;

export function pageOf(screen: Screen): HelpPage {
  return OF_SCREEN[screen] ?? "ordinaryDay";
}

/** What was looked for, by the text it stands in. */
export type Marks = ReadonlyMap<string, TextPart[]>;

/** A placeholder as it is written. */
export const braced = (name: string) => `{{${name}}}`;

export const meaningOf = ({ meaning }: PlaceholderView) => (i18n.language === "en" ? meaning.en : meaning.zh);

/** Placeholders by what they are about, in the order of the catalogue. */
export function grouped(placeholders: readonly PlaceholderView[]) {
  const groups: { title: string; repeats: boolean; items: PlaceholderView[] }[] = [];
  for (const one of placeholders) {
    const title = i18n.language === "en" ? one.group.en : one.group.zh;
    const last = groups.at(-1);
    if (last && last.title === title && last.repeats === one.repeats) last.items.push(one);
    else groups.push({ title, repeats: one.repeats, items: [one] });
  }
  return groups;
}

function textsOf(block: HelpBlock, placeholders: readonly PlaceholderView[]): string[] {
  if (typeof block === "string") return [block];
  if ("steps" in block) return block.steps;
  if ("points" in block) return block.points;
  if ("heading" in block) return [block.heading];
  if ("alt" in block) return [block.alt];
  if ("keys" in block)
    return shortcuts().flatMap(({ title, rows }) => [title, ...rows.map(([, meaning]) => meaning)]);
  return grouped(placeholders).flatMap(({ title, items }) => [
    title,
    ...items.flatMap((one) => [braced(one.name), meaningOf(one), one.example]),
  ]);
}

/** The texts of each page as they are searched: its title, then all that stands below it. */
export function searched(texts: HelpTexts, placeholders: readonly PlaceholderView[]): string[][] {
  return helpPages.map((page) => {
    const { title, blocks } = texts[page];
    const below = blocks.flatMap((block) => textsOf(block, placeholders));
    return [title, ...below.flatMap(cut)];
  });
}

export function marksOf(found: readonly FoundPage[], pages: readonly string[][]): Marks {
  const all = found.flatMap(({ page, texts }) =>
    texts.map(({ text, parts }) => [pages[page]?.[text] ?? "", parts] as const),
  );
  return new Map(all);
}

/** A sentence cut at its keys: words first, then keys and words in turn. */
const cut = (text: string) => text.split(/\[\[(.+?)\]\]/);

export interface Piece {
  text: string;
  /** A key to press. */
  key?: boolean;
  marked?: boolean;
}

/** A text in pieces: keys, and the words that were looked for. */
export function piecesOf(text: string, marks: Marks): Piece[] {
  return cut(text).flatMap((part, i): Piece[] =>
    i % 2 === 1 ? [{ text: part, key: true }] : (marks.get(part) ?? [{ text: part }]),
  );
}
