import { asBackendError } from "../api";
import type { BackendError } from "../api";
import { measurePaint } from "./paint";

/**
 * What is written to the records. Writes go one after another, in the order they were made; what failed is kept, to be
 * tried once more.
 */
export class Writes {
  saving = $state<"idle" | "saving" | "failed">("idle");
  /** The last failure that is not a field's own. */
  failure = $state.raw<BackendError | null>(null);

  #queue: Promise<unknown> = Promise.resolve();
  /** What could not be written, by what it is about; a later write about the same takes its place. */
  #failed: { about: string; work: () => Promise<unknown> }[] = [];

  /** What was asked before has ended, well or not. */
  async ended(): Promise<void> {
    await this.#queue;
  }

  /** Does something after all that is being written, and before all that will be. */
  after<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(work);
    this.#queue = run.catch(() => null);
    return run;
  }

  write(about: string, work: () => Promise<unknown>): Promise<boolean> {
    return this.after(async () => {
      // What failed before is not forgotten because something else went well.
      if (this.#failed.length === 0) this.saving = "saving";
      const asked = performance.now();
      try {
        await work();
        this.#forget(about);
        if (this.#failed.length === 0) this.failure = null;
        measurePaint("saved", asked);
        return true;
      } catch (reason) {
        this.#forget(about);
        this.#failed.push({ about, work });
        this.failure = asBackendError(reason);
        return false;
      } finally {
        this.saving = this.#failed.length === 0 ? "idle" : "failed";
      }
    });
  }

  /** Tries all that failed once more. */
  async again(): Promise<void> {
    this.failure = null;
    for (const { about, work } of [...this.#failed]) await this.write(about, work);
  }

  /** Lets go of all that failed. */
  drop(): void {
    this.#failed = [];
    this.failure = null;
    this.saving = "idle";
  }

  /** Asks something that writes nothing; what went wrong is kept to be shown. */
  async guard(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (reason) {
      this.failure = asBackendError(reason);
      return false;
    }
  }

  #forget(about: string): void {
    this.#failed = this.#failed.filter((write) => write.about !== about);
  }
}
