use std::collections::BTreeMap;

use modelward_artifact::Timestamp;
use modelward_incident::AssetRef;
use modelward_rmf::{AuditCadence, AuditInputs, AuditItem};

use super::entry::InventoryEntry;
use super::fact::{AuditQuestion, FactAnswer};
use super::id::EntryId;
use super::material::MaterialRole;
use super::operations::Inventory;
use super::record::Standing;

/// Names an entry that has to be audited, and why.
#[derive(Clone, Debug)]
pub struct AuditDue<'a> {
    entry: &'a InventoryEntry,
    items: Option<Vec<AuditItem>>,
}

impl<'a> AuditDue<'a> {
    /// Returns the entry.
    #[must_use]
    pub const fn entry(&self) -> &'a InventoryEntry {
        self.entry
    }

    /// Returns what has to be assessed anew, the longest due first; `None` where nothing was assessed.
    #[must_use]
    pub fn items(&self) -> Option<&[AuditItem]> {
        self.items.as_deref()
    }
}

/// Questions that an auditor asks of all models. Answers are sorted by id.
impl Inventory {
    /// Returns the entries of a standing.
    pub fn standing(&self, standing: Standing) -> impl Iterator<Item = &InventoryEntry> {
        self.entries().filter(move |it| it.standing() == standing)
    }

    /// Returns the entries that are not retired: a superseded one can still run somewhere.
    pub fn in_use(&self) -> impl Iterator<Item = &InventoryEntry> {
        let in_use = |it: &&InventoryEntry| it.standing() != Standing::Retired;
        self.entries().filter(in_use)
    }

    /// Returns the entries, retired ones too, whose ML-BOM lists a dataset by this package URL, digest
    /// or `bom-ref`. A `bom-ref` means something only within one document.
    ///
    /// What a base model was trained on is not followed: [`Lineage`](crate::Lineage) does that.
    pub fn trained_on<'a>(
        &'a self,
        dataset: &'a AssetRef,
    ) -> impl Iterator<Item = &'a InventoryEntry> {
        self.made_of(MaterialRole::Dataset, dataset)
    }

    /// Returns the entries, retired ones too, whose ML-BOM lists this as a material of this role.
    pub fn made_of<'a>(
        &'a self,
        role: MaterialRole,
        asset: &'a AssetRef,
    ) -> impl Iterator<Item = &'a InventoryEntry> {
        self.entries().filter(move |entry| {
            let mut materials = entry.materials().iter();
            materials.any(|material| material.role == role && material.is(asset))
        })
    }

    /// Returns the entries that are not retired and whose owner nobody names.
    pub fn owner_unknown(&self) -> impl Iterator<Item = &InventoryEntry> {
        self.unanswered(AuditQuestion::Owner)
    }

    /// Returns the entries that are not retired and of which nobody answers a question.
    pub fn unanswered(&self, question: AuditQuestion) -> impl Iterator<Item = &InventoryEntry> {
        let unknown = move |it: &&InventoryEntry| it.fact(question).answer() == FactAnswer::Unknown;
        self.in_use().filter(unknown)
    }

    /// Returns the entries that are not retired and of which sources answer a question differently.
    pub fn contradicted(&self, question: AuditQuestion) -> impl Iterator<Item = &InventoryEntry> {
        self.in_use()
            .filter(move |it| matches!(it.fact(question).answer(), FactAnswer::Contradicted { .. }))
    }

    /// Returns the entries that are not retired and whose last check did not verify a signature of the
    /// files that they are about: refused ones, those of other files and those never checked.
    pub fn unsigned(&self) -> impl Iterator<Item = &InventoryEntry> {
        self.in_use().filter(|entry| !entry.is_signed())
    }

    /// Returns the entries that are not retired and are due for audit at `now`: what a cadence says of
    /// the last assessment, and each that has none.
    ///
    /// What the caller knows to have happened since goes in with
    /// [`AuditInputs::with_events`].
    #[must_use]
    pub fn due_for_audit(
        &self,
        cadence: &AuditCadence,
        assessed: &BTreeMap<EntryId, AuditInputs<'_>>,
        now: Timestamp,
    ) -> Vec<AuditDue<'_>> {
        let due = |entry| {
            let items = match assessed.get(InventoryEntry::id(entry)) {
                None => None,
                Some(inputs) => {
                    let items = cadence.due(inputs, now);
                    (!items.is_empty()).then_some(())?;
                    Some(items)
                }
            };
            Some(AuditDue { entry, items })
        };
        self.in_use().filter_map(due).collect()
    }
}
