//! What the windows of recovery rest on: kinds of places, whole copies, jumps of the clock, and what a restore would bring.

use std::fs;
use std::path::Path;

use chrono::TimeDelta;
use xiaxiangzhi_store::{
    Jump, Mounts, OpenError, PlaceKind, Store, adopt, copy_whole, find_backups, first_fault, foresee,
    free_space,
};

use crate::child::entry;
use crate::store::opened;
use crate::support::{evening, posting_id};

/// A system where `dir` is mounted as this file system from this device.
fn system(top: &Path, dir: &Path, file_system: &str, device: &str) -> Mounts {
    let sys = top.join("sys");
    for (name, disk, removable) in [
        ("8:1", "devices/pci/ata1/block/sda/sda1", "0"),
        ("8:17", "devices/pci/ata2/block/sdb/sdb1", "1"),
        ("8:33", "devices/pci/usb2/host7/block/sdc/sdc1", "0"),
    ] {
        let real = sys.join(disk);
        fs::create_dir_all(&real).unwrap();
        fs::write(real.parent().unwrap().join("removable"), format!("{removable}\n")).unwrap();
        fs::create_dir_all(sys.join("dev/block")).unwrap();
        let link = sys.join("dev/block").join(name);
        if !link.exists() {
            std::os::unix::fs::symlink(&real, link).unwrap();
        }
    }
    let point = dir.to_str().unwrap().replace(' ', "\\040");
    let table = format!(
        "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda rw\n\
         23 22 0:7 / /proc rw shared:2 - proc proc rw\n\
         90 22 {device} / {point} rw,nosuid - {file_system} //server/share rw\nnot a line of the table\n"
    );
    Mounts::new(table, sys)
}

#[cfg(unix)]
#[test]
fn shares_and_sticks_are_told_from_disks_of_the_computer() {
    let top = tempfile::tempdir().unwrap();
    let top = top.path().canonicalize().unwrap();
    let dir = top.join("my records");
    fs::create_dir(&dir).unwrap();
    for (file_system, device, kind) in [
        ("nfs4", "0:44", PlaceKind::Network),
        ("cifs", "0:45", PlaceKind::Network),
        ("smb3", "0:45", PlaceKind::Network),
        ("fuse.sshfs", "0:46", PlaceKind::Network),
        ("9p", "0:47", PlaceKind::Network),
        ("vfat", "8:17", PlaceKind::Removable),
        // An outside disk does not say that it is removable, but hangs on USB.
        ("ext4", "8:33", PlaceKind::Removable),
        ("ext4", "8:1", PlaceKind::Local),
        ("tmpfs", "0:48", PlaceKind::Local),
    ] {
        let mounts = system(&top, &dir, file_system, device);
        assert_eq!(mounts.kind_of(&dir), kind, "{file_system} on {device}");
        assert_eq!(
            mounts.kind_of(&dir.join("not/yet/there")),
            kind,
            "where it would be made"
        );
        assert_eq!(mounts.file_system_of(&dir).as_deref(), Some(file_system));
        assert_eq!(mounts.kind_of(&top), PlaceKind::Local, "beside it");
    }
    assert_eq!(
        Mounts::default().kind_of(Path::new(r"\\server\share\records")),
        PlaceKind::Network
    );
    assert!(free_space(&dir.join("not/yet")).is_some_and(|bytes| bytes > 0));
}

#[test]
fn a_whole_copy_is_the_same_and_replaces_nothing() {
    let (dir, store) = opened();
    store.save(posting_id(), &[entry(1)], evening(5)).unwrap();
    store.backup(evening(6)).unwrap();
    drop(store);
    let top = tempfile::tempdir().unwrap();
    let to = top.path().join("copy");
    fs::create_dir(&to).unwrap();
    let copied = copy_whole(dir.path(), &to).unwrap();
    assert!(copied.files >= 2 && copied.bytes > 0, "{copied:?}");
    assert!(!to.join("xiaxiangzhi.lock").exists());
    assert_eq!(
        fs::read(to.join("xiaxiangzhi.db")).unwrap(),
        fs::read(dir.path().join("xiaxiangzhi.db")).unwrap()
    );
    assert_eq!(find_backups(&to).len(), 2, "the database itself and its backup");
    // A second copy of the same is no fault; another file in the place is.
    copy_whole(dir.path(), &to).unwrap();
    fs::write(to.join("xiaxiangzhi.db"), "somebody else's").unwrap();
    assert!(copy_whole(dir.path(), &to).is_err());
    assert_eq!(fs::read(to.join("xiaxiangzhi.db")).unwrap(), b"somebody else's");
}

#[test]
fn what_a_restore_would_bring_is_what_it_brings() {
    let (dir, store) = opened();
    for number in 0..20 {
        store.save(posting_id(), &[entry(number)], evening(5)).unwrap();
    }
    let backup = store.backup(evening(6)).unwrap().path;
    for number in 20..25 {
        store.save(posting_id(), &[entry(number)], evening(6)).unwrap();
    }
    drop(store);
    let path = dir.path().join("xiaxiangzhi.db");
    let mut bytes = fs::read(&path).unwrap();
    let found: Vec<_> = bytes
        .windows(9)
        .enumerate()
        .filter(|(_, window)| *window == b"\"present\"")
        .map(|(at, _)| at)
        .collect();
    bytes[found[found.len() / 2] + 1] = b'P';
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(Store::open(dir.path()), Err(OpenError::Damaged { .. })));
    let fault = first_fault(dir.path()).unwrap();
    assert!((3..=27).contains(&fault), "{fault}");
    let foreseen = foresee(dir.path(), &backup).unwrap();
    assert!(fs::read(&path).unwrap() == bytes, "foreseeing changed the file");
    assert_eq!(foreseen.postings[0].salvaged + foreseen.postings[0].lost, 5);
    let named: u64 = foreseen.later.iter().map(|later| later.times).sum();
    assert_eq!(named, foreseen.postings[0].salvaged);
    let adopted = adopt(dir.path(), &backup, evening(7)).unwrap();
    assert_eq!(adopted.postings, foreseen.postings);
    assert_eq!(first_fault(dir.path()), None);
}

#[test]
fn jumps_of_the_clock_are_left_in_each_log_that_is_written_to() {
    let (dir, store) = opened();
    let at = evening(5);
    assert_eq!(store.see(at + TimeDelta::minutes(1)).unwrap(), None);
    // Set right by a minute and a half: no jump.
    assert_eq!(store.see(at - TimeDelta::seconds(30)).unwrap(), None);
    assert_eq!(store.see(at - TimeDelta::minutes(3)).unwrap(), Some(Jump::Back));
    assert_eq!(store.see(at + TimeDelta::days(44)).unwrap(), None);
    let before = store.folded(posting_id()).unwrap().n;
    drop(store);
    // It outlives the program, and is said once.
    let store = Store::open(dir.path()).unwrap();
    store.save(posting_id(), &[entry(1)], at).unwrap();
    assert_eq!(store.folded(posting_id()).unwrap().n, before + 2);
    store.save(posting_id(), &[entry(2)], at).unwrap();
    assert_eq!(store.folded(posting_id()).unwrap().n, before + 3);
    let last = store.last_seen().unwrap();
    assert_eq!(store.see(last + TimeDelta::days(45)).unwrap(), None);
    assert_eq!(store.see(last + TimeDelta::days(91)).unwrap(), Some(Jump::Ahead));
    store.keep_last_seen().unwrap();
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.last_seen(), Some(last + TimeDelta::days(91)));
    assert!(xiaxiangzhi_store::check(dir.path()).is_err(), "it is open");
    drop(store);
    assert!(xiaxiangzhi_store::check(dir.path()).unwrap().ok);
}
