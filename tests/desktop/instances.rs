//! The program itself, from outside: its command line, and a second start.

use std::ffi::OsStr;
use std::path::Path;

use crate::session::{NOW, PROGRAM, Session, Start, drive, quiet};

#[test]
fn a_second_start_hands_its_file_to_the_window_that_is_open() {
    let top = tempfile::tempdir().unwrap();
    let data = top.path().join("data");
    let home = top.path().join("home");
    let start = Start {
        data: &data,
        home: &home,
        now: NOW,
        arguments: &[],
    };
    let sent = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/reviewfile/example.xxz");
    let file = top.path().join("李晓梅 (1).xxz");
    std::fs::copy(sent, &file).unwrap();
    let start_again = |words: &[&OsStr]| {
        quiet(PROGRAM, &home)
            .args(words)
            .env("XIAXIANGZHI_DATA", &data)
            .output()
            .unwrap()
    };
    drive(async {
        let first = Session::open(&start).await;
        first.page.says("我是下乡医师").await;
        first.page.press("先看一份示例").await;
        first.page.says("还要做的").await;
        // It is over by itself: there is one window.
        assert!(start_again(&[]).status.success());
        first.page.says("还要做的").await;
        assert!(start_again(&[file.as_os_str()]).status.success());
        first.page.says("文件真实，未被改动").await;
        assert!(!data.join("xiaxiangzhi.show").exists());
        first.close(&data).await;
        // It is one press away from then on.
        let again = Session::open(&start).await;
        again.page.says("还要做的").await;
        again.page.choose("身份", "审核").await;
        again.page.says("最近打开的来件").await;
        again.close(&data).await;
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
