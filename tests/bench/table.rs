//! The one table that comes out.

use crate::measure::{Times, shown};

/// A row: our figure, the peer's or the limit's, their ratio and the goal.
pub(crate) struct Row {
    what: String,
    ours: String,
    against: String,
    ratio: String,
    goal: String,
    reached: Option<bool>,
}

impl Row {
    /// Compares our times with a peer's. `reached` gets the ratio of ours to theirs.
    pub(crate) fn compared(
        what: &str,
        (ours, peer): (&Times, &Times),
        peer_name: &str,
        goal: &str,
        reached: impl FnOnce(f64) -> Option<bool>,
    ) -> Self {
        let ratio = ours.median() / peer.median();
        Self {
            what: what.to_owned(),
            ours: with_interval(ours),
            against: format!("{} {peer_name}", with_interval(peer)),
            ratio: if ratio < 0.5 {
                format!("{:.1} x faster", 1.0 / ratio)
            } else {
                format!("{ratio:.2} x")
            },
            goal: goal.to_owned(),
            reached: reached(ratio),
        }
    }

    /// A time that has a goal of its own.
    pub(crate) fn timed(what: &str, ours: &Times, goal: &str, limit: f64) -> Self {
        Self {
            what: what.to_owned(),
            ours: with_interval(ours),
            against: format!("{} limit", shown(limit)),
            ratio: format!("{:.2} x", ours.median() / limit),
            goal: goal.to_owned(),
            reached: Some(ours.median() <= limit),
        }
    }

    /// A row in words, for what is no time.
    pub(crate) fn words(
        what: &str,
        ours: String,
        against: String,
        ratio: String,
        goal: &str,
        reached: Option<bool>,
    ) -> Self {
        Self {
            what: what.to_owned(),
            ours,
            against,
            ratio,
            goal: goal.to_owned(),
            reached,
        }
    }

    /// A row that cannot be measured here, with the reason.
    pub(crate) fn missing(what: &str, why: &str) -> Self {
        Self::words(
            what,
            "not measured".to_owned(),
            why.to_owned(),
            String::new(),
            "",
            None,
        )
    }
}

fn with_interval(times: &Times) -> String {
    let (low, high) = times.interval();
    format!("{} [{} - {}]", shown(times.median()), shown(low), shown(high))
}

/// Prints the rows below one another.
pub(crate) fn print(rows: &[Row]) {
    let heads = [
        "what",
        "ours [95 % of the median]",
        "against",
        "ratio",
        "goal",
        "",
    ];
    let cells: Vec<[&str; 6]> = rows.iter().map(cells).collect();
    let width = |column: usize| {
        let texts = cells.iter().map(|row| row[column]).chain([heads[column]]);
        texts.map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    for row in std::iter::once(&heads).chain(&cells) {
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(text, width)| format!("{text:width$}"))
            .collect();
        println!("{}", line.join("  ").trim_end());
    }
}

fn cells(row: &Row) -> [&str; 6] {
    let reached = match row.reached {
        Some(true) => "reached",
        Some(false) => "MISSED",
        None => "",
    };
    [&row.what, &row.ours, &row.against, &row.ratio, &row.goal, reached]
}
