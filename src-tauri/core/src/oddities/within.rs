//! One file looked at by itself.

use super::facts::photos;
use super::words::{Said, both};
use super::{OddRecord, Oddity, OddityCode, OddityRule, activity_record, day_record};
use crate::assess::workdays_of;
use crate::calendar::{Calendar, CalendarError};
use crate::log::{ClockStep, Entity, Log, Origin, china_date, instant};
use crate::posting::{Activity, ActivityKind, Day, Half, HalfDayStatus, Kind, Leave, Records, tally_of};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use std::collections::{BTreeMap, HashMap};

/// An entry so many days from the day it is for is as good as in time.
const GRACE_DAYS: i64 = 2;
/// A number is round if it is a multiple of this, and at least [`LEAST_ROUND`].
const ROUND: u32 = 5;
const LEAST_ROUND: u32 = 10;
/// The share of days with the same number, in percent.
const SAME_SHARE: usize = 80;
/// A posting that is no longer than so many times the last days has no early lectures to miss.
const LONG_ENOUGH: u64 = 3;

/// What is odd in one file: its records and the log they are the fold of. In the order of codes, then of dates.
///
/// # Errors
/// [`CalendarError`] if the posting lies outside the years the calendar knows; checked records never do.
pub fn within(records: &Records, log: &Log, rule: &OddityRule) -> Result<Vec<Oddity>, CalendarError> {
    let said = Said {
        year: records.posting.start.year(),
    };
    let mut found = Vec::new();
    // A log packed from records has no history: everything was entered at once, and the verdict says so.
    if log.origin() == Origin::App {
        found.extend(sittings(records, log, rule, said)?);
    }
    if rule.entries_on_leave {
        found.extend(
            records
                .leaves
                .iter()
                .filter_map(|leave| on_leave(records, leave, said)),
        );
    }
    found.extend(same_numbers(records, rule, said));
    found.extend(last_lectures(records, rule, said));
    if rule.same_photo {
        found.extend(same_photos(records, said));
    }
    found.extend(clock_steps(log, rule, said));
    Ok(found)
}

/// Many workdays entered in one sitting.
fn sittings(
    records: &Records,
    log: &Log,
    rule: &OddityRule,
    said: Said,
) -> Result<Vec<Oddity>, CalendarError> {
    let least = usize::try_from(rule.one_sitting_workdays).unwrap_or(usize::MAX);
    if least == 0 {
        return Ok(Vec::new());
    }
    let workdays = workdays_of(Calendar::built_in(), records)?;
    let apart = |at: DateTime<Utc>, date: NaiveDate| (china_date(at) - date).num_days().abs();
    let days = log.days_entered().map(|(date, at)| (at, date));
    let mut entered: Vec<(DateTime<Utc>, NaiveDate)> = days
        .filter(|(at, date)| apart(*at, *date) > 0 && workdays.is_workday(*date))
        .collect();
    entered.sort_unstable();
    let pause = TimeDelta::minutes(i64::from(rule.sitting_pause_minutes));
    let far = |sitting: &[(DateTime<Utc>, NaiveDate)]| {
        let far = sitting.iter().filter(|(at, date)| apart(*at, *date) > GRACE_DAYS);
        far.count()
    };
    let sittings = entered.chunk_by(|one, two| two.0 - one.0 <= pause);
    Ok(sittings
        .filter(|sitting| far(sitting) >= least)
        .filter_map(|sitting| one_sitting(sitting, said))
        .collect())
}

fn one_sitting(sitting: &[(DateTime<Utc>, NaiveDate)], said: Said) -> Option<Oddity> {
    let (began, ended) = (sitting.first()?.0, sitting.last()?.0);
    let mut dates: Vec<NaiveDate> = sitting.iter().map(|(_, date)| *date).collect();
    dates.sort_unstable();
    let (days, at) = (
        said.span(*dates.first()?, *dates.last()?),
        said.sitting(began, ended),
    );
    let count = dates.len();
    let ahead = dates.iter().filter(|date| **date > china_date(began)).count();
    let question = if ahead * 2 > count {
        both(
            format!(
                "{} 共 {count} 个工作日，在 {} 就已录入。还没到的日子为什么先写了？",
                days.zh, at.zh
            ),
            format!(
                "{}: {count} workdays were entered on {} already. Why were days written down that had not come yet?",
                days.en, at.en
            ),
        )
    } else {
        both(
            format!(
                "{} 共 {count} 个工作日，都在 {} 录入。当时是怎样补的？",
                days.zh, at.zh
            ),
            format!(
                "{}: {count} workdays were all entered on {}. From what were they filled in?",
                days.en, at.en
            ),
        )
    };
    Some(Oddity {
        records: dates.iter().map(|date| day_record(*date)).collect(),
        instants: vec![instant(began), instant(ended)],
        ..Oddity::new(OddityCode::OneSitting, dates, question)
    })
}

/// Work entered on days of a leave: an activity or a count on a date wholly under it, a half-day there under it.
fn on_leave(records: &Records, leave: &Leave, said: Said) -> Option<Oddity> {
    let covers = |date, half: &Half| leave.covers(date, *half);
    let whole_day = |date| Half::ALL.iter().all(|half| covers(date, half));
    let there = |day: &&Day| {
        let work = |half: &&Half| {
            matches!(
                day.half(**half),
                Some(HalfDayStatus::Present | HalfDayStatus::OfficialDuty)
            )
        };
        let counted = whole_day(day.date) && day.tallies.values().any(|count| *count > 0);
        counted || Half::ALL.iter().filter(work).any(|half| covers(day.date, half))
    };
    let days: Vec<NaiveDate> = records.days.iter().filter(there).map(|day| day.date).collect();
    let done: Vec<&Activity> = records
        .activities
        .iter()
        .filter(|activity| whole_day(activity.date))
        .collect();
    let mut dates: Vec<NaiveDate> = days
        .iter()
        .copied()
        .chain(done.iter().map(|done| done.date))
        .collect();
    dates.sort_unstable();
    dates.dedup();
    let all = said.list(&dates);
    let kind = both(
        leave.kind.label(crate::language::Language::Chinese),
        leave.kind.label(crate::language::Language::English),
    );
    let mut kinds: Vec<ActivityKind> = done.iter().map(|activity| activity.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let names = |pick: fn((&'static str, &'static str)) -> &'static str| {
        kinds
            .iter()
            .map(|kind| pick(super::facts::kind_said(*kind)))
            .collect::<Vec<_>>()
    };
    let mut told_zh = names(|(zh, _)| zh);
    let mut told_en = names(|(_, en)| en);
    if !days.is_empty() {
        told_zh.push("出勤或工作量");
        told_en.push("attendance or counts");
    }
    let question = both(
        format!(
            "{} 在{}期间，又记了{}。请假当天回去了吗？",
            all.zh,
            kind.zh,
            told_zh.join("、")
        ),
        format!(
            "{}: on leave ({}), yet there is an entry of work ({}). Was the leave broken off that day?",
            all.en,
            kind.en.to_lowercase(),
            told_en.join(", ").to_lowercase()
        ),
    );
    let activities = done
        .iter()
        .filter_map(|activity| activity.id)
        .map(activity_record);
    let leave_record = OddRecord {
        entity: Entity::Leave,
        key: leave.id.to_string(),
    };
    let of_days = days.iter().map(|date| day_record(*date));
    (!dates.is_empty()).then(|| Oddity {
        records: of_days.chain(activities).chain([leave_record]).collect(),
        ..Oddity::new(OddityCode::EntriesOnLeave, dates, question)
    })
}

/// The same round number of a statistic on many days: as good as every day on which it is counted, or every day for long.
fn same_numbers(records: &Records, rule: &OddityRule, said: Said) -> Vec<Oddity> {
    let least = usize::try_from(rule.same_number_days).unwrap_or(usize::MAX);
    let mut counted: BTreeMap<&str, Vec<(NaiveDate, u32)>> = BTreeMap::new();
    for day in &records.days {
        for (key, count) in day.tallies.iter().filter(|(_, count)| **count > 0) {
            counted.entry(key).or_default().push((day.date, *count));
        }
    }
    let mut found = Vec::new();
    for (key, mut counts) in counted {
        counts.sort_unstable();
        if least > 0 && counts.len() >= least {
            found.extend(same_number(records, key, &counts, least, said));
        }
    }
    found
}

fn same_number(
    records: &Records,
    key: &str,
    counts: &[(NaiveDate, u32)],
    least: usize,
    said: Said,
) -> Option<Oddity> {
    let round = |number: u32| number >= LEAST_ROUND && number.is_multiple_of(ROUND);
    let mut often: HashMap<u32, usize> = HashMap::new();
    for (_, count) in counts {
        *often.entry(*count).or_default() += 1;
    }
    let (number, times) = often
        .into_iter()
        .max_by_key(|(number, times)| (*times, *number))?;
    let nearly_always = round(number) && times >= least && times * 100 >= counts.len() * SAME_SHARE;
    let runs = counts.chunk_by(|one, two| one.1 == two.1);
    let longest = runs.filter(|run| round(run[0].1)).max_by_key(|run| run.len());
    let days: Vec<(NaiveDate, u32)> = if nearly_always {
        counts
            .iter()
            .filter(|(_, count)| *count == number)
            .copied()
            .collect()
    } else {
        longest.filter(|run| run.len() >= least)?.to_vec()
    };
    let dates: Vec<NaiveDate> = days.iter().map(|(date, _)| *date).collect();
    let (number, times) = (days.first()?.1, days.len());
    let span = said.span(*dates.first()?, *dates.last()?);
    let own = records.tally_items.iter().find(|item| item.key == key);
    let label = |language| match (tally_of(key), own) {
        (Some(tally), _) => (tally.label(language).to_owned(), tally.unit(language).to_owned()),
        (None, Some(item)) => (item.label.clone(), item.unit.clone().unwrap_or_default()),
        (None, None) => (key.to_owned(), String::new()),
    };
    let (zh, unit) = label(crate::language::Language::Chinese);
    let (en, _) = label(crate::language::Language::English);
    let question = both(
        format!(
            "{} 有 {times} 天，{zh}都记 {number} {unit}。是每天实际的数吗？",
            span.zh
        ),
        format!(
            "{}: {en} is {number} on each of {times} days. Are these the numbers of the days themselves?",
            span.en
        ),
    );
    Some(Oddity {
        records: dates.iter().map(|date| day_record(*date)).collect(),
        ..Oddity::new(OddityCode::SameNumber, dates, question)
    })
}

/// All lectures in the posting's last days.
fn last_lectures(records: &Records, rule: &OddityRule, said: Said) -> Option<Oddity> {
    let (start, end) = (records.posting.start, records.posting.end);
    let length = u64::from(rule.last_lectures_days);
    let days = u64::try_from((end - start).num_days() + 1).ok()?;
    if length == 0 || days <= length * LONG_ENOUGH {
        return None;
    }
    let from = end.checked_sub_days(Days::new(length - 1))?;
    let counted = |activity: &&Activity| {
        activity.kind == ActivityKind::Lecture
            && activity.counts_toward_assessment
            && (start..=end).contains(&activity.date)
    };
    let mut lectures: Vec<&Activity> = records.activities.iter().filter(counted).collect();
    lectures.sort_by_key(|lecture| lecture.date);
    if lectures.len() < 2 || lectures.first()?.date < from {
        return None;
    }
    let count = lectures.len();
    let last = said.span(from, end);
    let question = both(
        format!(
            "{count} 次授课都在最后 {length} 天（{}）。此前为什么没有讲？",
            last.zh
        ),
        format!(
            "All {count} lectures lie in the last {length} days ({}). Why was there none before?",
            last.en
        ),
    );
    Some(Oddity {
        records: lectures
            .iter()
            .filter_map(|lecture| lecture.id)
            .map(activity_record)
            .collect(),
        ..Oddity::new(
            OddityCode::LastLectures,
            lectures.iter().map(|lecture| lecture.date).collect(),
            question,
        )
    })
}

/// The same photo at two activities or more.
fn same_photos(records: &Records, said: Said) -> Vec<Oddity> {
    let shown = photos(records);
    let of_photos = shown.chunk_by(|(one, _), (two, _)| one == two);
    of_photos
        .filter(|shown| shown.len() > 1)
        .map(|shown| {
            let mut dates: Vec<NaiveDate> = shown.iter().map(|(_, activity)| activity.date).collect();
            dates.dedup();
            let all = said.list(&dates);
            let count = shown.len();
            let question = both(
                format!("{} 的 {count} 次活动用了同一张照片。是传错了吗？", all.zh),
                format!(
                    "{count} activities ({}) show the same photo. Was it attached by mistake?",
                    all.en
                ),
            );
            Oddity {
                records: shown
                    .iter()
                    .filter_map(|(_, activity)| activity.id)
                    .map(activity_record)
                    .collect(),
                ..Oddity::new(OddityCode::SamePhoto, dates, question)
            }
        })
        .collect()
}

/// The clock went back. That it went ahead is seen when it comes back; a PC that was off for months only seems to jump.
fn clock_steps(log: &Log, rule: &OddityRule, said: Said) -> Vec<Oddity> {
    let least = TimeDelta::hours(i64::from(rule.clock_jump_hours));
    let steps = log.clock_steps();
    let mut found = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        if rule.clock_jump_hours == 0 || step.by() > -least {
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| steps.get(before));
        // Back from where it had gone ahead: what was entered meanwhile is what matters.
        let ahead = before.filter(|before| before.by() >= least && step.to >= before.from);
        found.push(clock_step(step, ahead, said));
    }
    found
}

fn clock_step(step: &ClockStep, ahead: Option<&ClockStep>, said: Said) -> Oddity {
    let (from, to) = (said.at(step.from), said.at(step.to));
    let set = ahead.unwrap_or(step).set;
    let question = match (ahead, set) {
        (None, 0) => both(
            format!("电脑时钟从 {} 回到了 {}。时钟为什么改了？", from.zh, to.zh),
            format!(
                "The PC's clock went from {} back to {}. Why was it changed?",
                from.en, to.en
            ),
        ),
        (None, _) => both(
            format!(
                "电脑时钟从 {} 回到了 {}，其后按这个时间录入 {set} 条。时钟为什么改了？",
                from.zh, to.zh
            ),
            format!(
                "The PC's clock went from {} back to {}, and {set} entries were made by that time. Why was it changed?",
                from.en, to.en
            ),
        ),
        (Some(_), _) => both(
            format!(
                "电脑时钟曾走到 {}，又回到 {}，走快时录入 {set} 条。时钟为什么改了？",
                from.zh, to.zh
            ),
            format!(
                "The PC's clock had gone ahead to {} before it came back to {}; {set} entries were made meanwhile. Why was it \
                 changed?",
                from.en, to.en
            ),
        ),
    };
    Oddity {
        instants: vec![instant(step.from), instant(step.to)],
        ..Oddity::new(
            OddityCode::ClockJump,
            vec![china_date(step.from), china_date(step.to)],
            question,
        )
    }
}
