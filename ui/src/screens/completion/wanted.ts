import type { FormKind, FormLayout, FormOptions } from "../../api";
import { parts } from "../../dates";

/** How forms are wanted, as it was chosen beside the preview. */
export interface Wishes {
  /** The first day of the month whose attendance is wanted; null for every month. */
  month: string | null;
  /** The attendance sheet blank, to be filled in by hand. */
  blank: boolean;
  /** By form, where another layout than the usual one was chosen. */
  layouts: Partial<Record<FormKind, FormLayout>>;
}

export const USUAL: Wishes = { month: null, blank: false, layouts: {} };

/** The wishes that a form heeds; null for those that come in one way only. */
export function wantedAs(form: FormKind, wishes: Wishes, hasLayouts: boolean): FormOptions | null {
  if (form === "attendance") return { month: wishes.month, blank: wishes.blank, layout: "usual" };
  const layout = wishes.layouts[form];
  return hasLayouts && layout ? { month: null, blank: false, layout } : null;
}

/** What the usual layout of a form is. */
export function usualLayout(form: FormKind): FormLayout {
  return form === "leave" ? "one_a_page" : "table";
}

/** The first day of each month of a posting. */
export function monthsOf(start: string, end: string): string[] {
  const months: string[] = [];
  let { year, month } = parts(start);
  for (;;) {
    const first = `${year}-${String(month).padStart(2, "0")}-01`;
    if (first > end) return months;
    months.push(first);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}
