use std::fmt;

use modelward_artifact::{Digest, Finding, Holding};

use crate::VerifyPolicy;

/// Chooses when the bytes of a model are verified.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LoadMode {
    /// Each shard when a byte of it is asked for the first time, in parallel where several are.
    ///
    /// The bundle must have digests of shards. The first tensor can be used while most of the model
    /// was not read yet; a shard that is not the signed one is an error then, not at the beginning.
    ByShard,
    /// All of them before the first is given out. The answer is whole: verified, or rejected with
    /// every difference. The copy takes as much memory as the model has bytes.
    #[default]
    Eager,
    /// Each file while it is read from beginning to end, in constant memory.
    ///
    /// The reader gives out bytes **before** it knows whether they are the signed ones: they must not
    /// be used before it has come to the end without an error.
    Streaming,
}

impl LoadMode {
    /// Lists every mode.
    pub const ALL: [Self; 3] = [Self::ByShard, Self::Eager, Self::Streaming];

    /// Returns the name, such as `by shard`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ByShard => "by shard",
            Self::Eager => "eager",
            Self::Streaming => "streaming",
        }
    }
}

impl fmt::Display for LoadMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says whether something with a digest must not be used, and why.
pub(super) type Refusal<'a> = &'a (dyn Fn(&Digest) -> Option<Finding> + Sync);

/// States how a model is opened: whose signature counts, when bytes are verified, where they stand,
/// and what is refused whoever signed it.
///
/// What is not said is safe: everything is verified before the first byte is given out, from a copy
/// that nobody else can change.
#[derive(Clone)]
pub struct LoadOptions<'a> {
    policy: VerifyPolicy,
    mode: LoadMode,
    holding: Holding,
    max_bytes: u64,
    refusal: Option<Refusal<'a>>,
}

/// The most bytes of copies where nothing is said: 1 TiB.
const MAX_BYTES: u64 = 1 << 40;

impl<'a> LoadOptions<'a> {
    /// Takes whose signature counts, and which name and root digest are expected.
    #[must_use]
    pub const fn new(policy: VerifyPolicy) -> Self {
        Self {
            policy,
            mode: LoadMode::Eager,
            holding: Holding::Copied,
            max_bytes: MAX_BYTES,
            refusal: None,
        }
    }

    /// Sets when bytes are verified.
    #[must_use]
    pub const fn with_mode(mut self, mode: LoadMode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets where verified bytes stand. A reader of [`LoadMode::Streaming`] holds none.
    #[must_use]
    pub const fn with_holding(mut self, holding: Holding) -> Self {
        self.holding = holding;
        self
    }

    /// Sets how many bytes all copies may have, 1 TiB where nothing is said. A file that would pass the
    /// limit is refused before memory is asked for ([`LoadError::TooLarge`](crate::LoadError)).
    ///
    /// A signature over whole files does not tell their sizes: whoever writes to the folder can make a
    /// file so large that its copy takes all memory. Set what the machine can spare. Files count whole,
    /// also those of which single shards are asked for; [`LoadMode::Streaming`] and
    /// [`Holding::Mapped`] copy nothing.
    #[must_use]
    pub const fn with_max_bytes(mut self, max_bytes: u64) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Refuses what this function has a finding of. It is asked about the signed root digest, the
    /// signer's key, and the digest of every signed file or shard, before any file is read.
    ///
    /// Orders of quarantine can be honored in this way, as far as they name what is signed: of a bundle
    /// of shards, the digest of a whole file is not known.
    #[must_use]
    pub const fn with_refusal(
        mut self,
        refusal: &'a (dyn Fn(&Digest) -> Option<Finding> + Sync),
    ) -> Self {
        self.refusal = Some(refusal);
        self
    }

    /// Returns whose signature counts.
    #[must_use]
    pub const fn policy(&self) -> &VerifyPolicy {
        &self.policy
    }

    /// Returns when bytes are verified.
    #[must_use]
    pub const fn mode(&self) -> LoadMode {
        self.mode
    }

    /// Returns where verified bytes stand.
    #[must_use]
    pub const fn holding(&self) -> Holding {
        self.holding
    }

    /// Returns how many bytes all copies may have.
    #[must_use]
    pub const fn max_bytes(&self) -> u64 {
        self.max_bytes
    }

    pub(super) const fn refusal(&self) -> Option<Refusal<'a>> {
        self.refusal
    }
}

impl fmt::Debug for LoadOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoadOptions")
            .field("policy", &self.policy)
            .field("mode", &self.mode)
            .field("holding", &self.holding)
            .field("max_bytes", &self.max_bytes)
            .field("refusal", &self.refusal.is_some())
            .finish()
    }
}
