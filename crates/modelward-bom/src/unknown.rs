//! What a model's document should say, and how it is found that it does not.

use modelward_artifact::Finding;

use crate::MlBom;

/// Lists what is missing, each with the code by which a gate can ask for it.
pub(crate) fn of(bom: &MlBom) -> Vec<Finding> {
    let model = bom.model();
    let parameters = model
        .and_then(|model| model.model_card())
        .and_then(|card| card.model_parameters());
    let says = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    let elements = [
        (
            "bom.unknown.architecture",
            "the model's architecture",
            says(parameters.and_then(|parameters| parameters.model_architecture())),
        ),
        (
            "bom.unknown.datasets",
            "the data that the model was trained on",
            parameters.is_some_and(|parameters| !parameters.datasets().is_empty()),
        ),
        (
            "bom.unknown.license",
            "the model's license",
            model.is_some_and(|model| model.license_labels().iter().any(|label| says(Some(label)))),
        ),
        (
            "bom.unknown.supplier",
            "who supplies the model",
            model.is_some_and(|model| {
                let organization = [model.supplier(), model.manufacturer()];
                let named = organization
                    .iter()
                    .flatten()
                    .any(|party| says(party.name()));
                named
                    || says(model.publisher())
                    || says(model.author())
                    || !model.authors().is_empty()
            }),
        ),
        (
            "bom.unknown.task",
            "the task that the model is for",
            says(parameters.and_then(|parameters| parameters.task())),
        ),
        (
            "bom.unknown.version",
            "the model's version",
            says(model.and_then(|model| model.version())),
        ),
    ];
    elements
        .into_iter()
        .filter(|(_, _, known)| !known)
        .map(|(code, what, _)| Finding::new(code, format!("{what} is not known")))
        .collect()
}
