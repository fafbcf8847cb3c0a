//! The field registry of the OWASP AIBOM project (2026-04). Where each stands in CycloneDX is our
//! mapping; the project's own score, with its weights and penalties, is not computed.

use crate::profile::requirement::{Requirement, Scope};

pub(super) static ELEMENTS: [Requirement; 46] = [
    Requirement::new("bomFormat", "format", Scope::Document, &[&["bomFormat"]]),
    Requirement::new(
        "specVersion",
        "version of the format",
        Scope::Document,
        &[&["specVersion"]],
    ),
    Requirement::new(
        "serialNumber",
        "serial number",
        Scope::Document,
        &[&["serialNumber"]],
    ),
    Requirement::new(
        "version",
        "version of the document",
        Scope::Document,
        &[&["version"]],
    ),
    Requirement::new(
        "primaryPurpose",
        "primary purpose",
        Scope::Models,
        &[&["modelCard.modelParameters.task"]],
    ),
    Requirement::new(
        "suppliedBy",
        "supplier",
        Scope::Models,
        &[&[
            "manufacturer.name",
            "supplier.name",
            "authors[].name",
            "author",
            "publisher",
        ]],
    ),
    Requirement::new(
        "standardCompliance",
        "standards complied with",
        Scope::Document,
        &[&["definitions.standards[].name"]],
    )
    .optional(),
    Requirement::new("domain", "domain", Scope::Models, &[&["tags"]]).optional(),
    Requirement::new(
        "autonomyType",
        "autonomy",
        Scope::Models,
        &[&["@modelward:autonomy"]],
    )
    .optional(),
    Requirement::new("name", "name", Scope::Models, &[&["name"]]),
    Requirement::new("type", "type", Scope::Models, &[&["type"]]),
    Requirement::new(
        "component_version",
        "version of the model",
        Scope::Models,
        &[&["version"]],
    ),
    Requirement::new("purl", "package URL", Scope::Models, &[&["purl"]]),
    Requirement::new(
        "description",
        "description",
        Scope::Models,
        &[&["description"]],
    ),
    Requirement::new(
        "licenses",
        "licenses",
        Scope::Models,
        &[&[
            "licenses[].license.id",
            "licenses[].license.name",
            "licenses[].expression",
        ]],
    ),
    Requirement::new(
        "external_references",
        "external references",
        Scope::Models,
        &[&["externalReferences[].url"]],
    ),
    Requirement::new(
        "datasets",
        "datasets",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.datasets[].ref",
            "modelCard.modelParameters.datasets[].name",
        ]],
    ),
    Requirement::new(
        "ethicalConsiderations",
        "ethical considerations",
        Scope::Models,
        &[&["modelCard.considerations.ethicalConsiderations[].name"]],
    ),
    Requirement::new(
        "energyConsumption",
        "energy consumption",
        Scope::Models,
        &[&["~energyConsumptions[].activity"]],
    )
    .optional(),
    Requirement::new(
        "hyperparameter",
        "hyperparameters",
        Scope::Models,
        &[&["@cdx:ai-ml:model:hyperparameter:*"]],
    ),
    Requirement::new(
        "technicalLimitations",
        "technical limitations",
        Scope::Models,
        &[&["modelCard.considerations.technicalLimitations"]],
    ),
    Requirement::new(
        "safetyRiskAssessment",
        "safety risk assessment",
        Scope::Models,
        &[&["&risk-assessment", "@modelward:safety-risk"]],
    ),
    Requirement::new(
        "intendedUse",
        "intended use",
        Scope::Models,
        &[&["modelCard.considerations.useCases"]],
    ),
    Requirement::new(
        "typeOfModel",
        "type of model",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.architectureFamily",
            "modelCard.modelParameters.modelArchitecture",
            "modelCard.modelParameters.approach.type",
        ]],
    ),
    Requirement::new(
        "modelExplainability",
        "explainability",
        Scope::Models,
        &[&["@modelward:explainability"]],
    )
    .optional(),
    Requirement::new(
        "energyQuantity",
        "quantity of energy",
        Scope::Models,
        &[&["~energyConsumptions[].activityEnergyCost.value"]],
    )
    .optional(),
    Requirement::new(
        "energyUnit",
        "unit of energy",
        Scope::Models,
        &[&["~energyConsumptions[].activityEnergyCost.unit"]],
    )
    .optional(),
    Requirement::new(
        "informationAboutTraining",
        "information about training",
        Scope::Models,
        &[&[
            "^formulation[].workflows[].uid",
            "modelCard.modelParameters.approach.type",
        ]],
    ),
    Requirement::new(
        "informationAboutApplication",
        "information about application",
        Scope::Models,
        &[&[
            "modelCard.considerations.users",
            "modelCard.considerations.useCases",
        ]],
    ),
    Requirement::new(
        "metric",
        "metrics",
        Scope::Models,
        &[&["modelCard.quantitativeAnalysis.performanceMetrics[].type"]],
    ),
    Requirement::new(
        "metricDecisionThreshold",
        "decision thresholds",
        Scope::Models,
        &[&["@modelward:decision-threshold"]],
    )
    .optional(),
    Requirement::new(
        "modelDataPreprocessing",
        "preprocessing of data",
        Scope::Models,
        &[&["@modelward:preprocessing"]],
    )
    .optional(),
    Requirement::new(
        "useSensitivePersonalInformation",
        "use of sensitive personal information",
        Scope::Datasets,
        &[&["data[].sensitiveData"]],
    )
    .optional(),
    Requirement::new(
        "downloadLocation",
        "download location",
        Scope::Models,
        &[&["&distribution"]],
    ),
    Requirement::new(
        "vcs",
        "source repository",
        Scope::Models,
        &[&["&vcs|source-distribution"]],
    ),
    Requirement::new("website", "website", Scope::Models, &[&["&website"]]).optional(),
    Requirement::new(
        "paper",
        "paper",
        Scope::Models,
        &[&["&documentation|citation"]],
    )
    .optional(),
    Requirement::new(
        "vocab_size",
        "vocab size",
        Scope::Models,
        &[&[
            "@cdx:ai-ml:model:hyperparameter:vocab_size",
            "@cdx:ai-ml:tokenizer:hyperparameter:vocab_size",
        ]],
    )
    .optional(),
    Requirement::new(
        "tokenizer_class",
        "tokenizer class",
        Scope::Models,
        &[&[
            "@cdx:ai-ml:model:hyperparameter:tokenizer_class",
            "@cdx:ai-ml:tokenizer:hyperparameter:tokenizer_class",
        ]],
    )
    .optional(),
    Requirement::new(
        "context_length",
        "context length",
        Scope::Models,
        &[&[
            "@cdx:ai-ml:model:hyperparameter:context_length",
            "@cdx:ai-ml:tokenizer:hyperparameter:context_length",
        ]],
    )
    .optional(),
    Requirement::new(
        "embedding_length",
        "embedding length",
        Scope::Models,
        &[&[
            "@cdx:ai-ml:model:hyperparameter:_undefined:embedding_length",
            "@cdx:ai-ml:model:hyperparameter:embedding_length",
        ]],
    )
    .optional(),
    Requirement::new(
        "block_count",
        "block count",
        Scope::Models,
        &[&[
            "@cdx:ai-ml:model:hyperparameter:_undefined:block_count",
            "@cdx:ai-ml:model:hyperparameter:block_count",
        ]],
    )
    .optional(),
    Requirement::new(
        "attention.head_count",
        "attention head count",
        Scope::Models,
        &[&[
            "@cdx:ai-ml:model:hyperparameter:_undefined:attention.head_count",
            "@cdx:ai-ml:model:hyperparameter:attention.head_count",
        ]],
    )
    .optional(),
    Requirement::new(
        "feed_forward_length",
        "feed forward length",
        Scope::Models,
        &[&[
            "@cdx:ai-ml:model:hyperparameter:_undefined:feed_forward_length",
            "@cdx:ai-ml:model:hyperparameter:feed_forward_length",
        ]],
    )
    .optional(),
    Requirement::new(
        "rope.dimension_count",
        "rope dimension count",
        Scope::Models,
        &[&[
            "@cdx:ai-ml:model:hyperparameter:_undefined:rope.dimension_count",
            "@cdx:ai-ml:model:hyperparameter:rope.dimension_count",
        ]],
    )
    .optional(),
    Requirement::new(
        "quantization_version",
        "quantization version",
        Scope::Models,
        &[&[
            "@cdx:ai-ml:model:hyperparameter:_undefined:quantization_version",
            "@cdx:ai-ml:model:hyperparameter:quantization_version",
        ]],
    )
    .optional(),
];
