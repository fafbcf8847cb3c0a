use modelward_artifact::{Manifest, Signer};

use crate::{Bundle, Envelope, PublicKey, SignError, Statement};

/// Signs a manifest: the bundle states every file with its digest.
///
/// # Errors
///
/// [`SignError`] where the signer could not sign or its public key is on no known curve.
pub fn sign(manifest: &Manifest, signer: &dyn Signer) -> Result<Bundle, SignError> {
    let public =
        PublicKey::from_der(signer.public_key_der()).map_err(|source| SignError::Key { source })?;
    let payload = Statement::of(manifest).to_json();
    let envelope = Envelope::sign(payload, signer)?;
    Ok(Bundle::new(public.hint(), envelope))
}
