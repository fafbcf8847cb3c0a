//! Reads CSAF 2.0 and 2.1.

mod products;

use std::collections::BTreeMap;
use std::sync::Arc;

use modelward_artifact::Timestamp;
use serde_json::Value;

use self::products::{Groups, Products};
use crate::vex::notes::Notes;
use crate::vex::statement::Vulnerability;
use crate::vex::{
    Justification, Read, ReadVexError, VexStatement, VexStatus, VexWarningKind, required_list,
};

/// The lists of `product_status`, with what they say. `recommended` says nothing of the kind.
const LISTS: [(&str, VexStatus); 8] = [
    ("first_affected", VexStatus::Affected),
    ("first_fixed", VexStatus::Fixed),
    ("fixed", VexStatus::Fixed),
    ("known_affected", VexStatus::Affected),
    ("known_not_affected", VexStatus::NotAffected(None)),
    ("last_affected", VexStatus::Affected),
    ("under_investigation", VexStatus::UnderInvestigation),
    // From 2.1 on: nobody knows, and nobody need be looking.
    (UNKNOWN, VexStatus::UnderInvestigation),
];

const UNKNOWN: &str = "unknown";

pub(super) fn read(document: &Value, notes: &mut Notes) -> Result<Read, ReadVexError> {
    let pointer = "/document";
    let head = &document["document"];
    match head["csaf_version"].as_str() {
        Some("2.0" | "2.1") => {}
        Some(text) => {
            let kind = VexWarningKind::UnknownVersion { text: text.into() };
            notes.warn("/document/csaf_version", kind);
        }
        None => notes.shape("/document/csaf_version", "a text"),
    }
    let pointer = format!("{pointer}/tracking");
    let tracking = &head["tracking"];
    let timestamp = notes.time(tracking, "current_release_date", &pointer);
    let products = Products::read(document, notes);
    let vulnerabilities = required_list(document, "vulnerabilities")?.unwrap_or_default();
    let mut statements = Vec::new();
    for (index, vulnerability) in vulnerabilities.iter().enumerate() {
        let pointer = format!("/vulnerabilities/{index}");
        let reader = Reader {
            products: &products,
            pointer: &pointer,
            timestamp,
        };
        reader.read(vulnerability, &mut statements, notes);
    }
    Ok(Read {
        id: notes.text(tracking, "id", &pointer).map(str::to_owned),
        timestamp,
        statements,
    })
}

/// Reads one vulnerability.
struct Reader<'r, 'v> {
    products: &'r Products<'v>,
    pointer: &'r str,
    timestamp: Option<Timestamp>,
}

impl Reader<'_, '_> {
    fn read(&self, value: &Value, statements: &mut Vec<VexStatement>, notes: &mut Notes) {
        let Some(vulnerability) = self.read_ids(value, notes) else {
            notes.warn(self.pointer, VexWarningKind::NoVulnerability);
            return;
        };
        let pointer = format!("{}/product_status", self.pointer);
        let lists = match value.get("product_status") {
            None | Some(Value::Null) => {
                notes.warn(self.pointer, VexWarningKind::NoStatus);
                return;
            }
            Some(lists) if lists.is_object() => lists,
            Some(_) => {
                notes.shape(pointer, "lists of products by status");
                return;
            }
        };
        warn_of_lists(lists, &pointer, notes);
        let reasons = self.read_reasons(value, notes);
        for (list, status) in LISTS {
            for (index, id) in notes.texts(lists, list, &pointer) {
                let pointer = format!("{pointer}/{list}/{index}");
                let (product, subcomponent) = self.products.resolve(id, &pointer, notes);
                let (status, detail) = reasons.of(status, id, self.products.groups());
                if status == VexStatus::NotAffected(None) && detail.is_none() {
                    notes.warn(&pointer, VexWarningKind::NoJustification);
                }
                statements.push(VexStatement {
                    vulnerability: Arc::clone(&vulnerability),
                    product,
                    subcomponent,
                    status,
                    detail,
                    timestamp: self.timestamp,
                    pointer,
                });
            }
        }
    }

    fn read_ids(&self, value: &Value, notes: &mut Notes) -> Option<Arc<Vulnerability>> {
        let cve = notes.text(value, "cve", self.pointer);
        let ids = notes.list(value, "ids", self.pointer).iter().enumerate();
        let ids: Vec<_> = ids
            .filter_map(|(index, id)| {
                let pointer = format!("{}/ids/{index}", self.pointer);
                notes.text(id, "text", &pointer)
            })
            .collect();
        Vulnerability::of(cve.into_iter().chain(ids), self.pointer, notes)
    }

    fn read_reasons<'v>(&self, value: &'v Value, notes: &mut Notes) -> Reasons<'v> {
        let mut reasons = Reasons::default();
        let flags = notes.list(value, "flags", self.pointer);
        for (index, flag) in flags.iter().enumerate() {
            let pointer = format!("{}/flags/{index}", self.pointer);
            let Some(label) = notes.text(flag, "label", &pointer) else {
                continue;
            };
            match Justification::named(label) {
                Some(label) => reasons.flags.add(&label, flag, &pointer, notes),
                None => {
                    let text = label.into();
                    let kind = VexWarningKind::UnknownJustification { text };
                    notes.warn(format!("{pointer}/label"), kind);
                }
            }
        }
        let texts = [("threats", "impact"), ("remediations", "")];
        for (member, category) in texts {
            let items = notes.list(value, member, self.pointer);
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{}/{member}/{index}", self.pointer);
                let own = notes.text(item, "category", &pointer);
                let Some(details) = notes.text(item, "details", &pointer) else {
                    continue;
                };
                let details = Arc::from(details);
                if category.is_empty() {
                    reasons.actions.add(&details, item, &pointer, notes);
                } else if own == Some(category) {
                    reasons.impacts.add(&details, item, &pointer, notes);
                }
            }
        }
        reasons
    }
}

/// Warns of lists that CSAF does not have, and of products of which nothing is known.
fn warn_of_lists(lists: &Value, pointer: &str, notes: &mut Notes) {
    for (name, list) in lists.as_object().into_iter().flatten() {
        let is_known = LISTS.iter().any(|(known, _)| known == name) || name == "recommended";
        if name == UNKNOWN && list.as_array().is_some_and(|list| !list.is_empty()) {
            notes.warn(format!("{pointer}/{name}"), VexWarningKind::UnknownByIssuer);
        } else if !is_known {
            let kind = VexWarningKind::UnknownStatus { text: name.clone() };
            notes.warn(pointer, kind);
        }
    }
}

/// What a vulnerability says of single products, beside their status.
#[derive(Default)]
struct Reasons<'v> {
    flags: Assigned<'v, Justification>,
    impacts: Assigned<'v, Arc<str>>,
    actions: Assigned<'v, Arc<str>>,
}

impl Reasons<'_> {
    /// Returns the status with its reason, and the text that belongs to it.
    fn of(
        &self,
        status: VexStatus,
        id: &str,
        groups: &Groups<'_>,
    ) -> (VexStatus, Option<Arc<str>>) {
        match status {
            VexStatus::NotAffected(_) => {
                let reason = self.flags.of(id, groups).copied();
                let impact = self.impacts.of(id, groups).cloned();
                (VexStatus::NotAffected(reason), impact)
            }
            _ => (status, self.actions.of(id, groups).cloned()),
        }
    }
}

/// What is said of products and groups of them. What names neither is said of all.
struct Assigned<'v, T> {
    products: BTreeMap<&'v str, T>,
    groups: BTreeMap<&'v str, T>,
    all: Option<T>,
}

impl<T> Default for Assigned<'_, T> {
    fn default() -> Self {
        Self {
            products: BTreeMap::new(),
            groups: BTreeMap::new(),
            all: None,
        }
    }
}

impl<'v, T: Clone> Assigned<'v, T> {
    /// Adds what an item says. What was said first counts.
    fn add(&mut self, what: &T, item: &'v Value, pointer: &str, notes: &mut Notes) {
        let names_none = |member| item.get(member).is_none_or(Value::is_null);
        if names_none("product_ids") && names_none("group_ids") {
            self.all.get_or_insert_with(|| what.clone());
            return;
        }
        for (_, id) in notes.texts(item, "product_ids", pointer) {
            self.products.entry(id).or_insert_with(|| what.clone());
        }
        for (_, id) in notes.texts(item, "group_ids", pointer) {
            self.groups.entry(id).or_insert_with(|| what.clone());
        }
    }

    fn of(&self, id: &str, groups: &Groups<'_>) -> Option<&T> {
        let by_group = || {
            // The smaller side is walked, so that many groups cost nothing where few are meant.
            let of_product = groups.of(id);
            if of_product.len() <= self.groups.len() {
                let mut groups = of_product.iter();
                groups.find_map(|group| self.groups.get::<str>(group))
            } else {
                let mut groups = self.groups.iter();
                let found = groups.find(|(group, _)| of_product.contains::<str>(group));
                found.map(|(_, what)| what)
            }
        };
        let found = self.products.get(id).or_else(by_group);
        found.or(self.all.as_ref())
    }
}
