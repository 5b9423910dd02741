import type { Language } from "./i18n";

declare global {
  interface Window {
    /** The language as it was when the window opened, told before the page begins; not told in a browser. */
    firstLanguage?: Language;
  }
}
