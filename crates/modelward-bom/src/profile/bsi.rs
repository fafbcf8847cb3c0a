//! BSI TR-03183-2, Cyber Resilience Requirements, part 2: SBOM, version 2.1.0, 2025-08-20, with its
//! mapping to CycloneDX (section 8.2).

use crate::profile::requirement::{Requirement, Scope};

pub(super) static ELEMENTS: [Requirement; 21] = [
    Requirement::new(
        "sbom-creator",
        "creator of the SBOM: e-mail address, else URL",
        Scope::Document,
        &[&[
            "metadata.manufacturer.contact[].email",
            "metadata.manufacturer.url",
        ]],
    ),
    Requirement::new(
        "sbom-timestamp",
        "timestamp of the SBOM",
        Scope::Document,
        &[&["metadata.timestamp"]],
    ),
    Requirement::new(
        "component-creator",
        "component creator: e-mail address, else URL",
        Scope::Components,
        &[&["manufacturer.contact[].email", "manufacturer.url"]],
    ),
    Requirement::new(
        "component-name",
        "component name",
        Scope::Components,
        &[&["name"]],
    ),
    Requirement::new(
        "component-version",
        "component version",
        Scope::Components,
        &[&["version"]],
    ),
    Requirement::new(
        "filename",
        "filename of the component",
        Scope::Components,
        &[&["@bsi:component:filename"]],
    ),
    Requirement::new(
        "dependencies",
        "dependencies on other components",
        Scope::Components,
        &[&["#dependencies.ref"]],
    ),
    Requirement::new(
        "completeness",
        "completeness of the dependencies",
        Scope::Components,
        &[&["#compositions.dependencies", "#compositions.assemblies"]],
    ),
    Requirement::new(
        "distribution-licences",
        "distribution licences, as SPDX expressions",
        Scope::Components,
        &[&["licenses[acknowledgement=concluded].expression"]],
    ),
    Requirement::new(
        "deployable-hash",
        "hash value of the deployable component, SHA-512",
        Scope::Components,
        &[&["externalReferences[type=distribution].hashes[alg=SHA-512].content"]],
    ),
    Requirement::new(
        "executable",
        "executable property",
        Scope::Components,
        &[&["@bsi:component:executable=executable|non-executable"]],
    ),
    Requirement::new(
        "archive",
        "archive property",
        Scope::Components,
        &[&["@bsi:component:archive=archive|no archive"]],
    ),
    Requirement::new(
        "structured",
        "structured property",
        Scope::Components,
        &[&["@bsi:component:structured=structured|unstructured"]],
    ),
    Requirement::new(
        "sbom-uri",
        "URI of the SBOM",
        Scope::Document,
        &[&["serialNumber"]],
    )
    .additional(),
    Requirement::new(
        "source-uri",
        "URI of the source code",
        Scope::Components,
        &[&["&source-distribution|vcs"]],
    )
    .additional(),
    Requirement::new(
        "deployable-uri",
        "URI of the deployable form",
        Scope::Components,
        &[&["&distribution"]],
    )
    .additional(),
    Requirement::new(
        "other-identifiers",
        "other unique identifiers",
        Scope::Components,
        &[&["cpe", "purl", "swid.tagId"]],
    )
    .additional(),
    Requirement::new(
        "original-licences",
        "original licences",
        Scope::Components,
        &[&[
            "licenses[acknowledgement=declared].expression",
            "licenses[license.acknowledgement=declared].license.id",
            "licenses[license.acknowledgement=declared].license.name",
        ]],
    )
    .additional(),
    Requirement::new(
        "effective-licence",
        "effective licence",
        Scope::Components,
        &[&[
            "@bsi:component:effectiveLicense",
            "@bsi:component:effectiveLicence",
        ]],
    )
    .optional(),
    Requirement::new(
        "source-hash",
        "hash value of the source code",
        Scope::Components,
        &[&["externalReferences[type=source-distribution].hashes[alg!=MD5|SHA-1].content"]],
    )
    .optional(),
    Requirement::new(
        "security-txt",
        "URL of security.txt",
        Scope::Components,
        &[&["&rfc-9116"]],
    )
    .optional(),
];
