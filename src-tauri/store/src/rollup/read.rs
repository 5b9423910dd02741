//! Reading and judging on every core.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

use xiaxiangzhi_core::language::Label;
use xiaxiangzhi_core::log::{Digest, sha256};
use xiaxiangzhi_core::reviewfile::{MAX_FILE_BYTES, ReviewFile, Verdict, against_pins, open, verify};
use xiaxiangzhi_core::rollup::{Contest, Line, Schemes};

/// Lines that may wait for the one that takes them.
const WAITING: usize = 256;
/// Above this a file is read while no other such file is: two at once would take too much memory on an old PC.
const LARGE: u64 = 16 * 1024 * 1024;

/// What speaks against a file besides what it says itself, such as pins; none where nothing does.
pub type Judge<'a> = dyn Fn(&ReviewFile) -> Option<Verdict> + Sync + 'a;

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files judged.
    pub done: usize,
    /// Files there are.
    pub all: usize,
}

/// Somebody wants no more of it.
#[derive(Debug, Default)]
pub struct Stop(AtomicBool);

impl Stop {
    /// No further file is begun.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Judges files on every core and hands over a line each, in their order. Ends early, with the lines so far, if it is stopped
/// or `take` answers that it wants no more.
pub fn roll_up(
    files: &[PathBuf],
    judge: &Judge<'_>,
    stop: &Stop,
    take: &mut dyn FnMut(Line, Progress) -> bool,
) {
    let workers = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(files.len());
    let next = AtomicUsize::new(0);
    let large = Mutex::new(());
    thread::scope(|scope| {
        let (send, received) = mpsc::sync_channel(WAITING);
        for _ in 0..workers {
            let send = send.clone();
            let (next, large) = (&next, &large);
            scope.spawn(move || {
                let mut reader = Reader::new(large);
                while !stop.is_stopped() {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = files.get(at) else { return };
                    if send.send((at, reader.line(path, judge))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        // A file that takes long is waited for, so that lines stand in order.
        let mut early = BTreeMap::new();
        let mut wanted = 0;
        'lines: for (at, line) in &received {
            early.insert(at, line);
            while let Some(line) = early.remove(&wanted) {
                wanted += 1;
                let progress = Progress {
                    done: wanted,
                    all: files.len(),
                };
                if !take(line, progress) {
                    stop.stop();
                    break 'lines;
                }
            }
        }
        // Whoever waits to hand over a line need not any more.
        drop(received);
    });
}

/// What speaks against the newest file of a log as a continuation of the others here: it is read once more. One that is not
/// what it was any longer is disputed, too.
pub fn contested(contest: &Contest, path: &Path, digest: Option<Digest>) -> Option<Verdict> {
    let fork = Verdict::Fork {
        n: contest.pins.iter().map(|pin| pin.n).min().unwrap_or_default(),
    };
    let mut bytes = Vec::new();
    if read_into(path, &mut bytes).is_err() || digest != Some(sha256(&bytes)) {
        return Some(fork);
    }
    let verification = verify(&bytes, None);
    let Some(file) = &verification.file else {
        return Some(fork);
    };
    against_pins(file, &contest.key, &contest.pins)
}

/// One worker's buffers.
struct Reader<'a> {
    bytes: Vec<u8>,
    schemes: Schemes,
    large: &'a Mutex<()>,
}

impl<'a> Reader<'a> {
    fn new(large: &'a Mutex<()>) -> Self {
        Self {
            bytes: Vec::new(),
            schemes: Schemes::default(),
            large,
        }
    }

    fn line(&mut self, path: &Path, judge: &Judge<'_>) -> Line {
        let name = path.to_string_lossy();
        let _alone = self.alone_if_large(path);
        if let Err(error) = read_into(path, &mut self.bytes) {
            return Line::unreadable(&name, why(&error));
        }
        let mut verification = verify(&self.bytes, None);
        if let Verdict::OtherKind { .. } = verification.verdict {
            // One that only says it is of another kind is a file at fault, not one to pass over.
            if let Err(verdict) = open(&self.bytes) {
                verification.verdict = verdict;
            }
        } else if let Some(verdict) = verification.file.as_ref().and_then(judge) {
            verification.verdict = verdict;
        }
        let line = Line::of(&name, &self.bytes, &verification, &mut self.schemes);
        if self.bytes.capacity() as u64 > LARGE {
            self.bytes = Vec::new();
        }
        line
    }

    fn alone_if_large(&self, path: &Path) -> Option<MutexGuard<'a, ()>> {
        let is_large = std::fs::metadata(path).is_ok_and(|about| about.len() > LARGE);
        is_large.then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads a file, never more of it than a review file may have: `verify` says so of a longer one.
fn read_into(path: &Path, bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.clear();
    // A pipe or a device could keep this waiting for ever.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    File::open(path)?
        .take(MAX_FILE_BYTES as u64 + 1)
        .read_to_end(bytes)?;
    Ok(())
}

fn why(error: &io::Error) -> Label {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("没有这个文件或文件夹", "there is no such file or folder"),
        io::ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory => ("不是普通文件", "not a regular file"),
        _ => return label(&error.to_string(), &error.to_string()),
    };
    label(zh, en)
}

fn label(zh: &str, en: &str) -> Label {
    Label {
        zh: format!("读不了：{zh}"),
        en: format!("Cannot be read: {en}"),
    }
}

/// The line of a path that could not be looked into.
pub fn unreadable(path: &Path, error: &io::Error) -> Line {
    Line::unreadable(&path.to_string_lossy(), why(error))
}
