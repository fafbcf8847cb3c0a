use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::version::{Version, VersionRange, VersionScheme};
use crate::vex::{Match, MatchDoubt};

/// Says for which versions a statement holds: one, or a range of them. A copy costs nothing.
#[derive(Clone, Debug)]
pub struct VersionScope {
    text: Arc<str>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Exact,
    Range(Arc<VersionRange>),
    Unreadable,
}

impl VersionScope {
    pub(super) fn exact(text: &str) -> Self {
        Self {
            text: text.into(),
            kind: Kind::Exact,
        }
    }

    /// Reads a range, which may be one that cannot be evaluated: nothing is in that for sure.
    pub(super) fn range(text: &str) -> Self {
        let kind = match text.parse() {
            Ok(range) => Kind::Range(Arc::new(range)),
            Err(_) => Kind::Unreadable,
        };
        Self {
            text: text.into(),
            kind,
        }
    }

    /// Returns the version or range as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Tells whether it is a range, be it one that can be evaluated or not.
    #[must_use]
    pub const fn is_range(&self) -> bool {
        !matches!(self.kind, Kind::Exact)
    }

    /// Tells whether it can be evaluated.
    #[must_use]
    pub const fn is_readable(&self) -> bool {
        !matches!(self.kind, Kind::Unreadable)
    }

    /// Tells whether a version of a package of that type is meant.
    pub(super) fn contains(&self, version: Option<&str>, package_type: Option<&str>) -> Match {
        let Some(version) = version else {
            return Match::Unknown(MatchDoubt::NoVersion);
        };
        match &self.kind {
            Kind::Exact if same(&self.text, version, package_type) => Match::Yes,
            Kind::Exact => Match::No,
            Kind::Range(range) => match Version::parse(version, range.scheme()) {
                Ok(version) => match range.contains(&version) {
                    Some(true) => Match::Yes,
                    Some(false) => Match::No,
                    None => Match::Unknown(MatchDoubt::UnreadableRange),
                },
                Err(_) => Match::Unknown(MatchDoubt::UnreadableVersion),
            },
            Kind::Unreadable => Match::Unknown(MatchDoubt::UnreadableRange),
        }
    }
}

/// Compares two versions as text, and by the scheme of the package's type where both are of it.
fn same(one: &str, other: &str, package_type: Option<&str>) -> bool {
    let equal = || {
        let scheme = VersionScheme::of_type(package_type?)?;
        let one = Version::parse(one, scheme).ok()?;
        Some(one == Version::parse(other, scheme).ok()?)
    };
    one == other || equal() == Some(true)
}

impl PartialEq for VersionScope {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for VersionScope {}

impl Ord for VersionScope {
    fn cmp(&self, other: &Self) -> Ordering {
        let kinds = self.is_range().cmp(&other.is_range());
        kinds.then_with(|| {
            // What is shared need not be looked at.
            if Arc::ptr_eq(&self.text, &other.text) {
                Ordering::Equal
            } else {
                self.text.cmp(&other.text)
            }
        })
    }
}

impl PartialOrd for VersionScope {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for VersionScope {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.is_range().hash(state);
        self.text.hash(state);
    }
}
