pub(crate) mod columns;

use std::collections::BTreeMap;
use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use self::columns::{Column, Sweep, WIDTH};
use crate::{
    Direction, Finding, FindingClass, KindSet, NodeRef, Path, SupplyGraph, Trace, UnknownNode,
};

impl SupplyGraph {
    /// Tells which of the nodes of some kinds, such as deployments, need a thing with a flaw along
    /// the relations that a flaw of its class follows. A thing needs itself.
    ///
    /// All findings are answered together, 64 in one pass over the graph.
    ///
    /// ```
    /// use modelward_graph::{Finding, FindingClass, NodeKind, Relation, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[
    ///     ("pkg:oci/shop@1", Relation::Serves, "pkg:huggingface/a/tuned@1"),
    ///     ("pkg:huggingface/a/tuned@1", Relation::TrainedOn, "pkg:huggingface/datasets/a/d@1"),
    /// ])?;
    /// let graph = builder.build()?;
    /// let data = "pkg:huggingface/datasets/a/d@1".parse()?;
    /// let poisoned = Finding::new(data, FindingClass::PoisonedData, "INC-7");
    /// let impact = graph.impact(&[poisoned], NodeKind::Container)?;
    /// assert_eq!(
    ///     impact.to_string(),
    ///     "pkg:huggingface/datasets/a/d@1: poisoned data INC-7\n  \
    ///      pkg:oci/shop@1 -serves-> pkg:huggingface/a/tuned@1 \
    ///      -trained on-> pkg:huggingface/datasets/a/d@1\n",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph lacks the node of a finding.
    pub fn impact(
        &self,
        findings: &[Finding],
        roots: impl Into<KindSet>,
    ) -> Result<Impact<'_>, UnknownNode> {
        let found = findings.iter().map(|finding| {
            let node = self.find(finding.node().as_str())?;
            Ok((finding.clone(), node))
        });
        let found: Result<Vec<_>, UnknownNode> = found.collect();
        Ok(Impact::new(self, found?, roots.into()))
    }
}

/// Holds which roots need which flawed things.
///
/// Findings are sorted and each stands once; roots are in the order of the graph. A finding that
/// reaches no root stays in [`findings`](Self::findings).
#[derive(Clone, Debug)]
pub struct Impact<'g> {
    graph: &'g SupplyGraph,
    findings: Vec<Finding>,
    /// The node of each finding.
    nodes: Vec<u32>,
    /// The place of each finding's class and node among the columns.
    columns: Vec<usize>,
    roots: Vec<u32>,
    /// The columns that each root reaches, in `width` words a root.
    reached: Vec<u64>,
    width: usize,
}

impl<'g> Impact<'g> {
    pub(crate) fn new(
        graph: &'g SupplyGraph,
        mut findings: Vec<(Finding, u32)>,
        roots: KindSet,
    ) -> Self {
        findings.sort_unstable();
        findings.dedup();
        let roots: Vec<u32> = graph.all().of_kinds(roots).members().iter().collect();
        let mut classes: BTreeMap<FindingClass, Vec<u32>> = BTreeMap::new();
        for (finding, node) in &findings {
            classes.entry(finding.class()).or_default().push(*node);
        }
        let mut passes = Passes::new(roots.len());
        for (class, flawed) in &mut classes {
            flawed.sort_unstable();
            flawed.dedup();
            passes.run(graph, *class, flawed, &roots);
        }
        let places = findings.iter();
        let places = places.map(|(finding, node)| passes.places[&(finding.class(), *node)]);
        Self {
            columns: places.collect(),
            width: passes.words.len(),
            reached: passes.into_rows(),
            graph,
            nodes: findings.iter().map(|(_, node)| *node).collect(),
            findings: findings.into_iter().map(|(finding, _)| finding).collect(),
            roots,
        }
    }

    /// Returns the findings that were asked about, sorted.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the roots that were asked about.
    #[must_use]
    pub fn roots(&self) -> impl ExactSizeIterator<Item = NodeRef<'g>> {
        let graph = self.graph;
        self.roots.iter().map(move |root| graph.at(*root))
    }

    /// Returns each finding with each root that it reaches, by finding, then root.
    pub fn reached(&self) -> impl Iterator<Item = Reached<'_>> {
        (0..self.findings.len()).flat_map(move |finding| self.of_number(finding))
    }

    /// Returns the findings that reach a node. There is none where the node is not a root.
    pub fn of_root(&self, id: impl AsRef<str>) -> impl Iterator<Item = Reached<'_>> {
        let index = self.graph.find(id.as_ref()).ok();
        let place = index.and_then(|index| self.roots.binary_search(&index).ok());
        let findings = 0..self.findings.len();
        findings.filter_map(move |finding| {
            let root = place.filter(|place| self.has(finding, *place))?;
            Some(self.at(finding, root))
        })
    }

    /// Returns the findings that reach no root, sorted.
    pub fn without_effect(&self) -> impl Iterator<Item = &Finding> {
        let all = self.findings.iter().enumerate();
        let idle = all.filter(|(number, _)| self.of_number(*number).next().is_none());
        idle.map(|(_, finding)| finding)
    }

    pub(crate) const fn graph(&self) -> &'g SupplyGraph {
        self.graph
    }

    pub(crate) fn root_nodes(&self) -> &[u32] {
        &self.roots
    }

    /// Returns the node of a finding.
    pub(crate) fn node_of(&self, finding: usize) -> u32 {
        self.nodes[finding]
    }

    pub(crate) fn of_number(&self, finding: usize) -> impl Iterator<Item = Reached<'_>> {
        let roots = (0..self.roots.len()).filter(move |root| self.has(finding, *root));
        roots.map(move |root| self.at(finding, root))
    }

    fn has(&self, finding: usize, root: usize) -> bool {
        let column = self.columns[finding];
        let word = self.reached[root * self.width + column / WIDTH];
        word >> (column % WIDTH) & 1 == 1
    }

    pub(crate) const fn at(&self, finding: usize, root: usize) -> Reached<'_> {
        Reached {
            impact: self,
            finding,
            root,
        }
    }
}

/// Collects one word of answers for each 64 nodes of one class.
#[derive(Debug)]
pub(crate) struct Passes {
    roots: usize,
    /// The column of each class and node.
    pub(crate) places: BTreeMap<(FindingClass, u32), usize>,
    words: Vec<Vec<u64>>,
}

impl Passes {
    pub(crate) const fn new(roots: usize) -> Self {
        Self {
            roots,
            places: BTreeMap::new(),
            words: Vec::new(),
        }
    }

    /// Asks which roots need which nodes, each of which stands once.
    pub(crate) fn run(
        &mut self,
        graph: &SupplyGraph,
        class: FindingClass,
        flawed: &[u32],
        roots: &[u32],
    ) {
        let mut sweep = Sweep::new(graph, class.flow());
        for chunk in flawed.chunks(WIDTH) {
            let first = self.words.len() * WIDTH;
            let numbered = chunk.iter().zip(first..);
            self.places
                .extend(numbered.map(|(node, place)| ((class, *node), place)));
            let column = |node: &u32| Column {
                node: *node,
                blocked: Vec::new(),
            };
            let columns: Vec<Column> = chunk.iter().map(column).collect();
            let masks = sweep.run(&columns);
            let words = roots.iter().map(|root| masks[*root as usize]);
            self.words.push(words.collect());
        }
    }

    /// Tells whether a root, by its place, needs a node that was asked about.
    pub(crate) fn has(&self, root: usize, class: FindingClass, node: u32) -> bool {
        self.places
            .get(&(class, node))
            .is_some_and(|column| self.words[column / WIDTH][root] >> (column % WIDTH) & 1 == 1)
    }

    /// Returns the words by root.
    fn into_rows(self) -> Vec<u64> {
        let rows = 0..self.roots;
        let row = |root: usize| self.words.iter().map(move |words| words[root]);
        rows.flat_map(row).collect()
    }
}

/// Joins a root with a flaw that it is hit by because it needs the thing that has it.
#[derive(Clone, Copy)]
pub struct Reached<'i> {
    impact: &'i Impact<'i>,
    finding: usize,
    root: usize,
}

impl<'i> Reached<'i> {
    /// Returns what is hit.
    #[must_use]
    pub fn root(self) -> NodeRef<'i> {
        self.impact.graph.at(self.impact.roots[self.root])
    }

    /// Returns the flaw, with the node that has it.
    #[must_use]
    pub fn finding(self) -> &'i Finding {
        &self.impact.findings[self.finding]
    }

    pub(crate) const fn graph(self) -> &'i SupplyGraph {
        self.impact.graph
    }

    /// Returns the places of finding and root in the lists of the impact.
    pub(crate) const fn places(self) -> (usize, usize) {
        (self.finding, self.root)
    }

    /// Tells whether the root itself has the flaw.
    #[must_use]
    pub fn is_direct(self) -> bool {
        self.impact.nodes[self.finding] == self.root().index()
    }

    /// Returns a shortest chain by which the root needs the flawed node.
    #[must_use]
    pub fn path(self) -> Option<Path> {
        trace(self.impact.graph, self.finding())?.path_of(self.root().index())
    }
}

impl fmt::Debug for Reached<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reached")
            .field("root", &self.root().id())
            .field("finding", self.finding())
            .finish()
    }
}

/// Returns the ways from all that needs the node of a finding.
pub(crate) fn trace<'g>(graph: &'g SupplyGraph, finding: &Finding) -> Option<Trace<'g>> {
    let query = graph.query(Direction::Dependents, [finding.node()]).ok()?;
    Some(query.along(finding.class().flow()).trace())
}

/// Shows each finding in a line and below it a chain from each root that it reaches.
impl fmt::Display for Impact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, finding) in self.findings.iter().enumerate() {
            writeln!(f, "{finding}")?;
            let trace = trace(self.graph, finding);
            for reached in self.of_number(number) {
                let root = reached.root();
                match trace.as_ref().and_then(|trace| trace.path_of(root.index())) {
                    Some(path) => writeln!(f, "  {path}")?,
                    None => writeln!(f, "  {}", Terminal(root.id()))?,
                }
            }
        }
        Ok(())
    }
}

/// A list of objects with `finding` and `paths`, of which there is one for each root.
impl Serialize for Impact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.findings.len()))?;
        for number in 0..self.findings.len() {
            list.serialize_element(&Shown(self, number))?;
        }
        list.end()
    }
}

struct Shown<'i>(&'i Impact<'i>, usize);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(impact, number) = *self;
        let finding = &impact.findings[number];
        let trace = trace(impact.graph, finding);
        let roots = impact.of_number(number);
        let paths = roots.filter_map(|reached| trace.as_ref()?.path_of(reached.root().index()));
        let mut object = serializer.serialize_struct("Impact", 2)?;
        object.serialize_field("finding", finding)?;
        object.serialize_field("paths", &paths.collect::<Vec<Path>>())?;
        object.end()
    }
}
