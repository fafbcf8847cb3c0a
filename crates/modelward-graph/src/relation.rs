use std::fmt;

use serde::{Deserialize, Serialize};

/// Says how one thing needs another, from the dependent to its dependency.
///
/// Whatever is wrong with the dependency may concern the dependent, never the other way round.
///
/// ```
/// use modelward_graph::Relation;
///
/// assert_eq!(Relation::TrainedOn.to_string(), "trained on");
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The whole has the part in it: a model its files, an image its packages.
    Contains,
    /// The dependent needs the dependency to be built or to run.
    DependsOn,
    /// The model was made from another one: fine-tuned, merged, quantized, distilled or adapted.
    DerivedFrom,
    /// The thing has a document that tells about it, such as its model card or its license.
    DescribedBy,
    /// The model or the evaluation measured with this data set or benchmark.
    EvaluatedOn,
    /// The artifact came out of this run, tool or service.
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

impl Relation {
    /// Lists every relation that this build knows.
    pub const ALL: [Self; 13] = [
        Self::Contains,
        Self::DependsOn,
        Self::DerivedFrom,
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
            Self::Contains => "contains",
            Self::DependsOn => "depends on",
            Self::DerivedFrom => "derived from",
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
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
