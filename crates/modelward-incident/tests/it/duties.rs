//! The reports of an incident, with stopped clocks and rules that do not apply.

use modelward_artifact::Timestamp;
use modelward_incident::{
    Answer, Due, EventKind, Fact, Incident, Moment, ObligationStatus, ReportingRules, Slug,
    WorkingCalendar,
};

use crate::{by, opened, text};

fn rule(id: &str) -> Slug {
    id.parse().unwrap()
}

fn at(hour: i64) -> Timestamp {
    Timestamp::from_unix_seconds(by(0).now().unix_seconds() + hour * 3600).unwrap()
}

fn toll(id: &str, since: i64, until: i64) -> EventKind {
    EventKind::ObligationTolled {
        rule: rule(id),
        why: text("asked by the police"),
        since: at(since),
        until: at(until),
    }
}

/// Personal data were breached, and a provider of a high-risk system is concerned.
fn breach() -> Incident {
    let mut incident = opened();
    for fact in [
        Fact::PersonalDataBreach,
        Fact::Provider,
        Fact::HighRiskSystem,
        Fact::Death,
    ] {
        let answer = Answer::Yes;
        let yes = EventKind::FactAnswered { fact, answer };
        incident.record(yes, &by(1)).unwrap();
    }
    let moment = Moment::Aware;
    let aware = EventKind::MomentStated { moment, at: at(0) };
    incident.record(aware, &by(1)).unwrap();
    incident
}

#[test]
fn a_stop_that_was_recorded_moves_the_due_time_and_one_that_cannot_be_is_returned() {
    let mut incident = breach();
    for event in [
        toll("gdpr/33", 24, 48),
        toll("gdpr/33", 30, 40),
        toll("dora/final", 1, 2),
    ] {
        incident.record(event, &by(2)).unwrap();
    }
    let (obligations, left) = incident.obligations(ReportingRules::built_in());
    let gdpr = obligations
        .iter()
        .find(|it| *it.rule().id() == rule("gdpr/33"))
        .unwrap();
    assert_eq!(gdpr.rule().due(), Due::Hours(72));
    let utc = WorkingCalendar::utc();
    assert_eq!(gdpr.due(&utc).unwrap().strict, at(96));
    assert_eq!(gdpr.tolls().len(), 1);
    // It lies within another; the rule of the third is none that may apply.
    let left: Vec<_> = left
        .iter()
        .map(|(rule, error)| (rule.as_str(), error.code()))
        .collect();
    assert_eq!(left[0], ("gdpr/33", "incident.obligation.toll"));
    assert!(
        left.iter()
            .all(|(_, code)| code.starts_with("incident.obligation.")),
        "{left:?}"
    );
    let stopped = gdpr.status(at(30), &utc);
    assert!(
        matches!(stopped, ObligationStatus::Tolled { .. }),
        "{stopped:?}"
    );
    let backward = incident.record(toll("gdpr/33", 9, 9), &by(3)).unwrap_err();
    assert!(
        backward.to_string().ends_with("it ends before it begins"),
        "{backward}"
    );
}

#[test]
fn a_rule_is_ruled_out_by_a_person_unless_the_report_was_sent() {
    let mut incident = breach();
    for id in ["gdpr/33", "eu-ai-act/73-4"] {
        let event = EventKind::ObligationRuledOut {
            rule: rule(id),
            why: text("synthetic data"),
        };
        incident.record(event, &by(2)).unwrap();
    }
    let sent = EventKind::ReportRecorded {
        rule: rule("eu-ai-act/73-4"),
        at: at(1),
        receipt: Some(text("no. 7")),
    };
    incident.record(sent, &by(3)).unwrap();
    let (why, who) = incident.ruled_out(&rule("gdpr/33")).unwrap();
    assert_eq!((why.as_str(), who), ("synthetic data", by(2).actor()));
    let (obligations, left) = incident.obligations(ReportingRules::built_in());
    let utc = WorkingCalendar::utc();
    let status = |id| {
        let mut all = obligations.iter();
        all.find(|it| *it.rule().id() == rule(id))
            .unwrap()
            .status(at(500), &utc)
    };
    assert!(matches!(
        status("gdpr/33"),
        ObligationStatus::NotApplicable { .. }
    ));
    assert!(matches!(status("eu-ai-act/73-4"), ObligationStatus::Met(_)));
    assert_eq!(left.len(), 1);
    assert_eq!(
        (left[0].0.as_str(), left[0].1.code()),
        ("eu-ai-act/73-4", "incident.obligation.settled")
    );
}

#[test]
fn a_look_at_the_reports_names_what_is_outstanding_until_something_changes() {
    let mut incident = breach();
    let rules = ReportingRules::built_in();
    let review = incident.review_obligations(rules, at(1)).unwrap();
    assert!(review.outstanding.contains_key(&rule("gdpr/33")));
    assert!(review.outstanding.contains_key(&rule("eu-ai-act/73-4")));
    // A reason for what is not outstanding is left out.
    let count = review.outstanding.len();
    let review = review.with_reason(&rule("acme/none"), text("no such rule"));
    assert_eq!(review.outstanding.len(), count);
    let other = ReportingRules::built_in().clone();
    let digest = incident.review_obligations(&other, at(9)).unwrap().rules;
    assert_eq!(digest, review.rules);

    let event = EventKind::ObligationRuledOut {
        rule: rule("gdpr/33"),
        why: text("synthetic data"),
    };
    incident.record(event, &by(2)).unwrap();
    let sent = EventKind::ReportRecorded {
        rule: rule("eu-ai-act/73-4"),
        at: at(1),
        receipt: None,
    };
    incident.record(sent, &by(2)).unwrap();
    let review = incident.review_obligations(rules, at(1)).unwrap();
    assert!(!review.outstanding.contains_key(&rule("gdpr/33")));
    assert!(!review.outstanding.contains_key(&rule("eu-ai-act/73-4")));
}
