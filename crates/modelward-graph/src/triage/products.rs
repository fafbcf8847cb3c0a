//! Which nodes the statements are about.

use std::collections::HashMap;

use modelward_artifact::Digest;

use crate::advisory::Package;
use crate::percent::decoded;
use crate::vex::{BomLink, BomPlace, Candidate, Match, MatchDoubt, VexSubject};
use crate::{NodeRef, SupplyGraph};

/// Finds nodes by what statements name things by.
pub(super) struct Products<'g> {
    graph: &'g SupplyGraph,
    by_purl: HashMap<String, Vec<u32>>,
    by_digest: HashMap<Digest, Vec<u32>>,
    /// By serial number and `bom-ref`.
    by_place: HashMap<String, Vec<u32>>,
    /// Other ids by node.
    aliases: HashMap<u32, Vec<&'g str>>,
}

/// The nodes that a subject means for certain, sorted, and a doubt where another may be meant.
#[derive(Clone, Debug, Default)]
pub(super) struct Meant {
    pub(super) nodes: Vec<u32>,
    pub(super) doubt: Option<MatchDoubt>,
}

impl<'g> Products<'g> {
    pub(super) fn new(graph: &'g SupplyGraph) -> Self {
        let mut products = Self {
            graph,
            by_purl: HashMap::new(),
            by_digest: HashMap::new(),
            by_place: HashMap::new(),
            aliases: HashMap::new(),
        };
        let (names, nodes) = &graph.parts().aliases;
        for (number, node) in (0..).zip(nodes) {
            products
                .aliases
                .entry(*node)
                .or_default()
                .push(names.at(number));
        }
        for node in graph.nodes() {
            products.add(node);
        }
        products
    }

    fn add(&mut self, node: NodeRef<'g>) {
        let index = node.index();
        for id in self.ids(node) {
            if let Ok(package) = id.parse::<Package>() {
                let nodes = self.by_purl.entry(package.purl().to_owned());
                nodes.or_default().push(index);
            } else if let Some(key) = id.parse::<BomLink>().ok().and_then(|link| key(&link)) {
                self.by_place.entry(key).or_default().push(index);
            }
        }
        for digest in node.digests() {
            self.by_digest.entry(digest).or_default().push(index);
        }
    }

    fn ids(&self, node: NodeRef<'g>) -> Vec<&'g str> {
        let others = self.aliases.get(&node.index()).into_iter().flatten();
        std::iter::once(node.id()).chain(others.copied()).collect()
    }

    /// Returns the nodes that a subject means.
    pub(super) fn meant(&self, subject: &VexSubject) -> Meant {
        let purls = subject.purls().iter();
        let by_purl = purls.filter_map(|purl| self.by_purl.get(purl.package().purl()));
        let by_digest = subject
            .digests()
            .iter()
            .filter_map(|digest| self.by_digest.get(digest));
        let place = match subject.place() {
            Some(BomPlace::Link(link)) => key(link),
            _ => None,
        };
        let by_place = place.and_then(|place| self.by_place.get(&place));
        let mut near: Vec<u32> = by_purl
            .chain(by_digest)
            .chain(by_place)
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let mut meant = Meant::default();
        for node in near {
            match self.matches(subject, self.graph.at(node)) {
                Match::No => {}
                Match::Unknown(doubt) => meant.doubt = Some(doubt),
                Match::Yes => meant.nodes.push(node),
            }
        }
        meant
    }

    /// Compares the subject with each name of a node. The surest answer counts.
    fn matches(&self, subject: &VexSubject, node: NodeRef<'g>) -> Match {
        let digests = node.digests();
        let answers = self.ids(node).into_iter().map(|id| {
            let mut candidate = Candidate::new().with_digests(&digests);
            if let Some(version) = node.version() {
                candidate = candidate.with_version(version);
            }
            if id.starts_with("pkg:") {
                candidate = candidate.with_purl(id);
            }
            let link = id.parse::<BomLink>().ok();
            let Some(link) = &link else {
                return subject.matches(&candidate);
            };
            candidate = candidate.with_bom_serial(link.serial());
            if let Some(version) = link.version() {
                candidate = candidate.with_bom_version(version);
            }
            match link.reference() {
                Some(reference) => subject.matches(&candidate.with_bom_ref(reference)),
                None => subject.matches(&candidate),
            }
        });
        answers.max().unwrap_or(Match::No)
    }
}

/// Returns a place without the version of its document. A `bom-ref` may be written with escapes.
fn key(link: &BomLink) -> Option<String> {
    let reference = link.reference()?;
    let plain = decoded(reference).unwrap_or_else(|| reference.to_owned());
    Some(format!("{}#{plain}", link.serial()))
}
