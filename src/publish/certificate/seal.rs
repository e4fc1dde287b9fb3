//! The signature, and the short codes that stand on the page.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Data, from_hex, hex};

/// What is signed begins with this, so that the key's signatures mean nothing elsewhere.
const PURPOSE: &str = "examdeck certificate\n";
/// Crockford's base 32 (2019): no I, L, O or U, so that a code can be read out and typed.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The letters of a code: 100 bits.
const CODE: usize = 20;
/// The letters of a group.
const GROUP: usize = 4;

/// Data with the signature over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What is signed.
    pub data: Data,
    /// The public key.
    pub key: [u8; 32],
    /// The signature.
    pub signature: [u8; 64],
}

/// The signature as it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seal {
    algorithm: String,
    key: String,
    signature: String,
}

impl Sealed {
    /// Signs `data` with this secret key (Ed25519; RFC 8032, 2017).
    pub fn new(data: Data, secret: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(secret);
        let signature = key.sign(&message(&data)).to_bytes();
        Self { data, key: key.verifying_key().to_bytes(), signature }
    }

    /// Whether the key has signed the data.
    pub fn is_signed(&self) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        VerifyingKey::from_bytes(&self.key).is_ok_and(|key| key.verify_strict(&message(&self.data), &signature).is_ok())
    }

    /// A short code of the data.
    pub fn code(&self) -> String {
        code(&Sha256::digest(message(&self.data)))
    }

    /// A short code of the key.
    pub fn fingerprint(&self) -> String {
        code(&Sha256::digest(self.key))
    }

    /// The data as JSON.
    pub fn data_json(&self) -> String {
        json(&self.data)
    }

    /// The signature as JSON.
    pub fn seal_json(&self) -> String {
        json(&Seal { algorithm: "Ed25519".into(), key: hex(&self.key), signature: hex(&self.signature) })
    }

    /// What the two texts say; `None` if they do not say what they should.
    pub fn read(data: &str, seal: &str) -> Option<Self> {
        let seal: Seal = serde_json::from_str(seal).ok()?;
        let data = serde_json::from_str(data).ok()?;
        Some(Self { data, key: from_hex(&seal.key)?, signature: from_hex(&seal.signature)? })
    }
}

fn message(data: &Data) -> Vec<u8> {
    [PURPOSE.as_bytes(), json(data).as_bytes()].concat()
}

/// JSON that can stand in an element of a page: no text of it ends the element.
fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default(); // strings and numbers always have a JSON form
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The first 100 bits as letters in groups.
fn code(digest: &[u8]) -> String {
    let bit = |at: usize| digest[at / 8] >> (7 - at % 8) & 1;
    let letter = |n: usize| (5 * n..5 * n + 5).fold(0, |value, at| value << 1 | usize::from(bit(at)));
    let mut out = String::new();
    for n in 0..CODE {
        if n > 0 && n % GROUP == 0 {
            out.push('-');
        }
        out.push(char::from(LETTERS[letter(n)]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_digests_first_bits() {
        assert_eq!(code(&[0; 32]), "0000-0000-0000-0000-0000");
        assert_eq!(code(&[0xff; 32]), "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(code(&[0x08, 0x42, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), "1111-0000-0000-0000-0000");
    }

    #[test]
    fn no_text_of_the_data_ends_its_element() {
        assert_eq!(json(&"</script><!--&"), "\"\\u003c/script\\u003e\\u003c!--\\u0026\"");
    }
}
