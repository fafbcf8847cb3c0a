//! Many models as one supply chain: what the ML-BOMs of an organization say together, what of it
//! contradicts, and which models something bad reaches.
//!
//! ```
//! use modelward_audit::fleet::FleetBuilder;
//! use modelward_audit::inventory::{InventoryEntry, Material, MaterialRole};
//! use modelward_graph::GraphLimits;
//! use modelward_incident::AssetRef;
//!
//! let data = "pkg:huggingface/datasets/acme/reviews@1";
//! let base = InventoryEntry::new("base".parse()?, "base".parse()?, "1".parse()?, "2026-01-01T00:00:00Z".parse()?)
//!     .with_purl("pkg:huggingface/acme/base@1")
//!     .with_material(Material::new(MaterialRole::Dataset, "reviews").with_purl(data));
//! let tuned = InventoryEntry::new("tuned".parse()?, "tuned".parse()?, "1".parse()?, "2026-02-01T00:00:00Z".parse()?)
//!     .with_material(Material::new(MaterialRole::BaseModel, "base").with_purl("pkg:huggingface/acme/base@1"));
//!
//! let mut builder = FleetBuilder::new(GraphLimits::default());
//! builder.add_entry(&tuned)?;
//! builder.add_entry(&base)?;
//! let fleet = builder.build()?;
//!
//! // The document of `tuned` says nothing of the data; that of `base` does.
//! let radius = fleet.blast_radius(&AssetRef::purl(data)?);
//! let hit: Vec<_> = radius.models().iter().map(|model| model.document()).collect();
//! assert_eq!(hit, ["base", "tuned"]);
//! assert_eq!(
//!     radius.models()[1].path().to_string(),
//!     format!("tuned#model -derived from-> pkg:huggingface/acme/base@1 -trained on-> {data}"),
//! );
//! assert!(fleet.findings().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod builder;
mod documents;
mod entries;
mod error;
mod find;
mod finding;
mod gate;
mod join;
mod lineage;
mod radius;
mod report;

use std::collections::BTreeMap;
use std::io::{self, Write};

use modelward_graph::{NodeId, NodeRef, SupplyGraph, TableFormat};
use modelward_incident::AssetRef;

use crate::inventory::write_table;

pub use self::builder::FleetBuilder;
pub use self::error::FleetError;
pub use self::finding::{FleetConflict, FleetFinding, FleetStatement};
pub use self::gate::FleetGate;
pub use self::radius::{BlastRadius, ModelHit};
pub use self::report::{DecisionCounts, FleetReason, FleetReport, FleetRow};

/// Holds the supply chain of many models, and what their documents contradict each other in.
///
/// - A thing with a package URL is one node, whoever names it. Anything else goes by its digest where
///   documents state one, and else is a thing of its own document: a `bom-ref` means nothing outside
///   of it.
/// - What documents say differently is kept, all of it, and is a [finding](Self::findings).
/// - The same documents in any order make the same fleet.
#[derive(Clone, Debug)]
pub struct Fleet {
    graph: SupplyGraph,
    /// The model that each document is about.
    models: BTreeMap<String, Option<NodeId>>,
    findings: Vec<FleetFinding>,
}

impl Fleet {
    /// Returns the graph of all documents. Its sources are the documents, by name.
    #[must_use]
    pub const fn graph(&self) -> &SupplyGraph {
        &self.graph
    }

    /// Returns the names of the documents, sorted.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = &str> {
        self.models.keys().map(String::as_str)
    }

    /// Returns the model that a document is about.
    #[must_use]
    pub fn model(&self, document: &str) -> Option<NodeRef<'_>> {
        let id = self.models.get(document)?.as_ref()?;
        self.graph.node(id)
    }

    /// Returns each document with the model that it is about, sorted by name.
    pub fn models(&self) -> impl Iterator<Item = (&str, NodeRef<'_>)> {
        let node = |id: &Option<NodeId>| self.graph.node(id.as_ref()?);
        let models = self.models.iter();
        models.filter_map(move |(name, id)| Some((name.as_str(), node(id)?)))
    }

    /// Returns what does not fit together, sorted.
    #[must_use]
    pub fn findings(&self) -> &[FleetFinding] {
        &self.findings
    }

    /// Writes the findings as a table, a row for each thing that is said: `code`, `subject`, `value`
    /// and `documents`, with blanks between.
    ///
    /// Tables are those of [`Inventory`](crate::inventory::Inventory).
    ///
    /// # Errors
    ///
    /// [`io::Error`] where the writer fails.
    pub fn write_findings(&self, mut out: impl Write, format: TableFormat) -> io::Result<()> {
        let rows = self.findings.iter().flat_map(|finding| {
            finding.statements().iter().map(move |statement| {
                let documents: Vec<_> = statement.documents().collect();
                let value = statement.value();
                [
                    Some(finding.conflict().code().to_owned()),
                    Some(finding.subject().to_owned()),
                    (!value.is_empty()).then(|| value.to_owned()),
                    (!documents.is_empty()).then(|| documents.join(" ")),
                ]
            })
        });
        let names = ["code", "subject", "value", "documents"];
        write_table(&mut out, format, names, rows)
    }

    /// Returns the nodes that an asset is, by package URL, digest or `bom-ref`, sorted by id.
    ///
    /// A `bom-ref` means something only within one document, so it is all that any document calls so:
    /// rather too much than too little.
    #[must_use]
    pub fn matching(&self, asset: &AssetRef) -> Vec<NodeRef<'_>> {
        let mut found = match asset {
            AssetRef::Digest(digest) => self.graph.nodes_with_digest(digest),
            AssetRef::BomRef(name) => {
                let ids = self
                    .documents()
                    .map(|it| documents::local(it, name.as_str()));
                ids.filter_map(|id| self.graph.node(id.ok()?)).collect()
            }
            AssetRef::Purl(purl) => {
                let canonical = NodeId::of_purl(purl.as_str()).ok();
                let id = canonical.as_ref().map_or(purl.as_str(), NodeId::as_str);
                self.graph.node(id).into_iter().collect()
            }
            _ => Vec::new(),
        };
        found.sort_unstable_by_key(|node| node.id());
        found.dedup();
        found
    }
}
