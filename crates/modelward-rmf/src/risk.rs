use std::collections::BTreeSet;

use modelward_artifact::{AtlasTechnique, Date, Timestamp};

use crate::{
    AssetRef, Basis, HistoryEntry, Link, Party, RiskBuilder, RiskError, RiskId, RiskKind,
    RiskRating, RiskStatement, RiskStatus, Subcategory, Text, Treatment,
};

pub(crate) mod asset;
pub(crate) mod builder;
mod check;
pub(crate) mod error;
pub(crate) mod history;
pub(crate) mod link;
pub(crate) mod rating;
pub(crate) mod revision;
pub(crate) mod statement;
pub(crate) mod status;
pub(crate) mod wire;

/// Describes one risk in the words of ISO 31000.
///
/// - `current` is how the risk is now. `inherent` is how it would be with nothing done, `residual`
///   what is expected to remain after treatment; either may be unknown. See [`Basis`] for how
///   MANAGE 1.4 of NIST AI 100-1 speaks of residual risk.
/// - A threat is not pursued, a risk that is being treated has a treatment, and none is closed
///   before it was identified.
/// - The history is in the order of time and begins when the risk was identified. Each entry ends
///   at what the next one begins with, and the last at what the risk says now.
/// - What may be wrong with a risk without making it meaningless, such as a missing owner, is not
///   refused: that is for checks to find.
///
/// ```
/// use modelward_rmf::{Risk, RiskRating, RiskStatement, Treatment};
///
/// let statement = RiskStatement::new(
///     "Training data is taken from public sites without a check.",
///     "Poisoned samples enter the training set.",
///     "The model misjudges the inputs that an attacker chose.",
/// )?;
/// let current = RiskRating::new("likely".parse()?, "major".parse()?);
/// let risk = Risk::threat("R-3".parse()?, statement, current, "2026-11-26T10:00:00Z".parse()?)
///     .technique("AML.T0020".parse()?)
///     .subcategory("MEASURE 2.7".parse()?)
///     .build()?;
/// assert_eq!(risk.treatment(), &Treatment::Undecided);
/// assert!(risk.owner().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Risk {
    id: RiskId,
    statement: RiskStatement,
    kind: RiskKind,
    assets: BTreeSet<AssetRef>,
    subcategories: BTreeSet<Subcategory>,
    incidents: BTreeSet<Text>,
    techniques: BTreeSet<AtlasTechnique>,
    taxonomy: BTreeSet<Text>,
    inherent: Option<RiskRating>,
    current: RiskRating,
    residual: Option<RiskRating>,
    treatment: Treatment,
    owner: Option<Party>,
    review_by: Option<Date>,
    status: RiskStatus,
    identified_at: Timestamp,
    history: Vec<HistoryEntry>,
}

impl Risk {
    /// Starts a risk whose effect is unwanted, which is open and about which nothing is decided.
    pub const fn threat(
        id: RiskId,
        statement: RiskStatement,
        current: RiskRating,
        identified_at: Timestamp,
    ) -> RiskBuilder {
        RiskBuilder::new(Self::new(id, statement, current, identified_at))
    }

    /// Starts a risk whose effect is wanted, which is open and about which nothing is decided.
    pub const fn opportunity(
        id: RiskId,
        statement: RiskStatement,
        current: RiskRating,
        identified_at: Timestamp,
    ) -> RiskBuilder {
        let mut risk = Self::new(id, statement, current, identified_at);
        risk.kind = RiskKind::Opportunity;
        RiskBuilder::new(risk)
    }

    /// Returns the id, which is the risk's own within the register.
    #[must_use]
    pub const fn id(&self) -> &RiskId {
        &self.id
    }

    /// Returns cause, event and consequence.
    #[must_use]
    pub const fn statement(&self) -> &RiskStatement {
        &self.statement
    }

    /// Tells whether the effect is unwanted or wanted.
    #[must_use]
    pub const fn kind(&self) -> RiskKind {
        self.kind
    }

    /// Returns what the risk is about.
    #[must_use]
    pub const fn assets(&self) -> &BTreeSet<AssetRef> {
        &self.assets
    }

    /// Returns the subcategories of AI RMF 1.0 that the risk bears on.
    #[must_use]
    pub const fn subcategories(&self) -> &BTreeSet<Subcategory> {
        &self.subcategories
    }

    /// Returns the ids of the incidents in which the risk came true or was found.
    #[must_use]
    pub const fn incidents(&self) -> &BTreeSet<Text> {
        &self.incidents
    }

    /// Returns the techniques of MITRE ATLAS by which the event may be caused.
    #[must_use]
    pub const fn techniques(&self) -> &BTreeSet<AtlasTechnique> {
        &self.techniques
    }

    /// Returns the entries of other taxonomies, such as `LLM04:2026`.
    #[must_use]
    pub const fn taxonomy(&self) -> &BTreeSet<Text> {
        &self.taxonomy
    }

    /// Returns one of the three ratings; there is always a current one.
    #[must_use]
    pub const fn rating(&self, basis: Basis) -> Option<&RiskRating> {
        match basis {
            Basis::Inherent => self.inherent.as_ref(),
            Basis::Current => Some(&self.current),
            Basis::Residual => self.residual.as_ref(),
        }
    }

    /// Returns how the risk would be with nothing done about it.
    #[must_use]
    pub const fn inherent(&self) -> Option<&RiskRating> {
        self.inherent.as_ref()
    }

    /// Returns how the risk is now.
    #[must_use]
    pub const fn current(&self) -> &RiskRating {
        &self.current
    }

    /// Returns what is expected to remain of the risk after its treatment.
    #[must_use]
    pub const fn residual(&self) -> Option<&RiskRating> {
        self.residual.as_ref()
    }

    /// Returns what is done about the risk.
    #[must_use]
    pub const fn treatment(&self) -> &Treatment {
        &self.treatment
    }

    /// Returns who answers for the risk.
    #[must_use]
    pub const fn owner(&self) -> Option<&Party> {
        self.owner.as_ref()
    }

    /// Returns the last day on which the risk is to be reviewed.
    #[must_use]
    pub const fn review_by(&self) -> Option<Date> {
        self.review_by
    }

    /// Returns where the risk stands in its life.
    #[must_use]
    pub const fn status(&self) -> &RiskStatus {
        &self.status
    }

    /// Returns when the risk was identified.
    #[must_use]
    pub const fn identified_at(&self) -> Timestamp {
        self.identified_at
    }

    /// Tells whether the risk is linked to something.
    #[must_use]
    pub fn has_link(&self, link: &Link) -> bool {
        match link {
            Link::Asset(asset) => self.assets.contains(asset),
            Link::Incident(id) => self.incidents.contains(id),
            Link::Subcategory(subcategory) => self.subcategories.contains(subcategory),
            Link::Taxonomy(entry) => self.taxonomy.contains(entry),
            Link::Technique(technique) => self.techniques.contains(technique),
        }
    }

    /// Returns the recorded changes in the order of time.
    #[must_use]
    pub fn history(&self) -> &[HistoryEntry] {
        &self.history
    }

    const fn new(
        id: RiskId,
        statement: RiskStatement,
        current: RiskRating,
        identified_at: Timestamp,
    ) -> Self {
        Self {
            id,
            statement,
            kind: RiskKind::Threat,
            assets: BTreeSet::new(),
            subcategories: BTreeSet::new(),
            incidents: BTreeSet::new(),
            techniques: BTreeSet::new(),
            taxonomy: BTreeSet::new(),
            inherent: None,
            current,
            residual: None,
            treatment: Treatment::Undecided,
            owner: None,
            review_by: None,
            status: RiskStatus::Open,
            identified_at,
            history: Vec::new(),
        }
    }

    fn checked(self) -> Result<Self, RiskError> {
        check::checked(self)
    }

    /// Adds a link that is not there yet.
    fn link(&mut self, link: Link) -> Result<(), RiskError> {
        if self.has_link(&link) {
            let (what, found) = (link.what(), link.to_string());
            return Err(RiskError::LinkTwice { what, found });
        }
        match link {
            Link::Asset(asset) => self.assets.insert(asset),
            Link::Incident(id) => self.incidents.insert(id),
            Link::Subcategory(subcategory) => self.subcategories.insert(subcategory),
            Link::Taxonomy(entry) => self.taxonomy.insert(entry),
            Link::Technique(technique) => self.techniques.insert(technique),
        };
        Ok(())
    }

    /// Removes a link, or returns `false` where it is not there.
    fn unlink(&mut self, link: &Link) -> bool {
        match link {
            Link::Asset(asset) => self.assets.remove(asset),
            Link::Incident(id) => self.incidents.remove(id),
            Link::Subcategory(subcategory) => self.subcategories.remove(subcategory),
            Link::Taxonomy(entry) => self.taxonomy.remove(entry),
            Link::Technique(technique) => self.techniques.remove(technique),
        }
    }
}
