//! Regulation (EU) 2024/1689 (AI Act), Annexes IV and XI: our reading of what a document can show of
//! the technical documentation that they ask for. Most of it a person has to judge.

use crate::profile::requirement::{Requirement, Scope};

pub(super) static ANNEX_IV: [Requirement; 25] = [
    Requirement::new(
        "1a-purpose",
        "intended purpose",
        Scope::Models,
        &[&["modelCard.considerations.useCases"]],
    )
    .review(),
    Requirement::new(
        "1a-provider",
        "name of the provider",
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
        "1a-version",
        "version, and its relation to earlier ones",
        Scope::Models,
        &[&["version"]],
    ),
    Requirement::new(
        "1b-interaction",
        "interaction with hardware, software and other AI systems",
        Scope::Document,
        &[&["services[].name", "dependencies[].dependsOn"]],
    )
    .review(),
    Requirement::new(
        "1c-software",
        "versions of relevant software and firmware",
        Scope::Document,
        &[&["components[type=library|framework|firmware|operating-system|platform].version"]],
    ),
    Requirement::new(
        "1d-forms",
        "forms in which it is placed on the market",
        Scope::Models,
        &[&["&distribution|distribution-intake"]],
    ),
    Requirement::new(
        "1e-hardware",
        "hardware on which it is meant to run",
        Scope::Document,
        &[&["components[type=device].name", "@modelward:hardware"]],
    ),
    Requirement::new(
        "1g-interface",
        "description of the user interface for the deployer",
        Scope::Document,
        &[&["&documentation"]],
    )
    .review(),
    Requirement::new(
        "1h-instructions",
        "instructions for use",
        Scope::Models,
        &[&["&documentation|model-card"]],
    )
    .review(),
    Requirement::new(
        "2a-development",
        "methods and steps of development, with pre-trained systems and tools of others",
        Scope::Models,
        &[&[
            "pedigree.ancestors[].name",
            "^formulation[].workflows[].uid",
        ]],
    )
    .review(),
    Requirement::new(
        "2b-design",
        "design specification: logic, choices, trade-offs",
        Scope::Models,
        &[&[
            "modelCard.considerations.performanceTradeoffs",
            "modelCard.modelParameters.approach.type",
            "description",
        ]],
    )
    .review(),
    Requirement::new(
        "2c-architecture",
        "architecture",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.modelArchitecture",
            "modelCard.modelParameters.architectureFamily",
        ]],
    ),
    Requirement::new(
        "2c-compute",
        "computational resources used",
        Scope::Models,
        &[&[
            "~energyConsumptions[].activityEnergyCost.value",
            "@modelward:training:compute",
        ]],
    ),
    Requirement::new(
        "2d-data",
        "data: provenance, scope, characteristics, selection, labelling, cleaning",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.datasets[].ref",
            "modelCard.modelParameters.datasets[].name",
        ]],
    )
    .review(),
    Requirement::new(
        "2e-oversight",
        "human oversight measures",
        Scope::Document,
        &[&[
            "@modelward:human-oversight",
            "declarations.claims[].predicate",
        ]],
    )
    .review(),
    Requirement::new(
        "2f-changes",
        "pre-determined changes",
        Scope::Document,
        &[&["@modelward:planned-changes"]],
    )
    .review(),
    Requirement::new(
        "2g-validation",
        "validation and testing: data, metrics, logs",
        Scope::Models,
        &[&["modelCard.quantitativeAnalysis.performanceMetrics[].value"]],
    )
    .review(),
    Requirement::new(
        "2h-cybersecurity",
        "cybersecurity measures",
        Scope::Document,
        &[&[
            "&threat-model|adversary-model|pentest-report",
            "declarations.claims[].predicate",
        ]],
    )
    .review(),
    Requirement::new(
        "3-limitations",
        "capabilities and limitations, accuracy for groups, foreseeable risks",
        Scope::Models,
        &[&[
            "modelCard.considerations.technicalLimitations",
            "modelCard.considerations.fairnessAssessments[].groupAtRisk",
        ]],
    )
    .review(),
    Requirement::new(
        "4-metrics",
        "appropriateness of the performance metrics",
        Scope::Models,
        &[&["modelCard.quantitativeAnalysis.performanceMetrics[].type"]],
    )
    .review(),
    Requirement::new(
        "5-risk",
        "risk management system",
        Scope::Document,
        &[&["&risk-assessment"]],
    )
    .review(),
    Requirement::new(
        "6-changes",
        "changes through the lifecycle",
        Scope::Models,
        &[&[
            "releaseNotes.notes[].text.content",
            "releaseNotes.description",
            "pedigree.notes",
        ]],
    )
    .review(),
    Requirement::new(
        "7-standards",
        "harmonised standards applied",
        Scope::Document,
        &[&["definitions.standards[].name"]],
    ),
    Requirement::new(
        "8-declaration",
        "declaration of conformity",
        Scope::Document,
        &[&[
            "declarations.affirmation.statement",
            "&certification-report|attestation",
        ]],
    )
    .review(),
    Requirement::new(
        "9-monitoring",
        "post-market monitoring plan",
        Scope::Document,
        &[&["@modelward:monitoring-plan"]],
    )
    .review(),
];

pub(super) static ANNEX_XI: [Requirement; 15] = [
    Requirement::new(
        "1a-tasks",
        "tasks, and systems it can go into",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.task",
            "modelCard.considerations.useCases",
        ]],
    )
    .review(),
    Requirement::new(
        "1b-policies",
        "acceptable use policies",
        Scope::Models,
        &[&["&license|documentation", "@modelward:acceptable-use"]],
    )
    .review(),
    Requirement::new(
        "1c-release",
        "date of release and ways of distribution",
        Scope::Models,
        &[
            &["releaseNotes.timestamp"],
            &["&distribution|distribution-intake"],
        ],
    ),
    Requirement::new(
        "1d-architecture",
        "architecture",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.modelArchitecture",
            "modelCard.modelParameters.architectureFamily",
        ]],
    ),
    Requirement::new(
        "1d-parameters",
        "number of parameters",
        Scope::Models,
        &[&["@cdx:ai-ml:model:parameter:count"]],
    ),
    Requirement::new(
        "1e-modality",
        "modality and format of inputs and outputs",
        Scope::Models,
        &[
            &[
                "modelCard.modelParameters.inputs[].format",
                "@cdx:ai-ml:model:modality",
            ],
            &[
                "modelCard.modelParameters.outputs[].format",
                "@cdx:ai-ml:model:modality",
            ],
        ],
    ),
    Requirement::new(
        "1f-license",
        "license",
        Scope::Models,
        &[&[
            "licenses[].license.id",
            "licenses[].license.name",
            "licenses[].expression",
        ]],
    ),
    Requirement::new(
        "2a-integration",
        "technical means for integration",
        Scope::Models,
        &[&["^components[type=library|framework].name", "&documentation"]],
    )
    .review(),
    Requirement::new(
        "2b-training",
        "design specification and training process",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.approach.type",
            "^formulation[].workflows[].uid",
        ]],
    )
    .review(),
    Requirement::new(
        "2c-data",
        "data of training, testing and validation: type, provenance, curation",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.datasets[].ref",
            "modelCard.modelParameters.datasets[].name",
        ]],
    )
    .review(),
    Requirement::new(
        "2d-compute",
        "computational resources and training time",
        Scope::Models,
        &[
            &["@modelward:training:compute"],
            &["@modelward:training:time"],
        ],
    ),
    Requirement::new(
        "2e-energy",
        "known or estimated energy consumption",
        Scope::Models,
        &[&["~energyConsumptions[activity=training|fine-tuning].activityEnergyCost.value"]],
    ),
    Requirement::new(
        "s2-1-evaluation",
        "systemic risk: evaluation strategies and results",
        Scope::Models,
        &[&["modelCard.quantitativeAnalysis.performanceMetrics[].value"]],
    )
    .additional()
    .review(),
    Requirement::new(
        "s2-2-adversarial",
        "systemic risk: adversarial testing, alignment, fine-tuning",
        Scope::Models,
        &[&[
            "&adversary-model|pentest-report",
            "@cdx:ai-ml:model:parameter:tune_method",
        ]],
    )
    .additional()
    .review(),
    Requirement::new(
        "s2-3-system",
        "systemic risk: system architecture",
        Scope::Document,
        &[&["services[].name", "&documentation"]],
    )
    .additional()
    .review(),
];
