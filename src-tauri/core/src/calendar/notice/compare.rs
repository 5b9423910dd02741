//! What a notice says against what is built in.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::clause::Found;
use super::{NoticeDay, NoticeReading, Standing};
use crate::calendar::{Calendar, CalendarDay, DayKind, SpecialDay};

pub(super) fn with_built_in(found: Found) -> NoticeReading {
    let calendar = Calendar::built_in();
    let days: Vec<NoticeDay> = found
        .days
        .into_iter()
        .filter_map(|(date, said)| {
            let known = calendar.day(date).ok()?;
            Some(NoticeDay {
                date,
                kind: said.kind,
                name: said.name,
                sentence: said.sentence,
                built_in: Standing::of(&known, said.kind),
            })
        })
        .collect();
    let year = found.year.filter(|_| !days.is_empty());
    let known = year.and_then(|year| calendar.year(year).ok());
    let spoken: BTreeSet<&str> = days.iter().flat_map(|day| day.name.split('、')).collect();
    let says = |date| days.binary_search_by_key(&date, |said| said.date).is_ok();
    // By its name, or by one of its days where a notice calls it something longer.
    let dated: BTreeSet<&str> = known
        .iter()
        .flat_map(|known| &known.days)
        .filter(|day| says(day.date))
        .map(|day| day.name)
        .collect();
    let speaks_of = |name: &str| dated.contains(name) || name.split('、').any(|part| spoken.contains(part));
    let (mut dropped, mut unmentioned) = (Vec::new(), Vec::<String>::new());
    // The days around the next new year are the next notice's.
    let arranged = |day: &&SpecialDay| !(day.date.month() == 12 && day.name.contains("元旦"));
    for day in known.iter().flat_map(|known| &known.days).filter(arranged) {
        if !speaks_of(day.name) {
            if !unmentioned.iter().any(|name| name == day.name) {
                unmentioned.push(day.name.to_owned());
            }
        } else if !says(day.date)
            && calendar
                .day(day.date)
                .is_ok_and(|known| differs_from_the_week(&known))
        {
            dropped.push(*day);
        }
    }
    NoticeReading {
        title: found.title,
        number: found.number,
        year,
        days,
        doubts: found.doubts,
        dropped,
        unmentioned,
    }
}

impl Standing {
    /// How the built-in calendar's day stands to what is said of it.
    pub fn of(known: &CalendarDay, said: DayKind) -> Self {
        match (known.provisional, known.workday == (said == DayKind::Work)) {
            (false, true) => Self::Agrees,
            (false, false) => Self::Differs,
            (true, true) => Self::Assumed,
            (true, false) => Self::Corrects,
        }
    }
}

/// A weekend day inside a holiday's span rests with or without the notice.
fn differs_from_the_week(day: &CalendarDay) -> bool {
    day.workday == (day.date.weekday().num_days_from_monday() >= 5)
}
