import type { Assessment, CadenceWindow, Duty, Label, Requirement, Scheme } from "../api";
import { i18n } from "../i18n";

// The only reader of a scheme's inner shape: screens ask here for words and duties.

export function words(label: Label): string {
  return i18n.language === "en" && label.en.trim() !== "" ? label.en : label.zh;
}

/** Sentences one after another: English has a blank between them. */
export function sentences(...said: (Label | string)[]): string {
  const each = said.map((one) => (typeof one === "string" ? one : words(one)));
  return each.join(i18n.language === "en" ? " " : "");
}

export function dutyOf(scheme: Scheme, id: string): Duty | null {
  return scheme.duties.find((duty) => duty.id === id) ?? null;
}

/** The duty that an activity of this kind is counted for. */
export function dutyFor(scheme: Scheme, kind: string): Duty | null {
  return scheme.duties.find((duty) => (duty.kinds as string[]).includes(kind)) ?? null;
}

export function titleOf(scheme: Scheme, requirement: string): string {
  const { duties, quotas = [], period, points, attendance } = scheme;
  const asked = [...duties, ...quotas, period.minimum, points].find((each) => each?.id === requirement);
  return words((asked ?? attendance).title);
}

/** The requirements that are judged; others are only recorded. */
export function judged(assessment: Assessment): Requirement[] {
  return assessment.requirements.filter((requirement) => requirement.status !== "recorded");
}

/** Whether the scheme pays a subsidy. */
export function paysSubsidy(scheme: Scheme): boolean {
  const { days_per_month, fen_per_day, months } = scheme.consequences.subsidy;
  return days_per_month * fen_per_day * months > 0;
}

/** A window of a cadence in days; of months, about as many. */
export function cadenceDays(window: CadenceWindow): number {
  if (window === "calendar_week") return 7;
  if ("days" in window) return window.days;
  if ("posting_years" in window) return 365 * window.posting_years;
  return 30 * ("posting_months" in window ? window.posting_months : window.calendar_months);
}

export function resultOf(assessment: Assessment, id: string): Requirement | null {
  return assessment.requirements.find((requirement) => requirement.id === id) ?? null;
}
