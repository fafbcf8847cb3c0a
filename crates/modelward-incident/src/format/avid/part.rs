use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::deviation::Deviations;
use super::term::{Term, vocabulary};

/// Holds a text and its language.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct LangText {
    lang: String,
    value: String,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl LangText {
    /// Joins a language, which the database writes as `eng`, and a text.
    #[must_use]
    pub fn new(lang: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            lang: lang.into(),
            value: value.into(),
            unknown: Map::new(),
        }
    }

    /// Returns the language.
    #[must_use]
    pub fn lang(&self) -> &str {
        &self.lang
    }

    /// Returns the text.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        found.unknown(&self.unknown);
    }
}

/// Names what is affected, and whose it is.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Affects {
    developer: Vec<String>,
    deployer: Vec<String>,
    artifacts: Vec<Artifact>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Affects {
    /// Joins developers, deployers and artifacts.
    #[must_use]
    pub fn new(developer: Vec<String>, deployer: Vec<String>, artifacts: Vec<Artifact>) -> Self {
        Self {
            developer,
            deployer,
            artifacts,
            unknown: Map::new(),
        }
    }

    /// Returns who developed it.
    #[must_use]
    pub fn developer(&self) -> &[String] {
        &self.developer
    }

    /// Returns who deployed it.
    #[must_use]
    pub fn deployer(&self) -> &[String] {
        &self.deployer
    }

    /// Returns the artifacts.
    #[must_use]
    pub fn artifacts(&self) -> &[Artifact] {
        &self.artifacts
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        found.each("artifacts", &self.artifacts, |it, found| {
            found.inside("type").term(&it.kind);
            found.unknown(&it.unknown);
        });
        found.unknown(&self.unknown);
    }
}

/// Names an affected artifact. The format has no digest and no package URL for it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Artifact {
    #[serde(rename = "type")]
    kind: Term<ArtifactKind>,
    name: String,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Artifact {
    /// Joins a kind and a name.
    #[must_use]
    pub fn new(kind: ArtifactKind, name: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            name: name.into(),
            unknown: Map::new(),
        }
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> &Term<ArtifactKind> {
        &self.kind
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

vocabulary! {
    /// Says what an artifact is.
    ArtifactKind {
        /// Data.
        Dataset = "Dataset",
        /// A model.
        Model = "Model",
        /// Anything that a model is a part of.
        System = "System",
    }
}

/// Says what the problem is.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Problem {
    classof: Term<ProblemClass>,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Term<ProblemKind>>,
    description: LangText,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Problem {
    /// Joins the class, the type and a description, which the database uses as a title.
    #[must_use]
    pub fn new(class: ProblemClass, kind: ProblemKind, description: LangText) -> Self {
        Self {
            classof: class.into(),
            kind: Some(kind.into()),
            description,
            unknown: Map::new(),
        }
    }

    /// Returns where the knowledge is from.
    #[must_use]
    pub const fn class(&self) -> &Term<ProblemClass> {
        &self.classof
    }

    /// Returns what it is, where the document says so.
    #[must_use]
    pub const fn kind(&self) -> Option<&Term<ProblemKind>> {
        self.kind.as_ref()
    }

    /// Returns the description.
    #[must_use]
    pub const fn description(&self) -> &LangText {
        &self.description
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        found.inside("classof").term(&self.classof);
        if let Some(kind) = &self.kind {
            found.inside("type").term(kind);
        }
        self.description
            .deviations(&mut found.inside("description"));
        found.unknown(&self.unknown);
    }
}

vocabulary! {
    /// Says where a report or vulnerability comes from.
    ProblemClass {
        /// An incident of the AI Incident Database.
        AiidIncident = "AIID Incident",
        /// A case study of MITRE ATLAS.
        AtlasCaseStudy = "ATLAS Case Study",
        /// An entry of the CVE list.
        CveEntry = "CVE Entry",
        /// An evaluation of a large language model.
        LlmEvaluation = "LLM Evaluation",
        /// A report of somebody else.
        ThirdPartyReport = "Third-party Report",
        /// None of these.
        Undefined = "Undefined",
    }
}

vocabulary! {
    /// Says what a report is.
    ProblemKind {
        /// Something is wrong.
        Issue = "Issue",
        /// Others are told what to do.
        Advisory = "Advisory",
        /// Something was measured.
        Measurement = "Measurement",
        /// Something was detected.
        Detection = "Detection",
    }
}

/// Names something to read.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Reference {
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    label: String,
    url: String,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Reference {
    /// Joins a label and an address.
    #[must_use]
    pub fn new(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            kind: None,
            label: label.into(),
            url: url.into(),
            unknown: Map::new(),
        }
    }

    /// Sets the type, which most records of the database have as `source`.
    #[must_use]
    pub fn of_kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Returns the type.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// Returns the label.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Returns the address. Records of the database have other texts here too.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        found.unknown(&self.unknown);
    }
}
