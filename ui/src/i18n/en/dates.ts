import type { Messages } from "../messages";
import { parts, weekday } from "../../dates";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]; // prettier-ignore
const month = (date: string) => MONTHS[parts(date).month - 1]!;

export const dates: Messages["dates"] = {
  weekday: (date) => WEEKDAYS[weekday(date) - 1]!,
  weekdayLetter: (day) => WEEKDAYS[day - 1]!.slice(0, 2),
  short: (date) => `${parts(date).day} ${month(date).slice(0, 3)}`,
  dayOnly: (date) => dates.short(date),
  day: (date) => `${dates.weekday(date)} ${dates.short(date)}`,
  long: (date) => `${parts(date).day} ${month(date)} ${parts(date).year}`,
  full: (date) => `${dates.weekday(date)} ${dates.long(date)}`,
  year: (date) => String(parts(date).year),
  month: (date) => `${month(date)} ${parts(date).year}`,
  monthOnly: (date) => month(date).slice(0, 3),
  monthOfYear: (date) => `${month(date).slice(0, 3)} ${parts(date).year}`,
  range: (from, to) => (from === to ? dates.short(from) : `${dates.short(from)} – ${dates.short(to)}`),
  list: (all) => all.map((date) => dates.short(date)).join(", "),
  today: (time) => `today ${time}`,
  yesterday: (time) => `yesterday ${time}`,
  clock: (time) => time,
};
