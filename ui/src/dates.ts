// Local dates as ISO strings; arithmetic in UTC, so that no time zone can move a day.

const DAY = 86_400_000;

function toTime(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
}

export function isoDate(year: number, month: number, day: number): string | null {
  const time = Date.UTC(year, month - 1, day);
  const made = new Date(time);
  if (made.getUTCFullYear() !== year || made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) {
    return null;
  }
  return made.toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return new Date(toTime(date) + days * DAY).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((toTime(to) - toTime(from)) / DAY);
}

/** Monday 1 to Sunday 7. */
export function weekday(date: string): number {
  return new Date(toTime(date)).getUTCDay() || 7;
}

export function monday(date: string): string {
  return addDays(date, 1 - weekday(date));
}

export function parts(date: string): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

export function datesFrom(start: string, end: string): string[] {
  const dates: string[] = [];
  for (let date = start; date <= end; date = addDays(date, 1)) dates.push(date);
  return dates;
}

/** The date and the clock time that an instant has in China, whatever zone the PC is set to. */
export function chinaTime(instant: string): { date: string; time: string } {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return { date: shifted.slice(0, 10), time: shifted.slice(11, 19) };
}
