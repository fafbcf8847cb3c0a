use modelward_artifact::{Digest, Timestamp};
use x509_cert::der::asn1::ObjectIdentifier;

use crate::{Certificate, RevocationList};

/// States which certificates of signers count, and when.
///
/// - The authorities are always given: there are no roots of the web, and none of the system.
/// - The time is always given: nothing here reads a clock.
/// - Without an identity, whoever has a certificate of these authorities for signing code counts,
///   which is a warning.
///
/// ```no_run
/// use modelward_artifact::Timestamp;
/// use modelward_sign::{Certificate, CertificatePolicy, Identity, ValidationTime, VerifyPolicy};
///
/// let root = Certificate::from_pem(&std::fs::read_to_string("root.pem")?)?;
/// let now = Timestamp::from_unix_seconds(1_795_000_000)?;
/// let signers = CertificatePolicy::new([root], ValidationTime::Now(now))
///     .with_identity(Identity::Uri("spiffe://example.com/release".to_owned()));
/// let policy = VerifyPolicy::certificate(signers);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct CertificatePolicy {
    pub(super) anchors: Vec<Certificate>,
    pub(super) intermediates: Vec<Certificate>,
    pub(super) time: ValidationTime,
    pub(super) usage: Usage,
    pub(super) identities: Vec<Identity>,
    pub(super) revocation_lists: Vec<RevocationList>,
    pub(super) denied: Vec<Denied>,
    pub(super) max_depth: usize,
    pub(super) policies: RequiredPolicies,
}

/// Says at which instant certificates have to be valid.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ValidationTime {
    /// At an instant that is proved elsewhere to be that of the signature.
    At(Timestamp),
    /// At the first instant of the signer's own certificate, as `model-signing` up to 1.1.1 does.
    ///
    /// This is a risk: a certificate that expired long ago, or is not valid yet, counts forever. As
    /// it says nothing of when the signature was made, whoever is denied or revoked at all is refused.
    LeafNotBefore,
    /// Now, as the caller's clock says.
    Now(Timestamp),
}

/// Says what a signer's certificate must be made for.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Usage {
    /// Anything. This is a risk: a certificate of a web server signs models.
    Any,
    /// Signing code. What the certificate says of its usage must allow it: the key usage, if there
    /// is one, digital signatures, and the extended key usage, if there is one, code signing or any
    /// usage. One of the two must be there.
    #[default]
    CodeSigning,
    /// What `model-signing` up to 1.1.1 takes: digital signatures or code signing, whatever else.
    ///
    /// This is a risk: a certificate of a web server or for e-mail signs models.
    Reference,
}

/// Names a signer that counts.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Identity {
    /// The certificate names this host.
    Dns(String),
    /// The certificate names this e-mail address.
    Email(String),
    /// The certificate was issued by this name, as RFC 4514 writes it.
    Issuer(String),
    /// The certificate has the public key with this SHA-256, of DER.
    PublicKey(Digest),
    /// The certificate is of this name, as RFC 4514 writes it.
    Subject(String),
    /// The certificate names this URI.
    Uri(String),
}

/// Names a key or certificate that does not count from an instant on, such as one that was stolen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Denied {
    pub(super) digest: Digest,
    pub(super) since: Timestamp,
}

impl Denied {
    /// Denies a public key (SHA-256 of DER) or a certificate (SHA-256 of DER) from an instant on.
    #[must_use]
    pub const fn new(digest: Digest, since: Timestamp) -> Self {
        Self { digest, since }
    }

    /// Tells whether this is about a key or certificate.
    pub(crate) fn is_about(&self, digest: &Digest) -> bool {
        self.digest == *digest
    }

    /// Returns since when it is denied.
    #[must_use]
    pub const fn since(&self) -> Timestamp {
        self.since
    }
}

/// Which certificate policies a chain must have (RFC 5280, section 6.1.1).
#[derive(Clone, Debug, Default)]
pub(super) struct RequiredPolicies {
    /// One of these, or any where nothing was said. An empty list is met by none.
    pub(super) initial: Option<Vec<ObjectIdentifier>>,
    pub(super) explicit: bool,
    pub(super) inhibit_any: bool,
}

impl CertificatePolicy {
    /// Trusts signers whose certificates lead to one of these authorities.
    ///
    /// An authority signed itself. A certificate that another one signed is no authority here: it
    /// only helps to find the way to one.
    pub fn new(anchors: impl IntoIterator<Item = Certificate>, time: ValidationTime) -> Self {
        let (anchors, intermediates) = anchors.into_iter().partition(super::is_self_signed);
        Self {
            anchors,
            intermediates,
            time,
            usage: Usage::CodeSigning,
            identities: Vec::new(),
            revocation_lists: Vec::new(),
            denied: Vec::new(),
            max_depth: 8,
            policies: RequiredPolicies::default(),
        }
    }

    /// Gives more certificates that may stand between a signer and an authority.
    #[must_use]
    pub fn with_intermediates(mut self, more: impl IntoIterator<Item = Certificate>) -> Self {
        self.intermediates.extend(more);
        self
    }

    /// Names a signer that counts; of several, one must be met.
    #[must_use]
    pub fn with_identity(mut self, identity: Identity) -> Self {
        self.identities.push(identity);
        self
    }

    /// Gives revocation lists. From the first on, every certificate but the authority's own must be
    /// covered by one.
    #[must_use]
    pub fn with_revocation_lists(
        mut self,
        lists: impl IntoIterator<Item = RevocationList>,
    ) -> Self {
        self.revocation_lists.extend(lists);
        self
    }

    /// Denies a key or certificate anywhere in a chain.
    #[must_use]
    pub fn with_denied(mut self, denied: Denied) -> Self {
        self.deny(denied);
        self
    }

    pub(crate) fn deny(&mut self, denied: Denied) {
        self.denied.push(denied);
    }

    /// Sets how many certificates a chain may have; 8 at first.
    #[must_use]
    pub const fn with_max_depth(mut self, max_depth: usize) -> Self {
        self.max_depth = max_depth;
        self
    }

    /// Sets what a signer's certificate must be made for.
    #[must_use]
    pub const fn with_usage(mut self, usage: Usage) -> Self {
        self.usage = usage;
        self
    }

    /// Asks for one of these certificate policies, given as object identifiers such as
    /// `1.3.6.1.4.1.99999.1`; what is none is never met, nor is an empty list.
    ///
    /// Without any, a chain must have a policy only if a certificate asks for one.
    #[must_use]
    pub fn with_certificate_policies<'a>(
        mut self,
        policies: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let policies = policies.into_iter().map(ObjectIdentifier::new);
        self.policies.initial = Some(policies.flatten().collect());
        self.policies.explicit = true;
        self
    }

    /// Lets a certificate that is made for any policy not stand for each.
    #[must_use]
    pub const fn without_any_policy(mut self) -> Self {
        self.policies.inhibit_any = true;
        self
    }

    /// Tells whether a key or certificate is denied at the time of the signature.
    pub(super) fn denial_of(&self, certificate: &Certificate) -> Option<Denied> {
        let own = [certificate.fingerprint(), certificate.public_key_digest()];
        let mut denied = self.denied.iter();
        let found = denied.find(|denied| {
            own.contains(&denied.digest) && self.signed_at().is_none_or(|at| at >= denied.since)
        });
        found.copied()
    }

    /// Returns the instant that the caller vouches for as that of the signature.
    ///
    /// The first instant of a certificate is none: a key is stolen after it, and signs after it.
    pub(super) const fn signed_at(&self) -> Option<Timestamp> {
        match self.time {
            ValidationTime::At(time) | ValidationTime::Now(time) => Some(time),
            ValidationTime::LeafNotBefore => None,
        }
    }

    /// Returns the instant at which the chain of a signer has to be valid.
    pub(super) fn instant(&self, leaf: &Certificate) -> Timestamp {
        match self.time {
            ValidationTime::At(time) | ValidationTime::Now(time) => time,
            ValidationTime::LeafNotBefore => leaf.not_before(),
        }
    }
}
