use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::json::JsonError;
use modelward_artifact::{Digest, Party, Text, Timestamp, json};

use super::Incident;
use super::state::{Hold, PhaseSpan};
use crate::event::{CloseOutcome, Event, EventKind};
use crate::{
    ActionState, AffectedAsset, AiSystem, AssetRef, Compromise, Detection, Determination,
    Disclosure, Evidence, Facts, Harm, Impact, IncidentId, IncidentKind, Link, Obligation,
    ObligationError, ObligationReview, ObligationStatus, OecdCriterion, OecdSeverity, OrderState,
    Phase, RecoveryState, ReportingRules, ReviewState, RootCause, Severity, Slug, Technique,
    TimeSpec, WorkingCalendar, applicable,
};

impl Incident {
    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> &IncidentId {
        &self.id
    }

    /// Returns what it is about, in a few words.
    #[must_use]
    pub const fn title(&self) -> &Text {
        &self.state.title
    }

    /// Returns what was known when it was opened.
    #[must_use]
    pub const fn summary(&self) -> Option<&Text> {
        self.state.summary.as_ref()
    }

    /// Returns what sort of incident it is.
    #[must_use]
    pub const fn kinds(&self) -> &BTreeSet<IncidentKind> {
        &self.state.kinds
    }

    /// Returns what was done, in order.
    #[must_use]
    pub fn techniques(&self) -> &[Technique] {
        &self.state.techniques
    }

    /// Returns the weaknesses by the Common Weakness Enumeration.
    #[must_use]
    pub const fn cwes(&self) -> &BTreeSet<u32> {
        &self.state.cwes
    }

    /// Returns how bad it is now.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.state.severity
    }

    /// Returns how bad it was from when on, and why it was judged anew, the first judgement first.
    pub fn severities(&self) -> impl Iterator<Item = (Timestamp, Severity, Option<&Text>)> {
        self.events.iter().filter_map(|event| match event.kind() {
            EventKind::Opened(opening) => Some((event.recorded_at(), opening.severity, None)),
            EventKind::SeverityChanged { to, reason, .. } => {
                Some((event.recorded_at(), *to, Some(reason)))
            }
            _ => None,
        })
    }

    /// Returns what the investigation came to.
    #[must_use]
    pub const fn determination(&self) -> Determination {
        self.state.determination
    }

    /// Returns whether there was harm.
    #[must_use]
    pub const fn harm(&self) -> Harm {
        self.state.harm
    }

    /// Returns what kept it from being worse.
    #[must_use]
    pub fn prevented_by(&self) -> &[Text] {
        &self.state.prevented_by
    }

    /// Returns the severity in the words of the OECD, where a person stated it.
    #[must_use]
    pub const fn oecd_severity(&self) -> Option<OecdSeverity> {
        self.state.oecd_severity
    }

    /// Returns the answers to questions of the OECD for which the record has no field.
    #[must_use]
    pub const fn oecd_answers(&self) -> &BTreeMap<OecdCriterion, Text> {
        &self.state.oecd_answers
    }

    /// Returns when it began, where that was found out.
    #[must_use]
    pub const fn began(&self) -> Option<TimeSpec> {
        self.state.began
    }

    /// Returns when it was opened.
    #[must_use]
    pub fn opened_at(&self) -> Timestamp {
        self.state.spans[0].entered
    }

    /// Returns when its last event was recorded.
    #[must_use]
    pub fn last_change(&self) -> Timestamp {
        self.events[self.events.len() - 1].recorded_at()
    }

    /// Returns the present phase.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.state.phase()
    }

    /// Returns the phases that it went through, the first first.
    #[must_use]
    pub fn spans(&self) -> &[PhaseSpan] {
        &self.state.spans
    }

    /// Returns when it entered a phase for the last time.
    #[must_use]
    pub fn entered(&self, phase: Phase) -> Option<Timestamp> {
        let spans = self.state.spans.iter().rev();
        spans
            .filter(|span| span.phase == phase)
            .map(|span| span.entered)
            .next()
    }

    /// Tells whether something is left to do.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.phase() != Phase::Closed
    }

    /// Returns what it came to, where it is closed.
    #[must_use]
    pub const fn outcome(&self) -> Option<CloseOutcome> {
        self.state.outcome
    }

    /// Tells whether events are withheld, in which case the guards were not checked.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.withheld.is_empty()
    }

    /// Returns the numbers of the events that are withheld, as a whole or a field of them.
    #[must_use]
    pub const fn withheld(&self) -> &BTreeSet<u64> {
        &self.withheld
    }

    /// Returns what is known that decides who has to be told.
    #[must_use]
    pub const fn facts(&self) -> &Facts {
        &self.state.facts
    }

    /// Returns the systems that it happened in or through.
    #[must_use]
    pub fn systems(&self) -> &[AiSystem] {
        &self.state.systems
    }

    /// Returns what is affected, by what the record calls it.
    #[must_use]
    pub const fn assets(&self) -> &BTreeMap<Slug, AffectedAsset> {
        &self.state.assets
    }

    /// Returns why nobody can say what is affected, where that was stated.
    #[must_use]
    pub const fn assets_unknown(&self) -> Option<&Text> {
        self.state.assets_unknown.as_ref()
    }

    /// Returns what names the assets outside of the record, but for those that were cleared.
    pub fn refs(&self) -> impl Iterator<Item = &AssetRef> {
        let assets = self.state.assets.values();
        assets
            .filter(|asset| asset.compromise != Compromise::Cleared)
            .flat_map(|asset| &asset.refs)
    }

    /// Tells whether an asset is named as affected and was not cleared.
    #[must_use]
    pub fn affects(&self, asset: &AssetRef) -> bool {
        self.refs().any(|name| name == asset)
    }

    /// Returns the things that show what happened.
    #[must_use]
    pub const fn evidence(&self) -> &BTreeMap<Slug, Evidence> {
        &self.state.evidence
    }

    /// Returns what made somebody take notice, with numbers.
    #[must_use]
    pub fn detections(&self) -> &[Detection] {
        &self.state.detections
    }

    /// Returns what was harmed.
    #[must_use]
    pub const fn impacts(&self) -> &BTreeMap<Slug, Impact> {
        &self.state.impacts
    }

    /// Returns what was ordered to be done.
    #[must_use]
    pub const fn actions(&self) -> &BTreeMap<Slug, ActionState> {
        &self.state.actions
    }

    /// Returns the orders of quarantine.
    #[must_use]
    pub const fn orders(&self) -> &BTreeMap<Slug, OrderState> {
        &self.state.orders
    }

    /// Returns what an order that is in force forbids to use.
    pub fn quarantined(&self, now: Timestamp) -> impl Iterator<Item = &AssetRef> {
        let orders = self.state.orders.values();
        orders
            .filter(move |state| state.is_in_force(now))
            .flat_map(|state| &state.order().targets)
    }

    /// Returns the hold that somebody placed.
    #[must_use]
    pub const fn hold(&self) -> Option<&Hold> {
        self.state.hold.as_ref()
    }

    /// Tells whether an asset must not be altered for now: by a hold, or by our reading of Article
    /// 73(6) of the EU AI Act.
    #[must_use]
    pub fn is_held(&self, asset: &Slug) -> bool {
        self.state.is_held(asset)
    }

    /// Returns when an authority was informed for the last time.
    #[must_use]
    pub const fn authority_informed(&self) -> Option<Timestamp> {
        self.state.authority_informed
    }

    /// Returns what was at the root.
    #[must_use]
    pub const fn root_cause(&self) -> Option<&RootCause> {
        self.state.root_cause.as_ref()
    }

    /// Returns the plans of recovery, by asset.
    #[must_use]
    pub const fn recoveries(&self) -> &BTreeMap<Slug, RecoveryState> {
        &self.state.recoveries
    }

    /// Returns the last review.
    #[must_use]
    pub const fn review(&self) -> Option<&ReviewState> {
        self.state.review.as_ref()
    }

    /// Returns what it belongs together with.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.state.links
    }

    /// Returns what was told to others.
    #[must_use]
    pub fn disclosures(&self) -> &[Disclosure] {
        &self.state.disclosures
    }

    /// Returns what was noted.
    #[must_use]
    pub fn notes(&self) -> &[Text] {
        &self.state.notes
    }

    /// Returns every event, the oldest first.
    #[must_use]
    pub fn timeline(&self) -> &[Event] {
        &self.events
    }

    /// Returns why a rule does not apply and who decided it.
    #[must_use]
    pub fn ruled_out(&self, rule: &Slug) -> Option<&(Text, Party)> {
        self.state.ruled_out.get(rule)
    }

    /// Returns the reports that have to be sent or may have to be, by rules, with what was recorded
    /// of stopped clocks and of rules that do not apply.
    ///
    /// What cannot be taken into account, such as a stop of a clock that has not started, is
    /// returned beside them.
    #[must_use]
    pub fn obligations(
        &self,
        rules: &ReportingRules,
    ) -> (Vec<Obligation>, Vec<(Slug, ObligationError)>) {
        let mut obligations = applicable(&self.state.facts, rules.as_slice());
        let mut left = Vec::new();
        for obligation in &mut obligations {
            let id = obligation.rule().id().clone();
            let tolls = self.state.tolls.iter().filter(|(rule, _)| *rule == id);
            for (_, toll) in tolls {
                if let Err(error) = obligation.stop(toll.clone()) {
                    left.push((id.clone(), error));
                }
            }
            if let Some((why, by)) = self.state.ruled_out.get(&id)
                && let Err(error) = obligation.rule_out(why.clone(), by.clone())
            {
                left.push((id, error));
            }
        }
        (obligations, left)
    }

    /// Goes through the reports that have to be sent: what is open, overdue or to be found out at
    /// `now` is outstanding. Record it as
    /// [`EventKind::ObligationsReviewed`](crate::EventKind::ObligationsReviewed).
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the rules have no canonical form, which all have.
    pub fn review_obligations(
        &self,
        rules: &ReportingRules,
        now: Timestamp,
    ) -> Result<ObligationReview, JsonError> {
        let utc = WorkingCalendar::utc();
        let (obligations, _) = self.obligations(rules);
        let settled = |obligation: &Obligation| {
            matches!(
                obligation.status(now, &utc),
                ObligationStatus::Met(_) | ObligationStatus::NotApplicable { .. }
            )
        };
        let outstanding = obligations.iter().filter(|it| !settled(it));
        Ok(ObligationReview {
            rules: Digest::sha256(&json::canonical(rules.as_slice())?),
            outstanding: outstanding
                .map(|it| (it.rule().id().clone(), None))
                .collect(),
        })
    }
}
