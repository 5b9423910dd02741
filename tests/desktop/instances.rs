//! The program itself, from outside: its command line, and a second start.

use crate::session::{NOW, PROGRAM, Session, Start, drive, quiet};

#[test]
fn a_second_window_says_who_holds_the_records() {
    let top = tempfile::tempdir().unwrap();
    let data = top.path().join("data");
    let home = top.path().join("home");
    let start = Start {
        data: &data,
        home: &home,
        now: NOW,
        arguments: &[],
    };
    drive(async {
        let first = Session::open(&start).await;
        first.page.says("我是下乡医师").await;
        let second = Session::open(&start).await;
        second.page.says("记录正被另一个窗口使用").await;
        second.page.says("数据没有改动").await;
        second.page.says("再试一次").await;
        // The first one goes on as if nothing had happened.
        first.page.press("先看一份示例").await;
        first.page.says("还要做的").await;
        drop(second);
        first.close(&data).await;
    });
}

#[test]
fn damaged_records_open_a_window_with_choices() {
    let top = tempfile::tempdir().unwrap();
    let data = top.path().join("data");
    drop(xiaxiangzhi_store::Store::open(&data).unwrap());
    let database = crate::outside::database(&data);
    std::fs::write(&database, b"nothing that we wrote").unwrap();
    let home = top.path().join("home");
    let start = Start {
        data: &data,
        home: &home,
        now: NOW,
        arguments: &[],
    };
    drive(async {
        let window = Session::open(&start).await;
        window.page.says("没有改动，也没有删除").await;
        window.page.says("关闭窗口").await;
        drop(window);
    });
    assert_eq!(std::fs::read(&database).unwrap(), b"nothing that we wrote");
}

#[test]
fn the_command_line_says_what_it_takes() {
    let home = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| quiet(PROGRAM, home.path()).args(words).output().unwrap();
    let version = run(&["--version"]);
    assert!(version.status.success());
    assert!(String::from_utf8_lossy(&version.stderr).contains(env!("CARGO_PKG_VERSION")));
    for (words, said) in [
        (&["--nonsense"][..], "--nonsense"),
        (&["--data"], "--data"),
        (&["a.xxz", "b.xxz"], "一次只能打开一个文件"),
    ] {
        let refused = run(words);
        assert_eq!(refused.status.code(), Some(2), "{words:?}");
        assert!(
            String::from_utf8_lossy(&refused.stderr).contains(said),
            "{words:?}"
        );
    }
}
