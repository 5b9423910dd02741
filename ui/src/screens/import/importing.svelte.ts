import { asBackendError, backend } from "../../api";
import type {
  BackendError,
  ColumnMeaning,
  ImportPreview,
  MarkMeaning,
  RowsAre,
  SheetMapping,
  WorkbookView,
} from "../../api";
import { store } from "../../state/store.svelte";

/** What a column can mean, by what the rows are; counts come behind these. */
export const MEANINGS: Record<RowsAre, Extract<ColumnMeaning, string>[]> = {
  days: ["nothing", "date", "person", "whole_day", "morning", "afternoon", "half", "note", "workload"],
  activities: [
    "nothing",
    "date",
    "person",
    "kind",
    "title",
    "place",
    "minutes",
    "participants",
    "audience",
    "note",
    "workload",
  ],
  leaves: [
    "nothing",
    "person",
    "kind",
    "period",
    "from",
    "from_half",
    "to",
    "to_half",
    "half",
    "reason",
    "approved_by",
    "approved_on",
    "notified_to",
    "notified_on",
    "returned_on",
  ],
  problems: [
    "nothing",
    "date",
    "person",
    "problem",
    "guidance",
    "corrective_action",
    "responsible",
    "due",
    "status",
    "rechecked_on",
    "result",
  ],
};

/** A meaning as a word for a select box. */
export function keyOf(meaning: ColumnMeaning): string {
  return typeof meaning === "string" ? meaning : `tally:${meaning.tally}`;
}

export function meaningOf(key: string): ColumnMeaning {
  return key.startsWith("tally:") ? { tally: key.slice(6) } : (key as ColumnMeaning);
}

/** What a mark means as a word for a select box; blank where nobody has said. */
export function keyOfMark(means: MarkMeaning | null): string {
  if (means === null) return "";
  if (means === "nothing") return means;
  return "status" in means ? `status:${means.status}` : `leave:${means.leave}`;
}

export function meaningOfMark(key: string): MarkMeaning {
  const [what, value] = key.split(":");
  if (what === "nothing") return "nothing";
  return (what === "status" ? { status: value } : { leave: value }) as MarkMeaning;
}

/** Something in the sheet says which day its rows are about. */
function hasDates(mapping: SheetMapping): boolean {
  const dated = mapping.columns.some((column) => ["date", "from", "period"].includes(keyOf(column)));
  return mapping.layout === "grid" || dated;
}

/** A workbook that is being looked at, how it is to be read, and what would come of that. Nothing here is stored. */
export class Importing {
  book = $state.raw<WorkbookView | null>(null);
  /** How each sheet is to be read; null where there is nothing in it. */
  mappings = $state.raw<(SheetMapping | null)[]>([]);
  /** The sheets that are imported. */
  chosen = $state.raw<number[]>([]);
  /** The sheet whose reading is being set. */
  shown = $state(0);
  /** The conflicts in which the workbook wins. */
  replace = $state.raw<string[]>([]);
  preview = $state.raw<ImportPreview | null>(null);
  failure = $state.raw<BackendError | null>(null);
  #asked = 0;

  get mapping(): SheetMapping | null {
    return this.mappings[this.shown] ?? null;
  }

  /** How many records would be entered. */
  get count(): number {
    const { preview } = this;
    return preview ? preview.days + preview.activities + preview.leaves + preview.problems : 0;
  }

  /** Reads a file; true where there is one to look at. */
  async open(path: string | null): Promise<boolean> {
    try {
      const book = await backend.readWorkbook(path);
      if (!book) return false;
      this.failure = null;
      this.preview = null;
      this.replace = [];
      this.mappings = book.sheets.map((sheet) => sheet.guess);
      const visible = book.sheets.flatMap((sheet, i) => (sheet.guess && !sheet.hidden ? [i] : []));
      const dated = visible.filter((i) => hasDates(this.mappings[i]!));
      this.chosen = dated.length > 0 ? dated : visible.slice(0, 1);
      this.shown = this.chosen[0] ?? 0;
      this.book = book;
      return true;
    } catch (reason) {
      this.failure = asBackendError(reason);
      return false;
    }
  }

  choose(sheet: number, on: boolean): void {
    const others = this.chosen.filter((each) => each !== sheet);
    this.chosen = on ? [...others, sheet].sort((a, b) => a - b) : others;
    if (on) this.shown = sheet;
  }

  set(part: Partial<SheetMapping>): void {
    const { shown } = this;
    this.mappings = this.mappings.map((each, i) => (i === shown && each ? { ...each, ...part } : each));
  }

  /** The kind of rows; what their columns then can no longer mean is let go of. */
  setRows(rows: RowsAre): void {
    const { mapping } = this;
    if (!mapping) return;
    const can = (meaning: ColumnMeaning) =>
      typeof meaning === "string" ? MEANINGS[rows].includes(meaning) : rows !== "leaves";
    this.set({ rows, columns: mapping.columns.map((column) => (can(column) ? column : "nothing")) });
  }

  setColumn(index: number, meaning: ColumnMeaning): void {
    const { mapping, book, shown } = this;
    if (!mapping || !book) return;
    const width = Math.max(mapping.columns.length, book.sheets[shown]?.head[0]?.length ?? 0);
    const columns = Array.from({ length: width }, (_, i) => mapping.columns[i] ?? "nothing");
    columns[index] = meaning;
    this.set({ columns });
  }

  setMark(symbol: string, means: MarkMeaning): void {
    const { mapping } = this;
    if (!mapping) return;
    const others = mapping.symbols.filter((each) => each.symbol !== symbol);
    this.set({ symbols: [...others, { symbol, means }] });
  }

  setReplaced(id: string, on: boolean): void {
    const others = this.replace.filter((each) => each !== id);
    this.replace = on ? [...others, id] : others;
  }

  /** Asks what would come of it; the latest question wins. */
  ask(): void {
    const { book } = this;
    if (!book) return;
    const asked = ++this.#asked;
    backend.previewImport(book.id, this.#wanted(), this.replace).then(
      (preview) => {
        if (asked !== this.#asked) return;
        this.preview = preview;
        this.failure = null;
      },
      (reason: unknown) => {
        if (asked !== this.#asked) return;
        this.preview = null;
        this.failure = asBackendError(reason);
      },
    );
  }

  /** Enters what the preview shows; answers how many records that were, or null where it was refused. */
  async enter(): Promise<number | null> {
    const { book, count } = this;
    if (!book || count === 0) return null;
    const wanted = this.#wanted();
    this.failure = await store.take(() => backend.importWorkbook(book.id, wanted, this.replace));
    return this.failure ? null : count;
  }

  #wanted(): SheetMapping[] {
    return this.chosen.flatMap((sheet) => this.mappings[sheet] ?? []);
  }
}
