use std::collections::BTreeSet;

use modelward_artifact::{Digest, Finding, Manifest, Timestamp, Verdict};
use modelward_bom::{Component, MlBom};
use modelward_rmf::{Assessment, Attainment, Determination, Subcategory, Subject};
use modelward_sign::VerifiedModel;

use crate::report::{GateReport, Rule, RuleOutcome};
use crate::{Answer, GateEvidence, phase_gate, supply_chain};

/// What the gate asks of an assessment unless the caller says otherwise.
///
/// The choice is ours, not the framework's: the context is known (MAP 1.1), third parties are
/// covered (MAP 4.1), performance and security were measured (MEASURE 2.3, MEASURE 2.7), and
/// somebody decided that the model may proceed (MANAGE 1.1).
const REQUIRED: [&str; 5] = [
    "MAP 1.1",
    "MAP 4.1",
    "MEASURE 2.3",
    "MEASURE 2.7",
    "MANAGE 1.1",
];

/// Decides whether a model may be released, by what is known about it.
///
/// A rule for which evidence is missing comes to [`Answer::Unknown`], never to a pass.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReleaseGate {
    required: BTreeSet<Subcategory>,
}

impl ReleaseGate {
    /// Asks for these subcategories of the AI RMF instead of the usual ones.
    #[must_use]
    pub fn requiring(required: impl IntoIterator<Item = Subcategory>) -> Self {
        Self {
            required: required.into_iter().collect(),
        }
    }

    /// Returns the subcategories that an assessment has to rate.
    #[must_use]
    pub fn required(&self) -> impl ExactSizeIterator<Item = Subcategory> {
        self.required.iter().copied()
    }

    /// Applies every rule. `now` is the time that the report bears.
    pub fn decide(&self, model: &str, evidence: &GateEvidence<'_>, now: Timestamp) -> GateReport {
        let manifest = verified_manifest(evidence);
        let root = manifest.map(Manifest::root);
        let outcomes = vec![
            RuleOutcome::new(Rule::Signature, signature(evidence)),
            RuleOutcome::new(Rule::Inventory, inventory(evidence.bom, manifest)),
            RuleOutcome::new(Rule::SupplyChain, supply_chain::reasons(evidence)),
            RuleOutcome::new(Rule::Assessment, self.assessment(evidence, root.as_ref())),
            RuleOutcome::new(
                Rule::Incidents,
                supply_chain::incidents(evidence, root.as_ref()),
            ),
        ];
        GateReport::new(model, root, now, outcomes)
    }

    fn assessment(
        &self,
        evidence: &GateEvidence<'_>,
        root: Option<&Digest>,
    ) -> Vec<(Answer, Finding)> {
        let mut reasons = Vec::new();
        if let Some(assessment) = evidence.assessment {
            let required = self.required.iter();
            reasons.extend(required.map(|&subcategory| judge(subcategory, assessment)));
            reasons.push(same_model(assessment.subject(), root));
        }
        if let Some(report) = evidence.phase_gate {
            reasons.extend(phase_gate::reasons(report, evidence.assessment));
            reasons.push(same_model(report.subject(), root));
        }
        if reasons.is_empty() {
            let message = "no assessment was given";
            reasons.push(unknown("gate.assessment.none", message));
        }
        reasons
    }
}

impl Default for ReleaseGate {
    fn default() -> Self {
        let required = REQUIRED.iter().map(|id| id.parse());
        Self::requiring(required.map(|id| id.expect("the ids stand in AI RMF 1.0")))
    }
}

fn verified_manifest<'a>(evidence: &GateEvidence<'a>) -> Option<&'a Manifest> {
    evidence
        .verification
        .and_then(Verdict::verified)
        .map(VerifiedModel::manifest)
}

fn signature(evidence: &GateEvidence<'_>) -> Vec<(Answer, Finding)> {
    match evidence.verification {
        None => vec![unknown(
            "gate.signature.none",
            "no verification of a signature was given",
        )],
        Some(Verdict::Rejected(findings)) => findings
            .iter()
            .map(|finding| (Answer::Fail, finding.clone()))
            .collect(),
        Some(Verdict::Verified(model)) => {
            let files = model.manifest().entries().len();
            let message = format!("a trusted key signed these {files} files");
            let warnings = model.warnings().iter();
            let mut reasons: Vec<_> = warnings
                .map(|finding| (Answer::Condition, finding.clone()))
                .collect();
            reasons.push((
                Answer::Pass,
                Finding::new("gate.signature.verified", message),
            ));
            reasons
        }
    }
}

fn inventory(bom: Option<&MlBom>, manifest: Option<&Manifest>) -> Vec<(Answer, Finding)> {
    let Some(bom) = bom else {
        return vec![unknown("gate.inventory.none", "no ML-BOM was given")];
    };
    let mut reasons: Vec<_> = bom
        .unknowns()
        .into_iter()
        .map(|finding| (Answer::Condition, finding))
        .collect();
    let Some(manifest) = manifest else {
        let message = "the ML-BOM cannot be compared with files that are not verified";
        reasons.push(unknown("gate.inventory.unverified", message));
        return reasons;
    };
    let listed: BTreeSet<Digest> = bom
        .all_components()
        .into_iter()
        .flat_map(Component::digests)
        .collect();
    let missing = manifest
        .entries()
        .iter()
        .filter(|entry| !listed.contains(entry.digest()));
    reasons.extend(missing.map(|entry| {
        let message = "the ML-BOM lists no component with the digest of this file";
        let finding = Finding::new("gate.inventory.missing", message);
        (Answer::Fail, finding.about(entry.path().as_str()))
    }));
    let message = format!(
        "the ML-BOM was compared with {} files",
        manifest.entries().len()
    );
    reasons.push((
        Answer::Pass,
        Finding::new("gate.inventory.compared", message),
    ));
    reasons
}

fn judge(subcategory: Subcategory, assessment: &Assessment) -> (Answer, Finding) {
    let stated = assessment.determination(subcategory);
    let (answer, code, message) = match (stated, assessment.attainment(subcategory)) {
        (Determination::NotApplicable { .. }, _) => (
            Answer::Condition,
            "gate.assessment.not_applicable",
            "stated as not applicable, which someone has to accept",
        ),
        (_, None) => (
            Answer::Unknown,
            "gate.assessment.not_assessed",
            "not assessed",
        ),
        (_, Some(Attainment::Met)) => (Answer::Pass, "gate.assessment.met", "met"),
        (_, Some(Attainment::PartiallyMet)) => (
            Answer::Condition,
            "gate.assessment.partially_met",
            "met in part",
        ),
        (_, Some(Attainment::NotMet)) => (Answer::Fail, "gate.assessment.not_met", "not met"),
    };
    (
        answer,
        Finding::new(code, message).about(subcategory.to_string()),
    )
}

/// An assessment of another version says nothing about this one.
fn same_model(subject: &Subject, root: Option<&Digest>) -> (Answer, Finding) {
    let (answer, code, message) = match (subject.digest(), root) {
        (Some(assessed), Some(root)) if assessed == root => (
            Answer::Pass,
            "gate.assessment.same",
            "the assessment is of these files",
        ),
        (Some(_), Some(_)) => (
            Answer::Unknown,
            "gate.assessment.other_version",
            "the assessment is of other files than these",
        ),
        (None, Some(_)) => (
            Answer::Condition,
            "gate.assessment.unbound",
            "the assessment does not say of which files it is",
        ),
        (_, None) => (
            Answer::Unknown,
            "gate.assessment.unverified",
            "the assessment cannot be compared with files that are not verified",
        ),
    };
    (answer, Finding::new(code, message))
}

pub(crate) fn unknown(code: &'static str, message: &str) -> (Answer, Finding) {
    (Answer::Unknown, Finding::new(code, message))
}
