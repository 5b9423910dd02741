//! Every screen of the real window, light and dark, at 100 % and at 200 % type: nothing may scroll sideways. With
//! `XIAXIANGZHI_PICTURES=DIR` the pictures are kept, to be looked at.

use crate::page::Page;
use crate::session::{NOW, Session, Start, drive};
use fantoccini::key::Key;
use std::path::{Path, PathBuf};
use xiaxiangzhi_core::log::parse_instant;
use xiaxiangzhi_store::Store;

/// Theme, type size in per cent, language, and what they are called in the pictures' names.
const LOOKS: [(&str, u32, &str, &str); 4] = [
    ("light", 100, "zh-CN", "light"),
    ("dark", 100, "zh-CN", "dark"),
    ("light", 200, "zh-CN", "light-200"),
    ("light", 200, "en", "english-200"),
];

#[test]
fn every_screen_fits_light_and_dark_and_at_twice_the_type() {
    let top = tempfile::tempdir().unwrap();
    let folder = folder(top.path());
    let data = top.path().join("data");
    let home = top.path().join("home");
    let file = top.path().join("review.xxz");
    drive(async {
        // English is the browser tests' to check; here it is for whoever looks at the pictures.
        let kept = std::env::var_os("XIAXIANGZHI_PICTURES").is_some();
        let looks = LOOKS.into_iter().filter(|look| kept || look.2 == "zh-CN");
        for (theme, size, language, name) in looks {
            set_look(&data, theme, size);
            set_language(&data, language);
            let words = |chinese: &'static str, english: &'static str| match language {
                "en" => english,
                _ => chinese,
            };
            let open = |arguments: Vec<String>| {
                let (data, home) = (data.clone(), home.clone());
                async move {
                    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                    Session::open(&Start {
                        data: &data,
                        home: &home,
                        now: NOW,
                        arguments: &arguments,
                    })
                    .await
                }
            };
            let window = open(Vec::new()).await;
            let page = &window.page;
            if !file.exists() {
                page.says("我是下乡医师").await;
                look(page, &folder.join("first-run-light.png")).await;
                page.press("先看一份示例").await;
            }
            page.says(words("还要做的", "Still to do")).await;
            for screen in page.screens().await {
                page.visit(&screen).await;
                look(page, &folder.join(format!("{screen}-{name}.png"))).await;
            }
            // What lies over the screens.
            page.press_keys(&format!("{}f{}", Key::Control, Key::Null)).await;
            page.fill(words("要找的字、拼音或日期", "Words, pinyin or a date"), "gxy")
                .await;
            page.says(words("找到 ", " found")).await;
            look(page, &folder.join(format!("search-{name}.png"))).await;
            page.press_keys(&Key::Escape.to_string()).await;
            page.press_keys(&Key::F1.to_string()).await;
            page.says(words("打开下乡志，选", "Open Xiaxiangzhi")).await;
            look(page, &folder.join(format!("help-{name}.png"))).await;
            page.press_keys(&Key::Escape.to_string()).await;
            window.close(&data).await;
            export(&data, &file);

            let window = open(vec![file.to_str().unwrap().to_owned()]).await;
            window.page.says(words("文件真实", "Genuine")).await;
            look(&window.page, &folder.join(format!("审核-{name}.png"))).await;
            window.close(&data).await;
        }
    });
}

pub(crate) fn set_look(data: &Path, theme: &str, size: u32) {
    let store = Store::open(data).unwrap();
    store.set_setting("theme", &format!("\"{theme}\"")).unwrap();
    store.set_setting("type_size", &size.to_string()).unwrap();
}

fn set_language(data: &Path, language: &str) {
    let store = Store::open(data).unwrap();
    store.set_setting("language", &format!("\"{language}\"")).unwrap();
}

/// The review file of the one posting there is.
fn export(data: &Path, file: &Path) {
    let store = Store::open(data).unwrap();
    let log_id = store.logs()[0].log_id;
    let now = parse_instant(NOW).unwrap();
    let exported = store
        .export_review_file(log_id, xiaxiangzhi_core::log::china_date(now), now)
        .unwrap();
    std::fs::write(file, exported.bytes).unwrap();
}

/// Where pictures are kept that are to be looked at.
pub(crate) fn folder(otherwise: &Path) -> PathBuf {
    let kept = std::env::var_os("XIAXIANGZHI_PICTURES").map(PathBuf::from);
    let folder = kept.unwrap_or_else(|| otherwise.join("pictures"));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Keeps a picture of what is on the screen, which must not scroll sideways.
pub(crate) async fn look(page: &Page, path: &Path) {
    page.settled().await;
    page.picture(path).await;
    let wider = page
        .evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .await;
    assert_eq!(wider, 0, "{} scrolls sideways", path.display());
    let lines = page
        .evaluate(
            "return document.querySelector('.status-line').offsetHeight \
             / parseFloat(getComputedStyle(document.documentElement).fontSize)",
        )
        .await;
    assert!(
        lines.as_f64().is_some_and(|rem| rem < 2.5),
        "{}: the status line is {lines} rem high",
        path.display()
    );
}
