//! The summary's draft: every figure is the log's, nothing is named that was not logged, and what was written stays.

use serde_json::{Value, json};
use xiaxiangzhi_core::assess::{assess, half_days};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::drafting::{DraftedPassage, Passage, Run, draft};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::built_in;

fn drafted(records: &Records, as_of: &str) -> Vec<DraftedPassage> {
    let scheme = built_in("rotation_3m").unwrap();
    let as_of = as_of.parse().unwrap();
    let assessment = assess(scheme, records, Calendar::built_in(), as_of).unwrap();
    let days = half_days(scheme, records, Calendar::built_in(), as_of).unwrap();
    draft(records, &assessment, &days)
}

fn posting(more: Value) -> Records {
    let mut document = json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11", "start": "2026-01-05", "end": "2026-04-05",
            "scheme": "rotation_3m", "supporting_hospital": "望山市第二人民医院", "recipient_unit": "白塔镇中心卫生院"},
    });
    document
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    Records::from_value(document).unwrap()
}

fn of(passages: &[DraftedPassage], passage: Passage) -> &DraftedPassage {
    passages.iter().find(|one| one.passage == passage).unwrap()
}

#[test]
fn nothing_that_was_not_logged_is_named() {
    let passages = drafted(&posting(json!({})), "2026-04-06");
    assert_eq!(passages.len(), Passage::ALL.len());
    let said: Vec<String> = passages
        .iter()
        .map(DraftedPassage::drafted)
        .filter(|text| !text.is_empty())
        .collect();
    assert_eq!(
        said,
        [
            "本人受望山市第二人民医院派遣，于2026年1月5日至2026年4月5日在白塔镇中心卫生院开展卫生下乡工作，共91天。"
        ]
    );
}

#[test]
fn figures_are_sums_over_the_records_they_name_and_nobody_is_counted_after_the_date() {
    let records = posting(json!({
        "days": [
            {"date": "2026-01-05", "morning": "present", "tallies": {"outpatient_visits": 1000, "referrals_up": 0}},
            {"date": "2026-01-06", "morning": "present", "tallies": {"outpatient_visits": 290}},
            {"date": "2026-03-30", "morning": "present", "tallies": {"outpatient_visits": 50}},
        ],
        "activities": [
            {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a01", "kind": "lecture", "date": "2026-01-14", "title": "《高血压》",
                "participants": 12},
            {"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a02", "kind": "lecture", "date": "2026-01-21", "title": "高血压",
                "participants": 9},
            {"kind": "lecture", "date": "2026-03-31", "participants": 99},
            {"kind": "free_clinic", "date": "2026-01-20", "tallies": {"free_clinic_visits": 78, "hypertension_found": 22}},
        ],
    }));
    let passages = drafted(&records, "2026-03-01");
    let work = of(&passages, Passage::MedicalWork);
    assert_eq!(work.drafted(), "派驻期间，接诊门诊患者1,290人次。");
    let figures: Vec<&Run> = work
        .runs
        .iter()
        .filter(|run| matches!(run, Run::Figure { .. }))
        .collect();
    let [Run::Figure { text, records, .. }] = figures[..] else {
        panic!("{figures:?}")
    };
    let keys: Vec<_> = records
        .iter()
        .map(|one| (one.entity.as_str(), one.key.as_deref()))
        .collect();
    assert_eq!(text, "1,290");
    assert_eq!(keys, [("day", Some("2026-01-05")), ("day", Some("2026-01-06"))]);
    assert_eq!(
        of(&passages, Passage::Teaching).drafted(),
        "授课2次，听课21人次，内容包括《高血压》。"
    );
    assert_eq!(
        of(&passages, Passage::PublicHealth).drafted(),
        "开展义诊活动1次，义诊78人次，检出高血压22例。"
    );
}

#[test]
fn what_was_written_is_kept_and_the_figures_it_lacks_are_pointed_out() {
    let figures = |written: &str| -> Vec<String> {
        let records = posting(json!({
            "days": [{"date": "2026-01-05", "morning": "present",
                "tallies": {"outpatient_visits": 1290, "operations": 12}}],
            "summary": {"medical_work": written},
        }));
        let passages = drafted(&records, "2026-04-06");
        let work = of(&passages, Passage::MedicalWork);
        assert_eq!(work.written.as_deref(), Some(written));
        assert_eq!(work.text(), written);
        assert_eq!(work.drafted(), "派驻期间，接诊门诊患者1,290人次，手术12台。");
        work.not_in_written
            .iter()
            .map(|nth| work.runs[*nth].text().to_owned())
            .collect()
    };
    for (written, lacking) in [
        ("共看门诊1290人次，做手术12台。", &[][..]),
        ("共看门诊1,290人次，做手术１２台。", &[]),
        ("共看门诊1240人次，做手术12台。", &["1,290"]),
        ("做手术120台。", &["1,290", "12"]),
    ] {
        assert_eq!(figures(written), lacking, "{written}");
    }
}

#[test]
fn a_blank_text_leaves_the_draft() {
    let records = posting(json!({"summary": {"basics": "  \n"}}));
    let passages = drafted(&records, "2026-04-06");
    let basics = of(&passages, Passage::Basics);
    assert_eq!(basics.written, None);
    assert!(basics.text().starts_with("本人受"));
}

#[test]
fn no_draft_of_any_sample_has_a_zero_and_every_tally_is_the_assessments() {
    let scheme = built_in("rotation_3m").unwrap();
    for seed in 0..20 {
        let records = sample(seed, scheme).unwrap();
        for as_of in ["2025-12-01", "2026-02-01", "2026-04-06"] {
            for passage in drafted(&records, as_of) {
                for run in &passage.runs {
                    let Run::Figure { text, of, records } = run else {
                        continue;
                    };
                    assert!(
                        !["0", "0.0%"].contains(&text.as_str()),
                        "seed {seed}: {of} {text}"
                    );
                    let worked_out = ["应出勤", "考勤率"].contains(&of.as_str());
                    assert_eq!(records.is_empty(), worked_out, "seed {seed}: {of} {text}");
                }
            }
        }
    }
}

#[test]
fn marks_and_titles_of_a_schemes_own_are_checked() {
    use xiaxiangzhi_core::scheme::Scheme;
    let with = |place: &str, key: &str, text: &str| {
        let mut scheme = serde_json::to_value(built_in("rotation_3m").unwrap()).unwrap();
        match place {
            "symbols" => scheme["attendance"]["symbols"] = json!({key: text}),
            _ => scheme["form_titles"] = json!({key: text}),
        }
        Scheme::from_value(scheme)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    for (place, key, text) in [
        ("symbols", "present", "●"),
        ("symbols", "sick_leave", "病"),
        ("symbols", "unrecorded", "—"),
        ("form_titles", "attendance", "下乡考勤"),
    ] {
        assert_eq!(with(place, key, text), Ok(()), "{key} {text}");
    }
    for (place, key, text, allowed) in [
        ("symbols", "lunch", "●", "a half-day's status"),
        ("symbols", "present", "", "1 or 2 characters"),
        ("symbols", "present", "出勤了", "1 or 2 characters"),
        ("symbols", "present", "○", "each mark for one thing only"),
        ("form_titles", "diploma", "证书", "sheet, attendance"),
        ("form_titles", "sheet", " ", "1 to 40 characters"),
    ] {
        let refused = with(place, key, text).unwrap_err();
        assert!(refused.contains(allowed) && refused.contains(key), "{refused}");
    }
}
