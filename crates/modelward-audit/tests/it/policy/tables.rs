use std::collections::BTreeSet;

use modelward_artifact::{Digest, Finding};
use modelward_audit::{
    AdvisoryFact, BomFact, BomProfileFact, IncidentFact, IncidentState, LicenseFact, LicenseState,
    LineageFact, LineageState, OrderStanding, PhaseGateFact, PickleFact, PickleState, PolicyAnswer,
    PolicyRule, QuarantineFact, ReleaseFacts, RiskFact, SignatureFact, SubcategoryFact,
    SubcategoryState,
};
use modelward_bom::profile::Profile;
use modelward_graph::vex::VexStatus;
use modelward_incident::Severity;
use modelward_rmf::{Attainment, Phase, PhaseDecision, Standing};
use serde_json::Value;

use super::{codes, every_rule, judge, none, policy, root};
use crate::road::now;

use PolicyAnswer::{CannotTell, Condition, Fail, Pass};

fn text(text: &str) -> String {
    text.to_owned()
}

fn signed(root: Digest, signer: &str) -> SignatureFact {
    SignatureFact::Verified {
        root,
        signer: BTreeSet::from([text(signer)]),
        warnings: Vec::new(),
    }
}

fn rated(state: SubcategoryState, collected: Option<&str>) -> SubcategoryFact {
    let collected = collected.map(|date| date.parse().unwrap());
    SubcategoryFact::new("MAP 1.1".parse().unwrap(), state, collected, Some(root()))
}

fn met() -> SubcategoryFact {
    rated(SubcategoryState::Rated(Attainment::Met), Some("2026-11-01"))
}

fn advisory(severity: Option<Severity>, vex: Option<VexStatus>) -> AdvisoryFact {
    AdvisoryFact::new(text("CVE-1"), text("torch"), severity, vex, None)
}

/// An ML-BOM of which all is known and good.
pub(crate) fn described() -> BomFact {
    let (roots, files) = (BTreeSet::from([root().to_string()]), Some(BTreeSet::new()));
    BomFact::new(roots, files, BTreeSet::new(), Vec::new())
}

fn licensed(license: Option<&str>, state: LicenseState) -> LicenseFact {
    LicenseFact::new(text("torch"), license.map(text), state)
}

fn incident(severity: Severity, state: IncidentState) -> IncidentFact {
    IncidentFact::new(text("INC-1"), severity, state, text("the model itself"))
}

fn gate(phase: Phase, decision: PhaseDecision, subject: Option<Digest>) -> PhaseGateFact {
    PhaseGateFact::new(phase, decision, None, subject, None, Vec::new())
}

fn risk(standing: Option<Standing>, until: Option<&str>) -> RiskFact {
    RiskFact::new(
        text("R-1"),
        standing,
        until.map(|date| date.parse().unwrap()),
    )
}

/// Everything that the policy with every rule asks, all of it good.
pub(crate) fn good() -> ReleaseFacts {
    none()
        .with_signatures([signed(root(), "sha256:ab")])
        .with_bom([described()])
        .with_bom_profiles([BomProfileFact::new(Profile::Ntia2021, Vec::new())])
        .with_lineage([])
        .with_supply_chain([])
        .with_pickles([])
        .with_advisories([])
        .with_not_evaluated([])
        .with_licenses([licensed(Some("MIT"), LicenseState::Compatible)])
        .with_subcategories([met()])
        .with_risks([risk(Some(Standing::WithinAppetite), None)])
        .with_incidents([])
        .with_quarantine([])
        .with_phase_gate([gate(Phase::Release, PhaseDecision::Go, Some(root()))])
}

/// Every fact that one rule can be given, added to those of `good`, and what the rule comes to.
#[track_caller]
fn come_to(rule: PolicyRule, cases: Vec<(ReleaseFacts, PolicyAnswer, &str)>) {
    for (facts, answer, code) in cases {
        let report = judge(&every_rule(), &facts);
        let outcome = report.rule(rule).unwrap();
        assert_eq!(outcome.answer(), answer, "{report}");
        assert!(codes(&report, rule).contains(&code), "{code}: {report}");
        for other in report.rules().iter().filter(|it| it.rule() != rule) {
            assert_eq!(other.answer(), Pass, "{report}");
        }
    }
}

#[test]
fn a_model_of_which_all_is_known_and_good_goes() {
    let report = judge(&every_rule(), &good());
    assert_eq!(report.decision(), PhaseDecision::Go, "{report}");
    assert_eq!(report.decision().exit_code(), 0);
    assert_eq!(report.rules().len(), PolicyRule::ALL.len());
    assert_eq!(*report.policy_digest(), every_rule().digest());
    let json: Value = serde_json::from_slice(&report.to_json()).unwrap();
    assert_eq!(json["schema"], "modelward.release-report/1");
    assert_eq!(json["policy"]["digest"], every_rule().digest().to_string());
    assert_eq!(json["decision"], "go");
}

#[test]
fn a_missing_document_is_never_a_pass() {
    let report = judge(&every_rule(), &none());
    assert_eq!(report.decision(), PhaseDecision::CannotTell);
    assert_eq!(report.decision().exit_code(), 2);
    for outcome in report.rules() {
        assert_eq!(outcome.answer(), CannotTell, "{report}");
        assert!(outcome.reasons()[0].finding().code().ends_with(".none"));
    }
    let unsigned = none().with_signatures([]);
    assert_eq!(
        judge(&policy("[phase.release.signature]\n"), &unsigned)
            .decision()
            .exit_code(),
        2
    );
}

#[test]
fn a_phase_without_rules_cannot_tell() {
    let report = every_rule().evaluate(Phase::Testing, &good(), now());
    assert_eq!(report.decision(), PhaseDecision::CannotTell);
    assert!(report.to_string().contains("no rules for this phase"));
}

#[test]
fn signatures() {
    let other = signed(Digest::sha256(b"x"), "sha256:ab");
    let refused = SignatureFact::Rejected {
        findings: vec![Finding::new("sign.file.changed", "changed").about("a")],
    };
    let warned = SignatureFact::Verified {
        root: root(),
        signer: BTreeSet::from([text("sha256:ab")]),
        warnings: vec![Finding::new("sign.unsigned", "not signed").about("b")],
    };
    come_to(
        PolicyRule::Signature,
        vec![
            (
                good().with_signatures([other]),
                Fail,
                "policy.signature.other_files",
            ),
            (good().with_signatures([refused]), Fail, "sign.file.changed"),
            (good().with_signatures([warned]), Condition, "sign.unsigned"),
        ],
    );
    let named = policy("[phase.release.signature]\nsigners = ['email:jo@example.org']\n");
    assert_eq!(judge(&named, &good()).decision(), PhaseDecision::NoGo);
    let jo = none().with_signatures([signed(root(), "email:jo@example.org")]);
    assert_eq!(judge(&named, &jo).decision(), PhaseDecision::Go);
}

#[test]
fn what_the_model_is_made_of() {
    let gap = || Finding::new("gap", "no origin").about("base");
    let lacking = BomProfileFact::new(Profile::Ntia2021, vec![gap()]);
    let scan = |state| good().with_pickles([PickleFact::new(text("a.bin"), state)]);
    come_to(
        PolicyRule::BomProfile,
        vec![(good().with_bom_profiles([lacking]), Fail, "gap")],
    );
    come_to(
        PolicyRule::Lineage,
        vec![(
            good().with_lineage([LineageFact::new(LineageState::Gap, gap())]),
            Fail,
            "gap",
        )],
    );
    come_to(
        PolicyRule::Pickles,
        vec![
            (scan(PickleState::Safe), Pass, "policy.pickles.safe"),
            (
                scan(PickleState::Suspicious),
                Fail,
                "policy.pickles.suspicious",
            ),
            (
                scan(PickleState::NotScanned),
                CannotTell,
                "policy.pickles.not_scanned",
            ),
            (scan(PickleState::Unsafe), Fail, "policy.pickles.unsafe"),
        ],
    );
    let with = |license, state| good().with_licenses([licensed(license, state)]);
    come_to(
        PolicyRule::Licenses,
        vec![
            (
                with(Some("AGPL-3.0-only"), LicenseState::Compatible),
                Fail,
                "policy.licenses.denied",
            ),
            (
                with(Some("GPL-2.0-only"), LicenseState::Conflicting),
                Fail,
                "policy.licenses.conflict",
            ),
            (
                with(Some("odd"), LicenseState::Unknown),
                CannotTell,
                "policy.licenses.unknown",
            ),
            (
                with(None, LicenseState::Compatible),
                CannotTell,
                "policy.licenses.none_stated",
            ),
        ],
    );
}

#[test]
fn advisories_and_vex() {
    let with = |severity, vex| good().with_advisories([advisory(severity, vex)]);
    let high = Some(Severity::High);
    let (open, minor) = ("policy.advisories.open", "policy.advisories.minor");
    come_to(
        PolicyRule::Advisories,
        vec![
            (with(high, None), Fail, open),
            (with(high, Some(VexStatus::UnderInvestigation)), Fail, open),
            (with(high, Some(VexStatus::Affected)), Fail, open),
            (
                with(high, Some(VexStatus::Fixed)),
                Pass,
                "policy.advisories.vex",
            ),
            (
                with(high, Some(VexStatus::NotAffected(None))),
                Pass,
                "policy.advisories.vex",
            ),
            (with(Some(Severity::Medium), None), Condition, minor),
            (
                with(None, None),
                CannotTell,
                "policy.advisories.no_severity",
            ),
        ],
    );
    let strict = policy("[phase.release.advisories]\nvex = 'block'\n");
    let fixed = with(Some(Severity::Low), Some(VexStatus::Fixed));
    assert_eq!(judge(&strict, &fixed).decision(), PhaseDecision::NoGo);
}

#[test]
fn subcategories_and_the_age_of_their_evidence() {
    let with = |state, collected| good().with_subcategories([rated(state, collected)]);
    let full = SubcategoryState::Rated(Attainment::Met);
    let part = SubcategoryState::Rated(Attainment::PartiallyMet);
    let none_of_it = SubcategoryState::Rated(Attainment::NotMet);
    let mut other = met();
    other.subject = Some(Digest::sha256(b"x"));
    let mut unbound = met();
    unbound.subject = None;
    come_to(
        PolicyRule::Subcategories,
        vec![
            (
                with(part, Some("2026-11-01")),
                Fail,
                "policy.subcategories.in_part",
            ),
            (
                with(none_of_it, Some("2026-11-01")),
                Fail,
                "policy.subcategories.below",
            ),
            (
                with(full, Some("2026-08-25")),
                Pass,
                "policy.subcategories.recent",
            ),
            (
                with(full, Some("2026-08-24")),
                Fail,
                "policy.subcategories.old_evidence",
            ),
            (
                with(full, Some("2026-12-01")),
                CannotTell,
                "policy.subcategories.future_evidence",
            ),
            (
                with(full, None),
                CannotTell,
                "policy.subcategories.no_evidence",
            ),
            (
                with(SubcategoryState::NotApplicable, None),
                Condition,
                "policy.subcategories.not_applicable",
            ),
            (
                with(SubcategoryState::NotAssessed, None),
                CannotTell,
                "policy.subcategories.not_assessed",
            ),
            (
                good().with_subcategories([other]),
                CannotTell,
                "policy.subject.other",
            ),
            (
                good().with_subcategories([unbound]),
                Condition,
                "policy.subject.unbound",
            ),
        ],
    );
}

#[test]
fn risks_incidents_orders_and_the_phase_gate() {
    let above = Some(Standing::AboveTolerance);
    let with = |standing, until| good().with_risks([risk(standing, until)]);
    come_to(
        PolicyRule::ResidualRisk,
        vec![
            (with(above, None), Fail, "policy.residual_risk.above"),
            (
                with(above, Some("2026-11-22")),
                Fail,
                "policy.residual_risk.above",
            ),
            (
                with(above, Some("2026-11-23")),
                Condition,
                "policy.residual_risk.accepted",
            ),
            (
                with(None, None),
                CannotTell,
                "policy.residual_risk.not_rated",
            ),
        ],
    );
    let with = |state| good().with_incidents([incident(Severity::Low, state)]);
    come_to(
        PolicyRule::Incidents,
        vec![
            (with(IncidentState::Open), Fail, "policy.incidents.open"),
            (
                with(IncidentState::Partial),
                CannotTell,
                "policy.incidents.partial",
            ),
            (with(IncidentState::Closed), Pass, "policy.incidents.closed"),
        ],
    );
    let order = |state| QuarantineFact::new(text("Q-1"), text("the model"), state);
    let with = |state| good().with_quarantine([order(state)]);
    come_to(
        PolicyRule::Quarantine,
        vec![
            (
                with(OrderStanding::InForce),
                Fail,
                "policy.quarantine.in_force",
            ),
            (
                with(OrderStanding::Withheld),
                CannotTell,
                "policy.quarantine.withheld",
            ),
            (
                with(OrderStanding::Proposed),
                Condition,
                "policy.quarantine.proposed",
            ),
            (with(OrderStanding::Over), Pass, "policy.quarantine.over"),
        ],
    );
    let ours = Some(root());
    let with = |phase, decision, files| good().with_phase_gate([gate(phase, decision, files)]);
    let (go, no_go) = (PhaseDecision::Go, PhaseDecision::NoGo);
    come_to(
        PolicyRule::PhaseGate,
        vec![
            (
                with(Phase::Release, no_go, ours),
                Fail,
                "policy.phase_gate.decided",
            ),
            (
                with(Phase::Testing, go, ours),
                CannotTell,
                "policy.phase_gate.other_phase",
            ),
            (
                with(Phase::Release, go, None),
                Condition,
                "policy.subject.unbound",
            ),
        ],
    );
}

#[test]
fn sarif_has_a_result_for_each_reason() {
    let facts = good().with_pickles([PickleFact::new(text("a.bin"), PickleState::Unsafe)]);
    let report = judge(&every_rule(), &facts);
    let sarif: Value = serde_json::from_slice(&report.to_sarif()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    let reasons = report.rules().iter().map(|rule| rule.reasons().len());
    assert_eq!(results.len(), reasons.sum::<usize>());
    let failed: Vec<&Value> = results.iter().filter(|it| it["kind"] == "fail").collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0]["ruleId"], "pickles");
    assert_eq!(failed[0]["level"], "error");
    let place = &failed[0]["locations"][0]["logicalLocations"][0];
    assert_eq!(place["fullyQualifiedName"], "a.bin");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(
            run["tool"]["driver"]["rules"][index]["id"],
            result["ruleId"]
        );
    }
}
