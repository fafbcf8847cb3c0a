use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::advisory::{Advisory, AdvisorySet, Exposure, Flaw, Package};
use crate::{Finding, FindingClass, NodeRef, SupplyGraph};

/// Joins a node with a flaw that it has or may have.
#[derive(Clone, Copy)]
pub struct Hit<'g> {
    pub(super) graph: &'g SupplyGraph,
    pub(super) advisories: &'g AdvisorySet,
    pub(super) node: u32,
    pub(super) flaw: &'g Flaw,
    pub(super) exposure: Exposure,
}

impl<'g> Hit<'g> {
    /// Returns the node.
    #[must_use]
    pub const fn node(self) -> NodeRef<'g> {
        self.graph.at(self.node)
    }

    /// Returns the flaw, with all its ids.
    #[must_use]
    pub const fn flaw(self) -> &'g Flaw {
        self.flaw
    }

    /// Returns how the node stands to it. It is never not affected.
    #[must_use]
    pub const fn exposure(self) -> Exposure {
        self.exposure
    }

    /// Returns the records that tell of the flaw, sorted by id.
    pub fn records(self) -> impl Iterator<Item = &'g Advisory> {
        self.advisories.records(self.flaw)
    }

    /// Lists the versions in which the records say that the flaw is mended, as they stand there, in
    /// the order of the records.
    #[must_use]
    pub fn fixed_versions(self) -> Vec<&'g str> {
        let Some(package) = self.package() else {
            return Vec::new();
        };
        let mut versions = Vec::new();
        for version in self
            .records()
            .flat_map(|record| record.fixed_versions(&package))
        {
            if !versions.contains(&version) {
                versions.push(version);
            }
        }
        versions
    }

    /// Returns the hit as a finding, with a doubt where it is unknown.
    #[must_use]
    pub fn to_finding(self) -> Finding {
        let node = self.node().to_id();
        let finding = Finding::new(node, FindingClass::CodeFlaw, self.flaw.id())
            .with_aliases(self.flaw.ids());
        match self.exposure {
            Exposure::Unknown(reason) => finding.with_doubt(reason.name()),
            Exposure::Affected(_) | Exposure::NotAffected => finding,
        }
    }

    /// Returns the package that the records tell of.
    pub(crate) fn package(self) -> Option<Package> {
        let node = self.node();
        let purls = std::iter::once(node.id()).chain(node.aliases());
        let mut packages = purls.filter_map(|purl| purl.parse::<Package>().ok());
        packages.find(|package| self.records().any(|record| record.names(package)))
    }
}

/// Shows the hit in one line.
impl fmt::Display for Hit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (node, id) = (Terminal(self.node().id()), Terminal(self.flaw.id()));
        match self.exposure {
            Exposure::Unknown(reason) => write!(f, "{node}: unknown whether {id}: {reason}")?,
            Exposure::Affected(_) | Exposure::NotAffected => write!(f, "{node}: affected by {id}")?,
        }
        for (index, version) in self.fixed_versions().into_iter().enumerate() {
            let before = if index == 0 { ", fixed in " } else { ", " };
            write!(f, "{before}{}", Terminal(version))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Hit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hit")
            .field("node", &self.node().id())
            .field("flaw", &self.flaw.ids())
            .field("exposure", &self.exposure)
            .finish_non_exhaustive()
    }
}

/// An object with `node`, `ids`, `exposure` (`affected` or `unknown`), the `reason` of the latter and
/// `fixed`, the versions in which it is mended.
impl Serialize for Hit<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (exposure, reason) = match self.exposure {
            Exposure::Unknown(reason) => ("unknown", Some(reason.name())),
            Exposure::Affected(_) | Exposure::NotAffected => ("affected", None),
        };
        let mut object = serializer.serialize_struct("Hit", 5)?;
        object.serialize_field("node", self.node().id())?;
        object.serialize_field("ids", self.flaw.ids())?;
        object.serialize_field("exposure", exposure)?;
        object.serialize_field("reason", &reason)?;
        object.serialize_field("fixed", &self.fixed_versions())?;
        object.end()
    }
}
