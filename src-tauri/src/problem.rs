//! What stands in the way of the records, in plain words, with the ways out.

use crate::refusal::{label, open_error, refusal};
use crate::views::{CommandError, OpenProblem, ProblemChoice};
use chrono::{Datelike as _, NaiveDate};
use std::path::Path;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_store::{DATABASE_FILE, OpenError, first_fault};

/// What is known about the place of the records when they cannot be opened.
pub(crate) struct Circumstances<'a> {
    /// The data folder.
    pub(crate) dir: &'a Path,
    /// Today.
    pub(crate) today: NaiveDate,
    /// The time of day, `17:40`.
    pub(crate) time: String,
}

/// Why the records were not opened, with choices, the recommended one first.
pub(crate) fn of(error: &OpenError, around: &Circumstances<'_>) -> OpenProblem {
    use ProblemChoice::{CopyHere, FindFolder, Quit, ReadOnly, Restore, Retry, SaveAll, ShowOther};
    let mut choices = match error {
        OpenError::Damaged { .. } => vec![Restore, SaveAll, ReadOnly, Retry, Quit],
        OpenError::Newer { .. } => vec![ReadOnly, SaveAll, Retry, Quit],
        OpenError::NotOurs { .. } => vec![FindFolder, Retry, Quit],
        OpenError::Locked { program, .. } if is_window(program.as_deref()) => vec![ShowOther, Retry, Quit],
        OpenError::Locked { .. } => vec![Retry, Quit],
        OpenError::ReadOnly { .. } => vec![CopyHere, ReadOnly, Retry, FindFolder, Quit],
        OpenError::Permission { .. } => vec![Retry, FindFolder, Quit],
        OpenError::NotMigrated { .. } | OpenError::DiskFull { .. } | OpenError::Io { .. } => {
            vec![Retry, ReadOnly, SaveAll, Quit]
        }
    };
    if !around.dir.join(DATABASE_FILE).exists() {
        // There is nothing yet to be seen or taken along.
        choices.retain(|choice| !matches!(choice, ReadOnly | SaveAll | CopyHere));
    }
    let mut said = open_error(error);
    if matches!(error, OpenError::Damaged { .. }) {
        said = damaged(said, around);
    }
    plain(said, choices)
}

fn plain(error: CommandError, choices: Vec<ProblemChoice>) -> OpenProblem {
    OpenProblem {
        error,
        choices,
        date: None,
        earliest: None,
    }
}

/// Whether the other instance has a window that can come to the front.
fn is_window(program: Option<&str>) -> bool {
    program == Some("xiaxiangzhi")
}

fn damaged(said: CommandError, around: &Circumstances<'_>) -> CommandError {
    let (month, day, time) = (around.today.month(), around.today.day(), &around.time);
    let what = match first_fault(around.dir) {
        Some(n) => label(
            format!("{month}月{day}日 {time} 启动时，核对到第 {n} 条对不上。多半是断电或磁盘坏道。"),
            format!(
                "On opening at {time}, entry {n} was not as it was written. Most likely a power cut or a bad sector."
            ),
        ),
        None => label(
            format!("{month}月{day}日 {time} 启动时，记录文件读不下去。多半是断电或磁盘坏道。"),
            format!(
                "On opening at {time}, the file could not be read on. Most likely a power cut or a bad sector."
            ),
        ),
    };
    CommandError {
        what,
        safe: label(
            "受损的文件原样留着，没有改动，也没有删除。",
            "The damaged file is as it was; nothing was changed or deleted.",
        ),
        next: label(
            "选一份备份，看清内容，再恢复。不放心的话，先把全部文件另存到 U 盘。",
            "Choose a backup, see what is in it, then restore it. To be sure, first save all files to a USB stick.",
        ),
        ..said
    }
}

/// The folder that held records before holds none now.
pub(crate) fn missing(dir: &Path) -> OpenProblem {
    use ProblemChoice::{FindFolder, Quit, Restore, Retry, StartNew};
    let there = dir.is_dir();
    let shown = dir.display();
    let what = if there {
        label(
            format!("{shown} 里原来有记录，现在记录文件不在了。"),
            format!("{shown} held records before; the file with them is not there now."),
        )
    } else {
        label(
            format!("{shown} 里原来有记录，现在找不到这个文件夹。多半是 U 盘或移动硬盘没有插上。"),
            format!(
                "{shown} held records before; the folder is not found now. Most likely its drive is not plugged in."
            ),
        )
    };
    let error = CommandError {
        safe: label(
            "程序没有删除任何东西，也没有新建空的记录。",
            "Nothing was deleted, and no empty records were begun in their place.",
        ),
        ..refusal(
            "records_missing",
            what,
            label(
                "插上那个盘，再按「再试一次」；记录搬了地方，就找到它；都不行，从备份恢复。",
                "Plug in the drive and try again; if the records were moved, find them; else restore a backup.",
            ),
        )
    };
    let first = if there { Restore } else { Retry };
    let others = [Retry, FindFolder, Restore, StartNew, Quit];
    let mut choices = vec![first];
    choices.extend(others.into_iter().filter(|choice| *choice != first));
    plain(error, choices)
}

/// The computer shows a date that cannot be today's.
pub(crate) fn wrong_date(today: NaiveDate, last: Option<NaiveDate>, released: NaiveDate) -> OpenProblem {
    use ProblemChoice::{KeepDate, Quit, SetDate};
    let later = last.filter(|last| *last >= released);
    let what = match later {
        Some(last) => label(
            format!(
                "电脑显示今天是 {}，可是最近一条记录是 {} 写的。",
                zh(today),
                zh(last)
            ),
            format!("The computer says that today is {today}, but the last entry was made on {last}."),
        ),
        None => label(
            format!("电脑显示今天是 {}，那时还没有这个程序。", zh(today)),
            format!("The computer says that today is {today}; this program did not exist then."),
        ),
    };
    let error = CommandError {
        safe: label(
            "安全。记录都在，没有改动。日期定下来以前什么都不写。",
            "Safe. The records are all there, unchanged. Nothing is written until the date is settled.",
        ),
        ..refusal(
            "clock_wrong",
            what,
            label(
                "填上今天的日期。这次打开期间按它记；电脑的日期请回头改好（多半是主板电池没电了）。",
                "Enter today's date. It holds while this window is open; set the computer's date when you can (most likely its battery is flat).",
            ),
        )
    };
    let mut choices = vec![SetDate];
    if today >= released {
        choices.push(KeepDate);
    }
    choices.push(Quit);
    OpenProblem {
        date: Some(today),
        earliest: later.or(Some(released)),
        ..plain(error, choices)
    }
}

pub(crate) fn zh(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// Why records that were opened for reading can only be read, from what stood in the way.
pub(crate) fn reading_only(problem: &OpenProblem) -> Label {
    match problem.error.code.as_str() {
        "database_damaged" => label(
            "记录文件受损，只读打开：显示的是核对无误的部分。",
            "The file is damaged and open for reading: what is shown is what could be verified.",
        ),
        "database_newer" => label(
            "由更新的版本写成，只读打开。升级程序后再改。",
            "Written by a newer version and open for reading. Update the program to make changes.",
        ),
        "place_read_only" => label(
            "记录所在的地方不能写入，只读打开。",
            "The records lie where nothing can be written; they are open for reading.",
        ),
        "disk_full" => label(
            "磁盘已满，只读打开。",
            "The disk is full; the records are open for reading.",
        ),
        _ => label(
            "记录是只读打开的，不能改。",
            "The records are open for reading only.",
        ),
    }
}
