//! The tests' second process: this same test program, started again with one test chosen, so that it can be killed,
//! traced, or given a poor place to live.
//!
//! What it does is named by an environment variable; without that the test below does nothing.

use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use uuid::Uuid;
use xiaxiangzhi_core::log::{Change, Entity};
use xiaxiangzhi_store::Store;

use crate::support::{change, day, evening, posting_id};

const ROLE: &str = "XIAXIANGZHI_TRUST_ROLE";
const DIR: &str = "XIAXIANGZHI_TRUST_DIR";
const FROM: &str = "XIAXIANGZHI_TRUST_FROM";

/// What the second process is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Save entry after entry and acknowledge each when it is saved.
    Save,
    /// The control: acknowledge before saving.
    AcknowledgeFirst,
    /// Save sixty entries, then end.
    SaveSome,
    /// The control: keep a draft and save, so two syncs for one acknowledgement.
    SaveTwice,
    /// Keep sixty drafts and commit each.
    CommitDrafts,
    /// Hold the database until killed.
    Hold,
    /// Open only, and say how that went.
    Open,
    /// Save until it fails, and look at what is left.
    FillDisk,
}

impl Role {
    const ALL: [Self; 8] = [
        Self::Save,
        Self::AcknowledgeFirst,
        Self::SaveSome,
        Self::SaveTwice,
        Self::CommitDrafts,
        Self::Hold,
        Self::Open,
        Self::FillDisk,
    ];
}

/// The command that starts the second process. `program` goes before it, such as a tracer.
pub(crate) fn command(program: &[&str], executable: &Path, role: Role, dir: &Path, from: u64) -> Command {
    let mut words: Vec<_> = program.iter().map(std::ffi::OsString::from).collect();
    words.push(executable.into());
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).args([
        "--exact",
        "child::second_process",
        "--nocapture",
        "--test-threads=1",
    ]);
    command
        .env(ROLE, format!("{role:?}"))
        .env(DIR, dir)
        .env(FROM, from.to_string());
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .stdin(Stdio::piped());
    command
}

/// This test program.
pub(crate) fn executable() -> std::path::PathBuf {
    std::env::current_exe().unwrap()
}

/// A second process under way.
pub(crate) struct Running {
    pub(crate) child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next thing it says; none when it has ended. What the test harness itself prints is passed over.
    pub(crate) fn said(&mut self) -> Option<String> {
        self.lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("@@").map(|(_, said)| said.to_owned()))
    }
}

/// Entry number `number`: its id is always the same, so the same entry can be offered again after a kill.
pub(crate) fn entry(number: u64) -> Change {
    let id = Uuid::from_u128(0x0199_eeee_0000_7000_8000_0000_0000_0000 | u128::from(number));
    change(
        id,
        Entity::Day,
        &date(number),
        day(&format!("第{number}次保存，内科门诊"), number),
    )
}

/// Entries go round over four weeks.
pub(crate) fn date(number: u64) -> String {
    format!("2026-01-{:02}", 1 + number % 28)
}

/// Tells the test that started us; the pipe is the only thing printing is for here.
pub(crate) fn say(words: &str) {
    let mut out = std::io::stdout().lock();
    std::io::Write::write_all(&mut out, format!("@@{words}\n").as_bytes()).unwrap();
}

#[test]
fn second_process() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let dir = std::env::var(DIR).unwrap();
    let from: u64 = std::env::var(FROM).unwrap().parse().unwrap();
    let role = Role::ALL
        .into_iter()
        .find(|known| format!("{known:?}") == role)
        .unwrap();
    let store = match Store::open(Path::new(&dir)) {
        Ok(store) => store,
        Err(error) => return say(error.code()),
    };
    say("open");
    let save = |number: u64| store.save(posting_id(), &[entry(number)], evening(5));
    match role {
        Role::Open => {}
        Role::Save | Role::AcknowledgeFirst => {
            for number in from.. {
                if role == Role::AcknowledgeFirst {
                    say(&number.to_string());
                }
                save(number).unwrap();
                if role == Role::Save {
                    say(&number.to_string());
                }
            }
        }
        Role::SaveSome => {
            for number in 0..60 {
                save(number).unwrap();
                say(&number.to_string());
            }
        }
        Role::SaveTwice => {
            for number in 0..60 {
                store
                    .draft(
                        posting_id(),
                        Entity::Day,
                        &date(number),
                        entry(number).value,
                        evening(5),
                    )
                    .unwrap();
                save(number).unwrap();
                say(&number.to_string());
            }
        }
        Role::CommitDrafts => {
            for number in 0..60 {
                store
                    .draft(
                        posting_id(),
                        Entity::Day,
                        &date(number),
                        entry(number).value,
                        evening(5),
                    )
                    .unwrap();
                say("draft");
                store
                    .commit_draft(posting_id(), Entity::Day, &date(number), evening(5))
                    .unwrap();
                say(&number.to_string());
            }
        }
        Role::Hold => {
            // Until whoever started us lets go of our standard input.
            let mut rest = String::new();
            std::io::Read::read_to_string(&mut std::io::stdin(), &mut rest).unwrap();
        }
        Role::FillDisk => crate::obstacles::fill_disk(&store, Path::new(&dir)),
    }
    say("end");
}
