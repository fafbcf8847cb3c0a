use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use modelward_artifact::Digest;
use modelward_artifact::escape::Terminal;

use crate::vex::{BomLink, PackagePattern, VersionScope};

/// Names what a statement is about, in each way in which the document does.
///
/// What is said once of a product in a document is kept once, so that a copy costs nothing.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct VexSubject {
    identity: Arc<Identity>,
    versions: Vec<VersionScope>,
}

#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct Identity {
    pub(super) purls: Vec<PackagePattern>,
    pub(super) digests: Vec<Digest>,
    pub(super) other_digests: Vec<(String, String)>,
    pub(super) cpes: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) version: Option<Arc<str>>,
    pub(super) place: Option<BomPlace>,
}

/// Names a thing by its place in a bill of materials.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum BomPlace {
    /// In another document, by a BOM-Link.
    Link(BomLink),
    /// In the document itself, whose serial number is not known.
    Unnumbered(
        /// The `bom-ref`.
        String,
    ),
}

impl VexSubject {
    pub(super) fn new(identity: Identity) -> Self {
        Self {
            identity: Arc::new(identity),
            versions: Vec::new(),
        }
    }

    /// Says for which versions of the thing a statement holds.
    pub(super) fn with_versions(mut self, versions: Vec<VersionScope>) -> Self {
        self.versions = versions;
        self
    }

    /// Returns the package URLs. Several of them name the same thing.
    #[must_use]
    pub fn purls(&self) -> &[PackagePattern] {
        &self.identity.purls
    }

    /// Returns the digests of the functions that are known here.
    #[must_use]
    pub fn digests(&self) -> &[Digest] {
        &self.identity.digests
    }

    /// Returns name and value of the digests of other functions, as they were written.
    #[must_use]
    pub fn other_digests(&self) -> &[(String, String)] {
        &self.identity.other_digests
    }

    /// Returns the names of Common Platform Enumeration, as they were written.
    #[must_use]
    pub fn cpes(&self) -> &[String] {
        &self.identity.cpes
    }

    /// Returns names and addresses, which are for people: nothing matches by them.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.identity.names
    }

    /// Returns the version that stands beside the name, if one does. It too is for people.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.identity.version.as_deref()
    }

    /// Returns the place in a bill of materials, if it was given.
    #[must_use]
    pub fn place(&self) -> Option<&BomPlace> {
        self.identity.place.as_ref()
    }

    /// Returns the versions for which the statement holds. None are all that the names allow; where
    /// there are some, they stand in the place of the version in the package URL.
    #[must_use]
    pub fn versions(&self) -> &[VersionScope] {
        &self.versions
    }

    /// Tells the same identity from another without a look at it.
    pub(super) fn address(&self) -> usize {
        Arc::as_ptr(&self.identity).addr()
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.identity
    }
}

impl Ord for VexSubject {
    fn cmp(&self, other: &Self) -> Ordering {
        let identities = if Arc::ptr_eq(&self.identity, &other.identity) {
            Ordering::Equal
        } else {
            self.identity.cmp(&other.identity)
        };
        identities.then_with(|| self.versions.cmp(&other.versions))
    }
}

impl PartialOrd for VexSubject {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Shows the best name that there is: a package URL, a place, a digest or what people call it.
impl fmt::Display for VexSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(purl) = self.purls().first() {
            return write!(f, "{purl}");
        }
        match (self.names().first(), self.place(), self.cpes().first()) {
            (Some(name), ..) => write!(f, "{}", Terminal(name)),
            (None, Some(BomPlace::Link(link)), _) => write!(f, "{link}"),
            (None, Some(BomPlace::Unnumbered(name)), _) => write!(f, "{}", Terminal(name)),
            (None, None, Some(cpe)) => write!(f, "{}", Terminal(cpe)),
            (None, None, None) => match self.digests().first() {
                Some(digest) => write!(f, "{digest}"),
                None => f.write_str("a thing without a name"),
            },
        }
    }
}
