use serde_json::{Map, Value};

use super::error::AtlasError;
use super::id::TacticId;
use super::members::Placed;
use super::reference::AttackReference;

/// Holds a tactic: what an adversary wants to reach.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AtlasTactic {
    id: TacticId,
    name: Box<str>,
    description: Box<str>,
    attack: Option<AttackReference>,
    others: Map<String, Value>,
}

impl AtlasTactic {
    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> &TacticId {
        &self.id
    }

    /// Returns the name, which changes from release to release: compare ids.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the description, in Markdown.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Returns the object of ATT&CK that it was made from.
    #[must_use]
    pub const fn attack(&self) -> Option<&AttackReference> {
        self.attack.as_ref()
    }

    /// Returns the members that are not known here, such as dates and UUIDs.
    #[must_use]
    pub const fn others(&self) -> &Map<String, Value> {
        &self.others
    }

    pub(super) fn read(placed: Placed) -> Result<Self, AtlasError> {
        let mut members = placed.object()?;
        members.expect("object-type", "tactic")?;
        Ok(Self {
            id: members.require("id")?.id()?,
            name: members.text("name")?,
            description: members.text("description")?,
            attack: AttackReference::take(&mut members)?,
            others: members.rest(),
        })
    }
}
