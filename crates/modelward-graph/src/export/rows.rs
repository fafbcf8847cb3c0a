use std::borrow::Cow;
use std::io;

use modelward_artifact::Digest;
use serde::Serialize;

use crate::{Edge, NodeKind, NodeRef, Relation, SignatureState, Source};

/// A row of the table of nodes.
#[derive(Serialize)]
pub(super) struct NodeRow<'g> {
    node: usize,
    id: &'g str,
    kind: NodeKind,
    name: &'g str,
    version: Option<&'g str>,
    license: Option<&'g str>,
    digests: Vec<Digest>,
    signature: SignatureState,
    sources: Vec<&'g str>,
}

impl<'g> NodeRow<'g> {
    pub(super) const COLUMNS: [&'static str; 9] = [
        "node",
        "id",
        "kind",
        "name",
        "version",
        "license",
        "digests",
        "signature",
        "sources",
    ];

    pub(super) fn of(number: usize, node: NodeRef<'g>) -> Self {
        Self {
            node: number,
            id: node.id(),
            kind: node.kind(),
            name: node.name(),
            version: node.version(),
            license: node.license(),
            digests: node.digests(),
            signature: node.signature(),
            sources: node.sources().into_iter().map(Source::name).collect(),
        }
    }

    pub(super) fn fields(&self) -> io::Result<[Option<Cow<'g, str>>; 9]> {
        let digests: Vec<String> = self.digests.iter().map(ToString::to_string).collect();
        Ok([
            Some(self.node.to_string().into()),
            Some(self.id.into()),
            Some(self.kind.key().into()),
            Some(self.name.into()),
            self.version.map(Cow::Borrowed),
            self.license.map(Cow::Borrowed),
            (!digests.is_empty()).then(|| digests.join(" ").into()),
            Some(self.signature.name().into()),
            Some(list(&self.sources)?),
        ])
    }
}

/// A row of the table of edges.
#[derive(Serialize)]
pub(super) struct EdgeRow<'g> {
    src: u32,
    dst: u32,
    relation: Relation,
    sources: Vec<&'g str>,
}

impl<'g> EdgeRow<'g> {
    pub(super) const COLUMNS: [&'static str; 4] = ["src", "dst", "relation", "sources"];

    pub(super) fn of(edge: Edge<'g>) -> Self {
        Self {
            src: edge.from().index(),
            dst: edge.to().index(),
            relation: edge.relation(),
            sources: edge.sources().map(Source::name).collect(),
        }
    }

    pub(super) fn fields(&self) -> io::Result<[Option<Cow<'g, str>>; 4]> {
        Ok([
            Some(self.src.to_string().into()),
            Some(self.dst.to_string().into()),
            Some(self.relation.key().into()),
            Some(list(&self.sources)?),
        ])
    }
}

/// Returns a list as JSON: names of sources have blanks and commas in them.
fn list(names: &[&str]) -> io::Result<Cow<'static, str>> {
    Ok(serde_json::to_string(names)?.into())
}
