import type { ReviewedFile } from "../../api";
import { i18n } from "../../i18n";

/** A record of the file: its kind and its key, as remarks name it. */
export interface RecordRef {
  entity: string;
  key: string;
}

export const KINDS = ["day", "activity", "leave", "problem", "summary"] as const;
export type RecordKind = (typeof KINDS)[number];

export const rowOf = ({ entity, key }: RecordRef) => `${entity} ${key}`;

export function kindOf(entity: string): RecordKind | null {
  return KINDS.find((kind) => kind === entity) ?? null;
}

/** What a record is called where it stands by itself. */
export function recordName(file: ReviewedFile, { entity, key }: RecordRef): string {
  const m = i18n.m.reviewing.record;
  const { activities, leaves, problems } = file.records;
  const common = i18n.m.common;
  switch (entity) {
    case "posting":
      return m.posting;
    case "day":
      return m.day(key);
    case "summary":
      return m.summary;
    case "document":
      return m.document;
    case "activity": {
      const activity = activities.find((each) => each.id === key);
      return activity
        ? m.activity(activity.date, common.activityKind[activity.kind], activity.title)
        : m.gone;
    }
    case "leave": {
      const leave = leaves.find((each) => each.id === key);
      return leave ? m.leave(leave.from, leave.to, common.leaveKind[leave.kind]) : m.gone;
    }
    case "problem": {
      const problem = problems.find((each) => each.id === key);
      return problem ? m.problem(problem.date, problem.problem) : m.gone;
    }
    default:
      return i18n.m.keeping.kinds[entity] ?? entity;
  }
}

/** Whether a record stands in the file, so that it can be shown. */
export function isThere(file: ReviewedFile, { entity, key }: RecordRef): boolean {
  const { activities, leaves, problems } = file.records;
  if (entity === "day") return file.calendar.some((day) => day.date === key);
  if (entity === "summary") return true;
  const list = { activity: activities, leave: leaves, problem: problems }[entity];
  return list?.some((each) => each.id === key) ?? false;
}
