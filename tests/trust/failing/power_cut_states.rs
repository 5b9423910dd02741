//! The states in which a power cut may leave the disk, and how many of them break a promise.

use std::collections::HashSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use xiaxiangzhi_core::log::{Digest, sha256};

use crate::failing::actor::Act;
use crate::failing::disk::{Disk, FailedSync, Model, Op, Piece, Tree, lay_out, put};
use crate::failing::judge::{all_in_order, promises_kept};
use crate::failing::recorder::Recording;
use crate::support::{Dice, memory_dir};

/// The unit a disk writes wholly or not at all.
const SECTOR: u64 = 512;
/// One state in so many is checked to the last page; that takes long.
const CHECKED: usize = 16;

/// What came of the power cuts in one recording.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Different states that were judged, each with what had been promised by then.
    pub(super) states: usize,
    /// How many broke a promise.
    pub(super) broken: usize,
    /// The first of them.
    pub(super) first: Option<String>,
}

/// Cuts the power before every step of a recording and judges about so many states in all.
pub(super) fn cut_everywhere(
    act: Act,
    recording: &Recording,
    states: usize,
    models: &[(Model, FailedSync)],
) -> Outcome {
    cut_from(0, act, recording, states, models)
}

/// As [`cut_everywhere`], but before no earlier step than this.
pub(super) fn cut_from(
    first: usize,
    act: Act,
    recording: &Recording,
    states: usize,
    models: &[(Model, FailedSync)],
) -> Outcome {
    let place = memory_dir();
    let mut cutting = Cutting {
        act,
        first,
        root: place.path().join("root"),
        judged: HashSet::new(),
        outcome: Outcome::default(),
    };
    let changes = recording.ops[first..]
        .iter()
        .filter(|op| !is_promise(Some(op)))
        .count();
    let cuts = (changes + 1) * models.len();
    // Where little is pending there are few states: what is missing is made up for elsewhere, in further rounds.
    let least = if first == 0 { 4 } else { 2 };
    for round in 0..8 {
        let missing = states.saturating_sub(cutting.judged.len());
        if missing > 0 {
            for model in models {
                cutting.play(recording, *model, round, missing.div_ceil(cuts).max(least));
            }
        }
    }
    cutting.outcome.states = cutting.judged.len();
    cutting.outcome
}

struct Cutting {
    act: Act,
    first: usize,
    root: PathBuf,
    judged: HashSet<Digest>,
    outcome: Outcome,
}

impl Cutting {
    fn play(&mut self, recording: &Recording, model: (Model, FailedSync), round: usize, each: usize) {
        let mut disk = recording.before.clone();
        (disk.model, disk.failed_sync) = model;
        let mut said = Vec::new();
        for (step, op) in recording.ops.iter().map(Some).chain([None]).enumerate() {
            if step >= self.first && !is_promise(op) {
                let mut dice = Dice::of((step * 8 + round) as u64);
                let mut found = 0;
                for attempt in round * 4..round * 4 + each * 4 {
                    let tree = after_cut(&disk, attempt, &mut dice);
                    if self.judged.insert(digest(&tree, said.len())) {
                        self.judge(&tree, &said, &|| {
                            format!("{model:?}, before step {step} ({}), attempt {attempt}", name(op))
                        });
                        found += 1;
                    }
                    if found == each {
                        break;
                    }
                }
            }
            match op {
                Some(Op::Said(words)) => said.push(words.clone()),
                Some(op) => disk.apply(op),
                None => {}
            }
        }
    }

    fn judge(&mut self, tree: &Tree, said: &[String], cut: &dyn Fn() -> String) {
        lay_out(tree, &self.root);
        let judge = if self.judged.len().is_multiple_of(CHECKED) {
            all_in_order
        } else {
            promises_kept
        };
        if let Err(fault) = judge(self.act, &self.root, said) {
            self.outcome.broken += 1;
            let left: Vec<_> = tree.keys().collect();
            let first = &mut self.outcome.first;
            first.get_or_insert_with(|| format!("{}: {fault}; {left:?}", cut()));
        }
        fs::remove_dir_all(&self.root).unwrap();
    }
}

/// A promise comes after what it promises and before the next change: a cut in between is the cut before that change.
fn is_promise(op: Option<&Op>) -> bool {
    matches!(op, Some(Op::Said(_)))
}

fn name(op: Option<&Op>) -> String {
    let whole = op.map_or_else(|| "the end".to_owned(), |op| format!("{op:?}"));
    whole.chars().take(60).collect()
}

/// What a state is known by. By SHA-256, which is compiled to be fast even where the tests are not.
fn digest(tree: &Tree, said: usize) -> Digest {
    let mut told = said.to_le_bytes().to_vec();
    for (path, content) in tree {
        told.extend(path.to_string_lossy().bytes());
        told.extend(content.as_ref().map_or([0; 32], |bytes| sha256(bytes)));
    }
    sha256(&told)
}

/// Which of the pieces a cut kept.
#[derive(Debug, Clone, Copy)]
enum Kept {
    None,
    All,
    /// Those made before this one.
    Before(u64),
    /// Those made before this one, and it in part.
    BeforeAndTorn(u64),
    Only(u64),
    AllBut(u64),
    /// Each with a chance of so many in eight.
    Some(u64),
    /// Each sector with a chance of so many in eight.
    Sectors(u64),
}

/// One state: the first few attempts are the plain ones, the others are drawn.
fn after_cut(disk: &Disk, attempt: usize, dice: &mut Dice) -> Tree {
    let mut numbers: Vec<u64> = disk
        .nodes
        .iter()
        .flat_map(|node| node.pending.iter().map(Piece::number))
        .collect();
    numbers.sort_unstable();
    let count = disk.pending_names.len();
    let any = |dice: &mut Dice| {
        if numbers.is_empty() {
            0
        } else {
            numbers[dice.index(numbers.len())]
        }
    };
    let chance = |dice: &mut Dice| [1, 4, 7][dice.index(3)];
    let kept = match attempt {
        0 | 2 => Kept::None,
        1 | 3 => Kept::All,
        // Torn writes make the most states, so the further rounds are theirs.
        _ => match dice.index(8 + attempt / 2) {
            0 => Kept::None,
            1 => Kept::All,
            2 => Kept::Before(any(dice)),
            3 => Kept::BeforeAndTorn(any(dice)),
            4 => Kept::Only(any(dice)),
            5 => Kept::AllBut(any(dice)),
            6 => Kept::Some(chance(dice)),
            _ => Kept::Sectors(chance(dice)),
        },
    };
    let names: Vec<bool> = match (attempt, disk.model) {
        (0 | 3, _) => vec![false; count],
        (1 | 2, _) => vec![true; count],
        (_, Model::Journal) => {
            let first = dice.index(count + 1);
            (0..count).map(|at| at < first).collect()
        }
        (_, Model::Strict) => {
            let of_eight = chance(dice);
            (0..count)
                .map(|_| dice.index(8) < usize::try_from(of_eight).unwrap())
                .collect()
        }
    };
    let seed = dice.number();
    disk.after_cut(&names, &mut |piece, file| keep(kept, seed, piece, file))
}

fn keep(kept: Kept, seed: u64, piece: &Piece, file: &mut Vec<u8>) {
    let number = piece.number();
    let whole = match kept {
        Kept::None => false,
        Kept::All => true,
        Kept::Before(last) => number < last,
        Kept::BeforeAndTorn(last) if number != last => number < last,
        Kept::Only(one) => number == one,
        Kept::AllBut(one) => number != one,
        Kept::Some(chance) => coin(seed, number, 0, chance),
        Kept::BeforeAndTorn(_) => return torn(seed, 4, piece, file),
        Kept::Sectors(chance) => return torn(seed, chance, piece, file),
    };
    if whole {
        piece.apply(file);
    }
}

fn torn(seed: u64, chance: u64, piece: &Piece, file: &mut Vec<u8>) {
    let Piece::Bytes { number, at, bytes } = piece else {
        if coin(seed, piece.number(), 0, chance) {
            piece.apply(file);
        }
        return;
    };
    let end = at + bytes.len() as u64;
    let mut from = *at;
    while from < end {
        let to = ((from / SECTOR + 1) * SECTOR).min(end);
        if coin(seed, *number, from / SECTOR, chance) {
            let part = |place: u64| usize::try_from(place - at).unwrap();
            put(file, from, &bytes[part(from)..part(to)]);
        }
        from = to;
    }
}

/// The same for the same piece at every look: a file may have two names.
fn coin(seed: u64, number: u64, sector: u64, chance: u64) -> bool {
    let mut hasher = DefaultHasher::new();
    (seed, number, sector).hash(&mut hasher);
    hasher.finish() % 8 < chance
}
