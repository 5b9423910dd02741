import { change, store } from "./store.svelte";

/** After so long without a key the draft becomes a record. */
const IDLE = 5_000;

/**
 * One record being edited. Every change is kept as a durable draft at once; leaving the record, or five seconds without
 * a key, turns the draft into one event. While nothing is typed it shows the stored record itself.
 */
export class Editor<T extends object> {
  readonly entity: string;
  readonly key: string;
  /** What is stored for a value: null takes the record away. */
  stores: (value: T) => unknown = (value) => value;
  /** Told when storing it took the record away. */
  removed: (() => void) | null = null;
  readonly #stored: () => T;
  /** The posting it belongs to: another may be opened while something of this one could not be stored. */
  readonly #logId = store.view?.log_id;
  #typed = $state.raw<T | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #commits: "by itself" | "when asked";

  /** `draft` is what an earlier run left unfinished; a form with a button of its own commits only when asked. */
  constructor(
    entity: string,
    key: string,
    stored: () => T,
    draft: T | null = null,
    commits: "by itself" | "when asked" = "by itself",
  ) {
    this.entity = entity;
    this.key = key;
    this.#stored = stored;
    this.#typed = draft;
    this.#commits = commits;
    if (draft === null) return;
    store.typing.add(this);
    this.#wait();
  }

  get value(): T {
    return this.#typed ?? this.#stored();
  }

  /** Whether it edits this record of the posting that is open. */
  isOf(entity: string, key: string): boolean {
    return this.entity === entity && this.key === key && this.#logId === store.view?.log_id;
  }

  /** True from the first key until the record is stored. */
  get dirty(): boolean {
    return this.#typed !== null;
  }

  set(part: Partial<T>): void {
    if (store.readOnly !== null) return;
    this.#typed = { ...this.value, ...part };
    store.typing.add(this);
    void store.saveDraft(this.entity, this.key, this.#typed);
    this.#wait();
  }

  /** Stores the record if anything was typed; keeps what was typed when that fails, or when nothing can be written. */
  async commit(): Promise<boolean> {
    clearTimeout(this.#timer);
    const typed = this.#typed;
    if (typed === null) return true;
    if (store.readOnly !== null || this.#logId !== store.view?.log_id) return false;
    const stores = this.stores(typed);
    const head = store.view?.head.n;
    const saved = await store.save([change(this.entity, this.key, stores)]);
    if (saved && this.#typed === typed) this.#let();
    if (saved && stores === null && store.view?.head.n !== head) this.removed?.();
    return saved;
  }

  /** Lets go of what was typed, and of its draft. */
  discard(): void {
    clearTimeout(this.#timer);
    if (this.#typed === null) return;
    this.#let();
    void store.discardDraft(this.entity, this.key);
  }

  /** What was typed no longer holds, and its draft is gone. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#let();
  }

  #let(): void {
    this.#typed = null;
    store.typing.delete(this);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#commits === "when asked" || store.readOnly !== null) return;
    this.#timer = setTimeout(() => void this.commit(), IDLE);
  }
}
