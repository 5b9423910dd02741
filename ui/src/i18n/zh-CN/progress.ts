import type { Emphasis } from "../emphasis";
import { figures } from "../figures";
import { dates } from "./dates";

const verb: Record<string, string> = { teaching: "讲课", rounds: "查房" };
const count = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
const chinese = (n: number) => count[n] ?? ` ${n} `;

export const progress = {
  title: "进度",
  asOf: (date: string) => `按截至 ${dates.short(date)} 的记录算出`,
  ended: (date: string) => `派驻已结束，按截至 ${dates.short(date)} 的记录算出`,
  before: (date: string) => `派驻 ${dates.short(date)} 开始`,
  provisional: (years: number[]) => `${years.join("、")} 年放假安排还没有公布，暂按周末和法定假日计算。`,
  figure: (n: number) => (n > 0 ? ` / ${n} 次` : " 次"),
  attendanceFigure: (scheduled: number, needed: number) =>
    ` / ${scheduled} 个半天${needed > 0 ? `，至少 ${needed}` : ""}`,
  attendedFigure: " 个半天到岗",
  counted: "已计入",
  notCounted: "未计入",
  needed: "还差",
  reminder: "提醒",
  arithmetic: "算法",
  none: "还没有",
  gap: (date: string, days: number) => `${date}（隔 ${days} 天）`,
  excluded: (date: string, kind: string, reason: string) => `${dates.short(date)} ${kind}：${reason}`,
  window: (n: number, from: string, to: string): Emphasis => [
    `${n} 次，`,
    from === to ? dates.short(from) : `${dates.short(from)} 至 ${dates.short(to)}`,
    "。",
  ],
  stake: (id: string, title: string, date: string) =>
    `再不${verb[id] ?? title}，${dates.short(date)}后无法达标。`,
  latest: (n: number, date: string): Emphasis => [`${n} 次，最晚 `, dates.short(date), "。"],
  thisWeek: (date: string) => `本周的到 ${dates.short(date)} 为止。`,
  nothingNeeded: "不差，已达标。",
  nextAllowed: (date: string) => `再加一次要等到 ${dates.day(date)}，早了会不足间隔。`,
  neededUnreachable: (n: number) => (n > 0 ? `${n} 次，已来不及` : "间隔不足，不能补救"),
  neededEnded: (n: number) => `差 ${n} 次`,
  missed: (
    spans: [string, string][],
    window: "week" | "fortnight" | "other",
    title: string,
    effect: "none" | "failed" | "recorded",
  ) =>
    `${spans.map(([from, to]) => dates.range(from, to)).join("、")} ${spans.length > 1 ? chinese(spans.length) : ""}${{ week: "周", fortnight: "个双周", other: "个时段" }[window]}没有${title}，${{ none: "不影响达标", failed: "这一项因此不达标", recorded: "只记录，不评定" }[effect]}。`,
  brokenGap: (from: string, to: string, days: number) =>
    `${dates.short(from)} 与 ${dates.short(to)} 只隔 ${days} 天`,
  amountFigure: (n: number, unit: string) => (n > 0 ? ` / ${n} ${unit}` : ` ${unit}`),
  amountUnit: { months: "个月", points: "分" },
  amountBar: (title: string, done: number, needed: number) =>
    needed > 0 ? `${title}：${done}，至少 ${needed}` : `${title}：${done}`,
  neededAmount: (n: number, unit: string) => `${n} ${unit}。`,
  points: (title: string, points: number | null, weight: number) =>
    points === null ? `${title} ＿/${weight}` : `${title} ${points}/${weight}`,
  taken: (from: string, to: string, n: number, of: number) => `${dates.range(from, to)} ${n} / ${of}`,
  bar: (title: string, done: number, needed: number) => `${title}：已计入 ${done} 次，至少 ${needed} 次`,
  attendanceBar: (attended: number, scheduled: number, needed: number, lost: number) =>
    `考勤：应出勤 ${scheduled} 个半天，已出勤 ${attended}，不能再出勤 ${lost}，至少 ${needed}`,
  sum: (attended: number, remaining: number, needed: number, left: number): Emphasis => [
    `已出勤 ${attended} ＋ 剩余 ${remaining} － 必须 ${needed} ＝ `,
    left >= 0 ? `还可缺 ${left} 个半天` : `差 ${-left} 个半天`,
    "",
  ],
  rate: (attended: number, scheduled: number) =>
    `${attended} ÷ ${scheduled} ＝ ${figures.percent(attended, scheduled)}`,
  lost: {
    leave: (n: number) => `请假 ${n}`,
    unrecorded: (n: number) => `未填 ${n}`,
    noRecord: (n: number) => `缺工作记录 ${n}`,
    noRestDayWork: (n: number) => `补休无可抵 ${n}`,
    absent: (n: number) => `旷工 ${n}`,
    recalled: (n: number) => `擅自调回 ${n}`,
    nothing: "没有",
  },
  fill: (n: number) => `补上这 ${n} 个`,
  notes: {
    title: "要补的手续",
  },
  finding: {
    leave_unapproved: "请假没有批准记录",
    leave_not_notified: "请假没有电话备案",
    leave_without_written_explanation: "请假满 3 天，没有书面说明",
    leave_approved_late: "请假批准晚于开始",
    present_during_leave: "请假当天又记了出勤",
    activity_while_absent: "旷工或调回当天有活动",
    document_missing: "结业材料没有交",
    short_gap: "相隔不足",
    not_assessable: "没有应出勤的半天",
    provisional_calendar: "放假安排暂按",
    cadence_missed: "有时段没有做",
    year_short: "有一年不足",
    allowance_exceeded: "这个月比通常的多",
  },
  subsidy: {
    title: "补助",
    formula: (days: number, yuan: string, months: number) => `${days} 天 × ${yuan} 元 × ${months} 个月`,
    deducted: "已确定的扣减",
    deductedEnded: (n: number) => (n === 0 ? "扣减" : `${chinese(n)}项未达标，扣减`),
    soFar: "目前可得",
    payable: "实发",
    yuan: (amount: string) => `${amount} 元`,
    ifNothing: (failed: number, months: number, withheld: boolean, repeat: boolean) =>
      `如果今后什么都不再做：${
        failed === 0
          ? "各项都达标"
          : `${chinese(failed)}项不合格${months > 0 ? `，扣${chinese(months)}个月` : ""}${withheld ? "；鉴定表不予填写" : ""}${repeat ? "，重新下乡" : ""}`
      }`,
    form: {
      issued: "服务鉴定表：予以填写",
      withheld: "服务鉴定表：不予填写",
      pending: "服务鉴定表：结束后填写",
    },
    repeat: "须重新下乡",
    fine: (amount: string) => `科室处罚 ${amount} 元`,
    recall: (amount: string) => `擅自调回，个人与科室各罚 ${amount} 元，不从补助里扣`,
  },
  charts: {
    outpatients: "每周门诊",
    visits: (n: number) => `共 ${figures.whole(n)} 人次`,
    outpatientsMonthly: "每月门诊",
    bars: (total: number, n: number, monthly: boolean) =>
      `${monthly ? "每月" : "每周"}门诊人次，${n} ${monthly ? "个月" : "周"}，共 ${figures.whole(total)} 人次`,
    rest: "休",
    attendance: "出勤",
    map: (attended: number, scheduled: number) => `逐日出勤，计入 ${attended} 个半天，应出勤 ${scheduled}`,
    legend: {
      counted: "计入",
      leave: "请假",
      noRecord: "缺记录",
      unrecorded: "未填",
      absent: "旷工、调回",
      future: "以后",
    },
    week: "周",
    month: "月",
    dates: "日期",
    visitsColumn: "人次",
  },
  trial: {
    open: "试算：如果请假、如果授课",
    title: "试算",
    notStored: "只是假设，没有保存",
    close: "收起",
    what: "假设什么",
    which: "挪哪一次",
    oneMore: (title: string) => `再做一次${title}`,
    leave: "请假",
    move: "挪一次已记的",
    activity: (kind: string, date: string) => `${dates.short(date)} ${kind}`,
    date: "哪一天",
    from: "从哪一天",
    to: "到哪一天",
    until: "至",
    add: "加上",
    disorder: "结束早于开始",
    empty: "写一天，加上；可以同时假设好几样。",
    assumed: "假设",
    told: {
      leave: (from: string, to: string) => `请假 ${dates.range(from, to)}`,
      duty: (title: string, date: string) => `${dates.day(date)} ${title}`,
      move: (kind: string, was: string, date: string) => `${dates.short(was)} ${kind}挪到 ${dates.day(date)}`,
    },
    take: { leave: "去请假", plan: "放进计划", record: "去记下", move: "去改日期" },
    planned: (title: string, date: string) => `${dates.short(date)} ${title}已放进计划`,
    remove: (what: string) => `去掉：${what}`,
    removeShort: "去掉",
    nothing: "此外到结束什么都不再做",
    result: "试算结果",
    line: "考核项",
    now: "现在",
    then: "试算",
    thenEnded: "试算，到结束",
    figure: (n: number, least: number) => `${n} / ${least} 次`,
    attended: (n: number, least: number) => `${n}，至少 ${least}`,
    latest: (date: string) => `最晚 ${dates.short(date)}`,
    left: (n: number) => `还可缺 ${n} 个半天`,
    short: (n: number) => `差 ${n} 个半天`,
    yuan: (amount: string) => `${amount} 元`,
  },
  plan: {
    title: "计划",
    how: "工作日，避开请假，够间隔；记录变了计划跟着变",
    nothing: (lost: boolean): string => (lost ? "没有还能补上的。" : "不差什么，不用再排。"),
    export: "导出到手机日历",
    exported: (n: number, path: string) => `${n} 个日期已写入 ${path}`,
    list: (title: string) => `${title}的计划`,
    nth: (title: string, n: number, times: number) =>
      times > 1 ? `${title} 第 ${n}—${n + times - 1} 次` : `${title} 第 ${n} 次`,
    fixed: "您定的",
    restDay: "休息日",
    newDate: "改到哪一天",
    move: "改日期",
    moveThis: (date: string) => `改日期：${dates.short(date)}`,
    fix: "定下",
    cancel: "不改了",
    letGo: "不固定",
    letGoThis: (date: string) => `不固定：${dates.short(date)}`,
    record: "去记下",
    refused: (title: string, date: string, why: string) =>
      `您定的 ${dates.short(date)} ${title}${
        (
          {
            past: "已经过去",
            outside_posting: "不在派驻期内",
            on_leave: "那天请假",
            same_day: "那天已经有了",
            short_gap: "间隔不足了",
            no_room: "会排不下其余几次",
          } as Record<string, string>
        )[why] ?? "用不上了"
      }，已另排。`,
    line: {
      date: "日期",
      state: "情况",
      gap: "相隔",
      counted: "已计入",
      planned: "计划",
      days: (n: number) => `${n} 天`,
      label: (title: string, counted: string[], planned: string[]) =>
        `${title}：已计入 ${counted.length > 0 ? dates.list(counted) : "还没有"}；计划 ${dates.list(planned)}`,
      legend: (gap: number) => `实心已计入，空心是计划${gap > 0 ? `；斜线内间隔不足 ${gap} 天` : ""}`,
    },
  },
};
