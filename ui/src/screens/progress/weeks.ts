import type { Assessment, PostingView } from "../../api";
import type { Heat } from "../../components/HeatCell.svelte";
import type { MarkName } from "../../components/marks";
import { addDays, datesFrom, monday } from "../../dates";
import { i18n } from "../../i18n";
import { calendarDay, HALVES, halfMark } from "../../state/half-days";

const HEAT: Partial<Record<MarkName, Heat>> = {
  present: "counted",
  official_duty: "counted",
  compensatory_rest: "counted",
  personal_leave: "leave",
  sick_leave: "leave",
  other_leave: "leave",
  no_record: "noRecord",
  unrecorded: "unrecorded",
  absent: "absent",
  recalled: "absent",
  remaining: "future",
};

export interface Week {
  name: string;
  from: string;
  to: string;
  current: boolean;
  future: boolean;
  workdays: number;
  outpatients: number;
  days: [Heat | null, Heat | null][];
}

/** The posting by calendar weeks, for the charts and their table. */
export function weeksOf(view: PostingView, assessment: Assessment): Week[] {
  const { start, end } = view.records.posting;
  const weeks: Week[] = [];
  for (let from = monday(start); from <= end; from = addDays(from, 7)) {
    const dates = datesFrom(from, addDays(from, 6));
    const inside = dates.filter((date) => date >= start && date <= end);
    weeks.push({
      name: String(weeks.length + 1),
      from: inside[0]!,
      to: inside.at(-1)!,
      current: dates.includes(view.today),
      future: from > view.today,
      workdays: inside.filter((date) => calendarDay(view, date)?.workday).length,
      outpatients: outpatients(view, inside, assessment.as_of),
      days: dates.map((date) => HALVES.map((half) => heat(view, assessment, date, half))) as Week["days"],
    });
  }
  return weeks;
}

/** More weeks than this are too narrow to be told apart: months stand for them. */
const MOST_WEEKS = 26;

export interface Period {
  name: string;
  /** What fits under a bar. */
  short: string;
  from: string;
  to: string;
  current: boolean;
  future: boolean;
  /** Outpatients; null where there was no workday and nobody came. */
  visits: number | null;
}

/** Outpatients by week; by month of the calendar where the posting is long. */
export function visitsOf(view: PostingView, weeks: Week[]): { monthly: boolean; periods: Period[] } {
  const visits = (workdays: number, n: number) => (workdays === 0 && n === 0 ? null : n);
  if (weeks.length <= MOST_WEEKS) {
    const periods = weeks.map((week) => ({
      ...week,
      short: week.name,
      visits: visits(week.workdays, week.outpatients),
    }));
    return { monthly: false, periods };
  }
  const months = new Map<string, string[]>();
  for (const date of datesFrom(view.records.posting.start, view.records.posting.end)) {
    const month = date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), date]);
  }
  const workdays = new Set(view.calendar.filter((day) => day.workday).map((day) => day.date));
  const periods = [...months.values()].map((dates) => {
    const [from, to] = [dates[0]!, dates.at(-1)!];
    return {
      name: i18n.m.dates.monthOfYear(from),
      short: i18n.m.dates.monthOnly(from),
      from,
      to,
      current: from <= view.today && view.today <= to,
      future: from > view.today,
      visits: visits(
        dates.filter((date) => workdays.has(date)).length,
        outpatients(view, dates, view.assessment.as_of),
      ),
    };
  });
  return { monthly: true, periods };
}

function heat(
  view: PostingView,
  assessment: Assessment,
  date: string,
  half: "morning" | "afternoon",
): Heat | null {
  // Rest days are blank: nothing on them is scheduled.
  if (!calendarDay(view, date)?.workday) return null;
  const mark = halfMark(view, assessment, date, half);
  return date > assessment.as_of && mark !== "remaining" && HEAT[mark] === "counted"
    ? "future"
    : (HEAT[mark] ?? null);
}

function outpatients(view: PostingView, dates: string[], asOf: string): number {
  const sum = [...view.records.days, ...view.records.activities]
    .filter((record) => dates.includes(record.date) && record.date <= asOf)
    .map((record) => record.tallies["outpatient_visits"] ?? 0);
  return sum.reduce((total, n) => total + n, 0);
}

export function countHeat(week: Week, heat: Heat): number {
  return week.days.flat().filter((each) => each === heat).length;
}

/** The name of each month above the week in which it begins; the year where it changes. Close ones are left out. */
export function monthsOf(weeks: Week[]): string[] {
  let last = -Infinity;
  // A name is about three columns wide; with many weeks columns are narrower.
  const apart = Math.ceil(weeks.length / 5) > 3 ? Math.ceil(weeks.length / 5) : 2;
  return weeks.map((week, i) => {
    const begins = i === 0 || week.from.slice(0, 7) !== weeks[i - 1]!.to.slice(0, 7) || crosses(week);
    if (!begins || i - last < apart) return "";
    last = i;
    const date = crosses(week) ? week.to : week.from;
    const known = i === 0 || date.slice(0, 4) === weeks[0]!.from.slice(0, 4);
    return known ? i18n.m.dates.monthOnly(date) : i18n.m.dates.monthOfYear(date);
  });
}

const crosses = (week: Week) => week.from.slice(0, 7) !== week.to.slice(0, 7);
