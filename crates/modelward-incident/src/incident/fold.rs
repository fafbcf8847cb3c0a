use std::collections::BTreeMap;

use modelward_artifact::Text;

use super::state::{Hold, PhaseSpan, State};
use crate::{
    ActionState, Event, EventKind, OrderState, Phase, RecoveryState, ReportSent, ReviewState, Toll,
};

impl State {
    /// Takes an event in. It never fails: what refers to something that is not there changes
    /// nothing, since a record of which a part is withheld is folded too.
    pub(super) fn apply(&mut self, event: &Event) {
        match &event.kind {
            EventKind::PhaseChanged { to, reason } => self.enter(*to, event, reason),
            EventKind::Closed { outcome, reason } => {
                self.enter(Phase::Closed, event, reason);
                self.outcome = Some(*outcome);
            }
            EventKind::Reopened { reason } => self.enter(Phase::Detection, event, reason),
            EventKind::Opened(_) => {}
            kind => {
                self.apply_judgement(kind);
                self.apply_duty(event);
                self.apply_thing(event);
                self.apply_response(event);
            }
        }
    }

    /// Goes over to a phase. Going back forgets what was done in the phases that come again; going
    /// back from recovery on, where assets may be in use again, also what contained them.
    fn enter(&mut self, to: Phase, event: &Event, reason: &Text) {
        let from = self.phase();
        if to < from && from >= Phase::Recovery && to <= Phase::Containment {
            self.containment_waived.clear();
            self.outlived.extend(self.actions.keys().cloned());
        }
        if to < from {
            self.outcome = None;
            self.review = None;
            self.recovery_waived = None;
            self.recoveries
                .values_mut()
                .for_each(|it| it.receipt = None);
            self.eradication_waived = None;
            self.obligations_reviewed = None;
        }
        self.spans.push(PhaseSpan {
            phase: to,
            entered: event.recorded_at,
            reason: Some(reason.clone()),
        });
    }

    fn apply_judgement(&mut self, kind: &EventKind) {
        match kind {
            EventKind::Classified(classification) => {
                self.kinds.clone_from(&classification.kinds);
                self.techniques.clone_from(&classification.techniques);
                self.cwes.clone_from(&classification.cwes);
            }
            EventKind::Determined { to, .. } => self.determination = *to,
            EventKind::HarmStated {
                to, prevented_by, ..
            } => {
                self.harm = *to;
                self.prevented_by.clone_from(prevented_by);
            }
            EventKind::SeverityChanged { to, .. } => self.severity = *to,
            EventKind::OecdSeverityStated { to, .. } => self.oecd_severity = Some(*to),
            EventKind::OecdAnswered { criterion, answer } => {
                self.oecd_answers.insert(*criterion, answer.clone());
            }
            EventKind::Began { at } => self.began = Some(*at),
            EventKind::RootCauseStated(cause) => self.root_cause = Some(cause.clone()),
            EventKind::Noted { text } => self.notes.push(text.clone()),
            EventKind::Linked(link) => self.links.push(link.clone()),
            EventKind::Disclosed(disclosure) => self.disclosures.push(disclosure.clone()),
            _ => {}
        }
    }

    fn apply_duty(&mut self, event: &Event) {
        let by = || event.actor.clone();
        let facts = std::mem::take(&mut self.facts);
        let known = self.obligations_reviewed.take();
        self.facts = match &event.kind {
            EventKind::FactAnswered { fact, answer } => facts.with_answer(*fact, *answer, &by()),
            EventKind::MomentStated { moment, at } => facts.with_time(*moment, *at),
            EventKind::ReportRecorded { rule, at, receipt } => {
                let report = ReportSent {
                    at: *at,
                    by: by(),
                    receipt: receipt.clone(),
                };
                facts.with_report(rule.clone(), report)
            }
            kind => {
                self.facts = facts;
                self.obligations_reviewed = known;
                return self.apply_exception(kind, event);
            }
        };
    }

    fn apply_exception(&mut self, kind: &EventKind, event: &Event) {
        match kind {
            EventKind::ObligationTolled {
                rule,
                why,
                since,
                until,
            } => {
                let toll = Toll::new(why.clone(), event.actor.clone(), *since, *until);
                self.tolls.push((rule.clone(), toll));
                self.obligations_reviewed = None;
            }
            EventKind::ObligationRuledOut { rule, why } => {
                let decided = (why.clone(), event.actor.clone());
                self.ruled_out.insert(rule.clone(), decided);
                self.obligations_reviewed = None;
            }
            EventKind::ObligationsReviewed(review) => {
                self.obligations_reviewed = Some(review.clone());
            }
            EventKind::AuthorityInformed { .. } => {
                self.authority_informed = Some(event.recorded_at);
                self.hold = None;
            }
            EventKind::HoldPlaced { assets, why } => {
                let (assets, why) = (assets.clone(), why.clone());
                self.hold = Some(Hold { assets, why });
            }
            EventKind::HoldLifted { .. } => self.hold = None,
            _ => {}
        }
    }

    fn apply_thing(&mut self, event: &Event) {
        match &event.kind {
            EventKind::SystemDescribed(system) => {
                self.systems.retain(|known| known.name != system.name);
                self.systems.push(system.clone());
            }
            EventKind::AssetRecorded(asset) => {
                self.assets.insert(asset.id.clone(), asset.clone());
            }
            EventKind::AssetsUnknown { why } => self.assets_unknown = Some(why.clone()),
            EventKind::EvidenceCollected(evidence) => {
                self.evidence
                    .insert(evidence.id().clone(), evidence.clone());
            }
            EventKind::CustodyRecorded { evidence, custody } => {
                if let Some(evidence) = self.evidence.get_mut(evidence) {
                    evidence.hand_on(custody.clone());
                }
            }
            EventKind::Detected(detection) => self.detections.push(detection.clone()),
            EventKind::ImpactRecorded(impact) => {
                self.impacts.insert(impact.id.clone(), impact.clone());
            }
            _ => {}
        }
    }

    fn apply_response(&mut self, event: &Event) {
        let when = || (event.recorded_at, event.actor.clone());
        match &event.kind {
            EventKind::ActionTaken(action) => {
                let state = ActionState {
                    action: action.clone(),
                    ordered: when(),
                    confirmed: None,
                };
                self.actions.insert(action.id.clone(), state);
            }
            EventKind::ActionConfirmed { action, .. } => {
                if let Some(state) = self.actions.get_mut(action) {
                    state.confirmed = Some(when());
                }
            }
            EventKind::ContainmentWaived { asset, why } => {
                self.containment_waived.insert(asset.clone(), why.clone());
            }
            EventKind::EradicationWaived { why } => self.eradication_waived = Some(why.clone()),
            EventKind::RecoveryWaived { why } => self.recovery_waived = Some(why.clone()),
            EventKind::OrderProposed(_)
            | EventKind::OrderSignedOff { .. }
            | EventKind::OrderLifted { .. } => self.apply_order(event),
            kind => self.apply_aftermath(kind, event),
        }
    }

    fn apply_order(&mut self, event: &Event) {
        let when = (event.recorded_at, event.actor.clone());
        match &event.kind {
            EventKind::OrderProposed(order) => {
                let state = OrderState {
                    order: order.clone(),
                    proposed: when,
                    signed_off: None,
                    lifted: None,
                };
                self.orders.insert(order.id.clone(), state);
            }
            EventKind::OrderSignedOff { order, .. } => {
                if let Some(state) = self.orders.get_mut(order) {
                    state.signed_off = Some(when);
                }
            }
            EventKind::OrderLifted { order, .. } => {
                if let Some(state) = self.orders.get_mut(order) {
                    state.lifted = Some(when);
                }
            }
            _ => {}
        }
    }

    fn apply_aftermath(&mut self, kind: &EventKind, event: &Event) {
        match kind {
            EventKind::RecoveryPlanned(plan) => {
                let state = RecoveryState {
                    plan: plan.clone(),
                    receipt: None,
                };
                self.recoveries.insert(plan.asset.clone(), state);
            }
            EventKind::Restored(receipt) => {
                let mut states = self.recoveries.values_mut();
                if let Some(state) = states.find(|state| state.plan.id == receipt.plan) {
                    state.receipt = Some(receipt.clone());
                }
            }
            EventKind::ReviewHeld(review) => {
                self.review = Some(ReviewState {
                    review: review.clone(),
                    held: event.recorded_at,
                    done: BTreeMap::new(),
                });
            }
            EventKind::ReviewActionDone { action, .. } => {
                if let Some(review) = &mut self.review {
                    review.done.insert(action.clone(), event.recorded_at);
                }
            }
            _ => {}
        }
    }
}
