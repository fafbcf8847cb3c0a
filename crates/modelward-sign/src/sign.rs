use modelward_artifact::{Manifest, Signer};

use crate::bundle::{MAX_CERTIFICATES, Material};
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
/// [`SignError`] where the signer could not sign, what it made is not its public key's signature, or
/// that key is on no known curve.
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
    let material = material(&public, &options.certificates)?;
    let envelope = Envelope::sign(payload, signer)?;
    if envelope.open(&public).is_none() {
        return Err(SignError::Signature);
    }
    Ok(Bundle::new(material, envelope))
}

/// Says by what the bundle will be verified: the key, or the certificates if there are any.
fn material(public: &PublicKey, certificates: &[Certificate]) -> Result<Material, SignError> {
    let Some(leaf) = certificates.first() else {
        let hint = Some(public.hint());
        return Ok(Material::Key { hint });
    };
    if !leaf.public_key().is_ok_and(|key| key == *public) {
        let subject = leaf.subject().to_owned();
        return Err(SignError::Certificate { subject });
    }
    if certificates.len() > MAX_CERTIFICATES {
        return Err(SignError::Certificates {
            found: certificates.len(),
            limit: MAX_CERTIFICATES,
        });
    }
    let chain = certificates
        .iter()
        .map(|certificate| certificate.as_der().to_vec());
    Ok(Material::Certificate {
        chain: chain.collect(),
    })
}
