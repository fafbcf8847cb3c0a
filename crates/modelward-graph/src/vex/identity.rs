//! Reads what names a thing, in the way that all formats share.

use modelward_artifact::{Digest, DigestAlgorithm};

use crate::vex::VexWarningKind;
use crate::vex::notes::Notes;
use crate::vex::subject::Identity;

impl Identity {
    /// Takes a package URL, or warns that it is none.
    pub(super) fn add_purl(&mut self, text: &str, pointer: &str, notes: &mut Notes) {
        match text.parse() {
            Ok(purl) => self.purls.push(purl),
            Err(_) => {
                let text = text.into();
                notes.warn(pointer, VexWarningKind::UnreadablePurl { text });
            }
        }
    }

    /// Takes an address: a package URL names the thing, any other is for people.
    pub(super) fn add_address(&mut self, text: &str, pointer: &str, notes: &mut Notes) {
        if text.starts_with("pkg:") {
            self.add_purl(text, pointer, notes);
        } else if let Ok(link) = text.parse() {
            self.place = Some(super::BomPlace::Link(link));
        } else {
            self.names.push(text.to_owned());
        }
    }

    /// Takes a digest, or warns that it is none. Those of functions that are not known are kept as
    /// they are.
    pub(super) fn add_digest(
        &mut self,
        (function, hex): (&str, &str),
        pointer: &str,
        notes: &mut Notes,
    ) {
        let value = hex.to_ascii_lowercase();
        let Some(algorithm) = algorithm(function) else {
            self.other_digests.push((function.to_owned(), value));
            return;
        };
        match Digest::from_hex(algorithm, &value) {
            Ok(digest) => self.digests.push(digest),
            Err(_) => {
                let text = hex.into();
                notes.warn(pointer, VexWarningKind::UnreadableDigest { text });
            }
        }
    }

    /// Sorts what has no order, so that one identity has one form.
    pub(super) fn sorted(mut self) -> Self {
        self.purls.sort();
        self.purls.dedup();
        self.digests.sort();
        self.digests.dedup();
        self.other_digests.sort();
        self.other_digests.dedup();
        self.cpes.sort();
        self.cpes.dedup();
        self.names.sort();
        self.names.dedup();
        self
    }
}

/// Finds a hash function by the name that any of the formats gives it, such as `SHA-256`.
fn algorithm(name: &str) -> Option<DigestAlgorithm> {
    let kept = name.chars().filter(|c| !matches!(c, '-' | '_'));
    let name: String = kept.map(|c| c.to_ascii_lowercase()).collect();
    match name.as_str() {
        "blake2b512" => Some(DigestAlgorithm::Blake2b),
        name => {
            let mut known = DigestAlgorithm::ALL.into_iter();
            known.find(|known| known.name() == name && name != "blake2b")
        }
    }
}
