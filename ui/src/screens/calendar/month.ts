import type { Activity, Leave, PostingView } from "../../api";
import type { MarkName } from "../../components/marks";
import { addDays, datesFrom, isoDate, monday, parts } from "../../dates";
import { calendarDay, HALVES, halfMark } from "../../state/half-days";

export interface Cell {
  date: string;
  inside: boolean;
  inMonth: boolean;
  workday: boolean;
  holiday: boolean;
  makeup: boolean;
  /** The holiday's name, on the first of its days. */
  name: string | null;
  provisional: boolean;
  marks: [MarkName, MarkName];
  activities: Activity[];
  /** A leave that begins on this day. */
  leave: Leave | null;
}

export function monthOf(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

export function shiftMonth(month: string, by: number): string {
  const { year, month: m } = parts(month);
  const at = year * 12 + (m - 1) + by;
  return isoDate(Math.floor(at / 12), (at % 12) + 1, 1)!;
}

/** Whole weeks, Monday first, that touch the month. */
export function weeksOfMonth(view: PostingView, month: string): Cell[][] {
  const last = addDays(shiftMonth(month, 1), -1);
  const { start, end } = view.records.posting;
  const weeks: Cell[][] = [];
  for (let from = monday(month); from <= last; from = addDays(from, 7)) {
    weeks.push(
      datesFrom(from, addDays(from, 6)).map((date) => {
        const known = calendarDay(view, date);
        const before = calendarDay(view, addDays(date, -1));
        return {
          date,
          inside: date >= start && date <= end,
          inMonth: date >= month && date <= last,
          workday: known?.workday ?? false,
          holiday: known?.holiday ?? false,
          makeup: known?.makeup_workday ?? false,
          name: known?.holiday && (!before?.holiday || before.name !== known.name) ? known.name : null,
          provisional: known?.provisional ?? false,
          marks: HALVES.map((half) => halfMark(view, view.assessment, date, half)) as Cell["marks"],
          activities: view.records.activities.filter((activity) => activity.date === date),
          leave: view.records.leaves.find((leave) => leave.from === date) ?? null,
        };
      }),
    );
  }
  return weeks;
}

/** How many scheduled half-days of the month carry each mark. */
export function tally(weeks: Cell[][]): Map<MarkName, number> {
  const counts = new Map<MarkName, number>();
  for (const cell of weeks.flat()) {
    if (!cell.inMonth || !cell.inside || !cell.workday) continue;
    for (const mark of cell.marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return counts;
}
