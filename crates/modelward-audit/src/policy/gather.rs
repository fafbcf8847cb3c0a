//! Facts out of what signing, assessments and incident records say, and all facts together.

use std::collections::BTreeSet;

use modelward_artifact::{Date, Finding, Timestamp, Verdict};
use modelward_bom::profile::{Completeness, Level, State};
use modelward_graph::license::LicensePolicy;
use modelward_incident::{AssetRef, Incident, OrderState};
use modelward_rmf::{
    Acceptance, Assessment, Determination, GateAnswer, GateReason, PhaseGateReport, Polarity,
    RiskKind, RiskRegister, Subcategory,
};
use modelward_sign::{SignedBy, SubjectName, VerifiedModel};

use crate::policy::fact::{
    BomProfileFact, IncidentFact, IncidentState, OrderStanding, PhaseGateFact, QuarantineFact,
    RiskFact, SignatureFact, SubcategoryFact, SubcategoryState,
};
use crate::policy::facts::ReleaseFacts;
use crate::{Lineage, ModelEvidence, supply_chain};

impl ReleaseFacts {
    /// Gathers every fact that is in what is known of a model.
    ///
    /// What is not given makes no fact, and a rule without one cannot tell. Which facts are made is
    /// said at the functions that make them.
    #[must_use]
    pub fn of(evidence: &ModelEvidence<'_>, now: Timestamp) -> Self {
        let facts = Self::new(evidence.name(), evidence.root());
        let facts = with_files(facts, evidence);
        let facts = with_supply_chain(facts, evidence);
        with_judgements(facts, evidence, now)
    }

    /// Gives what verifying the model came to.
    ///
    /// Names of the signer are the digest of the key, and `dns:`, `email:` or `uri:` with each name
    /// in a certificate.
    #[must_use]
    pub fn with_verification(self, verdict: &Verdict<VerifiedModel>) -> Self {
        self.with_signatures([match verdict {
            Verdict::Rejected(findings) => SignatureFact::Rejected {
                findings: findings.as_slice().to_vec(),
            },
            Verdict::Verified(model) => SignatureFact::Verified {
                root: model.manifest().root(),
                signer: names(model.signed_by()),
                warnings: model.warnings().to_vec(),
            },
        }])
    }

    /// Gives what an ML-BOM lacks of a standard: what is required and missing, or left to a person.
    #[must_use]
    pub fn with_completeness(self, completeness: &Completeness) -> Self {
        let required = completeness.elements().iter();
        let required = required.filter(|element| element.level() == Level::Required);
        let missing = required.filter_map(|element| {
            let (code, message) = match element.state() {
                State::Missing => ("policy.bom_profile.missing", "is missing"),
                State::NeedsReview => ("policy.bom_profile.review", "has to be judged by a person"),
                _ => return None,
            };
            let message = format!("{} {message}", element.title());
            Some(Finding::new(code, message).about(element.id()))
        });
        let missing = missing.collect();
        self.with_bom_profiles([BomProfileFact::new(completeness.profile(), missing)])
    }

    /// Gives what an assessment states about every subcategory.
    ///
    /// Evidence counts where the rating cites it, it has not expired, and it does not contradict.
    #[must_use]
    pub fn with_assessment(mut self, assessment: &Assessment, now: Timestamp) -> Self {
        let subject = assessment.subject().digest().copied();
        self.assessments.insert(assessment.digest());
        self.with_subcategories(assessment.determinations().map(|(id, stated)| {
            let state = match (stated, assessment.attainment(id)) {
                (Determination::NotApplicable { .. }, _) => SubcategoryState::NotApplicable,
                (_, None) => SubcategoryState::NotAssessed,
                (_, Some(rating)) => SubcategoryState::Rated(rating),
            };
            SubcategoryFact::new(id, state, newest(assessment, id, now), subject)
        }))
    }

    /// Gives every threat in a register that is not closed, by what remains of it: the residual
    /// rating, or the current one where nobody states what remains.
    #[must_use]
    pub fn with_register(self, register: &RiskRegister, now: Timestamp) -> Self {
        let risks = register.risks();
        let open = risks.filter(|it| it.kind() == RiskKind::Threat && !it.status().is_closed());
        self.with_risks(open.map(|risk| {
            let rating = risk.residual().unwrap_or_else(|| risk.current());
            let valid = risk.treatment().acceptance();
            let valid = valid.filter(|acceptance| acceptance.is_valid(now));
            RiskFact::new(
                risk.id().to_string(),
                register.matrix().standing(rating),
                valid.map(Acceptance::expires),
            )
        }))
    }

    /// Gives every incident record there is, and the orders of quarantine in them.
    ///
    /// Counted are those that touch the model, or a part of it by the lineage. Without a lineage
    /// nobody knows the parts, which is a condition of the rule on incidents.
    #[must_use]
    pub fn with_incident_records(
        mut self,
        incidents: &[Incident],
        lineage: Option<&Lineage>,
        now: Timestamp,
    ) -> Self {
        let root = self.root;
        self.incidents_of_files_only |= lineage.is_none();
        for incident in incidents {
            let touches = supply_chain::touched(incident, &root, lineage);
            let is_ours = |asset: &AssetRef| {
                *asset == AssetRef::Digest(root)
                    || lineage.is_some_and(|it| !it.matching(asset).is_empty())
            };
            self = self.with_incident(incident, touches, &is_ours, now);
        }
        self.with_incidents([]).with_quarantine([])
    }

    /// Gives one incident record, by what of the model it touches and which assets are of the model.
    pub(crate) fn with_incident(
        self,
        incident: &Incident,
        touches: Option<String>,
        is_ours: &dyn Fn(&AssetRef) -> bool,
        now: Timestamp,
    ) -> Self {
        let fact = touches.map(|touches| {
            let id = incident.id().to_string();
            IncidentFact::new(id, incident.severity(), state(incident), touches)
        });
        let withheld = fact.as_ref().filter(|_| incident.is_partial());
        let withheld = withheld.map(|fact| {
            let (id, touches) = (fact.id.clone(), fact.touches.clone());
            QuarantineFact::new(id, touches, OrderStanding::Withheld)
        });
        let orders = incident.orders().values().flat_map(|order| {
            let targets = order.order().targets.iter().filter(|it| is_ours(it));
            targets.map(|target| ordered(incident, order, target, now))
        });
        self.with_quarantine(withheld.into_iter().chain(orders))
            .with_incidents(fact)
    }

    /// Gives what a phase gate of `modelward-rmf` came to.
    #[must_use]
    pub fn with_phase_gate_report(self, report: &PhaseGateReport) -> Self {
        self.with_phase_gate([PhaseGateFact::new(
            report.phase(),
            report.decision(),
            Some(report.policy_digest()),
            report.subject().digest().copied(),
            report.assessment_digest(),
            report.reasons().map(reason).collect(),
        )])
    }
}

/// Adds what the files are: who signed them, what the ML-BOM says of them, what pickles do.
fn with_files(mut facts: ReleaseFacts, evidence: &ModelEvidence<'_>) -> ReleaseFacts {
    let verified = evidence.verification().and_then(Verdict::verified);
    let verified = verified.map(VerifiedModel::manifest);
    let verified = verified.filter(|it| it.root() == evidence.root());
    if let Some(verification) = evidence.verification() {
        facts = facts.with_verification(verification);
    }
    if let Some(bom) = evidence.bom() {
        let files = evidence.manifest().or(verified);
        facts = facts.with_ml_bom(bom, files).with_every_profile(bom);
    }
    if let Some(pickles) = evidence.pickles() {
        facts = facts.with_pickles(pickles.iter().cloned());
    }
    facts
}

/// Adds what the model is made of.
fn with_supply_chain(mut facts: ReleaseFacts, evidence: &ModelEvidence<'_>) -> ReleaseFacts {
    let lineage = evidence.lineage();
    if let Some(lineage) = lineage {
        let policy = LicensePolicy::default();
        facts = facts
            .with_lineage_of(lineage)
            .with_license_flow(lineage, &policy);
    }
    if let Some(affected) = evidence.affected() {
        facts = facts.with_affected(affected, lineage);
    }
    if let Some(triage) = evidence.advisories() {
        facts = facts.with_triage(triage, lineage);
    }
    if let Some(exposures) = evidence.exposures() {
        facts = facts.with_exposures(exposures, lineage);
    }
    facts
}

/// Adds what people judged, and what happened.
fn with_judgements(
    mut facts: ReleaseFacts,
    evidence: &ModelEvidence<'_>,
    now: Timestamp,
) -> ReleaseFacts {
    if let Some(assessment) = evidence.assessment() {
        facts = facts.with_assessment(assessment, now);
    }
    if let Some(register) = evidence.register() {
        facts = facts.with_register(register, now);
    }
    if let Some(report) = evidence.phase_gate() {
        facts = facts.with_phase_gate_report(report);
    }
    if let Some(incidents) = evidence.incidents() {
        facts = facts.with_incident_records(incidents, evidence.lineage(), now);
    }
    facts
}

fn reason(reason: &GateReason) -> (GateAnswer, Finding) {
    let finding = Finding::new(reason.code(), reason.message());
    let finding = match reason.place() {
        None => finding,
        Some(place) => finding.about(place.to_string()),
    };
    (reason.answer(), finding)
}

fn names(signer: &SignedBy) -> BTreeSet<String> {
    let mut names = BTreeSet::from([signer.key_digest().to_string()]);
    if let SignedBy::Certificate(chain) = signer {
        let certified = chain.leaf().subject_names().iter();
        names.extend(certified.filter_map(|name| match name {
            SubjectName::Dns(name) => Some(format!("dns:{name}")),
            SubjectName::Email(name) => Some(format!("email:{name}")),
            SubjectName::Uri(name) => Some(format!("uri:{name}")),
            _ => None,
        }));
    }
    names
}

fn newest(assessment: &Assessment, id: Subcategory, now: Timestamp) -> Option<Date> {
    let rated = assessment.determination(id).rated()?;
    let cited = rated
        .evidence()
        .filter_map(|evidence| assessment.evidence_of(evidence));
    let counting =
        cited.filter(|it| it.is_current(now) && it.polarity(id) != Some(Polarity::Contradicts));
    counting.map(|it| it.collected().date()).max()
}

fn state(incident: &Incident) -> IncidentState {
    if incident.is_open() {
        IncidentState::Open
    } else if incident.is_partial() {
        IncidentState::Partial
    } else {
        IncidentState::Closed
    }
}

fn ordered(
    incident: &Incident,
    order: &OrderState,
    target: &AssetRef,
    now: Timestamp,
) -> QuarantineFact {
    let is_past = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
    let lifted = order.lifted().map(|(at, _)| *at);
    let state = if order.is_in_force(now) {
        OrderStanding::InForce
    } else if is_past(lifted) || is_past(order.order().expires) {
        OrderStanding::Over
    } else {
        OrderStanding::Proposed
    };
    let id = format!("{}/{}", incident.id(), order.order().id);
    QuarantineFact::new(id, target.to_string(), state)
}
