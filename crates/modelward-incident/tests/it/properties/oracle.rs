//! The rules of the record, stated again over the timeline alone.

use std::collections::BTreeMap;

use modelward_artifact::Timestamp;
use modelward_incident::{
    Answer, Category, CloseOutcome, Compromise, Determination, Event, EventKind, Fact, Harm,
    IncidentKind, LinkRelation, Moment, Phase, RecoveryPlan, Slug, Stage,
};

/// Reads a timeline. What is asked of it is asked of its events, not of what they were folded to.
pub(super) struct Story<'a>(pub(super) &'a [Event]);

impl<'a> Story<'a> {
    fn kinds(&self) -> impl DoubleEndedIterator<Item = &'a EventKind> + use<'a> {
        self.0.iter().map(Event::kind)
    }

    /// The place of the last event that is so.
    fn last(&self, is_so: impl Fn(&EventKind) -> bool) -> Option<usize> {
        (0..self.0.len()).rev().find(|at| is_so(self.0[*at].kind()))
    }

    fn ever(&self, is_so: impl Fn(&EventKind) -> bool) -> bool {
        self.last(is_so).is_some()
    }

    fn phase_before(&self, end: usize) -> Phase {
        let phases = self.0[..end].iter().rev().map(Event::kind);
        let mut phases = phases.filter_map(phase_of);
        phases.next().unwrap_or(Phase::Detection)
    }

    pub(super) fn phase(&self) -> Phase {
        self.phase_before(self.0.len())
    }

    /// The place of the last step back from a phase on to one up to another, 0 where there was none.
    fn step_back(&self, from: Phase, up_to: Phase) -> usize {
        let steps = (1..self.0.len()).rev();
        let mut steps = steps.filter(|at| {
            let before = self.phase_before(*at);
            let to = phase_of(self.0[*at].kind());
            to.is_some_and(|to| to < before && before >= from && to <= up_to)
        });
        steps.next().unwrap_or(0)
    }

    fn back(&self) -> usize {
        self.step_back(Phase::Detection, Phase::Closed)
    }

    fn since_back(&self, is_so: impl Fn(&EventKind) -> bool) -> bool {
        self.last(is_so).is_some_and(|at| at >= self.back())
    }

    /// Says whether an event that goes from phase to phase may come now.
    pub(super) fn allows(&self, kind: &EventKind, now: Timestamp) -> bool {
        match kind {
            EventKind::PhaseChanged { to, .. } => self.allows_step(*to, now),
            EventKind::Closed { outcome, .. } => self.allows_closing(*outcome),
            EventKind::Reopened { .. } => self.phase() == Phase::Closed,
            _ => unreachable!("only steps are asked for"),
        }
    }

    fn allows_step(&self, to: Phase, now: Timestamp) -> bool {
        match (self.phase(), to) {
            (Phase::Containment, Phase::Detection)
            | (Phase::Eradication, Phase::Containment)
            | (Phase::Recovery, Phase::Containment | Phase::Eradication)
            | (Phase::PostIncident, Phase::Detection | Phase::Containment) => true,
            (Phase::Detection, Phase::Containment) => self.is_understood(),
            (Phase::Containment, Phase::Eradication) => self.is_contained(),
            (Phase::Containment, Phase::Recovery) => {
                self.is_contained() && self.has_cause() && self.is_without_eradication()
            }
            (Phase::Eradication, Phase::Recovery) => self.has_cause(),
            (Phase::Recovery, Phase::PostIncident) => self.is_recovered(now),
            _ => false,
        }
    }

    fn yes(&self, fact: Fact) -> bool {
        let answers = self.kinds().rev().filter_map(|kind| match kind {
            EventKind::FactAnswered { fact: of, answer } if *of == fact => Some(*answer),
            _ => None,
        });
        answers.take(1).any(|answer| answer == Answer::Yes)
    }

    fn is_reportable(&self) -> bool {
        Fact::ALL.into_iter().any(|fact| self.yes(fact))
    }

    fn is_understood(&self) -> bool {
        let is_aware = self.ever(|kind| {
            matches!(
                kind,
                EventKind::MomentStated {
                    moment: Moment::Aware,
                    ..
                }
            )
        });
        let names = |kind: &EventKind| {
            matches!(
                kind,
                EventKind::AssetRecorded(_) | EventKind::AssetsUnknown { .. }
            )
        };
        self.ever(names) && (is_aware || !self.is_reportable())
    }

    fn is_contained(&self) -> bool {
        let mut assets = BTreeMap::new();
        for kind in self.kinds() {
            if let EventKind::AssetRecorded(asset) = kind {
                assets.insert(&asset.id, asset);
            }
        }
        let dangerous = assets.values().filter(|asset| {
            asset.compromise == Compromise::Confirmed && asset.in_production == Some(true)
        });
        dangerous
            .into_iter()
            .all(|asset| self.is_dealt_with(&asset.id))
    }

    fn is_dealt_with(&self, id: &Slug) -> bool {
        // What was in use again since is contained anew.
        let relapse = self.step_back(Phase::Recovery, Phase::Containment);
        self.kinds().skip(relapse).any(|kind| match kind {
            EventKind::ContainmentWaived { asset, .. } => asset == id,
            EventKind::ActionTaken(action) => {
                let confirmed = |kind: &EventKind| match kind {
                    EventKind::ActionConfirmed { action: done, .. } => *done == action.id,
                    _ => false,
                };
                action.stage == Stage::Containment
                    && action.assets.contains(id)
                    && self.ever(confirmed)
            }
            _ => false,
        })
    }

    fn has_cause(&self) -> bool {
        self.ever(|kind| matches!(kind, EventKind::RootCauseStated(_)))
    }

    fn is_without_eradication(&self) -> bool {
        let kinds = self.kinds().rev().find_map(|kind| match kind {
            EventKind::Opened(opening) => Some(&opening.kinds),
            EventKind::Classified(classification) => Some(&classification.kinds),
            _ => None,
        });
        let plain = |kind: &IncidentKind| {
            matches!(kind.category(), Category::Drift | Category::ModelFailure)
        };
        kinds.is_some_and(|kinds| kinds.iter().all(plain))
            && self.since_back(|kind| matches!(kind, EventKind::EradicationWaived { .. }))
    }

    /// The last plan of each asset, and its place.
    fn plans(&self) -> BTreeMap<&'a Slug, (usize, &'a RecoveryPlan)> {
        let planned = self.kinds().enumerate();
        let planned = planned.filter_map(|(at, kind)| match kind {
            EventKind::RecoveryPlanned(plan) => Some((&plan.asset, (at, plan))),
            _ => None,
        });
        planned.collect()
    }

    fn is_recovered(&self, now: Timestamp) -> bool {
        let plans = self.plans();
        let waived = self.since_back(|kind| matches!(kind, EventKind::RecoveryWaived { .. }));
        let watched = |plan: &RecoveryPlan| plan.monitoring_until.is_none_or(|until| until <= now);
        plans.values().all(|(_, plan)| watched(plan))
            && (waived || !plans.is_empty() && plans.values().all(|it| self.is_in_place(*it)))
    }

    fn is_in_place(&self, (planned, plan): (usize, &RecoveryPlan)) -> bool {
        let of_plan = |kind: &EventKind| match kind {
            EventKind::Restored(receipt) => receipt.plan == plan.id,
            _ => false,
        };
        let Some(at) = self.last(of_plan) else {
            return false;
        };
        let observed = match self.0[at].kind() {
            EventKind::Restored(receipt) => &receipt.observed,
            _ => unreachable!("it was looked for"),
        };
        at > planned && at >= self.back() && *observed == plan.to
    }

    fn allows_closing(&self, outcome: CloseOutcome) -> bool {
        let mut latest = self.kinds().rev();
        let is_at = |phase| self.phase() == phase;
        let shown = match outcome {
            CloseOutcome::AcceptedRisk | CloseOutcome::Resolved => {
                is_at(Phase::PostIncident)
                    && self.since_back(|kind| matches!(kind, EventKind::ReviewHeld(_)))
            }
            CloseOutcome::FalsePositive => {
                let last = latest.find_map(|kind| match kind {
                    EventKind::Determined { to, .. } => Some(*to),
                    _ => None,
                });
                is_at(Phase::Detection) && last == Some(Determination::FalsePositive)
            }
            CloseOutcome::Duplicate => {
                let names = |kind: &EventKind| match kind {
                    EventKind::Linked(link) => link.relation == LinkRelation::DuplicateOf,
                    _ => false,
                };
                is_at(Phase::Detection) && self.ever(names)
            }
            CloseOutcome::NearMissLogged => {
                let near = latest.find_map(|kind| match kind {
                    EventKind::HarmStated {
                        to, prevented_by, ..
                    } => Some(*to == Harm::NearMiss && !prevented_by.is_empty()),
                    _ => None,
                });
                is_at(Phase::Detection) && near == Some(true)
            }
            _ => is_at(Phase::Detection),
        };
        shown && self.is_told()
    }

    /// Whether those who have to be told were thought of since the facts changed.
    fn is_told(&self) -> bool {
        let changes = |kind: &EventKind| {
            matches!(
                kind,
                EventKind::FactAnswered { .. }
                    | EventKind::MomentStated { .. }
                    | EventKind::ReportRecorded { .. }
                    | EventKind::ObligationTolled { .. }
                    | EventKind::ObligationRuledOut { .. }
            )
        };
        let looked = self.last(|kind| matches!(kind, EventKind::ObligationsReviewed(_)));
        let looked = looked.filter(|at| self.last(changes).is_none_or(|change| change < *at));
        match looked
            .filter(|at| *at >= self.back())
            .map(|at| self.0[at].kind())
        {
            Some(EventKind::ObligationsReviewed(review)) => {
                review.outstanding.values().all(Option::is_some)
            }
            _ => !self.is_reportable(),
        }
    }
}

fn phase_of(kind: &EventKind) -> Option<Phase> {
    match kind {
        EventKind::PhaseChanged { to, .. } => Some(*to),
        EventKind::Closed { .. } => Some(Phase::Closed),
        EventKind::Reopened { .. } => Some(Phase::Detection),
        _ => None,
    }
}

/// What may still be recorded of an incident that is closed.
pub(super) fn may_follow_closing(kind: &EventKind) -> bool {
    matches!(
        kind.name(),
        "authority-informed"
            | "custody-recorded"
            | "disclosed"
            | "linked"
            | "noted"
            | "order-lifted"
            | "reopened"
            | "report-recorded"
            | "review-action-done"
    )
}
