//! Many files at once: which of a log's files counts, what others say against it, and that nothing is taken on trust.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use tempfile::TempDir;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::rollup::{Line, Outcome, RollUp, Standing};
use xiaxiangzhi_store::Store;
use xiaxiangzhi_store::rollup::{Stop, contested, find_review_files, roll_up};

use crate::store::{fresh, opened};
use crate::support::{day, evening, posting_id};

/// A posting that grows by a day with each export.
struct Growing {
    _dir: TempDir,
    store: Store,
    days: u32,
}

impl Growing {
    fn new() -> Self {
        let (dir, store) = opened();
        Self {
            _dir: dir,
            store,
            days: 0,
        }
    }

    fn export(&mut self) -> Vec<u8> {
        self.days += 1;
        let date = format!("2026-01-{:02}", 4 + self.days);
        let change = fresh(Entity::Day, &date, day("门诊", u64::from(self.days)));
        self.store.save(posting_id(), &[change], evening(5)).unwrap();
        let as_of = NaiveDate::from_ymd_opt(2026, 4, 6).unwrap();
        let exported = self.store.export_review_file(posting_id(), as_of, evening(20));
        exported.unwrap().bytes
    }
}

fn rolled_up(folder: &Path, office: Option<&Store>) -> RollUp {
    let files = find_review_files(&[folder.to_owned()]).files;
    let judge = |file: &_| office.and_then(|office| office.against_received(file).unwrap());
    let mut lines = Vec::new();
    roll_up(&files, &judge, &Stop::default(), &mut |line, _| {
        lines.push(line.into());
        true
    });
    RollUp::new(lines, &|contest, lines| {
        let newest = &lines[contest.newest];
        contested(contest, Path::new(&*newest.path), newest.sha256)
    })
}

/// Verdict and standing of each file, by name.
fn told(rollup: &RollUp) -> Vec<(String, &'static str, Standing)> {
    let lines = rollup.lines().iter().enumerate();
    lines
        .map(|(at, line)| (line.file_name().to_owned(), line.verdict, rollup.standing(at)))
        .collect()
}

const COUNTED: Standing = Standing::Counted { several_logs: false };

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn of_a_log_that_grows_the_newest_counts_whatever_the_names_say() {
    let mut growing = Growing::new();
    let (first, second, third) = (growing.export(), growing.export(), growing.export());
    let folder = folder(&[
        ("a.xxz", &third),
        ("b.xxz", &first),
        ("c.xxz", &second),
        ("d.xxz", &third),
    ]);
    let rollup = rolled_up(folder.path(), None);
    let expected = [
        ("a.xxz", "genuine", COUNTED),
        ("b.xxz", "genuine", Standing::Superseded(0)),
        ("c.xxz", "genuine", Standing::Superseded(0)),
        ("d.xxz", "genuine", Standing::Duplicate(0)),
    ];
    let expected = expected.map(|(name, verdict, standing)| (name.to_owned(), verdict, standing));
    assert_eq!(told(&rollup), expected);
    assert_eq!(rollup.sums().money.people, 1);
    assert_eq!((rollup.sums().set_aside, rollup.sums().files), (3, 4));
}

#[test]
fn files_of_one_log_that_contradict_one_another_count_neither() {
    let (mut one, mut other) = (Growing::new(), Growing::new());
    let mut longer = other.export();
    for _ in 0..3 {
        longer = other.export();
    }
    // The same posting, begun on two computers: other keys, other chains.
    let folder = folder(&[("one.xxz", &one.export()), ("other.xxz", &longer)]);
    let rollup = rolled_up(folder.path(), None);
    let standings: Vec<Standing> = told(&rollup).into_iter().map(|(.., standing)| standing).collect();
    assert_eq!(standings, [Standing::Disputed, Standing::Disputed]);
    assert_eq!(rollup.sums().money.payable_fen, 0);
    assert_eq!(rollup.outcome(0), Outcome::AtFault);
}

#[test]
fn what_was_received_before_is_consulted_and_nothing_is_remembered() {
    let mut growing = Growing::new();
    let (first, second) = (growing.export(), growing.export());
    let office_dir = tempfile::tempdir().unwrap();
    let office = Store::open(office_dir.path()).unwrap();
    office.receive(&second, "二月.xxz", evening(21)).unwrap();
    let folder = folder(&[("earlier.xxz", &first)]);
    let rollup = rolled_up(folder.path(), Some(&office));
    assert_eq!(
        told(&rollup),
        [("earlier.xxz".to_owned(), "older", Standing::Refused)]
    );
    let reason = rollup.lines()[0].reason.as_ref().unwrap();
    assert!(reason.zh.contains('旧') && !reason.en.is_empty());
    assert_eq!(office.received_files().unwrap().len(), 1);
    // It still says whose it is: somebody has to be asked for a newer one.
    let row = rollup.row(0, Language::Chinese).unwrap();
    assert_eq!(row.file.physician.as_deref(), Some("李晓梅"));
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_believed() {
    let mut growing = Growing::new();
    let (first, second) = (growing.export(), growing.export());
    let folder = folder(&[("1.xxz", &first), ("2.xxz", &second)]);
    let files = find_review_files(&[folder.path().to_owned()]).files;
    let mut lines = Vec::new();
    roll_up(&files, &|_| None, &Stop::default(), &mut |line, _| {
        lines.push(line.into());
        true
    });
    fs::write(folder.path().join("2.xxz"), &first).unwrap();
    let rollup = RollUp::new(lines, &|contest, lines| {
        let newest = &lines[contest.newest];
        contested(contest, Path::new(&*newest.path), newest.sha256)
    });
    assert_eq!(rollup.standing(1), Standing::Disputed);
}

#[test]
fn lines_come_in_the_order_of_their_paths_and_stop_when_asked() {
    let folder = folder(&[]);
    for n in 0..200 {
        fs::write(folder.path().join(format!("{n:03}.xxz")), n.to_string()).unwrap();
    }
    let files = find_review_files(&[folder.path().to_owned()]).files;
    let mut names = Vec::new();
    roll_up(
        &files,
        &|_| None,
        &Stop::default(),
        &mut |line: Line, progress| {
            assert_eq!((progress.done, progress.all), (names.len() + 1, 200));
            names.push(PathBuf::from(&*line.path));
            true
        },
    );
    assert_eq!(names, files);
    let mut taken = 0;
    roll_up(&files, &|_| None, &Stop::default(), &mut |_, _| {
        taken += 1;
        taken < 20
    });
    assert_eq!(taken, 20);
}

#[test]
fn folders_are_searched_by_name_and_by_content_and_links_to_folders_are_not_followed() {
    let bytes = Growing::new().export();
    let folder = folder(&[
        ("b.xxz", &bytes),
        ("a.XXZ", &bytes),
        ("c.xxz(1)", &bytes),
        ("lost its name", &bytes),
        ("._d.xxz", b"left by another system"),
        ("notes.txt", b"not ours"),
    ]);
    fs::create_dir(folder.path().join("within")).unwrap();
    fs::write(folder.path().join("within/e.xxz"), &bytes).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("within/loop")).unwrap();
    let found = find_review_files(&[folder.path().to_owned()]);
    let names: Vec<String> = found
        .files
        .iter()
        .map(|path| {
            path.strip_prefix(folder.path())
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(
        names,
        ["a.XXZ", "b.xxz", "c.xxz(1)", "lost its name", "within/e.xxz"]
    );
    assert_eq!(found.unreadable.len(), 0);
    let missing = find_review_files(&[folder.path().join("nowhere")]);
    assert_eq!((missing.files.len(), missing.unreadable.len()), (0, 1));
}
