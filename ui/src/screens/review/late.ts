import type { ReviewedFile } from "../../api";
import { chinaTime } from "../../dates";
import { i18n } from "../../i18n";

export interface LateEntry {
  id: string;
  what: string;
  /** The day it is for, and the day it was entered. */
  date: string;
  on: string;
  time: string;
  days: number;
}

/** What was entered after its day, by the day it is for. */
export function lateEntries(file: ReviewedFile): LateEntry[] {
  const activities = new Map(file.records.activities.map((each) => [each.id, each]));
  const leaves = new Map(file.records.leaves.map((each) => [each.id, each]));
  return file.entered
    .filter((each) => each.late_days > 0)
    .map((each) => {
      const activity = each.entity === "activity" ? activities.get(each.key) : undefined;
      const leave = each.entity === "leave" ? leaves.get(each.key) : undefined;
      const at = chinaTime(each.first_at);
      return {
        id: `${each.entity} ${each.key}`,
        what: activity
          ? [i18n.m.common.activityKind[activity.kind], activity.title].filter(Boolean).join(" ")
          : leave
            ? i18n.m.common.leaveKind[leave.kind]
            : i18n.m.review.late.day,
        date: activity?.date ?? leave?.from ?? each.key,
        on: at.date,
        time: at.time.slice(0, 5),
        days: each.late_days,
      };
    })
    .sort((a, b) => a.date.localeCompare(b.date));
}
