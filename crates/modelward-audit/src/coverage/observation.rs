use modelward_artifact::Digest;
use modelward_rmf::{EvidenceSource, Method, Polarity};
use serde::Serialize;

/// Says how far an observation bears on an outcome.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "these are the two levels of `ToolEvidence` at which there is evidence"
)]
pub enum Strength {
    /// It bears on a part of the outcome, or shows that a record exists.
    Supporting,
    /// It bears on the outcome itself.
    Direct,
}

impl Strength {
    /// Returns the name that documents use, such as `direct`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supporting => "supporting",
            Self::Direct => "direct",
        }
    }
}

/// Says what was observed of a subcategory at best, or why there is nothing.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever reports coverage has to say something of all four"
)]
pub enum Observed {
    /// There is a direct observation.
    Direct,
    /// There are supporting observations only.
    Supporting,
    /// Tooling can show something, and nothing was observed.
    Nothing,
    /// No tool can show anything of it.
    NoTool,
}

impl Observed {
    /// Returns the words, such as `nothing observed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Supporting => "supporting",
            Self::Nothing => "nothing observed",
            Self::NoTool => "no tool can show it",
        }
    }
}

/// States something that was observed of a model, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Observation {
    pub(super) strength: Strength,
    pub(super) polarity: Polarity,
    pub(super) source: EvidenceSource,
    pub(super) method: Method,
    pub(super) digest: Digest,
    pub(super) message: String,
}

impl Observation {
    /// Returns how far it bears on the outcome.
    #[must_use]
    pub const fn strength(&self) -> Strength {
        self.strength
    }

    /// Returns whether it speaks for or against the outcome.
    #[must_use]
    pub const fn polarity(&self) -> Polarity {
        self.polarity
    }

    /// Returns the document, record or run behind it.
    #[must_use]
    pub const fn source(&self) -> &EvidenceSource {
        &self.source
    }

    /// Returns how it was made.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// Returns the digest of what is behind it.
    ///
    /// It covers the bytes of the bundle, the JSON that the type of a document writes, or the
    /// canonical JSON of what a run found.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Returns what was observed. Names in it are foreign text.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}
