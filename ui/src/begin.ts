/** When the page's own script began, to tell how long its first screen took. Imported before everything else. */
export const begun = performance.now();
