import { i18n } from "../../i18n";

/** Every key there is, with what it does; by where it does it. */
export function shortcuts(): { title: string; rows: [string, string][] }[] {
  const m = i18n.m.shell.shortcuts;
  return [
    {
      title: m.everywhere,
      rows: [
        ["Ctrl 1…9", m.screens],
        ["Ctrl N", m.new],
        ["Ctrl F", m.find],
        ["Ctrl Enter", m.primary],
        ["Ctrl S", m.save],
        ["Ctrl T", m.goToday],
        ["Ctrl G", m.goTo],
        ["Ctrl B", m.fill],
        ["Ctrl P", m.print],
        ["Ctrl Z　Ctrl Y", m.undo],
        ["Ctrl H", m.history],
        ["Ctrl +　Ctrl −　Ctrl 0", m.type],
        ["F6", m.areas],
        ["Esc", m.close],
        ["Ctrl W", m.leave],
        ["F1", m.help],
      ],
    },
    {
      title: m.today,
      rows: [
        ["← →", m.arrows],
        ["1 2 3 4", m.statuses],
        ["Enter", m.ordinary],
        ["PageUp　PageDown", m.dayBefore],
        ["↓", m.lastCounts],
        ["↑ ↓", m.phraseMoves],
      ],
    },
    {
      title: m.fields,
      rows: [
        ["Enter", m.next],
        ["Shift Enter", m.newline],
      ],
    },
    {
      title: m.lists,
      rows: [
        ["↑ ↓　Home　End", m.rowMoves],
        ["Space　Shift ↑ ↓　Ctrl A", m.rowChoice],
        ["Enter", m.rowOpen],
        ["Delete", m.rowDelete],
      ],
    },
    {
      title: m.calendar,
      rows: [
        ["← ↑ → ↓　Home　End　PageUp　PageDown", m.calendarMoves],
        ["1 2 3 4", m.calendarHalves],
        ["Enter　Esc", m.calendarPanel],
      ],
    },
    {
      title: m.review,
      rows: [
        ["Ctrl ↑　Ctrl ↓", m.reviewMoves],
        ["Ctrl Enter　Esc", m.reviewRemark],
      ],
    },
  ];
}
