import { SvelteMap, SvelteSet } from "svelte/reactivity";

import { asBackendError, backend, type BackupFile, type BackupPlace, type BackupReading } from "../../api";
import { store } from "../../state/store.svelte";

/** How many of a place are shown, and so read, before more are asked for. */
const FIRST = 6;

/**
 * The backups of every place, and which was chosen. The list is there at once; those shown are read through one by one,
 * because reading many takes its time.
 */
export class BackupShelf {
  places = $state.raw<BackupPlace[] | null>(null);
  chosen = $state<string | null>(null);
  /** The one that is being read. */
  current = $state<string | null>(null);
  stopped = $state(false);
  readonly readings = new SvelteMap<string, BackupReading>();
  readonly #whole = new SvelteSet<string>();
  #byHand = false;
  #running = false;

  readonly shown = $derived((this.places ?? []).flatMap((place) => this.of(place)));
  readonly done = $derived(this.shown.filter((backup) => this.readings.has(backup.path)).length);
  readonly file = $derived(
    (this.places ?? []).flatMap((place) => place.backups).find((backup) => backup.path === this.chosen) ??
      null,
  );
  readonly reading = $derived(this.chosen === null ? null : (this.readings.get(this.chosen) ?? null));

  /** The backups of a place that are shown. */
  of(place: BackupPlace): BackupFile[] {
    return this.#whole.has(place.folder) ? place.backups : place.backups.slice(0, FIRST);
  }

  async load(): Promise<void> {
    const places = await store.ask(() => backend.backupPlaces());
    if (places) this.#show(places);
  }

  async chooseFolder(): Promise<void> {
    this.#showChosen(await store.ask(() => backend.chooseBackupFolder()));
  }

  async chooseFile(): Promise<void> {
    this.#showChosen(await store.ask(() => backend.chooseBackupFile()));
  }

  /** The file that another computer wrote for this one. */
  async chooseMoving(): Promise<void> {
    this.#showChosen(await store.ask(() => backend.chooseMovingFile()));
  }

  choose(path: string): void {
    this.#byHand = true;
    this.chosen = path;
    void this.#read();
  }

  showAll(place: BackupPlace): void {
    this.#whole.add(place.folder);
    void this.#read();
  }

  stop(): void {
    this.stopped = true;
  }

  goOn(): void {
    this.stopped = false;
    void this.#read();
  }

  #showChosen(places: BackupPlace[] | null): void {
    if (!places) return;
    this.#byHand = false;
    const newest = places.at(-1)?.backups[0];
    if (newest) this.chosen = newest.path;
    this.#show(places);
  }

  #show(places: BackupPlace[]): void {
    this.places = places;
    this.chosen ??= this.shown[0]?.path ?? null;
    this.stopped = false;
    void this.#read();
  }

  /** The chosen one first, then the others as they stand in the list. */
  #next(): string | null {
    const unread = (path: string) => !this.readings.has(path);
    if (this.chosen !== null && unread(this.chosen)) return this.chosen;
    if (this.stopped) return null;
    return this.shown.find((backup) => unread(backup.path))?.path ?? null;
  }

  async #read(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let path = this.#next(); path !== null; path = this.#next()) {
      this.current = path;
      this.readings.set(path, await this.#one(path));
      // Who has not chosen gets the newest that is of use.
      if (!this.#byHand && this.chosen === path && !this.readings.get(path)?.contents) this.#passOver();
    }
    this.current = null;
    this.#running = false;
  }

  async #one(path: string): Promise<BackupReading> {
    try {
      return await backend.readBackup(path);
    } catch (reason) {
      return { path, contents: null, refusal: asBackendError(reason).refusal };
    }
  }

  #passOver(): void {
    const next = this.shown.find(
      (backup) => this.readings.get(backup.path)?.contents !== null && backup.path !== this.chosen,
    );
    if (next) this.chosen = next.path;
  }
}
