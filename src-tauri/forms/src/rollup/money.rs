//! 金额: what is to be paid, by scheme and department, and in all.

use super::{Looks, head, yuan};
use crate::error::FormsError;
use rust_xlsxwriter::{Format, FormatBorder, Formula, Worksheet};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::rollup::{Money, Sums};

pub(super) fn write(sums: &Sums, language: Language, sheet: &mut Worksheet) -> Result<(), FormsError> {
    let columns = [
        ("考核方案", "Scheme", 24.0),
        ("科室", "Department", 16.0),
        ("人数", "People", 8.0),
        ("应发（元）", "Subsidy, yuan", 14.0),
        ("扣减（元）", "Deducted, yuan", 14.0),
        ("实发（元）", "Payable, yuan", 14.0),
        ("科室奖励（元）", "Department reward, yuan", 16.0),
        ("科室罚款（元）", "Department fine, yuan", 16.0),
        ("调回罚款：个人（元）", "Recall fine, physician, yuan", 18.0),
        ("调回罚款：科室（元）", "Recall fine, department, yuan", 18.0),
    ]
    .map(|(zh, en, width)| (language.pick(zh, en).to_owned(), width));
    head(sheet, language.pick("金额", "Money"), &columns)?;
    let looks = Looks::new();
    let departments = sums.departments();
    for (row, line) in (1..).zip(&departments) {
        sheet.write_string(row, 0, line.scheme.get(language))?;
        if !line.home_department.is_empty() {
            sheet.write_string(row, 1, &*line.home_department)?;
        }
        sheet.write_number(row, 2, f64::from(line.money.people))?;
        for (column, fen) in (3..).zip(amounts(&line.money)) {
            sheet.write_number_with_format(row, column, yuan(fen), &looks.money)?;
        }
    }
    let total = u32::try_from(departments.len()).unwrap_or(u32::MAX) + 1;
    let bold = Format::new().set_bold().set_border_top(FormatBorder::Thin);
    sheet.write_string_with_format(total, 0, language.pick("合计", "Total"), &bold)?;
    sheet.write_blank(total, 1, &bold)?;
    let sum = |letter: char, value: f64| {
        // Of nothing, a range would turn round and take in the head.
        let last = total.max(2);
        Formula::new(format!("=SUM({letter}2:{letter}{last})")).set_result(value.to_string())
    };
    if departments.is_empty() {
        return Ok(());
    }
    let people = f64::from(sums.money.people);
    sheet.write_formula_with_format(total, 2, sum('C', people), &bold)?;
    let money = bold.set_num_format("#,##0.00");
    for ((column, letter), fen) in (3..).zip('D'..).zip(amounts(&sums.money)) {
        sheet.write_formula_with_format(total, column, sum(letter, yuan(fen)), &money)?;
    }
    Ok(())
}

fn amounts(money: &Money) -> [u64; 7] {
    [
        money.subsidy_fen,
        money.deducted_fen,
        money.payable_fen,
        money.department_reward_fen,
        money.department_fine_fen,
        money.recall_fine_physician_fen,
        money.recall_fine_department_fen,
    ]
}
