//! The main story, in one go: a posting is logged, its papers are exported, and a supervisor comes to the same verdict.

use crate::dialog;
use crate::outside::{pdf_text, sqlite, unzip_list, unzipped};
use crate::page::Page;
use crate::session::{NOW, PROGRAM, Session, Start, drive};
use fantoccini::key::Key;
use std::path::{Path, PathBuf};

/// Days with outpatients; today is the last.
const DAYS: [(&str, &str); 4] = [
    ("3月16日", "31"),
    ("3月17日", "18"),
    ("3月18日", "26"),
    ("3月19日", "23"),
];
const LECTURES: [(&str, &str); 3] = [
    ("1.14", "高血压分级管理"),
    ("1.28", "糖尿病足筛查"),
    ("2.25", "心电图判读"),
];
const ROUNDS: [&str; 8] = ["1.8", "1.15", "1.22", "1.29", "2.5", "2.26", "3.5", "3.12"];

struct Folders {
    top: tempfile::TempDir,
    program: PathBuf,
}

impl Folders {
    fn path(&self, name: &str) -> PathBuf {
        self.top.path().join(name)
    }
}

#[test]
fn a_posting_is_logged_exported_and_reviewed() {
    tell(Path::new(PROGRAM));
}

/// The whole story, with the window started by this program.
pub(crate) fn tell(program: &Path) {
    let folders = Folders {
        top: tempfile::Builder::new().prefix("story").tempdir().unwrap(),
        program: program.to_owned(),
    };
    let data = folders.path("physician");
    let home = folders.path("home");
    let start = Start {
        data: &data,
        home: &home,
        now: NOW,
        arguments: &[],
    };
    let review_file = folders.path("review.xxz");
    let forms = folders.path("forms");
    std::fs::create_dir(&forms).unwrap();

    drive(async {
        let window = Session::open_program(&start, program).await;
        first_run(&window.page).await;
        days(&window.page).await;
        lectures(&window.page).await;
        rounds(&window.page).await;
        leave(&window.page).await;
        progress(&window.page).await;
        export(&window.page, &review_file, &forms).await;
        window.close(&data).await;

        let again = Session::open_program(&start, program).await;
        everything_is_still_there(&again.page).await;
        again.close(&data).await;
    });

    records_are_whole(&data);
    papers_say_the_same(&forms, &review_file);

    let altered = folders.path("altered.xxz");
    let mut bytes = std::fs::read(&review_file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&altered, bytes).unwrap();
    drive(async {
        supervisor_sees(
            &folders,
            &review_file,
            &["文件真实", "未达标：考勤", "李晓梅", "只读"],
        )
        .await;
        supervisor_sees(
            &folders,
            &altered,
            &["这份文件与导出时不一样，不能审核", "能确认到哪里"],
        )
        .await;
    });
}

async fn first_run(page: &Page) {
    page.says("我是下乡医师").await;
    for (field, text) in [
        ("姓名", "李晓梅"),
        ("职称", "主治医师"),
        ("科室", "心内科"),
        ("支援医院", "市第一人民医院"),
        ("受援单位", "河口镇中心卫生院"),
    ] {
        page.fill(field, text).await;
    }
    page.says("91 天，61 个工作日，122 个半天").await;
    page.press("开始，填今天").await;
    page.says("第 74 天，共 91 天").await;
}

async fn days(page: &Page) {
    for (nth, (date, visits)) in DAYS.iter().rev().enumerate() {
        if nth > 0 {
            page.press("前一天").await;
        }
        page.says(&format!("{date} 周")).await;
        page.choose("上午", "出勤").await;
        page.choose("下午", "出勤").await;
        page.fill("门诊", visits).await;
        page.fill("记录", "内科门诊，慢病随访").await;
        page.press_keys(&Key::Enter.to_string()).await;
        page.says("两个半天都计入出勤").await;
    }
    page.says("补记").await;
}

async fn lectures(page: &Page) {
    page.visit("授课·查房·活动").await;
    for (date, title) in LECTURES {
        page.fill("日期", date).await;
        page.fill("题目", title).await;
        page.press("记下").await;
        page.says(&format!("已记 {} 授课", spoken(date))).await;
    }
    // Five days after the one before: refused, and the first allowed date is named.
    page.fill("日期", "3.2").await;
    page.fill("题目", "慢阻肺用药").await;
    page.says("离 2月25日 那次只有 5 天，不足 7 天").await;
    page.says("最早可讲的一天是 3月4日 周三").await;
    page.press("改为 3月4日 周三").await;
    page.press("记下").await;
    page.says("授课已达标").await;
}

async fn rounds(page: &Page) {
    page.press("查房").await;
    for (nth, date) in ROUNDS.iter().enumerate() {
        page.fill("日期", date).await;
        page.fill("内容", &format!("第 {} 次查房", nth + 1)).await;
        page.press("记下").await;
        page.says(&format!("已记 {} 查房", spoken(date))).await;
    }
    page.says("查房已达标").await;
}

async fn leave(page: &Page) {
    page.visit("请假").await;
    page.fill("从", "3.23").await;
    page.fill("到", "3.25").await;
    page.fill("事由", "家中老人住院").await;
    page.says("3 天以上要走书面").await;
    page.says("书面说明交医务部主任").await;
    page.says("没有书面说明也能先记下，会一直提醒").await;
    page.press("记下请假").await;
    page.says("已记 3月23日—25日 事假").await;
}

async fn progress(page: &Page) {
    page.visit("进度").await;
    page.section_says("授课", "达标").await;
    page.section_says("授课", "4 / 4 次").await;
    page.section_says(
        "授课",
        "1月14日，1月28日（隔 14 天），2月25日（隔 28 天），3月4日（隔 7 天）",
    )
    .await;
    page.section_says("查房", "8 / 8 次").await;
    page.section_says("考勤", "已无法达标").await;
    page.section_says("考勤", "8 / 122 个半天，至少 98").await;
    page.section_says("考勤", "请假 6").await;
    page.says("请假满 3 天，没有书面说明").await;
}

async fn export(page: &Page, review_file: &Path, forms: &Path) {
    page.visit("结业").await;
    page.says("存为 PDF").await;
    page.press("只导出审核文件").await;
    dialog::save_as("导出审核文件", review_file);
    page.says("封存码").await;
    page.press("只导出表格").await;
    dialog::choose("选一个文件夹，放导出的表格", forms);
    // Eight forms in three formats and the review file; what has no record to print is no form.
    page.says("已存好 25 个文件").await;
    page.says("帮扶日记：").await;
}

async fn everything_is_still_there(page: &Page) {
    page.says("李晓梅").await;
    page.says("两个半天都计入出勤").await;
    page.visit("进度").await;
    page.section_says("授课", "4 / 4 次").await;
    page.section_says("查房", "8 / 8 次").await;
    page.section_says("考勤", "8 / 122 个半天").await;
}

/// Opened as a double click opens it: the file is an argument of the program.
async fn supervisor_sees(folders: &Folders, file: &Path, words: &[&str]) {
    let data = folders.path("supervisor");
    let home = folders.path("home");
    let start = Start {
        data: &data,
        home: &home,
        now: NOW,
        arguments: &[file.to_str().unwrap()],
    };
    let window = Session::open_program(&start, &folders.program).await;
    for word in words {
        window.page.says(word).await;
    }
    window.close(&data).await;
}

fn records_are_whole(data: &Path) {
    assert_eq!(sqlite(data, "PRAGMA integrity_check"), "ok");
    assert_eq!(sqlite(data, "SELECT count(*) FROM log"), "1");
    for (entity, count) in [("day", 4), ("activity", 12), ("leave", 1)] {
        let query = format!(
            "SELECT count(DISTINCT json_extract(body, '$.key')) FROM event WHERE json_extract(body, '$.set') = '{entity}'"
        );
        assert_eq!(sqlite(data, &query), count.to_string(), "{entity}");
    }
    // Free text stands beside the chain, not in it.
    assert_eq!(
        sqlite(
            data,
            "SELECT count(*) FROM event WHERE instr(body, '慢病随访') > 0"
        ),
        "0"
    );
    assert_ne!(
        sqlite(
            data,
            "SELECT count(*) FROM text WHERE instr(text, '慢病随访') > 0"
        ),
        "0"
    );
    assert!(
        data.join("backups").read_dir().unwrap().count() > 0,
        "closing the window makes a backup"
    );
}

fn papers_say_the_same(forms: &Path, review_file: &Path) {
    let name = "李晓梅-河口镇中心卫生院-2026年1-4月-任务考核表";
    let text = pdf_text(&forms.join(format!("{name}.pdf")));
    for words in ["任务考核表", "李晓梅", "河口镇中心卫生院", "市第一人民医院"] {
        assert!(text.contains(words), "the form does not say {words}:\n{text}");
    }
    for kind in [
        "任务考核表",
        "月考勤表",
        "下乡总结",
        "工作日志",
        "讲座记录",
        "查房记录",
        "请假单",
    ] {
        for end in ["pdf", "docx", "xlsx"] {
            let name = name.replace("任务考核表", kind);
            let made = std::fs::read_dir(forms).unwrap().flatten();
            let found = made
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .any(|file| file.starts_with(&name) && file.ends_with(end));
            assert!(found, "{name} as {end}");
        }
    }

    let entries = unzip_list(review_file);
    assert_eq!(&entries[..2], ["mimetype", "manifest.json"]);
    let manifest: serde_json::Value = serde_json::from_str(&unzipped(review_file, "manifest.json")).unwrap();
    assert_eq!(manifest["as_of"], "2026-03-19");
    assert_eq!(manifest["export"], 1);
    assert_eq!(
        unzipped(review_file, "events.jsonl").lines().count() as u64,
        manifest["head"]["n"].as_u64().unwrap()
    );
}

/// `1.14` -> `1月14日`
fn spoken(date: &str) -> String {
    let (month, day) = date.split_once('.').unwrap();
    format!("{month}月{day}日")
}
