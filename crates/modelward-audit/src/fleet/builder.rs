use modelward_artifact::Digest;
use modelward_bom::MlBom;
use modelward_graph::{GraphLimits, ImportError, Source, SupplyGraphBuilder};

use super::documents::{Document, Documents, check_name, without_serial};
use super::error::FleetError;
use super::{Fleet, entries, find, join};
use crate::inventory::{Inventory, InventoryEntry};

/// Takes documents in any order and makes a [`Fleet`] of them.
///
/// A document that is refused leaves all others as they are.
#[derive(Clone, Debug)]
pub struct FleetBuilder {
    graph: SupplyGraphBuilder,
    documents: Documents,
}

impl FleetBuilder {
    /// Starts an empty fleet that may grow up to `limits`.
    #[must_use]
    pub fn new(limits: GraphLimits) -> Self {
        Self {
            graph: SupplyGraphBuilder::new(limits),
            documents: Documents::new(),
        }
    }

    /// Adds an ML-BOM under a name, such as that of its file or of its entry in an inventory.
    ///
    /// # Errors
    ///
    /// [`FleetError`] where the name is taken or none, or the graph passes its limits.
    pub fn add_bom(&mut self, name: &str, bom: &MlBom) -> Result<&mut Self, FleetError> {
        check_name(name, &self.documents)?;
        let (value, link) = without_serial(bom);
        let digest = Some(Digest::sha256(&bom.to_json()));
        let model = self.graph.add_cyclonedx(Source::new(name), &value);
        let model = model.map_err(|source| {
            // What was read of it before the fault.
            self.graph.retract(name);
            match source {
                ImportError::Build(source) => FleetError::from(source),
                source => FleetError::Import {
                    name: name.to_owned(),
                    source,
                },
            }
        })?;
        let document = Document {
            model,
            link,
            digest,
        };
        self.documents.insert(name.to_owned(), document);
        Ok(self)
    }

    /// Adds what an entry of an inventory says, under its id: enough for a supply chain where the
    /// ML-BOM itself is not at hand.
    ///
    /// # Errors
    ///
    /// [`FleetError`] as of [`FleetBuilder::add_bom`].
    pub fn add_entry(&mut self, entry: &InventoryEntry) -> Result<&mut Self, FleetError> {
        let name = entry.id().as_str();
        check_name(name, &self.documents)?;
        let model = entries::add(&mut self.graph, entry);
        let model = model.inspect_err(|_| {
            self.graph.retract(name);
        })?;
        let document = Document {
            model: Some(model),
            link: None,
            digest: None,
        };
        self.documents.insert(name.to_owned(), document);
        Ok(self)
    }

    /// Adds every entry of an inventory of which no document was added before. Retired ones are added
    /// too: what is in use may be derived from them.
    ///
    /// # Errors
    ///
    /// [`FleetError`] as of [`FleetBuilder::add_bom`].
    pub fn add_inventory(&mut self, inventory: &Inventory) -> Result<&mut Self, FleetError> {
        for entry in inventory.entries() {
            if !self.documents.contains_key(entry.id().as_str()) {
                self.add_entry(entry)?;
            }
        }
        Ok(self)
    }

    /// Joins what documents say of the same things, and looks for what contradicts.
    ///
    /// # Errors
    ///
    /// [`FleetError::Build`] where the graph passes its limits.
    pub fn build(mut self) -> Result<Fleet, FleetError> {
        let mut graph = self.graph.build()?;
        let joined = join::join(&mut self.graph, &graph, &self.documents)?;
        if joined.is_any {
            graph = self.graph.build()?;
        }
        let findings = find::findings(&graph, &self.documents, joined.findings);
        let models = self.documents.into_iter();
        Ok(Fleet {
            models: models.map(|(name, it)| (name, it.model)).collect(),
            graph,
            findings,
        })
    }
}

/// Starts an empty fleet within the default limits.
impl Default for FleetBuilder {
    fn default() -> Self {
        Self::new(GraphLimits::default())
    }
}
