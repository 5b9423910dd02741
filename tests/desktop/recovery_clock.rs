//! Clocks that jump, and computers that have forgotten the date; and what is given to whoever helps.

use crate::recovery::{LATER, Place};
use crate::session::{Surroundings, drive};
use crate::{outside, seed};

/// The events of a kind, as the `sqlite3` program counts them.
fn events(place: &Place, like: &str) -> String {
    outside::sqlite(
        &place.data(),
        &format!("SELECT count(*) FROM event WHERE CAST(body AS TEXT) LIKE '{like}'"),
    )
}

fn last_event(place: &Place) -> String {
    outside::sqlite(
        &place.data(),
        "SELECT CAST(body AS TEXT) FROM event ORDER BY seq DESC LIMIT 1",
    )
}

#[test]
fn a_clock_that_was_set_back_or_ahead_is_said_and_left_in_the_log() {
    for (now, said, name) in [
        // Ten minutes before the last entry.
        ("2026-03-19T09:26:00Z", "电脑的时钟往回拨过", "back"),
        ("2026-05-25T01:00:00Z", "超过 45 天", "ahead"),
    ] {
        let place = Place::with_records();
        drive(async {
            let window = place.open_at(now, &Surroundings::default()).await;
            let page = &window.page;
            page.says(said).await;
            place
                .picture(&window, &format!("recovery-clock-{name}-light"))
                .await;
            page.visit("结业").await;
            page.press("改写").await;
            page.fill("自我鉴定", "按要求完成下乡任务。").await;
            page.visit("进度").await;
            page.says("已保存").await;
            window.close(&place.data()).await;
        });
        assert_eq!(events(&place, "%clock_jump%"), "1");
        let jump = outside::sqlite(
            &place.data(),
            "SELECT CAST(body AS TEXT) FROM event WHERE CAST(body AS TEXT) LIKE '%clock_jump%'",
        );
        assert!(
            jump.contains("2026-03-19T09:36:00Z") && jump.contains(now),
            "{jump}"
        );
        // Said once: at the next start the clock goes on from there.
        drive(async {
            let window = place.open_at(now, &Surroundings::default()).await;
            window.page.says("设置").await;
            let notices = "return document.querySelectorAll('.notices').length";
            assert_eq!(
                window.page.evaluate(notices).await,
                0,
                "{}",
                window.page.text().await
            );
            window.close(&place.data()).await;
        });
    }
    // The control: a day later nothing is said and nothing left.
    let place = Place::with_records();
    drive(async {
        let window = place
            .open_at("2026-03-20T01:00:00Z", &Surroundings::default())
            .await;
        window.page.says("第 75 天，共 91 天").await;
        window.close(&place.data()).await;
    });
    assert_eq!(events(&place, "%clock_jump%"), "0");
}

#[test]
fn a_computer_that_has_forgotten_the_date_asks_for_it_and_goes_by_it() {
    for (now, said) in [
        ("2000-01-01T00:10:00Z", "电脑显示今天是 2000年1月1日"),
        ("2026-03-02T00:10:00Z", "最近一条记录是 2026年3月19日 写的"),
    ] {
        let place = Place::with_records();
        drive(async {
            let window = place.open_at(now, &Surroundings::default()).await;
            let page = &window.page;
            page.says("电脑的日期不对").await;
            page.says(said).await;
            page.says("日期定下来以前什么都不写").await;
            page.fill("今天是", "2026.3.20").await;
            page.says("2026年3月20日").await;
            place.picture(&window, "recovery-clock-wrong-light").await;
            page.press("按这个日期打开").await;
            page.says("这次按 2026年3月20日 记").await;
            page.says("第 75 天，共 91 天").await;
            page.choose("上午", "出勤").await;
            page.choose("下午", "出勤").await;
            page.fill("门诊", "18").await;
            page.fill("记录", "内科门诊").await;
            page.visit("进度").await;
            page.says("已保存").await;
            window.close(&place.data()).await;
        });
        let last = last_event(&place);
        assert!(last.contains("\"key\":\"2026-03-20\""), "{last}");
        assert!(last.contains("\"at\":\"2026-03-20T00:10:00Z\""), "{last}");
        assert_eq!(
            events(&place, "%clock_jump%"),
            "0",
            "nothing jumped by the date that was entered"
        );
    }
}

#[test]
fn a_date_that_is_right_after_all_is_kept_and_the_jump_is_left_in_the_log() {
    let place = Place::with_records();
    drive(async {
        let window = place
            .open_at("2026-03-18T02:00:00Z", &Surroundings::default())
            .await;
        let page = &window.page;
        page.press("电脑的日期没有错").await;
        page.says("电脑的时钟往回拨过").await;
        page.says("第 73 天，共 91 天").await;
        page.visit("结业").await;
        page.press("改写").await;
        page.fill("自我鉴定", "按要求完成下乡任务。").await;
        page.visit("进度").await;
        page.says("已保存").await;
        window.close(&place.data()).await;
    });
    assert_eq!(events(&place, "%clock_jump%"), "1");
}

#[test]
fn what_is_given_to_helpers_holds_codes_and_counts_and_nothing_of_the_records() {
    let place = Place::with_records();
    seed::damage(&place.data());
    drive(async {
        let window = place.open_at(LATER, &Surroundings::default()).await;
        let page = &window.page;
        page.says("之后的 3 条").await;
        page.press("复制诊断信息").await;
        page.says("没有姓名和记录内容").await;
        page.says("database_damaged").await;
        place.picture(&window, "recovery-diagnosis-light").await;
        let text = page
            .evaluate("return document.querySelector('dialog[open] textarea').value")
            .await;
        let text = text.as_str().unwrap();
        for part in [
            "program: xiaxiangzhi ",
            "first bad event: ",
            "format: 3",
            "backups, DataFolder: 7, newest 2026-03-19T09:32:00Z",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        let folder = place.top.path().display().to_string();
        for secret in [
            seed::PHYSICIAN,
            seed::UNIT,
            seed::NOTE,
            "门诊",
            "高血压",
            folder.as_str(),
        ] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
        let marked = page
            .evaluate("const field = document.querySelector('dialog[open] textarea'); return field.readOnly && field.selectionEnd - field.selectionStart === field.value.length")
            .await;
        assert_eq!(marked, true, "it is not ready to be copied by the keys");
        page.click_on("//dialog//button[normalize-space(.)='复制']").await;
        page.says_one_of(&["已复制", "请按 Ctrl+C 复制"]).await;
        page.press_keys(&fantoccini::key::Key::Escape.to_string()).await;
        page.says_no_more("没有姓名和记录内容").await;
    });
}
