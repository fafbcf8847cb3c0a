use std::collections::BTreeMap;

use modelward_artifact::{Digest, DigestAlgorithm};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Attestation, AttestationError, Subject};
use crate::STATEMENT_TYPE;

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireAttestation {
    #[serde(rename = "_type")]
    kind: String,
    pub(super) subject: Vec<WireSubject>,
    pub(super) predicate_type: String,
    #[serde(default)]
    pub(super) predicate: Value,
}

#[derive(Deserialize, Serialize)]
pub(super) struct WireSubject {
    #[serde(default)]
    name: String,
    digest: BTreeMap<String, String>,
}

impl WireAttestation {
    pub(super) fn of(attestation: &Attestation) -> Self {
        Self {
            kind: STATEMENT_TYPE.to_owned(),
            subject: attestation.subjects.iter().map(WireSubject::of).collect(),
            predicate_type: attestation.predicate_type.clone(),
            predicate: attestation.predicate.clone(),
        }
    }

    pub(super) fn expect_type(&self) -> Result<(), AttestationError> {
        if self.kind == STATEMENT_TYPE {
            return Ok(());
        }
        Err(AttestationError::Type {
            found: self.kind.clone(),
        })
    }
}

impl WireSubject {
    fn of(subject: &Subject) -> Self {
        let digest = |digest: &Digest| (digest.algorithm().name().to_owned(), digest.to_hex());
        Self {
            name: subject.name.clone(),
            digest: subject.digests.iter().map(digest).collect(),
        }
    }

    pub(super) fn read(self) -> Result<Subject, AttestationError> {
        let mut digests = Vec::new();
        for (algorithm, hex) in &self.digest {
            let Ok(algorithm) = algorithm.parse::<DigestAlgorithm>() else {
                continue;
            };
            let digest = Digest::from_hex(algorithm, hex);
            digests.push(digest.map_err(|source| AttestationError::Digest {
                name: self.name.clone(),
                source,
            })?);
        }
        if digests.is_empty() {
            return Err(AttestationError::NoDigest { name: self.name });
        }
        Ok(Subject {
            name: self.name,
            digests,
        })
    }
}
