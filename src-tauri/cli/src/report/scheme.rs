//! A scheme as a person reads it: what it asks for, clause by clause, and what it does not judge.

use super::Report;
use super::follows::{closing, leave, money};
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::{Kind, Station, tally_of};
use xiaxiangzhi_core::scheme::{
    Cadence, CadenceRule, CadenceWindow, Clause, DocumentDuty, Duty, DutyOf, PeriodStart, PointSheet,
    PointSource, Quota, QuotaPer, Scheme, ShortGap,
};

/// A scheme: what it asks for, clause by clause.
pub(crate) fn scheme(language: Language, scheme: &Scheme) -> String {
    let mut report = Report::new(language);
    report.line(&format!(
        "{}  {}  v{}",
        scheme.id,
        scheme.title.get(language),
        scheme.version
    ));
    report.line(&format!("  {}", scheme.summary.get(language)));
    report.fact(
        "出处",
        "Source",
        format!("《{}》{}", scheme.source.document, scheme.source.section),
    );
    period(&mut report, scheme);
    for one in &scheme.duties {
        duty(&mut report, one);
    }
    for one in &scheme.quotas {
        quota(&mut report, one);
    }
    attendance(&mut report, scheme);
    if let Some(sheet) = &scheme.points {
        points(&mut report, scheme, sheet);
    }
    for allowance in &scheme.allowances {
        report.heading(allowance.title.get(language));
        let (times, kind) = (allowance.per_posting_month, allowance.leave.label(language));
        let said = match language {
            Language::Chinese => format!("原则上每月 {times} 次，记为{kind}；多了只提示"),
            Language::English => format!(
                "{times} a month as a rule, recorded as {}; more is only pointed out",
                kind.to_lowercase()
            ),
        };
        report.fact("可以享受", "May be had", said);
        report.clause(&allowance.clause);
    }
    documents(&mut report, &scheme.documents);
    appraisal(&mut report, scheme);
    leave(&mut report, scheme);
    money(&mut report, scheme);
    closing(&mut report, scheme);
    report.out
}

fn period(report: &mut Report, scheme: &Scheme) {
    let period = &scheme.period;
    let length = match (period.starts, report.language) {
        (PeriodStart::FirstMondayOfQuarter, Language::Chinese) => {
            format!("{} 个季度，季度首个周一交接", period.quarters)
        }
        (PeriodStart::FirstMondayOfQuarter, Language::English) => {
            format!(
                "{}, handed over on the first Monday of a quarter",
                many(period.quarters, "quarter")
            )
        }
        (PeriodStart::AnyDay, Language::Chinese) => format!("预设 {} 个月，哪天开始都可以", period.months),
        (PeriodStart::AnyDay, Language::English) => {
            format!("{} by default, from any day", many(period.months, "month"))
        }
    };
    report.fact("期限", "Length", length);
    report.clause(&period.clause);
    if let Some(rule) = &period.minimum {
        report.heading(rule.title.get(report.language));
        let said = match report.language {
            Language::Chinese => format!("不少于 {} 个月", rule.months),
            Language::English => format!("at least {}", many(rule.months, "month")),
        };
        report.fact("要求", "Asked", said);
        judged(report, rule.judged, DutyOf::Person, None);
        report.clause(&rule.clause);
    }
}

fn duty(report: &mut Report, duty: &Duty) {
    let language = report.language;
    report.heading(duty.title.get(language));
    let kinds = report.list(duty.kinds.iter().map(|kind| kind.label(language).to_owned()));
    report.fact("计入", "Counts", kinds);
    if let Some(asked) = asked(language, duty) {
        report.fact("要求", "Asked", asked);
    }
    if let Some(cadence) = &duty.cadence {
        report.fact("节奏", "How often", often(language, cadence));
    }
    judged(report, duty.judged, duty.duty_of, duty.station);
    report.clause(&duty.clause);
    if let Some(cadence) = duty
        .cadence
        .as_ref()
        .filter(|cadence| cadence.clause != duty.clause)
    {
        report.clause(&cadence.clause);
    }
}

/// 不少于 4 次，每次相隔不少于 7 天; nothing where no number is asked.
fn asked(language: Language, duty: &Duty) -> Option<String> {
    let chinese = language == Language::Chinese;
    let mut parts = Vec::new();
    if duty.minimum > 0 {
        parts.push(if chinese {
            format!("不少于 {} 次", duty.minimum)
        } else {
            format!("at least {}", duty.minimum)
        });
    }
    if duty.minimum_gap_days > 0 {
        let days = duty.minimum_gap_days;
        parts.push(match (chinese, duty.short_gap) {
            (true, ShortGap::Fail) => format!("每次相隔不少于 {days} 天，近了整项不达标"),
            (true, ShortGap::NotCounted) => format!("每次相隔不少于 {days} 天，近了不计"),
            (false, ShortGap::Fail) => format!("at least {days} days apart, closer fails the duty"),
            (false, ShortGap::NotCounted) => format!("at least {days} days apart, closer does not count"),
        });
    }
    if let Some(most) = duty.max_per_day {
        parts.push(if chinese {
            format!("一天最多计 {most} 次")
        } else {
            format!("at most {most} a day counts")
        });
    }
    if let Some(minutes) = duty.minimum_minutes {
        parts.push(if chinese {
            format!("每次不少于 {minutes} 分钟")
        } else {
            format!("at least {minutes} minutes each")
        });
    }
    (!parts.is_empty()).then(|| parts.join(language.pick("；", "; ")))
}

/// 每两周一次，缺了只提醒
fn often(language: Language, cadence: &Cadence) -> String {
    let window = match (language, cadence.window) {
        (Language::Chinese, CadenceWindow::Days(days)) => format!("从首日起每 {days} 天一次"),
        (Language::English, CadenceWindow::Days(days)) => format!("once each {days} days from the first"),
        (Language::Chinese, CadenceWindow::CalendarWeek) => "每周一次（周一至周日）".to_owned(),
        (Language::English, CadenceWindow::CalendarWeek) => "once a week, Monday to Sunday".to_owned(),
        (Language::Chinese, CadenceWindow::PostingMonths(months)) => format!("每 {months} 个派驻月一次"),
        (Language::English, CadenceWindow::PostingMonths(months)) => {
            format!("once each {} of the posting", each(months))
        }
        (Language::Chinese, CadenceWindow::PostingYears(1)) => "派驻每满一年一次".to_owned(),
        (Language::Chinese, CadenceWindow::PostingYears(years)) => format!("派驻每满 {years} 年一次"),
        (Language::English, CadenceWindow::PostingYears(1)) => "once each year of the posting".to_owned(),
        (Language::English, CadenceWindow::PostingYears(years)) => {
            format!("once each {} of the posting", many(years, "year"))
        }
        (Language::Chinese, CadenceWindow::CalendarMonths(months)) => {
            format!("每 {months} 个日历月一次，从第一个完整的月份起")
        }
        (Language::English, CadenceWindow::CalendarMonths(months)) => {
            format!(
                "once each {} of the calendar, from the first whole one",
                each(months)
            )
        }
    };
    let missed = match cadence.rule {
        CadenceRule::Required => language.pick("，缺一次就不达标", "; a missed one fails the duty"),
        CadenceRule::Finding => language.pick("，缺了只提醒", "; a missed one is pointed out"),
    };
    format!("{window}{missed}")
}

fn quota(report: &mut Report, quota: &Quota) {
    let language = report.language;
    report.heading(quota.title.get(language));
    let (label, unit) = tally_of(&quota.tally).map_or((quota.tally.as_str(), ""), |tally| {
        (tally.label(language), tally.unit(language))
    });
    let yearly = quota.per == QuotaPer::PostingYear;
    let said = match (language, quota.minimum) {
        (Language::Chinese, 0) => format!("统计{label}"),
        (Language::Chinese, minimum) if yearly => format!("派驻每满一年{label}不少于 {minimum} {unit}"),
        (Language::English, minimum) if yearly && minimum > 0 => {
            format!("{label}: at least {minimum} in each year of the posting")
        }
        (Language::Chinese, minimum) => format!("{label}合计不少于 {minimum} {unit}"),
        (Language::English, 0) => format!("{label}, summed"),
        (Language::English, minimum) => format!("{label}: at least {minimum} in all"),
    };
    report.fact("要求", "Asked", said.trim_end());
    judged(report, quota.judged, quota.duty_of, None);
    report.clause(&quota.clause);
}

/// Whether it is judged in one person's posting, where that is not plain.
fn judged(report: &mut Report, judged: bool, of: DutyOf, station: Option<Station>) {
    let said = match (judged, of, station) {
        (false, ..) => report.pick("只记录，不评定", "recorded, not judged"),
        (true, DutyOf::Team, _) => report.pick(
            "由全队承担，在一个人的记录里只显示",
            "the team’s, shown in one person’s records",
        ),
        (true, DutyOf::Person, Some(Station::Resident)) => {
            report.pick("只对驻点的人评定", "for those who live there")
        }
        (true, DutyOf::Person, Some(Station::Visiting)) => {
            report.pick("只对挂点的人评定", "for those who come for the day")
        }
        (true, DutyOf::Person, None) => report.pick("评定", "yes"),
    }
    .to_owned();
    report.fact("评定", "Judged", said);
}

fn attendance(report: &mut Report, scheme: &Scheme) {
    let rule = &scheme.attendance;
    report.heading(rule.title.get(report.language));
    if rule.judged {
        report.fact("至少", "At least", format!("{} %", rule.minimum_percent));
    }
    if rule.work_note_required {
        let said = report
            .pick(
                "没有工作记录的半天不计",
                "a half-day without a work record does not count",
            )
            .to_owned();
        report.fact("工作记录", "Work record", said);
    }
    judged(report, rule.judged, DutyOf::Person, rule.station);
    report.clause(&rule.clause);
}

fn points(report: &mut Report, scheme: &Scheme, sheet: &PointSheet) {
    let language = report.language;
    report.heading(sheet.title.get(language));
    for item in &sheet.items {
        let from = match &item.from {
            PointSource::Requirement(id) => scheme
                .requirement_title(id)
                .map_or(id.as_str(), |title| title.get(language))
                .to_owned(),
            PointSource::Tally { key, full } => {
                let label = tally_of(key).map_or(key.as_str(), |tally| tally.label(language));
                format!("{label} / {full}")
            }
            PointSource::Document(kind) => kind.label(language).to_owned(),
            PointSource::Office => language
                .pick("医务部评分", "the office gives the points")
                .to_owned(),
        };
        let colon = language.pick("：", ": ");
        let unit = language.pick(" 分", " points");
        report.line(&format!(
            "  {}{colon}{}{unit}{}{from}",
            item.title.get(language),
            item.weight,
            language.pick("，", ", ")
        ));
    }
    report.fact("及格线", "Pass mark", sheet.pass_mark);
    if !sheet.grades.is_empty() {
        let grades = sheet.grades.iter();
        let grades = grades.map(|grade| format!("{} ≥ {}", grade.title.get(language), grade.from));
        let grades = report.list(grades);
        report.fact("等次", "Grades", grades);
    }
    judged(report, sheet.judged, DutyOf::Person, None);
    report.clause(&sheet.clause);
}

fn documents(report: &mut Report, documents: &[DocumentDuty]) {
    if documents.is_empty() {
        return;
    }
    let language = report.language;
    let heading = report.pick("要交的材料", "Papers to hand in").to_owned();
    report.heading(&heading);
    let mut last: Option<&Clause> = None;
    for duty in documents {
        if last.is_some_and(|last| *last != duty.clause) {
            report.clauses(last);
        }
        last = Some(&duty.clause);
        let opens = duty.opens_days_before_end;
        let when = match (language, duty.due_days_after_start) {
            (Language::Chinese, Some(days)) => format!("开始后 {days} 天内"),
            (Language::English, Some(days)) => format!("within {} of the start", many(days, "day")),
            (Language::Chinese, None) if opens == 0 => "结束当天".to_owned(),
            (Language::English, None) if opens == 0 => "on the last day".to_owned(),
            (Language::Chinese, None) => format!("结束前 {opens} 天起，到最后一天"),
            (Language::English, None) => {
                format!("from {} before the end to the last day", many(opens, "day"))
            }
        };
        let only = duty.only_with.map_or_else(String::new, |kind| match language {
            Language::Chinese => format!("（记有{}的才要）", kind.label(language)),
            Language::English => format!(" (only with: {})", kind.label(language).to_lowercase()),
        });
        let colon = language.pick("：", ": ");
        report.line(&format!("  {}{colon}{when}{only}", duty.kind.label(language)));
    }
    report.clauses(last);
}

fn appraisal(report: &mut Report, scheme: &Scheme) {
    let Some(appraisal) = &scheme.appraisal else {
        return;
    };
    let language = report.language;
    let heading = report
        .pick("受援单位综合考核", "Appraisal by the recipient unit")
        .to_owned();
    report.heading(&heading);
    let titles = |labels: &[xiaxiangzhi_core::language::Label]| {
        report.list(labels.iter().map(|label| label.get(language).to_owned()))
    };
    let (aspects, grades) = (titles(&appraisal.aspects), titles(&appraisal.grades));
    report.fact("方面", "Aspects", aspects);
    report.fact("等次", "Grades", grades);
    report.clause(&appraisal.clause);
}

/// month, 2 months
fn each(months: u32) -> String {
    if months == 1 {
        "month".to_owned()
    } else {
        many(months, "month")
    }
}

/// 1 month, 2 months
pub(super) fn many(count: u32, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
