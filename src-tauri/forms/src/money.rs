//! Money on paper: 1,320元, and 壹仟叁佰贰拾元整.

use crate::error::FormsError;
use crate::wording::grouped;

/// The most that is put into capitals: 9,999,999.99 yuan.
pub(crate) const MOST_FEN: u64 = 999_999_999;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// 1,320元, or 1,320.50元 when there are jiao or fen.
pub(crate) fn yuan(fen: u64) -> String {
    let whole = grouped(i64::try_from(fen / 100).unwrap_or(i64::MAX));
    match fen % 100 {
        0 => format!("{whole}元"),
        rest => format!("{whole}.{rest:02}元"),
    }
}

/// An amount in the capitals that cannot be altered: 壹仟叁佰贰拾元整 for 132,000 fen.
///
/// `fen` is 0 to 999,999,999 (9,999,999.99 yuan). After 元 and after 角 stands 整 when nothing follows; 零 stands for
/// skipped places within the yuan and for skipped jiao (支付结算办法, annex 1).
///
/// # Errors
/// [`FormsError::AmountOutOfRange`] beyond that.
pub fn in_capitals(fen: u64) -> Result<String, FormsError> {
    if fen > MOST_FEN {
        return Err(FormsError::AmountOutOfRange { fen });
    }
    let (yuan, jiao, cents) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut text = String::new();
    if yuan > 0 {
        push_integer(&mut text, yuan);
        text.push('元');
    }
    match (jiao, cents) {
        (0, 0) if yuan == 0 => text.push_str("零元整"),
        (0, 0) => text.push('整'),
        (0, cents) => {
            if yuan > 0 {
                text.push('零');
            }
            push(&mut text, cents, "分");
        }
        (jiao, 0) => {
            push(&mut text, jiao, "角整");
        }
        (jiao, cents) => {
            push(&mut text, jiao, "角");
            push(&mut text, cents, "分");
        }
    }
    Ok(text)
}

fn push(text: &mut String, digit: u64, unit: &str) {
    text.extend(usize::try_from(digit).ok().and_then(|at| DIGITS.get(at)));
    text.push_str(unit);
}

/// Seven digits at most: a group of 万 and a group of ones.
fn push_integer(text: &mut String, number: u64) {
    let (upper, lower) = (number / 10_000, number % 10_000);
    if upper > 0 {
        push_group(text, upper, false);
        text.push('万');
    }
    if lower > 0 {
        push_group(text, lower, upper > 0);
    }
}

/// Four digits. `follows` says that a higher group stands before it, so that an empty first place is said as 零.
fn push_group(text: &mut String, group: u64, follows: bool) {
    let mut skipped = false;
    let mut said = follows;
    for (place, unit) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
        let digit = group / place % 10;
        if digit == 0 {
            skipped = true;
            continue;
        }
        if skipped && said {
            text.push('零');
        }
        push(text, digit, unit);
        (skipped, said) = (false, true);
    }
}
