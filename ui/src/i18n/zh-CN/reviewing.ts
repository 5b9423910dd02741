import { figures } from "../figures";
import { dates } from "./dates";

const DAYS = (days: string[]) => days.map((date) => dates.short(date)).join("、");

/** What a reviewer does with a file: asks, compares, remarks, decides. */
export const reviewing = {
  before: "上一份",
  next: "下一份",
  keys: { before: "Ctrl ↑", next: "Ctrl ↓" },
  place: (n: number, all: number) => `第 ${n} 份，共 ${all} 份`,
  notListed: "没有别的来件。",
  tabs: {
    records: "记录",
    changes: "改动",
    attachments: "附件",
    seals: "封存",
    papers: "表格",
    remarks: "意见",
  },
  kinds: {
    label: "哪一类记录",
    day: "每天",
    activity: "活动",
    leave: "请假",
    problem: "帮扶",
    summary: "总结",
  },
  record: {
    posting: "整份来件",
    day: (date: string) => `${dates.short(date)} 的记录`,
    activity: (date: string, kind: string, title: string | null) =>
      `${dates.short(date)} ${kind}${title ? `《${title}》` : ""}`,
    leave: (from: string, to: string, kind: string) => `${dates.range(from, to)} ${kind}`,
    problem: (date: string | null, problem: string | null) =>
      `${date ? `${dates.short(date)} ` : ""}帮扶日记${problem ? `「${problem}」` : ""}`,
    summary: "自我鉴定和总结",
    document: "上交材料",
    gone: "已删除的记录",
  },
  questions: {
    look: "看记录",
    lookAll: (n: number) => `看这 ${n} 条`,
    write: "写进意见",
    known: "已了解",
    knownBefore: (n: number) => `已了解 ${n} 件`,
    again: "重新列出",
    written: "已写进意见",
  },
  remark: {
    write: "写意见",
    writeOn: (record: string) => `写意见：${record}`,
    on: (record: string) => `对「${record}」的意见`,
    placeholder: "哪里要改，或要问什么",
    keep: "写好了",
    remove: "删去这条意见",
    removed: "已删去一条意见",
    edit: "改",
    yours: "意见",
    earlier: (date: string) => `${dates.short(date)} 的意见`,
    answer: "答复",
    tooLong: (n: number) => `已有 ${figures.whole(n)} 字，最多 2,000 字`,
    look: "看这条记录",
  },
  changes: {
    since: (date: string, name: string) => `与 ${dates.short(date)} 收到的「${name}」相比`,
    first: "这是这份派驻第一次收到的来件，没有可以相比的。",
    none: "记录没有改动。",
    how: { added: "新增", changed: "改了", removed: "删了" },
    entered: (when: string) => `${when} 填`,
    afterApproval: "审核通过之后改的",
    count: (n: number) => `${n} 条`,
  },
  attachments: {
    none: "这份记录没有附件。",
    notIncluded: "来件里没有附上",
    bad: "附了，但不是能看的图片，没有打开",
    reading: "正在读",
    note: "图片只在内存里打开，不会存到这台电脑上。",
    left: (n: number) => `另有 ${n} 个没有附上；记录里有它们的指纹，以后补来时可以核对。`,
    of: (date: string, kind: string, title: string | null) =>
      `${dates.short(date)} ${kind}${title ? ` ${title}` : ""}`,
  },
  seals: {
    title: "封存点",
    explain:
      "每次收到的来件都在这里留下一个封存点。以后的来件必须经过每一个封存点，所以它以前的记录改不了而不被发现。",
    none: "还没有更早的封存点。",
    pin: (date: string, n: number) => `${dates.short(date)} 收到，到第 ${figures.whole(n)} 条`,
    checkIn: (month: string, n: number) => `${dates.monthOfYear(month)} 月度封存，到第 ${figures.whole(n)} 条`,
    holds: "接得上",
    broken: "接不上",
    ahead: "这份还没到那里",
    this: "就是这一份",
    open: "看那一份",
    passes: (pins: string[]) =>
      pins.length === 1
        ? `接得上 ${DAYS(pins)} 的封存点`
        : `接得上 ${DAYS(pins)} ${pins.length} 个封存点`,
    passesMany: (first: string, last: string, n: number) =>
      `接得上 ${dates.short(first)} 到 ${dates.short(last)} 的 ${n} 个封存点`,
    code: {
      title: "核对纸上的封存码",
      label: "表上印的封存码",
      hint: "空格、大小写都不论；O 和 0、I 和 1 分不清也没关系。",
      placeholder: "7KQ2 M4XD …",
      check: "核对",
      head: "就是这份文件的封存码：那张表与这份文件一致。",
      event: (n: number) =>
        `是这份记录到第 ${figures.whole(n)} 条时的封存码：那张表印出以后，前面的记录没有改过。`,
      foreign: "不属于这份记录：那张表不是从这份记录印出来的，或者印的内容后来被改写过。",
      nearly: (group: number) => `对不上，但只差一点。请再看第 ${group} 组，多半是看错了一个字。`,
      length: (letters: number) => `有 ${letters} 个字符；封存码是 28 个，每四个一组，共七组。`,
      unreadable: (character: string) => `封存码里没有「${character}」；只有数字和字母。`,
    },
    keys: {
      title: "签名密钥",
      first: "第一次见到",
      since: (date: string) => `${dates.short(date)} 起见过`,
      made: "随记录生成",
      changed: (n: number) => `第 ${figures.whole(n)} 条起换用`,
      proved: "由前一个密钥签字认可",
      unproved: "前一个密钥没有认可，只能打电话核对",
      current: "这次签名的",
      before: "以前的",
    },
    key: {
      title: "签名与上次不同",
      seen: "上次",
      found: "这次",
      accept: "已核对指纹，接受新密钥",
      accepted: "已记下新密钥，以后按它核对",
    },
  },
  papers: {
    note: "按来件里的记录生成，判定日期与来件一致；不会改动来件。",
    saved: (n: number) => (n === 1 ? "已存好" : `已存好 ${n} 个文件`),
  },
  refused: {
    seems: (name: string) => `看起来是 ${name} 的来件`,
    steps: {
      pin: (date: string, n: number) => `${dates.short(date)} 封存点 第 ${figures.whole(n)} 条`,
      pinSame: "与当时收到的一致",
      joined: (from: number, to: number) => range(from, to),
      joinedWell: "连得上",
      differs: (n: number, record: string | null) =>
        record ? `第 ${figures.whole(n)} 条 ${record}` : `第 ${figures.whole(n)} 条`,
      differsFrom: (date: string) => `与 ${dates.short(date)} 收到的不同`,
      then: "当时",
      now: "现在",
      broken: "接不上",
      rest: (from: number, to: number) => range(from, to),
      unconfirmed: "不能确认",
      holds: "能确认",
      fails: "对不上",
      unknown: "不知道",
    },
    differs: (date: string, n: number, record: string | null, rest: number) =>
      `与 ${dates.short(date)} 收到的那份相比，第 ${figures.whole(n)} 条${record ? `（${record}）` : ""}不同${rest > 0 ? `，它以后的 ${figures.whole(rest)} 条因此都不能确认` : ""}。`,
    ways: "内容被改过或存放时损坏都会这样；改名、转发不会。",
    look: (date: string) => `看 ${dates.short(date)} 收到的那份`,
    fingerprints: "签名指纹",
  },
  decide: {
    label: "审核结论",
    remarks: (n: number) => (n === 0 ? "还没有写意见" : `已写 ${n} 条意见`),
    readOnly: "只读：审核不会改动来件。",
    giveBack: "退回修改",
    grade: "等次",
    noGrade: "不评等次",
    ownGrade: "另写",
    opinion: "审核意见",
    opinionHint: "可以不写；会随结论送给本人",
    approve: "按此结论审核完毕",
    notGenuine: "这份来件还不能下结论。",
    needsReason: "退回要写明改什么：请先写一条意见。",
    done: {
      returned: (name: string) => `已退回，等 ${name} 修改`,
      approved: (name: string) => `${name} 的这份来件已审核完毕`,
      at: (path: string) => `结论文件存在：${path}`,
      send: "请把这个文件发给本人，在他的下乡志里打开。微信、U 盘都可以。",
      again: "再存一份",
    },
    earlier: {
      title: "已作的结论",
      returned: "退回修改",
      approved: "审核通过",
      by: (name: string) => (name ? `，${name}` : ""),
      grade: (grade: string) => `等次：${grade}`,
      n: (n: number) => `对到第 ${figures.whole(n)} 条的来件`,
      saved: (path: string) => `已存到 ${path}`,
      none: "还没有作过结论。",
    },
    general: "对整份来件的意见",
    general_write: "写一条对整份来件的意见",
    list: "各条记录上的意见",
    none: "还没有意见。在任何一条记录旁边都可以写。",
  },
  draftKept: "意见随写随存，关了窗口也在。",
};

function range(from: number, to: number): string {
  return from === to ? `第 ${figures.whole(from)} 条` : `第 ${figures.whole(from)}—${figures.whole(to)} 条`;
}
