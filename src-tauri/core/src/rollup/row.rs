//! A line as programs read it: JSON with a published schema.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{Line, PostingFigures, Standing, finding_sentence};
use crate::assess::{Consequences, FindingCode, Phase, SchemeName, Severity, Status};
use crate::language::Language;
use crate::log::{Origin, instant, to_hex};
use crate::oddities::{Oddity, OddityCode};

/// One file of a roll-up. What is not known is null, never absent.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Row {
    /// What is known of it by itself.
    #[serde(flatten)]
    pub file: FileRow,
    /// What is known once all files are judged.
    #[serde(flatten)]
    pub among: RowAmong,
}

/// What is known of a file among the others of its roll-up.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RowAmong {
    /// `counted`, `superseded`, `duplicate`, `disputed` or `refused`. Only counted files go into sums.
    pub standing: &'static str,
    /// The file that counts in its place.
    pub in_favour_of: Option<String>,
    /// What should be asked: oddities of this file, or of it and others.
    pub questions: Vec<RowQuestion>,
}

/// What a file says by itself.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FileRow {
    /// Where the file lies.
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes; null where they could not be read.
    pub sha256: Option<String>,
    /// Whether it can be relied on.
    pub verdict: RowVerdict,
    /// The log it is an export of.
    pub log: Option<Uuid>,
    /// `app`, or `records` for a file packed from a records document, which has no history.
    pub origin: Option<Origin>,
    /// The key that signed it, in hex.
    pub key: Option<String>,
    /// The number of its log's last event.
    pub events: Option<u64>,
    /// The log's head in hex.
    pub head: Option<String>,
    /// The how manieth export of its log.
    pub export: Option<u64>,
    /// The date it was judged on.
    pub as_of: Option<NaiveDate>,
    /// When it was exported, UTC.
    pub exported_at: Option<String>,
    /// The physician's name.
    pub physician: Option<String>,
    /// 职称
    pub title: Option<String>,
    /// 科室
    pub home_department: Option<String>,
    /// 支援医院
    pub supporting_hospital: Option<String>,
    /// 受援单位
    pub recipient_unit: Option<String>,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// The scheme that judged it.
    pub scheme: Option<SchemeName>,
    /// The scheme's title.
    pub scheme_title: Option<String>,
    /// Whether the posting ran on `as_of`.
    pub phase: Option<Phase>,
    /// Each requirement's figure, in the scheme's order; empty where nothing was assessed.
    pub requirements: Vec<RowRequirement>,
    /// 考勤, in half-days.
    pub attendance: Option<RowAttendance>,
    /// How many requirements are failed.
    pub failed: Option<u32>,
    /// What follows, money in fen.
    pub consequences: Option<Consequences>,
    /// Records entered after the day they are for.
    pub late_entries: Option<u32>,
    /// What should be looked at; it changes no verdict.
    pub findings: Vec<RowFinding>,
}

/// Whether a file can be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RowVerdict {
    /// A stable word: `genuine`, `restored`, `older`, `fork`, `other_key`, `altered`, `cut`, `empty`, `too_big`,
    /// `newer_format`, `not_a_review_file`, `unreadable`, `not_assessable`.
    pub code: &'static str,
    /// Whether nothing speaks against it.
    pub genuine: bool,
    /// The reason as a sentence; null for a genuine one.
    pub reason: Option<String>,
}

/// One requirement's figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RowRequirement {
    /// Its id in the scheme.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The verdict on it.
    pub status: Status,
    /// What was reached: activities, half-days, a statistic's sum, months, points.
    pub figure: u64,
    /// What must be reached, in the same unit.
    pub minimum: u32,
    /// The shortest gap in days that is too short; null where all are long enough.
    pub short_gap_days: Option<u32>,
}

/// 考勤 in scheduled half-days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RowAttendance {
    /// 应出勤
    pub scheduled_half_days: u32,
    /// 实出勤
    pub attended_half_days: u32,
    /// The fewest that pass.
    pub needed_half_days: u32,
    /// 请假
    pub leave_half_days: u32,
    /// 未填
    pub unrecorded_half_days: u32,
    /// 旷工
    pub absent_half_days: u32,
    /// 擅自调回
    pub recalled_half_days: u32,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RowFinding {
    /// What kind of thing.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// The requirement it concerns.
    pub requirement: Option<String>,
    /// First date.
    pub from: Option<NaiveDate>,
    /// Last date.
    pub to: Option<NaiveDate>,
    /// A sentence.
    pub message: String,
}

/// Something to ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RowQuestion {
    /// What kind of oddity; `several_logs` where two logs of one person overlap and both count.
    pub code: String,
    /// What was seen, and the question.
    pub message: String,
    /// The dates it is about.
    pub dates: Vec<NaiveDate>,
    /// The other log, where it takes two.
    pub other_log: Option<Uuid>,
    /// Whose that is.
    pub other_physician: Option<String>,
}

impl RowQuestion {
    /// An oddity as a question in a language.
    pub fn of(oddity: &Oddity, language: Language) -> Self {
        let other = oddity.other.as_ref();
        Self {
            code: serde_json::to_value(oddity.code)
                .ok()
                .and_then(|code| code.as_str().map(str::to_owned))
                .unwrap_or_default(),
            message: oddity.question.get(language).to_owned(),
            dates: oddity.dates.clone(),
            other_log: other.map(|other| other.log_id),
            other_physician: other.and_then(|other| other.physician.clone()),
        }
    }
}

impl RowAmong {
    /// Of a file that stands so; `path` names the other files of the roll-up by their places.
    pub fn new(
        standing: Standing,
        path: &dyn Fn(usize) -> String,
        odd: &[&Oddity],
        language: Language,
    ) -> Self {
        let mut questions: Vec<RowQuestion> = if matches!(standing, Standing::Counted { .. }) {
            odd.iter()
                .map(|oddity| RowQuestion::of(oddity, language))
                .collect()
        } else {
            Vec::new()
        };
        let (standing, other) = match standing {
            Standing::Counted { several_logs } => {
                if several_logs && !odd.iter().any(|oddity| oddity.code == OddityCode::TwoPlaces) {
                    questions.push(several(language));
                }
                ("counted", None)
            }
            Standing::Superseded(by) => ("superseded", Some(by)),
            Standing::Duplicate(of) => ("duplicate", Some(of)),
            Standing::Disputed => ("disputed", None),
            Standing::Refused => ("refused", None),
        };
        Self {
            standing,
            in_favour_of: other.map(path),
            questions,
        }
    }
}

impl FileRow {
    /// What a line says, in a language.
    pub fn new(line: &Line, language: Language) -> Self {
        let row = Self {
            path: line.path.to_string(),
            bytes: line.bytes,
            sha256: line.sha256.map(|digest| to_hex(&digest)),
            verdict: RowVerdict {
                code: line.verdict,
                genuine: line.reason.is_none(),
                reason: line.reason.as_ref().map(|reason| reason.get(language).to_owned()),
            },
            ..Self::empty()
        };
        match &line.posting {
            Some(posting) => row.with(posting, language),
            None => row,
        }
    }

    fn empty() -> Self {
        Self {
            path: String::new(),
            bytes: 0,
            sha256: None,
            verdict: RowVerdict {
                code: "genuine",
                genuine: true,
                reason: None,
            },
            log: None,
            origin: None,
            key: None,
            events: None,
            head: None,
            export: None,
            as_of: None,
            exported_at: None,
            physician: None,
            title: None,
            home_department: None,
            supporting_hospital: None,
            recipient_unit: None,
            start: None,
            end: None,
            scheme: None,
            scheme_title: None,
            phase: None,
            requirements: Vec::new(),
            attendance: None,
            failed: None,
            consequences: None,
            late_entries: None,
            findings: Vec::new(),
        }
    }

    fn with(self, posting: &PostingFigures, language: Language) -> Self {
        let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let scheme = &posting.scheme;
        let named = scheme.requirements.iter().zip(&posting.requirements);
        let attendance = &posting.attendance;
        Self {
            log: Some(posting.log),
            origin: Some(posting.origin),
            key: Some(to_hex(&posting.key)),
            events: Some(posting.head.n),
            head: Some(to_hex(&posting.head.hash)),
            export: Some(posting.export),
            as_of: Some(posting.as_of),
            exported_at: Some(instant(posting.exported_at)),
            physician: known(&posting.physician),
            title: known(&posting.title),
            home_department: known(&posting.home_department),
            supporting_hospital: known(&posting.supporting_hospital),
            recipient_unit: known(&posting.recipient_unit),
            start: Some(posting.start),
            end: Some(posting.end),
            scheme: Some(SchemeName {
                id: scheme.id.clone(),
                version: scheme.version,
            }),
            scheme_title: Some(scheme.title.get(language).to_owned()),
            phase: Some(posting.phase),
            requirements: named
                .map(|(name, figure)| RowRequirement {
                    id: name.id.clone(),
                    title: name.title.get(language).to_owned(),
                    status: figure.status,
                    figure: figure.figure,
                    minimum: figure.minimum,
                    short_gap_days: figure.short_gap_days,
                })
                .collect(),
            attendance: Some(RowAttendance {
                scheduled_half_days: attendance.scheduled,
                attended_half_days: attendance.attended,
                needed_half_days: attendance.needed,
                leave_half_days: attendance.leave,
                unrecorded_half_days: attendance.unrecorded,
                absent_half_days: attendance.absent,
                recalled_half_days: attendance.recalled,
            }),
            failed: Some(posting.failed),
            consequences: Some(posting.consequences.clone()),
            late_entries: Some(posting.late_entries),
            findings: posting
                .findings
                .iter()
                .map(|finding| RowFinding {
                    code: finding.code,
                    severity: finding.severity,
                    requirement: finding
                        .requirement
                        .and_then(|at| scheme.requirements.get(usize::from(at)))
                        .map(|name| name.id.clone()),
                    from: finding.from,
                    to: finding.to,
                    message: finding_sentence(finding, scheme, language),
                })
                .collect(),
            ..self
        }
    }
}

fn several(language: Language) -> RowQuestion {
    RowQuestion {
        code: "several_logs".to_owned(),
        message: language
            .pick(
                "同一个人同一时期有两份不同的记录，都算了钱：是不是重复？",
                "Two different logs of one person and period both count: is one of them too many?",
            )
            .to_owned(),
        dates: Vec::new(),
        other_log: None,
        other_physician: None,
    }
}
