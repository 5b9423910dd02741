-- The database, version 3. All ids and hashes are raw bytes.

CREATE TABLE log (
    log_id BLOB PRIMARY KEY CHECK (length(log_id) = 16),
    -- The key that h0 binds.
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    -- The seed of the key that signs now; null for a log that came from elsewhere without one.
    seed BLOB CHECK (length(seed) = 32),
    -- 1 only inside the transaction that deletes the whole log.
    deleting INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Rows only ever go to the end, so a save dirties one page of this table and no index.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    log_id BLOB NOT NULL REFERENCES log (log_id),
    n INTEGER NOT NULL,
    body BLOB NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Beside the chain: a text can be erased, an event cannot.
CREATE TABLE text (
    seq INTEGER PRIMARY KEY,
    log_id BLOB NOT NULL REFERENCES log (log_id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE blob (
    log_id BLOB NOT NULL REFERENCES log (log_id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (log_id, hash)
) STRICT;

-- What is being edited. A draft whose event is in the log already is spent.
CREATE TABLE draft (
    log_id BLOB NOT NULL REFERENCES log (log_id),
    entity TEXT NOT NULL,
    key TEXT NOT NULL,
    event_id BLOB NOT NULL CHECK (length(event_id) = 16),
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (log_id, entity, key)
) STRICT, WITHOUT ROWID;

-- Review files taken in. Each is a pin: later files of its log must pass through its head.
CREATE TABLE received_file (
    sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
    log_id BLOB NOT NULL,
    public_key BLOB NOT NULL,
    n INTEGER NOT NULL,
    hash BLOB NOT NULL,
    export INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    name TEXT NOT NULL,
    received_at TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The computers that the records were worked on, to notice two at once. One that was moved away from is retired.
CREATE TABLE computer (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    retired_at TEXT
) STRICT, WITHOUT ROWID;

-- The key that signs this office's decisions; one at most.
CREATE TABLE office_key (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    seed BLOB NOT NULL CHECK (length(seed) = 32),
    made_at TEXT NOT NULL
) STRICT;

-- Offices whose keys came in their own files.
CREATE TABLE known_office (
    public_key BLOB PRIMARY KEY CHECK (length(public_key) = 32),
    hospital TEXT NOT NULL,
    office TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What is being written about a received file with this head.
CREATE TABLE review_draft (
    log_id BLOB NOT NULL CHECK (length(log_id) = 16),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (log_id, hash)
) STRICT, WITHOUT ROWID;

-- Decisions made here, each as the signed file that was sent.
CREATE TABLE decision (
    sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
    log_id BLOB NOT NULL CHECK (length(log_id) = 16),
    n INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    decided_at TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER event_update BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;

-- REPLACE deletes without asking the trigger below, unless recursive triggers are on.
CREATE TRIGGER event_replace BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;

CREATE TRIGGER event_delete BEFORE DELETE ON event
WHEN NOT EXISTS (SELECT 1 FROM log WHERE log_id = OLD.log_id AND deleting = 1)
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;

CREATE TRIGGER log_key BEFORE UPDATE OF log_id, public_key ON log
BEGIN
    SELECT RAISE(ABORT, 'a log keeps its id and first key');
END;
