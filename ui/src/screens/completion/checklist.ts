import type { DraftedPassage, PostingView } from "../../api";
import { addDays } from "../../dates";
import { i18n } from "../../i18n";
import { judged, titleOf, words } from "../../state/scheme";

// What is left to do before handing in. Every figure is the assessment's; nothing is judged here.

export type RowState = "done" | "open" | "failed";
export interface Row {
  id: string;
  title: string;
  fact: string;
  state: RowState;
}

const LEAVE_FINDINGS = [
  "leave_unapproved",
  "leave_approved_late",
  "leave_not_notified",
  "leave_without_written_explanation",
] as const;

export function recordsRow(view: PostingView): Row {
  const m = i18n.m.completion;
  const { attendance, phase } = view.assessment;
  const noRecord = attendance.excluded.filter((half) => half.reason === "no_work_recorded").length;
  const late = view.entered.filter((each) => each.entity === "day" && each.late_days > 0).length;
  const visits = view.comes_for_the_day;
  const open = [
    attendance.unrecorded_half_days > 0 && !visits
      ? m.records.unrecorded(attendance.unrecorded_half_days)
      : null,
    noRecord > 0 ? m.records.noRecord(noRecord) : null,
    phase !== "ended" && !visits && attendance.remaining_half_days > 0
      ? m.records.toCome(attendance.remaining_half_days)
      : null,
  ].filter((part) => part !== null);
  return {
    id: "records",
    title: m.rows.records,
    fact: m.joined([
      ...(open.length > 0
        ? open
        : [
            visits
              ? m.records.visits(attendance.attended_half_days)
              : m.records.all(attendance.scheduled_half_days),
          ]),
      ...(late > 0 ? [open.length > 0 ? m.records.alsoLate(late) : m.records.late(late)] : []),
    ]),
    state: open.length > 0 ? "open" : "done",
  };
}

export function requirementsRow(view: PostingView): Row {
  const m = i18n.m.completion;
  const { assessment, scheme } = view;
  const parts = assessment.requirements.map((requirement) => {
    const title = titleOf(scheme, requirement.id);
    if (requirement.kind === "attendance") {
      const { attended_half_days, scheduled_half_days } = assessment.attendance;
      return m.attendance(title, attended_half_days, scheduled_half_days);
    }
    if (requirement.kind === "activities") return m.duty(title, requirement.counted?.length ?? 0);
    return m.amount(title, requirement.amount ?? 0, requirement.minimum);
  });
  const met = judged(assessment).every((requirement) => requirement.status === "met");
  return {
    id: "requirements",
    title: m.rows.requirements(assessment.requirements.length),
    fact: m.joined(parts),
    state: assessment.failed.length > 0 ? "failed" : met ? "done" : "open",
  };
}

export function leaveRow(view: PostingView): Row {
  const m = i18n.m.completion;
  const { leaves } = view.records;
  const open = LEAVE_FINDINGS.map((code) => {
    const n = view.assessment.findings.filter((finding) => finding.code === code).length;
    return n > 0 ? m.leave[code](n) : null;
  }).filter((part) => part !== null);
  const away = leaves.filter((leave) => leave.returned_on === null && leave.to < view.today).length;
  if (away > 0) open.push(m.leave.notReturned(away));
  return {
    id: "leave",
    title: m.rows.leave,
    fact:
      open.length > 0 ? m.joined(open) : leaves.length > 0 ? m.leave.complete(leaves.length) : m.leave.none,
    state: open.length > 0 ? "open" : "done",
  };
}

export function submittedOn(view: PostingView, kind: string): string | null {
  return view.records.documents.find((document) => document.kind === kind)?.submitted_on ?? null;
}

/** A day still to come is a plan, not a handing in. */
function handedIn(view: PostingView, kind: string): boolean {
  const on = submittedOn(view, kind);
  return on !== null && on <= view.today;
}

export function documentRow(view: PostingView, kind: string): Row {
  const m = i18n.m.completion;
  const rule = view.scheme.documents.find((document) => document.kind === kind);
  const opens = addDays(view.records.posting.end, -(rule?.opens_days_before_end ?? 0));
  const submitted = submittedOn(view, kind);
  return {
    id: kind,
    title: i18n.m.common.documentKind[kind] ?? kind,
    fact: submitted
      ? handedIn(view, kind)
        ? m.handIn.submitted(submitted)
        : m.handIn.planned(submitted)
      : view.today < opens
        ? m.handIn.from(opens)
        : m.handIn.open,
    state: handedIn(view, kind) ? "done" : "open",
  };
}

/** The text of the summary: written where the physician wrote, drafted elsewhere; some of it no record can tell. */
export function summaryRow(passages: DraftedPassage[]): Row {
  const m = i18n.m.completion;
  const written = passages.filter((each) => each.written !== null).length;
  const blank = passages.filter((each) => each.written === null && each.runs.length === 0);
  return {
    id: "summary",
    title: m.rows.summary,
    fact:
      blank.length > 0
        ? m.summary.blank(blank.map((each) => words(each.heading)))
        : m.summary.whole(passages.length, written),
    state: passages.length > 0 && blank.length === 0 ? "done" : "open",
  };
}

export function appraisalRow(view: PostingView, text: string, drafted: DraftedPassage | null): Row {
  const m = i18n.m.completion;
  const at = view.entered.find((each) => each.entity === "summary")?.last_at ?? null;
  const length = Array.from(text.replace(/\s/g, "")).length;
  const blank = (drafted?.runs.length ?? 0) > 0 ? m.appraisal.drafted : m.appraisal.blank;
  return {
    id: "appraisal",
    title: m.rows.appraisal,
    fact: length > 0 ? m.appraisal.written(length, at ? at.slice(0, 10) : null) : blank,
    state: length > 0 ? "done" : "open",
  };
}

export function signatureRow(view: PostingView): Row {
  const m = i18n.m.completion;
  const signed = handedIn(view, "task_assessment_sheet");
  return {
    id: "signature",
    title: m.rows.signature,
    fact: signed ? m.signed : m.signature,
    state: signed ? "done" : "open",
  };
}

/** The one line of fact beside the title: the verdict first, then how far it is to handing in. */
export function headline(view: PostingView, rows: Row[]): string {
  const m = i18n.m.completion;
  const { failed } = view.assessment;
  const requirements = judged(view.assessment);
  const open = requirements.filter((requirement) => requirement.status !== "met").length;
  const left = rows.filter((row) => row.state !== "done").length;
  const verdict =
    failed.length > 0
      ? m.failed(
          requirements
            .filter((requirement) => failed.includes(requirement.id))
            .map((requirement) => titleOf(view.scheme, requirement.id)),
        )
      : open > 0
        ? m.someOpen(open)
        : m.allMet(requirements.length);
  return m.joined([verdict, left > 0 ? m.stepsLeft(left) : m.ready]);
}
