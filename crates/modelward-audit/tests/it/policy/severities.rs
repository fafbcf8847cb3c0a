//! What a policy makes of severities: of advisories beside VEX, and of incidents.

use modelward_audit::{AdvisoryFact, IncidentFact, IncidentState, PolicyRule};
use modelward_graph::vex::VexStatus;
use modelward_incident::Severity;
use modelward_rmf::PhaseDecision;

use super::{codes, judge, none, policy};

/// A policy that lets no VEX clear anything judges what VEX clears as it judges the rest: what is minor
/// to it stays minor.
#[test]
fn what_vex_cannot_clear_is_judged_by_its_severity() {
    for (vex, severity, decision, code) in [
        (
            "block",
            Severity::Low,
            PhaseDecision::GoWithConditions,
            "policy.advisories.minor",
        ),
        (
            "block",
            Severity::High,
            PhaseDecision::NoGo,
            "policy.advisories.open",
        ),
        (
            "condition",
            Severity::High,
            PhaseDecision::GoWithConditions,
            "policy.advisories.vex",
        ),
    ] {
        let rules = format!("[phase.release.advisories]\nvex = '{vex}'\nmax-severity = 'medium'\n");
        let fixed = Some(VexStatus::Fixed);
        let fact = AdvisoryFact::new(
            "CVE-1".to_owned(),
            "torch".to_owned(),
            Some(severity),
            fixed,
            None,
        );
        let facts = none().with_advisories([fact]).with_not_evaluated([]);
        let report = judge(&policy(&rules), &facts);
        assert_eq!(report.decision(), decision, "{report}");
        assert!(
            codes(&report, PolicyRule::Advisories).contains(&code),
            "{report}"
        );
    }
}

#[test]
fn an_open_incident_is_a_condition_up_to_the_severity_that_the_policy_takes() {
    for (severity, decision, code) in [
        (
            Severity::Low,
            PhaseDecision::GoWithConditions,
            "policy.incidents.minor",
        ),
        (
            Severity::Medium,
            PhaseDecision::GoWithConditions,
            "policy.incidents.minor",
        ),
        (Severity::High, PhaseDecision::NoGo, "policy.incidents.open"),
    ] {
        let rules = "[phase.release.incidents]\nmax-severity = 'medium'\n";
        let touches = "the model itself".to_owned();
        let fact = IncidentFact::new("INC-1".to_owned(), severity, IncidentState::Open, touches);
        let report = judge(&policy(rules), &none().with_incidents([fact]));
        assert_eq!(report.decision(), decision, "{report}");
        assert!(
            codes(&report, PolicyRule::Incidents).contains(&code),
            "{report}"
        );
    }
}
