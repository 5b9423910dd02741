//! The container: a ZIP with one spelling only.

use super::{FileKind, MAX_ENTRIES, MAX_FILE_BYTES, MAX_MANIFEST_BYTES, MIMETYPE, VERSION, Verdict};

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const LOCAL_LENGTH: usize = 30;
/// Longest name: `blobs/` and a SHA-256.
const MAX_NAME: usize = 70;
/// 1980-01-01 as ZIP files write dates; the time is midnight, 0.
const DATE: u16 = 1 << 5 | 1;
/// ZIP 1.0: stored entries need no more.
const ZIP_VERSION: u16 = 10;

/// One file in the container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) data: &'a [u8],
}

/// A container taken apart.
#[derive(Debug)]
pub(super) struct Container<'a> {
    /// What its first entry says it is.
    pub(super) kind: FileKind,
    /// Its entries in order.
    pub(super) entries: Vec<Entry<'a>>,
}

impl<'a> Container<'a> {
    /// An entry's bytes; none at all where there is no such entry.
    pub(super) fn named(&self, name: &str) -> &'a [u8] {
        self.entries
            .iter()
            .find(|entry| entry.name == name)
            .map_or(&[][..], |entry| entry.data)
    }

    /// The manifest, unless it is longer than one can be.
    pub(super) fn manifest(&self) -> Result<&'a [u8], Verdict> {
        let bytes = self.named("manifest.json");
        if bytes.len() > MAX_MANIFEST_BYTES {
            return Err(Verdict::TooBig {
                what: "bytes",
                size: bytes.len() as u64,
                limit: MAX_MANIFEST_BYTES as u64,
            });
        }
        Ok(bytes)
    }
}

/// Writes the container piece by piece, so that a reader can compare without a second copy in memory.
fn emit<'a>(entries: &[Entry<'a>], out: &mut dyn FnMut(&[u8])) {
    let mut central = Vec::new();
    let mut offset = 0_u32;
    for entry in entries {
        let length = u32::try_from(entry.data.len()).unwrap_or(u32::MAX);
        let mut common = Vec::with_capacity(26);
        common.extend_from_slice(&ZIP_VERSION.to_le_bytes());
        common.extend_from_slice(&[0; 4]); // flags, method: stored
        common.extend_from_slice(&0_u16.to_le_bytes());
        common.extend_from_slice(&DATE.to_le_bytes());
        common.extend_from_slice(&crc32fast::hash(entry.data).to_le_bytes());
        common.extend_from_slice(&length.to_le_bytes());
        common.extend_from_slice(&length.to_le_bytes());
        common.extend_from_slice(&u16::try_from(entry.name.len()).unwrap_or(u16::MAX).to_le_bytes());
        common.extend_from_slice(&[0; 2]); // no extra field

        out(&LOCAL);
        out(&common);
        out(entry.name.as_bytes());
        out(entry.data);

        central.extend_from_slice(&CENTRAL);
        central.extend_from_slice(&ZIP_VERSION.to_le_bytes());
        central.extend_from_slice(&common);
        central.extend_from_slice(&[0; 10]); // comment, disk, attributes
        central.extend_from_slice(&offset.to_le_bytes());
        central.extend_from_slice(entry.name.as_bytes());
        let written = LOCAL_LENGTH + entry.name.len() + entry.data.len();
        offset = offset.saturating_add(u32::try_from(written).unwrap_or(u32::MAX));
    }
    out(&central);
    let count = u16::try_from(entries.len()).unwrap_or(u16::MAX).to_le_bytes();
    let length = u32::try_from(central.len()).unwrap_or(u32::MAX);
    let mut end = END.to_vec();
    end.extend_from_slice(&[0; 4]);
    end.extend_from_slice(&count);
    end.extend_from_slice(&count);
    end.extend_from_slice(&length.to_le_bytes());
    end.extend_from_slice(&offset.to_le_bytes());
    end.extend_from_slice(&[0; 2]); // no comment
    out(&end);
}

/// The container's bytes.
pub(super) fn write(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    emit(entries, &mut |part| bytes.extend_from_slice(part));
    bytes
}

/// Takes a container apart; anything that [`write`] would not have written is refused.
pub(super) fn read(bytes: &[u8]) -> Result<Container<'_>, Verdict> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Verdict::TooBig {
            what: "bytes",
            size: bytes.len() as u64,
            limit: MAX_FILE_BYTES as u64,
        });
    }
    let kind = beginning(bytes)?;
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut at = 0;
    while bytes.get(at..at + 4) == Some(&LOCAL) {
        if entries.len() == MAX_ENTRIES {
            let size = MAX_ENTRIES as u64 + 1;
            return Err(Verdict::TooBig {
                what: "entries",
                size,
                limit: MAX_ENTRIES as u64,
            });
        }
        let header = bytes.get(at..at + LOCAL_LENGTH).ok_or(Verdict::Cut)?;
        let length = u32::from_le_bytes([header[22], header[23], header[24], header[25]]) as usize;
        let name_length = usize::from(u16::from_le_bytes([header[26], header[27]]));
        if name_length > MAX_NAME {
            return Err(altered("container"));
        }
        let start = at + LOCAL_LENGTH;
        let name = bytes.get(start..start + name_length).ok_or(Verdict::Cut)?;
        let name = std::str::from_utf8(name).map_err(|_| altered("container"))?;
        let data = bytes
            .get(start + name_length..start + name_length + length)
            .ok_or(Verdict::Cut)?;
        entries.push(Entry { name, data });
        at = start + name_length + length;
    }
    if bytes.len() - at < LOCAL.len() {
        return Err(Verdict::Cut);
    }
    compare(bytes, &entries)?;
    check_order(kind, &entries)?;
    Ok(Container { kind, entries })
}

/// One entry's bytes out of a container that may be altered or cut, to see how far they can be followed; what is missing at
/// the end is missing. Nothing of it is checked.
pub(super) fn loosely<'a>(bytes: &'a [u8], wanted: &str) -> Option<&'a [u8]> {
    let mut at = 0;
    for _ in 0..MAX_ENTRIES {
        let header = bytes
            .get(at..at + LOCAL_LENGTH)
            .filter(|header| header.starts_with(&LOCAL))?;
        let length = u32::from_le_bytes([header[22], header[23], header[24], header[25]]) as usize;
        let name_length = usize::from(u16::from_le_bytes([header[26], header[27]]));
        let start = at + LOCAL_LENGTH + name_length;
        let name = bytes.get(at + LOCAL_LENGTH..start)?;
        let end = start.checked_add(length)?;
        if name == wanted.as_bytes() {
            return bytes.get(start..end.min(bytes.len()));
        }
        at = end;
    }
    None
}

/// What kind of file it says it is. Tells a foreign file, a newer one, and a cut one apart by the first entry, before
/// anything else is believed.
pub(super) fn beginning(bytes: &[u8]) -> Result<FileKind, Verdict> {
    if bytes.is_empty() {
        return Err(Verdict::Empty);
    }
    for kind in FileKind::ALL {
        let expected = first_entry(kind.mimetype(VERSION).as_bytes());
        if bytes.starts_with(&expected) {
            return Ok(kind);
        }
        if expected.starts_with(bytes) {
            return Err(Verdict::Cut);
        }
    }
    let name_end = LOCAL_LENGTH + "mimetype".len();
    if !bytes.starts_with(&LOCAL) || bytes.get(LOCAL_LENGTH..name_end) != Some(b"mimetype") {
        return Err(Verdict::NotOurs);
    }
    let rest = bytes.get(name_end..).unwrap_or_default();
    let Some(version) = rest.strip_prefix(MIMETYPE.as_bytes()) else {
        return Err(Verdict::NotOurs);
    };
    let digits: String = version
        .iter()
        .take(6)
        .take_while(|b| b.is_ascii_digit())
        .map(|b| char::from(*b))
        .collect();
    // The whole entry must be right: a digit damaged on the way is no newer format.
    let length = usize::try_from(u32::from_le_bytes([bytes[22], bytes[23], bytes[24], bytes[25]]));
    let whole = length.ok().filter(|length| *length <= MAX_NAME * 2);
    let whole = whole.and_then(|length| rest.get(..length));
    match (digits.parse(), whole) {
        (Ok(version), Some(whole)) if version > VERSION && bytes.starts_with(&first_entry(whole)) => {
            Err(Verdict::NewerFormat { version })
        }
        _ => Err(altered("mimetype")),
    }
}

fn first_entry(mimetype: &[u8]) -> Vec<u8> {
    let mut bytes = write(&[Entry {
        name: "mimetype",
        data: mimetype,
    }]);
    bytes.truncate(LOCAL_LENGTH + "mimetype".len() + mimetype.len());
    bytes
}

fn compare(bytes: &[u8], entries: &[Entry<'_>]) -> Result<(), Verdict> {
    let mut at = 0;
    let mut differs = None;
    emit(entries, &mut |part| {
        if differs.is_none() {
            let found = &bytes[at.min(bytes.len())..bytes.len().min(at + part.len())];
            // Whole parts first: only where one differs is it of interest which byte does.
            if found != part {
                let index = found.iter().zip(part).position(|(a, b)| a != b);
                differs = Some(index.map_or((bytes.len(), true), |index| (at + index, false)));
            }
        }
        at += part.len();
    });
    match differs {
        Some((_, true)) => Err(Verdict::Cut),
        Some((offset, false)) => {
            let mut end = 0;
            for entry in entries {
                end += LOCAL_LENGTH + entry.name.len() + entry.data.len();
                if offset < end {
                    return Err(altered(entry.name));
                }
            }
            Err(altered("container"))
        }
        None if at < bytes.len() => Err(altered("container")),
        None => Ok(()),
    }
}

fn check_order(kind: FileKind, entries: &[Entry<'_>]) -> Result<(), Verdict> {
    let first = kind.first_entries();
    let found = entries.iter().take(first.len()).map(|entry| entry.name);
    if !found.eq(first.iter().copied()) {
        return Err(altered("container"));
    }
    let mut last = "";
    for entry in &entries[first.len()..] {
        let name = entry
            .name
            .strip_prefix("blobs/")
            .ok_or_else(|| altered("container"))?;
        if crate::log::from_hex(name).is_none() || name <= last {
            return Err(altered("container"));
        }
        last = name;
    }
    Ok(())
}

fn altered(place: &str) -> Verdict {
    // A damaged name must not get into a sentence for people.
    let known = !place.is_empty()
        && place
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"./_".contains(&b));
    Verdict::Altered {
        place: if known {
            place.to_owned()
        } else {
            "container".to_owned()
        },
    }
}
