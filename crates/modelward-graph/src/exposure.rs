//! Which things of a graph have the flaws that advisories tell of, and who is hit by that.
//!
//! A thing that has a flaw itself is *affected*. What needs such a thing is *reached*, which is
//! another word and another list: [`Exposures::impact`].
//!
//! ```
//! use modelward_artifact::JsonLimits;
//! use modelward_graph::advisory::{Advisory, AdvisorySet};
//! use modelward_graph::{NodeKind, Relation, Scope, SupplyGraphBuilder};
//!
//! let needs = Relation::DependsOn(Scope::Runtime);
//! let mut builder = SupplyGraphBuilder::default();
//! builder.relate_all(&[
//!     ("pkg:oci/shop@1", Relation::Contains, "pkg:pypi/transformers@5.0.0"),
//!     ("pkg:pypi/transformers@5.0.0", needs, "pkg:pypi/torch@1.13.0"),
//! ])?;
//! let graph = builder.build()?;
//! let record = Advisory::read(
//!     br#"{"id": "CVE-2022-45907", "affected": [{
//!         "package": {"ecosystem": "PyPI", "name": "torch"},
//!         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.13.1"}]}]
//!     }]}"#,
//!     &JsonLimits::default(),
//! )?;
//! let advisories = AdvisorySet::new([record]);
//! let exposures = graph.exposures(&advisories);
//! let hits: Vec<_> = exposures.affected().map(|hit| hit.to_string()).collect();
//! assert_eq!(hits, ["pkg:pypi/torch@1.13.0: affected by CVE-2022-45907, fixed in 1.13.1"]);
//!
//! let impact = exposures.impact(NodeKind::Container);
//! assert_eq!(impact.of_root("pkg:oci/shop@1").count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod hit;
mod names;

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use self::names::{Names, names};
use crate::advisory::{AdvisorySet, Exposure, Question};
use crate::{Finding, Impact, KindSet, SupplyGraph};

pub use self::hit::Hit;
pub use self::names::{NotEvaluated, NotEvaluatedReason};

impl SupplyGraph {
    /// Looks up every node among some advisories.
    ///
    /// A node is looked up by its package URL and those of its aliases. A node without one, or with
    /// one of a type that has no ecosystem here, may be a package that an advisory names all the
    /// same: where the names are equal, whether it is affected is unknown. What could not be looked
    /// up is [listed](Exposures::not_evaluated).
    #[must_use]
    pub fn exposures<'g>(&'g self, advisories: &'g AdvisorySet) -> Exposures<'g> {
        let mut found = Exposures {
            graph: self,
            advisories,
            hits: Vec::new(),
            not_evaluated: Vec::new(),
        };
        for names in names(self) {
            found.look_up(&names);
        }
        found
    }
}

/// Holds what some advisories say of the nodes of a graph, in the order of its nodes.
#[derive(Clone, Debug)]
pub struct Exposures<'g> {
    graph: &'g SupplyGraph,
    advisories: &'g AdvisorySet,
    /// The node, the number of the flaw, and how it stands, of those that are not ruled out.
    hits: Vec<(u32, u32, Exposure)>,
    not_evaluated: Vec<(u32, NotEvaluatedReason)>,
}

impl<'g> Exposures<'g> {
    /// Returns what is affected for certain.
    pub fn affected(&self) -> impl Iterator<Item = Hit<'g>> {
        let affected = |hit: &Hit<'_>| matches!(hit.exposure(), Exposure::Affected(_));
        self.hits().filter(affected)
    }

    /// Returns what may be affected, which nobody can tell from the advisory and the graph.
    pub fn unknown(&self) -> impl Iterator<Item = Hit<'g>> {
        let unknown = |hit: &Hit<'_>| matches!(hit.exposure(), Exposure::Unknown(_));
        self.hits().filter(unknown)
    }

    /// Returns all that is or may be affected.
    pub fn hits(&self) -> impl Iterator<Item = Hit<'g>> {
        let (graph, advisories) = (self.graph, self.advisories);
        let hits = self.hits.iter();
        hits.map(move |(node, flaw, exposure)| Hit {
            graph,
            advisories,
            node: *node,
            flaw: advisories.flaw(*flaw),
            exposure: *exposure,
        })
    }

    /// Returns what was not looked up, or among no advisory that could be about it. That nothing was
    /// found of these tells nothing.
    #[must_use]
    pub fn not_evaluated(&self) -> impl ExactSizeIterator<Item = NotEvaluated<'g>> {
        let graph = self.graph;
        let nodes = self.not_evaluated.iter();
        nodes.map(move |(node, reason)| NotEvaluated::new(graph.at(*node), reason.clone()))
    }

    /// Returns the hits as findings of the class of code flaws, with a doubt where they are unknown.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.hits().map(Hit::to_finding).collect()
    }

    /// Tells which of the nodes of some kinds, such as deployments, need something that is or may be
    /// affected.
    #[must_use]
    pub fn impact(&self, roots: impl Into<KindSet>) -> Impact<'g> {
        let found = self
            .hits()
            .map(|hit| (hit.to_finding(), hit.node().index()));
        Impact::new(self.graph, found.collect(), roots.into())
    }

    /// Returns the graph.
    #[must_use]
    pub const fn graph(&self) -> &'g SupplyGraph {
        self.graph
    }

    /// Returns the advisories.
    #[must_use]
    pub const fn advisories(&self) -> &'g AdvisorySet {
        self.advisories
    }

    fn look_up(&mut self, names: &Names<'_>) {
        let mut found = BTreeMap::new();
        let mut add = |question: Question<'_>| {
            for (flaw, exposure) in self.advisories.ask(question) {
                let known = found.entry(flaw).or_insert(exposure);
                *known = exposure.max(*known);
            }
        };
        for package in &names.packages {
            add(Question::Package(package));
        }
        if names.is_known_by_name_alone() {
            add(Question::Name(names.name));
        }
        let is_silent = found.is_empty();
        let hits = found.into_iter();
        self.hits
            .extend(hits.map(|(flaw, exposure)| (names.node, flaw, exposure)));
        let covered = |package| self.advisories.covers(package);
        let reason = match &names.malformed {
            Some(purl) => Some(NotEvaluatedReason::MalformedPurl { text: purl.clone() }),
            None if !is_silent || names.packages.iter().any(covered) => None,
            None if names.packages.is_empty() => Some(NotEvaluatedReason::NoPurl),
            None => Some(NotEvaluatedReason::NotCovered),
        };
        self.not_evaluated
            .extend(reason.map(|reason| (names.node, reason)));
    }
}

/// An object with the lists `affected`, `unknown` and `not_evaluated`.
impl Serialize for Exposures<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let affected: Vec<Hit<'_>> = self.affected().collect();
        let unknown: Vec<Hit<'_>> = self.unknown().collect();
        let not_evaluated: Vec<NotEvaluated<'_>> = self.not_evaluated().collect();
        let mut object = serializer.serialize_struct("Exposures", 3)?;
        object.serialize_field("affected", &affected)?;
        object.serialize_field("unknown", &unknown)?;
        object.serialize_field("not_evaluated", &not_evaluated)?;
        object.end()
    }
}
