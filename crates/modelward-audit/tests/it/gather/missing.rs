//! What is given and what is not, in every combination.

use modelward_audit::{ModelEvidence, PolicyAnswer, PolicyRule, ReleaseFacts, ReleasePolicy};
use modelward_rmf::Phase;

use crate::road::{Road, now};

/// The rules that cannot tell without a document, for each document.
const NEEDED_BY: [(&str, &[PolicyRule]); 7] = [
    ("verification", &[PolicyRule::Signature]),
    ("bom", &[PolicyRule::Bom, PolicyRule::BomProfile]),
    (
        "lineage",
        &[
            PolicyRule::Lineage,
            PolicyRule::SupplyChain,
            PolicyRule::Licenses,
        ],
    ),
    ("affected", &[PolicyRule::SupplyChain]),
    ("pickles", &[PolicyRule::Pickles]),
    ("assessment", &[PolicyRule::Subcategories]),
    (
        "incidents",
        &[PolicyRule::Incidents, PolicyRule::Quarantine],
    ),
];

fn with<'a>(evidence: ModelEvidence<'a>, road: &'a Road, name: &str) -> ModelEvidence<'a> {
    match name {
        "verification" => evidence.with_verification(&road.verdict),
        "bom" => evidence.with_bom(&road.bom),
        "lineage" => evidence.with_lineage(&road.lineage),
        "affected" => evidence.with_affected(&road.affected),
        "pickles" => evidence.with_pickles(&[]),
        "assessment" => evidence.with_assessment(road.assessment.as_ref().unwrap()),
        _ => evidence.with_incidents(&road.incidents),
    }
}

#[test]
fn a_document_that_is_missing_is_a_pass_in_no_combination() {
    let road = Road::good();
    let policy = ReleasePolicy::baseline();
    for given in 0..1_usize << NEEDED_BY.len() {
        let is_given = |place: usize| given >> place & 1 == 1;
        let mut evidence = road.nothing();
        for (place, (name, _)) in NEEDED_BY.iter().enumerate() {
            if is_given(place) {
                evidence = with(evidence, &road, name);
            }
        }
        let facts = ReleaseFacts::of(&evidence, now());
        let report = policy.evaluate(Phase::Release, &facts, now());
        for (place, (name, rules)) in NEEDED_BY.iter().enumerate() {
            for rule in rules.iter().filter(|_| !is_given(place)) {
                let answer = report.rule(*rule).unwrap().answer();
                assert_eq!(answer, PolicyAnswer::CannotTell, "{name}: {report}");
            }
        }
    }
}

#[test]
fn the_baseline_judges_every_document_that_it_was_given() {
    let road = Road::good();
    let facts = ReleaseFacts::of(&road.evidence().with_pickles(&[]), now());
    let report = ReleasePolicy::baseline().evaluate(Phase::Release, &facts, now());
    let answers = report.rules().iter().map(|it| (it.rule(), it.answer()));
    let expected = [
        (PolicyRule::Signature, PolicyAnswer::Pass),
        (PolicyRule::Bom, PolicyAnswer::Pass),
        (PolicyRule::BomProfile, PolicyAnswer::Condition),
        (PolicyRule::Lineage, PolicyAnswer::Condition),
        (PolicyRule::SupplyChain, PolicyAnswer::Pass),
        (PolicyRule::Pickles, PolicyAnswer::Pass),
        (PolicyRule::Advisories, PolicyAnswer::CannotTell),
        (PolicyRule::Licenses, PolicyAnswer::Condition),
        // Nothing that counts as evidence stands behind the ratings.
        (PolicyRule::Subcategories, PolicyAnswer::CannotTell),
        (PolicyRule::ResidualRisk, PolicyAnswer::CannotTell),
        (PolicyRule::Incidents, PolicyAnswer::Pass),
        (PolicyRule::Quarantine, PolicyAnswer::Pass),
        (PolicyRule::PhaseGate, PolicyAnswer::CannotTell),
    ];
    assert_eq!(answers.collect::<Vec<_>>(), expected, "{report}");
}
