import type { Assessment, Entered, ReviewView, Scheme } from "../types";
import { assessment } from "./assessment";
import { calendar, records, TODAY } from "./records";
import scheme from "./scheme.json";

const lateOn = "2026-03-01T12:14:00Z";

const entered: Entered[] = [
  ...records.days.map((day): Entered => {
    const late = day.date >= "2026-02-02" && day.date <= "2026-02-13";
    return {
      entity: "day",
      key: day.date,
      first_at: late ? lateOn : `${day.date}T09:32:00Z`,
      last_at: late ? lateOn : `${day.date}T09:32:00Z`,
      late_days: late ? 20 : 0,
    };
  }),
  {
    entity: "activity",
    key: records.activities[2]!.id!,
    first_at: "2026-03-16T10:01:00Z",
    last_at: "2026-03-16T10:01:00Z",
    late_days: 3,
  },
];

/** A posting that ended with a lecture too soon after another. */
const judged: Assessment = {
  ...assessment,
  as_of: "2026-04-06",
  phase: "ended",
  attendance: { ...assessment.attendance, attended_half_days: 110, remaining_half_days: 0 },
  requirements: assessment.requirements.map((each) =>
    each.id === "teaching"
      ? {
          ...each,
          status: "not_met" as const,
          counted: ["2026-01-14", "2026-01-28", "2026-03-13", "2026-03-19"],
          gaps: [...(each.gaps ?? []), { from: "2026-03-13", to: "2026-03-19", days: 6 }],
          still_needed: 0,
          next_allowed_date: null,
          last_safe_date: null,
          arithmetic: "4 ≥ 4；最短间隔 6 < 7 天",
        }
      : {
          ...each,
          status: "met" as const,
          last_safe_date: null,
          next_allowed_date: null,
          still_needed: each.counted ? 0 : null,
          absence_left_half_days: null,
          counted: each.counted ? [...each.counted, "2026-03-24"] : null,
          arithmetic: each.counted ? "8 ≥ 8" : "110 ÷ 122 = 90.1% ≥ 80%",
        },
  ),
  failed: ["teaching"],
  consequences: {
    ...assessment.consequences,
    deducted_fen: 44000,
    payable_fen: 88000,
    appraisal_form: "issued",
  },
};

export const genuine: ReviewView = {
  file_name: "李晓梅-河口镇中心卫生院-2026年1-4月-审核文件.xxz",
  verdict: {
    code: "genuine",
    genuine: true,
    warning: false,
    what: { zh: "文件真实，未被改动", en: "Genuine and unchanged" },
  },
  file: {
    log_id: "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11",
    exported_at: "2026-04-06T09:12:00Z",
    export_number: 3,
    as_of: "2026-04-06",
    head: { n: 1203, code: "7KQ2 M4XD 9RTA W3HE C6PN 0VJS 5B" },
    key_fingerprint: "9C41 07EA B35D 62F8 1E70 D2A9 4C0B",
    engine_version: "0.1.0",
    records,
    scheme: scheme as unknown as Scheme,
    assessment: judged,
    assessment_today: judged,
    today: TODAY,
    calendar,
    entered,
    first_seen: { at: "2026-01-31T08:00:00Z", file_name: "李晓梅-1月.xxz", n: 203 },
  },
  refusal: null,
  confirmed: null,
};

export const altered: ReviewView = {
  file_name: "陈立文-石桥镇卫生院-2026年1-4月-审核文件 (1).xxz",
  verdict: {
    code: "altered",
    genuine: false,
    warning: false,
    what: { zh: "这份文件与导出时不一样，不能审核", en: "Not as exported; it cannot be reviewed" },
  },
  file: null,
  refusal: {
    code: "altered",
    what: {
      zh: "签名对不上：第 214 条与导出时不同，它以后的 388 条因此都不能确认。内容被改过或存放时损坏都会这样；改名、转发不会。",
      en: "The signature does not fit: event 214 differs from what was exported, so the 388 after it cannot be confirmed.",
    },
    safe: {
      zh: "安全。本机没有保存这份文件里的任何内容；以前收到的都在，没有受影响。",
      en: "Yes. Nothing of this file was stored here; what was received before is untouched.",
    },
    next: {
      zh: "请本人在自己的电脑上重新导出一次，再发来。\n新文件仍打不开时，打电话核对签名指纹。",
      en: "Ask for a new export from the physician's own computer.\nIf that fails too, compare the key's fingerprint by phone.",
    },
    faults: [],
  },
  confirmed: {
    zh: "第 1—213 条连得上。\n第 214 条起不能确认。",
    en: "Events 1 to 213 hold.\nNothing from 214 on.",
  },
};
