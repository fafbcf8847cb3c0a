use std::collections::BTreeSet;

use modelward_artifact::Digest;

use crate::check::Run;
use crate::{
    AssetRef, CheckCode, ComponentRef, Evidence, EvidenceSource, Place, RiskRegister, Text,
};

/// Names a component that the organization has, by everything that it is known as.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InventoryItem {
    name: Text,
    known_as: BTreeSet<AssetRef>,
}

impl InventoryItem {
    /// Names a component; people may call it so in a register.
    #[must_use]
    pub fn new(name: Text) -> Self {
        let known_as = BTreeSet::from([AssetRef::Named(name.clone())]);
        Self { name, known_as }
    }

    /// Adds another name: a package URL, a digest, a component of a BOM.
    #[must_use]
    pub fn known_as(mut self, asset: AssetRef) -> Self {
        self.known_as.insert(asset);
        self
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }
}

/// Checks that each component is the business of some risk or some evidence.
pub(super) fn components(
    run: &mut Run<'_>,
    items: &[InventoryItem],
    register: Option<&RiskRegister>,
) {
    let evidence = run.assessment.evidence().flat_map(|(_, it)| assets(it));
    let risks = register.into_iter().flat_map(RiskRegister::risks);
    let risks = risks.flat_map(|risk| risk.assets().iter().cloned());
    let subject = run
        .assessment
        .subject()
        .digest()
        .copied()
        .map(AssetRef::Digest);
    let known: BTreeSet<_> = evidence.chain(risks).chain(subject).collect();
    for item in items {
        if item.known_as.is_disjoint(&known) {
            let place = Place::Component(item.name.to_string());
            let message = "no risk and no evidence concerns it";
            run.found(CheckCode::InventoryHole, place, message);
        }
    }
}

/// Checks that a risk names each open incident.
pub(super) fn incidents(run: &mut Run<'_>, open: &[Text], register: &RiskRegister) {
    for incident in open {
        if register.by_incident(incident.as_str()).next().is_none() {
            let place = Place::Incident(incident.to_string());
            let message = "it is open, and no risk names it";
            run.found(CheckCode::IncidentWithoutRisk, place, message);
        }
    }
}

/// Returns the assets that a piece of evidence is about.
fn assets(evidence: &Evidence) -> Vec<AssetRef> {
    let digest = |digest: &Digest| AssetRef::Digest(*digest);
    match evidence.source() {
        EvidenceSource::BomComponent {
            serial, bom_ref, ..
        } => {
            let component = ComponentRef::new(serial.as_str(), bom_ref.as_str());
            component.map(AssetRef::Component).into_iter().collect()
        }
        EvidenceSource::VerifiedSignature { subject, .. } => vec![digest(subject)],
        _ => Vec::new(),
    }
}
