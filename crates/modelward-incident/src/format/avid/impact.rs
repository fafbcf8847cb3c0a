use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::deviation::Deviations;
use super::score::{Cvss, Cwe, Odin};
use super::sep::{LifecycleStage, RiskDomain, SepCategory};
use super::term::Term;

/// Says what a problem is by several taxonomies, and how severe.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Impact {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    avid: Option<AvidTaxonomy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    atlas: Option<Vec<AtlasStep>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cvss: Option<Cvss>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cwe: Option<Vec<Cwe>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    odin: Option<Odin>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Impact {
    /// Says it by the taxonomy of AVID.
    #[must_use]
    pub fn new(avid: AvidTaxonomy) -> Self {
        Self {
            avid: Some(avid),
            ..Self::default()
        }
    }

    /// Sets the steps by MITRE ATLAS, in their order.
    #[must_use]
    pub fn with_atlas(mut self, atlas: Vec<AtlasStep>) -> Self {
        self.atlas = Some(atlas);
        self
    }

    /// Sets the weaknesses by CWE.
    #[must_use]
    pub fn with_cwe(mut self, cwe: Vec<Cwe>) -> Self {
        self.cwe = Some(cwe);
        self
    }

    /// Returns the taxonomy of AVID.
    #[must_use]
    pub const fn avid(&self) -> Option<&AvidTaxonomy> {
        self.avid.as_ref()
    }

    /// Returns the steps by MITRE ATLAS.
    #[must_use]
    pub fn atlas(&self) -> &[AtlasStep] {
        self.atlas.as_deref().unwrap_or_default()
    }

    /// Returns the score by CVSS 3.
    #[must_use]
    pub const fn cvss(&self) -> Option<&Cvss> {
        self.cvss.as_ref()
    }

    /// Returns the weaknesses by CWE.
    #[must_use]
    pub fn cwe(&self) -> &[Cwe] {
        self.cwe.as_deref().unwrap_or_default()
    }

    /// Returns the taxonomy of 0DIN.
    #[must_use]
    pub const fn odin(&self) -> Option<&Odin> {
        self.odin.as_ref()
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        if let Some(avid) = &self.avid {
            avid.deviations(&mut found.inside("avid"));
        }
        found.each("atlas", self.atlas(), |it, found| {
            found.unknown(&it.unknown);
        });
        if let Some(cvss) = &self.cvss {
            cvss.deviations(&mut found.inside("cvss"));
        }
        found.each("cwe", self.cwe(), Cwe::deviations);
        if let Some(odin) = &self.odin {
            odin.deviations(&mut found.inside("odin"));
        }
        found.unknown(&self.unknown);
    }
}

/// Says what a problem is by the taxonomy of AVID.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct AvidTaxonomy {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vuln_id: Option<String>,
    risk_domain: Vec<Term<RiskDomain>>,
    sep_view: Vec<Term<SepCategory>>,
    lifecycle_view: Vec<Term<LifecycleStage>>,
    taxonomy_version: String,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl AvidTaxonomy {
    /// The version of the taxonomy that the vocabularies here are of.
    pub const VERSION: &'static str = "0.2";

    /// Joins categories and stages; the risk domains are those of the categories.
    #[must_use]
    pub fn new(sep_view: &[SepCategory], lifecycle_view: &[LifecycleStage]) -> Self {
        let mut domains: Vec<_> = sep_view.iter().map(|it| it.domain()).collect();
        domains.sort_unstable();
        domains.dedup();
        Self {
            vuln_id: None,
            risk_domain: domains.into_iter().map(Term::from).collect(),
            sep_view: sep_view.iter().copied().map(Term::from).collect(),
            lifecycle_view: lifecycle_view.iter().copied().map(Term::from).collect(),
            taxonomy_version: Self::VERSION.to_owned(),
            unknown: Map::new(),
        }
    }

    /// Returns the vulnerability that a report belongs to.
    #[must_use]
    pub fn vuln_id(&self) -> Option<&str> {
        self.vuln_id.as_deref()
    }

    /// Returns the domains.
    #[must_use]
    pub fn risk_domain(&self) -> &[Term<RiskDomain>] {
        &self.risk_domain
    }

    /// Returns the categories.
    #[must_use]
    pub fn sep_view(&self) -> &[Term<SepCategory>] {
        &self.sep_view
    }

    /// Returns the stages.
    #[must_use]
    pub fn lifecycle_view(&self) -> &[Term<LifecycleStage>] {
        &self.lifecycle_view
    }

    /// Returns the version of the taxonomy; 511 records of the database have an empty one.
    #[must_use]
    pub fn taxonomy_version(&self) -> &str {
        &self.taxonomy_version
    }

    fn deviations(&self, found: &mut Deviations<'_>) {
        found.each("risk_domain", &self.risk_domain, |it, found| found.term(it));
        found.each("sep_view", &self.sep_view, |it, found| found.term(it));
        let stages = &self.lifecycle_view;
        found.each("lifecycle_view", stages, |it, found| found.term(it));
        found.unknown(&self.unknown);
    }
}

/// Holds a step of an attack by MITRE ATLAS. All parts are texts and may be missing.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct AtlasStep {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tactic: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    technique: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl AtlasStep {
    /// Names a technique.
    #[must_use]
    pub fn new(technique: impl Into<String>) -> Self {
        Self {
            technique: Some(technique.into()),
            ..Self::default()
        }
    }

    /// Sets the tactic.
    #[must_use]
    pub fn with_tactic(mut self, tactic: impl Into<String>) -> Self {
        self.tactic = Some(tactic.into());
        self
    }

    /// Sets what was done.
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Returns the tactic.
    #[must_use]
    pub fn tactic(&self) -> Option<&str> {
        self.tactic.as_deref()
    }

    /// Returns the technique.
    #[must_use]
    pub fn technique(&self) -> Option<&str> {
        self.technique.as_deref()
    }

    /// Returns what was done.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }
}
