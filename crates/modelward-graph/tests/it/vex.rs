mod csaf;
mod cyclonedx;
mod hostile;
mod matching;
mod newest;
mod openvex;
mod properties;
mod shared;

use modelward_artifact::JsonLimits;
use modelward_graph::vex::{Candidate, ReadVexError, VexDocument, VexStatement};
use serde_json::{Value, json};

use crate::seed;

const SERIAL: &str = "3e671687-395b-41f5-a30f-a58921a69b79";
const OTHER_SERIAL: &str = "2c385cf7-e1ee-46e9-a51c-13de1ecb380a";

fn read(value: &Value) -> Result<VexDocument, ReadVexError> {
    let text = value.to_string();
    seed::keep("vex", text.as_bytes());
    VexDocument::read(text.as_bytes(), &JsonLimits::default())
}

fn openvex(statements: &Value) -> VexDocument {
    let context = "https://openvex.dev/ns/v0.2.0";
    read(&json!({"@context": context, "@id": "https://example.org/a",
        "timestamp": "2026-01-01T00:00:00Z", "statements": statements}))
    .unwrap()
}

/// Reads a statement of `OpenVEX` about these products.
fn about(products: &Value) -> VexDocument {
    openvex(
        &json!([{"vulnerability": {"name": "CVE-1"}, "status": "affected",
        "products": products}]),
    )
}

fn csaf(tree: &Value, vulnerabilities: &Value) -> VexDocument {
    read(
        &json!({"document": {"csaf_version": "2.0", "tracking": {"id": "A-1",
        "current_release_date": "2026-01-01T00:00:00Z"}}, "product_tree": tree,
        "vulnerabilities": vulnerabilities}),
    )
    .unwrap()
}

/// Reads a CSAF document with one vulnerability that is in the product `p` alone.
fn csaf_about(tree: &Value) -> VexDocument {
    let status = json!({"known_affected": ["p"]});
    csaf(tree, &json!([{"cve": "CVE-1", "product_status": status}]))
}

fn cyclonedx(components: &Value, vulnerabilities: &Value) -> VexDocument {
    read(
        &json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 2,
        "serialNumber": format!("urn:uuid:{SERIAL}"), "components": components,
        "vulnerabilities": vulnerabilities}),
    )
    .unwrap()
}

/// Reads a CycloneDX document with one vulnerability that affects this.
fn cyclonedx_about(components: &Value, affected: &Value) -> VexDocument {
    let analysis = json!({"state": "exploitable"});
    cyclonedx(
        components,
        &json!([{"id": "CVE-1", "analysis": analysis, "affects": [affected]}]),
    )
}

/// Shows the warnings as codes and places.
fn warnings(document: &VexDocument) -> Vec<String> {
    let warnings = document.warnings().iter();
    warnings
        .map(|one| {
            format!(
                "{} {}",
                one.code().trim_start_matches("graph.vex_warning."),
                one.pointer()
            )
        })
        .collect()
}

fn only(document: &VexDocument) -> &VexStatement {
    let [statement] = document.statements() else {
        panic!("expected one statement, found {:?}", document.statements())
    };
    statement
}

fn purl(text: &str) -> Candidate<'_> {
    Candidate::new().with_purl(text)
}

/// A statement about `pkg:pypi/a` at a time, in days of January, or at none.
fn statement(day: Option<u8>, status: &str) -> VexDocument {
    let mut statement = json!({"vulnerability": {"name": "CVE-1"}, "status": status,
        "products": [{"@id": "pkg:pypi/a"}]});
    if let Some(day) = day {
        statement["timestamp"] = json!(format!("2026-01-{day:02}T00:00:00Z"));
    }
    read(&json!({"@context": "https://openvex.dev/ns/v0.2.0", "statements": [statement]})).unwrap()
}
