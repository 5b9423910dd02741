//! The commands without a window, for tests of the page in a browser: JSON lines `{id, cmd, args}` on standard input,
//! `{id, ok}` or `{id, err}` on standard output. The same functions on the same store as in the window.
//!
//! `bridge --data DIR --answers DIR`: dialogs are answered from the second folder. Files are saved into it; the file to
//! open is the one whose path stands in its `open.txt`; with a file `cancel` in it every dialog is cancelled.
//! `{id, offer: PATH}` stands for a file that is dropped on the window, `{id, quiet: true}` for a quiet moment, in which the
//! window looks whether a backup is due. What tells this computer from others is kept in `config` beside
//! the second folder.

use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use xiaxiangzhi::{App, Ask, Clock, Desk, call};
use xiaxiangzhi_store::Computer;

#[derive(Deserialize)]
struct Line {
    id: Value,
    #[serde(default)]
    cmd: Option<String>,
    #[serde(default)]
    args: Value,
    #[serde(default)]
    offer: Option<PathBuf>,
    #[serde(default)]
    quiet: bool,
}

struct Folder(PathBuf);

impl Folder {
    fn unless_cancelled(&self, path: PathBuf) -> Option<PathBuf> {
        (!self.0.join("cancel").exists()).then_some(path)
    }
}

impl Desk for Folder {
    fn save_file(&self, ask: &Ask) -> Option<PathBuf> {
        self.unless_cancelled(self.0.join(&ask.file_name))
    }

    fn choose_folder(&self, _: &str) -> Option<PathBuf> {
        self.unless_cancelled(self.0.clone())
    }

    fn open_file(&self, _: &Ask) -> Option<PathBuf> {
        let path = std::fs::read_to_string(self.0.join("open.txt")).ok()?;
        self.unless_cancelled(PathBuf::from(path.trim()))
    }

    fn print(&self) -> bool {
        !self.0.join("cancel").exists()
    }

    fn show_window(&self) {}

    fn quit(&self) {}
}

fn main() -> io::Result<()> {
    let mut words = std::env::args_os().skip(1);
    let (mut data, mut answers) = (None, None);
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--data") => data = words.next(),
            Some("--answers") => answers = words.next(),
            _ => return Err(io::Error::other("usage: bridge --data DIR --answers DIR")),
        }
    }
    let (Some(data), Some(answers)) = (data, answers) else {
        return Err(io::Error::other("usage: bridge --data DIR --answers DIR"));
    };
    let desk = Folder(PathBuf::from(answers));
    let computer = Computer::kept_in(&desk.0.with_file_name("config"), "测试用的电脑".to_owned());
    let app = App::open(Path::new(&data), Clock::from_environment()).on_computer(computer);
    for line in io::stdin().lock().lines() {
        let line: Line = serde_json::from_str(&line?)?;
        let answer = if let Some(path) = line.offer {
            app.offer(path);
            json!({"id": line.id, "ok": null})
        } else if line.quiet {
            json!({"id": line.id, "ok": app.backup_if_due()})
        } else {
            match call(&app, &desk, line.cmd.as_deref().unwrap_or_default(), line.args) {
                Ok(ok) => json!({"id": line.id, "ok": ok}),
                Err(err) => json!({"id": line.id, "err": err}),
            }
        };
        let mut out = io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    app.leave();
    Ok(())
}
