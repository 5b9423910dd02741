import { addDays, datesFrom, weekday } from "../../dates";
import type { Activity, CalendarDay, Day, Leave, Records } from "../types";

export const START = "2026-01-05";
export const END = "2026-04-05";
export const TODAY = "2026-03-19";

const HOLIDAYS: Record<string, string> = { "2026-02-16": "除夕", "2026-02-17": "春节" };
for (let d = "2026-02-15"; d <= "2026-02-23"; d = addDays(d, 1)) HOLIDAYS[d] ??= "春节";
HOLIDAYS["2026-04-05"] = "清明节";
HOLIDAYS["2026-04-04"] = "清明节";
const MAKEUP = ["2026-02-14", "2026-02-28"];

export const calendar: CalendarDay[] = datesFrom(START, END).map((date) => {
  const holiday = date in HOLIDAYS;
  const makeup_workday = MAKEUP.includes(date);
  const workday = makeup_workday || (!holiday && weekday(date) <= 5);
  return {
    date,
    workday,
    holiday,
    makeup_workday,
    name: HOLIDAYS[date] ?? (makeup_workday ? "春节" : null),
    provisional: false,
    overridden: false,
  };
});

const NOTES = [
  "内科门诊，高血压随访",
  "内科门诊，慢病随访",
  "病房查房",
  "家庭医生签约",
  "内科门诊，签约随访",
];

function day(date: string, i: number): Day | null {
  const workday = calendar.find((known) => known.date === date)?.workday;
  if (
    !workday ||
    date > TODAY ||
    ["2026-02-28", "2026-03-16", "2026-02-03", "2026-02-04", TODAY].includes(date)
  )
    return null;
  if (date === "2026-03-17")
    return { date, morning: "present", afternoon: "present", note: null, tallies: {} };
  return {
    date,
    morning: "present",
    afternoon: date === "2026-03-18" || date === "2026-03-05" ? null : "present",
    note: NOTES[i % NOTES.length]!,
    tallies: { outpatient_visits: 14 + ((i * 7) % 17) },
  };
}

function activity(
  id: number,
  kind: Activity["kind"],
  date: string,
  title: string | null = null,
  minutes: number | null = null,
  participants: number | null = null,
): Activity {
  return {
    id: `0199a1c2-7d1e-7c3a-9f10-0000000000${String(id).padStart(2, "0")}`,
    kind,
    date,
    title,
    place: title ? "二楼会议室" : "内科病房",
    minutes,
    participants,
    audience: title ? "卫生院医护" : null,
    note: null,
    counts_toward_assessment: true,
    tallies: {},
    attachments: [],
  };
}

function leave(id: number, part: Partial<Leave> & Pick<Leave, "kind" | "from" | "to">): Leave {
  return {
    id: `0199a1c2-7d1e-7c3a-9f10-1000000000${String(id).padStart(2, "0")}`,
    from_half: "morning",
    to_half: "afternoon",
    reason: "家事",
    recipient_approval: { by: "王院长", on: part.from },
    notification: { to: "医务部 赵主任", on: part.from },
    written_explanation: null,
    returned_on: addDays(part.to, 1),
    ...part,
  };
}

export const records: Records = {
  format: "xiaxiangzhi.posting",
  version: 1,
  posting: {
    id: "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11",
    physician: {
      name: "李晓梅",
      sex: "female",
      birth_date: "1986-05-14",
      education: "硕士",
      specialty: "心血管内科",
      title: "主治医师",
      licence_number: null,
      promotion_target: "副主任医师",
    },
    supporting_hospital: "云州市第二人民医院",
    home_department: "心内科",
    recipient_unit: "河口镇中心卫生院",
    county_health_authority: null,
    station: "resident",
    start: START,
    end: END,
    scheme: "rotation_3m",
  },
  calendar_overrides: [],
  days: datesFrom(START, END)
    .map(day)
    .filter((made) => made !== null),
  activities: [
    activity(1, "lecture", "2026-01-14", "高血压分级管理", 60, 12),
    activity(2, "lecture", "2026-01-28", "基层心电图判读", 50, 14),
    activity(3, "lecture", "2026-03-13", "急性胸痛的识别与转诊", 70, 17),
    ...["2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27", "2026-02-10", "2026-02-25", "2026-03-10"].map(
      (d, i) => activity(10 + i, "ward_round", d),
    ),
    activity(20, "teaching_round", "2026-03-10"),
    activity(21, "free_clinic", "2026-02-12", "集市义诊", 120, 64),
    activity(22, "health_education", "2026-03-05", "世界肾脏日宣教", 40, 30),
  ],
  leaves: [
    leave(1, { kind: "personal_leave", from: "2026-02-03", to: "2026-02-04" }),
    leave(2, { kind: "sick_leave", from: "2026-03-05", to: "2026-03-05", from_half: "afternoon" }),
  ],
  documents: [],
  problems: [],
  summary: { self_appraisal: null, suggestions: null },
};
