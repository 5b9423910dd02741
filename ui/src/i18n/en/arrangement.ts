import type { Messages } from "../messages";

const many = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;
const WEEKDAYS: Record<string, string> = {
  星期一: "Monday",
  星期二: "Tuesday",
  星期三: "Wednesday",
  星期四: "Thursday",
  星期五: "Friday",
  星期六: "Saturday",
  星期日: "Sunday",
};
const weekday = (name: string) => WEEKDAYS[name] ?? name;

export const arrangement: Messages["arrangement"] = {
  load: "Load the holidays",
  loadOther: "Load a notice of the State Council",
  back: "Back to the list",
  paste: "Paste the whole of the State Council's holiday notice here",
  pasteHint:
    "Find the notice on gov.cn, select and copy all of it, and paste it here; or open a text file (.txt) or JSON.",
  open: "Open a file…",
  fromFile: (name) => `Read from ${name}`,
  nothing:
    "No date was found that is off or worked. Paste the body of the notice, like 「一、元旦：1月1日至3日放假……」.",
  read: (year, rest, work) =>
    `${year ? `${year}: ` : ""}${many(rest, "day")} off, ${many(work, "make-up workday")}`,
  look: "Please look at this",
  doubt: {
    unread: () => "has dates, but not whether they are off or worked; not taken",
    impossible_date: (said) =>
      said ? `there is no date ${said}; not taken` : "an impossible date; not taken",
    no_start: () =>
      "from which day the holiday is longer is not said; paste it together with the first notice",
    not_binding: () => "an encouragement, not an arrangement; not taken",
    weekday_differs: (said, is, day) => `${day} is written as ${weekday(said)} and is ${weekday(is)}`,
    count_differs: (said, is) => `says ${many(Number(said), "day")} in all, and names ${is}`,
    said_twice: (_said, _is, day) => `${day} is spoken of twice and differently; the later is taken`,
    no_year: (_said, is) => `no year is written; read as ${is}`,
  },
  differs: (days) => `${days}: unlike what is built in; once loaded, the notice holds`,
  dropped: (days) => `${days}: built in and not in the notice; left as they are`,
  unmentioned: (names) => `Not spoken of: ${names}. They stay as they were`,
  kind: { rest: "休", work: "班" },
  effect: {
    added: "added",
    already: "loaded already",
    replaced: "replaces what was loaded",
    built_in: "built in",
    own_roster: "the unit's own roster stays",
  },
  standing: {
    agrees: "",
    assumed: "as assumed",
    corrects: { rest: "was assumed a workday", work: "was assumed a rest day" },
    differs: { rest: "built in as worked", work: "built in as off" },
  },
  outside: "outside the posting",
  table: "Each day of the notice",
  then: "Once loaded",
  scheduled: (before, after) =>
    before === after
      ? `${many(after, "half-day")} scheduled, as before`
      : `Scheduled: ${before} → ${many(after, "half-day")}`,
  needed: (before, after) =>
    before === after ? `${many(after, "half-day")} needed` : `Needed: ${before} → ${many(after, "half-day")}`,
  settled: (year) => `${year} is no longer provisional`,
  take: (n) => `Load ${many(n, "day")}`,
  nothingToTake: "All of it is there already.",
  taken: (n) => `Loaded: ${many(n, "day")}`,
  withdraw: (year) => `Withdraw the loaded arrangement of ${year}`,
  withdrawn: (n) => `Withdrawn: ${many(n, "day")}`,
  loaded: (year) => `${year} by the notice that was loaded`,
  roster: "Change one day",
  rosterHint: "Duty, market day, closed: where the unit differs from the national arrangement",
  rosterDate: "Date",
  rosterKind: "That day",
  rosterReason: "Reason",
  kinds: { rest_day: "Off", workday: "Worked" },
  rosterSave: "Record",
  rosterSaved: (day, kind) => `Recorded ${day}: ${kind.toLowerCase()}`,
  outsidePosting: "Outside the posting; the assessment does not change",
  remove: "Remove",
  removed: (day) => `Removed the arrangement of ${day}`,
};
