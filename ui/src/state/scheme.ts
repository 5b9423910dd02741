import type { Assessment, Duty, Label, PostingView, Requirement, Scheme } from "../api";
import { addDays, daysBetween, monday } from "../dates";
import { i18n } from "../i18n";

// The only reader of a scheme's inner shape: screens ask here for words and duties.

export function words(label: Label): string {
  return i18n.language === "en" ? label.en : label.zh;
}

export function dutyOf(scheme: Scheme, id: string): Duty | null {
  return scheme.duties.find((duty) => duty.id === id) ?? null;
}

/** The duty that an activity of this kind is counted for. */
export function dutyFor(scheme: Scheme, kind: string): Duty | null {
  return scheme.duties.find((duty) => (duty.kinds as string[]).includes(kind)) ?? null;
}

export function titleOf(scheme: Scheme, requirement: string): string {
  const known = dutyOf(scheme, requirement)?.title;
  return words(known ?? scheme.attendance.title);
}

export function resultOf(assessment: Assessment, id: string): Requirement | null {
  return assessment.requirements.find((requirement) => requirement.id === id) ?? null;
}

/**
 * The last day of the week or window that runs now, when nothing in it is counted yet; null when something is, or when
 * the duty keeps no cadence. It only words a reminder: what a missed window costs is the assessment's business.
 */
export function cadenceMissing(duty: Duty, view: PostingView, assessment: Assessment): string | null {
  const { start, end } = view.records.posting;
  const { today } = view;
  if (!duty.cadence || today < start || today > end) return null;
  const window = duty.cadence.window;
  const from =
    window === "calendar_week"
      ? monday(today)
      : addDays(start, Math.floor(daysBetween(start, today) / window.days) * window.days);
  const to = addDays(from, window === "calendar_week" ? 6 : window.days - 1);
  const counted = resultOf(assessment, duty.id)?.counted ?? [];
  if (counted.some((date) => date >= from && date <= to)) return null;
  return to < end ? to : end;
}
