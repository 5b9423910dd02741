import type { Assessment, CalendarDay, Day, Half as HalfDay, Leave, PostingView } from "../api";
import type { MarkName } from "../components/marks";

// How a half-day is drawn. What counts is read from the assessment, never worked out here.

export const HALVES: HalfDay[] = ["morning", "afternoon"];

/** A posting of one's own or one that was received: both are drawn alike. */
type Known = Pick<PostingView, "records" | "calendar">;

/** Sortable: morning comes before afternoon. */
function moment(date: string, half: HalfDay): string {
  return `${date}${half === "morning" ? 0 : 1}`;
}

export function leaveOver(leaves: Leave[], date: string, half: HalfDay): Leave | null {
  const at = moment(date, half);
  return (
    leaves.find(
      (leave) => moment(leave.from, leave.from_half) <= at && at <= moment(leave.to, leave.to_half),
    ) ?? null
  );
}

export function leaveMark(kind: Leave["kind"]): MarkName {
  return kind === "personal_leave" || kind === "sick_leave" ? kind : "other_leave";
}

export function calendarDay(view: Known, date: string): CalendarDay | null {
  return view.calendar.find((day) => day.date === date) ?? null;
}

export function emptyDay(date: string): Day {
  return { date, morning: null, afternoon: null, note: null, tallies: {} };
}

/** A day with nothing on it is no record. */
export function storedDay(day: Day): Day | null {
  const empty =
    day.morning === null &&
    day.afternoon === null &&
    !day.note?.trim() &&
    Object.keys(day.tallies).length === 0;
  return empty ? null : day;
}

export function dayOf(view: Known, date: string): Day {
  return view.records.days.find((day) => day.date === date) ?? emptyDay(date);
}

export function halfMark(view: Known, assessment: Assessment, date: string, half: HalfDay): MarkName {
  const leave = leaveOver(view.records.leaves, date, half);
  if (leave) return leaveMark(leave.kind);
  const known = calendarDay(view, date);
  const status = dayOf(view, date)[half];
  if (status === null) {
    if (!known?.workday) return "rest";
    return date < assessment.as_of ? "unrecorded" : "remaining";
  }
  if (assessment.attendance.excluded.some((each) => each.date === date && each.half === half))
    return "no_record";
  if (status === "present" && !known?.workday) return "rest_day_work";
  return status;
}

export interface OpenDay {
  date: string;
  marks: [MarkName, MarkName];
  makeup: boolean;
}

/** Workdays before the assessment's date that are not filled in, or lack a work record. */
export function openDays(view: PostingView, assessment: Assessment): OpenDay[] {
  if (view.comes_for_the_day) return [];
  return view.calendar
    .filter((day) => day.workday && day.date < assessment.as_of)
    .map((day) => ({
      date: day.date,
      marks: HALVES.map((half) => halfMark(view, assessment, day.date, half)) as [MarkName, MarkName],
      makeup: day.makeup_workday,
    }))
    .filter((day) => day.marks.some((mark) => mark === "unrecorded" || mark === "no_record"));
}
