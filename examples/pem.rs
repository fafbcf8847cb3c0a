//! Reads keys and certificates from files.

use std::path::Path;

use modelward::artifact::escape::TerminalPath;
use modelward::artifact::read_file;
use modelward::sign::{Certificate, PublicKey, SigningKey};

use crate::failure::Failure;

/// The largest file of keys or certificates that is read.
const MAX_BYTES: u64 = 1 << 20;

/// How many certificates one file may have.
const MAX_CERTIFICATES: usize = 64;

/// Reads a private key. A password in an argument or in the environment could be seen by others, so
/// it comes from a file, and a line break at its end does not count.
pub(crate) fn private_key(path: &Path, password: Option<&Path>) -> Result<SigningKey, Failure> {
    let pem = text(path)?;
    let key = match password {
        Some(file) => {
            let password = read_file(file, MAX_BYTES)?;
            let end = password.iter().rposition(|byte| !b"\r\n".contains(byte));
            let length = end.map_or(0, |last| last + 1);
            SigningKey::from_encrypted_pem(&pem, &password[..length])
        }
        None => SigningKey::from_pem(&pem),
    };
    key.map_err(|error| Failure::at(path, error))
}

pub(crate) fn public_key(path: &Path) -> Result<PublicKey, Failure> {
    PublicKey::from_pem(&text(path)?).map_err(|error| Failure::at(path, error))
}

/// Reads every certificate of some files.
pub(crate) fn certificates<'a>(
    paths: impl IntoIterator<Item = &'a std::path::PathBuf>,
) -> Result<Vec<Certificate>, Failure> {
    let mut certificates = Vec::new();
    for path in paths {
        let read = Certificate::read_pem_all(&text(path)?, MAX_CERTIFICATES);
        certificates.extend(read.map_err(|error| Failure::at(path, error))?);
    }
    Ok(certificates)
}

pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    String::from_utf8(bytes).map_err(|_| {
        Failure::new(
            "sign.key.no_pem",
            format!("{}: not a text", TerminalPath(path)),
        )
    })
}
