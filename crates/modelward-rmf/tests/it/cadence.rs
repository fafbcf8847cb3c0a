use std::collections::BTreeMap;

use modelward_artifact::{Date, JsonLimits, Timestamp};
use modelward_rmf::{
    Assessment, AuditCadence, AuditInputs, AuditItem, AuditReason, CadenceRule, CadenceScope,
    ChangeEvent, Phase, RiskRegister, Subcategory, Trigger,
};
use proptest::prelude::{Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};

use crate::assessment::id;
use crate::gate::{assessment, now, put, register};
use crate::treatment::{at, day};

fn cadence(default: CadenceRule, overrides: &[(&str, CadenceRule)]) -> AuditCadence {
    let id = "org.cadence".parse().unwrap();
    let builder = AuditCadence::builder(id, "1".parse().unwrap(), default);
    let overrides = overrides.iter();
    let builder = overrides.fold(builder, |builder, (scope, rule)| {
        builder.with(scope.parse().unwrap(), rule.clone())
    });
    builder.build().unwrap()
}

fn read(value: &Value) -> Assessment {
    Assessment::from_json(value.to_string().as_bytes(), &JsonLimits::default()).unwrap()
}

fn event(kind: Trigger, when: &str) -> ChangeEvent {
    ChangeEvent::new(kind, at(when), "7".parse().unwrap())
}

/// A cadence that asks for MEASURE 2.7 alone, which the sample rates.
fn one(rule: CadenceRule) -> AuditCadence {
    cadence(CadenceRule::nothing(), &[("MEASURE 2.7", rule)])
}

fn codes(items: &[AuditItem]) -> Vec<(&'static str, String)> {
    let items = items.iter();
    items
        .map(|it| (it.reason().code(), it.since().to_string()))
        .collect()
}

#[test]
fn the_most_specific_rule_holds() {
    let days = CadenceRule::max_age_days;
    let cadence = cadence(
        days(1),
        &[
            ("MEASURE", days(2)),
            ("testing", days(9).after(Trigger::ModelChanged)),
            ("operation", days(8).after(Trigger::Released)),
            ("MEASURE 3", days(3)),
            ("MEASURE 3.1", days(4)),
        ],
    );
    let both = days(8)
        .after(Trigger::ModelChanged)
        .after(Trigger::Released);
    let cases = [
        ("GOVERN 1.1", days(1)),
        ("MEASURE 2.9", days(9).after(Trigger::ModelChanged)),
        ("MEASURE 2.12", days(8).after(Trigger::Released)),
        ("MEASURE 2.7", both),
        ("MEASURE 3.1", days(4)),
        ("MEASURE 3.2", days(3)),
    ];
    for (subcategory, rule) in cases {
        assert_eq!(cadence.rule(id(subcategory)), rule, "{subcategory}");
    }
    let scopes: Vec<_> = cadence.overrides().map(|(scope, _)| scope).collect();
    assert_eq!(scopes.len(), 5);
    assert!(scopes.contains(&CadenceScope::Phase(Phase::Testing)));
    let function_alone = self::cadence(days(1), &[("MEASURE", days(2))]);
    assert_eq!(function_alone.rule(id("MEASURE 2.7")), days(2));
}

#[test]
fn each_reason_has_its_time() {
    let assessed = assessment();
    let all = CadenceRule::max_age_days(2)
        .with_max_evidence_age_days(4)
        .after(Trigger::ModelChanged)
        .after(Trigger::IncidentOpened);
    let events = [
        event(Trigger::ModelChanged, "2026-11-26T10:00:00Z"),
        event(Trigger::IncidentOpened, "2026-11-23T10:00:00Z"),
        event(Trigger::IncidentOpened, "2026-11-23T09:59:59Z"),
        event(Trigger::BomChanged, "2026-11-24T10:00:00Z"),
        event(Trigger::ModelChanged, "2026-11-26T10:00:01Z"),
    ];
    let mut expiring = assessed.clone();
    put(&mut expiring, "/evidence/E-2/expires", json!("2026-11-25"));
    let expiring = read(&expiring);
    let inputs = AuditInputs::new(&expiring).with_events(&events);
    let due = one(all.clone()).due(&inputs, now());
    let time = |code, time: &str| (code, time.to_owned());
    assert_eq!(
        codes(&due),
        [
            time("rmf.audit.event", "2026-11-23T10:00:00Z"),
            time("rmf.audit.evidence_old", "2026-11-25T00:00:00Z"),
            time("rmf.audit.age", "2026-11-26T00:00:00Z"),
            time("rmf.audit.evidence_expired", "2026-11-26T00:00:00Z"),
            time("rmf.audit.event", "2026-11-26T10:00:00Z"),
        ],
    );
    assert_eq!(
        due[2].reason(),
        &AuditReason::Age {
            last: day("2026-11-25")
        }
    );
    let texts: Vec<_> = due.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "MEASURE 2.7: incident-opened at 2026-11-23T10:00:00Z: 7 [rmf.audit.event], due from 2026-11-23T10:00:00Z",
            "MEASURE 2.7: evidence E-2 was recent until 2026-11-24 [rmf.audit.evidence_old], due from 2026-11-25T00:00:00Z",
            "MEASURE 2.7: the assessment was recent until 2026-11-25 [rmf.audit.age], due from 2026-11-26T00:00:00Z",
            "MEASURE 2.7: evidence E-2 expired on 2026-11-25 [rmf.audit.evidence_expired], due from 2026-11-26T00:00:00Z",
            "MEASURE 2.7: model-changed at 2026-11-26T10:00:00Z: 7 [rmf.audit.event], due from 2026-11-26T10:00:00Z",
        ],
    );
    let next = one(all).next_due(&inputs, now(), 0);
    assert_eq!(
        codes(&next),
        [time("rmf.audit.event", "2026-11-26T10:00:01Z")]
    );
}

#[test]
fn what_is_due_next_comes_within_the_days_asked_for() {
    let assessed = read(&assessment());
    let inputs = AuditInputs::new(&assessed);
    let cadence = one(CadenceRule::max_age_days(10));
    assert!(cadence.due(&inputs, now()).is_empty());
    // The last day is 2026-12-03, so it is due from the start of the fourth.
    assert!(cadence.next_due(&inputs, now(), 7).is_empty());
    let next = cadence.next_due(&inputs, now(), 8);
    assert_eq!(
        codes(&next),
        [("rmf.audit.age", "2026-12-04T00:00:00Z".to_owned())]
    );
    assert_eq!(cadence.next_due(&inputs, now(), u32::MAX).len(), 2);
}

#[test]
fn what_was_never_assessed_is_due_unless_nothing_is_asked() {
    let assessed = read(&assessment());
    let inputs = AuditInputs::new(&assessed);
    let due = cadence(CadenceRule::max_age_days(365), &[]).due(&inputs, now());
    assert_eq!(due.len(), 70);
    let never = |it: &AuditItem| *it.reason() == AuditReason::NeverAssessed;
    assert!(
        due.iter()
            .all(|it| never(it) && it.since() == at("2026-11-23T10:00:00Z"))
    );
    let silent = cadence(
        CadenceRule::max_age_days(365),
        &[("GOVERN", CadenceRule::nothing())],
    );
    assert_eq!(silent.due(&inputs, now()).len(), 51);
    assert!(
        cadence(CadenceRule::nothing(), &[])
            .due(&inputs, now())
            .is_empty()
    );
}

#[test]
fn an_assessment_from_the_future_is_due_now() {
    let mut assessed = assessment();
    put(&mut assessed, "/assessedAt", json!("2027-01-01T00:00:00Z"));
    let assessed = read(&assessed);
    let inputs = AuditInputs::new(&assessed);
    let due = cadence(CadenceRule::max_age_days(365), &[]).due(&inputs, now());
    assert_eq!(due.len(), 72);
    let future = due
        .iter()
        .filter(|it| *it.reason() == AuditReason::InFuture);
    assert_eq!(future.count(), 2);
}

#[test]
fn a_risk_that_is_identified_or_changes_is_an_event_for_its_subcategories() {
    let assessed = read(&assessment());
    let mut risks = register();
    put(
        &mut risks,
        "/risks/R-1/subcategories",
        json!(["MEASURE 2.7"]),
    );
    put(
        &mut risks,
        "/risks/R-1/identifiedAt",
        json!("2026-11-24T10:00:00Z"),
    );
    put(
        &mut risks,
        "/risks/R-1/history",
        json!([{"at": "2026-11-25T10:00:00Z", "by": "Ada", "change": {"kind": "noted", "text": "Looked at."}}]),
    );
    let risks = RiskRegister::from_json(risks.to_string().as_bytes(), &JsonLimits::default());
    let risks = risks.unwrap();
    let rule = CadenceRule::nothing().after(Trigger::RiskChanged);
    let cadence = cadence(
        CadenceRule::nothing(),
        &[("MEASURE 2.7", rule.clone()), ("MAP 1.1", rule)],
    );
    let inputs = AuditInputs::new(&assessed).with_register(&risks);
    let due = cadence.due(&inputs, now());
    let found: Vec<_> = due
        .iter()
        .map(|it| (it.subcategory(), it.since().to_string()))
        .collect();
    assert_eq!(
        found,
        [
            (id("MEASURE 2.7"), "2026-11-24T10:00:00Z".to_owned()),
            (id("MEASURE 2.7"), "2026-11-25T10:00:00Z".to_owned()),
        ],
    );
    assert!(
        due[0]
            .to_string()
            .contains("risk-changed at 2026-11-24T10:00:00Z: risk R-1")
    );
    assert!(cadence.due(&AuditInputs::new(&assessed), now()).is_empty());
}

fn document() -> Value {
    json!({
        "schema": "modelward.audit-cadence/1",
        "framework": "AI RMF 1.0",
        "id": "org.cadence",
        "version": "1",
        "default": {"maxAgeDays": 365, "maxEvidenceAgeDays": null, "triggers": []},
        "overrides": {
            "MEASURE": {"maxAgeDays": 180, "maxEvidenceAgeDays": 365, "triggers": ["bom-changed", "model-changed"]},
            "release": {"maxAgeDays": null, "maxEvidenceAgeDays": null, "triggers": ["released"]},
            "MANAGE 4.3": {"maxAgeDays": 90, "maxEvidenceAgeDays": null, "triggers": ["incident-closed"]},
        },
    })
}

#[test]
fn a_cadence_survives_and_has_one_form() {
    let read = |value: &Value| {
        AuditCadence::from_json(value.to_string().as_bytes(), &JsonLimits::default()).unwrap()
    };
    let first = read(&document());
    assert_eq!(serde_json::to_value(&first).unwrap(), document());
    let bytes = first.to_json().unwrap();
    let again = AuditCadence::from_json(&bytes, &JsonLimits::default()).unwrap();
    assert_eq!(
        (again.digest(), again.to_json().unwrap()),
        (first.digest(), bytes)
    );
    let mut respelled = document();
    let rule = respelled["overrides"]["release"].clone();
    put(&mut respelled, "/overrides/release", json!("-"));
    put(&mut respelled, "/overrides/Deployment", rule);
    assert_eq!(read(&respelled).digest(), first.digest());
    for (pointer, value) in [
        ("/id", json!("org.other")),
        ("/version", json!("2")),
        ("/default/maxAgeDays", json!(1)),
        ("/overrides/MEASURE/triggers", json!([])),
    ] {
        let mut changed = document();
        put(&mut changed, pointer, value);
        assert_ne!(read(&changed).digest(), first.digest(), "{pointer}");
    }
}

#[test]
fn what_is_no_cadence_is_refused_and_named() {
    let rule = json!({"maxAgeDays": 1, "maxEvidenceAgeDays": null, "triggers": []});
    let cases = [
        (
            "/schema",
            json!("modelward.gate-policy/1"),
            "rmf.read.schema",
            "unknown schema `modelward.gate-policy/1`, expected `modelward.audit-cadence/1`",
        ),
        (
            "/framework",
            json!("AI RMF 2.0"),
            "rmf.read.framework",
            "unknown framework `AI RMF 2.0`, expected `AI RMF 1.0`",
        ),
        (
            "/overrides/ms",
            rule.clone(),
            "rmf.read.shape",
            "`overrides` is not valid",
        ),
        (
            "/overrides/MEASURE 9",
            rule,
            "rmf.read.shape",
            "`overrides.MEASURE 9` is not valid",
        ),
        (
            "/default/triggers",
            json!(["full-moon"]),
            "rmf.read.shape",
            "`default.triggers[0]` is not valid",
        ),
        (
            "/default/maxAgeDays",
            json!("-"),
            "rmf.read.shape",
            "`default` is not valid",
        ),
        (
            "/default",
            json!("-"),
            "rmf.read.missing",
            "document has no member `default`",
        ),
        (
            "/note",
            json!("a"),
            "rmf.read.unknown",
            "unknown member `note`",
        ),
    ];
    for (pointer, value, code, message) in cases {
        let mut changed = document();
        put(&mut changed, pointer, value);
        let error = AuditCadence::from_json(changed.to_string().as_bytes(), &JsonLimits::default());
        let error = error.unwrap_err();
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            (code, message),
            "{pointer}"
        );
    }
    let twice = AuditCadence::builder(
        "a".parse().unwrap(),
        "1".parse().unwrap(),
        CadenceRule::nothing(),
    )
    .with("GOVERN 1".parse().unwrap(), CadenceRule::nothing())
    .with("gv-1".parse().unwrap(), CadenceRule::max_age_days(1))
    .build()
    .unwrap_err();
    assert_eq!(
        (twice.code(), twice.to_string().as_str()),
        (
            "rmf.audit_cadence.twice",
            "audit cadence has two rules for GOVERN 1"
        ),
    );
}

#[test]
fn our_cadence_asks_something_of_each_subcategory() {
    let ours = AuditCadence::recommended();
    for subcategory in Subcategory::ALL {
        let rule = ours.rule(subcategory);
        assert!(
            rule.age_days().is_some_and(|days| days <= 365),
            "{subcategory}"
        );
        assert!(!rule.triggers().is_empty(), "{subcategory}");
    }
    assert!(ours.rule(id("GOVERN 1.6")).waits_for(Trigger::BomChanged));
    assert!(
        ours.rule(id("MEASURE 2.7"))
            .waits_for(Trigger::ModelChanged)
    );
    assert!(
        ours.rule(id("MANAGE 4.3"))
            .waits_for(Trigger::IncidentClosed)
    );
    let read = AuditCadence::from_json(&ours.to_json().unwrap(), &JsonLimits::default());
    assert_eq!(read.unwrap(), ours);
}

#[test]
fn triggers_have_names() {
    for trigger in Trigger::ALL {
        assert_eq!(json!(trigger), json!(trigger.name()));
    }
    assert!(Trigger::ALL.is_sorted());
}

/// Days after 2026-01-01, at noon.
fn noon(days: u32) -> Timestamp {
    let day = day("2026-01-01").checked_add_days(days).unwrap();
    at(&format!("{day}T12:00:00Z"))
}

fn rule() -> impl Strategy<Value = CadenceRule> {
    let age = prop::option::of(0..40_u32);
    let triggers = prop::collection::vec(0..Trigger::ALL.len(), 0..3);
    (age.clone(), age, triggers).prop_map(|(age, evidence, triggers)| {
        let triggers: Vec<_> = triggers.iter().map(|at| Trigger::ALL[*at].name()).collect();
        serde_json::from_value(
            json!({"maxAgeDays": age, "maxEvidenceAgeDays": evidence, "triggers": triggers}),
        )
        .unwrap()
    })
}

/// Rates every third subcategory and says of every third that it does not apply.
fn rated(assessed: u32, collected: u32, expires: Option<u32>) -> Assessment {
    let mut document = assessment();
    let current: BTreeMap<_, _> = Subcategory::ALL
        .into_iter()
        .filter_map(|subcategory| {
            let stated = match subcategory.index() % 3 {
                0 => json!({"determination": "rated", "level": "met", "rationale": "a", "evidence": ["E-1"]}),
                1 => json!({"determination": "not-applicable", "justification": "a"}),
                _ => return None,
            };
            Some((subcategory.to_string(), stated))
        })
        .collect();
    document["assessedAt"] = json!(noon(assessed));
    document["current"] = json!(current);
    document["evidence"]["E-1"]["collected"] = json!(noon(collected));
    let expires = expires.map(|days| noon(collected + days).date());
    document["evidence"]["E-1"]["expires"] = json!(expires);
    if expires.is_none() {
        put(&mut document, "/evidence/E-1/expires", json!("-"));
    }
    read(&document)
}

/// What is due, day by day, as somebody would count it on a calendar.
fn naive(
    rule: &CadenceRule,
    assessed: &Assessment,
    events: &[ChangeEvent],
    now: Timestamp,
) -> usize {
    if rule.is_nothing() {
        return 0;
    }
    let days = |since: Timestamp| now.date().days_since(since.date());
    let older = |since: Timestamp, most: Option<u32>| {
        most.is_some_and(|most| days(since).is_some_and(|days| days > most))
    };
    let evidence = assessed.evidence_of(&"E-1".parse().unwrap()).unwrap();
    let is_expired = evidence
        .expires()
        .is_some_and(|last: Date| last < now.date());
    let mut count = 0;
    for subcategory in Subcategory::ALL {
        if subcategory.index() % 3 == 2 {
            count += 1;
            continue;
        }
        count += usize::from(assessed.assessed_at() > now);
        count += usize::from(older(assessed.assessed_at(), rule.age_days()));
        let heard = events.iter().filter(|event| {
            rule.waits_for(event.kind())
                && event.at() <= now
                && event.at() >= assessed.assessed_at()
        });
        count += heard.count();
        if subcategory.index() % 3 == 0 {
            count += usize::from(is_expired);
            count += usize::from(older(evidence.collected(), rule.evidence_age_days()));
        }
    }
    count
}

fn events() -> impl Strategy<Value = Vec<ChangeEvent>> {
    let event = (0..Trigger::ALL.len(), 0..80_u32);
    prop::collection::vec(event, 0..6).prop_map(|events| {
        let events = events.into_iter().enumerate();
        let events = events.map(|(at, (kind, days))| {
            let subject = format!("event {at}").parse().unwrap();
            ChangeEvent::new(Trigger::ALL[kind], noon(days), subject)
        });
        events.collect()
    })
}

proptest! {
    #[test]
    fn what_is_due_is_what_a_calendar_says(
        rule in rule(),
        assessed in 0..80_u32,
        dates in (0..80_u32, prop::option::of(0..40_u32)),
        events in events(),
        today in 0..80_u32,
    ) {
        let assessed = rated(assessed, dates.0, dates.1);
        let cadence = cadence(rule.clone(), &[]);
        let inputs = AuditInputs::new(&assessed).with_events(&events);
        let due = cadence.due(&inputs, noon(today));
        prop_assert!(due.is_sorted());
        prop_assert_eq!(due.len(), naive(&rule, &assessed, &events, noon(today)));
    }

    #[test]
    fn what_is_due_next_is_what_is_due_then_and_not_now(
        rule in rule(),
        dates in (0..80_u32, prop::option::of(0..40_u32)),
        events in events(),
        days in (0..80_u32, 0..80_u32),
        turn in any::<bool>(),
    ) {
        let (today, within) = days;
        let assessed = rated(0, dates.0, dates.1);
        let cadence = cadence(rule, &[]);
        let mut turned = events.clone();
        if turn {
            turned.reverse();
        }
        let inputs = AuditInputs::new(&assessed).with_events(&turned);
        let now = noon(today);
        let end = now.date().checked_add_days(within).unwrap();
        let then = at(&format!("{end}T23:59:59.999Z"));
        let mut both = cadence.due(&inputs, now);
        both.extend(cadence.next_due(&inputs, now, within));
        let inputs = AuditInputs::new(&assessed).with_events(&events);
        prop_assert_eq!(both, cadence.due(&inputs, then));
    }
}
