import type { Messages } from "../messages";
import { dates } from "./dates";

const many = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;

export const diary: Messages["diary"] = {
  title: "Support diary",
  fact: (open, overdue, all) =>
    all === 0
      ? "problems found, guidance given, and what became of it"
      : open === 0
        ? `${many(all, "problem")}, all rechecked`
        : overdue === 0
          ? `${open} not closed yet`
          : `${open} not closed yet, ${overdue} of them overdue`,
  new: "New problem",
  list: "Problems",
  empty: "No problem yet. What you notice about case notes, drugs or hygiene goes here.",
  due: (date) => `Due ${dates.short(date)}`,
  noDue: "No due date",
  overdue: (date, days) => `Due ${dates.short(date)}, ${many(days, "day")} ago`,
  next: { correct: "to be put right", recheck: "to be rechecked" },
  closed: (date) => (date ? `Rechecked ${dates.short(date)}` : "Rechecked"),
  untitled: "Problem not described",
  open: (what) => `Open ${what}`,
  unsaved: "not finished yet",
  form: {
    add: "New problem",
    change: (date) => `Problem found on ${dates.short(date)}`,
    found: "Found",
    problem: "Problem",
    problemHint: "what you found, such as careless case notes",
    guidance: "Guidance",
    guidanceHint: "what you taught or showed",
    corrective: "Correction",
    correctiveHint: "what the unit changed",
    responsible: "Who",
    due: "Due",
    recheck: "Recheck",
    rechecked: "On",
    result: "Result",
    resultHint: "what you saw then",
    status: "Progress",
    statuses: { open: "Open", corrected: "Put right", closed: "Rechecked" },
    dueBefore: (date) => `Due before it was found on ${dates.short(date)}`,
    recheckBefore: (date) => `Rechecked before it was found on ${dates.short(date)}`,
    saved: "Saved as you write",
    done: "Done",
  },
  steps: { problem: "Problem", guidance: "Guidance", corrective: "Correction", recheck: "Recheck" },
  back: "Back to the list",
  deleted: (date) => (date ? `Deleted: problem of ${dates.short(date)}` : "Deleted: this problem"),
};
