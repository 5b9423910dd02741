//! Which backups are kept: ten recent, fourteen daily, eight weekly, and the last of every month.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, Utc};
use xiaxiangzhi_core::log::china_date;

const RECENT: usize = 10;
const DAYS: usize = 14;
const WEEKS: usize = 8;

/// For backups made at these instants, the newest first: which may go. The newest never does.
pub fn superfluous_backups(made: &[DateTime<Utc>]) -> Vec<bool> {
    let (mut days, mut weeks, mut months) = (HashSet::new(), HashSet::new(), HashSet::new());
    made.iter()
        .enumerate()
        .map(|(index, at)| {
            let date = china_date(*at);
            // Going back in time, the first backup met of a day, week or month is its last.
            let month = months.insert((date.year(), date.month()));
            let day = days.insert(date) && days.len() <= DAYS;
            let week = weeks.insert(date.iso_week()) && weeks.len() <= WEEKS;
            !(index < RECENT || day || week || month)
        })
        .collect()
}
