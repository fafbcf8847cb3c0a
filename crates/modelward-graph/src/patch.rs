//! Which upgrades clear which flaws.
//!
//! Two questions: in which version a flawed thing is [mended](Exposures::fixes), and which
//! [direct upgrades](Exposures::patch_plan) of a root, as few as possible, bring mended versions of
//! what it needs through others.
//!
//! ```
//! use modelward_artifact::JsonLimits;
//! use modelward_graph::advisory::{Advisory, AdvisorySet};
//! use modelward_graph::patch::{PatchRequest, Upgrade};
//! use modelward_graph::{Relation, Scope, SupplyGraphBuilder};
//!
//! let needs = Relation::DependsOn(Scope::Runtime);
//! let mut builder = SupplyGraphBuilder::default();
//! builder.relate_all(&[
//!     ("pkg:oci/shop@1", needs, "pkg:pypi/serving@1.0"),
//!     ("pkg:pypi/serving@1.0", needs, "pkg:pypi/torch@1.13.0"),
//! ])?;
//! let graph = builder.build()?;
//! let record = br#"{"id": "CVE-2022-45907", "affected": [{
//!     "package": {"ecosystem": "PyPI", "name": "torch"},
//!     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.13.1"}]}]}]}"#;
//! let advisories = AdvisorySet::new([Advisory::read(record, &JsonLimits::default())?]);
//! let exposures = graph.exposures(&advisories);
//! assert_eq!(exposures.fixes()[0].version(), Some("1.13.1"));
//!
//! let newer = Upgrade::new("pkg:pypi/serving@1.0".parse()?, "1.1")
//!     .with_dependencies(["pkg:pypi/torch@1.13.1".parse()?]);
//! let request = PatchRequest::new("pkg:oci/shop@1".parse()?).with_upgrade(newer);
//! let plan = exposures.patch_plan(&request)?;
//! assert!(plan.is_smallest());
//! assert_eq!(
//!     plan.to_string(),
//!     "upgrade pkg:pypi/serving@1.0 to 1.1: clears CVE-2022-45907 of pkg:pypi/torch@1.13.0\n",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod effect;
mod fix;
mod plan;
mod search;

use crate::NodeId;
#[cfg(doc)]
use crate::exposure::Exposures;

pub use self::fix::Fix;
pub use self::plan::{Cleared, LeftReason, PatchPlan, PlannedUpgrade, RefusedUpgrade, Uncleared};

/// Offers a newer version of a direct dependency, with what is known of what it needs.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Upgrade {
    direct: NodeId,
    version: String,
    mends: Vec<NodeId>,
    dependencies: Option<Vec<NodeId>>,
}

impl Upgrade {
    /// Offers a version of a node. What it mends of the node itself, the advisories tell.
    #[must_use]
    pub fn new(direct: NodeId, version: impl Into<String>) -> Self {
        Self {
            direct,
            version: version.into(),
            mends: Vec::new(),
            dependencies: None,
        }
    }

    /// Claims that the version needs these nodes no more as they are, but mended or not at all.
    #[must_use]
    pub fn mending(mut self, nodes: impl IntoIterator<Item = NodeId>) -> Self {
        self.mends.extend(nodes);
        self
    }

    /// Lists everything that the version needs, directly or through others. What is not listed it
    /// does not need; package URLs in it are looked up among the advisories.
    #[must_use]
    pub fn with_dependencies(mut self, all: impl IntoIterator<Item = NodeId>) -> Self {
        self.dependencies.get_or_insert_default().extend(all);
        self
    }

    /// Returns the direct dependency.
    #[must_use]
    pub const fn direct(&self) -> &NodeId {
        &self.direct
    }

    /// Returns the version that is offered.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// Says how many versions of one package a root can need at once.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "one for all, or one for each")]
pub enum Resolution {
    /// Each dependent has its own, as with npm: a flawed package is gone when nothing that the root
    /// needs directly needs it any more. This is the careful answer.
    #[default]
    Nested,
    /// There is one for all, as with Python and Go: what one upgrade replaces is replaced for all.
    Shared,
}

/// Asks which upgrades of a root's direct dependencies clear its flaws.
#[derive(Clone, Debug)]
pub struct PatchRequest {
    root: NodeId,
    upgrades: Vec<Upgrade>,
    resolution: Resolution,
    flaws: Option<Vec<String>>,
    max_steps: u64,
}

impl PatchRequest {
    /// Asks for a root, with no upgrade but those to the versions in which a direct dependency itself
    /// is mended.
    #[must_use]
    pub const fn new(root: NodeId) -> Self {
        Self {
            root,
            upgrades: Vec::new(),
            resolution: Resolution::Nested,
            flaws: None,
            max_steps: 1_000_000,
        }
    }

    /// Offers an upgrade. Of several of one dependency at most one is chosen.
    #[must_use]
    pub fn with_upgrade(mut self, upgrade: Upgrade) -> Self {
        self.upgrades.push(upgrade);
        self
    }

    /// Sets how many versions of one package there can be.
    #[must_use]
    pub const fn with_resolution(mut self, resolution: Resolution) -> Self {
        self.resolution = resolution;
        self
    }

    /// Asks about these flaws alone, each by any of its ids.
    #[must_use]
    pub fn with_flaws<T: Into<String>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        let all = self.flaws.get_or_insert_default();
        all.extend(ids.into_iter().map(Into::into));
        self
    }

    /// Sets after how many steps the search for the smallest plan ends, 1,000,000 by default. The best
    /// plan so far is the answer then.
    #[must_use]
    pub const fn with_max_steps(mut self, steps: u64) -> Self {
        self.max_steps = steps;
        self
    }
}
