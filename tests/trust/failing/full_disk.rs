//! A disk that is full after so many bytes, for every so many: what was acknowledged is there, the refusal says why, and the
//! work goes on as soon as there is room.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::child::Running;
use crate::failing::actor::{Act, command_with_room};
use crate::support::{Tried, amount, caught, memory_dir};

/// The smallest disk, in kibibytes.
const SMALLEST: usize = 64;
/// One that the act fits into.
const ENOUGH: usize = 2_600;

/// What the act said on a disk of this size; it makes more room itself when it is refused something.
fn said_on(act: Act, kibibytes: usize) -> Vec<String> {
    let place = memory_dir();
    let folder = place.path().to_str().unwrap();
    let mount = format!("mount -t tmpfs -o size={kibibytes}k none '{folder}' && exec \"$@\"");
    let room = format!("mount -o remount,size=64m '{folder}'");
    let small = ["unshare", "-rm", "sh", "-c", &mount, "sh"];
    let mut command = command_with_room(&small, act, &place.path().join("root"), &room);
    command.stdin(Stdio::null());
    let mut running = Running::start(command);
    let said = std::iter::from_fn(|| running.said()).collect();
    running.child.wait().unwrap();
    said
}

/// What is wrong with how an act went on a disk of this size; otherwise the step that was refused for want of room.
fn judge(said: &[String]) -> Result<Option<String>, String> {
    if said.last().map(String::as_str) != Some("end") || !said.iter().any(|words| words == "kept") {
        return Err(format!("it did not come to its end: {said:?}"));
    }
    let refused: Vec<_> = said
        .iter()
        .filter_map(|words| words.strip_prefix("refused "))
        .collect();
    if let Some(other) = refused.iter().find(|words| !words.starts_with("disk_full ")) {
        return Err(format!("refused for another reason: {other}"));
    }
    Ok(refused
        .first()
        .and_then(|words| words.split([' ', ':']).nth(1))
        .map(str::to_owned))
}

/// Whether a disk of its own can be had; where the system allows no mounts there is none to fill.
fn mounts_are_allowed(folder: &Path) -> bool {
    let mount = format!("mount -t tmpfs -o size=1m none '{}'", folder.display());
    let tried = Command::new("unshare").args(["-rm", "sh", "-c", &mount]).status();
    tried.is_ok_and(|status| status.success())
}

#[test]
fn a_disk_of_any_size_loses_nothing() {
    if !mounts_are_allowed(memory_dir().path()) {
        println!("no mounts are allowed here");
        return;
    }
    let tried = Tried::start("full-disk");
    let sizes = usize::try_from(amount(50, 500)).unwrap();
    let mut refused = std::collections::BTreeSet::new();
    let mut full = 0;
    for step in 0..sizes {
        let size = SMALLEST + (ENOUGH - SMALLEST) * step / (sizes - 1);
        let found =
            judge(&said_on(Act::Everything, size)).unwrap_or_else(|fault| panic!("{size} KiB: {fault}"));
        full += usize::from(found.is_some());
        refused.extend(found);
    }
    println!("{full} of {sizes} disks were too small, at {refused:?}");
    for step in ["open", "save", "backup"] {
        assert!(
            refused.contains(step),
            "no disk was full at the {step}: {refused:?}"
        );
    }
    assert!(full < sizes, "the largest disk is to be large enough");
    tried.held(
        sizes as u64,
        "sizes",
        "nothing acknowledged lost, each refusal names the disk",
    );
}

/// The control: somebody who takes a save that was refused for want of room for done.
#[test]
fn a_saver_that_ignores_a_full_disk_is_caught() {
    if !mounts_are_allowed(memory_dir().path()) {
        println!("no mounts are allowed here");
        return;
    }
    let missed = (0..30).any(|step| {
        let said = said_on(Act::DeafEverything, 300 + 20 * step);
        said.iter().any(|words| words.starts_with("fault entry"))
    });
    assert!(missed, "an entry that was never saved was not missed");
    caught("full-disk", "a saver that goes on after a refusal");
}
