use modelward_artifact::{EntryPath, JsonLimits};

use crate::PublicKey;

/// States whose signature counts and how a model is looked at.
///
/// The key is required: who signed is never left to the bundle.
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
    key: PublicKey,
    ignored: Vec<EntryPath>,
    threads: usize,
    limits: JsonLimits,
    expected_name: Option<String>,
}

impl VerifyPolicy {
    /// Trusts signatures of one key.
    #[must_use]
    pub fn key(key: PublicKey) -> Self {
        Self {
            key,
            ignored: Vec::new(),
            threads: 0,
            limits: JsonLimits::default(),
            expected_name: None,
        }
    }

    /// Leaves out a path beside those of the statement, such as the bundle inside of the model.
    #[must_use]
    pub fn with_ignored(mut self, path: EntryPath) -> Self {
        self.ignored.push(path);
        self
    }

    /// Asks for a model of this name: a signature of another model of the signer is refused.
    #[must_use]
    pub fn with_expected_name(mut self, name: impl Into<String>) -> Self {
        self.expected_name = Some(name.into());
        self
    }

    /// Sets how many threads read and hash; 0, the default, is all of the machine.
    #[must_use]
    pub const fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Sets the limits of the statement's JSON.
    #[must_use]
    pub const fn with_limits(mut self, limits: JsonLimits) -> Self {
        self.limits = limits;
        self
    }

    pub(crate) const fn trusted_key(&self) -> &PublicKey {
        &self.key
    }

    pub(crate) fn ignored(&self) -> &[EntryPath] {
        &self.ignored
    }

    pub(crate) const fn threads(&self) -> usize {
        self.threads
    }

    pub(crate) const fn limits(&self) -> &JsonLimits {
        &self.limits
    }

    pub(crate) fn expected_name(&self) -> Option<&str> {
        self.expected_name.as_deref()
    }
}
