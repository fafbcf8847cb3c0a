//! CycloneDX in JSON, of any tool.

mod collect;
mod dependencies;
mod describe;
mod formulation;
mod identify;
mod inventory;
mod lineage;
mod link;
mod trail;

use std::collections::HashMap;
use std::fmt::Display;

use modelward_artifact::Digest;
use serde_json::Value;

use self::link::base_of;
use self::trail::{At, Trail};
use crate::import::document::{Document, cut};
use crate::{BuildGraphError, ImportError, NodeId, NodeKind, Relation, Source, SupplyGraphBuilder};

const FORMAT: &str = "cyclonedx";

/// The most things of one `bom-ref` that a relation goes to, so that a small document does not make
/// a huge graph.
const NAMESAKES: usize = 8;

impl SupplyGraphBuilder {
    /// Reads a bill of materials in CycloneDX 1.2 to 1.7 and returns the node of what it is about.
    ///
    /// - A component goes by its package URL as it is, a file without one by its digest (unless
    ///   files of several names have it), anything else by its BOM-Link, `urn:cdx:SERIAL/VERSION#REF`,
    ///   where the source's name stands for a missing serial number and the place in the document for
    ///   a missing `bom-ref`. The BOM-Link is an alias in any case, so that documents that refer to
    ///   one another join.
    /// - `dependsOn` is `depends-on` in the scope of the target, but to a base model of the pedigree
    ///   `derived-from`, and from a model or run to a data set `trained-on`. `provides` is itself.
    /// - What stands inside of a component is contained in it. Ancestors of a pedigree are
    ///   `derived-from`, in the way that a property `base_model_relation` or a tag of the Hub tells;
    ///   descendants the other way round. Variants are nodes without a relation, since the document
    ///   says that nobody knows which came from which.
    /// - The data sets of a model card are `trained-on`. Each workflow of a formulation is a run that
    ///   uses its inputs and made its outputs.
    /// - Suppliers, manufacturers, authors, publishers and providers are organizations.
    /// - What stands in the list of components or services and is not reached from the subject
    ///   belongs to it nevertheless: the roots of the rest are contained in it, or hang on it by their
    ///   scope.
    /// - The tools that made the document count only where something refers to them. Vulnerabilities,
    ///   compositions and external references make no relation.
    ///
    /// ```
    /// use modelward_graph::{Source, SupplyGraphBuilder};
    /// use serde_json::json;
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// let document = json!({
    ///     "bomFormat": "CycloneDX",
    ///     "specVersion": "1.6",
    ///     "metadata": {"component": {
    ///         "type": "machine-learning-model",
    ///         "name": "reviews",
    ///         "bom-ref": "model",
    ///         "pedigree": {"ancestors": [{
    ///             "type": "machine-learning-model",
    ///             "name": "bert",
    ///             "purl": "pkg:huggingface/google/bert@1a2b",
    ///         }]},
    ///     }},
    /// });
    /// let model = builder.add_cyclonedx(Source::new("ml-bom.json"), &document)?;
    ///
    /// let model = model.ok_or("the document is about nothing")?;
    /// assert_eq!(model.as_str(), "ml-bom.json#model");
    /// let graph = builder.build()?;
    /// assert!(graph.dependents("pkg:huggingface/google/bert@1a2b")?.contains(&model));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ImportError::NotThisFormat`], [`ImportError::Version`] and [`ImportError::Build`].
    pub fn add_cyclonedx(
        &mut self,
        source: Source,
        document: &Value,
    ) -> Result<Option<NodeId>, ImportError> {
        check_format(document)?;
        let base = base_of(document);
        let is_linked = base.is_ok();
        let time = ("/metadata/timestamp", &document["metadata"]["timestamp"]);
        let mut out = Document::begin(self, source, base.clone().ok(), time)?;
        if let Err(Some(reason)) = base {
            out.malformed(&"/serialNumber", reason);
        }
        if !document["specVersion"].is_string() {
            out.malformed(&"/specVersion", "expected a text");
        }
        let mut reader = Reader::new(out, document);
        reader.collect();
        reader.identify()?;
        reader.describe_all()?;
        reader.relate_lineage()?;
        reader.relate_dependencies()?;
        reader.relate_formulation()?;
        let subject = reader.subject.map(|subject| reader.id(subject));
        reader.relate_inventory()?;
        if let Some(subject) = subject.as_ref().filter(|_| is_linked) {
            let document = reader.out.base().parse::<NodeId>();
            if let Ok(document) = document {
                reader.out.builder.alias(&document, subject)?;
            }
        }
        Ok(subject)
    }
}

fn check_format(document: &Value) -> Result<(), ImportError> {
    let reason = match document["bomFormat"].as_str() {
        Some("CycloneDX") => None,
        Some(_) => Some("`bomFormat` is another"),
        None => Some("it has no `bomFormat`"),
    };
    if let Some(reason) = reason {
        return Err(ImportError::NotThisFormat {
            format: FORMAT,
            reason,
        });
    }
    match document["specVersion"].as_str() {
        // The second version moves what this reader looks for.
        Some(version) if !version.starts_with("1.") => Err(ImportError::Version {
            format: FORMAT,
            found: cut(version),
        }),
        _ => Ok(()),
    }
}

/// A document between its JSON and the graph.
struct Reader<'b, 'd> {
    out: Document<'b>,
    document: &'d Value,
    trail: Trail,
    elements: Vec<Element<'d>>,
    /// What goes by each `bom-ref`.
    names: HashMap<&'d str, Vec<usize>>,
    subject: Option<usize>,
    /// How many elements, the first ones, are the subject and what the document's own lists have.
    listed: usize,
    /// What lineage says of two nodes, which counts more than that one depends on the other.
    lineage: HashMap<(NodeId, NodeId), Relation>,
    /// All relations, for the question of what the subject reaches.
    stated: Vec<(NodeId, NodeId)>,
}

/// A part of the document that is a node.
struct Element<'d> {
    value: &'d Value,
    at: At,
    form: Form,
    kind: NodeKind,
    within: Option<(usize, Within)>,
    digests: Vec<Digest>,
    id: Option<NodeId>,
    /// An earlier element of the same content and `bom-ref`.
    same_as: Option<usize>,
    is_described: bool,
}

/// Which object of CycloneDX a node is made of.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Form {
    Component,
    Data,
    Service,
    /// A component or service that made the document.
    Tool,
    Workflow,
}

/// How a node belongs to the one that it stands in.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Within {
    Ancestor,
    Dataset,
    Descendant,
    Part,
    Variant,
}

impl<'b, 'd> Reader<'b, 'd> {
    fn new(out: Document<'b>, document: &'d Value) -> Self {
        Self {
            out,
            document,
            trail: Trail::default(),
            elements: Vec::new(),
            names: HashMap::new(),
            subject: None,
            listed: 0,
            lineage: HashMap::new(),
            stated: Vec::new(),
        }
    }

    /// Returns the id of an element, which all have after `identify`.
    fn id(&self, element: usize) -> NodeId {
        let known = self.elements[element].id.clone();
        known.unwrap_or_else(|| {
            self.out
                .placed(&self.trail.place(self.elements[element].at))
        })
    }

    fn relate(
        &mut self,
        from: &NodeId,
        relation: Relation,
        to: &NodeId,
        place: &dyn Display,
    ) -> Result<(), BuildGraphError> {
        self.stated.push((from.clone(), to.clone()));
        self.out.relate(from, relation, to, place)
    }
}
