import type { Component } from "svelte";

import type { IconName } from "../components/icons";
import type { Role } from "../api";
import type { Screen } from "../state/store.svelte";
import Backups from "../screens/backups/Backups.svelte";
import Calendar from "../screens/calendar/Calendar.svelte";
import Completion from "../screens/completion/Completion.svelte";
import Diary from "../screens/diary/Diary.svelte";
import FirstRun from "../screens/first-run/FirstRun.svelte";
import Duties from "../screens/duties/Duties.svelte";
import Leave from "../screens/leave/Leave.svelte";
import Progress from "../screens/progress/Progress.svelte";
import Review from "../screens/review/Review.svelte";
import Settings from "../screens/settings/Settings.svelte";
import Today from "../screens/today/Today.svelte";
import Who from "../screens/first-run/Who.svelte";

/** A folder a screen; what is not here is not in the navigation. */
export const screens: Partial<Record<Screen, Component>> = {
  "first-run": FirstRun,
  who: Who,
  today: Today,
  calendar: Calendar,
  duties: Duties,
  leave: Leave,
  diary: Diary,
  completion: Completion,
  progress: Progress,
  review: Review,
  backups: Backups,
  settings: Settings,
};

export interface Place {
  screen: Exclude<Screen, "first-run" | "who">;
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
  supervisor: [{ screen: "review", icon: "review" }],
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
