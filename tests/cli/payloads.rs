//! Names that a spreadsheet might calculate, follow or run, rolled up by the real program: text and nothing else.

use std::fs;
use std::io::Cursor;
use std::process::Command;

use calamine::{Reader as _, Xlsx};
use serde_json::{Value, json};
use uuid::Uuid;
use xiaxiangzhi_core::log::parse_instant;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::reviewfile::{Basis, Pack, pack};

use crate::support::Place;
use crate::tried::{Tried, amount, caught};

/// Payloads that records take, so many of all as an ordinary run or a release tries.
fn payloads() -> Vec<String> {
    let list: Vec<Value> = serde_json::from_str(include_str!("../fixtures/payloads/payloads.json")).unwrap();
    let count = usize::try_from(amount(200, 515)).unwrap();
    let taken = list.iter().take(count).filter(|one| one["refused"] == false);
    taken
        .map(|one| one["text"].as_str().unwrap().to_owned())
        .collect()
}

/// The review file of a posting that says the same text everywhere a roll-up looks.
fn packed(number: usize, text: &str) -> Vec<u8> {
    let number = u128::try_from(number).unwrap();
    let document = json!({
        "format": "xiaxiangzhi.posting", "version": 1,
        "posting": {
            "id": Uuid::from_u128(0x0199_a1c2_7d1e_7c3a_9f10_0000_0000_0000 | number),
            "physician": {"name": text, "title": text}, "supporting_hospital": text,
            "home_department": text, "recipient_unit": text,
            "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"
        }
    });
    let records = Records::from_value(document.clone()).unwrap();
    let (mut ids, mut salts) = (number << 32, 0_u8);
    let at = parse_instant("2026-04-06T09:45:00Z").unwrap();
    let pack_as = Pack {
        seed: &[5; 32],
        basis: &Basis::of(&records).unwrap(),
        as_of: "2026-04-06".parse().unwrap(),
        at,
        attachments: &[],
    };
    let mut id = || {
        ids += 1;
        Uuid::from_u128(0x0199_a1c2_7d1e_7c3a_8f10_0000_0000_0000 | ids)
    };
    let mut salt = || {
        salts = salts.wrapping_add(1);
        [salts; 16]
    };
    pack(&document, &pack_as, &mut id, &mut salt).unwrap()
}

/// The fields of a CSV as Python reads it.
fn fields(place: &Place, name: &str) -> Vec<String> {
    let program = "import csv,json,sys\nrows=list(csv.reader(open(sys.argv[1],encoding='utf-8-sig',newline='')))\nprint(json.dumps([field for row in rows for field in row]))";
    let output = Command::new("python3")
        .args(["-c", program])
        .arg(place.path(name))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What a spreadsheet that opens a CSV would calculate.
fn calculated(fields: &[String]) -> Vec<&String> {
    let number = |field: &str| field.parse::<f64>().is_ok();
    let begins = |field: &&String| field.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number(field);
    fields.iter().filter(begins).collect()
}

#[test]
fn payloads_stay_text_in_a_roll_up() {
    let tried = Tried::start("payloads-rolled-up");
    let (place, payloads) = (Place::new(), payloads());
    fs::create_dir(place.path("in")).unwrap();
    for (number, text) in payloads.iter().enumerate() {
        place.write(&format!("in/{number}.xxz"), packed(number, text));
    }
    for to in ["out.csv", "out.xlsx"] {
        let run = place.run(&["rollup", "in", "--to", to]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
    }
    let fields = fields(&place, "out.csv");
    assert_eq!(calculated(&fields), Vec::<&String>::new());
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let said: Vec<String> = fields.iter().map(|field| squeezed(field)).collect();
    for text in &payloads {
        let text = squeezed(text);
        assert!(
            said.iter()
                .any(|said| *said == text || said.strip_prefix('\'') == Some(&text)),
            "{text}"
        );
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(place.read("out.xlsx"))).unwrap();
    for sheet in book.sheet_names() {
        // The totals are formulas of our own.
        for (.., formula) in book.worksheet_formula(&sheet).unwrap().used_cells() {
            let ours = formula.is_empty()
                || formula.starts_with("SUM(")
                || formula.starts_with("SUBTOTAL(")
                || formula.starts_with("COUNT");
            assert!(ours && !formula.contains("payload"), "{sheet}: {formula}");
        }
    }
    let parts = Command::new("unzip")
        .arg("-p")
        .arg(place.path("out.xlsx"))
        .output()
        .unwrap()
        .stdout;
    let parts = String::from_utf8_lossy(&parts);
    assert!(parts.contains("payload.invalid"), "the names are in it");
    for living in [
        "TargetMode=\"External\"",
        "<hyperlink",
        "externalLink",
        "<ddeLink",
        "vbaProject",
    ] {
        assert!(!parts.contains(living), "{living}");
    }
    tried.held(
        payloads.len() as u64,
        "payloads",
        "in five fields each: text only in the CSV and the workbook",
    );
}

/// The texts as they are, as a careless writer would put them into a CSV.
#[test]
fn a_careless_csv_is_caught() {
    let place = Place::new();
    let rows: Vec<String> = payloads()
        .iter()
        .map(|text| format!("\"{}\"\r\n", text.replace('"', "\"\"")))
        .collect();
    place.write("careless.csv", rows.concat());
    let caught_now = calculated(&fields(&place, "careless.csv")).len();
    assert!(caught_now > 20);
    caught(
        "payloads-rolled-up",
        &format!("a CSV without apostrophes: {caught_now} fields calculate"),
    );
}
