import type { Messages } from "../messages";
import { common } from "./common";
import { dates } from "./dates";
import { shell } from "./shell";
import { today } from "./today";

export const en: Messages = { common, dates, shell, today };
