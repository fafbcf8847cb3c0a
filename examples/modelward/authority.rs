//! The options that say which certificates of signers count.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;
use modelward::artifact::read_file;
use modelward::sign::{CertificatePolicy, Identity, RevocationList, Usage, ValidationTime};
use modelward::{Digest, Timestamp};

use crate::clock::now;
use crate::failure::Failure;
use crate::pem;

/// The largest revocation list that is read.
const MAX_LIST_BYTES: u64 = 64 << 20;

#[derive(clap::Args)]
pub(crate) struct Authorities {
    /// Trusted authorities in PEM, and certificates that lead to them.
    #[arg(long, value_name = "FILE", required = true)]
    certificate_chain: Vec<PathBuf>,
    /// Who must have signed: `email:`, `uri:`, `dns:`, `subject:`, `issuer:` or `key:` and the
    /// SHA-256 of the public key in DER. Of several, one.
    #[arg(long, value_name = "WHO", value_parser = identity)]
    identity: Vec<Identity>,
    /// The instant at which certificates must be valid (RFC 3339); the clock's time otherwise.
    #[arg(long, value_name = "TIME", conflicts_with = "at_leaf_start")]
    at: Option<Timestamp>,
    /// Verify at the first instant of the signer's certificate, as older clients do: one that
    /// expired counts forever.
    #[arg(long)]
    at_leaf_start: bool,
    /// What the signer's certificate must be made for.
    #[arg(long, value_enum, default_value_t = UsedFor::CodeSigning)]
    usage: UsedFor,
    /// A revocation list, DER or PEM. From the first on, each certificate must be covered by one.
    #[arg(long, value_name = "FILE")]
    crl: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum UsedFor {
    /// Anything.
    Any,
    /// Signing code.
    CodeSigning,
    /// Digital signatures or signing code, as older clients have it.
    Reference,
}

impl Authorities {
    pub(crate) fn policy(&self) -> Result<CertificatePolicy, Failure> {
        let time = match (self.at, self.at_leaf_start) {
            (Some(time), _) => ValidationTime::At(time),
            (None, true) => ValidationTime::LeafNotBefore,
            (None, false) => ValidationTime::Now(now()),
        };
        let usage = match self.usage {
            UsedFor::Any => Usage::Any,
            UsedFor::CodeSigning => Usage::CodeSigning,
            UsedFor::Reference => Usage::Reference,
        };
        let lists: Result<Vec<_>, _> = self.crl.iter().map(|path| read_list(path)).collect();
        let certificates = pem::certificates(&self.certificate_chain)?;
        let policy = CertificatePolicy::new(certificates, time)
            .with_usage(usage)
            .with_revocation_lists(lists?);
        let identities = self.identity.iter().cloned();
        Ok(identities.fold(policy, CertificatePolicy::with_identity))
    }
}

fn read_list(path: &Path) -> Result<RevocationList, Failure> {
    let bytes = read_file(path, MAX_LIST_BYTES)?;
    let list = match std::str::from_utf8(&bytes) {
        Ok(text) if text.contains("-----BEGIN") => RevocationList::from_pem(text),
        _ => RevocationList::from_der(&bytes),
    };
    list.map_err(|error| Failure::at(path, error))
}

pub(crate) fn identity(text: &str) -> Result<Identity, String> {
    let expected = "expected `email:`, `uri:`, `dns:`, `subject:`, `issuer:` or `key:` first";
    let (kind, name) = text.split_once(':').ok_or(expected)?;
    let owned = name.to_owned();
    match kind {
        "dns" => Ok(Identity::Dns(owned)),
        "email" => Ok(Identity::Email(owned)),
        "issuer" => Ok(Identity::Issuer(owned)),
        "key" => {
            let digest = Digest::from_str(name).map_err(|error| error.to_string())?;
            Ok(Identity::PublicKey(digest))
        }
        "subject" => Ok(Identity::Subject(owned)),
        "uri" => Ok(Identity::Uri(owned)),
        _ => Err(expected.to_owned()),
    }
}
