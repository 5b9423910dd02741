//! Sizes on paper and in a workbook.

use crate::form::{Align, Role};
use rust_xlsxwriter::{Format, FormatAlign};

/// 五号, the size of words, in points.
pub(super) const BODY: f64 = 10.5;
/// The size of sources and legends, in points.
pub(super) const NOTE: f64 = 8.5;
/// 小四, the size of prose and its headings, in points.
const PROSE: f64 = 12.0;
pub(super) const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// Workbooks allow rows up to 409 points high; a taller row is spread over several.
pub(super) const ROW_LIMIT: f64 = 400.0;
/// What the rules and the indent of a cell take from its width, in millimetres.
pub(super) const INDENT: f64 = 5.0;

pub(super) fn font(role: Role, points: f64) -> Format {
    Format::new()
        .set_font_name(if matches!(role, Role::Label | Role::Heading) {
            "黑体"
        } else {
            "宋体"
        })
        .set_font_size(points)
}

pub(super) fn size(role: Role) -> f64 {
    match role {
        Role::Note => NOTE,
        Role::Heading | Role::Prose => PROSE,
        Role::Body | Role::Label => BODY,
    }
}

pub(super) fn line_height(role: Role) -> f64 {
    size(role) * 1.4
}

/// What is taken from a cell's width, in millimetres: a centred text has no indent.
pub(super) fn taken(align: Align) -> f64 {
    if align == Align::Center { 2.0 } else { INDENT }
}

pub(super) fn aligned(format: Format, align: Align) -> Format {
    format
        .set_align(match align {
            Align::Start => FormatAlign::Left,
            Align::Center => FormatAlign::Center,
            Align::End => FormatAlign::Right,
        })
        .set_indent(u8::from(align != Align::Center))
}

/// How many lines a text takes in a width of so many millimetres: merged cells never fit their height themselves.
pub(super) fn lines(text: &str, width: f64, role: Role) -> f64 {
    let em = size(role) / POINTS_PER_MM;
    let wide: f64 = text
        .split('\n')
        .map(|line| {
            let ems: f64 = line.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum();
            (ems * em / width.max(em)).ceil().max(1.0)
        })
        .sum();
    wide
}

/// A height in points as the heights of as many rows as it needs.
pub(super) fn spread(height: f64) -> Vec<f64> {
    let rows = (height / ROW_LIMIT).ceil().max(1.0);
    vec![height / rows; usize::try_from(round(rows)).unwrap_or(1)]
}

pub(super) fn millimetres(share: u32, width: f64) -> f64 {
    f64::from(share) / 10_000.0 * width
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels and rows of one page"
)]
pub(super) fn round(value: f64) -> u32 {
    value.round().max(0.0) as u32
}
