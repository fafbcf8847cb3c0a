//! Who says what of the model: the facts of its top directory, the most trusted file first.

use modelward_artifact::EntryPath;

use crate::generate::survey::Survey;
use crate::generate::weights::Weights;
use crate::inspect::{Aspect, Fact, Format, Origin};

/// One fact, and the file that states it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim<'a> {
    pub(super) path: &'a EntryPath,
    pub(super) format: Format,
    pub(super) fact: &'a Fact,
}

impl<'a> Claim<'a> {
    pub(super) fn value(&self) -> &'a str {
        self.fact.value()
    }
}

/// Everything that the files of the top directory say of the model.
#[derive(Debug)]
pub(super) struct Claims<'a> {
    all: Vec<Claim<'a>>,
}

impl<'a> Claims<'a> {
    /// Collects what is said of the model. Weight files are heard where they are one model's.
    pub(super) fn of(survey: &'a Survey, weights: &Weights<'_>) -> Self {
        let is_one = weights.is_one_model();
        let files = survey
            .files()
            .iter()
            .filter(|file| file.is_top() && (is_one || !file.inspection.format().holds_weights()));
        let claims = files.flat_map(|file| {
            let format = file.inspection.format();
            file.inspection.facts().iter().map(move |fact| Claim {
                path: &file.path,
                format,
                fact,
            })
        });
        let mut all: Vec<Claim<'a>> = claims.collect();
        // The sort is stable: within a file facts stay in its order, files in that of their names.
        all.sort_by_key(|claim| (claim.fact.origin() == Origin::Inferred, rank(claim.format)));
        Self { all }
    }

    /// Returns everything that is said under an aspect, the most trusted first.
    pub(super) fn about(&self, aspect: &Aspect) -> impl Iterator<Item = Claim<'a>> {
        let chosen = move |claim: &&Claim<'a>| claim.fact.aspect() == aspect;
        let claims = self.all.iter().filter(chosen).copied();
        claims.filter(|claim| !claim.value().trim().is_empty())
    }

    /// Returns what is said of several aspects at once.
    pub(super) fn all(&self) -> impl Iterator<Item = Claim<'a>> {
        let claims = self.all.iter().copied();
        claims.filter(|claim| !claim.value().trim().is_empty())
    }

    /// Returns the most trusted statement.
    pub(super) fn first(&self, aspect: &Aspect) -> Option<Claim<'a>> {
        self.about(aspect).next()
    }

    /// Returns each value once, by whom it is said first.
    pub(super) fn unique(&self, aspect: &Aspect) -> Vec<Claim<'a>> {
        let mut kept: Vec<Claim<'a>> = Vec::new();
        for claim in self.about(aspect) {
            if !kept.iter().any(|known| known.value() == claim.value()) {
                kept.push(claim);
            }
        }
        kept
    }
}

/// What people write for the model as a whole goes before what they write for one file of it.
const fn rank(format: Format) -> u8 {
    match format {
        Format::ModelCard => 0,
        Format::Config => 1,
        format if !format.holds_weights() => 2,
        _ => 3,
    }
}
