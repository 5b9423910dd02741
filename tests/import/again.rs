//! The same file twice, and files that say something else than what is there.

use crate::support::{after, count, guesses, plan_of, planned, records, sample, saved, told};
use serde_json::json;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_import::{Outcome, Workbook};

#[test]
fn the_same_file_twice_changes_nothing() {
    for file in [
        "attendance-of-two.xlsx",
        "diary-with-text-dates.xlsx",
        "lectures-gbk.csv",
        "leaves-1904.xlsx",
        "sheet-a-month.xlsx",
        "work-utf8.csv",
    ] {
        let before = records(&json!({}));
        let first = plan_of(&sample(file), &before);
        let second = plan_of(&sample(file), &after(&before, &first));
        assert!(second.changes.is_empty(), "{file}: {:#?}", told(&second));
        assert_eq!(count(&second, Outcome::Already), first.changes.len(), "{file}");
    }
}

#[test]
fn what_differs_stays_until_it_is_to_be_replaced() {
    let here = records(&json!({"days": [
        {"date": "2026-03-02", "morning": "present", "note": "查房"},
        {"date": "2026-03-03", "morning": "absent"}
    ]}));
    let csv = "日期,上午,下午,工作内容\n2026-03-02,√,√,查房\n2026-03-03,√,√,门诊\n";
    let workbook = Workbook::read(csv.as_bytes()).unwrap();
    let mappings = guesses(&workbook, "", &here);
    let plan = planned(&workbook, &mappings, &here, &[]);
    assert_eq!(
        told(&plan),
        [
            "conflict A3 3月3日 的记录 (那天已经记了别的)",
            "completes A2 3月2日 的记录"
        ]
    );
    assert_eq!(plan.changes.len(), 1, "only what was blank is filled");
    let conflict = &plan.items[0];
    assert!(conflict.replaceable && !conflict.replaced);
    assert_eq!(conflict.fields[0].name.zh, "上午");
    assert_eq!(
        conflict.fields[0].before.as_ref().map(|label| label.zh.as_str()),
        Some("旷工")
    );

    let replacing = planned(&workbook, &mappings, &here, &[&conflict.id]);
    let day = saved(&replacing, Entity::Day, "2026-03-03");
    assert_eq!(
        (&day["morning"], &day["note"]),
        (&json!("present"), &json!("门诊"))
    );
    let then = plan_of(csv.as_bytes(), &after(&here, &replacing));
    assert!(then.changes.is_empty(), "{:#?}", told(&then));
}

#[test]
fn presence_and_leave_never_meet_whichever_came_first() {
    let on_leave = records(&json!({"leaves": [{"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12",
        "kind": "sick_leave", "from": "2026-03-02", "from_half": "afternoon", "to": "2026-03-02",
        "to_half": "afternoon"}]}));
    let days = "日期,上午,下午\n3月2日,√,√\n3月3日,√,√\n";
    let plan = plan_of(days.as_bytes(), &on_leave);
    assert_eq!(told(&plan), ["bad A2 “3月2日” on_leave", "new A3 3月3日 的记录"]);

    let present = records(&json!({"days": [{"date": "2026-03-02", "morning": "present"}]}));
    let leaves = "假别,开始日期,结束日期\n事假,3月2日,3月3日\n病假,3月9日,3月9日\n";
    let plan = plan_of(leaves.as_bytes(), &present);
    assert_eq!(
        told(&plan),
        [
            "conflict B2 3月2日至3月3日 事假 (2026-03-02 已记为出勤，先改那天)",
            "new B3 3月9日 病假"
        ]
    );
    assert!(!plan.items[0].replaceable);
}

#[test]
fn leaves_that_overlap_are_named_and_marks_within_a_known_leave_are_there_already() {
    let here = records(&json!({"leaves": [{"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12",
        "kind": "personal_leave", "from": "2026-03-02", "from_half": "morning", "to": "2026-03-06",
        "to_half": "afternoon", "reason": "家事"}]}));
    let list = "假别,开始日期,结束日期,事由\n事假,3月5日,3月9日,家事\n病假,3月12日,3月13日,发热\n事假,3月13日,3月14日,\n";
    let plan = plan_of(list.as_bytes(), &here);
    assert_eq!(
        told(&plan),
        [
            "bad B4 “3月13日” overlaps",
            "conflict B2 3月5日至3月9日 事假 (和已有的请假重叠)",
            "new B3 3月12日至3月13日 病假"
        ]
    );
    let grid = "2026年3月考勤表\n姓名,1,2,3,4,5,6,7,8,9,10\n李晓梅,,○,○,,,,,,√,√\n";
    let plan = plan_of(grid.as_bytes(), &here);
    assert_eq!(count(&plan, Outcome::Already), 1, "{:#?}", told(&plan));
    assert_eq!(count(&plan, Outcome::New), 2);
}

#[test]
fn two_activities_of_a_kind_on_one_day_both_find_their_own_again() {
    let csv = "日期,类别,题目,人数\n2026-03-03,讲座,高血压,12\n2026-03-03,讲座,糖尿病,9\n2026-03-03,讲座,高血压,12\n";
    let before = records(&json!({}));
    let first = plan_of(csv.as_bytes(), &before);
    assert_eq!(count(&first, Outcome::New), 2);
    assert_eq!(
        told(&first).last().unwrap(),
        "already A4 3月3日 授课《高血压》 (和第 2 行一样)"
    );
    let then = after(&before, &first);
    assert!(plan_of(csv.as_bytes(), &then).changes.is_empty());
    let other = "日期,类别,题目,人数\n2026-03-03,讲座,高血压,15\n";
    let plan = plan_of(other.as_bytes(), &then);
    assert_eq!(
        told(&plan),
        ["conflict A2 3月3日 授课《高血压》 (那天已有一次同类的)"]
    );
}

#[test]
fn rows_of_one_date_that_contradict_each_other_are_named() {
    let csv = "日期,上午,下午,门诊\n3月2日,√,√,10\n3月2日,√,√,12\n3月3日,√,√,8\n3月3日,√,√,8\n";
    let plan = plan_of(csv.as_bytes(), &records(&json!({})));
    assert_eq!(
        told(&plan),
        [
            "bad A3 “3月2日” contradicts",
            "new A2 3月2日 的记录",
            "new A4 3月3日 的记录"
        ]
    );
}

#[test]
fn what_looks_like_a_patient_is_asked_about_and_still_entered() {
    let csv = "日期,上午,下午,工作内容\n3月2日,√,√,随访 13800138000\n";
    let plan = plan_of(csv.as_bytes(), &records(&json!({})));
    assert_eq!(plan.items[0].warnings[0].zh, "像是手机号。记录里不写病人身份。");
    assert_eq!(plan.changes.len(), 1);
}

#[test]
fn presence_that_nobody_wrote_gives_way_to_what_is_known() {
    let here = records(&json!({
        "days": [{"date": "2026-03-02", "morning": "official_duty"}],
        "leaves": [{"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12", "kind": "sick_leave", "from": "2026-03-03",
                    "from_half": "morning", "to": "2026-03-03", "to_half": "morning"}]
    }));
    let csv = "日期,工作内容,门诊\n3月2日,门诊,10\n3月3日,门诊,8\n3月4日,,\n";
    let workbook = Workbook::read(csv.as_bytes()).unwrap();
    let mut mappings = guesses(&workbook, "", &here);
    mappings[0].present_when_written = true;
    let plan = planned(&workbook, &mappings, &here, &[]);
    assert_eq!(count(&plan, Outcome::Bad) + count(&plan, Outcome::Conflict), 0);
    let halves = |date| {
        let day = saved(&plan, Entity::Day, date);
        (day["morning"].clone(), day["afternoon"].clone())
    };
    assert_eq!(halves("2026-03-02"), (json!("official_duty"), json!("present")));
    assert_eq!(halves("2026-03-03"), (json!(null), json!("present")));
    assert!(!plan.changes.iter().any(|(_, key, _)| key == "2026-03-04"));
}
