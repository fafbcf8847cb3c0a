//! Holds the data of MITRE ATLAS as it is loaded, and its case studies.
//!
//! Which tactics, techniques and mitigations there are changes from release to release, so all ids
//! are data: an [`AtlasData`] says of which version it is. Both layouts are read: the lists of
//! releases up to 5.x, and the objects by id of format 6, whose releases are named by year and month.
//!
//! ```
//! use modelward_artifact::JsonLimits;
//! use modelward_incident::format::atlas::AtlasData;
//!
//! let document = br#"{
//!     "id": "ATLAS", "name": "ours", "version": "5.6.0", "matrices": [{
//!         "id": "ATLAS", "name": "ATLAS Matrix",
//!         "tactics": [{"id": "AML.TA0004", "name": "Initial Access", "description": "Gets in."}],
//!         "techniques": [
//!             {"id": "AML.T0010", "name": "Supply Chain", "description": "By a supplier.",
//!              "tactics": ["AML.TA0004"]},
//!             {"id": "AML.T0010.003", "name": "Model", "description": "By a model.",
//!              "subtechnique-of": "AML.T0010"}
//!         ]
//!     }]
//! }"#;
//! let atlas = AtlasData::from_json(document, &JsonLimits::default())?;
//! let technique = "AML.T0010.003".parse()?;
//! assert_eq!(atlas.full_name(technique).as_deref(), Some("Supply Chain: Model"));
//! assert_eq!(atlas.tactics_of(technique)[0].as_str(), "AML.TA0004");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod case_study;
mod date;
mod deviation;
mod embedded;
mod emit;
mod error;
mod gather;
mod id;
mod members;
mod mitigation;
mod node;
mod reference;
mod relation;
mod separate;
mod step;
mod tactic;
mod technique;
#[cfg(feature = "yaml")]
mod yaml;

use modelward_artifact::json;
use modelward_artifact::{AtlasTechnique, JsonLimits};
use serde_json::{Map, Value};

pub use self::case_study::{CaseStudy, StudyKind};
pub use self::date::{DateGranularity, StudyDate};
pub use self::deviation::{AtlasDeviation, DeviationKind};
pub use self::error::AtlasError;
use self::gather::Index;
pub use self::id::{CaseStudyId, MitigationId, ParseAtlasIdError, TacticId};
use self::members::Placed;
pub use self::mitigation::{Mitigation, MitigationUse};
pub use self::reference::{AttackReference, Reference};
pub use self::step::{ProcedureStep, Proposal};
pub use self::tactic::AtlasTactic;
pub use self::technique::TechniqueEntry;

/// Says how a document of ATLAS is laid out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AtlasLayout {
    /// Lists whose objects hold their relations, as releases up to 5.x.
    Embedded,
    /// Objects by their ids, and the relations between them by themselves, as format 6.
    Separate,
}

/// Holds a release of MITRE ATLAS.
///
/// Members that are not known are kept beside what is. What deviates from the format and can be read
/// all the same is listed ([`AtlasData::deviations`]).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AtlasData {
    version: Box<str>,
    format_version: Option<Box<str>>,
    name: Option<Box<str>>,
    layout: AtlasLayout,
    tactics: Index<TacticId, AtlasTactic>,
    techniques: Index<AtlasTechnique, TechniqueEntry>,
    mitigations: Index<MitigationId, Mitigation>,
    case_studies: Index<CaseStudyId, CaseStudy>,
    deviations: Vec<AtlasDeviation>,
    others: Map<String, Value>,
}

impl AtlasData {
    /// Reads a release.
    ///
    /// # Errors
    ///
    /// [`AtlasError`] with the pointer to what is wrong.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, AtlasError> {
        let value = json::read(bytes, limits).map_err(|source| AtlasError::Json { source })?;
        Self::read(value)
    }

    /// Reads a release from YAML, the form in which ATLAS publishes them, with the same limits. An
    /// alias counts as often as it is used.
    ///
    /// # Errors
    ///
    /// [`AtlasError`] with the pointer to what is wrong.
    #[cfg(feature = "yaml")]
    pub fn from_yaml(bytes: &[u8], limits: &JsonLimits) -> Result<Self, AtlasError> {
        Self::read(yaml::read(bytes, limits)?)
    }

    fn read(value: Value) -> Result<Self, AtlasError> {
        let root = Placed::root(value).object()?;
        match (root.get("matrices"), root.get("techniques")) {
            (Some(_), _) | (None, Some(Value::Array(_))) => embedded::read(root),
            (None, Some(_)) => separate::read(root),
            (None, None) => Err(AtlasError::Layout),
        }
    }

    /// Returns the version of the content, such as `5.6.0` or `2026.08`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the version of the format, which has one of its own from 6.0.0 on.
    #[must_use]
    pub fn format_version(&self) -> Option<&str> {
        self.format_version.as_deref()
    }

    /// Returns the name of the collection.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Says how the document was laid out.
    #[must_use]
    pub const fn layout(&self) -> AtlasLayout {
        self.layout
    }

    /// Returns the tactics in the order of the matrix.
    #[must_use]
    pub fn tactics(&self) -> &[AtlasTactic] {
        self.tactics.items()
    }

    /// Returns the techniques and their parts.
    #[must_use]
    pub fn techniques(&self) -> &[TechniqueEntry] {
        self.techniques.items()
    }

    /// Returns the mitigations.
    #[must_use]
    pub fn mitigations(&self) -> &[Mitigation] {
        self.mitigations.items()
    }

    /// Returns the case studies.
    #[must_use]
    pub fn case_studies(&self) -> &[CaseStudy] {
        self.case_studies.items()
    }

    /// Returns a tactic by its id.
    #[must_use]
    pub fn tactic(&self, id: &TacticId) -> Option<&AtlasTactic> {
        self.tactics.get(id)
    }

    /// Returns a technique, or a part of one, by its id.
    #[must_use]
    pub fn technique(&self, id: AtlasTechnique) -> Option<&TechniqueEntry> {
        self.techniques.get(&id)
    }

    /// Returns a mitigation by its id.
    #[must_use]
    pub fn mitigation(&self, id: &MitigationId) -> Option<&Mitigation> {
        self.mitigations.get(id)
    }

    /// Returns a case study by its id.
    #[must_use]
    pub fn case_study(&self, id: &CaseStudyId) -> Option<&CaseStudy> {
        self.case_studies.get(id)
    }

    /// Returns the name of a technique; that of a part stands behind the name of the whole, as in
    /// `AI Supply Chain Compromise: Model`.
    #[must_use]
    pub fn full_name(&self, id: AtlasTechnique) -> Option<String> {
        let own = self.technique(id)?.name();
        let whole = id.parent().and_then(|parent| self.technique(parent));
        Some(whole.map_or_else(
            || own.to_owned(),
            |whole| format!("{}: {own}", whole.name()),
        ))
    }

    /// Returns the tactics of a technique; a part that states none has those of the whole.
    #[must_use]
    pub fn tactics_of(&self, id: AtlasTechnique) -> &[TacticId] {
        let stated = |id| self.technique(id).map_or(&[][..], TechniqueEntry::tactics);
        match (stated(id), id.parent()) {
            ([], Some(parent)) => stated(parent),
            (own, _) => own,
        }
    }

    /// Returns the parts of a technique.
    pub fn parts_of(&self, id: AtlasTechnique) -> impl Iterator<Item = &TechniqueEntry> {
        let entries = self.techniques().iter();
        entries.filter(move |entry| entry.id().parent() == Some(id))
    }

    /// Returns the mitigations that act against a technique, and how each does.
    pub fn mitigations_of(
        &self,
        id: AtlasTechnique,
    ) -> impl Iterator<Item = (&Mitigation, &MitigationUse)> {
        self.mitigations().iter().flat_map(move |mitigation| {
            let uses = mitigation.uses().iter();
            let uses = uses.filter(move |used| used.technique() == id);
            uses.map(move |used| (mitigation, used))
        })
    }

    /// Lists what deviates from the format and could be read all the same.
    #[must_use]
    pub fn deviations(&self) -> &[AtlasDeviation] {
        &self.deviations
    }

    /// Returns the members that are not known here, and those that describe the collection and the
    /// matrices.
    #[must_use]
    pub const fn others(&self) -> &Map<String, Value> {
        &self.others
    }
}
