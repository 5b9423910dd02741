import type { Messages } from "../messages";
import { dates } from "./dates";

const many = (n: number, one: string, more = `${one}s`) => `${n} ${n === 1 ? one : more}`;

export const history: Messages["history"] = {
  open: "History",
  title: "History",
  none: "This record was never stored.",
  kept: "Every version is kept; going back to one can be undone.",
  when: (date, time) => `${dates.short(date)}, ${time}`,
  how: {
    entered: "Entered",
    changed: "Changed",
    removed: "Deleted",
    undone: "Undone",
    redone: "Done again",
    went_back: "Set back",
  },
  asAt: (when) => `Set back to the version of ${when}`,
  together: "together with other records",
  current: "Now",
  goBack: "Go back to this",
  wentBack: (name) => `Set back: ${name}`,
  before: "Before",
  after: "After",
  whole: "Whole text",
  less: "Less",
  nothing: "Nothing filled in",
  blank: "blank",
  erase: {
    open: "Erase what was written here…",
    title: "Erase what was written here",
    what: (n) =>
      `${many(n, "text")} that this record has or ever had, changed or deleted ones too, will be erased from the records on this computer.`,
    dayCounts: "Morning, afternoon and counts stay, and the day still has a work record.",
    restStays: "Dates, kinds and figures stay, and the record still counts.",
    verifies:
      "The log can still be verified and says that texts were erased. In their place stands “[erased]”.",
    noUndo: "This cannot be undone.",
    copies: "Copies out of reach",
    backups: (n, last) => (n === 0 ? "No backup yet" : `${many(n, "backup")}, the last of ${last}`),
    secondBackups: (n, last) => `${many(n, "backup")} in the second place, the last of ${last}`,
    exports: (n, last) =>
      n === 0
        ? "No review file was exported yet"
        : `Review files exported ${many(n, "time")}, last on ${last}`,
    papers: "Forms printed, saved elsewhere or sent",
    copiesNote:
      "You would have to find and delete these yourself. Backups made from now on no longer hold the texts.",
    confirm: (n) => `Erase ${many(n, "text")} for good`,
    cancel: "Do not erase",
    done: "The texts are erased",
  },
  bin: {
    open: "Recycle bin",
    fact: (n) =>
      n === 0 ? "Nothing was deleted" : `${many(n, "deleted record")}, to be put back at any time`,
    empty: "The recycle bin is empty. Deleted records lie here and can be put back at any time.",
    removed: (when) => `deleted ${when}`,
    putBack: "Put back",
    backAgain: (name) => `Put back: ${name}`,
    more: (n) => `and ${n} more`,
    erase: {
      open: "Erase",
      sure: "Press again to erase for good",
      done: "The picture is erased from the records here; backups and files already sent still have it",
    },
  },
  removed: (name) => `Deleted: ${name}`,
};
