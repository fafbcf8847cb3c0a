use std::collections::BTreeSet;
use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::Serialize;

use crate::diff::GraphDiff;
use crate::impact::trace;
use crate::{Finding, FindingClass, Impact, KindSet, NodeId, Path, Reached, UnknownNode};

/// Holds which flaws reach a root in one graph and not in the other.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ReachChange {
    /// Those that reach a root in the newer graph alone, by the ids of the newer graph.
    pub newly: Vec<NewlyReached>,
    /// Those that reached a root in the older graph alone, by the ids of the older graph.
    pub no_longer: Vec<NewlyReached>,
}

/// Joins a root with a flaw that reaches it in one of two graphs alone.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NewlyReached {
    /// The root.
    pub root: NodeId,
    /// The flaw, with the node that has it.
    pub finding: Finding,
    /// A shortest chain from the root to that node.
    pub path: Path,
}

impl GraphDiff<'_> {
    /// Tells which flaws newly reach a root of some kinds, and which do not reach it any more.
    ///
    /// Each graph has its own findings. A flaw is the same in both if class and an id are: that it
    /// moved to another node or version is no news. Roots that are new or gone are compared with
    /// nothing.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where a graph lacks the node of one of its findings.
    pub fn reach(
        &self,
        roots: impl Into<KindSet>,
        older: &[Finding],
        newer: &[Finding],
    ) -> Result<ReachChange, UnknownNode> {
        let roots = roots.into();
        let before = self.graphs.0.impact(older, roots)?;
        let now = self.graphs.1.impact(newer, roots)?;
        let of_newer = |root: u32| Some(root);
        let to_newer = |root: u32| self.pairs.newer(root);
        let (known_before, known_now) = (known(&before, to_newer), known(&now, of_newer));
        Ok(ReachChange {
            newly: news(&now, of_newer, &known_before),
            no_longer: news(&before, to_newer, &known_now),
        })
    }
}

/// A root of the newer graph, the class and an id of a flaw.
type Known<'i> = BTreeSet<(u32, FindingClass, &'i str)>;

fn known<'i>(impact: &'i Impact<'_>, place: impl Fn(u32) -> Option<u32>) -> Known<'i> {
    let reached = impact.reached().flat_map(|reached| {
        let root = place(reached.root().index());
        let finding = reached.finding();
        let ids = finding.ids();
        root.into_iter()
            .flat_map(move |root| ids.clone().map(move |id| (root, finding.class(), id)))
    });
    reached.collect()
}

fn news(
    impact: &Impact<'_>,
    place: impl Fn(u32) -> Option<u32>,
    known: &Known<'_>,
) -> Vec<NewlyReached> {
    let is_new = |reached: &Reached<'_>| {
        let finding = reached.finding();
        let root = place(reached.root().index());
        root.is_none_or(|root| {
            let mut ids = finding.ids();
            !ids.any(|id| known.contains(&(root, finding.class(), id)))
        })
    };
    let mut found: Vec<NewlyReached> = Vec::new();
    let mut traced = None;
    for reached in impact.reached().filter(is_new) {
        let finding = reached.finding();
        // Findings come one after the other, so that one search serves all roots of each.
        let is_traced = matches!(&traced, Some((known, _)) if *known == finding);
        if !is_traced {
            traced = Some((finding, trace(reached.graph(), finding)));
        }
        let ways = traced.as_ref().and_then(|(_, ways)| ways.as_ref());
        let path = ways.and_then(|ways| ways.path_of(reached.root().index()));
        found.extend(path.map(|path| NewlyReached {
            root: reached.root().to_id(),
            finding: finding.clone(),
            path,
        }));
    }
    found.sort_by(|one, other| (&one.root, &one.finding).cmp(&(&other.root, &other.finding)));
    found
}

/// Shows a line for each.
impl fmt::Display for ReachChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (word, list) in [("newly", &self.newly), ("no longer", &self.no_longer)] {
            for reached in list {
                let (class, id) = (reached.finding.class(), Terminal(reached.finding.id()));
                writeln!(f, "{word} reached by {class} {id}: {}", reached.path)?;
            }
        }
        Ok(())
    }
}
