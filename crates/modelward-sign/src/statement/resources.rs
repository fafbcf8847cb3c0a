use std::borrow::Cow;
use std::collections::BTreeSet;

use modelward_artifact::{Digest, DigestAlgorithm, Layout, ResourceName, ResourceNameError};

use super::wire::{WireResource, read_path};
use super::{ReadStatementError, Resource};

/// Reads resources as their serialization says.
pub(super) struct ResourceReader<'a> {
    /// The name to put in the place of `.`, where all resources go by that.
    pub(super) subject: Option<&'a str>,
    pub(super) layout: Layout,
    pub(super) algorithm: DigestAlgorithm,
}

impl ResourceReader<'_> {
    pub(super) fn read_all(
        &self,
        wire: Vec<WireResource>,
    ) -> Result<Vec<Resource>, ReadStatementError> {
        if wire.is_empty() {
            return Err(ReadStatementError::Empty);
        }
        let mut seen = BTreeSet::new();
        let read = |wire: WireResource| {
            let resource = self.read(wire)?;
            if seen.insert(resource.name.clone()) {
                return Ok(resource);
            }
            let name = resource.name.to_string();
            Err(ReadStatementError::Duplicate { name })
        };
        wire.into_iter().map(read).collect()
    }

    fn read(&self, wire: WireResource) -> Result<Resource, ReadStatementError> {
        if !self.is_algorithm(&wire.algorithm) {
            return Err(ReadStatementError::Algorithm {
                name: wire.name,
                expected: self.algorithm,
                found: wire.algorithm,
            });
        }
        let digest = Digest::from_hex(self.algorithm, &wire.digest);
        let digest = digest.map_err(|source| ReadStatementError::Digest {
            name: wire.name.clone(),
            source,
        })?;
        let name = self.read_name(&wire.name)?;
        let other = (!wire.other.is_empty()).then(|| Box::new(wire.other));
        Ok(Resource {
            name,
            digest,
            other,
        })
    }

    fn read_name(&self, name: &str) -> Result<ResourceName, ReadStatementError> {
        let named = match (self.subject, name.strip_prefix('.')) {
            (Some(subject), Some(bounds)) => Cow::Owned(format!("{subject}{bounds}")),
            _ => Cow::Borrowed(name),
        };
        if self.layout == Layout::Files {
            return read_path(&named).map(ResourceName::file);
        }
        ResourceName::parse_shard(&named).map_err(|source| match source {
            ResourceNameError::Path { source } => ReadStatementError::Name {
                name: name.to_owned(),
                source,
            },
            source => ReadStatementError::Shard {
                name: name.to_owned(),
                source,
            },
        })
    }

    /// The Python client writes `sha256-sharded-16` where the specification has `sha256`.
    fn is_algorithm(&self, found: &str) -> bool {
        let plain = self.algorithm.name();
        match self.layout {
            Layout::Files => found == plain,
            Layout::Shards { size } => found == plain || found == format!("{plain}-sharded-{size}"),
        }
    }
}
