//! A model that was taken through every crate, judged by a policy.

use modelward_audit::{PolicyAnswer, PolicyRule, ReleaseFacts};
use modelward_bom::profile::Profile;
use modelward_incident::log::Context;
use modelward_incident::{
    AffectedAsset, AssetKind, AssetRef, EventKind, Incident, IncidentKind, Opening,
    QuarantineOrder, Severity,
};
use modelward_rmf::{Party, PhaseDecision};

use super::{codes, judge, policy};
use crate::road::{Road, now};

const RULES: &str = "
[phase.release.signature]
[phase.release.bom-profile]
profiles = ['ntia-2021']
[phase.release.subcategories]
require = [{ subcategory = 'MAP 1.1' }]
[phase.release.incidents]
[phase.release.quarantine]
";

fn facts(road: &Road) -> ReleaseFacts {
    ReleaseFacts::new("model", road.manifest.root())
        .with_verification(&road.verdict)
        .with_completeness(&Profile::Ntia2021.assess(&road.bom))
        .with_assessment(road.assessment.as_ref().unwrap(), now())
        .with_incident_records(&road.incidents, Some(&road.lineage), now())
}

fn by() -> Context {
    Context::new(now(), Party::new("Jo Example").unwrap())
}

fn incident(asset: AssetRef) -> Incident {
    let kind = IncidentKind::ModelFailurePerformance;
    let opening = Opening::new("trouble".parse().unwrap(), kind, Severity::High);
    let mut incident = Incident::open("INC-1".parse().unwrap(), opening, &by()).unwrap();
    let id = || "it".parse().unwrap();
    let affected = AffectedAsset::new(id(), AssetKind::Model, "it".parse().unwrap());
    let affected = affected.with_ref(asset.clone());
    incident
        .record(EventKind::AssetRecorded(affected), &by())
        .unwrap();
    let order = QuarantineOrder::new(id(), "poisoned".parse().unwrap()).with_target(asset);
    incident
        .record(EventKind::OrderProposed(order), &by())
        .unwrap();
    incident
}

#[test]
fn a_real_model_is_judged_by_what_the_crates_say() {
    let road = Road::good();
    let report = judge(&policy(RULES), &facts(&road));
    for rule in [
        PolicyRule::Signature,
        PolicyRule::Subcategories,
        PolicyRule::Incidents,
    ] {
        let outcome = report.rule(rule).unwrap();
        assert_eq!(outcome.answer(), PolicyAnswer::Pass, "{report}");
    }
    let missing = Profile::Ntia2021.assess(&road.bom).missing().len();
    let found = codes(&report, PolicyRule::BomProfile);
    let found = found
        .iter()
        .filter(|it| **it == "policy.bom_profile.missing");
    assert_eq!(found.count(), missing, "{report}");
}

#[test]
fn an_incident_and_its_order_stop_the_release_of_what_is_made_of_it() {
    let mut road = Road::good();
    road.incidents = vec![incident(
        AssetRef::purl("pkg:huggingface/acme/base").unwrap(),
    )];
    let report = judge(&policy(RULES), &facts(&road));
    assert_eq!(report.decision(), PhaseDecision::NoGo);
    assert_eq!(
        codes(&report, PolicyRule::Incidents)[0],
        "policy.incidents.open"
    );
    assert_eq!(
        codes(&report, PolicyRule::Quarantine)[0],
        "policy.quarantine.proposed"
    );
    road.incidents = vec![incident(AssetRef::purl("pkg:pypi/elsewhere").unwrap())];
    let report = judge(&policy(RULES), &facts(&road));
    assert_eq!(
        report.rule(PolicyRule::Incidents).unwrap().answer(),
        PolicyAnswer::Pass
    );
}
