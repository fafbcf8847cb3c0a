//! What else is known of a release: advisories, incidents, gates, and how it does by now.

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::{Text, Timestamp};
use modelward_graph::NodeId;
use modelward_graph::triage::Triage;
use modelward_incident::{
    AssetRef, Better, Compromise, Determination, Incident, Observed, PerformanceMetric,
};
use serde::{Deserialize, Serialize};

use super::RollbackRequest;
use super::index::{Index, NodeIx};
use super::policy::Stance;
use super::roots::matching;
use super::taint::Closure;

/// Says what somebody has to have looked at before a release counts as sound.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HealthSource {
    /// What advisories say of it and of what it needs.
    Advisories,
    /// Whether it passed a gate when it was released.
    Gate,
    /// What other incidents say of it.
    Incidents,
}

impl HealthSource {
    /// Returns the name, such as `advisories`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Advisories => "advisories",
            Self::Gate => "the gate of its release",
            Self::Incidents => "other incidents",
        }
    }
}

/// Says that something in the supply chain is known to be flawed.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct Flaw {
    /// What is flawed.
    pub node: NodeId,
    /// What says so, such as the number of an advisory.
    pub reference: Text,
    /// Since when that is known; `None` where nobody says, which counts as now.
    pub published: Option<Timestamp>,
}

impl Flaw {
    /// Names what is flawed and what says so.
    #[must_use]
    pub const fn new(node: NodeId, reference: Text) -> Self {
        Self {
            node,
            reference,
            published: None,
        }
    }

    /// Sets since when it is known. A release that was deployed after that was so in full knowledge,
    /// and it was the gate of its release that let it pass.
    #[must_use]
    pub const fn published(mut self, at: Timestamp) -> Self {
        self.published = Some(at);
        self
    }

    /// Lists what advisories find and no statement of VEX clears, sorted. None has a time.
    ///
    /// What is hit is what counts as flawed, and not what it is hit through: a statement may clear one
    /// way to the flaw and not another.
    #[must_use]
    pub fn of_triage(triage: &Triage<'_>) -> Vec<Self> {
        let flaws = triage.open().filter_map(|hit| {
            let id = hit.finding().id().parse();
            let reference = id.or_else(|_| "an advisory without a readable number".parse());
            Some(Self::new(hit.root().to_id(), reference.ok()?))
        });
        let flaws: BTreeSet<Self> = flaws.collect();
        flaws.into_iter().collect()
    }
}

/// Holds how a model does on the window of now, so that versions can be compared where the world moved
/// and nothing is compromised.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct WindowScore {
    /// By what it is measured.
    pub metric: PerformanceMetric,
    /// What was measured, on which data, with the interval in which it lies.
    pub observed: Observed,
}

impl WindowScore {
    /// Joins the metric and what was observed.
    #[must_use]
    pub const fn new(metric: PerformanceMetric, observed: Observed) -> Self {
        Self { metric, observed }
    }

    /// Tells whether it is of the same metric on the same data.
    #[must_use]
    pub fn is_comparable(&self, other: &Self) -> bool {
        let (one, two) = (self.observed.sample(), other.observed.sample());
        self.metric == other.metric && one.data() == two.data() && one.window() == two.window()
    }

    /// Tells whether it is better by more than chance: the intervals do not overlap.
    #[must_use]
    pub fn is_better(&self, other: &Self) -> bool {
        let (one, two) = (self.observed.interval(), other.observed.interval());
        self.is_comparable(other)
            && match self.metric.better() {
                Better::Higher => one.low() > two.high(),
                Better::Lower => one.high() < two.low(),
            }
    }

    /// Orders by value, the better one first; only for scores that can be compared.
    pub(crate) fn rank(&self, other: &Self) -> std::cmp::Ordering {
        let (one, two) = (self.observed.value(), other.observed.value());
        match self.metric.better() {
            Better::Higher => two.cmp(&one),
            Better::Lower => one.cmp(&two),
        }
    }
}

/// Holds what is known to be bad, by node.
#[derive(Debug, Default)]
pub(crate) struct Health {
    bad: BTreeMap<NodeIx, Vec<(Text, Option<Timestamp>)>>,
    /// What is not known, so that nobody can say which releases are bad.
    pub(crate) unknown: Vec<String>,
    pub(crate) missing: Vec<HealthSource>,
}

impl Health {
    pub(crate) fn of(request: &RollbackRequest<'_>, index: &Index<'_>) -> Self {
        let mut health = Self::default();
        match &request.flaws {
            None => health.missing.push(HealthSource::Advisories),
            Some(flaws) => {
                for flaw in flaws {
                    health.take_flaw(index, flaw);
                }
            }
        }
        match request.incidents {
            None => health.missing.push(HealthSource::Incidents),
            Some(incidents) => {
                for incident in incidents {
                    health.take_incident(request, index, incident);
                }
            }
        }
        health
    }

    fn take_flaw(&mut self, index: &Index<'_>, flaw: &Flaw) {
        if let Some(node) = index.find(flaw.node.as_str()) {
            let known = self.bad.entry(node).or_default();
            known.push((flaw.reference.clone(), flaw.published));
        }
    }

    /// An incident that is open or was confirmed speaks against everything that it names, but for what
    /// was cleared.
    fn take_incident(
        &mut self,
        request: &RollbackRequest<'_>,
        index: &Index<'_>,
        incident: &Incident,
    ) {
        let counts = incident.is_open() || incident.determination() == Determination::Confirmed;
        if !counts || incident.id() == request.incident.id() {
            return;
        }
        let id = incident.id().to_string();
        if incident.is_partial() {
            self.unknown.push(format!("withheld events of {id}"));
        }
        if incident.assets_unknown().is_some() && request.policy.unmatched_roots == Stance::Refuse {
            self.unknown.push(format!("assets of {id}"));
        }
        let Ok(reference) = id.parse::<Text>() else {
            return;
        };
        let assets = incident.assets().values();
        let affected = assets.filter(|asset| asset.compromise != Compromise::Cleared);
        let names = affected.flat_map(|asset| &asset.refs);
        let names: Vec<&AssetRef> = names.chain(incident.quarantined(request.now)).collect();
        for name in names {
            for node in matching(request, index, name) {
                let known = self.bad.entry(node).or_default();
                known.push((reference.clone(), None));
            }
        }
    }

    /// Lists what speaks against something that was deployed at a time and needs these nodes.
    pub(crate) fn against(&self, closure: &Closure, deployed: Option<Timestamp>) -> Vec<Text> {
        if self.bad.is_empty() {
            return Vec::new();
        }
        let found = closure.nodes.iter().filter_map(|node| self.bad.get(node));
        let news = found.flatten().filter(|(_, published)| {
            let accepted = published.zip(deployed);
            accepted.is_none_or(|(published, deployed)| published > deployed)
        });
        news.map(|(reference, _)| reference.clone()).collect()
    }
}
