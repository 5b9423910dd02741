//! A plan as a calendar file (RFC 5545), for the phone: whole-day events with a reminder the evening before.
//!
//! Each duty keeps its identity: the fourth lecture is the same event after its date was moved, so that a calendar that reads
//! the file again moves it rather than showing it twice.

use crate::assess::{DutyPlan, Plan, PlannedDate};
use crate::language::Language;
use crate::posting::Records;
use crate::scheme::Scheme;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::fmt::Write as _;

/// The most octets of a line, its line break not counted.
const LINE: usize = 75;

/// The planned dates as a calendar file.
///
/// `now` stamps the events; the same plan at the same instant gives the same bytes.
pub fn calendar_file(
    plan: &Plan,
    records: &Records,
    scheme: &Scheme,
    language: Language,
    now: DateTime<Utc>,
) -> String {
    let mut out = Lines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Xiaxiangzhi//Plan//ZH");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.text("X-WR-CALNAME", language.pick("下乡计划", "Posting plan"));
    for planned in &plan.duties {
        let Some(duty) = scheme.duties.iter().find(|duty| duty.id == planned.requirement) else {
            continue;
        };
        let title = language.pick(&duty.title.zh, &duty.title.en);
        for date in &planned.dates {
            event(&mut out, planned, date, title, records, language, plan.as_of, now);
        }
    }
    out.line("END:VCALENDAR");
    out.text
}

#[allow(
    clippy::too_many_arguments,
    reason = "one event from the parts of a plan; no other caller"
)]
fn event(
    out: &mut Lines,
    duty: &DutyPlan,
    planned: &PlannedDate,
    title: &str,
    records: &Records,
    language: Language,
    as_of: NaiveDate,
    now: DateTime<Utc>,
) {
    let unit = records.posting.recipient_unit.as_deref().unwrap_or_default();
    let ordinal = planned.ordinal;
    let times = if planned.times > 1 {
        format!(" × {}", planned.times)
    } else {
        String::new()
    };
    let summary = match language {
        Language::Chinese => format!("{title} 第 {ordinal} 次{times}"),
        Language::English => format!("{title} no. {ordinal}{times}"),
    };
    let summary = if unit.is_empty() {
        summary
    } else {
        format!("{summary} · {unit}")
    };
    let last = duty.last_safe_date.map(|last| match language {
        Language::Chinese => format!("最晚 {}。", chinese(last)),
        Language::English => format!("Not later than {last}. "),
    });
    let description = format!(
        "{}{}",
        last.unwrap_or_default(),
        match language {
            Language::Chinese => format!("下乡志按截至 {} 的记录拟的日期，做了再记。", chinese(as_of)),
            Language::English =>
                format!("Proposed by Xiaxiangzhi from the records up to {as_of}; record it once it is done."),
        }
    );
    out.line("BEGIN:VEVENT");
    out.line(&format!(
        "UID:{}-{}-{ordinal}@xiaxiangzhi.invalid",
        records.posting.id, duty.requirement
    ));
    out.line(&format!("DTSTAMP:{}", now.format("%Y%m%dT%H%M%SZ")));
    // Counts up with every export: seconds since 2020, which fit until 2088.
    out.line(&format!("SEQUENCE:{}", (now.timestamp() - 1_577_836_800).max(0)));
    out.line(&format!("DTSTART;VALUE=DATE:{}", planned.date.format("%Y%m%d")));
    let after = planned.date.succ_opt().unwrap_or(planned.date);
    out.line(&format!("DTEND;VALUE=DATE:{}", after.format("%Y%m%d")));
    out.text("SUMMARY", &summary);
    if !unit.is_empty() {
        out.text("LOCATION", unit);
    }
    out.text("DESCRIPTION", &description);
    out.line("TRANSP:TRANSPARENT");
    out.line("BEGIN:VALARM");
    out.line("ACTION:DISPLAY");
    out.text("DESCRIPTION", &summary);
    // Six in the evening of the day before.
    out.line("TRIGGER:-PT6H");
    out.line("END:VALARM");
    out.line("END:VEVENT");
}

fn chinese(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// Content lines: folded at 75 octets, never inside a character, each ended by CRLF.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LINE {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(character);
            length += character.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// A property whose value is text.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for character in value.chars() {
            match character {
                '\\' | ';' | ',' => {
                    let _ = write!(escaped, "\\{character}");
                }
                '\n' => escaped.push_str("\\n"),
                // Other control characters have no place in a content line.
                character if character.is_control() => {}
                character => escaped.push(character),
            }
        }
        self.line(&format!("{name}:{escaped}"));
    }
}
