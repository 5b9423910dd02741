import type { Day } from "../api";
import { i18n } from "../i18n";
import { Editor } from "./editor.svelte";
import { dayOf, emptyDay, storedDay } from "./half-days";
import { store } from "./store.svelte";

/**
 * The editor of one day. There is one a day: what could not be stored is still in it when one comes back. A draft of an
 * earlier run is taken up again, and a day left empty is no record.
 */
export function openDayEditor(date: string): Editor<Day> {
  for (const typing of store.typing)
    if (typing instanceof Editor && typing.isOf("day", date)) return typing as Editor<Day>;
  const draft = store.view?.drafts.find((each) => each.entity === "day" && each.key === date)?.value as
    Day | undefined;
  const stored = () => (store.view ? dayOf(store.view, date) : emptyDay(date));
  const editor = new Editor("day", date, stored, draft ? { ...stored(), ...draft } : null);
  editor.stores = storedDay;
  editor.removed = () => store.say(i18n.m.today.emptied(date), "undo");
  return editor;
}
