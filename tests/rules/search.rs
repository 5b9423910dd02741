//! Finding records: by words, pinyin, initials, kinds and dates; in the recycle bin, too.

use chrono::NaiveDate;
use serde_json::{Value, json};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::{Entity, Removed};
use xiaxiangzhi_core::search::{FoundRecord, Index, SearchResults, pages_with};

const LEAVE: &str = "0199a1c2-7d1e-7c3a-9f10-000000000001";

fn document() -> Value {
    json!({
        "posting": {"physician": {"name": "李晓梅"}, "recipient_unit": "重庆市河口镇卫生院"},
        "calendar_overrides": [{"date": "2026-03-07", "kind": "workday", "reason": "卫生院值班"}],
        "days": [
            {"date": "2026-01-05", "morning": "present", "afternoon": "present", "note": "内科门诊，高血压随访",
             "tallies": {"outpatient_visits": 23}},
            {"date": "2026-02-05", "morning": "present", "afternoon": null, "note": "陪王院长去银行办补助",
             "tallies": {"referrals_up": 1}},
            {"date": "2026-03-02", "morning": "official_duty", "afternoon": "present", "note": "ECG 判读", "tallies": {}},
        ],
        "activities": [
            {"id": "a1", "kind": "lecture", "date": "2026-01-14", "title": "高血压分级管理", "place": "二楼会议室"},
            {"id": "a2", "kind": "ward_round", "date": "2026-03-10", "title": null},
        ],
        "leaves": [{"id": LEAVE, "kind": "personal_leave", "from": "2026-02-27", "from_half": "morning",
            "to": "2026-03-02", "to_half": "afternoon", "reason": "家事"}],
        "summary": {"self_appraisal": "三个月来，带教乡村医生", "suggestions": null},
    })
}

fn removed() -> Vec<Removed> {
    vec![Removed {
        entity: Entity::Activity,
        key: "a3".to_owned(),
        at: "2026-03-18T09:00:00Z".to_owned(),
        n: 7,
        value: json!({"kind": "free_clinic", "date": "2026-02-12", "title": "集市义诊，量血压"}),
    }]
}

fn search(query: &str) -> SearchResults {
    let today = NaiveDate::from_ymd_opt(2026, 3, 10).unwrap();
    Index::new(&document(), &removed()).search(query, Language::Chinese, today, 100)
}

/// What is found, as `entity key`, in order.
fn keys(query: &str) -> Vec<String> {
    let found = search(query).found.into_iter();
    found
        .map(|record| format!("{} {}", record.entity, record.key))
        .collect()
}

fn marks(record: &FoundRecord) -> Vec<&str> {
    let parts = record.lines.iter().flat_map(|line| &line.parts);
    parts
        .filter(|part| part.marked)
        .map(|part| part.text.as_str())
        .collect()
}

#[test]
fn words_pinyin_and_initials_find_the_same() {
    for query in [
        "高血压",
        "gaoxueya",
        "gxy",
        "GXY",
        "gaoxy",
        "ｇｘｙ",
        "gao'xue'ya",
        "gaoxuey",
    ] {
        assert_eq!(keys(query), ["activity a1", "day 2026-01-05"], "{query}");
    }
    assert_eq!(marks(&search("gxy").found[1]), ["高血压"]);
    assert_eq!(marks(&search("ecg").found[0]), ["ECG"]);
    assert_eq!(keys("gxyz"), [""; 0]);
    assert_eq!(keys("gexueya"), [""; 0]);
}

#[test]
fn a_character_is_found_by_each_of_its_readings() {
    for query in ["chongqing", "zhongqing", "cqs", "zqs"] {
        assert_eq!(keys(query), ["posting "], "{query}");
    }
    for query in ["yinhang", "yinxing", "yh"] {
        assert_eq!(keys(query)[0], "day 2026-02-05", "{query}");
    }
}

#[test]
fn every_word_has_to_fit() {
    assert_eq!(keys("高血压 授课"), ["activity a1"]);
    assert_eq!(keys("gxy shouke"), ["activity a1"]);
    assert_eq!(keys("gxy chafang"), [""; 0]);
    assert_eq!(keys("  　"), [""; 0]);
}

#[test]
fn kinds_and_counts_are_found_by_their_names() {
    assert_eq!(keys("查房"), ["activity a2"]);
    assert_eq!(keys("cf"), ["activity a2"]);
    assert_eq!(keys("ward"), ["activity a2"]);
    assert_eq!(keys("请假"), [format!("leave {LEAVE}")]);
    assert_eq!(keys("shijia"), [format!("leave {LEAVE}")]);
    assert_eq!(keys("上转"), ["day 2026-02-05"]);
    assert_eq!(keys("公差"), ["day 2026-03-02"]);
    assert_eq!(keys("值班"), ["calendar_override 2026-03-07"]);
    assert_eq!(keys("带教"), ["summary "]);
}

#[test]
fn what_was_written_comes_before_what_was_chosen_and_the_latest_first() {
    let document = json!({"days": [
        {"date": "2026-01-05", "morning": "present", "note": "记出勤表"},
        {"date": "2026-01-06", "morning": "present"},
        {"date": "2026-01-07", "morning": "present"},
        {"date": "2026-01-08", "morning": "present", "note": "出 qin 表 chuqin"},
    ]});
    let today = NaiveDate::from_ymd_opt(2026, 3, 10).unwrap();
    let index = Index::new(&document, &[]);
    let keys = |query: &str, most: usize| {
        let found = index
            .search(query, Language::Chinese, today, most)
            .found
            .into_iter();
        found.map(|record| record.key).collect::<Vec<_>>()
    };
    assert_eq!(
        keys("出勤", 9)[..3],
        ["2026-01-05", "2026-01-08", "2026-01-07"].map(str::to_owned)
    );
    assert_eq!(keys("chuqin", 2), ["2026-01-08", "2026-01-05"]);
    assert_eq!(index.search("chuqin", Language::Chinese, today, 2).total, 4);
}

#[test]
fn a_typed_date_finds_what_is_for_it() {
    let leave = format!("leave {LEAVE}");
    for query in [
        "3.2",
        "0302",
        "3月2日",
        "3-2",
        "3/2",
        "2026-03-02",
        "20260302",
        "2026年3月2日",
    ] {
        assert_eq!(keys(query), ["day 2026-03-02", leave.as_str()], "{query}");
        assert!(search(query).found.iter().all(|found| found.by_date), "{query}");
    }
    // In the middle of a leave.
    assert_eq!(keys("2.28"), [leave.as_str()]);
    assert_eq!(keys("2027-03-02"), [""; 0]);
    assert_eq!(keys("今天"), ["activity a2"]);
    assert_eq!(keys("1月"), ["activity a1", "day 2026-01-05"]);
    assert_eq!(keys("2026-01"), keys("1月"));
    assert_eq!(keys("january"), keys("1月"));
    // 2026-01-14 is the only Wednesday.
    assert_eq!(keys("周三 授课"), ["activity a1"]);
    assert_eq!(keys("周四 授课"), [""; 0]);
    assert_eq!(keys("3.2 公差"), ["day 2026-03-02"]);
}

#[test]
fn what_was_removed_is_found_as_such_and_comes_last() {
    let found = search("血压").found;
    let last = found.last().unwrap();
    assert_eq!(
        (last.key.as_str(), last.removed_at.as_deref()),
        ("a3", Some("2026-03-18T09:00:00Z"))
    );
    let name: String = last.name.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(name, "2月12日 义诊《集市义诊，量血压》");
    assert!(
        found[..found.len() - 1]
            .iter()
            .all(|found| found.removed_at.is_none())
    );
    assert_eq!(keys("回收站"), ["activity a3"]);
}

#[test]
fn a_long_text_is_shown_around_what_fits() {
    let note = format!("{}随访糖尿病人\n{}", "巡".repeat(200), "诊".repeat(200));
    let index = Index::new(&json!({"days": [{"date": "2026-01-05", "note": note}]}), &[]);
    let today = NaiveDate::from_ymd_opt(2026, 3, 10).unwrap();
    let found = index.search("tnb", Language::Chinese, today, 9).found;
    let parts = &found[0].lines[0].parts;
    let text: String = parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(marks(&found[0]), ["糖尿病"]);
    assert!(text.starts_with("…巡") && text.ends_with("诊…"), "{text}");
    assert!(!text.contains('\n') && text.chars().count() <= 74, "{text}");
}

#[test]
fn an_index_renewed_after_changes_finds_what_a_new_one_finds() {
    let today = "2026-03-19".parse().expect("a date");
    let before = document();
    let mut edited = before.clone();
    edited["days"][0]["note"] = json!("随访糖尿病病人");
    edited["activities"].as_array_mut().expect("activities").remove(0);
    let mut renamed = edited.clone();
    renamed["tally_items"] = json!([{"key": "own_1", "label": "针灸", "unit": "人次"}]);
    renamed["days"][0]["tallies"] = json!({"own_1": 3});
    let mut renamed_again = renamed.clone();
    renamed_again["tally_items"][0]["label"] = json!("推拿");
    let bin = removed();
    let states = [
        (&before, bin.as_slice()),
        (&edited, &[]),
        (&renamed, bin.as_slice()),
        (&renamed_again, bin.as_slice()),
        (&before, &[]),
    ];
    let mut index = Index::new(&json!({}), &[]);
    for (document, removed) in states {
        index = index.renewed(document, removed);
        let fresh = Index::new(document, removed);
        for query in [
            "gxy",
            "tangniaobing",
            "针灸",
            "推拿",
            "讲座",
            "3月",
            "回收站",
            "门诊",
        ] {
            assert_eq!(
                index.search(query, Language::Chinese, today, 100),
                fresh.search(query, Language::Chinese, today, 100),
                "{query}"
            );
        }
    }
    assert_eq!(index.search("推拿", Language::Chinese, today, 100).total, 0);
}

/// Each page by its place, its rank, and what is marked in it.
fn pages(query: &str) -> Vec<(usize, u8, Vec<String>)> {
    let pages: Vec<Vec<String>> = [
        &["请假和销假", "3 天以上要走书面。", "Excel 也行"][..],
        &["病人和隐私", "记录里不写姓名、身份证号。"],
        &["审核", "打开 .xxz 文件。", "请假的手续齐不齐。"],
    ]
    .iter()
    .map(|page| page.iter().map(|text| (*text).to_owned()).collect())
    .collect();
    pages_with(query, &pages)
        .into_iter()
        .map(|found| {
            let parts = found.texts.iter().flat_map(|text| {
                let whole: String = text.parts.iter().map(|part| part.text.as_str()).collect();
                assert_eq!(whole, pages[found.page][text.text], "a text loses nothing");
                text.parts.iter().filter(|part| part.marked)
            });
            let marked = parts.map(|part| part.text.clone()).collect();
            (found.page, found.rank, marked)
        })
        .collect()
}

#[test]
fn pages_are_found_by_words_in_any_order_without_case_and_by_pinyin() {
    let found = |query| -> Vec<usize> { pages(query).into_iter().map(|(page, ..)| page).collect() };
    for (query, expected) in [
        ("请假", vec![0, 2]),
        ("书面 销假", vec![0]),
        ("书面 身份证", vec![]),
        ("EXCEL", vec![0]),
        ("ｅｘｃｅｌ", vec![0]),
        ("sfz", vec![1]),
        ("shenfenzheng", vec![1]),
        ("qingj", vec![0, 2]),
        ("xj shumian", vec![0]),
        ("今天", vec![]),
        ("  ", vec![]),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
}

#[test]
fn a_page_with_it_in_its_title_comes_first_and_all_of_it_is_marked() {
    let marked = |texts: &[&str]| -> Vec<String> { texts.iter().map(|text| (*text).to_owned()).collect() };
    assert_eq!(
        pages("审核"),
        [(2, 0, marked(&["审核"]))],
        "the title, letter by letter"
    );
    assert_eq!(
        pages("qj"),
        [(0, 1, marked(&["请假"])), (2, 3, marked(&["请假"]))]
    );
    assert_eq!(
        pages("假 3"),
        [(0, 2, marked(&["假", "假", "3"]))],
        "as well as the worst of its terms"
    );
}
