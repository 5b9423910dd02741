//! The scheme, read from its JSON document into the few plain numbers an assessment needs.

use serde_json::Value;

/// The windows in which one counted activity is expected.
#[derive(Clone, Copy)]
pub(super) enum Window {
    /// So many days from the start of the posting.
    Days(u64),
    /// Monday to Sunday.
    Weeks,
    /// So many months from the start of the posting.
    PostingMonths(u32),
    /// So many years from the start of the posting.
    PostingYears(u32),
    /// So many whole months of the calendar.
    CalendarMonths(u32),
}

#[derive(Clone, Copy)]
pub(super) struct Cadence {
    pub(super) window: Window,
    pub(super) skip_without_workday: bool,
    pub(super) required: bool,
}

/// A counted duty.
pub(super) struct Duty {
    pub(super) id: String,
    pub(super) kinds: Vec<String>,
    pub(super) minimum: usize,
    /// The least number of days between counted ones; 0 when no distance is asked for.
    pub(super) gap_days: i64,
    /// Whether one too close fails the duty; else it is left out.
    pub(super) short_gap_fails: bool,
    pub(super) max_per_day: Option<usize>,
    pub(super) minimum_minutes: i64,
    pub(super) cadence: Option<Cadence>,
    pub(super) judged: Judged,
}

/// When something is judged at all.
pub(super) struct Judged {
    by_scheme: bool,
    by_person: bool,
    station: Option<String>,
}

impl Judged {
    fn read(rule: &Value) -> Self {
        Self {
            by_scheme: rule["judged"] != false,
            by_person: rule["duty_of"] != "team",
            station: rule["station"].as_str().map(str::to_owned),
        }
    }

    /// In the posting of one person who is stationed so, if that is known.
    pub(super) fn of(&self, station: Option<&str>) -> bool {
        let for_others = match (&self.station, station) {
            (Some(asked), Some(own)) => asked != own,
            _ => false,
        };
        self.by_scheme && self.by_person && !for_others
    }
}

pub(super) struct Quota {
    pub(super) id: String,
    pub(super) tally: String,
    pub(super) minimum: i64,
    /// Whether so many are asked in each year of the posting.
    pub(super) yearly: bool,
    pub(super) judged: Judged,
}

pub(super) struct Duration {
    pub(super) id: String,
    pub(super) months: u32,
    pub(super) judged: Judged,
}

pub(super) struct AttendanceRule {
    pub(super) id: String,
    pub(super) minimum_percent: usize,
    pub(super) work_note_required: bool,
    pub(super) judged: Judged,
}

/// A row of what follows from failed requirements.
pub(super) struct Step {
    pub(super) months_deducted: i64,
    pub(super) withheld: bool,
    pub(super) repeat_posting: bool,
    pub(super) department_fine_fen: i64,
}

pub(super) struct DocumentDuty {
    pub(super) kind: String,
    pub(super) due_days_after_start: Option<u64>,
    pub(super) only_with: Option<String>,
}

pub(super) struct Allowance {
    pub(super) id: String,
    pub(super) leave: String,
    pub(super) times: usize,
}

pub(super) enum Source {
    Requirement(String),
    Tally(String, i64),
    Document(String),
    Office,
}

pub(super) struct Item {
    pub(super) id: String,
    pub(super) weight: i64,
    pub(super) from: Source,
    pub(super) partial: bool,
}

pub(super) struct Sheet {
    pub(super) id: String,
    pub(super) items: Vec<Item>,
    pub(super) pass_mark: i64,
    /// Least points and title, the best first.
    pub(super) grades: Vec<(i64, String)>,
    pub(super) judged: Judged,
}

/// A scheme's numbers.
pub(super) struct Scheme {
    pub(super) duties: Vec<Duty>,
    pub(super) quotas: Vec<Quota>,
    pub(super) minimum: Option<Duration>,
    pub(super) attendance: AttendanceRule,
    /// A group of leaves from this many half-days on is explained in writing.
    pub(super) written_from_half_days: usize,
    pub(super) group_adjacent: bool,
    pub(super) month_fen: i64,
    pub(super) months_paid: i64,
    pub(super) steps: Vec<Step>,
    pub(super) department_reward_fen: i64,
    pub(super) recall_fine_physician_fen: i64,
    pub(super) recall_fine_department_fen: i64,
    pub(super) documents: Vec<DocumentDuty>,
    pub(super) allowances: Vec<Allowance>,
    pub(super) sheet: Option<Sheet>,
}

impl Scheme {
    /// Reads a valid document; panics on any other.
    pub(super) fn read(scheme: &Value) -> Self {
        let costs = &scheme["consequences"];
        let subsidy = &costs["subsidy"];
        Self {
            duties: each(&scheme["duties"], duty),
            quotas: each(&scheme["quotas"], |one| Quota {
                id: text(&one["id"]),
                tally: text(&one["tally"]),
                minimum: number(&one["minimum"]),
                yearly: one["per"] == "posting_year",
                judged: Judged::read(one),
            }),
            minimum: scheme["period"].get("minimum").map(|one| Duration {
                id: text(&one["id"]),
                months: small(&one["months"]),
                judged: Judged::read(one),
            }),
            attendance: AttendanceRule {
                id: text(&scheme["attendance"]["id"]),
                minimum_percent: few(&scheme["attendance"]["minimum_percent"]),
                work_note_required: scheme["attendance"]["work_note_required"] == true,
                judged: Judged::read(&scheme["attendance"]),
            },
            written_from_half_days: few(&scheme["leave"]["written_from_half_days"]),
            group_adjacent: scheme["leave"]["group_adjacent"] == true,
            month_fen: number(&subsidy["days_per_month"]) * number(&subsidy["fen_per_day"]),
            months_paid: number(&subsidy["months"]),
            steps: each(&costs["steps"], |one| Step {
                months_deducted: number(&one["months_deducted"]),
                withheld: one["appraisal_withheld"] == true,
                repeat_posting: one["repeat_posting"] == true,
                department_fine_fen: number(&one["department_fine_fen"]),
            }),
            department_reward_fen: number(&costs["department_reward_fen"]),
            recall_fine_physician_fen: number(&costs["recall_fine_physician_fen"]),
            recall_fine_department_fen: number(&costs["recall_fine_department_fen"]),
            documents: each(&scheme["documents"], |one| DocumentDuty {
                kind: text(&one["kind"]),
                due_days_after_start: one["due_days_after_start"].as_u64(),
                only_with: one["only_with"].as_str().map(str::to_owned),
            }),
            allowances: each(&scheme["allowances"], |one| Allowance {
                id: text(&one["id"]),
                leave: text(&one["leave"]),
                times: few(&one["per_posting_month"]),
            }),
            sheet: scheme.get("points").map(sheet),
        }
    }
}

fn duty(one: &Value) -> Duty {
    Duty {
        id: text(&one["id"]),
        kinds: each(&one["kinds"], text),
        minimum: few(&one["minimum"]),
        gap_days: number(&one["minimum_gap_days"]),
        short_gap_fails: one["short_gap"] == "fail",
        max_per_day: one["max_per_day"].as_u64().map(|_| few(&one["max_per_day"])),
        minimum_minutes: one["minimum_minutes"].as_i64().unwrap_or(0),
        cadence: one["cadence"].as_object().map(|cadence| {
            let window = &cadence["window"];
            Cadence {
                window: if window == "calendar_week" {
                    Window::Weeks
                } else if let Some(days) = window["days"].as_u64() {
                    Window::Days(days)
                } else if window["posting_months"].is_u64() {
                    Window::PostingMonths(small(&window["posting_months"]))
                } else if window["posting_years"].is_u64() {
                    Window::PostingYears(small(&window["posting_years"]))
                } else {
                    Window::CalendarMonths(small(&window["calendar_months"]))
                },
                skip_without_workday: cadence["skip_without_workday"] == true,
                required: cadence["rule"] == "required",
            }
        }),
        judged: Judged::read(one),
    }
}

fn sheet(one: &Value) -> Sheet {
    Sheet {
        id: text(&one["id"]),
        items: each(&one["items"], |item| {
            let from = &item["from"];
            Item {
                id: text(&item["id"]),
                weight: number(&item["weight"]),
                from: if from == "office" {
                    Source::Office
                } else if let Some(id) = from["requirement"].as_str() {
                    Source::Requirement(id.to_owned())
                } else if let Some(kind) = from["document"].as_str() {
                    Source::Document(kind.to_owned())
                } else {
                    Source::Tally(text(&from["tally"]["key"]), number(&from["tally"]["full"]))
                },
                partial: item["partial"] == true,
            }
        }),
        pass_mark: number(&one["pass_mark"]),
        grades: each(&one["grades"], |grade| {
            (number(&grade["from"]), text(&grade["title"]["zh"]))
        }),
        judged: Judged::read(one),
    }
}

fn each<T>(list: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    list.as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .map(read)
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

fn number(value: &Value) -> i64 {
    value.as_i64().expect("a whole number")
}

fn few(value: &Value) -> usize {
    usize::try_from(number(value)).expect("a number from 0 on")
}

fn small(value: &Value) -> u32 {
    u32::try_from(number(value)).expect("a number from 0 on")
}
