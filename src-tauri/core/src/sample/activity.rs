//! One activity of a sample, as somebody would have written it down.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::random::Random;
use super::{seconds, words};
use crate::posting::{ActivityKind, Kind};
use crate::scheme::Scheme;

/// The nth activity of its kind; `least` is the length it must have to count, in minutes.
pub(super) fn activity(
    random: &mut Random,
    scheme: &Scheme,
    kind: ActivityKind,
    date: NaiveDate,
    number: usize,
    least: Option<u32>,
    department: &words::Department,
) -> Value {
    let id = random.id(seconds(date));
    let mut activity = json!({"id": id, "kind": kind.name(), "date": date, "counts_toward_assessment": true});
    let mut details = match kind {
        ActivityKind::FreeClinic => free_clinic(random, scheme),
        ActivityKind::HealthEducation | ActivityKind::MobileClinic => {
            in_the_village(random, scheme, kind, number)
        }
        ActivityKind::SupportVisit => support_visit(random, number),
        ActivityKind::WardRound | ActivityKind::TeachingRound => json!({
            "title": random.pick(department.rounds),
            "place": random.pick(&["内一病区", "综合病区", "住院部二楼"]),
            "minutes": random.pick(&[40, 50, 60]),
            "participants": random.between(3, 8),
        }),
        _ => taught(random, scheme, kind, number, department),
    };
    let length = details["minutes"].as_u64().unwrap_or(0);
    if let Some(least) = least.filter(|least| length < u64::from(*least)) {
        details["minutes"] = least.into();
    }
    if let (Some(into), Value::Object(details)) = (activity.as_object_mut(), details) {
        into.extend(details);
    }
    activity
}

/// Whether the scheme shows a statistic.
fn shows(scheme: &Scheme, key: &str) -> bool {
    scheme.tallies.iter().any(|known| known == key)
}

fn free_clinic(random: &mut Random, scheme: &Scheme) -> Value {
    let visits = random.between(52, 96);
    let mut details = json!({
        "title": "集市日义诊",
        "place": "镇集市",
        "minutes": 180,
        "participants": visits,
        "tallies": {
            "free_clinic_visits": visits,
            "hypertension_found": visits / random.between(3, 5),
            "leaflets": visits + random.between(10, 60),
        },
    });
    for (key, most) in [("coronary_heart_disease_found", 7), ("uterine_fibroids_found", 3)] {
        if shows(scheme, key) {
            details["tallies"][key] = random.between(1, most).into();
        }
    }
    details
}

fn in_the_village(random: &mut Random, scheme: &Scheme, kind: ActivityKind, number: usize) -> Value {
    let people = random.between(18, 45);
    let education = kind == ActivityKind::HealthEducation;
    let mut tallies = Map::new();
    if education && shows(scheme, "health_education_audience") {
        tallies.insert("health_education_audience".into(), people.into());
    }
    if shows(scheme, "leaflets") {
        tallies.insert("leaflets".into(), (people + random.between(5, 20)).into());
    }
    let titles: &[&str] = if education { words::TALKS } else { words::TOURS };
    json!({
        "title": titles[number % titles.len()],
        "place": random.pick(words::VILLAGES),
        "minutes": random.pick(&[60, 90, 120]),
        "participants": people,
        "audience": if education { "村民" } else { "慢病患者和老人" },
        "tallies": tallies,
    })
}

/// 检查、指导、培训、考核
fn support_visit(random: &mut Random, number: usize) -> Value {
    let subject = words::SUBJECTS[number % words::SUBJECTS.len()];
    json!({
        "title": format!("帮扶：{subject}"),
        "place": "卫生院",
        "minutes": random.pick(&[180, 210, 240]),
        "participants": random.between(6, 15),
        "audience": "卫生院相关人员",
        "note": format!("检查{subject}现状并列出不足；逐条指导；集中培训；考核带头人"),
    })
}

/// A lecture, a training, a discussion, a demonstration, mentoring.
fn taught(
    random: &mut Random,
    scheme: &Scheme,
    kind: ActivityKind,
    number: usize,
    department: &words::Department,
) -> Value {
    let topic = department.lectures[number % department.lectures.len()];
    let case = department.rounds[number % department.rounds.len()];
    let of_village_doctors = kind == ActivityKind::Training && shows(scheme, "village_doctors_trained");
    let (title, place, participants) = match kind {
        ActivityKind::Mentoring => (format!("带教：{topic}"), "门诊诊室", (1, 3)),
        ActivityKind::CaseDiscussion => (format!("疑难病例讨论：{topic}"), "医生办公室", (4, 9)),
        ActivityKind::Consultation => (format!("会诊：{case}"), "综合病区", (2, 4)),
        ActivityKind::SurgicalDemonstration => (
            words::OPERATIONS[number % words::OPERATIONS.len()].to_owned(),
            "手术室",
            (3, 6),
        ),
        ActivityKind::Training if of_village_doctors => {
            (format!("村医培训：{topic}"), "卫生院会议室", (4, 6))
        }
        ActivityKind::Training => (format!("培训：{topic}"), "门诊楼示教室", (8, 19)),
        _ => (
            topic.to_owned(),
            random.pick(&["二楼会议室", "门诊楼示教室", "远程教室"]),
            (8, 19),
        ),
    };
    let minutes = random.pick(&[45, 60, 60, 90]);
    let participants = random.between(participants.0, participants.1);
    let mut details = json!({
        "title": title,
        "place": place,
        "minutes": minutes,
        "participants": participants,
        "audience": random.pick(&["卫生院医护", "卫生院医护和村医", "全体临床人员"]),
    });
    if of_village_doctors {
        details["audience"] = "村医".into();
        details["tallies"] = json!({"village_doctors_trained": participants});
    }
    details
}
