//! What an act did to the disk, recorded from its system calls, with all the data.

use std::collections::HashMap;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use crate::child::Running;
use crate::failing::actor::{Act, command};
use crate::failing::disk::{Disk, Op, is_passing};
use crate::failing::places::prepare;
use crate::failing::trace::{Call, calls};
use crate::support::memory_dir;

/// Everything that can change a file or a folder, or make such a change last.
const CALLS: &str = "trace=open,openat,creat,write,writev,pwrite64,pwritev,ftruncate,truncate,fallocate,rename,renameat,\
                     renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,fsync,fdatasync,\
                     sync_file_range,msync,copy_file_range,sendfile,lseek,dup,dup2,dup3,ftruncate64,read";

/// An act from its beginning to its end.
pub(super) struct Recording {
    /// The disk before it.
    pub(super) before: Disk,
    pub(super) ops: Vec<Op>,
}

/// Runs an act under strace. What is recorded must lead to what is on the disk in the end, or the recorder has missed
/// something. `inject` lets strace do harm meanwhile.
pub(super) fn record(act: Act, inject: &[&str]) -> Recording {
    let place = memory_dir();
    let root = place.path().join("root");
    prepare(act, &root);
    let before = Disk::of(&root);
    let trace = place.path().join("trace");
    let mut strace = vec![
        "strace",
        "-f",
        "--seccomp-bpf",
        "-xx",
        "-s",
        "4000000",
        "-e",
        CALLS,
    ];
    strace.extend_from_slice(inject);
    strace.extend_from_slice(&["-o", trace.to_str().unwrap()]);
    let mut running = Running::start(command(&strace, act, &root));
    let mut said = Vec::new();
    said.extend(std::iter::from_fn(|| running.said()));
    assert!(
        running.child.wait().unwrap().success(),
        "{act:?} under strace (package `strace`) must end well: {said:?}"
    );
    assert_eq!(said.last().map(String::as_str), Some("end"));
    let text = std::fs::read_to_string(&trace).unwrap();
    let mut reader = Reader {
        root: &root,
        disk: before.clone(),
        files: HashMap::new(),
        ops: Vec::new(),
    };
    for call in calls(&text) {
        reader.take(&call);
    }
    assert!(
        reader.disk.live() == Disk::of(&root).live(),
        "the recording of {act:?} does not lead to what is on the disk"
    );
    Recording {
        before,
        ops: reader.ops,
    }
}

/// A file that the process has open.
#[derive(Clone, Copy)]
struct Handle {
    file: usize,
    position: u64,
}

struct Reader<'a> {
    root: &'a Path,
    disk: Disk,
    files: HashMap<u64, Handle>,
    ops: Vec<Op>,
}

impl Reader<'_> {
    fn op(&mut self, op: Op) {
        self.disk.apply(&op);
        self.ops.push(op);
    }

    /// A path below the root, relative to it.
    fn path(&self, call: &Call, at: usize) -> Option<PathBuf> {
        let path = PathBuf::from(std::ffi::OsString::from_vec(call.bytes(at)));
        let path = path.strip_prefix(self.root).ok()?;
        (!is_passing(path)).then(|| path.to_owned())
    }

    fn take(&mut self, call: &Call) {
        let failed_sync = call.name.ends_with("sync") && call.answer.is_none();
        if failed_sync {
            if let Some(handle) = self.handle(call, 0) {
                self.op(Op::SyncFailed { file: handle.file });
            }
            return;
        }
        let Some(answer) = call.answer else { return };
        match call.name.as_str() {
            "openat" => self.open(call, answer),
            "write" if call.number(0) == Some(1) => {
                let words = String::from_utf8(call.bytes(1)).unwrap();
                if let Some((_, words)) = words.trim_end().split_once("@@") {
                    self.op(Op::Said(words.to_owned()));
                }
            }
            "write" => self.write(call, answer),
            "pwrite64" => {
                if let Some(handle) = self.handle(call, 0) {
                    let mut bytes = call.bytes(1);
                    bytes.truncate(usize::try_from(answer).unwrap());
                    let at = call.number(3).unwrap();
                    self.op(Op::Write {
                        file: handle.file,
                        at,
                        bytes,
                    });
                }
            }
            "read" => {
                if let Some(handle) = self.files.get_mut(&call.number(0).unwrap()) {
                    handle.position += answer;
                }
            }
            "lseek" => {
                if let Some(handle) = self.files.get_mut(&call.number(0).unwrap()) {
                    handle.position = answer;
                }
            }
            "copy_file_range" => self.copy(call, answer),
            "ftruncate" => {
                if let Some(handle) = self.handle(call, 0) {
                    let length = call.number(1).unwrap();
                    self.op(Op::Resize {
                        file: handle.file,
                        length,
                    });
                }
            }
            "fsync" | "fdatasync" => {
                if let Some(handle) = self.handle(call, 0) {
                    self.op(Op::Sync { file: handle.file });
                }
            }
            "rename" => self.two_names(call, |from, to| Op::Move { from, to }),
            "link" => self.two_names(call, |from, to| Op::Link { from, to }),
            "linkat" => {
                let names = (self.path(call, 1), self.path(call, 3));
                if let (Some(from), Some(to)) = names {
                    self.op(Op::Link { from, to });
                }
            }
            "unlink" => {
                if let Some(path) = self.path(call, 0) {
                    self.op(Op::Remove { path });
                }
            }
            "mkdir" => {
                if let Some(path) = self.path(call, 0) {
                    self.op(Op::Folder { path });
                }
            }
            other => {
                let ours = self.handle(call, 0).is_some() || format!("{call:?}").contains("xiaxiangzhi");
                assert!(!ours, "the recorder does not know {other}");
            }
        }
    }

    fn handle(&self, call: &Call, at: usize) -> Option<Handle> {
        self.files.get(&call.number(at)?).copied()
    }

    fn open(&mut self, call: &Call, answer: u64) {
        self.files.remove(&answer);
        let Some(path) = self.path(call, 1) else { return };
        let flags = call.words(2).to_owned();
        assert!(!flags.contains("O_APPEND"), "the recorder does not know O_APPEND");
        if self.disk.file(&path).is_none() && flags.contains("O_CREAT") {
            self.op(Op::Create { path: path.clone() });
        }
        // A folder is a node like a file; only its syncs matter.
        let Some(file) = self.disk.file(&path) else { return };
        if flags.contains("O_TRUNC") && self.disk.length(file) > 0 {
            self.op(Op::Resize { file, length: 0 });
        }
        self.files.insert(answer, Handle { file, position: 0 });
    }

    fn write(&mut self, call: &Call, answer: u64) {
        let Some(handle) = self.files.get_mut(&call.number(0).unwrap()) else {
            return;
        };
        let (file, at) = (handle.file, handle.position);
        handle.position += answer;
        let mut bytes = call.bytes(1);
        bytes.truncate(usize::try_from(answer).unwrap());
        self.op(Op::Write { file, at, bytes });
    }

    fn copy(&mut self, call: &Call, answer: u64) {
        assert_eq!(
            (call.words(1), call.words(3)),
            ("NULL", "NULL"),
            "positions are the handles'"
        );
        let (from, to) = (call.number(0).unwrap(), call.number(2).unwrap());
        let source = self.files.get_mut(&from).map(|source| {
            let at = source.position;
            source.position += answer;
            (source.file, at)
        });
        let Some(target) = self.files.get_mut(&to) else {
            return;
        };
        let at = target.position;
        target.position += answer;
        let file = target.file;
        if answer > 0 {
            let (source, begin) = source.expect("what is copied into our files is ours");
            let bytes = self.disk.bytes(source, begin, answer);
            self.op(Op::Write { file, at, bytes });
        }
    }

    fn two_names(&mut self, call: &Call, op: impl Fn(PathBuf, PathBuf) -> Op) {
        match (self.path(call, 0), self.path(call, 1)) {
            (Some(from), Some(to)) => self.op(op(from, to)),
            (None, None) => {}
            one => panic!("{} leads out of the recorded place: {one:?}", call.name),
        }
    }
}
