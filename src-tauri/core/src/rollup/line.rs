//! What one file says, kept small: a hundred thousand of them fit into memory.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::assess::{
    Assessment, Consequences, FindingCode, Phase, Requirement, RequirementKind, Severity, Status, assess,
};
use crate::calendar::Calendar;
use crate::language::{Label, Language};
use crate::log::{Digest, Head, Origin, parse_instant, sha256};
use crate::oddities::{Facts, Oddity, within};
use crate::posting::{Physician, Records};
use crate::reviewfile::{ReviewFile, Verdict, Verification};
use crate::scheme::Scheme;

/// One file of a roll-up.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it lies.
    pub path: Box<str>,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes; none where they could not be read.
    pub sha256: Option<Digest>,
    /// The verdict's stable word, or `unreadable`.
    pub verdict: &'static str,
    /// Why it cannot be relied on; none where it can.
    pub reason: Option<Box<Label>>,
    /// What it says, where it is consistent in itself. Its figures count only if the verdict lets them.
    pub posting: Option<Box<PostingFigures>>,
    /// What is odd about it by itself.
    pub odd: Box<[Oddity]>,
    /// What it is compared with others by.
    pub facts: Option<Box<Facts>>,
}

/// What a consistent file says of its posting, assessed on this machine at the file's own `as_of`.
#[derive(Debug, Clone)]
pub struct PostingFigures {
    /// The log it is an export of.
    pub log: Uuid,
    /// Where its log comes from.
    pub origin: Origin,
    /// The key that signed it.
    pub key: [u8; 32],
    /// Where its log stood.
    pub head: Head,
    /// The how manieth export of its log.
    pub export: u64,
    /// The date it was judged on.
    pub as_of: NaiveDate,
    /// When it was exported.
    pub exported_at: DateTime<Utc>,
    /// The physician's name; blank where none is recorded.
    pub physician: Box<str>,
    /// 职称
    pub title: Box<str>,
    /// 科室
    pub home_department: Box<str>,
    /// 支援医院
    pub supporting_hospital: Box<str>,
    /// 受援单位
    pub recipient_unit: Box<str>,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// The scheme that judged it, shared by all lines of the scheme.
    pub scheme: Arc<SchemeFacts>,
    /// Whether the posting ran on `as_of`.
    pub phase: Phase,
    /// A figure for each of [`SchemeFacts::requirements`].
    pub requirements: Box<[RequirementFigure]>,
    /// 考勤, in half-days.
    pub attendance: AttendanceFigures,
    /// How many requirements are failed.
    pub failed: u32,
    /// What follows, money in fen.
    pub consequences: Consequences,
    /// What should be looked at, in date order.
    pub findings: Box<[FindingFigure]>,
    /// Records entered after the day they are for.
    pub late_entries: u32,
}

/// A scheme as a roll-up needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeFacts {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What people call it.
    pub title: Label,
    /// What it asks for, in the assessment's order.
    pub requirements: Vec<RequirementName>,
    /// 等次 that a reviewer chooses from.
    pub grades: Vec<Label>,
}

/// A requirement of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementName {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: Label,
    /// What is counted.
    pub kind: RequirementKind,
}

/// One requirement's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequirementFigure {
    /// The verdict on it.
    pub status: Status,
    /// What was reached: activities, half-days, a statistic's sum, months, points.
    pub figure: u64,
    /// What must be reached, in the same unit.
    pub minimum: u32,
    /// The shortest gap in days that is too short; none where all are long enough.
    pub short_gap_days: Option<u32>,
}

/// 考勤 in scheduled half-days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttendanceFigures {
    /// 应出勤
    pub scheduled: u32,
    /// 实出勤
    pub attended: u32,
    /// The fewest that pass.
    pub needed: u32,
    /// 请假
    pub leave: u32,
    /// 未填
    pub unrecorded: u32,
    /// 旷工
    pub absent: u32,
    /// 擅自调回
    pub recalled: u32,
}

/// A finding of an assessment, without its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingFigure {
    /// What kind of thing.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// Which of [`SchemeFacts::requirements`] it concerns.
    pub requirement: Option<u8>,
    /// First date.
    pub from: Option<NaiveDate>,
    /// Last date.
    pub to: Option<NaiveDate>,
    /// The assessment's own sentence, where the rest does not say which thing is meant.
    pub message: Option<Box<str>>,
}

/// The schemes met so far, so that lines share them.
#[derive(Debug, Default)]
pub struct Schemes(Vec<Arc<SchemeFacts>>);

impl Schemes {
    /// The facts of a scheme, made once for each that differs.
    fn of(&mut self, scheme: &Scheme, requirements: &[Requirement]) -> Arc<SchemeFacts> {
        let title = |id: &str| scheme.requirement_title(id);
        let same = |known: &&Arc<SchemeFacts>| {
            known.id == scheme.id
                && known.version == scheme.version
                && known.title == scheme.title
                && known.requirements.len() == requirements.len()
                && known
                    .requirements
                    .iter()
                    .zip(requirements)
                    .all(|(known, each)| known.id == each.id && Some(&known.title) == title(&each.id))
        };
        if let Some(known) = self.0.iter().find(same) {
            return Arc::clone(known);
        }
        let names = requirements.iter().map(|each| RequirementName {
            id: each.id.clone(),
            title: title(&each.id).cloned().unwrap_or_else(|| Label {
                zh: each.id.clone(),
                en: each.id.clone(),
            }),
            kind: each.kind,
        });
        let facts = Arc::new(SchemeFacts {
            id: scheme.id.clone(),
            version: scheme.version,
            title: scheme.title.clone(),
            requirements: names.collect(),
            grades: grades(scheme),
        });
        self.0.push(Arc::clone(&facts));
        facts
    }
}

/// 等次 of the scheme's appraisal and of its sheet of points; where it names none, those of the appraisal form.
fn grades(scheme: &Scheme) -> Vec<Label> {
    let appraisal = scheme.appraisal.iter().flat_map(|appraisal| &appraisal.grades);
    let points = scheme.points.iter().flat_map(|sheet| &sheet.grades);
    let mut grades: Vec<Label> = Vec::new();
    for grade in appraisal.chain(points.map(|grade| &grade.title)) {
        if !grades.contains(grade) {
            grades.push(grade.clone());
        }
    }
    if grades.is_empty() {
        let usual = [
            ("优秀", "Excellent"),
            ("合格", "Satisfactory"),
            ("不合格", "Unsatisfactory"),
        ];
        grades.extend(usual.map(|(zh, en)| Label {
            zh: zh.to_owned(),
            en: en.to_owned(),
        }));
    }
    grades
}

impl Line {
    /// The line of a file that was read and judged.
    pub fn of(path: &str, bytes: &[u8], verification: &Verification, schemes: &mut Schemes) -> Self {
        let verdict = &verification.verdict;
        let mut line = Self {
            path: path.into(),
            bytes: bytes.len() as u64,
            sha256: Some(sha256(bytes)),
            verdict: verdict.code(),
            reason: (!verdict.is_genuine()).then(|| Box::new(in_both(|language| verdict.describe(language)))),
            posting: None,
            odd: Box::default(),
            facts: None,
        };
        let Some(file) = &verification.file else {
            return line;
        };
        match figures(file, schemes) {
            Ok((figures, odd, facts)) => {
                line.posting = Some(Box::new(figures));
                line.odd = odd.into();
                line.facts = Some(Box::new(facts));
            }
            // A refusal that is there already says more.
            Err(_) if line.reason.is_some() => {}
            Err(reason) => {
                line.verdict = "not_assessable";
                line.reason = Some(Box::new(reason));
            }
        }
        line
    }

    /// The line of a file whose bytes could not be read.
    pub fn unreadable(path: &str, reason: Label) -> Self {
        Self {
            path: path.into(),
            bytes: 0,
            sha256: None,
            verdict: "unreadable",
            reason: Some(Box::new(reason)),
            posting: None,
            odd: Box::default(),
            facts: None,
        }
    }

    /// Gives it another verdict than the one it was read with.
    pub fn judge(&mut self, verdict: &Verdict) {
        self.verdict = verdict.code();
        self.reason =
            (!verdict.is_genuine()).then(|| Box::new(in_both(|language| verdict.describe(language))));
    }

    /// Whether nothing speaks against its being the one that counts. A log that went on from a backup is genuine.
    pub fn may_count(&self) -> bool {
        self.posting.is_some() && matches!(self.verdict, "genuine" | "restored")
    }

    /// Whether it is a signed file, but of no posting: a decision, an office's file, a check-in. Such are passed over.
    pub fn is_of_other_kind(&self) -> bool {
        self.verdict == "other_kind"
    }

    /// The last part of its path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }
}

fn in_both(text: impl Fn(Language) -> String) -> Label {
    Label {
        zh: text(Language::Chinese),
        en: text(Language::English),
    }
}

/// Assesses a consistent file at its own `as_of`.
fn figures(file: &ReviewFile, schemes: &mut Schemes) -> Result<(PostingFigures, Vec<Oddity>, Facts), Label> {
    let said = |zh: &str, error: &dyn std::fmt::Display| Label {
        zh: format!("{zh}：{error}"),
        en: error.to_string(),
    };
    let manifest = &file.manifest;
    let records = Records::from_value(file.document()).map_err(|error| said("记录不能用", &error))?;
    let scheme = Scheme::of(&records).map_err(|error| said("考核方案不能用", &error))?;
    let as_of: NaiveDate = manifest
        .as_of
        .parse()
        .map_err(|error| said("截至日期不对", &error))?;
    let assessment = assess(scheme, &records, Calendar::built_in(), as_of)
        .map_err(|error| said("日历不包括这些日期", &error))?;
    let facts = schemes.of(scheme, &assessment.requirements);
    let posting = &records.posting;
    let Physician { name, title, .. } = &posting.physician;
    let late = file.whole.log.entered();
    let rule = scheme.oddity_rule();
    let odd = within(&records, &file.whole.log, rule).map_err(|error| said("日历不包括这些日期", &error))?;
    let figures = PostingFigures {
        log: manifest.log,
        origin: manifest.origin,
        key: *file.whole.log.public_key(),
        head: file.head(),
        export: manifest.export,
        as_of,
        exported_at: parse_instant(&manifest.at).unwrap_or_default(),
        physician: text(name.as_deref()),
        title: text(title.as_deref()),
        home_department: text(posting.home_department.as_deref()),
        supporting_hospital: text(posting.supporting_hospital.as_deref()),
        recipient_unit: text(posting.recipient_unit.as_deref()),
        start: posting.start,
        end: posting.end,
        phase: assessment.phase,
        requirements: assessment
            .requirements
            .iter()
            .map(|each| figure(each, &assessment))
            .collect(),
        attendance: attendance(&assessment),
        failed: u32::try_from(assessment.failed.len()).unwrap_or(u32::MAX),
        findings: findings(&assessment, &facts),
        late_entries: count(late.iter().filter(|record| record.late_days > 0).count()),
        scheme: facts,
        consequences: assessment.consequences,
    };
    Ok((figures, odd, Facts::of(&records, rule)))
}

fn text(text: Option<&str>) -> Box<str> {
    text.unwrap_or_default().into()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn figure(requirement: &Requirement, assessment: &Assessment) -> RequirementFigure {
    let counted = requirement.counted.as_ref().map(|dates| dates.len() as u64);
    let attended = u64::from(assessment.attendance.attended_half_days);
    let least = i64::from(requirement.minimum_gap_days.unwrap_or(0));
    let gaps = requirement.gaps.iter().flatten().map(|gap| gap.days);
    RequirementFigure {
        status: requirement.status,
        figure: requirement.amount.or(counted).unwrap_or(attended),
        minimum: requirement.minimum,
        short_gap_days: gaps
            .filter(|days| *days < least)
            .min()
            .map(|days| u32::try_from(days).unwrap_or(0)),
    }
}

fn attendance(assessment: &Assessment) -> AttendanceFigures {
    let attendance = &assessment.attendance;
    AttendanceFigures {
        scheduled: attendance.scheduled_half_days,
        attended: attendance.attended_half_days,
        needed: attendance.needed_half_days,
        leave: attendance.leave_half_days,
        unrecorded: attendance.unrecorded_half_days,
        absent: attendance.absent_half_days,
        recalled: attendance.recalled_half_days,
    }
}

fn findings(assessment: &Assessment, scheme: &SchemeFacts) -> Box<[FindingFigure]> {
    let place = |id: &str| scheme.requirements.iter().position(|each| each.id == id);
    let findings = assessment.findings.iter().map(|finding| FindingFigure {
        code: finding.code,
        severity: finding.severity,
        requirement: finding
            .requirement
            .as_deref()
            .and_then(place)
            .and_then(|at| u8::try_from(at).ok()),
        from: finding.from,
        to: finding.to,
        message: matches!(
            finding.code,
            FindingCode::DocumentMissing | FindingCode::AllowanceExceeded
        )
        .then(|| finding.message.as_str().into()),
    });
    findings.collect()
}
