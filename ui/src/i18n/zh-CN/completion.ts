import { figures } from "../figures";
import { dates } from "./dates";

const COUNT = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
const count = (n: number) => COUNT[n] ?? String(n);

export const completion = {
  allMet: (n: number) => `${count(n)}项都已达标`,
  someOpen: (n: number) => `${n} 项还没有达标`,
  failed: (titles: string[]) => `${titles.length} 项未达标：${titles.join("、")}`,
  stepsLeft: (n: number) => `还差 ${n} 步就可以交`,
  ready: "可以交了",
  joined: (parts: string[]) => parts.join("，"),
  state: { done: "已完成", open: "还没有完成", failed: "未达标" },
  rows: {
    records: "记录齐全",
    requirements: (n: number) => `${count(n)}项考核`,
    leave: "请假手续",
    appraisal: "自我鉴定",
    signature: "签字盖章",
  },
  document: {
    task_assessment_sheet: "任务考核表",
    posting_summary: "下乡总结",
  } as Record<string, string>,
  records: {
    all: (n: number) => `${figures.whole(n)} 个半天都有记录`,
    unrecorded: (n: number) => `${n} 个半天未填`,
    noRecord: (n: number) => `${n} 个半天缺工作记录`,
    toCome: (n: number) => `${n} 个半天还没到`,
    late: (n: number) => `其中补记 ${n} 天`,
  },
  duty: (title: string, n: number) => `${title} ${n} 次`,
  attendance: (title: string, attended: number, scheduled: number) => `${title} ${attended} / ${scheduled}`,
  leave: {
    none: "没有请假",
    complete: (n: number) => `${n} 次都已批准、备案、销假`,
    leave_unapproved: (n: number) => `${n} 次没有批准`,
    leave_approved_late: (n: number) => `${n} 次批准晚于请假`,
    leave_not_notified: (n: number) => `${n} 次没有备案`,
    leave_without_written_explanation: (n: number) => `${n} 次没有书面说明`,
    notReturned: (n: number) => `${n} 次没有销假`,
  },
  handIn: {
    submitted: (date: string) => `${dates.short(date)} 已交医务部`,
    from: (date: string) => `${dates.short(date)}起可交`,
    open: "还没有交医务部",
    mark: "记为今天交",
    edit: "改日期",
    none: "没有交",
    on: (title: string) => `${title}交的日期`,
    saved: (title: string, date: string) => `已记下：${title} ${dates.short(date)} 交`,
    removed: (title: string) => `已记下：${title}没有交`,
  },
  appraisal: {
    blank: "还没有写",
    written: (n: number, date: string | null) =>
      date ? `${figures.whole(n)} 字，${dates.short(date)} 改定` : `${figures.whole(n)} 字`,
    draft: "按记录起草",
    note: "数字照记录写；之后记录改了，这里不会跟着改。",
    placeholder: "在岗情况、做了哪些事、有什么体会。可先「按记录起草」再改。",
    label: "自我鉴定",
    posted: (from: string, to: string, unit: string | null) =>
      `${dates.long(from)}至${dates.long(to)}，本人派驻${unit ?? "受援单位"}`,
    tallies: (parts: string[]) => `期间${parts.join("，")}`,
    tally: (title: string, n: string, unit: string) => `${title} ${n} ${unit}`,
    duties: (parts: string[]) => `完成${parts.join("，")}`,
    attended: (title: string, attended: number, scheduled: number) =>
      `${title}应到 ${scheduled} 个半天，实到 ${attended} 个半天`,
    sentence: (parts: string[]) => `${parts.join("；")}。`,
  },
  signature: "导出后打印，本人签名，请受援单位盖章",
  signed: "已随任务考核表上交",
  links: { fill: "去填写", reasons: "看依据", leave: "看请假" },
  export: {
    all: "全部导出",
    sheetOnly: "只导出任务考核表",
    reviewOnly: "只导出审核文件",
    explain:
      "「全部导出」会做好任务考核表（PDF 和 Excel）和 1 份审核文件，存到您选的地方。审核文件里是全部记录，有签名，医务部用它核对。",
    notReady: "现在也可以导出，表上照实写",
    missing: (title: string, fact: string) => `${title}：${fact}`,
    working: "正在做文件…",
    cancelled: "没有导出，什么都没有写。",
    done: (n: number) => `已存好 ${n} 个文件`,
    reviewFile: "审核文件",
    code: (code: string, n: number) => `封存码 ${code}，到第 ${figures.whole(n)} 条。`,
    sameCode: "表格页脚印的是同一个码。",
    again: "记录改过以后，请重新导出。",
  },
  preview: {
    title: "任务考核表",
    page: (n: number, of: number) => `任务考核表，第 ${n} 页，共 ${of} 页`,
    exactly: "打印出来就是这样",
    enlarge: "放大",
    whole: "看整页",
    area: "任务考核表预览",
    missing: (glyphs: string[]) => `有 ${glyphs.length} 个字印不出来：${glyphs.join(" ")}`,
    notMade: "换好以后表格才做得出来。",
    missingNext: "没有一种字体有这些字。请换成常用字。",
    failed: "预览没有做出来。",
  },
};
