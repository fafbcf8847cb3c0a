mod bulk;
mod facts;
mod freeze;
mod identity;
mod intern;

use std::collections::HashMap;
use std::num::NonZero;

use modelward_artifact::Digest;

use self::intern::{Interner, Refused};
use crate::facts::NONE;
use crate::graph::ix;
use crate::{
    BuildGraphError, GraphLimits, GraphWarning, Node, NodeId, NodeKind, Relation, SignatureState,
    Source, SupplyGraph, WarningKind,
};

/// Collects nodes and relations in any order and freezes them into a [`SupplyGraph`].
///
/// - Everything that is stated belongs to the source that was [begun](Self::begin) last, and can be
///   [retracted](Self::retract) with it.
/// - What is stated twice counts once. Where sources differ all is kept and a
///   [warning](SupplyGraph::warnings) tells of it.
/// - A relation may be stated before its nodes.
/// - The graph depends on what is stated, not on the order in which it is.
///
/// ```
/// use modelward_graph::{Node, NodeId, NodeKind, Relation, Source, SupplyGraphBuilder};
///
/// let [model, data]: [NodeId; 2] = ["model".parse()?, "data".parse()?];
/// let mut builder = SupplyGraphBuilder::default();
/// builder.begin(Source::new("ml-bom.json"))?;
/// builder.add_node(&Node::new(model.clone(), NodeKind::Model, "classifier"))?;
/// builder.relate(&model, Relation::TrainedOn, &data)?;
///
/// let graph = builder.build()?;
/// let warnings: Vec<_> = graph.warnings().iter().map(ToString::to_string).collect();
/// assert_eq!(warnings, ["ml-bom.json: node `data` is related and nowhere described"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct SupplyGraphBuilder {
    limits: GraphLimits,
    threads: NonZero<usize>,
    ids: Interner,
    texts: Interner,
    sources: Vec<Source>,
    source_numbers: HashMap<String, u32>,
    /// Where the statements of a source begin among the edges.
    runs: Vec<(usize, u32)>,
    edges: Vec<(u32, u32)>,
    /// The number of the relation of each edge.
    codes: Vec<u8>,
    descriptions: Vec<Description>,
    digests: Vec<Digest>,
    aliases: Vec<Alias>,
    warnings: Vec<(u32, GraphWarning)>,
    left_out: u64,
}

/// A node as a source describes it. Texts have numbers, or `NONE`.
#[derive(Clone, Copy, Debug)]
struct Description {
    node: u32,
    source: u32,
    kind: NodeKind,
    signature: SignatureState,
    name: u32,
    version: u32,
    license: u32,
    digests: (u32, u32),
}

/// Two ids that a source states to be of one thing.
#[derive(Clone, Copy, Debug)]
struct Alias {
    alias: u32,
    of: u32,
    source: u32,
}

/// Starts an empty graph within the default limits.
impl Default for SupplyGraphBuilder {
    fn default() -> Self {
        Self::new(GraphLimits::default())
    }
}

impl SupplyGraphBuilder {
    /// Starts an empty graph that may grow up to `limits`.
    #[must_use]
    pub fn new(limits: GraphLimits) -> Self {
        Self {
            limits,
            threads: NonZero::<usize>::MIN,
            ids: Interner::new(limits.max_nodes(), NodeId::check),
            texts: Interner::new(u32::MAX as usize - 1, |_| Ok(())),
            sources: vec![Source::default()],
            source_numbers: HashMap::from([(String::new(), 0)]),
            runs: vec![(0, 0)],
            edges: Vec::new(),
            codes: Vec::new(),
            descriptions: Vec::new(),
            digests: Vec::new(),
            aliases: Vec::new(),
            warnings: Vec::new(),
            left_out: 0,
        }
    }

    /// Sets how many threads long work may use. The graph is the same for every number.
    #[must_use]
    pub const fn with_threads(mut self, threads: NonZero<usize>) -> Self {
        self.threads = threads;
        self
    }

    /// Returns the limits.
    #[must_use]
    pub const fn limits(&self) -> &GraphLimits {
        &self.limits
    }

    /// Names the source of what is stated from here on.
    ///
    /// A source may be begun again. Of two times that it is given the later one counts.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError::TooManySources`].
    pub fn begin(&mut self, source: Source) -> Result<&mut Self, BuildGraphError> {
        let number = match self.source_numbers.get(source.name()) {
            Some(&number) => {
                self.sources[number as usize].set_later(source.time());
                number
            }
            None => {
                let limit = self.limits.max_sources();
                if self.sources.len() > limit {
                    return Err(BuildGraphError::TooManySources { limit });
                }
                let number = ix(self.sources.len());
                self.source_numbers.insert(source.name().to_owned(), number);
                self.sources.push(source);
                number
            }
        };
        self.runs.push((self.edges.len(), number));
        Ok(self)
    }

    /// Describes a node.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError::TooManyNodes`] and [`BuildGraphError::TooMuchText`].
    pub fn add_node(&mut self, node: &Node) -> Result<&mut Self, BuildGraphError> {
        let number = self.id(node.id())?;
        let start = ix(self.digests.len());
        let mut digests = node.digests().to_vec();
        digests.sort_unstable();
        digests.dedup();
        let description = Description {
            node: number,
            source: self.source_number(),
            kind: node.kind(),
            signature: node.signature(),
            name: self.text(Some(node.name()))?,
            version: self.text(node.version())?,
            license: self.text(node.license())?,
            digests: (start, ix(digests.len())),
        };
        self.digests.append(&mut digests);
        self.descriptions.push(description);
        Ok(self)
    }

    /// States that `dependent` needs `dependency` in the way that `relation` says.
    ///
    /// What needs itself is a warning and no edge.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError::TooManyEdges`], [`BuildGraphError::TooManyNodes`] and
    /// [`BuildGraphError::TooMuchText`].
    pub fn relate(
        &mut self,
        dependent: &NodeId,
        relation: Relation,
        dependency: &NodeId,
    ) -> Result<&mut Self, BuildGraphError> {
        let limit = self.limits.max_edges();
        if self.edges.len() >= limit {
            return Err(BuildGraphError::TooManyEdges { limit });
        }
        let edge = (self.id(dependent)?, self.id(dependency)?);
        if edge.0 == edge.1 {
            self.warn_of_self(dependent.clone(), relation);
            return Ok(self);
        }
        self.edges.push(edge);
        self.codes.push(relation.code());
        Ok(self)
    }

    /// States that two ids are of one thing, such as two package URLs of one mirrored package.
    ///
    /// The node goes by a package URL, else by a digest, else by another name, and of several the
    /// first one in order. A digest by which one source names a thing and which another source
    /// states of a node is an alias of it by itself.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError::TooManyNodes`] and [`BuildGraphError::TooMuchText`].
    pub fn alias(&mut self, alias: &NodeId, of: &NodeId) -> Result<&mut Self, BuildGraphError> {
        let alias = Alias {
            alias: self.id(alias)?,
            of: self.id(of)?,
            source: self.source_number(),
        };
        self.aliases.push(alias);
        Ok(self)
    }

    /// Adds a warning about a place in the source that was begun last.
    pub fn warn(&mut self, pointer: impl Into<String>, kind: WarningKind) -> &mut Self {
        let source = self.source_number();
        if self.warnings.len() >= self.limits.max_warnings() {
            self.left_out += 1;
            return self;
        }
        let name = self.sources[source as usize].name();
        let warning = GraphWarning::new(name, pointer, kind);
        self.warnings.push((source, warning));
        self
    }

    /// Takes back all that a source stated, and tells whether there was such a source.
    ///
    /// What another source stated too stays.
    pub fn retract(&mut self, source: &str) -> Retracted {
        let Some(&number) = self.source_numbers.get(source) else {
            return Retracted::Unknown;
        };
        let (edges, codes) = (
            std::mem::take(&mut self.edges),
            std::mem::take(&mut self.codes),
        );
        let mut runs = std::mem::take(&mut self.runs);
        let current = runs.last().map_or(0, |run| run.1);
        runs.push((edges.len(), current));
        for pair in runs.windows(2) {
            let ((start, of), (end, _)) = (pair[0], pair[1]);
            self.runs.push((self.edges.len(), of));
            if of != number {
                self.edges.extend_from_slice(&edges[start..end]);
                self.codes.extend_from_slice(&codes[start..end]);
            }
        }
        self.descriptions.retain(|fact| fact.source != number);
        self.aliases.retain(|alias| alias.source != number);
        self.warnings.retain(|warning| warning.0 != number);
        Retracted::Done
    }

    /// Freezes what is stated so far.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError::TooMuchText`].
    pub fn build(&self) -> Result<SupplyGraph, BuildGraphError> {
        self.freeze()
    }

    /// Freezes what is stated so far, if there is nothing to warn of.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError::Warned`] with every warning, and [`BuildGraphError::TooMuchText`].
    pub fn build_without_warnings(&self) -> Result<SupplyGraph, BuildGraphError> {
        let graph = self.freeze()?;
        if graph.warnings().is_empty() {
            return Ok(graph);
        }
        Err(BuildGraphError::Warned {
            warnings: graph.warnings().to_vec(),
        })
    }

    /// Returns the number of the source that was begun last.
    fn source_number(&self) -> u32 {
        self.runs.last().map_or(0, |run| run.1)
    }

    fn id(&mut self, id: &NodeId) -> Result<u32, BuildGraphError> {
        let number = self.ids.intern(id.as_str());
        number.map_err(|refused| self.refusal(0, &refused))
    }

    fn text(&mut self, text: Option<&str>) -> Result<u32, BuildGraphError> {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return Ok(NONE);
        };
        let number = self.texts.intern(text);
        number.map_err(|_| BuildGraphError::TooMuchText)
    }

    fn refusal(&self, index: usize, refused: &Refused) -> BuildGraphError {
        match *refused {
            Refused::Id(source) => BuildGraphError::Edge { index, source },
            Refused::TooMany => BuildGraphError::TooManyNodes {
                limit: self.limits.max_nodes(),
            },
            Refused::TooMuchText => BuildGraphError::TooMuchText,
        }
    }

    fn warn_of_self(&mut self, id: NodeId, relation: Relation) {
        self.warn(String::new(), WarningKind::SelfRelation { id, relation });
    }
}

/// Tells whether something was taken back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is no third outcome")]
pub enum Retracted {
    /// All that the source stated is gone.
    Done,
    /// There is no such source.
    Unknown,
}
