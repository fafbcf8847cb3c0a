use std::collections::BTreeMap;

use super::picture::{Mark, Picture};
use super::{DrawError, Highlight, dot, mermaid, svg};
use crate::{NodeSet, SupplyGraph};

/// Draws nodes of a graph and the edges among them as text that other programs show.
///
/// - The same nodes give the same text.
/// - Texts from outside stay texts: they are made visible as on a terminal, then quoted by the rules
///   of the language. No picture has a script, a reference to another file or a style from outside.
/// - A picture is whole: beyond its limits it is an error, never a part.
///
/// ```
/// use modelward_graph::{Highlight, Relation, SupplyGraphBuilder};
///
/// let mut builder = SupplyGraphBuilder::default();
/// builder.relate_all(&[
///     ("pkg:oci/shop@1", Relation::Serves, "pkg:huggingface/a/tuned@1"),
///     ("pkg:huggingface/a/tuned@1", Relation::TrainedOn, "pkg:huggingface/datasets/a/d@1"),
/// ])?;
/// let graph = builder.build()?;
/// let mut drawing = graph.all().drawing().with_title("What the data reaches");
/// drawing.highlight("pkg:huggingface/datasets/a/d@1", Highlight::Focus)?;
/// drawing.label("pkg:oci/shop@1", Highlight::Affected, "poisoned data")?;
/// assert!(drawing.to_svg()?.starts_with("<svg "));
/// assert!(drawing.to_mermaid()?.starts_with("---\n"));
/// assert!(drawing.to_dot().starts_with("digraph "));
///
/// let refused = drawing.with_max_nodes(2).to_svg().unwrap_err();
/// assert_eq!(refused.to_string(), "picture has 3 nodes, expected at most 2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Drawing<'g> {
    nodes: NodeSet<'g>,
    title: Option<String>,
    marks: BTreeMap<u32, Mark>,
    max_nodes: usize,
    max_lines: usize,
}

impl<'g> Drawing<'g> {
    /// Up to how many nodes a layout is computed and a Mermaid text written, unless the caller sets
    /// another limit.
    pub const MAX_NODES: usize = 200;

    /// Up to how many pairs of joined nodes, which is Mermaid's own limit.
    pub const MAX_LINES: usize = 500;

    /// Begins a picture of some nodes.
    #[must_use]
    pub const fn new(nodes: NodeSet<'g>) -> Self {
        Self {
            nodes,
            title: None,
            marks: BTreeMap::new(),
            max_nodes: Self::MAX_NODES,
            max_lines: Self::MAX_LINES,
        }
    }

    /// Sets what the picture is called.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets how many nodes may be drawn. DOT has no limit.
    #[must_use]
    pub const fn with_max_nodes(mut self, max_nodes: usize) -> Self {
        self.max_nodes = max_nodes;
        self
    }

    /// Sets how many pairs of nodes may be joined. DOT has no limit.
    #[must_use]
    pub const fn with_max_lines(mut self, max_lines: usize) -> Self {
        self.max_lines = max_lines;
        self
    }

    /// Shows what is known of a node, in place of what was to be shown before.
    ///
    /// # Errors
    ///
    /// [`DrawError::NotDrawn`] where the node is not in the picture.
    pub fn highlight(
        &mut self,
        id: impl AsRef<str>,
        highlight: Highlight,
    ) -> Result<&mut Self, DrawError> {
        self.mark(id.as_ref(), highlight, None)
    }

    /// Shows what is known of a node, and a short text below its name.
    ///
    /// # Errors
    ///
    /// [`DrawError::NotDrawn`] where the node is not in the picture.
    pub fn label(
        &mut self,
        id: impl AsRef<str>,
        highlight: Highlight,
        label: impl Into<String>,
    ) -> Result<&mut Self, DrawError> {
        self.mark(id.as_ref(), highlight, Some(label.into()))
    }

    /// Shows the same of every node of a set.
    ///
    /// # Errors
    ///
    /// [`DrawError::NotDrawn`] with the first node that is not in the picture. Those before it are
    /// highlighted.
    pub fn highlight_all(
        &mut self,
        nodes: &NodeSet<'_>,
        highlight: Highlight,
    ) -> Result<&mut Self, DrawError> {
        for node in nodes.iter() {
            self.mark(node.id(), highlight, None)?;
        }
        Ok(self)
    }

    /// Writes the DOT language of Graphviz, one statement a line, in the order of the graph.
    ///
    /// The shape of a node tells its kind and its tooltip the id.
    #[must_use]
    pub fn to_dot(&self) -> String {
        dot::write(&self.picture())
    }

    /// Writes a flowchart of Mermaid, one statement a line, in the order of the graph.
    ///
    /// # Errors
    ///
    /// [`DrawError::TooManyLines`] and [`DrawError::TooManyNodes`].
    pub fn to_mermaid(&self) -> Result<String, DrawError> {
        Ok(mermaid::write(&self.bounded()?))
    }

    /// Lays the nodes out in layers, dependents left of their dependencies, and writes an SVG that
    /// needs nothing else.
    ///
    /// An edge that closes a cycle leads back to the left and has a ring. The whole of a text that
    /// was too long is in the `<title>` of its element.
    ///
    /// # Errors
    ///
    /// [`DrawError::TooManyBends`], [`DrawError::TooManyLines`] and [`DrawError::TooManyNodes`].
    pub fn to_svg(&self) -> Result<String, DrawError> {
        svg::write(&self.bounded()?)
    }

    fn mark(
        &mut self,
        id: &str,
        highlight: Highlight,
        label: Option<String>,
    ) -> Result<&mut Self, DrawError> {
        let found = self.nodes.graph().find(id);
        let drawn = found
            .ok()
            .filter(|index| self.nodes.members().contains(*index));
        let node = drawn.ok_or_else(|| DrawError::NotDrawn { id: id.to_owned() })?;
        self.marks.insert(node, Mark { highlight, label });
        Ok(self)
    }

    /// Returns the picture, if it is within the limits.
    fn bounded(&self) -> Result<Picture<'_>, DrawError> {
        let (found, limit) = (self.nodes.len(), self.max_nodes);
        if found > limit {
            return Err(DrawError::TooManyNodes { found, limit });
        }
        let picture = self.picture();
        let (found, limit) = (picture.lines.len(), self.max_lines);
        if found > limit {
            return Err(DrawError::TooManyLines { found, limit });
        }
        Ok(picture)
    }

    fn picture(&self) -> Picture<'_> {
        Picture::of(&self.nodes, self.title.as_deref(), &self.marks)
    }
}

impl<'g> NodeSet<'g> {
    /// Begins a picture of the nodes and the edges among them.
    #[must_use]
    pub fn drawing(&self) -> Drawing<'g> {
        Drawing::new(self.clone())
    }

    /// Draws the nodes and the edges among them as [`Drawing::to_dot`] does.
    #[must_use]
    pub fn to_dot(&self) -> String {
        self.drawing().to_dot()
    }

    /// Draws the nodes and the edges among them as [`Drawing::to_mermaid`] does.
    ///
    /// # Errors
    ///
    /// [`DrawError::TooManyLines`] and [`DrawError::TooManyNodes`].
    pub fn to_mermaid(&self) -> Result<String, DrawError> {
        self.drawing().to_mermaid()
    }

    /// Draws the nodes and the edges among them as [`Drawing::to_svg`] does.
    ///
    /// # Errors
    ///
    /// [`DrawError::TooManyBends`], [`DrawError::TooManyLines`] and [`DrawError::TooManyNodes`].
    pub fn to_svg(&self) -> Result<String, DrawError> {
        self.drawing().to_svg()
    }
}

impl SupplyGraph {
    /// Draws the whole graph as [`Drawing::to_dot`] does.
    ///
    /// ```
    /// use modelward_graph::{Node, NodeKind, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.add_node(&Node::new("m".parse()?, NodeKind::Model, r#"a"]; <b>"#))?;
    /// let dot = builder.build()?.to_dot();
    /// assert!(dot.contains(r#"label="a&quot;]; &lt;b&gt;""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_dot(&self) -> String {
        self.all().to_dot()
    }
}
