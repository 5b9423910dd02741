"""Reads a database by src-tauri/core/FORMAT.md alone: `python3 database.py FILE.db` prints each log's records, or says why not."""
import hashlib, json, sqlite3, sys

from reader import Fault, Log, need

def read(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = lambda query, *values: database.execute(query, values).fetchall()
    database.execute("PRAGMA trusted_schema = OFF")
    need(rows("PRAGMA application_id") == [(0x58585A31,)] and rows("PRAGMA user_version") == [(3,)], "another database or version")
    documents = {}
    for log_id, key in rows("SELECT log_id, public_key FROM log"):
        events = rows("SELECT n, body, hash FROM event WHERE log_id = ? ORDER BY seq", log_id)
        need([n for n, _, _ in events] == list(range(1, len(events) + 1)), "events are missing")
        log = Log([body for _, body, _ in events], [hash for _, _, hash in events])
        need(log.id.replace("-", "") == log_id.hex() and log.first_key == key.hex(), "another log's events")
        texts = {}
        for hash, salt, text in rows("SELECT hash, salt, text FROM text WHERE log_id = ?", log_id):
            need(hashlib.sha256(salt + text.encode()).digest() == hash, "a text is altered")
            texts[hash.hex()] = text
        need(set(texts) == log.named - log.erased, "a text is missing, was erased, or is of no event")
        blobs = {hash.hex(): data for hash, data in rows("SELECT hash, bytes FROM blob WHERE log_id = ?", log_id)}
        need(all(hashlib.sha256(data).hexdigest() == hash for hash, data in blobs.items()), "a blob is altered")
        documents[log.id] = log.document(texts, blobs)
    return documents

if __name__ == "__main__":
    try: print(json.dumps(read(sys.argv[1]), ensure_ascii=False))
    except (Fault, LookupError, TypeError, ValueError, sqlite3.Error) as fault: sys.exit(f"refused: {fault or type(fault).__name__}")
