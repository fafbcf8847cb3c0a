use std::fmt;
use std::ops::{BitOr, Sub};

use crate::{Derivation, Relation, Scope};

/// Holds some relations, such as those that a query follows.
///
/// ```
/// use modelward_graph::{Relation, RelationSet};
///
/// let lineage = RelationSet::DERIVED_FROM | Relation::TrainedOn;
/// assert!(lineage.contains(Relation::TrainedOn));
/// assert_eq!((lineage - RelationSet::DERIVED_FROM).to_string(), "trained-on");
/// ```
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct RelationSet(u32);

impl RelationSet {
    /// Every relation, those of later versions too.
    pub const ALL: Self = Self(u32::MAX);

    /// No relation.
    pub const NONE: Self = Self(0);

    /// `depends on` in every scope.
    pub const DEPENDS_ON: Self = Self::of(&[
        Relation::DependsOn(Scope::Build),
        Relation::DependsOn(Scope::Development),
        Relation::DependsOn(Scope::Optional),
        Relation::DependsOn(Scope::Runtime),
    ]);

    /// `derived from` in every way.
    pub const DERIVED_FROM: Self = Self::of(&[
        Relation::DerivedFrom(Derivation::Adapter),
        Relation::DerivedFrom(Derivation::Distilled),
        Relation::DerivedFrom(Derivation::Finetune),
        Relation::DerivedFrom(Derivation::Merge),
        Relation::DerivedFrom(Derivation::Quantized),
        Relation::DerivedFrom(Derivation::Unspecified),
    ]);

    /// Makes the set of these relations.
    #[must_use]
    pub const fn of(relations: &[Relation]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < relations.len() {
            bits |= 1 << relations[at].code();
            at += 1;
        }
        Self(bits)
    }

    /// Returns what is in one of the two.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns what is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns what is in this one and not in the other.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Tells whether a relation is in the set.
    #[must_use]
    pub const fn contains(self, relation: Relation) -> bool {
        self.has(relation.code())
    }

    /// Tells whether the set has no relation.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the relations of the set that this build knows, in order.
    pub fn iter(self) -> impl Iterator<Item = Relation> {
        let all = Relation::ALL.into_iter();
        all.filter(move |relation| self.contains(*relation))
    }

    /// Tells whether the relation of a number is in the set.
    pub(crate) const fn has(self, code: u8) -> bool {
        self.0 >> code & 1 == 1
    }
}

impl From<Relation> for RelationSet {
    fn from(relation: Relation) -> Self {
        Self::of(&[relation])
    }
}

impl FromIterator<Relation> for RelationSet {
    fn from_iter<T: IntoIterator<Item = Relation>>(relations: T) -> Self {
        let each = relations.into_iter().map(Self::from);
        each.fold(Self::NONE, Self::union)
    }
}

impl<T: Into<Self>> BitOr<T> for RelationSet {
    type Output = Self;

    fn bitor(self, other: T) -> Self {
        self.union(other.into())
    }
}

impl<T: Into<Self>> Sub<T> for RelationSet {
    type Output = Self;

    fn sub(self, other: T) -> Self {
        self.difference(other.into())
    }
}

/// Lists the keys between commas.
impl fmt::Display for RelationSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, relation) in self.iter().enumerate() {
            let between = if index == 0 { "" } else { "," };
            write!(f, "{between}{}", relation.key())?;
        }
        Ok(())
    }
}

impl fmt::Debug for RelationSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
