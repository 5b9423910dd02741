import type { Assessment, Day, Half, Leave, LeaveGroup, PostingView } from "../../api";
import { datesFrom, weekday } from "../../dates";
import { calendarDay, dayOf, HALVES, leaveOver } from "../../state/half-days";

/** A leave being written; a date not typed yet is empty. */
export function newLeave(id: string, date: string): Leave {
  return {
    id,
    kind: "personal_leave",
    from: date,
    from_half: "morning",
    to: date,
    to_half: "afternoon",
    reason: null,
    recipient_approval: null,
    notification: null,
    written_explanation: null,
    returned_on: null,
  };
}

export function complete(leave: Leave): boolean {
  return leave.from !== "" && leave.to !== "";
}

const at = (date: string, half: Half) => `${date}${half === "morning" ? 0 : 1}`;

export function inOrder(leave: Leave): boolean {
  return at(leave.from, leave.from_half) <= at(leave.to, leave.to_half);
}

export function groupOf(assessment: Assessment, id: string): LeaveGroup | null {
  return assessment.leave_groups.find((group) => group.leaves.some((leave) => leave.id === id)) ?? null;
}

/** Scheduled half-days that a leave covers, as the assessment counted them. */
export function halfDaysOf(assessment: Assessment, id: string): number {
  return groupOf(assessment, id)?.leaves.find((leave) => leave.id === id)?.half_days ?? 0;
}

export function overlapping(view: PostingView, leave: Leave): Leave | null {
  return (
    view.records.leaves.find(
      (other) =>
        other.id !== leave.id &&
        at(other.from, other.from_half) <= at(leave.to, leave.to_half) &&
        at(leave.from, leave.from_half) <= at(other.to, other.to_half),
    ) ?? null
  );
}

/** Weekends and holidays within a leave: they lengthen it by nothing. */
export function restDays(view: PostingView, leave: Leave): { weekend: string[]; holiday: string[] } {
  const rest = datesFrom(leave.from, leave.to).filter((date) => calendarDay(view, date)?.workday === false);
  const holiday = rest.filter((date) => calendarDay(view, date)?.holiday);
  return { weekend: rest.filter((date) => !holiday.includes(date) && weekday(date) > 5), holiday };
}

/** Days whose half-days under the leave already say present: a half-day cannot be both. */
export function contradicted(view: PostingView, leave: Leave): Day[] {
  return datesFrom(leave.from, leave.to)
    .map((date) => ({ ...dayOf(view, date) }))
    .filter((day) => HALVES.some((half) => day[half] === "present" && leaveOver([leave], day.date, half)))
    .map((day) => {
      for (const half of HALVES) if (leaveOver([leave], day.date, half)) day[half] = null;
      return day;
    });
}
