import type { Activity, ActivityKind, Duty, PostingView, Requirement } from "../../api";

export type Tab = string;
export const OTHERS = "others";

export const ALL_KINDS: ActivityKind[] = [
  "lecture",
  "ward_round",
  "teaching_round",
  "health_education",
  "free_clinic",
  "training",
  "surgical_demonstration",
  "case_discussion",
  "consultation",
  "mobile_clinic",
  "mentoring",
  "support_visit",
  "home_visit",
  "emergency_response",
  "other",
];

/** The figures that belong to a kind of activity. */
export const TALLIES: Partial<Record<ActivityKind, string[]>> = {
  free_clinic: ["free_clinic_visits", "hypertension_found", "leaflets"],
  health_education: ["health_education_audience", "leaflets"],
  mobile_clinic: ["outpatient_visits", "check_ups"],
  ward_round: ["ward_patients_seen"],
  teaching_round: ["ward_patients_seen"],
  mentoring: ["trainees"],
  training: ["village_doctors_trained"],
  surgical_demonstration: ["operations", "trainees"],
  consultation: ["consultations"],
  home_visit: ["health_records_created", "hypertension_found"],
  emergency_response: ["rescued_critical_patients"],
};

export function kindsOf(view: PostingView, tab: Tab): ActivityKind[] {
  const duty = view.scheme.duties.find((each) => each.id === tab);
  if (duty) return duty.kinds;
  const judged = view.scheme.duties.flatMap((each) => each.kinds);
  return ALL_KINDS.filter((kind) => !judged.includes(kind));
}

export function tabOf(view: PostingView, kind: string): Tab {
  return view.scheme.duties.find((duty) => (duty.kinds as string[]).includes(kind))?.id ?? OTHERS;
}

export function activitiesOf(view: PostingView, tab: Tab): Activity[] {
  const kinds = kindsOf(view, tab);
  return view.records.activities
    .filter((activity) => kinds.includes(activity.kind))
    .sort((a, b) => a.date.localeCompare(b.date));
}

export function newActivity(id: string, kind: ActivityKind, date: string): Activity {
  return {
    id,
    kind,
    date,
    title: null,
    place: null,
    minutes: null,
    participants: null,
    audience: null,
    note: null,
    counts_toward_assessment: true,
    tallies: {},
    attachments: [],
  };
}

/** Why an activity is not counted, in the assessment's own word. */
export function exclusion(result: Requirement | null, activity: Activity): string | null {
  return result?.excluded?.find((each) => each.id === activity.id)?.reason ?? null;
}

/** How the kind of a duty is worded in a form: lectures have a topic, rounds a content. */
export function wording(duty: Duty | null): "lecture" | "round" | "other" {
  if (duty?.kinds.includes("lecture")) return "lecture";
  if (duty?.kinds.includes("ward_round")) return "round";
  return "other";
}
