import type { HelpTexts } from "./pages";

export const en: HelpTexts = {
  firstDay: {
    title: "The first day",
    blocks: [
      "Open Xiaxiangzhi, choose “I am posted”, and answer three questions: who you are, where you are posted, and for which period. The period is proposed by quarter; change the dates if your notice says others. Then comes today's entry.",
      {
        points: [
          "Nothing is final: name, units and dates can be changed later in Settings.",
          "To look around first, choose the sample. Everyone in it is invented; delete it under Settings, Postings.",
          "If you kept records on another computer, bring them by a moving file or from a backup.",
          "Several physicians can share a computer: each has a posting, and you are asked first who it is.",
        ],
      },
      "Records stay on this computer. There is no network and no account.",
    ],
  },
  ordinaryDay: {
    title: "An ordinary day",
    blocks: [
      "Open it at the end of the day: the focus is on this morning, and six keys are enough.",
      {
        steps: [
          "[[Enter]]: present all day, on to outpatients.",
          "Type their number, such as [[2]] [[3]], then [[Enter]].",
          "Your own phrases open: [[Enter]] takes the first, [[↓]] another, or write.",
          "[[Ctrl W]] closes the window. Each step is saved already.",
        ],
      },
      { picture: "today", alt: "Today: morning, afternoon, outpatients, record, and what is due beside it" },
      "A half-day of presence counts only with a work record: a few words, a number, or a lecture or round on that day. Without one it shows as “no work record”.",
      "On the right stands what is due this week and fortnight, and until when. [[PageUp]] and [[PageDown]] show the day before and after, [[Ctrl T]] returns to today.",
    ],
  },
  severalDays: {
    title: "Several days at once",
    blocks: [
      "Days not filled in are listed below today's entry, each one click away. For several ordinary days press [[Ctrl B]]:",
      {
        steps: [
          "Each day has a row, both halves proposed as present (dashed: not saved yet).",
          "Type the outpatients, [[Enter]] to the record, [[Enter]] for a phrase, and on to the next row.",
          "[[Ctrl Enter]] saves all of them. One [[Ctrl Z]] takes them all back.",
        ],
      },
      { picture: "fill", alt: "Several days: a row each, and the attendance afterwards beside them" },
      "A day entered later is marked late by so many days. A reviewer sees it, and it counts all the same. So do it the next day rather than at the end of the month.",
    ],
  },
  workbooks: {
    title: "Importing a workbook",
    blocks: [
      "Attendance sheets, diaries, lecture lists and leave lists kept in Excel, WPS or CSV can be imported in one step. Drop the file on the window, or press “Import a workbook” under Settings, Postings.",
      {
        steps: [
          "See what each column means, and change it on the right where it is wrong. Where a sheet has several people, choose your name; where it only has days of the month, choose the month.",
          "See what the marks mean: √ present, ○ personal leave, △ sick leave, × absent. A legend below the table is followed; choose the others yourself.",
          "See what each row becomes. Those that cannot be imported stand first, with the cell, what is in it and what is allowed.",
          "[[Ctrl Enter]] imports. One [[Ctrl Z]] takes all of it back.",
        ],
      },
      {
        points: [
          "Nothing is guessed: the number 3.1 can be 1 or 10 March, and you are asked to write it out.",
          "The same file a second time does no harm. What differs from a record is left alone unless you tick it.",
          "Sums and blank rows are not read; nor are hidden sheets unless ticked. Dates outside the posting or still to come are left out.",
          "A formula without a stored value is named: open and save the file in WPS or Excel. Save an old .xls, or one with a password, as .xlsx.",
        ],
      },
      "The file itself stays untouched. Past days imported today are marked late, and count all the same.",
    ],
  },
  duties: {
    title: "Lectures, rounds and gaps",
    blocks: [
      "Under Lectures, rounds press [[Ctrl N]] and give date, title, place, length and participants. Only the kinds that the scheme asks for count; the others are kept as well.",
      {
        points: [
          "Two lectures lie at least 7 days apart; exactly 7 is enough. A date too close is met with the earliest that is not.",
          "One round a day counts. A teaching round is a round, not a lecture.",
          "A lecture a fortnight and a round a week are the usual pace. A missed one is listed; it is not yet a failure.",
        ],
      },
      { picture: "duties", alt: "Lectures: a time line, the latest ones, and the gap to the one before" },
      "Sign-in sheets and photos can be dropped, pasted or chosen. Black out faces and names before they are kept; what the camera wrote into the file is gone. Only ticked pictures go into the review file.",
      "To leave one out of the assessment, say so in its form; it stays on record. The exact numbers stand in Settings, Scheme.",
    ],
  },
  leave: {
    title: "Leave and return",
    blocks: [
      "Give kind, first and last half-day. The length is counted in workdays, without weekends and holidays. Before you save, the effect on attendance stands beside the form.",
      {
        points: [
          "Every leave needs the approval of the recipient unit's head: who, and when.",
          "Below 3 days: phone the medical affairs office and note whom you told. From 3 days on: a written explanation.",
          "Two leaves without a workday between them are one.",
          "Note the day of your return.",
        ],
      },
      { picture: "leave", alt: "Leave: dates, length, steps and the effect on attendance" },
      "Half-days under leave need no entry. Presence entered there before is changed with the leave; [[Ctrl Z]] takes both back.",
    ],
  },
  diary: {
    title: "Support diary",
    blocks: [
      "Note a problem in records, drugs or hygiene with [[Ctrl N]] in the support diary. What is open stands first; what is overdue says by how many days.",
      {
        steps: [
          "The problem: what was found, and when.",
          "Guidance: what was taught or shown.",
          "Corrective action: what the unit changed, who sees to it, and by when if you like.",
          "Recheck: when you looked again, and what you saw.",
        ],
      },
      "It need not be written at once: it is saved while you type, and waits for the recheck.",
    ],
  },
  attendance: {
    title: "How attendance is counted",
    blocks: [
      "In half-days. Scheduled are the mornings and afternoons of the posting's workdays, by the official calendar with its make-up workdays; a year not published yet is marked provisional.",
      {
        points: [
          "Counted: presence with a work record, official duty, and compensatory rest covered by rest-day work.",
          "Not counted: leave, absence, recall without approval, nothing recorded, no work record.",
          "Work on rest days is kept and covers compensatory rest; it never raises the rate.",
        ],
      },
      { picture: "calendar", alt: "Calendar: a mark for each half-day, and the legend" },
      "The rate is compared in whole numbers and never rounded: 79.9 % is not 80 %. How many half-days you may still miss stands on Today and on Progress.",
      "Where the clinic's roster differs from the calendar, change the day under Settings, Holidays, with a reason; the forms and a reviewer show it.",
    ],
  },
  ahead: {
    title: "What is missing, and until when",
    blocks: [
      "Progress has a line for each requirement: the figure, what is missing, the last safe date, what did not count and why, and the clause itself.",
      { picture: "progress", alt: "Progress: the requirements, the subsidy and the weeks" },
      {
        points: [
          "Within reach: keep to the last safe date.",
          "Cannot be met any more: not even with everything still ahead. Tell the medical affairs office early.",
          "To see what a leave, one more lecture or another date would do, open the trial with [[Ctrl N]]: assume several things at once and compare before and after. Nothing is saved.",
          "The plan proposes dates for what is missing: workdays, off leave, gaps kept, before the last safe date. Fix or move a date, or send the plan to the phone's calendar.",
          "Every picture can also be seen as a table.",
        ],
      },
      "The subsidy is worked out line by line, with the clause of each deduction.",
    ],
  },
  finding: {
    title: "Find, undo, recycle bin",
    blocks: [
      "[[Ctrl F]] finds any record: by words, by pinyin (gaoxueya) or its initials (gxy), by a date (3.2, March) or a kind; several words parted by blanks. [[↑]] [[↓]] choose, [[Enter]] opens.",
      {
        points: [
          "[[Ctrl Z]] undoes, [[Ctrl Y]] does again, also after a restart.",
          "Deleted records lie in Settings, Recycle bin; they can be put back at any time, and are found, too.",
          "[[Ctrl H]] shows each version of the open record and the way back to it.",
          "What should not have been written can be erased from a record's history. There is no way back from that.",
        ],
      },
    ],
  },
  completion: {
    title: "Completion and handing in",
    blocks: [
      "Towards the end open Completion and go down the list: records, requirements, leave, self-appraisal, signature and stamp.",
      { picture: "completion", alt: "Completion: the checklist, and the sheet as it prints" },
      {
        steps: [
          "An open line leads to where it is done.",
          "Write the self-appraisal. The numbers are those of your own records; the words should be yours.",
          "Look at the assessment sheet: it prints as shown. Attendance can be had for one month, or blank for handwriting; lectures, rounds and others one a page.",
          "[[Ctrl Enter]] exports the forms to print, sign and stamp.",
          "Export the review file (.xxz) and hand both in. Mail, stick and WeChat all do; a “(1)” in its name does no harm.",
        ],
      },
      "If you change something later, export again: the office sees that the new file goes on from the old one.",
    ],
  },
  schemes: {
    title: "Schemes",
    blocks: [
      "A scheme is what the hospital's paper asks: how many lectures, how far apart, which rate of attendance, what subsidy. Which one judges the posting stands under Settings, Scheme, each sentence beside the words of its source.",
      { heading: "Choosing one" },
      {
        points: [
          "It is chosen when a posting begins. Where the office sent an office file, load that first: scheme, form templates and holidays come with it.",
          "Eleven are built in, each with its source. What a source states without a number is recorded, not judged.",
          "What the team does in turn, or is asked of residents or visitors only, is shown in the others' records and fails nobody.",
        ],
      },
      { heading: "Reading a verdict" },
      {
        points: [
          "Met and not met: after the end. Can be met: there is time, and the last safe day stands beside it. Cannot be met: not with the records as they are.",
          "Each line tells its sum, the dates that count, those that do not and why, and the clause.",
          "What is asked by the year (so many trained, one visit) is looked at for each year of the posting; the part of a year at its end is only shown.",
          "The days of several postings are added up under Completion and Postings; a day of two counts once. Whether they suffice for a promotion is the office's to say.",
        ],
      },
      { heading: "Making it your hospital's" },
      {
        steps: [
          "Choose one that is close under Settings, Scheme, and press Copy to change.",
          "Change numbers, titles and clauses; add a duty or remove one, and say whether it is the person's or the team's. What cannot stand is told at its field, with what may.",
          "The right side lists the changes and tries them on a sample and on the open posting, old beside new. [[Ctrl Z]] takes a step back.",
          "[[Ctrl Enter]] puts it to use as a new version.",
        ],
      },
      "Running postings keep their version. To move one, choose the new version, press Move, and give the reason; the log and the reviewer show it.",
      { heading: "Passing it on" },
      {
        points: [
          "Save as file writes one scheme; somebody else loads it under Scheme, or drops it on the window. A bad file is refused with the place, the value and what is allowed.",
          "An office uses Settings, Office file: schemes, templates, holidays and its signing key in one file. Before taking it a physician sees who made it, and compares the fingerprint by telephone; decisions signed by that office are known from then on.",
          "Where it says that the key has changed, do not take the file before you have telephoned.",
        ],
      },
    ],
  },
  templates: {
    title: "The hospital's own forms",
    blocks: [
      "Where the hospital has a Word form of its own, write placeholders where something is to be filled in and save it as .docx. From then on an export as DOCX fills it in place: faces, rules and page headers stay. PDF and XLSX remain the built-in form.",
      {
        steps: [
          "Open the form in WPS or Word and write placeholders into its blanks, such as {{physician.name}}.",
          "Save it as .docx and drop it on the window, or press “Load a template” under Settings, Templates.",
          "See its placeholders, choose which form it takes the place of, and press [[Ctrl Enter]].",
          "Press “Save a filled copy” and look whether it suits.",
        ],
      },
      "Templates are kept with the scheme; backups and a move to another computer take them along.",
      { heading: "A row for each record" },
      "A table row that holds a placeholder such as {{lectures.date}} comes once for each record.",
      {
        points: [
          "Draw the head, and a single row below it, with {{lectures.number}}, {{lectures.date}}, {{lectures.title}} and {{lectures.participants}}, for instance.",
          "One row takes one list, such as those that begin with lectures.",
          "Without a record the row stays, empty.",
          "Outside a table the values of all records follow each other.",
        ],
      },
      { heading: "What goes wrong" },
      "A placeholder that does not exist is named, with the one that was probably meant. Until it is corrected the template is not used, and the form before stays. Full-width braces are understood, too.",
      { heading: "All placeholders" },
      { placeholders: true },
    ],
  },
  backup: {
    title: "Backup, restore, another computer",
    blocks: [
      "While you work a backup is made every half hour, and one when the window closes; each is reopened and checked. The status line says when the last one was.",
      {
        points: [
          "Clinic computers break: choose a second place, such as a stick, and each backup is copied there.",
          "Before a restore you see what it would change; the restore itself can be undone.",
          "To change computers, move: one file carries everything over. Here the records can then only be read, so that there are never two of them.",
          "Write one posting on one computer. Two computers on one synchronised folder end in a fork.",
        ],
      },
    ],
  },
  trouble: {
    title: "When something went wrong",
    blocks: [
      "An error always says three things: what happened, whether the data is safe, and what to do next. A file that cannot be opened is never deleted.",
      {
        points: [
          "Not saved: your text is still in its field. Do as it says, then Save again. If the disk is full, free some space first.",
          "Power cut: what was half typed is there, too. Open it again and go on.",
          "Damaged records: restore a backup; what can still be read of later entries is brought along. Leave the old file alone.",
          "Records not found: most often a stick is missing or a folder was moved. Put it back and try again.",
          "Wrong date: set the computer's clock first, or entries are marked late that are not.",
        ],
      },
      "When you ask for help, copy the diagnosis from the error's window. It holds codes and counts, no names and no records.",
    ],
  },
  privacy: {
    title: "Patients and privacy",
    blocks: [
      "Patients are never identified: numbers, sex, age band and diagnosis are enough; no names, ID, phone or inpatient numbers.",
      {
        points: [
          "What looks like such a number is pointed out while you type; whether it stays is yours to say.",
          "What was written already can be erased from the record's history, earlier versions included. Exports and prints you have to find yourself.",
          "The program uses no network, uploads nothing and has no accounts. You hand the review file over yourself.",
          "On a shared computer use the system's own password. Records have none of their own: forgotten, it would close them for good.",
        ],
      },
    ],
  },
  review: {
    title: "Reviewing a file",
    blocks: [
      "Double-click the file (.xxz) or drop it on the window. At once you see whether it is genuine, the verdict, why, and what was entered late. The verdict is worked out on this computer from the records; a result written in the file is not believed.",
      { picture: "review", alt: "Review: genuine or not, verdict, subsidy, reasons and questions" },
      {
        points: [
          "Genuine and unchanged: the order and the signature of every entry were checked.",
          "Not as exported: somebody changed it, or it was damaged on the way. Ask for a new export.",
          "Another key: most often another computer. Compare the fingerprints by phone.",
          "Two records under one number: it was written on two computers. Ask which one holds.",
          "What ends in a question mark is a question, not a verdict: ask before you decide. It leads to its records, becomes a remark there, or is noted and struck out.",
          "Changes lists what differs from the file received before; what was changed after an approval stands above, with the reason.",
          "Seals: each file received and each month checked in is a state that later files must pass through. A code printed on a form is checked there, too.",
          "The pencil beside a record writes a remark, kept as it is written. Return the file, or approve it with a grade: the decision is saved as a file for the physician.",
        ],
      },
      "Reviewing changes nothing in the file. Records that the program did not export show figures only, not how they came about.",
    ],
  },
  keyboard: {
    title: "Keyboard",
    blocks: [
      "While an input method is composing, Enter, arrows and digits are its own; afterwards they are the program's.",
      { keys: true },
    ],
  },
};
