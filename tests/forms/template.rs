//! A hospital's own document, filled in place. The templates were written by LibreOffice.

use crate::ground::{self, output, squeezed};
use crate::package::{Seen, files, part};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};
use std::process::Command;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_forms::{Ground, Template, TemplateError, Values, placeholders};
use zip::write::SimpleFileOptions;

fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/templates");
    std::fs::read(format!("{folder}/{name}.docx")).unwrap()
}

fn values(records: &Records) -> Values {
    let assessment = ground::assessed(records, "2026-04-06");
    let (scheme, head) = (ground::scheme(), ground::head());
    let ground = Ground::new(records, scheme, &assessment, Calendar::built_in(), Some(&head)).unwrap();
    Values::of(&ground).unwrap()
}

/// What python-docx reads in a filled template.
fn filled(name: &str, template: &[u8], records: &Records) -> (Vec<u8>, Value) {
    let bytes = Template::read(template).unwrap().fill(&values(records)).unwrap();
    let path = ground::file(&format!("template-{name}.docx"), &bytes);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/forms/read_docx.py");
    let read = output(Command::new("/usr/bin/python3").arg(script).arg(&path));
    (bytes, serde_json::from_str(&read).unwrap())
}

#[test]
fn the_hospitals_sheet_says_what_ours_says() {
    let records = ground::changed(|document| {
        document["summary"] = json!({"self_appraisal": "第一段\n第二段 <b>&amp;\u{7}"});
    });
    let (bytes, read) = filled("assessment", &fixture("assessment"), &records);
    let physician = &records.posting.physician;
    let person = &read["tables"][0];
    assert_eq!(person[0][1], physician.name.as_deref().unwrap());
    assert_eq!(person[0][3], "女");
    assert_eq!(person[1][3], records.posting.home_department.as_deref().unwrap());
    assert_eq!(person[2][1], records.posting.recipient_unit.as_deref().unwrap());
    assert_eq!(person[3][1], "2026年1月5日至2026年4月5日，共91天");

    let assessment = ground::assessed(&records, "2026-04-06");
    let duties = read["tables"][1].as_array().unwrap();
    assert_eq!(duties.len(), 1 + assessment.requirements.len());
    let done: Vec<&str> = duties[1..].iter().map(|row| row[2].as_str().unwrap()).collect();
    for (requirement, done) in assessment.requirements.iter().zip(done) {
        let wanted = match &requirement.counted {
            Some(counted) => format!("{}次", counted.len()),
            None => assessment.attendance.attended_half_days.to_string(),
        };
        assert!(done.contains(&wanted), "{done} is not {wanted}");
    }
    let text = read["text"].as_str().unwrap();
    for wanted in [
        "自我鉴定：第一段\n第二段 <b>&amp;\n",
        "实发补助：1,320元（大写：壹仟叁佰贰拾元整）",
        "负责人签名：",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    assert_eq!(read["header"], "望山市第二人民医院医务部");
    assert_eq!(
        read["footer"],
        "制表日期：2026年4月6日　封存码：7KQ2 M4XD 9RTA W3HE C6PN 0VJS 5B"
    );
    assert_eq!(read["external"], json!([]));
    let all: String = files(&bytes)
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes))
        .collect();
    assert!(
        !all.contains("{{") && !all.contains("｛｛"),
        "a placeholder is left"
    );
    assert!(
        !text.contains("{{") && !text.contains("}}"),
        "a piece of a placeholder is left: {text}"
    );
}

#[test]
fn rows_repeat_for_each_record_and_keep_the_look_of_their_runs() {
    let (records, _) = ground::sample();
    let template = fixture("lectures");
    let (bytes, read) = filled("lectures", &template, &records);
    let mut lectures: Vec<_> = records
        .activities
        .iter()
        .filter(|one| one.kind.name() == "lecture")
        .collect();
    lectures.sort_by_key(|one| one.date);
    let table = read["tables"][0].as_array().unwrap();
    assert_eq!(table.len(), lectures.len() + 2);
    for (nth, (row, lecture)) in table[1..].iter().zip(&lectures).enumerate() {
        assert_eq!(row[0], (nth + 1).to_string());
        assert_eq!(row[1], lecture.date.format("%Y年%-m月%-d日").to_string());
        assert_eq!(row[2], lecture.title.as_deref().unwrap_or_default());
        assert_eq!(
            row[4],
            lecture.participants.map(|n| n.to_string()).unwrap_or_default()
        );
    }
    assert_eq!(table.last().unwrap()[0], format!("合计{}次", lectures.len()));
    let days = read["tables"][1].as_array().unwrap();
    assert_eq!(days.len(), 1 + 91);
    assert_eq!(days[1][0], "2026年1月5日");
    assert_eq!(days[1][1], "一");

    // The title's run is bold in the template, and the date's begins plain and goes on bold.
    let root = Seen::read(&part(&bytes, "word/document.xml"));
    let row = root.named("w:tr")[1];
    let bold = |words: &str| {
        let runs = row.named("w:r");
        let run = runs.into_iter().find(|run| run.words() == words).unwrap();
        !run.named("w:b").is_empty()
    };
    assert!(bold(lectures[0].title.as_deref().unwrap()));
    assert!(!bold(&lectures[0].date.format("%Y年%-m月%-d日").to_string()));

    // Nothing but the filled parts is another.
    for ((name, before), (other, after)) in files(&template).into_iter().zip(files(&bytes)) {
        assert_eq!(name, other);
        let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("{{");
        assert!(before == after || has(&before), "{name} was changed");
    }
    let again = Template::read(&template)
        .unwrap()
        .fill(&values(&records))
        .unwrap();
    assert!(bytes == again, "two runs differ");
}

use xiaxiangzhi_core::posting::Kind as _;

#[test]
fn a_list_without_records_leaves_one_empty_row() {
    let (_, read) = filled("empty", &fixture("lectures"), &{
        ground::changed(|document| document["activities"] = json!([]))
    });
    let table = read["tables"][0].as_array().unwrap();
    assert_eq!(table.len(), 3);
    assert!(
        table[1].as_array().unwrap().iter().all(|cell| cell == ""),
        "{table:?}"
    );
}

#[test]
fn every_placeholder_has_a_name_a_meaning_and_words_of_the_posting() {
    let (records, _) = ground::sample();
    let names: BTreeSet<&str> = placeholders().iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), placeholders().len(), "a name twice");
    let mut said = 0;
    for one in placeholders() {
        assert!(!one.meaning.zh.is_empty() && !one.meaning.en.is_empty() && !one.example.is_empty());
        let template = packed(&document(&format!("[{{{{{}}}}}]", one.name)));
        let bytes = Template::read(&template)
            .unwrap()
            .fill(&values(&records))
            .unwrap();
        let words = Seen::read(&part(&bytes, "word/document.xml")).words();
        assert!(
            words.starts_with('[') && !words.contains('{'),
            "{}: {words}",
            one.name
        );
        said += usize::from(words != "[]");
    }
    // The sample leaves some fields blank; most say something.
    assert!(said * 10 > names.len() * 8, "{said} of {}", names.len());
}

#[test]
fn a_name_that_does_not_exist_is_named_with_the_nearest_and_nothing_is_made() {
    let template = packed(&document(
        "{{physican.name}} {{physician.title}} {{天气}} {{unclosed",
    ));
    let template = Template::read(&template).unwrap();
    let report = template.report();
    assert_eq!(report.known, ["physician.title"]);
    let unknown: Vec<(&str, Option<&str>)> = report
        .unknown
        .iter()
        .map(|one| (one.name.as_str(), one.nearest.as_deref()))
        .collect();
    assert_eq!(
        unknown,
        [
            ("physican.name", Some("physician.name")),
            ("天气", None),
            ("unclosed", None)
        ]
    );
    assert_eq!(report.unused.len(), placeholders().len() - 1);
    let error = template.fill(&values(&ground::sample().0)).unwrap_err();
    assert_eq!(error.code(), "template_unknown_placeholder");
    assert!(
        error
            .to_string()
            .contains("{{physican.name}} (是不是 {{physician.name}})"),
        "{error}"
    );
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

fn document(text: &str) -> Vec<(String, Vec<u8>)> {
    let body = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"#
    );
    with(&[("[Content_Types].xml", TYPES), ("word/document.xml", &body)])
}

fn with(files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    files.iter().map(owned).collect()
}

fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        package
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        package.write_all(bytes).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// A sound document with one more file, or with its body replaced.
fn and(name: &str, content: &str) -> Vec<u8> {
    let mut files = document("{{physician.name}}");
    files.retain(|(own, _)| own != name);
    files.push((name.to_owned(), content.as_bytes().to_vec()));
    packed(&files)
}

#[test]
fn what_is_hostile_or_broken_is_refused_with_one_reason() {
    let body = |inside: &str| format!(r#"<w:document xmlns:w="x"><w:body>{inside}</w:body></w:document>"#);
    let row = body(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{lectures.date}}{{leaves.kind}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    let billion = r#"<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="x"><w:body>&b;</w:body></w:document>"#;
    let relationship = |attributes: &str| {
        format!(r#"<Relationships xmlns="x"><Relationship Id="r1" Type="t" {attributes}/></Relationships>"#)
    };
    let deep = format!("{}{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "template_not_docx"),
        ("no package", b"hello".to_vec(), "template_not_docx"),
        (
            "old Word",
            [&[0xD0, 0xCF, 0x11, 0xE0][..], &[0; 100]].concat(),
            "template_old_word",
        ),
        (
            "a cut package",
            fixture("assessment")[..3000].to_vec(),
            "template_not_docx",
        ),
        ("a workbook", ground_xlsx(), "template_not_docx"),
        (
            "no types",
            packed(&with(&[("word/document.xml", &body(""))])),
            "template_not_docx",
        ),
        ("an entity", and("word/document.xml", billion), "template_bad_xml"),
        (
            "an unknown entity",
            and("word/document.xml", &body("&nbsp;")),
            "template_bad_xml",
        ),
        (
            "crossed tags",
            and("word/document.xml", &body("<w:p><w:r></w:p></w:r>")),
            "template_bad_xml",
        ),
        (
            "a cut part",
            and("word/document.xml", "<w:document><w:body>"),
            "template_bad_xml",
        ),
        (
            "no depth without end",
            and("word/document.xml", &body(&deep)),
            "template_too_large",
        ),
        (
            "a document type elsewhere",
            and(
                "word/styles.xml",
                "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>",
            ),
            "template_bad_xml",
        ),
        (
            "a link outside",
            and(
                "word/_rels/document.xml.rels",
                &relationship("Target=\"http://example.com/a.png\" TargetMode=\"External\""),
            ),
            "template_external",
        ),
        ("macros", and("word/vbaProject.bin", "x"), "template_macros"),
        (
            "the type of macros",
            and(
                "[Content_Types].xml",
                &TYPES.replace(
                    "openxmlformats-officedocument.wordprocessingml.document.main",
                    "ms-word.document.macroEnabled.main",
                ),
            ),
            "template_macros",
        ),
        (
            "unfolds",
            and("word/media/a.png", &"\0".repeat(61_000_000)),
            "template_too_large",
        ),
        ("large", vec![b'P'; 10_000_001], "template_too_large"),
        (
            "two lists in a row",
            and("word/document.xml", &row),
            "template_two_lists",
        ),
    ];
    for (name, bytes, code) in cases {
        let error: TemplateError = Template::read(&bytes).expect_err(name);
        assert_eq!(error.code(), code, "{name}: {error}");
        assert!(!error.label().zh.is_empty() && !error.label().en.is_empty());
    }
    assert!(
        Template::read(&and(
            "word/_rels/document.xml.rels",
            &relationship("Target=\"styles.xml\"")
        ))
        .is_ok()
    );
}

fn ground_xlsx() -> Vec<u8> {
    xiaxiangzhi_forms::xlsx(&ground::sample().1).unwrap()
}

#[test]
fn libreoffice_prints_the_filled_templates() {
    let (records, _) = ground::sample();
    let folder = ground::folder("filled");
    let mut command = Command::new("soffice");
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    command
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&folder);
    for name in ["assessment", "lectures"] {
        let bytes = Template::read(&fixture(name))
            .unwrap()
            .fill(&values(&records))
            .unwrap();
        let path = folder.join(format!("{name}.docx"));
        std::fs::write(&path, bytes).unwrap();
        let _ = std::fs::remove_file(path.with_extension("pdf"));
        command.arg(path);
    }
    output(&mut command);
    for (name, wanted) in [
        (
            "assessment",
            ["李晓梅", "壹仟叁佰贰拾元整", "制表日期：2026年4月6日"],
        ),
        ("lectures", ["讲座记录与考勤", "合计7次", "2026年4月5日"]),
    ] {
        let path = folder.join(format!("{name}.pdf"));
        let text = squeezed(&output(Command::new("pdftotext").arg(&path).arg("-")));
        for wanted in wanted {
            assert!(text.contains(wanted), "{name}: {wanted} is not in {text}");
        }
    }
}
