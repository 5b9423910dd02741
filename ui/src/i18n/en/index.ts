import type { Messages } from "../messages";
import { common } from "./common";
import { dates } from "./dates";
import { firstRun } from "./first-run";
import { recovery } from "./recovery";
import { shell } from "./shell";
import { today } from "./today";

export const en: Messages = { common, dates, firstRun, recovery, shell, today };
