mod export;
mod hostile;
mod import;
mod layouts;
mod official;
mod round_trip;
#[cfg(feature = "yaml")]
mod yaml;

use modelward_artifact::JsonLimits;
use modelward_incident::format::atlas::{AtlasData, AtlasError, CaseStudy};
use serde_json::{Value, json};

fn data(document: &Value) -> Result<AtlasData, AtlasError> {
    AtlasData::from_json(document.to_string().as_bytes(), &JsonLimits::default())
}

fn study(document: &Value) -> Result<CaseStudy, AtlasError> {
    CaseStudy::from_json(document.to_string().as_bytes(), &JsonLimits::default())
}

/// A release with one object of each kind, laid out as 5.x is.
fn embedded() -> Value {
    json!({
        "id": "ATLAS", "name": "Ours", "version": "5.6.0", "more": 1,
        "matrices": [{
            "id": "ATLAS", "name": "Matrix",
            "tactics": [
                {"id": "AML.TA0004", "name": "Get In", "object-type": "tactic",
                 "description": "Gets in.", "created_date": "2022-01-24",
                 "ATT&CK-reference": {"id": "TA0001", "url": "https://attack.example/TA0001"}},
                {"id": "AML.TA0001", "name": "Stage", "object-type": "tactic",
                 "description": "Stages."},
            ],
            "techniques": [
                {"id": "AML.T0010", "name": "Supplier", "object-type": "technique",
                 "description": "By a supplier.", "tactics": ["AML.TA0004"],
                 "maturity": "realized", "references": [{"title": "T", "url": null}]},
                {"id": "AML.T0010.003", "name": "Model", "object-type": "technique",
                 "description": "By a model.", "subtechnique-of": "AML.T0010"},
            ],
            "mitigations": [
                {"id": "AML.M0013", "name": "Signing", "object-type": "mitigation",
                 "description": "Sign.", "category": ["Policy"], "ml-lifecycle": ["Deployment"],
                 "techniques": [{"id": "AML.T0010.003", "use": "Refuse what is not signed."}]},
            ],
        }],
        "case-studies": [case_study()],
    })
}

fn case_study() -> Value {
    json!({
        "id": "AML.CS9000", "name": "Planted model", "object-type": "case-study",
        "summary": "A model was planted.\n\nIt was found.", "incident-date": "2026-11-03",
        "incident-date-granularity": "MONTH", "case-study-type": "incident",
        "target": "a scorer", "actor": "unknown", "reporter": "Example",
        "procedure": [
            {"tactic": "AML.TA0004", "technique": "AML.T0010.003", "description": "They planted it."},
            {"tactic": "AML.TA0001", "technique": "AML.T0010", "description": "They waited."},
        ],
        "references": [{"title": "A report", "url": "https://example.org/report"}],
    })
}

/// The same release, laid out as format 6 is.
fn separate() -> Value {
    json!({
        "format-version": "6.0.0", "more": 1,
        "collection": {"id": "ATLAS-collection", "name": "Ours", "version": "2026.08"},
        "matrix": {"id": "ATLAS-matrix", "name": "Matrix"},
        "tactics": {
            "AML.TA0001": {"id": "AML.TA0001", "name": "Stage", "object-type": "tactic",
                "description": "Stages.", "uuid": "0b8c"},
            "AML.TA0004": {"id": "AML.TA0004", "name": "Get In", "object-type": "tactic",
                "description": "Gets in.",
                "attack-reference": {"id": "TA0001", "url": "https://attack.example/TA0001"}},
        },
        "techniques": {
            "AML.T0010": {"id": "AML.T0010", "name": "Supplier", "object-type": "technique",
                "description": "By a supplier.", "maturity": "Realized",
                "platforms": ["Generative AI"],
                "references": [{"id": "ref-1", "title": "T", "url": "https://example.org"}]},
            "AML.T0010.003": {"name": "Model", "object-type": "technique",
                "description": "By a model."},
        },
        "mitigations": {
            "AML.M0013": {"id": "AML.M0013", "name": "Signing", "object-type": "mitigation",
                "description": "Sign.", "categories": ["Policy"],
                "lifecycle-phases": ["Deployment"]},
        },
        "case-studies": {
            "AML.CS9000": {"id": "AML.CS9000", "name": "Planted model", "object-type": "case-study",
                "description": "A model was planted.\n\nIt was found.", "type": "Incident",
                "date": "2026-11-03", "date-granularity": "Month", "target": "a scorer",
                "actor": "unknown", "reporter": "Example", "uuid": "77aa",
                "references": [{"id": "ref-1", "title": "A report",
                    "url": "https://example.org/report"}]},
        },
        "relationships": {
            "ATLAS-matrix": {"sequences": [
                relation("ATLAS-matrix", "AML.TA0001", "sequences", json!({"position": 2})),
                relation("ATLAS-matrix", "AML.TA0004", "sequences", json!({"position": 1})),
            ]},
            "AML.T0010": {"achieves": [
                relation("AML.T0010", "AML.TA0004", "achieves", json!({})),
            ]},
            "AML.T0010.003": {"specializes": [
                relation("AML.T0010.003", "AML.T0010", "specializes", json!({})),
            ]},
            "AML.M0013": {"mitigates": [
                relation("AML.M0013", "AML.T0010.003", "mitigates",
                    json!({"description": "Refuse what is not signed."})),
            ]},
            "AML.CS9000": {"employs": [
                relation("AML.CS9000", "AML.T0010", "employs", json!({
                    "description": "They waited.", "tactic": "AML.TA0001", "step-id": "S01",
                    "leads-to": []})),
                relation("AML.CS9000", "AML.T0010.003", "employs", json!({
                    "description": "They planted it.", "tactic": "AML.TA0004", "step-id": "S00",
                    "leads-to": ["S01"]})),
            ]},
        },
    })
}

fn relation(source: &str, target: &str, kind: &str, more: Value) -> Value {
    let mut relation = more;
    relation["source"] = source.into();
    relation["target"] = target.into();
    relation["relationship-type"] = kind.into();
    relation
}

#[test]
fn the_fuzzer_begins_with_releases_and_case_studies() {
    for document in [embedded(), separate()] {
        let studies = data(&document).unwrap().case_studies().to_vec();
        crate::seed::keep("incident-atlas", document.to_string().as_bytes());
        for study in studies {
            crate::seed::keep("incident-atlas", &study.to_json().unwrap());
            crate::seed::keep("incident-atlas", &study.to_submission().unwrap());
            crate::seed::keep("incident-atlas", study.to_yaml().as_bytes());
        }
    }
}
