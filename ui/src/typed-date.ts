import { addDays, isoDate, monday, parts, weekday } from "./dates";

export interface TypedDateContext {
  today: string;
  /** The posting: a date without a year takes the year that lies inside. */
  start?: string | null;
  end?: string | null;
  /** Entries resolve 周三 backwards, plans forwards. */
  direction: "past" | "future";
}

// prettier-ignore
const WEEKDAYS: Record<string, number> = {
  一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7,
  mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7,
};

// prettier-ignore
const RELATIVE: Record<string, number> = {
  今天: 0, 今日: 0, 昨天: -1, 昨日: -1, 前天: -2, 大前天: -3, 明天: 1, 明日: 1, 后天: 2, 大后天: 3,
  today: 0, yesterday: -1, tomorrow: 1,
};

const WEEKS: Record<string, number> = { 上上: -2, 上: -1, 这: 0, 本: 0, 下: 1, 下下: 2 };

/** Reads what people type for a date; null when it is not clear which day is meant. */
export function readTypedDate(text: string, context: TypedDateContext): string | null {
  // Under a Chinese input method the full stop of 3.2 comes out as 。, the hyphen as a dash.
  const typed = text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/\s*[。、·・]\s*/g, ".")
    .replace(/[‐-―−—]/g, "-")
    .replace(/年\s+|月\s+/g, (mark) => mark.trim());
  if (typed === "") return null;
  const relative = RELATIVE[typed];
  if (relative !== undefined) return addDays(context.today, relative);
  const shift = /^([+-])\s*(\d{1,3})$/.exec(typed);
  if (shift) return addDays(context.today, Number(shift[2]) * (shift[1] === "-" ? -1 : 1));
  const named =
    /^(?:周|星期|礼拜)([一二三四五六日天])$/.exec(typed) ??
    /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*$/.exec(typed);
  if (named) return nearestWeekday(WEEKDAYS[named[1]!]!, context);
  const week = /^(上上|上|这|本|下|下下)个?(?:周|星期|礼拜)([一二三四五六日天])$/.exec(typed);
  if (week) return addDays(monday(context.today), 7 * WEEKS[week[1]!]! + WEEKDAYS[week[2]!]! - 1);
  return readNumbers(typed, context);
}

function nearestWeekday(wanted: number, { today, direction }: TypedDateContext): string {
  const ahead = (wanted - weekday(today) + 7) % 7;
  return addDays(today, direction === "future" ? ahead : ahead === 0 ? 0 : ahead - 7);
}

function readNumbers(typed: string, context: TypedDateContext): string | null {
  const whole =
    /^(\d{4})(\d{2})(\d{2})$/.exec(typed) ?? /^(\d{4})[-./年\s](\d{1,2})[-./月\s](\d{1,2})日?$/.exec(typed);
  if (whole) return isoDate(Number(whole[1]), Number(whole[2]), Number(whole[3]));
  const short = /^(\d{2})(\d{2})$/.exec(typed) ?? /^(\d{1,2})[-./月\s](\d{1,2})[日号]?$/.exec(typed);
  if (short) return withYear(Number(short[1]), Number(short[2]), context);
  const day = /^(\d{1,2})[日号]$/.exec(typed);
  if (day) return withYear(parts(context.today).month, Number(day[1]), context);
  return null;
}

function withYear(month: number, day: number, { today, start, end }: TypedDateContext): string | null {
  const { year } = parts(today);
  const dates = [year, year - 1, year + 1].map((y) => isoDate(y, month, day)).filter((date) => date !== null);
  const inside = dates.find((date) => start && end && date >= start && date <= end);
  return inside ?? dates[0] ?? null;
}
