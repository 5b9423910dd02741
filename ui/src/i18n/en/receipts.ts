import type { Decision } from "../../api";
import type { Messages } from "../messages";
import { dates } from "./dates";

const DECISION: Record<Decision, string> = { returned: "Returned", approved: "Approved" };

export const receipts: Messages["receipts"] = {
  decision: DECISION,
  graded: (decision, grade) => (grade ? `${DECISION[decision]} · ${grade}` : DECISION[decision]),
  taken: (decision) => `Review decision taken in: ${DECISION[decision].toLowerCase()}`,
  again: "This decision was taken in before; nothing was entered twice",
  open: "Take in a decision",
  title: "Review decision",
  by: (who, date) => (who ? `${who}, ${dates.short(date)}` : dates.short(date)),
  takenOn: (date) => `Taken in on ${dates.short(date)}`,
  leftOut: "The text of this decision is not on this computer.",
  earlier: (n) => (n === 1 ? "1 earlier decision" : `${n} earlier decisions`),
  overtaken: "This one is about an earlier state; the later one counts.",
  all: "All comments",
  openComments: (n) =>
    n === 1 ? "1 review comment is not answered" : `${n} review comments are not answered`,
  comment: {
    title: "Review comment",
    go: "Go there",
    whole: "The posting as a whole",
    removed: "Record removed",
    changed: "Changed since",
    answer: "Answer",
    answerTo: (name) => `Answer: ${name}`,
    placeholder: "To the office; may be left blank",
    corrected: "Corrected",
    reply: "Reply",
    replied: (date) => `Answered on ${dates.short(date)}`,
    fixed: (date) => `Corrected on ${dates.short(date)}`,
    edit: "Change the answer",
    travels: "Answers go to the office with the next review file you export.",
  },
  closed: {
    title: "Approved: a change needs a reason first",
    about: (date) =>
      `These records were approved on ${dates.short(date)}. The reason stays with the change, and the office sees it.`,
    reason: "Reason for the change",
    placeholder: "Such as: the consultation of 9 March was left out",
    go: "Give the reason and go on",
    leave: "Leave as it was",
    given: (date, reason) => `Changed since ${dates.short(date)}, because: ${reason}`,
  },
  key: {
    firstTitle: "Compare the fingerprint before taking this in",
    first:
      "This is the first file signed by this office on this computer. Ring the office up and compare the fingerprint group by group. If it is the same, take it in; later decisions will not ask again.",
    changedTitle: "Signed by another key than before",
    changed:
      "This decision was not signed with the office's former key. The office may have a new computer, or somebody may pose as the office. Ring up and ask; take it in only if the fingerprint is confirmed.",
    expected: "Former fingerprint",
    found: "This one's fingerprint",
    about: (physician, unit) => [physician, unit].filter(Boolean).join(" · "),
    take: "It is the same: take in",
    takeChanged: "Confirmed by phone: take in",
    leave: "Not now",
    overtaken: "A later decision was taken in already and will go on counting.",
  },
};
