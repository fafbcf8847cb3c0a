//! Ranges of versions as OSV has them: events along the order of versions.

use std::cmp::Ordering;

use serde::Deserialize;

use crate::advisory::{Evidence, Exposure, UnknownReason};
use crate::version::{Version, VersionScheme};

/// Before every version, in `introduced`.
const FIRST: &str = "0";

/// After every version, in `limit`.
const LAST: &str = "*";

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Range {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RangeKind {
    Ecosystem,
    Git,
    Semver,
    Unknown,
}

/// One point of a range. The schema has one member in each; of several, each counts.
#[derive(Clone, Debug, Deserialize)]
struct Event {
    introduced: Option<String>,
    fixed: Option<String>,
    last_affected: Option<String>,
    limit: Option<String>,
}

/// What happens at a version, in the order in which it counts where versions are equal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Change {
    Introduced,
    Fixed,
    LastAffected,
}

impl Range {
    pub(super) fn kind(&self) -> RangeKind {
        match self.kind.as_str() {
            "ECOSYSTEM" => RangeKind::Ecosystem,
            "GIT" => RangeKind::Git,
            "SEMVER" => RangeKind::Semver,
            _ => RangeKind::Unknown,
        }
    }

    pub(super) fn fixed_versions(&self) -> impl Iterator<Item = &str> {
        self.events
            .iter()
            .filter_map(|event| event.fixed.as_deref())
    }

    pub(super) fn exposure(&self, version: &str, ecosystem: Option<&str>) -> Exposure {
        let Some(scheme) = self.scheme(ecosystem) else {
            return Exposure::Unknown(UnknownReason::UnknownOrder);
        };
        let Ok(version) = Version::parse(version, scheme) else {
            return Exposure::Unknown(UnknownReason::UnreadableVersion);
        };
        match self.contains(&version) {
            None => Exposure::Unknown(UnknownReason::UnreadableRange),
            Some(true) => Exposure::Affected(Evidence::Range),
            Some(false) => Exposure::NotAffected,
        }
    }

    fn scheme(&self, ecosystem: Option<&str>) -> Option<VersionScheme> {
        match self.kind() {
            RangeKind::Semver => Some(VersionScheme::Semver),
            RangeKind::Ecosystem => match ecosystem? {
                "crates.io" | "Go" | "Hex" | "npm" => Some(VersionScheme::Semver),
                "Debian" | "Ubuntu" => Some(VersionScheme::Debian),
                "PyPI" => Some(VersionScheme::Pep440),
                _ => None,
            },
            RangeKind::Git | RangeKind::Unknown => None,
        }
    }

    /// Walks the events up to the version. `None` where a bound cannot be read, or nothing is
    /// introduced.
    fn contains(&self, version: &Version) -> Option<bool> {
        let read = |text: &str| Version::parse(text, version.scheme()).ok();
        let mut changes: Vec<(Option<Version>, Change)> = Vec::new();
        let mut limits = Vec::new();
        for event in &self.events {
            if let Some(text) = &event.introduced {
                let first = text == FIRST;
                let at = if first { None } else { Some(read(text)?) };
                changes.push((at, Change::Introduced));
            }
            if let Some(text) = &event.fixed {
                changes.push((Some(read(text)?), Change::Fixed));
            }
            if let Some(text) = &event.last_affected {
                changes.push((Some(read(text)?), Change::LastAffected));
            }
            match event.limit.as_deref() {
                None => {}
                Some(LAST) => limits.push(None),
                Some(text) => limits.push(Some(read(text)?)),
            }
        }
        let introduces = |(_, change): &(_, Change)| *change == Change::Introduced;
        if !changes.iter().any(introduces) {
            return None;
        }
        let is_below = |limit: &Option<Version>| limit.as_ref().is_none_or(|limit| version < limit);
        if !limits.is_empty() && !limits.iter().any(is_below) {
            return Some(false);
        }
        // A stable sort: at one version the record's own order counts.
        changes.sort_by(|one, other| match (&one.0, &other.0) {
            (Some(one), Some(other)) => one.order(other),
            (one, other) => one.is_some().cmp(&other.is_some()),
        });
        let mut is_in = false;
        for (at, change) in changes {
            let order = at.map_or(Some(Ordering::Greater), |at| version.partial_cmp(&at));
            match (change, order) {
                (Change::Introduced, Some(Ordering::Greater | Ordering::Equal)) => is_in = true,
                (Change::Fixed, Some(Ordering::Greater | Ordering::Equal))
                | (Change::LastAffected, Some(Ordering::Greater)) => is_in = false,
                _ => {}
            }
        }
        Some(is_in)
    }
}
