use modelward_artifact::{Manifest, Signer};

use crate::bundle::Material;
use crate::{Bundle, Certificate, Envelope, PublicKey, SignError, Statement, Write};

/// Chooses the form of what is signed.
#[derive(Clone, Debug, Default)]
pub struct SignOptions {
    form: Write,
    certificates: Vec<Certificate>,
}

impl SignOptions {
    /// Sets the form in which the statement is written.
    #[must_use]
    pub const fn with_form(mut self, form: Write) -> Self {
        self.form = form;
        self
    }

    /// Signs by the method `certificate`: the signer's own certificate first, then those that lead
    /// from it to an authority. The authority's own need not be among them.
    #[must_use]
    pub fn with_certificates(mut self, chain: impl IntoIterator<Item = Certificate>) -> Self {
        self.certificates = chain.into_iter().collect();
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
    options: &SignOptions,
) -> Result<Bundle, SignError> {
    let public =
        PublicKey::from_der(signer.public_key_der()).map_err(|source| SignError::Key { source })?;
    let material = match options.certificates.first() {
        Some(leaf) if leaf.public_key().is_ok_and(|key| key == public) => Material::Certificate {
            chain: options
                .certificates
                .iter()
                .map(|c| c.as_der().to_vec())
                .collect(),
        },
        Some(leaf) => {
            return Err(SignError::Certificate {
                subject: leaf.subject().to_owned(),
            });
        }
        None => Material::Key {
            hint: Some(public.hint()),
        },
    };
    let envelope = Envelope::sign(payload, signer)?;
    Ok(Bundle::new(material, envelope))
}
