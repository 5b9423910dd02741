//! The figures of the sheet, one a line, for calculating with.

use super::{duties, tallies, verdict};
use crate::form::{Figure, Value};
use crate::paper::Ground;
use xiaxiangzhi_core::assess::{Requirement, RequirementKind};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::Kind as _;

const HALF_DAYS: &str = "个半天";

struct Figures(Vec<Figure>);

impl Figures {
    fn add(&mut self, group: &str, label: &str, value: Value) {
        self.add_with(group, label, value, String::new());
    }

    fn add_with(&mut self, group: &str, label: &str, value: Value, note: String) {
        self.0.push(Figure {
            group: group.to_owned(),
            label: label.to_owned(),
            value,
            note,
        });
    }
}

fn words(text: impl Into<String>) -> Value {
    Value::Words { text: text.into() }
}

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    let mut figures = Figures(Vec::new());
    let (posting, assessment) = (&ground.records.posting, ground.assessment);
    figures.add("派驻", "开始日期", Value::Date { date: posting.start });
    figures.add("派驻", "结束日期", Value::Date { date: posting.end });
    figures.add(
        "派驻",
        "考核日期",
        Value::Date {
            date: assessment.as_of,
        },
    );
    figures.add("派驻", "阶段", words(verdict::phase(assessment.phase)));
    for requirement in &assessment.requirements {
        requirement_figures(&mut figures, ground, requirement);
    }
    attendance(&mut figures, ground);
    for (label, value) in tallies(ground) {
        figures.add("工作量", &label, value);
    }
    leaves(&mut figures, ground);
    consequences(&mut figures, ground);
    figures.0
}

fn requirement_figures(figures: &mut Figures, ground: &Ground<'_>, requirement: &Requirement) {
    let title = duties::title(ground, &requirement.id);
    let amount = i64::try_from(requirement.amount.unwrap_or(0)).unwrap_or(i64::MAX);
    let (unit, done) = match requirement.kind {
        RequirementKind::Activities => {
            let counted = requirement.counted.as_ref().map_or(0, Vec::len);
            ("次", i64::try_from(counted).unwrap_or(i64::MAX))
        }
        RequirementKind::Tally => (duties::unit(ground, &requirement.id), amount),
        RequirementKind::Duration => ("个月", amount),
        RequirementKind::Points => ("分", amount),
        RequirementKind::Attendance => (HALF_DAYS, ground.assessment.attendance.attended_half_days.into()),
    };
    if requirement.minimum > 0 {
        figures.add(&title, "要求不少于", Value::count(requirement.minimum, unit));
    }
    if let Some(gap) = requirement.minimum_gap_days.filter(|gap| *gap > 0) {
        figures.add(&title, "相隔不少于", Value::count(gap, "天"));
    }
    figures.add(&title, "完成", Value::count(done, unit));
    let clause = if requirement.clause.quote.is_empty() {
        String::new()
    } else {
        format!("{}：{}", requirement.clause.number, requirement.clause.quote)
    };
    let status = duties::status(requirement.status).replace('\n', "");
    figures.add_with(&title, "结论", words(status), clause);
    let gaps = requirement.gaps.as_deref().unwrap_or_default();
    for (nth, date) in requirement.counted.iter().flatten().enumerate() {
        let gap = nth.checked_sub(1).and_then(|before| gaps.get(before));
        let note = gap
            .map(|gap| format!("与上一次相隔{}天", gap.days))
            .unwrap_or_default();
        figures.add_with(&title, "计入", Value::Date { date: *date }, note);
    }
    for one in requirement.excluded.iter().flatten() {
        let reason = duties::excluded_reason(one.reason).to_owned();
        figures.add_with(&title, "不计入", Value::Date { date: one.date }, reason);
    }
}

fn attendance(figures: &mut Figures, ground: &Ground<'_>) {
    let attendance = &ground.assessment.attendance;
    let by_the_day = ground.comes_for_the_day();
    if !by_the_day {
        figures.add(
            "出勤",
            "应出勤",
            Value::count(attendance.scheduled_half_days, HALF_DAYS),
        );
    }
    figures.add(
        "出勤",
        "实出勤",
        Value::count(attendance.attended_half_days, HALF_DAYS),
    );
    for (label, count) in duties::attended_parts(attendance) {
        figures.add("出勤", &format!("其中{label}"), Value::count(count, HALF_DAYS));
    }
    let missed = duties::missed_parts(ground);
    for (label, count) in missed.into_iter().filter(|_| !by_the_day) {
        figures.add("出勤", &label, Value::count(count, HALF_DAYS));
    }
}

fn leaves(figures: &mut Figures, ground: &Ground<'_>) {
    let grouped = ground
        .assessment
        .leave_groups
        .iter()
        .flat_map(|group| &group.leaves);
    for counted in grouped {
        let Some(leave) = ground.records.leaves.iter().find(|leave| leave.id == counted.id) else {
            continue;
        };
        let kind = leave.kind.label(Language::Chinese);
        let half = |half: xiaxiangzhi_core::posting::Half| half.label(Language::Chinese).to_owned();
        figures.add_with(
            "请假",
            &format!("{kind}从"),
            Value::Date { date: leave.from },
            half(leave.from_half),
        );
        figures.add_with(
            "请假",
            &format!("{kind}到"),
            Value::Date { date: leave.to },
            half(leave.to_half),
        );
        figures.add(
            "请假",
            &format!("{kind}时长"),
            Value::count(counted.half_days, HALF_DAYS),
        );
    }
}

fn consequences(figures: &mut Figures, ground: &Ground<'_>) {
    let (failed, outcome) = (ground.assessment.failed.len(), &ground.assessment.consequences);
    figures.add(
        "处理",
        "未达标",
        Value::count(i64::try_from(failed).unwrap_or(i64::MAX), "项"),
    );
    let money = [
        ("补助应发", outcome.subsidy_fen),
        ("扣减", outcome.deducted_fen),
        ("实发", outcome.payable_fen),
        ("科室奖励", outcome.department_reward_fen.into()),
        ("科室处罚", outcome.department_fine_fen.into()),
        ("擅自调回处罚（个人）", outcome.recall_fine_physician_fen),
        ("擅自调回处罚（科室）", outcome.recall_fine_department_fen),
    ];
    for (label, fen) in money.into_iter().filter(|_| ground.scheme.has_money()) {
        figures.add("处理", label, Value::Money { fen });
    }
    figures.add(
        "处理",
        "服务鉴定表",
        words(verdict::appraisal(outcome.appraisal_form)),
    );
    figures.add(
        "处理",
        "重新下乡",
        words(if outcome.repeat_posting { "是" } else { "否" }),
    );
}
