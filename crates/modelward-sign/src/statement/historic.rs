use modelward_artifact::{
    Digest, DigestAlgorithm, EntryPath, Finding, Layout, ResourceName, root_digest,
};
use serde::Deserialize;
use serde_json::Value;

use super::wire::{expect_type, read_path};
use super::{ReadStatementError, Resource, STATEMENT_TYPE, Statement, Unknown, shaped};

/// The predicate type of `model-signing` v0.2, which has a subject for every file.
pub(super) const HISTORIC_PREDICATE_TYPE: &str = "https://model_signing/Digests/v0.1";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HistoricStatement {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<HistoricSubject>,
    predicate_type: String,
}

#[derive(Deserialize)]
struct HistoricSubject {
    name: String,
    digest: HistoricDigest,
    #[serde(default)]
    annotations: Option<HistoricAnnotations>,
}

#[derive(Deserialize)]
struct HistoricDigest {
    sha256: String,
}

#[derive(Deserialize)]
struct HistoricAnnotations {
    actual_hash_algorithm: Option<String>,
}

/// Tells whether a statement is of that form, as far as its predicate type says.
pub(super) fn is_historic(value: &Value) -> bool {
    value.get("predicateType").and_then(Value::as_str) == Some(HISTORIC_PREDICATE_TYPE)
}

/// Reads a statement of `model-signing` v0.2: whole files by SHA-256, no model's name, no root.
pub(super) fn read(value: Value) -> Result<Statement, ReadStatementError> {
    let wire: HistoricStatement = shaped(value)?;
    expect_type("_type", &wire.kind, STATEMENT_TYPE)?;
    expect_type(
        "predicateType",
        &wire.predicate_type,
        HISTORIC_PREDICATE_TYPE,
    )?;
    if wire.subject.is_empty() {
        return Err(ReadStatementError::Empty);
    }
    let subjects = wire.subject.into_iter();
    let mut resources: Vec<_> = subjects.map(resource).collect::<Result<_, _>>()?;
    resources.sort_by(|a, b| a.name.cmp(&b.name));
    if let Some(pair) = resources
        .windows(2)
        .find(|pair| pair[0].name == pair[1].name)
    {
        return Err(ReadStatementError::Duplicate {
            name: pair[0].name.to_string(),
        });
    }
    let message = "the statement is of the form of model-signing v0.2, which names no model";
    Ok(Statement {
        name: String::new(),
        root: root_digest(resources.iter().map(Resource::digest)),
        layout: Layout::Files,
        algorithm: DigestAlgorithm::Sha256,
        links_followed: false,
        resources,
        ignored: None,
        unnamed_file: false,
        single_file: false,
        deviations: vec![Finding::new("sign.statement.historic", message)],
        unknown: Unknown::default(),
    })
}

fn resource(subject: HistoricSubject) -> Result<Resource, ReadStatementError> {
    let algorithm = subject
        .annotations
        .and_then(|all| all.actual_hash_algorithm);
    if let Some(found) = algorithm.filter(|name| name != "file-sha256") {
        return Err(ReadStatementError::Algorithm {
            name: subject.name,
            expected: DigestAlgorithm::Sha256,
            found,
        });
    }
    let path: EntryPath = read_path(&subject.name)?;
    let digest = Digest::from_hex(DigestAlgorithm::Sha256, &subject.digest.sha256);
    let digest = digest.map_err(|source| ReadStatementError::Digest {
        name: subject.name,
        source,
    })?;
    Ok(Resource {
        name: ResourceName::file(path),
        digest,
        other: None,
    })
}
