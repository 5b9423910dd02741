import { tick } from "svelte";

import { backend, uuid7 } from "../../api";
import type {
  CommentView,
  DecisionsMade,
  MadeDecision,
  ReviewComment,
  ReviewDraft,
  ReviewedFile,
  ReviewVerdict,
} from "../../api";
import { i18n } from "../../i18n";
import { store } from "../../state/store.svelte";
import { kindOf, rowOf } from "./records";
import type { RecordKind, RecordRef } from "./records";

export type Tab = "reasons" | "records" | "late" | "changes" | "attachments" | "papers" | "seals" | "remarks";

/** The most characters that a remark may have. */
export const LONGEST = 2000;
/** Long enough not to write on every key, short enough that next to nothing is lost in a crash. */
const PAUSE = 300;

/** What a reviewer does with the file that is open: looks, takes note, remarks, decides. */
export class Reviewing {
  readonly file: ReviewedFile;
  readonly verdict: ReviewVerdict;
  tab = $state<Tab>("reasons");
  kind = $state<RecordKind>("day");
  /** The rows that were asked for; the first of them has the focus. */
  sought = $state.raw<string[]>([]);
  known = $state.raw<string[]>([]);
  draft = $state.raw<ReviewDraft>({ decision: null, grade: null, opinion: null, comments: [] });
  /** The record whose remark is being written. */
  editing = $state<string | null>(null);
  working = $state(false);
  made = $state.raw<DecisionsMade | null>(null);
  decisions = $state.raw<MadeDecision[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waits = false;

  constructor(file: ReviewedFile, verdict: ReviewVerdict) {
    this.file = file;
    this.verdict = verdict;
    this.known = file.known_questions;
    this.decisions = file.decisions;
    void store
      .ask(() => this.#read())
      .then((draft) => {
        // What was typed meanwhile is newer.
        if (draft && !this.#waits) this.draft = draft;
      });
  }

  /** Whether it can be decided on: a key that nobody compared yet is no signature of anybody. */
  get decidable(): boolean {
    return this.verdict.genuine;
  }

  remarkOn(record: RecordRef): ReviewComment | null {
    return (
      this.draft.comments.find((each) => each.entity === record.entity && each.key === record.key) ?? null
    );
  }

  /** Remarks of earlier decisions on a record, the latest first, with what the file says became of them. */
  earlierOn(
    record: RecordRef,
  ): { decision: MadeDecision; comment: ReviewComment; became: CommentView | null }[] {
    return this.decisions.flatMap((decision) =>
      decision.comments
        .filter((each) => each.entity === record.entity && each.key === record.key)
        .map((comment) => ({ decision, comment, became: this.became(comment.id) })),
    );
  }

  became(id: string): CommentView | null {
    return this.file.comments.find((each) => each.id === id) ?? null;
  }

  /** Remarks that will go along: those with a text. */
  get written(): ReviewComment[] {
    return this.draft.comments.filter((each) => each.text.trim() !== "");
  }

  get tooLong(): boolean {
    return this.draft.comments.some((each) => [...each.text].length > LONGEST);
  }

  write(record: RecordRef, text: string): void {
    const others = this.draft.comments.filter(
      (each) => each.entity !== record.entity || each.key !== record.key,
    );
    const id = this.remarkOn(record)?.id ?? uuid7();
    this.#set({ ...this.draft, comments: [...others, { id, ...record, text }] });
  }

  remove(record: RecordRef): void {
    const former = this.remarkOn(record);
    if (!former) return;
    this.#set({ ...this.draft, comments: this.draft.comments.filter((each) => each !== former) });
    this.editing = null;
    store.say(i18n.m.reviewing.remark.removed, "undo", () =>
      this.#set({ ...this.draft, comments: [...this.draft.comments, former] }),
    );
  }

  set(part: Partial<Pick<ReviewDraft, "grade" | "opinion">>): void {
    this.#set({ ...this.draft, ...part });
  }

  /** Opens the editor of a remark at its record, with a first text where there is none yet. */
  async remark(record: RecordRef, text = ""): Promise<void> {
    if (!this.remarkOn(record)) this.write(record, text);
    else if (text && !this.remarkOn(record)!.text.includes(text))
      this.write(record, `${this.remarkOn(record)!.text}\n${text}`);
    this.editing = rowOf(record);
    if (kindOf(record.entity)) await this.look([record], false);
    else this.tab = "remarks";
    await tick();
    const field = document.querySelector<HTMLTextAreaElement>(`[data-remark="${rowOf(record)}"] textarea`);
    field?.scrollIntoView({ block: "nearest" });
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }

  /** Closes the editor; a remark without a text is none. */
  async leave(record: RecordRef): Promise<void> {
    if (this.editing === rowOf(record)) this.editing = null;
    if (this.remarkOn(record)?.text.trim() === "")
      this.#set({
        ...this.draft,
        comments: this.draft.comments.filter(
          (each) => each.entity !== record.entity || each.key !== record.key,
        ),
      });
    await this.kept();
  }

  /** Shows records and puts the focus on the first. */
  async look(records: RecordRef[], focus = true): Promise<void> {
    const first = records[0];
    const kind = first ? kindOf(first.entity) : null;
    if (!first || !kind) return;
    this.kind = kind;
    this.tab = "records";
    this.sought = records.map(rowOf);
    await tick();
    const row = this.#row(first);
    row?.scrollIntoView({ block: "center" });
    if (focus) row?.focus({ preventScroll: true });
  }

  /** A day without a row is a rest day: the next one is shown. */
  #row(record: RecordRef): HTMLElement | undefined {
    const rows = Array.from(document.querySelectorAll<HTMLElement>("[data-record]"));
    const of = (row: HTMLElement) => row.dataset["record"] ?? "";
    return (
      rows.find((row) => of(row) === rowOf(record)) ??
      rows.find((row) => record.entity === "day" && of(row) >= rowOf(record))
    );
  }

  open(tab: Tab): void {
    this.sought = [];
    this.tab = tab;
  }

  async know(question: string, known: boolean): Promise<void> {
    const questions = await store.ask(() => backend.knowQuestion(this.file.log_id, question, known));
    if (questions) this.known = questions;
  }

  /** Decides, and writes the signed file that takes it back to the physician. */
  async decide(decision: "returned" | "approved"): Promise<void> {
    if (this.working || !this.decidable || this.tooLong) return;
    if (decision === "returned" && this.written.length === 0 && !this.draft.opinion?.trim())
      return store.say(i18n.m.reviewing.decide.needsReason);
    this.working = true;
    await this.kept();
    const draft = { ...this.draft, decision, comments: this.written };
    const made = await store.ask(() => backend.decideReview(this.file.sha256, draft));
    this.working = false;
    if (!made) return;
    this.made = made;
    this.decisions = [...made.decisions, ...this.decisions];
    const left = await store.ask(() => this.#read());
    if (left) this.draft = left;
  }

  #read(): Promise<ReviewDraft> {
    return backend.reviewDraft(this.file.log_id, this.file.head_hash);
  }

  #set(draft: ReviewDraft): void {
    this.draft = draft;
    this.#waits = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.kept(), PAUSE);
  }

  /** Writes the file of a decision again. */
  async again(sha256: string): Promise<void> {
    const path = await store.ask(() => backend.exportDecision(sha256));
    if (path) store.say(i18n.m.reviewing.decide.earlier.saved(path));
  }

  /** Everything written is on the disk when it ends. */
  async kept(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.#waits) return;
    this.#waits = false;
    const draft = { ...this.draft, comments: this.written };
    await store.ask(() => backend.keepReviewDraft(this.file.log_id, this.file.head_hash, draft));
  }
}
