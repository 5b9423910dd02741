//! Reads the embedded data files into a [`Calendar`].

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::{Calendar, DayKind, FIRST_YEAR, LAST_PUBLISHED_YEAR, LAST_YEAR, Notice, SpecialDay};

const PUBLISHED: &str = include_str!("../../calendars/published.json");
const FESTIVALS: &str = include_str!("../../calendars/festivals.json");

/// Where a published year comes from.
#[derive(Debug)]
pub(super) struct YearSource {
    pub(super) notices: Vec<Notice>,
    pub(super) note: Option<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishedFile {
    #[serde(rename = "about")]
    _about: &'static str,
    years: Vec<PublishedYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishedYear {
    year: i32,
    notices: Vec<Notice>,
    note: Option<&'static str>,
    holidays: Vec<Holiday>,
}

/// One clause of a notice. Spans are `FIRST/LAST` or a single date, both ends included.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: &'static str,
    rest: &'static str,
    statutory: Vec<&'static str>,
    work: Vec<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FestivalsFile {
    #[serde(rename = "about")]
    _about: &'static str,
    years: Vec<FestivalYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FestivalYear {
    year: i32,
    new_years_eve: NaiveDate,
    qingming: NaiveDate,
    dragon_boat: NaiveDate,
    mid_autumn: NaiveDate,
}

/// Builds the calendar from the embedded files.
///
/// # Errors
/// A sentence naming the fault; the tests show that there is none.
pub(super) fn load() -> Result<Calendar, String> {
    let published: PublishedFile = serde_json::from_str(PUBLISHED).map_err(|e| e.to_string())?;
    let festivals: FestivalsFile = serde_json::from_str(FESTIVALS).map_err(|e| e.to_string())?;
    let mut calendar = Calendar {
        special: BTreeMap::new(),
        years: BTreeMap::new(),
    };
    expect_years(
        published.years.iter().map(|year| year.year),
        FIRST_YEAR,
        LAST_PUBLISHED_YEAR,
    )?;
    expect_years(
        festivals.years.iter().map(|year| year.year),
        LAST_PUBLISHED_YEAR + 1,
        LAST_YEAR,
    )?;
    for year in published.years {
        for holiday in &year.holidays {
            add_clause(&mut calendar.special, holiday)?;
        }
        calendar.years.insert(
            year.year,
            YearSource {
                notices: year.notices,
                note: year.note,
            },
        );
    }
    for year in &festivals.years {
        add_statutory_days(&mut calendar.special, year)?;
    }
    Ok(calendar)
}

fn expect_years(years: impl Iterator<Item = i32>, first: i32, last: i32) -> Result<(), String> {
    if years.eq(first..=last) {
        Ok(())
    } else {
        Err(format!("expected each year of {first}-{last} once, in order"))
    }
}

fn add_clause(special: &mut BTreeMap<NaiveDate, SpecialDay>, holiday: &Holiday) -> Result<(), String> {
    let name = holiday.name;
    let rest = span(holiday.rest)?.into_iter().map(|date| (date, DayKind::Rest));
    for (date, kind) in rest.chain(holiday.work.iter().map(|date| (*date, DayKind::Work))) {
        if special
            .insert(
                date,
                SpecialDay {
                    date,
                    kind,
                    statutory: false,
                    name,
                },
            )
            .is_some()
        {
            return Err(format!("{date} is named twice"));
        }
    }
    for part in &holiday.statutory {
        for date in span(part)? {
            match special.get_mut(&date) {
                Some(day) if day.kind == DayKind::Rest => day.statutory = true,
                _ => return Err(format!("the statutory day {date} lies in no rest span")),
            }
        }
    }
    Ok(())
}

/// The 13 statutory days in force since 2025, of which 中秋 may coincide with 国庆.
fn add_statutory_days(
    special: &mut BTreeMap<NaiveDate, SpecialDay>,
    year: &FestivalYear,
) -> Result<(), String> {
    let fixed = |month, day| {
        NaiveDate::from_ymd_opt(year.year, month, day)
            .ok_or_else(|| format!("no {month}-{day} in {}", year.year))
    };
    let days = [
        ("元旦", fixed(1, 1)?, 1),
        ("春节", year.new_years_eve, 4),
        ("清明节", year.qingming, 1),
        ("劳动节", fixed(5, 1)?, 2),
        ("端午节", year.dragon_boat, 1),
        ("中秋节", year.mid_autumn, 1),
        ("国庆节", fixed(10, 1)?, 3),
    ];
    for (name, first, length) in days {
        for date in first.iter_days().take(length) {
            special.insert(
                date,
                SpecialDay {
                    date,
                    kind: DayKind::Rest,
                    statutory: true,
                    name,
                },
            );
        }
    }
    Ok(())
}

fn span(text: &str) -> Result<Vec<NaiveDate>, String> {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let parse = |part: &str| part.parse::<NaiveDate>().map_err(|e| format!("{part}: {e}"));
    let (first, last) = (parse(first)?, parse(last)?);
    let after = last
        .checked_add_days(Days::new(1))
        .ok_or_else(|| format!("{text} is too late"))?;
    if after <= first {
        return Err(format!("{text} ends before it starts"));
    }
    Ok(first.iter_days().take_while(|date| *date < after).collect())
}
