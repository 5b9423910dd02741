//! 依据 and 系统判定: the clauses, and what follows from the requirements.

use super::duties;
use crate::error::FormsError;
use crate::money::{in_capitals, yuan};
use crate::paper::Ground;
use crate::wording::long_date;
use xiaxiangzhi_core::assess::{AppraisalForm, Phase, Requirement, Status};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::scheme::Clause;

/// The clauses that decide, with their words, and the scheme.
pub(super) fn sources(ground: &Ground<'_>) -> String {
    let scheme = ground.scheme;
    let mut numbers: Vec<(&str, Vec<&str>)> = Vec::new();
    for requirement in &ground.assessment.requirements {
        let Clause { number, quote } = &requirement.clause;
        if quote.is_empty() {
            continue;
        }
        match numbers.iter_mut().find(|(known, _)| known == number) {
            Some((_, quotes)) if quotes.contains(&quote.as_str()) => {}
            Some((_, quotes)) => quotes.push(quote),
            None => numbers.push((number, vec![quote])),
        }
    }
    let said: Vec<String> = numbers
        .into_iter()
        .map(|(number, quotes)| {
            let quotes: Vec<String> = quotes.into_iter().map(|quote| format!("“{quote}”")).collect();
            format!("{number}：{}", quotes.join("；"))
        })
        .collect();
    let rule = &scheme.consequences;
    let money: Vec<String> = [("处理", &rule.clause), ("补助", &rule.subsidy.clause)]
        .into_iter()
        .filter(|(_, clause)| !clause.quote.is_empty())
        .map(|(of, clause)| format!("{of}依据{}", clause.number))
        .collect();
    let money = if money.is_empty() {
        String::new()
    } else {
        format!("{}。", money.join("，"))
    };
    format!(
        "《{}》{}。{money}考核方案：{}，第{}版。",
        scheme.source.document,
        said.join("；"),
        scheme.title.get(Language::Chinese),
        ground.assessment.scheme.version
    )
}

pub(super) fn verdict(ground: &Ground<'_>) -> Result<String, FormsError> {
    let assessment = ground.assessment;
    let outcome = &assessment.consequences;
    let mut sentences = vec![format!(
        "截至{}（{}），未达标{}项{}",
        long_date(assessment.as_of),
        phase(assessment.phase),
        assessment.failed.len(),
        named(ground)
    )];
    // What is already certain may still grow until the last day.
    let so_far = if assessment.phase == Phase::Ended {
        ""
    } else {
        "按目前记录"
    };
    if ground.scheme.has_money() {
        sentences.push(format!(
            "{so_far}补助应发{}，扣减{}，实发{}（{}）",
            yuan(outcome.subsidy_fen),
            yuan(outcome.deducted_fen),
            yuan(outcome.payable_fen),
            in_capitals(outcome.payable_fen)?
        ));
    }
    sentences.push(format!("服务鉴定表：{}", appraisal(outcome.appraisal_form)));
    if outcome.repeat_posting {
        sentences.push("须重新下乡".to_owned());
    }
    if outcome.department_fine_fen > 0 {
        sentences.push(format!("科室处罚{}", yuan(outcome.department_fine_fen.into())));
    }
    if outcome.recall_fine_physician_fen > 0 || outcome.recall_fine_department_fen > 0 {
        sentences.push(format!(
            "擅自调回处罚个人{}、科室{}，另行收取",
            yuan(outcome.recall_fine_physician_fen),
            yuan(outcome.recall_fine_department_fen)
        ));
    }
    Ok(format!("{}。", sentences.join("；")))
}

/// （授课、查房）, and what cannot be assessed.
fn named(ground: &Ground<'_>) -> String {
    let assessment = ground.assessment;
    let titles = |wanted: &dyn Fn(&Requirement) -> bool| -> String {
        let chosen = assessment.requirements.iter().filter(|one| wanted(one));
        let titles: Vec<String> = chosen.map(|one| duties::title(ground, &one.id)).collect();
        titles.join("、")
    };
    let failed = titles(&|one| assessment.failed.contains(&one.id));
    let unknown = titles(&|one| one.status == Status::NotAssessable);
    let failed = if failed.is_empty() {
        failed
    } else {
        format!("（{failed}）")
    };
    if unknown.is_empty() {
        failed
    } else {
        format!("{failed}，不能评定：{unknown}")
    }
}

pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Before => "尚未派驻",
        Phase::InProgress => "派驻中",
        Phase::Ended => "已期满",
    }
}

pub(super) fn appraisal(form: AppraisalForm) -> &'static str {
    match form {
        AppraisalForm::Pending => "期满后确定",
        AppraisalForm::Issued => "可以出具",
        AppraisalForm::Withheld => "不予出具",
    }
}
