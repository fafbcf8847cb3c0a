//! CISA and partners, 2026 Minimum Elements for an SBOM, v2.1, 2026-07-29: 17 data fields and
//! coverage. That something is not known may be stated; silence is not enough.
//! The list is taken from secondary sources, since the text itself was not at hand.

use crate::profile::requirement::{RELATED, Requirement, Scope};

pub(super) static ELEMENTS: [Requirement; 18] = [
    Requirement::new(
        "sbom-author",
        "SBOM author, an entity and no tool",
        Scope::Document,
        &[&["metadata.authors[].name", "metadata.manufacturer.name"]],
    ),
    Requirement::new(
        "sbom-author-signature",
        "signature of the SBOM author",
        Scope::Document,
        &[&["signature", "&digital-signature|electronic-signature"]],
    ),
    Requirement::new(
        "data-format-name",
        "data format name",
        Scope::Document,
        &[&["bomFormat"]],
    ),
    Requirement::new(
        "data-format-version",
        "data format version",
        Scope::Document,
        &[&["specVersion"]],
    ),
    Requirement::new(
        "generation-context",
        "generation context",
        Scope::Document,
        &[&["metadata.lifecycles[].phase", "metadata.lifecycles[].name"]],
    ),
    Requirement::new(
        "timestamp",
        "timestamp",
        Scope::Document,
        &[&["metadata.timestamp"]],
    ),
    Requirement::new(
        "tool-name",
        "name of the tool",
        Scope::Document,
        &[&[
            "metadata.tools.components[].name",
            "metadata.tools.services[].name",
            "metadata.tools[].name",
        ]],
    ),
    Requirement::new(
        "tool-version",
        "version of the tool",
        Scope::Document,
        &[&[
            "metadata.tools.components[].version",
            "metadata.tools.services[].version",
            "metadata.tools[].version",
        ]],
    ),
    Requirement::new(
        "sbom-version",
        "version of the SBOM",
        Scope::Document,
        &[&["version"]],
    ),
    Requirement::new(
        "component-name",
        "component name",
        Scope::Components,
        &[&["name"]],
    ),
    Requirement::new(
        "component-producer",
        "component producer",
        Scope::Components,
        &[&[
            "manufacturer.name",
            "supplier.name",
            "authors[].name",
            "author",
            "publisher",
        ]],
    ),
    Requirement::new(
        "component-version",
        "component version",
        Scope::Components,
        &[&["version"]],
    ),
    Requirement::new(
        "component-identifiers",
        "component identifiers",
        Scope::Components,
        &[&["purl", "cpe", "swid.tagId", "omniborId", "swhid"]],
    ),
    Requirement::new(
        "component-hash",
        "component hash value",
        Scope::Components,
        &[&["hashes[].content", "components[].hashes[].content"]],
    ),
    Requirement::new(
        "component-hash-algorithm",
        "component hash algorithm",
        Scope::Components,
        &[&["hashes[].alg", "components[].hashes[].alg"]],
    ),
    Requirement::new(
        "component-license",
        "component license",
        Scope::Components,
        &[&[
            "licenses[].license.id",
            "licenses[].license.name",
            "licenses[].expression",
        ]],
    ),
    Requirement::new(
        "dependencies",
        "dependency relationship",
        Scope::Components,
        RELATED,
    ),
    Requirement::new(
        "coverage",
        "coverage, with what is not known stated",
        Scope::Document,
        &[&["compositions[].aggregate"]],
    ),
];
