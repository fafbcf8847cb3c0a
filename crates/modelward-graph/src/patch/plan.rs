use std::collections::BTreeMap;
use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::Serialize;

use crate::advisory::Exposure;
use crate::exposure::{Exposures, Hit};
use crate::impact::columns::{Column, Sweep, WIDTH};
use crate::patch::effect::Effects;
use crate::patch::search::Flaws;
use crate::patch::{Fix, PatchRequest, Upgrade};
use crate::{FindingClass, NodeId, UnknownNode};

impl Exposures<'_> {
    /// Finds the fewest upgrades of direct dependencies of a root that clear as many of its flaws as
    /// can be cleared.
    ///
    /// A direct dependency is what the root needs along the relations that code flaws follow. An
    /// upgrade to the version in which a direct dependency itself is [mended](Self::fixes) is offered
    /// in any case. The search is exact: it starts from a greedy plan and goes on until no better one
    /// can be left, or until the steps of the request are used up, which
    /// [`is_smallest`](PatchPlan::is_smallest) tells. With [shared](crate::patch::Resolution::Shared)
    /// packages and one upgrade for each dependency the greedy plan has at most 1 + ln n times as
    /// many upgrades as the smallest, for n flaws.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph lacks the root or the dependency of an upgrade.
    pub fn patch_plan(&self, request: &PatchRequest) -> Result<PatchPlan, UnknownNode> {
        let graph = self.graph();
        let root = graph.find(request.root.as_str())?;
        let (hits, unknown) = self.wanted(request, root);
        let of = (graph, self.advisories());
        let mut effects = Effects::new(of, root, hits, request.resolution);
        let fixes = self.fixes();
        let mut upgrades = request.upgrades.clone();
        upgrades.extend(fixes.iter().filter_map(|fix| {
            let is_direct = graph
                .find(fix.node().as_str())
                .is_ok_and(|node| effects.directs.binary_search(&node).is_ok());
            Some(Upgrade::new(
                fix.node().clone(),
                fix.version().filter(|_| is_direct)?,
            ))
        }));
        upgrades.sort_unstable();
        upgrades.dedup();
        let mut idle = Vec::new();
        for upgrade in upgrades {
            let node = graph.find(upgrade.direct().as_str())?;
            match effects.directs.binary_search(&node) {
                Ok(direct) => effects.offer(direct, upgrade),
                Err(_) => idle.push(upgrade.direct().clone()),
            }
        }
        let (chosen, is_smallest) = effects.problem.solve(request.max_steps);
        let mut plan = PatchPlan::of(&effects, &chosen, (root, &fixes));
        plan.is_smallest = is_smallest;
        plan.not_direct = idle;
        plan.left.extend(unknown);
        plan.left.sort_unstable();
        Ok(plan)
    }

    /// Returns what the root needs and that has a wanted flaw for certain, and what may have one.
    fn wanted(&self, request: &PatchRequest, root: u32) -> (Vec<Hit<'_>>, Vec<Uncleared>) {
        let is_wanted = |hit: &Hit<'_>| {
            let wanted = request.flaws.as_ref();
            wanted.is_none_or(|wanted| hit.flaw().ids().iter().any(|id| wanted.contains(id)))
        };
        let all: Vec<Hit<'_>> = self.hits().filter(is_wanted).collect();
        let mut sweep = Sweep::new(self.graph(), FindingClass::CodeFlaw.flow());
        let (mut certain, mut unknown) = (Vec::new(), Vec::new());
        for chunk in all.chunks(WIDTH) {
            let column = |hit: &Hit<'_>| Column {
                node: hit.node().index(),
                blocked: Vec::new(),
            };
            let columns: Vec<Column> = chunk.iter().map(column).collect();
            let mask = sweep.run(&columns)[root as usize];
            let needed = (0..).zip(chunk).filter(|(bit, _)| mask >> *bit & 1 == 1);
            for (_, hit) in needed {
                match hit.exposure() {
                    Exposure::Affected(_) => certain.push(*hit),
                    Exposure::Unknown(reason) => {
                        let reason = LeftReason::Unknown(reason.name());
                        unknown.push(Uncleared::new(hit, reason));
                    }
                    Exposure::NotAffected => {}
                }
            }
        }
        (certain, unknown)
    }
}

/// Holds the upgrades to make and what they do not clear. Every list is sorted.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PatchPlan {
    upgrades: Vec<PlannedUpgrade>,
    left: Vec<Uncleared>,
    refused: Vec<RefusedUpgrade>,
    not_direct: Vec<NodeId>,
    is_smallest: bool,
}

impl PatchPlan {
    /// Returns the upgrades.
    #[must_use]
    pub fn upgrades(&self) -> &[PlannedUpgrade] {
        &self.upgrades
    }

    /// Returns the flaws that stay, each with the reason.
    #[must_use]
    pub fn left(&self) -> &[Uncleared] {
        &self.left
    }

    /// Returns the upgrades that were not considered, since they bring flaws that the root does not
    /// have.
    #[must_use]
    pub fn refused(&self) -> &[RefusedUpgrade] {
        &self.refused
    }

    /// Returns the nodes for which an upgrade was offered and that the root does not need directly.
    #[must_use]
    pub fn not_direct(&self) -> &[NodeId] {
        &self.not_direct
    }

    /// Tells whether it is proven that no other plan clears more, or as much with fewer upgrades.
    #[must_use]
    pub const fn is_smallest(&self) -> bool {
        self.is_smallest
    }

    fn of(effects: &Effects<'_>, chosen: &[Option<usize>], (root, fixes): (u32, &[Fix])) -> Self {
        let problem = &effects.problem;
        let cleared = problem.cleared(chosen);
        let mut upgrades = Vec::new();
        for (direct, number) in chosen.iter().enumerate() {
            let Some(number) = *number else {
                continue;
            };
            let choice = &problem.choices[direct][number];
            let helped = choice.dropped.iter().filter(|flaw| cleared.contains(*flaw));
            let clears = helped.map(|flaw| Cleared::new(&effects.hits[flaw as usize]));
            upgrades.push(PlannedUpgrade {
                direct: effects.graph.at(effects.directs[direct]).to_id(),
                version: effects.upgrades[direct][number].version().to_owned(),
                clears: clears.collect(),
            });
        }
        upgrades
            .iter_mut()
            .for_each(|upgrade| upgrade.clears.sort_unstable());
        upgrades.sort_unstable();
        Self {
            upgrades,
            left: left(effects, &cleared, (root, fixes)),
            refused: effects.refused.clone(),
            not_direct: Vec::new(),
            is_smallest: false,
        }
    }
}

/// Returns what is not cleared, and why.
fn left(effects: &Effects<'_>, cleared: &Flaws, (root, fixes): (u32, &[Fix])) -> Vec<Uncleared> {
    let versions: BTreeMap<&NodeId, &Fix> = fixes.iter().map(|fix| (fix.node(), fix)).collect();
    let stay = (0..)
        .zip(&effects.hits)
        .filter(|(flaw, _)| !cleared.contains(*flaw));
    let left = stay.map(|(_, hit)| {
        let fix = versions.get(&hit.node().to_id());
        let is_mended = fix.is_some_and(|fix| {
            let mut mends = fix.mends().iter();
            mends.any(|id| id == hit.flaw().id())
        });
        let reason = match hit.node().index() {
            node if node == root => LeftReason::OfRoot,
            _ if is_mended => LeftReason::NoUpgrade,
            _ => LeftReason::NotMended,
        };
        Uncleared::new(hit, reason)
    });
    left.collect()
}

/// Names an upgrade to make, with what it helps to clear.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct PlannedUpgrade {
    /// The direct dependency.
    pub direct: NodeId,
    /// The version to upgrade it to.
    pub version: String,
    /// The flaws that the whole plan clears and that this dependency brings no more. There may be
    /// several upgrades that clear one together.
    pub clears: Vec<Cleared>,
}

/// Names a flaw of a node that a plan clears.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct Cleared {
    /// The node that has the flaw.
    pub node: NodeId,
    /// The id of the flaw.
    pub flaw: String,
}

impl Cleared {
    fn new(hit: &Hit<'_>) -> Self {
        Self {
            node: hit.node().to_id(),
            flaw: hit.flaw().id().to_owned(),
        }
    }
}

/// Names an upgrade that brings flaws that the root does not have.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct RefusedUpgrade {
    /// The direct dependency.
    pub direct: NodeId,
    /// The version that was offered.
    pub version: String,
    /// The ids of the flaws, sorted.
    pub brings: Vec<String>,
}

impl RefusedUpgrade {
    pub(super) const fn new(direct: NodeId, version: String, brings: Vec<String>) -> Self {
        Self {
            direct,
            version,
            brings,
        }
    }
}

/// Names a flaw of a node that stays, and why.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct Uncleared {
    /// The node that has the flaw.
    pub node: NodeId,
    /// The id of the flaw.
    pub flaw: String,
    /// Why it stays.
    pub reason: LeftReason,
}

impl Uncleared {
    fn new(hit: &Hit<'_>, reason: LeftReason) -> Self {
        Self {
            node: hit.node().to_id(),
            flaw: hit.flaw().id().to_owned(),
            reason,
        }
    }
}

/// Says why a flaw stays.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum LeftReason {
    /// The node is mended in another version, and no upgrade that was offered brings it.
    NoUpgrade,
    /// No version is known in which the node is mended.
    NotMended,
    /// The root itself has it.
    OfRoot,
    /// It is not known whether the node has it, for this reason.
    Unknown(&'static str),
}

impl fmt::Display for LeftReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUpgrade => f.write_str("no upgrade brings a mended version"),
            Self::NotMended => f.write_str("no version is known in which it is mended"),
            Self::OfRoot => f.write_str("the root itself has it"),
            Self::Unknown(reason) => write!(f, "whether it is affected is unknown: {reason}"),
        }
    }
}

/// Shows a line for each upgrade, then for each flaw that stays.
impl fmt::Display for PatchPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for upgrade in &self.upgrades {
            let direct = Terminal(upgrade.direct.as_str());
            write!(
                f,
                "upgrade {direct} to {}: clears ",
                Terminal(&upgrade.version)
            )?;
            for (index, cleared) in upgrade.clears.iter().enumerate() {
                let before = if index == 0 { "" } else { ", " };
                let (flaw, node) = (Terminal(&cleared.flaw), Terminal(cleared.node.as_str()));
                write!(f, "{before}{flaw} of {node}")?;
            }
            writeln!(f)?;
        }
        for left in &self.left {
            let (flaw, node) = (Terminal(&left.flaw), Terminal(left.node.as_str()));
            writeln!(f, "left {flaw} of {node}: {}", left.reason)?;
        }
        for refused in &self.refused {
            let (direct, version) = (
                Terminal(refused.direct.as_str()),
                Terminal(&refused.version),
            );
            writeln!(
                f,
                "not {direct} to {version}: it brings {}",
                Terminal(&refused.brings.join(", "))
            )?;
        }
        Ok(())
    }
}
