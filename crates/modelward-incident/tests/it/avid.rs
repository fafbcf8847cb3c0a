mod cases;
mod export;
mod format;
mod hostile;
mod import;
mod schema;

pub(crate) use self::cases::detections;

use modelward_artifact::JsonLimits;
use modelward_incident::format::avid::{AvidError, AvidReport, AvidVulnerability};
use serde_json::{Value, json};

/// A report that has every member of the format.
fn whole_report() -> Value {
    let mut whole = common();
    whole["metadata"] = json!({"report_id": "ACME-R-7"});
    whole["metrics"] = json!([{
        "name": "PSI",
        "detection_method": {"type": "Static Threshold", "name": "alarm at >= 0.1"},
        "results": {"value": 0.31, "counts": [1, 2, 3]}
    }]);
    whole["reported_date"] = json!("2026-11-26");
    whole
}

/// A vulnerability that has every member of the format.
fn whole_vulnerability() -> Value {
    let mut whole = common();
    whole["metadata"] = json!({"vuln_id": "ACME-V-7"});
    whole["reports"] = json!([{"report_id": "ACME-R-7", "type": "Issue", "name": "Rows"}]);
    whole["published_date"] = json!("2026-11-26");
    whole["last_modified_date"] = json!("2026-11-27");
    whole
}

fn common() -> Value {
    json!({
        "data_type": "AVID",
        "data_version": "0.3.3",
        "affects": {
            "developer": ["Acme"],
            "deployer": [],
            "artifacts": [{"type": "Dataset", "name": "pairs"}, {"type": "Model", "name": "scorer"}]
        },
        "problemtype": {
            "classof": "Undefined",
            "type": "Issue",
            "description": {"lang": "eng", "value": "Rows with a trigger"}
        },
        "references": [{"type": "source", "label": "Notice", "url": "https://acme.example/7"}],
        "description": {"lang": "eng", "value": "Somebody put 250 rows into the pairs."},
        "impact": {
            "avid": {
                "vuln_id": "ACME-V-7",
                "risk_domain": ["Security"],
                "sep_view": ["S0600: Data Poisoning"],
                "lifecycle_view": ["L03: Data Preparation"],
                "taxonomy_version": "0.2"
            },
            "atlas": [{"tactic": "AML.TA0006", "technique": "AML.T0020", "description": "Rows"}],
            "cvss": {
                "version": "3.1",
                "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N",
                "baseScore": 7.5,
                "baseSeverity": "HIGH",
                "attackVector": "NETWORK",
                "attackComplexity": "LOW",
                "privilegesRequired": "NONE",
                "userInteraction": "NONE",
                "scope": "UNCHANGED",
                "confidentialityImpact": "NONE",
                "integrityImpact": "HIGH",
                "availabilityImpact": "NONE"
            },
            "cwe": [{"cweId": "CWE-345", "description": "Too little is verified", "lang": "en"}],
            "odin": {
                "SocialImpactScore": "High",
                "JailbreakTaxonomy": [{"Category": "a", "Strategy": "b", "Technique": "c"}]
            }
        },
        "credit": [{"lang": "eng", "value": "Jo"}]
    })
}

fn report(value: &Value) -> Result<AvidReport, AvidError> {
    AvidReport::from_json(&bytes(value), &JsonLimits::default())
}

fn vulnerability(value: &Value) -> Result<AvidVulnerability, AvidError> {
    AvidVulnerability::from_json(&bytes(value), &JsonLimits::default())
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn value(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Reads an official file, or says that the test is skipped.
fn official(name: &str) -> Option<Value> {
    crate::shared_json(&format!("incident/avid/{name}"))
}

#[test]
fn the_fuzzer_begins_with_reports_and_vulnerabilities() {
    report(&whole_report()).unwrap();
    vulnerability(&whole_vulnerability()).unwrap();
    for document in [whole_report(), whole_vulnerability()] {
        crate::seed::keep("incident-avid", &bytes(&document));
    }
}
