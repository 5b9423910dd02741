import type { FoundRecord } from "../../api";
import { store } from "../../state/store.svelte";

/** Opens a record where it is edited; a removed one where it can be put back. */
export function openRecord(record: Pick<FoundRecord, "entity" | "key" | "removed_at">): void {
  const { entity, key } = record;
  if (record.removed_at !== null) return store.go("settings", { kind: "bin", id: key });
  switch (entity) {
    case "day":
      return store.openDay(key);
    case "activity":
      return store.go("duties", { id: key });
    case "leave":
      return store.go("leave", { id: key });
    case "problem":
      return store.go("diary", { id: key });
    case "document":
    case "summary":
      return store.go("completion");
    case "calendar_override":
      return store.go("settings", { kind: "holidays" });
    case "tally_item":
      return store.go("settings", { kind: "tallies" });
    default:
      return store.go("settings", { kind: "profile" });
  }
}
