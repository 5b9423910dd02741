//! What there is to know while the records are open.

use crate::refusal::label;
use crate::views::{AppNotice, ProblemChoice};
use chrono::{DateTime, NaiveDate, Utc};
use std::path::Path;
use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_store::{Adopted, Jump, Migrated, Mounts, PlaceKind, free_space};

/// Less room than this, and it is time to make some: a year of records with its backups fits in.
const LITTLE_ROOM: u64 = 200 << 20;
/// Less than this, and the next entry may not be saved.
const NO_ROOM: u64 = 1 << 20;

fn notice(code: &str, warns: bool, what: Label, next: Label) -> AppNotice {
    AppNotice {
        code: code.to_owned(),
        warns,
        what,
        next,
        choices: Vec::new(),
    }
}

/// The place of the records is on another computer, or is unplugged now and then.
pub(crate) fn of_place(mounts: &Mounts, dir: &Path) -> Option<AppNotice> {
    let (code, what) = match mounts.kind_of(dir) {
        PlaceKind::Local => return None,
        PlaceKind::Network => (
            "place_network",
            label(
                "记录放在网络共享上，断网或别的电脑同时打开时可能写坏。",
                "The records lie on a network share; a broken connection or a second computer may damage them.",
            ),
        ),
        PlaceKind::Removable => (
            "place_removable",
            label(
                "记录放在 U 盘或移动硬盘上，没有退出就拔掉时可能写坏。",
                "The records lie on a removable drive; unplugging it while they are open may damage them.",
            ),
        ),
    };
    let next = label(
        "最好拷到这台电脑平常的文件夹里，在那里接着写；那边的一份原样留着，不会删除。",
        "Better copy them to the usual folder of this computer and go on there; the ones over there stay as they are.",
    );
    Some(AppNotice {
        choices: vec![ProblemChoice::CopyHere],
        ..notice(code, true, what, next)
    })
}

/// The disk is nearly full.
pub(crate) fn of_room(dir: &Path) -> Option<AppNotice> {
    let free = free_space(dir)?;
    let megabytes = free >> 20;
    if free >= LITTLE_ROOM {
        return None;
    }
    let (code, what) = if free < NO_ROOM {
        (
            "disk_full",
            label(
                "磁盘已满，新写的可能存不上。",
                "The disk is full; what you write next may not be saved.",
            ),
        )
    } else {
        (
            "disk_nearly_full",
            label(
                format!("磁盘快满了，只剩 {megabytes} MB。"),
                format!("The disk is nearly full: {megabytes} MB left."),
            ),
        )
    };
    let next = label(
        "请腾出一些空间。已经保存的记录都在，满了也不会丢。",
        "Please free some space. What is saved stays safe even when it is full.",
    );
    Some(notice(code, true, what, next))
}

/// The records had an older format.
pub(crate) fn of_migration(migrated: &Migrated) -> AppNotice {
    let kept = migrated.kept.file_name().unwrap_or_default().to_string_lossy();
    notice(
        "migrated",
        false,
        label(
            "记录已升到现在的格式。",
            "The records were brought to the present format.",
        ),
        label(
            format!("升级前先做了备份并核对过，一直留着：{kept}。内容一条没变。"),
            format!("A backup was made and verified before and is kept for good: {kept}. No entry changed."),
        ),
    )
}

/// The records go on from a backup.
pub(crate) fn of_adoption(adopted: &Adopted) -> AppNotice {
    let salvaged: u64 = adopted.postings.iter().map(|posting| posting.salvaged).sum();
    let lost: u64 = adopted.postings.iter().map(|posting| posting.lost).sum();
    let aside = adopted.kept_aside.as_ref().map(|path| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    });
    let mut zh = vec!["已从备份恢复".to_owned()];
    let mut en = vec!["Restored from the backup".to_owned()];
    if salvaged > 0 {
        zh.push(format!("之后的 {salvaged} 条也补回了"));
        en.push(format!("{salvaged} later entries came along"));
    }
    if lost > 0 {
        zh.push(format!("有 {lost} 条没能找回，请看最近几天，缺的补上"));
        en.push(format!(
            "{lost} could not be recovered: look at the last days and enter what is missing"
        ));
    }
    let next = match aside {
        Some(name) => label(
            format!("受损的文件改名为 {name}，留在原处，没有删除。恢复已记进日志。"),
            format!("The damaged file stays where it was as {name}. The log says that it was restored."),
        ),
        None => label("恢复已记进日志。", "The log says that it was restored."),
    };
    notice(
        "restored",
        lost > 0,
        label(format!("{}。", zh.join("，")), format!("{}.", en.join("; "))),
        next,
    )
}

/// The computer's clock jumped.
pub(crate) fn of_jump(jump: Jump, from: DateTime<Utc>) -> AppNotice {
    let day = crate::problem::zh(xiaxiangzhi_core::log::china_date(from));
    let what = match jump {
        Jump::Back => label("电脑的时钟往回拨过。", "The computer's clock was set back."),
        Jump::Ahead => label(
            format!("离上次打开（{day}）超过 45 天。"),
            "It is more than 45 days since the records were last open.".to_owned(),
        ),
    };
    notice(
        "clock_jump",
        false,
        what,
        label(
            "下一次写记录时会在日志里注明。日期不对的话，请先改好电脑的时间。",
            "The log will say so with the next entry. If the date is wrong, set the computer's clock first.",
        ),
    )
}

/// The date was entered by hand.
pub(crate) fn of_date(date: NaiveDate) -> AppNotice {
    notice(
        "date_entered",
        true,
        label(
            format!("电脑的日期不对，这次按 {} 记。", crate::problem::zh(date)),
            format!("The computer's date is wrong; for now today is {date}."),
        ),
        label(
            "关掉窗口以后请把电脑的日期改好。",
            "Set the computer's date after closing this window.",
        ),
    )
}
