//! Places that records do not do well in, or cannot be in at all; and records that are not where they were.

use crate::recovery::{LATER, Place};
use crate::session::{Session, Surroundings, drive, eventually};
use crate::{dialog, seed};
use std::path::{Path, PathBuf};
use std::process::Command;
use xiaxiangzhi_store::Store;

/// The usual folder of a user whose home this is.
fn usual(place: &Place) -> PathBuf {
    place.path("home/share/xiaxiangzhi")
}

/// Mounts in a namespace of its own, if the system allows that: `mount` is what a shell does first.
#[expect(clippy::print_stdout, reason = "a test that is passed over says so")]
fn mounted(mount: &str) -> Option<Vec<String>> {
    let script = format!("{mount} && exec \"$@\"");
    let words = ["unshare", "-rm", "sh", "-c", &script, "sh"].map(str::to_owned);
    let allowed = Command::new(&words[0])
        .args(&words[1..])
        .arg("true")
        .status()
        .is_ok_and(|status| status.success());
    if !allowed {
        println!("no mounts are allowed here");
    }
    allowed.then(|| words.to_vec())
}

async fn open_mounted(place: &Place, words: &[String]) -> Session {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let around = Surroundings {
        wrapped: &words,
        ..Surroundings::default()
    };
    place.open_at(LATER, &around).await
}

fn visits(dir: &Path) -> serde_json::Value {
    let store = Store::open(dir).unwrap();
    let folded = store.folded(store.logs()[0].log_id).unwrap();
    folded.document["days"].as_array().unwrap().last().unwrap()["tallies"]["outpatient_visits"].clone()
}

#[test]
fn a_place_that_cannot_be_written_to_offers_to_copy_and_goes_on_there_next_time() {
    let place = Place::with_records();
    let data = place.data();
    let shown = data.display();
    let Some(words) = mounted(&format!(
        "mount --bind '{shown}' '{shown}' && mount -o remount,ro,bind '{shown}'"
    )) else {
        return;
    };
    let before = std::fs::read(seed::database(&data)).unwrap();
    drive(async {
        let window = open_mounted(&place, &words).await;
        let page = &window.page;
        page.says("记录所在的地方不能写入").await;
        page.says("数据没有改动，也没有删除").await;
        place.picture(&window, "recovery-read-only-place-light").await;
        page.press("只读打开").await;
        page.says("记录所在的地方不能写入，只读打开").await;
        page.says("第 74 天，共 91 天").await;
        drop(window);

        let window = open_mounted(&place, &words).await;
        window.page.press("拷到这台电脑上打开").await;
        window.page.says("第 74 天，共 91 天").await;
        window.close(&usual(&place)).await;
        // The folder can be written to again, but the records are elsewhere now.
        let window = place.open().await;
        window.page.says("第 74 天，共 91 天").await;
        window.page.visit("设置").await;
        window.page.press("备份").await;
        window.page.says(&usual(&place).display().to_string()).await;
        window.close(&usual(&place)).await;
    });
    assert_eq!(visits(&usual(&place)), 25);
    assert!(std::fs::read(seed::database(&data)).unwrap() == before);
}

#[test]
fn a_full_disk_opens_a_window_and_a_nearly_full_one_is_said_early() {
    let place = Place::with_records();
    let data = place.data();
    let shown = data.display();
    // No byte is left, and no records are there yet.
    let fill = format!(
        "mount -t tmpfs -o size=64k none '{shown}' && (head -c 70000 /dev/zero > '{shown}/holiday.mp4' 2> /dev/null || true)"
    );
    let Some(words) = mounted(&fill) else { return };
    drive(async {
        let window = open_mounted(&place, &words).await;
        window.page.says("磁盘已满，记录没有打开").await;
        window.page.says("腾出空间，再按「再试一次」").await;
        place.picture(&window, "recovery-disk-full-light").await;
    });
    let copy = place.path("copy");
    copy_all(&data, &copy);
    let nearly = format!(
        "mount -t tmpfs -o size=40m none '{shown}' && cp -r '{}/.' '{shown}'",
        copy.display()
    );
    let Some(words) = mounted(&nearly) else { return };
    drive(async {
        let window = open_mounted(&place, &words).await;
        window.page.says("磁盘快满了，只剩").await;
        window.page.says("已经保存的记录都在").await;
        window.page.says("第 74 天，共 91 天").await;
        place.picture(&window, "recovery-disk-nearly-full-light").await;
        drop(window);
    });
    // Records that are there open on a full disk, and it is said that nothing more may go in.
    let full = format!("{nearly} && (cat /dev/zero > '{shown}/holiday.mp4' 2> /dev/null || true)");
    let Some(words) = mounted(&full) else { return };
    drive(async {
        let window = open_mounted(&place, &words).await;
        window.page.says("磁盘已满，新写的可能存不上").await;
        window.page.says("第 74 天，共 91 天").await;
        drop(window);
    });
}

fn copy_all(from: &Path, to: &Path) {
    assert!(
        Command::new("cp")
            .arg("-r")
            .arg(from)
            .arg(to)
            .status()
            .unwrap()
            .success()
    );
}

/// A system as it shows itself: `data` is mounted as this kind of file system from this device.
fn system(place: &Place, file_system: &str, device: &str) -> PathBuf {
    let folder = place.path(&format!("system-{file_system}"));
    let real = folder.join("sys/devices/usb1/host6/block/sdb/sdb1");
    std::fs::create_dir_all(&real).unwrap();
    std::fs::write(real.parent().unwrap().join("removable"), "1\n").unwrap();
    std::fs::create_dir_all(folder.join("sys/dev/block")).unwrap();
    std::os::unix::fs::symlink(&real, folder.join("sys/dev/block/8:17")).unwrap();
    let table = format!(
        "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda rw\n90 22 {device} / {} rw - {file_system} /dev/sdb1 rw\n",
        place.data().canonicalize().unwrap().display()
    );
    std::fs::write(folder.join("mountinfo"), table).unwrap();
    folder
}

#[test]
fn a_network_share_and_a_stick_are_warned_about_and_can_be_copied_from() {
    for (file_system, device, said, name) in [
        ("cifs", "0:51", "记录放在网络共享上", "network"),
        ("vfat", "8:17", "记录放在 U 盘或移动硬盘上", "removable"),
    ] {
        let place = Place::with_records();
        let folder = system(&place, file_system, device);
        let environment = [("XIAXIANGZHI_MOUNTS", folder.to_str().unwrap())];
        let around = Surroundings {
            environment: &environment,
            ..Surroundings::default()
        };
        drive(async {
            let window = place.open_at(LATER, &around).await;
            let page = &window.page;
            page.says(said).await;
            page.says("那边的一份原样留着，不会删除").await;
            page.says("第 74 天，共 91 天").await;
            place.picture(&window, &format!("recovery-{name}-light")).await;
            page.press("拷到这台电脑上打开").await;
            page.says_no_more(said).await;
            page.says("第 74 天，共 91 天").await;
            window.close(&usual(&place)).await;
        });
        assert_eq!(visits(&usual(&place)), 25);
        assert_eq!(visits(&place.data()), 25, "those on the {name} place stay");
    }
    // The control: on a disk of the computer itself nothing is said.
    let place = Place::with_records();
    let folder = system(&place, "ext4", "254:1");
    let environment = [("XIAXIANGZHI_MOUNTS", folder.to_str().unwrap())];
    let around = Surroundings {
        environment: &environment,
        ..Surroundings::default()
    };
    drive(async {
        let window = place.open_at(LATER, &around).await;
        window.page.says("第 74 天，共 91 天").await;
        let notices = "return document.querySelectorAll('.notices').length";
        assert_eq!(window.page.evaluate(notices).await, 0);
        window.close(&place.data()).await;
    });
}

#[test]
fn records_that_may_not_be_read_say_so_and_open_once_they_may() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let place = Place::with_records();
    let database = seed::database(&place.data());
    let own = std::fs::metadata(&database).unwrap().uid();
    std::fs::set_permissions(&database, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Root may read everything, except what belongs to somebody whom its own namespace does not know.
    let words = if own == 0 {
        std::os::unix::fs::chown(&database, Some(1234), Some(1234)).unwrap();
        let Some(words) = mounted("true") else { return };
        words
    } else {
        Vec::new()
    };
    drive(async {
        let window = open_mounted(&place, &words).await;
        let page = &window.page;
        page.says("没有权限打开记录").await;
        page.says("数据没有改动，也没有删除").await;
        place.picture(&window, "recovery-permission-light").await;
        std::os::unix::fs::chown(&database, Some(own), None).unwrap();
        std::fs::set_permissions(&database, std::fs::Permissions::from_mode(0o600)).unwrap();
        page.press("再试一次").await;
        page.says("第 74 天，共 91 天").await;
        window.close(&place.data()).await;
    });
}

#[test]
fn a_folder_that_is_gone_is_missed_and_found_again() {
    let place = Place::with_records();
    let elsewhere = place.path("drive");
    drive(async {
        let window = place.open().await;
        window.page.says("第 74 天，共 91 天").await;
        window.close(&place.data()).await;
        std::fs::rename(place.data(), &elsewhere).unwrap();
        // A folder inside would be what the dialog completes to.
        std::fs::remove_dir_all(elsewhere.join("backups")).unwrap();

        let window = place.open().await;
        let page = &window.page;
        page.says("原来的记录找不到了").await;
        page.says("没有插上").await;
        page.says("也没有新建空的记录").await;
        page.says("没有可以恢复的备份").await;
        place.picture(&window, "recovery-missing-light").await;
        assert!(!place.data().exists(), "an empty folder was made in its place");
        page.press("再试一次").await;
        page.says("原来的记录找不到了").await;
        page.press("找到记录所在的文件夹").await;
        dialog::choose("记录所在的文件夹", &elsewhere);
        page.says("第 74 天，共 91 天").await;
        window.close(&elsewhere).await;
        // Found once, found for good.
        let window = place.open().await;
        window.page.says("第 74 天，共 91 天").await;
        window.close(&elsewhere).await;
    });
    assert_eq!(visits(&elsewhere), 25);
}

#[test]
fn a_folder_that_is_gone_comes_back_from_the_second_place_or_is_begun_anew() {
    let place = Place::with_records();
    let stick = place.path("stick");
    std::fs::create_dir(&stick).unwrap();
    let store = Store::open(&place.data()).unwrap();
    store.set_second_place(Some(&stick)).unwrap();
    store
        .backup(xiaxiangzhi_core::log::parse_instant("2026-03-19T09:38:00Z").unwrap())
        .unwrap();
    drop(store);
    drive(async {
        let window = place.open().await;
        window.page.says("第 74 天，共 91 天").await;
        window.close(&place.data()).await;
        std::fs::rename(place.data(), place.path("gone")).unwrap();

        let window = place.open().await;
        window.page.says("原来的记录找不到了").await;
        window.page.says("第二位置").await;
        window.page.says("今天 17:38 的备份里有").await;
        place
            .picture(&window, "recovery-missing-second-place-light")
            .await;
        window.page.press("恢复这一份").await;
        window.page.says("已从备份恢复").await;
        window.page.says("第 74 天，共 91 天").await;
        window.close(&place.data()).await;
        assert_eq!(visits(&place.data()), 25);

        // Gone once more, and this time nothing of it is wanted.
        std::fs::rename(place.data(), place.path("gone-again")).unwrap();
        let window = place.open().await;
        window.page.says("原来的记录找不到了").await;
        window.page.press("重新开始记").await;
        window.page.says("我是下乡医师").await;
        window.close(&place.data()).await;
    });
    eventually("the new records are there", || {
        seed::database(&place.data()).exists().then_some(())
    });
    assert!(Store::open(&place.data()).unwrap().logs().is_empty());
}
