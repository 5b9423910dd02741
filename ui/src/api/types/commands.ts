// Written by `cargo run --package xiaxiangzhi --example bindings`; a test fails when it is stale.
import type { AppState } from "./AppState";
import type { Assessment } from "./Assessment";
import type { BackupInfo } from "./BackupInfo";
import type { Change } from "./Change";
import type { DraftSaved } from "./DraftSaved";
import type { ExportedForms } from "./ExportedForms";
import type { ExportedReviewFile } from "./ExportedReviewFile";
import type { FirstAllowed } from "./FirstAllowed";
import type { FormFormat } from "./FormFormat";
import type { FormKind } from "./FormKind";
import type { FormPages } from "./FormPages";
import type { PeriodFacts } from "./PeriodFacts";
import type { PostingView } from "./PostingView";
import type { ProblemChoice } from "./ProblemChoice";
import type { Profile } from "./Profile";
import type { ReviewView } from "./ReviewView";
import type { SettingsChange } from "./SettingsChange";

export interface CommandTable {
  app_state: { args: Record<string, never>; answer: AppState };
  window_ready: { args: Record<string, never>; answer: null };
  close_window: { args: Record<string, never>; answer: null };
  change_settings: { args: { change: SettingsChange }; answer: AppState };
  answer_problem: { args: { choice: ProblemChoice }; answer: AppState };
  propose_periods: { args: Record<string, never>; answer: PeriodFacts[] };
  period_facts: { args: { start: string; end: string }; answer: PeriodFacts };
  create_posting: { args: { profile: Profile }; answer: PostingView };
  create_sample: { args: Record<string, never>; answer: PostingView };
  open_posting: { args: { logId: string }; answer: PostingView };
  posting_view: { args: Record<string, never>; answer: PostingView };
  save: { args: { changes: Change[] }; answer: PostingView };
  save_draft: { args: { entity: string; key: string; value: unknown }; answer: DraftSaved };
  discard_draft: { args: { entity: string; key: string }; answer: PostingView };
  undo: { args: Record<string, never>; answer: PostingView };
  redo: { args: Record<string, never>; answer: PostingView };
  preview: { args: { changes: Change[] }; answer: Assessment };
  first_allowed: { args: { requirement: string; date: string; exceptId: string | null }; answer: FirstAllowed | null };
  form_preview: { args: { form: FormKind }; answer: FormPages };
  export_forms: { args: { forms: FormKind[]; formats: FormFormat[] }; answer: ExportedForms | null };
  export_review_file: { args: Record<string, never>; answer: ExportedReviewFile | null };
  open_review_file: { args: { path: string | null }; answer: ReviewView | null };
  backup_now: { args: Record<string, never>; answer: BackupInfo };
}
