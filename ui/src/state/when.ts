import { addDays, chinaTime } from "../dates";
import { i18n } from "../i18n";
import { store } from "./store.svelte";

/** 今天 17:32, 昨天 18:05, 3月17日 17:51 */
export function when(at: string): string {
  const { date, time } = chinaTime(at);
  const m = i18n.m.dates;
  const clock = time.slice(0, 5);
  const today = store.app?.today ?? store.today;
  if (date === today) return m.today(clock);
  if (today && date === addDays(today, -1)) return m.yesterday(clock);
  const { short, long } = i18n.m.dates;
  return `${date.slice(0, 4) === today.slice(0, 4) ? short(date) : long(date)} ${clock}`;
}
