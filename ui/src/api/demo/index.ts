// Answers the commands from a recorded posting, so that screens can be drawn without the desktop shell. It judges
// nothing: figures stand still. Only `npm run dev` loads it.
import { daysBetween } from "../../dates";
import type { AppState, Change, PostingView, Records } from "../types";
import { assessment, ifNothingMore } from "./assessment";
import { problem } from "./problem";
import { calendar, records, TODAY } from "./records";
import { altered, genuine } from "./review";
import { sheet } from "./sheet";
import scheme from "./scheme.json";

const query = new URLSearchParams(location.search);
let folded: Records = structuredClone(records);
let drafts: PostingView["drafts"] = [];
const undone: Records[] = [];
const done: Records[] = [];
let n = 1046;
let savedAt = "2026-03-19T09:32:08Z";

let app: AppState = {
  role: query.has("first") ? null : ((query.get("role") as AppState["role"]) ?? "physician"),
  language: (query.get("language") as AppState["language"]) ?? "zh-CN",
  theme: (query.get("theme") as AppState["theme"]) ?? "light",
  type_size: Number(query.get("size") ?? 100),
  office: { hospital: "云州市第二人民医院", office: "医务部", name: "孙静" },
  postings: [
    {
      log_id: "demo",
      physician: "李晓梅",
      recipient_unit: "河口镇中心卫生院",
      start: "2026-01-05",
      end: "2026-04-05",
      n,
      last_at: savedAt,
    },
  ],
  current: query.has("first") ? null : "demo",
  problem: query.has("problem") ? problem : null,
  version: "0.1.0",
  today: TODAY,
  opened_file: query.get("review"),
  backup: { at: "2026-03-19T09:02:00Z", file: "2026-03-19-1702.sqlite", verified: true },
  data_folder: "C:\\Users\\lxm\\AppData\\Roaming\\xiaxiangzhi",
};

const LISTS = { day: "days", activity: "activities", leave: "leaves", document: "documents" } as const;
const KEYS: Record<string, string> = { day: "date", document: "kind" };

function apply(change: Change): void {
  const list = LISTS[change.entity as keyof typeof LISTS];
  if (list) {
    const key = KEYS[change.entity] ?? "id";
    const rest = (folded[list] as unknown as Record<string, unknown>[]).filter(
      (each) => each[key] !== change.key,
    );
    if (change.value !== null) rest.push({ ...(change.value as object), [key]: change.key });
    rest.sort((a, b) => String(a["date"] ?? a["from"]).localeCompare(String(b["date"] ?? b["from"])));
    folded = { ...folded, [list]: rest };
  } else folded = { ...folded, [change.entity]: change.value };
  drafts = drafts.filter((draft) => draft.entity !== change.entity || draft.key !== change.key);
}

const view = (): PostingView => ({
  log_id: "demo",
  records: folded,
  scheme: scheme as unknown as PostingView["scheme"],
  assessment,
  if_nothing_more: ifNothingMore,
  today: TODAY,
  calendar,
  head: { n, code: "7KQ2 M4XD 9RTA W3HE C6PN 0VJS 5B" },
  entered: [],
  drafts,
  saved_at: savedAt,
  backup_at: "2026-03-19T09:02:00Z",
  undo: done.length > 0 ? "edit" : null,
  redo: undone.length > 0 ? "edit" : null,
  read_only: query.get("readonly"),
  phrases: ["内科门诊", "慢病随访", "病房查房", "家庭医生签约"],
});

interface Args {
  change: Partial<AppState>;
  changes: Change[];
  entity: string;
  key: string;
  value: unknown;
  start: string;
  end: string;
  date: string;
}
const commands: Record<string, (args: Args) => unknown> = {
  app_state: () => app,
  change_settings: ({ change }: Args) => (app = { ...app, ...change }),
  open_posting: view,
  posting_view: view,
  create_sample: view,
  create_posting: view,
  propose_periods: () => [
    {
      year: 2026,
      quarter: 1,
      start: "2026-01-05",
      handover_date: "2026-01-05",
      end: "2026-04-05",
      days: 91,
      workdays: 61,
      scheduled_half_days: 122,
      provisional: false,
    },
    {
      year: 2026,
      quarter: 2,
      start: "2026-04-06",
      handover_date: "2026-04-07",
      end: "2026-07-05",
      days: 91,
      workdays: 61,
      scheduled_half_days: 122,
      provisional: false,
    },
  ],
  period_facts: ({ start, end }: Args) => ({
    year: 2026,
    quarter: null,
    handover_date: start,
    start,
    end,
    days: daysBetween(start, end) + 1,
    workdays: 61,
    scheduled_half_days: 122,
    provisional: false,
  }),
  save: ({ changes }: Args) => {
    done.push(folded);
    undone.length = 0;
    changes.forEach(apply);
    n += changes.length;
    savedAt = new Date().toISOString();
    return view();
  },
  save_draft: ({ entity, key, value }: Args) => {
    savedAt = new Date().toISOString();
    drafts = drafts.filter((draft) => draft.entity !== entity || draft.key !== key);
    drafts.push({ entity, key, value, at: savedAt });
    return { at: savedAt };
  },
  window_ready: () => null,
  close_window: () => null,
  discard_draft: ({ entity, key }: Args) => {
    drafts = drafts.filter((draft) => draft.entity !== entity || draft.key !== key);
    return view();
  },
  undo: () => {
    undone.push(folded);
    folded = done.pop() ?? folded;
    return view();
  },
  redo: () => {
    done.push(folded);
    folded = undone.pop() ?? folded;
    return view();
  },
  preview: ({ changes }: Args) => {
    const leave = changes.find((each) => each.entity === "leave")?.value as
      { id: string; from: string; to: string; kind: "personal_leave" } | undefined;
    if (!leave) return assessment;
    const half_days =
      2 * calendar.filter((day) => day.workday && day.date >= leave.from && day.date <= leave.to).length;
    const attendance = {
      ...assessment.attendance,
      leave_half_days: 5 + half_days,
      remaining_half_days: 22 - half_days,
    };
    return {
      ...assessment,
      attendance,
      requirements: assessment.requirements.map((each) =>
        each.id === "attendance" ? { ...each, absence_left_half_days: 12 - half_days } : each,
      ),
      leave_groups: [
        ...assessment.leave_groups,
        {
          from: leave.from,
          to: leave.to,
          half_days,
          written: half_days >= 6,
          leaves: [{ id: leave.id, kind: leave.kind, half_days }],
        },
      ],
    };
  },
  first_allowed: ({ date }: Args) => {
    const gap_days = Math.abs(daysBetween("2026-03-13", date));
    return { allowed: gap_days >= 7, gap_days, neighbour: "2026-03-13", first_allowed: "2026-03-20" };
  },
  backup_now: () => {
    const made = { at: new Date().toISOString(), file: "2026-03-19-1735.sqlite", verified: true };
    app = { ...app, backup: made };
    return made;
  },
  form_preview: () => ({ pages: [sheet], missing_glyphs: [] }),
  export_forms: () => ({
    paths: ["pdf", "xlsx"].map(
      (kind) => `D:\\结业材料\\李晓梅-河口镇中心卫生院-2026年1-4月-任务考核表.${kind}`,
    ),
  }),
  export_review_file: () => ({
    path: "D:\\结业材料\\李晓梅-河口镇中心卫生院-2026年1-4月-审核文件.xxz",
    n,
    code: "7KQ2 M4XD 9RTA W3HE C6PN 0VJS 5B",
  }),
  open_review_file: () => (query.get("review") === "altered" ? altered : genuine),
};

Object.assign(window, {
  __TAURI_INTERNALS__: {
    transformCallback: () => 0,
    invoke: async (command: string, args: Args) => {
      if (command.startsWith("plugin:")) return 0;
      const answer = commands[command];
      if (!answer) throw new Error(`no such command: ${command}`);
      return structuredClone(answer(args));
    },
  },
});
