//! What sources say of nodes, in columns beside the graph.

use modelward_artifact::Digest;

use crate::strings::Strings;
use crate::{NodeKind, SignatureState};

/// Marks a text that a source does not give.
pub(crate) const NONE: u32 = u32::MAX;

/// What one source, or several that say the same, tell of a node.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Fact {
    pub(crate) node: u32,
    /// The set of sources.
    pub(crate) sources: u32,
    pub(crate) kind: NodeKind,
    pub(crate) signature: SignatureState,
    /// Numbers of texts, or `NONE`.
    pub(crate) name: u32,
    pub(crate) version: u32,
    pub(crate) license: u32,
    /// Where the digests start, and how many there are.
    pub(crate) digests: (u32, u32),
}

/// Holds all facts, sorted by node. Of one node the first fact counts most.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Facts {
    pub(crate) texts: Strings,
    pub(crate) rows: Vec<Fact>,
    pub(crate) digests: Vec<Digest>,
}

impl Facts {
    /// Returns what is said of a node.
    pub(crate) fn of(&self, node: u32) -> &[Fact] {
        let start = self.rows.partition_point(|fact| fact.node < node);
        let rest = &self.rows[start..];
        let len = rest.partition_point(|fact| fact.node == node);
        &rest[..len]
    }

    pub(crate) fn text(&self, text: u32) -> Option<&str> {
        (text != NONE).then(|| self.texts.at(text))
    }

    pub(crate) fn digests(&self, fact: &Fact) -> &[Digest] {
        let (start, count) = fact.digests;
        &self.digests[start as usize..][..count as usize]
    }
}
