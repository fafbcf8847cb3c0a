//! The options that say whose signatures count, where one of two ways is enough.

use std::path::PathBuf;

use modelward::Timestamp;
use modelward::sign::{CertificatePolicy, Identity, ValidationTime, VerifyPolicy};

use crate::authority::identity;
use crate::failure::Failure;
use crate::pem;

#[derive(clap::Args)]
#[group(id = "trust")]
pub(crate) struct Trust {
    /// A trusted public key in PEM; of several, one must have signed.
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "certificate_chain",
        help_heading = "Trust"
    )]
    public_key: Vec<PathBuf>,
    /// Trusted authorities in PEM, and certificates that lead to them.
    #[arg(long, value_name = "FILE", help_heading = "Trust")]
    certificate_chain: Vec<PathBuf>,
    /// Who must have signed by such a certificate: `email:`, `uri:`, `dns:`, `subject:`, `issuer:` or
    /// `key:` and the SHA-256 of the public key in DER. Of several, one.
    #[arg(
        long,
        value_name = "WHO",
        value_parser = identity,
        requires = "certificate_chain",
        help_heading = "Trust"
    )]
    identity: Vec<Identity>,
}

impl Trust {
    /// Returns the policy of keys, or of authorities whose certificates have to be valid at `now`.
    pub(crate) fn policy(&self, now: Timestamp) -> Result<VerifyPolicy, Failure> {
        if self.certificate_chain.is_empty() {
            let keys: Result<Vec<_>, _> = self
                .public_key
                .iter()
                .map(|key| pem::public_key(key))
                .collect();
            return Ok(VerifyPolicy::any_key(keys?));
        }
        let certificates = pem::certificates(&self.certificate_chain)?;
        let policy = CertificatePolicy::new(certificates, ValidationTime::Now(now));
        let identities = self.identity.iter().cloned();
        Ok(VerifyPolicy::certificate(
            identities.fold(policy, CertificatePolicy::with_identity),
        ))
    }
}
