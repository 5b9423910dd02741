import type { Messages } from "../messages";

export const search: Messages["search"] = {
  open: "Find",
  title: "Find a record",
  label: "Words, pinyin or a date",
  placeholder: "hypertension, gxy, 3.2, ward round…",
  hint: "Words, pinyin (gaoxueya), its initials (gxy), dates (3.2, March, Wednesday) or kinds; several parted by blanks. Deleted records are found, too.",
  none: (query) => `Nothing found for “${query}”. Try another word, or initials only.`,
  found: (n) => (n === 1 ? "1 record found" : `${n} records found`),
  first: (shown, total) => `${total} records; these are the first ${shown}. Another word narrows them down.`,
  results: "Records found",
  removed: (when) => `Deleted ${when}, in the recycle bin`,
  inHelp: (query) => `Look for “${query}” in help`,
  choose: "Choose",
  openIt: "Open",
  close: "Close",
};
