//! Where each field of a record goes.

use std::collections::BTreeSet;

use super::tree::is_version;
use super::{CsafRequest, CsafVersion};
use crate::Tlp;
use crate::export::FieldLoss;
use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::export::vex::facts::VexFacts;
use crate::export::vex::losses::{Row, losses};

const ROWS: &[Row] = &[
    ("id", Direct, "vulnerabilities/ids and tracking/aliases"),
    ("title", Direct, "document/title and vulnerabilities/title"),
    (
        "summary",
        Direct,
        "document/notes and vulnerabilities/notes",
    ),
    (
        "phase",
        Approximate,
        "an involvement tells whether work goes on; the phase stands in text",
    ),
    ("severity", Direct, "document/aggregate_severity"),
    ("kinds", Partial, "a note, as text"),
    ("techniques", Partial, "a note, as text"),
    (
        "cves",
        Partial,
        "a note and references: an asset need not have a CVE that the incident names",
    ),
    ("cwes", Direct, "vulnerabilities/cwes"),
    ("determination", Approximate, "a threat, as text"),
    ("harm", Approximate, "a threat, as text"),
    ("detectedAt", Direct, "vulnerabilities/discovery_date"),
    (
        "systems",
        Approximate,
        "the one developer of the one system is the vendor",
    ),
    ("assets/*/kind", Approximate, "part of the product's name"),
    ("assets/*/name", Direct, "product_tree/branches"),
    ("assets/*/version", Direct, "product_tree/branches"),
    (
        "assets/*/refs",
        Direct,
        "product_identification_helper; digests bear the asset's name",
    ),
    (
        "assets/*/compromise",
        Direct,
        "vulnerabilities/product_status",
    ),
    ("impacts", Partial, "threats, as text"),
    (
        "actions",
        Partial,
        "remediations of the assets that they name, as text",
    ),
    (
        "recovery",
        Partial,
        "a recommended product and a mitigation; steps stand in text",
    ),
    (
        "receipt",
        Approximate,
        "the product that was restored is listed as fixed",
    ),
    ("rootCause", Partial, "a note, as text"),
    (
        "review",
        Partial,
        "a note, as text, without owners and dates of its actions",
    ),
    (
        "links",
        Partial,
        "references where the target is an address, ids where it is the same case",
    ),
    ("notes", Partial, "a note, as text"),
];

pub(super) fn rows(facts: &VexFacts, request: &CsafRequest) -> Vec<FieldLoss> {
    losses(&facts.held, ROWS, special(facts, request))
}

/// Tells what the version or the content makes worse than the table says.
fn special(facts: &VexFacts, request: &CsafRequest) -> Vec<FieldLoss> {
    let is_2_0 = request.version == CsafVersion::V2_0;
    let mut special = Vec::new();
    if !facts.cwes.is_empty() {
        special.extend(weaknesses(facts, request));
    }
    if is_2_0 && facts.level == Tlp::AmberStrict {
        let note = "TLP:AMBER with a text, since 2.0 has the labels of TLP 1.0";
        special.push(FieldLoss::new("tlp", Approximate, note));
    }
    for product in &facts.products {
        let field = |name| format!("assets/{}/{name}", product.asset);
        let version = product.version.as_deref();
        if version.is_some_and(|version| !is_version(version)) {
            let note = "part of the product's name, since it reads as a range";
            special.push(FieldLoss::new(field("version"), Approximate, note));
        }
        let links = product.bom_links(request.bom.as_ref());
        let mut lost = Vec::new();
        if is_2_0 && product.purls.len() > 1 {
            lost.push("the first package url alone, since 2.0 has one");
        }
        let distinct: BTreeSet<_> = product.bom_refs.iter().collect();
        if links.len() < distinct.len() {
            lost.push("no bom-ref, since the bill that it is in is not given");
        }
        if !lost.is_empty() {
            special.push(FieldLoss::new(field("refs"), Partial, lost.join("; ")));
        }
    }
    special
}

fn weaknesses(facts: &VexFacts, request: &CsafRequest) -> Option<FieldLoss> {
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
    (kept < facts.cwes.len()).then(|| FieldLoss::new("cwes", Partial, note))
}
