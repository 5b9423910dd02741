import type { Assessment, Requirement } from "../types";
import scheme from "./scheme.json";
import { TODAY } from "./records";

const duty = (id: string) => scheme.duties.find((each) => each.id === id)!;

function requirement(
  part: Partial<Requirement> & Pick<Requirement, "id" | "clause" | "minimum" | "arithmetic">,
): Requirement {
  return {
    status: "reachable",
    minimum_gap_days: null,
    counted: null,
    excluded: null,
    gaps: null,
    still_needed: null,
    next_allowed_date: null,
    last_safe_date: null,
    absence_left_half_days: null,
    ...part,
  };
}

export const assessment: Assessment = {
  scheme: { id: "rotation_3m", version: 1 },
  as_of: TODAY,
  phase: "in_progress",
  calendar: { provisional_years: [] },
  attendance: {
    scheduled_half_days: 122,
    attended_half_days: 88,
    leave_half_days: 5,
    unrecorded_half_days: 5,
    absent_half_days: 0,
    recalled_half_days: 0,
    official_duty_half_days: 0,
    compensatory_rest_half_days: 0,
    remaining_half_days: 22,
    needed_half_days: 98,
    excluded: [
      { date: "2026-03-17", half: "morning", reason: "no_work_recorded" },
      { date: "2026-03-17", half: "afternoon", reason: "no_work_recorded" },
    ],
  },
  requirements: [
    requirement({
      id: "teaching",
      clause: duty("teaching").clause,
      minimum: 4,
      minimum_gap_days: 7,
      counted: ["2026-01-14", "2026-01-28", "2026-03-13"],
      excluded: [],
      gaps: [
        { from: "2026-01-14", to: "2026-01-28", days: 14 },
        { from: "2026-01-28", to: "2026-03-13", days: 44 },
      ],
      still_needed: 1,
      next_allowed_date: "2026-03-20",
      last_safe_date: "2026-04-05",
      arithmetic: "3 / 4",
    }),
    requirement({
      id: "rounds",
      clause: duty("rounds").clause,
      minimum: 8,
      minimum_gap_days: 0,
      counted: [
        "2026-01-06",
        "2026-01-13",
        "2026-01-20",
        "2026-01-27",
        "2026-02-10",
        "2026-02-25",
        "2026-03-10",
      ],
      excluded: [{ id: "0199a1c2-7d1e-7c3a-9f10-000000000020", date: "2026-03-10", reason: "same_day" }],
      gaps: [],
      still_needed: 1,
      next_allowed_date: TODAY,
      last_safe_date: "2026-04-05",
      arithmetic: "7 / 8",
    }),
    requirement({
      id: "attendance",
      clause: scheme.attendance.clause,
      minimum: 98,
      absence_left_half_days: 12,
      arithmetic: "88 + 22 - 98 = 12",
    }),
  ],
  failed: [],
  consequences: {
    subsidy_fen: 132000,
    deducted_fen: 0,
    payable_fen: 132000,
    appraisal_form: "pending",
    repeat_posting: false,
    department_fine_fen: 0,
    department_reward_fen: 100000,
    recall_fine_physician_fen: 0,
    recall_fine_department_fen: 0,
  },
  tallies: { outpatient_visits: 1017, referrals_up: 7 },
  leave_groups: [
    {
      from: "2026-02-03",
      to: "2026-02-04",
      half_days: 4,
      written: false,
      leaves: [{ id: "0199a1c2-7d1e-7c3a-9f10-100000000001", kind: "personal_leave", half_days: 4 }],
    },
    {
      from: "2026-03-05",
      to: "2026-03-05",
      half_days: 1,
      written: false,
      leaves: [{ id: "0199a1c2-7d1e-7c3a-9f10-100000000002", kind: "sick_leave", half_days: 1 }],
    },
  ],
  findings: [
    {
      code: "cadence_missed",
      severity: "warning",
      requirement: "teaching",
      from: "2026-02-02",
      to: "2026-02-15",
      message: "2月2日—15日没有授课",
    },
    {
      code: "cadence_missed",
      severity: "warning",
      requirement: "teaching",
      from: "2026-02-16",
      to: "2026-03-01",
      message: "2月16日—3月1日没有授课",
    },
  ],
};

export const ifNothingMore: Assessment = {
  ...assessment,
  failed: ["teaching", "rounds", "attendance"],
  consequences: {
    ...assessment.consequences,
    deducted_fen: 88000,
    payable_fen: 44000,
    appraisal_form: "withheld",
    repeat_posting: true,
    department_fine_fen: 50000,
  },
};
