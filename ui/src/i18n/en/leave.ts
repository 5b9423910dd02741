import type { Messages } from "../messages";
import { dates } from "./dates";

const many = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;
const length = (halfDays: number) => (halfDays === 1 ? "half a day" : many(halfDays / 2, "day"));
const half = (name: string) => (name === "morning" ? "morning" : "afternoon");

export const leave: Messages["leave"] = {
  title: "Leave",
  fact: (times, halfDays) =>
    times === 0 ? "No leave so far" : `${many(times, "leave")}, ${many(halfDays, "half-day")} in all`,
  new: "New leave",
  kind: "Kind",
  from: "From",
  to: "To",
  fromHalf: "From the morning or the afternoon",
  toHalf: "To the morning or the afternoon",
  reason: "Reason",
  length,
  lengthZero: "0 days",
  lengthNone: "With both dates the length is worked out",
  halfDays: (n) => many(n, "half-day"),
  notCounted: (weekend, holiday) =>
    [weekend ? `${weekend}: weekend, not counted` : null, holiday ? `${holiday}: holiday, not counted` : null]
      .filter(Boolean)
      .join("; "),
  grouped: (from, to, halfDays) =>
    `Counted together with the leave beside it: ${dates.range(from, to)}, ${length(halfDays)}`,
  route: {
    written: (n) => `From ${many(n, "day")} on, a written explanation`,
    including: () => "",
    phone: (n) => `Below ${many(n, "day")}: after the approval, a call to the medical affairs office`,
    none: "No scheduled half-day: nothing to arrange",
    approval: "Approval by the recipient head",
    explanation: "Written explanation to the office's director",
    notification: "Call to the medical affairs office",
    returned: "Return reported",
    open: "not yet",
    remind: (date) => `reminder on ${dates.short(date)}`,
    approve: "Approved",
    hand: "Handed in",
    call: "Told",
    back: "Returned",
    by: "Approved by",
    told: "Told to",
    on: "Date",
    done: "Done",
    stepDone: "done",
    stepOpen: "open",
    late: "Approved after the leave began",
  },
  save: "Record the leave",
  saveChange: "Save changes",
  discard: "Discard",
  withoutWritten: "It can be recorded without the explanation; the reminder stays",
  withoutSteps: "The steps can follow later; the reminder stays",
  errors: {
    order: "It ends before it starts",
    overlap: (what) => `Overlaps ${what}; a half-day can be under one leave only`,
    outside: "Dates outside the posting do not count",
  },
  openDay: (date) => `See the record of ${dates.short(date)}`,
  back: {
    early: (back, to) => `Back on ${dates.short(back)}; the leave runs to ${dates.short(to)}`,
    late: (to, back) => `The leave ended on ${dates.short(to)}; back on ${dates.short(back)}`,
    until: (to, name) => `Make it end on ${dates.short(to)}, ${half(name)}`,
    unused: "It was not used: delete this leave",
    missing: (list) => `${list}: neither leave nor a record.`,
    extend: (to) => `Extend to ${dates.short(to)}`,
    fill: (date) => `Fill in ${dates.short(date)}`,
  },
  recorded: (list) => `${list}: recorded as present. As leave, those half-days lose that entry.`,
  effect: {
    title: "Once recorded",
    attendance: "Attendance",
    now: "Now",
    then: "Then",
    left: (n) => `${n} left`,
    short: (n) => `${n} short`,
    still: "can still be met",
    lost: "can no longer be met",
    already: "can no longer be met",
    met: "met",
    absence: (n, needed) =>
      n >= 0
        ? `${many(n, "half-day")} (${many(n / 2, "day")}) may still be missed. The mark stands at the ${needed} needed.`
        : `${many(-n, "half-day")} short. The mark stands at the ${needed} needed.`,
    bar: (when, attended, scheduled, lost) => `${when}: ${attended} attended of ${scheduled}, ${lost} lost`,
    duties: (titles) => titles.join(", "),
    unaffected: "unaffected",
    affected: "affected",
    needed: (title, n, by) => `${title}: ${n} more, by ${dates.short(by)}.`,
    metDuty: (title) => `${title}: met.`,
    lostDuty: (title) => `${title}: no longer enough time.`,
    uncounted: (title, list) => `${title} of ${list} would not count, being on leave.`,
  },
  shorter: {
    title: (to) => `If it ends on ${dates.short(to)}`,
    text: (halfDays, n) => `${length(halfDays)}, below ${many(n, "day")}: approval and a call are enough.`,
    take: (halfDays) => `Make it ${length(halfDays)}`,
  },
  list: {
    title: "Leave so far",
    empty: "No leave so far.",
    span: (from, fromHalf, to, toHalf) => {
      const whole = fromHalf === "morning" && toHalf === "afternoon";
      if (from === to) return whole ? dates.short(from) : `${dates.short(from)}, ${half(fromHalf)}`;
      const start = fromHalf === "morning" ? "" : ", afternoon";
      const end = toHalf === "afternoon" ? "" : ", morning";
      return `${dates.short(from)}${start} – ${dates.short(to)}${end}`;
    },
    phone: "by phone",
    written: "in writing",
    openSteps: "steps open",
    returned: "returned",
    notReturned: "not returned",
    ahead: "to come",
    open: (what) => `Open ${what}`,
  },
  saved: (kind, span) => `Recorded: ${kind.toLowerCase()} leave, ${span}`,
  deleted: (kind, span) => `Deleted: ${kind.toLowerCase()} leave, ${span}`,
};
