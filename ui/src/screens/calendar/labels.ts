import type { CalendarDay } from "../../api";
import type { MarkName } from "../../components/marks";
import { i18n } from "../../i18n";
import type { Cell } from "./month";

/** What a half-day's mark says. */
export function wordOf(mark: MarkName): string {
  const status = i18n.m.common.status;
  if (mark === "other_leave") return i18n.m.calendar.otherLeave;
  if (mark === "personal_leave" || mark === "sick_leave") return i18n.m.common.leaveKind[mark];
  return mark in status ? status[mark as keyof typeof status] : "";
}

/** Both halves in words: 全天出勤, or each half where they differ. */
export function wordsOf([morning, afternoon]: Cell["marks"]): string {
  const half = i18n.m.common.half;
  if (morning === afternoon) return wordOf(morning);
  return [half.morning + wordOf(morning), half.afternoon + wordOf(afternoon)]
    .filter((word, at) => wordOf([morning, afternoon][at]!) !== "" && word)
    .join(i18n.m.common.comma);
}

export function isShown(cell: Cell): boolean {
  return cell.marks.some((mark) => mark !== "rest" && mark !== "remaining");
}

/** What the day is: a make-up workday, a holiday, a rest day; blank for an ordinary workday. */
export function kindOf(cell: Cell, known: CalendarDay | null): string {
  const m = i18n.m.calendar;
  if (cell.makeup) return m.makeup(known?.name ?? "");
  if (cell.holiday) return m.holiday(known?.name ?? "");
  return cell.workday ? "" : m.restDay;
}

/** The day for a screen reader. */
export function labelOf(cell: Cell, known: CalendarDay | null): string {
  const { half, activityKind, comma, provisional } = i18n.m.common;
  const shown = isShown(cell);
  return [
    i18n.m.dates.day(cell.date),
    kindOf(cell, known),
    known?.provisional ? provisional : "",
    shown ? half.morning + wordOf(cell.marks[0]) : "",
    shown ? half.afternoon + wordOf(cell.marks[1]) : "",
    ...cell.activities.map((each) => `${activityKind[each.kind]}${each.title ?? ""}`),
  ]
    .filter(Boolean)
    .join(comma);
}
