import { common } from "./common";
import { dates } from "./dates";
import { shell } from "./shell";
import { today } from "./today";

export const zhCN = { common, dates, shell, today };
