//! Where each field of a record goes.

use super::OpenVexRequest;
use crate::export::FieldLoss;
use crate::export::LossStatus::{Direct, Partial};
use crate::export::ledger::{Ledger, Told};
use crate::export::vex::facts::VexFacts;
use crate::export::vex::losses::{losses, mere_plans};
use crate::export::vex::stable::digest_uri;

const ROWS: &[Told<'_>] = &[
    ("id", Direct, "vulnerability/name"),
    ("title", Direct, "vulnerability/description"),
    ("phase", Partial, "status_notes, as text"),
    ("severity", Partial, "status_notes, as text"),
    ("determination", Partial, "status_notes, as text"),
    ("harm", Partial, "status_notes, as text"),
    ("assets/*/kind", Partial, "status_notes, as text"),
    ("assets/*/name", Partial, "status_notes, as text"),
    ("assets/*/version", Partial, "status_notes, as text"),
    ("assets/*/refs", Direct, "products"),
    (
        "assets/*/compromise",
        Direct,
        "status; an unknown state is under investigation",
    ),
    (
        "actions/*",
        Partial,
        "action_statement of the assets that it is done to, as text",
    ),
    (
        "recoveries/*",
        Partial,
        "action_statement, as text, and what is fixed",
    ),
];

pub(super) fn rows(
    mut ledger: Ledger,
    facts: &VexFacts,
    request: &OpenVexRequest,
) -> Vec<FieldLoss> {
    mere_plans(&mut ledger, facts);
    for product in &facts.products {
        let mut lost = Vec::new();
        if product.digests.iter().any(|it| digest_uri(it).is_none()) {
            lost.push("no digest of BLAKE3, which the format does not have");
        }
        if product.has_unlinked(request.bom.as_ref()) {
            lost.push("no bom-ref, since the bill that it is in is not given");
        }
        if !lost.is_empty() {
            let field = format!("assets/{}/refs", product.asset);
            ledger.partial(field, lost.join("; "));
        }
    }
    for (index, link) in facts.links.iter().enumerate() {
        if link.is_same && !link.is_address() {
            let field = format!("links/{index}");
            ledger.partial(field, "an alias");
        }
    }
    losses(ledger, facts, ROWS)
}
