use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::advisory::{Package, ParsePackageError, read_purl};
use crate::vex::matching::Match;
use crate::vex::{MatchDoubt, VersionScope};

/// Names packages by a package URL: what it states must hold, what it leaves out may be anything.
///
/// ```
/// use modelward_graph::vex::PackagePattern;
///
/// let pattern: PackagePattern = "pkg:deb/debian/curl?arch=arm64".parse()?;
/// assert_eq!(pattern.package().version(), None);
/// assert_eq!(pattern.qualifiers()["arch"], "arm64");
/// # Ok::<(), modelward_graph::advisory::ParsePackageError>(())
/// ```
#[derive(Clone, Debug)]
pub struct PackagePattern {
    /// In canonical form, by which patterns are compared.
    text: String,
    kind: String,
    package: Package,
    qualifiers: BTreeMap<String, String>,
    subpath: Option<String>,
}

impl PackagePattern {
    /// Returns the package, with the version if one is stated.
    #[must_use]
    pub const fn package(&self) -> &Package {
        &self.package
    }

    /// Returns the package's type, such as `pypi`.
    #[must_use]
    pub fn package_type(&self) -> &str {
        &self.kind
    }

    /// Returns the qualifiers that are stated.
    #[must_use]
    pub const fn qualifiers(&self) -> &BTreeMap<String, String> {
        &self.qualifiers
    }

    /// Returns the path inside the package, if one is stated.
    #[must_use]
    pub fn subpath(&self) -> Option<&str> {
        self.subpath.as_deref()
    }

    /// Returns the package URL in canonical form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Tells whether the candidate is one of these packages, whatever its version.
    pub(super) fn names(&self, candidate: &Self) -> Match {
        if self.package.purl() != candidate.package.purl() {
            return Match::No;
        }
        let stated = self.qualifiers.iter().map(|(name, value)| {
            let found = candidate.qualifiers.get(name).map(String::as_str);
            (Some(value.as_str()), found)
        });
        let subpath = (self.subpath(), candidate.subpath());
        let answers = stated.chain([subpath]).map(|pair| match pair {
            (None, _) => Match::Yes,
            (Some(_), None) => Match::Unknown(MatchDoubt::NoQualifier),
            (Some(value), Some(found)) if value == found => Match::Yes,
            _ => Match::No,
        });
        answers.min().unwrap_or(Match::Yes)
    }

    /// Tells whether a version is the one that is stated.
    pub(super) fn admits(&self, version: Option<&str>) -> Match {
        match self.package.version() {
            None => Match::Yes,
            Some(own) => VersionScope::exact(own).contains(version, Some(&self.kind)),
        }
    }
}

impl FromStr for PackagePattern {
    type Err = ParsePackageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let package = text.parse()?;
        let purl = read_purl(text)?;
        let qualifiers = purl.qualifiers().iter();
        Ok(Self {
            text: purl.to_string(),
            kind: purl.ty().to_owned(),
            package,
            qualifiers: qualifiers
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            subpath: purl.subpath().map(str::to_owned),
        })
    }
}

impl fmt::Display for PackagePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for PackagePattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for PackagePattern {}

impl Ord for PackagePattern {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl PartialOrd for PackagePattern {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for PackagePattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
