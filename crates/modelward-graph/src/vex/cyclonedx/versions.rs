//! Reads `affects[].versions`, whose statuses count more than the state that stands over them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::vex::notes::Notes;
use crate::vex::{VersionScope, VexStatus, VexWarningKind};

/// Returns for each status the versions that have it, the worst first. Without versions the state
/// holds for all of them.
pub(super) fn read(
    affected: &Value,
    state: Option<VexStatus>,
    pointer: &str,
    notes: &mut Notes,
) -> Vec<(VexStatus, Vec<VersionScope>)> {
    if affected.get("versions").is_none_or(Value::is_null) {
        return state
            .map(|status| (status, Vec::new()))
            .into_iter()
            .collect();
    }
    let mut scopes: BTreeMap<VexStatus, Vec<VersionScope>> = BTreeMap::new();
    for (index, version) in notes.list(affected, "versions", pointer).iter().enumerate() {
        let pointer = format!("{pointer}/versions/{index}");
        let status = read_status(version, state, &pointer, notes);
        let scope = read_scope(version, &pointer, notes);
        if let Some((status, scope)) = status.zip(scope) {
            scopes.entry(status).or_default().push(scope);
        }
    }
    let sorted = scopes.into_iter().rev().map(|(status, mut scopes)| {
        scopes.sort();
        scopes.dedup();
        (status, scopes)
    });
    sorted.collect()
}

fn read_scope(version: &Value, pointer: &str, notes: &mut Notes) -> Option<VersionScope> {
    if let Some(text) = notes.text(version, "version", pointer) {
        return Some(VersionScope::exact(text));
    }
    let Some(text) = notes.text(version, "range", pointer) else {
        notes.shape(pointer, "a version or range");
        return None;
    };
    let scope = VersionScope::range(text);
    if !scope.is_readable() {
        let kind = VexWarningKind::UnreadableRange { text: text.into() };
        notes.warn(format!("{pointer}/range"), kind);
    }
    Some(scope)
}

/// Joins the status of a version with the state. The schema's default for the former is `affected`,
/// but documents leave it out beside any state, so where it is left out the state holds.
fn read_status(
    version: &Value,
    state: Option<VexStatus>,
    pointer: &str,
    notes: &mut Notes,
) -> Option<VexStatus> {
    let Some(own) = notes.text(version, "status", pointer) else {
        return state;
    };
    match own {
        "affected" => {
            if let Some(VexStatus::NotAffected(_)) = state {
                notes.warn(pointer, VexWarningKind::Contradiction);
            }
            Some(VexStatus::Affected)
        }
        "unaffected" => match state {
            None | Some(VexStatus::Affected) => Some(VexStatus::NotAffected(None)),
            state => state,
        },
        "unknown" => Some(VexStatus::UnderInvestigation),
        text => {
            let kind = VexWarningKind::UnknownStatus { text: text.into() };
            notes.warn(format!("{pointer}/status"), kind);
            None
        }
    }
}
