//! `xxz import`: a workbook that was kept before, into a posting of the application's database.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use serde_json::json;
use uuid::Uuid;
use xiaxiangzhi_core::assess::workdays_of;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_import::{Existing, ImportError, Item, Mapping, Outcome, Plan, Workbook, guess, plan};
use xiaxiangzhi_store::{StoreError, new_id};

use super::db::{data, open, posting_id, refused};
use crate::context::Context;
use crate::error::CliError;
use crate::{clock, input};

pub(super) fn run(context: Context, matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let path = super::required(matches, "FILE");
    let id = posting_id(context, matches, "into")?;
    let workbook = Workbook::read(&input::bytes(context, path)?)
        .map_err(|error| not_a_workbook(context, path, &error))?;
    let store = open(context, &data(context, matches)?, false)?;
    let failed = |error: StoreError| refused(context, &error);
    let document = store.folded(id).map_err(failed)?.document;
    let records =
        Records::from_value(document).map_err(|bad| CliError::bad_records(context, &id.to_string(), &bad))?;
    let mappings = match super::text(matches, "mapping") {
        Some(file) => mappings_of(context, file, &workbook)?,
        None => guesses(&workbook, path, &records),
    };
    let now = clock::now();
    let planned = planned(context, &workbook, &mappings, &records)?;
    let bad = planned.items.iter().any(|item| item.outcome == Outcome::Bad);
    let skips = matches.get_flag("skip-bad");
    let wanted = matches.get_flag("write");
    let writes = wanted && (skips || !bad);
    let seen = Seen::of(&workbook, &mappings, &planned);
    if writes {
        let changes = planned.clone().into_changes(|| new_id(now)).map_err(failed)?;
        if !changes.is_empty() {
            store.save(id, &changes, now).map_err(failed)?;
        }
    }
    let answer = json!({
        "posting": id,
        "written": writes,
        "days": planned.saves(Entity::Day),
        "activities": planned.saves(Entity::Activity),
        "leaves": planned.saves(Entity::Leave),
        "problems": planned.saves(Entity::Problem),
        "items": planned.items,
        "sheets": planned.sheets,
        "mappings": mappings,
        "nothing_to_import": seen.nothing,
    });
    context.answer(&answer, || told(context, &planned, &seen, wanted, writes))?;
    Ok(ExitCode::from(u8::from(bad && !skips)))
}

/// How the sheets that are shown are best read; a month may stand in the file's name.
fn guesses(workbook: &Workbook, path: &str, records: &Records) -> Vec<Mapping> {
    let file = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
    let shown = workbook
        .sheets
        .iter()
        .enumerate()
        .filter(|(_, sheet)| !sheet.hidden);
    shown
        .filter_map(|(index, _)| guess(workbook, index, &file, records))
        .collect()
}

fn mappings_of(context: Context, file: &str, workbook: &Workbook) -> Result<Vec<Mapping>, CliError> {
    let bytes = input::bytes(context, file)?;
    let refuse = |value: &str, why: &str| CliError::bad_argument(context, "--mapping", value, why);
    let mappings: Vec<Mapping> =
        serde_json::from_slice(&bytes).map_err(|error| refuse(file, &error.to_string()))?;
    let sheets = workbook.sheets.len();
    let allowed = context.pick(
        "表格里有的工作表，各一次",
        "the sheets of the workbook, each once",
    );
    let mut seen = BTreeSet::new();
    match mappings
        .iter()
        .find(|mapping| mapping.sheet >= sheets || !seen.insert(mapping.sheet))
    {
        Some(mapping) => Err(refuse(&mapping.sheet.to_string(), allowed)),
        None => Ok(mappings),
    }
}

fn planned(
    context: Context,
    workbook: &Workbook,
    mappings: &[Mapping],
    records: &Records,
) -> Result<Plan, CliError> {
    let workdays =
        workdays_of(Calendar::built_in(), records).map_err(|error| CliError::calendar(context, &error))?;
    let existing = Existing {
        records,
        workdays: &workdays,
        today: clock::today_in_china(),
    };
    let mut failed = None;
    let now = clock::now();
    let plan = plan(workbook, mappings, existing, &BTreeSet::new(), &mut || {
        new_id(now).unwrap_or_else(|error| {
            failed = Some(error);
            Uuid::nil()
        })
    });
    match failed {
        Some(error) => Err(refused(context, &error)),
        None => Ok(plan),
    }
}

fn not_a_workbook(context: Context, path: &str, error: &ImportError) -> CliError {
    let colon = context.pick("：", ": ");
    let space = context.pick("", " ");
    let message = format!(
        "{path}{colon}{}{space}{}",
        error.describe(context.language),
        error.next(context.language)
    );
    CliError::new(
        error.code(),
        message,
        json!({"path": path, "reason": error.to_string()}),
    )
}

/// Sheets from which nothing comes, and why.
struct Seen {
    /// Sheets with nothing to import: blank ones and the figures of a paper.
    nothing: Vec<String>,
    /// Sheets in which several people are named and none is chosen.
    asks_person: Vec<String>,
    /// Sheets without a column that tells dates.
    asks_date: Vec<String>,
}

impl Seen {
    fn of(workbook: &Workbook, mappings: &[Mapping], plan: &Plan) -> Self {
        let name = |index: usize| workbook.sheets[index].name.clone();
        let mapped = |index: &usize| mappings.iter().any(|mapping| mapping.sheet == *index);
        let nothing = |index: &usize| {
            let sheet = &workbook.sheets[*index];
            !mapped(index) && (sheet.rows.is_empty() || sheet.is_figures())
        };
        let asking = |asks: &dyn Fn(&xiaxiangzhi_import::SheetFound) -> bool| {
            let found = plan.sheets.iter().filter(|found| asks(found));
            found.map(|found| name(found.sheet)).collect()
        };
        Self {
            nothing: (0..workbook.sheets.len()).filter(nothing).map(name).collect(),
            asks_person: asking(&|found| found.asks_person),
            asks_date: asking(&|found| found.asks_date),
        }
    }
}

fn told(context: Context, plan: &Plan, seen: &Seen, wanted: bool, written: bool) -> String {
    let mut text = String::new();
    let groups = [
        (Outcome::Bad, "不能导入", "bad"),
        (
            Outcome::Conflict,
            "与已有的不同，没有动",
            "differs from what is there, left alone",
        ),
        (Outcome::New, "新记", "new"),
        (Outcome::Completes, "补上空着的", "fills what is blank"),
        (Outcome::Already, "已经有了", "there already"),
        (Outcome::LeftOut, "不导入", "left out"),
    ];
    for (outcome, chinese, english) in groups {
        let items: Vec<&Item> = plan.items.iter().filter(|item| item.outcome == outcome).collect();
        if items.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{} {}", context.pick(chinese, english), items.len());
        // What is there already needs no looking at.
        if outcome != Outcome::Already {
            text.extend(items.iter().map(|item| line(context, item)));
        }
    }
    for (sheets, chinese, english) in [
        (&seen.nothing, "没有可导入的", "nothing to import"),
        (
            &seen.asks_person,
            "有几个人，要用 --mapping 说明读谁的（person）",
            "several people; say with --mapping whose rows to read (person)",
        ),
        (
            &seen.asks_date,
            "不知道哪一列是日期，要用 --mapping 说明（columns）",
            "no column is known to hold dates; say which with --mapping (columns)",
        ),
    ] {
        for sheet in sheets {
            let sheet = if sheet.is_empty() {
                context.pick("表格", "table")
            } else {
                sheet
            };
            let _ = writeln!(
                text,
                "{sheet}{}{}",
                context.pick("：", ": "),
                context.pick(chinese, english)
            );
        }
    }
    let counts = [
        (Entity::Day, "天的记录", "days"),
        (Entity::Activity, "次活动", "activities"),
        (Entity::Leave, "次请假", "leaves"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .map(|(entity, chinese, english)| {
            format!("{} {}", plan.saves(entity), context.pick(chinese, english))
        })
        .collect();
    let lead = match (written, wanted) {
        (true, _) => context.pick("已写入：", "written: "),
        (false, true) => context.pick(
            "有不能导入的行，没有写入。其余会写入：",
            "rows are bad, so nothing was written; the rest would enter: ",
        ),
        (false, false) => context.pick(
            "试看，没有写入。会写入：",
            "a trial, nothing was written; it would enter: ",
        ),
    };
    let _ = writeln!(text, "{lead}{}", counts.join(context.pick("、", ", ")));
    text
}

fn line(context: Context, item: &Item) -> String {
    let word = |label: &Label| context.pick(&label.zh, &label.en).to_owned();
    let cell = |cell: &str| {
        if item.sheet.is_empty() {
            cell.to_owned()
        } else {
            format!("{}!{cell}", item.sheet)
        }
    };
    let mut text = String::new();
    for fault in &item.faults {
        let value = match fault.value.as_str() {
            "" => String::new(),
            value => format!(
                "{} ",
                context.language.pick("「{}」", "\"{}\"").replace("{}", value)
            ),
        };
        let _ = writeln!(text, "  {}  {value}{}", cell(&fault.cell), word(&fault.what));
    }
    if item.faults.is_empty() {
        let said: Vec<String> = item.name.iter().chain(&item.why).map(word).collect();
        let _ = writeln!(text, "  {}  {}", cell(&item.cell), said.join("  "));
    }
    for warning in &item.warnings {
        let lead = context.pick("注意：", "warning: ");
        let _ = writeln!(text, "    {lead}{}", word(warning));
    }
    text
}
