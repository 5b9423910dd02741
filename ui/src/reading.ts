// What is not drawn at the start is read ahead of its use, when there is nothing better to do.

type Reader = () => Promise<unknown>;

const ahead: Reader[] = [];
/** The window has shown itself. */
let shown = false;
let reading = false;

const idle = (work: () => void) =>
  "requestIdleCallback" in window ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work);

/** Something that will be wanted, but not at the start. */
export function later(...readers: Reader[]): void {
  ahead.push(...readers);
  if (shown && !reading) next();
}

/** The window has shown itself: from now on is time for the rest, one after another. */
export function readAhead(): void {
  shown = true;
  if (!reading) next();
}

function next(): void {
  const reader = ahead.shift();
  reading = reader !== undefined;
  if (!reader) return;
  idle(
    () =>
      void reader()
        // What cannot be read now is read when it is wanted, and said then.
        .catch(() => null)
        .then(next),
  );
}
