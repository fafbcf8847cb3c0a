use std::fmt::Write as _;

use modelward_artifact::Text;
use serde_json::{Value, json};

use crate::export::LossStatus::{Approximate, Partial};
use crate::export::stix::vocabulary::{self, Category};
use crate::export::stix::writer::{Writer, timed};
use crate::export::stix::{StixDialect, definition};
use crate::{Determination, Harm, Impact, Severity};

/// Adds the impacts and returns their ids.
pub(super) fn add(writer: &mut Writer<'_>, assets: &[String]) -> Vec<String> {
    let impacts = writer.incident.impacts();
    impacts
        .values()
        .map(|impact| one(writer, impact, assets))
        .collect()
}

fn one(writer: &mut Writer<'_>, impact: &Impact, assets: &[String]) -> String {
    let dialect = writer.dialect();
    let category = vocabulary::impact(dialect, impact.kind);
    let object = writer
        .builder
        .object("impact", impact.id.as_str())
        .with("impact_category", name(dialect, category))
        .with(
            "criticality",
            vocabulary::criticality(writer.incident.severity()),
        )
        .with("description", description(impact))
        .with("impacted_refs", assets);
    let mut object = timed(object, "start_time", writer.incident.began());
    if dialect.extends() {
        object = definition::IMPACT.applied_to(object);
    }
    if let Some(extension) = extension(writer, category) {
        object = object.extended(&format!("{}-ext", category.name), extension);
    }
    lost(writer, &format!("impacts/{}", impact.id), category);
    writer.builder.push(object)
}

fn lost(writer: &mut Writer<'_>, field: &str, category: Category) {
    let mut note = format!("impact_category {}", category.name);
    if let Some(kind) = category.kind {
        write!(note, " of the type {kind}").ok();
    }
    let mut status = category.status;
    if writer.dialect().extends() {
        // The extension demands an extent that the record does not state.
        note.push_str(", with the least extent that may be said");
        status = status.max(Approximate);
    }
    writer.lost(&format!("{field}/kind"), status, &note);
    writer.direct(&format!("{field}/description"), "impact/description");
    for member in ["affected", "count"] {
        let note = "in words at the end of impact/description";
        writer.lost(&format!("{field}/{member}"), Partial, note);
    }
}

/// The name of the category.
///
/// The prose of the extension, section 2.3, wants an extension of the same name, and STIX 2.1,
/// section 3.10, that such a name ends in `-ext`; both hold of this form alone. STIX 2.2 names the
/// category without the ending.
fn name(dialect: StixDialect, category: Category) -> String {
    if dialect.extends() {
        format!("{}-ext", category.name)
    } else {
        category.name.to_owned()
    }
}

/// The description, and who is affected, for whom STIX has counts by its own classes alone.
fn description(impact: &Impact) -> String {
    let mut text = impact.description.to_string();
    let affected: Vec<_> = impact.affected.iter().map(Text::as_str).collect();
    if !affected.is_empty() {
        write!(text, "\nAffected: {}.", affected.join(", ")).ok();
    }
    if let Some(count) = impact.count {
        write!(text, "\nNumber affected: {count}.").ok();
    }
    text
}

/// The extension of a category. STIX 2.2 leaves it out where too little is known; the extension
/// for STIX 2.1 demands it, so there it holds the least that may be said.
fn extension(writer: &Writer<'_>, category: Category) -> Option<Value> {
    let old = writer.dialect().extends();
    let known = writer.incident.determination() == Determination::Confirmed
        && writer.incident.harm() == Harm::Occurred;
    let value = match (category.name, category.kind) {
        ("external", Some(kind)) => json!({ "impact_type": kind }),
        ("physical", Some(kind)) => json!({ "impact_type": "unknown", "asset_type": kind }),
        _ if !old => return None,
        ("availability", _) => {
            json!({ "availability_impact": availability(writer.incident.severity()) })
        }
        ("confidentiality", _) => {
            let loss = if known {
                "confirmed-loss"
            } else {
                "suspected-loss"
            };
            json!({ "loss_type": loss, "information_type": "unspecified" })
        }
        ("integrity", _) => {
            let change = if known {
                "partial-modification"
            } else {
                "potential-modification"
            };
            json!({ "alteration": change, "information_type": "unspecified" })
        }
        ("monetary", _) => json!({ "variety": "uncategorized" }),
        _ => json!({ "traceability_impact": "partial-accountability" }),
    };
    Some(value)
}

/// The value of appendix A that a severity comes nearest to.
const fn availability(severity: Severity) -> u8 {
    match severity {
        Severity::Low => 20,
        Severity::Medium => 50,
        Severity::High => 75,
        Severity::Critical => 95,
    }
}
