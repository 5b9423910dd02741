// The only importer of the desktop framework. Everything the interface asks of Rust passes through here.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type {
  AppState,
  Assessment,
  Change,
  CommandError,
  FirstAllowed,
  BackupInfo,
  ExportedForms,
  ExportedReviewFile,
  FormFormat,
  FormKind,
  FormPages,
  PeriodFacts,
  ProblemChoice,
  PostingView,
  Profile,
  ReviewView,
  SettingsChange,
} from "./types";

/** A command that did not do what was asked: its own words where it refused, none where it broke. */
export class BackendError extends Error {
  /** Stable; `unexpected` where the program itself failed. */
  readonly code: string;
  /** What happened, whether data is safe, what to do next; and the faults of single fields. */
  readonly refusal: CommandError | null;

  constructor(refusal: CommandError | null, message = refusal?.what.zh ?? "") {
    super(message);
    this.code = refusal?.code ?? "unexpected";
    this.refusal = refusal;
  }
}

export function asBackendError(reason: unknown): BackendError {
  if (reason instanceof BackendError) return reason;
  if (reason !== null && typeof reason === "object" && "code" in reason && "what" in reason) {
    return new BackendError(reason as CommandError);
  }
  return new BackendError(null, String(reason));
}

async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (reason) {
    throw asBackendError(reason);
  }
}

export const backend = {
  appState: () => call<AppState>("app_state"),
  changeSettings: (change: SettingsChange) => call<AppState>("change_settings", { change }),
  proposePeriods: () => call<PeriodFacts[]>("propose_periods"),
  periodFacts: (start: string, end: string) => call<PeriodFacts>("period_facts", { start, end }),
  createPosting: (profile: Profile) => call<PostingView>("create_posting", { profile }),
  createSample: () => call<PostingView>("create_sample"),
  openPosting: (logId: string) => call<PostingView>("open_posting", { logId }),
  postingView: () => call<PostingView>("posting_view"),
  save: (changes: Change[]) => call<PostingView>("save", { changes }),
  saveDraft: (entity: string, key: string, value: unknown) =>
    call<{ at: string }>("save_draft", { entity, key, value }),
  undo: () => call<PostingView>("undo"),
  redo: () => call<PostingView>("redo"),
  /** What the assessment would be with these changes; nothing is stored. */
  preview: (changes: Change[]) => call<Assessment>("preview", { changes }),
  firstAllowed: (requirement: string, date: string, exceptId: string | null) =>
    call<FirstAllowed>("first_allowed", { requirement, date, exceptId }),
  /** A whole SVG document a page, exactly what prints. */
  formPreview: (form: FormKind) => call<FormPages>("form_preview", { form }),
  /** Null where the save dialog was cancelled. */
  exportForms: (forms: FormKind[], formats: FormFormat[]) =>
    call<ExportedForms | null>("export_forms", { forms, formats }),
  exportReviewFile: () => call<ExportedReviewFile | null>("export_review_file"),
  openReviewFile: (path: string | null = null) => call<ReviewView | null>("open_review_file", { path }),
  backupNow: () => call<BackupInfo>("backup_now"),
  answerProblem: (choice: ProblemChoice) => call<AppState>("answer_problem", { choice }),
};

/** A file that a second start, a double click or a drop handed to the running window. */
export async function onFileOpened(handle: (path: string) => void): Promise<() => void> {
  const stops = await Promise.all([
    listen<string>("open-file", (event) => handle(event.payload)),
    listen<{ paths?: string[] }>("tauri://drag-drop", (event) => {
      const path = event.payload.paths?.[0];
      if (path) handle(path);
    }),
  ]);
  return () => stops.forEach((stop) => stop());
}
