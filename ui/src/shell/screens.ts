import type { Component } from "svelte";

import type { IconName } from "../components/icons";
import type { Role } from "../api";
import type { Screen } from "../state/store.svelte";

/** A folder a screen, each in a file of its own; what is not here is not in the navigation. */
export const screens: Partial<Record<Screen, () => Promise<{ default: Component }>>> = {
  "first-run": () => import("../screens/first-run/FirstRun.svelte"),
  who: () => import("../screens/first-run/Who.svelte"),
  today: () => import("../screens/today/Today.svelte"),
  calendar: () => import("../screens/calendar/Calendar.svelte"),
  duties: () => import("../screens/duties/Duties.svelte"),
  leave: () => import("../screens/leave/Leave.svelte"),
  diary: () => import("../screens/diary/Diary.svelte"),
  progress: () => import("../screens/progress/Progress.svelte"),
  completion: () => import("../screens/completion/Completion.svelte"),
  review: () => import("../screens/review/Review.svelte"),
  rollup: () => import("../screens/rollup/Rollup.svelte"),
  roster: () => import("../screens/roster/Roster.svelte"),
  backups: () => import("../screens/backups/Backups.svelte"),
  import: () => import("../screens/import/Import.svelte"),
  settings: () => import("../screens/settings/Settings.svelte"),
};

export interface Place {
  screen: Exclude<Screen, "first-run" | "who" | "import">;
  icon: IconName;
}

const places: Record<Role, Place[]> = {
  physician: [
    { screen: "today", icon: "today" },
    { screen: "calendar", icon: "calendar" },
    { screen: "duties", icon: "duties" },
    { screen: "leave", icon: "leave" },
    { screen: "diary", icon: "diary" },
    { screen: "progress", icon: "progress" },
    { screen: "completion", icon: "completion" },
  ],
  supervisor: [
    { screen: "rollup", icon: "rollup" },
    { screen: "review", icon: "review" },
    { screen: "roster", icon: "list" },
  ],
};

export const foot: Place[] = (
  [
    { screen: "backups", icon: "backup" },
    { screen: "settings", icon: "settings" },
  ] as Place[]
).filter((place) => place.screen in screens);

/** In the order of Ctrl+1…9. */
export function placesOf(role: Role): Place[] {
  return places[role].filter((place) => place.screen in screens);
}
