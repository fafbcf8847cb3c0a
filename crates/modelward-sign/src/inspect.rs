use modelward_artifact::{Digest, Finding, JsonLimits, Layout, json};
use serde::Serialize;
use serde_json::Value;

use crate::{Bundle, Profile, Resource, Statement};

/// Tells what a bundle says. **Nothing of it is verified**: anyone can write any of it.
///
/// Its JSON begins with `"verified": false`, so that nobody takes it for a verdict.
#[derive(Clone, Debug, Serialize)]
pub struct Inspection {
    verified: bool,
    method: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<Digest>,
    certificates: Vec<Digest>,
    payload_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    predicate_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<InspectedModel>,
    /// Why the payload is not the statement of a model.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Finding>,
    deviations: Vec<Finding>,
}

/// Tells what a statement says of a model. Nothing of it is verified.
#[derive(Clone, Debug, Serialize)]
struct InspectedModel {
    name: String,
    root: Digest,
    algorithm: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    shard_size: Option<u64>,
    links_followed: bool,
    ignored: Vec<String>,
    resources: usize,
    files: usize,
}

impl Inspection {
    /// Looks at a bundle, also one of a form that only [`Profile::Historic`] takes.
    #[must_use]
    pub fn of(bundle: &Bundle, limits: &JsonLimits) -> Self {
        let payload = bundle.envelope().unverified_payload();
        let statement = Statement::read_as(payload, limits, Profile::Historic);
        let predicate_type = json::read(payload, limits).ok().and_then(|value| {
            let predicate_type = value.get("predicateType").and_then(Value::as_str);
            predicate_type.map(ToOwned::to_owned)
        });
        let problem = statement.as_ref().err();
        let deviations = statement.iter().flat_map(Statement::deviations);
        Self {
            verified: false,
            method: bundle.method().name(),
            hint: bundle.hint().copied(),
            certificates: bundle
                .unverified_certificates()
                .map(Digest::sha256)
                .collect(),
            payload_type: bundle.envelope().payload_type().to_owned(),
            predicate_type,
            problem: problem.map(|error| Finding::new(error.code(), error.to_string())),
            deviations: bundle
                .deviations()
                .iter()
                .chain(deviations)
                .cloned()
                .collect(),
            model: statement.as_ref().ok().map(InspectedModel::of),
        }
    }
}

impl InspectedModel {
    fn of(statement: &Statement) -> Self {
        let mut files: Vec<_> = statement.resources().iter().map(Resource::path).collect();
        files.sort();
        files.dedup();
        Self {
            name: statement.name().to_owned(),
            root: *statement.root(),
            algorithm: statement.algorithm().name(),
            shard_size: match statement.layout() {
                Layout::Files => None,
                Layout::Shards { size } => Some(size.get()),
            },
            links_followed: statement.links_followed(),
            ignored: statement
                .ignored()
                .iter()
                .map(ToString::to_string)
                .collect(),
            resources: statement.resources().len(),
            files: files.len(),
        }
    }
}
