import { common } from "./common";
import { dates } from "./dates";
import { fill } from "./fill";
import { firstRun } from "./first-run";
import { history } from "./history";
import { keeping } from "./keeping";
import { pictures } from "./pictures";
import { receipts } from "./receipts";
import { recovery } from "./recovery";
import { search } from "./search";
import { settings } from "./settings";
import { shell } from "./shell";
import { today } from "./today";
import { workbooks } from "./workbooks";

/** What the first screen and the frame around it say. */
export const first = {
  common,
  dates,
  fill,
  firstRun,
  history,
  keeping,
  pictures,
  receipts,
  recovery,
  search,
  settings,
  shell,
  today,
  workbooks,
};
