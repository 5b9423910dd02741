import type { ReviewedFile } from "../../api";

/** Dates that the physician's own entries made workdays or rest days; of a loaded year's arrangement, or of no year's. */
export interface OwnCalendar {
  year: number | null;
  dates: string[];
}

/** What the attendance rests on besides the built-in calendar: the reviewer cannot see it in the days themselves. */
export function ownCalendar(file: ReviewedFile): OwnCalendar[] {
  const found: OwnCalendar[] = [];
  const ordered = [...file.records.calendar_overrides].sort((a, b) => a.date.localeCompare(b.date));
  for (const { arrangement_year: year = null, date } of ordered) {
    const known = found.find((each) => each.year === year);
    if (known) known.dates.push(date);
    else found.push({ year, dates: [date] });
  }
  return found;
}
