import { composing } from "./keys";

/**
 * Keys pressed after a menu was asked for and before it has the keyboard. They are meant for the menu: on the form behind it
 * "4, ↓, Enter" would enter an ordinary day.
 */
let waiting: { held: KeyboardEvent[]; cancel: () => void; since: number } | null = null;

/** A menu that has not come after so many milliseconds keeps no more keys from the rest of the window. */
const PATIENCE = 1_000;

/** A menu was asked for; `cancel` takes that back. */
export function menuAsked(cancel: () => void): void {
  waiting ??= { held: [], cancel, since: performance.now() };
}

/** It is gone, whether or not it came. */
export function menuGone(): void {
  waiting = null;
}

/** The focus is in a menu: once its first item has it, the menu gets the keys that were early. */
export function menuFocused(event: FocusEvent): void {
  if (!waiting || !(event.target as Element | null)?.closest?.("[role=menu]")) return;
  const { held } = waiting;
  requestAnimationFrame(() => {
    if (waiting?.held !== held) return;
    waiting = null;
    for (const key of held) document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", key));
  });
}

/** Keeps a key for the menu that is to come; true where it did. */
export function heldForMenu(event: KeyboardEvent): boolean {
  if (waiting && performance.now() - waiting.since > PATIENCE) waiting = null;
  if (!waiting || composing(event)) return false;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.key !== "Escape") waiting.held.push(event);
  else {
    waiting.cancel();
    waiting = null;
  }
  return true;
}
