//! Every screen of the real window, light and dark, at 100 % and at 200 % type: nothing may scroll sideways. With
//! `XIAXIANGZHI_PICTURES=DIR` the pictures are kept, to be looked at.

use crate::page::Page;
use crate::session::{NOW, Session, Start, drive};
use std::path::PathBuf;

const SCREENS: [&str; 6] = ["今日", "授课·查房·活动", "请假", "进度", "结业", "设置"];

/// Theme, type size, and the names of both in the pictures' file names.
const LOOKS: [(&str, u32, &str); 3] = [
    ("light", 100, "light"),
    ("dark", 100, "dark"),
    ("light", 200, "light-200"),
];

#[test]
fn every_screen_fits_light_and_dark_and_at_twice_the_type() {
    let top = tempfile::tempdir().unwrap();
    let kept = std::env::var_os("XIAXIANGZHI_PICTURES").map(PathBuf::from);
    let folder = kept.unwrap_or_else(|| top.path().join("pictures"));
    std::fs::create_dir_all(&folder).unwrap();
    let data = top.path().join("data");
    let home = top.path().join("home");
    let start = |theme: &str, size: u32| {
        let store = xiaxiangzhi_store::Store::open(&data).unwrap();
        store.set_setting("theme", &format!("\"{theme}\"")).unwrap();
        store.set_setting("type_size", &size.to_string()).unwrap();
    };
    drive(async {
        for (theme, size, name) in LOOKS {
            start(theme, size);
            let window = Session::open(&Start {
                data: &data,
                home: &home,
                now: NOW,
                arguments: &[],
            })
            .await;
            let page = &window.page;
            if theme == "light" && size == 100 {
                page.says("我是下乡医师").await;
                look(page, &folder.join("first-run-light.png")).await;
                page.press("先看一份示例").await;
            }
            page.says("还要做的").await;
            for screen in SCREENS {
                page.visit(screen).await;
                look(page, &folder.join(format!("{screen}-{name}.png"))).await;
            }
            window.close(&data).await;
        }
    });
}

async fn look(page: &Page, path: &std::path::Path) {
    page.picture(path).await;
    let wider = page
        .evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .await;
    assert_eq!(wider, 0, "{} scrolls sideways", path.display());
}
