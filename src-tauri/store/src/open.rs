//! The one way to the database: header, lock, pragmas, quick check.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::OpenError;

/// The database file in a data directory.
pub const DATABASE_FILE: &str = "xiaxiangzhi.db";
/// "XXZ1": tells our database from any other.
pub(crate) const APPLICATION_ID: u32 = 0x5858_5A31;
/// The newest schema this program knows.
pub(crate) const USER_VERSION: u32 = 3;
/// Fewer page splits: nearly every save then writes two pages, and one in dozens a few more.
const PAGE_SIZE: u32 = 16_384;

pub(crate) fn database_path(dir: &Path) -> PathBuf {
    dir.join(DATABASE_FILE)
}

/// A file that `SQLite` keeps beside a database, such as its `-wal`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Whether the header says that the file is used with a write-ahead log; such a file is not read without writing beside it.
pub(crate) fn says_wal(path: &Path) -> bool {
    const READ_VERSION: usize = 19;
    let mut header = [0; 100];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut header))
        .is_ok()
        && header[READ_VERSION] == 2
}

/// Reads whose database this is and how new, from its first bytes, so that a foreign or newer one is never touched. Answers
/// whether there is one at all.
pub(crate) fn check_header(path: &Path) -> Result<bool, OpenError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(OpenError::io("reading", path, &error)),
    };
    let mut header = Vec::with_capacity(100);
    Read::by_ref(&mut file)
        .take(100)
        .read_to_end(&mut header)
        .map_err(|error| OpenError::io("reading", path, &error))?;
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        let detail = format!("it does not begin like a database ({} bytes read)", header.len());
        return Err(OpenError::Damaged {
            path: path.to_owned(),
            detail,
        });
    }
    let number = |at: usize| {
        header[at..at + 4]
            .iter()
            .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte))
    };
    let (version, application) = (number(60), number(68));
    if application != APPLICATION_ID {
        return Err(OpenError::NotOurs {
            path: path.to_owned(),
        });
    }
    if version > USER_VERSION {
        return Err(newer(path, version));
    }
    Ok(true)
}

pub(crate) fn newer(path: &Path, version: u32) -> OpenError {
    OpenError::Newer {
        path: path.to_owned(),
        version,
        known: USER_VERSION,
    }
}

/// Makes an empty database beside its place and moves it there whole, so that a half-made one is never found.
pub(crate) fn create(path: &Path) -> Result<(), OpenError> {
    let new = path.with_extension("db.new");
    let fault = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    let io = |error: std::io::Error| OpenError::io("creating", path, &error);
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
        _ => {}
    }
    let connection = Connection::open(&new).map_err(fault)?;
    connection
        .execute_batch(&format!(
            "PRAGMA page_size = {PAGE_SIZE}; PRAGMA secure_delete = ON; BEGIN; \
             PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {USER_VERSION}; {} COMMIT;",
            include_str!("schema.sql")
        ))
        .map_err(fault)?;
    connection.close().map_err(|(_, error)| fault(error))?;
    File::open(&new).and_then(|file| file.sync_all()).map_err(io)?;
    std::fs::rename(&new, path).map_err(io)?;
    path.parent().map_or(Ok(()), sync_dir).map_err(io)
}

/// Makes a rename last. Windows has no such call: there the rename itself is written through.
pub(crate) fn sync_dir(dir: &Path) -> std::io::Result<()> {
    if cfg!(windows) {
        Ok(())
    } else {
        File::open(dir)?.sync_all()
    }
}

/// Makes a folder with all above it, and makes them last: without that a power cut may take away the folder with everything
/// in it, however well the files are synced.
pub(crate) fn make_folder(dir: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(dir)?;
    for above in dir.ancestors().skip(1) {
        let above = if above.as_os_str().is_empty() {
            Path::new(".")
        } else {
            above
        };
        match sync_dir(above) {
            Err(error) if !may_not_sync(&error) => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a name is surely not taken: what cannot be asked for may be there, and would be written over.
pub(crate) fn is_free(path: &Path) -> bool {
    path.try_exists().is_ok_and(|taken| !taken)
}

/// Whether this is no failing of the disk: some file systems cannot sync a folder, and some folders may not be read.
pub(crate) fn may_not_sync(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported)
}

/// Writes a write-ahead log that was left over once more, onto itself, and syncs it. If a sync of it has failed, the system
/// may hold pages of it in memory that it takes for written, and that no later sync writes; a database that was brought up
/// from such a log, page by page, would be half old and half new after a power cut.
pub(crate) fn settle_log(path: &Path) -> std::io::Result<()> {
    let log = beside(path, "-wal");
    let bytes = match std::fs::read(&log) {
        Ok(bytes) if !bytes.is_empty() => bytes,
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => return Ok(()),
    };
    let mut file = File::options().write(true).open(&log)?;
    file.write_all(&bytes)?;
    file.sync_all()
}

/// A new database file that another one is copied into. No other process may have it, so `SQLite` needs no shared-memory file
/// beside it, which on a full disk it could not make, or worse, could not fill.
pub(crate) fn connect_copy(path: &Path) -> rusqlite::Result<Connection> {
    let copy = Connection::open(path)?;
    copy.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    Ok(copy)
}

/// Opens the database for writing, with every setting that durability and safety rest on.
pub(crate) fn connect(path: &Path) -> Result<Connection, OpenError> {
    let fault = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    // Never creates: an absent database is made by `create`, whole or not at all.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    // Before anything is read: the file is not ours to trust, and neither is its schema.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
        .map_err(fault)?;
    // Closing empties the write-ahead log into the database, which a damaged one is to be spared; see `trusted`.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .map_err(fault)?;
    for (pragma, value) in [
        // Functions named in a doctored schema must not run.
        ("trusted_schema", "OFF"),
        // A damaged page is an error, not a wrong answer.
        ("cell_size_check", "ON"),
        // Held from the first read to the end; with WAL it also means no shared-memory file.
        ("locking_mode", "EXCLUSIVE"),
        // One sync makes a commit durable, and a crash leaves the last commit whole.
        ("journal_mode", "WAL"),
        // Each commit is synced before it is acknowledged; NORMAL loses acknowledged ones in a power cut.
        ("synchronous", "FULL"),
        // A draft or text of no log cannot exist.
        ("foreign_keys", "ON"),
        // Erased texts are overwritten, not only unlinked.
        ("secure_delete", "ON"),
        // REPLACE would otherwise get round the trigger that refuses deletes.
        ("recursive_triggers", "ON"),
        // Checkpoints have syncs of their own: they are made when nobody waits for a save.
        ("wal_autocheckpoint", "0"),
        // Nothing of a record goes to temporary files.
        ("temp_store", "MEMORY"),
    ] {
        connection.pragma_update(None, pragma, value).map_err(fault)?;
    }
    // After an error in the change to it, and beside a log that a power cut left over, `SQLite` may name the mode though the
    // file does not say so. The file does not lie: then the mode is changed once more, from the other one.
    let mode = || connection.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0));
    if mode().map_err(fault)? == "wal" && !says_wal(path) {
        for again in ["DELETE", "WAL"] {
            connection
                .pragma_update(None, "journal_mode", again)
                .map_err(fault)?;
        }
    }
    let mode = mode().map_err(fault)?;
    if mode != "wal" || !says_wal(path) {
        let detail = format!("the write-ahead log is not available (mode {mode})");
        return Err(OpenError::Io {
            operation: "opening",
            path: path.to_owned(),
            detail,
        });
    }
    Ok(connection)
}

/// All of the database was seen to be in order: closing it may tidy up again.
pub(crate) fn trusted(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map(|_| ())
}

/// A quick look at the whole file's structure; the hash chains look at the content.
pub(crate) fn quick_check(path: &Path, connection: &Connection) -> Result<(), OpenError> {
    let found: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| OpenError::sqlite(path, &error))?;
    if found == "ok" {
        Ok(())
    } else {
        Err(OpenError::Damaged {
            path: path.to_owned(),
            detail: found,
        })
    }
}
