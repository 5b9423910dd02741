//! `xxz schemes ID`: the whole scheme in sentences.

use crate::support::Place;
use serde_json::Value;

/// What each scheme says besides the rest, in Chinese and in English.
const SAID: &[(&str, &str, &str)] = &[
    (
        "rotation_3m",
        "要求：不少于 4 次；每次相隔不少于 7 天，近了整项不达标",
        "Asked: at least 4; at least 7 days apart, closer fails the duty",
    ),
    (
        "rotation_3m",
        "节奏：从首日起每 14 天一次，缺了只提醒",
        "How often: once each 14 days from the first; a missed one is pointed out",
    ),
    ("rotation_3m", "补助：1320.00 元", "Subsidy: 1320.00 yuan"),
    (
        "rotation_3m",
        "3 项未达标：扣 2 个月、不予填写鉴定表、重新下乡、科室处罚 500.00 元",
        "3 failed: 2 months deducted, appraisal form withheld, posting repeated, department fined 500.00 yuan",
    ),
    (
        "thousand_doctors",
        "节奏：每 1 个派驻月一次，缺一次就不达标",
        "How often: once each month of the posting; a missed one fails the duty",
    ),
    (
        "thousand_doctors",
        "节奏：每 2 个派驻月一次",
        "How often: once each 2 months of the posting",
    ),
    (
        "thousand_doctors",
        "评定：由全队承担，在一个人的记录里只显示",
        "Judged: the team’s, shown in one person’s records",
    ),
    (
        "thousand_doctors",
        "带教计划：结束前 186 天起，到最后一天（记有带教的才要）",
        "Mentoring plan: from 186 days before the end to the last day (only with: mentoring)",
    ),
    ("city_plan_72", "要求：不少于 6 个月", "Asked: at least 6 months"),
    (
        "city_plan_72",
        "书面考核意见：结束当天",
        "Written appraisal: on the last day",
    ),
    (
        "tongyu_year",
        "可以享受：原则上每月 2 次，记为探亲假；多了只提示",
        "May be had: 2 a month as a rule, recorded as home leave; more is only pointed out",
    ),
    (
        "tongyu_year",
        "等次：优秀、合格、不合格",
        "Grades: Excellent, Pass, Fail",
    ),
    ("yicheng", "检出高血压", "Hypertension found"),
    ("beijing_year", "要求：统计麻醉", "Asked: Anaesthesias, summed"),
    (
        "county_tcm",
        "派驻每满一年带教学员不少于 1 人",
        "Trainees: at least 1 in each year of the posting",
    ),
    (
        "tcm_agreement",
        "期限：预设 36 个月，哪天开始都可以",
        "Length: 36 months by default, from any day",
    ),
    (
        "county_support",
        "要求：不少于 1 次；每次不少于 180 分钟",
        "Asked: at least 1; at least 180 minutes each",
    ),
    (
        "county_support",
        "节奏：派驻每满一年一次，缺一次就不达标",
        "How often: once each year of the posting; a missed one fails the duty",
    ),
    (
        "county_support",
        "评定：只对挂点的人评定",
        "Judged: for those who come for the day",
    ),
    (
        "township_outreach",
        "节奏：每 1 个日历月一次，从第一个完整的月份起，缺一次就不达标",
        "How often: once each month of the calendar, from the first whole one; a missed one fails the duty",
    ),
    (
        "township_outreach",
        "派驻每满一年培训乡村医生不少于 40 人次",
        "Village doctors trained: at least 40 in each year of the posting",
    ),
    (
        "heze_points",
        "医疗服务：30 分，医务部评分",
        "Care of patients: 30 points, the office gives the points",
    ),
    ("heze_points", "及格线：60", "Pass mark: 60"),
];

#[test]
fn a_scheme_is_said_in_plain_sentences_in_both_languages() {
    let place = Place::new();
    for (id, chinese, english) in SAID {
        for (language, wanted) in [("zh", chinese), ("en", english)] {
            let run = place.run(&["schemes", id, "--lang", language]);
            assert_eq!((run.status, run.err.as_str()), (0, ""), "{id}");
            assert!(run.out.contains(wanted), "{id}: {wanted} is not in {}", run.out);
        }
    }
}

/// Every clause, title, note and reading of the document stands in what is said of it.
#[test]
fn nothing_of_a_scheme_is_left_unsaid() {
    fn quotes(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for key in ["quote", "reading"] {
                    into.extend(fields.get(key).and_then(Value::as_str).map(str::to_owned));
                }
                let title = fields.get("title").and_then(|title| title["zh"].as_str());
                into.extend(title.map(str::to_owned));
                fields.values().for_each(|value| quotes(value, into));
            }
            Value::Array(items) => items.iter().for_each(|value| quotes(value, into)),
            _ => {}
        }
    }
    let place = Place::new();
    let list = place.json(&["schemes", "--json"]);
    for scheme in list["schemes"].as_array().unwrap() {
        let id = scheme["id"].as_str().unwrap();
        let mut said = Vec::new();
        quotes(&place.json(&["schemes", id, "--json"]), &mut said);
        assert!(said.len() > 10, "{id}");
        let shown = place.run(&["schemes", id, "--lang", "zh"]).out;
        for words in said {
            assert!(shown.contains(&words), "{id}: {words} is not in {shown}");
        }
    }
}
