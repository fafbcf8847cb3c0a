//! Elements as data: what a standard asks for, of which part of a document, and where it may stand.

use crate::profile::Level;

/// One element of a standard.
#[derive(Debug)]
pub(super) struct Requirement {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) level: Level,
    pub(super) scope: Scope,
    /// Where it may stand, each relative to the scope; see [`super::find`]. Of the groups every one
    /// has to be met, by any of its places.
    pub(super) groups: &'static [&'static [&'static str]],
    /// Whether that something stands there says too little: a person has to read it.
    pub(super) review: bool,
}

/// What an element is asked of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Scope {
    /// Every component, those inside others included, and what the document is about.
    Components,
    /// Every component of kind `data` that is a dataset, and every dataset inside a model card.
    Datasets,
    /// The document as a whole.
    Document,
    /// Every machine-learning model.
    Models,
    /// What the document is about.
    Subject,
}

/// That a component stands in a relation to another: by a dependency, or by where it stands.
pub(super) const RELATED: &[&[&str]] = &[&[
    "#dependencies.ref",
    "#dependencies.dependsOn",
    "#dependencies.provides",
    "#inside",
]];

impl Requirement {
    /// Asks that one of several places says something.
    pub(super) const fn new(
        id: &'static str,
        title: &'static str,
        scope: Scope,
        groups: &'static [&'static [&'static str]],
    ) -> Self {
        Self {
            id,
            title,
            level: Level::Required,
            scope,
            groups,
            review: false,
        }
    }

    pub(super) const fn additional(self) -> Self {
        Self {
            level: Level::Additional,
            ..self
        }
    }

    pub(super) const fn optional(self) -> Self {
        Self {
            level: Level::Optional,
            ..self
        }
    }

    pub(super) const fn review(self) -> Self {
        Self {
            review: true,
            ..self
        }
    }
}
