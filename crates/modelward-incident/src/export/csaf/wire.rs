//! The parts of a document that are written, in both versions.

use modelward_artifact::Timestamp;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Root {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub(super) schema: Option<&'static str>,
    pub(super) document: Head,
    pub(super) product_tree: Tree,
    pub(super) vulnerabilities: Vec<Vulnerability>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Head {
    pub(super) aggregate_severity: AggregateSeverity,
    pub(super) category: &'static str,
    pub(super) csaf_version: &'static str,
    pub(super) distribution: Distribution,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lang: Option<String>,
    pub(super) notes: Vec<Note>,
    pub(super) publisher: Publisher,
    pub(super) references: Vec<Reference>,
    pub(super) title: String,
    pub(super) tracking: Tracking,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AggregateSeverity {
    pub(super) text: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Distribution {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'static str>,
    pub(super) tlp: Marking,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Marking {
    pub(super) label: &'static str,
    pub(super) url: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Note {
    pub(super) category: &'static str,
    pub(super) text: String,
    pub(super) title: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Publisher {
    pub(super) category: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) contact_details: Option<String>,
    pub(super) name: String,
    pub(super) namespace: String,
}

#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(super) struct Reference {
    pub(super) category: &'static str,
    pub(super) summary: String,
    pub(super) url: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Tracking {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) aliases: Vec<String>,
    pub(super) current_release_date: Timestamp,
    pub(super) generator: Generator,
    pub(super) id: String,
    pub(super) initial_release_date: Timestamp,
    pub(super) revision_history: Vec<Revision>,
    pub(super) status: &'static str,
    pub(super) version: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Generator {
    pub(super) engine: Engine,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Engine {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Revision {
    pub(super) date: Timestamp,
    pub(super) number: String,
    pub(super) summary: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Tree {
    pub(super) branches: Vec<Branch>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Branch {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) branches: Vec<Self>,
    pub(super) category: &'static str,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) product: Option<FullName>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct FullName {
    pub(super) name: String,
    pub(super) product_id: String,
    #[serde(skip_serializing_if = "Helper::is_empty")]
    pub(super) product_identification_helper: Helper,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Helper {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cpe: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) hashes: Vec<FileHashes>,
    /// Version 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) purl: Option<String>,
    /// Version 2.1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) purls: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) x_generic_uris: Vec<GenericUri>,
}

impl Helper {
    fn is_empty(&self) -> bool {
        self.cpe.is_none()
            && self.hashes.is_empty()
            && self.purl.is_none()
            && self.purls.is_empty()
            && self.x_generic_uris.is_empty()
    }
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct FileHashes {
    pub(super) file_hashes: Vec<FileHash>,
    pub(super) filename: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct FileHash {
    pub(super) algorithm: &'static str,
    pub(super) value: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct GenericUri {
    pub(super) namespace: &'static str,
    pub(super) uri: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Vulnerability {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cve: Option<String>,
    /// Version 2.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cwe: Option<Weakness>,
    /// Version 2.1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) cwes: Vec<Weakness>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) discovery_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) flags: Vec<Flag>,
    pub(super) ids: Vec<Id>,
    pub(super) involvements: Vec<Involvement>,
    pub(super) notes: Vec<Note>,
    pub(super) product_status: ProductStatus,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) remediations: Vec<Remediation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) threats: Vec<Threat>,
    pub(super) title: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Weakness {
    pub(super) id: String,
    pub(super) name: String,
    /// Version 2.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Flag {
    pub(super) label: &'static str,
    pub(super) product_ids: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Id {
    pub(super) system_name: String,
    pub(super) text: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Involvement {
    pub(super) date: Timestamp,
    pub(super) party: &'static str,
    pub(super) status: &'static str,
    pub(super) summary: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ProductStatus {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fixed: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) known_affected: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) known_not_affected: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) recommended: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) under_investigation: Vec<String>,
    /// Version 2.1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) unknown: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Remediation {
    pub(super) category: &'static str,
    pub(super) details: String,
    pub(super) product_ids: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Threat {
    pub(super) category: &'static str,
    pub(super) details: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) product_ids: Vec<String>,
}
