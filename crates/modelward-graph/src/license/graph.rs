use std::collections::BTreeMap;
use std::fmt;

use crate::bits::Bits;
use crate::license::{Compatibility, Flow, License, LicensePolicy};
use crate::{Direction, NodeRef, NodeSet, Path, Relation, RelationSet, SupplyGraph, Trace};

/// How many different licenses are followed through a graph.
const MAX_LICENSES: usize = 4_096;

/// How many findings are kept.
const MAX_FINDINGS: usize = 1_000_000;

/// What is contained, what is derived or contained, and all that licenses flow along.
const FLOWS: [(Flow, RelationSet); 3] = [
    (Flow::Contains, CONTAINED),
    (Flow::DerivedFrom, DERIVED),
    (
        Flow::TrainedOn,
        DERIVED.union(RelationSet::of(&[Relation::TrainedOn])),
    ),
];

const CONTAINED: RelationSet = RelationSet::of(&[Relation::Contains]);

const DERIVED: RelationSet = RelationSet::DERIVED_FROM.union(CONTAINED);

impl SupplyGraph {
    /// Judges whether the terms of every license are passed on by what is made from the thing, over
    /// any number of steps.
    ///
    /// Terms flow along `contains`, `derived from` and `trained on`. A chain counts as its weakest
    /// relation, in this order, and of several chains the strongest one counts. What has no license
    /// of its own passes on what flows into it, and is listed.
    ///
    /// ```
    /// use modelward_graph::license::LicensePolicy;
    /// use modelward_graph::{Derivation, Node, NodeKind, Relation, SupplyGraphBuilder};
    ///
    /// let [tuned, base] = ["pkg:huggingface/a/tuned".parse()?, "pkg:huggingface/a/base".parse()?];
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.add_node(&Node::new(base, NodeKind::Model, "base").with_license("cc-by-nc-4.0"))?;
    /// builder.add_node(&Node::new(tuned, NodeKind::Model, "tuned").with_license("mit"))?;
    /// builder.relate_all(&[(
    ///     "pkg:huggingface/a/tuned",
    ///     Relation::DerivedFrom(Derivation::Finetune),
    ///     "pkg:huggingface/a/base",
    /// )])?;
    /// let graph = builder.build()?;
    /// let report = graph.license_flow(&LicensePolicy::default());
    /// assert_eq!(report.findings()[0].dependent().id(), "pkg:huggingface/a/tuned");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn license_flow(&self, policy: &LicensePolicy) -> LicenseReport<'_> {
        let mut holders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for node in self.nodes() {
            if let Some(text) = node.license() {
                holders.entry(text).or_default().push(node.id());
            }
        }
        let mut flow = LicenseFlow {
            graph: self,
            policy,
            licenses: holders
                .keys()
                .map(|text| (*text, License::of(text)))
                .collect(),
            findings: Vec::new(),
            left_out: 0,
            unlicensed: Bits::new(self.node_count()),
        };
        let mut not_followed = Vec::new();
        for (index, (text, ids)) in holders.iter().enumerate() {
            if index < MAX_LICENSES {
                flow.follow(text, ids);
            } else {
                not_followed.push((*text).to_owned());
            }
        }
        LicenseReport {
            findings: flow.findings,
            left_out: flow.left_out,
            unlicensed: NodeSet::new(self, flow.unlicensed),
            not_followed,
        }
    }
}

/// What is needed to follow one license after the other.
struct LicenseFlow<'g, 'p> {
    graph: &'g SupplyGraph,
    policy: &'p LicensePolicy,
    licenses: BTreeMap<&'g str, License>,
    findings: Vec<LicenseFinding<'g>>,
    left_out: u64,
    unlicensed: Bits,
}

impl<'g> LicenseFlow<'g, '_> {
    /// Judges all that is made from the nodes of one license.
    fn follow(&mut self, text: &str, ids: &[&'g str]) {
        let mut judged = Bits::new(self.graph.node_count());
        for (via, relations) in FLOWS {
            let Ok(query) = self.graph.query(Direction::Dependents, ids) else {
                continue;
            };
            let trace = query.along(relations).trace();
            let mut answers: BTreeMap<&str, Compatibility> = BTreeMap::new();
            for node in trace.nodes().iter() {
                if !judged.insert(node.index()) {
                    continue;
                }
                let Some(own) = node.license() else {
                    self.unlicensed.insert(node.index());
                    continue;
                };
                let judge = || {
                    self.policy
                        .judge(&self.licenses[text], via, &self.licenses[own])
                };
                let answer = answers.entry(own).or_insert_with(judge);
                if !answer.is_compatible() {
                    let answer = answer.clone();
                    self.find(&trace, node, (via, answer));
                }
            }
        }
    }

    fn find(&mut self, trace: &Trace<'g>, node: NodeRef<'g>, (via, answer): (Flow, Compatibility)) {
        let path = trace.path(node.id());
        let origin = trace.origin(node.id());
        match path.zip(origin) {
            Some((path, origin)) if self.findings.len() < MAX_FINDINGS => {
                self.findings.push(LicenseFinding {
                    origin,
                    dependent: node,
                    via,
                    answer,
                    path,
                });
            }
            _ => self.left_out += 1,
        }
    }
}

/// Tells where the terms of a license are not passed on, and where nobody can tell.
#[derive(Clone, Debug)]
pub struct LicenseReport<'g> {
    findings: Vec<LicenseFinding<'g>>,
    left_out: u64,
    unlicensed: NodeSet<'g>,
    not_followed: Vec<String>,
}

impl<'g> LicenseReport<'g> {
    /// Returns conflicts and what cannot be told, by the text of the license that flows.
    #[must_use]
    pub fn findings(&self) -> &[LicenseFinding<'g>] {
        &self.findings
    }

    /// Returns how many findings there were beyond a million, which are not kept.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Returns what terms flow into and has no license of its own.
    #[must_use]
    pub const fn unlicensed(&self) -> &NodeSet<'g> {
        &self.unlicensed
    }

    /// Returns the texts of licenses beyond the first 4096 in order, which were not followed.
    #[must_use]
    pub fn not_followed(&self) -> &[String] {
        &self.not_followed
    }
}

/// Tells that something does not pass on the terms of what it is made from, or may not.
#[derive(Clone, Debug)]
pub struct LicenseFinding<'g> {
    origin: NodeRef<'g>,
    dependent: NodeRef<'g>,
    via: Flow,
    answer: Compatibility,
    path: Path,
}

impl<'g> LicenseFinding<'g> {
    /// Returns the thing whose license asks for something.
    #[must_use]
    pub const fn origin(&self) -> NodeRef<'g> {
        self.origin
    }

    /// Returns what was made from it.
    #[must_use]
    pub const fn dependent(&self) -> NodeRef<'g> {
        self.dependent
    }

    /// Returns how it was made, by the weakest relation of the way.
    #[must_use]
    pub const fn via(&self) -> Flow {
        self.via
    }

    /// Returns the conflicts, or why nobody can tell.
    #[must_use]
    pub const fn answer(&self) -> &Compatibility {
        &self.answer
    }

    /// Returns the way from what was made to what it was made from.
    #[must_use]
    pub const fn path(&self) -> &Path {
        &self.path
    }
}

/// Shows the way and each reason, in a line each.
impl fmt::Display for LicenseFinding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        match &self.answer {
            Compatibility::Compatible => Ok(()),
            Compatibility::Conflict(conflicts) => conflicts
                .iter()
                .try_for_each(|conflict| write!(f, "\n  {conflict}")),
            Compatibility::Unknown(reasons) => reasons
                .iter()
                .try_for_each(|reason| write!(f, "\n  {reason}")),
        }
    }
}
