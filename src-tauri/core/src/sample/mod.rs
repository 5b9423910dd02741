//! A believable posting for trying the program out: invented people, every kind of record, the same for the same seed.

mod duties;
mod random;
mod words;

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};
use serde_json::{Map, Value, json};

use crate::calendar::{Calendar, CalendarError, Workdays, default_period};
use crate::posting::{BadRecords, DocumentKind, FORMAT, Kind, Records, VERSION};
use crate::scheme::{PeriodStart, Scheme, built_in};
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
    let plan = Plan::new(&mut random, &workdays);
    let department = &words::DEPARTMENTS[random.between(0, last_of(words::DEPARTMENTS)) as usize];
    let (hospital, county, unit) = random.pick(words::PLACES);
    let (head, office) = (random.pick(words::HEADS), random.pick(words::OFFICE));
    let activities = duties::activities(&mut random, scheme, &workdays, &plan, department);
    let document = json!({
        "format": FORMAT,
        "version": VERSION,
        "posting": {
            "id": random.id(seconds(start)),
            "physician": physician(&mut random, department),
            "supporting_hospital": hospital,
            "home_department": department.name,
            "recipient_unit": format!("{county}{unit}"),
            "county_health_authority": format!("{county}卫生健康局"),
            "station": "resident",
            "start": start,
            "end": end,
            "scheme": scheme.id,
        },
        "days": days(&mut random, &workdays, &plan, department, &activities),
        "activities": activities,
        "leaves": leaves(&mut random, &plan, head, office),
        "documents": documents(&mut random, scheme, &workdays),
        "problems": problems(&mut random, start, head),
        "summary": {
            "self_appraisal": random.pick(words::APPRAISALS),
            "suggestions": random.pick(words::SUGGESTIONS),
        },
        "scheme_document": (built_in(&scheme.id) != Some(scheme)).then_some(scheme),
    });
    Ok(Records::from_value(document)?)
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
}

impl Plan {
    fn new(random: &mut Random, workdays: &Workdays) -> Self {
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
        Self {
            leave,
            free_clinic,
            compensatory_rest: after_clinic(random.between(2, 4) as usize),
            official_duty: at(random.between(12, 25) as usize),
            forgotten: at(random.between(45, 50) as usize),
        }
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
        let mut tallies = day_tallies(random);
        if plan.leave.is_some_and(|(first, _)| date == first) || plan.forgotten == Some(date) {
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
        for activity in activities
            .iter()
            .filter(|activity| activity["date"] == json!(date))
        {
            match activity["kind"].as_str() {
                Some("lecture") => note.push_str("；授课一次"),
                Some("teaching_round") => note.push_str("；教学查房"),
                Some("ward_round") => note.push_str("；查房"),
                _ => {}
            }
        }
        days.push(json!({"date": date, "morning": morning, "afternoon": afternoon, "note": note, "tallies": tallies}));
    }
    days
}

/// A day's counts. What did not happen stays blank: blank is not zero.
fn day_tallies(random: &mut Random) -> Map<String, Value> {
    let mut tallies = Map::new();
    tallies.insert("outpatient_visits".into(), random.between(9, 31).into());
    for (key, percent, most) in [
        ("ward_patients_seen", 55, 12),
        ("consultations", 15, 2),
        ("referrals_up", 18, 2),
        ("referrals_down", 6, 1),
        ("health_records_created", 20, 8),
        ("rescued_critical_patients", 2, 1),
    ] {
        if random.chance(percent) {
            tallies.insert(key.into(), random.between(1, most).into());
        }
    }
    tallies
}

fn leaves(random: &mut Random, plan: &Plan, head: &str, office: &str) -> Vec<Value> {
    let Some((first, second)) = plan.leave else {
        return Vec::new();
    };
    let before = first.pred_opt();
    vec![json!({
        "id": random.id(seconds(first)),
        "kind": "personal_leave",
        "from": first,
        "from_half": "afternoon",
        "to": second,
        "to_half": "afternoon",
        "reason": random.pick(&["家中老人住院陪护", "孩子家长会", "回市里办理证件"]),
        "recipient_approval": {"by": head, "on": before},
        "notification": {"to": office, "on": before},
        "returned_on": second.succ_opt(),
    })]
}

fn documents(random: &mut Random, scheme: &Scheme, workdays: &Workdays) -> Vec<Value> {
    let handed_in = workdays.workdays().rev().nth(random.between(1, 3) as usize);
    let kinds: BTreeSet<DocumentKind> = scheme.documents.iter().map(|duty| duty.kind).collect();
    kinds
        .into_iter()
        .map(|kind| json!({"kind": kind.name(), "submitted_on": handed_in}))
        .collect()
}

fn problems(random: &mut Random, start: NaiveDate, head: &str) -> Vec<Value> {
    let first = random.between(0, last_of(words::PROBLEMS)) as usize;
    let at = |days: u32| start.checked_add_days(Days::new(u64::from(days)));
    let mut rows = Vec::new();
    for (row, days) in [(first, 15), (first + 1, 44)] {
        let (problem, guidance, action) = words::PROBLEMS[row % words::PROBLEMS.len()];
        let open = days > 30 && random.chance(50);
        rows.push(json!({
            "id": random.id(seconds(start) + i64::from(days) * 86_400),
            "date": at(days),
            "problem": problem,
            "guidance": guidance,
            "corrective_action": action,
            "responsible": head,
            "due": at(days + 21),
            "status": if open { "corrected" } else { "closed" },
            "rechecked_on": if open { None } else { at(days + 22) },
            "result": (!open).then_some("复查合格"),
        }));
    }
    rows
}

/// Seconds from 1970 to noon in China on `date`.
fn seconds(date: NaiveDate) -> i64 {
    date.and_time(NaiveTime::MIN).and_utc().timestamp() + 4 * 3_600
}

fn last_of<T>(list: &[T]) -> u32 {
    u32::try_from(list.len().saturating_sub(1)).unwrap_or(0)
}
