//! What it takes to decrypt a private key.

use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::Kdf;

use crate::ReadKeyError;

/// The most iterations of PBKDF2, more than three times what OWASP asks for.
const MAX_ITERATIONS: u32 = 2_000_000;

/// The largest product of scrypt's parameters, what OWASP asks for: it takes 128 MiB.
const MAX_SCRYPT: u64 = 1 << 20;

/// Refuses an encryption that asks for more time or memory than any that is in use, before any of it
/// is taken. Whoever made the file chose these numbers.
pub(super) fn check(scheme: &EncryptionScheme) -> Result<(), ReadKeyError> {
    let is_bearable = match scheme.pbes2().map(|parameters| &parameters.kdf) {
        Some(Kdf::Pbkdf2(kdf)) => kdf.iteration_count <= MAX_ITERATIONS,
        Some(Kdf::Scrypt(kdf)) => {
            let rest = u64::from(kdf.block_size).checked_mul(kdf.parallelization.into());
            let product = rest.and_then(|rest| rest.checked_mul(kdf.cost_parameter));
            product.is_some_and(|product| (1..=MAX_SCRYPT).contains(&product))
        }
        // What is not known is refused by who decrypts.
        Some(_) | None => true,
    };
    if is_bearable {
        return Ok(());
    }
    Err(ReadKeyError::Cost)
}
