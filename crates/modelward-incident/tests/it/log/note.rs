use modelward_artifact::{Digest, Message, SignatureAlgorithm, Signer, SignerError};
use modelward_incident::log::{NoteVerifier, Origin, ParseCheckpointError, SignedCheckpoint};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::EncodePublicKey as _;

use super::{log_of, origin};

struct Key {
    name: Origin,
    key: SigningKey,
    der: Vec<u8>,
    algorithm: SignatureAlgorithm,
}

impl Key {
    fn new(name: &str, byte: u8) -> Self {
        let key = SigningKey::from_slice(&[byte; 32]).unwrap();
        let der = key.verifying_key().to_public_key_der().unwrap();
        Self {
            name: name.parse().unwrap(),
            der: der.as_bytes().to_vec(),
            key,
            algorithm: SignatureAlgorithm::EcdsaP256Sha256,
        }
    }
}

impl Signer for Key {
    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    fn public_key_der(&self) -> &[u8] {
        &self.der
    }

    fn sign(&self, message: &Message<'_>) -> Result<Vec<u8>, SignerError> {
        let signature: Signature = self.key.sign(message.bytes());
        Ok(signature.to_der().as_bytes().to_vec())
    }
}

impl NoteVerifier for Key {
    fn key_name(&self) -> &Origin {
        &self.name
    }

    fn public_key_der(&self) -> &[u8] {
        &self.der
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_der(signature)
            .is_ok_and(|signature| self.key.verifying_key().verify(message, &signature).is_ok())
    }
}

fn signed(key: &Key) -> SignedCheckpoint {
    let checkpoint = log_of(3).chain().checkpoint(origin());
    SignedCheckpoint::sign(checkpoint, key.name.clone(), key).unwrap()
}

#[test]
fn a_signed_checkpoint_has_the_form_of_c2sp_and_is_read_again() {
    let key = Key::new("incidents.example.org", 7);
    let signed = signed(&key);
    let note = signed.to_string();
    let lines: Vec<_> = note.lines().collect();
    assert_eq!(lines[..2], ["example.org/incidents", "3"]);
    assert_eq!((lines[3], lines.len()), ("", 5));
    let line = lines[4]
        .strip_prefix("\u{2014} incidents.example.org ")
        .unwrap();
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(line)
        .unwrap();
    assert_eq!(bytes[..4], Digest::sha256(&key.der).as_bytes()[..4]);
    assert!(Signature::from_der(&bytes[4..]).is_ok());

    let again: SignedCheckpoint = note.parse().unwrap();
    assert_eq!(again, signed);
    let checkpoint = again.verify(&key).into_result().unwrap();
    let grown = log_of(9).chain().verify_against(&checkpoint);
    assert_eq!(grown.verified().unwrap().added(), 6);
}

#[test]
fn a_forged_checkpoint_is_refused_whatever_was_changed() {
    let key = Key::new("incidents.example.org", 7);
    let note = signed(&key).to_string();
    let root = note.lines().nth(2).unwrap().to_owned();
    let other_root = log_of(4).chain().checkpoint(origin()).to_string();
    let other_root = other_root.lines().nth(2).unwrap().to_owned();
    let forged = [
        note.replace("\n3\n", "\n2\n"),
        note.replace(&root, &other_root),
        note.replacen("example.org/incidents", "example.org/others", 1),
    ];
    for note in forged {
        let signed: SignedCheckpoint = note.parse().unwrap();
        let findings = signed.verify(&key).into_result().unwrap_err();
        assert!(findings.has("incident.checkpoint.forged"), "{note}");
    }
    // Another key of the same name has another id.
    let other = Key::new("incidents.example.org", 8);
    let findings = signed(&other).verify(&key).into_result().unwrap_err();
    assert!(findings.has("incident.checkpoint.unsigned"));
}

#[test]
fn several_keys_sign_one_checkpoint_and_unknown_ones_pass_unread() {
    let (log, witness) = (Key::new("log", 7), Key::new("witness", 9));
    let note = signed(&log)
        .and_sign(witness.name.clone(), &witness)
        .unwrap();
    let text = format!("{note}\u{2014} unknown AAAAAAA=\n");
    let note: SignedCheckpoint = text.parse().unwrap();
    assert_eq!(note.to_string(), text);
    for key in [&log, &witness] {
        assert!(note.verify(key).verified().is_some());
    }
}

#[test]
fn a_key_of_another_kind_does_not_sign() {
    let mut key = Key::new("log", 7);
    key.algorithm = SignatureAlgorithm::EcdsaP384Sha384;
    let checkpoint = log_of(1).chain().checkpoint(origin());
    let error = SignedCheckpoint::sign(checkpoint, key.name.clone(), &key).unwrap_err();
    assert_eq!(error.code(), "incident.checkpoint.algorithm");
}

#[test]
fn malformed_notes_are_refused_with_what_is_wrong() {
    use ParseCheckpointError as E;
    let good = signed(&Key::new("log", 7)).to_string();
    let line = good.lines().last().unwrap();
    let body = good.split_once("\n\n").unwrap().0;
    let root = body.lines().last().unwrap();
    let table = [
        (format!("{body}\n"), E::Unsigned),
        (format!("{body}\n\n"), E::Unsigned),
        (good.trim_end().to_owned(), E::Unsigned),
        (format!("{good}\n"), E::Signature { line: 2 }),
        (good.replace('\u{2014}', "-"), E::Signature { line: 1 }),
        (
            good.replace(line, "\u{2014} log AAAA"),
            E::Signature { line: 1 },
        ),
        (
            good.replace(line, "\u{2014} l+g AAAAAAA="),
            E::Signature { line: 1 },
        ),
        (good.replace("\n3\n", "\n03\n"), E::Size),
        (good.replace("\n3\n", "\n+3\n"), E::Size),
        (good.replace(root, "AAAA"), E::Root),
        (good.replace(root, root.trim_end_matches('=')), E::Root),
        (good.replace("example.org/", "example org/"), E::Name),
        (good.replace(root, &format!("{root}\nextension")), E::Lines),
        (
            format!("{good}{}", format!("{line}\n").repeat(32)),
            E::TooLarge { limit: 65536 },
        ),
    ];
    for (note, expected) in table {
        assert_eq!(
            note.parse::<SignedCheckpoint>().unwrap_err(),
            expected,
            "{note}"
        );
    }
}

#[test]
fn a_note_may_be_as_large_as_64_kib() {
    let note = signed(&Key::new("example.org/key", 7)).to_string();
    let (text, _) = note.split_once("\n\n").unwrap();
    let sized = |size: usize| {
        // A signature of as many bytes as are left, and a name of what base64 leaves over.
        let room = size - text.len() - "\n\n\u{2014} n \n".len();
        let name = "n".repeat(room % 4 + 1);
        format!("{text}\n\n\u{2014} {name} {}\n", "AAAA".repeat(room / 4))
    };
    let limit = 65_536;
    for size in [limit - 1, limit] {
        let note = sized(size);
        assert_eq!(note.len(), size);
        assert!(note.parse::<SignedCheckpoint>().is_ok(), "{size}");
    }
    let error = sized(limit + 1).parse::<SignedCheckpoint>().unwrap_err();
    assert_eq!(error, ParseCheckpointError::TooLarge { limit });
}
