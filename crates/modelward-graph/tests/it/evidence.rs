use std::collections::BTreeSet;
use std::fs;

use modelward_artifact::{AtlasTechnique, JsonLimits};
use modelward_graph::evidence::{AvidKind, AvidReport, FreeName, Naming, ReadEvidenceError};
use serde_json::{Value, json};

use crate::version::fixtures;

fn read(value: &Value) -> Result<AvidReport, ReadEvidenceError> {
    AvidReport::read(value.to_string().as_bytes(), &JsonLimits::default())
}

#[test]
fn names_are_alike_but_for_case_and_separators() {
    for (one, other, alike) in [
        ("Bert-Base_Uncased", "bert base.uncased", true),
        ("mlflow/mlflow", "MLflow / mlflow", true),
        (" torch ", "-torch.", true),
        ("GPT 4", "gpt\u{a0}4", true),
        ("ÜBER", "über", true),
        ("gpt4", "gpt-4", false),
        ("torch", "torchvision", false),
        ("mlflow", "mlflow/mlflow", false),
        ("", "", false),
        ("-", "_", false),
        ("n/a", "n/a", false),
        ("N/A", "n.a.", false),
        ("None", "none", false),
        ("unknown", "Unknown", false),
    ] {
        let (one, other) = (FreeName::new(one), FreeName::new(other));
        assert_eq!(one.is_like(&other), alike, "{one} {other}");
        assert_eq!(other.is_like(&one), alike, "{other} {one}");
    }
    let long = FreeName::new("a".repeat(FreeName::MAX_LEN + 1));
    assert!(!long.is_like(&long));
    assert_eq!(FreeName::new("a\u{1b}b").to_string(), r"a\u{1b}b");
}

#[test]
fn a_report_names_what_it_is_about() {
    let report = read(
        &json!({"metadata": {"report_id": "AVID-2023-R0001"}, "affects": {
        "developer": ["x"], "deployer": [], "artifacts": [{"type": "Model", "name": "Bert Base"},
        {"type": "System", "name": "n/a"}, {"type": "Dataset", "name": "Pile"},
        {"type": "Agent", "name": "A"}]}, "problemtype": {"classof": "LLM Evaluation",
        "type": "Issue", "description": {"lang": "eng", "value": "text"}},
        "impact": {"avid": {"vuln_id": "AVID-2023-V001"}, "atlas": [
        {"technique": "AML.T0010.001: Data"}, {"technique": "Evade (AML.T0015)"},
        {"technique": null}, {"tactic": "AML.TA0002", "technique": "by name"}]}}),
    )
    .unwrap();
    assert_eq!(report.ids(), ["AVID-2023-R0001", "AVID-2023-V001"]);
    assert_eq!(
        (report.class(), report.problem_type()),
        (Some("LLM Evaluation"), Some("Issue"))
    );
    assert_eq!(report.description(), Some("text"));
    let kinds: Vec<_> = report
        .artifacts()
        .iter()
        .map(|one| one.kind().clone())
        .collect();
    let other = AvidKind::Other("Agent".to_owned());
    assert_eq!(
        kinds,
        [AvidKind::Dataset, AvidKind::Model, AvidKind::System, other]
    );
    let techniques: Vec<_> = report
        .techniques()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(techniques, ["AML.T0010.001", "AML.T0015"]);
    for (name, naming) in [
        ("bert-base", Naming::Named),
        ("PILE", Naming::Named),
        ("n/a", Naming::NotNamed),
        ("", Naming::NotNamed),
        ("x", Naming::NotNamed),
    ] {
        assert_eq!(report.naming(name), naming, "{name}");
    }
    let vulnerability = read(&json!({"metadata": {"vuln_id": "AVID-2022-V001"}, "affects": null}));
    let vulnerability = vulnerability.unwrap();
    assert_eq!(vulnerability.ids(), ["AVID-2022-V001"]);
    assert_eq!(vulnerability.naming("a"), Naming::NotNamed);
}

#[test]
fn what_is_no_report_is_refused_with_its_place() {
    for (value, pointer) in [
        (json!([]), ""),
        (json!({"affects": {"artifacts": {}}}), "/affects/artifacts"),
        (
            json!({"affects": {"artifacts": [{"type": "Model"}]}}),
            "/affects/artifacts/0",
        ),
        (
            json!({"affects": {"artifacts": ["a"]}}),
            "/affects/artifacts/0",
        ),
        (json!({"metadata": {"report_id": 1}}), "/metadata/report_id"),
        (
            json!({"problemtype": {"classof": []}}),
            "/problemtype/classof",
        ),
        (json!({"impact": {"atlas": "AML.T0010"}}), "/impact/atlas"),
        (
            json!({"impact": {"atlas": [{"technique": 1}]}}),
            "/impact/atlas/0/technique",
        ),
    ] {
        let error = read(&value).unwrap_err();
        assert_eq!(error.code(), "graph.evidence.shape");
        assert!(
            error.to_string().contains(&format!("at `{pointer}`")),
            "{error}"
        );
    }
    let limits = JsonLimits::default();
    assert_eq!(
        AvidReport::read(b"{", &limits).unwrap_err().code(),
        "graph.evidence.json"
    );
    let reports = AvidReport::read_lines(b"{}\n\n{}\n", &limits).unwrap();
    assert_eq!(reports.len(), 2);
    let error = AvidReport::read_lines(b"{}\n\n[]\n", &limits).unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("graph.evidence.line", "line 3 is not a report of avid")
    );
}

#[test]
fn every_technique_of_atlas_is_read() {
    let Some(folder) = fixtures() else { return };
    let text = fs::read(folder.join("../../incident/atlas/ATLAS.json")).unwrap();
    let atlas: Value = serde_json::from_slice(&text).unwrap();
    let mut ids = BTreeSet::new();
    for technique in atlas["matrices"][0]["techniques"].as_array().unwrap() {
        let id: AtlasTechnique = technique["id"].as_str().unwrap().parse().unwrap();
        assert_eq!(
            technique["subtechnique-of"].as_str().map(str::to_owned),
            id.parent().map(|id| id.to_string())
        );
        ids.insert(id);
    }
    assert_eq!(ids.len(), 170);
    let mut steps = 0;
    for study in atlas["case-studies"].as_array().unwrap() {
        for step in study["procedure"].as_array().unwrap() {
            let id: AtlasTechnique = step["technique"].as_str().unwrap().parse().unwrap();
            assert!(ids.contains(&id), "{id}");
            steps += 1;
        }
    }
    assert_eq!(steps, 449);
}

#[test]
fn a_real_report_is_read() {
    let Some(folder) = fixtures() else { return };
    let text = fs::read(folder.join("../../incident/avid/test_report.json")).unwrap();
    let report = AvidReport::read(&text, &JsonLimits::default()).unwrap();
    assert_eq!(report.ids(), ["AVID-2025-R-1234"]);
    assert_eq!(
        (report.artifacts().len(), report.class()),
        (6, Some("Third-party Report"))
    );
    assert_eq!(report.naming("gemini_cli"), Naming::Named);
    assert_eq!(report.naming("github"), Naming::NotNamed);
    assert!(report.techniques().is_empty());
}

#[test]
fn nodes_that_are_named_are_found_with_a_doubt() {
    let graph = crate::graph(&[
        "pkg:pypi/mlflow@2.0",
        "pkg:huggingface/datasets/the/pile@1",
        "bert-base uses n/a",
        "unknown",
    ]);
    let report = |id: &str, kind: &str, name: &str| {
        let artifacts = json!([{"type": kind, "name": name}]);
        read(&json!({"metadata": {"report_id": id}, "affects": {"developer": [], "deployer": [], "artifacts": artifacts}}))
            .unwrap()
    };
    let reports = [
        report("R3", "Model", "BERT base"),
        report("R1", "System", "MLflow"),
        report("R2", "Dataset", "datasets/the/pile"),
        report("R4", "System", "n/a"),
        report("R5", "System", "mlflow-extras"),
    ];
    let found = graph.named_findings(&reports);
    let found: Vec<_> = found
        .iter()
        .map(|finding| {
            (
                finding.node().as_str(),
                finding.id(),
                finding.class().name(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("bert-base", "R3", "malicious weights"),
            ("pkg:huggingface/datasets/the/pile@1", "R2", "poisoned data"),
            ("pkg:pypi/mlflow@2.0", "R1", "code flaw"),
        ]
    );
    assert!(
        graph
            .named_findings(&reports)
            .iter()
            .all(|finding| finding.doubt().is_some())
    );
}
