import { type HelpBlock, type HelpPage, helpPages, type HelpTexts } from "../../i18n/help/pages";
import type { Screen } from "../../state/store.svelte";

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

function textsOf(block: HelpBlock): string[] {
  if (typeof block === "string") return [block];
  if ("steps" in block) return block.steps;
  if ("points" in block) return block.points;
  if ("heading" in block) return [block.heading];
  return "alt" in block ? [block.alt] : [];
}

/** The pages in which every word of the query stands. */
export function pagesWith(texts: HelpTexts, query: string): HelpPage[] {
  const wanted = query.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  return helpPages.filter((page) => {
    const all = [texts[page].title, ...texts[page].blocks.flatMap(textsOf)].join("\n").toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}

export interface Piece {
  text: string;
  /** A key to press. */
  key?: boolean;
  marked?: boolean;
}

/** A text in pieces: keys, and the words that were looked for. */
export function piecesOf(text: string, query: string): Piece[] {
  const words = query.normalize("NFKC").split(/\s+/).filter(Boolean);
  const wanted = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return text.split(/\[\[(.+?)\]\]/).flatMap((part, i): Piece[] => {
    if (i % 2 === 1) return [{ text: part, key: true }];
    if (wanted === "") return [{ text: part }];
    return part
      .split(new RegExp(`(${wanted})`, "gi"))
      .map((piece, n) => ({ text: piece, marked: n % 2 === 1 }));
  });
}
