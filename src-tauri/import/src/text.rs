//! Words of a cell: full-width forms, blanks within, numbers with their unit.

use crate::Cell;
use crate::fault::Problem;
use unicode_normalization::UnicodeNormalization as _;
use xiaxiangzhi_core::posting::{MOST_COUNTED, forbidden_character};

/// Full-width forms made plain, without any blank: for comparing and for numbers.
pub(crate) fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{FE0F}'))
        .collect()
}

/// What a cell says, as [`plain`].
pub(crate) fn plain_cell(cell: &Cell) -> String {
    plain(&cell.shown())
}

/// Whether a text stands for nothing: `-`, `/`, 无.
pub(crate) fn is_nothing(plain: &str) -> bool {
    plain.is_empty()
        || matches!(plain, "无" | "没有" | "未" | "N/A" | "n/a")
        || plain
            .chars()
            .all(|c| matches!(c, '-' | '—' | '–' | '/' | '\\' | '.' | '…'))
}

/// A cell that no field can take, whatever it is for.
pub(crate) fn unusable(cell: &Cell) -> Option<Problem> {
    match cell {
        Cell::Uncomputed => Some(Problem::Uncomputed),
        Cell::Error(_) => Some(Problem::CellError),
        _ => None,
    }
}

/// A text as it is kept: line ends as they are here, no blanks around. A title is one line.
pub(crate) fn words(cell: &Cell, limit: usize, one_line: bool) -> Result<Option<String>, Problem> {
    if let Some(problem) = unusable(cell) {
        return Err(problem);
    }
    let text = cell
        .shown()
        .replace("\r\n", "\n")
        .replace("_x000D_", "")
        .replace('\r', "\n");
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}'))
        .map(|c| match c {
            '\t' => ' ',
            '\n' if one_line => ' ',
            other => other,
        })
        .collect();
    let text = text.trim();
    if text.is_empty() || one_line && is_nothing(&plain(text)) {
        return Ok(None);
    }
    if text.chars().count() > limit {
        return Err(Problem::TooLong { limit });
    }
    if text.chars().any(|c| c != '\n' && forbidden_character(c)) {
        return Err(Problem::ForbiddenCharacter);
    }
    Ok(Some(text.to_owned()))
}

/// A count, perhaps with its unit behind it: 23, ２３人次.
pub(crate) fn count(cell: &Cell) -> Result<Option<u32>, Problem> {
    if let Some(problem) = unusable(cell) {
        return Err(problem);
    }
    let text = plain_cell(cell);
    if is_nothing(&text) {
        return Ok(None);
    }
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic());
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::NotACount);
    }
    match digits.parse::<u32>() {
        Ok(number) if number <= MOST_COUNTED => Ok(Some(number)),
        _ => Err(Problem::NotACount),
    }
}

/// A length in minutes: 60, 60分钟, 1.5小时.
pub(crate) fn minutes(cell: &Cell) -> Result<Option<u32>, Problem> {
    if let Some(problem) = unusable(cell) {
        return Err(problem);
    }
    let text = plain_cell(cell).to_lowercase();
    if is_nothing(&text) {
        return Ok(None);
    }
    let unit = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(unit);
    let number: f64 = number.parse().map_err(|_| Problem::NotMinutes)?;
    let minutes = match unit {
        "" | "分" | "分钟" | "min" | "minutes" => number,
        "小时" | "个小时" | "h" | "时" | "hour" | "hours" => number * 60.0,
        _ => return Err(Problem::NotMinutes),
    };
    if !(0.0..=f64::from(MOST_COUNTED)).contains(&minutes) || minutes.fract() != 0.0 {
        return Err(Problem::NotMinutes);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and between 0 and a million"
    )]
    Ok(Some(minutes as u32))
}

/// Sums, averages and the like: no entry of a day.
pub(crate) fn is_total(plain: &str) -> bool {
    let plain = plain
        .trim_start_matches(['本', '全'])
        .trim_start_matches(['周', '月', '年', '季']);
    ["合计", "小计", "总计", "累计", "共计", "平均", "总数", "汇总"]
        .iter()
        .any(|word| plain.starts_with(word))
        || ["total", "subtotal", "sum", "average"]
            .contains(&plain.trim_end_matches(':').to_lowercase().as_str())
}

/// What stands below a table: remarks, who made it.
pub(crate) fn is_foot(plain: &str) -> bool {
    [
        "备注",
        "说明",
        "注:",
        "注1",
        "图例",
        "符号",
        "考勤员",
        "制表",
        "填表",
        "审核",
        "负责人",
        "科主任",
        "单位负责人",
        "签字",
        "签名",
        "本人签",
        "盖章",
    ]
    .iter()
    .any(|word| plain.starts_with(word))
}
