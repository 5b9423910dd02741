//! Six workbooks as clinics keep them, read under the guesses alone.

use crate::support::{count, guesses, plan_of, planned, records, sample, saved, told};
use serde_json::{Value, json};
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::scheme::built_in;
use xiaxiangzhi_import::{Layout, Meaning, Outcome, RowsAre, Workbook};

/// A file, what is wrong in it, and how many records it gives.
type Case = (&'static str, &'static [&'static str], usize);

const CASES: [Case; 6] = [
    (
        "attendance-of-two.xlsx",
        &["bad AC4 “？” unknown_symbol", "bad AC5 “？” unknown_symbol"],
        14,
    ),
    (
        "diary-with-text-dates.xlsx",
        &[
            "bad D11 “=” uncomputed",
            "bad A12 “2月30日” impossible_date",
            "bad D13 “约二十” not_a_count",
            "bad C14 “※” unknown_symbol",
            "bad A16 “1.1” ambiguous_date",
        ],
        5,
    ),
    ("lectures-gbk.csv", &["bad C5 “联欢” unknown_activity"], 4),
    (
        "leaves-1904.xlsx",
        &["bad C4 “44629” ends_before_start", "bad A5 “旅游” unknown_leave"],
        2,
    ),
    ("sheet-a-month.xlsx", &[], 34),
    ("work-utf8.csv", &["bad B5 “晚上” not_a_half"], 2),
];

#[test]
fn every_sample_gives_its_records_and_names_its_bad_rows_first() {
    for (file, bad, entered) in CASES {
        let plan = plan_of(&sample(file), &records(&json!({})));
        assert_eq!(told(&plan)[..bad.len()], *bad, "{file}");
        assert_eq!(count(&plan, Outcome::Bad), bad.len(), "{file}");
        assert_eq!(plan.changes.len(), entered, "{file}: {:#?}", told(&plan));
    }
}

#[test]
fn a_row_has_the_same_number_whatever_ends_its_lines() {
    let windows = sample("work-utf8.csv");
    let text = String::from_utf8(windows.clone()).unwrap();
    assert!(text.contains("\r\n"), "the sample has the line ends of Windows");
    let bare = text.replace("\r\n", "\n").into_bytes();
    let nothing = records(&json!({}));
    assert_eq!(
        told(&plan_of(&windows, &nothing)),
        told(&plan_of(&bare, &nothing))
    );
}

#[test]
fn an_attendance_sheet_is_read_for_the_physician_with_its_month_legend_and_leaves() {
    let records = records(&json!({}));
    let workbook = Workbook::read(&sample("attendance-of-two.xlsx")).unwrap();
    assert_eq!(
        workbook
            .sheets
            .iter()
            .map(|sheet| sheet.hidden)
            .collect::<Vec<_>>(),
        [false, true]
    );
    let mut mappings = guesses(&workbook, "", &records);
    assert_eq!(mappings.len(), 1, "hidden sheets are not chosen");
    let guess = &mappings[0];
    assert_eq!(
        (guess.layout, guess.month.as_deref(), guess.person.as_deref()),
        (Layout::Grid, Some("2026-02"), Some("李晓梅"))
    );
    let plan = planned(&workbook, &mappings, &records, &[]);
    let found = &plan.sheets[0];
    assert_eq!(found.people, ["李晓梅", "周建国"]);
    assert_eq!((found.totals, found.asks_person), (1, false));
    assert_eq!(found.symbols[0].means, None, "what nobody explained comes first");
    assert_eq!(
        saved(&plan, Entity::Day, "2026-02-10"),
        &json!({"date": "2026-02-10", "morning": "absent", "afternoon": "present", "note": null, "tallies": {}})
    );
    let leaves: Vec<&Value> = plan
        .changes
        .iter()
        .filter(|(entity, ..)| *entity == Entity::Leave)
        .map(|(.., value)| value)
        .collect();
    assert_eq!(leaves.len(), 2);
    assert_eq!(
        (&leaves[0]["kind"], &leaves[0]["from"], &leaves[0]["to"]),
        (
            &json!("personal_leave"),
            &json!("2026-02-03"),
            &json!("2026-02-04")
        )
    );
    assert_eq!(
        (&leaves[1]["kind"], &leaves[1]["from_half"], &leaves[1]["to_half"]),
        (&json!("sick_leave"), &json!("afternoon"), &json!("afternoon"))
    );

    mappings[0].person = Some("周建国".to_owned());
    let other = planned(&workbook, &mappings, &records, &[]);
    assert_eq!(count(&other, Outcome::Bad), 0, "the other's marks are all known");
    mappings[0].person = None;
    let nobody = planned(&workbook, &mappings, &records, &[]);
    assert!(nobody.sheets[0].asks_person && nobody.changes.is_empty());
}

#[test]
fn a_mark_that_is_explained_is_entered() {
    let records = records(&json!({}));
    let workbook = Workbook::read(&sample("attendance-of-two.xlsx")).unwrap();
    let mut mappings = guesses(&workbook, "", &records);
    mappings[0].symbols =
        serde_json::from_value(json!([{"symbol": "?", "means": {"status": "official_duty"}}])).unwrap();
    let plan = planned(&workbook, &mappings, &records, &[]);
    assert_eq!(count(&plan, Outcome::Bad), 0);
    assert_eq!(
        saved(&plan, Entity::Day, "2026-02-26")["morning"],
        "official_duty"
    );
}

#[test]
fn the_marks_of_the_scheme_go_before_the_usual_ones_and_the_sheets_own_before_both() {
    let mut scheme = serde_json::to_value(built_in("rotation_3m").unwrap()).unwrap();
    scheme["attendance"]["symbols"] = json!({"absent": "○", "personal_leave": "假", "present": "●"});
    let records = records(&json!({"scheme_document": scheme}));
    let grid = "2026年3月考勤表\n姓名,1,2,3,4,5,6,7,8,9\n李晓梅,,○,●,假,√,,,,\n";
    let plan = plan_of(grid.as_bytes(), &records);
    assert_eq!(
        told(&plan),
        [
            "new E3 3月4日 事假",
            "new C3 3月2日 的记录",
            "new D3 3月3日 的记录",
            "new F3 3月5日 的记录"
        ]
    );
    assert_eq!(saved(&plan, Entity::Day, "2026-03-02")["morning"], "absent");
    assert_eq!(saved(&plan, Entity::Day, "2026-03-03")["morning"], "present");
    let explained = format!("{grid}图例：○公差 ●出勤\n");
    let plan = plan_of(explained.as_bytes(), &records);
    assert_eq!(
        saved(&plan, Entity::Day, "2026-03-02")["morning"],
        "official_duty"
    );
}

#[test]
fn a_title_is_what_stands_before_its_brackets() {
    let csv =
        "日期,午别,今天做了什么（不写患者姓名）,门诊（人次）\n3月2日,全天,门诊,12\n3月3日,全天,查房,9\n";
    let records = records(&json!({}));
    let workbook = Workbook::read(csv.as_bytes()).unwrap();
    let columns = guesses(&workbook, "", &records).remove(0).columns;
    assert_eq!(
        columns,
        [
            Meaning::Date,
            Meaning::Half,
            Meaning::Note,
            Meaning::Tally("outpatient_visits".to_owned())
        ]
    );
}

#[test]
fn a_diary_under_merged_titles_keeps_its_counts_and_leaves_sums_out() {
    let plan = plan_of(&sample("diary-with-text-dates.xlsx"), &records(&json!({})));
    assert_eq!(
        saved(&plan, Entity::Day, "2026-01-06"),
        &json!({"date": "2026-01-06", "morning": "present", "afternoon": "present", "note": "内科门诊",
                "tallies": {"outpatient_visits": 18}})
    );
    assert_eq!(
        saved(&plan, Entity::Day, "2026-01-09"),
        &json!({"date": "2026-01-09", "morning": "present", "afternoon": "present", "note": "门诊\n慢病建档",
                "tallies": {"outpatient_visits": 19, "referrals_up": 0}})
    );
    assert_eq!(
        saved(&plan, Entity::Day, "2026-01-08")["afternoon"],
        "official_duty"
    );
    assert_eq!(plan.sheets[0].totals, 2);
    assert_eq!(
        told(&plan).last().unwrap(),
        "left_out A15  (2025-12-30 不在派驻期内（2026-01-05 至 2026-04-05）)"
    );
}

#[test]
fn lectures_in_gbk_become_activities_with_their_kind() {
    let records = records(&json!({}));
    let workbook = Workbook::read(&sample("lectures-gbk.csv")).unwrap();
    let mappings = guesses(&workbook, "", &records);
    assert_eq!(mappings[0].rows, RowsAre::Activities);
    let plan = planned(&workbook, &mappings, &records, &[]);
    let (_, id, first) = &plan.changes[0];
    assert_eq!(
        first,
        &json!({"id": id, "kind": "lecture", "date": "2026-01-14", "title": "高血压分级管理",
                "place": "二楼会议室", "minutes": 60, "participants": 12, "audience": null, "note": null,
                "counts_toward_assessment": true, "tallies": {}, "attachments": []})
    );
    assert_eq!(plan.changes[2].2["kind"], "teaching_round");
}

#[test]
fn bare_numbers_of_an_old_mac_are_the_dates_they_show() {
    let plan = plan_of(&sample("leaves-1904.xlsx"), &records(&json!({})));
    let spans: Vec<_> = plan
        .changes
        .iter()
        .map(|(.., leave)| (leave["from"].as_str().unwrap(), leave["to"].as_str().unwrap()))
        .collect();
    assert_eq!(
        spans,
        [("2026-02-03", "2026-02-04"), ("2026-03-05", "2026-03-05")]
    );
    assert_eq!(
        plan.changes[0].2["recipient_approval"],
        json!({"by": "王院长", "on": null})
    );
}

#[test]
fn two_rows_for_the_halves_of_a_day_make_one_day() {
    let records = records(&json!({}));
    let workbook = Workbook::read(&sample("work-utf8.csv")).unwrap();
    let mut mappings = guesses(&workbook, "", &records);
    assert!(mappings[0].columns.contains(&Meaning::Half));
    let plan = planned(&workbook, &mappings, &records, &[]);
    assert_eq!(
        saved(&plan, Entity::Day, "2026-03-02"),
        &json!({"date": "2026-03-02", "morning": null, "afternoon": null, "note": "门诊\n下村随访\n三户",
                "tallies": {"outpatient_visits": 15, "admissions": 1}})
    );
    mappings[0].present_when_written = true;
    let plan = planned(&workbook, &mappings, &records, &[]);
    let day = saved(&plan, Entity::Day, "2026-03-02");
    assert_eq!(
        (&day["morning"], &day["afternoon"]),
        (&json!("present"), &json!("present"))
    );
}

#[test]
fn a_support_diary_is_read_row_by_row_and_once_only() {
    let csv = "河口镇中心卫生院帮扶问题清单,,,,,,,\n\
        序号,时间,存在问题,指导意见,整改措施,完成时限,落实情况,回访结果\n\
        1,2026.1.8,急救箱缺肾上腺素,按清单配齐,药房补充并每月检查,1月15日,已整改,\n\
        2,１月20日,处方书写不规范,示范书写,,2026-02-30,,\n\
        3,2.3,血压计未校准,送检,联系县质监所,2月28日,再说,\n\
        4,2026/2/10,转诊单未留底,建转诊登记本,专人登记,2月20日,已复查,登记完整\n"
        .as_bytes();
    let nothing = records(&json!({}));
    let workbook = Workbook::read(csv).unwrap();
    let mapping = &guesses(&workbook, "", &nothing)[0];
    assert_eq!(mapping.rows, RowsAre::Problems);
    let plan = plan_of(csv, &nothing);
    assert_eq!(
        told(&plan)[..2],
        [
            "bad F4 “2026-02-30” impossible_date",
            "bad G5 “再说” unknown_status"
        ]
    );
    assert_eq!(count(&plan, Outcome::New), 2, "{:#?}", told(&plan));
    let (entity, _, value) = &plan.changes[1];
    assert_eq!(*entity, Entity::Problem);
    let wanted = json!({"date": "2026-02-10", "problem": "转诊单未留底", "guidance": "建转诊登记本",
        "corrective_action": "专人登记", "due": "2026-02-20", "status": "closed", "result": "登记完整"});
    for (field, wanted) in wanted.as_object().unwrap() {
        assert_eq!(&value[field], wanted, "{field}");
    }
    let again = plan_of(csv, &crate::support::after(&nothing, &plan));
    assert_eq!((again.changes.len(), count(&again, Outcome::Already)), (0, 2));
}

#[test]
fn days_in_one_row_and_weekdays_in_the_next_are_one_head() {
    let csv = "2026年3月份考勤表,,,,,,,,\n\
        科室:,心内科,,,,,,,\n\
        姓 名,日期,１日,２日,３日,４日,５日,６日,７日\n\
        ,星期,日,一,二,三,四,五,六\n\
        李晓梅,上午,,√,√,√,公,√,\n\
        ,下午,,√,√,旷,√,√,\n\
        合计,,,2,2,1,2,2,\n"
        .as_bytes();
    let plan = plan_of(csv, &records(&json!({})));
    assert_eq!(count(&plan, Outcome::Bad), 0, "{:#?}", told(&plan));
    let halves = |date| {
        let day = saved(&plan, Entity::Day, date);
        (day["morning"].clone(), day["afternoon"].clone())
    };
    assert_eq!(halves("2026-03-02"), (json!("present"), json!("present")));
    assert_eq!(halves("2026-03-04"), (json!("present"), json!("absent")));
    assert_eq!(halves("2026-03-05"), (json!("official_duty"), json!("present")));
    assert_eq!(plan.changes.len(), 5);
}
