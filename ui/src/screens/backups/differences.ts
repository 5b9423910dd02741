import type { PostingRestore, RecordChange, TallyItem } from "../../api";
import { i18n } from "../../i18n";

// From what a restore would set to words. Which records differ is the shell's answer; here is only how they are called.

export interface FieldDifference {
  name: string;
  now: string;
  then: string;
}

export interface RecordDifference {
  key: string;
  title: string;
  /** Whether the record changes, goes, or comes back. */
  becomes: "changed" | "goes" | "comes_back";
  fields: FieldDifference[];
}

export interface DifferenceGroup {
  entity: string;
  title: string;
  records: RecordDifference[];
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** What a record's title says already: of one that goes or comes back it is not said twice. */
const IN_TITLE: Record<string, string[]> = {
  day: ["date"],
  calendar_override: ["date"],
  activity: ["date", "kind", "title"],
  leave: ["from", "to", "kind"],
  document: ["kind"],
  problem: ["date", "problem"],
  tally_item: ["label"],
};

/** Ids name nothing to a person, and the key is the title already. */
const UNSAID = ["id", "key"];

function leaves(value: unknown, path = ""): Map<string, unknown> {
  const found = new Map<string, unknown>();
  if (!isObject(value)) return found;
  for (const [name, inner] of Object.entries(value)) {
    if (UNSAID.includes(name)) continue;
    const at = path ? `${path}.${name}` : name;
    if (isObject(inner)) for (const [deeper, leaf] of leaves(inner, at)) found.set(deeper, leaf);
    else if (!isBlank(inner)) found.set(at, inner);
  }
  return found;
}

function dated(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? i18n.m.dates.short(text) : text;
}

export class Describing {
  readonly #tallies: TallyItem[];

  constructor(tallies: TallyItem[]) {
    this.#tallies = tallies;
  }

  /** The differences of a posting by kind of record, each kind in the order of its dates. */
  groups(posting: PostingRestore): DifferenceGroup[] {
    const groups = new Map<string, RecordDifference[]>();
    for (const change of posting.changes) {
      const records = groups.get(change.entity) ?? [];
      records.push(this.#record(change));
      groups.set(change.entity, records);
    }
    return [...groups].map(([entity, records]) => ({
      entity,
      title: i18n.m.keeping.kinds[entity] ?? entity,
      records,
    }));
  }

  #record(change: RecordChange): RecordDifference {
    const [now, then] = [leaves(change.now), leaves(change.then)];
    const becomes = change.then === null ? "goes" : change.now === null ? "comes_back" : "changed";
    const titled = becomes === "changed" ? [] : (IN_TITLE[change.entity] ?? []);
    const names = [...new Set([...now.keys(), ...then.keys()])].filter((name) => !titled.includes(name));
    const said = (of: Map<string, unknown>, name: string) =>
      of.has(name) ? this.#text(change.entity, name, of.get(name)) : i18n.m.keeping.blank;
    const fields = names
      .map((name) => ({ name: this.#name(name), now: said(now, name), then: said(then, name) }))
      .filter((field) => field.now !== field.then);
    return { key: change.key, title: this.#title(change), becomes, fields };
  }

  #title(change: RecordChange): string {
    const m = i18n.m;
    const value = isObject(change.then) ? change.then : isObject(change.now) ? change.now : {};
    const text = (name: string) => (typeof value[name] === "string" ? (value[name] as string) : "");
    switch (change.entity) {
      case "day":
      case "calendar_override":
        return m.dates.day(change.key);
      case "activity":
        return [
          text("date") && m.dates.day(text("date")),
          m.common.activityKind[text("kind") as keyof typeof m.common.activityKind],
          text("title"),
        ]
          .filter(Boolean)
          .join(" ");
      case "leave":
        return [
          m.dates.range(text("from"), text("to")),
          m.common.leaveKind[text("kind") as keyof typeof m.common.leaveKind],
        ]
          .filter(Boolean)
          .join(" ");
      case "document":
        return m.keeping.document[change.key] ?? change.key;
      case "problem":
        return [text("date") && m.dates.day(text("date")), text("problem")].filter(Boolean).join(" ");
      case "tally_item":
        return text("label") || change.key;
      case "attachment":
        return text("name") || change.key.slice(0, 8);
      default:
        return m.keeping.kinds[change.entity] ?? change.entity;
    }
  }

  #name(path: string): string {
    const { fields } = i18n.m.keeping;
    const last = path.split(".").at(-1) ?? path;
    if (path.startsWith("tallies.")) return this.#tally(last)[0];
    return fields[path] ?? fields[last] ?? last;
  }

  #tally(key: string): [string, string] {
    const own = this.#tallies.find((item) => item.key === key);
    return i18n.m.common.tally[key] ?? [own?.label ?? key, own?.unit ?? ""];
  }

  #text(entity: string, path: string, value: unknown): string {
    const m = i18n.m;
    const last = path.split(".").at(-1) ?? path;
    if (path.startsWith("tallies.")) return [String(value), this.#tally(last)[1]].filter(Boolean).join(" ");
    if (Array.isArray(value)) return m.keeping.files(value.length);
    if (typeof value === "boolean") return value ? m.keeping.yes : m.keeping.no;
    if (isObject(value)) return JSON.stringify(value);
    const text = String(value);
    const words: Record<string, Record<string, string> | undefined> = {
      morning: m.common.status,
      afternoon: m.common.status,
      from_half: m.common.half,
      to_half: m.common.half,
      status: m.keeping.problemStatus,
      sex: m.settings.profile.sexes,
      station: m.settings.profile.stations,
      kind:
        entity === "leave"
          ? m.common.leaveKind
          : entity === "calendar_override"
            ? m.keeping.override
            : entity === "document"
              ? m.keeping.document
              : m.common.activityKind,
    };
    return words[last]?.[text] ?? dated(text);
  }
}
