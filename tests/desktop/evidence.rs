//! A photo of a sign-in sheet, chosen in the system's dialog, covered in part, kept over a restart, and sent along when ticked.

use crate::dialog;
use crate::outside::{sqlite, unzip_list};
use crate::session::{NOW, Session, Start, drive};
use std::path::{Path, PathBuf};

/// What the phone wrote into the photo.
const TOLD: [&[u8]; 3] = [b"Shouji X9", b"Exif\0\0", b"taken at home"];

fn photo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/pictures/phone-photo.jpg")
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

#[test]
fn a_photo_is_attached_covered_kept_over_a_restart_and_sent_when_ticked() {
    let top = tempfile::Builder::new().prefix("evidence").tempdir().unwrap();
    let data = top.path().join("data");
    let home = top.path().join("home");
    let chosen = top.path().join("photo.jpg");
    let review = top.path().join("review.xxz");
    std::fs::copy(photo(), &chosen).unwrap();
    let start = Start {
        data: &data,
        home: &home,
        now: NOW,
        arguments: &[],
    };
    drive(async {
        let window = Session::open(&start).await;
        let page = &window.page;
        page.says("我是下乡医师").await;
        page.press("先看一份示例").await;
        page.says("还要做的").await;
        page.visit("授课·查房·活动").await;
        page.press("其他活动").await;
        page.fill("日期", "3.18").await;
        page.fill("名称", "集市义诊").await;
        page.press("添加图片").await;
        dialog::choose("选择图片", &chosen);
        page.says("480 × 640").await;
        page.press("加一个黑块").await;
        page.press("遮住 1 处，添加").await;
        page.says("拖入、粘贴也可以").await;
        page.click_on("//section[contains(@class, 'form')]//button[@data-picture]")
            .await;
        page.says("3月18日 周三 集市义诊").await;
        page.press("关闭").await;
        page.press("记下").await;
        page.says("已记 3月18日").await;
        window.close(&data).await;

        let again = Session::open(&start).await;
        let page = &again.page;
        page.visit("授课·查房·活动").await;
        page.press("其他活动").await;
        page.says("集市义诊").await;
        page.click_on("//ol//button[@data-picture]").await;
        page.says("3月18日 周三 集市义诊").await;
        let black = "const done = arguments[arguments.length - 1];
            (async () => {
                let image;
                do await new Promise(requestAnimationFrame);
                while (!(image = document.querySelector('dialog[open] .stage img')));
                await image.decode();
                const canvas = document.createElement('canvas');
                [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
                const context = canvas.getContext('2d');
                context.drawImage(image, 0, 0);
                const at = (x, y) => Math.max(...context.getImageData(x, y, 1, 1).data.slice(0, 3));
                done([at(240, 320), at(20, 20)]);
            })();";
        let levels = page.evaluate_later(black).await;
        let [covered, open] = [0, 1].map(|nth| levels[nth].as_u64().unwrap());
        assert!(covered < 24, "covered, and {covered}");
        assert!(open > 180, "not covered, and {open}");
        page.press("关闭").await;

        page.visit("结业").await;
        page.says("随审核文件附上图片").await;
        page.says("不勾选，文件里就没有图片").await;
        page.click_on("//li//label[contains(., '3月18日')]").await;
        page.says("附上 1 张").await;
        page.press("只导出审核文件").await;
        dialog::save_as("导出审核文件", &review);
        page.says("封存码").await;
        again.close(&data).await;
    });

    let hash = sqlite(
        &data,
        "SELECT lower(hex(hash)) FROM blob WHERE media_type LIKE 'image/%'",
    );
    assert_eq!(hash.len(), 64, "one picture: {hash}");
    assert!(unzip_list(&review).contains(&format!("blobs/{hash}")));
    let original = std::fs::read(&chosen).unwrap();
    let file = std::fs::read(&review).unwrap();
    let database = std::fs::read(crate::outside::database(&data)).unwrap();
    for word in TOLD {
        assert!(holds(&original, word), "the control: {word:?} is in the photo");
        assert!(
            !holds(&file, word) && !holds(&database, word),
            "{word:?} was kept"
        );
    }
}
