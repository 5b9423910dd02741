//! Single cells as people write them: dates, marks, counts, lengths, spans.

use crate::support::{guesses, plan_of, planned, records, told};
use serde_json::{Value, json};
use xiaxiangzhi_import::Workbook;

/// The value that one row gives, or its first fault.
fn one(csv: &str) -> Result<Value, String> {
    let plan = plan_of(csv.as_bytes(), &records(&json!({})));
    match (plan.changes.as_slice(), plan.items.first()) {
        ([(.., value)], _) => Ok(value.clone()),
        (_, Some(item)) if !item.faults.is_empty() => Err(item.faults[0].code.clone()),
        _ => Err(told(&plan).join(", ")),
    }
}

#[test]
fn dates_are_understood_as_they_are_written() {
    for (written, date) in [
        ("2026.3.2", "2026-03-02"),
        ("2026-03-02", "2026-03-02"),
        ("2026/3/2", "2026-03-02"),
        ("2026年3月2日", "2026-03-02"),
        ("２０２６年３月２日", "2026-03-02"),
        ("26.3.2", "2026-03-02"),
        ("20260302", "2026-03-02"),
        ("0302", "2026-03-02"),
        ("3月2日", "2026-03-02"),
        ("3月2号 周一", "2026-03-02"),
        ("3月2日（星期一）", "2026-03-02"),
        ("3.2", "2026-03-02"),
        ("3-2", "2026-03-02"),
        ("3/2", "2026-03-02"),
        ("2026-03-02 00:00:00", "2026-03-02"),
        ("2026-03-02T08:00", "2026-03-02"),
        ("46083", "2026-03-02"),
    ] {
        let day = one(&format!("日期,上午,工作内容\n{written},√,门诊\n"));
        assert_eq!(day.map(|day| day["date"].clone()), Ok(json!(date)), "{written}");
    }
}

#[test]
fn what_is_no_date_is_named_and_not_guessed() {
    for (written, code) in [
        ("2月30日", "impossible_date"),
        ("2026.2.29", "impossible_date"),
        ("13月1日", "impossible_date"),
        ("三月二日", "not_a_date"),
        ("昨天", "not_a_date"),
        ("2日", "no_month"),
        ("99999999999999999999", "not_a_date"),
        ("", "no_date"),
    ] {
        let day = one(&format!("日期,上午,工作内容\n{written},√,门诊\n"));
        assert_eq!(day, Err(code.to_owned()), "{written}");
    }
}

#[test]
fn marks_of_one_cell_speak_for_one_half_or_both() {
    for (written, morning, afternoon) in [
        ("√", "present", "present"),
        ("✓", "present", "present"),
        ("出 勤", "present", "present"),
        ("√/公", "present", "official_duty"),
        ("×√", "absent", "present"),
        ("上午√下午补", "present", "compensatory_rest"),
    ] {
        let day = one(&format!("日期,出勤,工作内容\n3月2日,{written},门诊\n")).unwrap();
        assert_eq!(
            (&day["morning"], &day["afternoon"]),
            (&json!(morning), &json!(afternoon)),
            "{written}"
        );
    }
    for written in ["0.5", "☺", "√☺", "√/√/√"] {
        let day = one(&format!("日期,出勤,工作内容\n3月2日,{written},门诊\n"));
        assert_eq!(day, Err("unknown_symbol".to_owned()), "{written}");
    }
}

#[test]
fn counts_and_lengths_are_whole_and_within_their_limits() {
    for (written, count) in [
        ("23", Ok(23)),
        ("２３ 人次", Ok(23)),
        ("23.0", Ok(23)),
        ("0", Ok(0)),
        ("1000000", Ok(1_000_000)),
        ("-3", Err(())),
        ("2.5", Err(())),
        ("1000001", Err(())),
        ("约30", Err(())),
    ] {
        // Without other counts around it a column of such words would not be one of counts.
        let csv = format!("日期,上午,门诊\n3月3日,√,1\n3月4日,√,1\n3月2日,√,{written}\n");
        let plan = plan_of(csv.as_bytes(), &records(&json!({})));
        let found = plan.changes.iter().find(|(_, key, _)| key == "2026-03-02");
        let found = found.map(|(.., day)| day["tallies"]["outpatient_visits"].clone());
        assert_eq!(found, count.ok().map(|count| json!(count)), "{written}");
    }
    for (written, minutes) in [
        ("60", Ok(60)),
        ("1.5小时", Ok(90)),
        ("40分钟", Ok(40)),
        ("2h", Ok(120)),
        ("很久", Err("not_minutes".to_owned())),
    ] {
        let lecture = one(&format!("日期,题目,类别,时长\n3月2日,高血压,讲座,{written}\n"));
        assert_eq!(
            lecture.map(|lecture| lecture["minutes"].as_u64().unwrap()),
            minutes,
            "{written}"
        );
    }
}

#[test]
fn a_span_in_one_cell_is_a_leave() {
    for (written, from, to) in [
        ("2.3—2.4", "2026-02-03", "2026-02-04"),
        ("2.3-2.4", "2026-02-03", "2026-02-04"),
        ("2月3日至4日", "2026-02-03", "2026-02-04"),
        ("2026-02-03~2026-02-04", "2026-02-03", "2026-02-04"),
        ("2026年2月3日到2月4日", "2026-02-03", "2026-02-04"),
        ("2月3日", "2026-02-03", "2026-02-03"),
    ] {
        let leave = one(&format!("假别,起止日期,事由\n事假,{written},家事\n")).unwrap();
        assert_eq!(
            (&leave["from"], &leave["to"]),
            (&json!(from), &json!(to)),
            "{written}"
        );
    }
    for (written, from_half, to_half) in [
        ("2月3日下午至2月4日上午", "afternoon", "morning"),
        ("2月3日上午至4日下午", "morning", "afternoon"),
        ("2.3下午-2.4", "afternoon", "afternoon"),
        ("2月3日下午", "afternoon", "afternoon"),
    ] {
        let leave = one(&format!("假别,起止日期,事由\n事假,{written},家事\n")).unwrap();
        assert_eq!(
            (&leave["from_half"], &leave["to_half"]),
            (&json!(from_half), &json!(to_half)),
            "{written}"
        );
    }
}

#[test]
fn texts_keep_their_limits() {
    let long = "长".repeat(10_001);
    assert_eq!(
        one(&format!("日期,上午,工作内容\n3月2日,√,{long}\n")),
        Err("too_long".to_owned())
    );
    let title = "题".repeat(201);
    assert_eq!(
        one(&format!("日期,题目,类别\n3月2日,{title},讲座\n")),
        Err("too_long".to_owned())
    );
    let turned = one("日期,上午,工作内容\n3月2日,√,门\u{202E}诊\n");
    assert_eq!(turned, Err("forbidden_character".to_owned()));
}

#[test]
fn the_month_of_bare_days_comes_from_title_sheet_or_file_and_can_be_chosen() {
    let grid = "姓名,1,2,3,4,5,6\n李晓梅,,√,√,√,√,√\n";
    let records = records(&json!({}));
    let workbook = Workbook::read(grid.as_bytes()).unwrap();
    for (file, month) in [
        ("2026年3月考勤.csv", Some("2026-03")),
        ("3月考勤.csv", Some("2026-03")),
        ("202603.csv", Some("2026-03")),
        ("2026-3.csv", Some("2026-03")),
        ("考勤.csv", None),
    ] {
        let mappings = guesses(&workbook, file, &records);
        assert_eq!(mappings[0].month.as_deref(), month, "{file}");
    }
    let mut mappings = guesses(&workbook, "", &records);
    let asked = planned(&workbook, &mappings, &records, &[]);
    assert_eq!(asked.items[0].faults[0].code, "no_month");
    mappings[0].month = Some("2026-03".to_owned());
    assert_eq!(planned(&workbook, &mappings, &records, &[]).changes.len(), 5);
}

#[test]
fn counts_in_words_become_counts_and_what_says_something_else_stays_words() {
    for (written, tallies, note) in [
        (
            "门诊23人次、上转1例",
            json!({"outpatient_visits": 23, "referrals_up": 1}),
            Value::Null,
        ),
        ("门诊 1,290 人次", json!({"outpatient_visits": 1290}), Value::Null),
        (
            "捐赠价值1,234.5元；门诊２３",
            json!({"donation_value_fen": 123_450, "outpatient_visits": 23}),
            Value::Null,
        ),
        ("门诊约20人次", json!({}), json!("门诊约20人次")),
        ("门诊23人次，测血压", json!({}), json!("门诊23人次，测血压")),
        ("门诊20人次、门诊3人次", json!({}), json!("门诊20人次、门诊3人次")),
        ("门诊1000001人次", json!({}), json!("门诊1000001人次")),
        ("捐赠价值12元角", json!({}), json!("捐赠价值12元角")),
    ] {
        let day = one(&format!("日期,上午,工作量\n3月2日,√,\"{written}\"\n")).unwrap();
        assert_eq!((&day["tallies"], &day["note"]), (&tallies, &note), "{written}");
    }
    let lines = one("日期,上午,内容与工作量\n3月2日,√,\"查房\n门诊23人次\"\n").unwrap();
    assert_eq!(
        (&lines["note"], &lines["tallies"]["outpatient_visits"]),
        (&json!("查房"), &json!(23))
    );
    let twice = one("日期,上午,门诊,工作量\n3月2日,√,20,门诊23人次\n").unwrap();
    assert_eq!(
        twice["tallies"]["outpatient_visits"], 20,
        "a column of its own says it better"
    );
}

#[test]
fn without_a_column_of_dates_nothing_is_read_and_that_is_said() {
    let csv = "姓名,上午,下午,工作内容\n李晓梅,√,√,门诊\n李晓梅,√,√,查房\n";
    let plan = plan_of(csv.as_bytes(), &records(&json!({})));
    assert_eq!(told(&plan), [""; 0]);
    assert!(plan.sheets[0].asks_date);
}

#[test]
fn a_list_without_titles_is_read_by_what_its_columns_hold() {
    let csv = "2026-03-02,内科门诊二十人\n2026-03-03,下村\n";
    let plan = plan_of(csv.as_bytes(), &records(&json!({})));
    let notes: Vec<&Value> = plan.changes.iter().map(|(.., day)| &day["note"]).collect();
    assert_eq!(notes, [&json!("内科门诊二十人"), &json!("下村")]);
}

#[test]
fn kinds_of_leave_and_activity_are_known_by_their_usual_names() {
    for (written, kind) in [
        ("事", "personal_leave"),
        ("事假（半天）", "personal_leave"),
        ("病假", "sick_leave"),
        ("年假", "annual_leave"),
        ("公休", "annual_leave"),
        ("陪产假", "paternity_leave"),
        ("产假", "maternity_leave"),
        ("其他假", "other_leave"),
    ] {
        let leave = one(&format!("假别,开始日期\n{written},2月3日\n")).unwrap();
        assert_eq!(leave["kind"], kind, "{written}");
    }
    for (written, kind) in [
        ("业务讲座", "lecture"),
        ("教学查房", "teaching_round"),
        ("三级查房", "ward_round"),
        ("手术示教", "surgical_demonstration"),
        ("疑难病例讨论", "case_discussion"),
        ("健教", "health_education"),
        ("下村义诊", "free_clinic"),
    ] {
        let activity = one(&format!("日期,类别,题目\n3月2日,{written},高血压\n")).unwrap();
        assert_eq!(activity["kind"], kind, "{written}");
    }
}
