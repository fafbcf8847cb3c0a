use modelward_incident::export::avid::{self as out, AvidOptions};
use modelward_incident::import::avid::{self, AvidImportOptions};
use modelward_incident::import::{Import, ImportError};
use modelward_incident::{
    AssetKind, Detection, EventKind, Incident, IncidentKind, LinkRelation, Severity, Text, Tlp,
};
use serde_json::{Value, json};

use super::cases::{drift, incident, released, rich, tell};
use super::schema::{collect, replacements};
use super::{report, value, vulnerability, whole_report, whole_vulnerability};
use crate::{by, text};

fn options() -> AvidImportOptions {
    AvidImportOptions::new("INC-8".parse().unwrap(), Severity::Medium).marked(Tlp::Clear)
}

fn import(document: &Value) -> Result<Import, ImportError> {
    avid::report(&report(document).unwrap(), &options(), &by(0))
}

fn rows(import: &Import) -> Vec<String> {
    let losses = import.losses().iter();
    losses
        .map(|it| format!("{} {}", it.field, it.status.name()))
        .collect()
}

#[test]
fn a_whole_report_becomes_an_incident_and_every_part_has_its_row() {
    let import = import(&whole_report()).unwrap();
    let incident = import.incident();
    assert_eq!(incident.title().as_str(), "Rows with a trigger");
    assert_eq!(
        incident.summary().unwrap().as_str(),
        "Somebody put 250 rows into the pairs."
    );
    assert_eq!(incident.severity(), Severity::Medium);
    assert!(
        incident
            .kinds()
            .iter()
            .eq([&IncidentKind::AdversarialDataPoisoning])
    );
    assert!(incident.cwes().iter().eq([&345]));
    let technique = &incident.techniques()[0];
    assert_eq!(technique.id.to_string(), "AML.T0020");
    assert_eq!(technique.atlas_version.as_str(), "not stated");
    let kinds: Vec<_> = incident.assets().values().map(|it| it.kind).collect();
    assert_eq!(kinds, [AssetKind::Dataset, AssetKind::Model]);
    let opened = &incident.timeline()[0];
    assert_eq!(opened.occurred().unwrap().to_string(), "2026-11-26");
    assert!(incident.timeline().iter().all(|it| it.tlp() == Tlp::Clear));
    let expected = [
        "/affects/artifacts/0 direct",
        "/affects/artifacts/1 direct",
        "/affects/developer approximate",
        "/credit/0 unmapped",
        "/data_type direct",
        "/data_version unmapped",
        "/description/lang unmapped",
        "/description/value direct",
        "/impact/atlas/0 approximate",
        "/impact/avid/lifecycle_view unmapped",
        "/impact/avid/risk_domain unmapped",
        "/impact/avid/sep_view/0 approximate",
        "/impact/avid/taxonomy_version unmapped",
        "/impact/avid/vuln_id direct",
        "/impact/cvss unmapped",
        "/impact/cwe/0 partial",
        "/impact/odin unmapped",
        "/metadata/report_id direct",
        "/metrics/0 unmapped",
        "/problemtype/classof unmapped",
        "/problemtype/description/lang unmapped",
        "/problemtype/description/value direct",
        "/problemtype/type unmapped",
        "/references/0 direct",
        "/reported_date approximate",
    ];
    assert_eq!(rows(&import), expected);
}

/// No text, number or flag of a document stands outside of all rows.
#[test]
fn nothing_of_a_document_is_dropped_in_silence() {
    let mut odd = whole_report();
    odd["x-own"] = json!({"deep": [1, {"er": true}]});
    odd["affects"]["artifacts"][0]["x-own"] = json!("a");
    odd["impact"]["cvss"]["x-own"] = json!(7);
    odd["metadata"]["x-own"] = json!("b");
    odd["references"] = json!([{"type": "misc", "label": "-", "url": "-"}]);
    odd["impact"]["atlas"] = json!([{"tactic": "t", "technique": "Poison Training Data"}]);
    odd["impact"]["avid"]["sep_view"] = json!(["S0201: Model Compromise", "none", "S0500: x"]);
    odd["impact"]["cwe"] = json!([{"cweId": "NVD-CWE-noinfo"}]);
    odd["credit"] = json!([{"lang": "eng", "value": "Jo", "x-own": 1}]);
    for document in [whole_report(), odd] {
        covers(&document, &import(&document).unwrap());
    }
    let document = whole_vulnerability();
    let read = vulnerability(&document).unwrap();
    covers(
        &document,
        &avid::vulnerability(&read, &options(), &by(0)).unwrap(),
    );
}

#[test]
fn nothing_of_a_damaged_document_is_dropped_in_silence() {
    let whole = whole_report();
    let mut places = Vec::new();
    collect(&whole, "", &mut places);
    let (mut made, mut refused) = (0, 0);
    for place in places {
        for put in replacements() {
            let mut document = whole.clone();
            *document.pointer_mut(&place).unwrap() = put;
            let Ok(read) = report(&document) else {
                continue;
            };
            match avid::report(&read, &options(), &by(0)) {
                Ok(import) => {
                    covers(&document, &import);
                    made += 1;
                }
                Err(ImportError::Missing { .. } | ImportError::Text { .. }) => refused += 1,
                Err(other) => panic!("{place}: {other}"),
            }
        }
    }
    assert_eq!((made, refused), (MADE, REFUSED));
}

const MADE: usize = 212;
const REFUSED: usize = 4;

fn covers(document: &Value, import: &Import) {
    let mut places = Vec::new();
    collect(document, "", &mut places);
    let leaves = places.iter().filter(|place| {
        let leaf = document.pointer(place).unwrap();
        !leaf.is_null() && !leaf.is_array() && !leaf.is_object() && *leaf != ""
    });
    for leaf in leaves {
        let covered = import
            .losses()
            .iter()
            .any(|row| leaf == &row.field || leaf.starts_with(&format!("{}/", row.field)));
        assert!(covered, "{leaf} has no row: {document}");
    }
}

#[test]
fn what_was_exported_comes_back_where_the_format_has_it() {
    let options = AvidOptions::new("2026-11-26".parse().unwrap());
    let first = out::report(&released(&rich()), &options).unwrap();
    let import = avid::report(first.document(), &self::options(), &by(0)).unwrap();
    let (before, after) = (rich(), import.incident());
    assert_eq!(after.title(), before.title());
    assert_eq!(after.summary(), before.summary());
    assert_eq!(after.kinds(), before.kinds());
    assert_eq!(after.cwes(), before.cwes());
    assert_eq!(after.detections(), &before.detections()[..3]);
    assert_eq!(after.links()[..4], before.links()[..4]);
    let ids = |it: &Incident| {
        let techniques = it.techniques().iter();
        techniques
            .map(|it| (it.id, it.tactic.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(after), ids(&before));
    assert_eq!(
        after.systems()[0].developers,
        before.systems()[0].developers
    );
    let second = out::report(&released(after), &options).unwrap();
    let [first, second] = [first, second].map(|it| value(&it.document().to_json().unwrap()));
    assert_eq!(second, first);
}

#[test]
fn every_category_says_one_kind_or_asks() {
    for kind in IncidentKind::ALL {
        let codes = kind.mapping().avid;
        let same = IncidentKind::ALL.iter();
        let same = same.filter(|it| it.mapping().avid.contains(codes.first().unwrap_or(&"")));
        let is_plain = codes.len() == 1 && same.count() == 1;
        let options = AvidOptions::new("2026-11-26".parse().unwrap());
        let Ok(export) = out::report(&released(&incident(&[*kind])), &options) else {
            continue;
        };
        let import = avid::report(export.document(), &self::options(), &by(0)).unwrap();
        let expected = if is_plain { *kind } else { IncidentKind::Other };
        assert!(import.incident().kinds().contains(&expected), "{kind}");
        let asks = import.losses().iter();
        let asks = asks.filter(|it| it.note.starts_with("a person has to say which it is: "));
        assert_eq!(asks.count() > 0, !is_plain, "{kind}");
    }
}

#[test]
fn a_technique_decides_between_kinds_of_one_category() {
    let mut document = whole_report();
    document["impact"]["avid"]["sep_view"] = json!(["S0201: Model Compromise"]);
    let cases = [
        ("AML.T0010.003", IncidentKind::SupplyChainModel),
        (
            "AML.T0043.004: Insert Backdoor Trigger",
            IncidentKind::AdversarialBackdoor,
        ),
        ("AML.T0051", IncidentKind::Other),
    ];
    for (technique, expected) in cases {
        document["impact"]["atlas"] = json!([{"technique": technique}]);
        let import = import(&document).unwrap();
        let kinds: Vec<_> = import.incident().kinds().iter().collect();
        assert_eq!(kinds, [&expected], "{technique}");
    }
}

#[test]
fn a_category_with_another_spelling_is_known_by_its_code() {
    let mut document = whole_report();
    document["impact"]["avid"]["sep_view"] = json!(["P0402: Physical Safety"]);
    let import = import(&document).unwrap();
    let kinds = import.incident().kinds();
    assert!(kinds.contains(&IncidentKind::HarmfulOutputDangerousAdvice));
}

#[test]
fn references_become_links_of_their_collections() {
    let cases = [
        (
            json!({"type": "source", "label": "NVD entry", "url": "https://www.cve.org/CVERecord?id=CVE-2024-0132"}),
            (
                LinkRelation::Source,
                "CVE-2024-0132",
                Some("CVE"),
                Some("NVD entry"),
                "direct",
            ),
        ),
        (
            json!({"label": "Notice", "url": "https://acme.example/7"}),
            (
                LinkRelation::Related,
                "https://acme.example/7",
                None,
                Some("Notice"),
                "direct",
            ),
        ),
        (
            json!({"type": "misc", "label": "AIID 42", "url": "https://incidentdatabase.ai/cite/42"}),
            (LinkRelation::Related, "42", Some("AIID"), None, "partial"),
        ),
        (
            json!({"type": "source", "label": "riddles", "url": ""}),
            (LinkRelation::Source, "riddles", None, None, "direct"),
        ),
        (
            json!({"type": "source", "label": "x", "url": "https://www.cve.org/CVERecord?id=a&b=c"}),
            (
                LinkRelation::Source,
                "https://www.cve.org/CVERecord?id=a&b=c",
                None,
                Some("x"),
                "direct",
            ),
        ),
    ];
    for (reference, (relation, target, system, title, status)) in cases {
        let mut document = whole_report();
        document["references"] = json!([reference]);
        let import = import(&document).unwrap();
        let link = import.incident().links().last().unwrap();
        assert_eq!(link.relation, relation, "{reference}");
        assert_eq!(link.target.as_str(), target);
        assert_eq!(link.system.as_ref().map(Text::as_str), system);
        assert_eq!(link.title.as_ref().map(Text::as_str), title);
        assert!(rows(&import).contains(&format!("/references/0 {status}")));
    }
}

#[test]
fn developers_go_to_the_one_system_and_are_noted_where_there_are_several() {
    let artifact = |kind: &str, name: &str| json!({"type": kind, "name": name});
    let cases = [
        (vec![artifact("System", "one")], vec!["one"], 0),
        (vec![artifact("Model", "base")], vec!["base"], 0),
        (
            vec![artifact("System", "one"), artifact("System", "two")],
            vec!["one", "two"],
            2,
        ),
        (vec![artifact("Dataset", "pairs")], vec![], 2),
    ];
    for (artifacts, names, notes) in cases {
        let mut document = whole_report();
        document["affects"] = json!({
            "developer": ["Acme"], "deployer": ["Bank"], "artifacts": artifacts
        });
        let import = import(&document).unwrap();
        let systems = import.incident().systems();
        let found: Vec<_> = systems.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(found, names);
        assert_eq!(import.incident().notes().len(), notes);
        let told = systems
            .first()
            .is_some_and(|it| it.developers == [text("Acme")]);
        assert_eq!(told, notes == 0);
    }
}

#[test]
fn too_many_developers_for_a_note_are_listed_as_lost() {
    let mut document = whole_report();
    let names: Vec<_> = (0..10_000).map(|it| format!("developer {it}")).collect();
    document["affects"]["developer"] = json!(names);
    let import = import(&document).unwrap();
    assert!(import.incident().notes().is_empty());
    assert!(rows(&import).contains(&"/affects/developer unmapped".to_owned()));
}

#[test]
fn what_says_no_problem_is_refused_with_its_place() {
    const VALUE: &str = "/problemtype/description/value";
    let cases: [(&str, Value, &str, &str); 4] = [
        (
            "/problemtype",
            json!(null),
            "incident.import.missing",
            VALUE,
        ),
        (VALUE, json!(" - "), "artifact.text.blank", VALUE),
        (VALUE, json!("a\u{7}"), "artifact.text.control", VALUE),
        (
            "/description/value",
            json!("a\u{0}"),
            "artifact.text.control",
            "/description/value",
        ),
    ];
    for (pointer, put, code, place) in cases {
        let mut document = whole_report();
        *document.pointer_mut(pointer).unwrap() = put;
        let refused = import(&document).unwrap_err();
        assert_eq!(refused.code(), code, "{pointer}");
        let found = match &refused {
            ImportError::Missing { pointer } | ImportError::Text { pointer, .. } => pointer,
            other => panic!("{other}"),
        };
        assert_eq!(found, place);
    }
}

#[test]
fn a_metric_with_evidence_that_was_renamed_is_told_in_part() {
    let mut incident = incident(&[IncidentKind::DriftData]);
    let evidence = Detection::Drift(drift("evidently.psi"));
    tell(&mut incident, EventKind::Detected(evidence.clone()));
    let options = AvidOptions::new("2026-11-26".parse().unwrap());
    let export = out::report(&released(&incident), &options).unwrap();
    let mut document = value(&export.document().to_json().unwrap());
    document["metrics"][0]["name"] = json!("PSI");
    let import = import(&document).unwrap();
    assert_eq!(import.incident().detections(), [evidence]);
    assert!(rows(&import).contains(&"/metrics/0 partial".to_owned()));
    document["metrics"][0]["results"]["drift"]["verdict"] = json!("steady");
    let import = self::import(&document).unwrap();
    assert_eq!(import.incident().detections(), []);
    assert!(rows(&import).contains(&"/metrics/0 unmapped".to_owned()));
}

#[test]
fn reports_of_a_vulnerability_become_links() {
    let read = vulnerability(&whole_vulnerability()).unwrap();
    let import = avid::vulnerability(&read, &options(), &by(0)).unwrap();
    let links = import.incident().links();
    let own = &links[0];
    assert_eq!(
        (own.relation, own.target.as_str()),
        (LinkRelation::SameAs, "ACME-V-7")
    );
    let report = links.last().unwrap();
    assert_eq!(
        (report.relation, report.target.as_str()),
        (LinkRelation::Related, "ACME-R-7")
    );
    assert_eq!(report.title.as_ref().unwrap().as_str(), "Rows");
    let rows = rows(&import);
    for row in [
        "/reports/0 partial",
        "/published_date approximate",
        "/last_modified_date unmapped",
    ] {
        assert!(rows.contains(&row.to_owned()), "{row}");
    }
}

#[test]
fn the_version_of_atlas_is_that_of_the_options() {
    let options = options().with_atlas_version(text("5.6.0"));
    let read = report(&whole_report()).unwrap();
    let import = avid::report(&read, &options, &by(0)).unwrap();
    assert_eq!(
        import.incident().techniques()[0].atlas_version.as_str(),
        "5.6.0"
    );
    assert!(rows(&import).contains(&"/impact/atlas/0 direct".to_owned()));
}
