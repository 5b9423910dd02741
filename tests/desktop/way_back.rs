//! The way back and forth between two computers: two windows on two data folders, and nothing between them but files.

use std::path::Path;

use crate::page::Page;
use crate::session::{NOW, PROGRAM, Session, Start, Surroundings, drive, quiet};
use crate::{dialog, outside, seed};
use xiaxiangzhi_core::reviewfile::{Decision, ReviewStanding, SignedFile, open};

/// A day later, in the office.
const IN_THE_OFFICE: &str = "2026-03-20T02:00:00Z";

/// The drawing library of a display without a graphics card crashes where a window that lies behind another is raised; then
/// each page draws itself.
const TWO_WINDOWS: Surroundings<'_> = Surroundings {
    wrapped: &[],
    environment: &[("WEBKIT_DISABLE_COMPOSITING_MODE", "1")],
};

/// Hands a file to the window that is open, as a double click does.
fn double_click(file: &Path, home: &Path, data: &Path) {
    let started = quiet(PROGRAM, home)
        .arg(file)
        .env("XIAXIANGZHI_DATA", data)
        .output()
        .unwrap();
    assert!(started.status.success());
}

async fn exports(page: &Page, file: &Path) {
    page.visit("结业").await;
    page.press("只导出审核文件").await;
    dialog::save_as("导出审核文件", file);
    page.says("封存码").await;
}

async fn changes_outpatients(page: &Page, visits: &str) {
    page.visit("今日").await;
    page.says("3月19日 周四").await;
    page.fill("门诊", visits).await;
    // Leaving the record stores it.
    page.visit("进度").await;
}

fn visits(data: &Path) -> String {
    outside::sqlite(
        data,
        "SELECT json_extract(body, '$.value.tallies.outpatient_visits') FROM event \
         WHERE json_extract(body, '$.key') = '2026-03-19' ORDER BY seq DESC LIMIT 1",
    )
}

#[test]
fn a_file_goes_to_the_office_and_back_twice() {
    let top = tempfile::Builder::new().prefix("wayback").tempdir().unwrap();
    let path = |name: &str| top.path().join(name);
    let (clinic, office) = (path("clinic"), path("office"));
    let (clinic_home, office_home) = (path("clinic-home"), path("office-home"));
    seed::records(&clinic);
    let [first, returned, second, approved] =
        ["first.xxz", "returned.xxz", "second.xxz", "approved.xxz"].map(path);
    drive(async {
        let at_the_clinic = Start {
            data: &clinic,
            home: &clinic_home,
            now: NOW,
            arguments: &[],
        };
        let physician = Session::open_in(&at_the_clinic, &TWO_WINDOWS).await;
        physician.page.says("还要做的").await;
        exports(&physician.page, &first).await;

        // The office opens it beside: another computer, another data folder, its own window.
        let in_the_office = Start {
            data: &office,
            home: &office_home,
            now: IN_THE_OFFICE,
            arguments: &[first.to_str().unwrap()],
        };
        let reviewer = Session::open_in(&in_the_office, &TWO_WINDOWS).await;
        let page = &reviewer.page;
        page.says("文件真实，未被改动").await;
        page.press("记录").await;
        page.press("写意见：3月19日 的记录").await;
        page.fill("对「3月19日 的记录」的意见", "门诊人次请再核一遍")
            .await;
        page.press("写好了").await;
        page.says("已写 1 条意见").await;
        page.press("退回修改").await;
        dialog::save_as("存审核意见", &returned);
        page.says("已退回，等 李晓梅 修改").await;

        // The physician compares the fingerprint, reads the comment at its record, corrects and answers.
        double_click(&returned, &clinic_home, &clinic);
        let page = &physician.page;
        page.says("先核对指纹").await;
        page.press("核对一致，收下").await;
        page.says("门诊人次请再核一遍").await;
        changes_outpatients(page, "21").await;
        page.visit("结业").await;
        page.says("意见之后改过").await;
        page.press("答复 3月19日 的记录").await;
        page.fill("答复：3月19日 的记录", "多记了四人").await;
        page.press("已改").await;
        page.says("3月19日 已改").await;
        exports(page, &second).await;

        // The newer file continues the older one; the office approves it.
        double_click(&second, &office_home, &office);
        let page = &reviewer.page;
        page.says("接得上").await;
        page.press("按此结论审核完毕").await;
        dialog::save_as("存审核意见", &approved);
        page.says("李晓梅 的这份来件已审核完毕").await;
        reviewer.close(&office).await;

        // The same key as before needs no telephone; from now on a change needs a reason.
        double_click(&approved, &clinic_home, &clinic);
        let page = &physician.page;
        page.says("审核通过").await;
        page.says("以前的意见 1 份").await;
        double_click(&returned, &clinic_home, &clinic);
        page.says("以前收过，没有重复记下").await;
        changes_outpatients(page, "20").await;
        page.says("审核通过后，改动要先写原因").await;
        page.fill("修改的原因", "又核了一遍门诊登记").await;
        page.press("写下原因，接着改").await;
        page.says_no_more("审核通过后，改动要先写原因").await;
        page.visit("结业").await;
        page.says("原因：又核了一遍门诊登记").await;
        physician.close(&clinic).await;
    });

    assert_eq!(visits(&clinic), "20", "the change that waited was made");
    let receipts = "SELECT count(*) FROM event WHERE json_extract(body, '$.receipt') IS NOT NULL";
    assert_eq!(
        outside::sqlite(&clinic, receipts),
        "2",
        "each decision was taken in once"
    );
    assert_eq!(outside::sqlite(&office, "SELECT count(*) FROM decision"), "2");
    assert_eq!(outside::sqlite(&office, "SELECT count(*) FROM log"), "0");

    // What travelled says the same by itself: the comment came back with its answer, and both decisions have one key.
    let read = |file: &Path| open(&std::fs::read(file).unwrap()).unwrap();
    let (SignedFile::Review(returned), SignedFile::Review(approved), SignedFile::Posting(second)) =
        (read(&returned), read(&approved), read(&second))
    else {
        panic!("a file is of another kind than it was sent as");
    };
    assert_eq!(returned.content.decision, Decision::Returned);
    assert_eq!(approved.content.decision, Decision::Approved);
    assert_eq!(returned.key, approved.key);
    assert_eq!(approved.content.head.n, second.head().n);
    let standing = ReviewStanding::of(&second.whole.log, &second.beside);
    let answer = standing.receipts[0].comments[0].answer.as_ref().unwrap();
    assert_eq!((answer.text.as_str(), answer.corrected), ("多记了四人", true));
}
