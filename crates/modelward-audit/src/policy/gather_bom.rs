//! Facts out of an ML-BOM and the files that it should describe.

use std::collections::BTreeSet;

use modelward_artifact::{Digest, DigestAlgorithm, Entry, Layout, Manifest};
use modelward_bom::profile::Profile;
use modelward_bom::{Component, MlBom};

use crate::lineage::ROOT_PROPERTY;
use crate::policy::fact::BomFact;
use crate::policy::facts::ReleaseFacts;

impl ReleaseFacts {
    /// Gives how an ML-BOM fits the files of the model, and what it should say and does not.
    ///
    /// - A file is listed where any component has its digest.
    /// - A part of the model is foreign where it is a file by digests of which none is that of one of
    ///   the files. A part without a digest that can be compared is passed over.
    #[must_use]
    pub fn with_ml_bom(self, bom: &MlBom, files: Option<&Manifest>) -> Self {
        // The digests of shards are those of no file.
        let files = files.filter(|it| it.layout() == Layout::Files);
        let model = bom.model();
        let roots = model.map(|it| it.property_values(ROOT_PROPERTY));
        let roots = roots.into_iter().flatten().map(str::to_owned).collect();
        let parts = model.map(Component::files).unwrap_or_default();
        self.with_bom([BomFact::new(
            roots,
            files.map(|files| unlisted(bom, files)),
            files.map_or_else(BTreeSet::new, |files| foreign(&parts, files)),
            bom.unknowns(),
        )])
    }

    /// Gives what an ML-BOM lacks of every standard that is known here.
    #[must_use]
    pub fn with_every_profile(self, bom: &MlBom) -> Self {
        let profiles = Profile::ALL.into_iter();
        profiles.fold(self, |facts, it| facts.with_completeness(&it.assess(bom)))
    }
}

fn unlisted(bom: &MlBom, files: &Manifest) -> BTreeSet<String> {
    let components = bom.all_components().into_iter();
    let listed: BTreeSet<Digest> = components.flat_map(Component::digests).collect();
    let entries = files.entries().iter();
    let missing = entries.filter(|entry| !listed.contains(entry.digest()));
    missing
        .map(|entry| entry.path().as_str().to_owned())
        .collect()
}

fn foreign(parts: &[&Component], files: &Manifest) -> BTreeSet<String> {
    let digests = || files.entries().iter().map(Entry::digest);
    let there: BTreeSet<&Digest> = digests().collect();
    let algorithms: BTreeSet<DigestAlgorithm> = digests().map(Digest::algorithm).collect();
    let is_foreign = |part: &&&Component| {
        let digests = part.digests();
        let mut comparable = digests
            .iter()
            .filter(|it| algorithms.contains(&it.algorithm()))
            .peekable();
        comparable.peek().is_some() && !comparable.any(|it| there.contains(it))
    };
    let foreign = parts.iter().filter(is_foreign);
    foreign.map(|part| part.name().to_owned()).collect()
}
