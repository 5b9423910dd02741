//! The smaller kinds of signed file: what is written is read back, and nothing else is.

use chrono::NaiveDate;
use xiaxiangzhi_core::assess::AppraisalForm;
use xiaxiangzhi_core::log::{Entity, Head, public_key, sha256, sign, to_hex};
use xiaxiangzhi_core::posting::{CalendarOverride, OverrideKind};
use xiaxiangzhi_core::reviewfile::{
    CheckIn, Decision, FileKind, ManifestHead, Office, OfficeTemplate, Review, ReviewComment,
    ReviewFileError, Reviewer, SignedFile, Verdict, kind_of, open, open_review, unpack, verify,
};
use xiaxiangzhi_core::scheme::built_in;

use crate::review_file::small_sample;
use crate::support::{Counter, SEED, evening, posting_id};
use crate::zip;

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, day).unwrap()
}

pub(crate) fn review() -> Review {
    let mut counter = Counter::default();
    let mut comment = |entity, key: &str, text: &str| ReviewComment {
        id: counter.id(),
        entity,
        key: key.to_owned(),
        text: text.to_owned(),
    };
    Review {
        log: posting_id(),
        head: ManifestHead {
            n: 3,
            hash: to_hex(&sha256(b"head")),
        },
        as_of: date(20),
        decided_at: Review::decided(evening(21)),
        decision: Decision::Returned,
        grade: None,
        opinion: Some("讲座还差一次。\n其余都好。".to_owned()),
        comments: vec![
            comment(Entity::Day, "2026-01-05", "这天上午在哪里？"),
            comment(Entity::Summary, "", "请写得具体一些"),
        ],
        failed: vec!["teaching".to_owned()],
        payable_fen: 88_000,
        appraisal_form: AppraisalForm::Pending,
        reviewer: Reviewer {
            hospital: "市第一医院".to_owned(),
            office: "医务部".to_owned(),
            name: "赵主任".to_owned(),
        },
    }
}

fn office() -> Office {
    Office {
        hospital: "市第一医院".to_owned(),
        office: "医务部".to_owned(),
        schemes: vec![
            built_in("rotation_3m").unwrap().clone(),
            built_in("county_tcm").unwrap().clone(),
        ],
        templates: vec![OfficeTemplate {
            scheme: "rotation_3m".to_owned(),
            form: "sheet".to_owned(),
            name: "考核表.docx".to_owned(),
            bytes: b"a document".to_vec(),
        }],
        calendar: vec![CalendarOverride {
            date: date(24),
            kind: OverrideKind::Workday,
            reason: Some("卫生院值班".to_owned()),
            arrangement_year: None,
            holiday: None,
            extra: serde_json::Map::new(),
        }],
    }
}

fn check_in() -> CheckIn {
    CheckIn {
        log: posting_id(),
        head: Head {
            n: 3,
            hash: sha256(b"head"),
        },
        as_of: date(31),
        month: date(1),
        physician: "李晓梅".to_owned(),
        recipient_unit: "青石镇卫生院".to_owned(),
        sheet: b"%PDF-1.7".to_vec(),
    }
}

fn files() -> Vec<(FileKind, Vec<u8>)> {
    let at = evening(21);
    vec![
        (FileKind::Posting, small_sample()),
        (FileKind::Review, review().write(&SEED, at).unwrap()),
        (FileKind::Office, office().write(&SEED, at).unwrap()),
        (FileKind::CheckIn, check_in().write(&SEED, at).unwrap()),
    ]
}

#[test]
fn each_kind_is_read_back_as_it_was_written() {
    for (kind, bytes) in files() {
        assert_eq!(kind_of(&bytes), Ok(kind));
        let file = open(&bytes).unwrap();
        assert_eq!(file.kind(), kind);
        match file {
            SignedFile::Posting(file) => assert_eq!(file.manifest.kind, kind),
            SignedFile::Review(signed) => {
                assert_eq!(signed.content, review());
                assert_eq!(signed.key, public_key(&SEED));
                assert_eq!(signed.sha256, sha256(&bytes));
                assert_eq!(open_review(&bytes), Ok(*signed));
            }
            SignedFile::Office(signed) => assert_eq!(signed.content, office()),
            SignedFile::CheckIn(signed) => assert_eq!(signed.content, check_in()),
        }
    }
}

#[test]
fn no_kind_passes_for_another() {
    for (kind, bytes) in files() {
        let posting = verify(&bytes, None).verdict;
        let review = open_review(&bytes).err();
        if kind != FileKind::Posting {
            assert_eq!(posting, Verdict::OtherKind { kind });
            assert_eq!(unpack(&bytes).unwrap_err(), Verdict::OtherKind { kind });
        }
        assert_eq!(
            review,
            (kind != FileKind::Review).then_some(Verdict::OtherKind { kind })
        );
    }
}

/// Every kind's manifest under every other kind's mark, with the hash of the mark set right and signed anew by a key that
/// the forger has: only the kind itself is taken.
#[test]
fn a_signature_serves_one_kind_only() {
    let all = files();
    for (kind, bytes) in &all {
        for (other, others) in &all {
            let mut entries = zip::entries(bytes);
            let mark = zip::entries(others)[0].clone();
            let manifest = String::from_utf8(entries[1].1.clone()).unwrap();
            let (before, after) = (sha256(&entries[0].1), sha256(&mark.1));
            let changed = manifest.replace(&to_hex(&before), &to_hex(&after)).replace(
                &format!("\"name\":\"mimetype\",\"length\":{}", entries[0].1.len()),
                &format!("\"name\":\"mimetype\",\"length\":{}", mark.1.len()),
            );
            entries[0] = mark;
            entries[1].1 = changed.into_bytes();
            for context in [
                &b"XXZ1-manifest\0"[..],
                b"XXZ1-review\0",
                b"XXZ1-office\0",
                b"XXZ1-check-in\0",
                b"",
            ] {
                entries[2].1 = sign(&SEED, &[context, &entries[1].1].concat()).to_vec();
                let taken = open(&zip::container(&entries)).ok().map(|file| file.kind());
                let own = match kind {
                    FileKind::Posting => &b"XXZ1-manifest\0"[..],
                    FileKind::Review => b"XXZ1-review\0",
                    FileKind::Office => b"XXZ1-office\0",
                    FileKind::CheckIn => b"XXZ1-check-in\0",
                };
                let expected = (kind == other && context == own).then_some(*kind);
                assert_eq!(taken, expected, "{kind:?} marked {other:?}, signed {context:?}");
            }
        }
    }
}

#[test]
fn a_turned_bit_anywhere_is_noticed_also_when_zipped_again() {
    for (kind, bytes) in files().into_iter().skip(1) {
        let step = (bytes.len() * 8 / 3_000).max(1);
        for bit in (0..bytes.len() * 8).step_by(step) {
            let mut copy = bytes.clone();
            copy[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&copy).is_err(), "{kind:?}: bit {bit} was not noticed");
        }
        let entries = zip::entries(&bytes);
        for (index, (name, data)) in entries.iter().enumerate() {
            for bit in (0..data.len() * 8).step_by(step) {
                let mut copy = entries.clone();
                copy[index].1[bit / 8] ^= 1 << (bit % 8);
                let copy = zip::container(&copy);
                assert!(
                    open(&copy).is_err(),
                    "{kind:?}: bit {bit} of {name} was not noticed"
                );
            }
        }
    }
}

#[test]
fn files_that_are_cut_or_have_more_or_less_in_them_are_refused() {
    for (kind, bytes) in files().into_iter().skip(1) {
        for length in 0..bytes.len() {
            let verdict = open(&bytes[..length]).unwrap_err();
            let expected = if length == 0 { "empty" } else { "cut" };
            assert_eq!(verdict.code(), expected, "{kind:?} cut at {length}");
        }
        let entries = zip::entries(&bytes);
        let mut more = entries.clone();
        more.push((format!("blobs/{}", to_hex(&sha256(b"more"))), b"more".to_vec()));
        let mut twice = entries.clone();
        twice.push(entries[3].clone());
        let mut turned = entries.clone();
        turned.swap(2, 3);
        for (name, changed) in [("more", more), ("twice", twice), ("turned", turned)] {
            let verdict = open(&zip::container(&changed)).unwrap_err();
            assert_eq!(verdict.code(), "altered", "{kind:?} {name}");
        }
        for left_out in 0..entries.len() {
            let mut fewer = entries.clone();
            fewer.remove(left_out);
            assert!(
                open(&zip::container(&fewer)).is_err(),
                "{kind:?} without entry {left_out}"
            );
        }
    }
}

#[test]
fn a_newer_version_of_any_kind_says_so() {
    for (kind, bytes) in files() {
        let mut entries = zip::entries(&bytes);
        let mark = String::from_utf8(entries[0].1.clone()).unwrap();
        entries[0].1 = mark.replace("version=1", "version=2").into_bytes();
        let verdict = open(&zip::container(&entries)).unwrap_err();
        assert_eq!(verdict, Verdict::NewerFormat { version: 2 }, "{kind:?}");
        let unknown = mark.split(";kind=").next().unwrap().replace('1', "7") + ";kind=letter";
        entries[0].1 = unknown.into_bytes();
        let verdict = open(&zip::container(&entries)).unwrap_err();
        assert_eq!(verdict, Verdict::NewerFormat { version: 7 }, "{kind:?}");
    }
}

/// What may not be signed is not, and names its place.
#[test]
fn content_that_may_not_be_there_is_not_signed() {
    type Change = fn(&mut Review);
    let cases: [(&str, Change); 9] = [
        ("head", |review| review.head.hash = "00".to_owned()),
        ("decided_at", |review| review.decided_at = "gestern".to_owned()),
        ("grade", |review| review.grade = Some("优\n秀".to_owned())),
        ("opinion", |review| {
            review.opinion = Some("\u{202e}反".to_owned());
        }),
        ("opinion", |review| review.opinion = Some("长".repeat(10_001))),
        ("reviewer", |review| review.reviewer.name = "甲\n乙".to_owned()),
        ("comments/1", |review| review.comments[1].key = "x".to_owned()),
        ("comments/1", |review| {
            review.comments[1].id = review.comments[0].id;
        }),
        ("comments/0", |review| review.comments[0].text = " ".to_owned()),
    ];
    for (place, change) in cases {
        let mut bad = review();
        change(&mut bad);
        let refused = bad.write(&SEED, evening(21)).unwrap_err();
        assert_eq!(
            refused,
            ReviewFileError::BadContent {
                place: place.to_owned()
            }
        );
    }
    let mut twice = office();
    twice.templates.push(twice.templates[0].clone());
    assert_eq!(twice.write(&SEED, evening(21)).unwrap_err().code(), "bad_content");
    let mut late = check_in();
    late.month = date(2);
    assert_eq!(late.write(&SEED, evening(21)).unwrap_err().code(), "bad_content");
}
