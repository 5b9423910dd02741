import { dates } from "./dates";

export const diary = {
  title: "帮扶日记",
  fact: (open: number, overdue: number, all: number) =>
    all === 0
      ? "发现的问题、怎么指导、改得怎样"
      : open === 0
        ? `共 ${all} 条，都已复查`
        : overdue === 0
          ? `${open} 条还没有了结`
          : `${open} 条还没有了结，其中 ${overdue} 条已过期限`,
  new: "记一个问题",
  list: "问题",
  empty: "还没有问题。看到病历、用药、院感上的问题，就记在这里。",
  due: (date: string) => `期限 ${dates.short(date)}`,
  noDue: "没有定期限",
  overdue: (date: string, days: number) => `${dates.short(date)} 到期，已过 ${days} 天`,
  next: { correct: "待整改", recheck: "待复查" },
  closed: (date: string | null) => (date ? `${dates.short(date)} 已复查` : "已复查"),
  untitled: "没有写问题",
  open: (what: string) => `打开 ${what}`,
  unsaved: "还没有写完",
  form: {
    add: "记一个问题",
    change: (date: string) => `${dates.short(date)} 发现的问题`,
    found: "发现于",
    problem: "问题",
    problemHint: "发现了什么，例如「病历书写不规范」",
    guidance: "指导",
    guidanceHint: "教了什么、示范了什么",
    corrective: "整改",
    correctiveHint: "受援单位改了什么",
    responsible: "责任人",
    due: "期限",
    recheck: "复查",
    rechecked: "复查于",
    result: "复查结果",
    resultHint: "复查看到什么",
    status: "进展",
    statuses: { open: "待整改", corrected: "已整改", closed: "已复查" },
    dueBefore: (date: string) => `期限早于发现的 ${dates.short(date)}`,
    recheckBefore: (date: string) => `复查早于发现的 ${dates.short(date)}`,
    saved: "写的时候就在保存",
    done: "写完了",
  },
  steps: { problem: "问题", guidance: "指导", corrective: "整改", recheck: "复查" },
  back: "回到列表",
  deleted: (date: string | null) => (date ? `已删 ${dates.short(date)} 的问题` : "已删这个问题"),
};
