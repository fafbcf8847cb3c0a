//! What each upgrade does to the flaws that reach a root.

use std::collections::{BTreeMap, BTreeSet};

use crate::advisory::{AdvisorySet, Exposure, Package};
use crate::exposure::Hit;
use crate::graph::ix;
use crate::impact::columns::{Column, Sweep, WIDTH};
use crate::patch::search::{Choice, Flaws, Problem};
use crate::patch::{RefusedUpgrade, Resolution, Upgrade};
use crate::{FindingClass, SupplyGraph};

/// The flaws that reach a root, its direct dependencies, and what their upgrades do.
pub(super) struct Effects<'g> {
    pub(super) graph: &'g SupplyGraph,
    pub(super) set: &'g AdvisorySet,
    pub(super) resolution: Resolution,
    /// What has a flaw for certain, of what the root needs.
    pub(super) hits: Vec<Hit<'g>>,
    /// Sorted.
    pub(super) directs: Vec<u32>,
    pub(super) problem: Problem,
    /// The upgrade of each choice of the problem.
    pub(super) upgrades: Vec<Vec<Upgrade>>,
    pub(super) refused: Vec<RefusedUpgrade>,
}

impl<'g> Effects<'g> {
    pub(super) fn new(
        (graph, set): (&'g SupplyGraph, &'g AdvisorySet),
        root: u32,
        hits: Vec<Hit<'g>>,
        resolution: Resolution,
    ) -> Self {
        let flow = FindingClass::CodeFlaw.flow();
        let needed = graph.parts().outgoing.edges(root);
        let mut directs: Vec<u32> = needed
            .filter(|(_, code)| flow.has(*code))
            .map(|(direct, _)| direct)
            .collect();
        directs.dedup();
        let brought = brought(graph, root, &directs, &hits);
        Self {
            graph,
            set,
            resolution,
            problem: Problem {
                flaws: hits.len(),
                choices: vec![Vec::new(); directs.len()],
                brought,
            },
            upgrades: vec![Vec::new(); directs.len()],
            refused: Vec::new(),
            hits,
            directs,
        }
    }

    /// Adds an upgrade, or refuses it where it brings a flaw that the root does not have. One that
    /// helps nothing is passed over.
    pub(super) fn offer(&mut self, direct: usize, upgrade: Upgrade) {
        let new = self.flaws_after(direct, &upgrade);
        let known: BTreeSet<&str> = self.hits.iter().map(|hit| hit.flaw().id()).collect();
        let certain = new
            .iter()
            .filter(|(_, how)| matches!(how, Exposure::Affected(_)));
        let brings = certain.map(|(id, _)| *id).filter(|id| !known.contains(id));
        let brings: Vec<String> = brings.map(str::to_owned).collect();
        if !brings.is_empty() {
            let id = self.graph.at(self.directs[direct]).to_id();
            let version = upgrade.version().to_owned();
            self.refused.push(RefusedUpgrade::new(id, version, brings));
            return;
        }
        let choice = self.choice(direct, &upgrade, &new);
        if !choice.dropped.is_empty() || !choice.replaced.is_empty() {
            self.problem.choices[direct].push(choice);
            self.upgrades[direct].push(upgrade);
        }
    }

    /// Returns the flaws that the new version and what it needs have or may have, by id.
    fn flaws_after(&self, direct: usize, upgrade: &Upgrade) -> BTreeMap<&'g str, Exposure> {
        let own = self.package(direct, upgrade);
        let listed = upgrade.dependencies.iter().flatten();
        let needed = listed.filter_map(|id| id.as_str().parse::<Package>().ok());
        let mut worst = BTreeMap::new();
        for package in own.into_iter().chain(needed) {
            for (flaw, exposure) in self.set.exposures(&package) {
                let known = worst.entry(flaw.id()).or_insert(exposure);
                *known = exposure.max(*known);
            }
        }
        worst
    }

    /// Returns the direct dependency in the version of an upgrade.
    fn package(&self, direct: usize, upgrade: &Upgrade) -> Option<Package> {
        let id = self.graph.at(self.directs[direct]).id();
        let package = id.parse::<Package>().ok()?;
        Some(package.with_version(upgrade.version()))
    }

    fn choice(&self, direct: usize, upgrade: &Upgrade, new: &BTreeMap<&str, Exposure>) -> Choice {
        let mut choice = Choice {
            replaced: Flaws::new(self.hits.len()),
            dropped: Flaws::new(self.hits.len()),
        };
        let own = self.package(direct, upgrade);
        let own_left: BTreeSet<&str> = own.map_or_else(BTreeSet::new, |package| {
            let found = self.set.exposures(&package).into_iter();
            found.map(|(flaw, _)| flaw.id()).collect()
        });
        let after = After::new(self.graph, upgrade);
        for flaw in self.problem.brought[direct].iter() {
            let hit = &self.hits[flaw as usize];
            let (node, id) = (hit.node().index(), hit.flaw().id());
            let fate = if node == self.directs[direct] && !own_left.contains(id) {
                Fate::Replaced
            } else if node == self.directs[direct] || new.contains_key(id) {
                Fate::Kept
            } else {
                after.fate(self.graph, node)
            };
            if fate != Fate::Kept {
                choice.dropped.insert(flaw);
            }
            if fate == Fate::Replaced && self.resolution == Resolution::Shared {
                choice.replaced.insert(flaw);
            }
        }
        choice
    }
}

/// Returns for each direct dependency the flaws that the root gets through it.
fn brought(graph: &SupplyGraph, root: u32, directs: &[u32], hits: &[Hit<'_>]) -> Vec<Flaws> {
    let mut brought = vec![Flaws::new(hits.len()); directs.len()];
    let mut sweep = Sweep::new(graph, FindingClass::CodeFlaw.flow());
    for (pass, chunk) in hits.chunks(WIDTH).enumerate() {
        let columns = chunk.iter().map(|hit| Column {
            node: hit.node().index(),
            blocked: vec![root],
        });
        let columns: Vec<Column> = columns.collect();
        let masks = sweep.run(&columns);
        for (direct, flaws) in directs.iter().zip(&mut brought) {
            for bit in 0..chunk.len() {
                if masks[*direct as usize] >> bit & 1 == 1 {
                    flaws.insert(ix(pass * WIDTH + bit));
                }
            }
        }
    }
    brought
}

/// What becomes of a node that a direct dependency brings.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fate {
    /// It is still needed as it is.
    Kept,
    /// It is not needed any more.
    Dropped,
    /// Another version of it is needed, or one that is mended.
    Replaced,
}

/// What a direct dependency needs after an upgrade.
struct After<'u> {
    mended: BTreeSet<u32>,
    /// The ids that are listed, by package without a version, if anything is known.
    listed: Option<BTreeMap<String, Vec<&'u str>>>,
}

impl<'u> After<'u> {
    fn new(graph: &SupplyGraph, upgrade: &'u Upgrade) -> Self {
        let mends = upgrade.mends.iter();
        let mended = mends.filter_map(|id| graph.find(id.as_str()).ok());
        let listed = upgrade.dependencies.as_ref().map(|ids| {
            let mut listed: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for id in ids {
                listed
                    .entry(name(id.as_str()))
                    .or_default()
                    .push(id.as_str());
            }
            listed
        });
        Self {
            mended: mended.collect(),
            listed,
        }
    }

    fn fate(&self, graph: &SupplyGraph, node: u32) -> Fate {
        if self.mended.contains(&node) {
            return Fate::Replaced;
        }
        let Some(listed) = &self.listed else {
            return Fate::Kept;
        };
        let is_node = |id: &&str| graph.find(id) == Ok(node);
        match listed.get(&name(graph.at(node).id())) {
            None => Fate::Dropped,
            Some(ids) if ids.iter().any(is_node) => Fate::Kept,
            Some(_) => Fate::Replaced,
        }
    }
}

/// Returns a package URL without its version, or the id as it is.
fn name(id: &str) -> String {
    match id.parse::<Package>() {
        Ok(package) => package.purl().to_owned(),
        Err(_) => id.to_owned(),
    }
}
