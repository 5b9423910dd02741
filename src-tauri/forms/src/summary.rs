//! 下乡总结: what the physician wrote, and where nothing was written what the records say.

use crate::form::{Align, Block, Form, Orientation, Role};
use crate::kind::FormKind;
use crate::paper::{Ground, draft_note};
use crate::person::period;
use xiaxiangzhi_core::assess::Phase;
use xiaxiangzhi_core::drafting::{self, Passage};

const NUMBERS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "七"];

/// The posting summary, section by section; a section with nothing to say is left out.
pub(crate) fn posting_summary(ground: &Ground<'_>) -> Form {
    let posting = &ground.records.posting;
    let centred = |text: String| Block::Paragraph {
        text,
        role: Role::Body,
        align: Align::Center,
    };
    let draft = ground.assessment.phase != Phase::Ended && !handing_in(ground);
    let mut blocks = Vec::new();
    if draft {
        blocks.push(draft_note("派驻未期满，数字截至考核日。"));
    }
    let who: Vec<&str> = [
        posting.supporting_hospital.as_ref(),
        posting.home_department.as_ref(),
        posting.physician.name.as_ref(),
    ]
    .into_iter()
    .flatten()
    .map(String::as_str)
    .collect();
    if !who.is_empty() {
        blocks.push(centred(who.join("　")));
    }
    blocks.push(centred(format!("（{}）", period(ground))));
    let passages = drafting::draft(ground.records, ground.assessment, &ground.days);
    let said = passages
        .iter()
        .filter(|one| one.passage != Passage::SelfAppraisal)
        .map(|one| (one.title(), one.text()))
        .filter(|(_, text)| !text.trim().is_empty());
    for (number, (title, text)) in NUMBERS.iter().zip(said) {
        blocks.push(Block::paragraph(format!("{number}、{title}"), Role::Heading));
        blocks.push(Block::paragraph(text, Role::Prose));
    }
    blocks.extend(ground.provisional_paragraph());
    for line in ["总结人签名：　　　　　　　　", "　　　　年　　　月　　　日"] {
        blocks.push(Block::Paragraph {
            text: line.to_owned(),
            role: Role::Prose,
            align: Align::End,
        });
    }
    let mut form = ground.form(FormKind::PostingSummary, Orientation::Portrait, blocks);
    form.draft = draft;
    if draft {
        form.title.push_str("（草稿）");
    }
    form
}

/// Whether the paper may be handed in already: some days before the end.
fn handing_in(ground: &Ground<'_>) -> bool {
    let posting = &ground.records.posting;
    ground.scheme.documents.iter().any(|duty| {
        duty.kind == xiaxiangzhi_core::posting::DocumentKind::PostingSummary
            && (posting.end - ground.assessment.as_of).num_days() <= i64::from(duty.opens_days_before_end)
    })
}
