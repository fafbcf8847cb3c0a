//! The inventory of many models: what an organization has, who answers for it, what it replaced.
//!
//! [`Inventory`] is a value that knows nothing of where it is kept; [`InventoryStore`] keeps one in a
//! folder. Other stores take [`InventoryEntry`] documents one by one.
//!
//! ```
//! use modelward_audit::inventory::{AuditQuestion, Claim, Inventory, InventoryEntry, Standing};
//!
//! let first = InventoryEntry::new("sentiment-1".parse()?, "sentiment".parse()?, "1".parse()?, "2026-01-01T00:00:00Z".parse()?);
//! let second = InventoryEntry::new("sentiment-2".parse()?, "sentiment".parse()?, "2".parse()?, "2026-02-01T00:00:00Z".parse()?)
//!     .with_claim(AuditQuestion::Owner, Claim::new("Risk desk".parse()?, "register of owners".parse()?));
//! let mut inventory = Inventory::default();
//! inventory.add(first)?;
//! inventory.new_version(&"sentiment-1".parse()?, second)?;
//!
//! assert_eq!(inventory.owner_unknown().count(), 1);
//! assert_eq!(inventory.standing(Standing::Active).count(), 1);
//! let back = inventory.supersede(&"sentiment-2".parse()?, &"sentiment-1".parse()?, "2026-03-01T00:00:00Z".parse()?);
//! assert_eq!(back.unwrap_err().code(), "audit.inventory.not_active");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod adapter;
mod dates;
mod document;
mod entry;
mod error;
mod export;
mod fact;
mod id;
mod licenses;
mod material;
mod operations;
mod query;
mod questions;
mod record;
mod store;
mod store_error;
mod store_files;

pub use self::adapter::EntryOfBomError;
pub use self::dates::{HistoryEvent, HistoryKind};
pub use self::document::{InventoryLimits, ReadInventoryError};
pub use self::entry::InventoryEntry;
pub use self::error::{EntryError, InventoryError};
pub(crate) use self::export::write_table;
pub use self::fact::{AuditQuestion, Claim, Fact, FactAnswer};
pub use self::id::{EntryId, ParseEntryIdError};
pub use self::licenses::LicenseConflict;
pub use self::material::{Material, MaterialRole};
pub use self::operations::Inventory;
pub use self::query::AuditDue;
pub use self::questions::{QuestionRow, QuestionsReport};
pub use self::record::{
    Deployment, Retirement, Revision, SignatureOutcome, SignatureRecord, Standing, Supersession,
};
pub use self::store::{IndexRow, InventoryStore};
pub use self::store_error::StoreError;
