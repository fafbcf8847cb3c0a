use std::collections::BTreeMap;
use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::advisory::Package;
use crate::graph::ix;
use crate::{NodeRef, SupplyGraph};

/// What a node is looked up by.
pub(super) struct Names<'g> {
    pub(super) node: u32,
    pub(super) name: &'g str,
    pub(super) packages: Vec<Package>,
    /// The first text in the place of a package URL that is none.
    pub(super) malformed: Option<String>,
}

impl Names<'_> {
    /// Tells whether no package URL says in which ecosystem the node is.
    pub(super) fn is_known_by_name_alone(&self) -> bool {
        let mut ecosystems = self.packages.iter().map(Package::ecosystem);
        ecosystems.all(|ecosystem| ecosystem.is_none())
    }
}

/// Returns what each node is looked up by, in the order of the nodes.
pub(super) fn names(graph: &SupplyGraph) -> impl Iterator<Item = Names<'_>> {
    let (aliases, nodes) = &graph.parts().aliases;
    let mut purls: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (number, node) in (0..).zip(nodes) {
        let alias = aliases.at(number);
        if alias.starts_with("pkg:") {
            purls.entry(*node).or_default().push(alias);
        }
    }
    (0..ix(graph.node_count())).map(move |index| {
        let node = graph.at(index);
        let own = Some(node.id()).filter(|id| id.starts_with("pkg:"));
        let others = purls.get(&index).into_iter().flatten().copied();
        of_node(node, own.into_iter().chain(others))
    })
}

fn of_node<'g>(node: NodeRef<'g>, purls: impl Iterator<Item = &'g str>) -> Names<'g> {
    let mut names = Names {
        node: node.index(),
        name: node.name(),
        packages: Vec::new(),
        malformed: None,
    };
    for purl in purls {
        match purl.parse::<Package>() {
            Ok(package) => names
                .packages
                .push(match (package.version(), node.version()) {
                    (None, Some(version)) => package.with_version(version),
                    _ => package,
                }),
            Err(_) => {
                names.malformed.get_or_insert_with(|| purl.to_owned());
            }
        }
    }
    names
}

/// Names a node of which nothing is known, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct NotEvaluated<'g> {
    node: NodeRef<'g>,
    reason: NotEvaluatedReason,
}

impl<'g> NotEvaluated<'g> {
    pub(super) const fn new(node: NodeRef<'g>, reason: NotEvaluatedReason) -> Self {
        Self { node, reason }
    }

    /// Returns the node.
    #[must_use]
    pub const fn node(&self) -> NodeRef<'g> {
        self.node
    }

    /// Returns why it was not evaluated.
    #[must_use]
    pub const fn reason(&self) -> &NotEvaluatedReason {
        &self.reason
    }
}

impl fmt::Display for NotEvaluated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Terminal(self.node.id()), self.reason)
    }
}

impl Serialize for NotEvaluated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("NotEvaluated", 2)?;
        object.serialize_field("node", self.node.id())?;
        object.serialize_field("reason", &self.reason.to_string())?;
        object.end()
    }
}

/// Says why a node was not evaluated.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum NotEvaluatedReason {
    /// A text in the place of its package URL is none.
    MalformedPurl {
        /// The text.
        text: String,
    },
    /// It has no package URL, and no advisory names a package that is called so.
    NoPurl,
    /// No advisory is about its ecosystem or type of package.
    NotCovered,
}

impl fmt::Display for NotEvaluatedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MalformedPurl { text } => write!(f, "`{}` is not a package url", Terminal(text)),
            Self::NoPurl => f.write_str("it has no package url"),
            Self::NotCovered => f.write_str("no advisory is about its kind of package"),
        }
    }
}
