// The shapes that the commands exchange: records.md for records, rules.md for the assessment.

export type HalfDay = "morning" | "afternoon";
export type HalfDayStatus = "present" | "official_duty" | "compensatory_rest" | "absent" | "recalled";
export type ActivityKind =
  | "lecture" | "ward_round" | "teaching_round" | "health_education" | "free_clinic" | "training"
  | "surgical_demonstration" | "case_discussion" | "consultation" | "mobile_clinic" | "mentoring"
  | "support_visit" | "home_visit" | "emergency_response" | "other";
export type LeaveKind =
  | "personal_leave" | "sick_leave" | "annual_leave" | "marriage_leave" | "maternity_leave"
  | "paternity_leave" | "bereavement_leave" | "study_leave" | "home_leave" | "other_leave";
export type Tallies = Record<string, number>;

export interface Physician {
  name: string | null;
  sex: "male" | "female" | null;
  birth_date: string | null;
  education: string | null;
  specialty: string | null;
  title: string | null;
  licence_number: string | null;
  promotion_target: string | null;
}
export interface Posting {
  id: string;
  physician: Physician;
  supporting_hospital: string | null;
  home_department: string | null;
  recipient_unit: string | null;
  county_health_authority: string | null;
  station: "resident" | "visiting" | null;
  start: string;
  end: string;
  scheme: string;
}
export interface Day {
  date: string;
  morning: HalfDayStatus | null;
  afternoon: HalfDayStatus | null;
  note: string | null;
  tallies: Tallies;
}
export interface Activity {
  id: string | null;
  kind: ActivityKind;
  date: string;
  title: string | null;
  place: string | null;
  minutes: number | null;
  participants: number | null;
  audience: string | null;
  note: string | null;
  counts_toward_assessment: boolean;
  tallies: Tallies;
  attachments: unknown[];
}
export interface Leave {
  id: string;
  kind: LeaveKind;
  from: string;
  from_half: HalfDay;
  to: string;
  to_half: HalfDay;
  reason: string | null;
  recipient_approval: { by: string | null; on: string | null } | null;
  notification: { to: string | null; on: string | null } | null;
  written_explanation: { on: string } | null;
  returned_on: string | null;
}
export interface SubmittedDocument {
  kind: string;
  submitted_on: string | null;
}
export interface Summary {
  self_appraisal: string | null;
  suggestions: string | null;
}
export interface Records {
  format: string;
  version: number;
  posting: Posting;
  calendar_overrides: { date: string; kind: "workday" | "rest_day"; reason: string | null }[];
  days: Day[];
  activities: Activity[];
  leaves: Leave[];
  documents: SubmittedDocument[];
  problems: unknown[];
  summary: Summary;
}

export type RequirementStatus = "met" | "not_met" | "reachable" | "unreachable" | "not_assessable";
export interface Clause {
  number: string;
  quote: string;
}
export interface Excluded {
  id: string | null;
  date: string;
  reason: "marked_not_counted" | "outside_posting" | "after_as_of" | "on_leave" | "same_day" | "short_gap";
}
export interface Gap {
  from: string;
  to: string;
  days: number;
}
export interface Requirement {
  id: string;
  status: RequirementStatus;
  clause: Clause;
  minimum: number;
  minimum_gap_days: number | null;
  counted: string[] | null;
  excluded: Excluded[] | null;
  gaps: Gap[] | null;
  still_needed: number | null;
  next_allowed_date: string | null;
  last_safe_date: string | null;
  absence_left_half_days: number | null;
  arithmetic: string;
}
export interface Attendance {
  scheduled_half_days: number;
  attended_half_days: number;
  leave_half_days: number;
  unrecorded_half_days: number;
  absent_half_days: number;
  recalled_half_days: number;
  official_duty_half_days: number;
  compensatory_rest_half_days: number;
  remaining_half_days: number;
  needed_half_days: number;
  excluded: { date: string; half: HalfDay; reason: "no_work_recorded" | "no_rest_day_work" }[];
}
export interface Consequences {
  subsidy_fen: number;
  deducted_fen: number;
  payable_fen: number;
  appraisal_form: "issued" | "withheld" | "pending";
  repeat_posting: boolean;
  department_fine_fen: number;
  department_reward_fen: number;
  recall_fine_physician_fen: number;
  recall_fine_department_fen: number;
}
export interface LeaveGroup {
  from: string;
  to: string;
  half_days: number;
  written: boolean;
  leaves: { id: string; kind: LeaveKind; half_days: number }[];
}
export interface Finding {
  code: string;
  severity: "info" | "warning" | "error";
  requirement: string | null;
  from: string | null;
  to: string | null;
  message: string;
}
export interface Assessment {
  scheme: { id: string; version: number };
  as_of: string;
  phase: "before" | "in_progress" | "ended";
  calendar: { provisional_years: number[] };
  attendance: Attendance;
  requirements: Requirement[];
  failed: string[];
  consequences: Consequences;
  tallies: Tallies;
  leave_groups: LeaveGroup[];
  findings: Finding[];
}

export interface Label {
  zh: string;
  en: string;
}
export interface Duty {
  id: string;
  title: Label;
  kinds: ActivityKind[];
  minimum: number;
  minimum_gap_days: number;
  short_gap: "fail" | "not_counted";
  max_per_day: number | null;
  cadence: {
    window: { days: number } | "calendar_week";
    skip_without_workday: boolean;
    rule: "finding" | "required";
    clause: Clause;
  } | null;
  clause: Clause;
}
export interface Scheme {
  format: string;
  id: string;
  version: number;
  title: Label;
  summary: Label;
  duties: Duty[];
  attendance: { id: string; title: Label; minimum_percent: number; work_note_required: boolean; clause: Clause };
  leave: { written_from_half_days: number; group_adjacent: boolean; clause: Clause };
  consequences: {
    subsidy: { days_per_month: number; fen_per_day: number; months: number; clause: Clause };
    steps: {
      failed: number;
      months_deducted: number;
      appraisal_withheld: boolean;
      repeat_posting: boolean;
      department_fine_fen: number;
    }[];
    department_reward_fen: number;
    refusal_fine_fen: number;
    recall_fine_physician_fen: number;
    recall_fine_department_fen: number;
    clause: Clause;
    recall_clause: Clause;
    department_clause: Clause;
  };
  documents: { kind: string; opens_days_before_end: number; clause: Clause }[];
  tallies: string[];
}

export interface CalendarDay {
  date: string;
  workday: boolean;
  holiday: boolean;
  makeup_workday: boolean;
  name: string | null;
  provisional: boolean;
  overridden: boolean;
}
export interface Entered {
  entity: string;
  key: string;
  first_at: string;
  last_at: string;
  late_days: number;
}
export interface Draft {
  entity: string;
  key: string;
  value: unknown;
  at: string;
}
export interface PostingView {
  log_id: string;
  records: Records;
  scheme: Scheme;
  assessment: Assessment;
  if_nothing_more: Assessment;
  today: string;
  calendar: CalendarDay[];
  head: { n: number; code: string };
  entered: Entered[];
  drafts: Draft[];
  saved_at: string | null;
  backup_at: string | null;
  undo: string | null;
  redo: string | null;
  read_only: string | null;
  phrases: string[];
}

export type Role = "physician" | "supervisor";
export type Language = "zh-CN" | "en";
export type Theme = "system" | "light" | "dark";
export interface PostingSummary {
  log_id: string;
  physician: string;
  recipient_unit: string;
  start: string;
  end: string;
  n: number;
  last_at: string | null;
}
export type ProblemChoice = "retry" | "quit";
export interface OpenProblem {
  error: CommandError;
  choices: ProblemChoice[];
}
export interface OfficeProfile {
  hospital: string;
  office: string;
  name: string;
}
export interface AppState {
  role: Role | null;
  language: Language;
  theme: Theme;
  type_size: number;
  office: OfficeProfile;
  postings: PostingSummary[];
  current: string | null;
  problem: OpenProblem | null;
  version: string;
  today: string;
  opened_file: string | null;
  backup: BackupInfo | null;
  data_folder: string;
}
export interface BackupInfo {
  at: string;
  file: string;
  verified: boolean;
}
export interface Settings {
  role: Role;
  language: Language;
  theme: Theme;
  type_size: number;
  office: OfficeProfile;
}
export interface PeriodFacts {
  year: number;
  quarter: number | null;
  start: string;
  end: string;
  handover_date: string;
  days: number;
  workdays: number;
  scheduled_half_days: number;
  provisional: boolean;
}
export interface Profile {
  physician: Physician;
  supporting_hospital: string | null;
  home_department: string | null;
  recipient_unit: string | null;
  county_health_authority: string | null;
  station: Posting["station"];
  start: string;
  end: string;
  scheme: string;
}
export interface Change {
  event_id: string;
  entity: string;
  key: string;
  value: unknown;
}
export interface FirstAllowed {
  allowed: boolean;
  gap_days: number | null;
  neighbour: string | null;
  first_allowed: string | null;
}
export type FormKind = "sheet";
export type FormFormat = "pdf" | "xlsx";
export interface FormPages {
  pages: string[];
  missing_glyphs: string[];
}
export interface ExportedForms {
  paths: string[];
}
export interface ExportedReviewFile {
  path: string;
  n: number;
  code: string;
}
export interface ReviewVerdict {
  code: string;
  genuine: boolean;
  warning: boolean;
  what: Label;
}
export interface FirstSeen {
  at: string;
  file_name: string;
  n: number;
}
export interface ReviewedFile {
  log_id: string;
  exported_at: string;
  export_number: number;
  as_of: string;
  head: { n: number; code: string };
  key_fingerprint: string;
  engine_version: string;
  records: Records;
  scheme: Scheme;
  assessment: Assessment;
  assessment_today: Assessment;
  today: string;
  calendar: CalendarDay[];
  entered: Entered[];
  first_seen: FirstSeen | null;
}
export interface ReviewView {
  file_name: string;
  verdict: ReviewVerdict;
  file: ReviewedFile | null;
  refusal: CommandError | null;
  confirmed: Label | null;
}
export interface FaultView {
  entity: string | null;
  key: string | null;
  field: string;
  what: Label;
}
export interface CommandError {
  code: string;
  what: Label;
  safe: Label;
  next: Label;
  faults: FaultView[];
}
