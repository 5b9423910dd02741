//! The document, as its XML stands and as other programs read it.

use crate::ground::{self, output, squeezed};
use crate::package::{Seen, files, part};
use serde_json::Value;
use std::process::Command;
use xiaxiangzhi_forms::{
    Align, Block, Cell, Content, Form, FormKind, Orientation, Role, Row, Signature, Table, docx,
};

/// A form with all that a table can hold: spans both ways, shaded columns on a page's side, head rows, page breaks.
pub(crate) fn month() -> Form {
    let day = |day: u16| Cell {
        shaded: day % 7 > 4,
        ..Cell::label(day.to_string())
    };
    let mut head = vec![Cell::label("姓名").down(2), Cell::label("时段").down(2)];
    head.push(Cell::label("二〇二六年三月").across(31));
    let days = Row::from((1..=31).map(day).collect::<Vec<_>>());
    let half = |name: Option<&str>, half: &str| {
        let mut cells: Vec<Cell> = name.map(|name| Cell::text(name).down(2)).into_iter().collect();
        cells.push(Cell::label(half));
        cells.extend((1..=31).map(|_| Cell::text("√").centred()));
        Row::from(cells)
    };
    let columns: Vec<u16> = [30, 20].into_iter().chain([7; 31]).collect();
    let sign = |statement: &str, seal| {
        Cell::signature(Signature {
            statement: statement.to_owned(),
            signer: "签名：".to_owned(),
            seal,
        })
    };
    let paragraph = |text: &str| Block::Paragraph {
        text: text.to_owned(),
        role: Role::Note,
        align: Align::Start,
    };
    Form {
        orientation: Orientation::Landscape,
        blocks: vec![
            Block::Table(Table {
                columns,
                header_rows: 2,
                rows: vec![
                    Row::from(head),
                    days,
                    half(Some("李晓梅"), "上午"),
                    half(None, "下午"),
                ],
            }),
            paragraph("√ 出勤\n○ 事假"),
            Block::PageBreak,
            Block::Table(Table {
                columns: vec![20, 80, 80],
                header_rows: 0,
                rows: vec![Row::from(vec![
                    Cell::label("意见"),
                    sign("受援单位", true),
                    sign("本人", false),
                ])],
            }),
        ],
        ..ground::sample().1
    }
}

/// Every paper of the sample posting, the sheet of one with nothing in it and of one with the longest words, and a month of
/// one with the longest names.
pub(crate) fn forms() -> Vec<(&'static str, Form)> {
    let (records, _) = ground::sample();
    let every = FormKind::ALL.iter();
    let mut forms: Vec<(&'static str, Form)> = every
        .map(|kind| (kind.id(), ground::form(*kind, &records, "2026-04-06")))
        .collect();
    forms.extend([
        ("empty", ground::sheet(&ground::empty(), "2027-01-04")),
        ("longest", ground::sheet(&ground::longest(), "2026-03-20")),
        (
            "names",
            crate::attendance::long_names(&["name", "department", "hospital", "unit"]),
        ),
        ("spans", month()),
    ]);
    forms
}

/// Words that must be on the paper, whoever prints it.
pub(crate) fn landmarks(form: &Form) -> Vec<&'static str> {
    match (form.kind, form.orientation) {
        (FormKind::TaskAssessmentSheet, Orientation::Landscape) => {
            vec!["二〇二六年三月", "李晓梅", "事假", "（盖章）"]
        }
        (FormKind::TaskAssessmentSheet, Orientation::Portrait) => {
            vec!["考核项", "系统判定", "审核人签名：", "实发", "封存码", "（盖章）"]
        }
        _ if form.subject.physician.as_deref() == Some("李晓梅") => vec!["李晓梅", "封存码"],
        _ => vec!["封存码", "（盖章）"],
    }
}

const PARAGRAPH: &[&str] = &[
    "w:pStyle",
    "w:keepNext",
    "w:pageBreakBefore",
    "w:tabs",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:jc",
];
const LETTERS: &[&str] = &["w:rFonts", "w:spacing", "w:sz", "w:szCs", "w:lang"];
const TABLE: &[&str] = &["w:tblW", "w:jc", "w:tblBorders", "w:tblLayout", "w:tblCellMar"];
const CELL: &[&str] = &[
    "w:tcW",
    "w:gridSpan",
    "w:vMerge",
    "w:tcBorders",
    "w:shd",
    "w:vAlign",
];
const SECTION: &[&str] = &["w:footerReference", "w:pgSz", "w:pgMar"];

#[test]
fn elements_stand_in_the_order_of_the_schema() {
    for (name, form) in forms() {
        let bytes = docx(&form).unwrap();
        for file in ["word/document.xml", "word/styles.xml", "word/footer1.xml"] {
            let root = Seen::read(&part(&bytes, file));
            for (element, order) in [
                ("w:pPr", PARAGRAPH),
                ("w:rPr", LETTERS),
                ("w:tblPr", TABLE),
                ("w:tcPr", CELL),
                ("w:sectPr", SECTION),
            ] {
                for one in root.named(element) {
                    let places: Vec<usize> = one
                        .children
                        .iter()
                        .map(|child| {
                            let place = order.iter().position(|known| *known == child.name);
                            place.unwrap_or_else(|| panic!("{name} {file}: {element} holds {}", child.name))
                        })
                        .collect();
                    assert!(
                        places.is_sorted_by(|a, b| a < b),
                        "{name} {file}: {element} {places:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn cells_are_as_wide_as_the_grid_they_cover() {
    for (name, form) in forms() {
        let root = Seen::read(&part(&docx(&form).unwrap(), "word/document.xml"));
        let tables = root.named("w:tbl");
        let ruled = form.blocks.iter().any(|block| matches!(block, Block::Table(_)));
        assert_eq!(!tables.is_empty(), ruled, "{name}");
        for table in tables {
            let properties = table.child("w:tblPr").unwrap();
            let layout = properties.child("w:tblLayout").unwrap();
            assert_eq!(layout.attribute("w:type"), Some("fixed"), "{name}");
            let grid: Vec<u32> = table
                .child("w:tblGrid")
                .unwrap()
                .children
                .iter()
                .map(|column| column.attribute("w:w").unwrap().parse().unwrap())
                .collect();
            let width: u32 = grid.iter().sum();
            assert_eq!(properties.number("w:tblW", "w:w"), Some(width), "{name}");
            // In each column, how the cell of the row above was merged downwards.
            let mut above: Vec<Option<usize>> = vec![None; grid.len()];
            for row in table.children.iter().filter(|one| one.name == "w:tr") {
                let mut column = 0;
                for cell in row.children.iter().filter(|one| one.name == "w:tc") {
                    let properties = cell.child("w:tcPr").unwrap();
                    let span = properties.number("w:gridSpan", "w:val").unwrap_or(1) as usize;
                    let covered: u32 = grid[column..column + span].iter().sum();
                    assert_eq!(
                        properties.number("w:tcW", "w:w"),
                        Some(covered),
                        "{name}: {}",
                        row.words()
                    );
                    assert_eq!(cell.children.last().unwrap().name, "w:p", "{name}");
                    let merged = properties.child("w:vMerge");
                    let continues = merged.is_some_and(|mark| mark.attribute("w:val").is_none());
                    if continues {
                        assert_eq!(
                            above[column],
                            Some(span),
                            "{name}: nothing to continue in {}",
                            row.words()
                        );
                        assert_eq!(cell.words(), "", "{name}");
                    }
                    above[column..column + span].fill(None);
                    above[column] = merged.map(|_| span);
                    column += span;
                }
                assert_eq!(column, grid.len(), "{name}: {}", row.words());
            }
        }
    }
}

#[test]
fn fonts_are_named_for_chinese_and_nothing_reaches_outside() {
    for (name, form) in forms() {
        let bytes = docx(&form).unwrap();
        for (file, content) in files(&bytes) {
            let text = String::from_utf8(content).unwrap();
            assert!(
                !text.contains("AlternateContent") && !text.contains("TargetMode"),
                "{name} {file}"
            );
            assert!(
                !text.contains("<w:drawing") && !text.contains("<w:pict"),
                "{name} {file}"
            );
        }
        let styles = Seen::read(&part(&bytes, "word/styles.xml"));
        for fonts in styles.named("w:rFonts") {
            assert_eq!(fonts.attribute("w:ascii"), fonts.attribute("w:eastAsia"));
            assert!(["宋体", "黑体"].contains(&fonts.attribute("w:eastAsia").unwrap()));
        }
        let named = Seen::read(&part(&bytes, "word/fontTable.xml"));
        for face in ["宋体", "黑体"] {
            let font = named
                .named("w:font")
                .into_iter()
                .find(|font| font.attribute("w:name") == Some(face));
            assert!(
                font.unwrap().child("w:altName").is_some(),
                "{face} has no fallback"
            );
        }
        let document = Seen::read(&part(&bytes, "word/document.xml"));
        for run in document.named("w:r") {
            let fonts = run
                .child("w:rPr")
                .and_then(|letters| letters.child("w:rFonts"))
                .unwrap();
            assert_eq!(
                fonts.attribute("w:hint"),
                Some("eastAsia"),
                "{name}: {}",
                run.words()
            );
        }
    }
}

#[test]
fn rows_repeat_and_boxes_have_room_for_a_seal() {
    let root = Seen::read(&part(&docx(&month()).unwrap(), "word/document.xml"));
    let tables = root.named("w:tbl");
    let repeated = |table: &Seen| table.named("w:tblHeader").len();
    assert_eq!((repeated(tables[0]), repeated(tables[1])), (2, 0));
    let heights: Vec<u32> = tables[1]
        .named("w:trPr")
        .iter()
        .map(|row| row.number("w:trHeight", "w:val").unwrap())
        .collect();
    // 56.7 twips a millimetre.
    assert!(heights.iter().sum::<u32>() >= 42 * 57, "{heights:?}");
    assert_eq!(tables[1].named("w:cantSplit").len(), heights.len());
    let upper = tables[1].named("w:tr")[0];
    assert_eq!(upper.named("w:keepNext").len(), upper.named("w:p").len());
    assert_eq!(root.named("w:pageBreakBefore").len(), 1);
    let size = root.named("w:pgSz")[0];
    assert_eq!(
        (
            size.attribute("w:w"),
            size.attribute("w:h"),
            size.attribute("w:orient")
        ),
        (Some("16838"), Some("11906"), Some("landscape"))
    );
    let footer = Seen::read(&part(&docx(&month()).unwrap(), "word/footer1.xml"));
    let asked: Vec<&str> = footer
        .named("w:instrText")
        .iter()
        .map(|one| one.text.trim())
        .collect();
    assert_eq!(asked, ["PAGE", "NUMPAGES"]);
    assert!(footer.words().starts_with("封存码 7KQ2"), "{}", footer.words());
}

#[test]
fn the_last_record_stays_on_the_page_of_its_signatures() {
    for kind in [FormKind::DailyLog, FormKind::RoundRecords, FormKind::SupportDiary] {
        let form = ground::form(kind, &ground::sample().0, "2026-04-06");
        let root = Seen::read(&part(&docx(&form).unwrap(), "word/document.xml"));
        let rows = root.named("w:tbl")[0].named("w:tr");
        let kept = |row: &Seen| (row.named("w:p").len(), row.named("w:keepNext").len());
        let last = kept(rows.last().unwrap());
        assert!(last.0 > 0 && last.0 == last.1, "{kind:?}: {last:?}");
        assert_eq!(kept(rows[rows.len() - 2]).1, 0, "{kind:?}");
        // The hairline between the two tables is kept as well.
        let body = root.named("w:body")[0];
        let at = body
            .children
            .iter()
            .position(|child| child.name == "w:tbl")
            .unwrap();
        assert_eq!(kept(&body.children[at + 1]).1, 1, "{kind:?}");
    }
}

#[test]
fn the_same_form_gives_the_same_document_dated_by_the_form() {
    let form = ground::sample().1;
    let bytes = docx(&form).unwrap();
    assert!(bytes == docx(&form).unwrap());
    let properties = part(&bytes, "docProps/core.xml");
    assert!(
        properties.contains("2026-04-06T00:00:00Z") && properties.contains(&form.title),
        "{properties}"
    );
}

#[test]
fn data_never_becomes_markup() {
    let hostile = "</w:t><w:br/>&amp; \"q\" 'a' <!-- \u{1}\u{8}\u{FFFE} ]]>";
    let records = ground::changed(|document| document["posting"]["recipient_unit"] = hostile.into());
    let bytes = docx(&ground::sheet(&records, "2026-04-06")).unwrap();
    let root = Seen::read(&part(&bytes, "word/document.xml"));
    assert!(
        root.words().contains("</w:t><w:br/>&amp; \"q\" 'a' <!--  ]]>"),
        "{}",
        root.words()
    );
    assert!(root.named("w:br").is_empty());
}

#[test]
fn python_docx_reads_every_text_in_order() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/forms/read_docx.py");
    for (name, form) in forms() {
        let path = ground::file(&format!("read-{name}.docx"), &docx(&form).unwrap());
        let read: Value =
            serde_json::from_str(&output(Command::new("/usr/bin/python3").arg(script).arg(&path))).unwrap();
        assert_eq!(read["title"], form.title.as_str());
        let text = squeezed(read["text"].as_str().unwrap());
        let mut rest = text.as_str();
        for wanted in std::iter::once(form.title.clone()).chain(in_rows(&form)) {
            let wanted = squeezed(&wanted);
            let Some(at) = rest.find(&wanted) else {
                panic!("{name}: {wanted} is not in {rest}")
            };
            rest = &rest[at + wanted.len()..];
        }
        for signature in ground::cells(&form)
            .iter()
            .filter(|words| words.ends_with("签名："))
        {
            let signer = signature.rsplit(['。', '：', '\n']).nth(1).unwrap_or(signature);
            assert!(
                text.contains(&squeezed(signer)),
                "{name}: {signer} is not in {text}"
            );
        }
        assert!(read["footer"].as_str().unwrap().contains("封存码"), "{name}");
    }
}

/// The texts of the cells. Boxes side by side are read upper parts first, so there each stands for itself.
fn in_rows(form: &Form) -> Vec<String> {
    if form.kind == FormKind::TaskAssessmentSheet && form.orientation == Orientation::Landscape {
        return vec![
            "二〇二六年三月".to_owned(),
            "李晓梅".to_owned(),
            "受援单位".to_owned(),
            "本人".to_owned(),
        ];
    }
    // Boxes side by side have their lines to sign below all of their statements.
    let tables = form.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables
        .flat_map(|table| table.rows.iter().flat_map(|row| &row.cells))
        .map(|cell| match &cell.content {
            Content::Signature(signature) => signature.statement.clone(),
            Content::Text { .. } | Content::Figure { .. } => cell.words(),
        })
        .collect()
}
