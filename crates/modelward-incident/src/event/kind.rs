use std::collections::BTreeSet;

use modelward_artifact::{Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::payload::{Classification, CloseOutcome, Opening};
use crate::{
    AffectedAsset, AiSystem, Answer, Custody, Detection, Determination, Disclosure, Evidence, Fact,
    Harm, Impact, Link, Moment, ObligationReview, OecdCriterion, OecdSeverity, Phase,
    PostIncidentReview, QuarantineOrder, RecoveryPlan, RecoveryReceipt, ResponseAction, RootCause,
    Severity, Slug, TimeSpec,
};

/// Says what happened, was found out or was decided.
///
/// Who states it is the actor of the event. In JSON it is an object with the members `kind` and
/// `data`; a member of `data` that is not known is refused.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(
    tag = "kind",
    content = "data",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[non_exhaustive]
#[expect(
    clippy::large_enum_variant,
    reason = "an event is made once and then lies behind a pointer"
)]
pub enum EventKind {
    /// An action was done, as somebody who looked confirms.
    ActionConfirmed {
        /// The action.
        action: Slug,
        /// What was seen.
        note: Text,
    },
    /// An action was ordered.
    ActionTaken(ResponseAction),
    /// Something is affected, or more is known about it.
    AssetRecorded(AffectedAsset),
    /// Nobody can say yet what is affected.
    AssetsUnknown {
        /// Why not.
        why: Text,
    },
    /// An authority knows of the incident, which ends every hold.
    AuthorityInformed {
        /// Which one.
        authority: Text,
        /// What it answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<Text>,
    },
    /// It was found out when the incident began.
    Began {
        /// When.
        at: TimeSpec,
    },
    /// It was said what sort of incident it is.
    Classified(Classification),
    /// Nothing is left to do.
    Closed {
        /// What it came to.
        outcome: CloseOutcome,
        /// Why.
        reason: Text,
    },
    /// An asset in production needs no action.
    ContainmentWaived {
        /// The asset.
        asset: Slug,
        /// Why.
        why: Text,
    },
    /// Something was done with a piece of evidence.
    CustodyRecorded {
        /// The evidence.
        evidence: Slug,
        /// What.
        custody: Custody,
    },
    /// Somebody or something took notice, with numbers.
    Detected(Detection),
    /// The investigation came to something.
    Determined {
        /// What.
        to: Determination,
        /// Why.
        reason: Text,
    },
    /// Something was told to others.
    Disclosed(Disclosure),
    /// There is nothing to eradicate.
    EradicationWaived {
        /// Why.
        why: Text,
    },
    /// A thing that shows what happened was taken.
    EvidenceCollected(Evidence),
    /// A question was answered that decides who has to be told.
    FactAnswered {
        /// The question.
        fact: Fact,
        /// The answer.
        answer: Answer,
    },
    /// It was said whether there was harm.
    HarmStated {
        /// What there was.
        to: Harm,
        /// Why.
        reason: Text,
        /// What kept it from being worse.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        prevented_by: Vec<Text>,
    },
    /// Assets may be changed again.
    HoldLifted {
        /// Why.
        why: Text,
    },
    /// Assets must not be changed, so that the cause can be found.
    HoldPlaced {
        /// Which ones.
        assets: BTreeSet<Slug>,
        /// Why.
        why: Text,
    },
    /// Something was harmed, or more is known about it.
    ImpactRecorded(Impact),
    /// The incident belongs together with something else.
    Linked(Link),
    /// It was said when a clock starts.
    MomentStated {
        /// Which moment.
        moment: Moment,
        /// When.
        at: Timestamp,
    },
    /// Something was noted.
    Noted {
        /// The note.
        text: Text,
    },
    /// A rule that wants a report does not apply.
    ObligationRuledOut {
        /// The rule.
        rule: Slug,
        /// Why.
        why: Text,
    },
    /// The clock of a rule is stopped.
    ObligationTolled {
        /// The rule.
        rule: Slug,
        /// Why.
        why: Text,
        /// From when.
        since: Timestamp,
        /// Until when.
        until: Timestamp,
    },
    /// Somebody went through the reports that have to be sent.
    ObligationsReviewed(ObligationReview),
    /// A question of the OECD was answered for which the record has no field.
    OecdAnswered {
        /// The criterion.
        criterion: OecdCriterion,
        /// The answer.
        answer: Text,
    },
    /// A person judged the severity in the words of the OECD.
    OecdSeverityStated {
        /// How severe it is.
        to: OecdSeverity,
        /// Why.
        reason: Text,
    },
    /// The incident was opened.
    Opened(Opening),
    /// An order of quarantine ends.
    OrderLifted {
        /// The order.
        order: Slug,
        /// Why.
        why: Text,
    },
    /// An order of quarantine was proposed.
    OrderProposed(QuarantineOrder),
    /// An order of quarantine is in force from now on.
    OrderSignedOff {
        /// The order.
        order: Slug,
        /// What was looked at.
        note: Text,
    },
    /// The incident went over to another phase.
    PhaseChanged {
        /// The new phase.
        to: Phase,
        /// Why.
        reason: Text,
    },
    /// It was planned how an asset goes back to a good version.
    RecoveryPlanned(RecoveryPlan),
    /// Nothing has to go back.
    RecoveryWaived {
        /// Why.
        why: Text,
    },
    /// The incident was not over.
    Reopened {
        /// Why.
        reason: Text,
    },
    /// A report was sent.
    ReportRecorded {
        /// The rule that wants it.
        rule: Slug,
        /// When it was sent.
        at: Timestamp,
        /// What the recipient answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<Text>,
    },
    /// A plan was carried out.
    Restored(RecoveryReceipt),
    /// An action of the review is done.
    ReviewActionDone {
        /// The action.
        action: Slug,
        /// What was done.
        note: Text,
    },
    /// The review was held.
    ReviewHeld(PostIncidentReview),
    /// It was said what was at the root of the incident.
    RootCauseStated(RootCause),
    /// The incident turned out better or worse.
    SeverityChanged {
        /// The new severity.
        to: Severity,
        /// Why.
        reason: Text,
        /// What shows it. To say that it is less severe takes at least one piece.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        evidence: BTreeSet<Slug>,
    },
    /// A system was described that the incident happened in or through.
    SystemDescribed(AiSystem),
}

impl EventKind {
    /// Returns the name that records use, such as `asset-recorded`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ActionConfirmed { .. } => "action-confirmed",
            Self::ActionTaken(_) => "action-taken",
            Self::AssetRecorded(_) => "asset-recorded",
            Self::AssetsUnknown { .. } => "assets-unknown",
            Self::AuthorityInformed { .. } => "authority-informed",
            Self::Began { .. } => "began",
            Self::Classified(_) => "classified",
            Self::Closed { .. } => "closed",
            Self::ContainmentWaived { .. } => "containment-waived",
            Self::CustodyRecorded { .. } => "custody-recorded",
            Self::Detected(_) => "detected",
            Self::Determined { .. } => "determined",
            Self::Disclosed(_) => "disclosed",
            Self::EradicationWaived { .. } => "eradication-waived",
            Self::EvidenceCollected(_) => "evidence-collected",
            Self::FactAnswered { .. } => "fact-answered",
            Self::HarmStated { .. } => "harm-stated",
            Self::HoldLifted { .. } => "hold-lifted",
            Self::HoldPlaced { .. } => "hold-placed",
            Self::ImpactRecorded(_) => "impact-recorded",
            Self::Linked(_) => "linked",
            Self::MomentStated { .. } => "moment-stated",
            Self::Noted { .. } => "noted",
            Self::ObligationRuledOut { .. } => "obligation-ruled-out",
            Self::ObligationTolled { .. } => "obligation-tolled",
            Self::ObligationsReviewed(_) => "obligations-reviewed",
            Self::OecdAnswered { .. } => "oecd-answered",
            Self::OecdSeverityStated { .. } => "oecd-severity-stated",
            Self::Opened(_) => "opened",
            Self::OrderLifted { .. } => "order-lifted",
            Self::OrderProposed(_) => "order-proposed",
            Self::OrderSignedOff { .. } => "order-signed-off",
            Self::PhaseChanged { .. } => "phase-changed",
            Self::RecoveryPlanned(_) => "recovery-planned",
            Self::RecoveryWaived { .. } => "recovery-waived",
            Self::Reopened { .. } => "reopened",
            Self::ReportRecorded { .. } => "report-recorded",
            Self::Restored(_) => "restored",
            Self::ReviewActionDone { .. } => "review-action-done",
            Self::ReviewHeld(_) => "review-held",
            Self::RootCauseStated(_) => "root-cause-stated",
            Self::SeverityChanged { .. } => "severity-changed",
            Self::SystemDescribed(_) => "system-described",
        }
    }
}
