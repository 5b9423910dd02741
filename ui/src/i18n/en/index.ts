import type { Messages } from "../messages";
import { common } from "./common";
import { dates } from "./dates";
import { duties } from "./duties";
import { firstRun } from "./first-run";
import { leave } from "./leave";
import { recovery } from "./recovery";
import { shell } from "./shell";
import { today } from "./today";

export const en: Messages = { common, dates, duties, firstRun, leave, recovery, shell, today };
