//! A believable posting for trying the program out: invented people, every kind of record, the same for the same seed.

mod activity;
mod away;
mod counts;
mod diary;
mod duties;
mod random;
mod words;

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};
use serde_json::{Map, Value, json};

use crate::calendar::{Calendar, CalendarError, Workdays, default_period};
use crate::posting::{ActivityKind, BadRecords, FORMAT, Kind, Records, VERSION};
use crate::scheme::{Allowance, PeriodStart, Scheme, built_in};
use random::Random;

/// Why no sample can be made.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The scheme's period leaves the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The scheme names a thing that records cannot hold.
    #[error(transparent)]
    Records(#[from] BadRecords),
}

/// A posting from the first quarter of 2026 on, as the scheme wants it: half-days, notes and counts, counted duties,
/// one leave by the proper route, a free clinic on a rest day with its compensatory rest, a day on official duty.
///
/// # Errors
/// [`SampleError`] for a scheme that no posting could follow; none for the built-in ones.
pub fn sample(seed: u64, scheme: &Scheme) -> Result<Records, SampleError> {
    let (start, end) = period(scheme)?;
    let workdays = Workdays::new(Calendar::built_in(), start, end, [])?;
    let mut random = Random::new(seed);
    let by_visits = duties::by_visits(scheme);
    let plan = if by_visits {
        Plan::default()
    } else {
        Plan::new(&mut random, scheme, &workdays)
    };
    let department = department(&mut random, scheme);
    let (hospital, county, unit) = random.pick(words::PLACES);
    let (head, office) = (random.pick(words::HEADS), random.pick(words::OFFICE));
    let activities = duties::activities(&mut random, scheme, &workdays, &plan, department);
    let id = random.id(seconds(start));
    let physician = physician(&mut random, department);
    let mut days = if by_visits {
        visited_days(&mut random, scheme, &activities)
    } else {
        days(&mut random, scheme, &workdays, &plan, department, &activities)
    };
    counts::complete(scheme, start, &mut days, &activities);
    let leaves = away::leaves(&mut random, &plan, head, office);
    let documents = diary::documents(&mut random, scheme, &workdays, end, &activities);
    let problems = if by_visits {
        diary::problems_of_visits(&mut random, &dates_of(&activities, "support_visit"))
    } else {
        diary::problems(&mut random, start, head)
    };
    let document = json!({
        "format": FORMAT,
        "version": VERSION,
        "posting": {
            "id": id,
            "physician": physician,
            "supporting_hospital": hospital,
            "home_department": department.name,
            "recipient_unit": format!("{county}{unit}"),
            "county_health_authority": format!("{county}卫生健康局"),
            "station": if by_visits { "visiting" } else { "resident" },
            "start": start,
            "end": end,
            "scheme": scheme.id,
        },
        "days": days,
        "activities": activities,
        "leaves": leaves,
        "documents": documents,
        "problems": problems,
        "summary": {
            "self_appraisal": self_appraisal(&mut random, scheme),
            "suggestions": random.pick(words::SUGGESTIONS),
        },
        "scheme_document": (built_in(&scheme.id) != Some(scheme)).then_some(scheme),
    });
    Ok(Records::from_value(document)?)
}

/// A surgeon where operations are shown to others; else anyone.
fn department(random: &mut Random, scheme: &Scheme) -> &'static words::Department {
    let any = &words::DEPARTMENTS[random.between(0, last_of(words::DEPARTMENTS)) as usize];
    let mut kinds = scheme.duties.iter().flat_map(|duty| &duty.kinds);
    if kinds.any(|kind| *kind == ActivityKind::SurgicalDemonstration) {
        words::DEPARTMENTS.last().unwrap_or(any)
    } else {
        any
    }
}

/// Words that fit the length of the posting.
fn self_appraisal(random: &mut Random, scheme: &Scheme) -> &'static str {
    let period = &scheme.period;
    let of_three_months = period.quarters == 1 || period.months == 3;
    let fitting = if of_three_months {
        words::APPRAISALS
    } else {
        &words::APPRAISALS[..1]
    };
    random.pick(fitting)
}

/// The dates of the activities of a kind.
fn dates_of(activities: &[Value], kind: &str) -> Vec<NaiveDate> {
    let of_kind = activities.iter().filter(|activity| activity["kind"] == kind);
    of_kind
        .filter_map(|activity| activity["date"].as_str()?.parse().ok())
        .collect()
}

fn period(scheme: &Scheme) -> Result<(NaiveDate, NaiveDate), CalendarError> {
    if scheme.period.starts == PeriodStart::AnyDay {
        return Ok(months_until_march(scheme.period.months));
    }
    let (start, mut end) = default_period(2026, 1)?;
    for quarter in 1..scheme.period.quarters {
        let (year, quarter) = (2026 + i32::try_from(quarter / 4).unwrap_or(0), quarter % 4 + 1);
        end = default_period(year, quarter)?.1;
    }
    Ok((start, end))
}

/// A posting of so many months that ended with February 2026.
fn months_until_march(months: u32) -> (NaiveDate, NaiveDate) {
    let after = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
    let start = after
        .checked_sub_months(Months::new(months.max(1)))
        .unwrap_or(after);
    (start, after.pred_opt().unwrap_or(after))
}

/// The dates on which something out of the ordinary happens. A short period has room for few of them.
#[derive(Default)]
struct Plan {
    /// Afternoon of the first to the evening of the second: three half-days, so a phone call is enough.
    leave: Option<(NaiveDate, NaiveDate)>,
    /// A Saturday spent at a free clinic, in the morning.
    free_clinic: Option<NaiveDate>,
    /// The afternoon off that makes up for it.
    compensatory_rest: Option<NaiveDate>,
    /// An afternoon at a meeting of the county health authority.
    official_duty: Option<NaiveDate>,
    /// An afternoon nobody wrote down.
    forgotten: Option<NaiveDate>,
    /// Friday afternoons on which a trip home begins.
    trips_home: Vec<(NaiveDate, Allowance)>,
}

impl Plan {
    fn new(random: &mut Random, scheme: &Scheme, workdays: &Workdays) -> Self {
        let worked: Vec<NaiveDate> = workdays.workdays().collect();
        let at = |part: usize| worked.get(worked.len() * part / 100).copied();
        let leave_from = worked.len() * random.between(30, 40) as usize / 100;
        let leave = worked
            .windows(2)
            .skip(leave_from)
            .map(|pair| (pair[0], pair[1]))
            .find(|(first, second)| *second - *first == chrono::Duration::days(1));
        let middle = at(random.between(55, 70) as usize);
        let free_clinic = workdays
            .days()
            .filter(|day| !day.workday && !day.holiday && day.date.weekday() == Weekday::Sat)
            .map(|day| day.date)
            .find(|date| middle.is_some_and(|middle| *date > middle));
        let after_clinic = |days: usize| {
            free_clinic.and_then(|clinic| worked.iter().copied().filter(|d| *d > clinic).nth(days))
        };
        let mut plan = Self {
            leave,
            free_clinic,
            compensatory_rest: after_clinic(random.between(2, 4) as usize),
            official_duty: at(random.between(12, 25) as usize),
            forgotten: at(random.between(45, 50) as usize),
            trips_home: Vec::new(),
        };
        plan.trips_home = away::trips_home(scheme, workdays, &plan.taken());
        plan
    }

    /// Dates on which no activity is planned.
    fn taken(&self) -> BTreeSet<NaiveDate> {
        let leave = self.leave.into_iter().flat_map(|(first, second)| [first, second]);
        leave
            .chain(
                [
                    self.free_clinic,
                    self.compensatory_rest,
                    self.official_duty,
                    self.forgotten,
                ]
                .into_iter()
                .flatten(),
            )
            .collect()
    }
}

fn physician(random: &mut Random, department: &words::Department) -> Value {
    let (name, sex) = random.pick(words::PEOPLE);
    let birth = NaiveDate::from_ymd_opt(1980, 1, 1)
        .and_then(|date| date.checked_add_days(Days::new(u64::from(random.between(0, 3_600)))));
    json!({
        "name": name,
        "sex": sex,
        "birth_date": birth,
        "education": random.pick(&["本科", "硕士"]),
        "specialty": department.specialty,
        "title": "主治医师",
        "promotion_target": "副主任医师",
    })
}

fn days(
    random: &mut Random,
    scheme: &Scheme,
    workdays: &Workdays,
    plan: &Plan,
    department: &words::Department,
    activities: &[Value],
) -> Vec<Value> {
    let mut days = Vec::new();
    let mut last_note = "";
    for date in workdays
        .days()
        .filter(|day| day.workday || Some(day.date) == plan.free_clinic)
        .map(|day| day.date)
    {
        if plan.leave.is_some_and(|(_, second)| date == second) {
            continue;
        }
        let (mut morning, mut afternoon) = (Some("present"), Some("present"));
        let mut note = random.pick(department.notes);
        while note == last_note {
            note = random.pick(department.notes);
        }
        last_note = note;
        let mut note = note.to_owned();
        let mut tallies = counts::of_day(random, scheme);
        if plan.leave.is_some_and(|(first, _)| date == first)
            || plan.forgotten == Some(date)
            || plan.trips_home.iter().any(|(friday, _)| *friday == date)
        {
            afternoon = None;
        } else if plan.compensatory_rest == Some(date) {
            afternoon = Some("compensatory_rest");
            note.push_str("；下午补休");
        } else if plan.official_duty == Some(date) {
            afternoon = Some("official_duty");
            note.push_str("；下午参加县卫生健康局工作会议");
        } else if plan.free_clinic == Some(date) {
            (morning, afternoon) = (Some("present"), None);
            "周六到集市义诊，测血压、发放宣传资料".clone_into(&mut note);
            tallies = Map::new();
        }
        for said in said_of(activities, date) {
            note.push('；');
            note.push_str(said);
        }
        days.push(json!({"date": date, "morning": morning, "afternoon": afternoon, "note": note, "tallies": tallies}));
    }
    days
}

/// The days of visits, and nothing else: half a day at the recipient unit each.
fn visited_days(random: &mut Random, scheme: &Scheme, activities: &[Value]) -> Vec<Value> {
    let visits = dates_of(activities, "support_visit");
    let mut days = Vec::new();
    for date in visits {
        let mut note = "到卫生院帮扶".to_owned();
        for said in said_of(activities, date) {
            note.push('；');
            note.push_str(said);
        }
        let tallies = counts::of_visit(random, scheme);
        days.push(
            json!({"date": date, "morning": "present", "afternoon": null, "note": note, "tallies": tallies}),
        );
    }
    days
}

/// What a day's note says of that day's activities.
fn said_of(activities: &[Value], date: NaiveDate) -> impl Iterator<Item = &'static str> {
    let of_date = activities
        .iter()
        .filter(move |activity| activity["date"] == json!(date));
    of_date.filter_map(|activity| {
        let said = match ActivityKind::from_name(activity["kind"].as_str()?)? {
            ActivityKind::Lecture => "授课一次",
            ActivityKind::TeachingRound => "教学查房",
            ActivityKind::WardRound => "查房",
            ActivityKind::HealthEducation => "健康教育",
            ActivityKind::Training => "培训一次",
            ActivityKind::SurgicalDemonstration => "手术示教",
            ActivityKind::CaseDiscussion => "疑难病例讨论",
            ActivityKind::Consultation => "会诊",
            ActivityKind::MobileClinic => "巡回医疗",
            ActivityKind::Mentoring => "带教",
            _ => return None,
        };
        Some(said)
    })
}

/// Seconds from 1970 to noon in China on `date`.
fn seconds(date: NaiveDate) -> i64 {
    date.and_time(NaiveTime::MIN).and_utc().timestamp() + 4 * 3_600
}

fn last_of<T>(list: &[T]) -> u32 {
    u32::try_from(list.len().saturating_sub(1)).unwrap_or(0)
}
