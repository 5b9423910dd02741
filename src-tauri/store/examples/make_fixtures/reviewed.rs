//! A log that came back from its reviewer twice: a decision with a comment and its answer, an approval, and a change after it.

use serde_json::json;
use xiaxiangzhi_core::assess::AppraisalForm;
use xiaxiangzhi_core::log::{Blob, Decision, Entity, SIGNED_FILE, instant, to_hex};
use xiaxiangzhi_core::reviewfile::{ManifestHead, Review, ReviewComment, Reviewer, open_review};

use crate::story::{Story, as_of, evening};

/// The key of the office that decided.
const OFFICE: [u8; 32] = [5; 32];

pub(crate) fn make() -> Vec<u8> {
    let mut story = Story::new("0199c0de-0000-7000-8000-000000000004", [4; 32]);
    story.begin(
        &json!({"physician": {"name": "王示例"}, "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"}),
        &[],
    );
    let day = |visits: u64| json!({"morning": "present", "note": "内科门诊", "tallies": {"outpatient_visits": visits}});
    story.set("day", "2026-01-05", &day(31), evening(5));
    story.export(as_of(), evening(18));
    let comment = story.counter.id();
    let comments = vec![ReviewComment {
        id: comment,
        entity: Entity::Day,
        key: "2026-01-05".to_owned(),
        text: "门诊人次请再核一遍".to_owned(),
    }];
    take_in(&mut story, Decision::Returned, None, comments, 19);
    story.set("day", "2026-01-05", &day(13), evening(19));
    story.set(
        "answer",
        &comment.to_string(),
        &json!({"corrected": true, "text": "写反了"}),
        evening(19),
    );
    story.export(as_of(), evening(20));
    let approval = take_in(&mut story, Decision::Approved, Some("优秀"), Vec::new(), 21);
    story.set(
        "amendment",
        &approval,
        &json!({"reason": "漏记一天门诊"}),
        evening(22),
    );
    story.set("day", "2026-01-06", &day(9), evening(22));
    story.export(as_of(), evening(23))
}

/// The office decides on the log as it is, and the decision is taken in. Answers the SHA-256 of its file.
fn take_in(
    story: &mut Story,
    decision: Decision,
    grade: Option<&str>,
    comments: Vec<ReviewComment>,
    on: u32,
) -> String {
    let head = story.log.head();
    let review = Review {
        log: story.log.id(),
        head: ManifestHead {
            n: head.n,
            hash: to_hex(&head.hash),
        },
        as_of: as_of(),
        decided_at: instant(evening(on)),
        decision,
        grade: grade.map(str::to_owned),
        opinion: Some("见各条。".to_owned()),
        comments,
        failed: vec!["teaching".to_owned()],
        payable_fen: 88_000,
        appraisal_form: AppraisalForm::Pending,
        reviewer: Reviewer {
            hospital: "市第一医院".to_owned(),
            office: "医务部".to_owned(),
            name: "赵主任".to_owned(),
        },
    };
    let bytes = review.write(&OFFICE, evening(on)).unwrap();
    let receipt = open_review(&bytes).unwrap().receipt(bytes.len() as u64);
    let file = Blob {
        media_type: SIGNED_FILE.to_owned(),
        bytes: bytes.into(),
    };
    let prepared = story
        .log
        .prepare_receipt(story.counter.id(), evening(on), &receipt, file)
        .unwrap();
    story.keep(&prepared);
    receipt.sha256
}
