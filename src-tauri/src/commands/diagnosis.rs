//! What whoever helps needs to know: codes, versions, counts. No name, no path, no word of a record.

use super::backups;
use crate::app::App;
use std::fmt::Write as _;
use xiaxiangzhi_store::{DATABASE_FILE, first_fault, free_space};

pub(super) fn text(app: &App) -> String {
    let dir = app.dir();
    let mut text = String::new();
    let mut say = |name: &str, value: String| {
        let _ = writeln!(text, "{name}: {value}");
    };
    say("program", format!("xiaxiangzhi {}", env!("CARGO_PKG_VERSION")));
    say(
        "system",
        format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
    );
    say("time", xiaxiangzhi_core::log::instant(app.clock().now()));
    let problem = app.problem();
    say(
        "problem",
        problem
            .as_ref()
            .map_or_else(|| "none".to_owned(), |problem| problem.error.code.clone()),
    );
    let notices: Vec<String> = app.notices().into_iter().map(|notice| notice.code).collect();
    say(
        "notices",
        if notices.is_empty() {
            "none".to_owned()
        } else {
            notices.join(" ")
        },
    );
    let size = |name: &str| {
        std::fs::metadata(dir.join(name)).map_or_else(
            |error| error.kind().to_string(),
            |found| format!("{} bytes", found.len()),
        )
    };
    say("database", size(DATABASE_FILE));
    say("write-ahead log", size(&format!("{DATABASE_FILE}-wal")));
    say(
        "format",
        format_of(&dir.join(DATABASE_FILE)).unwrap_or_else(|| "?".to_owned()),
    );
    if problem.is_some_and(|problem| problem.error.code == "database_damaged") {
        say(
            "first bad event",
            first_fault(&dir).map_or_else(|| "not an event, or unknown".to_owned(), |n| n.to_string()),
        );
    }
    match app.store() {
        Ok(store) => {
            let logs = store.logs();
            let events: u64 = logs.iter().map(|log| log.n).sum();
            say("postings", format!("{}, {events} events", logs.len()));
            say(
                "read only",
                store
                    .read_only()
                    .map_or_else(|| "no".to_owned(), |why| format!("{why:?}")),
            );
        }
        Err(_) => say("postings", "not open".to_owned()),
    }
    for place in backups::places(app) {
        let newest = place.backups.first().map_or("none", |backup| &backup.at);
        say(
            &format!("backups, {:?}", place.kind),
            format!(
                "{}, newest {newest}, present {}",
                place.backups.len(),
                place.present
            ),
        );
    }
    say("place", app.place());
    say(
        "free space",
        free_space(&dir).map_or_else(|| "?".to_owned(), |bytes| format!("{} MB", bytes >> 20)),
    );
    text
}

/// The format's number as the file's first bytes have it.
fn format_of(database: &std::path::Path) -> Option<String> {
    use std::io::Read as _;
    const VERSION: std::ops::Range<usize> = 60..64;
    let mut header = [0; 100];
    std::fs::File::open(database).ok()?.read_exact(&mut header).ok()?;
    let version: [u8; 4] = header.get(VERSION)?.try_into().ok()?;
    Some(u32::from_be_bytes(version).to_string())
}
