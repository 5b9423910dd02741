import { composing } from "../keys";
import { i18n } from "../i18n";
import { filling } from "../state/filling.svelte";
import { openDays } from "../state/half-days";
import { store } from "../state/store.svelte";
import { foot, placesOf } from "./screens";

const AREAS = ["header", "content", "status", "navigation"];
const STEP = 10;

/** The last visible one: what floats on top comes later in the document. What lies under a dialog is out of reach. */
function press(shortcut: string): boolean {
  const top = Array.from(document.querySelectorAll("dialog[open]")).at(-1) ?? document;
  const buttons = Array.from(
    top.querySelectorAll<HTMLButtonElement>(`button[data-shortcut="${shortcut}"]:not(:disabled)`),
  ).filter((button) => button.offsetParent !== null);
  buttons.at(-1)?.click();
  return buttons.length > 0;
}

function jump(backwards: boolean): void {
  const found = AREAS.map((area) => document.querySelector<HTMLElement>(`[data-area="${area}"]`)).filter(
    (element): element is HTMLElement => element !== null && element.offsetParent !== null,
  );
  // The header lies within the content: the innermost area is where one is.
  const at = document.activeElement?.closest("[data-area]") ?? null;
  const here = found.findIndex((element) => element === at);
  const next = found[(here + (backwards ? -1 : 1) + found.length) % found.length];
  const inside = ["[aria-current]", "[data-field]", "h1[tabindex], button, a[href]"]
    .flatMap((kind) => Array.from(next?.querySelectorAll<HTMLElement>(kind) ?? []))
    .find((element) => element.offsetParent !== null && element.closest("[data-area]") === next);
  (inside ?? next)?.focus();
}

function typeSize(by: number | null): void {
  const now = store.app?.type_size ?? 100;
  const size = by === null ? 100 : Math.min(200, Math.max(100, now + by));
  if (size !== now) void store.changeSettings({ type_size: size });
}

/** A screen of questions: no posting is open on it, even where one was open last. */
function asking(): boolean {
  return store.screen === "first-run" || store.screen === "who";
}

/** Whether somebody is at a posting that they opened; nobody else may take back its entries. */
function atPosting(): boolean {
  return store.app?.role === "physician" && !asking() && !store.asksWho;
}

/** From any screen, and for a single day too. */
function fill(): void {
  const view = store.view;
  if (!view || !atPosting() || filling.open || store.readOnly !== null) return;
  if (openDays(view, view.assessment).length === 0) return store.say(i18n.m.today.unfilled.none);
  store.openDay(store.date);
  filling.begin();
}

function openPlace(digit: number): void {
  const role = store.app?.role;
  if (!role || asking()) return;
  const place = [...placesOf(role), ...foot][digit - 1];
  if (place) store.go(place.screen);
}

/** The field that was typed in since it got the focus: there Ctrl+Z first takes back typing, elsewhere the last entry. */
let typedIn: EventTarget | null = null;

export function noteTyping(event: Event): void {
  typedIn = event.type === "input" ? event.target : null;
}

/** The keys that work everywhere. No bare letters: input methods own them. */
export function shellKeys(event: KeyboardEvent, actions: { toggleHelp: () => void }): void {
  if (store.busy !== null) return event.preventDefault();
  if (composing(event) || event.defaultPrevented) return;
  if (event.key === "F1") actions.toggleHelp();
  else if (event.key === "F6") jump(event.shiftKey);
  else if (!event.ctrlKey || event.altKey || !controlKey(event)) return;
  event.preventDefault();
}

function controlKey(event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (/^[1-9]$/.test(key)) openPlace(Number(key));
  else if (key === "enter") press("primary");
  else if (key === "n" || key === "b") {
    if (asking()) return true;
    if (key === "n" && !press("new") && atPosting() && store.view) store.go("duties");
    if (key === "b" && !press("fill")) fill();
  } else if (key === "f") {
    if (!press("find") && atPosting()) store.finding = true;
  } else if (key === "p") press("print");
  else if (key === "h") press("history");
  else if (key === "w") void store.close();
  else if (key === "t") {
    if (atPosting()) store.openDay(null);
  } else if (key === "g") {
    if (atPosting() && !filling.open) {
      store.openDay(store.date);
      store.goToDay++;
    }
  } else if (key === "+" || key === "=") typeSize(STEP);
  else if (key === "-") typeSize(-STEP);
  else if (key === "0") typeSize(null);
  else if (key === "s") {
    store.reassure++;
    store.say(i18n.m.shell.alwaysSaving);
  } else if (key === "y" || key === "z") {
    // What is left is the field's own: taking back typing.
    if (!atPosting()) return false;
    if (key === "y" || event.shiftKey) void store.redo();
    else if (typedIn !== null && typedIn === event.target) return false;
    else store.takeBack();
  } else return false;
  return true;
}
