//! Changes that readers of JSON and of containers are known to stumble over.

use crate::support::Dice;

/// Values that have no place where they are put.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1",
    "7",
    "1.0",
    "0.5",
    "1e2",
    "1E400",
    "-1e999",
    "1e-400",
    "255",
    "256",
    "366",
    "65536",
    "1000000",
    "1000001",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "123456789012345678901234567890",
    "01",
    "+1",
    ".5",
    "NaN",
    "Infinity",
    "''",
    "\"\"",
    "\" \"",
    "\"a\"",
    "\"2026-02-29\"",
    "\"2026-01-05\"",
    "\"2026-04-05\"",
    "\"2028-02-29\"",
    "\"0000-01-01\"",
    "\"0000-00-00\"",
    "\"9999-12-31\"",
    "\"2004-01-01\"",
    "\"2003-12-31\"",
    "\"2100-12-31\"",
    "\"2101-01-01\"",
    "\"2026-1-5\"",
    "\"+026-01-05\"",
    "\"２０２６-01-05\"",
    "\"2026-01-05T09:45:00Z\"",
    "\"9999-12-31T23:59:60Z\"",
    "\"0000-01-01T00:00:00Z\"",
    "\"0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11\"",
    "\"0199A1C2-7D1E-7C3A-9F10-2B1D8C0E5A11\"",
    "\"{0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11}\"",
    "\"urn:uuid:0199a1c2-7d1e-7c3a-9f10-2b1d8c0e5a11\"",
    "\"0199a1c27d1e7c3a9f102b1d8c0e5a11\"",
    "\"00000000-0000-0000-0000-000000000000\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\u0000\"",
    "\"\\u0041\"",
    "\"\\x41\"",
    "\"\u{202e}\u{2066}\"",
    "\"\u{feff}\"",
    "\"e\u{301}\u{200d}👩\u{200d}⚕️\"",
    "\"\\n\"",
    "\"\\r\\t\"",
    "\"\u{1}\"",
    "\"' OR 1=1; --\"",
    "\"<script>alert(1)</script>\"",
    "\"../../etc/passwd\"",
    "[]",
    "{}",
    "[null]",
    "[[],{}]",
    "{\"extra\":{}}",
    "{\"a\":1,\"a\":2}",
    "{\"$serde_json::private::RawValue\":\"[1]\"}",
    "{\"\\u0024serde_json::private::RawValue\":\"no JSON\"}",
    "{\"$serde_json::private::RawValue\":7}",
    "{\"$serde_json::private::Number\":\"1\"}",
    "\"present\"",
    "\"absent\"",
    "\"recalled\"",
    "\"official_duty\"",
    "\"compensatory_rest\"",
    "\"morning\"",
    "\"afternoon\"",
    "\"lecture\"",
    "\"ward_round\"",
    "\"personal_leave\"",
    "\"workday\"",
    "\"rest_day\"",
    "\"posting_summary\"",
    "\"rotation_3m\"",
    "\"fail\"",
    "\"not_counted\"",
    "\"calendar_week\"",
    "{\"days\":1}",
    "{\"days\":4294967295}",
];

/// Keys that have no place where they are put.
const KEYS: &[&str] = &[
    "extra",
    "id",
    "date",
    "kind",
    "version",
    "format",
    "",
    "__proto__",
    "a/b~c",
    "键",
    "\\u0069d",
    "\\ud800",
    "$serde_json::private::RawValue",
    "\\u0024serde_json::private::RawValue",
    "$serde_json::private::Number",
    "scheme_document",
    "tally_items",
    "calendar_overrides",
    "attachments",
    "set",
    "key",
    "value",
    "texts",
    "batch",
    "undoes",
    "redoes",
    "created",
    "exported",
    "receipt",
    "clock_jump",
    "restored",
    "key_changed",
    "redacted",
];

/// How deep things are nested: around the limits of ours and of the JSON reader's, and far beyond.
const DEPTHS: &[usize] = &[1, 2, 15, 31, 32, 33, 126, 127, 128, 129, 1_000];
/// Lengths of texts: around the limits of names and of notes.
const LENGTHS: &[usize] = &[1, 64, 65, 199, 200, 201, 9_999, 10_001, 33_000];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Key,
    Value,
    Member,
}

#[derive(Clone, Copy)]
struct Span {
    kind: Kind,
    start: usize,
    end: usize,
}

/// Every key, value and member of some JSON; of broken JSON as many as can be made out.
fn spans(text: &[u8]) -> Vec<Span> {
    struct Open {
        start: usize,
        object: bool,
        key: Option<usize>,
    }
    let mut spans = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        at += 1;
        let mut done = None;
        match text[start] {
            byte @ (b'{' | b'[') => open.push(Open {
                start,
                object: byte == b'{',
                key: None,
            }),
            b'}' | b']' => done = open.pop().map(|open| open.start),
            b'"' => {
                while at < text.len() && text[at] != b'"' {
                    at += 1 + usize::from(text[at] == b'\\');
                }
                at = (at + 1).min(text.len());
                match open.last_mut() {
                    Some(open) if open.object && open.key.is_none() => {
                        open.key = Some(start);
                        spans.push(Span {
                            kind: Kind::Key,
                            start,
                            end: at,
                        });
                    }
                    _ => done = Some(start),
                }
            }
            b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' => {}
            _ => {
                while at < text.len() && !b" \n\r\t,:{}[]\"".contains(&text[at]) {
                    at += 1;
                }
                done = Some(start);
            }
        }
        let Some(start) = done else { continue };
        let mut push = |kind, start| spans.push(Span { kind, start, end: at });
        push(Kind::Value, start);
        if let Some(key) = open.last_mut().and_then(|open| open.key.take()) {
            push(Kind::Member, key);
        }
    }
    spans
}

fn splice(text: &mut Vec<u8>, start: usize, end: usize, with: &[u8]) {
    text.splice(start..end, with.iter().copied());
}

fn some(spans: &[Span], kind: Kind, dice: &mut Dice) -> Option<Span> {
    if spans.is_empty() {
        return None;
    }
    // The first one of the kind from some place on: nearly fair, and nothing is collected.
    let from = dice.index(spans.len());
    let (before, after) = spans.split_at(from);
    after.iter().chain(before).find(|span| span.kind == kind).copied()
}

/// A value that has no place where it is put.
fn value(dice: &mut Dice) -> Vec<u8> {
    if dice.once_in(30) {
        let word = *dice.pick(&["长", "a", "\\n", "🩺", "\\\\"]);
        return format!("\"{}\"", word.repeat(*dice.pick(LENGTHS))).into_bytes();
    }
    if dice.once_in(12) {
        return dice.below(500).to_string().into_bytes();
    }
    dice.pick(VALUES).as_bytes().to_vec()
}

/// Some JSON, changed in one to three places.
pub(super) fn json(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..=dice.below(3) * dice.below(2) {
        change(&mut text, dice);
    }
    text
}

fn change(text: &mut Vec<u8>, dice: &mut Dice) {
    let spans = spans(text);
    let Some(target) = some(&spans, Kind::Value, dice) else {
        return bytes(text, dice);
    };
    let of = |kind, dice: &mut Dice| some(&spans, kind, dice).unwrap_or(target);
    match dice.below(16) {
        0..=4 => splice(text, target.start, target.end, &value(dice)),
        5 => {
            let key = of(Kind::Key, dice);
            let name = format!("\"{}\"", dice.pick(KEYS));
            splice(text, key.start, key.end, name.as_bytes());
        }
        6 => {
            let member = of(Kind::Member, dice);
            let comma = usize::from(text.get(member.end) == Some(&b','));
            splice(text, member.start, member.end + comma, b"");
        }
        7 => {
            let member = of(Kind::Member, dice);
            let again = [b",", &text[member.start..member.end]].concat();
            splice(text, member.end, member.end, &again);
        }
        8 => {
            let member = of(Kind::Member, dice);
            let mut new = format!("\"{}\":", dice.pick(KEYS)).into_bytes();
            new.extend(value(dice));
            new.push(b',');
            splice(text, member.start, member.start, &new);
        }
        9 | 10 => {
            let from = of(Kind::Value, dice);
            let copy = text[from.start..from.end].to_vec();
            splice(text, target.start, target.end, &copy);
        }
        11 => {
            let depth = *dice.pick(DEPTHS);
            let (before, after) = *dice.pick(&[("[", "]"), ("{\"a\":", "}"), ("{\"extra\":", "}")]);
            let inner = text[target.start..target.end].to_vec();
            let nested = [
                before.repeat(depth).as_bytes(),
                &inner,
                after.repeat(depth).as_bytes(),
            ]
            .concat();
            splice(text, target.start, target.end, &nested);
        }
        12 => {
            let again = [b",", &text[target.start..target.end]].concat();
            let times = 1 + dice.index(12);
            splice(text, target.end, target.end, &again.repeat(times));
        }
        13 => {
            let key = of(Kind::Key, dice);
            let other = of(Kind::Key, dice);
            let name = text[other.start..other.end].to_vec();
            splice(text, key.start, key.end, &name);
        }
        14 => {
            let blank = *dice.pick(&[" ", "\n", "\t", "\u{feff}", "\u{a0}", "/* */", ",", "\0"]);
            let at = if dice.once_in(2) { target.start } else { target.end };
            splice(text, at, at, blank.as_bytes());
        }
        _ => bytes(text, dice),
    }
}

/// Bytes changed as a bad disk, a bad line or a bad person changes them.
pub(super) fn bytes(data: &mut Vec<u8>, dice: &mut Dice) {
    if data.is_empty() {
        data.push(0);
    }
    let at = dice.index(data.len());
    let end = data.len().min(at + 1 + dice.index(40));
    match dice.below(9) {
        0 | 1 => data[at] ^= 1 << dice.below(8),
        2 => data[at] = *dice.pick(&[0, 1, 9, 10, 0x20, b'"', b'{', b'}', 0x7f, 0x80, 0xc0, 0xff]),
        3 => splice(data, at, end, b""),
        4 => {
            let copy = data[at..end].to_vec();
            let to = dice.index(data.len());
            splice(data, to, to, &copy);
        }
        5 => data.truncate(at),
        6 => {
            // A number of two or four bytes, as containers hold lengths and places.
            let number = *dice.pick(&[0_u32, 1, 0xfffe, 0xffff, 0x0001_0000, 0x7fff_ffff, u32::MAX]);
            let width = if dice.once_in(2) { 2 } else { 4 };
            for (byte, new) in data[at..].iter_mut().zip(number.to_le_bytes()).take(width) {
                *byte = new;
            }
        }
        7 => {
            let to = dice.index(data.len());
            for step in 0..end - at {
                let (a, b) = (at + step, (to + step) % data.len());
                data.swap(a, b);
            }
        }
        _ => {
            let word = *dice.pick(&[
                &b"PK\x03\x04"[..],
                b"PK\x01\x02",
                b"PK\x05\x06",
                b"blobs/",
                b"\0\0\0\0",
                "\u{202e}".as_bytes(),
            ]);
            splice(data, at, at, word);
        }
    }
}
