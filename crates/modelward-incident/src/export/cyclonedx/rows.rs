//! Where each field of a record goes.

use super::CycloneDxRequest;
use crate::export::FieldLoss;
use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::export::vex::facts::VexFacts;
use crate::export::vex::losses::{Row, losses};

const ROWS: &[Row] = &[
    ("id", Direct, "vulnerabilities/id"),
    ("title", Direct, "vulnerabilities/description"),
    ("summary", Direct, "vulnerabilities/detail"),
    (
        "tlp",
        Approximate,
        "a property of the document, which has no marking before 1.7",
    ),
    ("phase", Approximate, "a property"),
    ("severity", Direct, "vulnerabilities/ratings"),
    ("kinds", Approximate, "properties"),
    ("techniques", Approximate, "properties"),
    (
        "cves",
        Partial,
        "advisories: a component need not have a CVE that the incident names",
    ),
    ("cwes", Direct, "vulnerabilities/cwes"),
    (
        "determination",
        Approximate,
        "a property; a false positive is one of the analysis too",
    ),
    ("harm", Approximate, "a property"),
    ("assets/*/kind", Approximate, "the type of the component"),
    ("assets/*/name", Direct, "components/name"),
    ("assets/*/version", Direct, "components/version"),
    (
        "assets/*/refs",
        Direct,
        "vulnerabilities/affects and components",
    ),
    (
        "assets/*/compromise",
        Direct,
        "vulnerabilities/analysis; an unknown state is in triage",
    ),
    ("impacts", Approximate, "properties"),
    (
        "actions",
        Partial,
        "vulnerabilities/workaround for the assets that they name, as text",
    ),
    (
        "recovery",
        Partial,
        "vulnerabilities/recommendation, as text",
    ),
    ("receipt", Approximate, "a component that is resolved"),
    ("rootCause", Partial, "vulnerabilities/detail, as text"),
    (
        "review",
        Partial,
        "an annotation, as text, without owners and dates of its actions",
    ),
    (
        "links",
        Partial,
        "advisories where the target is an address, references where it is the same case",
    ),
    ("notes", Direct, "annotations"),
];

pub(super) fn rows(facts: &VexFacts, request: &CycloneDxRequest) -> Vec<FieldLoss> {
    let mut special = Vec::new();
    for product in &facts.products {
        let field = |name| format!("assets/{}/{name}", product.asset);
        if product.bom_links(request.bom.as_ref()).is_empty() {
            let count = product.purls.len().max(1);
            if product.bom_refs.len() > count {
                let note = "as many bom-refs as components, which the document has here";
                special.push(FieldLoss::new(field("refs"), Partial, note));
            }
        } else {
            let note = "stands in the bill of materials that the link points to";
            for name in ["kind", "name", "version"] {
                special.push(FieldLoss::new(field(name), Partial, note));
            }
            if !product.purls.is_empty() || !product.digests.is_empty() {
                let note = "the link; package urls and digests stand in the bill that it points to";
                special.push(FieldLoss::new(field("refs"), Partial, note));
            }
        }
    }
    special.retain(|loss| facts.held.iter().any(|field| field == loss.field()));
    losses(&facts.held, ROWS, special)
}
