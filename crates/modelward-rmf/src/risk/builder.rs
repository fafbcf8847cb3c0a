use modelward_artifact::{AtlasTechnique, Date};

use crate::{
    AssetRef, HistoryEntry, Link, Party, Risk, RiskError, RiskRating, RiskStatus, Subcategory,
    Text, Treatment,
};

/// Collects what is known about a [`Risk`] beyond what every risk has.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct RiskBuilder {
    risk: Risk,
    /// The first link that was given twice.
    fault: Option<RiskError>,
}

impl RiskBuilder {
    pub(crate) const fn new(risk: Risk) -> Self {
        Self { risk, fault: None }
    }

    /// Adds something that the risk is about.
    pub fn asset(self, asset: AssetRef) -> Self {
        self.link(Link::Asset(asset))
    }

    /// Adds a subcategory of AI RMF 1.0 that the risk bears on.
    pub fn subcategory(self, subcategory: Subcategory) -> Self {
        self.link(Link::Subcategory(subcategory))
    }

    /// Adds the id of an incident in which the risk came true or was found.
    pub fn incident(self, id: Text) -> Self {
        self.link(Link::Incident(id))
    }

    /// Adds a technique of MITRE ATLAS by which the event may be caused.
    pub fn technique(self, technique: AtlasTechnique) -> Self {
        self.link(Link::Technique(technique))
    }

    /// Adds an entry of another taxonomy with its edition, such as `LLM04:2026`.
    pub fn taxonomy(self, entry: Text) -> Self {
        self.link(Link::Taxonomy(entry))
    }

    /// Adds a link of any sort.
    pub fn link(mut self, link: Link) -> Self {
        if let Err(fault) = self.risk.link(link) {
            self.fault.get_or_insert(fault);
        }
        self
    }

    /// Sets how the risk would be with nothing done about it.
    pub fn inherent(mut self, rating: RiskRating) -> Self {
        self.risk.inherent = Some(rating);
        self
    }

    /// Sets what is expected to remain of the risk after its treatment.
    pub fn residual(mut self, rating: RiskRating) -> Self {
        self.risk.residual = Some(rating);
        self
    }

    /// Sets what is done about the risk.
    pub fn treatment(mut self, treatment: Treatment) -> Self {
        self.risk.treatment = treatment;
        self
    }

    /// Sets who answers for the risk.
    pub fn owner(mut self, owner: Party) -> Self {
        self.risk.owner = Some(owner);
        self
    }

    /// Sets the last day on which the risk is to be reviewed.
    pub const fn review_by(mut self, day: Date) -> Self {
        self.risk.review_by = Some(day);
        self
    }

    /// Sets where the risk stands in its life.
    pub fn status(mut self, status: RiskStatus) -> Self {
        self.risk.status = status;
        self
    }

    /// Adds a change that was recorded elsewhere, after those that are there.
    pub fn history(mut self, entry: HistoryEntry) -> Self {
        self.risk.history.push(entry);
        self
    }

    /// Builds the risk.
    ///
    /// # Errors
    ///
    /// [`RiskError`] where a link is given twice or the risk is not as [`Risk`] states.
    pub fn build(self) -> Result<Risk, RiskError> {
        match self.fault {
            Some(fault) => Err(fault),
            None => self.risk.checked(),
        }
    }
}
