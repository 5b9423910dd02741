//! A database of the present format with every table in use, written row by row: the store itself draws ids and salts by
//! chance.

use std::path::Path;

use rusqlite::{Connection, params};
use serde_json::json;
use xiaxiangzhi_core::assess::AppraisalForm;
use xiaxiangzhi_core::log::{Beside, Digest, Entity, instant, public_key, sha256, to_hex};
use xiaxiangzhi_core::reviewfile::{Decision, ManifestHead, Review, ReviewComment, Reviewer, verify};

use crate::everything::Everything;
use crate::story::evening;

pub(crate) fn make(path: &Path, everything: &Everything, packed: &[u8]) {
    let _ = std::fs::remove_file(path);
    let database = Connection::open(path).unwrap();
    database
        .execute_batch(&format!(
            "PRAGMA page_size = 16384; BEGIN; PRAGMA application_id = 0x58585A31; PRAGMA user_version = 3; {} COMMIT; BEGIN;",
            include_str!("../../src/schema.sql")
        ))
        .unwrap();
    let story = &everything.story;
    log(
        &database,
        story.log.id(),
        story.log.first_key(),
        Some(&story.seed),
        &story.events,
        &story.beside,
    );
    // Taken in from a file: without a seed.
    let file = verify(packed, None).file.unwrap();
    let events: Vec<_> = file
        .bodies
        .iter()
        .cloned()
        .zip(file.whole.hashes.iter().copied())
        .collect();
    log(
        &database,
        file.manifest.log,
        file.whole.log.first_key(),
        None,
        &events,
        &file.beside,
    );
    drafts(&database, everything);
    received(&database, &everything.earlier);
    reviewing(&database, &everything.earlier);
    for (key, value) in [("checkpoints", "41"), ("theme", "\"dark\"")] {
        database
            .execute("INSERT INTO setting VALUES (?1, ?2)", [key, value])
            .unwrap();
    }
    for (id, name, retired) in [
        ([1_u8; 16], "旧电脑", Some(instant(evening(12)))),
        ([2; 16], "值班室", None),
    ] {
        database
            .execute(
                "INSERT INTO computer VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, name, instant(evening(5)), instant(evening(12)), retired],
            )
            .unwrap();
    }
    database.execute_batch("COMMIT; VACUUM;").unwrap();
}

fn log(
    database: &Connection,
    id: uuid::Uuid,
    key: &[u8; 32],
    seed: Option<&[u8; 32]>,
    events: &[(Vec<u8>, Digest)],
    beside: &Beside,
) {
    let id = id.as_bytes();
    database
        .execute(
            "INSERT INTO log (log_id, public_key, seed) VALUES (?1, ?2, ?3)",
            params![id, key, seed],
        )
        .unwrap();
    for (n, (body, hash)) in (1..).zip(events) {
        database
            .execute(
                "INSERT INTO event (log_id, n, body, hash) VALUES (?1, ?2, ?3, ?4)",
                params![id, n, body, hash],
            )
            .unwrap();
    }
    let mut texts: Vec<_> = beside.texts.iter().collect();
    texts.sort_unstable_by_key(|(hash, _)| **hash);
    for (hash, text) in texts {
        database
            .execute(
                "INSERT INTO text (log_id, hash, salt, text) VALUES (?1, ?2, ?3, ?4)",
                params![id, hash, text.salt, text.text],
            )
            .unwrap();
    }
    let mut blobs: Vec<_> = beside.blobs.iter().collect();
    blobs.sort_unstable_by_key(|(hash, _)| **hash);
    for (hash, blob) in blobs {
        database
            .execute(
                "INSERT INTO blob VALUES (?1, ?2, ?3, ?4)",
                params![id, hash, blob.media_type, &blob.bytes[..]],
            )
            .unwrap();
    }
}

/// One that is open, and one whose event is in the log already.
fn drafts(database: &Connection, everything: &Everything) {
    let (body, _) = &everything.story.events[6];
    let spent: serde_json::Value = serde_json::from_slice(body).unwrap();
    let spent: uuid::Uuid = spent["id"].as_str().unwrap().parse().unwrap();
    let open = uuid::Uuid::from_u128(0x0199_c0de_0000_7000_b000_0000_0000_0001);
    let value = json!({"morning": "present", "note": "还没写完"}).to_string();
    for (key, event) in [("2026-01-14", open), ("2026-01-05", spent)] {
        database
            .execute(
                "INSERT INTO draft VALUES (?1, 'day', ?2, ?3, ?4, ?5)",
                params![
                    everything.story.log.id().as_bytes(),
                    key,
                    event.as_bytes(),
                    value,
                    instant(evening(14))
                ],
            )
            .unwrap();
    }
}

fn received(database: &Connection, bytes: &[u8]) {
    let file = verify(bytes, None).file.unwrap();
    let head = file.head();
    assert_eq!(to_hex(&head.hash), file.manifest.head.hash);
    database
        .execute(
            "INSERT INTO received_file VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                sha256(bytes),
                file.manifest.log.as_bytes(),
                file.whole.log.public_key(),
                head.n,
                head.hash,
                file.manifest.export,
                file.manifest.as_of,
                "李晓梅.xxz",
                instant(evening(19)),
                bytes
            ],
        )
        .unwrap();
}

/// An office with its key, another whose key is known, a decision made, and one being written.
fn reviewing(database: &Connection, bytes: &[u8]) {
    let seed = [5; 32];
    database
        .execute(
            "INSERT INTO office_key VALUES (1, ?1, ?2, ?3)",
            params![public_key(&seed), seed, instant(evening(18))],
        )
        .unwrap();
    database
        .execute(
            "INSERT INTO known_office VALUES (?1, '邻县医院', '医务部', ?2)",
            params![public_key(&[6; 32]), instant(evening(18))],
        )
        .unwrap();
    let file = verify(bytes, None).file.unwrap();
    let (log, head) = (file.manifest.log, file.head());
    let comment = ReviewComment {
        id: uuid::Uuid::from_u128(0x0199_c0de_0000_7000_b000_0000_0000_0002),
        entity: Entity::Day,
        key: "2026-01-05".to_owned(),
        text: "这天下午在哪里？".to_owned(),
    };
    let review = Review {
        log,
        head: ManifestHead {
            n: head.n,
            hash: to_hex(&head.hash),
        },
        as_of: file.manifest.as_of.parse().unwrap(),
        decided_at: instant(evening(20)),
        decision: Decision::Returned,
        grade: None,
        opinion: Some("请补上讲座记录。".to_owned()),
        comments: vec![comment.clone()],
        failed: vec!["teaching".to_owned()],
        payable_fen: 88_000,
        appraisal_form: AppraisalForm::Pending,
        reviewer: Reviewer {
            hospital: "市第一医院".to_owned(),
            office: "医务部".to_owned(),
            name: "赵主任".to_owned(),
        },
    };
    let decision = review.write(&seed, evening(20)).unwrap();
    database
        .execute(
            "INSERT INTO decision VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                sha256(&decision),
                log.as_bytes(),
                head.n,
                head.hash,
                review.decided_at,
                decision
            ],
        )
        .unwrap();
    let draft = json!({"decision": null, "grade": null, "opinion": "再看一遍", "comments": [comment]});
    database
        .execute(
            "INSERT INTO review_draft VALUES (?1, ?2, ?3, ?4)",
            params![log.as_bytes(), head.hash, draft.to_string(), instant(evening(21))],
        )
        .unwrap();
}
