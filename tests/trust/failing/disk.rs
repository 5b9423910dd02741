//! A disk as a power cut sees it: what has been synced is on it; of the rest anything may be.
//!
//! Two file systems are modelled.
//! - [`Model::Journal`], as ext4 with its usual settings: names change in the order in which they were changed, so a cut
//!   keeps the first so many changes of names; syncing a folder keeps all of them until then, syncing a new file all until
//!   its making.
//! - [`Model::Strict`], as little as POSIX promises: each change of a name may be kept or not, whatever came before or
//!   after; only syncing the very folder keeps the changes in it. Not even a file's own name is kept by syncing the file.
//!
//! In both, what was written to a file since its last sync may be kept in any part, sector by sector, in any order; a change
//! of its length, too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// One step that was recorded.
#[derive(Debug, Clone)]
pub(super) enum Op {
    Create {
        path: PathBuf,
    },
    Write {
        file: usize,
        at: u64,
        bytes: Vec<u8>,
    },
    Resize {
        file: usize,
        length: u64,
    },
    Sync {
        file: usize,
    },
    SyncFailed {
        file: usize,
    },
    Move {
        from: PathBuf,
        to: PathBuf,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    Remove {
        path: PathBuf,
    },
    Folder {
        path: PathBuf,
    },
    /// A promise, not a change.
    Said(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    Journal,
    Strict,
}

/// What becomes of that which a sync should have written that answered with an error. Linux takes the pages for clean: they
/// may be on the disk or not, and no later sync writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FailedSync {
    Lost,
    Pending,
}

/// A write or a new length that is not synced yet; the number says when it was made.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Bytes { number: u64, at: u64, bytes: Vec<u8> },
    Length { number: u64, length: u64 },
}

impl Piece {
    pub(super) fn number(&self) -> u64 {
        match self {
            Self::Bytes { number, .. } | Self::Length { number, .. } => *number,
        }
    }

    pub(super) fn apply(&self, file: &mut Vec<u8>) {
        match self {
            Self::Bytes { at, bytes, .. } => put(file, *at, bytes),
            Self::Length { length, .. } => file.resize(usize::try_from(*length).unwrap(), 0),
        }
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    is_folder: bool,
    live: Vec<u8>,
    kept: Vec<u8>,
    pub(super) pending: Vec<Piece>,
}

/// A change of names that no sync has made last yet. Those of one rename are kept together.
#[derive(Debug, Clone)]
pub(super) struct Naming {
    pub(super) sets: Vec<(PathBuf, Option<usize>)>,
}

/// Contents by path; none for a folder.
pub(super) type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

#[derive(Debug, Clone)]
pub(super) struct Disk {
    pub(super) model: Model,
    pub(super) failed_sync: FailedSync,
    pub(super) nodes: Vec<Node>,
    names: BTreeMap<PathBuf, usize>,
    kept_names: BTreeMap<PathBuf, usize>,
    pub(super) pending_names: Vec<Naming>,
    number: u64,
}

impl Disk {
    /// A disk on which all that is below a folder has been for long.
    pub(super) fn of(root: &Path) -> Self {
        let mut disk = Self {
            model: Model::Strict,
            failed_sync: FailedSync::Pending,
            nodes: Vec::new(),
            names: BTreeMap::new(),
            kept_names: BTreeMap::new(),
            pending_names: Vec::new(),
            number: 0,
        };
        disk.read(root, root);
        disk.kept_names.clone_from(&disk.names);
        disk
    }

    fn read(&mut self, root: &Path, path: &Path) {
        if is_passing(path) {
            return;
        }
        let is_folder = path.is_dir();
        let bytes = if is_folder {
            Vec::new()
        } else {
            fs::read(path).unwrap()
        };
        let name = path.strip_prefix(root).unwrap().to_owned();
        self.names.insert(name, self.nodes.len());
        self.nodes.push(Node {
            is_folder,
            live: bytes.clone(),
            kept: bytes,
            pending: Vec::new(),
        });
        if is_folder {
            let mut inside: Vec<_> = fs::read_dir(path)
                .unwrap()
                .map(|file| file.unwrap().path())
                .collect();
            inside.sort();
            for file in inside {
                self.read(root, &file);
            }
        }
    }

    pub(super) fn file(&self, path: &Path) -> Option<usize> {
        self.names.get(path).copied()
    }

    pub(super) fn length(&self, file: usize) -> usize {
        self.nodes[file].live.len()
    }

    pub(super) fn bytes(&self, file: usize, at: u64, length: u64) -> Vec<u8> {
        let at = usize::try_from(at).unwrap();
        self.nodes[file].live[at..at + usize::try_from(length).unwrap()].to_vec()
    }

    /// What processes see.
    pub(super) fn live(&self) -> Tree {
        let content = |node: &Node| (!node.is_folder).then(|| node.live.clone());
        self.names
            .iter()
            .map(|(path, node)| (path.clone(), content(&self.nodes[*node])))
            .collect()
    }

    pub(super) fn apply(&mut self, op: &Op) {
        self.number += 1;
        let number = self.number;
        match op {
            Op::Said(_) => {}
            Op::Create { path } => self.make(path, false),
            Op::Folder { path } => self.make(path, true),
            Op::Write { file, at, bytes } => {
                let node = &mut self.nodes[*file];
                put(&mut node.live, *at, bytes);
                node.pending.push(Piece::Bytes {
                    number,
                    at: *at,
                    bytes: bytes.clone(),
                });
            }
            Op::Resize { file, length } => {
                let node = &mut self.nodes[*file];
                node.live.resize(usize::try_from(*length).unwrap(), 0);
                node.pending.push(Piece::Length {
                    number,
                    length: *length,
                });
            }
            Op::Sync { file } => self.sync(*file),
            Op::SyncFailed { file } => {
                if self.failed_sync == FailedSync::Lost {
                    self.nodes[*file].pending.clear();
                }
            }
            Op::Move { from, to } => {
                let node = self.names[from];
                self.name(vec![(from.clone(), None), (to.clone(), Some(node))]);
            }
            Op::Link { from, to } => {
                let node = self.names[from];
                self.name(vec![(to.clone(), Some(node))]);
            }
            Op::Remove { path } => self.name(vec![(path.clone(), None)]),
        }
    }

    fn make(&mut self, path: &Path, is_folder: bool) {
        self.nodes.push(Node {
            is_folder,
            ..Node::default()
        });
        self.name(vec![(path.to_owned(), Some(self.nodes.len() - 1))]);
    }

    fn name(&mut self, sets: Vec<(PathBuf, Option<usize>)>) {
        let naming = Naming { sets };
        naming.apply(&mut self.names);
        self.pending_names.push(naming);
    }

    fn sync(&mut self, file: usize) {
        let node = &mut self.nodes[file];
        for piece in std::mem::take(&mut node.pending) {
            piece.apply(&mut node.kept);
        }
        let is_folder = node.is_folder;
        let pending = std::mem::take(&mut self.pending_names);
        let last_kept = match self.model {
            Model::Journal if is_folder => Some(pending.len()),
            Model::Journal => pending
                .iter()
                .rposition(|naming| naming.makes(file))
                .map(|at| at + 1),
            Model::Strict => None,
        };
        let folder = self
            .names
            .iter()
            .find(|(_, node)| **node == file)
            .map(|(path, _)| path.clone());
        for (at, naming) in pending.into_iter().enumerate() {
            let in_folder = is_folder && folder.as_deref().is_some_and(|folder| naming.is_in(folder));
            if in_folder || last_kept.is_some_and(|last| at < last) {
                naming.apply(&mut self.kept_names);
            } else {
                self.pending_names.push(naming);
            }
        }
    }

    /// What is found after the power comes back, if these changes of names were kept, and these pieces, besides all that
    /// was synced.
    pub(super) fn after_cut(&self, names: &[bool], pieces: &mut dyn FnMut(&Piece, &mut Vec<u8>)) -> Tree {
        let mut kept = self.kept_names.clone();
        for (naming, keep) in self.pending_names.iter().zip(names) {
            if *keep {
                naming.apply(&mut kept);
            }
        }
        let mut tree = Tree::new();
        for (path, node) in &kept {
            // What lies in a folder that is not there cannot be reached.
            let reachable = path.ancestors().skip(1).all(|folder| kept.contains_key(folder));
            if reachable {
                let node = &self.nodes[*node];
                let mut bytes = node.kept.clone();
                for piece in &node.pending {
                    pieces(piece, &mut bytes);
                }
                tree.insert(path.clone(), (!node.is_folder).then_some(bytes));
            }
        }
        tree
    }
}

impl Naming {
    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        for (path, node) in &self.sets {
            match node {
                Some(node) => names.insert(path.clone(), *node),
                None => names.remove(path),
            };
        }
    }

    fn makes(&self, file: usize) -> bool {
        self.sets.len() == 1 && self.sets[0].1 == Some(file)
    }

    fn is_in(&self, folder: &Path) -> bool {
        self.sets.iter().any(|(path, _)| path.parent() == Some(folder))
    }
}

/// Which process has the place says nothing about the records, and would only make the same states look different.
pub(super) fn is_passing(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "lock" || end == "pid")
}

/// Writes into a file's bytes, which grow as a file does.
pub(super) fn put(file: &mut Vec<u8>, at: u64, bytes: &[u8]) {
    let at = usize::try_from(at).unwrap();
    if file.len() < at + bytes.len() {
        file.resize(at + bytes.len(), 0);
    }
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

/// Puts a tree into an empty folder.
pub(super) fn lay_out(tree: &Tree, root: &Path) {
    for (path, content) in tree {
        let path = root.join(path);
        match content {
            None => fs::create_dir(path).unwrap(),
            Some(bytes) => fs::write(path, bytes).unwrap(),
        }
    }
}
