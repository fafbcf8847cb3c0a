use modelward_artifact::Digest;

use super::BomId;
use super::bom::link_of;
use crate::Slug;

/// How an asset stands, as far as the record says.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Standing {
    Affected,
    Suspected,
    Unknown,
    Cleared,
}

/// An affected asset as the formats take it.
#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub(crate) asset: Slug,
    /// The kind in words, such as `vector store`.
    pub(crate) kind: &'static str,
    /// The type that a component of CycloneDX has.
    pub(crate) component_type: &'static str,
    pub(crate) name: String,
    pub(crate) version: Option<String>,
    /// In canonical form, sorted.
    pub(crate) purls: Vec<String>,
    /// A package URL was refused by the reader of package URLs.
    pub(crate) has_bad_purl: bool,
    pub(crate) bom_refs: Vec<String>,
    pub(crate) digests: Vec<Digest>,
    pub(crate) standing: Standing,
    /// What was done to contain, eradicate or recover, in the order of the record.
    pub(crate) actions: Vec<String>,
    pub(crate) rollback: Option<Rollback>,
}

/// What an asset is to go back to.
#[derive(Clone, Debug)]
pub(crate) struct Rollback {
    pub(crate) to: Digest,
    pub(crate) version: Option<String>,
    pub(crate) steps: Vec<String>,
    /// A receipt shows that what is in place now is this.
    pub(crate) is_done: bool,
}

impl Rollback {
    /// Says in a sentence where to go back to, and how.
    pub(crate) fn advice(&self, name: &str) -> String {
        let version = self.version.as_deref();
        let target = version.map_or_else(String::new, |version| format!("version {version}, "));
        let mut text = format!("Go back to {name}, {target}{}.", self.to);
        for (index, step) in self.steps.iter().enumerate() {
            text.push_str(&format!("\n{}. {step}", index + 1));
        }
        text
    }
}

impl Product {
    /// Sorts what has no order, and leaves out what stands there twice.
    pub(crate) fn sort(&mut self) {
        self.purls.sort();
        self.purls.dedup();
        self.bom_refs.sort();
        self.bom_refs.dedup();
        self.digests.sort();
        self.digests.dedup();
    }

    /// Returns the name with version and kind, such as `scorer 1.2 (model)`.
    pub(crate) fn full_name(&self) -> String {
        full_name(&self.name, self.version.as_deref(), self.kind)
    }

    /// Returns links to the asset in bills of materials, sorted.
    pub(crate) fn bom_links(&self, bom: Option<&BomId>) -> Vec<String> {
        let links = self.bom_refs.iter();
        let mut links: Vec<_> = links.filter_map(|it| link_of(it, bom)).collect();
        links.sort();
        links.dedup();
        links
    }

    /// Tells whether a `bom-ref` has no link, since nobody said which bill it is in.
    pub(crate) fn has_unlinked(&self, bom: Option<&BomId>) -> bool {
        self.bom_refs.iter().any(|it| link_of(it, bom).is_none())
    }

    /// Tells whether there is a plan, and the asset needs no remedy.
    pub(crate) fn has_mere_plan(&self) -> bool {
        let mut plans = self.rollback.iter();
        self.standing == Standing::Cleared && plans.any(|it| !it.is_done)
    }

    /// Says what is to be done or was done, one text for each. Empty where nothing is recorded.
    pub(crate) fn advice(&self) -> Vec<String> {
        let back = self.rollback.iter().map(|it| it.advice(&self.name));
        back.chain(self.actions.iter().cloned()).collect()
    }
}

pub(crate) fn full_name(name: &str, version: Option<&str>, kind: &str) -> String {
    match version {
        Some(version) => format!("{name} {version} ({kind})"),
        None => format!("{name} ({kind})"),
    }
}

/// Deals digests out so that no list has two of one algorithm: a list describes one file, and an
/// asset may have several.
pub(crate) fn files(digests: &[Digest]) -> Vec<Vec<Digest>> {
    let mut files: Vec<Vec<Digest>> = Vec::new();
    for digest in digests {
        let same = |other: &Digest| other.algorithm() == digest.algorithm();
        match files.iter_mut().find(|file| !file.iter().any(same)) {
            Some(file) => file.push(*digest),
            None => files.push(vec![*digest]),
        }
    }
    files
}
