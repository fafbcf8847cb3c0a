//! What an event needs to have been possible, beside the guards of the phases.

use std::collections::BTreeSet;

use modelward_artifact::Timestamp;

use super::refusal::Refusal;
use super::state::State;
use crate::{
    Answer, AssetOrigin, CustodyAction, Effect, Event, EventKind, Fact, Phase, PostIncidentReview,
    QuarantineOrder, ResponseAction, Slug,
};

impl State {
    /// Lists everything that keeps an event from being recorded now.
    pub(super) fn check(&self, event: &Event) -> Vec<Refusal> {
        let mut refusals = check_fields(event);
        if self.phase() == Phase::Closed && !outlives_closing(&event.kind) {
            refusals.push(Refusal::Closed);
        }
        match &event.kind {
            EventKind::PhaseChanged { .. }
            | EventKind::Closed { .. }
            | EventKind::Reopened { .. } => refusals.extend(self.guard(event)),
            kind => {
                refusals.extend(self.check_names(kind));
                refusals.extend(self.check_sense(event));
            }
        }
        refusals
    }

    /// Looks for what an event names.
    fn check_names(&self, kind: &EventKind) -> Vec<Refusal> {
        let assets = |ids: &mut dyn Iterator<Item = &Slug>| {
            unknown("asset", ids, &|id| self.assets.contains_key(id))
        };
        match kind {
            EventKind::ActionTaken(action) => {
                let mut refusals = assets(&mut action.assets.iter());
                refusals.extend(repeated(&action.id, self.actions.contains_key(&action.id)));
                refusals
            }
            EventKind::AssetRecorded(asset) => match &asset.origin {
                Some(AssetOrigin::Propagated { from, .. }) => assets(&mut [from].into_iter()),
                Some(AssetOrigin::Direct) | None => Vec::new(),
            },
            EventKind::ContainmentWaived { asset, .. } => assets(&mut [asset].into_iter()),
            EventKind::HoldPlaced { assets: ids, .. } => assets(&mut ids.iter()),
            EventKind::RecoveryPlanned(plan) => {
                let mut refusals = assets(&mut [&plan.asset].into_iter());
                let plans = self.recoveries.values().map(|state| &state.plan);
                let mut others = plans.filter(|other| other.asset != plan.asset);
                refusals.extend(repeated(&plan.id, others.any(|other| other.id == plan.id)));
                refusals
            }
            EventKind::ActionConfirmed { action, .. } => {
                known("action", action, self.actions.contains_key(action))
            }
            EventKind::CustodyRecorded { evidence, .. } => {
                known("evidence", evidence, self.evidence.contains_key(evidence))
            }
            EventKind::SeverityChanged { evidence, .. } => {
                unknown("evidence", &mut evidence.iter(), &|id| {
                    self.evidence.contains_key(id)
                })
            }
            EventKind::EvidenceCollected(evidence) => {
                repeated(evidence.id(), self.evidence.contains_key(evidence.id()))
            }
            EventKind::OrderProposed(order) => {
                repeated(&order.id, self.orders.contains_key(&order.id))
            }
            EventKind::OrderSignedOff { order, .. } | EventKind::OrderLifted { order, .. } => {
                known("order", order, self.orders.contains_key(order))
            }
            EventKind::Restored(receipt) => {
                let mut plans = self.recoveries.values().map(|state| &state.plan.id);
                known("plan", &receipt.plan, plans.any(|id| *id == receipt.plan))
            }
            EventKind::ReviewActionDone { action, .. } => {
                let actions = self.review.iter().flat_map(|it| &it.review.actions);
                let mut ids = actions.map(|it| &it.id);
                known("action of the review", action, ids.any(|id| id == action))
            }
            _ => Vec::new(),
        }
    }

    /// Looks for what makes no sense at this moment.
    fn check_sense(&self, event: &Event) -> Vec<Refusal> {
        match &event.kind {
            EventKind::ActionTaken(action) => self.check_action(action),
            EventKind::ActionConfirmed { action, .. } => {
                let state = self.actions.get(action);
                let again = state.is_some_and(|state| state.confirmed.is_some());
                refusal(again, || Refusal::Repeated { id: action.clone() })
            }
            EventKind::Classified(classification) => {
                refusal(classification.kinds.is_empty(), || Refusal::NoKind)
            }
            EventKind::CustodyRecorded { evidence, custody } => {
                let id = evidence;
                let Some(evidence) = self.evidence.get(id) else {
                    return Vec::new();
                };
                let last = evidence.custody().last().map(|last| last.at);
                let backward = last.is_some_and(|last| custody.at < last);
                let refused = evidence.is_destroyed() || backward;
                refusal(refused, || Refusal::Custody {
                    evidence: id.clone(),
                })
            }
            EventKind::EvidenceCollected(evidence) => {
                let gone = evidence.custody().iter().rev().skip(1);
                let gone = gone
                    .map(|it| &it.action)
                    .any(|it| *it == CustodyAction::Destroyed);
                refusal(gone, || Refusal::Custody {
                    evidence: evidence.id().clone(),
                })
            }
            EventKind::HoldLifted { .. } => refusal(self.hold.is_none(), || Refusal::NoHold),
            EventKind::ObligationTolled { since, until, .. } => {
                refusal(until <= since, || Refusal::Window)
            }
            EventKind::AssetRecorded(asset) => {
                let ends = asset
                    .window
                    .and_then(|window| Some((window.from, window.until?)));
                let backward = ends.is_some_and(|(from, until)| until.at() < from.at());
                refusal(backward, || Refusal::Window)
            }
            EventKind::Opened(_) => vec![Refusal::Opened],
            EventKind::OrderProposed(order) => check_targets(order),
            EventKind::OrderSignedOff { order, .. } => self.check_sign_off(order, event),
            EventKind::OrderLifted { order, .. } => self.check_lift(order, event.recorded_at),
            EventKind::RecoveryPlanned(plan) => refusal(plan.from == plan.to, || Refusal::NoChange),
            EventKind::ReviewHeld(review) => self.check_review(review),
            EventKind::SeverityChanged { to, evidence, .. } => {
                let lower = *to < self.severity;
                refusal(lower && evidence.is_empty(), || Refusal::NoEvidenceOfLess)
            }
            _ => Vec::new(),
        }
    }

    fn check_review(&self, review: &PostIncidentReview) -> Vec<Refusal> {
        let mut refusals = refusal(self.phase() != Phase::PostIncident, || {
            Refusal::NotReviewing
        });
        let mut seen = BTreeSet::new();
        let again = review.actions.iter().filter(|it| !seen.insert(&it.id));
        refusals.extend(again.map(|it| Refusal::Repeated { id: it.id.clone() }));
        refusals
    }

    /// Evidence before destruction, and nothing altered that others still have to look at.
    fn check_action(&self, action: &ResponseAction) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let destroys = action.effects.contains(&Effect::Destroys);
        let kept = self
            .evidence
            .values()
            .any(|evidence| !evidence.is_destroyed());
        if destroys && !kept {
            refusals.push(Refusal::NoEvidence);
        }
        if !action.effects.is_empty() {
            let held = action.assets.iter().filter(|asset| self.is_held(asset));
            refusals.extend(held.map(|asset| Refusal::Held {
                asset: asset.clone(),
            }));
            if action.assets.is_empty() && (self.hold.is_some() || self.is_held_by_law()) {
                refusals.push(Refusal::HeldAtAll);
            }
        }
        refusals
    }

    /// Tells whether an asset must not be changed for now.
    pub(super) fn is_held(&self, asset: &Slug) -> bool {
        let held = self
            .hold
            .as_ref()
            .is_some_and(|hold| hold.assets.contains(asset));
        held || self.is_held_by_law()
    }

    /// Reads Article 73(6) of the EU AI Act: a provider of a high-risk system does not alter it in a
    /// way that may keep others from finding the cause before the authorities know.
    pub(crate) fn is_held_by_law(&self) -> bool {
        const SERIOUS: [Fact; 6] = [
            Fact::CriticalInfrastructure,
            Fact::Death,
            Fact::FundamentalRights,
            Fact::PropertyOrEnvironment,
            Fact::SeriousHarmToHealth,
            Fact::WidespreadInfringement,
        ];
        let is = |fact| self.facts.answer(fact) == Answer::Yes;
        is(Fact::Provider)
            && is(Fact::HighRiskSystem)
            && SERIOUS.into_iter().any(is)
            && self.authority_informed.is_none()
    }

    fn check_sign_off(&self, order: &Slug, event: &Event) -> Vec<Refusal> {
        let Some(state) = self.orders.get(order) else {
            return Vec::new();
        };
        let mut refusals = Vec::new();
        if state.signed_off.is_some() || state.lifted.is_some() {
            refusals.push(Refusal::Repeated { id: order.clone() });
        }
        if state.proposed.1.is_same(&event.actor) {
            refusals.push(Refusal::SameHand {
                order: order.clone(),
            });
        }
        refusals
    }

    fn check_lift(&self, order: &Slug, now: Timestamp) -> Vec<Refusal> {
        let state = self.orders.get(order);
        let idle = state.is_some_and(|state| !state.is_in_force(now));
        refusal(idle, || Refusal::NotInForce {
            order: order.clone(),
        })
    }
}

/// Looks for the fields that an event marks. A mark that meets nothing would protect nothing.
pub(super) fn check_fields(event: &Event) -> Vec<Refusal> {
    if event.fields.is_empty() {
        return Vec::new();
    }
    let data = event.data();
    let missing = event.fields.keys().filter(|field| !field.is_in(&data));
    missing
        .map(|field| Refusal::NoField {
            field: field.clone(),
        })
        .collect()
}

fn known(what: &'static str, id: &Slug, known: bool) -> Vec<Refusal> {
    refusal(!known, || Refusal::Unknown {
        what,
        id: id.clone(),
    })
}

fn repeated(id: &Slug, repeated: bool) -> Vec<Refusal> {
    refusal(repeated, || Refusal::Repeated { id: id.clone() })
}

fn refusal(refused: bool, why: impl FnOnce() -> Refusal) -> Vec<Refusal> {
    if refused { vec![why()] } else { Vec::new() }
}

fn unknown(
    what: &'static str,
    ids: &mut dyn Iterator<Item = &Slug>,
    known: &dyn Fn(&Slug) -> bool,
) -> Vec<Refusal> {
    ids.filter(|id| !known(id))
        .map(|id| Refusal::Unknown {
            what,
            id: id.clone(),
        })
        .collect()
}

fn check_targets(order: &QuarantineOrder) -> Vec<Refusal> {
    refusal(order.targets.is_empty(), || Refusal::NoTarget {
        order: order.id.clone(),
    })
}

/// Tells whether something may be recorded of an incident that is closed.
const fn outlives_closing(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::AuthorityInformed { .. }
            | EventKind::CustodyRecorded { .. }
            | EventKind::Disclosed(_)
            | EventKind::Linked(_)
            | EventKind::Noted { .. }
            | EventKind::OrderLifted { .. }
            | EventKind::Reopened { .. }
            | EventKind::ReportRecorded { .. }
            | EventKind::ReviewActionDone { .. }
    )
}
