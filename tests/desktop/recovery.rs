//! Records that cannot be opened as they are: the window says what happened and that nothing was deleted, and each way out
//! is gone through.

use crate::pictures::{folder, look, set_look};
use crate::seed;
use crate::session::{NOW, Session, Start, Surroundings, drive};
use crate::{dialog, outside};
use std::path::{Path, PathBuf};
use xiaxiangzhi_store::{Store, contents};

/// After the last entry of the database in the first format.
const IN_NOVEMBER: &str = "2026-11-24T01:00:00Z";

/// Eight minutes after the last backup, as in the design's picture.
pub(crate) const LATER: &str = "2026-03-19T09:40:00Z";

pub(crate) struct Place {
    pub(crate) top: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            top: tempfile::Builder::new().prefix("recovery").tempdir().unwrap(),
        }
    }

    pub(crate) fn with_records() -> Self {
        let place = Self::new();
        seed::records(&place.data());
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.top.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) async fn open(&self) -> Session {
        self.open_at(LATER, &Surroundings::default()).await
    }

    pub(crate) async fn open_at(&self, now: &str, around: &Surroundings<'_>) -> Session {
        let start = Start {
            data: &self.data(),
            home: &self.path("home"),
            now,
            arguments: &[],
        };
        Session::open_in(&start, around).await
    }

    /// Keeps a picture under a name.
    pub(crate) async fn picture(&self, window: &Session, name: &str) {
        look(&window.page, &folder(self.top.path()).join(format!("{name}.png"))).await;
    }
}

fn files(dir: &Path, part: &str) -> Vec<PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().contains(part))
        .collect();
    found.sort();
    found
}

#[test]
fn a_damaged_database_is_restored_and_the_later_entries_come_along() {
    let place = Place::with_records();
    for (theme, size, name) in [
        ("dark", 100, "dark"),
        ("light", 200, "light-200"),
        ("light", 100, "light"),
    ] {
        let look = Place::with_records();
        set_look(&look.data(), theme, size);
        seed::damage(&look.data());
        drive(async {
            let window = look.open().await;
            window.page.says("之后的 3 条").await;
            window.page.says_no_more("等待核对").await;
            look.picture(&window, &format!("recovery-damaged-{name}")).await;
        });
    }
    seed::damage(&place.data());
    let damaged = std::fs::read(seed::database(&place.data())).unwrap();
    drive(async {
        let window = place.open().await;
        let page = &window.page;
        page.says("记录文件受损，先不打开").await;
        page.says("3月19日 17:40 启动时，核对到第").await;
        page.says("没有改动，也没有删除").await;
        page.says("今天 17:32 的备份完好").await;
        page.says("今天 17:32 的备份里有").await;
        page.says("李晓梅，河口镇中心卫生院").await;
        page.says("3月19日 的工作记录，改过 3 回").await;
        page.says("一并补回").await;
        page.says("昨天 17:51").await;
        // Another backup by the keyboard, and back.
        page.focus("//input[@type='radio'][1]").await;
        page.press_keys(&fantoccini::key::Key::Down.to_string()).await;
        page.says("今天 17:02 的备份里有").await;
        page.says("之后的 4 条").await;
        page.press_keys(&fantoccini::key::Key::Up.to_string()).await;
        page.says("今天 17:32 的备份里有").await;
        page.says("之后的 3 条").await;
        page.press("恢复这一份").await;
        page.says("已从备份恢复，之后的 3 条也补回了。").await;
        page.says("留在原处，没有删除").await;
        page.says("第 74 天，共 91 天").await;
        place.picture(&window, "recovery-restored-light").await;
        window.close(&place.data()).await;
    });
    // Its write-ahead log, here an empty one, stays beside it.
    let mut aside = files(&place.data(), "damaged");
    aside.retain(|file| file.extension().is_some_and(|ending| ending == "db"));
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert!(
        std::fs::read(&aside[0]).unwrap() == damaged,
        "the damaged file was changed"
    );
    let store = Store::open(&place.data()).unwrap();
    let folded = store.folded(store.logs()[0].log_id).unwrap();
    let days = folded.document["days"].as_array().unwrap();
    assert_eq!(days.last().unwrap()["tallies"]["outpatient_visits"], 25);
}

#[test]
fn a_backup_that_does_not_verify_is_named_and_cannot_be_restored() {
    let place = Place::with_records();
    seed::damage(&place.data());
    let newest = files(&place.data().join("backups"), "20260319T0932").remove(0);
    let mut bytes = std::fs::read(&newest).unwrap();
    let at = bytes
        .windows(9)
        .position(|window| window == b"\"present\"")
        .unwrap();
    bytes[at + 1] = b'P';
    std::fs::write(&newest, &bytes).unwrap();
    drive(async {
        let window = place.open().await;
        let page = &window.page;
        page.says("内容对不上，不能用").await;
        // The one before is proposed instead.
        page.says("今天 17:02 的备份里有").await;
        page.says("之后的 4 条").await;
        page.click_on("//label[contains(normalize-space(.), '今天 17:32')]")
            .await;
        page.says("今天 17:32 的备份不能用").await;
        page.says("换一份备份").await;
        let locked = "return [...document.querySelectorAll('button')].find((each) => each.textContent.includes('恢复这一份')).disabled";
        assert_eq!(page.evaluate(locked).await, true);
        place.picture(&window, "recovery-backup-bad-light").await;
    });
    assert!(
        std::fs::read(&newest).unwrap() == bytes,
        "the bad backup was changed"
    );
}

#[test]
fn all_files_are_saved_elsewhere_before_anything_else_and_compared() {
    let place = Place::with_records();
    seed::damage(&place.data());
    let stick = place.path("stick");
    std::fs::create_dir(&stick).unwrap();
    drive(async {
        let window = place.open().await;
        let page = &window.page;
        page.says("之后的 3 条").await;
        page.press("全部另存").await;
        dialog::choose("全部另存到", &stick);
        page.says("逐个核对过").await;
        place.picture(&window, "recovery-saved-all-light").await;
        page.press("只读打开").await;
        page.says("记录文件受损，只读打开").await;
        place.picture(&window, "recovery-read-only-damaged-light").await;
    });
    let copy = std::fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    for name in ["xiaxiangzhi.db", "backups/xiaxiangzhi-20260319T093200Z.db"] {
        assert!(
            std::fs::read(copy.join(name)).unwrap() == std::fs::read(place.data().join(name)).unwrap(),
            "{name}"
        );
    }
    assert!(contents(&copy.join("backups/xiaxiangzhi-20260319T093200Z.db")).is_ok());
}

#[test]
fn backups_from_elsewhere_restore_records_whose_own_backups_are_gone() {
    let place = Place::with_records();
    let stick = place.path("stick");
    std::fs::create_dir_all(stick.join("xiaxiangzhi-backups-0a1b")).unwrap();
    std::fs::copy(
        place.data().join("backups/xiaxiangzhi-20260319T093200Z.db"),
        stick.join("xiaxiangzhi-backups-0a1b/xiaxiangzhi-20260319T093200Z.db"),
    )
    .unwrap();
    std::fs::remove_dir_all(place.data().join("backups")).unwrap();
    seed::damage(&place.data());
    drive(async {
        let window = place.open().await;
        let page = &window.page;
        page.says("没有可以恢复的备份").await;
        page.press("选文件夹").await;
        dialog::choose("备份所在的文件夹", &stick);
        page.says("另选的地方").await;
        page.says("之后的 3 条").await;
        place.picture(&window, "recovery-elsewhere-light").await;
        page.press("恢复这一份").await;
        page.says("之后的 3 条也补回了").await;
        window.close(&place.data()).await;
    });
}

#[test]
fn a_newer_format_is_left_alone_and_can_be_read() {
    let place = Place::with_records();
    seed::sqlite(&place.data(), "PRAGMA user_version = 99");
    let before = std::fs::read(seed::database(&place.data())).unwrap();
    drive(async {
        let window = place.open().await;
        let page = &window.page;
        page.says("记录由更新的版本写成，先不打开").await;
        page.says("数据没有改动，也没有删除").await;
        page.says("升级").await;
        place.picture(&window, "recovery-newer-light").await;
        page.press("只读打开").await;
        page.says("由更新的版本写成，只读打开").await;
        page.says("第 74 天，共 91 天").await;
        let fields = "return document.querySelectorAll('main input:not([readonly]), main textarea:not([readonly])').length";
        assert_eq!(
            page.evaluate(fields).await,
            0,
            "a field can be written in: {}",
            page.text().await
        );
        place.picture(&window, "recovery-newer-read-only-light").await;
    });
    assert!(std::fs::read(seed::database(&place.data())).unwrap() == before);
}

fn of_the_first_format(data: &Path) {
    std::fs::create_dir_all(data).unwrap();
    let fixture = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/database/format-1.db"
    );
    std::fs::copy(fixture, seed::database(data)).unwrap();
}

#[test]
fn an_older_format_is_backed_up_brought_up_and_said_in_passing() {
    let place = Place::new();
    of_the_first_format(&place.data());
    let before = contents(&seed::database(&place.data())).unwrap();
    drive(async {
        let window = place.open_at(IN_NOVEMBER, &Surroundings::default()).await;
        let page = &window.page;
        page.says("记录已升到现在的格式").await;
        page.says("before-format-2.db").await;
        place.picture(&window, "recovery-older-light").await;
        page.press("知道了").await;
        page.says_no_more("记录已升到现在的格式").await;
        window.close(&place.data()).await;
    });
    let kept = contents(&place.data().join("backups/before-format-2.db")).unwrap();
    assert_eq!(kept.postings, before.postings);
    assert_eq!(outside::sqlite(&place.data(), "PRAGMA user_version"), "3");
}

#[test]
fn an_older_format_that_cannot_be_brought_up_opens_a_window() {
    let place = Place::new();
    of_the_first_format(&place.data());
    std::fs::write(place.data().join("backups"), "a file where the folder should be").unwrap();
    drive(async {
        let window = place.open_at(IN_NOVEMBER, &Surroundings::default()).await;
        let page = &window.page;
        page.says("旧格式的记录没有升级，先不打开").await;
        page.says("旧格式的记录原样保留").await;
        place.picture(&window, "recovery-not-migrated-light").await;
        std::fs::remove_file(place.data().join("backups")).unwrap();
        page.press("再试一次").await;
        page.says("记录已升到现在的格式").await;
        window.close(&place.data()).await;
    });
}

#[test]
fn a_window_that_does_not_answer_is_named_and_can_be_gone_to() {
    let place = Place::with_records();
    let signal = |signal: &str| {
        let said = std::fs::read_to_string(place.data().join("xiaxiangzhi.pid")).unwrap();
        let pid = said.lines().find(|line| line.parse::<u32>().is_ok()).unwrap();
        assert!(
            std::process::Command::new("kill")
                .args([signal, pid])
                .status()
                .unwrap()
                .success()
        );
    };
    drive(async {
        let first = place.open_at(NOW, &Surroundings::default()).await;
        first.page.says("第 74 天，共 91 天").await;
        // As a program hangs on an overloaded machine.
        signal("-STOP");
        let second = place.open_at(NOW, &Surroundings::default()).await;
        second.page.says("记录正被另一个窗口使用").await;
        second.page.says("进程").await;
        second.page.says("数据没有改动").await;
        second.page.says("再试一次").await;
        place.picture(&second, "recovery-locked-light").await;
        second.page.press("到那个窗口去").await;
        second.page.says("那个窗口没有回应").await;
        assert!(!place.data().join("xiaxiangzhi.show").exists());
        signal("-CONT");
        second.page.press("到那个窗口去").await;
        // It closes only when the first one answered; which of two is in front nobody says without a window manager.
        second.ends().await;
        first.page.says("第 74 天，共 91 天").await;
        first.close(&place.data()).await;
    });
}
