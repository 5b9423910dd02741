import type { ReviewedFile } from "../../api";
import { i18n } from "../../i18n";
import { titleOf, words } from "../../state/scheme";
import { ownCalendar } from "./own-calendar";
import { isThere, type RecordRef } from "./records";

export interface Question {
  /** The same for the same question about a later file, so that what was taken note of stays so. */
  id: string;
  text: string;
  /** What it rests on, as far as it stands in the file. */
  records: RecordRef[];
}

/** What should be asked; none of it is a verdict. */
export function questionsOf(file: ReviewedFile): Question[] {
  const m = i18n.m.review.findings;
  const asked: Question[] = [
    ...file.questions.map((oddity) => ({
      id: [
        "odd",
        oddity.code,
        oddity.dates[0] ?? oddity.instants[0],
        oddity.dates.at(-1),
        oddity.other?.log_id,
      ]
        .filter(Boolean)
        .join(" "),
      text: words(oddity.question),
      records: oddity.records as RecordRef[],
    })),
    ...ownCalendar(file).map(({ year, dates }) => ({
      id: `calendar ${year ?? ""} ${dates.length}`,
      text:
        year === null
          ? m.ownRoster(dates[0]!, dates.at(-1)!, dates.length)
          : m.arrangement(year, dates[0]!, dates.at(-1)!, dates.length),
      records: dates.map((key) => ({ entity: "day", key })),
    })),
    ...file.assessment.findings.map((finding) => ({
      id: ["finding", finding.code, finding.from, finding.to, finding.requirement].filter(Boolean).join(" "),
      text: m.ask({
        code: finding.code,
        message: finding.message,
        when: finding.from ? i18n.m.dates.range(finding.from, finding.to ?? finding.from) : "",
        title: finding.requirement ? titleOf(file.scheme, finding.requirement) : "",
      }),
      records: finding.from ? [{ entity: "day", key: finding.from }] : [],
    })),
  ];
  const seen = new Map<string, number>();
  return asked.map((question) => {
    const n = seen.get(question.id) ?? 0;
    seen.set(question.id, n + 1);
    return {
      ...question,
      id: n === 0 ? question.id : `${question.id} #${n}`,
      records: question.records.filter((record) => isThere(file, record)),
    };
  });
}
