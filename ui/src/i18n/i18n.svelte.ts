import type { Messages } from "./messages";

export type Language = "zh-CN" | "en";

/** Each catalogue is a file of its own, read when its language is first chosen. */
const catalogues: Record<Language, () => Promise<Messages>> = {
  "zh-CN": async () => (await import("./zh-CN")).zhCN,
  en: async () => (await import("./en")).en,
};
const read: Partial<Record<Language, Messages>> = {};

let messages = $state.raw<Messages>({} as Messages);
let language = $state<Language>("zh-CN");
let wanted: Language | null = null;

export const i18n = {
  /** The messages of the chosen language: read in markup, so that a change of language redraws. */
  get m(): Messages {
    return messages;
  },
  get language(): Language {
    return language;
  },
  /** Reads a catalogue, which is asked for only once. */
  async read(chosen: Language): Promise<Messages> {
    return (read[chosen] ??= await catalogues[chosen]());
  },
  /** Everything is in this language once the promise has come true; until then it stays in the one before. */
  async use(chosen: Language): Promise<void> {
    wanted = chosen;
    const catalogue = await i18n.read(chosen);
    // Another was chosen meanwhile.
    if (wanted !== chosen) return;
    messages = catalogue;
    language = chosen;
    document.documentElement.lang = chosen;
  },
};
