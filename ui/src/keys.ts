/** True while an input method is composing: Enter, Esc, arrows and digits then belong to it. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Wraps a key handler so that it never sees what an input method is using. */
export function safely(handle: (event: KeyboardEvent) => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (!composing(event)) handle(event);
  };
}

/** Something lies over the screen: its keys are not the screen's. */
export function covered(): boolean {
  return document.querySelector("dialog[open], [role=menu]") !== null;
}

const FOCUSABLE =
  'input:not([disabled]):not([type="hidden"]), textarea:not([disabled]), button:not([disabled]), select:not([disabled]), a[href], [tabindex="0"]';

export function focusable(inside: ParentNode): HTMLElement[] {
  return Array.from(inside.querySelectorAll<HTMLElement>(FOCUSABLE)).filter(
    (element) => element.tabIndex >= 0 && element.offsetParent !== null,
  );
}

/** The field before, if there is one. */
export function previousField(from: HTMLElement): void {
  const fields = fieldsOf(from);
  fields[fields.indexOf(from) - 1]?.focus();
}

function fieldsOf(from: HTMLElement): HTMLElement[] {
  const all = from.closest("[data-fields]")?.querySelectorAll<HTMLElement>("[data-field]") ?? [];
  return Array.from(all).filter(
    (element) => element.offsetParent !== null && !element.hasAttribute("disabled"),
  );
}

/** Enter in a field goes to the next field of the same form (`data-fields`); the last one stays. */
export function nextField(from: HTMLElement): void {
  const form = from.closest("[data-fields]");
  if (!form) return;
  const fields = fieldsOf(from);
  const next = fields[fields.indexOf(from) + 1] ?? form.querySelector<HTMLElement>("[data-primary]");
  next?.focus();
  if (next instanceof HTMLInputElement) next.select();
}
