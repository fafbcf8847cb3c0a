use modelward_graph::license::{Compatibility, Flow, License, LicensePolicy};

use super::entry::InventoryEntry;
use super::material::{Material, MaterialRole};
use super::operations::Inventory;

/// Says that what a material's license asks for is not passed on by the model's licenses, or that
/// this cannot be told.
#[derive(Clone, Debug)]
pub struct LicenseConflict<'a> {
    entry: &'a InventoryEntry,
    material: &'a Material,
    license: &'a str,
    compatibility: Compatibility,
}

impl<'a> LicenseConflict<'a> {
    /// Returns the model.
    #[must_use]
    pub const fn entry(&self) -> &'a InventoryEntry {
        self.entry
    }

    /// Returns the material.
    #[must_use]
    pub const fn material(&self) -> &'a Material {
        self.material
    }

    /// Returns the license of the material.
    #[must_use]
    pub const fn license(&self) -> &'a str {
        self.license
    }

    /// Returns the conflict, or why it cannot be told whether there is one.
    #[must_use]
    pub const fn compatibility(&self) -> &Compatibility {
        &self.compatibility
    }
}

impl Inventory {
    /// Returns where licenses conflict in entries that are not retired, and where that cannot be told:
    /// sorted by id, then as the materials and their licenses stand.
    ///
    /// A material or a model without a license is passed over: that is a gap of the ML-BOM, and no
    /// conflict. Where a model has several licenses, one that passes everything on is enough.
    #[must_use]
    pub fn license_conflicts(&self, policy: &LicensePolicy) -> Vec<LicenseConflict<'_>> {
        self.in_use().flat_map(|it| conflicts(it, policy)).collect()
    }
}

fn conflicts<'a>(entry: &'a InventoryEntry, policy: &LicensePolicy) -> Vec<LicenseConflict<'a>> {
    let own: Vec<_> = entry.licenses().iter().map(|it| License::of(it)).collect();
    let mut found = Vec::new();
    for material in entry.materials() {
        for license in &material.licenses {
            let theirs = License::of(license);
            let answers = own
                .iter()
                .map(|own| policy.judge(&theirs, flow(material.role), own));
            let answers: Vec<_> = answers.collect();
            if answers.iter().any(Compatibility::is_compatible) {
                continue;
            }
            // What cannot be told is told before a conflict: another license may pass it on.
            let unknown = |it: &&Compatibility| matches!(it, Compatibility::Unknown(_));
            let worst = answers.iter().find(unknown).or(answers.first());
            found.extend(worst.map(|compatibility| LicenseConflict {
                entry,
                material,
                license,
                compatibility: compatibility.clone(),
            }));
        }
    }
    found
}

const fn flow(role: MaterialRole) -> Flow {
    match role {
        MaterialRole::BaseModel => Flow::DerivedFrom,
        MaterialRole::Component => Flow::Contains,
        MaterialRole::Dataset => Flow::TrainedOn,
    }
}
