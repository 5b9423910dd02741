//! The totals of each month, one a line, for calculating with.

use super::Month;
use super::totals::Totals;
use crate::form::{Figure, Value};
use crate::paper::Ground;
use xiaxiangzhi_core::assess::percent_shown;

pub(super) fn figures(ground: &Ground<'_>, months: &[Month<'_>]) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut add = |group: &str, totals: &Totals| {
        let by_the_day = ground.comes_for_the_day();
        for (label, count) in totals.items(by_the_day) {
            figures.push(figure(group, label, Value::count(count, "个半天")));
        }
        if by_the_day {
            return;
        }
        let text = percent_shown(totals.attended, totals.scheduled);
        figures.push(figure(group, "考勤率", Value::Words { text }));
    };
    for month in months {
        add(&month.name(), &Totals::of(month.days));
    }
    add("派驻期合计", &Totals::of(&ground.days));
    figures
}

fn figure(group: &str, label: &str, value: Value) -> Figure {
    Figure {
        group: group.to_owned(),
        label: label.to_owned(),
        value,
        note: String::new(),
    }
}
