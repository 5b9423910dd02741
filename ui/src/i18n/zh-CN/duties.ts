import { figures } from "../figures";
import { dates } from "./dates";

const done: Record<string, string> = { lecture: "可讲", ward_round: "可查", teaching_round: "可查" };

export const duties = {
  title: "授课·查房·活动",
  tabs: "类别",
  others: "其他活动",
  rule: (minimum: number, gap: number, perDay: number | null) =>
    [
      `不少于 ${minimum} 次`,
      gap > 0 ? `每次相隔不少于 ${gap} 天` : null,
      perDay === 1 ? "同一天只计一次" : perDay ? `同一天最多计 ${perDay} 次` : null,
    ]
      .filter(Boolean)
      .join("，"),
  standing: {
    met: (title: string) => `${title}已达标`,
    needed: (title: string, n: number) => `${title}还差 ${n} 次`,
    failed: (title: string) => `${title}已无法达标`,
    not_met: (title: string) => `${title}未达标`,
  },
  factOf: (standing: string, rule: string) => `${standing}；${rule}`,
  othersFact: (n: number) => `共 ${n} 次；写进总结和鉴定表，不单独考核`,
  new: "新记一次",
  line: {
    title: (title: string) => `${title}时间线`,
    mayBe: "再做一次可以计入",
    proposed: "正在填",
    proposedRefused: "正在填，不能计入",
    label: (title: string, counted: string) => `${title}时间线。已计入：${counted || "没有"}`,
    missing: (title: string) => `没有${title}`,
    legendGap: (gap: number, title: string) => `斜线：与已有${title}相隔不足 ${gap} 天`,
    legendWindow: (days: number) => (days === 14 ? "格：双周" : days === 7 ? "格：周" : `格：${days} 天`),
    allowed: (spans: { from: string; to: string }[], kind: string) =>
      `${spans
        .map(({ from, to }) =>
          from === to ? dates.short(from) : `${dates.short(from)} — ${dates.short(to)}`,
        )
        .join("、")} ${done[kind] ?? "可做"}`,
    today: "今天",
  },
  gap: {
    ok: (days: number) => `相隔 ${days} 天`,
    broken: (days: number, minimum: number) => `相隔 ${days} 天，不足 ${minimum} 天`,
    windows: (n: number) => `隔过${n === 1 ? "一" : n === 2 ? "两" : ` ${n} `}个双周，记为提醒，不影响达标`,
  },
  row: {
    minutes: (n: number) => `${n} 分钟`,
    people: (n: number) => `${n} 人`,
    tally: (name: string, n: number, unit: string) => `${name} ${n} ${unit}`.trim(),
    unsaved: "还没有保存",
    notCounted: (reason: string) => `不计入：${reason}`,
    open: (what: string) => `打开 ${what}`,
  },
  empty: (title: string, by: string | null) =>
    by ? `还没有${title}。第一次最晚 ${dates.short(by)}。` : `还没有${title}。`,
  emptyOthers: "还没有其他活动。义诊、健康教育、带教都记在这里。",
  form: {
    add: (kind: string) => `新记${kind}`,
    change: (kind: string) => `改${kind}`,
    kind: "类别",
    date: "日期",
    title: { lecture: "题目", round: "内容", other: "名称" },
    place: "地点",
    minutes: "时长",
    minutesUnit: "分钟",
    participants: "人数",
    participantsUnit: "人",
    audience: "对象",
    audienceHint: "卫生院医护、村医、村民…",
    note: "记录",
    patients: "病人",
    save: "记下",
    saveChange: "存下修改",
    discard: "放弃",
    needDate: "先写日期",
    notCountedBox: "不计入考核",
    uncount: "留着记录，不计入考核",
    countAgain: "改为计入",
  },
  warning: {
    gap: (neighbour: string, gap: number, minimum: number) =>
      `离 ${dates.short(neighbour)} 那次只有 ${gap} 天，不足 ${minimum} 天`,
    sameDay: (date: string, title: string) => `${dates.short(date)} 已有一次${title}，同一天只计一次`,
    other: "这一天不能计入",
    fails: (title: string, months: number, fen: number) =>
      months === 0
        ? `照此计入，${title}一项会不合格。`
        : `照此计入，${title}一项会不合格，扣${months === 1 ? "一" : months === 2 ? "两" : ` ${months} `}个月补助 ${figures.money(fen)} 元。`,
    firstOf: (kind: string, date: string) => `最早${done[kind] ?? "可做"}的一天是 ${dates.day(date)}。`,
    none: "派驻结束前没有合适的日子了。",
    outside: "不在派驻期内，不计入考核",
    future: "还没到这一天，到时才计入",
  },
  choice: {
    move: (date: string) => `改为 ${dates.day(date)}`,
    uncounted: "照记，不计入考核",
    anyway: (date: string) => `仍按 ${dates.short(date)} 计入`,
  },
  saved: (kind: string, date: string) => `已记 ${dates.short(date)} ${kind}`,
  deleted: (kind: string, date: string) => `已删 ${dates.short(date)} ${kind}`,
};
