//! Where each field of a record goes.

use std::collections::BTreeSet;

use super::OpenVexRequest;
use crate::export::FieldLoss;
use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::export::vex::facts::VexFacts;
use crate::export::vex::losses::{Row, losses};
use crate::export::vex::stable::digest_uri;

const ROWS: &[Row] = &[
    ("id", Direct, "vulnerability/name"),
    ("title", Direct, "vulnerability/description"),
    ("phase", Approximate, "status_notes, as text"),
    ("severity", Approximate, "status_notes, as text"),
    ("determination", Approximate, "status_notes, as text"),
    ("harm", Approximate, "status_notes, as text"),
    ("assets/*/kind", Approximate, "status_notes, as text"),
    ("assets/*/name", Approximate, "status_notes, as text"),
    ("assets/*/version", Approximate, "status_notes, as text"),
    ("assets/*/refs", Direct, "products"),
    (
        "assets/*/compromise",
        Direct,
        "status; an unknown state is one under investigation",
    ),
    (
        "actions",
        Partial,
        "action_statement of the assets that they name, as text",
    ),
    ("recovery", Partial, "action_statement, as text"),
    (
        "receipt",
        Approximate,
        "a statement that what was restored is fixed",
    ),
    (
        "links",
        Partial,
        "aliases, where the target is the same case and no address",
    ),
];

pub(super) fn rows(facts: &VexFacts, request: &OpenVexRequest) -> Vec<FieldLoss> {
    let mut special = Vec::new();
    for product in &facts.products {
        let mut lost = Vec::new();
        if product.digests.iter().any(|it| digest_uri(it).is_none()) {
            lost.push("no digest of BLAKE3, which the format does not have");
        }
        let links = product.bom_links(request.bom.as_ref());
        let distinct: BTreeSet<_> = product.bom_refs.iter().collect();
        if links.len() < distinct.len() {
            lost.push("no bom-ref, since the bill that it is in is not given");
        }
        if !lost.is_empty() {
            let field = format!("assets/{}/refs", product.asset);
            special.push(FieldLoss::new(field, Partial, lost.join("; ")));
        }
    }
    losses(&facts.held, ROWS, special)
}
