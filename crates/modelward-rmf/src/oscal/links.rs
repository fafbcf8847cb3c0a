use std::collections::BTreeMap;

use crate::{
    Assessment, Determination, EvidenceId, Polarity, Rated, Risk, RiskId, RiskRegister, Subcategory,
};

/// Finds by subcategory what findings are related to.
#[derive(Debug)]
pub(super) struct Links<'a> {
    risks: BTreeMap<Subcategory, Vec<&'a RiskId>>,
    bearing: BTreeMap<Subcategory, Vec<(&'a EvidenceId, Polarity)>>,
}

impl<'a> Links<'a> {
    /// Takes the risks that are wanted, and the evidence of an assessment.
    pub(super) fn new(
        assessment: &'a Assessment,
        register: Option<&'a RiskRegister>,
        wanted: impl Fn(&Risk) -> bool,
    ) -> Self {
        let mut links = Self {
            risks: BTreeMap::new(),
            bearing: BTreeMap::new(),
        };
        let risks = register.into_iter().flat_map(RiskRegister::risks);
        for risk in risks.filter(|risk| wanted(risk)) {
            for subcategory in risk.subcategories() {
                let risks = links.risks.entry(*subcategory).or_default();
                risks.push(risk.id());
            }
        }
        for (id, evidence) in assessment.evidence() {
            for (subcategory, polarity) in evidence.bears_on() {
                let bearing = links.bearing.entry(subcategory).or_default();
                bearing.push((id, polarity));
            }
        }
        links
    }

    /// Returns the risks that bear on a subcategory.
    pub(super) fn risks(&self, subcategory: Subcategory) -> &[&'a RiskId] {
        self.risks.get(&subcategory).map_or(&[], Vec::as_slice)
    }

    /// Returns the evidence that a determination cites or that bears on its subcategory, sorted by
    /// id, each with how it is related.
    pub(super) fn evidence(
        &self,
        subcategory: Subcategory,
        determination: &'a Determination,
    ) -> BTreeMap<&'a EvidenceId, &'static str> {
        let mut related = BTreeMap::new();
        for &(id, polarity) in self.bearing.get(&subcategory).into_iter().flatten() {
            let how = match polarity {
                Polarity::Contradicts => "Contradicts the outcome; the rating does not cite it.",
                Polarity::Supports => "Supports the outcome; the rating does not cite it.",
            };
            related.insert(id, how);
        }
        let rated = determination.rated().into_iter();
        for id in rated.flat_map(Rated::evidence) {
            let how = match related.get(id) {
                None => "Cited by the rating.",
                Some(how) if how.starts_with('C') => {
                    "Contradicts the outcome; cited by the rating."
                }
                Some(_) => "Supports the outcome; cited by the rating.",
            };
            related.insert(id, how);
        }
        related
    }
}
