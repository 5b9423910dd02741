//! What was written is taken back across a restart, told by its history, and erased for good; and nothing but the records
//! themselves ever holds it.

use crate::session::{NOW, Session, Start, drive};
use fantoccini::key::Key;
use std::path::{Path, PathBuf};

/// What somebody should not have written. No person has this name.
const SECRET: &str = "欧阳鹭鸶复诊";

#[test]
fn an_entry_is_taken_back_after_a_restart_and_erased_from_everything_but_the_copies() {
    let top = tempfile::tempdir().unwrap();
    let data = top.path().join("data");
    let home = |number: u32| top.path().join(format!("home-{number}"));
    let pressed = |letter: &str| format!("{}{letter}", Key::Control);
    drive(async {
        let first = open(&data, &home(1)).await;
        first.page.says("我是下乡医师").await;
        first.page.press("先看一份示例").await;
        first.page.says("还要做的").await;
        first.page.fill("记录", SECRET).await;
        first.page.says("已保存").await;
        first.close(&data).await;
    });
    assert!(
        holds(&data, SECRET) > 0,
        "the search finds what is stored: in the database and its backup"
    );
    drive(async {
        let second = open(&data, &home(2)).await;
        second.page.says(SECRET).await;
        second.page.press_keys(&pressed("z")).await;
        second.page.says("已撤销：3月19日 的记录").await;
        second.page.press_keys(&pressed("y")).await;
        second.page.says("已重做：3月19日 的记录").await;
        second.page.press_keys(&pressed("h")).await;
        second.page.says("回到这一版").await;
        second.page.says("重做").await;
        second.page.press("抹去这里写过的文字…").await;
        second.page.says("已有的备份 1 份，最近一份 3月19日 17:32").await;
        second.page.press("抹去 ").await;
        second.page.says("文字已抹去").await;
        second.page.says("〔已抹去〕").await;
        second.page.press_keys(&Key::Escape.to_string()).await;
        second.close(&data).await;
        let third = open(&data, &home(3)).await;
        third.page.says("〔已抹去〕").await;
        third.page.press_keys(&pressed("h")).await;
        third.page.says("回到这一版").await;
        assert!(!third.page.text().await.contains(SECRET));
        third.page.press_keys(&Key::Escape.to_string()).await;
        third.close(&data).await;
    });
    assert_eq!(
        xiaxiangzhi_store::check(&data).map(|report| report.ok).ok(),
        Some(true)
    );
    // Whatever the window said, and whatever it left anywhere: only the backup made before keeps it.
    let (mut backups, mut files) = (0, 0);
    for path in all(top.path()) {
        files += 1;
        if !file_holds(&path, SECRET) {
            continue;
        }
        assert!(
            path.starts_with(data.join("backups")),
            "{} holds what was written",
            path.display()
        );
        backups += 1;
    }
    assert_eq!(backups, 1, "the copy out of reach is the one that was named");
    assert!(
        files > 6 && top.path().join("home-3/driver.log").is_file(),
        "what three windows said was searched: {files} files"
    );
}

async fn open(data: &Path, home: &Path) -> Session {
    Session::open(&Start {
        data,
        home,
        now: NOW,
        arguments: &[],
    })
    .await
}

fn all(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(all(&entry.path()));
        } else if entry.file_type().unwrap().is_file() {
            found.push(entry.path());
        }
    }
    found
}

/// How many files below a folder hold a text.
fn holds(folder: &Path, text: &str) -> usize {
    all(folder).iter().filter(|path| file_holds(path, text)).count()
}

/// Whether a file holds a text, as UTF-8 or as the web view writes its own files.
fn file_holds(path: &Path, text: &str) -> bool {
    let bytes = std::fs::read(path).unwrap_or_default();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [text.as_bytes(), &wide]
        .iter()
        .any(|wanted| bytes.windows(wanted.len()).any(|window| window == *wanted))
}
