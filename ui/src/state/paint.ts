/**
 * Notes how long it took from `start` until what changed now is painted, under a name that the bench asks for. Only the
 * latest is kept.
 */
export function measurePaint(name: string, start: number): void {
  // A frame to draw it, and the next to know that it was drawn.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.clearMeasures(name);
      performance.measure(name, { start, end: performance.now() });
    }),
  );
}

let spent = 0;

/** Adds to what the page's own script took until its first screen, the waiting left out. */
export function measureScript(start: number): void {
  spent += performance.now() - start;
  performance.clearMeasures("own script");
  performance.measure("own script", { start: 0, duration: spent });
}
