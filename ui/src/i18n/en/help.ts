import type { Messages } from "../messages";

export const help: Messages["help"] = {
  title: "Help",
  find: "Find in help",
  pages: "Pages of help",
  none: (query) => `Nothing found for “${query}”. Try another word, or choose a page.`,
  found: (n) => (n === 1 ? "On 1 page" : `On ${n} pages`),
  eachRecord: "a row for each record",
  example: "e.g.",
};
