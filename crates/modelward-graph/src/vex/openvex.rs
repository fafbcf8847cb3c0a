//! Reads `OpenVEX` 0.2.0, and 0.0.1, where vulnerabilities, products and subcomponents are texts.

use std::sync::Arc;

use modelward_artifact::Timestamp;
use serde_json::Value;

use crate::vex::notes::Notes;
use crate::vex::statement::Vulnerability;
use crate::vex::subject::Identity;
use crate::vex::{
    Justification, Read, ReadVexError, VexStatement, VexStatus, VexSubject, VexWarningKind,
    required_list,
};

/// The members that say more of a statement, the most telling first.
const DETAILS: [&str; 3] = ["impact_statement", "action_statement", "status_notes"];

/// What the products of one statement share.
struct Shared {
    vulnerability: Arc<Vulnerability>,
    status: VexStatus,
    detail: Option<Arc<str>>,
    timestamp: Option<Timestamp>,
}

pub(super) fn read(
    document: &Value,
    limit: usize,
    notes: &mut Notes,
) -> Result<Read, ReadVexError> {
    let timestamp = time(document, "", notes);
    let Some(items) = required_list(document, "statements")? else {
        return Err(ReadVexError::Shape {
            pointer: "/statements".to_owned(),
            expected: "a list",
        });
    };
    let mut statements = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let pointer = format!("/statements/{index}");
        let Some(shared) = read_shared(item, &pointer, notes) else {
            continue;
        };
        let shared = Shared {
            timestamp: shared.timestamp.or(timestamp),
            ..shared
        };
        let room = limit.saturating_sub(statements.len());
        let more = read_products(item, &pointer, notes).statements(&shared, room);
        statements.extend(more.ok_or(ReadVexError::TooMany { limit })?);
    }
    Ok(Read {
        id: notes.text(document, "@id", "").map(str::to_owned),
        timestamp,
        statements,
    })
}

/// Returns when something was last changed, or else issued.
fn time(object: &Value, pointer: &str, notes: &mut Notes) -> Option<Timestamp> {
    let updated = notes.time(object, "last_updated", pointer);
    updated.or_else(|| notes.time(object, "timestamp", pointer))
}

/// Reads what a statement says of all its products. `None` where it cannot be kept.
fn read_shared(item: &Value, pointer: &str, notes: &mut Notes) -> Option<Shared> {
    let timestamp = time(item, pointer, notes);
    let vulnerability = read_vulnerability(item, pointer, notes);
    if vulnerability.is_none() {
        notes.warn(pointer, VexWarningKind::NoVulnerability);
    }
    let details = DETAILS.map(|member| notes.text(item, member, pointer));
    let status = read_status(item, pointer, notes);
    let reason = details[0].or(details[2]);
    if status == Some(VexStatus::NotAffected(None)) && reason.is_none() {
        notes.warn(pointer, VexWarningKind::NoJustification);
    }
    Some(Shared {
        vulnerability: vulnerability?,
        status: status?,
        detail: details.into_iter().flatten().next().map(Arc::from),
        timestamp,
    })
}

fn read_vulnerability(
    item: &Value,
    pointer: &str,
    notes: &mut Notes,
) -> Option<Arc<Vulnerability>> {
    let object = item.get("vulnerability")?;
    if let Some(name) = object.as_str() {
        return Vulnerability::of([name], pointer, notes);
    }
    let pointer = format!("{pointer}/vulnerability");
    let name = notes.text(object, "name", &pointer);
    let name = name.or_else(|| notes.text(object, "@id", &pointer))?;
    let aliases = notes.texts(object, "aliases", &pointer);
    let aliases = aliases.into_iter().map(|alias| alias.1);
    Vulnerability::of([name].into_iter().chain(aliases), &pointer, notes)
}

fn read_status(item: &Value, pointer: &str, notes: &mut Notes) -> Option<VexStatus> {
    let justification = notes.text(item, "justification", pointer).and_then(|text| {
        let known = Justification::named(text);
        if known.is_none() {
            let kind = VexWarningKind::UnknownJustification { text: text.into() };
            notes.warn(format!("{pointer}/justification"), kind);
        }
        known
    });
    let Some(text) = notes.text(item, "status", pointer) else {
        notes.warn(pointer, VexWarningKind::NoStatus);
        return None;
    };
    let status = match text {
        "affected" => VexStatus::Affected,
        "fixed" => VexStatus::Fixed,
        "not_affected" => VexStatus::NotAffected(justification),
        "under_investigation" => VexStatus::UnderInvestigation,
        _ => {
            let kind = VexWarningKind::UnknownStatus { text: text.into() };
            notes.warn(format!("{pointer}/status"), kind);
            return None;
        }
    };
    Some(status)
}

/// The products of a statement, each with its place and its own subcomponents, and those that all of
/// them share (0.0.1).
struct Products {
    products: Vec<(String, VexSubject, Vec<VexSubject>)>,
    subcomponents: Vec<VexSubject>,
}

impl Products {
    /// Makes a statement of each product with each subcomponent. `None` where these are too many.
    fn statements(self, shared: &Shared, room: usize) -> Option<Vec<VexStatement>> {
        let mut statements = Vec::new();
        for (pointer, product, own) in self.products {
            let parts = own.into_iter().chain(self.subcomponents.iter().cloned());
            let mut parts: Vec<_> = parts.map(Some).collect();
            if parts.is_empty() {
                parts.push(None);
            }
            if statements.len() + parts.len() > room {
                return None;
            }
            statements.extend(parts.into_iter().map(|subcomponent| VexStatement {
                vulnerability: Arc::clone(&shared.vulnerability),
                product: product.clone(),
                subcomponent,
                status: shared.status,
                detail: shared.detail.clone(),
                timestamp: shared.timestamp,
                pointer: pointer.clone(),
            }));
        }
        Some(statements)
    }
}

fn read_products(item: &Value, pointer: &str, notes: &mut Notes) -> Products {
    let list = notes.list(item, "products", pointer);
    if list.is_empty() {
        notes.warn(pointer, VexWarningKind::NoProduct);
    }
    let mut products = Vec::new();
    for (index, product) in list.iter().enumerate() {
        let place = format!("{pointer}/products/{index}");
        if let Some(subject) = read_subject(product, &place, notes) {
            let parts = read_parts(product, &place, notes);
            products.push((place, subject, parts));
        }
    }
    Products {
        products,
        subcomponents: read_parts(item, pointer, notes),
    }
}

/// Reads subcomponents. One that cannot be read stays as a thing that nothing matches: without it
/// the statement would hold for the whole product.
fn read_parts(object: &Value, pointer: &str, notes: &mut Notes) -> Vec<VexSubject> {
    let list = notes.list(object, "subcomponents", pointer);
    let is_malformed = object
        .get("subcomponents")
        .is_some_and(|value| !value.is_array() && !value.is_null());
    let unreadable = is_malformed.then(|| VexSubject::new(Identity::default()));
    let parts = list.iter().enumerate().map(|(index, part)| {
        let place = format!("{pointer}/subcomponents/{index}");
        let subject = read_subject(part, &place, notes);
        subject.unwrap_or_else(|| VexSubject::new(Identity::default()))
    });
    parts.chain(unreadable).collect()
}

fn read_subject(value: &Value, pointer: &str, notes: &mut Notes) -> Option<VexSubject> {
    let mut identity = Identity::default();
    if let Some(text) = value.as_str() {
        identity.add_address(text, pointer, notes);
    } else if value.is_object() {
        if let Some(id) = notes.text(value, "@id", pointer) {
            identity.add_address(id, &format!("{pointer}/@id"), notes);
        }
        read_identifiers(&mut identity, value, pointer, notes);
        read_hashes(&mut identity, value, pointer, notes);
    } else {
        notes.shape(pointer, "a product");
    }
    if identity == Identity::default() {
        notes.warn(pointer, VexWarningKind::NoProduct);
        return None;
    }
    Some(VexSubject::new(identity.sorted()))
}

fn read_identifiers(identity: &mut Identity, value: &Value, pointer: &str, notes: &mut Notes) {
    let Some(identifiers) = value.get("identifiers") else {
        return;
    };
    let pointer = format!("{pointer}/identifiers");
    if !identifiers.is_object() {
        notes.shape(pointer, "identifiers by their kind");
        return;
    }
    if let Some(purl) = notes.text(identifiers, "purl", &pointer) {
        identity.add_purl(purl, &format!("{pointer}/purl"), notes);
    }
    for member in ["cpe22", "cpe23"] {
        let cpe = notes.text(identifiers, member, &pointer);
        identity.cpes.extend(cpe.map(str::to_owned));
    }
}

fn read_hashes(identity: &mut Identity, value: &Value, pointer: &str, notes: &mut Notes) {
    let pointer = format!("{pointer}/hashes");
    match value.get("hashes") {
        None | Some(Value::Null) => {}
        Some(Value::Object(hashes)) => {
            for (function, hex) in hashes {
                match hex.as_str() {
                    Some(hex) => identity.add_digest((function, hex), &pointer, notes),
                    None => notes.shape(&pointer, "hexadecimal digits"),
                }
            }
        }
        Some(_) => notes.shape(pointer, "digests by their function"),
    }
}
