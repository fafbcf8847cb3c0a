use std::fmt;

use modelward_artifact::json::{self, JsonError, Sorted};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// Names the OSCAL models that are written here.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum OscalModel {
    /// What an assessment found.
    AssessmentResults,
    /// The controls of a framework.
    Catalog,
    /// How the ids of two frameworks relate.
    MappingCollection,
    /// What is to be done.
    PlanOfActionAndMilestones,
}

impl OscalModel {
    /// Lists the models in the order of the alphabet.
    pub const ALL: [Self; 4] = [
        Self::AssessmentResults,
        Self::Catalog,
        Self::MappingCollection,
        Self::PlanOfActionAndMilestones,
    ];

    /// Returns the name of the document's one member, such as `assessment-results`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AssessmentResults => "assessment-results",
            Self::Catalog => "catalog",
            Self::MappingCollection => "mapping-collection",
            Self::PlanOfActionAndMilestones => "plan-of-action-and-milestones",
        }
    }
}

impl fmt::Display for OscalModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds an OSCAL document that was written here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OscalDocument {
    model: OscalModel,
    value: Value,
}

impl OscalDocument {
    pub(super) fn new(model: OscalModel, content: Value) -> Self {
        let mut root = Map::new();
        root.insert(model.name().to_owned(), content);
        Self {
            model,
            value: Value::Object(root),
        }
    }

    /// Returns the model that the document is of.
    #[must_use]
    pub const fn model(&self) -> OscalModel {
        self.model
    }

    /// Returns the document, an object with one member.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.value
    }

    /// Returns the document and gives up the rest.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.value
    }

    /// Returns the JSON text: members sorted, two blanks a level, a line break at the end.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the document has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty_sorted(&Sorted::new(&self.value))
    }
}

impl Serialize for OscalDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}
