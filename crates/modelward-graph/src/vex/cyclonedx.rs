//! Reads the vulnerabilities of CycloneDX 1.4 to 1.7.

mod components;
mod versions;

use std::sync::Arc;

use modelward_artifact::Timestamp;
use serde_json::Value;

use self::components::Components;
use crate::vex::notes::Notes;
use crate::vex::statement::Vulnerability;
use crate::vex::{
    Justification, Read, ReadVexError, VexStatement, VexStatus, VexSubject, VexWarningKind,
    required_list,
};

pub(super) fn read(document: &Value, notes: &mut Notes) -> Result<Read, ReadVexError> {
    let vulnerabilities = required_list(document, "vulnerabilities")?.unwrap_or_default();
    if !vulnerabilities.is_empty() {
        check_version(document, notes);
    }
    let metadata = document.get("metadata").unwrap_or(&Value::Null);
    let timestamp = notes.time(metadata, "timestamp", "/metadata");
    let components = Components::read(document, vulnerabilities, notes);
    let mut statements = Vec::new();
    for (index, vulnerability) in vulnerabilities.iter().enumerate() {
        let reader = Reader {
            components: &components,
            pointer: &format!("/vulnerabilities/{index}"),
            timestamp,
        };
        reader.read(vulnerability, &mut statements, notes);
    }
    let id = notes.text(document, "serialNumber", "");
    Ok(Read {
        id: id.map(str::to_owned),
        timestamp,
        statements,
    })
}

/// Older versions than 1.4 have no vulnerabilities that this could be about.
fn check_version(document: &Value, notes: &mut Notes) {
    match notes.text(document, "specVersion", "") {
        Some("1.4" | "1.5" | "1.6" | "1.7") => {}
        Some(text) => {
            let kind = VexWarningKind::UnknownVersion { text: text.into() };
            notes.warn("/specVersion", kind);
        }
        None => notes.shape("/specVersion", "a text"),
    }
}

/// Reads one vulnerability.
struct Reader<'r> {
    components: &'r Components,
    pointer: &'r str,
    timestamp: Option<Timestamp>,
}

/// What stands in `analysis`.
struct Analysis {
    status: Option<VexStatus>,
    detail: Option<Arc<str>>,
    timestamp: Option<Timestamp>,
}

impl Reader<'_> {
    fn read(&self, value: &Value, statements: &mut Vec<VexStatement>, notes: &mut Notes) {
        let Some(vulnerability) = self.read_ids(value, notes) else {
            notes.warn(self.pointer, VexWarningKind::NoVulnerability);
            return;
        };
        let analysis = self.read_analysis(value, notes);
        let affects = notes.list(value, "affects", self.pointer);
        if affects.is_empty() {
            notes.warn(self.pointer, VexWarningKind::NoProduct);
        }
        let mut has_status = analysis.status.is_some();
        for (index, affected) in affects.iter().enumerate() {
            let pointer = format!("{}/affects/{index}", self.pointer);
            let Some(reference) = notes.text(affected, "ref", &pointer) else {
                notes.warn(pointer, VexWarningKind::NoProduct);
                continue;
            };
            let (product, part) = self.components.resolve(reference, &pointer, notes);
            let scopes = versions::read(affected, analysis.status, &pointer, notes);
            has_status |= !scopes.is_empty();
            for (status, versions) in scopes {
                let scoped = |subject: &VexSubject| subject.clone().with_versions(versions.clone());
                let (product, subcomponent) = match &part {
                    Some(part) => (product.clone(), Some(scoped(part))),
                    None => (scoped(&product), None),
                };
                statements.push(VexStatement {
                    vulnerability: Arc::clone(&vulnerability),
                    product,
                    subcomponent,
                    status,
                    detail: analysis.detail.clone(),
                    timestamp: analysis.timestamp.or(self.timestamp),
                    pointer: pointer.clone(),
                });
            }
        }
        if !has_status {
            notes.warn(self.pointer, VexWarningKind::NoStatus);
        }
    }

    fn read_ids(&self, value: &Value, notes: &mut Notes) -> Option<Arc<Vulnerability>> {
        let id = notes.text(value, "id", self.pointer);
        let references = notes.list(value, "references", self.pointer).iter();
        let others: Vec<_> = references
            .enumerate()
            .filter_map(|(index, reference)| {
                let pointer = format!("{}/references/{index}", self.pointer);
                notes.text(reference, "id", &pointer)
            })
            .collect();
        Vulnerability::of(id.into_iter().chain(others), self.pointer, notes)
    }

    fn read_analysis(&self, value: &Value, notes: &mut Notes) -> Analysis {
        let pointer = format!("{}/analysis", self.pointer);
        let analysis = value.get("analysis").unwrap_or(&Value::Null);
        if !analysis.is_null() && !analysis.is_object() {
            notes.shape(&pointer, "an analysis");
        }
        let detail = notes.text(analysis, "detail", &pointer).map(Arc::from);
        let updated = notes.time(analysis, "lastUpdated", &pointer);
        let timestamp = updated.or_else(|| notes.time(analysis, "firstIssued", &pointer));
        let status = read_state(analysis, &pointer, notes);
        let has_reason = detail.is_some() || analysis["state"] == "false_positive";
        if status == Some(VexStatus::NotAffected(None)) && !has_reason {
            notes.warn(&pointer, VexWarningKind::NoJustification);
        }
        Analysis {
            status,
            detail,
            timestamp,
        }
    }
}

fn read_state(analysis: &Value, pointer: &str, notes: &mut Notes) -> Option<VexStatus> {
    let text = notes.text(analysis, "justification", pointer);
    let justification = text.and_then(Justification::named);
    if let (Some(text), None) = (text, justification) {
        let kind = VexWarningKind::UnknownJustification { text: text.into() };
        notes.warn(format!("{pointer}/justification"), kind);
    }
    Some(match notes.text(analysis, "state", pointer)? {
        "exploitable" => VexStatus::Affected,
        "false_positive" | "not_affected" => VexStatus::NotAffected(justification),
        "in_triage" => VexStatus::UnderInvestigation,
        "resolved" | "resolved_with_pedigree" => VexStatus::Fixed,
        text => {
            let kind = VexWarningKind::UnknownStatus { text: text.into() };
            notes.warn(format!("{pointer}/state"), kind);
            return None;
        }
    })
}
