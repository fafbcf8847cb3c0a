//! Facts out of what an inventory records of a model.

use std::collections::BTreeSet;

use modelward_artifact::Finding;
use modelward_graph::license::{Compatibility, Flow, License, LicensePolicy, Severity};

use crate::inventory::{InventoryEntry, Material, MaterialRole, SignatureOutcome, SignatureRecord};
use crate::policy::fact::{LicenseFact, LicenseState, SignatureFact};
use crate::policy::facts::ReleaseFacts;

impl ReleaseFacts {
    /// Gives what an entry of an inventory records, where nothing else was given before: how the last
    /// check of a signature ended, and the licenses.
    ///
    /// A record says how a check ended and is no proof: whoever releases a model verifies it anew, and
    /// gives that with [`with_verification`](Self::with_verification) first.
    #[must_use]
    pub fn with_entry(self, entry: &InventoryEntry, policy: &LicensePolicy) -> Self {
        self.with_record(entry)
            .with_recorded_licenses(entry, &mut |material, license| {
                judged(entry, material, license, policy)
            })
    }

    pub(crate) fn with_record(self, entry: &InventoryEntry) -> Self {
        let Some(record) = entry.signature().filter(|_| self.signatures.is_none()) else {
            return self;
        };
        self.with_signatures(recorded(record))
    }

    pub(crate) fn with_recorded_licenses(
        self,
        entry: &InventoryEntry,
        judge: &mut dyn FnMut(&Material, &str) -> LicenseState,
    ) -> Self {
        if self.licenses.is_some() {
            return self;
        }
        let own = entry.licenses().iter();
        let fact = |license: &String| {
            let (id, license) = (entry.id().to_string(), Some(license.clone()));
            LicenseFact::new(id, license, LicenseState::Compatible)
        };
        let mut facts: Vec<_> = own.map(fact).collect();
        if facts.is_empty() {
            let id = entry.id().to_string();
            facts.push(LicenseFact::new(id, None, LicenseState::Unknown));
        }
        for material in entry.materials() {
            let name = || material.purl.as_ref().unwrap_or(&material.name).clone();
            facts.extend(material.licenses.iter().map(|license| {
                let state = judge(material, license);
                LicenseFact::new(name(), Some(license.clone()), state)
            }));
            // What the model only depends on stays under its own license.
            if material.licenses.is_empty() && material.role != MaterialRole::Component {
                facts.push(LicenseFact::new(name(), None, LicenseState::Unknown));
            }
        }
        self.with_licenses(facts)
    }

    pub(crate) const fn lacks_lineage(&self) -> bool {
        self.lineage.is_none()
    }

    pub(crate) const fn lacks_supply_chain(&self) -> bool {
        self.supply_chain.is_none()
    }

    pub(crate) const fn lacks_incidents(&self) -> bool {
        self.incidents.is_none()
    }
}

/// A record that does not say which files were verified, or by whose key, is of no use.
fn recorded(record: &SignatureRecord) -> Option<SignatureFact> {
    let at = record.checked_at;
    let finding = |code: &String| {
        let message = format!("the check of {at} found {code}");
        Finding::new("audit.fleet.signature.recorded", message)
    };
    let findings = record.findings.iter().map(finding).collect();
    match (record.outcome, record.root, record.signer) {
        (SignatureOutcome::Refused, _, _) => Some(SignatureFact::Rejected { findings }),
        (SignatureOutcome::Verified, Some(root), Some(signer)) => Some(SignatureFact::Verified {
            root,
            signer: BTreeSet::from([signer.to_string()]),
            warnings: findings,
        }),
        _ => None,
    }
}

/// Tells whether the licenses of the model pass on what that of a material asks for.
pub(crate) fn judged(
    entry: &InventoryEntry,
    material: &Material,
    license: &str,
    policy: &LicensePolicy,
) -> LicenseState {
    let flow = match material.role {
        MaterialRole::BaseModel => Flow::DerivedFrom,
        MaterialRole::Dataset => Flow::TrainedOn,
        MaterialRole::Component => return LicenseState::Compatible,
    };
    let theirs = License::of(license);
    let own = entry.licenses().iter();
    let answers: Vec<_> = own
        .map(|own| policy.judge(&theirs, flow, &License::of(own)))
        .collect();
    if answers.iter().any(Compatibility::is_compatible) {
        return LicenseState::Compatible;
    }
    let is_unknown = |it: &Compatibility| matches!(it, Compatibility::Unknown(_));
    if answers.is_empty() || answers.iter().any(is_unknown) {
        return LicenseState::Unknown;
    }
    let is_advice = |it: &Compatibility| it.severity() == Some(Severity::Advice);
    if answers.iter().all(is_advice) {
        return LicenseState::Advice;
    }
    LicenseState::Conflicting
}
