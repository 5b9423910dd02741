import { en } from "./en";
import type { Messages } from "./messages";
import { zhCN } from "./zh-CN";

type Language = "zh-CN" | "en";

let language = $state<Language>("zh-CN");

export const i18n = {
  /** The messages of the chosen language: read in markup, so that a change of language redraws. */
  get m(): Messages {
    return language === "en" ? en : zhCN;
  },
  get language(): Language {
    return language;
  },
  set language(chosen: Language) {
    language = chosen;
    document.documentElement.lang = chosen;
  },
};
