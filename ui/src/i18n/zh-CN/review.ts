import { figures } from "../figures";
import { dates } from "./dates";

const COUNT = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
const count = (n: number) => COUNT[n] ?? String(n);

export const review = {
  empty: "把来件拖到这里，原件不会改动。",
  open: "打开来件",
  openAnother: "打开另一份",
  recent: "最近打开的来件",
  openedAt: (when: string) => `${when} 打开`,
  noName: "未写姓名",
  readOnly: "只读：审核不会改动来件。",
  fact: (parts: (string | null)[]) => parts.filter(Boolean).join(" · "),
  period: (start: string, end: string) => `${dates.long(start)}—${dates.short(end)}`,
  /** A verdict in a few words, by its code; one without words of its own is said in the shell's sentence. */
  verdict: {
    genuine: "文件真实，未被改动",
    packed_from_records: "未被改动，但没有填写经过",
    older: "比以前收到的那份旧",
    other_key: "签名与上次不同",
    altered: "这份文件与导出时不一样，不能审核",
    cut: "文件不完整，不能审核",
    empty: "文件是空的，不能审核",
    newer_format: "由更新的版本导出，请先升级",
    not_ours: "这不是下乡志的文件",
    too_big: "文件过大，没有打开",
    fork: "同一序号有两份不同的记录",
    restored: "曾从备份恢复，以前收到的有一段被取代",
    other_kind: "这是另一种文件",
  } as Record<string, string>,
  banner: {
    label: "审核结论",
    first: "第一次收到这份派驻的来件",
    seenThis: (date: string) => `这一份 ${dates.short(date)} 收到过`,
    exported: (date: string, number: number, n: number) =>
      `${dates.short(date)} 第 ${figures.whole(number)} 次导出，到第 ${figures.whole(n)} 条`,
    fingerprint: (code: string) => `签名指纹 ${code}`,
    failed: (titles: string[]) => `${titles.length} 项未达标：${titles.join("、")}`,
    met: (n: number) => (n === 0 ? "只记录，不评定" : `${count(n)}项都已达标`),
    running: (n: number) => `还在派驻，${n} 项尚未达标`,
    notAssessable: "不能评定",
    recomputed: (scheme: string, version: number, date: string) =>
      `由本机按${scheme} 第 ${version} 版、${dates.short(date)} 的记录重新算出`,
    today: (text: string) => `按今天算：${text}`,
    paid: (yuan: string) => `实发 ${yuan} 元`,
    paidSoFar: (yuan: string) => `目前可发 ${yuan} 元`,
    sum: (subsidy: string, deducted: string, paid: string) => `${subsidy} − ${deducted} = ${paid}`,
    whole: "应发，没有扣减",
  },
  consequence: {
    deducted: (yuan: string) => `扣补助 ${yuan} 元`,
    nothingDeducted: "补助不扣",
    appraisal: {
      issued: "服务鉴定表可以填写",
      withheld: "服务鉴定表不予填写",
      pending: "服务鉴定表期满后定",
    },
    repeat: "重新下乡",
    departmentFine: (yuan: string) => `科室处罚 ${yuan} 元`,
    recallFine: (physician: string, department: string) =>
      `擅自调回：本人 ${physician} 元，科室 ${department} 元`,
    list: (parts: string[]) => `${parts.join("；")}。`,
  },
  tabs: {
    label: "来件内容",
    reasons: "结论",
    late: "补记",
  },
  reasons: {
    figure: (n: number) => `${n}`,
    needed: (n: number) => (n > 0 ? ` / ${n} 次` : " 次"),
    ofAmount: (n: number) => (n > 0 ? ` / ${n}` : ""),
    amountBar: (title: string, n: number, needed: number) =>
      needed > 0 ? `${title}：${n}，至少 ${needed}` : `${title}：${n}`,
    ofScheduled: (scheduled: number, needed: number) =>
      ` / ${scheduled}${needed > 0 ? `，至少 ${needed}` : ""}`,
    bar: (title: string, n: number, needed: number) => `${title}：计入 ${n} 次，至少 ${needed} 次`,
    attendanceBar: (attended: number, scheduled: number, needed: number) =>
      `应出勤 ${scheduled} 个半天，实出勤 ${attended}，至少 ${needed}`,
    date: (date: string) => dates.short(date),
    gap: (date: string, days: number) => `${dates.short(date)}（隔 ${days} 天）`,
    none: "没有计入的",
    excluded: (date: string, reason: string) => `${dates.short(date)} 未计入：${reason}`,
    notCounted: (parts: string[]) => `未计入：${parts.join("，")}`,
    part: (title: string, n: number) => `${title} ${n}`,
    remaining: "还没到",
    stillNeeded: (n: number, last: string | null) =>
      last ? `还差 ${n} 次，最晚 ${dates.short(last)}` : `还差 ${n} 次`,
    absenceLeft: (n: number) => `还可缺勤 ${n} 个半天`,
  },
  findings: {
    title: "需要问一问",
    none: "没有要问的。",
    count: (n: number) => `${n} 件；这些不是结论`,
    arrangement: (year: number, from: string, to: string, n: number) =>
      `${year} 年的放假安排是本人录入的，共 ${n} 天（${dates.range(from, to)}），应出勤按它算。与国务院办公厅的通知一致吗？`,
    ownRoster: (from: string, to: string, n: number) =>
      `有 ${n} 天的上班或休息由本人改定（${dates.range(from, to)}），与官方日历不同。受援单位是这样排的吗？`,
    ask: (finding: { code: string; message: string; when: string; title: string }) =>
      `${finding.message.replace(/。?$/, "。")}${question[finding.code] ?? "是怎么回事？"}`,
  },
  days: {
    date: "日期",
    tallies: "工作量",
    note: "记录",
    entered: "录入",
    erased: "文字已抹去",
  },
  activities: {
    kind: "类别",
    title: "题目",
    place: "地点",
    minutes: (n: number) => `${n} 分钟`,
    participants: (n: number) => `${n} 人`,
    counted: "计入",
    notJudged: "不考核",
    counts: "考核",
    details: "详情",
    none: "没有活动记录。",
  },
  leaves: {
    kind: "类别",
    span: "起止",
    half: (date: string, half: string) => `${dates.short(date)}${half}`,
    length: "扣除休息日",
    approval: "批准",
    notified: "备案",
    written: "书面说明",
    returned: "销假",
    by: (name: string | null, on: string | null) =>
      [name, on ? dates.short(on) : null].filter(Boolean).join(" "),
    reason: "事由",
    missing: "没有",
    none: "没有请假。",
  },
  problems: { none: "帮扶日记里没有记过问题。" },
  summary: {
    title: "自我鉴定和总结",
    none: "还没有写。",
    drafted: "没有改写过的段落由程序按记录起草，这里只列本人写的。",
    parts: {
      self_appraisal: "自我鉴定",
      basics: "基本情况",
      conduct: "思想与纪律",
      medical_work: "医疗工作",
      teaching: "带教与培训",
      public_health: "公共卫生",
      reflections: "体会",
      suggestions: "意见和建议",
    },
  },
  late: {
    what: "内容",
    for: "哪一天",
    on: "录入",
    by: "晚",
    day: "考勤与记录",
    none: "都是当天录入的，没有补记。",
    days: (n: number) => `${n} 天`,
  },
  timeLine: {
    title: "派驻期内的授课、查房与补记",
    row: (title: string, counted: string[], out: string[]) =>
      `${title}：计入 ${counted.length} 次${counted.length > 0 ? `，${dates.list(counted)}` : ""}${out.length > 0 ? `；未计入 ${dates.list(out)}` : ""}`,
    late: (ranges: string[]) => (ranges.length > 0 ? `补记：${ranges.join("，")}` : "没有补记"),
    gap: (days: number) => `隔 ${days} 天`,
    month: (date: string) => `${Number(date.slice(5, 7))}月`,
  },
  refused: {
    confirmed: "能确认到哪里",
    nothing: "这份文件里没有一处能确认。",
    note: "这里说明的是文件与签名不符，不说明是谁改的。没有算出考核结论，也没有算出补助。",
  },
};

const question: Record<string, string> = {
  present_during_leave: "当天回去了吗？",
  activity_while_absent: "当天在岗吗？",
  cadence_missed: "是什么原因？",
  year_short: "这一年为什么不足？",
  leave_unapproved: "是谁批准的？",
  leave_approved_late: "为什么后补批准？",
  leave_not_notified: "备案了吗？",
  leave_without_written_explanation: "书面说明交了吗？",
  short_gap: "日期记对了吗？",
  document_missing: "什么时候交？",
  not_assessable: "起止日期对吗？",
  provisional_calendar: "公布以后要重算吗？",
};
