// What of a scheme can be changed on the screen: each field with its place, its name, and how its value is said.
import type {
  ActivityKind,
  CadenceWindow,
  Clause,
  Duty,
  DutyOf,
  Label,
  QuotaPer,
  Scheme,
  Station,
} from "../../api";
import { figures, i18n } from "../../i18n";
import { words } from "../../state/scheme";

export interface SchemeField {
  /** JSON pointer into the scheme. */
  at: string;
  label: string;
  clause: Clause | null;
  show: (value: unknown) => string;
  /** Another field tells of a change in it, too. */
  quiet?: boolean;
}

export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const parts = (place: string) => place.split("/").slice(1);

/** What stands at a place; undefined where nothing does. */
export function at(scheme: Scheme, place: string): unknown {
  return parts(place).reduce<unknown>(
    (value, part) => (value as Record<string, unknown> | null | undefined)?.[part],
    scheme,
  );
}

/** A copy with another value at a place, or without it. */
export function withValue(scheme: Scheme, place: string, value: unknown): Scheme {
  const copy = structuredClone(scheme);
  const path = parts(place);
  const last = path.pop()!;
  const parent = path.reduce<Record<string, unknown>>(
    (inside, part) => {
      inside[part] ??= {};
      return inside[part] as Record<string, unknown>;
    },
    copy as unknown as Record<string, unknown>,
  );
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

/** The place of a window's length; null for calendar weeks. */
export function windowPlace(duty: Duty, base: string): string | null {
  const window: CadenceWindow | undefined = duty.cadence?.window;
  if (window === undefined || window === "calendar_week") return null;
  return `${base}/cadence/window/${Object.keys(window)[0]}`;
}

export type WindowKind =
  "none" | "days" | "calendar_week" | "posting_months" | "calendar_months" | "posting_years";

export function windowKind(duty: Duty): WindowKind {
  const window = duty.cadence?.window;
  if (window === undefined) return "none";
  return window === "calendar_week" ? window : (Object.keys(window)[0] as WindowKind);
}

/** A duty's cadence with windows of another kind; what it had besides stays. */
export function withWindow(duty: Duty, kind: WindowKind): Duty["cadence"] {
  if (kind === "none") return null;
  const rest = duty.cadence ?? { skip_without_workday: false, rule: "finding", clause: duty.clause };
  const length = kind === "days" ? 14 : 1;
  const window = kind === "calendar_week" ? kind : ({ [kind]: length } as unknown as CadenceWindow);
  return { ...rest, window } as Duty["cadence"];
}

/** How often, in words. */
function cadenceSaid(cadence: Duty["cadence"]): string {
  const m = i18n.m.schemes;
  if (!cadence) return m.windows.none;
  const { window } = cadence;
  const often =
    window === "calendar_week"
      ? m.windows.calendar_week
      : m.every(Object.values(window)[0] as number, Object.keys(window)[0] as WindowKind);
  return m.often(often, m.choice.rule[cadence.rule]);
}

/** An id that no requirement of the scheme has. */
function freshId(scheme: Scheme, wanted: string): string {
  const { duties, quotas = [], period, allowances = [], points, attendance } = scheme;
  const taken = [...duties, ...quotas, ...allowances, attendance, period.minimum, points].map(
    (each) => each?.id,
  );
  let id = wanted;
  for (let number = 2; taken.includes(id); number++) id = `${wanted}_${number}`;
  return id;
}

/** A duty of a kind of activity, as plain as can be: once in the posting. */
export function newDuty(scheme: Scheme, kind: ActivityKind, title: Label): Duty {
  return {
    id: freshId(scheme, kind),
    title,
    kinds: [kind],
    minimum: 1,
    minimum_gap_days: 0,
    short_gap: "not_counted",
    max_per_day: null,
    cadence: null,
    clause: { number: "", quote: "" },
  };
}

/** Where in another scheme stands what stands at a place in this one: duties are told apart by their ids. Null where the
 * other has no such duty. */
export function placeIn(other: Scheme, scheme: Scheme, place: string): string | null {
  const [, list, index, ...rest] = place.split("/");
  if (list !== "duties" || index === undefined) return place;
  const id = scheme.duties[Number(index)]?.id;
  const there = other.duties.findIndex((duty) => duty.id === id);
  return there < 0 ? null : ["", list, there, ...rest].join("/");
}

/** What a mark of the attendance sheet stands for. */
export function markName(key: string): string {
  const { status, leaveKind } = i18n.m.common;
  return (
    i18n.m.schemes.reasons[key] ??
    (status as Record<string, string>)[key] ??
    (leaveKind as Record<string, string>)[key] ??
    key
  );
}

export const tallyName = (key: string) => i18n.m.common.tally[key]?.[0] ?? key;

/** Every field that can be changed, in the order of the page. */
export function fieldsOf(scheme: Scheme): SchemeField[] {
  const m = i18n.m.schemes;
  const { field, unit, choice } = m;
  const fields: SchemeField[] = [];
  const add = (place: string, label: string, clause: Clause | null, show: (value: unknown) => string) =>
    fields.push({ at: place, label, clause, show });
  const count = (say: (n: number) => string) => (value: unknown) =>
    typeof value === "number" ? say(value) : m.any;
  const yuan = (value: unknown) => unit.yuan(figures.money(Number(value)));
  const yes = (said: { yes: string; no: string }) => (value: unknown) =>
    value === false ? said.no : said.yes;
  const text = (value: unknown) => String(value ?? "");
  const titled = (base: string, called: string) => {
    add(`${base}/title/zh`, m.of(called, field.title), null, text);
    add(`${base}/title/en`, m.of(called, field.titleEnglish), null, text);
  };
  const wording = (base: string, title: Label | null, clause: Clause, called: string) => {
    if (title) titled(base, called);
    add(`${base}/clause/number`, m.of(called, field.number), null, text);
    add(`${base}/clause/quote`, m.of(called, field.quote), clause, text);
  };
  const of = (title: Label, name: string) => m.of(words(title), name);

  add("/title/zh", field.schemeTitle, null, text);
  add("/title/en", field.schemeTitleEnglish, null, text);
  const { period } = scheme;
  if (period.quarters) add("/period/quarters", field.length, period.clause, count(unit.quarters));
  if (period.months) add("/period/months", field.length, period.clause, count(unit.months));
  if (period.minimum)
    add("/period/minimum/months", field.shortest, period.minimum.clause, count(unit.months));
  scheme.duties.forEach((duty, i) => {
    const base = `/duties/${i}`;
    const { title, clause, cadence } = duty;
    const named = (place: string, name: string, show: (value: unknown) => string, by = clause) =>
      add(`${base}/${place}`, of(title, name), by, show);
    wording(base, title, clause, words(title));
    named("minimum", field.minimum, count(unit.times));
    named("minimum_gap_days", field.gap, count(unit.days));
    named("short_gap", field.short_gap, (value) => choice.shortGap[value as Duty["short_gap"]]);
    named("max_per_day", field.per_day, count(unit.times));
    named("minimum_minutes", field.minutes, count(unit.minutes));
    named("kinds", field.kinds, (value) =>
      m.list((value as Duty["kinds"]).map((kind) => i18n.m.common.activityKind[kind])),
    );
    const by = cadence?.clause ?? clause;
    named("cadence", field.window, (value) => cadenceSaid(value as Duty["cadence"]), by);
    fields.push(
      ...["cadence/window", "cadence/rule"].map((place) => ({
        at: `${base}/${place}`,
        label: of(title, place === "cadence/rule" ? field.rule : field.window),
        clause: by,
        show: text,
        quiet: true,
      })),
    );
    named("judged", field.judged, yes(choice.judged));
    named("duty_of", field.duty_of, (value) => choice.dutyOf[(value as DutyOf | undefined) ?? "person"]);
    named("station", field.station, (value) => choice.station[(value as Station | undefined) ?? "both"]);
  });
  (scheme.quotas ?? []).forEach((quota, i) => {
    wording(`/quotas/${i}`, quota.title, quota.clause, words(quota.title));
    add(`/quotas/${i}/minimum`, of(quota.title, field.least), quota.clause, count(unit.plain));
    add(`/quotas/${i}/judged`, of(quota.title, field.judged), quota.clause, yes(choice.judged));
    add(
      `/quotas/${i}/per`,
      of(quota.title, field.per),
      quota.clause,
      (value) => choice.per[(value as QuotaPer | undefined) ?? "posting"],
    );
    add(
      `/quotas/${i}/duty_of`,
      of(quota.title, field.duty_of),
      quota.clause,
      (value) => choice.dutyOf[(value as DutyOf | undefined) ?? "person"],
    );
  });
  const { attendance, leave, consequences } = scheme;
  const { title, clause } = attendance;
  wording("/attendance", title, clause, words(title));
  add("/attendance/minimum_percent", of(title, field.percent), clause, count(unit.percent));
  add("/attendance/judged", of(title, field.judged), clause, yes(choice.judged));
  add(
    "/attendance/station",
    of(title, field.station),
    clause,
    (value) => choice.station[(value as Station | undefined) ?? "both"],
  );
  add("/attendance/work_note_required", of(title, field.work_note), clause, yes(choice.note));
  add("/attendance/symbols", of(title, field.symbols), null, (value) =>
    m.marks(
      Object.entries((value ?? {}) as Record<string, string>).map(([key, symbol]) =>
        m.mark(markName(key), symbol),
      ),
    ),
  );
  const leaveName = i18n.m.settings.scheme.leave;
  wording("/leave", null, leave.clause, leaveName);
  add("/leave/written_from_half_days", m.of(leaveName, field.written), leave.clause, (value) =>
    unit.days(Number(value) / 2),
  );
  add("/leave/group_adjacent", field.group, leave.clause, yes(choice.group));
  (scheme.allowances ?? []).forEach((allowance, i) =>
    add(
      `/allowances/${i}/per_posting_month`,
      of(allowance.title, field.per_month),
      allowance.clause,
      count(unit.times),
    ),
  );
  if (scheme.points) {
    const { points } = scheme;
    add("/points/pass_mark", of(points.title, field.pass), points.clause, count(unit.points));
    points.items.forEach((item, i) =>
      add(`/points/items/${i}/weight`, of(item.title, field.weight), points.clause, count(unit.points)),
    );
    points.grades.forEach((grade, i) =>
      add(`/points/grades/${i}/from`, of(grade.title, field.from), points.clause, count(unit.points)),
    );
  }
  const money = (place: string, name: string, by: Clause, show = yuan) =>
    add(`/consequences/${place}`, name, by, show);
  const { subsidy } = consequences;
  money("subsidy/days_per_month", field.paid_days, subsidy.clause, count(unit.days));
  money("subsidy/fen_per_day", field.paid_yuan, subsidy.clause);
  money("subsidy/months", field.paid_months, subsidy.clause, count(unit.months));
  consequences.steps.forEach((step, i) => {
    const by = consequences.clause;
    money(`steps/${i}/months_deducted`, m.step(step.failed, field.deducted), by, count(unit.months));
    money(`steps/${i}/appraisal_withheld`, m.step(step.failed, field.withheld), by, yes(choice.withheld));
    money(`steps/${i}/repeat_posting`, m.step(step.failed, field.repeat), by, yes(choice.repeat));
    money(`steps/${i}/department_fine_fen`, m.step(step.failed, field.fine), by);
  });
  money("recall_fine_physician_fen", field.recall_physician, consequences.recall_clause);
  money("recall_fine_department_fen", field.recall_department, consequences.recall_clause);
  money("department_reward_fen", field.reward, consequences.department_clause);
  money("refusal_fine_fen", field.refusal, consequences.department_clause);
  scheme.documents.forEach((document, i) => {
    const name = i18n.m.common.documentKind[document.kind] ?? document.kind;
    add(`/documents/${i}/opens_days_before_end`, m.of(name, field.opens), document.clause, count(unit.days));
    if (document.due_days_after_start)
      add(`/documents/${i}/due_days_after_start`, m.of(name, field.due), document.clause, count(unit.days));
  });
  add("/days_in_all", field.days_in_all, null, (value) =>
    value ? choice.daysInAll.yes : choice.daysInAll.no,
  );
  const entries = (value: unknown) => unit.entries(((value ?? []) as unknown[]).length);
  add("/source/document", field.document, null, text);
  add("/source/section", field.section, null, text);
  add("/source/readings", field.readings, null, entries);
  add("/noted", field.noted, null, entries);
  add("/tallies", field.tallies, null, (value) => m.list((value as string[]).map(tallyName)));
  return fields;
}
