/** How a half-day stands; each has a mark of its own shape, so that colour is never the only sign. */
export type MarkName =
  | "present"
  | "rest_day_work"
  | "official_duty"
  | "compensatory_rest"
  | "personal_leave"
  | "sick_leave"
  | "other_leave"
  | "unrecorded"
  | "no_record"
  | "absent"
  | "recalled"
  | "remaining"
  | "rest";

export type Tone = "ok" | "accent" | "rest" | "leave" | "warn" | "bad" | "plain";

export const markTone: Record<MarkName, Tone> = {
  present: "ok",
  rest_day_work: "ok",
  official_duty: "accent",
  compensatory_rest: "rest",
  personal_leave: "leave",
  sick_leave: "leave",
  other_leave: "leave",
  unrecorded: "warn",
  no_record: "warn",
  absent: "bad",
  recalled: "bad",
  remaining: "plain",
  rest: "plain",
};
