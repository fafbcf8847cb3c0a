//! What is compromised by the incident's own words, and where the graph knows it.

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Timestamp;
use modelward_graph::{NodeId, NodeRef};
use modelward_incident::{AffectedAsset, AssetRef, Compromise};

use super::RollbackRequest;
use super::cause::Cause;
use super::policy::{Stance, Suspects};

/// Holds the nodes that are compromised, each with when that began, and what is not known.
#[derive(Debug, Default)]
pub(crate) struct Roots<'g> {
    pub(crate) nodes: BTreeMap<&'g str, Option<Timestamp>>,
    /// How many things the incident says to be compromised or orders not to be used.
    pub(crate) named: usize,
    pub(crate) notes: Vec<Cause>,
    /// What is compromised and is not known as a node; a release cannot be judged then.
    pub(crate) unknown: BTreeSet<String>,
    matched: BTreeSet<AssetRef>,
}

impl<'g> Roots<'g> {
    pub(crate) fn of(request: &RollbackRequest<'g>) -> Self {
        let mut roots = Self::default();
        let incident = request.incident;
        for asset in incident.assets().values() {
            match asset.compromise {
                Compromise::Cleared => {}
                Compromise::Confirmed => roots.take(request, asset),
                Compromise::Suspected | Compromise::Unknown => match request.policy.suspects {
                    Suspects::Taint => roots.take(request, asset),
                    Suspects::Ignore => roots.ignore(asset),
                },
            }
        }
        for target in incident.quarantined(request.now) {
            roots.take_order(request, target);
        }
        roots.take_what_is_not_known(request);
        roots.notes.sort();
        roots.notes.dedup();
        roots
    }

    fn take(&mut self, request: &RollbackRequest<'g>, asset: &AffectedAsset) {
        self.named += 1;
        let from = asset.window.map(|window| window.from.at());
        let present =
            (asset.id == request.present.asset).then_some(AssetRef::Digest(request.present.root));
        let mut found = false;
        for name in asset.refs.iter().chain(&present) {
            found |= self.insert(request, name, from);
        }
        if !found {
            self.miss(request, asset.id.as_str(), "the graph lacks this asset");
        }
    }

    fn ignore(&mut self, asset: &AffectedAsset) {
        let message = format!(
            "the policy ignores that this is {}",
            asset.compromise.name()
        );
        let note = Cause::new("audit.rollback.root.ignored", message);
        self.notes.push(note.about(asset.id.as_str()));
    }

    /// What an order in force forbids to use is as bad as what is compromised, since ever.
    fn take_order(&mut self, request: &RollbackRequest<'g>, target: &AssetRef) {
        self.named += 1;
        let known = self.matched.contains(target);
        if !self.insert(request, target, None) && !known {
            let message = "the graph lacks this target of an order of quarantine";
            self.miss(request, &target.to_string(), message);
        }
    }

    fn take_what_is_not_known(&mut self, request: &RollbackRequest<'g>) {
        if let Some(why) = request.incident.assets_unknown() {
            self.miss(request, "assets", why.as_str());
        }
        if request.incident.is_partial() {
            let message = "events are withheld, and what is compromised may be among them";
            let note = Cause::new("audit.rollback.incident.partial", message);
            self.notes.push(note);
            self.unknown.insert("withheld events".to_owned());
        }
    }

    fn miss(&mut self, request: &RollbackRequest<'g>, what: &str, message: &str) {
        let note = Cause::new("audit.rollback.root.unmatched", message);
        self.notes.push(note.about(what));
        if request.policy.unmatched_roots == Stance::Refuse {
            self.unknown.insert(what.to_owned());
        }
    }

    /// Inserts the nodes of a name and tells whether there is one.
    fn insert(
        &mut self,
        request: &RollbackRequest<'g>,
        name: &AssetRef,
        from: Option<Timestamp>,
    ) -> bool {
        let nodes = matching(request, name);
        for node in &nodes {
            // Nobody knowing when it began is earlier than any instant.
            let known = self.nodes.entry(node).or_insert(from);
            *known = from.min(*known);
        }
        if !nodes.is_empty() {
            self.matched.insert(name.clone());
        }
        !nodes.is_empty()
    }
}

/// Returns the nodes that an asset is: by digest, also by that of a release; by package URL, where
/// one without a version means every version; by `bom-ref`, also within a document.
fn matching<'g>(request: &RollbackRequest<'g>, asset: &AssetRef) -> BTreeSet<&'g str> {
    let graph = request.graph;
    match asset {
        AssetRef::Digest(digest) => {
            let releases = request.releases.iter().filter(|it| it.root == *digest);
            let releases = releases.filter_map(|release| graph.node(&release.node));
            let nodes = graph.nodes_with_digest(digest).into_iter();
            nodes.chain(releases).map(NodeRef::id).collect()
        }
        AssetRef::Purl(purl) => {
            let canonical = NodeId::of_purl(purl.as_str()).ok();
            let text = canonical.as_ref().map_or(purl.as_str(), NodeId::as_str);
            let other_version = |id: &str| {
                let rest = id.strip_prefix(text);
                rest.is_some_and(|rest| rest.starts_with(['@', '?', '#']))
            };
            let versions = graph.nodes().filter(|node| other_version(node.id()));
            let named = [purl.as_str(), text].into_iter();
            let named = named.filter_map(|name| graph.node(name));
            named.chain(versions).map(NodeRef::id).collect()
        }
        AssetRef::BomRef(name) => {
            let name = name.as_str();
            let within = |id: &str| {
                let rest = id.strip_suffix(name);
                rest.is_some_and(|document| document.ends_with('#'))
            };
            let nodes = graph.nodes().filter(|node| within(node.id()));
            let nodes = nodes.chain(graph.node(name));
            nodes.map(NodeRef::id).collect()
        }
        _ => BTreeSet::new(),
    }
}
