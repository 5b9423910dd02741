import { common } from "./common";
import { dates } from "./dates";
import { shell } from "./shell";

export const zhCN = { common, dates, shell };
