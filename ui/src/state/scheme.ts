import type { Assessment, Duty, Label, Requirement, Scheme } from "../api";
import { i18n } from "../i18n";

// The only reader of a scheme's inner shape: screens ask here for words and duties.

export function words(label: Label): string {
  return i18n.language === "en" ? label.en : label.zh;
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
  const known = dutyOf(scheme, requirement)?.title;
  return words(known ?? scheme.attendance.title);
}

export function resultOf(assessment: Assessment, id: string): Requirement | null {
  return assessment.requirements.find((requirement) => requirement.id === id) ?? null;
}
