import { tick } from "svelte";

import { asBackendError, backend, uuid7 } from "../api";
import type {
  AppState,
  BackendError,
  BackupInfo,
  Change,
  PostingView,
  Reminder,
  Role,
  SettingsChange,
} from "../api";
import { i18n } from "../i18n";
import { Files } from "./files.svelte";
import { words } from "./scheme";
import { Toasts } from "./toasts.svelte";
import type { Toast } from "./toasts.svelte";
import { Writes } from "./writes.svelte";

export type Screen =
  | "first-run"
  | "who"
  | "today"
  | "calendar"
  | "duties"
  | "leave"
  | "diary"
  | "progress"
  | "completion"
  | "review"
  | "rollup"
  | "roster"
  | "backups"
  | "import"
  | "settings";

/** A record being typed. */
export interface Typing {
  entity: string;
  key: string;
  /** Lets go of what was typed, which no longer holds. */
  forget: () => void;
}

/** A change still without the id of its event: `change` gives it one. */
export function change(entity: string, key: string, value: unknown): Change {
  return { event_id: uuid7(), entity, key, value };
}

/**
 * What the last command answered. Screens redraw from it; nothing in it is changed here, so there is no second copy
 * of any fact.
 */
class Store {
  app = $state.raw<AppState | null>(null);
  view = $state.raw<PostingView | null>(null);
  screen = $state<Screen>("today");
  /** The date that Today shows; null is today. */
  date = $state<string | null>(null);
  /** What a screen should open with, such as the activity kind behind 「+ 查房」; taken once. */
  intent = $state.raw<{ kind?: string; date?: string; id?: string; file?: string; files?: string[] } | null>(
    null,
  );
  savedAt = $state<string | null>(null);
  readonly toasts = new Toasts();
  /** The record whose history is shown over the screen. */
  history = $state.raw<{ entity: string; key: string } | null>(null);
  /** Stakes that were brought to mind in this run, of one posting on one day; none once they were put away. */
  reminders = $state.raw<{ logId: string; day: string; items: Reminder[] } | null>(null);
  /** Raised by Ctrl+G: the field for a day to go to takes the focus. */
  goToDay = $state(0);
  /** Records are being looked for, over the screen. */
  finding = $state(false);
  /** What help is open over the screen; null where none is. */
  help = $state.raw<{ page?: string; query?: string } | null>(null);
  /** The page of help for a part of the screen that has one of its own. */
  topic = $state<string | null>(null);
  /** Raised where a screen that is open already is asked for something: it begins anew with it. */
  visits = $state(0);
  /** Files are being dragged over the window. */
  hovering = $state(false);
  /** How many files the roll-up holds. */
  rolledUp = $state(0);
  /** What a screen tells in the status line. */
  told = $state<string[]>([]);
  /** Raised by Ctrl+S, so that the status line can answer. */
  reassure = $state(0);
  /** What is being done to all records at once; until it has ended nothing on the page can be used. */
  busy = $state<string | null>(null);

  /** Records being typed, which an answer from elsewhere can overtake. */
  readonly typing = new Set<Typing>();

  /** What comes from outside the page. */
  readonly files: Files = new Files(this);
  readonly #writes = new Writes();
  /** Nobody has said since the start who it is. */
  #unasked = $state(true);

  get saving(): Writes["saving"] {
    return this.#writes.saving;
  }

  get failure(): BackendError | null {
    return this.#writes.failure;
  }

  set failure(failure: BackendError | null) {
    this.#writes.failure = failure;
  }

  get today(): string {
    return this.view?.today ?? this.app?.today ?? "";
  }

  get readOnly(): string | null {
    return this.view?.read_only ?? null;
  }

  /** Several physicians share this computer: the records of one are not shown to another unasked. */
  get asksWho(): boolean {
    return this.#unasked && (this.app?.physicians.length ?? 0) > 1;
  }

  async start(): Promise<void> {
    await this.guard(async () => {
      // Asked for at once, not one after the other: the first screen waits for both.
      const view = backend.postingView();
      // Without a posting the refusal says nothing new.
      view.catch(() => null);
      const app = await backend.appState();
      await i18n.use(app.language);
      this.setApp(app);
      if (this.app?.current && !this.app.problem) this.#setView(await view);
      this.#unasked = true;
      this.screen = this.app?.role === null ? "first-run" : this.#home(this.app?.role ?? "physician");
      const file = this.app?.opened_file;
      if (file) await this.files.offered(file);
    });
    // Nothing could be asked: what went wrong is said in the first language.
    if (!this.app) await i18n.use("zh-CN");
  }

  /** Leaves the record that is open, which stores it, waits for what is being written, and closes the window. */
  async close(): Promise<void> {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    await this.#writes.ended();
    await backend.closeWindow();
  }

  /**
   * Carries out what needs all records at rest: stores the record that is open, waits for what is being written, and lets
   * nothing be typed or written until it has ended, while `words` say what is going on. Null where something could not be
   * stored before, or where the command refused; either is shown.
   */
  async alone<T>(words: string, work: () => Promise<T>): Promise<T | null> {
    const from = document.activeElement;
    if (from instanceof HTMLElement) from.blur();
    this.busy = words;
    const answer = await this.#writes.after(async () => (this.saving === "failed" ? null : this.ask(work)));
    this.busy = null;
    if (this.saving === "failed") this.say(i18n.m.shell.saveFirst);
    await tick();
    if (from instanceof HTMLElement && from.isConnected) from.focus();
    return answer;
  }

  go(screen: Screen, intent: Store["intent"] = null): void {
    if (intent !== null && screen === this.screen) this.visits++;
    this.intent = intent;
    this.#closeLayers();
    const free = screen === "first-run" || screen === "review" || this.app?.role !== "physician";
    this.screen = this.asksWho && !free ? "who" : screen;
  }

  /** What lies over the screen belongs to what was open before. */
  #closeLayers(): void {
    this.history = null;
    this.finding = false;
    this.help = null;
  }

  takeIntent(): Store["intent"] {
    const intent = this.intent;
    this.intent = null;
    return intent;
  }

  openDay(date: string | null): void {
    this.date = date === this.today ? null : date;
    this.#closeLayers();
    this.screen = this.asksWho ? "who" : "today";
  }

  async switchRole(role: Role): Promise<void> {
    await this.changeSettings({ role });
    if (role === "physician" && !this.view && this.app?.postings.length === 0) this.screen = "first-run";
    else this.screen = this.#home(role);
  }

  async changeSettings(settings: SettingsChange): Promise<void> {
    await this.guard(async () => this.setApp(await backend.changeSettings(settings)));
  }

  /**
   * Opens or makes a posting, after all that is being written. While something of the open one could not be written it
   * stays open: trying once more would write into the other.
   */
  opens(work: () => Promise<PostingView>): Promise<boolean> {
    return this.#writes.after(async () => {
      if (this.saving === "failed") {
        this.say(i18n.m.shell.saveFirst);
        return false;
      }
      return this.guard(async () => {
        this.#setView(await work());
        this.#unasked = false;
        this.setApp(await backend.appState());
      });
    });
  }

  /** Stores changes as one batch; on failure the caller keeps what was typed. */
  save(changes: Change[]): Promise<boolean> {
    const about = changes.map(({ entity, key }) => `${entity}/${key}`).join(" ");
    return this.#write(about, async () => this.#setView(await backend.save(changes)));
  }

  /** A durable draft: what is being typed survives a crash. */
  saveDraft(entity: string, key: string, value: unknown): Promise<boolean> {
    return this.#write(`${entity}/${key}`, async () => {
      const { at } = await backend.saveDraft(entity, key, value);
      this.savedAt = at;
      if (!this.view) return;
      const others = this.view.drafts.filter((draft) => draft.entity !== entity || draft.key !== key);
      this.view = { ...this.view, drafts: [...others, { entity, key, value, at }] };
    });
  }

  discardDraft(entity: string, key: string): Promise<boolean> {
    const about = `${entity}/${key}`;
    return this.#write(about, async () => this.#setView(await backend.discardDraft(entity, key)));
  }

  /** Ctrl+Z: what the newest message offers to take back, if nothing was entered since; else the last entry. */
  takeBack(): void {
    const undo = this.toasts.takeUndo(this.view?.head.n);
    if (undo) undo();
    else void this.undo();
  }

  async undo(): Promise<void> {
    if (this.readOnly !== null) return this.say(i18n.m.shell.onlyRead);
    const step = this.view?.undo;
    if (!step) return this.say(i18n.m.shell.nothingToUndo);
    if (await this.#write("undo", async () => this.#setView(await backend.undo())))
      this.say(i18n.m.shell.undone(words(step.name), step.records));
  }

  async redo(): Promise<void> {
    if (this.readOnly !== null) return this.say(i18n.m.shell.onlyRead);
    const step = this.view?.redo;
    if (!step) return this.say(i18n.m.shell.nothingToRedo);
    if (await this.#write("redo", async () => this.#setView(await backend.redo())))
      this.say(i18n.m.shell.redone(words(step.name), step.records));
  }

  showHistory(entity: string, key: string): void {
    this.history = { entity, key };
  }

  /**
   * Takes the answer of a command that changed records by a way of its own, after all that is being written. A refusal is
   * answered, to be shown where it was asked. What was being typed into `record` no longer holds then.
   */
  take(
    work: () => Promise<PostingView>,
    record: { entity: string; key: string } | null = null,
  ): Promise<BackendError | null> {
    return this.#writes.after(async () => {
      try {
        const view = await work();
        for (const typing of [...this.typing])
          if (typing.entity === record?.entity && typing.key === record.key) typing.forget();
        this.#setView(view);
        return null;
      } catch (reason) {
        return asBackendError(reason);
      }
    });
  }

  /** Whether a change waits for the reason why records that were approved are changed. */
  get needsReason(): boolean {
    return this.saving === "failed" && this.failure?.code === "approved";
  }

  /** Gives that reason, and makes the changes that wait for it. */
  async giveReason(reason: string): Promise<BackendError | null> {
    const refusal = await this.take(() => backend.giveReason(reason));
    if (refusal === null && this.needsReason) await this.again();
    return refusal;
  }

  /** Lets go of the changes that wait for a reason: the records stay as they were approved. */
  async letGo(): Promise<void> {
    this.#writes.drop();
    for (const typing of [...this.typing]) {
      typing.forget();
      await this.discardDraft(typing.entity, typing.key);
    }
    await this.refresh();
  }

  /** Asks a command that changes no record; null where it refused, and the refusal is shown. */
  async ask<T>(question: () => Promise<T>): Promise<T | null> {
    let answer: T | null = null;
    await this.guard(async () => void (answer = await question()));
    return answer;
  }

  /** Reads the posting again, after a command that added an event without answering with the posting. */
  async refresh(): Promise<void> {
    await this.guard(async () => this.#setView(await backend.postingView()));
  }

  /** Reads everything again, after a command that may have changed postings, settings or both. */
  async refreshAll(): Promise<void> {
    await this.guard(async () => {
      this.setApp(await backend.appState());
      if (this.app?.current) this.#setView(await backend.postingView());
      else this.view = null;
    });
  }

  /** News of automatic backups; a failure to hear of it is none of its own. */
  async heardOfBackup(): Promise<void> {
    const app = await backend.appState().catch(() => null);
    if (app) this.setApp(app);
  }

  /** Takes over an answer that tells how the application stands now. */
  async nowIs(app: AppState): Promise<void> {
    this.setApp(app);
    if (app.current) await this.refresh();
    else this.view = null;
  }

  /** Where the window belongs after records came or went. */
  goHome(): void {
    const role = this.app?.role;
    this.screen = role ? this.#home(role) : "first-run";
  }

  /** A backup that was made and checked; null where it failed, and the failure is shown. */
  async backup(): Promise<BackupInfo | null> {
    const made = await this.ask(() => backend.backupNow());
    if (!made) return null;
    await this.guard(async () => this.setApp(await backend.appState()));
    if (this.view) await this.refresh();
    return made;
  }

  /** A choice made while the records could not be opened; on success the window starts as it would have. */
  async answerProblem(answer: Promise<AppState>): Promise<void> {
    if (await this.guard(async () => this.setApp(await answer))) await this.start();
  }

  /** Asks again what there is to know, such as the room on the disk. */
  async lookAgain(): Promise<void> {
    await this.guard(async () => this.setApp(await backend.appState()));
  }

  async putAway(code: string): Promise<void> {
    await this.guard(async () => this.setApp(await backend.putAwayNotice(code)));
  }

  again(): Promise<void> {
    return this.#writes.again();
  }

  say(text: string, kind: Toast["kind"] = "plain", undo?: () => void): void {
    this.toasts.say({ text, kind, n: this.view?.head.n, ...(undo ? { undo } : {}) });
  }

  #home(role: Role): Screen {
    if (role === "supervisor") return "review";
    if (!this.view) return "first-run";
    return this.asksWho ? "who" : "today";
  }

  /** Takes in what the shell says of itself. */
  setApp(app: AppState): void {
    this.app = app;
    void i18n.use(app.language);
  }

  #setView(view: PostingView): void {
    this.view = view;
    this.savedAt = view.saved_at;
    this.toasts.lastIs(view.head.n);
  }

  async #write(about: string, work: () => Promise<unknown>): Promise<boolean> {
    // None is tried where the records can only be read.
    return this.readOnly === null && this.#writes.write(about, work);
  }

  /** Does what changes no record; what goes wrong is shown. */
  guard(work: () => Promise<unknown>): Promise<boolean> {
    return this.#writes.guard(work);
  }
}

export const store = new Store();
