//! The tests' own reader and writer of stored ZIPs, so that a file can be changed and zipped again.

pub(crate) type Entries = Vec<(String, Vec<u8>)>;

/// The entries of a container that is known to be right.
pub(crate) fn entries(bytes: &[u8]) -> Entries {
    let mut found = Vec::new();
    let mut at = 0;
    while bytes[at..].starts_with(b"PK\x03\x04") {
        let number = |from: usize, length: usize| {
            bytes[at + from..at + from + length]
                .iter()
                .rev()
                .fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte))
        };
        let (name, data) = (at + 30, at + 30 + number(26, 2));
        let end = data + number(22, 4);
        found.push((
            String::from_utf8(bytes[name..data].to_vec()).unwrap(),
            bytes[data..end].to_vec(),
        ));
        at = end;
    }
    found
}

/// A container of some entries, with right checksums.
pub(crate) fn container(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut central = Vec::new();
    let four = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    let two = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
    for (name, data) in entries {
        let offset = bytes.len();
        let mut common = vec![10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        common.extend(crc32fast::hash(data).to_le_bytes());
        common.extend([four(data.len()), four(data.len())].concat());
        common.extend([two(name.len()), two(0)].concat());
        bytes.extend([b"PK\x03\x04", &common[..], name.as_bytes(), data].concat());
        central.extend(
            [
                b"PK\x01\x02\x0a\x00",
                &common[..],
                &[0; 10],
                &four(offset),
                name.as_bytes(),
            ]
            .concat(),
        );
    }
    let (start, count) = (bytes.len(), two(entries.len()));
    bytes.extend(&central);
    bytes.extend(
        [
            b"PK\x05\x06\0\0\0\0",
            &count[..],
            &count,
            &four(central.len()),
            &four(start),
            &two(0),
        ]
        .concat(),
    );
    bytes
}

/// What many programs would call an intact ZIP: each entry has the checksum in its header.
pub(crate) fn checksums_hold(bytes: &[u8]) -> bool {
    let mut at = 0;
    while bytes.len() > at + 30 && bytes[at..].starts_with(b"PK\x03\x04") {
        let four = |from: usize| u32::from_le_bytes(bytes[at + from..at + from + 4].try_into().unwrap());
        let data = at + 30 + usize::from(u16::from_le_bytes([bytes[at + 26], bytes[at + 27]]));
        let Some(content) = bytes.get(data..data.saturating_add(four(22) as usize)) else {
            return false;
        };
        if crc32fast::hash(content) != four(14) {
            return false;
        }
        at = data + content.len();
    }
    at > 0
}
