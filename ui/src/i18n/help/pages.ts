/** The pages of help, in the order in which they are listed. */
export const helpPages = [
  "firstDay",
  "ordinaryDay",
  "severalDays",
  "workbooks",
  "duties",
  "leave",
  "diary",
  "attendance",
  "ahead",
  "finding",
  "completion",
  "schemes",
  "templates",
  "backup",
  "trouble",
  "privacy",
  "review",
  "keyboard",
] as const;

export type HelpPage = (typeof helpPages)[number];

/** The pictures that `cargo xtask pictures` takes for help. */
export type HelpPicture =
  "today" | "fill" | "calendar" | "duties" | "leave" | "progress" | "completion" | "review";

/** A paragraph, steps in order, points in none, a smaller heading, a picture, the sheet of keys, or the list of placeholders. Keys stand in [[ ]]. */
export type HelpBlock =
  | string
  | { steps: string[] }
  | { points: string[] }
  | { heading: string }
  | { picture: HelpPicture; alt: string }
  | { keys: true }
  | { placeholders: true };

export type HelpTexts = Record<HelpPage, { title: string; blocks: HelpBlock[] }>;
