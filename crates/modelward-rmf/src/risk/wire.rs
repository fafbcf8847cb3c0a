use modelward_artifact::{AtlasTechnique, Date, Timestamp};
use serde::{Deserialize, Serialize, Serializer};

use crate::{
    AssetRef, HistoryEntry, Link, Party, Risk, RiskBuilder, RiskError, RiskId, RiskKind,
    RiskRating, RiskStatement, RiskStatus, Subcategory, Text, Treatment,
};

/// Holds a risk as a register has it, under its id.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Wire {
    statement: RiskStatement,
    kind: RiskKind,
    #[serde(default)]
    assets: Vec<AssetRef>,
    #[serde(default)]
    subcategories: Vec<Subcategory>,
    #[serde(default)]
    incidents: Vec<Text>,
    #[serde(default)]
    techniques: Vec<AtlasTechnique>,
    #[serde(default)]
    taxonomy: Vec<Text>,
    inherent: Option<RiskRating>,
    current: RiskRating,
    residual: Option<RiskRating>,
    #[serde(default)]
    treatment: Treatment,
    owner: Option<Party>,
    review_by: Option<Date>,
    #[serde(default)]
    status: RiskStatus,
    identified_at: Timestamp,
    #[serde(default)]
    history: Vec<HistoryEntry>,
}

impl Wire {
    pub(crate) fn into_risk(self, id: RiskId) -> Result<Risk, RiskError> {
        let mut risk = Risk::new(id, self.statement, self.current, self.identified_at);
        risk.kind = self.kind;
        risk.inherent = self.inherent;
        risk.residual = self.residual;
        risk.treatment = self.treatment;
        risk.owner = self.owner;
        risk.review_by = self.review_by;
        risk.status = self.status;
        risk.history = self.history;
        let links = self.assets.into_iter().map(Link::Asset);
        let links = links.chain(self.subcategories.into_iter().map(Link::Subcategory));
        let links = links.chain(self.incidents.into_iter().map(Link::Incident));
        let links = links.chain(self.techniques.into_iter().map(Link::Technique));
        let links = links.chain(self.taxonomy.into_iter().map(Link::Taxonomy));
        links
            .fold(RiskBuilder::new(risk), RiskBuilder::link)
            .build()
    }
}

/// Writes the risk as a register has it, under its id and so without it.
impl Serialize for Risk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(self).serialize(serializer)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    statement: &'a RiskStatement,
    kind: RiskKind,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    assets: Vec<&'a AssetRef>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    subcategories: Vec<&'a Subcategory>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    incidents: Vec<&'a Text>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    techniques: Vec<&'a AtlasTechnique>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    taxonomy: Vec<&'a Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inherent: Option<&'a RiskRating>,
    current: &'a RiskRating,
    #[serde(skip_serializing_if = "Option::is_none")]
    residual: Option<&'a RiskRating>,
    treatment: &'a Treatment,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_by: Option<Date>,
    status: &'a RiskStatus,
    identified_at: Timestamp,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    history: &'a [HistoryEntry],
}

impl<'a> From<&'a Risk> for Written<'a> {
    fn from(risk: &'a Risk) -> Self {
        Self {
            statement: &risk.statement,
            kind: risk.kind,
            assets: risk.assets.iter().collect(),
            subcategories: risk.subcategories.iter().collect(),
            incidents: risk.incidents.iter().collect(),
            techniques: risk.techniques.iter().collect(),
            taxonomy: risk.taxonomy.iter().collect(),
            inherent: risk.inherent.as_ref(),
            current: &risk.current,
            residual: risk.residual.as_ref(),
            treatment: &risk.treatment,
            owner: risk.owner.as_ref(),
            review_by: risk.review_by,
            status: &risk.status,
            identified_at: risk.identified_at,
            history: &risk.history,
        }
    }
}
