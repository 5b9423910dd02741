"""Reads a review file by src-tauri/core/FORMAT.md alone: `python3 reader.py FILE.xxz` prints its records, or says why not.

Standard library only, nothing of the program. It holds container, signature, chain, texts and blobs against the description; whether
records are valid in themselves (a date twice, overlapping leaves) is left to the program.
"""
import hashlib, json, re, sys, zlib

class Fault(Exception): pass
def need(holds, why):
    if not holds: raise Fault(why)
# Ed25519, strictly (3.4).
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)

def decode(encoded):
    number = int.from_bytes(encoded, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * v**3 * pow(u * v**7, (P - 5) // 8, P) % P
    if (v * x * x + u) % P == 0: x = x * ROOT % P
    if x % 2 != sign: x = -x % P
    need((v * x * x - u) % P == 0, "a point does not decode")
    return x, y % P, 1, x * y % P
def encode(point):
    x, y = (part * pow(point[2], -1, P) % P for part in point[:2])
    return (y | (x & 1) << 255).to_bytes(32, "little")
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def times(number, point):
    result = 0, 1, 1, 0
    for bit in f"{number:b}": result = add(add(result, result), point if bit == "1" else (0, 1, 1, 0))
    return result
def is_signed(key, message, signature):
    need(len(signature) == 64, "a signature is 64 bytes")
    a, r, s = decode(key), decode(signature[:32]), int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    base, neutral = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little")), encode((0, 1, 1, 0))
    expected = add(times(s, base), times(k, (-a[0], a[1], a[2], -a[3])))
    return s < L and neutral not in (encode(times(8, a)), encode(times(8, r))) and encode(expected) == signature[:32]
# The container (3.1).
def little(number, size): return number.to_bytes(size, "little")
def container(entries):
    out = central = b""
    for name, data in entries:
        common = bytes.fromhex("0A000000000000002100") + little(zlib.crc32(data), 4) + little(len(data), 4) * 2 + little(len(name), 2) + b"\0\0"
        central += b"PK\x01\x02\x0A\x00" + common + bytes(10) + little(len(out), 4) + name
        out += b"PK\x03\x04" + common + name + data
    count = little(len(entries), 2)
    return out + central + b"PK\x05\x06" + bytes(4) + count * 2 + little(len(central), 4) + little(len(out), 4) + b"\0\0"
def entries_of(raw):
    need(len(raw) <= 104_857_600, "too large")
    found, at = [], 0
    while raw[at:at + 4] == b"PK\x03\x04":
        length, name = int.from_bytes(raw[at + 22:at + 26], "little"), int.from_bytes(raw[at + 26:at + 28], "little")
        found.append((raw[at + 30:at + 30 + name], raw[at + 30 + name:at + 30 + name + length]))
        at += 30 + name + length
    need(len(found) <= 500 and container(found) == raw, "not the one spelling of its container")
    names = [name.decode() for name, _ in found]
    need(names[:5] == ["mimetype", "manifest.json", "signature", "events.jsonl", "texts.jsonl"], "entries missing or out of order")
    need(all(re.fullmatch("blobs/[0-9a-f]{64}", name) for name in names[5:]) and names[5:] == sorted(set(names[5:])), "blobs out of order")
    return dict(zip(names, (data for _, data in found)))
def lines(raw):
    need(raw == b"" or raw.endswith(b"\n"), "the last line does not end")
    return raw.split(b"\n")[:-1]
# The log and its fold (1, 2). An entity's key field, free texts, and array in the document.
ENTITIES = {
    "posting": ("id", [], None), "scheme": (None, [], None), "calendar_override": ("date", ["reason"], "calendar_overrides"),
    "day": ("date", ["note"], "days"), "activity": ("id", ["title", "note"], "activities"), "leave": ("id", ["reason"], "leaves"),
    "document": ("kind", [], "documents"), "problem": ("id", ["problem", "guidance", "corrective_action", "result"], "problems"),
    "summary": (None, ["self_appraisal", "suggestions", "basics", "conduct", "medical_work", "teaching", "public_health", "reflections"], None), "tally_item": ("key", [], "tally_items"),
    "attachment": ("sha256", [], None), "extra": (None, [], None),
    "answer": ("comment", ["text"], None), "amendment": ("review", ["reason"], None)}
KINDS = "set", "created", "exported", "receipt", "clock_jump", "restored", "key_changed", "redacted"
ENVELOPE, SET_ONLY = {"v", "id", "at", *KINDS}, {"key", "value", "texts", "batch", "undoes", "redoes"}

class Log:
    def __init__(self, bodies, hashes=None):
        need(0 < len(bodies) <= 20_000, "no events, or too many")
        self.records, self.named, self.erased, self.schemes, self.receipts, self.exports, ids = {}, set(), set(), set(), set(), 0, set()
        for self.n, body in enumerate(bodies, 1):
            need(len(body) <= 65_536 and all(byte >= 32 for byte in body), f"event {self.n} is too long or not one line")
            event = json.loads(body)
            need(event["v"] == 1 and event["id"] not in ids, f"event {self.n} has another version or an id used before")
            ids.add(event["id"])
            kinds = [kind for kind in KINDS if event.get(kind) is not None]
            need(len(kinds) == 1 and set(event) <= ENVELOPE | (SET_ONLY if "set" in kinds else set()), f"event {self.n} says not exactly one thing")
            need((kinds[0] == "created") == (self.n == 1), "a log begins with created, once")
            getattr(self, kinds[0])(event[kinds[0]], event)
            self.hash = hashlib.sha256(b"XXZ1-ev\0" + self.hash + self.n.to_bytes(8, "big") + len(body).to_bytes(4, "big") + body).digest()
            need(hashes is None or hashes[self.n - 1] == self.hash, f"event {self.n} is not what was written")
            self.last = event
    def created(self, it, _):
        self.id, self.key, self.first_key, self.origin = it["log"], it["public_key"], it["public_key"], it["origin"]
        self.hash = hashlib.sha256(b"XXZ1-gen\0" + bytes.fromhex(self.id.replace("-", "") + self.key)).digest()
    def exported(self, it, _):
        self.exports, before = it["number"], self.exports
        need(before < self.exports, "export numbers rise")
    def restored(self, it, _): self.exports = max(self.exports, (it.get("exported") or {"number": 0})["number"])
    def key_changed(self, it, _): self.key = it["public_key"]
    def redacted(self, it, _): self.erased |= set(it["texts"])
    def receipt(self, it, _):
        need(isinstance(it, dict), "a receipt is an object")
        if it.get("type") == "application/vnd.xiaxiangzhi.review-file": self.receipts.add(it["sha256"])
    def clock_jump(self, it, _): need(set(it) == {"from", "to"}, "a clock jumps from and to")
    def set(self, entity, event):
        key, value, texts = event.get("key") or "", event["value"], event.get("texts", {})
        field, free, _ = ENTITIES[entity]
        need(set(texts) <= set(free) and not (value is None and texts), f"event {self.n} has a text where none may be")
        self.named |= set(texts.values())
        if entity == "scheme" and value: self.schemes.add(value["sha256"])
        self.records[entity, key] = self.records.get((entity, key), (self.n,))[0], value, texts
    def blobs(self): return self.schemes | self.receipts | {key for (entity, key), (_, value, _) in self.records.items() if entity == "attachment" and value is not None}

    def document(self, texts, blobs):
        document = {"format": "xiaxiangzhi.posting", "version": 1} | {array: [] for _, _, array in ENTITIES.values() if array}
        place = lambda item: (item[0][1] if item[0][0] in ("day", "calendar_override") else "", item[1][0])
        for (entity, key), (_, value, named) in sorted(self.records.items(), key=place):
            if value is None or entity in ("attachment", "answer", "amendment"): continue
            field, _, array = ENTITIES[entity]
            record = value | ({field: key or self.id} if field else {}) | {name: "〔已抹去〕" if hash in self.erased else texts[hash] for name, hash in named.items()}
            if array: document[array].append(record)
            elif entity != "scheme": document[entity] = record
            elif value["sha256"] in blobs: document["scheme_document"] = json.loads(blobs[value["sha256"]])
        return document if document["tally_items"] else {name: value for name, value in document.items() if name != "tally_items"}

def read(raw):
    entries = entries_of(raw)
    need(entries["mimetype"] == b"application/vnd.xiaxiangzhi.review-file;version=1", "another format or version")
    manifest = json.loads(entries["manifest.json"])
    need((manifest["format"], manifest["version"], manifest["kind"]) == ("xiaxiangzhi.review_file", 1, "posting"), "another manifest")
    fields = "format version kind origin log key head export as_of at scheme calendar engine entries"
    need(set(manifest) == set(fields.split()) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", manifest["at"]), "another manifest")
    need(is_signed(bytes.fromhex(manifest["key"]), b"XXZ1-manifest\0" + entries["manifest.json"], entries["signature"]), "not signed by its key")
    listed = [{"name": name, "length": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in entries.items() if name not in ("manifest.json", "signature")]
    need(manifest["entries"] == listed, "an entry is not what was signed")
    log = Log(lines(entries["events.jsonl"]))
    end = {"origin": log.origin, "log": log.id, "key": log.key, "head": {"n": log.n, "hash": log.hash.hex()}}
    need(all(manifest[name] == value for name, value in end.items()), "the log does not end where the manifest says")
    need(log.last.get("exported") == {"number": manifest["export"], "as_of": manifest["as_of"]}, "the log does not end with this export")
    rows = [json.loads(line) for line in lines(entries["texts.jsonl"])]
    need(all(set(row) == {"salt", "text"} and len(row["salt"]) == 32 for row in rows) and len(rows) <= 80_000, "a line that is no text")
    texts = {hashlib.sha256(bytes.fromhex(row["salt"]) + row["text"].encode()).hexdigest(): row["text"] for row in rows}
    need(set(texts) == log.named - log.erased, "a text is missing, was erased, or is of no event")
    blobs = {name[6:]: data for name, data in entries.items() if name.startswith("blobs/")}
    need(all(hashlib.sha256(data).hexdigest() == name for name, data in blobs.items()) and set(blobs) <= log.blobs(), "a blob is altered or of no event")
    document = log.document(texts, blobs)
    scheme, told = log.records.get(("scheme", ""), (0, None))[1], manifest["scheme"]
    need(not scheme or "scheme_document" in document, "the scheme is not included")
    need(not scheme or (told["id"], told["version"]) == tuple(document["scheme_document"][name] for name in ("id", "version")), "another scheme")
    return document

if __name__ == "__main__":
    try: print(json.dumps(read(open(sys.argv[1], "rb").read()), ensure_ascii=False))
    except (Fault, LookupError, TypeError, ValueError) as fault: sys.exit(f"refused: {fault or type(fault).__name__}")
