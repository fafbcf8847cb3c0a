//! What a model's document should say, and how it is found that it does not.

use modelward_artifact::Finding;
use serde_json::Value;

use crate::MlBom;

/// Lists what is missing, each with the code by which a gate can ask for it.
pub(crate) fn of(bom: &MlBom) -> Vec<Finding> {
    let model = bom.model();
    let parameters = model
        .member("modelCard")
        .and_then(|card| card.get("modelParameters"));
    let parameter = |name: &str| parameters.is_some_and(|parameters| says(parameters.get(name)));
    let supplier = ["supplier", "manufacturer", "publisher", "authors"]
        .iter()
        .any(|member| says(model.member(member)));
    let elements = [
        (
            "bom.unknown.architecture",
            "the model's architecture",
            parameter("modelArchitecture"),
        ),
        (
            "bom.unknown.datasets",
            "the data that the model was trained on",
            parameter("datasets"),
        ),
        (
            "bom.unknown.license",
            "the model's license",
            !model.licenses().is_empty(),
        ),
        ("bom.unknown.supplier", "who supplies the model", supplier),
        (
            "bom.unknown.task",
            "the task that the model is for",
            parameter("task"),
        ),
        (
            "bom.unknown.version",
            "the model's version",
            model.version().is_some(),
        ),
    ];
    elements
        .into_iter()
        .filter(|(_, _, known)| !known)
        .map(|(code, what, _)| Finding::new(code, format!("{what} is not known")))
        .collect()
}

/// An empty text, list or object says nothing.
fn says(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(members)) => !members.is_empty(),
        Some(Value::Bool(_) | Value::Number(_)) => true,
    }
}
