//! 人员: a row a file.

use super::{Looks, head, yuan};
use crate::error::FormsError;
use chrono::Duration;
use rust_xlsxwriter::Worksheet;
use xiaxiangzhi_core::assess::Status;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::rollup::{Outcome, PostingFigures, RollUp, Standing, standing_word, verdict_word};

/// A requirement that has a column of its own.
type Column<'a> = (&'a str, &'a Label);

pub(super) fn write(
    rollup: &RollUp,
    order: &[usize],
    language: Language,
    sheet: &mut Worksheet,
) -> Result<(), FormsError> {
    let asked = asked(rollup);
    let name = language.pick("人员", "People");
    head(sheet, name, &columns(&asked, language))?;
    let looks = Looks::new();
    for (row, &at) in (1..).zip(order) {
        let line = &rollup.lines()[at];
        let standing = rollup.standing(at);
        let counts = matches!(standing, Standing::Counted { .. });
        let mut cells = Cells {
            sheet,
            row,
            column: 0,
        };
        let posting = line.posting.as_deref();
        let said = |text: fn(&PostingFigures) -> &str| posting.map_or("", text);
        // Of a file that says nothing to be relied on, its name is all there is.
        let physician = posting.map_or(line.file_name(), |posting| &posting.physician);
        cells.text(physician)?;
        cells.text(said(|posting| &posting.home_department))?;
        cells.text(said(|posting| &posting.recipient_unit))?;
        cells.text(said(|posting| &posting.supporting_hospital))?;
        cells.text(said(|posting| &posting.title))?;
        for date in [
            posting.map(|posting| posting.start),
            posting.map(|posting| posting.end),
        ] {
            match date {
                Some(date) => cells
                    .put(|sheet, row, column| sheet.write_date_with_format(row, column, date, &looks.date))?,
                None => cells.skip(),
            }
        }
        cells.text(posting.map_or("", |posting| posting.scheme.title.get(language)))?;
        cells.text(verdict_word(line.verdict, language))?;
        cells.text(standing_word(standing, language))?;
        let shown = posting.filter(|_| counts);
        for (id, _) in &asked {
            figure(&mut cells, shown, id, &looks)?;
        }
        match shown {
            Some(posting) => cells.number(f64::from(posting.failed))?,
            None => cells.skip(),
        }
        cells.text(outcome(rollup.outcome(at), language))?;
        cells.number(f64::from(rollup.questions(at)))?;
        for fen in shown.map_or([None; 7], money) {
            match fen {
                Some(fen) => cells.put(|sheet, row, column| {
                    sheet.write_number_with_format(row, column, yuan(fen), &looks.money)
                })?,
                None => cells.skip(),
            }
        }
        if let Some(posting) = posting {
            cells.put(|sheet, row, column| {
                sheet.write_date_with_format(row, column, posting.as_of, &looks.date)
            })?;
            // Shown as China's clocks had it.
            let at = (posting.exported_at + Duration::hours(8)).naive_utc();
            cells.put(|sheet, row, column| sheet.write_datetime_with_format(row, column, at, &looks.time))?;
            cells.text(&posting.head.code())?;
        } else {
            (0..3).for_each(|_| cells.skip());
        }
        cells.text(line.reason.as_ref().map_or("", |reason| reason.get(language)))?;
        cells.put(|sheet, row, column| {
            sheet.write_string_with_format(row, column, &*line.path, &looks.text)
        })?;
    }
    let last = u32::try_from(order.len()).unwrap_or(u32::MAX);
    let right = u16::try_from(columns(&asked, language).len() - 1).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, right)?;
    Ok(())
}

/// Every requirement of any scheme here, in the order in which they are met.
fn asked(rollup: &RollUp) -> Vec<Column<'_>> {
    let mut asked: Vec<Column<'_>> = Vec::new();
    let mut last = None;
    for posting in rollup.lines().iter().filter_map(|line| line.posting.as_deref()) {
        // Lines of one scheme share it: most of the time it is the one just seen.
        let scheme = &*posting.scheme;
        if last.is_some_and(|last| std::ptr::eq(last, scheme)) {
            continue;
        }
        last = Some(scheme);
        for name in &scheme.requirements {
            if asked.iter().all(|(id, _)| *id != name.id) {
                asked.push((&name.id, &name.title));
            }
        }
    }
    asked
}

fn columns(asked: &[Column<'_>], language: Language) -> Vec<(String, f64)> {
    let named = |(zh, en, width): (&str, &str, f64)| (language.pick(zh, en).to_owned(), width);
    let who = [
        ("姓名", "Physician", 12.0),
        ("科室", "Department", 14.0),
        ("受援单位", "Recipient unit", 24.0),
        ("支援医院", "Supporting hospital", 22.0),
        ("职称", "Title", 12.0),
        ("开始", "From", 12.0),
        ("结束", "To", 12.0),
        ("考核方案", "Scheme", 20.0),
        ("文件", "File", 14.0),
        ("是否计入", "Counted", 12.0),
    ];
    let rest = [
        ("未达标项数", "Failed", 10.0),
        ("结论", "Verdict", 12.0),
        ("要问", "Questions", 8.0),
        ("应发（元）", "Subsidy, yuan", 12.0),
        ("扣减（元）", "Deducted, yuan", 12.0),
        ("实发（元）", "Payable, yuan", 12.0),
        ("科室奖励（元）", "Department reward, yuan", 14.0),
        ("科室罚款（元）", "Department fine, yuan", 14.0),
        ("调回罚款：个人（元）", "Recall fine, physician, yuan", 14.0),
        ("调回罚款：科室（元）", "Recall fine, department, yuan", 14.0),
        ("截至", "As of", 12.0),
        ("导出时间", "Exported at", 17.0),
        ("封存码", "Head code", 38.0),
        ("原因", "Reason", 40.0),
        ("路径", "Path", 60.0),
    ];
    let titles = asked
        .iter()
        .map(|(_, title)| (title.get(language).to_owned(), 10.0));
    who.into_iter()
        .map(named)
        .chain(titles)
        .chain(rest.into_iter().map(named))
        .collect()
}

/// One row, filled from left to right.
struct Cells<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    column: u16,
}

impl Cells<'_> {
    fn put(
        &mut self,
        write: impl FnOnce(&mut Worksheet, u32, u16) -> Result<&mut Worksheet, rust_xlsxwriter::XlsxError>,
    ) -> Result<(), FormsError> {
        write(self.sheet, self.row, self.column)?;
        self.column += 1;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), FormsError> {
        if text.is_empty() {
            self.skip();
            return Ok(());
        }
        self.put(|sheet, row, column| sheet.write_string(row, column, text))
    }

    fn number(&mut self, number: f64) -> Result<(), FormsError> {
        self.put(|sheet, row, column| sheet.write_number(row, column, number))
    }

    fn skip(&mut self) {
        self.column += 1;
    }
}

/// A requirement's figure, red where it fails.
fn figure(
    cells: &mut Cells<'_>,
    posting: Option<&PostingFigures>,
    id: &str,
    looks: &Looks,
) -> Result<(), FormsError> {
    let figure = posting.and_then(|posting| {
        let at = posting
            .scheme
            .requirements
            .iter()
            .position(|name| name.id == id)?;
        posting.requirements.get(at)
    });
    let Some(figure) = figure else {
        cells.skip();
        return Ok(());
    };
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let number = figure.figure as f64;
    if matches!(figure.status, Status::NotMet | Status::Unreachable) {
        cells.put(|sheet, row, column| sheet.write_number_with_format(row, column, number, &looks.bad))
    } else {
        cells.number(number)
    }
}

fn money(posting: &PostingFigures) -> [Option<u64>; 7] {
    let given = &posting.consequences;
    [
        given.subsidy_fen,
        given.deducted_fen,
        given.payable_fen,
        u64::from(given.department_reward_fen),
        u64::from(given.department_fine_fen),
        given.recall_fine_physician_fen,
        given.recall_fine_department_fen,
    ]
    .map(Some)
}

fn outcome(outcome: Outcome, language: Language) -> &'static str {
    let (chinese, english) = match outcome {
        Outcome::AtFault => ("未算", "not assessed"),
        Outcome::Failed(_) => ("未达标", "not met"),
        Outcome::Open => ("还在派驻", "not yet met"),
        Outcome::Asks => ("达标，要问", "met, to be asked"),
        Outcome::Passes => ("达标", "met"),
        Outcome::SetAside => ("不计", "set aside"),
    };
    language.pick(chinese, english)
}
