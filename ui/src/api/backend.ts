// The only importer of the desktop framework. Everything the interface asks of Rust passes through here.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type {
  AppState,
  Assessment,
  Change,
  CommandError,
  FirstAllowed,
  Period,
  PostingView,
  Profile,
  ReviewView,
  Settings,
} from "./types";

/** What a command answers when it refuses: a stable code, and a sentence that can be shown. */
export class BackendError extends Error {
  readonly code: string;
  readonly details: unknown;

  constructor(error: CommandError) {
    super(error.message);
    this.code = error.code;
    this.details = error.details ?? null;
  }
}

function asBackendError(reason: unknown): BackendError {
  if (reason !== null && typeof reason === "object" && "code" in reason && "message" in reason) {
    return new BackendError(reason as CommandError);
  }
  return new BackendError({ code: "unexpected", message: String(reason) });
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
  changeSettings: (change: Partial<Settings>) => call<AppState>("change_settings", { change }),
  proposePeriods: () => call<Period[]>("propose_periods"),
  periodFacts: (start: string, end: string) => call<Period>("period_facts", { start, end }),
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
  formPreview: (form: string) => call<{ pages: string[] }>("form_preview", { form }),
  exportForms: (forms: string[], formats: string[]) =>
    call<{ paths: string[] } | null>("export_forms", { forms, formats }),
  exportReviewFile: () => call<{ path: string; n: number; code: string } | null>("export_review_file"),
  openReviewFile: (path: string | null = null) => call<ReviewView | null>("open_review_file", { path }),
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
