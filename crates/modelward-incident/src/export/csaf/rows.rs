//! Where each field of a record goes.

use super::tree::is_version;
use super::{CsafRequest, CsafVersion};
use crate::Tlp;
use crate::export::FieldLoss;
use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::export::ledger::{Ledger, Told};
use crate::export::vex::facts::VexFacts;
use crate::export::vex::losses::losses;

const ROWS: &[Told<'_>] = &[
    ("id", Direct, "vulnerabilities/ids and tracking/aliases"),
    ("tlp", Direct, "document/distribution/tlp"),
    ("title", Direct, "document/title and vulnerabilities/title"),
    ("summary", Direct, "document/notes"),
    (
        "phase",
        Approximate,
        "whether it is over, in involvements; the phase as text",
    ),
    ("severity", Direct, "document/aggregate_severity"),
    ("kinds", Partial, "a note, as text"),
    ("techniques", Partial, "a note, as text"),
    ("cwes", Direct, "vulnerabilities/cwes"),
    ("determination", Partial, "a threat, as text"),
    ("harm", Partial, "a threat, as text"),
    ("facts/discovered", Direct, "vulnerabilities/discovery_date"),
    (
        "systems/0/developers",
        Approximate,
        "the vendor, where one made the one system",
    ),
    ("assets/*/kind", Partial, "the name of the product, as text"),
    ("assets/*/name", Direct, "product_tree/branches"),
    ("assets/*/version", Direct, "product_tree/branches"),
    (
        "assets/*/refs",
        Direct,
        "what identifies the product; digests bear its name",
    ),
    (
        "assets/*/compromise",
        Direct,
        "vulnerabilities/product_status",
    ),
    ("impacts/*/affected", Partial, "a threat, as text"),
    ("impacts/*/count", Partial, "a threat, as text"),
    ("impacts/*/description", Direct, "vulnerabilities/threats"),
    ("impacts/*/kind", Partial, "a threat, as text"),
    (
        "actions/*",
        Partial,
        "remediations of the assets that it is done to, as text",
    ),
    (
        "recoveries/*",
        Partial,
        "a recommended product and a remediation; steps as text",
    ),
    ("rootCause", Direct, "vulnerabilities/notes"),
    (
        "review",
        Partial,
        "a note, as text, without owners and days of its actions",
    ),
    ("links/*", Partial, "a reference, an id or a note"),
    ("notes/*", Partial, "a note, as text"),
];

pub(super) fn rows(mut ledger: Ledger, facts: &VexFacts, request: &CsafRequest) -> Vec<FieldLoss> {
    special(&mut ledger, facts, request);
    losses(ledger, facts, ROWS)
}

/// Tells what the version or the content makes worse than the table says.
fn special(ledger: &mut Ledger, facts: &VexFacts, request: &CsafRequest) {
    let is_2_0 = request.version == CsafVersion::V2_0;
    if !facts.cwes.is_empty() {
        weaknesses(ledger, facts, request);
    }
    if facts.vendor.is_none() {
        let note = "the one developer of one system is a vendor, and here are more";
        ledger.unmapped("systems/0/developers", note);
    }
    if let Some(index) = facts.detected_by {
        let note = "its time, in vulnerabilities/discovery_date";
        ledger.partial(format!("detections/{index}"), note);
    }
    if is_2_0 && facts.level == Tlp::AmberStrict {
        let note = "TLP:AMBER with a text, since 2.0 has the labels of TLP 1.0";
        ledger.approximate("tlp", note);
    }
    for product in &facts.products {
        let field = |name| format!("assets/{}/{name}", product.asset);
        let version = product.version.as_deref();
        if version.is_some_and(|version| !is_version(version)) {
            let note = "part of the product's name, since it reads as a range";
            ledger.approximate(field("version"), note);
        }
        let mut lost = Vec::new();
        if is_2_0 && product.purls.len() > 1 {
            lost.push("the first package url alone, since 2.0 has one");
        }
        if product.has_unlinked(request.bom.as_ref()) {
            lost.push("no bom-ref, since the bill that it is in is not given");
        }
        if !lost.is_empty() {
            ledger.partial(field("refs"), lost.join("; "));
        }
    }
}

fn weaknesses(ledger: &mut Ledger, facts: &VexFacts, request: &CsafRequest) {
    let has_name = |id: &&u32| request.weaknesses.iter().any(|it| it.id == **id);
    let named = facts.cwes.iter().filter(has_name).count();
    let kept = match request.version {
        CsafVersion::V2_0 => named.min(1),
        CsafVersion::V2_1 => named,
    };
    let note = format!(
        "{kept} of {} in full, the others in a note: a weakness needs its name, and 2.0 has one",
        facts.cwes.len()
    );
    if kept < facts.cwes.len() {
        ledger.partial("cwes", note);
    }
}
