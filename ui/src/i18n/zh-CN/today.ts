import type { Emphasis } from "../emphasis";
import { dates } from "./dates";

const verb: Record<string, string> = { teaching: "讲课", rounds: "查房" };
const short: Record<string, string> = { teaching: "讲", rounds: "查" };

export const today = {
  fact: (date: string, week: number | null, kind: string) =>
    [dates.year(date), week === null ? null : `第 ${week} 周`, kind].filter(Boolean).join(" · "),
  workday: "工作日",
  restDay: "休息日",
  makeup: (name: string | null) => (name ? `${name}调休上班日` : "调休上班日"),
  holiday: (name: string | null) => name ?? "节假日",
  boxed: { holiday: "休", makeup: "班" },
  outside: "不在派驻期内",
  previous: "前一天",
  next: "后一天",
  today: "今天",
  noteLabel: "记录",
  notePlaceholder: "几个字即可",
  usual: "常用",
  phrases: "常用句",
  noPatients: "不写病人姓名与证件号",
  otherTallies: "其他工作量",
  ownTallies: "自定统计…",
  emptied: (date: string) => `已清空 ${dates.short(date)} 的记录`,
  leaveLink: "请假",
  add: { lecture: "授课", round: "查房", activity: "活动" },
  counts: {
    both: "两个半天都计入出勤",
    one: "1 个半天计入出勤",
    none: "这一天不计入出勤",
    noRecord: "没有工作记录，不计出勤",
    noRestDayWork: "没有可抵的休息日上班，补休不计",
    empty: "还没有填",
    restDay: "休息日，不计应出勤",
    restDayWork: "休息日上班，可抵补休，不另计出勤",
    leave: "当天请假",
    future: "还没到这一天",
  },
  willBeLate: (days: number) => `今天填写，会记为补记：晚 ${days} 天`,
  wasLate: (days: number, at: string) => `补记：${dates.short(at)} 录入，晚 ${days} 天`,
  unfilled: {
    title: (n: number) => `还有 ${n} 天没有填完`,
    note: "补记会注明录入日期",
    all: (n: number) => `全部 ${n} 天`,
    whole: "全天未填",
    half: (half: string) => `${half}未填`,
    noRecord: "没有工作记录，不计出勤",
    makeup: (text: string) => `调休上班日，${text}`,
    none: "之前的日子都填完了。",
  },
  due: {
    title: "还要做的",
    daysLeft: (n: number) => `距结束还有 ${n} 天`,
    lastDay: "今天是最后一天",
    ended: "派驻已结束",
    figure: (n: number) => ` / ${n} 次`,
    bar: (title: string, done: number, needed: number) => `${title}：已计入 ${done} 次，至少 ${needed} 次`,
    weekMissing: "本周还没有",
    weekDone: "本周已有",
    periodMissing: "这两周还没有",
    nowAllowed: (id: string) => `今天可${short[id] ?? "做"}`,
    tomorrowAllowed: (id: string) => `明天起可${short[id] ?? "做"}`,
    allowedFrom: (id: string, date: string) => `${dates.short(date)}起可${short[id] ?? "做"}`,
    weekUntil: (date: string): Emphasis => ["本周的一次到 ", dates.day(date), " 为止。"],
    since: (last: string, gap: number, date: string): Emphasis => [
      `上次 ${dates.short(last)}，满 ${gap} 天是 `,
      dates.day(date),
      "。",
    ],
    more: (id: string, n: number, date: string) =>
      `再${short[id] ?? "做"} ${n} 次达标，最晚 ${dates.short(date)}。`,
    stake: (id: string, title: string, date: string) =>
      `再不${verb[id] ?? title}，${dates.short(date)}后无法达标。`,
    first: (title: string, date: string) => `还没有${title}。第一次最晚 ${dates.short(date)}。`,
    met: "已达标",
    unreachable: "已无法达标",
    notMet: "未达标",
    atLeast: (n: number) => `至少 ${n} 个半天`,
    ofScheduled: (n: number) => ` / ${n}`,
    attendanceBar: (attended: number, scheduled: number, needed: number, lost: number) =>
      `考勤：应出勤 ${scheduled} 个半天，已出勤 ${attended}，不能再出勤 ${lost}，至少 ${needed}`,
    absenceLeft: (n: number): Emphasis => ["还可缺勤 ", `${n} 个半天`, `（${n / 2} 天）。`],
    afterFilling: (days: number, n: number) => `没填完的 ${days} 天补齐后，为 ${n} 个半天。`,
    lost: (best: number, needed: number) =>
      `考勤已无法达标：今后天天出勤也只有 ${best} 个半天，至少要 ${needed}`,
    documents: "结业材料",
    documentsFrom: (date: string) => `${dates.short(date)}起可交`,
    documentsOpen: "现在可交",
    documentKinds: { task_assessment_sheet: "任务考核表", posting_summary: "下乡总结" } as Record<
      string,
      string
    >,
    documentList: (names: string[]) => `${names.join("、")}。`,
    how: "看每一条怎样算出",
  },
  notBegun: (date: string) => `派驻 ${dates.day(date)} 开始。到那天再填。`,
};
