use crate::{Relation, RelationSet};

/// Joins two nodes of a picture, by their places.
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) relations: RelationSet,
}

impl Line {
    pub(super) const fn new(from: usize, to: usize, relations: RelationSet) -> Self {
        Self {
            from,
            to,
            relations,
        }
    }

    /// Returns the family that the line is drawn as, of several the first one.
    pub(super) fn family(&self) -> Family {
        let families = self.relations.iter().map(Family::of);
        families.min().unwrap_or(Family::Dependency)
    }

    /// Returns the words for the relations.
    pub(super) fn words(&self) -> String {
        let names: Vec<_> = self.relations.iter().map(Relation::name).collect();
        names.join(", ")
    }
}

/// Relations that are drawn alike, the most telling first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Family {
    Derivation,
    Data,
    Part,
    Origin,
    Dependency,
}

impl Family {
    pub(super) const ALL: [Self; 5] = [
        Self::Derivation,
        Self::Data,
        Self::Part,
        Self::Origin,
        Self::Dependency,
    ];

    pub(super) const fn of(relation: Relation) -> Self {
        match relation {
            Relation::DerivedFrom(_) => Self::Derivation,
            Relation::EvaluatedOn | Relation::RetrievesFrom | Relation::TrainedOn => Self::Data,
            Relation::Contains | Relation::Provides | Relation::Serves | Relation::TokenizedBy => {
                Self::Part
            }
            Relation::BuiltBy
            | Relation::DescribedBy
            | Relation::ProducedBy
            | Relation::SuppliedBy
            | Relation::Uses => Self::Origin,
            Relation::DependsOn(_) => Self::Dependency,
        }
    }

    /// Returns what the legend says.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Data => "learns from or looks up data",
            Self::Dependency => "depends on",
            Self::Derivation => "made from a model",
            Self::Origin => "where it comes from",
            Self::Part => "has or serves a part",
        }
    }

    /// Returns a color that is seen on white and on black, and by the color-blind.
    pub(super) const fn color(self) -> &'static str {
        match self {
            Self::Data => "#00926b",
            Self::Dependency => "#7a8594",
            Self::Derivation => "#0072b2",
            Self::Origin => "#b0618f",
            Self::Part => "#a86f00",
        }
    }

    /// Returns the width in pixels.
    pub(super) const fn width(self) -> &'static str {
        match self {
            Self::Derivation => "2.6",
            Self::Data => "1.8",
            Self::Dependency | Self::Origin | Self::Part => "1.4",
        }
    }

    /// Returns the dashes of SVG, if the line has any.
    pub(super) const fn dashes(self) -> Option<&'static str> {
        match self {
            Self::Data => Some("7 4"),
            Self::Origin => Some("2 3"),
            Self::Part => Some("11 3 2 3"),
            Self::Dependency | Self::Derivation => None,
        }
    }

    /// Returns the style of DOT.
    pub(super) const fn dot(self) -> &'static str {
        match self {
            Self::Data => "dashed",
            Self::Derivation => "bold",
            Self::Origin => "dotted",
            Self::Dependency | Self::Part => "solid",
        }
    }

    /// Returns the arrow of Mermaid.
    pub(super) const fn mermaid(self) -> &'static str {
        match self {
            Self::Data | Self::Origin => "-.->",
            Self::Dependency | Self::Part => "-->",
            Self::Derivation => "==>",
        }
    }
}
