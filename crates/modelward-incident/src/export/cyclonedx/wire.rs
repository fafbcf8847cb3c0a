//! The parts of a document that are written.

use modelward_artifact::Timestamp;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Root {
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    pub(super) bom_format: &'static str,
    pub(super) spec_version: &'static str,
    pub(super) serial_number: String,
    pub(super) version: u32,
    pub(super) metadata: Metadata,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) components: Vec<Component>,
    pub(super) vulnerabilities: Vec<Vulnerability>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) annotations: Vec<Annotation>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Metadata {
    pub(super) timestamp: Timestamp,
    pub(super) tools: Tools,
    pub(super) manufacturer: Named,
    pub(super) properties: Vec<Property>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Tools {
    pub(super) components: [Component; 1],
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Named {
    pub(super) name: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) value: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Component {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(rename = "bom-ref", skip_serializing_if = "Option::is_none")]
    pub(super) bom_ref: Option<String>,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) hashes: Vec<Hash>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) purl: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Hash {
    pub(super) alg: &'static str,
    pub(super) content: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Vulnerability {
    #[serde(rename = "bom-ref")]
    pub(super) bom_ref: String,
    pub(super) id: String,
    pub(super) source: Source,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) references: Vec<Reference>,
    pub(super) ratings: Vec<Rating>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) cwes: Vec<u32>,
    pub(super) description: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) detail: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) recommendation: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) workaround: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) advisories: Vec<Advisory>,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) analysis: Analysis,
    pub(super) affects: Vec<Affected>,
    pub(super) properties: Vec<Property>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Source {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Reference {
    pub(super) id: String,
    pub(super) source: Source,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Rating {
    pub(super) source: Source,
    pub(super) severity: &'static str,
    pub(super) method: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Advisory {
    pub(super) title: String,
    pub(super) url: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Analysis {
    pub(super) state: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) response: Vec<&'static str>,
    pub(super) detail: String,
    pub(super) last_updated: Timestamp,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Affected {
    #[serde(rename = "ref")]
    pub(super) target: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Annotation {
    #[serde(rename = "bom-ref")]
    pub(super) bom_ref: String,
    pub(super) subjects: Vec<String>,
    pub(super) annotator: Annotator,
    pub(super) timestamp: Timestamp,
    pub(super) text: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Annotator {
    Individual(Named),
    Organization(Named),
}
