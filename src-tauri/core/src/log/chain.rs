//! The hash chain, and its codes for people.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// A SHA-256 digest.
pub type Digest = [u8; 32];

/// Where a log stands: its last event's number and the hash that binds it and all before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head {
    /// Number of the last event; 0 before the first.
    pub n: u64,
    /// `hn` of that event; `h0` before the first.
    pub hash: Digest,
}

impl Head {
    /// The code printed on the forms, see [`head_code`].
    pub fn code(&self) -> String {
        head_code(&self.hash)
    }
}

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

/// `h0`: binds the chain to its log and to the key made with it.
pub fn genesis(log_id: Uuid, public_key: &[u8; 32]) -> Digest {
    let mut hash = Sha256::new();
    hash.update(b"XXZ1-gen\0");
    hash.update(log_id.as_bytes());
    hash.update(public_key);
    hash.finalize().into()
}

/// `hn`: binds event number `n` with the stored bytes `body` to all events before it.
///
/// A body over 4 GiB has no hash of its own here; [`super::MAX_EVENT_BYTES`] is checked long before.
pub fn next(previous: &Digest, n: u64, body: &[u8]) -> Digest {
    let mut hash = Sha256::new();
    hash.update(b"XXZ1-ev\0");
    hash.update(previous);
    hash.update(n.to_be_bytes());
    hash.update(u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes());
    hash.update(body);
    hash.finalize().into()
}

/// What the old key signs when a log passes to a new one: the place in the chain and the new key.
pub fn key_change_message(log_id: Uuid, before: &Head, public_key: &[u8; 32]) -> Vec<u8> {
    let mut message = b"XXZ1-key\0".to_vec();
    message.extend_from_slice(log_id.as_bytes());
    message.extend_from_slice(&before.n.to_be_bytes());
    message.extend_from_slice(&before.hash);
    message.extend_from_slice(public_key);
    message
}

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// A digest or key from exactly 64 lower-case hexadecimal digits.
pub fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let (mut bytes, mut wrong) = ([0; 32], 0);
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let (high, low) = (NIBBLES[usize::from(pair[0])], NIBBLES[usize::from(pair[1])]);
        wrong |= high | low;
        *byte = high << 4 | low & 0xf;
    }
    (wrong <= 0xf).then_some(bytes)
}

/// What each digit is worth; more than four bits for a byte that is no digit.
const NIBBLES: [u8; 256] = {
    let mut values = [0xff; 256];
    let mut value = 0;
    while value < 16 {
        values[b"0123456789abcdef"[value as usize] as usize] = value;
        value += 1;
    }
    values
};

/// The head's code on paper: 140 bits in seven groups of four, like `7KQ2 M4XD …`.
///
/// The letters are Crockford's, without I, L, O and U, so that a code can be read out over the telephone.
pub fn head_code(hash: &Digest) -> String {
    groups(hash, 7)
}

/// A public key's fingerprint: 120 bits of its SHA-256 in six groups of four.
pub fn fingerprint(public_key: &[u8; 32]) -> String {
    groups(&sha256(public_key), 6)
}

fn groups(digest: &Digest, count: usize) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut text = String::with_capacity(count * 5);
    for letter in 0..count * 4 {
        if letter > 0 && letter % 4 == 0 {
            text.push(' ');
        }
        let mut five = 0;
        for bit in letter * 5..letter * 5 + 5 {
            five = five << 1 | (digest[bit / 8] >> (7 - bit % 8) & 1);
        }
        text.push(char::from(LETTERS[usize::from(five)]));
    }
    text
}
