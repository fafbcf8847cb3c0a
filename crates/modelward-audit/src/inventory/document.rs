use modelward_artifact::JsonLimits;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError};
use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use super::entry::InventoryEntry;
use super::error::{EntryError, InventoryError};
use super::operations::Inventory;

const SCHEMA: &str = "modelward.inventory/1";

/// Bounds what is read of an inventory.
///
/// ```
/// use modelward_audit::inventory::InventoryLimits;
///
/// assert_eq!(InventoryLimits::default().with_max_entries(10).max_entries(), 10);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InventoryLimits {
    document: JsonLimits,
    entry: JsonLimits,
    max_entries: usize,
}

impl InventoryLimits {
    /// Sets the limits of the document of a whole inventory.
    #[must_use]
    pub const fn with_document(mut self, document: JsonLimits) -> Self {
        self.document = document;
        self
    }

    /// Sets the limits of the document of one entry.
    #[must_use]
    pub const fn with_entry(mut self, entry: JsonLimits) -> Self {
        self.entry = entry;
        self
    }

    /// Sets how many entries there may be.
    #[must_use]
    pub const fn with_max_entries(mut self, max_entries: usize) -> Self {
        self.max_entries = max_entries;
        self
    }

    /// Returns the limits of the document of a whole inventory.
    #[must_use]
    pub const fn document(&self) -> &JsonLimits {
        &self.document
    }

    /// Returns the limits of the document of one entry.
    #[must_use]
    pub const fn entry(&self) -> &JsonLimits {
        &self.entry
    }

    /// Returns the largest number of entries.
    #[must_use]
    pub const fn max_entries(&self) -> usize {
        self.max_entries
    }
}

/// 100,000 entries, 16 MiB an entry, 512 MiB and 20,000,000 values a whole document.
impl Default for InventoryLimits {
    fn default() -> Self {
        let document = JsonLimits::default();
        Self {
            document: document
                .with_max_bytes(512 << 20)
                .with_max_values(20_000_000),
            entry: JsonLimits::default().with_max_bytes(16 << 20),
            max_entries: 100_000,
        }
    }
}

impl Inventory {
    /// Reads the document of a whole inventory.
    ///
    /// # Errors
    ///
    /// [`ReadInventoryError`] where the text is not strict JSON, passes a limit, or its entries do not
    /// make an inventory. Members that this version does not know are kept.
    pub fn read(bytes: &[u8], limits: &InventoryLimits) -> Result<Self, ReadInventoryError> {
        let limit = limits.max_entries;
        let (mut entries, mut fault) = (Vec::new(), None);
        let rest = json::read_items(bytes, &limits.document, &mut |member, index, item| {
            if member != "entries" {
                return Some(item);
            }
            if fault.is_some() {
                return None;
            }
            if index >= limit {
                fault = Some(ReadInventoryError::TooMany { limit });
                return None;
            }
            match json::shaped(item) {
                Ok(entry) => entries.push(entry),
                Err(source) => fault = Some(ReadInventoryError::Item { index, source }),
            }
            None
        })?;
        let other = check_rest(rest)?;
        if let Some(fault) = fault {
            return Err(fault);
        }
        let mut inventory = Self::of(entries)?;
        inventory.other = other;
        Ok(inventory)
    }

    /// Returns the document, the same bytes for the same entries.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where an entry has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        let entries: Vec<_> = self.entries().collect();
        json::pretty(&Document {
            schema: SCHEMA,
            entries,
            other: &self.other,
        })
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    entries: Vec<&'a InventoryEntry>,
    #[serde(flatten)]
    other: &'a Map<String, Value>,
}

/// Returns the members of the frame that are unknown.
fn check_rest(rest: Value) -> Result<Map<String, Value>, ReadInventoryError> {
    let Value::Object(mut members) = rest else {
        return Err(ReadInventoryError::NoEntries);
    };
    let schema = members.remove("schema");
    let schema = schema.as_ref().and_then(Value::as_str);
    if schema != Some(SCHEMA) {
        let found = schema.unwrap_or_default().to_owned();
        return Err(ReadInventoryError::Schema { found });
    }
    match members.remove("entries") {
        Some(Value::Array(_)) => Ok(members),
        _ => Err(ReadInventoryError::NoEntries),
    }
}

/// Says why a document is not an inventory, or not an entry of one.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadInventoryError {
    /// The document does not hold as an entry.
    #[error("the document is not an entry of an inventory")]
    Entry {
        /// Why.
        #[from]
        source: EntryError,
    },
    /// The entries do not make an inventory.
    #[error("the entries do not make an inventory")]
    Inventory {
        /// Why.
        #[from]
        source: InventoryError,
    },
    /// An item of the list is not an entry.
    #[error("item {index} of the inventory is not an entry")]
    Item {
        /// Its place, counted from 0.
        index: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// The text is not the expected JSON.
    #[error("the inventory is not the expected json")]
    Json {
        /// What is wrong.
        #[from]
        source: JsonError,
    },
    /// The document has no list of entries.
    #[error("the inventory has no list of entries")]
    NoEntries,
    /// The document is of another kind or version.
    #[error(
        "the inventory has the schema `{}`, expected `modelward.inventory/1`",
        Terminal(found)
    )]
    Schema {
        /// The schema found.
        found: String,
    },
    /// There are too many entries.
    #[error("the inventory has more than {limit} entries")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

impl ReadInventoryError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Entry { source } => source.code(),
            Self::Inventory { source } => source.code(),
            Self::Item { .. } => "audit.inventory.read.item",
            Self::Json { source } => source.code(),
            Self::NoEntries => "audit.inventory.read.entries",
            Self::Schema { .. } => "audit.inventory.read.schema",
            Self::TooMany { .. } => "audit.inventory.read.too_many",
        }
    }
}
