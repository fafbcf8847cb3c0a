mod set;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ParseRelationError;

pub use self::set::RelationSet;

/// Says how one thing needs another, from the dependent to its dependency.
///
/// Whatever is wrong with the dependency may concern the dependent, never the other way round.
/// [`RelationSet`] holds several; [`FindingClass::flow`](crate::FindingClass::flow) says which of
/// them a flaw of a certain kind follows.
///
/// Text and JSON have the [`key`](Self::key), such as `depends-on/development`.
///
/// ```
/// use modelward_graph::{Derivation, Relation};
///
/// assert_eq!(Relation::TrainedOn.to_string(), "trained on");
/// assert_eq!("derived-from/merge".parse(), Ok(Relation::DerivedFrom(Derivation::Merge)));
///
/// let refused = "likes".parse::<Relation>().unwrap_err();
/// assert_eq!(refused.to_string(), "there is no relation `likes`");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Relation {
    /// The artifact was made by this tool, such as a compiler or a converter.
    BuiltBy,
    /// The whole has the part in it: a model its files, an image its packages.
    Contains,
    /// The dependent needs the dependency at the time that the scope tells.
    DependsOn(Scope),
    /// The model was made from another one.
    DerivedFrom(Derivation),
    /// The thing has a document that tells about it, such as its model card or its license.
    DescribedBy,
    /// The model or the evaluation measured with this data set or benchmark.
    EvaluatedOn,
    /// The artifact came out of this run or service.
    ProducedBy,
    /// The component implements or offers the other one (`provides` of CycloneDX 1.6).
    Provides,
    /// The service or model looks up this data when it answers.
    RetrievesFrom,
    /// The service answers with this model.
    Serves,
    /// The thing comes from this organization.
    SuppliedBy,
    /// The model reads its text through this tokenizer.
    TokenizedBy,
    /// The model, or the run that made it, learned from this data set.
    TrainedOn,
    /// The run or service took this as its input.
    Uses,
}

/// Says when a dependency is needed.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Scope {
    /// When the dependent is built.
    Build,
    /// When people work on the dependent or test it.
    Development,
    /// When a feature is used that need not be.
    Optional,
    /// When the dependent runs, and wherever a source does not tell.
    Runtime,
}

/// Says how a model was made from another one.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Derivation {
    /// As weights that change the base and are of no use without it.
    Adapter,
    /// By learning from the answers of the base: no weight of it is kept.
    Distilled,
    /// By further training of its weights.
    Finetune,
    /// By computing with the weights of several models.
    Merge,
    /// By storing its weights with fewer bits.
    Quantized,
    /// In a way that the source does not tell.
    Unspecified,
}

impl Relation {
    /// Lists every relation that this build knows.
    pub const ALL: [Self; 22] = [
        Self::BuiltBy,
        Self::Contains,
        Self::DependsOn(Scope::Build),
        Self::DependsOn(Scope::Development),
        Self::DependsOn(Scope::Optional),
        Self::DependsOn(Scope::Runtime),
        Self::DerivedFrom(Derivation::Adapter),
        Self::DerivedFrom(Derivation::Distilled),
        Self::DerivedFrom(Derivation::Finetune),
        Self::DerivedFrom(Derivation::Merge),
        Self::DerivedFrom(Derivation::Quantized),
        Self::DerivedFrom(Derivation::Unspecified),
        Self::DescribedBy,
        Self::EvaluatedOn,
        Self::ProducedBy,
        Self::Provides,
        Self::RetrievesFrom,
        Self::Serves,
        Self::SuppliedBy,
        Self::TokenizedBy,
        Self::TrainedOn,
        Self::Uses,
    ];

    /// Returns the words between dependent and dependency, such as `trained on`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BuiltBy => "built by",
            Self::Contains => "contains",
            Self::DependsOn(Scope::Build) => "depends on (build)",
            Self::DependsOn(Scope::Development) => "depends on (development)",
            Self::DependsOn(Scope::Optional) => "depends on (optional)",
            Self::DependsOn(Scope::Runtime) => "depends on",
            Self::DerivedFrom(Derivation::Adapter) => "adapter of",
            Self::DerivedFrom(Derivation::Distilled) => "distilled from",
            Self::DerivedFrom(Derivation::Finetune) => "fine-tuned from",
            Self::DerivedFrom(Derivation::Merge) => "merged from",
            Self::DerivedFrom(Derivation::Quantized) => "quantized from",
            Self::DerivedFrom(Derivation::Unspecified) => "derived from",
            Self::DescribedBy => "described by",
            Self::EvaluatedOn => "evaluated on",
            Self::ProducedBy => "produced by",
            Self::Provides => "provides",
            Self::RetrievesFrom => "retrieves from",
            Self::Serves => "serves",
            Self::SuppliedBy => "supplied by",
            Self::TokenizedBy => "tokenized by",
            Self::TrainedOn => "trained on",
            Self::Uses => "uses",
        }
    }

    /// Returns the name for machines, such as `derived-from/finetune`.
    ///
    /// A bare `depends-on` is at run time, a bare `derived-from` in a way that is not told.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::BuiltBy => "built-by",
            Self::Contains => "contains",
            Self::DependsOn(Scope::Build) => "depends-on/build",
            Self::DependsOn(Scope::Development) => "depends-on/development",
            Self::DependsOn(Scope::Optional) => "depends-on/optional",
            Self::DependsOn(Scope::Runtime) => "depends-on",
            Self::DerivedFrom(Derivation::Adapter) => "derived-from/adapter",
            Self::DerivedFrom(Derivation::Distilled) => "derived-from/distilled",
            Self::DerivedFrom(Derivation::Finetune) => "derived-from/finetune",
            Self::DerivedFrom(Derivation::Merge) => "derived-from/merge",
            Self::DerivedFrom(Derivation::Quantized) => "derived-from/quantized",
            Self::DerivedFrom(Derivation::Unspecified) => "derived-from",
            Self::DescribedBy => "described-by",
            Self::EvaluatedOn => "evaluated-on",
            Self::ProducedBy => "produced-by",
            Self::Provides => "provides",
            Self::RetrievesFrom => "retrieves-from",
            Self::Serves => "serves",
            Self::SuppliedBy => "supplied-by",
            Self::TokenizedBy => "tokenized-by",
            Self::TrainedOn => "trained-on",
            Self::Uses => "uses",
        }
    }

    /// Returns the number under which rows and snapshots keep the relation: its place in
    /// [`ALL`](Self::ALL), which only grows at the end.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::BuiltBy => 0,
            Self::Contains => 1,
            Self::DependsOn(Scope::Build) => 2,
            Self::DependsOn(Scope::Development) => 3,
            Self::DependsOn(Scope::Optional) => 4,
            Self::DependsOn(Scope::Runtime) => 5,
            Self::DerivedFrom(Derivation::Adapter) => 6,
            Self::DerivedFrom(Derivation::Distilled) => 7,
            Self::DerivedFrom(Derivation::Finetune) => 8,
            Self::DerivedFrom(Derivation::Merge) => 9,
            Self::DerivedFrom(Derivation::Quantized) => 10,
            Self::DerivedFrom(Derivation::Unspecified) => 11,
            Self::DescribedBy => 12,
            Self::EvaluatedOn => 13,
            Self::ProducedBy => 14,
            Self::Provides => 15,
            Self::RetrievesFrom => 16,
            Self::Serves => 17,
            Self::SuppliedBy => 18,
            Self::TokenizedBy => 19,
            Self::TrainedOn => 20,
            Self::Uses => 21,
        }
    }

    /// Returns the relation of a number that [`code`](Self::code) gave.
    pub(crate) const fn of_code(code: u8) -> Self {
        Self::ALL[code as usize]
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Relation {
    type Err = ParseRelationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|known| known.key() == text);
        known.ok_or_else(|| ParseRelationError { text: text.into() })
    }
}

impl Serialize for Relation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Relation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
