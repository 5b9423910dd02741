import type { Messages } from "../messages";

const many = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;

export const fill: Messages["fill"] = {
  open: "Fill in all",
  title: "Fill in several days",
  fact: (days) => `${many(days, "day")}, all marked as late entries`,
  discard: "Discard",
  save: (days) => `Save ${many(days, "day")}`,
  date: "Date",
  halves: "AM PM",
  note: "Record",
  result: "Result",
  counts: (n) => `${many(n, "half-day")} count`,
  more: (n) => `${many(n, "half-day")} more`,
  noRecord: "No work record, not counted",
  proposed: "Proposed as an ordinary day; stored only when saved",
  recorded: "Recorded before",
  phrasesByKey: "Phrases enter by a key only, never in bulk.",
  undoBefore: "A mistake? One",
  undoAfter: "takes all of it back.",
  after: "Once saved",
  absence: (then, now) =>
    then === now
      ? `${many(then, "half-day")} may be missed, as now.`
      : `${many(then, "half-day")} may be missed; now it is ${now}.`,
  late: "Late entry",
  lateDays: (n) => many(n, "day"),
  lateNote: (date) => `All are entered on ${date}. The reviewer sees it; late entries count all the same.`,
  saved: (days) => `${many(days, "day")} filled in`,
  discarded: (days) => `Let go of ${many(days, "day")}`,
  half: (half, status) => `${half}: ${status}, proposed`,
  halfHint:
    "A half-day that was otherwise: press it to leave it out; 1–4 on it choose present, official duty, time off in lieu, absent.",
  notStored: "Not stored",
  cell: (date, what) => `${date}: ${what}`,
};
