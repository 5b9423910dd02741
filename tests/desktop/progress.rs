//! Trying what would be, and taking the plan home: in the real window, to a file that is read back.

use crate::dialog;
use crate::seed;
use crate::session::{NOW, Session, Start, drive};
use std::path::Path;
use xiaxiangzhi_store::Store;

/// How many events the log holds.
fn events(data: &Path) -> u64 {
    let store = Store::open_for_reading(data).unwrap();
    store.folded(store.logs()[0].log_id).unwrap().n
}

#[test]
fn what_if_is_tried_a_planned_date_is_moved_and_the_plan_goes_to_the_phone() {
    let top = tempfile::Builder::new().prefix("progress").tempdir().unwrap();
    let (data, home) = (top.path().join("data"), top.path().join("home"));
    std::fs::create_dir(&data).unwrap();
    seed::records(&data);
    let before = events(&data);
    let file = top.path().join("plan.ics");
    drive(async {
        let window = Session::open(&Start {
            data: &data,
            home: &home,
            now: NOW,
            arguments: &[],
        })
        .await;
        let page = &window.page;
        page.says("第 74 天，共 91 天").await;
        page.visit("进度").await;
        // Two lectures of four so far: one this fortnight, one in the last days.
        page.section_says("计划", "3月20日 周五").await;
        page.section_says("计划", "4月3日 周五").await;

        page.press("试算：如果请假、如果授课").await;
        page.section_says("试算", "只是假设，没有保存").await;
        page.fill("哪一天", "3.20").await;
        page.press("加上").await;
        page.section_says("试算", "3 / 4 次").await;
        page.fill("哪一天", "3.25").await;
        page.press("加上").await;
        page.section_says("试算", "已无法达标").await;
        page.press("去掉：3月25日 周三 授课").await;
        page.fill("哪一天", "4.1").await;
        page.press("加上").await;
        page.section_says("试算", "4 / 4 次").await;
        page.press("收起").await;

        page.press("改日期：4月3日").await;
        page.fill("改到哪一天", "4.1").await;
        page.press("定下").await;
        page.section_says("计划", "4月1日 周三").await;
        page.section_says("计划", "您定的").await;
        page.press("导出到手机日历").await;
        dialog::save_as("导出计划", &file);
        page.section_says("计划", "2 个日期已写入").await;
        window.close(&data).await;
    });
    let text = std::fs::read_to_string(&file).unwrap();
    let unfolded = text.replace("\r\n ", "");
    let days: Vec<&str> = unfolded
        .lines()
        .filter_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:"))
        .collect();
    assert_eq!(days, ["20260320", "20260401"]);
    assert!(
        unfolded.contains("SUMMARY:授课 第 4 次 · 河口镇中心卫生院\r\n"),
        "{unfolded}"
    );
    assert_eq!(events(&data), before, "neither a trial nor a plan is a record");
}
