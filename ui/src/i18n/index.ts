export type { Messages } from "./messages";
export { figures } from "./figures";
export { i18n } from "./i18n.svelte";
export type { Language } from "./i18n.svelte";
