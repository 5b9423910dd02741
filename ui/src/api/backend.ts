// The only importer of the desktop framework. Everything the interface asks of Rust passes through here.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { CommandTable } from "./types/commands";
import type {
  BlackArea,
  Change,
  CommandError,
  FormFormat,
  FormKind,
  FormOptions,
  ProblemChoice,
  Profile,
  RemindersTo,
  RestoreStep,
  ReviewDraft,
  RollUpFormat,
  RosterEntry,
  Scheme,
  SettingsChange,
  SheetMapping,
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

/** The commands and their shapes are written by the shell itself, so that neither side can drift. */
async function call<Name extends keyof CommandTable>(
  name: Name,
  args: CommandTable[Name]["args"],
): Promise<CommandTable[Name]["answer"]> {
  try {
    return await invoke<CommandTable[Name]["answer"]>(name, args);
  } catch (reason) {
    throw asBackendError(reason);
  }
}

export const backend = {
  appState: () => call("app_state", {}),
  /** The first screen is drawn: the window may show itself. */
  windowReady: () => call("window_ready", {}),
  closeWindow: () => call("close_window", {}),
  changeSettings: (change: SettingsChange) => call("change_settings", { change }),
  /** The schemes that a posting can begin with, the default one first. */
  schemes: () => call("schemes", {}),
  /** Everything that cannot stand in a scheme that is being changed; nothing is stored. */
  checkScheme: (scheme: Scheme) => call("check_scheme", { scheme }),
  /** Keeps the next version of an own scheme, or the first of a copy. */
  keepScheme: (scheme: Scheme) => call("keep_scheme", { scheme }),
  /** Null where the save dialog was cancelled. */
  exportScheme: (scheme: Scheme) => call("export_scheme", { scheme }),
  /** Null where the dialog was cancelled. */
  loadScheme: (path: string | null = null) => call("load_scheme", { path }),
  /** What a change would do to a sample and to the open posting; nothing is stored. */
  tryScheme: (before: Scheme, after: Scheme) => call("try_scheme", { before, after }),
  /** Judges the open posting by another scheme from now on; the log keeps the reason. */
  moveScheme: (scheme: string, version: number, reason: string) =>
    call("move_scheme", { scheme, version, reason }),
  proposePeriods: (scheme: string) => call("propose_periods", { scheme }),
  periodFacts: (start: string, end: string) => call("period_facts", { start, end }),
  createPosting: (profile: Profile) => call("create_posting", { profile }),
  createSample: () => call("create_sample", {}),
  openPosting: (logId: string) => call("open_posting", { logId }),
  postingView: () => call("posting_view", {}),
  /** Several changes are one batch: all or none, one undo. */
  save: (changes: Change[]) => call("save", { changes }),
  saveDraft: (entity: string, key: string, value: unknown) => call("save_draft", { entity, key, value }),
  discardDraft: (entity: string, key: string) => call("discard_draft", { entity, key }),
  undo: () => call("undo", {}),
  redo: () => call("redo", {}),
  /** What the assessment would be with these changes; nothing is stored. */
  preview: (changes: Change[]) => call("preview", { changes }),
  /** The verdict under assumptions, later dates taken as done; nothing is stored. */
  trial: (changes: Change[]) => call("trial", { changes }),
  /** The dates on which what is still needed is best done. */
  plan: () => call("plan", {}),
  /** Fixes a date of the plan (null, date), lets one go (date, null), or moves it; refused where the rules do not allow it. */
  movePlanned: (requirement: string, from: string | null, to: string | null) =>
    call("move_planned", { requirement, from, to }),
  /** Null where the save dialog was cancelled. */
  printWindow: () => call("print_window", {}),
  exportPlan: () => call("export_plan", {}),
  /** Whether a date keeps the gaps of a duty; null where nothing restricts it. */
  firstAllowed: (requirement: string, date: string, exceptId: string | null) =>
    call("first_allowed", { requirement, date, exceptId }),
  /** Every form, and why one cannot be made. */
  forms: () => call("forms", {}),
  /** A whole SVG document a page, exactly what prints. */
  formPreview: (form: FormKind, options: FormOptions | null = null) =>
    call("form_preview", { form, options }),
  /** The hospital's own documents under the scheme of the posting that is open. */
  templates: () => call("templates", {}),
  placeholders: () => call("placeholders", {}),
  /** Reads a document to be looked at; nothing of it is kept. Null where the dialog was cancelled. */
  readTemplate: (path: string | null) => call("read_template", { path }),
  keepTemplate: (form: FormKind, id: string) => call("keep_template", { form, id }),
  removeTemplate: (form: FormKind) => call("remove_template", { form }),
  /** Saves a filled copy; null where the save dialog was cancelled. */
  tryTemplate: (form: FormKind) => call("try_template", { form }),
  /** Null where the save dialog was cancelled. */
  exportForms: (forms: FormKind[], formats: FormFormat[], options: FormOptions | null = null) =>
    call("export_forms", { forms, formats, options }),
  /** The posting summary passage by passage, as the records have it and as it was written. */
  draftSummary: () => call("draft_summary", {}),
  /** Paths of pictures that were chosen; none where the dialog was cancelled. */
  choosePictures: () => call("choose_pictures", {}),
  /** Reads a picture from a path that somebody chose or dropped, or from bytes that were pasted; nothing of it is kept. */
  lookAtPicture: (source: { path: string } | { base64: string }) =>
    call("look_at_picture", {
      path: "path" in source ? source.path : null,
      base64: "base64" in source ? source.base64 : null,
    }),
  /** Keeps a picture with parts of it black. It goes with an activity once that is saved with it. */
  keepPicture: (id: string, areas: BlackArea[]) => call("keep_picture", { id, areas }),
  lookAway: (id: string) => call("look_away", { id }),
  /** Null where its bytes are not on this computer. */
  picture: (sha256: string, thumbnail: boolean) => call("picture", { sha256, thumbnail }),
  /** Erases a picture in the recycle bin. There is no way back. */
  erasePicture: (sha256: string) => call("erase_picture", { sha256 }),
  /** Null where the review file does not enclose it. */
  reviewedPicture: (sha256: string, thumbnail: boolean) => call("reviewed_picture", { sha256, thumbnail }),
  /** With the pictures that are named, and no others. */
  exportReviewFile: (pictures: string[]) => call("export_review_file", { pictures }),
  /** What could go into an office file made here. */
  officeFileOffer: () => call("office_file_offer", {}),
  /** Reads a notice's file for the next office file; null where the dialog was cancelled. */
  loadOfficeHolidays: () => call("load_office_holidays", {}),
  /** Null where the save dialog was cancelled. */
  exportOfficeFile: (schemes: string[]) => call("export_office_file", { schemes }),
  /** Reads an office file to be looked at; nothing is taken. Null where the dialog was cancelled, or a given file is of
   * another kind. */
  lookAtOfficeFile: (path: string | null) => call("look_at_office_file", { path }),
  /** Takes the one that was looked at; a key that changed only with its fingerprint, compared by a person. */
  takeOfficeFile: (id: string, fingerprint: string | null) => call("take_office_file", { id, fingerprint }),
  knownOffices: () => call("known_offices", {}),
  /** What kind of file of ours it is, by its content; null where it is none. */
  kindOfFile: (path: string) => call("kind_of_file", { path }),
  /** Looks at a reviewer's decision; nothing is taken in. Null where the dialog was cancelled. */
  lookAtReceipt: (path: string | null = null) => call("look_at_receipt", { path }),
  /** Takes a decision in; `fingerprint` is the one that a person compared, where that is asked for. */
  takeReceipt: (path: string, fingerprint: string | null) => call("take_receipt", { path, fingerprint }),
  /** With neither words nor a correction the answer is taken back. */
  answerComment: (comment: string, text: string, corrected: boolean) =>
    call("answer_comment", { comment, text, corrected }),
  /** Why records that were approved are changed. */
  giveReason: (reason: string) => call("give_reason", { reason }),
  openReviewFile: (path: string | null = null) => call("open_review_file", { path }),
  /** What is being written about a received file with this head. */
  reviewDraft: (logId: string, head: string) => call("review_draft", { logId, head }),
  keepReviewDraft: (logId: string, head: string, draft: ReviewDraft) =>
    call("keep_review_draft", { logId, head, draft }),
  /** Signs a decision on a received file and writes it; null where the save dialog was cancelled. */
  decideReview: (sha256: string, draft: ReviewDraft) => call("decide_review", { sha256, draft }),
  /** Writes the file of a decision again; null where the save dialog was cancelled. */
  exportDecision: (sha256: string) => call("export_decision", { sha256 }),
  /** Shows a file that was received before, out of the records. */
  openReceivedFile: (sha256: string) => call("open_received_file", { sha256 }),
  /** 月度封存 of a month that has begun; null where the save dialog was cancelled. */
  makeCheckIn: (month: string) => call("make_check_in", { month }),
  /** Saves the attendance sheet of the check-in that is shown; null where the dialog was cancelled. */
  saveCheckInSheet: () => call("save_check_in_sheet", {}),
  /** Expects the key of the file that is shown from now on; its fingerprint was compared by a person. */
  acceptKey: (fingerprint: string) => call("accept_key", { fingerprint }),
  /** What a code typed in from paper is to the file that is shown. */
  checkCode: (code: string) => call("check_code", { code }),
  /** Takes note of a question about a log, or not any more; answers all that were. */
  knowQuestion: (logId: string, question: string, known: boolean) =>
    call("know_question", { logId, question, known }),
  /** The forms of the file that is shown. */
  reviewedForms: () => call("reviewed_forms", {}),
  reviewedFormPreview: (form: FormKind, options: FormOptions | null = null) =>
    call("reviewed_form_preview", { form, options }),
  /** Null where the save dialog was cancelled. */
  exportReviewedForms: (forms: FormKind[], formats: FormFormat[], options: FormOptions | null = null) =>
    call("export_reviewed_forms", { forms, formats, options }),
  /** Adds files and folders to the roll-up and begins to read them; null paths ask for a folder. */
  rollUp: (paths: string[] | null) => call("roll_up", { paths }),
  /** How the roll-up stands, with its lines from a place on. */
  rollupView: (from: number) => call("rollup_view", { from }),
  stopRollup: () => call("stop_rollup", {}),
  clearRollup: () => call("clear_rollup", {}),
  /** Who is sent when, and what about it should be asked. */
  roster: () => call("roster", {}),
  keepRoster: (entries: RosterEntry[]) => call("keep_roster", { entries }),
  rollupDecisions: () => call("rollup_decisions", {}),
  /** Null where the dialog for the folder was cancelled. */
  decideRollup: (lines: number[], grade: string | null) => call("decide_rollup", { lines, grade }),
  /** Null where the save dialog was cancelled. */
  exportRollup: (format: RollUpFormat) => call("export_rollup", { format }),
  backupNow: () => call("backup_now", {}),
  /** Where backups lie; their names only, none of them is read for this. */
  backupPlaces: () => call("backup_places", {}),
  /** Null where the dialog was cancelled; else all places, the chosen one last. */
  chooseBackupFolder: () => call("choose_backup_folder", {}),
  chooseBackupFile: () => call("choose_backup_file", {}),
  /** Reads one backup through. That it does not verify is an answer. */
  readBackup: (path: string) => call("read_backup", { path }),
  chooseMovingFile: () => call("choose_moving_file", {}),
  /** What going back to a backup would change; nothing is stored. */
  previewRestore: (path: string) => call("preview_restore", { path }),
  restore: (path: string) => call("restore", { path }),
  /** Refused where something was entered since the restore. */
  undoRestore: (steps: RestoreStep[]) => call("undo_restore", { steps }),
  secondPlace: () => call("second_place", {}),
  /** The place as it is afterwards, also where the dialog was cancelled. */
  chooseSecondPlace: () => call("choose_second_place", {}),
  forgetSecondPlace: () => call("forget_second_place", {}),
  /** Null where the dialog was cancelled; else this copy can only be read from now on. */
  moveAway: () => call("move_away", {}),
  takeBack: () => call("take_back", {}),
  /** `typed` is the physician's name or the unit as shown. */
  deletePosting: (logId: string, typed: string) => call("delete_posting", { logId, typed }),
  /** What going on from a backup would bring, while the records cannot be opened. */
  foreseeRestore: (path: string) => call("foresee_restore", { path }),
  adoptBackup: (path: string) => call("adopt_backup", { path }),
  /** Null where the dialog was cancelled. */
  saveEverything: () => call("save_everything", {}),
  setDate: (date: string) => call("set_date", { date }),
  putAwayNotice: (code: string) => call("put_away_notice", { code }),
  diagnosis: () => call("diagnosis", {}),
  /** Every value a record had, the newest first. */
  recordHistory: (entity: string, key: string) => call("record_history", { entity, key }),
  /** Gives a record an earlier value again: one entry, which can be undone. */
  goBack: (entity: string, key: string, n: number) => call("go_back", { entity, key, n }),
  recycleBin: () => call("recycle_bin", {}),
  /** Erases the texts a record has or ever had. There is no way back. */
  eraseTexts: (entity: string, key: string) => call("erase_texts", { entity, key }),
  /** What among texts being typed looks like the identity of a patient; nothing is stored. */
  textWarnings: (changes: Change[]) => call("text_warnings", { changes }),
  /** Adds an own statistic (null), or renames one. */
  setTallyItem: (key: string | null, name: string, unit: string) =>
    call("set_tally_item", { key, name, unit }),
  /** Removes an own statistic with what was counted under it, as one step. */
  removeTallyItem: (key: string) => call("remove_tally_item", { key }),
  /** What a notice's text, or overrides as JSON, say of a year's holidays; nothing is stored. */
  readArrangement: (text: string) => call("read_arrangement", { text }),
  /** Null where the dialog was cancelled. */
  openArrangement: () => call("open_arrangement", {}),
  /** Reads a workbook that was chosen or dropped; nothing of it is entered. Null where the dialog was cancelled. */
  readWorkbook: (path: string | null) => call("read_workbook", { path }),
  /** What an import would do, row by row; `replace` names conflicts in which the workbook wins. Nothing is stored. */
  previewImport: (id: string, mappings: SheetMapping[], replace: string[]) =>
    call("preview_import", { id, mappings, replace }),
  /** Enters what the preview shows, as one batch. */
  importWorkbook: (id: string, mappings: SheetMapping[], replace: string[]) =>
    call("import_workbook", { id, mappings, replace }),
  /** What is offered while these days are filled in, in their order. */
  dayOffers: (dates: string[]) => call("day_offers", { dates }),
  ownPhrases: () => call("own_phrases", {}),
  /** Whether a phrase is to be offered; the notes stay as they are. */
  wantPhrase: (text: string, wanted: boolean) => call("want_phrase", { text, wanted }),
  setReminders: (to: RemindersTo) => call("set_reminders", { to }),
  /** The records that every word of the query fits, the best first; also by pinyin, initials and dates. */
  search: (query: string) => call("search", { query }),
  /** The pages of texts that fit, best first; the first text of a page is its title. */
  searchPages: (query: string, pages: string[][]) => call("search_pages", { query, pages }),
  answerProblem: (choice: ProblemChoice) => call("answer_problem", { choice }),
};

/** A file that a second start or a double click handed to the running window. */
export async function onFileOpened(handle: (path: string) => void): Promise<() => void> {
  return listen<string>("open-file", (event) => handle(event.payload));
}

/** Files are dragged over the window (`hovering`), or were dropped on it. */
export async function onFilesDragged(handle: {
  hovering: (over: boolean) => void;
  dropped: (paths: string[]) => void;
}): Promise<() => void> {
  const stops = await Promise.all([
    listen("tauri://drag-enter", () => handle.hovering(true)),
    listen("tauri://drag-leave", () => handle.hovering(false)),
    listen<{ paths?: string[] }>("tauri://drag-drop", (event) => {
      handle.hovering(false);
      handle.dropped(event.payload.paths ?? []);
    }),
  ]);
  return () => stops.forEach((stop) => stop());
}

/** There is news of automatic backups: one was made, or one failed. */
export async function onBackup(handle: () => void): Promise<() => void> {
  return listen("backup", () => handle());
}
