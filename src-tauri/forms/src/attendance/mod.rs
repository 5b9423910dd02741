//! 月考勤表: a month a page, half-day by half-day. Its totals are sums over the same half-days as the assessment's.

mod figures;
mod marks;
mod totals;

use crate::error::FormsError;
use crate::form::{Block, Cell, Form, Orientation, Role, Row, Table};
use crate::kind::FormKind;
use crate::paper::{Ground, Options};
use crate::person::{is_long, value};
use crate::wording::{Dates, long_date, short_date, span};
use chrono::{Datelike, NaiveDate};
use marks::Marks;
use totals::Totals;
use xiaxiangzhi_core::assess::{DayCounted, percent_shown};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Half, Kind as _};

/// The shares of the columns; each line sums to 265.
const PERSON: [u16; 10] = [17, 34, 17, 38, 19, 42, 19, 42, 14, 23];
/// A name of more characters than this has no room beside the others; then these are the shares of a label, of the month,
/// and the least of a name.
const BESIDE_OTHERS: usize = 30;
const LABEL: u16 = 12;
const MONTH: u16 = 24;
const LEAST: u16 = 40;
const NAME: u16 = 17;
const DAY: u16 = 8;
const SIGNATURES: [u16; 6] = [14, 62, 18, 82, 14, 75];
/// A month has at most so many days, and every sheet has a column for each.
const DAYS: u32 = 31;

/// A month of the posting.
struct Month<'a> {
    first: NaiveDate,
    /// The posting's days of it, in date order.
    days: &'a [DayCounted],
}

impl Month<'_> {
    fn name(&self) -> String {
        format!("{}年{}月", self.first.year(), self.first.month())
    }

    /// The day of the month, if it is one of the posting's.
    fn day(&self, nth: u32) -> Option<&DayCounted> {
        self.days.iter().find(|day| day.day.date.day() == nth)
    }
}

/// The monthly attendance sheets of a posting, or one of them.
pub(crate) fn monthly_attendance_sheet(ground: &Ground<'_>, options: Options) -> Result<Form, FormsError> {
    let mut months = months(ground);
    let mut subject_period = None;
    if let Some(wanted) = options.month {
        months.retain(|month| (month.first.year(), month.first.month()) == (wanted.year(), wanted.month()));
        let Some((first, last)) = months
            .first()
            .and_then(|month| month.days.first().zip(month.days.last()))
        else {
            let posting = &ground.records.posting;
            return Err(FormsError::OutsidePosting {
                year: wanted.year(),
                month: wanted.month(),
                start: posting.start,
                end: posting.end,
            });
        };
        subject_period = Some((first.day.date, last.day.date));
    }
    let marks = Marks::of(ground.scheme);
    let title = ground.title(FormKind::MonthlyAttendanceSheet);
    let mut blocks = Vec::new();
    for month in &months {
        blocks.push(Block::Sheet {
            name: month.name(),
            title: title.clone(),
        });
        blocks.extend(page(ground, &marks, month, options.blank));
    }
    let mut form = ground.form(FormKind::MonthlyAttendanceSheet, Orientation::Landscape, blocks);
    if let Some(period) = subject_period {
        form.subject.period = Some(period);
    }
    form.blank = options.blank;
    if !options.blank {
        form.figures = figures::figures(ground, &months);
    }
    Ok(form)
}

fn months<'a>(ground: &'a Ground<'_>) -> Vec<Month<'a>> {
    ground
        .days
        .chunk_by(|a, b| (a.day.date.year(), a.day.date.month()) == (b.day.date.year(), b.day.date.month()))
        .filter_map(|days| {
            let first = days.first()?.day.date;
            Some(Month { first, days })
        })
        .collect()
}

fn page(ground: &Ground<'_>, marks: &Marks, month: &Month<'_>, blank: bool) -> Vec<Block> {
    let totals = Totals::of(month.days);
    let mut blocks: Vec<Block> = person(ground, month).into_iter().map(Block::Table).collect();
    blocks.extend([
        Block::Table(days(marks, month, blank)),
        Block::Table(totals_table(&totals, blank, ground.comes_for_the_day())),
        Block::Table(signatures()),
        Block::paragraph(marks.legend(), Role::Note),
    ]);
    let mut notes = calendar_notes(month);
    if !blank {
        notes.push(whole_posting(ground));
    }
    blocks.extend(notes.into_iter().map(|note| Block::paragraph(note, Role::Note)));
    blocks.extend(ground.provisional_paragraph());
    blocks
}

fn person(ground: &Ground<'_>, month: &Month<'_>) -> Vec<Table> {
    let posting = &ground.records.posting;
    let name = value(posting.physician.name.as_ref()).centred();
    let department = value(posting.home_department.as_ref()).centred();
    let hospital = value(posting.supporting_hospital.as_ref());
    let unit = value(posting.recipient_unit.as_ref());
    let month = Cell::text(month.name()).centred();
    if [&name, &department, &hospital, &unit]
        .iter()
        .any(|cell| is_long(cell, BESIDE_OTHERS))
    {
        return long_person([name, department], [hospital, unit], month);
    }
    let cells = vec![
        Cell::label("姓名"),
        name,
        Cell::label("科室"),
        department,
        Cell::label("支援医院"),
        hospital,
        Cell::label("受援单位"),
        unit,
        Cell::label("月份"),
        month,
    ];
    vec![Table::new(&PERSON, 0, vec![Row::from(cells)])]
}

/// Two lines where names are long, each cell as wide as its share of the words: the sheet with its signatures stays one
/// page whatever the names are.
fn long_person(who: [Cell; 2], units: [Cell; 2], month: Cell) -> Vec<Table> {
    let small = |cell: Cell| {
        if is_long(&cell, BESIDE_OTHERS) {
            cell.as_note()
        } else {
            cell
        }
    };
    let widths = |[first, second]: &[Cell; 2], whole: u16| {
        let length = |cell: &Cell| cell.words().chars().count().max(1);
        let (one, both) = (length(first), length(first) + length(second));
        let share = u16::try_from(usize::from(whole) * one / both).unwrap_or(whole / 2);
        let share = share.clamp(LEAST, whole - LEAST);
        (share, whole - share)
    };
    let (name, department) = widths(&who, 265 - 2 * LABEL - MONTH);
    let (hospital, unit) = widths(&units, 265 - 2 * LABEL);
    let ([who, of], [from, to]) = (who.map(small), units.map(small));
    let who = vec![Cell::label("姓名"), who, Cell::label("科室"), of, month];
    let units = vec![Cell::label("支援\n医院"), from, Cell::label("受援\n单位"), to];
    vec![
        Table::new(&[LABEL, name, LABEL, department, MONTH], 0, vec![Row::from(who)]),
        Table::new(&[LABEL, hospital, LABEL, unit], 0, vec![Row::from(units)]),
    ]
}

/// Day, weekday, morning and afternoon. Rest days are shaded; dates that are none of the posting's are crossed out.
fn days(marks: &Marks, month: &Month<'_>, blank: bool) -> Table {
    let mut columns = vec![NAME];
    columns.extend([DAY; DAYS as usize]);
    let row = |name: &str, cell: &dyn Fn(u32) -> Cell| {
        let mut cells = vec![Cell::label(name)];
        cells.extend((1..=DAYS).map(cell));
        Row::from(cells)
    };
    let rests = |nth: u32| month.day(nth).is_some_and(|day| !day.day.workday);
    let half = |half: Half| {
        move |nth: u32| {
            let text = match month.day(nth) {
                None => "／".to_owned(),
                Some(_) if blank => String::new(),
                Some(day) => marks.symbol(day.half(half)),
            };
            Cell::text(text).centred().shaded_if(rests(nth))
        }
    };
    let rows = vec![
        row("日期", &|nth| {
            Cell::label(nth.to_string()).shaded_if(rests(nth))
        }),
        row("星期", &|nth| {
            let date = month.first.with_day(nth);
            let weekday = date.map_or("", |date| weekday(date));
            Cell::text(weekday).centred().shaded_if(rests(nth))
        }),
        row(Half::Morning.label(Language::Chinese), &half(Half::Morning)),
        row(Half::Afternoon.label(Language::Chinese), &half(Half::Afternoon)),
    ];
    Table::new(&columns, 0, rows)
}

fn weekday(date: NaiveDate) -> &'static str {
    ["一", "二", "三", "四", "五", "六", "日"]
        .get(date.weekday().num_days_from_monday() as usize)
        .copied()
        .unwrap_or_default()
}

fn totals_table(totals: &Totals, blank: bool, by_the_day: bool) -> Table {
    let items = totals.items(by_the_day);
    let share = |nth: usize, count: usize, width: usize| {
        // Whole shares that sum to the width, however many columns there are.
        u16::try_from(width * (nth + 1) / count - width * nth / count).unwrap_or(1)
    };
    let (count, width) = (items.len() + usize::from(!by_the_day), 248);
    let mut columns = vec![NAME];
    columns.extend((0..count).map(|nth| share(nth, count, width)));
    let mut heads = vec![Cell::label("合计\n（半天）").down(2)];
    let mut figures = Vec::new();
    for (label, count) in &items {
        heads.push(Cell::label(*label));
        figures.push(if blank {
            Cell::text("")
        } else {
            Cell::figure(crate::form::Value::count(*count, ""))
        });
    }
    if !by_the_day {
        heads.push(Cell::label("考勤率"));
        figures.push(if blank {
            Cell::text("")
        } else {
            Cell::text(percent_shown(totals.attended, totals.scheduled)).centred()
        });
    }
    Table::new(&columns, 0, vec![Row::from(heads), Row::from(figures)])
}

fn signatures() -> Table {
    Table::new(
        &SIGNATURES,
        0,
        vec![Row::from(vec![
            Cell::label("本人"),
            Cell::to_sign("以上考勤属实。", "签名：", false),
            Cell::label("受援\n单位"),
            Cell::to_sign("以上考勤属实。", "负责人签名：", true),
            Cell::label("医务部"),
            Cell::to_sign("审核意见：", "审核人签名：", true),
        ])],
    )
}

/// The holidays and make-up workdays of the month, and the dates on which the unit's own roster differs.
fn calendar_notes(month: &Month<'_>) -> Vec<String> {
    let mut named: Vec<(&str, Vec<NaiveDate>)> = Vec::new();
    for day in month.days {
        let day = &day.day;
        let kind = match (day.holiday, day.makeup_workday, day.overridden, day.name) {
            (true, _, _, Some(name)) => name,
            (_, true, ..) => "调休上班",
            (_, _, true, _) if day.workday => "按排班上班",
            (_, _, true, _) => "按排班休息",
            _ => continue,
        };
        match named.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, dates)) => dates.push(day.date),
            None => named.push((kind, vec![day.date])),
        }
    }
    if named.is_empty() {
        return Vec::new();
    }
    let said: Vec<String> = named
        .iter()
        .map(|(kind, dates)| {
            let mut said = Dates::within(month.first, month.first);
            let runs = dates.chunk_by(|a, b| (*b - *a).num_days() == 1);
            let runs: Vec<String> = runs
                .filter_map(|run| run.first().zip(run.last()))
                .map(|(from, to)| span((*from, Half::Morning), (*to, Half::Afternoon), &mut said))
                .collect();
            format!("{}{kind}", runs.join("、"))
        })
        .collect();
    vec![format!("日历：{}。", said.join("；"))]
}

fn whole_posting(ground: &Ground<'_>) -> String {
    let (posting, attendance) = (&ground.records.posting, &ground.assessment.attendance);
    let (attended, scheduled) = (attendance.attended_half_days, attendance.scheduled_half_days);
    if ground.comes_for_the_day() {
        return format!(
            "派驻期合计（{}至{}，截至{}）：到岗{attended}个半天。",
            long_date(posting.start),
            long_date(posting.end),
            short_date(ground.assessment.as_of)
        );
    }
    format!(
        "派驻期合计（{}至{}，截至{}）：应出勤{scheduled}个半天，实出勤{attended}个半天，考勤率{}。",
        long_date(posting.start),
        long_date(posting.end),
        short_date(ground.assessment.as_of),
        percent_shown(attended, scheduled)
    )
}
