//! The parts of a document that are written.

use std::collections::BTreeMap;

use modelward_artifact::Timestamp;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Root {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) author: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) role: Option<String>,
    pub(super) timestamp: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_updated: Option<Timestamp>,
    pub(super) version: u32,
    pub(super) tooling: &'static str,
    pub(super) statements: Vec<Statement>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Statement {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) vulnerability: Vulnerability,
    pub(super) products: Vec<Component>,
    pub(super) status: &'static str,
    pub(super) status_notes: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) justification: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) impact_statement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) action_statement: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Vulnerability {
    pub(super) name: String,
    pub(super) description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) aliases: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Component {
    #[serde(rename = "@id")]
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) identifiers: Option<Identifiers>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) hashes: BTreeMap<&'static str, String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Identifiers {
    pub(super) purl: String,
}
