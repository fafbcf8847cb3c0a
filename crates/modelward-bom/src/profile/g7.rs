//! SBOM for AI, Minimum Elements, of the G7 Cybersecurity Working Group, 2026-05-12: 50 elements in
//! seven clusters. The ids are those of a public vocabulary of the elements; the text itself was not
//! at hand. Where each stands in CycloneDX is our mapping.

use crate::profile::requirement::{RELATED, Requirement, Scope};

pub(super) static ELEMENTS: [Requirement; 50] = [
    Requirement::new(
        "MD-01",
        "SBOM author",
        Scope::Document,
        &[&["metadata.authors[].name", "metadata.manufacturer.name"]],
    ),
    Requirement::new("MD-02", "SBOM version", Scope::Document, &[&["version"]]),
    Requirement::new(
        "MD-03",
        "SBOM data format name",
        Scope::Document,
        &[&["bomFormat"]],
    ),
    Requirement::new(
        "MD-04",
        "SBOM data format version",
        Scope::Document,
        &[&["specVersion"]],
    ),
    Requirement::new(
        "MD-05",
        "SBOM author signature",
        Scope::Document,
        &[&["signature", "&digital-signature|electronic-signature"]],
    ),
    Requirement::new(
        "MD-06",
        "SBOM tool name",
        Scope::Document,
        &[&[
            "metadata.tools.components[].name",
            "metadata.tools.services[].name",
            "metadata.tools[].name",
        ]],
    ),
    Requirement::new(
        "MD-07",
        "SBOM tool version",
        Scope::Document,
        &[&[
            "metadata.tools.components[].version",
            "metadata.tools.services[].version",
            "metadata.tools[].version",
        ]],
    ),
    Requirement::new(
        "MD-08",
        "SBOM generation context",
        Scope::Document,
        &[&["metadata.lifecycles[].phase", "metadata.lifecycles[].name"]],
    ),
    Requirement::new(
        "MD-09",
        "SBOM timestamp",
        Scope::Document,
        &[&["metadata.timestamp"]],
    ),
    Requirement::new(
        "MD-10",
        "SBOM dependency relationship",
        Scope::Components,
        RELATED,
    ),
    Requirement::new("SLP-01", "system name", Scope::Subject, &[&["name"]]),
    Requirement::new(
        "SLP-02",
        "system components",
        Scope::Document,
        &[&["components[].name", "metadata.component.components[].name"]],
    ),
    Requirement::new(
        "SLP-03",
        "system producer",
        Scope::Subject,
        &[&[
            "manufacturer.name",
            "supplier.name",
            "authors[].name",
            "author",
            "publisher",
        ]],
    ),
    Requirement::new("SLP-04", "system version", Scope::Subject, &[&["version"]]),
    Requirement::new(
        "SLP-05",
        "system timestamp",
        Scope::Subject,
        &[&["releaseNotes.timestamp", "@modelward:timestamp"]],
    ),
    Requirement::new(
        "SLP-06",
        "system data flow",
        Scope::Document,
        &[&["services[].data[].flow", "formulation[].workflows[].uid"]],
    )
    .review(),
    Requirement::new(
        "SLP-07",
        "system data usage",
        Scope::Document,
        &[&[
            "services[].data[].governance",
            "services[].data[].description",
            "@modelward:data-usage",
        ]],
    )
    .review(),
    Requirement::new(
        "SLP-08",
        "system input and output properties",
        Scope::Document,
        &[
            &[
                "metadata.component.modelCard.modelParameters.inputs[].format",
                "components[].modelCard.modelParameters.inputs[].format",
                "services[].endpoints",
            ],
            &[
                "metadata.component.modelCard.modelParameters.outputs[].format",
                "components[].modelCard.modelParameters.outputs[].format",
                "services[].endpoints",
            ],
        ],
    ),
    Requirement::new(
        "SLP-09",
        "intended application area",
        Scope::Subject,
        &[&[
            "modelCard.considerations.useCases",
            "modelCard.considerations.users",
            "tags",
        ]],
    ),
    Requirement::new("MDL-01", "model name", Scope::Models, &[&["name"]]),
    Requirement::new(
        "MDL-02",
        "model identifier",
        Scope::Models,
        &[&["purl", "omniborId", "swhid", "cpe", "swid.tagId"]],
    ),
    Requirement::new("MDL-03", "model version", Scope::Models, &[&["version"]]),
    Requirement::new(
        "MDL-04",
        "model timestamp",
        Scope::Models,
        &[&["releaseNotes.timestamp", "@modelward:timestamp"]],
    ),
    Requirement::new(
        "MDL-05",
        "model producer",
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
        "MDL-06",
        "model description",
        Scope::Models,
        &[&["description"]],
    ),
    Requirement::new(
        "MDL-07",
        "model hash value",
        Scope::Models,
        &[&["hashes[].content", "components[].hashes[].content"]],
    ),
    Requirement::new(
        "MDL-08",
        "model hash algorithm, SHA-256 or stronger",
        Scope::Models,
        &[&[
            "hashes[alg!=MD5|SHA-1].alg",
            "components[].hashes[alg!=MD5|SHA-1].alg",
        ]],
    ),
    Requirement::new(
        "MDL-09",
        "model properties",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.modelArchitecture",
            "modelCard.modelParameters.architectureFamily",
            "@cdx:ai-ml:model:parameter:count",
            "@cdx:ai-ml:model:hyperparameter:*",
        ]],
    ),
    Requirement::new(
        "MDL-10",
        "model input and output properties",
        Scope::Models,
        &[
            &["modelCard.modelParameters.inputs[].format"],
            &["modelCard.modelParameters.outputs[].format"],
        ],
    ),
    Requirement::new(
        "MDL-11",
        "model training properties",
        Scope::Models,
        &[
            &[
                "modelCard.modelParameters.approach.type",
                "@cdx:ai-ml:model:hyperparameter:*",
                "^formulation[].workflows[].uid",
            ],
            &[
                "modelCard.modelParameters.datasets[].ref",
                "modelCard.modelParameters.datasets[].name",
            ],
        ],
    ),
    Requirement::new(
        "MDL-12",
        "model license",
        Scope::Models,
        &[&[
            "licenses[].license.id",
            "licenses[].license.name",
            "licenses[].expression",
        ]],
    ),
    Requirement::new(
        "MDL-13",
        "model external references",
        Scope::Models,
        &[&["externalReferences[].url"]],
    ),
    Requirement::new("DP-01", "dataset name", Scope::Datasets, &[&["name"]]),
    Requirement::new(
        "DP-02",
        "dataset description",
        Scope::Datasets,
        &[&["description", "data[].description"]],
    ),
    Requirement::new(
        "DP-03",
        "dataset content: type and where it is",
        Scope::Datasets,
        &[
            &["data[].type"],
            &[
                "data[].contents.url",
                "data[].contents.attachment.content",
                "data[].contents.properties[].value",
            ],
        ],
    ),
    Requirement::new(
        "DP-04",
        "dataset identifier",
        Scope::Datasets,
        &[&["purl", "omniborId", "swhid", "cpe", "bom-ref"]],
    ),
    Requirement::new(
        "DP-05",
        "dataset hash value",
        Scope::Datasets,
        &[&["hashes[].content"]],
    ),
    Requirement::new(
        "DP-06",
        "dataset provenance",
        Scope::Datasets,
        &[&[
            "data[].governance",
            "externalReferences[].url",
            "pedigree.ancestors[].name",
        ]],
    ),
    Requirement::new(
        "DP-07",
        "dataset statistical properties",
        Scope::Datasets,
        &[&[
            "data[].graphics.description",
            "data[].graphics.collection[].name",
            "properties[].value",
        ]],
    )
    .review(),
    Requirement::new(
        "DP-08",
        "dataset sensitivity",
        Scope::Datasets,
        &[&["data[].sensitiveData", "data[].classification"]],
    ),
    Requirement::new(
        "DP-09",
        "dataset dependency relationship",
        Scope::Models,
        &[&[
            "modelCard.modelParameters.datasets[].ref",
            "modelCard.modelParameters.datasets[].bom-ref",
        ]],
    ),
    Requirement::new(
        "DP-10",
        "dataset license",
        Scope::Datasets,
        &[&[
            "licenses[].license.id",
            "licenses[].license.name",
            "licenses[].expression",
        ]],
    ),
    Requirement::new(
        "INF-01",
        "infrastructure software",
        Scope::Document,
        &[&[
            "components[type=library|framework|application].name",
            "components[type=container|platform|operating-system].name",
        ]],
    ),
    Requirement::new(
        "INF-02",
        "infrastructure hardware",
        Scope::Document,
        &[&[
            "components[type=device|firmware].name",
            "@modelward:hardware",
        ]],
    ),
    Requirement::new(
        "SP-01",
        "security controls",
        Scope::Document,
        &[&[
            "declarations.claims[].predicate",
            "&threat-model|adversary-model|risk-assessment",
        ]],
    )
    .review(),
    Requirement::new(
        "SP-02",
        "security compliance",
        Scope::Document,
        &[&[
            "declarations.attestations[].summary",
            "definitions.standards[].name",
            "&certification-report",
        ]],
    ),
    Requirement::new(
        "SP-03",
        "cybersecurity policy",
        Scope::Document,
        &[&["&security-contact|rfc-9116"]],
    ),
    Requirement::new(
        "SP-04",
        "vulnerability referencing",
        Scope::Document,
        &[&[
            "vulnerabilities[].id",
            "&advisories|exploitability-statement|vulnerability-assertion",
        ]],
    ),
    Requirement::new(
        "KPI-01",
        "security metrics",
        Scope::Models,
        &[&[
            "&pentest-report",
            "@modelward:metric:security*",
            "modelCard.quantitativeAnalysis.performanceMetrics[type=robustness].value",
            "modelCard.quantitativeAnalysis.performanceMetrics[type=attack-success-rate].value",
        ]],
    )
    .review(),
    Requirement::new(
        "KPI-02",
        "operational performance indicators",
        Scope::Models,
        &[&[
            "modelCard.quantitativeAnalysis.performanceMetrics[].value",
            "~energyConsumptions[].activity",
        ]],
    )
    .review(),
];
