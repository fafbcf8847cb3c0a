use modelward_artifact::{Manifest, Signer};

use crate::bundle::Material;
use crate::{Bundle, Envelope, PublicKey, SignError, Statement, Write};

/// Chooses the form of what is signed.
#[derive(Clone, Debug, Default)]
pub struct SignOptions {
    form: Write,
}

impl SignOptions {
    /// Sets the form in which the statement is written.
    #[must_use]
    pub const fn with_form(mut self, form: Write) -> Self {
        self.form = form;
        self
    }
}

/// Signs a manifest: the bundle states every file with its digest.
///
/// # Errors
///
/// [`SignError`] where the signer could not sign or its public key is on no known curve.
pub fn sign(manifest: &Manifest, signer: &dyn Signer) -> Result<Bundle, SignError> {
    sign_with(manifest, signer, &SignOptions::default())
}

/// Signs a manifest in the form that the options say.
///
/// # Errors
///
/// [`SignError`] as [`sign`].
pub fn sign_with(
    manifest: &Manifest,
    signer: &dyn Signer,
    options: &SignOptions,
) -> Result<Bundle, SignError> {
    let payload = Statement::of(manifest).to_json_as(options.form);
    seal(payload, signer, options)
}

/// Signs an in-toto statement and joins it with what it is verified by.
pub(crate) fn seal(
    payload: Vec<u8>,
    signer: &dyn Signer,
    _options: &SignOptions,
) -> Result<Bundle, SignError> {
    let public =
        PublicKey::from_der(signer.public_key_der()).map_err(|source| SignError::Key { source })?;
    let envelope = Envelope::sign(payload, signer)?;
    let hint = Some(public.hint());
    Ok(Bundle::new(Material::Key { hint }, envelope))
}
