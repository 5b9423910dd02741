import { arrangement } from "./arrangement";
import type { Messages } from "../messages";
import { backups } from "./backups";
import { calendar } from "./calendar";
import { common } from "./common";
import { completion } from "./completion";
import { dates } from "./dates";
import { diary } from "./diary";
import { duties } from "./duties";
import { fill } from "./fill";
import { firstRun } from "./first-run";
import { help } from "./help";
import { keeping } from "./keeping";
import { history } from "./history";
import { leave } from "./leave";
import { pictures } from "./pictures";
import { progress } from "./progress";
import { recovery } from "./recovery";
import { review } from "./review";
import { schemes } from "./schemes";
import { search } from "./search";
import { settings } from "./settings";
import { shell } from "./shell";
import { today } from "./today";
import { workbooks } from "./workbooks";

export const en: Messages = {
  arrangement,
  backups,
  calendar,
  common,
  completion,
  dates,
  diary,
  duties,
  fill,
  firstRun,
  help,
  keeping,
  history,
  leave,
  pictures,
  progress,
  recovery,
  review,
  schemes,
  search,
  settings,
  shell,
  today,
  workbooks,
};
