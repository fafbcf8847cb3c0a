mod found;
mod scanned;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Derivation, Relation, RelationSet, Scope};

pub use self::found::Finding;

/// Says of what kind a flaw is, which decides along which relations it reaches others.
///
/// The masks are our reading of how models are made; pass a [`RelationSet`] of your own to a query
/// where yours differs. What a source leaves open counts: `derived from` in a way that is not told
/// carries whatever any derivation carries.
///
/// | class | flows along |
/// |---|---|
/// | code flaw | `depends on` but for development, `contains`, `serves`, `provides`, `tokenized by`, `built by` |
/// | malicious weights | `derived from` but for distillation, `contains`, `serves`, `tokenized by`, `depends on` but for development |
/// | poisoned data | `trained on`, `derived from`, `retrieves from`, `produced by`, `uses`, `contains`, `serves`, `tokenized by`, `depends on` but for development |
/// | license | `derived from`, `trained on`, `contains` |
/// | mutable name | all of the above: whatever is fetched by that name |
///
/// No class flows along `evaluated on`, `described by` and `supplied by`: a bad benchmark changes
/// what is known of a model, not the model.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum FindingClass {
    /// A vulnerability of software.
    CodeFlaw,
    /// A term of a license that binds what is made from the thing.
    License,
    /// Weights or a file that do harm when they are loaded or used.
    MaliciousWeights,
    /// A name that can be made to point at something else.
    MutableName,
    /// Training data that was tampered with.
    PoisonedData,
}

const IN_USE: RelationSet = RelationSet::of(&[
    Relation::DependsOn(Scope::Build),
    Relation::DependsOn(Scope::Optional),
    Relation::DependsOn(Scope::Runtime),
    Relation::Contains,
    Relation::Serves,
    Relation::TokenizedBy,
]);

const CODE: RelationSet = IN_USE.union(RelationSet::of(&[Relation::BuiltBy, Relation::Provides]));

const WEIGHTS: RelationSet = IN_USE
    .union(RelationSet::DERIVED_FROM)
    .difference(RelationSet::of(&[Relation::DerivedFrom(
        Derivation::Distilled,
    )]));

const DATA: RelationSet = IN_USE
    .union(RelationSet::DERIVED_FROM)
    .union(RelationSet::of(&[
        Relation::ProducedBy,
        Relation::RetrievesFrom,
        Relation::TrainedOn,
        Relation::Uses,
    ]));

const LICENSE: RelationSet =
    RelationSet::DERIVED_FROM.union(RelationSet::of(&[Relation::Contains, Relation::TrainedOn]));

impl FindingClass {
    /// Lists every class that this build knows.
    pub const ALL: [Self; 5] = [
        Self::CodeFlaw,
        Self::License,
        Self::MaliciousWeights,
        Self::MutableName,
        Self::PoisonedData,
    ];

    /// Returns the relations along which a flaw of this class reaches dependents.
    ///
    /// ```
    /// use modelward_graph::{Derivation, FindingClass, Relation};
    ///
    /// let distilled = Relation::DerivedFrom(Derivation::Distilled);
    /// assert!(!FindingClass::MaliciousWeights.flow().contains(distilled));
    /// assert!(FindingClass::PoisonedData.flow().contains(distilled));
    /// ```
    #[must_use]
    pub const fn flow(self) -> RelationSet {
        match self {
            Self::CodeFlaw => CODE,
            Self::License => LICENSE,
            Self::MaliciousWeights => WEIGHTS,
            Self::MutableName => CODE.union(WEIGHTS).union(DATA).union(LICENSE),
            Self::PoisonedData => DATA,
        }
    }

    /// Returns the name in words, such as `poisoned data`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodeFlaw => "code flaw",
            Self::License => "license",
            Self::MaliciousWeights => "malicious weights",
            Self::MutableName => "mutable name",
            Self::PoisonedData => "poisoned data",
        }
    }
}

impl fmt::Display for FindingClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
