//! Where each field of a record goes.

use super::CycloneDxRequest;
use crate::export::FieldLoss;
use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::export::ledger::{Ledger, Told};
use crate::export::vex::facts::VexFacts;
use crate::export::vex::losses::{losses, mere_plans};

const ROWS: &[Told<'_>] = &[
    ("id", Direct, "vulnerabilities/id"),
    ("tlp", Partial, "a property: there is no marking before 1.7"),
    ("title", Direct, "vulnerabilities/description"),
    ("summary", Direct, "vulnerabilities/detail"),
    ("phase", Partial, "a property"),
    ("severity", Direct, "vulnerabilities/ratings"),
    ("kinds", Partial, "properties"),
    ("techniques", Partial, "a property, as text"),
    ("cwes", Direct, "vulnerabilities/cwes"),
    (
        "determination",
        Partial,
        "a property; a false positive is one of the analysis too",
    ),
    ("harm", Partial, "a property"),
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
    ("impacts/*/affected", Partial, "a property, as text"),
    ("impacts/*/count", Partial, "a property, as text"),
    ("impacts/*/description", Partial, "a property, as text"),
    ("impacts/*/kind", Partial, "a property, as text"),
    ("actions/*", Partial, "vulnerabilities/workaround, as text"),
    (
        "recoveries/*",
        Partial,
        "vulnerabilities/recommendation, as text, and what is resolved",
    ),
    ("rootCause", Direct, "vulnerabilities/detail"),
    (
        "review",
        Partial,
        "an annotation, as text, without owners and days of its actions",
    ),
    ("links/*", Partial, "an advisory, a reference or a property"),
    ("notes/*", Direct, "annotations"),
];

pub(super) fn rows(
    mut ledger: Ledger,
    facts: &VexFacts,
    request: &CycloneDxRequest,
) -> Vec<FieldLoss> {
    mere_plans(&mut ledger, facts);
    for product in &facts.products {
        let field = |name| format!("assets/{}/{name}", product.asset);
        if product.bom_links(request.bom.as_ref()).is_empty() {
            let count = product.purls.len().max(1);
            if product.bom_refs.len() > count {
                let note = "as many bom-refs as components, which the document has here";
                ledger.partial(field("refs"), note);
            }
        } else {
            let note = "stands in the bill of materials that the link points to";
            for name in ["kind", "name", "version"] {
                ledger.partial(field(name), note);
            }
            if !product.purls.is_empty() || !product.digests.is_empty() {
                let note = "the link; package urls and digests stand in the bill that it points to";
                ledger.partial(field("refs"), note);
            }
        }
    }
    losses(ledger, facts, ROWS)
}
