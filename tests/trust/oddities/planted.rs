//! What is planted, and where.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};
use serde_json::{Value, json};
use xiaxiangzhi_core::oddities::OddityCode;

use super::honest::{Jump, Kept, date_of, evening_of, later, lecture_note, photo};
use crate::support::Dice;

/// One oddity that must be found: in which file, of what kind, about which dates, with which other file.
pub(crate) struct Planted {
    pub(crate) file: usize,
    pub(crate) code: OddityCode,
    /// Dates of which the oddity must name at least one; none where the other file says enough.
    pub(crate) dates: Vec<NaiveDate>,
    pub(crate) other: Option<usize>,
}

impl Planted {
    fn alone(file: usize, code: OddityCode, dates: Vec<NaiveDate>) -> Self {
        Self {
            file,
            code,
            dates,
            other: None,
        }
    }
}

const KINDS: [OddityCode; 8] = [
    OddityCode::OneSitting,
    OddityCode::EntriesOnLeave,
    OddityCode::SameNumber,
    OddityCode::LastLectures,
    OddityCode::SamePhoto,
    OddityCode::ClockJump,
    OddityCode::SameText,
    OddityCode::TwoPlaces,
];

/// Plants in about every third posting, each kind as often as the others; also what looks like it and is not. A posting takes
/// part in one thing only, so that none undoes another.
pub(crate) fn plant(dice: &mut Dice, kept: &mut [Kept]) -> Vec<Planted> {
    let mut planted = Vec::new();
    let mut touched = BTreeSet::new();
    for file in 0..kept.len() {
        let with = (file + 1 + dice.index(kept.len() - 1)) % kept.len();
        let number = dice.below(20);
        if touched.contains(&file) || touched.contains(&with) || number > 10 {
            continue;
        }
        touched.extend([file, with]);
        match number {
            8 => next_quarter(kept, (file, with)),
            9 => half_a_day_on_leave(&mut kept[file]),
            10 => lectures_late_but_not_all(&mut kept[file]),
            number => {
                let kind = KINDS[usize::try_from(number).unwrap()];
                planted.extend(plant_kind(dice, kept, kind, (file, with)));
            }
        }
    }
    planted
}

fn plant_kind(
    dice: &mut Dice,
    kept: &mut [Kept],
    kind: OddityCode,
    (file, with): (usize, usize),
) -> Vec<Planted> {
    let one = &mut kept[file];
    let alone = |dates: Vec<NaiveDate>| {
        let planted = (!dates.is_empty()).then(|| Planted::alone(file, kind, dates));
        planted.into_iter().collect()
    };
    match kind {
        OddityCode::OneSitting => alone(one_sitting(dice, one)),
        OddityCode::EntriesOnLeave => alone(on_leave(dice, one)),
        OddityCode::SameNumber => alone(same_number(dice, one)),
        OddityCode::LastLectures => alone(last_lectures(one)),
        OddityCode::ClockJump => alone(clock_jump(dice, one)),
        OddityCode::SamePhoto if dice.once_in(2) => alone(photo_twice(one)),
        OddityCode::SamePhoto => photo_of_another(kept, (file, with)),
        OddityCode::SameText => copied_text(dice, kept, (file, with)),
        OddityCode::TwoPlaces => two_places(dice, kept, (file, with)),
    }
}

fn list<'a>(kept: &'a mut Kept, field: &str) -> &'a mut Vec<Value> {
    kept.document[field].as_array_mut().unwrap()
}

/// Twelve to twenty-two days in a row, one after the other on an evening after the last of them, a few minutes each.
fn one_sitting(dice: &mut Dice, kept: &mut Kept) -> Vec<NaiveDate> {
    let days: Vec<NaiveDate> = list(kept, "days")
        .iter()
        .map(|day| date_of(day, "date"))
        .collect();
    let length = 13 + dice.index(10);
    let from = dice.index(days.len() - length - 1);
    let dates = days[from..from + length].to_vec();
    let mut at = evening_of(dice, dates[length - 1] + Days::new(3));
    for (record, entered) in &mut kept.entered {
        if record.0 == "day" && dates.iter().any(|date| date.to_string() == record.1) {
            *entered = at;
            at += TimeDelta::seconds(40 + i64::try_from(dice.below(400)).unwrap());
        }
    }
    dates
}

fn leave_day(kept: &Kept) -> Option<NaiveDate> {
    let leaves = kept.document["leaves"].as_array().unwrap();
    let whole = leaves
        .iter()
        .find(|leave| leave["to"] != leave["from"] && leave["to_half"] == "afternoon");
    whole.map(|leave| date_of(leave, "to"))
}

fn on_leave(dice: &mut Dice, kept: &mut Kept) -> Vec<NaiveDate> {
    let Some(date) = leave_day(kept) else {
        return Vec::new();
    };
    let at = evening_of(dice, date);
    let record = match dice.below(3) {
        0 => {
            let id = format!("01990000-0000-7000-9000-{:012x}", dice.below(1 << 40));
            let round = json!({"id": id, "kind": "ward_round", "date": date, "title": "查房"});
            list(kept, "activities").push(round);
            ("activity".to_owned(), id)
        }
        1 => {
            let day = json!({"date": date, "morning": "present", "afternoon": null, "note": "门诊"});
            list(kept, "days").push(day);
            ("day".to_owned(), date.to_string())
        }
        _ => {
            let day = json!({"date": date, "tallies": {"outpatient_visits": 12}});
            list(kept, "days").push(day);
            ("day".to_owned(), date.to_string())
        }
    };
    kept.entered.push((record, at));
    vec![date]
}

fn half_a_day_on_leave(kept: &mut Kept) {
    let leaves = kept.document["leaves"].as_array().unwrap();
    let Some(from) = leaves.first().map(|leave| date_of(leave, "from")) else {
        return;
    };
    // The leave begins in the afternoon; the morning's round is in order.
    let id = "01990000-0000-7000-9100-000000000001";
    let round = json!({"id": id, "kind": "ward_round", "date": from, "title": "查房"});
    list(kept, "activities").push(round);
}

/// The same number every day, or nearly; or for three weeks.
fn same_number(dice: &mut Dice, kept: &mut Kept) -> Vec<NaiveDate> {
    let number = *dice.pick(&[10, 15, 20, 25, 30, 50]);
    let nearly = dice.once_in(2);
    let days = list(kept, "days");
    let (from, length) = if nearly {
        (0, days.len())
    } else {
        (dice.index(days.len() - 20), 12 + dice.index(9))
    };
    let mut dates = Vec::new();
    for day in &mut days[from..from + length] {
        let counted = day["tallies"]
            .get("outpatient_visits")
            .is_some_and(|count| *count != 0);
        if counted && !(nearly && dice.once_in(12)) {
            day["tallies"]["outpatient_visits"] = number.into();
            dates.push(date_of(day, "date"));
        }
    }
    if dates.len() < 11 { Vec::new() } else { dates }
}

fn lecture_places(kept: &Kept) -> Vec<usize> {
    let activities = kept.document["activities"].as_array().unwrap().iter().enumerate();
    activities
        .filter(|(_, one)| one["kind"] == "lecture")
        .map(|(place, _)| place)
        .collect()
}

fn move_to(kept: &mut Kept, place: usize, date: NaiveDate) {
    let activity = &mut list(kept, "activities")[place];
    activity["date"] = json!(date);
    let id = activity["id"].as_str().unwrap().to_owned();
    let at = date.and_hms_opt(10, 0, 0).unwrap().and_utc();
    for (record, entered) in &mut kept.entered {
        if record.1 == id {
            *entered = at;
        }
    }
}

fn last_lectures(kept: &mut Kept) -> Vec<NaiveDate> {
    let (places, end) = (lecture_places(kept), date_of(&kept.document["posting"], "end"));
    if places.len() < 2 {
        return Vec::new();
    }
    let mut dates = Vec::new();
    for (number, place) in places.into_iter().enumerate() {
        let date = end - Days::new([13, 6, 3, 1, 0, 10, 8, 5][number % 8]);
        move_to(kept, place, date);
        dates.push(date);
    }
    dates
}

/// All but the first in the last days.
fn lectures_late_but_not_all(kept: &mut Kept) {
    let (places, end) = (lecture_places(kept), date_of(&kept.document["posting"], "end"));
    for (number, place) in places.into_iter().enumerate() {
        move_to(kept, place, end - Days::new([30, 12, 5, 2][number.min(3)]));
    }
}

/// For two or three days the clock showed some days less; entries were made meanwhile.
fn clock_jump(dice: &mut Dice, kept: &mut Kept) -> Vec<NaiveDate> {
    let start = date_of(&kept.document["posting"], "start");
    let days: Vec<NaiveDate> = list(kept, "days")
        .iter()
        .map(|day| date_of(day, "date"))
        .collect();
    let first = days[days.len() / 3 + dice.index(days.len() / 3)];
    let at = first.and_hms_opt(1, 0, 0).unwrap().and_utc();
    let most = u64::try_from((first - start).num_days()).unwrap();
    let back = TimeDelta::days(i64::try_from(2 + dice.below(most.min(40) - 2)).unwrap());
    kept.jumps = vec![Jump {
        at,
        until: at + TimeDelta::days(2),
        back,
    }];
    // The entries of these two days bear the days to which the clock went back.
    let enters = |date: NaiveDate| {
        kept.entered
            .iter()
            .any(|(_, entered)| (*entered + TimeDelta::hours(8)).date_naive() == date)
    };
    if !enters(first) {
        kept.jumps.clear();
        return Vec::new();
    }
    vec![
        first - back,
        first - back + Days::new(1),
        first - back - Days::new(1),
    ]
}

fn photo_twice(kept: &mut Kept) -> Vec<NaiveDate> {
    let activities = list(kept, "activities");
    let (first, second) = (activities.len() / 4, activities.len() / 2);
    let same = photo(0xfeed_0000 + u64::try_from(activities.len()).unwrap());
    let mut same = same;
    same["sha256"] = activities[first]["id"]
        .as_str()
        .map(|id| format!("{:0>64}", id.replace('-', "")))
        .unwrap()
        .into();
    activities[first]["attachments"] = json!([same]);
    activities[second]["attachments"] = json!([photo(1), same]);
    activities[second]["attachments"]
        .as_array_mut()
        .unwrap()
        .remove(0);
    vec![date_of(&activities[first], "date")]
}

fn photo_of_another(kept: &mut [Kept], (file, with): (usize, usize)) -> Vec<Planted> {
    let place = list(&mut kept[with], "activities").len() / 3;
    let theirs = &mut list(&mut kept[with], "activities")[place];
    let id = theirs["id"].as_str().unwrap().replace('-', "");
    let mut same = photo(2);
    same["sha256"] = format!("{id:0>64}").replace("0000", "ffff").into();
    theirs["attachments"] = json!([same]);
    let their_date = date_of(theirs, "date");
    let place = list(&mut kept[file], "activities").len() / 5;
    let own = &mut list(&mut kept[file], "activities")[place];
    own["attachments"] = json!([same]);
    let date = date_of(own, "date");
    both(
        OddityCode::SamePhoto,
        (file, vec![date]),
        (with, vec![their_date]),
    )
}

fn both(code: OddityCode, one: (usize, Vec<NaiveDate>), two: (usize, Vec<NaiveDate>)) -> Vec<Planted> {
    let (first, second) = (one.0, two.0);
    [(one, second), (two, first)]
        .into_iter()
        .map(|((file, dates), with)| Planted {
            file,
            code,
            dates,
            other: Some(with),
        })
        .collect()
}

/// A lecture's text of another's, with a word or a number changed here and there.
fn copied_text(dice: &mut Dice, kept: &mut [Kept], (file, with): (usize, usize)) -> Vec<Planted> {
    let (Some(own), Some(theirs)) = (
        lecture_places(&kept[file]).pop(),
        lecture_places(&kept[with]).pop(),
    ) else {
        return Vec::new();
    };
    let text = format!("{}。{}", lecture_note(dice), lecture_note(dice));
    let lecture = &mut list(&mut kept[with], "activities")[theirs];
    lecture["note"] = text.clone().into();
    let their_date = date_of(lecture, "date");
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..dice.below(4) {
        let at = dice.index(letters.len() - 2);
        match dice.below(3) {
            0 => letters.splice(at..=at, "我院".chars()).for_each(drop),
            1 => letters.splice(at..at, "（12人）".chars()).for_each(drop),
            _ => letters.drain(at..=at).for_each(drop),
        }
    }
    let lecture = &mut list(&mut kept[file], "activities")[own];
    lecture["note"] = letters.into_iter().collect::<String>().into();
    let date = date_of(lecture, "date");
    both(OddityCode::SameText, (file, vec![date]), (with, vec![their_date]))
}

/// The same person in both, told by the licence or by name and birthday.
fn same_person(dice: &mut Dice, kept: &mut [Kept], file: usize, with: usize) {
    let theirs = kept[with].document["posting"]["physician"].clone();
    let own = &mut kept[file].document["posting"]["physician"];
    if theirs["licence_number"].is_string() && dice.once_in(2) {
        own["licence_number"] = theirs["licence_number"].clone();
    } else {
        own["name"] = theirs["name"].clone();
        own["birth_date"] = theirs["birth_date"].clone();
    }
}

fn two_places(dice: &mut Dice, kept: &mut [Kept], (file, with): (usize, usize)) -> Vec<Planted> {
    let overlap = |kept: &[Kept]| {
        let at = |file: usize, field| date_of(&kept[file].document["posting"], field);
        at(file, "start") <= at(with, "end") && at(with, "start") <= at(file, "end")
    };
    if !overlap(kept) {
        return Vec::new();
    }
    same_person(dice, kept, file, with);
    both(OddityCode::TwoPlaces, (file, Vec::new()), (with, Vec::new()))
}

/// The same person again after that posting, with a lecture given again: in order.
fn next_quarter(kept: &mut [Kept], (file, with): (usize, usize)) {
    let plain = |kept: &Kept| kept.document["posting"]["scheme"] == "rotation_3m" && kept.jumps.is_empty();
    if !plain(&kept[file]) || !plain(&kept[with]) {
        return;
    }
    same_person(&mut Dice::of(1), kept, file, with);
    let born = kept[file].document["posting"]["physician"]["birth_date"].clone();
    later(&mut kept[file].document, 91);
    kept[file].document["posting"]["physician"]["birth_date"] = born;
    for (record, at) in &mut kept[file].entered {
        *at += TimeDelta::days(91);
        if let Ok(date) = record.1.parse::<NaiveDate>() {
            record.1 = (date + Days::new(91)).to_string();
        }
    }
    if let (Some(own), Some(theirs)) = (
        lecture_places(&kept[file]).pop(),
        lecture_places(&kept[with]).pop(),
    ) {
        let note = list(&mut kept[with], "activities")[theirs]["note"].clone();
        list(&mut kept[file], "activities")[own]["note"] = note;
    }
}
