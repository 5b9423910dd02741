import type { Day } from "../api";

/** What was put into the table of several days, by date. */
export type Typed = Map<string, Partial<Day>>;

/** Several days being filled at once, in place of the one that Today shows. */
class Filling {
  open = $state(false);
  /** What stood in the table when it was let go of, to be brought back. */
  typed = $state.raw<Typed>(new Map());

  begin(typed: Typed = new Map()): void {
    this.typed = typed;
    this.open = true;
  }

  end(): void {
    this.open = false;
    this.typed = new Map();
  }
}

export const filling = new Filling();
