//! The other papers: what stands on them, what is withheld, and that nothing is cut or left blank.

use crate::ground::{self, cells};
use serde_json::json;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::FORM_NAMES;
use xiaxiangzhi_forms::{
    Block, Content, FormKind, Layout, Options, Orientation, missing_glyphs, pdf, together, typeset, xlsx,
};

const AFTER: &str = "2026-04-06";

#[test]
fn kinds_have_the_names_that_schemes_and_the_command_line_use() {
    let ids: Vec<&str> = FormKind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(ids, FORM_NAMES);
    for kind in FormKind::ALL {
        assert_eq!(FormKind::from_id(kind.id()), Some(*kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), json!(kind.id()));
    }
}

/// Every paper that a posting has, in each layout.
fn every_form(records: &Records, as_of: &str) -> Vec<xiaxiangzhi_forms::Form> {
    let layouts = [Layout::Usual, Layout::Table, Layout::OneAPage];
    let mut forms = Vec::new();
    for kind in FormKind::ALL {
        for layout in layouts {
            let options = Options {
                layout,
                ..Options::default()
            };
            forms.extend(ground::wanted(*kind, records, as_of, options));
        }
    }
    forms
}

#[test]
fn papers_made_together_stand_in_their_order_and_are_what_each_is_by_itself() {
    let forms = every_form(&ground::sample().0, AFTER);
    let alone: Vec<_> = forms.iter().map(|form| xlsx(form).unwrap()).collect();
    assert_eq!(together(&forms, |form| xlsx(form).unwrap()), alone);
    // Both typeset at once: neither finds what the other has cached in its place.
    let set = &forms[..2];
    let alone: Vec<_> = set.iter().map(|form| pdf(form).unwrap()).collect();
    assert_eq!(together(set, |form| pdf(form).unwrap()), alone);
    assert_eq!(together(&[0; 0], |_| 1), [0; 0], "of nothing comes nothing");
    let failed = std::panic::catch_unwind(|| together(&[1, 2, 3], |n| assert_ne!(*n, 2)));
    assert!(failed.is_err(), "a fault is not lost");
}

#[test]
fn every_paper_of_every_posting_can_be_written_carries_its_head_and_has_no_two_sheets_of_one_name() {
    for (records, as_of) in [
        (ground::sample().0, AFTER),
        (ground::empty(), "2026-11-02"),
        (ground::longest(), AFTER),
    ] {
        for form in every_form(&records, as_of) {
            xlsx(&form).unwrap_or_else(|error| panic!("{:?}: {error}", form.kind));
            assert!(form.footer.text.contains("7KQ2 M4XD"), "{:?}", form.kind);
            assert_eq!(missing_glyphs(&form), vec![], "{:?}", form.kind);
        }
    }
}

#[test]
fn long_names_and_sixty_activities_break_over_pages() {
    let records = ground::longest();
    for (kind, least) in [(FormKind::LectureRecords, 3), (FormKind::DailyLog, 2)] {
        let pages = typeset(&ground::form(kind, &records, AFTER))
            .unwrap()
            .page_count();
        assert!(pages >= least, "{kind:?}: {pages}");
    }
    let attendance = ground::form(FormKind::MonthlyAttendanceSheet, &records, AFTER);
    assert_eq!(typeset(&attendance).unwrap().page_count(), 4, "a month a page");
}

#[test]
fn rare_characters_are_found_on_every_paper() {
    // Unassigned, and so in no font of any machine.
    let records =
        ground::changed(|document| document["posting"]["physician"]["name"] = json!("李\u{3FFF0}梅"));
    for kind in FormKind::ALL {
        let form = ground::form(*kind, &records, AFTER);
        let missing = missing_glyphs(&form);
        assert!(
            missing.iter().any(|glyph| glyph.code_point == "U+3FFF0"),
            "{kind:?}"
        );
        assert_eq!(pdf(&form).unwrap_err().code(), "missing_glyphs", "{kind:?}");
    }
    let records = ground::changed(|document| document["posting"]["physician"]["name"] = json!("张䶮㛃"));
    for kind in FormKind::ALL {
        assert_eq!(
            missing_glyphs(&ground::form(*kind, &records, AFTER)),
            vec![],
            "{kind:?}"
        );
    }
}

#[test]
fn the_appraisal_is_a_draft_until_the_end_issued_then_and_withheld_with_its_clause() {
    let records = ground::sample().0;
    let appraisal = |records: &Records, as_of: &str| {
        ground::wanted(FormKind::ServiceAppraisalForm, records, as_of, Options::default())
    };
    let draft = appraisal(&records, "2026-02-10").unwrap();
    assert!(draft.draft && draft.title.ends_with("（草稿）"));
    let issued = appraisal(&records, AFTER).unwrap();
    assert!(!issued.draft && !issued.title.contains("草稿"));
    let texts = cells(&issued);
    for wanted in [
        "政治思想",
        "医德医风",
        "业务水平",
        "工作态度",
        "考勤情况",
        "工作实绩",
        "□优秀　□合格　□不合格",
        "执业证号",
        "拟晋升职称",
    ] {
        assert!(texts.iter().any(|text| text == wanted), "{wanted}");
    }
    let seals = issued.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(&table.rows),
        _ => None,
    });
    let seals = seals.flatten().flat_map(|row| &row.cells);
    let seals = seals.filter(|cell| matches!(&cell.content, Content::Signature(signature) if signature.seal));
    assert_eq!(seals.count(), 3);
    let nothing_done = ground::changed(|document| document["activities"] = json!([]));
    let refused = appraisal(&nothing_done, AFTER).unwrap_err();
    assert_eq!(refused.code(), "appraisal_withheld");
    for part in ["未达标2项（查房、授课）", "四（三）", "不予给其填写"] {
        assert!(refused.to_string().contains(part), "{part}: {refused}");
    }
}

#[test]
fn a_slip_says_the_route_of_its_length_and_each_leave_has_a_page() {
    let leave = |last: u32, from: &str, to: &str, more: serde_json::Value| {
        let mut leave = json!({
            "id": format!("0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a{last:02}"), "kind": "personal_leave",
            "from": from, "from_half": "morning", "to": to, "to_half": "afternoon", "reason": "家事",
        });
        leave
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        leave
    };
    let records = ground::changed(|document| {
        document["leaves"] = json!([
            leave(
                1,
                "2026-01-13",
                "2026-01-14",
                json!({"recipient_approval": {"by": "王院长", "on": "2026-01-12"},
                "notification": {"to": "医务部 赵主任", "on": "2026-01-12"}, "returned_on": "2026-01-15"})
            ),
            leave(
                2,
                "2026-03-05",
                "2026-03-06",
                json!({"written_explanation": {"on": "2026-03-04"}})
            ),
            leave(3, "2026-03-09", "2026-03-10", json!({})),
        ]);
    });
    let form = ground::form(FormKind::LeaveSlips, &records, AFTER);
    let sheets = form
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Sheet { .. }))
        .count();
    assert_eq!(sheets, 3);
    let text = cells(&form).join("\n");
    for wanted in [
        "不满3天：受援单位负责人批准后，电话通知医务部备案。",
        "批准人：王院长　　批准日期：2026年1月12日",
        "电话告知：2026年1月12日　医务部 赵主任",
        "2026年1月15日销假",
        "与相邻的请假合并计算，2026年3月5日至2026年3月10日共4天。满3天：受援单位负责人批准后，书面向医务部主任说明原因。",
        "书面说明：2026年3月4日交",
        "2天（4个半天）",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    assert_eq!(typeset(&form).unwrap().page_count(), 3);
}

#[test]
fn records_come_as_a_table_or_one_a_page_by_date_and_none_is_lost() {
    let records = ground::sample().0;
    let mut listed = 0;
    for kind in [
        FormKind::LectureRecords,
        FormKind::RoundRecords,
        FormKind::ActivityRecords,
    ] {
        let table = ground::form(kind, &records, AFTER);
        assert_eq!(table.orientation, Orientation::Landscape);
        let Some(Block::Table(rows)) = table.blocks.get(1) else {
            panic!("no table")
        };
        assert_eq!(rows.header_rows, 1);
        let count = rows.rows.len() - 1;
        let options = Options {
            layout: Layout::OneAPage,
            ..Options::default()
        };
        let pages = ground::wanted(kind, &records, AFTER, options).unwrap();
        let sheets = pages
            .blocks
            .iter()
            .filter(|block| matches!(block, Block::Sheet { .. }))
            .count();
        assert_eq!(sheets, count, "{kind:?}");
        listed += count;
    }
    assert_eq!(listed, records.activities.len());
    let none = ground::wanted(
        FormKind::SupportDiary,
        &ground::empty(),
        "2026-11-02",
        Options::default(),
    );
    assert_eq!(none.unwrap_err().code(), "nothing_recorded");
}

#[test]
fn a_long_text_of_the_summary_has_room_in_the_workbook() {
    use calamine::{Reader, Xlsx};
    let long = "门诊随访。".repeat(2_000);
    let records = ground::changed(|document| document["summary"] = json!({"basics": long}));
    let form = ground::form(FormKind::PostingSummary, &records, AFTER);
    let mut book = Xlsx::new(std::io::Cursor::new(xlsx(&form).unwrap())).unwrap();
    let range = book.worksheet_range("下乡总结").unwrap();
    let rows: Vec<String> = range.rows().map(|row| row[0].to_string()).collect();
    let at = rows.iter().position(|text| text.ends_with(&long)).unwrap();
    // 10,000 characters are some 240 lines: no single row is high enough for them.
    let room = rows[at + 1..].iter().take_while(|text| text.is_empty()).count() + 1;
    assert!(room >= 8, "{room} rows");
    assert!(typeset(&form).unwrap().page_count() >= 5);
}

#[test]
fn the_daily_log_has_a_line_for_each_day_and_a_leave_goes_before_what_was_entered() {
    let records = ground::changed(|document| {
        document["days"] = json!([
            {"date": "2026-03-03", "morning": "present", "afternoon": "present", "tallies": {"leaflets": 0}},
            {"date": "2026-03-02", "morning": "present", "note": "门诊", "tallies": {"outpatient_visits": 23}},
            {"date": "2026-03-04"},
        ]);
        document["leaves"] = json!([{"id": "0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a12", "kind": "sick_leave",
            "from": "2026-03-03", "from_half": "afternoon", "to": "2026-03-03", "to_half": "afternoon"}]);
    });
    let form = ground::form(FormKind::DailyLog, &records, AFTER);
    let texts = cells(&form);
    assert_eq!(texts[5..10], ["3月2日", "出勤", "", "门诊", "门诊23人次"]);
    assert_eq!(texts[10..15], ["3月3日", "出勤", "病假", "", ""]);
    assert_eq!(texts[15], "本人签名");
}

#[test]
fn the_summary_prints_what_was_written_and_drafts_the_rest() {
    let records = ground::changed(|document| {
        document["summary"] = json!({"teaching": "本人认真授课。\n效果很好。", "reflections": "受益良多。"});
    });
    let form = ground::form(FormKind::PostingSummary, &records, AFTER);
    let texts: Vec<&str> = form
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert!(texts.contains(&"本人认真授课。\n效果很好。"), "{texts:?}");
    assert!(texts.contains(&"受益良多。"));
    assert!(
        texts
            .iter()
            .any(|text| text.starts_with("派驻期间，接诊门诊患者")),
        "{texts:?}"
    );
    assert!(
        texts.iter().all(|text| !text.contains("授课7次")),
        "the draft gives way to what was written"
    );
    assert!(texts.iter().any(|text| text.ends_with("、体会")));
    assert_eq!(typeset(&form).unwrap().page_count(), 1);
}
