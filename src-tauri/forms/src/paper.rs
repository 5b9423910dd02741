//! The one door to every paper of a posting.

use crate::error::FormsError;
use crate::form::{Align, Block, Footer, Form, Head, Orientation, Role, Subject};
use crate::kind::FormKind;
use crate::wording::grouped;
use crate::{appraisal, attendance, fitting, leave, records, sheet, summary};
use chrono::NaiveDate;
use xiaxiangzhi_core::assess::{AppraisalForm, Assessment, DayCounted, comes_for_the_day, half_days};
use xiaxiangzhi_core::calendar::{Calendar, CalendarError};
use xiaxiangzhi_core::posting::{DaysInAll, Records};
use xiaxiangzhi_core::scheme::Scheme;

/// All that the papers of a posting are made from. Every figure on them comes from the assessment or from the same
/// half-days that it sums up.
#[derive(Debug, Clone)]
pub struct Ground<'a> {
    /// The records.
    pub records: &'a Records,
    /// The scheme that judges them.
    pub scheme: &'a Scheme,
    /// The verdict.
    pub assessment: &'a Assessment,
    /// The state of the log, printed at the foot; records that come without a log have none.
    pub head: Option<&'a Head>,
    /// What each half-day counted as, in date order.
    pub(crate) days: Vec<DayCounted>,
    pub(crate) days_in_all: Option<DaysInAll>,
}

/// How a paper is wanted. The default is the whole of it, filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Monthly attendance: only the month of this date.
    pub month: Option<NaiveDate>,
    /// Monthly attendance: without marks and totals, to be filled in by hand.
    pub blank: bool,
    /// Records: one a page or a table of all.
    pub layout: Layout,
}

/// How the records of a paper are laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// Leave slips one a page, everything else as a table.
    #[default]
    Usual,
    /// A table of all.
    Table,
    /// One a page, each to be signed.
    OneAPage,
}

impl<'a> Ground<'a> {
    /// The ground of a posting's papers, as of the assessment's date.
    ///
    /// # Errors
    /// [`CalendarError`] as for the assessment itself.
    pub fn new(
        records: &'a Records,
        scheme: &'a Scheme,
        assessment: &'a Assessment,
        calendar: &Calendar,
        head: Option<&'a Head>,
    ) -> Result<Self, CalendarError> {
        Ok(Self {
            records,
            scheme,
            assessment,
            head,
            days: half_days(scheme, records, calendar, assessment.as_of)?,
            days_in_all: None,
        })
    }

    /// The same ground, knowing how long the physician was posted in all, this posting included.
    #[must_use]
    pub fn with_days_in_all(mut self, days: Option<DaysInAll>) -> Self {
        self.days_in_all = days;
        self
    }

    /// Whether the physician comes for the day, so that no rate of attendance is said.
    pub(crate) fn comes_for_the_day(&self) -> bool {
        comes_for_the_day(self.records, self.assessment)
    }

    /// A form with this posting's subject, title and foot, and nothing on it yet.
    pub(crate) fn form(&self, kind: FormKind, orientation: Orientation, mut blocks: Vec<Block>) -> Form {
        fitting::fit(&mut blocks);
        let posting = &self.records.posting;
        Form {
            kind,
            title: self.title(kind),
            subject: Subject {
                physician: posting.physician.name.clone(),
                recipient_unit: posting.recipient_unit.clone(),
                period: Some((posting.start, posting.end)),
            },
            as_of: self.assessment.as_of,
            draft: false,
            blank: false,
            orientation,
            blocks,
            footer: Footer {
                text: self.head.map(sealed).unwrap_or_default(),
            },
            figures: Vec::new(),
        }
    }

    /// The title of a paper: the hospital's own where its scheme has one.
    pub(crate) fn title(&self, kind: FormKind) -> String {
        let own = self.scheme.form_titles.get(kind.id());
        own.map_or(kind.title(), String::as_str).to_owned()
    }

    /// What a paper that counts days must say where a year's holidays are not published yet.
    pub(crate) fn provisional_note(&self) -> Option<String> {
        let years = &self.assessment.calendar.provisional_years;
        let years: Vec<String> = years.iter().map(|year| format!("{year}年")).collect();
        (!years.is_empty()).then(|| {
            format!(
                "{}放假安排尚未公布，暂按周末和法定节假日计算，公布后须重新核算。",
                years.join("、")
            )
        })
    }

    /// The same as a paragraph under a table.
    pub(crate) fn provisional_paragraph(&self) -> Option<Block> {
        self.provisional_note()
            .map(|note| Block::paragraph(format!("日历说明：{note}"), Role::Note))
    }
}

/// A paper of a posting.
///
/// # Errors
/// [`FormsError::Withheld`] where the scheme withholds the service appraisal form, [`FormsError::NothingRecorded`] where a
/// paper of records has none, [`FormsError::OutsidePosting`] for a month without a day of the posting,
/// [`FormsError::AmountOutOfRange`] if a scheme pays more than the capitals can say.
pub fn paper(kind: FormKind, ground: &Ground<'_>, options: Options) -> Result<Form, FormsError> {
    match kind {
        FormKind::TaskAssessmentSheet => sheet::task_assessment_sheet(ground),
        FormKind::MonthlyAttendanceSheet => attendance::monthly_attendance_sheet(ground, options),
        FormKind::ServiceAppraisalForm => appraisal::service_appraisal_form(ground),
        FormKind::PostingSummary => Ok(summary::posting_summary(ground)),
        FormKind::LeaveSlips => leave::leave_slips(ground, options.layout),
        FormKind::LectureRecords
        | FormKind::RoundRecords
        | FormKind::ActivityRecords
        | FormKind::DailyLog
        | FormKind::SupportDiary => records::record_paper(kind, ground, options.layout),
    }
}

/// Why a paper cannot be made of these records; `None` if it can. Cheaper than making it.
pub fn left_out(kind: FormKind, ground: &Ground<'_>) -> Option<FormsError> {
    let empty = match kind {
        FormKind::TaskAssessmentSheet | FormKind::MonthlyAttendanceSheet | FormKind::PostingSummary => false,
        FormKind::ServiceAppraisalForm => {
            let withheld = ground.assessment.consequences.appraisal_form == AppraisalForm::Withheld;
            return withheld.then(|| appraisal::withheld(ground));
        }
        FormKind::LeaveSlips => ground.records.leaves.is_empty(),
        FormKind::SupportDiary => ground.records.problems.is_empty(),
        FormKind::DailyLog => records::days(ground).is_empty(),
        FormKind::LectureRecords | FormKind::RoundRecords | FormKind::ActivityRecords => !ground
            .records
            .activities
            .iter()
            .any(|one| records::belongs(one.kind, kind)),
    };
    empty.then_some(FormsError::NothingRecorded { kind })
}

/// The mark of a draft at the head of the page.
pub(crate) fn draft_note(why: &str) -> Block {
    Block::Paragraph {
        text: format!("草稿，仅供核对：{why}"),
        role: Role::Note,
        align: Align::Center,
    }
}

fn sealed(head: &Head) -> String {
    let n = i64::try_from(head.n).unwrap_or(i64::MAX);
    format!("封存码 {}　第{}条", head.code, grouped(n))
}
