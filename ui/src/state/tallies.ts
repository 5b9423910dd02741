import type { PostingView } from "../api";
import { i18n } from "../i18n";

/** What is counted: label and unit of a built-in tally or of one of the posting's own. */
export function tallyWords(view: Pick<PostingView, "records">, key: string): [label: string, unit: string] {
  const own = view.records.tally_items?.find((item) => item.key === key);
  return own ? [own.label, own.unit ?? ""] : (i18n.m.common.tally[key] ?? [key, ""]);
}

/** The keys of the posting's own statistics, in the order in which they were made. */
export function ownTallies(view: Pick<PostingView, "records">): string[] {
  return (view.records.tally_items ?? []).map((item) => item.key);
}
