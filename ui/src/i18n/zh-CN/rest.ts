import { arrangement } from "./arrangement";
import { backups } from "./backups";
import { calendar } from "./calendar";
import { completion } from "./completion";
import { diary } from "./diary";
import { duties } from "./duties";
import { help } from "./help";
import { leave } from "./leave";
import { office } from "./office";
import { progress } from "./progress";
import { review } from "./review";
import { rollup } from "./rollup";
import { roster } from "./roster";
import { reviewing } from "./reviewing";
import { schemes } from "./schemes";

/** What every other screen says. */
export const rest = {
  arrangement,
  backups,
  calendar,
  completion,
  diary,
  duties,
  help,
  leave,
  office,
  progress,
  review,
  rollup,
  roster,
  reviewing,
  schemes,
};
