use std::str::FromStr;

use modelward_artifact::AtlasTechnique;
use serde_json::Value;

use super::error::AtlasError;
use super::id::{ParseAtlasIdError, TacticId};
use super::members::{Members, Placed};
use crate::error::shortened;

/// One relation of the layout whose relations stand by themselves.
pub(super) struct Relation {
    source: String,
    kind: String,
    placed: Placed,
}

/// Takes every relation, in the order of their sources and kinds.
pub(super) fn relations(root: &mut Members) -> Result<Vec<Relation>, AtlasError> {
    let mut relations = Vec::new();
    let Some(sources) = root.take("relationships") else {
        return Ok(relations);
    };
    for (source, groups) in sources.object()?.drain() {
        for (kind, group) in groups.object()?.drain() {
            for placed in group.list()? {
                relations.push(Relation {
                    source: source.clone(),
                    kind: kind.clone(),
                    placed,
                });
            }
        }
    }
    Ok(relations)
}

impl Relation {
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    pub(super) fn kind(&self) -> &str {
        &self.kind
    }

    pub(super) fn at(&self) -> &str {
        &self.placed.at
    }

    pub(super) const fn raw(&self) -> &Value {
        &self.placed.value
    }

    pub(super) fn into_raw(self) -> (String, String, Value) {
        (self.source, self.kind, self.placed.value)
    }

    pub(super) fn source_id<T: FromStr<Err = ParseAtlasIdError>>(&self) -> Result<T, AtlasError> {
        self.source.parse().map_err(|source| AtlasError::Id {
            pointer: self.at().to_owned(),
            source,
        })
    }

    pub(super) fn source_technique(&self) -> Result<AtlasTechnique, AtlasError> {
        self.source.parse().map_err(|source| AtlasError::Technique {
            pointer: self.at().to_owned(),
            source,
        })
    }

    /// Returns the tactic that it leads to, and what else it says.
    pub(super) fn targeting(self) -> Result<(TacticId, Members), AtlasError> {
        let mut members = self.checked()?;
        Ok((members.require("target")?.id()?, members))
    }

    /// Returns the technique that it leads to, and what else it says.
    pub(super) fn targeting_technique(self) -> Result<(AtlasTechnique, Members), AtlasError> {
        let mut members = self.checked()?;
        Ok((members.require("target")?.technique()?, members))
    }

    /// Takes what says the same as the keys that it stands under.
    fn checked(self) -> Result<Members, AtlasError> {
        let mut members = self.placed.object()?;
        for (name, key) in [("source", &self.source), ("relationship-type", &self.kind)] {
            let Some(placed) = members.take(name) else {
                continue;
            };
            let pointer = placed.at.clone();
            let found = placed.text()?;
            if *found != **key {
                return Err(AtlasError::Value {
                    pointer,
                    expected: "the key that it stands under",
                    found: shortened(&found),
                });
            }
        }
        Ok(members)
    }
}
