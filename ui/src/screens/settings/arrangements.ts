import type { ArrangementView, NoticeDay } from "../../api";
import { i18n } from "../../i18n";

/** The days of a notice, parted where another sentence speaks. */
export interface Spoken {
  sentence: string;
  days: { day: NoticeDay; effect: string; strong: boolean }[];
}

export function spoken(view: ArrangementView, start: string, end: string): Spoken[] {
  const m = i18n.m.arrangement;
  const groups: Spoken[] = [];
  view.reading.days.forEach((day, at) => {
    const effect = view.effects[at]!;
    const standing = m.standing[day.built_in];
    const against = typeof standing === "string" ? standing : standing[day.kind];
    const outside = day.date < start || day.date > end;
    const says = effect === "added" && against ? against : m.effect[effect];
    const row = {
      day,
      effect: outside ? `${says} · ${m.outside}` : says,
      strong: !outside && (day.built_in === "corrects" || day.built_in === "differs"),
    };
    const last = groups.at(-1);
    if (last?.sentence === day.sentence) last.days.push(row);
    else groups.push({ sentence: day.sentence, days: [row] });
  });
  return groups;
}

/** What has to be looked at before it is taken, in sentences. */
export function remarks(view: ArrangementView): { quoted: string; text: string }[] {
  const m = i18n.m.arrangement;
  const { doubts, days, dropped, unmentioned } = view.reading;
  const list = (all: { date: string }[]) => i18n.m.dates.list(all.map((each) => each.date));
  const differing = days.filter((day) => day.built_in === "differs");
  return [
    ...doubts.map((each) => ({
      quoted: each.sentence,
      text: m.doubt[each.code](
        each.said ?? "",
        each.is ?? "",
        each.date ? i18n.m.dates.short(each.date) : "",
      ),
    })),
    ...(differing.length > 0 ? [{ quoted: "", text: m.differs(list(differing)) }] : []),
    ...(dropped.length > 0 ? [{ quoted: "", text: m.dropped(list(dropped)) }] : []),
    ...(unmentioned.length > 0 ? [{ quoted: "", text: m.unmentioned(unmentioned.join("、")) }] : []),
  ];
}
