export interface Toast {
  id: number;
  text: string;
  /** Offers 撤销; errors never vanish by themselves. */
  kind: "undo" | "plain" | "error";
  /** What 撤销 does where it is not simply the last step. */
  undo?: () => void;
  /** The number of the last event when it was said. */
  n: number | undefined;
}

/** What is said in passing, at the foot of the window. */
export class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  /** At most three are shown at a time. */
  say(toast: Omit<Toast, "id">): void {
    this.list = [...this.list.slice(-2), { id: this.#next++, ...toast }];
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** What the newest offers to take back, put away; null where something was entered since, or nothing is offered. */
  takeUndo(n: number | undefined): (() => void) | null {
    const newest = this.list.at(-1);
    if (!newest?.undo || newest.n !== n) return null;
    this.dismiss(newest.id);
    return newest.undo;
  }

  /** A message offers to take back the last entry; once something else is the last, it no longer can. */
  lastIs(n: number): void {
    this.list = this.list.filter((toast) => toast.kind !== "undo" || toast.undo || toast.n === n);
  }
}
