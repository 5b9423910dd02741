//! The words around the figures, passage by passage.

use super::counting::{Amount, Ground, of_day, of_leave};
use super::{Passage, Run};
use crate::assess::{HalfCounted, comes_for_the_day, percent_shown};
use crate::posting::{Activity, ActivityKind, HalfDayStatus, ProblemStatus, Station};
use chrono::{Datelike, NaiveDate};

/// Tallies of clinical work, with the words before the figure; the unit comes from the catalogue.
const CLINICAL: &[(&str, &str)] = &[
    ("outpatient_visits", "接诊门诊患者"),
    ("emergency_visits", "接诊急诊患者"),
    ("admissions", "收治住院患者"),
    ("ward_patients_seen", "查房诊视患者"),
    ("operations", "手术"),
    ("anaesthesias", "麻醉"),
    ("consultations", "会诊"),
    ("rescued_critical_patients", "抢救危重患者"),
    ("difficult_deliveries", "处理难产"),
    ("rehabilitation_treatments", "康复治疗"),
    ("referrals_up", "上转患者"),
    ("referrals_down", "下转患者"),
    ("new_techniques", "开展新技术"),
];
const TAUGHT: &[(&str, &str)] = &[
    ("village_doctors_trained", "培训乡村医生"),
    ("trainees", "带教学员"),
    ("rules_written", "制定规章制度"),
    ("papers", "撰写论文"),
];
const PUBLIC: &[(&str, &str)] = &[
    ("free_clinic_visits", "义诊"),
    ("hypertension_found", "检出高血压"),
    ("coronary_heart_disease_found", "检出冠心病"),
    ("uterine_fibroids_found", "检出子宫肌瘤"),
    ("health_education_audience", "健康教育听众"),
    ("health_education_issues", "出健康教育宣传栏"),
    ("leaflets", "发放宣传资料"),
    ("check_ups", "体检"),
    ("health_records_created", "建立健康档案"),
    ("immunizations", "预防接种"),
    ("family_planning_guidance", "计划生育指导"),
];

/// A passage as it grows: clauses joined by commas, sentences ended by a full stop.
#[derive(Default)]
struct Text {
    runs: Vec<Run>,
}

impl Text {
    fn words(&mut self, text: impl AsRef<str>) {
        match self.runs.last_mut() {
            Some(Run::Words { text: last }) => last.push_str(text.as_ref()),
            _ => self.runs.push(Run::Words {
                text: text.as_ref().to_owned(),
            }),
        }
    }

    /// A figure with the words before it and the unit behind it; nothing at all for a zero.
    fn item(&mut self, items: &mut u32, before: &str, amount: Amount, unit: &str) {
        if amount.count == 0 {
            return;
        }
        if *items > 0 {
            self.words("，");
        }
        *items += 1;
        self.words(before);
        self.runs.push(amount.figure(before));
        self.words(unit);
    }

    fn tallies(&mut self, items: &mut u32, ground: &Ground<'_>, keys: &[(&str, &str)]) {
        for (key, before) in keys {
            let unit = ground.name_of(key).map(|(_, unit)| unit).unwrap_or_default();
            self.item(items, before, ground.tally(key), &unit);
        }
    }

    fn activities(&mut self, items: &mut u32, before: &str, activities: &[&Activity]) {
        self.item(items, before, Amount::of_activities(activities), "次");
    }

    fn stop(&mut self, items: u32) {
        if items > 0 {
            self.words("。");
        }
    }
}

pub(super) fn runs(ground: &Ground<'_>, passage: Passage) -> Vec<Run> {
    match passage {
        Passage::Basics => basics(ground),
        Passage::Conduct => conduct(ground),
        Passage::MedicalWork => medical_work(ground),
        Passage::Teaching => teaching(ground),
        Passage::PublicHealth => public_health(ground),
        Passage::Suggestions => suggestions(ground),
        // What somebody felt and learned is in no log.
        Passage::Reflections => Vec::new(),
        Passage::SelfAppraisal => self_appraisal(ground),
    }
}

fn basics(ground: &Ground<'_>) -> Vec<Run> {
    let mut text = Text::default();
    text.words("本人");
    posted(ground, &mut text);
    let posting = &ground.records.posting;
    let days = (posting.end - posting.start).num_days() + 1;
    text.words(format!("，共{days}天。"));
    attendance(ground, &mut text);
    text.runs
}

/// 受市医院派遣，于2026年1月5日至2026年4月5日在河口镇中心卫生院驻点开展卫生下乡工作
fn posted(ground: &Ground<'_>, text: &mut Text) {
    let posting = &ground.records.posting;
    if let Some(hospital) = &posting.supporting_hospital {
        text.words(format!("受{hospital}派遣，"));
    }
    text.words(format!(
        "于{}至{}",
        long_date(posting.start),
        long_date(posting.end)
    ));
    if let Some(unit) = &posting.recipient_unit {
        text.words(format!("在{unit}"));
    }
    text.words(match posting.station {
        Some(Station::Resident) => "驻点",
        Some(Station::Visiting) => "挂点",
        None => "",
    });
    text.words("开展卫生下乡工作");
}

fn attendance(ground: &Ground<'_>, text: &mut Text) {
    let attendance = &ground.assessment.attendance;
    if attendance.attended_half_days == 0 {
        return;
    }
    let (scheduled, attended) = (attendance.scheduled_half_days, attendance.attended_half_days);
    let present = |half: HalfCounted| {
        matches!(
            half,
            HalfCounted::Present | HalfCounted::OfficialDuty | HalfCounted::CompensatoryRest
        )
    };
    let whole = |count: u32, of: &str, dates: Vec<NaiveDate>| {
        let records = dates.into_iter().map(of_day).collect();
        let count = u64::from(count);
        Amount { count, records }.figure(of)
    };
    let until = if ground.ended() {
        String::new()
    } else {
        format!("截至{}，", long_date(ground.assessment.as_of))
    };
    let by_the_day = comes_for_the_day(ground.records, ground.assessment);
    if by_the_day {
        text.words(format!("{until}到岗"));
    } else {
        text.words("派驻期应出勤");
        text.runs.push(whole(scheduled, "应出勤", Vec::new()));
        text.words(format!("个半天，{until}实出勤"));
    }
    text.runs
        .push(whole(attended, "实出勤", days_with(ground, present)));
    text.words("个半天");
    if ground.ended() && !by_the_day {
        text.words("，考勤率");
        text.runs.push(Run::Figure {
            text: percent_shown(attended, scheduled),
            of: "考勤率".to_owned(),
            records: Vec::new(),
        });
    }
    text.words("。");
}

/// Of conduct the log only knows how leave was taken and which rest days were worked.
fn conduct(ground: &Ground<'_>) -> Vec<Run> {
    let mut text = Text::default();
    let leaves = ground.leaves();
    let approved = leaves.iter().all(|(leave, _)| leave.recipient_approval.is_some());
    if !leaves.is_empty() {
        text.words("派驻期间请假");
        let amount = Amount {
            count: u64::try_from(leaves.len()).unwrap_or(u64::MAX),
            records: leaves.iter().map(|(leave, _)| of_leave(leave)).collect(),
        };
        text.runs.push(amount.figure("请假"));
        text.words("次，共");
        let half_days: u32 = leaves.iter().map(|(_, half_days)| half_days).sum();
        text.runs.push(Run::Figure {
            text: half_days_text(half_days),
            of: "请假".to_owned(),
            records: leaves.iter().map(|(leave, _)| of_leave(leave)).collect(),
        });
        text.words("天");
        text.words(if approved {
            "，均经受援单位负责人批准。"
        } else {
            "。"
        });
    }
    let rest = rest_days_worked(ground);
    if !rest.is_empty() {
        text.words("休息日到岗");
        let amount = Amount {
            count: u64::try_from(rest.len()).unwrap_or(u64::MAX),
            records: rest.into_iter().map(of_day).collect(),
        };
        text.runs.push(amount.figure("休息日到岗"));
        text.words("天。");
    }
    text.runs
}

fn rest_days_worked(ground: &Ground<'_>) -> Vec<NaiveDate> {
    days_with(ground, |half| {
        half == HalfCounted::Rest(Some(HalfDayStatus::Present))
    })
}

fn days_with(ground: &Ground<'_>, wanted: impl Fn(HalfCounted) -> bool) -> Vec<NaiveDate> {
    let days = ground.days.iter();
    days.filter(|day| wanted(day.morning) || wanted(day.afternoon))
        .map(|day| day.day.date)
        .collect()
}

fn medical_work(ground: &Ground<'_>) -> Vec<Run> {
    let mut text = Text::default();
    let mut items = 0;
    text.tallies(&mut items, ground, CLINICAL);
    let rounds = ground.activities(&[ActivityKind::WardRound, ActivityKind::TeachingRound]);
    let teaching = ground.activities(&[ActivityKind::TeachingRound]);
    text.activities(&mut items, "组织查房", &rounds);
    if !teaching.is_empty() && teaching.len() < rounds.len() {
        text.words("（其中教学查房");
        text.runs
            .push(Amount::of_activities(&teaching).figure("教学查房"));
        text.words("次）");
    }
    text.activities(
        &mut items,
        "参加会诊",
        &ground.activities(&[ActivityKind::Consultation]),
    );
    text.activities(
        &mut items,
        "参加突发事件救治",
        &ground.activities(&[ActivityKind::EmergencyResponse]),
    );
    for item in &ground.records.tally_items {
        let unit = item.unit.clone().unwrap_or_default();
        text.item(&mut items, &item.label, ground.tally(&item.key), &unit);
    }
    text.stop(items);
    with_opening(text, "派驻期间，")
}

fn teaching(ground: &Ground<'_>) -> Vec<Run> {
    let mut text = Text::default();
    let mut items = 0;
    let lectures = ground.activities(&[ActivityKind::Lecture]);
    text.activities(&mut items, "授课", &lectures);
    text.item(&mut items, "听课", Amount::participants(&lectures), "人次");
    let named = titles(&lectures);
    if !named.is_empty() {
        text.words(format!("，内容包括{named}"));
    }
    for (kind, before) in [
        (ActivityKind::Training, "组织培训"),
        (ActivityKind::SurgicalDemonstration, "手术示教"),
        (ActivityKind::CaseDiscussion, "主持病例讨论"),
        (ActivityKind::Mentoring, "带教"),
    ] {
        text.activities(&mut items, before, &ground.activities(&[kind]));
    }
    text.tallies(&mut items, ground, TAUGHT);
    text.stop(items);
    text.runs
}

/// Up to four titles in book-title marks, each once.
fn titles(activities: &[&Activity]) -> String {
    const MOST: usize = 4;
    let mut titles: Vec<&str> = Vec::new();
    for title in activities.iter().filter_map(|one| one.title.as_deref()) {
        let title = title.trim().trim_start_matches('《').trim_end_matches('》');
        if !title.is_empty() && !titles.contains(&title) {
            titles.push(title);
        }
    }
    let more = if titles.len() > MOST { "等" } else { "" };
    let said: Vec<String> = titles
        .iter()
        .take(MOST)
        .map(|title| format!("《{title}》"))
        .collect();
    format!("{}{more}", said.concat())
}

fn public_health(ground: &Ground<'_>) -> Vec<Run> {
    let mut text = Text::default();
    let mut items = 0;
    for (kind, before) in [
        (ActivityKind::FreeClinic, "开展义诊活动"),
        (ActivityKind::HealthEducation, "开展健康教育活动"),
        (ActivityKind::MobileClinic, "参加巡回医疗"),
        (ActivityKind::HomeVisit, "入户随访"),
        (ActivityKind::SupportVisit, "对口支援走访"),
    ] {
        text.activities(&mut items, before, &ground.activities(&[kind]));
    }
    text.tallies(&mut items, ground, PUBLIC);
    text.item(&mut items, "捐赠设备", ground.tally("equipment_donated"), "台件");
    text.stop(items);
    text.runs
}

fn suggestions(ground: &Ground<'_>) -> Vec<Run> {
    let mut text = Text::default();
    let mut items = 0;
    let problems = ground.problems();
    let of = |statuses: &[ProblemStatus]| -> Vec<_> {
        let kept = problems
            .iter()
            .filter(|one| one.status.is_some_and(|status| statuses.contains(&status)));
        kept.copied().collect()
    };
    text.item(&mut items, "帮扶中发现问题", Amount::of_problems(&problems), "项");
    let corrected = of(&[ProblemStatus::Corrected, ProblemStatus::Closed]);
    text.item(&mut items, "已整改", Amount::of_problems(&corrected), "项");
    let closed = of(&[ProblemStatus::Closed]);
    text.item(&mut items, "已复查", Amount::of_problems(&closed), "项");
    text.item(&mut items, "提出建议", ground.tally("suggestions"), "条");
    text.stop(items);
    text.runs
}

/// What counts most, in one breath.
fn self_appraisal(ground: &Ground<'_>) -> Vec<Run> {
    let mut text = Text::default();
    let mut items = 0;
    text.tallies(
        &mut items,
        ground,
        &[
            ("outpatient_visits", "接诊门诊患者"),
            ("admissions", "收治住院患者"),
            ("operations", "手术"),
        ],
    );
    let rounds = ground.activities(&[ActivityKind::WardRound, ActivityKind::TeachingRound]);
    text.activities(&mut items, "查房", &rounds);
    text.activities(&mut items, "授课", &ground.activities(&[ActivityKind::Lecture]));
    text.activities(
        &mut items,
        "开展义诊",
        &ground.activities(&[ActivityKind::FreeClinic]),
    );
    text.activities(
        &mut items,
        "开展健康教育",
        &ground.activities(&[ActivityKind::HealthEducation]),
    );
    text.stop(items);
    if items > 0 {
        let mut opening = Text::default();
        opening.words("本人");
        posted(ground, &mut opening);
        opening.words("。期间共");
        opening.runs.extend(text.runs);
        text = opening;
    }
    attendance(ground, &mut text);
    text.runs
}

fn with_opening(text: Text, opening: &str) -> Vec<Run> {
    let mut runs = text.runs;
    if let Some(Run::Words { text }) = runs.first_mut() {
        text.insert_str(0, opening);
    }
    runs
}

/// Half-days as days in figures: 2, 2.5.
fn half_days_text(half_days: u32) -> String {
    if half_days.is_multiple_of(2) {
        (half_days / 2).to_string()
    } else {
        format!("{}.5", half_days / 2)
    }
}

fn long_date(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
