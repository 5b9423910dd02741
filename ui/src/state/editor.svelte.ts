import { change, store } from "./store.svelte";

/** After so long without a key the draft becomes a record. */
const IDLE = 5_000;

/**
 * One record being edited. Every change is kept as a durable draft at once; leaving the record, or five seconds without
 * a key, turns the draft into one event.
 */
export class Editor<T extends object> {
  readonly entity: string;
  readonly key: string;
  value = $state.raw<T>() as T;
  dirty = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #edits = 0;

  constructor(entity: string, key: string, value: T, dirty = false) {
    this.entity = entity;
    this.key = key;
    this.value = value;
    this.dirty = dirty;
    if (dirty) this.#wait();
  }

  set(part: Partial<T>): void {
    this.value = { ...this.value, ...part };
    this.dirty = true;
    this.#edits++;
    void store.saveDraft(this.entity, this.key, this.value);
    this.#wait();
  }

  /** Stores the record if anything was changed; keeps it marked as changed when that fails. */
  async commit(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (!this.dirty) return true;
    const edits = this.#edits;
    const saved = await store.save([change(this.entity, this.key, this.value)]);
    if (saved && edits === this.#edits) this.dirty = false;
    return saved;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.commit(), IDLE);
  }
}
