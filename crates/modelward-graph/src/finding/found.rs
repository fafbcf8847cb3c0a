use std::fmt;

use modelward_artifact::Digest;
use modelward_artifact::escape::Terminal;
use serde::Serialize;

use crate::{FindingClass, NodeId, SupplyGraph};

/// States that one thing of the supply chain is bad by itself: it is flawed, whatever it needs.
///
/// What is hit because it needs the thing is another question, which
/// [`SupplyGraph::impact`](crate::SupplyGraph::impact) answers. Texts are from outside and returned as
/// they were given.
///
/// ```
/// use modelward_graph::{Finding, FindingClass};
///
/// let finding = Finding::new("sha256:00".parse()?, FindingClass::MaliciousWeights, "pickle-exec")
///     .with_tool("modelscan")
///     .with_severity("critical");
/// assert_eq!(
///     finding.to_string(),
///     "sha256:00: malicious weights pickle-exec, critical, found by modelscan",
/// );
/// # Ok::<(), modelward_graph::ParseNodeIdError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Finding {
    node: NodeId,
    class: FindingClass,
    id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<String>,
}

impl SupplyGraph {
    /// Returns a finding for each thing that nothing [pins](Self::unpinned): its name can be made to
    /// point at something else.
    #[must_use]
    pub fn mutable_names(&self) -> Vec<Finding> {
        let unpinned = self.unpinned();
        let found = unpinned.iter().map(|node| {
            let class = FindingClass::MutableName;
            Finding::new(node.to_id(), class, "unpinned")
        });
        found.collect()
    }

    /// Returns a finding of malicious weights for each node of which a source states this digest, as
    /// the report of a scanner names it.
    #[must_use]
    pub fn malicious_weights(&self, digest: &Digest, rule: &str) -> Vec<Finding> {
        let nodes = self.nodes_with_digest(digest).into_iter();
        let class = FindingClass::MaliciousWeights;
        nodes
            .map(|node| Finding::new(node.to_id(), class, rule))
            .collect()
    }
}

impl Finding {
    /// States a flaw of a node by its id, such as `CVE-2026-1234` or the name of a scanner's rule.
    #[must_use]
    pub fn new(node: NodeId, class: FindingClass, id: impl Into<String>) -> Self {
        Self {
            node,
            class,
            id: id.into(),
            aliases: Vec::new(),
            tool: None,
            severity: None,
            doubt: None,
        }
    }

    /// Adds other ids of the same flaw.
    #[must_use]
    pub fn with_aliases<T: Into<String>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.aliases.extend(ids.into_iter().map(Into::into));
        self.aliases.retain(|alias| *alias != self.id);
        self.aliases.sort_unstable();
        self.aliases.dedup();
        self
    }

    /// Sets who found it, such as the name of a scanner.
    #[must_use]
    pub fn with_tool(mut self, tool: impl Into<String>) -> Self {
        self.tool = Some(tool.into());
        self
    }

    /// Sets how bad it is in the words of who found it.
    #[must_use]
    pub fn with_severity(mut self, severity: impl Into<String>) -> Self {
        self.severity = Some(severity.into());
        self
    }

    /// Says why it is not certain that the node has the flaw.
    #[must_use]
    pub fn with_doubt(mut self, doubt: impl Into<String>) -> Self {
        self.doubt = Some(doubt.into());
        self
    }

    /// Returns the node that has the flaw.
    #[must_use]
    pub const fn node(&self) -> &NodeId {
        &self.node
    }

    /// Returns of what kind the flaw is.
    #[must_use]
    pub const fn class(&self) -> FindingClass {
        self.class
    }

    /// Returns the id of the flaw.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns other ids of the same flaw, sorted.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// Returns every id of the flaw, its own first.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        let aliases = self.aliases.iter().map(String::as_str);
        std::iter::once(self.id.as_str()).chain(aliases)
    }

    /// Returns who found it, if that is known.
    #[must_use]
    pub fn tool(&self) -> Option<&str> {
        self.tool.as_deref()
    }

    /// Returns how bad it is in the words of who found it.
    #[must_use]
    pub fn severity(&self) -> Option<&str> {
        self.severity.as_deref()
    }

    /// Returns why it is not certain that the node has the flaw. It is certain where nothing is
    /// returned.
    #[must_use]
    pub fn doubt(&self) -> Option<&str> {
        self.doubt.as_deref()
    }
}

/// Shows the finding in one line.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let node = Terminal(self.node.as_str());
        write!(f, "{node}: {} {}", self.class, Terminal(&self.id))?;
        if let Some(severity) = &self.severity {
            write!(f, ", {}", Terminal(severity))?;
        }
        if let Some(tool) = &self.tool {
            write!(f, ", found by {}", Terminal(tool))?;
        }
        match &self.doubt {
            Some(doubt) => write!(f, ", not certain: {}", Terminal(doubt)),
            None => Ok(()),
        }
    }
}
