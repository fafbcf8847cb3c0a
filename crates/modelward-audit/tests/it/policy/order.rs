//! Properties: no failing fact makes a decision better, and the order of facts does not matter.

use std::collections::BTreeSet;

use modelward_artifact::Finding;
use modelward_audit::{
    AdvisoryFact, AffectedFact, BomFact, BomProfileFact, IncidentFact, IncidentState, LicenseFact,
    LicenseState, LineageFact, LineageState, OrderStanding, PhaseGateFact, PickleFact, PickleState,
    PolicyRule, QuarantineFact, ReleaseFacts, RiskFact, SignatureFact, SubcategoryFact,
    SubcategoryState,
};
use modelward_bom::profile::Profile;
use modelward_incident::Severity;
use modelward_rmf::{Attainment, Phase, PhaseDecision, Standing};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::sample::{select, subsequence};

use super::tables::good;
use super::{EVERY_RULE, every_rule, judge, none, policy, root};

/// A rule, one of a few things that it can be about, and whether the fact fails or is not known.
type Made = (PolicyRule, u8, bool);

/// Adds a fact that is no pass.
fn add(facts: ReleaseFacts, (rule, about, fails): Made) -> ReleaseFacts {
    let name = format!("thing-{about}");
    let finding = || Finding::new("gap", "missing").about(name.clone());
    let either = |bad, unknown| if fails { bad } else { unknown };
    match rule {
        PolicyRule::Signature => facts.with_signatures([SignatureFact::Rejected {
            findings: vec![finding()],
        }]),
        PolicyRule::BomProfile => {
            facts.with_bom_profiles([BomProfileFact::new(Profile::Ntia2021, vec![finding()])])
        }
        PolicyRule::Bom => {
            let unlisted = fails.then(|| BTreeSet::from([name]));
            let roots = BTreeSet::from([root().to_string()]);
            facts.with_bom([BomFact::new(roots, unlisted, BTreeSet::new(), Vec::new())])
        }
        PolicyRule::Lineage => {
            let state = match fails {
                true => LineageState::Contradiction,
                false => LineageState::Unpinned,
            };
            facts.with_lineage([LineageFact::new(state, finding())])
        }
        PolicyRule::SupplyChain => {
            facts.with_supply_chain([AffectedFact::new(name, "poisoned".to_owned(), None)])
        }
        PolicyRule::Pickles => {
            let state = either(PickleState::Unsafe, PickleState::NotScanned);
            facts.with_pickles([PickleFact::new(name, state)])
        }
        PolicyRule::Advisories => {
            let severity = fails.then_some(Severity::High);
            let doubt = (!fails).then(|| "no version".to_owned());
            let component = "torch".to_owned();
            facts.with_advisories([AdvisoryFact::new(name, component, severity, None, doubt)])
        }
        PolicyRule::Licenses => {
            let state = match fails {
                true => LicenseState::Conflicting,
                false => LicenseState::Unknown,
            };
            facts.with_licenses([LicenseFact::new(name, Some("odd".to_owned()), state)])
        }
        PolicyRule::Subcategories => {
            let state = match fails {
                true => SubcategoryState::Rated(Attainment::NotMet),
                false => SubcategoryState::NotAssessed,
            };
            let id = "MAP 1.1".parse().unwrap();
            facts.with_subcategories([SubcategoryFact::new(id, state, None, Some(root()))])
        }
        PolicyRule::ResidualRisk => {
            let standing = fails.then_some(Standing::AboveTolerance);
            facts.with_risks([RiskFact::new(name, standing, None)])
        }
        PolicyRule::Incidents => {
            let state = match fails {
                true => IncidentState::Open,
                false => IncidentState::Partial,
            };
            let touches = "the model".to_owned();
            facts.with_incidents([IncidentFact::new(name, Severity::High, state, touches)])
        }
        PolicyRule::Quarantine => {
            let state = match fails {
                true => OrderStanding::InForce,
                false => OrderStanding::Withheld,
            };
            facts.with_quarantine([QuarantineFact::new(name, "the model".to_owned(), state)])
        }
        _ => {
            let decision = match fails {
                true => PhaseDecision::NoGo,
                false => PhaseDecision::CannotTell,
            };
            let (files, reasons) = (Some(root()), Vec::new());
            let fact = PhaseGateFact::new(Phase::Release, decision, None, files, None, reasons);
            facts.with_phase_gate([fact])
        }
    }
}

fn made() -> impl Strategy<Value = Made> {
    (select(PolicyRule::ALL.to_vec()), 0..3_u8, any::<bool>())
}

/// Waivers on some rules, some of them expired.
fn waivers() -> impl Strategy<Value = String> {
    let rules = subsequence(PolicyRule::ALL.to_vec(), 0..=PolicyRule::ALL.len());
    let expires = prop_oneof![Just("2026-11-22"), Just("2026-12-31")];
    (rules, expires).prop_map(|(rules, expires)| {
        let waivers = rules.into_iter().map(|rule| {
            format!("[[waivers]]\nrule = '{rule}'\napprover = 'Jo'\nreason = 'r'\nexpires = '{expires}'\n")
        });
        waivers.collect()
    })
}

proptest! {
    #[test]
    fn a_failing_fact_never_improves_a_decision(
        before in proptest::collection::vec(made(), 0..8),
        added in made(),
        waivers in waivers(),
    ) {
        let policy = policy(&format!("{EVERY_RULE}{waivers}"));
        let facts = before.into_iter().fold(good(), add);
        let worse = add(facts.clone(), added);
        let (before, after) = (judge(&policy, &facts), judge(&policy, &worse));
        prop_assert!(after.decision() >= before.decision(), "{before}\n{after}");
        for (one, two) in before.rules().iter().zip(after.rules()) {
            prop_assert!(two.answer() >= one.answer(), "{before}\n{after}");
        }
    }

    #[test]
    fn a_failing_fact_never_improves_what_was_not_known(
        before in proptest::collection::vec(made(), 0..8),
        mut added in made(),
    ) {
        added.2 = true;
        let facts = before.into_iter().fold(none(), add);
        let worse = add(facts.clone(), added);
        let (before, after) = (judge(&every_rule(), &facts), judge(&every_rule(), &worse));
        prop_assert!(after.decision() >= before.decision(), "{before}\n{after}");
    }

    #[test]
    fn the_order_of_facts_does_not_change_a_byte(
        (one, two) in proptest::collection::vec(made(), 0..12)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        waivers in waivers(),
    ) {
        let policy = policy(&format!("{EVERY_RULE}{waivers}"));
        let one = judge(&policy, &one.into_iter().fold(good(), add));
        let two = judge(&policy, &two.into_iter().fold(good(), add));
        prop_assert_eq!(one.to_json(), two.to_json());
        prop_assert_eq!(one.to_sarif(), two.to_sarif());
        prop_assert_eq!(one.to_string(), two.to_string());
    }
}
