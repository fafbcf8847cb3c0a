use modelward_artifact::{AtlasTechnique, JsonLimits, json};
use serde_json::Value;

use crate::evidence::{FreeName, Naming, ReadEvidenceError};

/// Says what kind of thing a report is about.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum AvidKind {
    /// Data.
    Dataset,
    /// A model.
    Model,
    /// Software, or what is made of all of these.
    System,
    /// Something else, by the report's word for it.
    Other(String),
}

/// Names one thing that a report is about.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AvidArtifact {
    kind: AvidKind,
    name: FreeName,
}

impl AvidArtifact {
    /// Returns what kind of thing it is.
    #[must_use]
    pub const fn kind(&self) -> &AvidKind {
        &self.kind
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &FreeName {
        &self.name
    }
}

/// Holds a report or vulnerability of the AI Vulnerability Database (AVID), as far as it tells what
/// it is about.
#[derive(Clone, Debug)]
pub struct AvidReport {
    ids: Vec<String>,
    artifacts: Vec<AvidArtifact>,
    class: Option<String>,
    kind: Option<String>,
    description: Option<String>,
    techniques: Vec<AtlasTechnique>,
}

impl AvidReport {
    /// Reads one report or vulnerability. Members that are null or not there are nothing.
    ///
    /// # Errors
    ///
    /// [`ReadEvidenceError`] where the text is not strict JSON within the limits, or a member that
    /// is read has another shape.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadEvidenceError> {
        let value = json::read(bytes, limits);
        let value = value.map_err(|source| ReadEvidenceError::Json { source })?;
        if !value.is_object() {
            return Err(shape("", "a report"));
        }
        let mut artifacts = Vec::new();
        for (index, item) in list(&value, "/affects/artifacts")?.iter().enumerate() {
            artifacts.push(artifact(item, index)?);
        }
        artifacts.sort();
        artifacts.dedup();
        Ok(Self {
            ids: ids(&value)?,
            artifacts,
            class: text(&value, "/problemtype/classof")?,
            kind: text(&value, "/problemtype/type")?,
            description: text(&value, "/problemtype/description/value")?,
            techniques: techniques(&value)?,
        })
    }

    /// Reads reports that stand one in a line. Empty lines are passed over; limits are those of one
    /// report.
    ///
    /// # Errors
    ///
    /// [`ReadEvidenceError::Line`] with the first line that is not a report.
    pub fn read_lines(bytes: &[u8], limits: &JsonLimits) -> Result<Vec<Self>, ReadEvidenceError> {
        let lines = bytes.split(|byte| *byte == b'\n').enumerate();
        let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
        let reports = lines.map(|(index, line)| {
            Self::read(line, limits).map_err(|source| ReadEvidenceError::Line {
                line: index + 1,
                source: Box::new(source),
            })
        });
        reports.collect()
    }

    /// Returns the ids of the report and of the vulnerability, as far as it has them.
    #[must_use]
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Returns what the report is about, sorted.
    #[must_use]
    pub fn artifacts(&self) -> &[AvidArtifact] {
        &self.artifacts
    }

    /// Returns the class of the problem, such as `LLM Evaluation`.
    #[must_use]
    pub fn class(&self) -> Option<&str> {
        self.class.as_deref()
    }

    /// Returns the type of the problem, such as `Issue`.
    #[must_use]
    pub fn problem_type(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// Returns the problem in words.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Returns the techniques of ATLAS that the report names by their ids, sorted.
    #[must_use]
    pub fn techniques(&self) -> &[AtlasTechnique] {
        &self.techniques
    }

    /// Tells whether the report names something like this.
    #[must_use]
    pub fn naming(&self, name: &str) -> Naming {
        let name = FreeName::new(name);
        let mut artifacts = self.artifacts.iter();
        if artifacts.any(|artifact| artifact.name.is_like(&name)) {
            Naming::Named
        } else {
            Naming::NotNamed
        }
    }
}

fn ids(value: &Value) -> Result<Vec<String>, ReadEvidenceError> {
    let report = text(value, "/metadata/report_id")?;
    let vulnerability = text(value, "/metadata/vuln_id")?;
    let also = text(value, "/impact/avid/vuln_id")?;
    let mut ids: Vec<_> = [report, vulnerability, also]
        .into_iter()
        .flatten()
        .collect();
    ids.sort();
    ids.dedup();
    Ok(ids)
}

fn artifact(item: &Value, index: usize) -> Result<AvidArtifact, ReadEvidenceError> {
    let name = item.get("name").and_then(Value::as_str);
    let kind = item.get("type").and_then(Value::as_str);
    let Some((name, kind)) = name.zip(kind) else {
        let pointer = format!("/affects/artifacts/{index}");
        return Err(shape(&pointer, "an artifact with type and name"));
    };
    Ok(AvidArtifact {
        kind: match kind {
            "Dataset" => AvidKind::Dataset,
            "Model" => AvidKind::Model,
            "System" => AvidKind::System,
            kind => AvidKind::Other(kind.to_owned()),
        },
        name: FreeName::new(name),
    })
}

/// Reads the ids in the taxonomy of ATLAS, where techniques may also stand by name.
fn techniques(value: &Value) -> Result<Vec<AtlasTechnique>, ReadEvidenceError> {
    let mut techniques = Vec::new();
    for (index, item) in list(value, "/impact/atlas")?.iter().enumerate() {
        let technique = text(item, "/technique");
        let technique = technique.map_err(|_| {
            let pointer = format!("/impact/atlas/{index}/technique");
            shape(&pointer, "a text")
        })?;
        let words = technique
            .as_deref()
            .unwrap_or_default()
            .split([' ', ':', '(', ')', ',']);
        techniques.extend(words.filter_map(|word| word.parse::<AtlasTechnique>().ok()));
    }
    techniques.sort();
    techniques.dedup();
    Ok(techniques)
}

fn text(value: &Value, pointer: &str) -> Result<Option<String>, ReadEvidenceError> {
    match value.pointer(pointer) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(shape(pointer, "a text")),
    }
}

fn list<'v>(value: &'v Value, pointer: &str) -> Result<&'v [Value], ReadEvidenceError> {
    match value.pointer(pointer) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(shape(pointer, "a list")),
    }
}

fn shape(pointer: &str, expected: &'static str) -> ReadEvidenceError {
    ReadEvidenceError::Shape {
        pointer: pointer.to_owned(),
        expected,
    }
}
