import { SvelteSet } from "svelte/reactivity";

import { backend } from "../api";
import type { RollUpDecision, RollUpFigure, RollUpLine, RollUpScheme, RollUpView } from "../api";
import { i18n } from "../i18n";
import { store } from "./store.svelte";

/** Which files are shown. */
export type Filter = "all" | "at_fault" | "failed" | "asks" | "passes" | "decided" | "chosen";

/** A column that can be sorted by: a requirement's id, or one of these. */
export type Column =
  "outcome" | "name" | "department" | "unit" | "file" | "questions" | "payable" | "decided" | (string & {});

const OUTCOMES = { at_fault: 0, failed: 1, open: 2, asks: 3, passes: 4, set_aside: 5 };
/** How often a run is asked for what is new. */
const BETWEEN = 120;

/** The roll-up: it stays as it is while other screens are looked at. Which of its files count is the shell's to say. */
class RollUp {
  lines = $state.raw<RollUpLine[]>([]);
  schemes = $state.raw<RollUpScheme[]>([]);
  sums = $state.raw<RollUpView["sums"]>(null);
  decisions = $state.raw<Map<number, RollUpDecision>>(new Map());
  running = $state(false);
  done = $state(0);
  all = $state(0);
  passedOver = $state(0);
  seconds = $state(0);
  filter = $state<Filter>("all");
  query = $state("");
  sort = $state<{ column: Column; falling: boolean }>({ column: "outcome", falling: false });
  /** The scheme whose requirements are columns; null for the one with the most files. */
  scheme = $state<number | null>(null);
  /** Chosen lines, by place; choice lives across filters. */
  readonly chosen = new SvelteSet<number>();
  /** The line that has, or had last, the focus. */
  current = $state<number | null>(null);
  #round = -1;
  #asking = false;

  /** The scheme that gives the columns. */
  readonly shownScheme = $derived.by(() => {
    if (this.scheme !== null) return this.scheme;
    const counts = this.schemes.map(() => 0);
    for (const line of this.lines) if (line.scheme !== null) counts[line.scheme]!++;
    return Math.max(0, counts.indexOf(Math.max(...counts)));
  });
  readonly columns = $derived(this.schemes[this.shownScheme]?.requirements ?? []);

  readonly counts = $derived.by(() => {
    const counts: Record<Exclude<Filter, "chosen">, number> = {
      all: 0,
      at_fault: 0,
      failed: 0,
      asks: 0,
      passes: 0,
      decided: 0,
    };
    for (const line of this.lines)
      for (const filter of Object.keys(counts) as (keyof typeof counts)[])
        if (this.#fits(line, filter)) counts[filter]++;
    return counts;
  });

  /** The lines that are shown, in their order. */
  readonly shown = $derived.by(() => {
    const words = this.query.trim().toLowerCase();
    const lines = this.lines.filter(
      (line) =>
        this.#fits(line, this.filter) &&
        (words === "" ||
          [line.physician, line.home_department, line.recipient_unit, line.file_name].some((text) =>
            text.toLowerCase().includes(words),
          )),
    );
    return lines.sort(this.#order());
  });

  /** The chosen files that can be approved: those that count. */
  readonly approvable = $derived(
    [...this.chosen]
      .map((at) => this.lines[at])
      .filter((line): line is RollUpLine => line?.standing === "counted"),
  );

  /** Adds what was dropped, or a folder that is chosen now. */
  async add(paths: string[] | null): Promise<void> {
    const view = await store.ask(() => backend.rollUp(paths));
    if (view) await this.follow();
  }

  /** Asks until everything that was read is here. */
  async follow(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      for (;;) {
        const view = await store.ask(() => backend.rollupView(this.lines.length));
        if (!view) return;
        this.#told(view);
        if (view.round !== this.#round) {
          await this.#again();
          continue;
        }
        if (view.lines.length > 0) this.lines = [...this.lines, ...view.lines];
        else if (view.running) await new Promise((resolve) => setTimeout(resolve, BETWEEN));
        else return;
      }
    } finally {
      this.#asking = false;
    }
  }

  /** What was told does not hold any longer: all of it is asked for before anything of it is shown. */
  async #again(): Promise<void> {
    const lines: RollUpLine[] = [];
    let round: number | null = null;
    for (;;) {
      const view = await store.ask(() => backend.rollupView(lines.length));
      if (!view) return;
      if (round !== null && view.round !== round) {
        // And again, while it was asked for.
        lines.length = 0;
        round = null;
        continue;
      }
      round = view.round;
      lines.push(...view.lines);
      if (view.lines.length > 0) continue;
      this.#told(view);
      this.#round = view.round;
      this.sums = view.sums;
      this.lines = lines;
      for (const at of this.chosen) if (!lines[at]) this.chosen.delete(at);
      break;
    }
    if (!this.running && this.lines.length > 0) await this.readDecisions();
  }

  async readDecisions(): Promise<void> {
    const decisions = await store.ask(() => backend.rollupDecisions());
    if (decisions) this.decisions = new Map(decisions.map((each) => [each.at, each]));
  }

  #told(view: RollUpView): void {
    this.schemes = view.schemes;
    // Sums are shown with the lines they are of.
    if (view.running) this.sums = null;
    this.running = view.running;
    this.done = view.done;
    this.all = view.all;
    this.passedOver = view.passed_over;
    this.seconds = view.seconds;
  }

  async stop(): Promise<void> {
    await store.ask(() => backend.stopRollup());
  }

  async clear(): Promise<void> {
    const view = await store.ask(() => backend.clearRollup());
    if (!view) return;
    this.#told(view);
    this.#round = view.round;
    this.sums = null;
    this.lines = [];
    this.decisions = new Map();
    this.chosen.clear();
    this.current = null;
    this.filter = "all";
    this.query = "";
  }

  /** Approves the chosen files that count; true once it is done. */
  async approve(grade: string | null): Promise<boolean> {
    const lines = this.approvable.map((line) => line.at);
    const made = await store.ask(() => backend.decideRollup(lines, grade));
    if (!made) return false;
    this.chosen.clear();
    await this.readDecisions();
    store.say(i18n.m.rollup.bulk.done(made.paths.length, folderOf(made.paths[0] ?? "")));
    return true;
  }

  /** The paths of the files that are shown, in their order: for going from one to the next. */
  get paths(): string[] {
    return this.shown.map((line) => line.path);
  }

  figure(line: RollUpLine, id: string): RollUpFigure | null {
    if (line.scheme === null) return null;
    const place = this.schemes[line.scheme]?.requirements.findIndex((each) => each.id === id) ?? -1;
    return line.figures[place] ?? null;
  }

  #fits(line: RollUpLine, filter: Filter): boolean {
    if (filter === "all") return true;
    if (filter === "chosen") return this.chosen.has(line.at);
    if (filter === "decided") return this.decisions.has(line.at);
    if (filter === "asks") return line.questions > 0;
    return line.outcome === filter;
  }

  #order(): (a: RollUpLine, b: RollUpLine) => number {
    const { column, falling } = this.sort;
    const words = new Intl.Collator(i18n.language, { numeric: true });
    const by = (text: (line: RollUpLine) => string) => (a: RollUpLine, b: RollUpLine) =>
      words.compare(text(a), text(b));
    const figures = (value: (line: RollUpLine) => number) => (a: RollUpLine, b: RollUpLine) =>
      value(a) - value(b);
    const failuresFirst = (a: RollUpLine, b: RollUpLine) =>
      OUTCOMES[a.outcome] - OUTCOMES[b.outcome] || b.failed - a.failed || b.questions - a.questions;
    const order: Record<string, (a: RollUpLine, b: RollUpLine) => number> = {
      outcome: failuresFirst,
      name: by((line) => line.physician || line.file_name),
      department: by((line) => line.home_department),
      unit: by((line) => line.recipient_unit),
      file: by((line) => `${line.standing === "counted" ? 1 : 0} ${line.verdict}`),
      questions: figures((line) => line.questions),
      payable: figures((line) => line.payable_fen ?? -1),
      decided: figures((line) => (this.decisions.has(line.at) ? 1 : 0)),
    };
    const chosen = order[column] ?? figures((line) => this.figure(line, column)?.figure ?? -1);
    const sign = falling ? -1 : 1;
    return (a, b) => sign * chosen(a, b) || a.at - b.at;
  }
}

export function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "");
}

export const rollup = new RollUp();
