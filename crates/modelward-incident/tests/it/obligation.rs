use std::time::Duration;

use modelward_artifact::{JsonLimits, Party, Timestamp};
use modelward_incident::{
    Answer, Exclusion, Fact, Facts, Moment, Obligation, ObligationStatus, REMINDER_NOTICE,
    Reminders, ReportSent, ReportingRules, Toll, WorkingCalendar, applicable, due, select,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const AWARE: &str = "2026-11-23T10:00:00Z";

const HARMS: [Fact; 6] = [
    Fact::CriticalInfrastructure,
    Fact::Death,
    Fact::FundamentalRights,
    Fact::PropertyOrEnvironment,
    Fact::SeriousHarmToHealth,
    Fact::WidespreadInfringement,
];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn ada() -> Party {
    Party::new("Ada Example").unwrap()
}

fn facts(yes: &[Fact]) -> Facts {
    let facts = Facts::new().with_time(Moment::Aware, at(AWARE));
    Fact::ALL.into_iter().fold(facts, |facts, fact| {
        let answer = if yes.contains(&fact) {
            Answer::Yes
        } else {
            Answer::No
        };
        facts.with_answer(fact, answer, &ada())
    })
}

fn obligations(facts: &Facts) -> Vec<Obligation> {
    applicable(facts, ReportingRules::built_in().as_slice())
}

fn ids(obligations: &[Obligation]) -> Vec<&str> {
    obligations
        .iter()
        .map(|it| it.rule().id().as_str())
        .collect()
}

fn one(facts: &Facts, id: &str) -> Obligation {
    let found = obligations(facts);
    found
        .into_iter()
        .find(|it| it.rule().id().as_str() == id)
        .unwrap()
}

fn breach() -> Obligation {
    one(&facts(&[Fact::PersonalDataBreach]), "gdpr/33")
}

#[test]
fn facts_that_are_all_known_give_these_obligations() {
    let provider = [Fact::Provider, Fact::HighRiskSystem];
    let with = |more: &[Fact]| [&provider[..], more].concat();
    let gpai = [Fact::GpaiProvider, Fact::Death, Fact::WeightsExfiltrated];
    let bank = [Fact::FinancialEntity, Fact::MajorIctIncident];
    let cases: [(Vec<Fact>, &[&str]); 9] = [
        (vec![], &[]),
        (provider.to_vec(), &[]),
        (vec![Fact::Provider, Fact::Death], &[]),
        (with(&[Fact::SeriousHarmToHealth]), &["eu-ai-act/73-2"]),
        (
            with(&[Fact::SeriousHarmToHealth, Fact::Death]),
            &["eu-ai-act/73-4"],
        ),
        (with(&[Fact::WidespreadInfringement]), &["eu-ai-act/73-3"]),
        (
            with(&[Fact::Death, Fact::CriticalInfrastructure]),
            &["eu-ai-act/73-3"],
        ),
        (
            gpai.to_vec(),
            &[
                "gpai-cop/9.3-b",
                "gpai-cop/9.3-c",
                "gpai-cop/intermediate",
                "gpai-cop/final",
            ],
        ),
        (
            bank.to_vec(),
            &[
                "dora/initial-classified",
                "dora/initial-aware",
                "dora/intermediate",
                "dora/final",
            ],
        ),
    ];
    for (yes, expected) in cases {
        assert_eq!(ids(&obligations(&facts(&yes))), expected, "{yes:?}");
    }
}

#[test]
fn what_nobody_stated_has_to_be_found_out() {
    let unknown = Facts::new();
    let all = obligations(&unknown);
    assert_eq!(all.len(), ReportingRules::built_in().as_slice().len());
    for it in &all {
        assert!(!it.find_out().is_empty(), "{}", it.rule().id());
        assert_eq!(it.start(), None);
        assert_eq!(it.due(&WorkingCalendar::utc()), None);
    }
    let known = facts(&[Fact::Provider, Fact::HighRiskSystem, Fact::Death]);
    let half = known.with_answer(Fact::CriticalInfrastructure, Answer::Unknown, &ada());
    // Ten days for sure, and perhaps two.
    let found = obligations(&half);
    assert_eq!(ids(&found), ["eu-ai-act/73-3", "eu-ai-act/73-4"]);
    assert!(
        found[0]
            .find_out()
            .iter()
            .eq([&Fact::CriticalInfrastructure])
    );
    assert!(found[1].find_out().is_empty());
}

#[test]
fn every_rule_is_an_obligation_or_excluded_with_a_reason() {
    let facts = facts(&[
        Fact::Provider,
        Fact::HighRiskSystem,
        Fact::Death,
        Fact::Deployer,
    ]);
    let rules = ReportingRules::built_in().as_slice();
    let selection = select(&facts, rules);
    assert_eq!(
        selection.obligations.len() + selection.excluded.len(),
        rules.len()
    );
    let why = |id: &str| {
        let excluded = &selection.excluded;
        &excluded
            .iter()
            .find(|it| it.rule.as_str() == id)
            .unwrap()
            .why
    };
    let from = "2027-12-02".parse().unwrap();
    assert_eq!(why("eu-ai-act/26-5"), &Exclusion::NotInForce { from });
    let rule = "eu-ai-act/73-4".parse().unwrap();
    assert_eq!(why("eu-ai-act/73-2"), &Exclusion::ShorterApplies { rule });
    assert_eq!(why("gdpr/33"), &Exclusion::Facts);
    let later = facts.with_time(Moment::Aware, at("2027-12-02T00:00:00Z"));
    assert!(ids(&obligations(&later)).contains(&"eu-ai-act/26-5"));
}

proptest! {
    /// All answers to what Art. 73 asks, unknown ones too.
    #[test]
    fn of_article_73_exactly_the_shortest_is_left(answers in proptest::array::uniform6(0..3_u8)) {
        let mut known = facts(&[Fact::Provider, Fact::HighRiskSystem]);
        for (fact, answer) in HARMS.into_iter().zip(answers) {
            let answer = [Answer::No, Answer::Unknown, Answer::Yes][usize::from(answer)];
            known = known.with_answer(fact, answer, &ada());
        }
        let found = obligations(&known);
        let sure: Vec<_> = found.iter().filter(|it| it.find_out().is_empty()).collect();
        let is = |fact| known.answer(fact) == Answer::Yes;
        let shortest = if is(Fact::CriticalInfrastructure) || is(Fact::WidespreadInfringement) {
            Some("eu-ai-act/73-3")
        } else if is(Fact::Death) {
            Some("eu-ai-act/73-4")
        } else if HARMS.into_iter().any(is) {
            Some("eu-ai-act/73-2")
        } else {
            None
        };
        prop_assert_eq!(ids(&found).contains(&"eu-ai-act/73-2"), shortest == Some("eu-ai-act/73-2")
            || shortest.is_none() && HARMS[..5].iter().any(|fact| known.answer(*fact) != Answer::No));
        prop_assert_eq!(sure.first().map(|it| it.rule().id().as_str()), shortest);
        prop_assert!(sure.len() <= 1);
        let utc = WorkingCalendar::utc();
        let end = |it: &Obligation| it.due(&utc).unwrap().first();
        for it in &found {
            prop_assert!(sure.iter().all(|sure| end(it) <= end(sure)));
        }
    }
}

#[test]
fn all_combinations_of_known_facts_leave_one_rule_of_article_73() {
    for bits in 0..64_u32 {
        let harms = (0..6)
            .filter(|bit| bits >> bit & 1 == 1)
            .map(|bit| HARMS[bit]);
        let mut yes: Vec<_> = harms.collect();
        yes.extend([Fact::Provider, Fact::HighRiskSystem]);
        let found = obligations(&facts(&yes));
        assert_eq!(found.len(), usize::from(bits != 0), "{yes:?}");
    }
}

#[test]
fn an_obligation_is_open_then_overdue_then_met_late() {
    let utc = WorkingCalendar::utc();
    let mut it = breach();
    let due = at("2026-11-26T10:00:00Z");
    assert_eq!(it.status(due, &utc), ObligationStatus::Open);
    let late = at("2026-11-26T10:00:01Z");
    assert_eq!(it.status(late, &utc), ObligationStatus::Overdue);

    let early = it.meet(ReportSent::new(at("2026-11-23T09:59:59Z"), ada()));
    assert_eq!(
        early.unwrap_err().code(),
        "incident.obligation.before_start"
    );
    let report = ReportSent::new(late, ada()).with_receipt("no. 7".parse().unwrap());
    it.meet(report.clone()).unwrap();
    assert_eq!(it.status(late, &utc), ObligationStatus::Met(&report));
    assert!(it.was_late(&utc));
    let again = it.rule_out("sent".parse().unwrap(), ada());
    assert_eq!(again.unwrap_err().code(), "incident.obligation.settled");

    let mut in_time = breach();
    in_time.meet(ReportSent::new(due, ada())).unwrap();
    assert!(!in_time.was_late(&utc));
}

#[test]
fn a_person_rules_an_obligation_out_with_a_reason() {
    let utc = WorkingCalendar::utc();
    let mut it = breach();
    it.rule_out("the data were synthetic".parse().unwrap(), ada())
        .unwrap();
    let ObligationStatus::NotApplicable { why, by } = it.status(at("2027-01-01T00:00:00Z"), &utc)
    else {
        panic!("{it:?}")
    };
    assert_eq!((why.as_str(), by), ("the data were synthetic", &ada()));
    assert!(due(&[it], at("2027-01-01T00:00:00Z"), Duration::ZERO, &utc).is_empty());
}

#[test]
fn a_stopped_clock_moves_the_due_time_by_as_long() {
    let utc = WorkingCalendar::utc();
    let mut it = breach();
    let toll = |since: &str, until: &str| {
        Toll::new(
            "asked by the police".parse().unwrap(),
            ada(),
            at(since),
            at(until),
        )
    };
    it.toll(toll("2026-11-24T00:00:00Z", "2026-11-25T06:00:00Z"))
        .unwrap();
    let tolled = it.status(at("2026-11-25T05:59:59Z"), &utc);
    assert!(
        matches!(tolled, ObligationStatus::Tolled { .. }),
        "{tolled:?}"
    );
    assert_eq!(
        it.status(at("2026-11-25T06:00:00Z"), &utc),
        ObligationStatus::Open
    );
    let due = it.due(&utc).unwrap();
    assert_eq!(due.strict, at("2026-11-27T16:00:00Z"));
    assert_eq!(
        it.status(at("2026-11-27T16:00:01Z"), &utc),
        ObligationStatus::Overdue
    );

    for (since, until) in [
        ("2026-11-25T05:00:00Z", "2026-11-26T00:00:00Z"),
        ("2026-11-26T05:00:00Z", "2026-11-26T05:00:00Z"),
        ("2026-11-27T16:00:01Z", "2026-11-28T00:00:00Z"),
    ] {
        let error = it.toll(toll(since, until)).unwrap_err();
        assert_eq!(error.code(), "incident.obligation.toll", "{since}");
    }
    assert_eq!(it.tolls().len(), 1);
    let bank = facts(&[Fact::FinancialEntity, Fact::MajorIctIncident]);
    let mut waits = one(&bank, "dora/final");
    let error = waits.toll(toll("2026-11-25T05:00:00Z", "2026-11-26T00:00:00Z"));
    assert_eq!(error.unwrap_err().code(), "incident.obligation.no_clock");
}

#[test]
fn reports_start_the_clocks_of_those_that_follow() {
    let utc = WorkingCalendar::utc();
    let sent = |text: &str| ReportSent::new(at(text), ada());
    let model = facts(&[Fact::GpaiProvider, Fact::Death]);
    let first = model.with_report(
        "gpai-cop/9.3-c".parse().unwrap(),
        sent("2026-11-30T09:00:00Z"),
    );
    let it = one(&first, "gpai-cop/9.3-c");
    let status = it.status(at("2027-11-30T09:00:00Z"), &utc);
    assert!(matches!(status, ObligationStatus::Met(_)), "{status:?}");
    let next = one(&first, "gpai-cop/intermediate").due(&utc).unwrap();
    assert_eq!(next.strict, at("2026-12-28T09:00:00Z"));

    let second = first
        .with_report(
            "gpai-cop/intermediate".parse().unwrap(),
            sent("2026-12-20T09:00:00Z"),
        )
        .with_report(
            "gpai-cop/intermediate".parse().unwrap(),
            sent("2026-12-01T09:00:00Z"),
        );
    let next = one(&second, "gpai-cop/intermediate");
    assert_eq!(next.due(&utc).unwrap().strict, at("2027-01-17T09:00:00Z"));
    let overdue = next.status(at("2027-01-18T09:00:00Z"), &utc);
    assert_eq!(overdue, ObligationStatus::Overdue);

    let done = second.with_time(Moment::Resolved, at("2027-01-10T09:00:00Z"));
    assert_eq!(
        ids(&obligations(&done)),
        ["gpai-cop/9.3-c", "gpai-cop/final"]
    );
    let last = one(&done, "gpai-cop/final").due(&utc).unwrap();
    assert_eq!(last.strict, at("2027-03-11T09:00:00Z"));
}

fn bank_and_provider() -> Facts {
    let yes = [
        Fact::PersonalDataBreach,
        Fact::FinancialEntity,
        Fact::MajorIctIncident,
        Fact::Provider,
        Fact::HighRiskSystem,
        Fact::WidespreadInfringement,
    ];
    facts(&yes).with_time(Moment::Classified, at("2026-11-23T12:00:00Z"))
}

#[test]
fn the_most_urgent_comes_first() {
    let utc = WorkingCalendar::utc();
    let all = obligations(&bank_and_provider());
    let within = |hours: u64| {
        let found = due(
            &all,
            at("2026-11-23T13:00:00Z"),
            Duration::from_secs(hours * 3600),
            &utc,
        );
        found
            .iter()
            .map(|it| it.rule().id().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(within(1), [""; 0]);
    assert_eq!(
        within(24),
        ["dora/initial-classified", "dora/initial-aware"]
    );
    assert_eq!(
        within(1000),
        [
            "dora/initial-classified",
            "dora/initial-aware",
            "eu-ai-act/73-3",
            "gdpr/33"
        ]
    );
}

#[test]
fn reminders_carry_the_notice_and_leave_nothing_out() {
    let utc = WorkingCalendar::utc();
    let all = obligations(&bank_and_provider());
    let now = at("2026-11-24T13:00:00Z");
    let reminders = Reminders::new(&all, now, &utc);
    let json: Value = serde_json::from_slice(&reminders.to_json().unwrap()).unwrap();
    assert_eq!(json["notice"], REMINDER_NOTICE);
    assert!(REMINDER_NOTICE.contains("reminder") && REMINDER_NOTICE.contains("not legal advice"));
    let rows = json["reminders"].as_array().unwrap();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row["rule"].as_str(), row["status"].as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            (Some("dora/initial-classified"), Some("overdue")),
            (Some("dora/initial-aware"), Some("overdue")),
            (Some("eu-ai-act/73-3"), Some("open")),
            (Some("gdpr/33"), Some("open")),
            (Some("dora/final"), Some("open")),
            (Some("dora/intermediate"), Some("open")),
        ]
    );
    let text = reminders.to_string();
    assert!(
        text.contains("gdpr/33: open, due 2026-11-26T10:00:00Z (2026-11-26T11:00:00Z)"),
        "{text}"
    );
    assert!(
        text.contains("dora/final: open, the clock has not started"),
        "{text}"
    );
}

#[test]
fn facts_read_back_and_name_who_set_them() {
    let facts = facts(&[Fact::Death])
        .with_report("a/b".parse().unwrap(), ReportSent::new(at(AWARE), ada()));
    let json = serde_json::to_value(&facts).unwrap();
    assert_eq!(json["answers"]["death"]["answer"], "yes");
    assert_eq!(json["answers"]["death"]["setBy"], "Ada Example");
    assert_eq!(
        serde_json::from_value::<Facts>(json.clone()).unwrap(),
        facts
    );
    let mut nobody = json;
    nobody["answers"]["death"]
        .as_object_mut()
        .unwrap()
        .remove("setBy");
    assert!(serde_json::from_value::<Facts>(nobody).is_err());
}

#[test]
fn a_fact_may_keep_a_rule_from_applying() {
    let document = json!({"schema": "modelward.reporting-rules/1", "rules": [{
        "id": "acme/board", "regime": "House rules", "basis": "7", "statement": "Tell the board.",
        "quote": "within one day", "source": "wiki", "retrieved": "2026-11-26",
        "trigger": {"any": ["death", "deployer"], "none": ["provider"]},
        "start": {"moment": "aware"}, "due": {"days": 1}, "initialReport": "allowed",
        "recipient": "the board",
    }]});
    let bytes = document.to_string();
    let rules = ReportingRules::from_json(bytes.as_bytes(), &JsonLimits::default()).unwrap();
    let cases = [
        (Answer::Yes, Answer::No, Some(vec![])),
        (Answer::Yes, Answer::Unknown, Some(vec![Fact::Provider])),
        (Answer::Yes, Answer::Yes, None),
        (Answer::No, Answer::No, None),
        (Answer::No, Answer::Unknown, None),
        (Answer::Unknown, Answer::No, Some(vec![Fact::Death])),
        (
            Answer::Unknown,
            Answer::Unknown,
            Some(vec![Fact::Death, Fact::Provider]),
        ),
    ];
    for (death, provider, expected) in cases {
        let known = facts(&[])
            .with_answer(Fact::Death, death, &ada())
            .with_answer(Fact::Provider, provider, &ada());
        let found = applicable(&known, rules.as_slice());
        let asked = found
            .first()
            .map(|it| it.find_out().iter().copied().collect());
        assert_eq!(asked, expected, "{death:?} {provider:?}");
    }
}
