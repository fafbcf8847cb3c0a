//! NTIA, The Minimum Elements for a Software Bill of Materials, 2021-07-12: the data fields.

use crate::profile::requirement::{RELATED, Requirement, Scope};

pub(super) static ELEMENTS: [Requirement; 7] = [
    Requirement::new(
        "supplier",
        "supplier name",
        Scope::Components,
        &[&[
            "supplier.name",
            "manufacturer.name",
            "publisher",
            "authors[].name",
            "author",
        ]],
    ),
    Requirement::new(
        "component-name",
        "component name",
        Scope::Components,
        &[&["name"]],
    ),
    Requirement::new(
        "version",
        "version of the component",
        Scope::Components,
        &[&["version"]],
    ),
    Requirement::new(
        "identifiers",
        "other unique identifiers",
        Scope::Components,
        &[&[
            "purl",
            "cpe",
            "swid.tagId",
            "omniborId",
            "swhid",
            "hashes[].content",
        ]],
    ),
    Requirement::new(
        "dependencies",
        "dependency relationship",
        Scope::Components,
        RELATED,
    ),
    Requirement::new(
        "author",
        "author of SBOM data",
        Scope::Document,
        &[&["metadata.authors[].name", "metadata.manufacturer.name"]],
    ),
    Requirement::new(
        "timestamp",
        "timestamp",
        Scope::Document,
        &[&["metadata.timestamp"]],
    ),
];
