//! Keys in memory and the names of keys on tokens.

use modelward_artifact::Message;
use modelward_artifact::Signer as _;
use modelward_sign::{Pkcs11Uri, PublicKey, SigningKey};

use crate::{refused, shown};

/// Reads keys in every form, each of which is written and read as the same key.
pub fn key(bytes: &[u8]) {
    if let Ok(key) = PublicKey::from_der(bytes) {
        public(&key);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match PublicKey::from_pem(text) {
        Ok(key) => public(&key),
        Err(error) => refused(&error),
    }
    match SigningKey::from_pem(text) {
        Ok(key) => private(&key),
        Err(error) => refused(&error),
    }
}

/// Decrypts a private key by a password that is or is not its own.
pub fn encrypted_key(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match SigningKey::from_encrypted_pem(text, b"tests") {
        Ok(key) => private(&key),
        Err(error) => refused(&error),
    }
}

fn public(key: &PublicKey) {
    let again = [
        PublicKey::from_pem(key.as_pem()),
        PublicKey::from_der(key.as_der()),
    ];
    for again in again {
        assert_eq!(again.expect("what we wrote is read"), *key);
    }
    shown(&format!("{key:?}"));
    let verdict = key.verify(b"message", b"no signature");
    assert!(verdict.rejected().is_some(), "nobody signed");
}

fn private(key: &SigningKey) {
    let again = SigningKey::from_pem(&key.to_pem()).expect("what we wrote is read");
    assert_eq!(again.public_key(), key.public_key());
    public(key.public_key());
    let message = Message::new(key.algorithm(), b"message");
    let signature = key.sign(&message).expect("a key in memory signs");
    let verdict = key.public_key().verify(b"message", &signature);
    assert!(verdict.verified().is_some(), "the halves belong together");
    let verdict = key.public_key().verify(b"another", &signature);
    assert!(verdict.rejected().is_some(), "it is another message");
}

/// Reads the name of a key on a token, which shows no PIN.
pub fn pkcs11_uri(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let uri: Pkcs11Uri = match text.parse() {
        Ok(uri) => uri,
        Err(error) => return refused(&error),
    };
    let written = uri.to_string();
    shown(&written);
    assert!(!written.to_lowercase().contains("pin-"), "a pin is shown");
    assert_eq!(format!("{uri:?}"), format!("Pkcs11Uri({written})"));
    let (path, _) = text.split_once('?').unwrap_or((text, ""));
    let again: Pkcs11Uri = path.parse().expect("the path alone names a key");
    assert_eq!(again.to_string(), written);
    assert_eq!((again.token(), again.object()), (uri.token(), uri.object()));
    assert_eq!(again.id(), uri.id());
    let query = (again.pin_source(), again.module_path(), again.module_name());
    assert_eq!(query, (None, None, None), "it stands in the query alone");
}
