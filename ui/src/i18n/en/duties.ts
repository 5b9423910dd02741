import { figures } from "../figures";
import type { Messages } from "../messages";
import { dates } from "./dates";

const many = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;

export const duties: Messages["duties"] = {
  title: "Lectures, rounds, activities",
  tabs: "Kind",
  others: "Other activities",
  rule: (minimum, gap, perDay) =>
    [
      `at least ${minimum}`,
      gap > 0 ? `no less than ${many(gap, "day")} apart` : null,
      perDay ? `at most ${perDay} a day counts` : null,
    ]
      .filter(Boolean)
      .join(", "),
  standing: {
    met: (title) => `${title}: met`,
    needed: (title, n) => `${title}: ${n} still needed`,
    failed: (title) => `${title}: can no longer be met`,
    not_met: (title) => `${title}: not met`,
  },
  factOf: (standing, rule) => `${standing}; ${rule}`,
  othersFact: (n) => `${n} in all; for the summary and the appraisal, not judged by themselves`,
  new: "New entry",
  line: {
    title: (title) => `${title}: time line`,
    mayBe: "one more would count",
    proposed: "being entered",
    proposedRefused: "being entered, would not count",
    label: (title, counted) => `${title}: time line. Counted: ${counted || "none"}`,
    missing: () => "none",
    legendGap: (gap) => `Hatched: less than ${many(gap, "day")} from one that counts`,
    legendWindow: (days) =>
      days === 14 ? "Cells: fortnights" : days === 7 ? "Cells: weeks" : `Cells: ${days} days`,
    allowed: (spans) =>
      `${spans
        .map(({ from, to }) =>
          from === to ? dates.short(from) : `${dates.short(from)} – ${dates.short(to)}`,
        )
        .join(", ")} allowed`,
    today: "Today",
  },
  gap: {
    ok: (days) => `${many(days, "day")} apart`,
    broken: (days, minimum) => `${many(days, "day")} apart, ${minimum} are required`,
    windows: (n) => `${many(n, "fortnight")} without; a reminder, no failure`,
  },
  row: {
    minutes: (n) => `${n} min`,
    people: (n) => `${n} people`,
    tally: (name, n, unit) => `${name}: ${n} ${unit}`.trim(),
    unsaved: "not saved yet",
    notCounted: (reason) => `Not counted: ${reason}`,
    open: (what) => `Open ${what}`,
  },
  empty: (title, by) => (by ? `${title}: none yet. The first by ${dates.short(by)}.` : `${title}: none yet.`),
  emptyOthers: "No other activity yet. Free clinics, health education and mentoring belong here.",
  form: {
    add: (kind) => `New: ${kind.toLowerCase()}`,
    change: (kind) => `Change: ${kind.toLowerCase()}`,
    kind: "Kind",
    date: "Date",
    title: { lecture: "Topic", round: "Content", other: "Name" },
    place: "Place",
    minutes: "Length",
    minutesUnit: "min",
    participants: "People",
    participantsUnit: "",
    audience: "For whom",
    audienceHint: "unit staff, village doctors, residents …",
    note: "Record",
    patients: "Patients",
    save: "Save",
    saveChange: "Save changes",
    discard: "Discard",
    needDate: "The date comes first",
    notCountedBox: "Does not count",
    uncount: "Keep it, not counted",
    countAgain: "Count it",
  },
  warning: {
    gap: (neighbour, gap, minimum) =>
      `Only ${many(gap, "day")} from the one of ${dates.short(neighbour)}; ${minimum} are required`,
    sameDay: (date) => `${dates.short(date)} already has one; only one a day counts`,
    other: "This date cannot count",
    fails: (title, months, fen) =>
      months === 0
        ? `Counted like this, ${title.toLowerCase()} fails.`
        : `Counted like this, ${title.toLowerCase()} fails and ${many(months, "month")} of subsidy (${figures.money(fen)} yuan) is deducted.`,
    firstOf: (_, date) => `Earliest: ${dates.day(date)}.`,
    none: "No suitable date is left before the posting ends.",
    outside: "Outside the posting; it will not count",
    future: "Still to come; it counts from that day",
  },
  choice: {
    move: (date) => `Move to ${dates.day(date)}`,
    uncounted: "Record it, not counted",
    anyway: (date) => `Count it on ${dates.short(date)} all the same`,
  },
  saved: (kind, date) => `Recorded: ${kind.toLowerCase()} of ${dates.short(date)}`,
  deleted: (kind, date) => `Deleted: ${kind.toLowerCase()} of ${dates.short(date)}`,
};
