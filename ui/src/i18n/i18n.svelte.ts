import type { FirstMessages, Messages, OtherMessages } from "./messages";

export type Language = "zh-CN" | "en";

/** What a language says, in two files: the first screen needs only the one. */
interface Catalogue {
  first: () => Promise<FirstMessages>;
  rest: () => Promise<OtherMessages>;
}
const catalogues: Record<Language, Catalogue> = {
  "zh-CN": {
    first: async () => (await import("./zh-CN")).first,
    rest: async () => (await import("./zh-CN/rest")).rest,
  },
  en: {
    first: async () => (await import("./en")).first,
    rest: async () => (await import("./en/rest")).rest,
  },
};
/** Whether more than the first screen was asked for. */
let asksAll = false;
let hasAll = false;

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
  /** Reads ahead what the first screen says in a language. */
  async readFirst(language: Language): Promise<void> {
    await catalogues[language].first();
  },
  /** What every screen says is there once the promise has come true. */
  async whole(): Promise<void> {
    if (hasAll) return;
    asksAll = true;
    await i18n.use(wanted ?? language);
  },
  /** Everything is in this language once the promise has come true; until then it stays in the one before. */
  async use(chosen: Language): Promise<void> {
    wanted = chosen;
    const { first, rest } = catalogues[chosen];
    let all, read;
    do {
      all = asksAll;
      read = await Promise.all([first(), all ? rest() : null]);
      // More may have been asked for meanwhile.
    } while (all !== asksAll);
    // Another was chosen meanwhile.
    if (wanted !== chosen) return;
    hasAll = all;
    messages = { ...read[0], ...read[1] } as Messages;
    language = chosen;
    document.documentElement.lang = chosen;
  },
};
