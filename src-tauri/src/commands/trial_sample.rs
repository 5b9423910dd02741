//! An invented posting that just meets a scheme: any rule that is made stricter shows on it.

use super::view::assessment_by;
use crate::refusal::bad_request;
use crate::views::CommandError;
use chrono::{Days, NaiveDate};
use xiaxiangzhi_core::assess::Status;
use xiaxiangzhi_core::posting::{Activity, Records};
use xiaxiangzhi_core::sample::sample;
use xiaxiangzhi_core::scheme::{CadenceRule, Duty, Scheme};

/// The sample of a scheme, with no more activities than each duty with a gap asks for, the first gaps as short as they may
/// be. Where that would miss something that the sample meets, the sample as it is.
pub(super) fn just_enough(scheme: &Scheme) -> Result<Records, CommandError> {
    let plain = sample(1, scheme).map_err(bad_request)?;
    let mut tight = plain.clone();
    for duty in &scheme.duties {
        tighten(&mut tight, duty);
    }
    let over = plain.posting.end.succ_opt().unwrap_or(plain.posting.end);
    let failed = |records: &Records| lost(scheme, records, over);
    Ok(if failed(&tight)? > failed(&plain)? {
        plain
    } else {
        tight
    })
}

fn lost(scheme: &Scheme, records: &Records, as_of: NaiveDate) -> Result<usize, CommandError> {
    let assessment = assessment_by(scheme, records, as_of)?;
    let lost = assessment
        .requirements
        .iter()
        .filter(|requirement| matches!(requirement.status, Status::NotMet | Status::Unreachable));
    Ok(lost.count())
}

fn tighten(records: &mut Records, duty: &Duty) {
    let required = duty
        .cadence
        .as_ref()
        .is_some_and(|cadence| cadence.rule == CadenceRule::Required);
    let Ok(wanted) = usize::try_from(duty.minimum) else {
        return;
    };
    if required || wanted < 2 || duty.minimum_gap_days == 0 {
        return;
    }
    let of_duty = |activity: &Activity| duty.kinds.contains(&activity.kind);
    let (mut kept, others): (Vec<Activity>, Vec<Activity>) = records.activities.drain(..).partition(of_duty);
    kept.truncate(wanted);
    // Two gaps that are just long enough, then longer ones.
    for at in 1..kept.len() {
        let gaps = if at <= 2 { 1 } else { 2 };
        let days = Days::new(u64::from(duty.minimum_gap_days) * gaps);
        if let Some(date) = kept[at - 1].date.checked_add_days(days) {
            kept[at].date = date;
        }
    }
    records.activities = others;
    records.activities.extend(kept);
    records.activities.sort_by_key(|activity| activity.date);
}
