//! Assessments and schemes as a person reads them: every verdict with its clause, dates, reasons and arithmetic.

mod asked;
mod follows;
pub(crate) mod labels;
mod scheme;

pub(crate) use scheme::scheme;

use xiaxiangzhi_core::assess::{
    Assessment, Finding, Requirement, RequirementKind, comes_for_the_day, percent_shown,
};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Kind, Records, tally_of};
use xiaxiangzhi_core::scheme::{Clause, Scheme};

/// Lines that are collected in one language.
struct Report {
    language: Language,
    out: String,
}

impl Report {
    fn new(language: Language) -> Self {
        Self {
            language,
            out: String::new(),
        }
    }

    fn pick<'a>(&self, chinese: &'a str, english: &'a str) -> &'a str {
        self.language.pick(chinese, english)
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// `name：value`, two spaces in.
    fn fact(&mut self, chinese: &str, english: &str, value: impl std::fmt::Display) {
        let (name, colon) = (self.pick(chinese, english).to_owned(), self.pick("：", ": "));
        self.line(&format!("  {name}{colon}{value}"));
    }

    /// The clause with its words; that there is none, where the source has none.
    fn clause(&mut self, clause: &Clause) {
        if clause.quote.is_empty() {
            let none = self.pick("原文没有写", "not in the source").to_owned();
            self.fact("依据", "Clause", none);
        } else {
            self.fact("依据", "Clause", format!("{}「{}」", clause.number, clause.quote));
        }
    }

    /// The clause, if there is one.
    fn clauses(&mut self, clause: Option<&Clause>) {
        if let Some(clause) = clause {
            self.clause(clause);
        }
    }

    /// A title after an empty line.
    fn heading(&mut self, title: &str) {
        self.line("");
        self.line(title);
    }

    fn list(&self, items: impl IntoIterator<Item = String>) -> String {
        let items: Vec<String> = items.into_iter().collect();
        if items.is_empty() {
            self.pick("无", "none").to_owned()
        } else {
            items.join(self.pick("、", ", "))
        }
    }
}

/// The whole assessment as a report.
pub(crate) fn text(
    language: Language,
    records: &Records,
    scheme: &Scheme,
    assessment: &Assessment,
) -> String {
    let mut report = Report::new(language);
    head(&mut report, records, scheme, assessment);
    for requirement in &assessment.requirements {
        report.line("");
        requirement_lines(&mut report, records, scheme, requirement, assessment);
    }
    report.line("");
    consequence_lines(&mut report, scheme, assessment);
    leave_lines(&mut report, assessment);
    asked::allowance_lines(&mut report, scheme, assessment);
    tally_lines(&mut report, records, assessment);
    finding_lines(&mut report, scheme, &assessment.findings);
    report.out
}

fn head(report: &mut Report, records: &Records, scheme: &Scheme, assessment: &Assessment) {
    let posting = &records.posting;
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".into());
    let phase = labels::phase(report.language, assessment.phase);
    let name = known(&posting.physician.name);
    let unit = known(&posting.recipient_unit);
    report.line(&format!("{name} · {unit} · {} — {}", posting.start, posting.end));
    let version = assessment.scheme.version;
    report.fact(
        "考核方案",
        "Scheme",
        format!(
            "{} ({} v{version})",
            scheme.title.get(report.language),
            assessment.scheme.id
        ),
    );
    report.fact("截至", "As of", format!("{} · {phase}", assessment.as_of));
    let years = &assessment.calendar.provisional_years;
    if !years.is_empty() {
        let years = report.list(years.iter().map(ToString::to_string));
        report.fact(
            "放假安排尚未公布的年份",
            "Years whose holidays are not published yet",
            years,
        );
    }
}

fn requirement_lines(
    report: &mut Report,
    records: &Records,
    scheme: &Scheme,
    requirement: &Requirement,
    assessment: &Assessment,
) {
    let language = report.language;
    let title = scheme
        .requirement_title(&requirement.id)
        .map_or(requirement.id.as_str(), |label| label.get(language));
    report.line(&format!(
        "【{}】{title}",
        labels::status(language, requirement.status)
    ));
    report.clause(&requirement.clause);
    report.fact(
        "算式",
        "Arithmetic",
        labels::arithmetic(language, &requirement.arithmetic),
    );
    if let Some(counted) = &requirement.counted {
        let dates = report.list(counted.iter().map(ToString::to_string));
        let of = if requirement.minimum > 0 {
            format!("{} / {}", counted.len(), requirement.minimum)
        } else {
            counted.len().to_string()
        };
        report.fact(
            "计入",
            "Counted",
            format!("{of}{}{dates}", report.pick("：", ": ")),
        );
    }
    for excluded in requirement.excluded.iter().flatten() {
        let reason = labels::excluded(language, excluded.reason);
        report.fact("不计入", "Not counted", format!("{} {reason}", excluded.date));
    }
    if let Some(gaps) = requirement.gaps.as_ref().filter(|gaps| !gaps.is_empty()) {
        let days = report.list(gaps.iter().map(|gap| gap.days.to_string()));
        report.fact("间隔（天）", "Gaps (days)", days);
    }
    if requirement.id == scheme.attendance.id {
        attendance_lines(report, assessment, comes_for_the_day(records, assessment));
    }
    if let Some(points) = assessment
        .points
        .as_ref()
        .filter(|_| requirement.kind == RequirementKind::Points)
    {
        asked::points_lines(report, scheme, points);
    }
    if let Some(amount) = requirement.amount {
        report.fact("已有", "So far", amount);
    }
    if let Some(missing) = requirement.still_needed.filter(|missing| *missing > 0) {
        report.fact("还差", "Still needed", missing);
    }
    if let Some(date) = requirement.next_allowed_date {
        report.fact("下一次最早", "Next one allowed from", date);
    }
    if let Some(date) = requirement.last_safe_date {
        report.fact("下一次最迟", "Next one due by", date);
    }
    if let Some(left) = requirement.absence_left_half_days {
        report.fact("还可缺勤（半天）", "Half-days that may still be missed", left);
    }
}

/// Of those who come for the day no rate, nor what was left blank: they spend the other workdays at home.
fn attendance_lines(report: &mut Report, assessment: &Assessment, by_the_day: bool) {
    let sum = &assessment.attendance;
    let rate = percent_shown(sum.attended_half_days, sum.scheduled_half_days);
    if by_the_day {
        report.fact("到岗（半天）", "Attended half-days", sum.attended_half_days);
    } else {
        report.fact("应出勤（半天）", "Scheduled half-days", sum.scheduled_half_days);
        report.fact(
            "实出勤（半天）",
            "Attended half-days",
            format!("{} ({rate})", sum.attended_half_days),
        );
    }
    let blank = |number: u32| if by_the_day { 0 } else { number };
    for (chinese, english, number) in [
        ("其中公差", "of these official duty", sum.official_duty_half_days),
        (
            "其中补休",
            "of these compensatory rest",
            sum.compensatory_rest_half_days,
        ),
        ("请假", "On leave", sum.leave_half_days),
        ("旷工", "Absent", sum.absent_half_days),
        ("擅自调回", "Recalled without approval", sum.recalled_half_days),
        ("未填", "Unrecorded", blank(sum.unrecorded_half_days)),
        ("尚余", "Remaining", blank(sum.remaining_half_days)),
    ] {
        if number > 0 {
            report.fact(chinese, english, number);
        }
    }
    for excluded in &sum.excluded {
        let half = excluded.half.label(report.language);
        let reason = labels::half(report.language, excluded.reason);
        report.fact(
            "不计入",
            "Not counted",
            format!("{} {half} {reason}", excluded.date),
        );
    }
}

fn consequence_lines(report: &mut Report, scheme: &Scheme, assessment: &Assessment) {
    let sum = &assessment.consequences;
    report.line(report.pick("处理结果", "Consequences").to_owned().as_str());
    let failed = report.list(assessment.failed.iter().map(|id| {
        scheme
            .requirement_title(id)
            .map_or_else(|| id.clone(), |label| label.get(report.language).to_owned())
    }));
    report.fact("未达标", "Failed", failed);
    if !scheme.consequences.clause.quote.is_empty() {
        report.clause(&scheme.consequences.clause);
    }
    if scheme.consequences.subsidy.total_fen() > 0 {
        for (chinese, english, fen) in [
            ("补助应发", "Subsidy", sum.subsidy_fen),
            ("扣减", "Deducted", sum.deducted_fen),
            ("实发", "Payable", sum.payable_fen),
        ] {
            report.fact(chinese, english, labels::yuan(report.language, fen));
        }
    }
    report.fact(
        "服务鉴定表",
        "Service appraisal form",
        labels::appraisal(report.language, sum.appraisal_form),
    );
    if sum.repeat_posting {
        let yes = report.pick("是", "yes").to_owned();
        report.fact("重新下乡", "Posting repeated", yes);
    }
    for (chinese, english, fen) in [
        (
            "科室处罚",
            "Fine for the department",
            u64::from(sum.department_fine_fen),
        ),
        (
            "科室奖励",
            "Department reward",
            u64::from(sum.department_reward_fen),
        ),
        (
            "擅自调回：本人处罚",
            "Recall: fine for the physician",
            sum.recall_fine_physician_fen,
        ),
        (
            "擅自调回：科室处罚",
            "Recall: fine for the department",
            sum.recall_fine_department_fen,
        ),
    ] {
        if fen > 0 {
            report.fact(chinese, english, labels::yuan(report.language, fen));
        }
    }
}

fn leave_lines(report: &mut Report, assessment: &Assessment) {
    if assessment.leave_groups.is_empty() {
        return;
    }
    report.line("");
    report.line(report.pick("请假", "Leave").to_owned().as_str());
    for group in &assessment.leave_groups {
        let language = report.language;
        let kinds = report.list(
            group
                .leaves
                .iter()
                .map(|leave| leave.kind.label(language).to_owned()),
        );
        let route = if group.written {
            report.pick("须书面说明", "written explanation")
        } else {
            report.pick("须电话告知", "phone notice")
        };
        let unit = report.pick("个半天", "half-days");
        report.line(&format!(
            "  {} — {}  {kinds}  {} {unit}  {route}",
            group.from, group.to, group.half_days
        ));
    }
}

fn tally_lines(report: &mut Report, records: &Records, assessment: &Assessment) {
    if assessment.tallies.is_empty() {
        return;
    }
    report.line("");
    report.line(report.pick("工作量", "Workload").to_owned().as_str());
    for (key, sum) in &assessment.tallies {
        let own = records.tally_items.iter().find(|item| item.key == *key);
        let (label, unit) = match (tally_of(key), own) {
            (Some(tally), _) => (tally.label(report.language), tally.unit(report.language)),
            (None, Some(item)) => (item.label.as_str(), item.unit.as_deref().unwrap_or_default()),
            (None, None) => (key.as_str(), ""),
        };
        // Money is kept in fen and said in yuan.
        let value = if key == "donation_value_fen" {
            labels::yuan(report.language, *sum)
        } else {
            format!("{sum} {unit}")
        };
        let text = format!("  {label}{}{value}", report.pick("：", ": "));
        report.line(text.trim_end());
    }
}

fn finding_lines(report: &mut Report, scheme: &Scheme, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    report.line("");
    report.line(report.pick("提示", "Findings").to_owned().as_str());
    for finding in findings {
        let text = match report.language {
            Language::Chinese => finding.message.clone(),
            Language::English => labels::finding_in_english(finding, |id| scheme.requirement_title(id)),
        };
        let severity = labels::severity(report.language, finding.severity);
        report.line(&format!("  [{severity}] {text}"));
    }
}
