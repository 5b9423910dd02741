//! The printed sheet, as poppler and qpdf see it.
#![cfg(target_os = "linux")]

use crate::ground::{self, output, said, squeezed};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use xiaxiangzhi_core::assess::{assess, percent_shown};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::scheme::CadenceRule;
use xiaxiangzhi_forms::{Block, Form, FormKind, Ground, Options, paper, pdf, svg_pages, typeset};

/// The text in the order in which the pages draw it.
fn text(path: &Path) -> String {
    output(
        Command::new("pdftotext")
            .args(["-raw", "-enc", "UTF-8"])
            .arg(path)
            .arg("-"),
    )
}

fn printed(name: &str, form: &Form) -> (std::path::PathBuf, String) {
    let path = ground::file(name, &pdf(form).unwrap());
    let text = squeezed(&text(&path));
    (path, text)
}

/// Every text stands on the paper, in the order of the form. A cell that reaches down may be drawn after its neighbours.
fn holds_all(text: &str, form: &Form) {
    let mut wanted = Vec::new();
    let titled = form
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Sheet { .. }));
    wanted.extend((!titled).then(|| form.title.clone()));
    for block in &form.blocks {
        match block {
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    let words = said(cell);
                    if cell.rows == 1 {
                        wanted.push(words);
                    } else {
                        assert!(text.contains(&squeezed(&words)), "{words} is not in {text}");
                    }
                }
            }
            Block::Paragraph { text, .. } => wanted.push(text.clone()),
            Block::Sheet { title, .. } => wanted.push(title.clone()),
            Block::PageBreak => {}
        }
    }
    let mut rest = text;
    for wanted in wanted {
        let wanted = squeezed(&wanted);
        let Some(at) = rest.find(&wanted) else {
            panic!("{wanted} is not in {rest}")
        };
        rest = &rest[at + wanted.len()..];
    }
}

#[test]
fn all_text_is_there_in_order() {
    let (_, form) = ground::sample();
    let (path, text) = printed("sample.pdf", &form);
    holds_all(&text, &form);
    assert!(
        text.ends_with("封存码7KQ2M4XD9RTAW3HEC6PN0VJS5B第1,203条第1页共1页"),
        "{text}"
    );
    let facts = output(Command::new("pdfinfo").arg(path));
    assert!(facts.contains("Pages:           1"), "{facts}");
    assert!(facts.contains("A4"), "{facts}");
}

#[test]
fn every_figure_is_the_assessments() {
    let (records, form) = ground::sample();
    let assessment = ground::assessed(&records, "2026-04-06");
    let (_, text) = printed("figures.pdf", &form);
    let attendance = &assessment.attendance;
    let mut wanted = vec![
        format!("应出勤{}个半天", attendance.scheduled_half_days),
        format!(
            "{}/{}",
            attendance.attended_half_days, attendance.scheduled_half_days
        ),
        percent_shown(attendance.attended_half_days, attendance.scheduled_half_days),
        format!("（{}个半天）", attendance.needed_half_days),
        format!("公差{}", attendance.official_duty_half_days),
        format!("补休{}", attendance.compensatory_rest_half_days),
        format!("旷工{}", attendance.absent_half_days),
        format!("未填{}", attendance.unrecorded_half_days),
        format!("未达标{}项", assessment.failed.len()),
        "实发1,320元（壹仟叁佰贰拾元整）".to_owned(),
        "服务鉴定表：可以出具".to_owned(),
    ];
    for requirement in &assessment.requirements {
        wanted.extend(
            requirement
                .counted
                .iter()
                .map(|counted| format!("{}次", counted.len())),
        );
        wanted.push(squeezed(&requirement.clause.quote));
        if requirement.minimum_gap_days > Some(0) {
            wanted.extend(
                requirement
                    .gaps
                    .iter()
                    .flatten()
                    .map(|gap| format!("（隔{}天）", gap.days)),
            );
        }
    }
    wanted.extend(
        assessment
            .tallies
            .iter()
            .filter(|(key, _)| ground::scheme().tallies.contains(key))
            .map(|(_, sum)| {
                let digits = sum.to_string();
                if digits.len() > 3 {
                    format!("{},{}", &digits[..digits.len() - 3], &digits[digits.len() - 3..])
                } else {
                    digits
                }
            }),
    );
    for figure in wanted {
        assert!(text.contains(&figure), "{figure} is not in {text}");
    }
}

/// One set of pages of each paper is looked at in every way: typesetting takes the time.
#[test]
fn every_paper_holds_its_text_in_order_embeds_its_fonts_is_sound_and_comes_out_the_same_again() {
    for (name, form) in crate::docx::forms() {
        let (path, text) = printed(&format!("every-{name}.pdf"), &form);
        holds_all(&text, &form);
        let fonts = output(Command::new("pdffonts").arg(&path));
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!rows.is_empty(), "{name}: {fonts}");
        for row in rows {
            // emb sub uni
            assert!(row.contains(" yes yes yes "), "{name}: {fonts}");
        }
        output(Command::new("qpdf").arg("--check").arg(&path));
        let bytes = std::fs::read(&path).unwrap();
        let file = String::from_utf8_lossy(&bytes);
        assert!(
            file.contains("<pdfaid:part>2</pdfaid:part>"),
            "{name}: no PDF/A part"
        );
        assert!(
            file.contains("<pdfaid:conformance>U</pdfaid:conformance>"),
            "{name}: no PDF/A conformance"
        );
        // What is drawn needs nothing from outside the file.
        assert!(
            !file.contains("/URI") && !file.contains("/GoToR") && !file.contains("/Launch"),
            "{name} reaches outside"
        );
        assert!(bytes == pdf(&form).unwrap(), "{name}: two runs differ");
    }
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let (_, form) = ground::sample();
    let first = pdf(&form).unwrap();
    // Another form between them, so that no cache can make them equal.
    let other = pdf(&ground::sheet(&ground::empty(), "2027-01-04")).unwrap();
    assert!(first == pdf(&form).unwrap(), "two runs differ");
    assert!(first != other);
    let read_back: Form = serde_json::from_str(&serde_json::to_string(&form).unwrap()).unwrap();
    assert!(
        first == pdf(&read_back).unwrap(),
        "the form does not survive JSON"
    );
}

#[test]
fn long_texts_break_cleanly() {
    let form = ground::sheet(&ground::longest(), "2026-03-20");
    let (path, text) = printed("longest.pdf", &form);
    assert!(
        text.contains(&"镇".repeat(200)) && text.contains(&"W".repeat(200)),
        "a name is cut"
    );
    assert_eq!(
        text.matches("考核项要求完成明细结论依据条款").count(),
        2,
        "the head row comes again: {text}"
    );
    for (name, signer) in [
        ("本人签名", "签名："),
        ("负责人", "负责人签名："),
        ("审核", "审核人签名："),
    ] {
        assert!(text.contains(name) && text.contains(signer), "{name}");
    }
    assert!(text.contains("第2页共2页"), "{text}");
    within_the_margins(&path);
}

/// No word is drawn beyond the rules of the tables, 16 mm from each edge.
fn within_the_margins(path: &Path) {
    let boxes = output(Command::new("pdftotext").arg("-bbox").arg(path).arg("-"));
    let mut seen = 0;
    for line in boxes.lines().filter(|line| line.contains("<word ")) {
        let side = |name: &str| -> f64 {
            let value = line.split(&format!("{name}=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        };
        assert!(
            side("xMin") >= 45.0 && side("xMax") <= 595.3 - 45.0 && side("yMax") <= 841.9 - 20.0,
            "{line}"
        );
        seen += 1;
    }
    assert!(seen > 50, "{boxes}");
}

#[test]
fn an_empty_posting_prints_with_its_provisional_year() {
    let form = ground::sheet(&ground::empty(), "2027-01-04");
    let (path, text) = printed("empty.pdf", &form);
    holds_all(&text, &form);
    for wanted in [
        "未达标3项（授课、查房、考勤）",
        "实发440元（肆佰肆拾元整）",
        "须重新下乡",
        "科室处罚500元",
        "不予出具",
        "2027年放假安排尚未公布",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    within_the_margins(&path);
}

#[test]
fn a_running_posting_says_so() {
    let (records, _) = ground::sample();
    let (_, text) = printed("running.pdf", &ground::sheet(&records, "2026-02-01"));
    for wanted in [
        "截至2026年2月1日（派驻中）",
        "尚可达标",
        "期满后确定",
        "尚余",
        "按目前记录补助",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

#[test]
fn what_does_not_count_is_listed_with_its_reason() {
    let records = ground::changed(|document| {
        document["activities"] = json!([
            {"kind": "lecture", "date": "2026-01-07"},
            {"kind": "lecture", "date": "2026-01-12"},
            {"kind": "ward_round", "date": "2026-01-13"},
            {"kind": "ward_round", "date": "2026-01-13"},
            {"kind": "lecture", "date": "2026-02-20", "counts_toward_assessment": false},
            {"kind": "ward_round", "date": "2026-04-10"},
        ]);
    });
    let (_, text) = printed("excluded.pdf", &ground::sheet(&records, "2026-04-06"));
    for wanted in [
        "1月7日、12日（仅隔5天）",
        "不计入1次：2月20日（标明不计）",
        "不计入2次：1月13日（同日已计）；4月10日（不在派驻期内）",
        "未达标2项（授课、查房）",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

#[test]
fn data_never_becomes_code() {
    let hostile = r#"#panic("x") *粗* $1+1$ [a](b) \u{41} "q" <b> @x // -- ..."#;
    let records = ground::changed(|document| document["posting"]["recipient_unit"] = json!(hostile));
    let (_, text) = printed("hostile.pdf", &ground::sheet(&records, "2026-04-06"));
    assert!(text.contains(&squeezed(hostile)), "{text}");
}

#[test]
fn the_preview_has_the_pages_of_the_paper() {
    let form = ground::sheet(&ground::longest(), "2026-03-20");
    let pages = svg_pages(&form).unwrap();
    assert_eq!(pages.len(), typeset(&form).unwrap().page_count());
    for page in pages {
        assert!(
            page.starts_with("<svg") && page.contains("viewBox=\"0 0 595."),
            "{}",
            &page[..200]
        );
        assert!(
            !page.contains("http://") || !page.contains("<image"),
            "a page reaches outside"
        );
    }
}

#[test]
fn leaves_say_their_length_and_their_papers() {
    let leave = |last: u32, from: (&str, &str), to: (&str, &str), more: serde_json::Value| {
        let mut leave = json!({
            "id": format!("0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a{last:02}"), "kind": "personal_leave",
            "from": from.0, "from_half": from.1, "to": to.0, "to_half": to.1,
        });
        let fields = more.as_object().unwrap().clone();
        leave.as_object_mut().unwrap().extend(fields);
        leave
    };
    let approved = json!({"by": "王院长", "on": "2026-01-12"});
    let records = ground::changed(|document| {
        document["leaves"] = json!([
            leave(
                1,
                ("2026-01-13", "morning"),
                ("2026-01-14", "afternoon"),
                json!({"recipient_approval": approved, "notification": {"to": "医务部", "on": "2026-01-12"},
                    "returned_on": "2026-01-15"}),
            ),
            leave(
                2,
                ("2026-01-20", "afternoon"),
                ("2026-01-20", "afternoon"),
                json!({"kind": "sick_leave"})
            ),
            leave(
                3,
                ("2026-03-02", "morning"),
                ("2026-03-04", "morning"),
                json!({"recipient_approval": {"by": null, "on": "2026-03-03"}}),
            ),
            leave(
                4,
                ("2026-03-10", "morning"),
                ("2026-03-12", "afternoon"),
                json!({"recipient_approval": approved, "written_explanation": {"on": "2026-03-09"}}),
            ),
            leave(
                5,
                ("2026-03-16", "morning"),
                ("2026-03-18", "afternoon"),
                json!({"recipient_approval": approved})
            ),
        ]);
    });
    let (_, text) = printed("leaves.pdf", &ground::sheet(&records, "2026-04-06"));
    for wanted in [
        "共5次22个半天：",
        "1月13日至14日事假2天（批准1月12日，电话告知1月12日，销假1月15日）",
        "1月20日下午病假半天（未记批准，未记电话告知）",
        "3月2日上午至4日上午事假2天半（补批3月3日，未记电话告知）",
        "3月10日至12日事假3天（批准1月12日，书面说明3月9日）",
        "3月16日至18日事假3天（批准1月12日，未记书面说明）",
        "事假21、病假1、",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

#[test]
fn a_required_cadence_is_asked_for_and_its_missed_windows_named() {
    let mut scheme = ground::scheme().clone();
    let cadence = scheme.duties[0].cadence.as_mut().unwrap();
    cadence.rule = CadenceRule::Required;
    let records = ground::changed(|document| {
        document["activities"] = json!([{"kind": "lecture", "date": "2026-02-10"}]);
    });
    let calendar = Calendar::built_in();
    let assessment = assess(&scheme, &records, calendar, ground::date("2026-04-06")).unwrap();
    let without_log = Ground::new(&records, &scheme, &assessment, calendar, None).unwrap();
    let form = paper(FormKind::TaskAssessmentSheet, &without_log, Options::default()).unwrap();
    let (_, text) = printed("cadence.pdf", &form);
    for wanted in [
        "每14天不少于1次",
        "缺5次：1月5日至18日、1月19日至2月1日、2月16日至3月1日",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    assert!(
        !text.contains("封存码"),
        "records without a log have no head: {text}"
    );
    let (_, text) = printed("advised.pdf", &ground::sheet(&records, "2026-04-06"));
    assert!(
        !text.contains("每14天") && !text.contains("缺5次"),
        "an advised cadence is not asked for: {text}"
    );
}

#[test]
fn no_page_of_a_list_holds_signatures_alone() {
    let mut pages_of_two = 0;
    for count in 9..=14 {
        let records = ground::changed(|document| {
            let rounds = (0..count).map(|nth| {
                json!({"kind": "ward_round", "date": ground::date("2026-01-06") + chrono::Days::new(nth * 5),
                    "title": "查看内科住院患者，讨论用药、随访与转诊"})
            });
            document["activities"] = rounds.collect();
        });
        let form = ground::form(FormKind::RoundRecords, &records, "2026-04-06");
        let (path, _) = printed(&format!("list-of-{count}.pdf"), &form);
        let pages = typeset(&form).unwrap().page_count();
        pages_of_two += usize::from(pages == 2);
        let last = output(
            Command::new("pdftotext")
                .args(["-raw", "-enc", "UTF-8", "-f", &pages.to_string()])
                .arg(&path)
                .arg("-"),
        );
        let last = squeezed(&last);
        for wanted in ["序号日期类别", "查看内科住院患者", "负责人签名："] {
            assert!(last.contains(wanted), "{count} rounds: {wanted} is not in {last}");
        }
        assert!(
            squeezed(&text(&path)).matches("查看内科住院患者").count() == usize::try_from(count).unwrap(),
            "each round once"
        );
    }
    assert!((1..6).contains(&pages_of_two), "some fit a page, some do not");
}
