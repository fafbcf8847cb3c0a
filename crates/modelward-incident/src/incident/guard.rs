//! What has to be the case before an incident leaves a phase.

use modelward_artifact::Timestamp;

use super::refusal::Refusal;
use super::state::State;
use crate::{
    Answer, Category, CloseOutcome, Compromise, Determination, Event, EventKind, Fact, Harm,
    LinkRelation, Moment, Phase, Stage,
};

impl State {
    /// Lists every guard that fails.
    pub(super) fn guard(&self, event: &Event) -> Vec<Refusal> {
        match &event.kind {
            EventKind::PhaseChanged { to, .. } => self.guard_step(*to, event.recorded_at),
            EventKind::Closed { outcome, .. } => self.guard_closing(*outcome),
            EventKind::Reopened { .. } if self.phase() != Phase::Closed => vec![Refusal::NotClosed],
            _ => Vec::new(),
        }
    }

    fn guard_step(&self, to: Phase, now: Timestamp) -> Vec<Refusal> {
        let from = self.phase();
        let mut refusals = Vec::new();
        // Closing and reopening have events of their own.
        if !from.may_become(to) || to == Phase::Closed || from == Phase::Closed {
            refusals.push(Refusal::NoSuchStep);
        }
        if to < from {
            return refusals;
        }
        if to >= Phase::Containment && from < Phase::Containment {
            refusals.extend(self.guard_detection());
        }
        if to >= Phase::Eradication && from < Phase::Eradication {
            refusals.extend(self.guard_containment(to));
        }
        if to >= Phase::Recovery && from < Phase::Recovery && self.root_cause.is_none() {
            refusals.push(Refusal::NoRootCause);
        }
        if to >= Phase::PostIncident && from < Phase::PostIncident {
            refusals.extend(self.guard_recovery(now));
        }
        refusals
    }

    fn guard_detection(&self) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        if self.kinds.is_empty() {
            refusals.push(Refusal::NoKind);
        }
        if self.assets.is_empty() && self.assets_unknown.is_none() {
            refusals.push(Refusal::NoAffectedAsset);
        }
        let reportable = self.any_fact();
        if reportable && self.facts.time(Moment::Aware).is_none() {
            refusals.push(Refusal::NoAwareness);
        }
        refusals
    }

    fn guard_containment(&self, to: Phase) -> Vec<Refusal> {
        let in_danger = self.assets.values().filter(|asset| {
            asset.compromise == Compromise::Confirmed && asset.in_production == Some(true)
        });
        let mut refusals: Vec<_> = in_danger
            .filter(|asset| !self.containment_waived.contains_key(&asset.id))
            .filter(|asset| {
                !self.actions.values().any(|state| {
                    state.action.stage == Stage::Containment
                        && !self.outlived.contains(&state.action.id)
                        && state.confirmed.is_some()
                        && state.action.assets.contains(&asset.id)
                })
            })
            .map(|asset| Refusal::NoContainment {
                asset: asset.id.clone(),
            })
            .collect();
        if to == Phase::Recovery {
            let harmless = |category| matches!(category, Category::Drift | Category::ModelFailure);
            let harmless = self.kinds.iter().all(|kind| harmless(kind.category()));
            if self.eradication_waived.is_none() || !harmless {
                refusals.push(Refusal::NeedsEradication);
            }
        }
        refusals
    }

    fn guard_recovery(&self, now: Timestamp) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        if self.recoveries.is_empty() && self.recovery_waived.is_none() {
            refusals.push(Refusal::NoPlan);
        }
        for state in self.recoveries.values() {
            let asset = || state.plan.asset.clone();
            if !state.is_restored() && self.recovery_waived.is_none() {
                refusals.push(Refusal::NotRestored { asset: asset() });
            }
            if let Some(until) = state.plan.monitoring_until.filter(|until| now < *until) {
                let asset = asset();
                refusals.push(Refusal::Monitored { asset, until });
            }
        }
        refusals
    }

    fn guard_closing(&self, outcome: CloseOutcome) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let expected = match outcome {
            CloseOutcome::AcceptedRisk | CloseOutcome::Resolved => Phase::PostIncident,
            _ => Phase::Detection,
        };
        if self.phase() != expected {
            refusals.push(Refusal::NoSuchStep);
        }
        let duplicate = |relation| relation == LinkRelation::DuplicateOf;
        match outcome {
            CloseOutcome::FalsePositive if self.determination != Determination::FalsePositive => {
                refusals.push(Refusal::NotFalsePositive);
            }
            CloseOutcome::Duplicate if !self.links.iter().any(|it| duplicate(it.relation)) => {
                refusals.push(Refusal::NoDuplicate);
            }
            CloseOutcome::NearMissLogged
                if self.harm != Harm::NearMiss || self.prevented_by.is_empty() =>
            {
                refusals.push(Refusal::NoNearMiss);
            }
            CloseOutcome::AcceptedRisk | CloseOutcome::Resolved if self.review.is_none() => {
                refusals.push(Refusal::NoReview);
            }
            _ => {}
        }
        refusals.extend(self.guard_duties());
        refusals
    }

    /// Where somebody answered one of the questions of the reporting rules with yes, somebody has to
    /// have gone through the rules since, and to have given a reason for what is outstanding.
    fn guard_duties(&self) -> Vec<Refusal> {
        match &self.obligations_reviewed {
            None if self.any_fact() => vec![Refusal::ObligationsNotReviewed],
            None => Vec::new(),
            Some(review) => {
                let open = review.outstanding.iter().filter(|(_, why)| why.is_none());
                open.map(|(rule, _)| Refusal::Outstanding { rule: rule.clone() })
                    .collect()
            }
        }
    }

    fn any_fact(&self) -> bool {
        let yes = |fact| self.facts.answer(fact) == Answer::Yes;
        Fact::ALL.into_iter().any(yes)
    }
}
