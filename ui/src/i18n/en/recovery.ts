import type { zhCN } from "../zh-CN";

export const recovery: (typeof zhCN)["recovery"] = {
  title: {
    database_damaged: "The records are damaged and stay closed",
    database_newer: "The records were written by a newer version",
    database_not_ours: "The file here holds no records of ours",
    database_locked: "Another window is using the records",
    place_read_only: "The records lie where nothing can be written",
    disk_full: "The disk is full; the records were not opened",
  },
  otherTitle: "The records were not opened",
  choices: { retry: "Try again", quit: "Close the window" },
  folder: "Folder of the records",
  code: "Code",
  untouched: "Records were not opened, nothing was changed",
  called: "When someone helps you, these two lines are what to tell them.",
};
