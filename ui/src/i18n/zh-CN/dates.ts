import { parts, weekday } from "../../dates";

const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"];

export const dates = {
  weekday: (date: string) => `周${WEEKDAYS[weekday(date) - 1]}`,
  weekdayLetter: (day: number) => WEEKDAYS[day - 1]!,
  /** 3月19日 */
  short: (date: string) => `${parts(date).month}月${parts(date).day}日`,
  /** 13日, after another date of the same month */
  dayOnly: (date: string) => `${parts(date).day}日`,
  /** 3月19日 周四 */
  day: (date: string) => `${dates.short(date)} ${dates.weekday(date)}`,
  /** 2026年3月19日 */
  long: (date: string) => `${parts(date).year}年${dates.short(date)}`,
  /** 2026年3月19日 周四 */
  full: (date: string) => `${dates.long(date)} ${dates.weekday(date)}`,
  year: (date: string) => `${parts(date).year}年`,
  month: (date: string) => `${parts(date).year}年${parts(date).month}月`,
  /** 3月; with the year where it is another one */
  monthOnly: (date: string) => `${parts(date).month}月`,
  monthOfYear: (date: string) => `${parts(date).year}年${parts(date).month}月`,
  range: (from: string, to: string) =>
    from === to
      ? dates.short(from)
      : from.slice(0, 7) === to.slice(0, 7)
        ? `${dates.short(from)}—${dates.dayOnly(to)}`
        : `${dates.short(from)}—${dates.short(to)}`,
  /** Dates one after another; the month is not said twice. */
  list: (all: string[]) =>
    all
      .map((date, i) =>
        i > 0 && all[i - 1]!.slice(0, 7) === date.slice(0, 7) ? dates.dayOnly(date) : dates.short(date),
      )
      .join("，"),
  today: (time: string) => `今天 ${time}`,
  yesterday: (time: string) => `昨天 ${time}`,
  clock: (time: string) => time,
};
