use std::fmt;

use modelward_artifact::AtlasTechnique;
use modelward_artifact::escape::Terminal;

use super::id::TacticId;

/// Says where data of ATLAS is not as its format has it, and yet could be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AtlasDeviation {
    pointer: Box<str>,
    kind: DeviationKind,
}

/// Says what is not as the format has it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum DeviationKind {
    /// The steps of a case study are no chain, since one has no id or does not lead to the next alone.
    /// They stand in the order of their ids, or as they were written where an id is missing.
    Branches,
    /// A use of a technique stands among the phases of the life cycle; it was taken for what it is.
    MisplacedTechnique {
        /// The technique.
        technique: AtlasTechnique,
    },
    /// A technique that is a part by its id names another technique as the whole.
    Parent {
        /// The technique that it names.
        stated: AtlasTechnique,
    },
    /// A relation is stated of what the data does not have; it is kept among the other members.
    UnknownSource {
        /// What it is stated of.
        id: Box<str>,
    },
    /// A tactic is named that the data does not have.
    UnknownTactic {
        /// The tactic.
        tactic: TacticId,
    },
    /// A technique is named that the data does not have.
    UnknownTechnique {
        /// The technique.
        technique: AtlasTechnique,
    },
}

impl AtlasDeviation {
    pub(super) fn new(pointer: &str, kind: DeviationKind) -> Self {
        let pointer = pointer.into();
        Self { pointer, kind }
    }

    /// Returns the JSON pointer (RFC 6901) to what deviates.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns what deviates.
    #[must_use]
    pub const fn kind(&self) -> &DeviationKind {
        &self.kind
    }
}

impl fmt::Display for AtlasDeviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Terminal(&self.pointer), self.kind)
    }
}

impl fmt::Display for DeviationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Branches => f.write_str("the steps are no chain"),
            Self::MisplacedTechnique { technique } => {
                write!(f, "{technique} stands among the phases of the life cycle")
            }
            Self::Parent { stated } => write!(f, "{stated} is not the whole that the id names"),
            Self::UnknownSource { id } => {
                write!(
                    f,
                    "a relation of {}, which the data does not have",
                    Terminal(id)
                )
            }
            Self::UnknownTactic { tactic } => write!(f, "the data does not have {tactic}"),
            Self::UnknownTechnique { technique } => {
                write!(f, "the data does not have {technique}")
            }
        }
    }
}

/// Collects what is noticed while data is read.
#[derive(Default)]
pub(super) struct Notes {
    deviations: Vec<AtlasDeviation>,
    tactics: Vec<(Box<str>, TacticId)>,
    techniques: Vec<(Box<str>, AtlasTechnique)>,
}

impl Notes {
    pub(super) fn deviation(&mut self, pointer: &str, kind: DeviationKind) {
        self.deviations.push(AtlasDeviation::new(pointer, kind));
    }

    /// Remembers that a tactic is named.
    pub(super) fn tactic(&mut self, pointer: &str, tactic: &TacticId) {
        self.tactics.push((pointer.into(), tactic.clone()));
    }

    /// Remembers that a technique is named.
    pub(super) fn technique(&mut self, pointer: &str, technique: AtlasTechnique) {
        self.techniques.push((pointer.into(), technique));
    }

    /// Returns all deviations, those included that name what is not there.
    pub(super) fn finish(
        mut self,
        has_tactic: impl Fn(&TacticId) -> bool,
        has_technique: impl Fn(AtlasTechnique) -> bool,
    ) -> Vec<AtlasDeviation> {
        for (pointer, tactic) in self.tactics {
            if !has_tactic(&tactic) {
                let kind = DeviationKind::UnknownTactic { tactic };
                self.deviations.push(AtlasDeviation { pointer, kind });
            }
        }
        for (pointer, technique) in self.techniques {
            if !has_technique(technique) {
                let kind = DeviationKind::UnknownTechnique { technique };
                self.deviations.push(AtlasDeviation { pointer, kind });
            }
        }
        self.deviations
    }
}
