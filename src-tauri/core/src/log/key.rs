//! Keys and signatures: Ed25519, strictly checked.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// The public half of the key that a 32-byte seed makes.
pub fn public_key(seed: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

/// Signs a message. Callers put a word of their own before it, so that no signature serves two purposes.
pub fn sign(seed: &[u8; 32], message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(seed).sign(message).to_bytes()
}

/// Whether this key made this signature; weak keys and second spellings of a signature are refused.
pub fn signed_by(public_key: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (
        VerifyingKey::from_bytes(public_key),
        Signature::from_slice(signature),
    ) else {
        return false;
    };
    key.verify_strict(message, &signature).is_ok()
}
