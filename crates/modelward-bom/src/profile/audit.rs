//! What an audit of a model asks first. The list is ours.

use crate::profile::requirement::{Requirement, Scope};

pub(super) static ELEMENTS: [Requirement; 7] = [
    Requirement::new(
        "data-sources",
        "the data that the model was trained on",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.datasets[].ref",
            "modelCard.modelParameters.datasets[].name",
        ]],
    ),
    Requirement::new(
        "data-versions",
        "the version of each dataset",
        Scope::Datasets,
        &[&["version", "hashes[].content"]],
    ),
    Requirement::new(
        "algorithms",
        "the algorithms: architecture and how it learns",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.modelArchitecture",
            "modelCard.modelParameters.architectureFamily",
            "modelCard.modelParameters.approach.type",
        ]],
    ),
    Requirement::new(
        "model-version",
        "the version of the model",
        Scope::Models,
        &[&["version"]],
    ),
    Requirement::new(
        "model-content",
        "the digests of the model's bytes",
        Scope::Models,
        &[&["hashes[].content", "components[].hashes[].content"]],
    ),
    Requirement::new(
        "trained-by",
        "who trained the model",
        Scope::Models,
        &[&[
            "@modelward:trained-by",
            "manufacturer.name",
            "authors[].name",
            "author",
        ]],
    ),
    Requirement::new(
        "validated-by",
        "who validated the model",
        Scope::Models,
        &[&[
            "@modelward:validated-by",
            "^declarations.assessors[].organization.name",
            "^declarations.attestations[].assessor",
        ]],
    ),
];
