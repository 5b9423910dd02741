//! The end of a scheme's report: leave, what follows from failing, what is only stated, and how open places are read.

use super::scheme::many;
use super::{Report, labels};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::tally_of;
use xiaxiangzhi_core::scheme::Scheme;

pub(super) fn leave(report: &mut Report, scheme: &Scheme) {
    let rule = &scheme.leave;
    let heading = report.pick("请假", "Leave").to_owned();
    report.heading(&heading);
    let half_days = rule.written_from_half_days;
    let said = match report.language {
        Language::Chinese => format!("受援单位批准；不到 {half_days} 个半天电话告知，到了须书面说明"),
        Language::English => format!(
            "approved by the recipient unit; below {half_days} half-days a call, from there on a written explanation"
        ),
    };
    report.fact("手续", "Route", said);
    report.clause(&rule.clause);
}

pub(super) fn money(report: &mut Report, scheme: &Scheme) {
    let language = report.language;
    let rule = &scheme.consequences;
    if !scheme.has_money() && rule.steps.len() == 1 {
        let heading = report.pick("款项", "Money").to_owned();
        report.heading(&heading);
        let none = report
            .pick("没有写金额，不计算", "no sum is named, none is worked out")
            .to_owned();
        report.fact("补助与处罚", "Subsidy and fines", none);
        report.clauses(Some(&rule.subsidy.clause).filter(|clause| !clause.quote.is_empty()));
        return;
    }
    let heading = report.pick("处理", "Consequences").to_owned();
    report.heading(&heading);
    let subsidy = &rule.subsidy;
    if subsidy.total_fen() > 0 {
        let total = labels::yuan(language, subsidy.total_fen());
        report.fact("补助", "Subsidy", total);
        report.clause(&subsidy.clause);
    }
    for step in &rule.steps {
        let mut parts = vec![match (language, step.months_deducted) {
            (_, 0) => language.pick("不扣", "nothing deducted").to_owned(),
            (Language::Chinese, months) => format!("扣 {months} 个月"),
            (Language::English, months) => format!("{} deducted", many(months, "month")),
        }];
        if step.appraisal_withheld {
            parts.push(
                language
                    .pick("不予填写鉴定表", "appraisal form withheld")
                    .to_owned(),
            );
        }
        if step.repeat_posting {
            parts.push(language.pick("重新下乡", "posting repeated").to_owned());
        }
        if step.department_fine_fen > 0 {
            let fine = labels::yuan(language, step.department_fine_fen.into());
            parts.push(format!(
                "{}{fine}",
                language.pick("科室处罚 ", "department fined ")
            ));
        }
        let said = report.list(parts);
        let (chinese, english) = (
            format!("{} 项未达标", step.failed),
            format!("{} failed", step.failed),
        );
        report.fact(&chinese, &english, said);
    }
    report.clause(&rule.clause);
    for (chinese, english, fen) in [
        (
            "科室奖励，每人",
            "Department reward, each",
            rule.department_reward_fen,
        ),
        ("拒不派遣", "Refusing to send", rule.refusal_fine_fen),
    ] {
        if fen > 0 {
            report.fact(chinese, english, labels::yuan(language, fen.into()));
        }
    }
    report.clauses(Some(&rule.department_clause).filter(|clause| !clause.quote.is_empty()));
    for (chinese, english, fen) in [
        (
            "擅自调回，个人每工作日",
            "Recall, the physician a workday",
            rule.recall_fine_physician_fen,
        ),
        (
            "擅自调回，科室每工作日",
            "Recall, the department a workday",
            rule.recall_fine_department_fen,
        ),
    ] {
        if fen > 0 {
            report.fact(chinese, english, labels::yuan(language, fen.into()));
        }
    }
    report.clauses(Some(&rule.recall_clause).filter(|clause| !clause.quote.is_empty()));
}

/// The statistics shown, what is only stated, and how open places are read.
pub(super) fn closing(report: &mut Report, scheme: &Scheme) {
    let language = report.language;
    let heading = report.pick("显示的统计项", "Statistics shown").to_owned();
    report.heading(&heading);
    let keys = scheme.tallies.iter();
    let tallies = report.list(keys.map(|key| {
        tally_of(key)
            .map_or(key.as_str(), |tally| tally.label(language))
            .to_owned()
    }));
    report.line(&format!("  {tallies}"));
    if !scheme.noted.is_empty() {
        let heading = report.pick("写明而不评定的", "Stated, and not judged").to_owned();
        report.heading(&heading);
        for noted in &scheme.noted {
            let (title, clause) = (noted.title.get(language), &noted.clause);
            let colon = report.pick("：", ": ");
            report.line(&format!("  {title}{colon}{}「{}」", clause.number, clause.quote));
        }
    }
    let heading = report
        .pick("原文留白处的读法", "How open places of the source are read")
        .to_owned();
    report.heading(&heading);
    for reading in &scheme.source.readings {
        let clause = &reading.clause;
        let place = if clause.quote.is_empty() {
            report.pick("原文没有写", "not in the source").to_owned()
        } else {
            format!("{}「{}」", clause.number, clause.quote)
        };
        report.line(&format!("  {place} → {}", reading.reading));
    }
}
