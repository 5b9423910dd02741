//! Choosing dates: the cheapest set that keeps a distance, is large enough, and leaves no interval without one.

use chrono::NaiveDate;
use std::ops::Range;

/// What a set of dates must and should be.
pub(super) struct Choice<'a> {
    /// The dates to choose from, in order, each once.
    pub(super) dates: &'a [NaiveDate],
    /// The least days between two chosen ones.
    pub(super) gap_days: i64,
    /// How many at least.
    pub(super) at_least: usize,
    /// Each must hold a chosen date, both ends included. They may overlap.
    pub(super) intervals: &'a [(NaiveDate, NaiveDate)],
    /// The first date of the stretch a date lies in, where two in one stretch are to be avoided; by index.
    pub(super) stretches: &'a [Option<NaiveDate>],
}

/// What a chosen date costs beside others in its stretch.
const SAME_STRETCH: u64 = 10_000;

/// The indexes of the cheapest set that is as small as can be; `None` if there is none. `cost` is that of taking the date
/// with an index as the nth, counted from 0.
pub(super) fn choose(choice: &Choice<'_>, cost: impl Fn(usize, usize) -> u64) -> Option<Vec<usize>> {
    let dates = choice.dates;
    let last_end = choice.intervals.iter().map(|interval| interval.0).max();
    // The latest begin of an interval that ends before a date: the one chosen before it must not lie earlier.
    let bound = |date: NaiveDate| {
        choice
            .intervals
            .iter()
            .filter(|interval| interval.1 < date)
            .map(|interval| interval.0)
            .max()
    };
    let index_from = |date: NaiveDate| dates.partition_point(|other| *other < date);
    let before: Vec<Range<usize>> = dates
        .iter()
        .enumerate()
        .map(|(index, date)| {
            let from = bound(*date).map_or(0, index_from);
            let to =
                dates[..index].partition_point(|other| (*date - *other).num_days() >= choice.gap_days.max(1));
            from..to
        })
        .collect();
    let last_from = last_end.map_or(0, index_from);

    if choice.at_least == 0 && choice.intervals.is_empty() {
        return Some(Vec::new());
    }
    let mut layer: Vec<Option<u64>> = dates
        .iter()
        .enumerate()
        .map(|(index, date)| bound(*date).is_none().then(|| cost(index, 0)))
        .collect();
    let mut ways: Vec<Vec<u32>> = Vec::new();
    for size in 1..=dates.len() {
        if size >= choice.at_least
            && let Some(last) = (last_from..dates.len())
                .filter(|index| layer[*index].is_some())
                .min_by_key(|index| layer[*index])
        {
            return Some(walk_back(last, &ways));
        }
        let least = RangeMinimum::new(&layer);
        let mut way = vec![0; dates.len()];
        let mut next = vec![None; dates.len()];
        for (index, before) in before.iter().enumerate() {
            let apart = match choice.stretches[index] {
                // Those in the same stretch cost more than those before it.
                Some(begin) => index_from(begin).clamp(before.start.min(before.end), before.end),
                None => before.end,
            };
            let far = least.of(before.start..apart);
            let near = least
                .of(apart..before.end)
                .map(|(cost, from)| (cost.saturating_add(SAME_STRETCH), from));
            let Some((so_far, from)) = far.into_iter().chain(near).min() else {
                continue;
            };
            next[index] = Some(so_far.saturating_add(cost(index, size)));
            way[index] = u32::try_from(from).unwrap_or(u32::MAX);
        }
        if next.iter().all(Option::is_none) {
            return None;
        }
        ways.push(way);
        layer = next;
    }
    None
}

fn walk_back(last: usize, ways: &[Vec<u32>]) -> Vec<usize> {
    let mut chosen = vec![last];
    let mut at = last;
    for way in ways.iter().rev() {
        at = way[at] as usize;
        chosen.push(at);
    }
    chosen.reverse();
    chosen
}

/// Answers where the least of a range lies, after one pass: row n holds the least of every 2^n neighbours.
struct RangeMinimum {
    rows: Vec<Vec<Option<(u64, usize)>>>,
}

impl RangeMinimum {
    fn new(values: &[Option<u64>]) -> Self {
        let first: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(index, value)| value.map(|value| (value, index)))
            .collect();
        let mut rows = vec![first];
        let mut width = 1;
        while width * 2 <= values.len() {
            let row = &rows[rows.len() - 1];
            let doubled = (0..=values.len() - width * 2)
                .map(|index| row[index].into_iter().chain(row[index + width]).min())
                .collect();
            rows.push(doubled);
            width *= 2;
        }
        Self { rows }
    }

    fn of(&self, range: Range<usize>) -> Option<(u64, usize)> {
        if range.is_empty() {
            return None;
        }
        let row = range.len().ilog2() as usize;
        let width = 1 << row;
        let values = &self.rows[row];
        values[range.start]
            .into_iter()
            .chain(values[range.end - width])
            .min()
    }
}
