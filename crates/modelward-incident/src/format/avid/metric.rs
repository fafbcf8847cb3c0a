use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::deviation::Deviations;
use super::term::{Term, vocabulary};

/// Holds what was measured.
///
/// The format wants name, method and results. Some records of the database have none of them but
/// members of their own, so each may be missing here; that is a deviation.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Metric {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detection_method: Option<DetectionMethod>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    results: Option<Map<String, Value>>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Metric {
    /// Joins a name, how it is judged, and the results, which have no form of their own.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        method: DetectionMethod,
        results: Map<String, Value>,
    ) -> Self {
        Self {
            name: Some(name.into()),
            detection_method: Some(method),
            results: Some(results),
            unknown: Map::new(),
        }
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns how the value is judged.
    #[must_use]
    pub const fn detection_method(&self) -> Option<&DetectionMethod> {
        self.detection_method.as_ref()
    }

    /// Returns the results.
    #[must_use]
    pub const fn results(&self) -> Option<&Map<String, Value>> {
        self.results.as_ref()
    }

    /// Returns the members that the format does not have.
    #[must_use]
    pub const fn unknown(&self) -> &Map<String, Value> {
        &self.unknown
    }

    pub(super) fn deviations(&self, found: &mut Deviations<'_>) {
        if self.name.is_none() {
            found.missing("name");
        }
        match &self.detection_method {
            None => found.missing("detection_method"),
            Some(method) => method.deviations(&mut found.inside("detection_method")),
        }
        if self.results.is_none() {
            found.missing("results");
        }
        found.unknown(&self.unknown);
    }
}

/// Says how a value is judged.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct DetectionMethod {
    #[serde(rename = "type")]
    kind: Term<MethodKind>,
    name: String,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl DetectionMethod {
    /// Joins a kind and a name.
    #[must_use]
    pub fn new(kind: MethodKind, name: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            name: name.into(),
            unknown: Map::new(),
        }
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> &Term<MethodKind> {
        &self.kind
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn deviations(&self, found: &mut Deviations<'_>) {
        found.inside("type").term(&self.kind);
        found.unknown(&self.unknown);
    }
}

vocabulary! {
    /// Says what a value is held against.
    MethodKind {
        /// A test of significance.
        SignificanceTest = "Significance Test",
        /// A threshold.
        StaticThreshold = "Static Threshold",
    }
}
