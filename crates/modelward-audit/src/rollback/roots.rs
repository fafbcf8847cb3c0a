//! What is compromised by the incident's own words, and where the graph knows it.

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Timestamp;
use modelward_graph::NodeId;
use modelward_incident::{AffectedAsset, AssetRef, Compromise, TimeSpec};

use super::RollbackRequest;
use super::cause::Cause;
use super::index::{Index, NodeIx};
use super::policy::{Stance, Suspects};

/// Holds the nodes that are compromised, each with when that began, and what is not known.
#[derive(Debug, Default)]
pub(crate) struct Roots {
    pub(crate) nodes: BTreeMap<NodeIx, Option<Timestamp>>,
    /// How many things the incident says to be compromised or orders not to be used.
    pub(crate) named: usize,
    pub(crate) notes: Vec<Cause>,
    /// What is compromised and is not known as a node; a release cannot be judged then.
    pub(crate) unknown: BTreeSet<String>,
    matched: BTreeSet<AssetRef>,
}

impl Roots {
    pub(crate) fn of(request: &RollbackRequest<'_>, index: &Index<'_>) -> Self {
        let mut roots = Self::default();
        let incident = request.incident;
        for asset in incident.assets().values() {
            match asset.compromise {
                Compromise::Cleared => {}
                Compromise::Confirmed => roots.take(request, index, asset),
                Compromise::Suspected | Compromise::Unknown => match request.policy.suspects {
                    Suspects::Taint => roots.take(request, index, asset),
                    Suspects::Ignore => roots.ignore(asset),
                },
            }
        }
        for target in incident.quarantined(request.now) {
            roots.take_order(request, index, target);
        }
        roots.take_what_is_not_known(request);
        roots.notes.sort();
        roots.notes.dedup();
        roots
    }

    fn take(&mut self, request: &RollbackRequest<'_>, index: &Index<'_>, asset: &AffectedAsset) {
        self.named += 1;
        let from = asset.window.map(|window| earliest(window.from));
        let present =
            (asset.id == request.present.asset).then_some(AssetRef::Digest(request.present.root));
        let mut found = false;
        for name in asset.refs.iter().chain(&present) {
            found |= self.insert(&matching(request, index, name), name, from);
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
    fn take_order(&mut self, request: &RollbackRequest<'_>, index: &Index<'_>, target: &AssetRef) {
        self.named += 1;
        let known = self.matched.contains(target);
        if !self.insert(&matching(request, index, target), target, None) && !known {
            let message = "the graph lacks this target of an order of quarantine";
            self.miss(request, &target.to_string(), message);
        }
    }

    fn take_what_is_not_known(&mut self, request: &RollbackRequest<'_>) {
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

    fn miss(&mut self, request: &RollbackRequest<'_>, what: &str, message: &str) {
        let note = Cause::new("audit.rollback.root.unmatched", message);
        self.notes.push(note.about(what));
        if request.policy.unmatched_roots == Stance::Refuse {
            self.unknown.insert(what.to_owned());
        }
    }

    /// Inserts the nodes of a name and tells whether there is one.
    fn insert(
        &mut self,
        nodes: &BTreeSet<NodeIx>,
        name: &AssetRef,
        from: Option<Timestamp>,
    ) -> bool {
        for node in nodes {
            // Nobody knowing when it began is earlier than any instant.
            let known = self.nodes.entry(*node).or_insert(from);
            *known = from.min(*known);
        }
        if !nodes.is_empty() {
            self.matched.insert(name.clone());
        }
        !nodes.is_empty()
    }
}

/// Returns the nodes that an asset is: by digest, also by that of a release or of a member; by
/// `bom-ref`, also within a document; by package URL, see [`of_purl`].
pub(crate) fn matching(
    request: &RollbackRequest<'_>,
    index: &Index<'_>,
    asset: &AssetRef,
) -> BTreeSet<NodeIx> {
    match asset {
        AssetRef::Digest(digest) => {
            let releases = request.releases.iter();
            let releases = releases.map(|it| (&it.node, it.proofs.root));
            let members = request.members.iter();
            let members = members.map(|it| (&it.node, it.proofs.root));
            let stated = releases.chain(members).filter(|(_, root)| root == digest);
            let stated = stated.filter_map(|(node, _)| index.find(node.as_str()));
            stated.chain(index.with_digest(digest)).collect()
        }
        AssetRef::Purl(purl) => of_purl(index, purl.as_str()),
        AssetRef::BomRef(name) => {
            let within = index.within_documents(name.as_str()).iter().copied();
            within.chain(index.find(name.as_str())).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// A name without a version means every version, and one with a version also what the graph knows
/// without one: that may be any.
fn of_purl(index: &Index<'_>, purl: &str) -> BTreeSet<NodeIx> {
    let canonical = NodeId::of_purl(purl).ok();
    let text = canonical.as_ref().map_or(purl, NodeId::as_str);
    let versions = index.with_prefix(text).filter_map(|(name, node)| {
        let rest = name.strip_prefix(text)?;
        rest.starts_with(['@', '?', '#']).then_some(node)
    });
    let floating = text.split_once('@').map(|(floating, _)| floating);
    let named = [Some(purl), Some(text), floating].into_iter().flatten();
    let named = named.filter_map(|name| index.find(name));
    named.chain(versions).collect()
}

/// Returns the first instant that a time may mean: of `2026-08` the first of the month.
fn earliest(time: TimeSpec) -> Timestamp {
    const FIRST: &str = "0000-01-01T00:00:00Z";
    let known = time.to_string();
    let rest = FIRST.get(known.len()..).unwrap_or_default();
    format!("{known}{rest}").parse().unwrap_or(time.at())
}
