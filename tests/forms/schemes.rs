//! Papers of every scheme that comes with the program: each says what its scheme asks, and no sum, rate or box that it has not.

use crate::ground::{cells, judged_by};
use chrono::Days;
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::posting::days_in_all;
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::{Scheme, built_in, built_in_ids};
use xiaxiangzhi_forms::{Block, Form, FormKind, Ground, Options, Value, missing_glyphs, paper as form_of};

fn records(scheme: &Scheme) -> Records {
    sample(3, scheme).unwrap()
}

fn paper(scheme: &Scheme, kind: FormKind) -> Form {
    let records = records(scheme);
    let after = records.posting.end.succ_opt().unwrap().to_string();
    judged_by(scheme, kind, &records, &after, Options::default()).unwrap()
}

/// All words of a paper, cell by cell and paragraph by paragraph.
fn words(form: &Form) -> Vec<String> {
    let mut words = cells(form);
    words.extend(form.blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text, .. } => Some(text.clone()),
        _ => None,
    }));
    words
}

fn text(id: &str, kind: FormKind) -> String {
    words(&paper(built_in(id).unwrap(), kind)).join("\n")
}

const PAPERS: [FormKind; 4] = [
    FormKind::TaskAssessmentSheet,
    FormKind::ServiceAppraisalForm,
    FormKind::MonthlyAttendanceSheet,
    FormKind::PostingSummary,
];

#[test]
fn every_scheme_has_its_papers_and_no_empty_quote_stands_on_them() {
    for id in built_in_ids() {
        let scheme = built_in(id).unwrap();
        for kind in PAPERS {
            let form = paper(scheme, kind);
            let words = words(&form).join("\n");
            assert!(
                !words.contains("“”") && !words.contains("「」"),
                "{id} {kind:?}: {words}"
            );
            assert_eq!(missing_glyphs(&form), vec![], "{id} {kind:?}");
        }
        let sheet = cells(&paper(scheme, FormKind::TaskAssessmentSheet));
        let titles = scheme.duties.iter().map(|duty| &duty.title);
        let titles = titles.chain(scheme.quotas.iter().map(|quota| &quota.title));
        let titles = titles.chain(scheme.points.iter().map(|points| &points.title));
        for title in titles.chain(scheme.period.minimum.iter().map(|rule| &rule.title)) {
            assert!(sheet.contains(&title.zh), "{id}: {} has no row", title.zh);
        }
    }
}

#[test]
fn only_a_scheme_with_money_speaks_of_it() {
    for id in built_in_ids() {
        let scheme = built_in(id).unwrap();
        let form = paper(scheme, FormKind::TaskAssessmentSheet);
        let said = words(&form).join("\n");
        assert_eq!(said.contains("补助应发"), scheme.has_money(), "{id}: {said}");
        let of_money = form.figures.iter().filter(|figure| figure.group == "处理");
        let sums = of_money
            .filter(|figure| matches!(figure.value, Value::Money { .. }))
            .count();
        assert_eq!(sums > 0, scheme.has_money(), "{id}");
    }
}

#[test]
fn each_row_says_what_is_asked_and_what_was_done() {
    for (id, wanted) in [
        (
            "thousand_doctors",
            &["每月不少于1次", "每2个月不少于1次", "只记录"][..],
        ),
        ("city_plan_72", &["不少于6个月", "按起止日期，已满6个月", "达标"]),
        ("beijing_year", &["如实记录", "手术合计"]),
        ("county_tcm", &["每年不少于1人", "带教学员合计"]),
        (
            "tcm_agreement",
            &[
                "捐赠价值20,000元",
                "每年不少于2人",
                "第1年2人；第2年2人；第3年2人",
            ],
        ),
        (
            "county_support",
            &["不少于1次", "每年不少于1次", "挂点，按到岗记：出勤"],
        ),
        ("township_outreach", &["每年不少于40人次", "每月不少于1次"]),
        ("heze_points", &["待评分", "医疗服务＿＿/30"]),
        ("yicheng", &["检出子宫肌瘤", "检出冠心病"]),
        ("tongyu_year", &["个半天（原则上每月2次，逐次见请假单）"]),
    ] {
        let said = text(id, FormKind::TaskAssessmentSheet);
        for words in wanted {
            assert!(said.contains(words), "{id}: {words} is not in {said}");
        }
    }
}

#[test]
fn whoever_comes_for_the_day_has_no_rate_of_attendance() {
    for id in built_in_ids() {
        let by_the_day = matches!(id, "county_support" | "tcm_agreement");
        for kind in PAPERS {
            let said = text(id, kind);
            let aspect = said.replace("考勤情况", "");
            assert_eq!(
                aspect.contains("考勤率"),
                !by_the_day && (kind != FormKind::TaskAssessmentSheet || id == "rotation_3m"),
                "{id} {kind:?}: {said}"
            );
        }
    }
}

#[test]
fn the_appraisal_prints_the_aspects_and_grades_of_the_scheme() {
    let label = |zh: &str| Label {
        zh: zh.to_owned(),
        en: zh.to_owned(),
    };
    let mut scheme = built_in("tongyu_year").unwrap().clone();
    let six = cells(&paper(&scheme, FormKind::ServiceAppraisalForm));
    for aspect in [
        "政治思想",
        "医德医风",
        "业务水平",
        "工作态度",
        "考勤情况",
        "工作实绩",
    ] {
        assert!(six.contains(&aspect.to_owned()), "{aspect} is not in {six:?}");
    }
    let appraisal = scheme.appraisal.as_mut().unwrap();
    appraisal.aspects = vec![label("服务态度"), label("群众评价")];
    appraisal.grades = vec![label("好"), label("一般"), label("差")];
    let own = cells(&paper(&scheme, FormKind::ServiceAppraisalForm));
    assert!(own.contains(&"服务态度".to_owned()) && own.contains(&"群众评价".to_owned()));
    assert!(!own.contains(&"政治思想".to_owned()));
    let boxes = own.iter().filter(|cell| cell.contains("□好　□一般　□差"));
    assert_eq!(boxes.count(), 3, "two aspects and the grade in all: {own:?}");
    assert!(!own.join("").contains("□优秀"));
}

/// The appraisal form of a sample that was not the physician's first posting, with its team where there is one.
fn appraisal(scheme: &Scheme, earlier: &[(&str, &str)], team: Option<&str>) -> String {
    let mut records = records(scheme);
    records.posting.medical_team = team.map(str::to_owned);
    let as_of = records.posting.end.succ_opt().unwrap();
    let assessment = assess(scheme, &records, Calendar::built_in(), as_of).unwrap();
    let read = |text: &str| text.parse().unwrap();
    let spans = earlier.iter().map(|(start, end)| (read(start), read(end)));
    let spans = spans.chain([(records.posting.start, records.posting.end)]);
    let ground = Ground::new(&records, scheme, &assessment, Calendar::built_in(), None).unwrap();
    let ground = ground.with_days_in_all(days_in_all(spans, as_of));
    words(&form_of(FormKind::ServiceAppraisalForm, &ground, Options::default()).unwrap()).join("\n")
}

#[test]
fn the_appraisal_says_how_many_days_in_all_where_the_scheme_wants_it() {
    let mut scheme = built_in("rotation_3m").unwrap().clone();
    let earlier = [("2024-01-01", "2024-03-31"), ("2025-01-06", "2025-04-06")];
    assert!(
        !appraisal(&scheme, &earlier, None).contains("历次派驻"),
        "nobody asked for it"
    );
    scheme.days_in_all = true;
    let said = appraisal(&scheme, &earlier, None);
    assert!(said.contains("，累计91天；历次派驻3次，共273天"), "{said}");
    assert!(
        !appraisal(&scheme, &[], None).contains("历次派驻"),
        "there is but one"
    );
}

#[test]
fn a_team_and_its_leader_stand_on_the_form_of_whoever_went_with_one() {
    let scheme = built_in("tongyu_year").unwrap();
    assert!(appraisal(scheme, &[], Some("赴双河县医疗队")).contains("医疗队\n赴双河县医疗队\n队长"));
    assert!(!appraisal(scheme, &[], None).contains("队长"));
}

#[test]
fn a_year_that_is_over_with_too_few_is_told_and_one_that_runs_is_not() {
    let scheme = built_in("tcm_agreement").unwrap();
    let mut records = records(scheme);
    for day in &mut records.days {
        day.tallies.remove("trainees");
    }
    let as_of = (records.posting.start + Days::new(400)).to_string();
    let form = judged_by(
        scheme,
        FormKind::TaskAssessmentSheet,
        &records,
        &as_of,
        Options::default(),
    )
    .unwrap();
    let said = words(&form).join("\n");
    assert!(said.contains("第1年0人（不足）；第2年0人；第3年0人"), "{said}");
}
