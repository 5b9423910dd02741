import type { Emphasis } from "../emphasis";
import { figures } from "../figures";
import type { Messages } from "../messages";
import { dates } from "./dates";

const many = (n: number, one: string) => `${figures.whole(n)} ${one}${n === 1 ? "" : "s"}`;

export const progress: Messages["progress"] = {
  title: "Progress",
  asOf: (date) => `Worked out from the records up to ${dates.short(date)}`,
  ended: (date) => `The posting has ended; records up to ${dates.short(date)}`,
  before: (date) => `The posting starts on ${dates.short(date)}`,
  provisional: (years) =>
    `The holidays of ${years.join(", ")} are not published yet; weekends and statutory days are assumed.`,
  figure: (n) => (n > 0 ? ` / ${n}` : ""),
  attendanceFigure: (scheduled, needed) =>
    ` / ${scheduled} half-days${needed > 0 ? `, at least ${needed}` : ""}`,
  attendedFigure: " half-days there",
  counted: "Counted",
  notCounted: "Not counted",
  needed: "Needed",
  reminder: "Reminder",
  arithmetic: "Sum",
  none: "none yet",
  gap: (date, days) => `${date} (after ${many(days, "day")})`,
  excluded: (date, kind, reason) => `${dates.short(date)}, ${kind.toLowerCase()}: ${reason}`,
  window: (n, from, to): Emphasis => [
    `${n} more, `,
    from === to ? dates.short(from) : `${dates.short(from)} to ${dates.short(to)}`,
    ". ",
  ],
  stake: (id, title, date) =>
    id === "teaching"
      ? `Without another lecture, teaching cannot be met after ${dates.short(date)}.`
      : `Without another, ${title.toLowerCase()} cannot be met after ${dates.short(date)}.`,
  latest: (n, date): Emphasis => [`${n} more, by `, dates.short(date), ". "],
  thisWeek: (date) => `This week's is due by ${dates.short(date)}.`,
  nothingNeeded: "Nothing; it is met.",
  nextAllowed: (date) => `Another one not before ${dates.day(date)}; earlier would break the gap.`,
  neededUnreachable: (n) =>
    n > 0 ? `${n}; there is no time left` : "A gap is too short; nothing can mend it",
  neededEnded: (n) => `${n} missing`,
  missed: (spans, window, title, effect) => {
    const [one, more] = {
      week: ["this week", "these weeks"],
      fortnight: ["this fortnight", "these fortnights"],
      other: ["this time", "these times"],
    }[window] as [string, string];
    const follows = { none: "no failure", failed: "it fails the duty", recorded: "not judged" }[effect];
    return `${spans.map(([from, to]) => dates.range(from, to)).join(", ")}: no ${title.toLowerCase()} in ${spans.length > 1 ? more : one}; ${follows}.`;
  },
  brokenGap: (from, to, days) =>
    `Only ${many(days, "day")} between ${dates.short(from)} and ${dates.short(to)}`,
  amountFigure: (n, unit) => (n > 0 ? ` / ${n} ${unit}` : ` ${unit}`),
  amountUnit: { months: "months", points: "points" },
  amountBar: (title, done, needed) =>
    needed > 0 ? `${title}: ${done}, at least ${needed}` : `${title}: ${done}`,
  neededAmount: (n, unit) => `${n} ${unit}.`,
  points: (title, points, weight) =>
    points === null ? `${title} _/${weight}` : `${title} ${points}/${weight}`,
  taken: (from, to, n, of) => `${dates.range(from, to)}: ${n} / ${of}`,
  bar: (title, done, needed) => `${title}: ${done} counted, at least ${needed}`,
  attendanceBar: (attended, scheduled, needed, lost) =>
    `Attendance: ${scheduled} half-days scheduled, ${attended} attended, ${lost} lost, at least ${needed}`,
  sum: (attended, remaining, needed, left): Emphasis => [
    `${attended} attended + ${remaining} to come − ${needed} needed = `,
    left >= 0 ? `${many(left, "half-day")} may be missed` : `${many(-left, "half-day")} short`,
    "",
  ],
  rate: (attended, scheduled) => `${attended} ÷ ${scheduled} = ${figures.percent(attended, scheduled)}`,
  lost: {
    leave: (n) => `leave ${n}`,
    unrecorded: (n) => `not recorded ${n}`,
    noRecord: (n) => `no work record ${n}`,
    noRestDayWork: (n) => `time off without rest-day work ${n}`,
    absent: (n) => `absent ${n}`,
    recalled: (n) => `recalled ${n}`,
    nothing: "none",
  },
  fill: (n) => `Fill in these ${n}`,
  notes: { title: "Still to arrange" },
  finding: {
    leave_unapproved: "Leave without a recorded approval",
    leave_not_notified: "Leave without a call to the office",
    leave_without_written_explanation: "Leave of 3 days or more without a written explanation",
    leave_approved_late: "Leave approved after it began",
    present_during_leave: "Present and on leave on the same day",
    activity_while_absent: "An activity on a day recorded as absent or recalled",
    document_missing: "A completion document is not handed in",
    short_gap: "Too close together",
    not_assessable: "Nothing scheduled",
    provisional_calendar: "Holidays assumed",
    cadence_missed: "A window without one",
    year_short: "Too few in a year",
    allowance_exceeded: "More in this month than is usual",
  },
  subsidy: {
    title: "Subsidy",
    formula: (days, yuan, months) => `${many(days, "day")} × ${yuan} yuan × ${many(months, "month")}`,
    deducted: "Deductions already certain",
    deductedEnded: (n) => (n === 0 ? "Deductions" : `Deducted for ${n} not met`),
    soFar: "As it stands",
    payable: "Payable",
    yuan: (amount) => `${amount} yuan`,
    ifNothing: (failed, months, withheld, repeat) =>
      `If nothing more is done: ${
        failed === 0
          ? "everything is met"
          : `${failed} not met${months > 0 ? `, ${many(months, "month")} deducted` : ""}${withheld ? "; no appraisal form" : ""}${repeat ? ", posting repeated" : ""}`
      }`,
    form: {
      issued: "Service appraisal form: issued",
      withheld: "Service appraisal form: withheld",
      pending: "Service appraisal form: after the end",
    },
    repeat: "The posting must be repeated",
    fine: (amount) => `Department fined ${amount} yuan`,
    recall: (amount) =>
      `Recall: ${amount} yuan each for physician and department, not taken from the subsidy`,
  },
  charts: {
    outpatients: "Outpatients a week",
    visits: (n) => `${many(n, "visit")}`,
    outpatientsMonthly: "Outpatients a month",
    bars: (total, n, monthly) =>
      `Outpatient visits a ${monthly ? "month" : "week"}, ${n} ${monthly ? "months" : "weeks"}, ${figures.whole(total)} in all`,
    rest: "off",
    attendance: "Day by day",
    map: (attended, scheduled) => `Attendance day by day, ${attended} of ${scheduled} half-days count`,
    legend: {
      counted: "counted",
      leave: "leave",
      noRecord: "no record",
      unrecorded: "not recorded",
      absent: "absent, recalled",
      future: "to come",
    },
    week: "Week",
    month: "Month",
    dates: "Dates",
    visitsColumn: "Visits",
  },
  trial: {
    open: "What if: a leave, a lecture",
    title: "What if",
    notStored: "Only supposed; nothing is stored",
    close: "Close",
    what: "What is supposed",
    which: "Which one is moved",
    oneMore: (title) => `One more: ${title.toLowerCase()}`,
    leave: "A leave",
    move: "Another date for one recorded",
    activity: (kind, date) => `${dates.short(date)} ${kind}`,
    date: "Date",
    from: "First day",
    to: "Last day",
    until: "to",
    add: "Add",
    disorder: "It ends before it begins",
    empty: "Type a date and add it; several things can be supposed at once.",
    assumed: "Supposed",
    told: {
      leave: (from, to) => `Leave ${dates.range(from, to)}`,
      duty: (title, date) => `${dates.day(date)}: ${title.toLowerCase()}`,
      move: (kind, was, date) => `${kind} of ${dates.short(was)} moved to ${dates.day(date)}`,
    },
    take: { leave: "Apply for it", plan: "Put into the plan", record: "Record it", move: "Change the date" },
    planned: (title, date) => `${title} on ${dates.short(date)} is in the plan`,
    remove: (what) => `Remove: ${what}`,
    removeShort: "Remove",
    nothing: "Nothing more is done besides, to the end",
    result: "Result of the trial",
    line: "Requirement",
    now: "Now",
    then: "Supposed",
    thenEnded: "Supposed, at the end",
    figure: (n, least) => `${n} / ${least}`,
    attended: (n, least) => `${n}, at least ${least}`,
    latest: (date) => `by ${dates.short(date)}`,
    left: (n) => `${many(n, "half-day")} may be missed`,
    short: (n) => `${many(n, "half-day")} short`,
    yuan: (amount) => `${amount} yuan`,
  },
  plan: {
    title: "Plan",
    how: "Workdays, not on leave, gaps kept; it follows the records",
    nothing: (lost) => (lost ? "Nothing is left that could be made up." : "Nothing is needed any more."),
    export: "Export to the phone's calendar",
    exported: (n, path) => `${many(n, "date")} written to ${path}`,
    list: (title) => `Plan: ${title.toLowerCase()}`,
    nth: (title, n, times) => (times > 1 ? `${title} no. ${n}–${n + times - 1}` : `${title} no. ${n}`),
    fixed: "fixed by you",
    restDay: "rest day",
    newDate: "New date",
    move: "Change",
    moveThis: (date) => `Change: ${dates.short(date)}`,
    fix: "Fix",
    cancel: "Leave it",
    letGo: "Let go",
    letGoThis: (date) => `Let go: ${dates.short(date)}`,
    record: "Record it",
    refused: (title, date, why) =>
      `${title} on ${dates.short(date)}, which you fixed, ${
        (
          {
            past: "is past",
            outside_posting: "lies outside the posting",
            on_leave: "is on leave",
            same_day: "has one already",
            short_gap: "is too close to another now",
            no_room: "leaves no room for the others",
          } as Record<string, string>
        )[why] ?? "does not serve any more"
      }; another is proposed.`,
    line: {
      date: "Date",
      state: "State",
      gap: "Gap",
      counted: "counted",
      planned: "planned",
      days: (n) => many(n, "day"),
      label: (title, counted, planned) =>
        `${title}: counted ${counted.length > 0 ? dates.list(counted) : "none yet"}; planned ${dates.list(planned)}`,
      legend: (gap) =>
        `Filled: counted; hollow: planned${gap > 0 ? `; hatched: less than ${gap} days apart` : ""}`,
    },
  },
};
