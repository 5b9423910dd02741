import type { Decision } from "../../api";
import { dates } from "./dates";

const DECISION: Record<Decision, string> = { returned: "退回修改", approved: "审核通过" };

/** The reviewer's decisions as the physician sees them. */
export const receipts = {
  decision: DECISION,
  graded: (decision: Decision, grade: string | null) =>
    grade ? `${DECISION[decision]} · ${grade}` : DECISION[decision],
  taken: (decision: Decision) => `已收下审核意见：${DECISION[decision]}`,
  again: "这份审核意见以前收过，没有重复记下",
  open: "收审核意见",
  title: "审核意见",
  by: (who: string, date: string) => (who ? `${who}，${dates.short(date)}` : dates.short(date)),
  takenOn: (date: string) => `${dates.short(date)} 收下`,
  leftOut: "这份意见的原文不在本机。",
  earlier: (n: number) => `以前的意见 ${n} 份`,
  overtaken: "这份意见说的是较早的记录，以后来的为准。",
  all: "全部意见",
  openComments: (n: number) => `审核意见还有 ${n} 条没有答复`,
  comment: {
    title: "审核意见",
    go: "去改",
    whole: "整份记录",
    removed: "记录已删",
    changed: "意见之后改过",
    answer: "答复",
    answerTo: (name: string) => `答复：${name}`,
    placeholder: "写给医务部，可以不写",
    corrected: "已改",
    reply: "回复",
    replied: (date: string) => `${dates.short(date)} 已回复`,
    fixed: (date: string) => `${dates.short(date)} 已改`,
    edit: "改答复",
    travels: "答复随下次导出的审核文件交给医务部。",
  },
  closed: {
    title: "审核通过后，改动要先写原因",
    about: (date: string) => `这份记录 ${dates.short(date)} 已审核通过。原因随改动留在记录里，医务部会看到。`,
    reason: "修改的原因",
    placeholder: "例如：漏记了 3月9日 的会诊",
    go: "写下原因，接着改",
    leave: "不改了",
    given: (date: string, reason: string) => `${dates.short(date)} 起有改动，原因：${reason}`,
  },
  key: {
    firstTitle: "收下审核意见之前，先核对指纹",
    first:
      "本机第一次收到这个医务部签的文件。请打电话问医务部，逐组核对下面的指纹；一致就收下，以后的意见不再问。",
    changedTitle: "签名与以前不同",
    changed:
      "这份意见不是用以前那个医务部的密钥签的。可能是医务部换了电脑，也可能有人冒名。请打电话问清楚，核对一致再收下。",
    expected: "以前的指纹",
    found: "这份的指纹",
    about: (physician: string, unit: string) => [physician, unit].filter(Boolean).join(" · "),
    take: "核对一致，收下",
    takeChanged: "已打电话核对，收下",
    leave: "先不收",
    overtaken: "比它新的意见已经收下了，收下后仍以新的为准。",
  },
};
