//! An error, and a kill, at every system call of a save, a backup, a restore and an export.
//!
//! Each act is run once under strace to number its calls; then it is run again for each of them, with strace answering
//! that one call with an error, or killing the process as it makes it. An error must be answered with words and the step
//! must go again; whatever happened, all that was acknowledged is there afterwards, once, and nothing half has a name.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Mutex;

use crate::child::Running;
use crate::failing::actor::{Act, command};
use crate::failing::judge::all_in_order;
use crate::failing::places::{copy_tree, prepare};
use crate::failing::trace::calls;
use crate::support::{Dice, Tried, amount, caught, memory_dir};

/// The calls that can fail for a reason of the disk, and how.
const FAULTS: [(&str, &[&str]); 24] = [
    ("openat", &["EIO", "ENOSPC", "EMFILE"]),
    ("pwrite64", &["EIO", "ENOSPC"]),
    ("write", &["EIO", "ENOSPC"]),
    ("pread64", &["EIO"]),
    ("read", &["EIO"]),
    ("fsync", &["EIO", "ENOSPC"]),
    ("fdatasync", &["EIO", "ENOSPC"]),
    ("ftruncate", &["EIO"]),
    ("rename", &["EIO", "ENOSPC"]),
    ("link", &["EIO"]),
    ("linkat", &["EIO"]),
    ("unlink", &["EIO"]),
    ("mkdir", &["EIO", "ENOSPC"]),
    ("close", &["EIO"]),
    ("copy_file_range", &["EIO", "ENOSPC"]),
    ("lseek", &["EIO"]),
    ("stat", &["EIO"]),
    ("fstat", &["EIO"]),
    ("newfstatat", &["EIO"]),
    ("statx", &["EIO"]),
    ("getdents64", &["EIO"]),
    ("fcntl", &["EIO"]),
    ("flock", &["EIO"]),
    ("fchmod", &["EIO"]),
];

const ACTS: [Act; 6] = [
    Act::Save,
    Act::Backup,
    Act::Restore,
    Act::Export,
    Act::Adopt,
    Act::Migrate,
];

/// In an ordinary run as many as this, spread evenly; in a release all of them.
const INJECTIONS: u64 = 500;

/// One fault: strace's own words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    act: Act,
    call: &'static str,
    /// An error's name; a kill if none.
    error: Option<&'static str>,
    /// Which of the act's calls of this kind.
    nth: usize,
}

impl Fault {
    fn words(&self) -> String {
        match self.error {
            Some(error) => format!("inject={}:error={error}:when={}", self.call, self.nth),
            None => format!("inject={}:signal=KILL:when={}", self.call, self.nth),
        }
    }
}

/// Runs an act in a copy of a place; answers all that it said and whether it ended well.
fn run(act: Act, prepared: &Path, root: &Path, strace: &[&str], trace: &Path) -> (Vec<String>, bool) {
    copy_tree(prepared, root);
    let mut program = vec!["strace", "-f", "-xx", "-s", "1024", "-o", trace.to_str().unwrap()];
    program.extend_from_slice(strace);
    let mut running = Running::start(command(&program, act, root));
    let said = std::iter::from_fn(|| running.said()).collect();
    (said, running.child.wait().unwrap().success())
}

/// Every call of an act from its first word on, and for each what may go wrong.
fn faults(act: Act, prepared: &Path) -> Vec<Fault> {
    let place = memory_dir();
    let (root, trace) = (place.path().join("root"), place.path().join("trace"));
    let names: Vec<_> = FAULTS.iter().map(|(call, _)| *call).collect();
    let traced = format!("trace={}", names.join(","));
    let (said, well) = run(act, prepared, &root, &["-e", &traced], &trace);
    assert!(well && said.last().is_some_and(|last| last == "end"), "{said:?}");
    let mut counts: BTreeMap<(u32, String), usize> = BTreeMap::new();
    let mut begun = false;
    let mut folders = HashSet::new();
    let mut faults = Vec::new();
    for call in calls(&std::fs::read_to_string(&trace).unwrap()) {
        let nth = counts.entry((call.thread, call.name.clone())).or_default();
        *nth += 1;
        // What the actor says is not the records' business.
        if call.name == "write" && call.number(0) == Some(1) {
            let words = String::from_utf8(call.bytes(1)).unwrap_or_default();
            begun |= words.contains("@@begin");
            if words.contains("@@end") {
                break;
            }
            continue;
        }
        if call.name == "openat" && call.words(2).contains("O_DIRECTORY") {
            folders.extend(call.answer);
        }
        let folder_closed = call.name == "close" && call.number(0).is_some_and(|file| folders.remove(&file));
        let known = FAULTS.iter().find(|(name, _)| *name == call.name);
        if let Some((name, errors)) = known.filter(|_| begun) {
            // The standard library takes it that closing a folder cannot fail; nothing of ours could answer.
            let errors = if folder_closed { &[] } else { *errors };
            let errors = errors.iter().map(|error| Some(*error)).chain([None]);
            faults.extend(errors.map(|error| Fault {
                act,
                call: name,
                error,
                nth: *nth,
            }));
        }
    }
    faults
}

/// Lets one fault happen. None if the call was not reached, which a run may decide by chance; otherwise what was wrong.
fn inject(fault: &Fault, prepared: &Path) -> Option<Result<(), String>> {
    let place = memory_dir();
    let (root, trace) = (place.path().join("root"), place.path().join("trace"));
    let words = fault.words();
    let traced = format!("trace={}", fault.call);
    let (said, well) = run(fault.act, prepared, &root, &["-e", &traced, "-e", &words], &trace);
    let text = std::fs::read_to_string(&trace).unwrap();
    let happened = match fault.error {
        Some(_) => text.contains("(INJECTED)"),
        None => text.contains("killed by SIGKILL"),
    };
    // A call of the program's own start is not meant.
    if !happened || !said.iter().any(|words| words == "begin") {
        return None;
    }
    let ended = said.last().is_some_and(|last| last == "end");
    if fault.error.is_some() && !(well && ended) {
        return Some(Err(format!("it did not end well: {said:?}")));
    }
    Some(all_in_order(fault.act, &root, &said).map_err(|wrong| format!("{wrong}; it said {said:?}")))
}

/// What came of the faults.
#[derive(Debug, Default)]
struct Outcome {
    errors: u64,
    kills: u64,
    /// What was wrong after some.
    wrong: Vec<String>,
}

/// So many faults in these acts, or all, side by side.
fn inject_all(acts: &[Act], at_most: u64, chosen: &dyn Fn(&Fault) -> bool) -> Outcome {
    let prepared: Vec<_> = acts.iter().map(|_| memory_dir()).collect();
    let mut all = Vec::new();
    for (act, place) in acts.iter().zip(&prepared) {
        prepare(*act, &place.path().join("root"));
        all.extend(faults(*act, &place.path().join("root")));
    }
    all.retain(chosen);
    let mut dice = Dice::of(2026);
    // Shuffled, so that a part of them is a sample of all.
    for at in (1..all.len()).rev() {
        all.swap(at, dice.index(at + 1));
    }
    let place_of = |act: Act| {
        prepared[acts.iter().position(|known| *known == act).unwrap()]
            .path()
            .join("root")
    };
    let queue = Mutex::new(all.iter());
    let outcome = Mutex::new(Outcome::default());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some(fault) = next else { break };
                    let Some(judged) = inject(fault, &place_of(fault.act)) else {
                        continue;
                    };
                    let mut outcome = outcome.lock().unwrap();
                    if outcome.errors + outcome.kills == at_most {
                        break;
                    }
                    match fault.error {
                        Some(_) => outcome.errors += 1,
                        None => outcome.kills += 1,
                    }
                    if let Err(wrong) = judged {
                        outcome.wrong.push(format!("{fault:?}: {wrong}"));
                    }
                }
            });
        }
    });
    outcome.into_inner().unwrap()
}

#[test]
fn an_error_or_a_kill_at_any_call_loses_nothing() {
    let tried = Tried::start("calls");
    let outcome = inject_all(&ACTS, amount(INJECTIONS, u64::MAX), &|_| true);
    assert!(outcome.wrong.is_empty(), "{outcome:#?}");
    let Outcome { errors, kills, .. } = outcome;
    let least = amount(INJECTIONS, 5_000);
    assert!(
        errors + kills >= least && kills > least / 4,
        "{errors} errors, {kills} kills"
    );
    println!("{errors} errors, {kills} kills");
    tried.held(
        errors + kills,
        "faults",
        "nothing acknowledged lost, nothing half under a name",
    );
}

/// The control: a saver that does not listen.
#[test]
fn a_saver_that_acknowledges_what_was_refused_is_caught() {
    let outcome = inject_all(&[Act::DeafSaver], 40, &|fault| fault.call == "pwrite64");
    let lost = |wrong: &&String| wrong.contains("is not there as it was saved");
    assert!(outcome.wrong.iter().filter(lost).count() > 10, "{outcome:?}");
    caught("calls", "a saver that goes on after a refusal");
}

/// The control: a review file that is written under its own name.
#[test]
fn an_export_that_is_half_under_its_name_is_caught() {
    let outcome = inject_all(&[Act::DirectExport], 40, &|fault| fault.call == "write");
    let half = |wrong: &String| wrong.contains("an exported file of 0 bytes");
    assert!(outcome.wrong.iter().any(half), "{outcome:?}");
}
