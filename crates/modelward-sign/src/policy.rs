use modelward_artifact::{Digest, EntryPath, GitPaths, HashOptions, JsonLimits};

use crate::{CertificatePolicy, Denied, Method, Profile, PublicKey};

/// States whose signature counts, which forms are taken and how a model is looked at.
///
/// Who signed is required: it is never left to the bundle.
///
/// ```no_run
/// use modelward_sign::{PublicKey, VerifyPolicy};
///
/// let key = PublicKey::from_pem(&std::fs::read_to_string("model.pub.pem")?)?;
/// let policy = VerifyPolicy::key(key).with_ignored("model.sig".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct VerifyPolicy {
    trust: Trust,
    profile: Profile,
    hashing: HashOptions,
    ignored: Vec<EntryPath>,
    git_paths: GitPaths,
    unsigned: UnsignedFiles,
    limits: JsonLimits,
    expected_name: Option<String>,
    expected_root: Option<Digest>,
    denied: Vec<Denied>,
}

/// Says whose signature counts.
#[derive(Clone, Debug)]
pub(crate) enum Trust {
    Certificates(Box<CertificatePolicy>),
    Keys(Vec<PublicKey>),
    #[cfg(feature = "sigstore")]
    Sigstore(crate::SigstorePolicy),
}

/// Chooses what becomes of files that are there and are not signed.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UnsignedFiles {
    /// The model is refused.
    #[default]
    Refuse,
    /// Each is a warning, and is not read.
    ///
    /// This is a risk: a loader may well read a file that nobody signed, such as code.
    Warn,
}

impl VerifyPolicy {
    /// Trusts signatures of one key.
    #[must_use]
    pub fn key(key: PublicKey) -> Self {
        Self::new(Trust::Keys(vec![key]))
    }

    /// Trusts signatures of any of several keys, such as a signer's last key and the one before.
    ///
    /// Without a key, nothing is trusted.
    #[must_use]
    pub fn any_key(keys: impl IntoIterator<Item = PublicKey>) -> Self {
        Self::new(Trust::Keys(keys.into_iter().collect()))
    }

    /// Trusts signatures of keys whose certificates a policy accepts.
    #[must_use]
    pub fn certificate(policy: CertificatePolicy) -> Self {
        Self::new(Trust::Certificates(Box::new(policy)))
    }

    /// Trusts signatures of an identity that Sigstore certified.
    #[cfg(feature = "sigstore")]
    #[must_use]
    pub fn sigstore(policy: crate::SigstorePolicy) -> Self {
        Self::new(Trust::Sigstore(policy))
    }

    fn new(trust: Trust) -> Self {
        Self {
            trust,
            profile: Profile::Compatible,
            hashing: HashOptions::default(),
            ignored: Vec::new(),
            git_paths: GitPaths::Include,
            unsigned: UnsignedFiles::Refuse,
            limits: JsonLimits::default(),
            expected_name: None,
            expected_root: None,
            denied: Vec::new(),
        }
    }

    /// Sets which forms of bundles and statements are taken.
    #[must_use]
    pub const fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Leaves out a path beside those of the statement, such as the bundle inside of the model.
    #[must_use]
    pub fn with_ignored(mut self, path: EntryPath) -> Self {
        self.ignored.push(path);
        self
    }

    /// Leaves out version control's own files though the statement does not name them among what
    /// was left out, as OMS v1.0 has it (section 6.2.1).
    ///
    /// The default is to refuse them like all else that is not signed: every client since v1.1
    /// states what it left out, and of older statements these files are left out in any case.
    #[must_use]
    pub const fn with_git_paths(mut self, git_paths: GitPaths) -> Self {
        self.git_paths = git_paths;
        self
    }

    /// Sets what becomes of files that are there and are not signed.
    #[must_use]
    pub const fn with_unsigned_files(mut self, unsigned: UnsignedFiles) -> Self {
        self.unsigned = unsigned;
        self
    }

    /// Asks for a model of this name: a signature of another model of the signer is refused.
    #[must_use]
    pub fn with_expected_name(mut self, name: impl Into<String>) -> Self {
        self.expected_name = Some(name.into());
        self
    }

    /// Asks for the model of this root digest: a signature of an older version is refused.
    #[must_use]
    pub const fn with_expected_root(mut self, root: Digest) -> Self {
        self.expected_root = Some(root);
        self
    }

    /// Denies a public key or a certificate, such as one that an incident record calls stolen.
    ///
    /// Of a chain of certificates, see [`CertificatePolicy::with_denied`]. A signature by a key
    /// alone does not prove when it was made, so a denied key is refused whatever the instant. A
    /// keyless signature has no key that could be denied.
    #[must_use]
    pub fn with_denied(mut self, denied: Denied) -> Self {
        match &mut self.trust {
            Trust::Certificates(policy) => policy.deny(denied),
            Trust::Keys(_) => self.denied.push(denied),
            #[cfg(feature = "sigstore")]
            Trust::Sigstore(_) => {}
        }
        self
    }

    /// Sets how files are read, by how many threads, within which limits, and which links may be
    /// followed where the statement says that the signer followed some.
    ///
    /// Algorithm, layout and what is left out are the statement's, whatever these options say.
    #[must_use]
    pub fn with_hashing(mut self, hashing: HashOptions) -> Self {
        self.hashing = hashing;
        self
    }

    /// Sets how many threads read and hash; 0, the default, is all of the machine.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.hashing = self.hashing.with_threads(threads);
        self
    }

    /// Sets the limits of the statement's JSON.
    #[must_use]
    pub const fn with_limits(mut self, limits: JsonLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Returns the method that a bundle must be of.
    #[must_use]
    pub const fn method(&self) -> Method {
        match &self.trust {
            Trust::Certificates(_) => Method::Certificate,
            Trust::Keys(_) => Method::Key,
            #[cfg(feature = "sigstore")]
            Trust::Sigstore(_) => Method::Sigstore,
        }
    }

    pub(crate) const fn trust(&self) -> &Trust {
        &self.trust
    }

    pub(crate) const fn profile(&self) -> Profile {
        self.profile
    }

    pub(crate) fn ignored(&self) -> &[EntryPath] {
        &self.ignored
    }

    pub(crate) const fn git_paths(&self) -> GitPaths {
        self.git_paths
    }

    pub(crate) const fn unsigned(&self) -> UnsignedFiles {
        self.unsigned
    }

    pub(crate) const fn hashing(&self) -> &HashOptions {
        &self.hashing
    }

    pub(crate) const fn limits(&self) -> &JsonLimits {
        &self.limits
    }

    pub(crate) fn expected_name(&self) -> Option<&str> {
        self.expected_name.as_deref()
    }

    pub(crate) fn denied(&self) -> &[Denied] {
        &self.denied
    }

    pub(crate) const fn expected_root(&self) -> Option<&Digest> {
        self.expected_root.as_ref()
    }
}
