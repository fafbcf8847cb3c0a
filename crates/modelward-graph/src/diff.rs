//! What changed between two states of a supply chain.
//!
//! ```
//! use modelward_graph::{Relation, SupplyGraphBuilder};
//!
//! let graph = |model: &str| {
//!     let mut builder = SupplyGraphBuilder::default();
//!     builder.relate_all(&[("pkg:oci/shop", Relation::Contains, model)])?;
//!     builder.build()
//! };
//! let (older, newer) = (graph("pkg:pypi/torch@2.9.0")?, graph("pkg:pypi/torch@2.10.0")?);
//! let diff = older.diff(&newer);
//! assert_eq!(diff.to_string(), "upgraded pkg:pypi/torch@2.9.0 to pkg:pypi/torch@2.10.0\n");
//! assert!(older.diff(&older).is_empty());
//! # Ok::<(), modelward_graph::BuildGraphError>(())
//! ```

mod compare;
mod pairs;
mod reach;
mod text;

use modelward_artifact::Digest;
use serde::Serialize;

use self::pairs::Pairs;
use crate::{NodeId, Relation, SupplyGraph};

pub use self::reach::{NewlyReached, ReachChange};

impl SupplyGraph {
    /// Compares this graph with a newer one.
    ///
    /// - A node stays if the newer graph has its id or an alias of it, or is the same place in
    ///   another version of one document (`urn:cdx:`).
    /// - Of the others, package URLs that differ in their version alone are one thing that changed
    ///   its version: if there are several on both sides, the lowest with the lowest and so on, and
    ///   the rest is added or removed. Qualifiers that differ too count as such a change where no
    ///   other package fits better.
    /// - Relations and dependents are compared between things, not between their versions.
    #[must_use]
    pub fn diff<'g>(&'g self, newer: &'g Self) -> GraphDiff<'g> {
        let pairs = Pairs::of(self, newer);
        let mut diff = GraphDiff {
            graphs: (self, newer),
            changes: Changes::default(),
            pairs,
        };
        diff.compare();
        diff
    }
}

/// Holds what changed from one graph to another. Every list is sorted.
///
/// Its text is a line for each change, what matters most first.
#[derive(Clone, Debug)]
pub struct GraphDiff<'g> {
    graphs: (&'g SupplyGraph, &'g SupplyGraph),
    pairs: Pairs,
    changes: Changes,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
struct Changes {
    replaced_content: Vec<ReplacedContent>,
    nodes_added: Vec<NodeId>,
    nodes_removed: Vec<NodeId>,
    versions: Vec<VersionChange>,
    edges_added: Vec<EdgeChange>,
    edges_removed: Vec<EdgeChange>,
    reparented: Vec<Reparented>,
    facts: Vec<FactChange>,
}

impl GraphDiff<'_> {
    /// Lists what has other bytes under the same id and version. Nothing that is done in good order
    /// does that.
    #[must_use]
    pub fn replaced_content(&self) -> &[ReplacedContent] {
        &self.changes.replaced_content
    }

    /// Lists the nodes that are new.
    #[must_use]
    pub fn nodes_added(&self) -> &[NodeId] {
        &self.changes.nodes_added
    }

    /// Lists the nodes that are gone.
    #[must_use]
    pub fn nodes_removed(&self) -> &[NodeId] {
        &self.changes.nodes_removed
    }

    /// Lists the things that have another version.
    #[must_use]
    pub fn versions(&self) -> &[VersionChange] {
        &self.changes.versions
    }

    /// Lists the new relations between things that both graphs have.
    #[must_use]
    pub fn edges_added(&self) -> &[EdgeChange] {
        &self.changes.edges_added
    }

    /// Lists the relations that are gone between things that both graphs have.
    #[must_use]
    pub fn edges_removed(&self) -> &[EdgeChange] {
        &self.changes.edges_removed
    }

    /// Lists the things that other things need directly than before.
    #[must_use]
    pub fn reparented(&self) -> &[Reparented] {
        &self.changes.reparented
    }

    /// Lists what is said otherwise of things that both graphs have.
    #[must_use]
    pub fn facts(&self) -> &[FactChange] {
        &self.changes.facts
    }

    /// Tells whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes == Changes::default()
    }
}

/// An object with a list for each kind of change.
impl Serialize for GraphDiff<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.changes.serialize(serializer)
    }
}

/// Names something whose bytes changed and whose id and version did not.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct ReplacedContent {
    /// The node.
    pub id: NodeId,
    /// Its version in both graphs. Where there is none, its name does not promise that it stays the
    /// same.
    pub version: Option<String>,
    /// All digests that the older graph has.
    pub from: Vec<Digest>,
    /// All digests that the newer graph has.
    pub to: Vec<Digest>,
}

/// Names something that has another version.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct VersionChange {
    /// The node of the older graph.
    pub from: NodeId,
    /// The node of the newer graph.
    pub to: NodeId,
    /// The version before.
    pub from_version: Option<String>,
    /// The version now.
    pub to_version: Option<String>,
    /// Which way the version went.
    pub step: VersionStep,
}

/// Says which way a version went.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[expect(clippy::exhaustive_enums, reason = "up, down, or nobody can tell")]
#[serde(rename_all = "kebab-case")]
pub enum VersionStep {
    /// It is another one. The order of such versions is not known here, or they stand at the same
    /// place.
    Changed,
    /// It is a lower one.
    Downgraded,
    /// It is a higher one.
    Upgraded,
}

impl VersionStep {
    /// Returns the name, such as `upgraded`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Downgraded => "downgraded",
            Self::Upgraded => "upgraded",
        }
    }
}

/// Names a relation that is new or gone, by the ids of the graph that has it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct EdgeChange {
    /// The dependent.
    pub from: NodeId,
    /// How it needs the dependency.
    pub relation: Relation,
    /// The dependency.
    pub to: NodeId,
}

/// Names something that other things need directly than before.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct Reparented {
    /// The node of the newer graph.
    pub id: NodeId,
    /// What needs it now and did not, by the ids of the newer graph.
    pub gained: Vec<NodeId>,
    /// What needed it and does not now, by the ids of the older graph.
    pub lost: Vec<NodeId>,
}

/// States what is said otherwise of a thing that both graphs have.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct FactChange {
    /// The node of the newer graph.
    pub id: NodeId,
    /// What it is about.
    pub fact: Fact,
    /// What was said before, or nothing.
    pub from: Vec<String>,
    /// What is said now, or nothing.
    pub to: Vec<String>,
}

/// Names something that sources say of a node.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// Digests that say nothing of other bytes: more or fewer of them are known.
    Digests,
    /// The kind.
    Kind,
    /// The license.
    License,
    /// What was found of a signature.
    Signature,
}

impl Fact {
    /// Returns the name, such as `license`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Digests => "digests",
            Self::Kind => "kind",
            Self::License => "license",
            Self::Signature => "signature",
        }
    }
}
