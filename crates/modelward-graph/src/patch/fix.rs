use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::Serialize;

use crate::NodeId;
use crate::advisory::{AdvisorySet, Exposure, Package};
use crate::exposure::{Exposures, Hit};
use crate::version::{Version, VersionScheme};

impl Exposures<'_> {
    /// Tells for each affected node the lowest version in which it is mended, in the order of the
    /// nodes.
    ///
    /// Of the versions that the advisories of its flaws name, and that are higher than its own, it is
    /// the one with the fewest flaws by all advisories, unknown ones included, and of these the
    /// lowest. Where no order of versions is known nothing is proposed.
    #[must_use]
    pub fn fixes(&self) -> Vec<Fix> {
        let mut nodes: BTreeMap<u32, Vec<Hit<'_>>> = BTreeMap::new();
        for hit in self.affected() {
            nodes.entry(hit.node().index()).or_default().push(hit);
        }
        let fixes = nodes.values();
        fixes
            .filter_map(|hits| Fix::of(self.advisories(), hits))
            .collect()
    }
}

/// Proposes a version of a node, with what it mends and what it does not.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Fix {
    node: NodeId,
    version: Option<String>,
    mends: Vec<String>,
    left: Vec<String>,
    undecided: Vec<String>,
    brings: Vec<String>,
}

impl Fix {
    /// Returns the node.
    #[must_use]
    pub const fn node(&self) -> &NodeId {
        &self.node
    }

    /// Returns the version. There is none where no version mends anything.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns the ids of the flaws that the version does not have any more.
    #[must_use]
    pub fn mends(&self) -> &[String] {
        &self.mends
    }

    /// Returns the ids of the flaws that the version still has, or that no version mends.
    #[must_use]
    pub fn left(&self) -> &[String] {
        &self.left
    }

    /// Returns the ids of the flaws of which it is unknown whether the version has them.
    #[must_use]
    pub fn undecided(&self) -> &[String] {
        &self.undecided
    }

    /// Returns the ids of the flaws that the version has and the node has not.
    #[must_use]
    pub fn brings(&self) -> &[String] {
        &self.brings
    }

    fn of(set: &AdvisorySet, hits: &[Hit<'_>]) -> Option<Self> {
        let first = hits.first()?;
        let packages = hits.iter().find_map(|hit| hit.package());
        let ids = || hits.iter().map(|hit| hit.flaw().id().to_owned());
        let mut fix = Self {
            node: first.node().to_id(),
            version: None,
            mends: Vec::new(),
            left: ids().collect(),
            undecided: Vec::new(),
            brings: Vec::new(),
        };
        let proposed = packages.and_then(|package| propose(set, hits, &package));
        let Some((version, flaws)) = proposed else {
            return Some(fix);
        };
        fix.left
            .retain(|id| matches!(flaws.get(id.as_str()), Some(Exposure::Affected(_))));
        fix.undecided.extend(ids());
        fix.undecided
            .retain(|id| matches!(flaws.get(id.as_str()), Some(Exposure::Unknown(_))));
        fix.mends.extend(ids());
        fix.mends.retain(|id| !flaws.contains_key(id.as_str()));
        let is_new = |id: &&str| hits.iter().all(|hit| hit.flaw().id() != *id);
        let affected = flaws
            .iter()
            .filter(|(_, how)| matches!(how, Exposure::Affected(_)));
        let new = affected.map(|(id, _)| *id).filter(is_new);
        fix.brings = new.map(str::to_owned).collect();
        fix.version = Some(version).filter(|_| !fix.mends.is_empty());
        Some(fix)
    }
}

/// The flaws of a version that are not ruled out, by id.
type Flaws<'s> = BTreeMap<&'s str, Exposure>;

fn propose<'s>(
    set: &'s AdvisorySet,
    hits: &[Hit<'_>],
    package: &Package,
) -> Option<(String, Flaws<'s>)> {
    let scheme = scheme(package)?;
    let node = hits.first()?.node();
    let own = package.version().or_else(|| node.version());
    let own = own.and_then(|own| Version::parse(own, scheme).ok());
    let named = hits.iter().flat_map(|hit| hit.fixed_versions());
    let versions = named.filter_map(|text| Version::parse(text, scheme).ok());
    let mut versions: Vec<Version> = versions
        .filter(|version| own.as_ref().is_none_or(|own| version > own))
        .collect();
    versions.sort_by(|one, other| {
        let places = one.partial_cmp(other).unwrap_or(Ordering::Equal);
        places.then_with(|| one.as_str().cmp(other.as_str()))
    });
    versions.dedup_by(|one, other| one == other);
    let judged = versions.iter().map(|version| {
        let package = package.clone().with_version(version.as_str());
        let found = set.exposures(&package).into_iter();
        let flaws: Flaws<'_> = found.map(|(flaw, how)| (flaw.id(), how)).collect();
        (version.as_str().to_owned(), flaws)
    });
    judged.min_by_key(|(_, flaws)| {
        let is_certain = |how: &&Exposure| matches!(how, Exposure::Affected(_));
        let certain = flaws.values().filter(is_certain).count();
        (certain, flaws.len())
    })
}

fn scheme(package: &Package) -> Option<VersionScheme> {
    VersionScheme::of_type(package.purl().strip_prefix("pkg:")?.split('/').next()?)
}

/// Shows the proposal in one line.
impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let node = Terminal(self.node.as_str());
        match &self.version {
            Some(version) => write!(f, "{node}: {} mends ", Terminal(version))?,
            None => return write!(f, "{node}: no version is known that mends anything"),
        }
        for (index, id) in self.mends.iter().enumerate() {
            let before = if index == 0 { "" } else { ", " };
            write!(f, "{before}{}", Terminal(id))?;
        }
        Ok(())
    }
}
