import { dates } from "./dates";

const length = (halfDays: number) => (halfDays === 1 ? "半天" : `${halfDays / 2} 天`);

export const leave = {
  title: "请假",
  fact: (times: number, halfDays: number) =>
    times === 0 ? "还没有请过假" : `已请 ${times} 次，共 ${halfDays} 个半天`,
  new: "新请假",
  kind: "类别",
  from: "从",
  to: "到",
  fromHalf: "从上午还是下午起",
  toHalf: "到上午还是下午止",
  reason: "事由",
  length,
  lengthZero: "0 天",
  lengthNone: "写好起止日期，就算出长度",
  halfDays: (n: number) => `${n} 个半天`,
  notCounted: (weekend: string, holiday: string) =>
    [weekend ? `${weekend} 是周末，不计` : null, holiday ? `${holiday} 是节假日，不计` : null]
      .filter(Boolean)
      .join("；"),
  grouped: (from: string, to: string, halfDays: number) =>
    `与相邻的假连着算：${dates.range(from, to)}，共 ${length(halfDays)}`,
  route: {
    written: (n: number) => `${n} 天以上要走书面`,
    including: (n: number) => `含 ${n} 天`,
    phone: (n: number) => `不足 ${n} 天：批准后电话告知医务部`,
    none: "没有应出勤的半天，不用办手续",
    approval: "受援单位负责人批准",
    explanation: "书面说明交医务部主任",
    notification: "电话告知医务部备案",
    returned: "返岗后销假",
    open: "还没有",
    remind: (date: string) => `${dates.short(date)} 提醒`,
    approve: "已批准",
    hand: "已交",
    call: "已告知",
    back: "已销假",
    by: "批准人",
    told: "告知谁",
    on: "日期",
    done: "好",
    stepDone: "已办",
    stepOpen: "未办",
    late: "批准日期晚于请假开始",
  },
  save: "记下请假",
  saveChange: "存下修改",
  discard: "放弃",
  withoutWritten: "没有书面说明也能先记下，会一直提醒",
  withoutSteps: "手续可以以后补，会一直提醒",
  errors: {
    order: "结束早于开始",
    overlap: (what: string) => `与 ${what} 重叠，一个半天只能请一次假`,
    outside: "不在派驻期内的日子不算",
  },
  openDay: (date: string) => `看 ${dates.short(date)} 的记录`,
  back: {
    early: (back: string, to: string) => `${dates.short(back)} 已返岗，假请到 ${dates.short(to)}`,
    late: (to: string, back: string) => `假到 ${dates.short(to)}，${dates.short(back)} 才返岗`,
    until: (to: string, half: string) => `改到 ${dates.short(to)} ${half === "morning" ? "上午" : "下午"}`,
    unused: "没有用上，删除这次请假",
    missing: (list: string) => `${list} 没有假，也没有记录。`,
    extend: (to: string) => `补请到 ${dates.short(to)}`,
    fill: (date: string) => `去填 ${dates.short(date)}`,
  },
  recorded: (list: string) => `${list} 已记出勤。记下请假后按请假算，那几个半天的出勤会清除。`,
  effect: {
    title: "记下之后",
    attendance: "考勤",
    now: "现在",
    then: "之后",
    left: (n: number) => `余 ${n}`,
    short: (n: number) => `差 ${n}`,
    still: "仍可达标",
    lost: "将无法达标",
    already: "已无法达标",
    met: "已达标",
    absence: (n: number, needed: number) =>
      n >= 0
        ? `还可缺勤 ${n} 个半天（${n / 2} 天）。竖线是必须的 ${needed} 个半天。`
        : `还差 ${-n} 个半天。竖线是必须的 ${needed} 个半天。`,
    bar: (when: string, attended: number, scheduled: number, lost: number) =>
      `${when}：已出勤 ${attended}，应出勤 ${scheduled}，不能再出勤 ${lost}`,
    duties: (titles: string[]) => titles.join("、"),
    unaffected: "不受影响",
    affected: "会受影响",
    needed: (title: string, n: number, by: string) => `${title}还差 ${n} 次，最晚 ${dates.short(by)}。`,
    metDuty: (title: string) => `${title}已达标。`,
    lostDuty: (title: string) => `${title}来不及做完，无法达标。`,
    uncounted: (title: string, list: string) => `${list} 的${title}会因请假不计入。`,
  },
  shorter: {
    title: (to: string) => `若只请到 ${dates.short(to)}`,
    text: (halfDays: number, n: number) => `${length(halfDays)}，不足 ${n} 天：批准后电话告知医务部即可。`,
    take: (halfDays: number) => `改成 ${length(halfDays)}`,
  },
  list: {
    title: "已请的假",
    empty: "还没有请过假。",
    span: (from: string, fromHalf: string, to: string, toHalf: string) => {
      const whole = fromHalf === "morning" && toHalf === "afternoon";
      if (from === to) {
        return whole ? dates.short(from) : `${dates.short(from)} ${fromHalf === "morning" ? "上午" : "下午"}`;
      }
      const start = fromHalf === "morning" ? "" : " 下午";
      const end = toHalf === "afternoon" ? "" : " 上午";
      return start || end ? `${dates.short(from)}${start}—${dates.short(to)}${end}` : dates.range(from, to);
    },
    phone: "电话备案",
    written: "书面说明",
    openSteps: "手续未齐",
    returned: "已销假",
    notReturned: "未销假",
    ahead: "还没到",
    open: (what: string) => `打开 ${what}`,
  },
  saved: (kind: string, span: string) => `已记 ${span} ${kind}`,
  deleted: (kind: string, span: string) => `已删 ${span} ${kind}`,
};
