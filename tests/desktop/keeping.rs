//! What keeps the records, in the real window: backups by themselves, going back to one and forward again, moving away.

use crate::dialog;
use crate::page::Page;
use crate::session::{NOW, Session, Start, drive, eventually};
use fantoccini::key::Key;
use std::path::Path;
use xiaxiangzhi_store::{Store, backups, contents};

/// Presses of the mouse since this was asked first, as the page counts them.
async fn clicks(page: &Page) -> u64 {
    let script = "if (window.presses === undefined) {
            window.presses = 0;
            document.addEventListener('pointerdown', (event) => event.isTrusted && window.presses++, true);
        }
        return window.presses;";
    page.evaluate(script).await.as_u64().unwrap()
}

async fn outpatients(page: &Page, visits: &str) {
    page.fill("门诊", visits).await;
    page.press_keys(&Key::Enter.to_string()).await;
}

/// The outpatients of 19 March, as the records on the disk have them.
fn stored(data: &Path) -> Option<u64> {
    let store = Store::open_for_reading(data).unwrap();
    let document = store.folded(store.logs()[0].log_id).unwrap().document;
    let days = document["days"].as_array().unwrap();
    days.iter().find(|day| day["date"] == "2026-03-19")?["tallies"]["outpatient_visits"].as_u64()
}

fn becomes(data: &Path, visits: u64) {
    eventually(&format!("{visits} outpatients are stored"), || {
        (stored(data) == Some(visits)).then_some(())
    });
}

#[test]
fn records_are_backed_up_by_themselves_gone_back_to_and_moved_away() {
    let top = tempfile::Builder::new().prefix("keeping").tempdir().unwrap();
    let (data, home) = (top.path().join("data"), top.path().join("home"));
    let start = |now: &'static str| (data.clone(), home.clone(), now);
    let open = |(data, home, now): (std::path::PathBuf, std::path::PathBuf, &'static str)| async move {
        Session::open(&Start {
            data: &data,
            home: &home,
            now,
            arguments: &[],
        })
        .await
    };
    drive(async {
        let window = open(start(NOW)).await;
        let page = &window.page;
        for (field, text) in [("姓名", "李晓梅"), ("受援单位", "河口镇中心卫生院")] {
            page.fill(field, text).await;
        }
        page.press("开始，填今天").await;
        page.says("第 74 天，共 91 天").await;
        page.choose("上午", "出勤").await;
        page.choose("下午", "出勤").await;
        outpatients(page, "23").await;
        becomes(&data, 23);
        eventually("a backup is made while the window is open", || {
            (!backups(&data).is_empty()).then_some(())
        });
        page.says("最近备份 17:32，已核对").await;
        window.close(&data).await;
        let made = backups(&data);
        assert_eq!(
            contents(&made[0].path).unwrap().events,
            Store::open_for_reading(&data).unwrap().logs()[0].n,
            "closing the window makes a last one"
        );

        // An hour later something is entered that turns out to be wrong.
        let window = open(start("2026-03-19T10:40:00Z")).await;
        let page = &window.page;
        page.says("两个半天").await;
        outpatients(page, "99").await;
        becomes(&data, 99);
        let before = clicks(page).await;
        page.visit("备份与恢复").await;
        page.choose_backup("今天 17:32").await;
        page.says("99 人次").await;
        page.press("恢复到这时").await;
        page.says("已恢复到 今天 17:32").await;
        assert_eq!(clicks(page).await - before, 3, "presses of the mouse");
        becomes(&data, 23);
        page.press("撤销").await;
        page.says("已撤销恢复").await;
        becomes(&data, 99);
        // The same from the start again by its key.
        page.press("恢复到这时").await;
        becomes(&data, 23);
        window.close(&data).await;
        let window = open(start("2026-03-19T10:50:00Z")).await;
        let page = &window.page;
        page.says("两个半天").await;
        page.press_keys(&format!("{}z{}", Key::Control, Key::Null)).await;
        becomes(&data, 99);

        let file = top.path().join("move.xxzdata");
        page.visit("备份与恢复").await;
        page.press("搬到另一台电脑").await;
        dialog::save_as("搬到另一台电脑", &file);
        page.says("已在 2026年3月19日 搬到另一台电脑，这里只能看").await;
        assert_eq!(contents(&file).unwrap().postings.len(), 1);
        page.visit("今日").await;
        page.says("99").await;
        let fields = "return document.querySelectorAll('main input:not([readonly]), main textarea:not([readonly])').length";
        assert_eq!(page.evaluate(fields).await, 0, "nothing can be entered");
        window.close(&data).await;

        let window = open(start("2026-03-20T01:00:00Z")).await;
        let page = &window.page;
        page.says("已在 2026年3月19日 搬到另一台电脑，这里只能看").await;
        page.press("在这台继续").await;
        page.says("各走各的").await;
        page.press("还是在这台继续").await;
        page.says("已收回").await;
        outpatients(page, "12").await;
        window.close(&data).await;
    });
}
