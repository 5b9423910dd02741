//! `xxz calendar`

use std::process::ExitCode;

use chrono::{Datelike, NaiveDate};
use clap::ArgMatches;
use serde_json::json;
use xiaxiangzhi_core::arrangement::{self, Arrangement};
use xiaxiangzhi_core::calendar::{Calendar, DayKind, FIRST_YEAR, LAST_YEAR, Standing, YearInfo};
use xiaxiangzhi_core::language::Language;

use crate::clock::today_in_china;
use crate::context::Context;
use crate::error::CliError;
use crate::input;

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    if let Some(path) = matches.get_one::<String>("notice") {
        return notice(context, path);
    }
    let word = super::required(matches, "YEAR");
    let allowed = format!("{FIRST_YEAR}-{LAST_YEAR}");
    let year: i32 = word
        .parse()
        .map_err(|_| CliError::bad_argument(context, "YEAR", word, &allowed))?;
    let info = Calendar::built_in()
        .year(year)
        .map_err(|error| CliError::calendar(context, &error))?;
    context.answer(&info, || text(context, &info))?;
    Ok(ExitCode::SUCCESS)
}

fn text(context: Context, info: &YearInfo) -> String {
    let (year, workdays, rest_days) = (info.year, info.workdays, info.rest_days);
    let mut lines = vec![match context.language {
        Language::Chinese => format!("{year}年：工作日 {workdays} 天，休息日 {rest_days} 天"),
        Language::English => format!("{year}: {workdays} workdays, {rest_days} rest days"),
    }];
    for notice in &info.notices {
        lines.push(format!(
            "  《{}》{}",
            notice.title,
            notice.number.unwrap_or_default()
        ));
    }
    if info.provisional {
        let warning = context.pick(
            "  本年安排尚未公布：按周末和 13 天法定节假日推算，公布后请改用公布的安排。",
            "  Not published yet: weekends plus the 13 statutory days; use the arrangement once it is published.",
        );
        lines.push(warning.to_owned());
    }
    lines.extend(info.note.map(|note| format!("  {note}")));
    lines.push(String::new());
    for day in &info.days {
        let kind = match day.kind {
            DayKind::Rest if day.statutory => context.pick("休（法定）", "rest (statutory)"),
            DayKind::Rest => context.pick("休", "rest"),
            DayKind::Work => context.pick("班", "work"),
        };
        lines.push(format!(
            "  {} {} {} {kind}",
            day.date,
            weekday(context, day.date),
            day.name
        ));
    }
    lines.join("\n") + "\n"
}

fn weekday(context: Context, date: NaiveDate) -> &'static str {
    let day = date.weekday().num_days_from_monday() as usize;
    let chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let english = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    context.language.pick(chinese[day], english[day])
}

/// Reads a notice and lists it day by day.
fn notice(context: Context, path: &str) -> Result<ExitCode, CliError> {
    let refuse = |code: &str, chinese: &str, english: &str| {
        let space = context.pick("", " ");
        let message = format!("{path}{space}{}", context.pick(chinese, english));
        CliError::new(code, message, json!({"path": path}))
    };
    let bytes = input::bytes(context, path)?;
    let text =
        arrangement::text_of_file(&bytes).ok_or_else(|| refuse("not_a_text", "不是文字", "is not a text"))?;
    let read = arrangement::read(&text, today_in_china().year() + 1)
        .map_err(|bad| CliError::bad_records(context, path, &bad))?;
    if read.reading.days.is_empty() {
        return Err(refuse(
            "not_a_notice",
            "里没有读到放假或上班的日期",
            "names no date as off or worked",
        ));
    }
    context.answer(&read, || told(context, &read))?;
    Ok(ExitCode::SUCCESS)
}

fn told(context: Context, read: &Arrangement) -> String {
    let reading = &read.reading;
    let mut lines = Vec::new();
    if let Some(title) = &reading.title {
        lines.push(format!(
            "《{title}》{}",
            reading.number.as_deref().unwrap_or_default()
        ));
    }
    for day in &reading.days {
        let kind = match day.kind {
            DayKind::Rest => context.pick("休", "rest"),
            DayKind::Work => context.pick("班", "work"),
        };
        let against = match day.built_in {
            Standing::Agrees | Standing::Assumed => "",
            Standing::Differs => context.pick("（与内置的安排不同）", " (differs from what is built in)"),
            Standing::Corrects => context.pick("（改正推算）", " (corrects the provisional rule)"),
        };
        lines.push(format!(
            "  {} {} {} {kind}{against}",
            day.date,
            weekday(context, day.date),
            day.name
        ));
    }
    for day in &reading.dropped {
        lines.push(match context.language {
            Language::Chinese => format!("! {} {}：内置的安排里有，通知里没有", day.date, day.name),
            Language::English => format!("! {} {}: built in, and not in the notice", day.date, day.name),
        });
    }
    for doubt in &reading.doubts {
        let colon = context.pick("：", ": ");
        let quoted = if doubt.sentence.is_empty() {
            String::new()
        } else {
            format!("「{}」{colon}", doubt.sentence)
        };
        lines.push(format!("! {quoted}{}", doubt.describe(context.language)));
    }
    if !reading.unmentioned.is_empty() {
        let names = reading.unmentioned.join("、");
        lines.push(match context.language {
            Language::Chinese => format!("! 没有提到：{names}"),
            Language::English => format!("! not spoken of: {names}"),
        });
    }
    lines.join("\n") + "\n"
}
