import { asBackendError, backend, uuid7 } from "../../api";
import type { BackendError, Change, Trial } from "../../api";
import { change, store } from "../../state/store.svelte";
import { newActivity } from "../duties/activities";
import { newLeave } from "../leave/leaves";

/** One thing that is assumed. `id` names the record that stands for it in the trial. */
export type Assumption = { id: string } & (
  | { what: "leave"; from: string; to: string }
  | { what: "duty"; requirement: string; date: string }
  | { what: "move"; activity: string; was: string; date: string }
);

/** What would be, if: asked of the rules with the assumptions in the records. None of it is stored. */
export class Trying {
  assumptions = $state.raw<Assumption[]>([]);
  /** That nothing more is done besides, to the end. */
  nothing = $state(false);
  answer = $state.raw<Trial | null>(null);
  refused = $state.raw<BackendError | null>(null);
  #asked = 0;

  add(assumption: Assumption): void {
    const others = this.assumptions.filter(
      (each) => each.what !== "move" || assumption.what !== "move" || each.activity !== assumption.activity,
    );
    this.assumptions = [...others, assumption];
  }

  remove(id: string): void {
    this.assumptions = this.assumptions.filter((each) => each.id !== id);
  }

  clear(): void {
    this.assumptions = [];
    this.nothing = false;
  }

  /** Asks again; the latest question wins. */
  async ask(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const answer = await backend.trial(this.#changes());
      if (asked !== this.#asked) return;
      this.answer = answer;
      this.refused = null;
    } catch (reason) {
      if (asked !== this.#asked) return;
      this.answer = null;
      this.refused = asBackendError(reason);
    }
  }

  #changes(): Change[] {
    const view = store.view;
    if (!view) return [];
    return this.assumptions.flatMap((each): Change[] => {
      if (each.what === "leave")
        return [change("leave", each.id, { ...newLeave(each.id, each.from), to: each.to })];
      if (each.what === "duty") {
        const duty = view.scheme.duties.find((known) => known.id === each.requirement);
        const kind = duty?.kinds[0];
        return kind ? [change("activity", each.id, newActivity(each.id, kind, each.date))] : [];
      }
      const activity = view.records.activities.find((known) => known.id === each.activity);
      return activity ? [change("activity", each.activity, { ...activity, date: each.date })] : [];
    });
  }
}

export function newId(): string {
  return uuid7();
}
