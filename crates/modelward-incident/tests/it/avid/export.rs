use modelward_artifact::Digest;
use modelward_incident::export::avid::{self, AvidOptions};
use modelward_incident::export::{Export, LossStatus};
use modelward_incident::format::avid::{
    AvidReport, LifecycleStage, ProblemClass, ProblemKind, ReportSummary, SepCategory,
};
use modelward_incident::{
    ActionKind, AiSystem, Custody, CustodyAction, Detection, EventKind, Evidence, Harm, Impact,
    ImpactKind, Incident, IncidentKind, Link, LinkRelation, NewEvent, ResponseAction, RootCause,
    Stage, Tlp,
};
use serde_json::{Value, json};

use super::cases::{detections, drift, incident, released, rich, tell};
use super::schema::validator;
use super::{official, value};
use crate::{by, text};

fn options() -> AvidOptions {
    AvidOptions::new("2026-11-26".parse().unwrap())
}

fn report(incident: &Incident) -> Export<AvidReport> {
    avid::report(&released(incident), &options()).unwrap()
}

fn document(incident: &Incident) -> Value {
    value(&report(incident).document().to_json().unwrap())
}

fn rows<T>(export: &Export<T>) -> Vec<String> {
    let losses = export.losses().iter();
    losses
        .map(|it| format!("{} {}", it.field, it.status.name()))
        .collect()
}

#[test]
fn a_rich_incident_is_told_as_far_as_the_format_goes() {
    let mut document = document(&rich());
    let metrics = document.as_object_mut().unwrap().remove("metrics").unwrap();
    assert_eq!(metrics.as_array().unwrap().len(), 3);
    let said = |value: &str| json!({"lang": "eng", "value": value});
    let expected = json!({
        "data_type": "AVID",
        "problemtype": {
            "classof": "Undefined",
            "type": "Issue",
            "description": said("rows with a trigger")
        },
        "description": said("Somebody put 250 rows into the pairs."),
        "affects": {
            "developer": ["Acme"],
            "deployer": ["Bank", "Shop"],
            "artifacts": [
                {"type": "System", "name": "scoring 4"},
                {"type": "Dataset", "name": "pairs"},
                {"type": "Model", "name": "acme/base 4f2c"}
            ]
        },
        "impact": {
            "avid": {
                "risk_domain": ["Security"],
                "sep_view": ["S0600: Data Poisoning"],
                "lifecycle_view": [],
                "taxonomy_version": "0.2"
            },
            "atlas": [
                {
                    "tactic": "AML.TA0006",
                    "technique": "AML.T0020",
                    "description": "Rows were added."
                },
                {"technique": "AML.T0043.004"}
            ],
            "cwe": [{"cweId": "CWE-20"}, {"cweId": "CWE-345"}]
        },
        "references": [
            {"type": "source", "label": "https://acme.example/7", "url": "https://acme.example/7"},
            {"type": "related", "label": "Notice", "url": "https://acme.example/8"},
            {
                "type": "caused-by",
                "label": "CVE CVE-2026-0007",
                "url": "https://www.cve.org/CVERecord?id=CVE-2026-0007"
            },
            {
                "type": "same-as",
                "label": "Poisoned pairs",
                "url": "https://incidentdatabase.ai/cite/42"
            },
            {"type": "related", "label": "tickets T 7", "url": "T 7"}
        ],
        "reported_date": "2026-11-26"
    });
    assert_eq!(document, expected);
}

#[test]
fn every_field_of_a_rich_incident_has_its_row() {
    let export = report(&rich());
    let expected = [
        "assets/old/compromise unmapped",
        "assets/old/kind unmapped",
        "assets/old/name unmapped",
        "assets/pairs/compromise unmapped",
        "assets/pairs/inProduction unmapped",
        "assets/pairs/kind direct",
        "assets/pairs/name direct",
        "assets/weights/compromise unmapped",
        "assets/weights/kind approximate",
        "assets/weights/name direct",
        "assets/weights/refs unmapped",
        "assets/weights/version approximate",
        "cwes direct",
        "detections/0 direct",
        "detections/1 direct",
        "detections/2 direct",
        "detections/3 unmapped",
        "determination unmapped",
        "harm unmapped",
        "id unmapped",
        "kinds approximate",
        "links/0 direct",
        "links/1 direct",
        "links/2 direct",
        "links/3 direct",
        "links/4 approximate",
        "phase unmapped",
        "severity unmapped",
        "summary direct",
        "systems/0/deployers direct",
        "systems/0/developers direct",
        "systems/0/name direct",
        "systems/0/purpose unmapped",
        "systems/0/version approximate",
        "techniques/0/atlasVersion unmapped",
        "techniques/0/description direct",
        "techniques/0/id direct",
        "techniques/0/name unmapped",
        "techniques/0/tactic direct",
        "techniques/1/atlasVersion unmapped",
        "techniques/1/id direct",
        "timeline unmapped",
        "title direct",
        "tlp unmapped",
    ];
    assert_eq!(rows(&export), expected);
    let direct = export.losses().iter();
    let direct = direct.filter(|it| it.status == LossStatus::Direct);
    let document = document(&rich());
    for row in direct {
        assert!(document.pointer(&row.note).is_some(), "{row:?}");
    }
}

#[test]
fn metrics_hold_the_evidence_so_that_anyone_can_compute_it_again() {
    let document = document(&rich());
    let expected = [
        (
            "psi of age",
            "Static Threshold",
            "evidently.psi 0.7.23: alarm at >= 0.1",
        ),
        (
            "recall over age below 25",
            "Static Threshold",
            "canary eu-1: limit 0.9",
        ),
        (
            "profiler score",
            "Static Threshold",
            "jailbreak: threshold 0.8",
        ),
    ];
    for (index, (name, kind, method)) in expected.into_iter().enumerate() {
        let metric = &document["metrics"][index];
        assert_eq!(metric["name"], name);
        assert_eq!(
            metric["detection_method"],
            json!({"type": kind, "name": method})
        );
        let results = serde_json::from_value(metric["results"].clone());
        let results: Detection = results.unwrap();
        assert_eq!(results, detections()[index]);
    }
}

#[test]
fn a_p_value_is_a_significance_test() {
    let mut incident = incident(&[IncidentKind::DriftData]);
    tell(
        &mut incident,
        EventKind::Detected(Detection::Drift(drift("evidently.ks"))),
    );
    let document = document(&incident);
    let method = &document["metrics"][0]["detection_method"];
    assert_eq!(method["type"], "Significance Test");
    assert_eq!(
        document["impact"]["avid"]["sep_view"],
        json!(["P0101: Data drift"])
    );
}

#[test]
fn every_kind_gives_categories_that_the_official_schema_takes() {
    let schemas = ["report.schema.json", "vulnerability.schema.json"].map(official);
    let [Some(reports), Some(vulnerabilities)] = schemas else {
        return;
    };
    let (reports, vulnerabilities) = (validator(&reports), validator(&vulnerabilities));
    for kind in IncidentKind::ALL {
        let released = released(&incident(&[*kind]));
        let report = avid::report(&released, &options());
        let vulnerability = avid::vulnerability(&released, &options());
        if *kind == IncidentKind::Other {
            assert!(report.is_err() && vulnerability.is_err());
            continue;
        }
        let report = report.unwrap().into_document();
        assert_eq!(report.deviations(), []);
        let written = value(&report.to_json().unwrap());
        assert!(reports.is_valid(&written), "{kind}");
        let count = written["impact"]["avid"]["sep_view"]
            .as_array()
            .unwrap()
            .len();
        assert_eq!(count, kind.mapping().avid.len(), "{kind}");
        let vulnerability = vulnerability.unwrap().into_document();
        assert_eq!(vulnerability.deviations(), []);
        let written = value(&vulnerability.to_json().unwrap());
        assert!(vulnerabilities.is_valid(&written), "{kind}");
    }
}

#[test]
fn rich_documents_are_as_the_official_schemas_say() {
    let schemas = ["report.schema.json", "vulnerability.schema.json"].map(official);
    let [Some(reports), Some(vulnerabilities)] = schemas else {
        return;
    };
    let options = options()
        .identified(text("ACME-7"))
        .with_problem(ProblemClass::ThirdPartyReport, ProblemKind::Detection)
        .in_language(&text("deu"))
        .with_lifecycle(&[LifecycleStage::DataPreparation, LifecycleStage::Deployment])
        .crediting(text("Jo Example"));
    let released = released(&rich());
    let report = avid::report(&released, &options).unwrap().into_document();
    let report = value(&report.to_json().unwrap());
    assert!(validator(&reports).is_valid(&report));
    assert_eq!(report["metadata"]["report_id"], "ACME-7");
    assert_eq!(
        report["credit"],
        json!([{"lang": "deu", "value": "Jo Example"}])
    );
    let stages = json!(["L03: Data Preparation", "L06: Deployment"]);
    assert_eq!(report["impact"]["avid"]["lifecycle_view"], stages);
    let vulnerability = avid::vulnerability(&released, &options).unwrap();
    let summary = ReportSummary::new("ACME-7", ProblemKind::Issue, "rows");
    let vulnerability = vulnerability.into_document().with_reports(vec![summary]);
    let vulnerability = value(&vulnerability.to_json().unwrap());
    assert!(validator(&vulnerabilities).is_valid(&vulnerability));
    assert_eq!(vulnerability["published_date"], "2026-11-26");
    assert_eq!(vulnerability["last_modified_date"], "2026-11-26");
    assert!(vulnerability.get("metrics").is_none());
}

#[test]
fn a_vulnerability_says_that_it_has_no_metrics() {
    let export = avid::vulnerability(&released(&rich()), &options()).unwrap();
    let rows = rows(&export);
    for index in 0..4 {
        assert!(rows.contains(&format!("detections/{index} unmapped")));
    }
    assert_eq!(rows.len(), report(&rich()).losses().len());
}

#[test]
fn without_a_category_it_is_refused_until_somebody_states_one() {
    let released = released(&incident(&[IncidentKind::Other]));
    let refused = avid::report(&released, &options()).unwrap_err();
    assert_eq!(refused.code(), "incident.export.missing");
    assert_eq!(
        refused.to_string(),
        "the document demands what the record does not have: \
         a category of the SEP view for other"
    );
    let stated = options().with_sep_view(&[SepCategory::find("S0500").unwrap()]);
    let export = avid::report(&released, &stated).unwrap();
    assert!(rows(&export).contains(&"kinds approximate".to_owned()));
    let written = value(&export.document().to_json().unwrap());
    assert_eq!(
        written["impact"]["avid"]["sep_view"],
        json!(["S0500: Exfiltration"])
    );
}

#[test]
fn categories_of_several_kinds_stand_once() {
    let incident = incident(&[
        IncidentKind::AdversarialJailbreak,
        IncidentKind::AdversarialPromptInjectionDirect,
        IncidentKind::DriftData,
        IncidentKind::Other,
    ]);
    let export = report(&incident);
    let kinds = export.losses().iter().find(|it| it.field == "kinds");
    let kinds = kinds.unwrap();
    assert_eq!(kinds.status, LossStatus::Partial);
    assert!(kinds.note.ends_with("no category for other"), "{kinds:?}");
    let impact = &document(&incident)["impact"]["avid"];
    assert_eq!(
        impact["sep_view"],
        json!(["S0400: Model Bypass", "P0101: Data drift"])
    );
    assert_eq!(impact["risk_domain"], json!(["Security", "Performance"]));
}

#[test]
fn developers_of_several_systems_are_listed_once_and_said_to_be_mixed() {
    let mut incident = incident(&[IncidentKind::DriftData]);
    for name in ["one", "two"] {
        let system = AiSystem::new(text(name)).with_developer(text("Acme"));
        tell(&mut incident, EventKind::SystemDescribed(system));
    }
    assert_eq!(document(&incident)["affects"]["developer"], json!(["Acme"]));
    let rows = rows(&report(&incident));
    assert!(rows.contains(&"systems/1/developers partial".to_owned()));
}

#[test]
fn nothing_above_the_label_leaves() {
    let mut incident = rich();
    let secrets = [
        EventKind::Linked(Link::new(
            LinkRelation::Source,
            text("https://canary.example"),
        )),
        EventKind::SystemDescribed(AiSystem::new(text("canary"))),
        EventKind::Noted {
            text: text("canary"),
        },
    ];
    for event in secrets {
        let event = NewEvent::new(event).marked(Tlp::Red);
        incident.record(event, &by(2)).unwrap();
    }
    let export = report(&incident);
    let text = String::from_utf8(export.document().to_json().unwrap()).unwrap();
    assert!(!text.contains("canary."), "{text}");
    assert_eq!(document(&incident), document(&rich()));
    assert!(
        export
            .losses()
            .iter()
            .all(|it| !it.note.contains("canary."))
    );
}

#[test]
fn every_event_shows_in_the_losses() {
    let before = rows(&report(&rich()));
    for (event, expected) in beside() {
        let (mut incident, name) = (rich(), event.name());
        tell(&mut incident, event);
        let after = rows(&report(&incident));
        let new: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
        let expected: Vec<_> = expected.iter().map(|it| format!("{it} unmapped")).collect();
        assert_eq!(new, expected.iter().collect::<Vec<_>>(), "{name}");
        assert_eq!(after.len(), before.len() + new.len(), "{name}");
    }
}

/// Events of which a report tells nothing, and the fields that they add.
fn beside() -> Vec<(EventKind, &'static [&'static str])> {
    let custody = Custody::new(by(1).now(), by(1).actor().clone(), CustodyAction::Collected);
    let content = (Digest::sha256(b"dump"), 4);
    let dump = Evidence::new("dump".parse().unwrap(), text("dump"), content, custody);
    let money = Impact::new("money".parse().unwrap(), ImpactKind::Economic, text("i"));
    let (stage, kind) = (Stage::Containment, ActionKind::Other);
    let stop = ResponseAction::new("stop".parse().unwrap(), stage, kind, text("d"));
    vec![
        (
            EventKind::AssetsUnknown { why: text("w") },
            &["assetsUnknown"],
        ),
        (
            EventKind::AuthorityInformed {
                authority: text("a"),
                receipt: None,
            },
            &["authorityInformed"],
        ),
        (
            EventKind::ContainmentWaived {
                asset: "pairs".parse().unwrap(),
                why: text("w"),
            },
            &["containmentWaived/pairs"],
        ),
        (
            EventKind::EradicationWaived { why: text("w") },
            &["eradicationWaived"],
        ),
        (
            EventKind::EvidenceCollected(dump),
            &[
                "evidence/dump/custody",
                "evidence/dump/digests",
                "evidence/dump/size",
                "evidence/dump/title",
            ],
        ),
        (
            EventKind::HarmStated {
                to: Harm::Issue,
                reason: text("r"),
                prevented_by: vec![text("p")],
            },
            &["preventedBy"],
        ),
        (
            EventKind::ImpactRecorded(money),
            &["impacts/money/description", "impacts/money/kind"],
        ),
        (EventKind::ActionTaken(stop), &["actions/stop"]),
        (EventKind::Noted { text: text("n") }, &["notes/0"]),
        (
            EventKind::RecoveryWaived { why: text("w") },
            &["recoveryWaived"],
        ),
        (
            EventKind::RootCauseStated(RootCause::Unknown { why: text("w") }),
            &["rootCause"],
        ),
    ]
}

#[test]
fn the_same_incident_is_told_in_the_same_bytes() {
    let bytes = || report(&rich()).document().to_json().unwrap();
    assert_eq!(bytes(), bytes());
}
