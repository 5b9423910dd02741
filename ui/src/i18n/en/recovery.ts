import type { zhCN } from "../zh-CN";

export const recovery: (typeof zhCN)["recovery"] = {
  title: {
    damaged: "The records are damaged and stay closed",
    too_new: "The records were written by a newer version",
    foreign: "The file here holds no records of ours",
    locked: "Another window is using the records",
    read_only_place: "The records lie where nothing can be written",
    disk_full: "The disk is full; the records were not opened",
  },
  otherTitle: "The records were not opened",
  choices: { retry: "Try again", quit: "Close the window" },
  folder: "Folder of the records",
  code: "Code",
  untouched: "Records were not opened, nothing was changed",
  called: "When someone helps you, these two lines are what to tell them.",
};
