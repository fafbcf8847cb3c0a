use modelward_artifact::Text;
use serde::{Deserialize, Serialize};

use crate::{AssetRef, Slug, TimeSpec};

/// Says what an affected asset is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AssetKind {
    /// Weights that change those of a model, such as LoRA.
    Adapter,
    /// A program or a library.
    Code,
    /// Settings of a model or of what serves it.
    Config,
    /// What a model is trained or judged with.
    Dataset,
    /// A credential or a signing key.
    Key,
    /// What an agent remembers.
    Memory,
    /// A model.
    Model,
    /// What trains, builds or deploys.
    Pipeline,
    /// A system prompt or a template.
    Prompt,
    /// What serves a model.
    Service,
    /// What turns text into what a model takes.
    Tokenizer,
    /// What an agent may call.
    Tool,
    /// What texts are looked up in.
    VectorStore,
}

impl AssetKind {
    /// Lists the kinds in alphabetical order.
    pub const ALL: [Self; 13] = [
        Self::Adapter,
        Self::Code,
        Self::Config,
        Self::Dataset,
        Self::Key,
        Self::Memory,
        Self::Model,
        Self::Pipeline,
        Self::Prompt,
        Self::Service,
        Self::Tokenizer,
        Self::Tool,
        Self::VectorStore,
    ];

    /// Returns the name that records use, such as `vector-store`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adapter => "adapter",
            Self::Code => "code",
            Self::Config => "config",
            Self::Dataset => "dataset",
            Self::Key => "key",
            Self::Memory => "memory",
            Self::Model => "model",
            Self::Pipeline => "pipeline",
            Self::Prompt => "prompt",
            Self::Service => "service",
            Self::Tokenizer => "tokenizer",
            Self::Tool => "tool",
            Self::VectorStore => "vector-store",
        }
    }
}

/// Says whether an asset is compromised.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "every planner has to judge each")]
pub enum Compromise {
    /// It was looked at and is sound.
    Cleared,
    /// It is compromised.
    Confirmed,
    /// It may be compromised.
    Suspected,
    /// Nobody looked yet.
    #[default]
    Unknown,
}

impl Compromise {
    /// Returns the name that records use, such as `suspected`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cleared => "cleared",
            Self::Confirmed => "confirmed",
            Self::Suspected => "suspected",
            Self::Unknown => "unknown",
        }
    }
}

/// Says from when an asset was compromised, and until when, where that has ended.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CompromiseWindow {
    /// When it began.
    pub from: TimeSpec,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<TimeSpec>,
}

impl CompromiseWindow {
    /// States from when, and until when where that has ended.
    #[must_use]
    pub const fn new(from: TimeSpec, until: Option<TimeSpec>) -> Self {
        Self { from, until }
    }
}

/// Says how an asset came to be affected.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum AssetOrigin {
    /// By itself.
    Direct,
    /// By another asset that it is made of or depends on.
    Propagated {
        /// That asset.
        from: Slug,
        /// What lies between, as the supply-chain graph names it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        path: Vec<Text>,
    },
}

/// Describes something that an incident affects or may affect.
///
/// ```
/// use modelward_incident::{AffectedAsset, AssetKind, AssetRef, Compromise};
///
/// let weights = AffectedAsset::new("weights".parse()?, AssetKind::Model, "acme/base".parse()?)
///     .with_ref(AssetRef::purl("pkg:huggingface/acme/base@4f2c")?)
///     .with_compromise(Compromise::Confirmed)
///     .in_production();
/// assert_eq!(weights.in_production, Some(true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct AffectedAsset {
    /// What the record calls it. A later event of the same id takes its place.
    pub id: Slug,
    /// What it is.
    pub kind: AssetKind,
    /// What people call it.
    pub name: Text,
    /// Its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Text>,
    /// What names it outside of the record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<AssetRef>,
    /// Whether it is compromised.
    #[serde(default)]
    pub compromise: Compromise,
    /// Since when, and until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<CompromiseWindow>,
    /// Whether it is in use; `None` where nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_production: Option<bool>,
    /// How it came to be affected; `None` where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<AssetOrigin>,
}

impl AffectedAsset {
    /// Describes an asset of which nothing else is known.
    #[must_use]
    pub const fn new(id: Slug, kind: AssetKind, name: Text) -> Self {
        Self {
            id,
            kind,
            name,
            version: None,
            refs: Vec::new(),
            compromise: Compromise::Unknown,
            window: None,
            in_production: None,
            origin: None,
        }
    }

    /// Sets the version.
    #[must_use]
    pub fn with_version(mut self, version: Text) -> Self {
        self.version = Some(version);
        self
    }

    /// Adds what names it outside of the record.
    #[must_use]
    pub fn with_ref(mut self, name: AssetRef) -> Self {
        self.refs.push(name);
        self
    }

    /// Sets whether it is compromised.
    #[must_use]
    pub const fn with_compromise(mut self, compromise: Compromise) -> Self {
        self.compromise = compromise;
        self
    }

    /// Sets since when it was compromised, and until when.
    #[must_use]
    pub const fn with_window(mut self, window: CompromiseWindow) -> Self {
        self.window = Some(window);
        self
    }

    /// States that it is in use.
    #[must_use]
    pub const fn in_production(mut self) -> Self {
        self.in_production = Some(true);
        self
    }

    /// States that it is not in use.
    #[must_use]
    pub const fn out_of_production(mut self) -> Self {
        self.in_production = Some(false);
        self
    }

    /// Sets how it came to be affected.
    #[must_use]
    pub fn with_origin(mut self, origin: AssetOrigin) -> Self {
        self.origin = Some(origin);
        self
    }
}
