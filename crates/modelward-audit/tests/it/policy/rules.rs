//! The rules on ML-BOM, lineage, supply chain, advisories, licenses and phase gates, each with its
//! terms: what a fact comes to by default, and what a policy can make of it.

use std::collections::BTreeSet;

use modelward_artifact::{Digest, Finding};
use modelward_audit::{
    AdvisoryFact, AffectedFact, BomFact, LicenseFact, LicenseState, LineageFact, LineageState,
    NotEvaluatedFact, PhaseGateFact, PolicyAnswer, PolicyRule, ReleaseFacts, SubcategoryFact,
    SubcategoryState,
};
use modelward_incident::Severity;
use modelward_rmf::{Attainment, GateAnswer, Phase, PhaseDecision};

use super::tables::described;
use super::{codes, judge, none, policy, root};

use PolicyAnswer::{CannotTell, Condition, Fail, Pass};

/// The member of a phase, the terms in it, the facts, what the rule comes to, and a code.
type Case<'a> = (&'a str, &'a str, ReleaseFacts, PolicyAnswer, &'a str);

#[track_caller]
fn come_to(rule: PolicyRule, cases: Vec<Case<'_>>) {
    for (member, terms, facts, answer, code) in cases {
        let policy = policy(&format!("[phase.release.{member}]\n{terms}\n"));
        let report = judge(&policy, &facts);
        let outcome = report.rule(rule).unwrap();
        assert_eq!(outcome.answer(), answer, "{terms}: {report}");
        assert!(
            codes(&report, rule).contains(&code),
            "{terms}: {code}: {report}"
        );
    }
}

fn bom(change: impl FnOnce(&mut BomFact)) -> ReleaseFacts {
    let mut fact = described();
    change(&mut fact);
    none().with_bom([fact])
}

fn one(text: &str) -> BTreeSet<String> {
    BTreeSet::from([text.to_owned()])
}

fn finding() -> Finding {
    Finding::new("it", "missing").about("thing")
}

#[test]
fn an_ml_bom_has_to_describe_exactly_these_files() {
    let other = Digest::sha256(b"other").to_string();
    let foreign = || bom(|fact| fact.foreign = one("extra.bin"));
    let unbound = || bom(|fact| fact.roots = BTreeSet::new());
    let unknown = || bom(|fact| fact.unknown = vec![finding()]);
    let cases = vec![
        ("bom", "", none(), CannotTell, "policy.bom.none"),
        (
            "bom",
            "",
            none().with_bom([]),
            CannotTell,
            "policy.bom.none",
        ),
        ("bom", "", bom(|_| {}), Pass, "policy.bom.listed"),
        ("bom", "", bom(|_| {}), Pass, "policy.bom.same"),
        (
            "bom",
            "",
            bom(|fact| fact.unlisted = Some(one("weights.bin"))),
            Fail,
            "policy.bom.unlisted",
        ),
        (
            "bom",
            "",
            bom(|fact| fact.unlisted = None),
            CannotTell,
            "policy.bom.no_files",
        ),
        (
            "bom",
            "",
            bom(|fact| fact.roots = one(&other)),
            Fail,
            "policy.bom.other_files",
        ),
        (
            "bom",
            "",
            bom(|fact| fact.roots.extend([other.clone()])),
            Fail,
            "policy.bom.other_files",
        ),
        ("bom", "", unbound(), Condition, "policy.bom.unbound"),
        (
            "bom",
            "unbound = 'block'",
            unbound(),
            Fail,
            "policy.bom.unbound",
        ),
        ("bom", "", foreign(), Fail, "policy.bom.foreign"),
        (
            "bom",
            "foreign = 'accept'",
            foreign(),
            Pass,
            "policy.bom.foreign",
        ),
        ("bom", "", unknown(), Condition, "it"),
        ("bom", "unknown = 'block'", unknown(), Fail, "it"),
        ("bom", "unknown = 'accept'", unknown(), Pass, "it"),
    ];
    come_to(PolicyRule::Bom, cases);
}

#[test]
fn a_lineage_can_lack_something_be_loose_or_be_wrong() {
    let with = |state| none().with_lineage([LineageFact::new(state, finding())]);
    let cases = vec![
        ("lineage", "", none(), CannotTell, "policy.lineage.none"),
        (
            "lineage",
            "",
            none().with_lineage([]),
            Pass,
            "policy.lineage.seen",
        ),
        ("lineage", "", with(LineageState::Unpinned), Condition, "it"),
        (
            "lineage",
            "unpinned = 'block'",
            with(LineageState::Unpinned),
            Fail,
            "it",
        ),
        ("lineage", "", with(LineageState::Gap), Fail, "it"),
        (
            "lineage",
            "gaps = 'condition'",
            with(LineageState::Gap),
            Condition,
            "it",
        ),
        (
            "lineage",
            "gaps = 'accept'",
            with(LineageState::Contradiction),
            Fail,
            "it",
        ),
        (
            "lineage",
            "contradictions = 'condition'",
            with(LineageState::Contradiction),
            Condition,
            "it",
        ),
    ];
    come_to(PolicyRule::Lineage, cases);
}

#[test]
fn what_is_affected_stops_a_release() {
    let hit = || {
        let path = Some("model -derived from-> base".to_owned());
        let fact = AffectedFact::new("base".to_owned(), "backdoored".to_owned(), path);
        none().with_supply_chain([fact])
    };
    let (member, code) = ("supply-chain", "policy.supply_chain.affected");
    let cases = vec![
        (member, "", none(), CannotTell, "policy.supply_chain.none"),
        (
            member,
            "",
            none().with_supply_chain([]),
            Pass,
            "policy.supply_chain.seen",
        ),
        (member, "", hit(), Fail, code),
        (member, "affected = 'condition'", hit(), Condition, code),
    ];
    come_to(PolicyRule::SupplyChain, cases);
    let report = judge(&policy("[phase.release.supply-chain]\n"), &hit());
    let text = report.to_string();
    let line = "fail: base: affected (backdoored): model -derived from-> base";
    assert!(text.contains(line), "{text}");
}

#[test]
fn advisories_that_are_not_certain_or_were_not_asked_are_no_pass() {
    let doubted = |severity| {
        let (id, component) = ("CVE-1".to_owned(), "torch".to_owned());
        let doubt = Some("the version is not known".to_owned());
        let fact = AdvisoryFact::new(id, component, severity, None, doubt);
        none().with_advisories([fact]).with_not_evaluated([])
    };
    let missed = || {
        let fact = NotEvaluatedFact::new("torch".to_owned(), "no package url".to_owned());
        none().with_advisories([]).with_not_evaluated([fact])
    };
    let silent = || none().with_advisories([]);
    let (member, code) = ("advisories", "policy.advisories.not_evaluated");
    let (unknown, minor) = ("policy.advisories.unknown", "policy.advisories.minor");
    let medium = "max-severity = 'medium'";
    let cases = vec![
        (member, "", none(), CannotTell, "policy.advisories.none"),
        (member, "", doubted(None), CannotTell, unknown),
        (
            member,
            "",
            doubted(Some(Severity::Low)),
            CannotTell,
            unknown,
        ),
        (
            member,
            medium,
            doubted(Some(Severity::Low)),
            Condition,
            minor,
        ),
        (
            member,
            medium,
            doubted(Some(Severity::High)),
            CannotTell,
            unknown,
        ),
        (member, "", missed(), Condition, code),
        (member, "not-evaluated = 'block'", missed(), Fail, code),
        (member, "not-evaluated = 'accept'", missed(), Pass, code),
        (
            member,
            "",
            silent(),
            Condition,
            "policy.advisories.no_coverage",
        ),
    ];
    come_to(PolicyRule::Advisories, cases);
}

#[test]
fn licenses_are_stated_and_looked_at() {
    let with = |license: Option<&str>, state| {
        let fact = LicenseFact::new("data".to_owned(), license.map(str::to_owned), state);
        none().with_licenses([fact])
    };
    let (member, advice) = ("licenses", "policy.licenses.advice");
    let code = "policy.licenses.none_stated";
    let nothing = || with(None, LicenseState::Unknown);
    let odd = || with(Some("odd"), LicenseState::Advice);
    let cases = vec![
        (member, "", nothing(), CannotTell, code),
        (
            member,
            "unlicensed = 'condition'",
            nothing(),
            Condition,
            code,
        ),
        (member, "unlicensed = 'block'", nothing(), Fail, code),
        (
            member,
            "unlicensed = 'accept'",
            with(Some("odd"), LicenseState::Unknown),
            CannotTell,
            "policy.licenses.unknown",
        ),
        (member, "", odd(), Condition, advice),
        (member, "advice = 'block'", odd(), Fail, advice),
        (member, "advice = 'accept'", odd(), Pass, advice),
    ];
    come_to(PolicyRule::Licenses, cases);
}

#[test]
fn what_is_met_in_part_is_as_the_policy_says() {
    let with = |found| {
        let state = SubcategoryState::Rated(found);
        let id = "MAP 1.1".parse().unwrap();
        none().with_subcategories([SubcategoryFact::new(id, state, None, Some(root()))])
    };
    let (in_part, below) = ("policy.subcategories.in_part", "policy.subcategories.below");
    let asks = "require = [{ subcategory = 'MAP 1.1' }]";
    let eased = format!("{asks}\nin-part = 'condition'");
    let part = "require = [{ subcategory = 'MAP 1.1', at-least = 'partially-met' }]";
    let member = "subcategories";
    let cases = vec![
        (member, asks, with(Attainment::PartiallyMet), Fail, in_part),
        (
            member,
            &eased,
            with(Attainment::PartiallyMet),
            Condition,
            in_part,
        ),
        (member, &eased, with(Attainment::NotMet), Fail, below),
        (
            member,
            part,
            with(Attainment::PartiallyMet),
            Pass,
            "policy.subcategories.rated",
        ),
    ];
    come_to(PolicyRule::Subcategories, cases);
}

#[test]
fn each_reason_of_a_phase_gate_counts() {
    let with = |answer| {
        let reasons = vec![(answer, finding())];
        let (phase, files) = (Phase::Release, Some(root()));
        let fact = PhaseGateFact::new(phase, PhaseDecision::Go, None, files, None, reasons);
        none().with_phase_gate([fact])
    };
    let member = "phase-gate";
    let cases = vec![
        (member, "", with(GateAnswer::Pass), Pass, "it"),
        (member, "", with(GateAnswer::Condition), Condition, "it"),
        (
            member,
            "conditions = 'block'",
            with(GateAnswer::Condition),
            Fail,
            "it",
        ),
        (member, "", with(GateAnswer::Unknown), CannotTell, "it"),
        (member, "", with(GateAnswer::Fail), Fail, "it"),
    ];
    come_to(PolicyRule::PhaseGate, cases);
}
