use modelward_artifact::{Date, Digest, Finding, JsonLimits, Party, Timestamp};
use modelward_incident::{
    Backup, Category, Contact, Exercise, IncidentPolicy, NearMisses, Playbook, PolicyKind,
    PolicySet, ReadListError, Readiness, RmfAction,
};
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-11-26T10:00:00Z".parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn ada() -> Party {
    Party::new("Ada Example").unwrap()
}

fn draft(id: &str, kind: PolicyKind) -> IncidentPolicy {
    let (title, version) = ("A policy".parse().unwrap(), "1".parse().unwrap());
    IncidentPolicy::draft(id.parse().unwrap(), kind, title, version)
        .at("https://example.org/p".parse().unwrap())
}

fn policy(id: &str, kind: PolicyKind) -> IncidentPolicy {
    draft(id, kind)
        .with_owner(ada())
        .approved(day("2026-01-15"), day("2026-11-26"))
}

fn complete() -> Vec<IncidentPolicy> {
    let all = PolicyKind::ALL.into_iter();
    all.map(|kind| {
        policy(kind.name(), kind)
            .with_near_misses(NearMisses::Covered)
            .serving(RmfAction::INCIDENT_RESPONSE)
    })
    .collect()
}

fn lines(gaps: &[Finding]) -> Vec<String> {
    let line = |gap: &Finding| format!("{} {}", gap.subject().unwrap_or("-"), gap.code());
    gaps.iter().map(line).collect()
}

fn gaps(policies: Vec<IncidentPolicy>) -> Vec<String> {
    lines(&PolicySet::new(policies).unwrap().gaps(now()))
}

#[test]
fn a_complete_set_has_no_gaps_until_a_review_is_overdue() {
    let set = PolicySet::new(complete()).unwrap();
    assert_eq!(set.gaps(now()), []);
    let next_day = set.gaps("2026-11-27T00:00:00Z".parse().unwrap());
    assert_eq!(next_day.len(), 5);
    assert_eq!(
        next_day[0].to_string(),
        "ai-guidelines: the review was due by 2026-11-26 [incident.policy.review_overdue]"
    );
}

#[test]
fn an_empty_set_lacks_every_kind_and_every_action() {
    assert_eq!(
        gaps(vec![]),
        [
            "GOVERN 4.3 incident.policy.unserved",
            "GOVERN 6.2 incident.policy.unserved",
            "MANAGE 2.3 incident.policy.unserved",
            "MANAGE 2.4 incident.policy.unserved",
            "MANAGE 4.1 incident.policy.unserved",
            "MANAGE 4.3 incident.policy.unserved",
            "ai-guidelines incident.policy.missing",
            "disclosing incident.policy.missing",
            "documenting incident.policy.missing",
            "information-sharing incident.policy.missing",
            "reporting incident.policy.missing",
        ]
    );
}

#[test]
fn each_gap_of_a_policy_is_named() {
    let kind = PolicyKind::Reporting;
    let without = |left: IncidentPolicy| {
        let mut all = complete();
        all.retain(|it| it.kind() != kind);
        all.push(left);
        gaps(all)
    };
    assert_eq!(
        without(draft("new", kind).with_owner(ada())),
        [
            "new incident.policy.not_approved",
            "reporting incident.policy.missing"
        ]
    );
    let ownerless = draft("new", kind).approved(day("2026-01-15"), day("2027-01-15"));
    assert_eq!(without(ownerless), ["new incident.policy.no_owner"]);
    let tomorrow = policy("new", kind).approved(day("2026-11-27"), day("2027-01-15"));
    assert_eq!(
        without(tomorrow),
        [
            "new incident.policy.not_approved",
            "reporting incident.policy.missing"
        ]
    );
    let json = json!({"id": "new", "kind": "reporting", "title": "A policy", "version": "1",
        "owner": "Ada Example", "approvedOn": "2026-01-15"});
    let undated: IncidentPolicy = serde_json::from_value(json).unwrap();
    assert_eq!(
        without(undated),
        [
            "new incident.policy.no_location",
            "new incident.policy.no_review"
        ]
    );

    let mut no_near_misses = complete();
    no_near_misses.retain(|it| it.kind() != PolicyKind::InformationSharing);
    no_near_misses.push(policy("share", PolicyKind::InformationSharing));
    assert_eq!(
        gaps(no_near_misses),
        ["information-sharing incident.policy.near_misses"]
    );
}

#[test]
fn an_approved_policy_takes_the_place_of_another_and_a_draft_does_not() {
    let old = || policy("old", PolicyKind::Reporting);
    let of = |policies: Vec<IncidentPolicy>| {
        let set = PolicySet::new(policies).unwrap();
        let ids = set
            .in_force(now())
            .into_iter()
            .map(|it| it.id().to_string());
        ids.collect::<Vec<_>>()
    };
    let id = || "old".parse().unwrap();
    let new = policy("new", PolicyKind::Reporting).superseding(id());
    assert_eq!(of(vec![old(), new]), ["new"]);
    let new = draft("new", PolicyKind::Reporting).superseding(id());
    assert_eq!(of(vec![old(), new]), ["old"]);
}

#[test]
fn policies_that_replace_each_other_in_a_circle_are_refused() {
    let kind = PolicyKind::Reporting;
    let over = |id: &str, old: &str| policy(id, kind).superseding(old.parse().unwrap());
    let cases = [
        vec![over("a", "a")],
        vec![over("a", "b"), over("b", "a")],
        vec![
            over("x", "a"),
            over("a", "b"),
            over("b", "c"),
            over("c", "a"),
        ],
    ];
    for policies in cases {
        let error = PolicySet::new(policies).unwrap_err();
        assert_eq!(error.code(), "incident.list.circle");
    }
    let chain = vec![
        over("a", "b"),
        over("b", "c"),
        over("d", "b"),
        policy("c", kind),
    ];
    assert!(PolicySet::new(chain).is_ok());
    let twice = PolicySet::new(vec![policy("a", kind), policy("a", kind)]);
    assert_eq!(twice.unwrap_err().to_string(), "`a` stands twice");
}

#[test]
fn policies_read_back_and_others_are_refused() {
    let mut all = complete();
    let new = policy("v2", PolicyKind::Reporting)
        .with_digest(Digest::sha256(b"text"))
        .superseding("reporting".parse().unwrap());
    all.push(new);
    let set = PolicySet::new(all).unwrap();
    let bytes = set.to_json().unwrap();
    let read =
        |value: &Value| PolicySet::from_json(value.to_string().as_bytes(), &JsonLimits::default());
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value["schema"], "modelward.incident-policies/1");
    assert_eq!(read(&value).unwrap(), set);
    assert_eq!(read(&value).unwrap().to_json().unwrap(), bytes);

    type Forgery = fn(&mut Value);
    let cases: [(&str, Forgery); 5] = [
        ("incident.list.shape", |v| {
            v["policies"][0]["serves"] = json!(["MANAGE 4.4"]);
        }),
        ("incident.list.shape", |v| {
            v["policies"][0]["kind"] = "lunch".into();
        }),
        ("incident.list.shape", |v| {
            v["policies"][0]["mood"] = "good".into();
        }),
        ("incident.list.unknown", |v| v["mood"] = "good".into()),
        ("incident.list.schema", |v| {
            v["schema"] = "modelward.incident-policies/2".into();
        }),
    ];
    for (code, forge) in cases {
        let mut forged = value.clone();
        forge(&mut forged);
        assert_eq!(read(&forged).unwrap_err().code(), code);
    }
}

#[test]
fn only_subcategories_of_the_framework_are_actions() {
    let functions = ["GOVERN", "MAP", "MEASURE", "MANAGE"];
    let texts = functions.iter().flat_map(|function| {
        (0..20).flat_map(move |category| (0..20).map(move |n| format!("{function} {category}.{n}")))
    });
    let actions: Vec<_> = texts
        .filter(|text| text.parse::<RmfAction>().is_ok())
        .collect();
    assert_eq!(actions.len(), 72);
    for text in &actions {
        assert_eq!(&text.parse::<RmfAction>().unwrap().to_string(), text);
    }
    for text in [
        "",
        "MANAGE",
        "manage 4.3",
        "MANAGE 4.3 ",
        "MANAGE 04.3",
        "MANAGE-4.3",
        "MG-4.3",
    ] {
        let error = text.parse::<RmfAction>().unwrap_err();
        assert_eq!(error.code(), "incident.policy.action", "{text}");
    }
}

fn ready() -> Readiness {
    let categories = [
        Category::Adversarial,
        Category::DataIncident,
        Category::Drift,
        Category::ModelFailure,
        Category::SupplyChain,
    ];
    let ready = Readiness::default()
        .with_contact(Contact {
            who: ada(),
            reach: "+49 30 1234".parse().unwrap(),
            checked_on: day("2025-11-26"),
        })
        .with_backup(Backup {
            policy: "weights and data, daily, in two places".parse().unwrap(),
            owner: Some(ada()),
            restored_on: Some(day("2026-06-01")),
        })
        .with_exercise(Exercise {
            on: day("2026-03-01"),
            outcome: "a rollback in 40 minutes".parse().unwrap(),
        });
    categories.into_iter().fold(ready, |ready, category| {
        ready.with_playbook(Playbook {
            name: format!("playbook {category}").parse().unwrap(),
            category,
            location: "wiki".parse().unwrap(),
            owner: Some(ada()),
            review_by: day("2027-03-01"),
        })
    })
}

#[test]
fn who_is_ready_has_no_gaps_until_things_grow_old() {
    assert_eq!(ready().gaps(now()), []);
    let at = |text: &str| lines(&ready().gaps(text.parse().unwrap()));
    assert_eq!(
        at("2026-11-27T00:00:00Z"),
        ["Ada Example incident.readiness.stale_contact"]
    );
    let later = at("2027-06-02T00:00:00Z");
    assert_eq!(later.len(), 8, "{later:?}");
    for code in ["stale_restore", "stale_exercise"] {
        assert!(
            later.contains(&format!("- incident.readiness.{code}")),
            "{later:?}"
        );
    }
    assert!(later.contains(&"playbook drift incident.readiness.playbook_review".to_owned()));
}

#[test]
fn who_has_nothing_lacks_everything() {
    assert_eq!(
        lines(&Readiness::default().gaps(now())),
        [
            "- incident.readiness.no_backup",
            "- incident.readiness.no_contact",
            "- incident.readiness.no_exercise",
            "adversarial incident.readiness.no_playbook",
            "data-incident incident.readiness.no_playbook",
            "drift incident.readiness.no_playbook",
            "model-failure incident.readiness.no_playbook",
            "supply-chain incident.readiness.no_playbook",
        ]
    );
    let half = ready()
        .with_backup(Backup {
            policy: "daily".parse().unwrap(),
            owner: None,
            restored_on: None,
        })
        .with_exercise(Exercise {
            on: day("2026-12-01"),
            outcome: "planned".parse().unwrap(),
        });
    assert_eq!(
        lines(&half.gaps(now())),
        [
            "- incident.readiness.no_restore",
            "- incident.readiness.stale_exercise",
            "backup incident.readiness.no_owner",
        ]
    );
}

#[test]
fn readiness_reads_back_and_others_are_refused() {
    let bytes = ready().to_json().unwrap();
    let read = |value: &Value| -> Result<Readiness, ReadListError> {
        Readiness::from_json(value.to_string().as_bytes(), &JsonLimits::default())
    };
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value["schema"], "modelward.incident-readiness/1");
    assert_eq!(read(&value).unwrap(), ready());
    let mut forged = value.clone();
    forged["playbooks"][0]["category"] = "weather".into();
    assert_eq!(read(&forged).unwrap_err().code(), "incident.list.shape");
    let mut forged = value;
    forged["mood"] = 1.into();
    assert_eq!(read(&forged).unwrap_err().code(), "incident.list.shape");
}
