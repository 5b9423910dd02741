//! Texts that would do harm where a text is taken for more than a text, in every text field of a posting: records refuse them,
//! or documents and workbooks hold them as text and nothing else.

use serde_json::{Value, json};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_forms::{FileType, FormKind, docx, file_name, xlsx};

use crate::ground::{changed, form};
use crate::package::{Seen, files};
use crate::tried::{Tried, amount, caught};

struct Payload {
    kind: String,
    text: String,
    refused: bool,
}

fn payloads() -> Vec<Payload> {
    let list: Vec<Value> = serde_json::from_str(include_str!("../fixtures/payloads/payloads.json")).unwrap();
    let read = |one: &Value| Payload {
        kind: one["kind"].as_str().unwrap().to_owned(),
        text: one["text"].as_str().unwrap().to_owned(),
        refused: one["refused"].as_bool().unwrap(),
    };
    list.iter().map(read).collect()
}

/// Every text field of a posting, by JSON pointer into [`everywhere`]'s document.
const FIELDS: [&str; 37] = [
    "/posting/physician/name",
    "/posting/physician/education",
    "/posting/physician/specialty",
    "/posting/physician/title",
    "/posting/physician/licence_number",
    "/posting/physician/promotion_target",
    "/posting/supporting_hospital",
    "/posting/home_department",
    "/posting/recipient_unit",
    "/posting/county_health_authority",
    "/calendar_overrides/0/reason",
    "/calendar_overrides/0/holiday",
    "/days/0/note",
    "/activities/0/title",
    "/activities/0/place",
    "/activities/0/audience",
    "/activities/0/note",
    "/activities/0/attachments/0/name",
    "/activities/0/attachments/0/media_type",
    "/leaves/0/reason",
    "/leaves/0/recipient_approval/by",
    "/leaves/0/notification/to",
    "/problems/0/problem",
    "/problems/0/guidance",
    "/problems/0/corrective_action",
    "/problems/0/responsible",
    "/problems/0/result",
    "/summary/self_appraisal",
    "/summary/suggestions",
    "/summary/basics",
    "/summary/conduct",
    "/summary/medical_work",
    "/summary/teaching",
    "/summary/public_health",
    "/summary/reflections",
    "/tally_items/0/label",
    "/tally_items/0/unit",
];

/// A posting with a text in each of its fields.
fn everywhere(text: &str) -> Value {
    let records = changed(|document| {
        document["calendar_overrides"] =
            json!([{"date": "2026-03-07", "kind": "workday", "reason": "x", "holiday": "x"}]);
        document["activities"][0]["attachments"] =
            json!([{"sha256": "5".repeat(64), "name": "x", "media_type": "x"}]);
        document["tally_items"] = json!([{"key": "own", "label": "x", "unit": "x"}]);
        document["days"][0]["tallies"]["own"] = json!(3);
    });
    let mut document = serde_json::to_value(records).unwrap();
    for field in FIELDS {
        let (parent, name) = field.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[name] = json!(text);
    }
    document
}

/// What is alive in a package: what calculates, links, loads or runs.
fn alive(package: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, content) in files(package) {
        let living = [
            "vba",
            "oleObject",
            "activeX",
            "embeddings",
            "externalLink",
            "afchunk",
        ];
        if living.iter().any(|word| name.contains(word)) {
            found.push(name.clone());
        }
        if [".xml", ".rels"].iter().any(|ending| name.ends_with(ending)) {
            look(
                &name,
                &Seen::read(std::str::from_utf8(&content).unwrap()),
                &mut found,
            );
        }
    }
    found
}

fn look(part: &str, element: &Seen, found: &mut Vec<String>) {
    let name = element.name.rsplit(':').next().unwrap_or_default();
    let field = matches!(name, "instrText" | "fldSimple");
    let instruction = element
        .attributes
        .iter()
        .find(|(name, _)| name.ends_with("instr"))
        .map_or(&*element.text, |(_, value)| value);
    // The number of the page is the only field of ours.
    let counts = ["PAGE", "NUMPAGES", ""].contains(&instruction.trim());
    let external = element
        .attributes
        .iter()
        .any(|(name, value)| name == "TargetMode" && value == "External");
    let lives = matches!(
        name,
        "f" | "hyperlink"
            | "hyperlinks"
            | "altChunk"
            | "object"
            | "OLEObject"
            | "externalReference"
            | "ddeLink"
            | "webPublishItems"
    );
    if lives || external || (field && !counts) {
        found.push(format!("{part}: <{}> {instruction:?}", element.name));
    }
    for child in &element.children {
        look(part, child, found);
    }
}

/// All that a package says, part after part.
fn words(package: &[u8]) -> String {
    fn gather(element: &Seen, words: &mut String) {
        words.push_str(&element.text);
        for child in &element.children {
            gather(child, words);
        }
    }
    let mut all = String::new();
    for (name, content) in files(package) {
        if name.rsplit('.').next() == Some("xml") {
            gather(&Seen::read(std::str::from_utf8(&content).unwrap()), &mut all);
        }
    }
    all
}

#[test]
fn payloads_stay_text_in_documents_and_workbooks() {
    let tried = Tried::start("payloads-in-papers");
    let count = usize::try_from(amount(200, 515)).unwrap();
    let payloads = payloads();
    assert!(payloads.len() >= count && count >= 200);
    let (mut wrong, mut written, mut refused) = (Vec::new(), 0, 0);
    for (number, payload) in payloads.iter().take(count).enumerate() {
        let what = format!(
            "{}: {:?}",
            payload.kind,
            payload.text.chars().take(60).collect::<String>()
        );
        let records = match Records::from_value(everywhere(&payload.text)) {
            Err(bad) => {
                refused += 1;
                let places: Vec<&str> = bad.faults.iter().map(|fault| fault.pointer.as_str()).collect();
                let short = FIELDS.iter().filter(|field| !places.contains(field)).count();
                // Only a note may be longer than a name, and have lines.
                if !payload.refused || (payload.kind == "refused" && short > 0) {
                    wrong.push(format!("{what}: refused in all but {short} places"));
                }
                continue;
            }
            Ok(records) if payload.refused => {
                wrong.push(format!("{what}: taken as {:?}", records.posting.physician.name));
                continue;
            }
            Ok(records) => records,
        };
        // All papers for one in eight; for the others the records, which hold every text, and one more.
        let kinds = FormKind::ALL.iter().enumerate().filter(|(at, kind)| {
            number % 8 == 0 || **kind == FormKind::DailyLog || *at == number % FormKind::ALL.len()
        });
        for (_, kind) in kinds {
            let paper = form(*kind, &records, "2026-04-06");
            let (document, workbook) = (docx(&paper).unwrap(), xlsx(&paper).unwrap());
            for (ending, package) in [("docx", &document), ("xlsx", &workbook)] {
                written += 1;
                for living in alive(package) {
                    wrong.push(format!("{what} in {kind:?}.{ending}: {living}"));
                }
            }
            if *kind == FormKind::DailyLog {
                let said: String = words(&document).split_whitespace().collect();
                let wanted: String = payload.text.split_whitespace().collect();
                if !said.contains(&wanted) {
                    wrong.push(format!("{what} is not said in {kind:?}"));
                }
            }
            let name = file_name(&paper, FileType::Docx);
            if name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])
                || name.starts_with('.')
                || name.len() > 255
            {
                wrong.push(format!("{what}: a file called {name:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    tried.held(
        count as u64,
        "payloads",
        &format!(
            "in {} fields each: {refused} refused, the rest text only in {written} papers",
            FIELDS.len()
        ),
    );
}

/// Workbooks and documents as careless writers make them.
#[test]
fn what_is_alive_is_seen() {
    let parts = |xml: &str| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file("part.xml", options).unwrap();
        std::io::Write::write_all(&mut writer, xml.as_bytes()).unwrap();
        writer.finish().unwrap().into_inner()
    };
    for living in [
        "<c r=\"A1\"><f>1+1</f><v>2</v></c>",
        "<hyperlink ref=\"A1\"/>",
        "<w:p xmlns:w=\"w\"><w:hyperlink r=\"1\"/></w:p>",
        "<w:p xmlns:w=\"w\"><w:instrText>HYPERLINK \"http://payload.invalid\"</w:instrText></w:p>",
        "<w:p xmlns:w=\"w\"><w:fldSimple w:instr=\"INCLUDETEXT x\"/></w:p>",
        "<Relationship Id=\"1\" TargetMode=\"External\" Target=\"http://payload.invalid\"/>",
    ] {
        assert_eq!(alive(&parts(living)).len(), 1, "{living}");
    }
    assert!(
        alive(&parts(
            "<w:p xmlns:w=\"w\"><w:instrText> PAGE </w:instrText><w:t>=1+1</w:t></w:p>"
        ))
        .is_empty()
    );
    caught(
        "payloads-in-papers",
        "a formula, links and fields that load, planted in packages",
    );
}
