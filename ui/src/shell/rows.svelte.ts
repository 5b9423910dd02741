import { SvelteMap } from "svelte/reactivity";

import { i18n } from "../i18n";
import { composing } from "../keys";
import { change, store } from "../state/store.svelte";

/**
 * The keys of every list and table. A row is whatever carries `data-row` (its key) and takes the focus; with `data-entity` it is
 * a record that can go to the recycle bin. Its list is the nearest `ol`, `ul`, `table` or `[data-rows]`.
 */
const ROW = "[data-row]";
const LIST = "[data-rows], ol, ul, table, [role='grid']";

interface Record {
  entity: string;
  key: string;
}

function listOf(row: HTMLElement): HTMLElement | null {
  return row.parentElement?.closest<HTMLElement>(LIST) ?? null;
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return Array.from(list.querySelectorAll<HTMLElement>(ROW)).filter(
    (row) => row.offsetParent !== null && listOf(row) === list,
  );
}

function recordOf(row: HTMLElement): Record | null {
  const { row: key, entity } = row.dataset;
  return key && entity ? { entity, key } : null;
}

class Rows {
  /** The chosen records, by row. */
  readonly chosen = new SvelteMap<HTMLElement, Record>();
  #list: HTMLElement | null = null;
  /** Where a range began. */
  #anchor: HTMLElement | null = null;
  #last: { list: HTMLElement; row: HTMLElement; following: HTMLElement[] } | null = null;

  /** Lets go of rows that are no longer there. */
  prune(): void {
    for (const row of [...this.chosen.keys()]) if (!row.isConnected) this.chosen.delete(row);
  }

  clear(): void {
    for (const row of this.chosen.keys()) this.#mark(row, false);
    this.chosen.clear();
    this.#anchor = null;
  }

  /** Puts the focus on the next row where the one that had it is gone, such as into the recycle bin. */
  mend(): void {
    this.prune();
    const last = this.#last;
    if (!last || last.row.isConnected || !last.list.isConnected) return;
    this.#last = null;
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const next = last.following.find((row) => row.isConnected) ?? rowsOf(last.list).at(-1);
    (next ?? document.querySelector<HTMLElement>("#content h1"))?.focus();
  }

  focused(event: FocusEvent): void {
    const row = (event.target as Element | null)?.closest?.<HTMLElement>(ROW) ?? null;
    const list = row && listOf(row);
    const rows = list ? rowsOf(list) : [];
    this.#last = row && list ? { list, row, following: rows.slice(rows.indexOf(row) + 1) } : null;
    if (list !== this.#list && row) this.clear();
    if (row) this.#list = list;
  }

  keydown(event: KeyboardEvent): void {
    if (composing(event) || event.altKey || event.metaKey) return;
    const row = event.target instanceof HTMLElement && event.target.matches(ROW) ? event.target : null;
    const list = row && listOf(row);
    if (!row || !list) return;
    if (this.#use(event, row, rowsOf(list))) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** A button is pressed by Space only once it comes up. */
  keyup(event: KeyboardEvent): void {
    const row = event.target instanceof HTMLElement && event.target.matches(ROW);
    if (row && event.key === " ") event.preventDefault();
  }

  #use(event: KeyboardEvent, row: HTMLElement, rows: HTMLElement[]): boolean {
    const at = rows.indexOf(row);
    const key = event.key;
    if (event.ctrlKey) {
      if (key.toLowerCase() !== "a" || event.shiftKey) return false;
      for (const each of rows) this.#choose(each, true);
      return true;
    }
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[key];
    if (to !== undefined) {
      const next = rows[Math.min(Math.max(to, 0), rows.length - 1)];
      if (event.shiftKey && next) this.#range(rows, row, next);
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
      return true;
    }
    if (key === " ") {
      this.#choose(row, !this.chosen.has(row));
      this.#anchor = row;
      return recordOf(row) !== null;
    }
    if (key === "Escape" && this.chosen.size > 0) {
      this.clear();
      return true;
    }
    if (key === "Delete" && this.chosen.size > 0) {
      void this.remove();
      return true;
    }
    return false;
  }

  #range(rows: HTMLElement[], from: HTMLElement, to: HTMLElement): void {
    this.#anchor ??= from;
    const [a, b] = [rows.indexOf(this.#anchor), rows.indexOf(to)].sort((x, y) => x - y) as [number, number];
    rows.forEach((each, i) => this.#choose(each, i >= a && i <= b));
  }

  #choose(row: HTMLElement, chosen: boolean): void {
    const record = recordOf(row);
    if (!record || store.readOnly !== null) return;
    if (chosen) this.chosen.set(row, record);
    else this.chosen.delete(row);
    this.#mark(row, chosen);
  }

  #mark(row: HTMLElement, chosen: boolean): void {
    row.toggleAttribute("data-chosen", chosen);
    if (chosen) row.setAttribute("aria-description", i18n.m.shell.rows.chosen);
    else row.removeAttribute("aria-description");
  }

  /** Moves the chosen records to the recycle bin: one batch, one undo. */
  async remove(): Promise<void> {
    const records = [...this.chosen.values()];
    const saved = await store.save(records.map(({ entity, key }) => change(entity, key, null)));
    if (!saved) return;
    this.clear();
    store.say(i18n.m.shell.rows.removed(records.length), "undo");
  }
}

export const rows = new Rows();

/** Watches the page for rows that go. */
export function mendRows(content: HTMLElement): { destroy: () => void } {
  const observer = new MutationObserver(() => rows.mend());
  observer.observe(content, { childList: true, subtree: true });
  return { destroy: () => observer.disconnect() };
}
