import type { OpenProblem } from "../types";

export const problem: OpenProblem = {
  error: {
    code: "database_damaged",
    what: {
      zh: "3月19日 17:40 启动时，核对到第 1,031 条对不上。多半是断电或磁盘坏道。",
      en: "At start on 19 March, 17:40, event 1,031 did not fit. A power cut or a bad sector does this.",
    },
    safe: {
      zh: "安全。受损的文件没有改动，原样留在那里；最近的备份是 17:32 的。",
      en: "Yes. The damaged file was not touched and stays where it is; the latest backup is of 17:32.",
    },
    next: {
      zh: "先把记录所在的文件夹另存到 U 盘，再试一次。",
      en: "Copy the folder of the records to a USB stick, then try again.",
    },
    faults: [],
  },
  choices: ["retry", "quit"],
};
