use std::collections::BTreeSet;

use modelward_artifact::{Digest, JsonLimits, Timestamp};
use modelward_rmf::{
    Assessment, AssetRef, CheckCode, CheckReport, Checks, Evidence, EvidenceResolver,
    InventoryItem, Issue, Place, RatingScale, Resolution, RiskMatrix, RiskRegister, Severity, Text,
};
use serde_json::{Value, json};

use crate::assessment::id;

fn digest(of: &str) -> String {
    Digest::sha256(of.as_bytes()).to_string()
}

/// An assessment in which nothing is found.
fn assessment() -> Value {
    let evidence = |title: &str, bears_on: Value| {
        json!({
            "source": {"kind": "document", "title": title},
            "method": "examine",
            "collector": "Grace",
            "collected": "2026-11-20T10:00:00Z",
            "expires": "2027-06-30",
            "digest": digest(title),
            "bearsOn": bears_on,
        })
    };
    let met = |evidence: &str| json!({"determination": "rated", "level": "met", "rationale": "a", "evidence": [evidence]});
    let goal = json!({"level": "met", "priority": "high", "due": "2026-12-31"});
    json!({
        "schema": "modelward.assessment/1",
        "framework": "AI RMF 1.0",
        "subject": {
            "name": "model",
            "digest": digest("root"),
            "owner": "Jo",
            "bom": {
                "serial": "urn:uuid:1",
                "version": 1,
                "digest": digest("bom"),
                "timestamp": "2026-11-01T00:00:00Z",
            },
        },
        "assessor": "Ada",
        "independence": "internal",
        "assessedAt": "2026-11-23T10:00:00Z",
        "scale": RatingScale::outcome(),
        "current": {"MAP 1.1": met("E-1"), "MEASURE 2.7": met("E-2")},
        "target": {"MAP 1.1": goal, "MEASURE 2.7": goal},
        "evidence": {
            "E-1": evidence("context", json!({"MAP 1.1": "supports"})),
            "E-2": evidence("red team", json!({"MEASURE 2.7": "supports"})),
        },
    })
}

/// A register in which nothing is found.
fn register() -> Value {
    json!({
        "schema": "modelward.risk-register/1",
        "title": "Risks",
        "owner": "Risk office",
        "matrix": RiskMatrix::five_by_five(),
        "risks": {
            "R-1": {
                "statement": {"cause": "a", "event": "b", "consequence": "c"},
                "kind": "threat",
                "incidents": ["INC-1"],
                "inherent": {"likelihood": "likely", "impact": "major"},
                "current": {"likelihood": "possible", "impact": "major"},
                "residual": {"likelihood": "unlikely", "impact": "minor"},
                "treatment": {"kind": "mitigate", "actions": [
                    {"id": "A-1", "description": "Sign the data.", "due": "2026-12-31"},
                ]},
                "owner": "Jo",
                "reviewBy": "2027-01-31",
                "identifiedAt": "2026-01-01T00:00:00Z",
            },
        },
    })
}

fn acceptance(by: &str, expires: &str) -> Value {
    json!({"kind": "accept", "by": by, "on": "2026-01-02", "justification": "a", "expires": expires})
}

/// Answers what the test wants for each piece of evidence.
struct Archive(Resolution);

impl EvidenceResolver for Archive {
    fn resolve(&self, evidence: &Evidence) -> Resolution {
        match (&self.0, evidence.digest()) {
            (Resolution::Found { .. }, Some(digest)) if evidence.location().is_none() => {
                Resolution::Found { digest: *digest }
            }
            (answer, _) => answer.clone(),
        }
    }
}

fn there() -> Archive {
    Archive(Resolution::Found {
        digest: Digest::sha256(b"something else"),
    })
}

fn now() -> Timestamp {
    "2026-11-26T10:00:00Z".parse().unwrap()
}

fn read(assessment: &Value, register: &Value) -> (Assessment, RiskRegister) {
    let limits = JsonLimits::default();
    let assessment = Assessment::from_json(assessment.to_string().as_bytes(), &limits);
    let register = RiskRegister::from_json(register.to_string().as_bytes(), &limits);
    (assessment.unwrap(), register.unwrap())
}

fn run(assessment: &Value, register: &Value, archive: &Archive) -> CheckReport {
    let (assessment, register) = read(assessment, register);
    let root = AssetRef::Digest(Digest::sha256(b"root"));
    let inventory = [InventoryItem::new("model".parse().unwrap()).known_as(root)];
    let open: [Text; 1] = ["INC-1".parse().unwrap()];
    Checks::new(&assessment, now())
        .with_register(&register)
        .with_resolver(archive)
        .with_inventory(&inventory)
        .with_open_incidents(&open)
        .run()
}

fn codes(report: &CheckReport) -> Vec<CheckCode> {
    report.issues().iter().map(Issue::code).collect()
}

/// One change to one of the documents, and what is found then.
type Case = (&'static str, Value, &'static [CheckCode]);

fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    let parent = document
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap();
    if value.is_null() {
        parent.remove(member).unwrap();
    } else {
        parent.insert(member.to_owned(), value);
    }
}

fn assessment_cases() -> Vec<Case> {
    use CheckCode as C;
    let interview = json!({"kind": "interview", "with": "Jo"});
    let bears = |polarity: &str| json!({"MAP 1.1": polarity});
    let extra = json!({
        "source": {"kind": "document", "title": "x"}, "method": "examine", "collector": "Grace",
        "collected": "2026-11-20T10:00:00Z", "digest": digest("x"),
        "bearsOn": {"MAP 1.1": "contradicts"},
    });
    vec![
        (
            "/assessedAt",
            json!("2026-11-26T10:00:01Z"),
            &[C::AssessmentInFuture],
        ),
        (
            "/subject/bom/timestamp",
            json!("2026-11-24T00:00:00Z"),
            &[C::AssessmentOlderThanBom],
        ),
        ("/subject/owner", json!("ada"), &[C::AssessorIsOwner]),
        ("/independence", Value::Null, &[C::IndependenceUnknown]),
        // The inventory knew the model by this digest alone.
        (
            "/subject/digest",
            Value::Null,
            &[C::SubjectUnbound, C::InventoryHole],
        ),
        (
            "/current/MAP 1.1/evidence",
            json!([]),
            &[C::RatingUnsupported, C::EvidenceUnused],
        ),
        (
            "/evidence/E-1/bearsOn",
            bears("contradicts"),
            &[C::RatingUnsupported],
        ),
        ("/evidence/E-1/bearsOn", json!({}), &[C::EvidenceOffTopic]),
        (
            "/evidence/E-3",
            extra,
            &[C::RatingContradicted, C::EvidenceUnused],
        ),
        (
            "/current/MAP 1.1",
            Value::Null,
            &[C::MeasuredWithoutMap, C::EvidenceUnused],
        ),
        ("/target", Value::Null, &[C::TargetMissing]),
        ("/target/MAP 1.1", Value::Null, &[C::GoalMissing]),
        ("/current/MAP 1.1/level", json!("partially-met"), &[]),
        (
            "/evidence/E-1/expires",
            json!("2026-11-25"),
            &[C::RatingUnsupported, C::EvidenceExpired],
        ),
        (
            "/evidence/E-1/expires",
            json!("2026-12-26"),
            &[C::EvidenceExpiring],
        ),
        ("/evidence/E-1/expires", json!("2026-12-27"), &[]),
        (
            "/evidence/E-1/collected",
            json!("2026-11-24T00:00:00Z"),
            &[C::EvidenceInFuture],
        ),
        (
            "/evidence/E-1/digest",
            Value::Null,
            &[C::EvidenceWithoutDigest],
        ),
        (
            "/evidence/E-1/location",
            json!("elsewhere"),
            &[C::EvidenceChanged],
        ),
        ("/evidence/E-1/source", interview, &[]),
    ]
}

fn register_cases() -> Vec<Case> {
    use CheckCode as C;
    let major = json!({"likelihood": "likely", "impact": "severe"});
    let actions = |state: Value| {
        json!({"kind": "mitigate", "actions": [{"id": "A-1", "description": "a",
            "state": state, "countedInResidual": true}]})
    };
    let revoked = json!({"kind": "accept", "by": "Board", "on": "2026-01-02", "justification": "a",
        "expires": "2027-06-30", "revoked": {"on": "2026-02-01", "by": "Board", "reason": "b"}});
    let overdue = json!([{"id": "A-1", "description": "a", "due": "2026-11-25"}]);
    let closed = json!({"closed": {"on": "2026-11-01", "reason": "a"}});
    vec![
        (
            "/treatment",
            acceptance("Board", "2026-11-25"),
            &[C::RiskAcceptanceExpired],
        ),
        (
            "/treatment",
            acceptance("Board", "2026-12-01"),
            &[C::RiskAcceptanceExpiring],
        ),
        (
            "/treatment",
            acceptance("Jo", "2027-06-30"),
            &[C::RiskAcceptedByOwner],
        ),
        ("/treatment", revoked, &[C::RiskAcceptanceRevoked]),
        (
            "/treatment",
            json!({"kind": "undecided"}),
            &[C::RiskUndecided],
        ),
        ("/owner", Value::Null, &[C::RiskOwnerMissing]),
        ("/reviewBy", Value::Null, &[C::RiskReviewMissing]),
        ("/reviewBy", json!("2026-11-25"), &[C::RiskReviewOverdue]),
        ("/reviewBy", json!("2026-11-26"), &[]),
        (
            "/residual",
            json!({"likelihood": "possible", "impact": "severe"}),
            &[C::RiskAboveTolerance],
        ),
        ("/residual", major.clone(), &[C::RiskAboveTolerance]),
        (
            "/inherent",
            json!({"likelihood": "rare", "impact": "minor"}),
            &[C::RiskCurrentAboveInherent],
        ),
        ("/treatment/actions", overdue, &[C::RiskActionOverdue]),
        (
            "/treatment",
            actions(json!("in-progress")),
            &[C::RiskActionNotCompleted],
        ),
        (
            "/treatment",
            actions(json!({"completed": {"on": "2026-11-01"}})),
            &[],
        ),
        ("/status", closed, &[C::RiskClosedWithOpenActions]),
        ("/incidents", Value::Null, &[C::IncidentWithoutRisk]),
    ]
}

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    let report = run(&assessment(), &register(), &there());
    assert_eq!(codes(&report), []);
    assert_eq!(report.worst(), None);
    assert_eq!(report.unchecked(), [""; 0]);
}

#[test]
fn each_change_to_the_assessment_is_found_and_nothing_else() {
    for (pointer, value, expected) in assessment_cases() {
        let mut changed = assessment();
        set(&mut changed, pointer, value.clone());
        if value["kind"] == "interview" {
            changed["evidence"]["E-1"]["method"] = json!("interview");
        }
        let report = run(&changed, &register(), &there());
        let found: BTreeSet<_> = codes(&report).into_iter().collect();
        let mut expected: BTreeSet<_> = expected.iter().copied().collect();
        if value["kind"] == "interview" {
            expected.insert(CheckCode::RatingByInterviewAlone);
        }
        assert_eq!(found, expected, "{pointer} {value}");
    }
}

#[test]
fn each_change_to_a_risk_is_found_and_nothing_else() {
    for (member, value, expected) in register_cases() {
        let mut changed = register();
        set(&mut changed, &format!("/risks/R-1{member}"), value.clone());
        let report = run(&assessment(), &changed, &there());
        let found: BTreeSet<_> = codes(&report).into_iter().collect();
        assert_eq!(
            found,
            expected.iter().copied().collect(),
            "{member} {value}"
        );
    }
}

#[test]
fn every_code_can_be_found() {
    let mut found = BTreeSet::from([CheckCode::RatingByInterviewAlone]);
    for (_, _, codes) in assessment_cases().into_iter().chain(register_cases()) {
        found.extend(codes);
    }
    let mut missed = CheckCode::ALL.iter().filter(|code| !found.contains(code));
    let elsewhere = [
        CheckCode::GoalOverdue,
        CheckCode::EvidenceMissing,
        CheckCode::EvidenceUnresolved,
        CheckCode::RiskResidualAboveInherent,
    ];
    assert!(
        missed.all(|code| elsewhere.contains(code)),
        "the tests below find the others"
    );
}

#[test]
fn a_goal_that_is_past_its_day_is_found_unless_it_is_reached() {
    let mut late = assessment();
    late["target"]["MAP 1.1"]["due"] = json!("2026-11-25");
    assert_eq!(codes(&run(&late, &register(), &there())), []);
    late["current"]["MAP 1.1"]["level"] = json!("partially-met");
    let report = run(&late, &register(), &there());
    assert_eq!(codes(&report), [CheckCode::GoalOverdue]);
    assert_eq!(
        *report.issues()[0].place(),
        Place::Subcategory(id("MAP 1.1"))
    );
    let text = "warning rmf.check.goal_overdue (MAP 1.1): its goal was due on 2026-11-25 and is not reached";
    assert_eq!(report.issues()[0].to_string(), text);
}

#[test]
fn more_that_remains_than_there_was_is_found() {
    let mut changed = register();
    changed["risks"]["R-1"]["inherent"] = json!({"likelihood": "rare", "impact": "minor"});
    changed["risks"]["R-1"]["residual"] = json!({"likelihood": "possible", "impact": "moderate"});
    let expected = [
        CheckCode::RiskResidualAboveInherent,
        CheckCode::RiskCurrentAboveInherent,
    ];
    assert_eq!(codes(&run(&assessment(), &changed, &there())), expected);
    changed["risks"]["R-1"]["kind"] = json!("opportunity");
    changed["risks"]["R-1"]["treatment"] = json!({"kind": "undecided"});
    assert_eq!(codes(&run(&assessment(), &changed, &there())), []);
}

#[test]
fn an_acceptance_carries_what_is_above_tolerance_while_it_holds() {
    let severe = json!({"likelihood": "likely", "impact": "severe"});
    let mut changed = register();
    for rating in ["inherent", "current", "residual"] {
        changed["risks"]["R-1"][rating] = severe.clone();
    }
    changed["risks"]["R-1"]["treatment"] = acceptance("Board", "2027-06-30");
    assert_eq!(codes(&run(&assessment(), &changed, &there())), []);
    changed["risks"]["R-1"]["treatment"] = acceptance("Board", "2026-11-25");
    let expected = [
        CheckCode::RiskAcceptanceExpired,
        CheckCode::RiskAboveTolerance,
    ];
    let report = run(&assessment(), &changed, &there());
    assert_eq!(codes(&report), expected);
    assert_eq!(report.worst(), Some(Severity::Error));
    let mut remainder = acceptance("Board", "2027-06-30");
    remainder.as_object_mut().unwrap().remove("kind");
    let actions = json!([{"id": "A-1", "description": "Sign the data."}]);
    let mitigate = json!({"kind": "mitigate", "actions": actions, "remainder": remainder});
    changed["risks"]["R-1"]["treatment"] = mitigate;
    assert_eq!(codes(&run(&assessment(), &changed, &there())), []);
}

#[test]
fn what_cannot_be_looked_up_is_not_found_to_be_good() {
    let reason = "the archive is closed".to_owned();
    let cases = [
        (Resolution::Missing, CheckCode::EvidenceMissing),
        (
            Resolution::Unknown { reason },
            CheckCode::EvidenceUnresolved,
        ),
    ];
    for (answer, code) in cases {
        let report = run(&assessment(), &register(), &Archive(answer));
        assert_eq!(codes(&report), [code, code]);
    }
}

#[test]
fn what_was_not_given_is_said_to_be_unchecked() {
    let (assessment, register) = read(&assessment(), &register());
    let blind = Checks::new(&assessment, now());
    assert_eq!(blind.run().issues(), []);
    assert_eq!(blind.run().unchecked().len(), 4);
    assert_eq!(blind.with_register(&register).run().unchecked().len(), 3);
    let open: [Text; 1] = ["INC-9".parse().unwrap()];
    let report = blind
        .with_register(&register)
        .with_open_incidents(&open)
        .run();
    assert_eq!(codes(&report), [CheckCode::IncidentWithoutRisk]);
    assert_eq!(report.unchecked().len(), 2);
}

#[test]
fn codes_are_unique_and_become_findings() {
    let names: BTreeSet<_> = CheckCode::ALL.iter().map(|it| it.code()).collect();
    assert_eq!(names.len(), CheckCode::ALL.len());
    let mut changed = assessment();
    changed["independence"] = Value::Null;
    changed.as_object_mut().unwrap().remove("independence");
    let report = run(&changed, &register(), &there());
    let finding = report.issues()[0].to_finding();
    assert_eq!(finding.code(), "rmf.check.independence_unknown");
    assert_eq!(finding.subject(), Some("assessment"));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(
        json["issues"][0],
        json!({
            "code": "rmf.check.independence_unknown",
            "severity": "note",
            "place": "assessment",
            "message": "it does not say how independent the assessor is",
        })
    );
}

#[test]
fn a_longer_notice_finds_more_that_ends_soon() {
    let (assessment, register) = read(&assessment(), &register());
    let checks = Checks::new(&assessment, now()).with_register(&register);
    assert_eq!(
        codes(&checks.with_soon_days(400).run()),
        [CheckCode::EvidenceExpiring; 2]
    );
    assert_eq!(codes(&checks.with_soon_days(0).run()), []);
}
