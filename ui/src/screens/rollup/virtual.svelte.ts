// Which of many rows are in the page: those in sight and a few around, at their places. Rows may differ in height.

/** With more rows than these only those in sight are in the page. */
const ALL_UP_TO = 100;
/** The most rows in the page then, but for the one that has the focus and the head. */
const MOST = 58;
/** So many beyond the edge, that a key finds its row. */
const AROUND = 6;

export class Virtual {
  /** How high a row is that was not measured yet, in pixels. */
  estimate = $state(31);
  /** What of the rows is in sight, in pixels from the first one's top. */
  top = $state(0);
  height = $state(0);
  readonly #keys: () => number[];
  readonly #kept: () => number | null;
  /** `#measured` tells of changes once for all of them. */
  readonly #heights: Record<number, number> = {};
  #measured = $state(0);
  readonly #observer = new ResizeObserver((entries) =>
    this.#take(entries.map((entry) => entry.target as HTMLElement)),
  );
  /** The rows in the page. */
  readonly #rows: HTMLElement[] = [];

  /** Of rows in their order, by key; the row at the place `kept` is always in the page. */
  constructor(keys: () => number[], kept: () => number | null) {
    this.#keys = keys;
    this.#kept = kept;
  }

  /** Where each row begins, and where the last one ends. */
  readonly offsets = $derived.by(() => {
    void this.#measured;
    const keys = this.#keys();
    const offsets = new Float64Array(keys.length + 1);
    for (let i = 0; i < keys.length; i++)
      offsets[i + 1] = offsets[i]! + (this.#heights[keys[i]!] ?? this.estimate);
    return offsets;
  });

  /** The first and the last row in sight. */
  readonly inSight = $derived.by(() => {
    const last = Math.max(0, this.offsets.length - 2);
    return {
      from: Math.min(last, this.#at(this.top)),
      to: Math.min(last, this.#at(this.top + this.height - 1)),
    };
  });

  /** The places of the rows in the page, in order. */
  readonly places = $derived.by(() => {
    const n = this.offsets.length - 1;
    if (n <= ALL_UP_TO) return Array.from({ length: n }, (_, i) => i);
    const { from, to } = this.inSight;
    const around = Math.max(0, Math.min(AROUND, Math.floor((MOST - (to - from + 1)) / 2)));
    const first = Math.max(0, from - around);
    const last = Math.min(n - 1, to + around, first + MOST - 1);
    const places = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const kept = this.#kept();
    if (kept !== null && kept < first) places.unshift(kept);
    if (kept !== null && kept > last) places.push(kept);
    return places;
  });

  /** The row that a height lies in. */
  #at(height: number): number {
    let [low, high] = [0, this.offsets.length - 1];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.offsets[middle]! <= height) low = middle;
      else high = middle;
    }
    return low;
  }

  #take(rows: HTMLElement[]): void {
    let changed = false;
    for (const row of rows) {
      // Whole pixels would let a row cover the line under the one before.
      const [key, height] = [Number(row.dataset["at"]), row.getBoundingClientRect().height];
      if (height === 0 || this.#heights[key] === height) continue;
      this.#heights[key] = height;
      changed = true;
    }
    if (changed) this.#measured++;
  }

  /** An action for each row: its height is known once it is in the page. */
  readonly measure = (row: HTMLElement) => {
    this.#observer.observe(row);
    this.#rows.push(row);
    return {
      destroy: () => {
        this.#observer.unobserve(row);
        this.#rows.splice(this.#rows.indexOf(row), 1);
      },
    };
  };

  /** Every height is another one, such as after a change of the width. */
  forget(): void {
    for (const key of Object.keys(this.#heights)) delete this.#heights[Number(key)];
    this.#measured++;
    this.#take(this.#rows);
  }
}
