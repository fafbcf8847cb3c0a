use modelward_artifact::AtlasTechnique;
use serde_json::{Map, Value};

use super::deviation::{DeviationKind, Notes};
use super::error::AtlasError;
use super::id::TacticId;
use super::members::{Members, Placed};
use super::reference::{AttackReference, Reference};

/// Holds a technique or a part of one: how an adversary reaches a tactic.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TechniqueEntry {
    id: AtlasTechnique,
    name: Box<str>,
    description: Box<str>,
    tactics: Vec<TacticId>,
    maturity: Option<Box<str>>,
    platforms: Vec<Box<str>>,
    attack: Option<AttackReference>,
    references: Vec<Reference>,
    others: Map<String, Value>,
}

impl TechniqueEntry {
    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> AtlasTechnique {
        self.id
    }

    /// Returns its own name; [`AtlasData::full_name`](super::AtlasData::full_name) puts the name of
    /// the whole before that of a part.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the description, in Markdown.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Returns the tactics that are stated of it; those of a part may stand at the whole, see
    /// [`AtlasData::tactics_of`](super::AtlasData::tactics_of).
    #[must_use]
    pub fn tactics(&self) -> &[TacticId] {
        &self.tactics
    }

    /// Returns how far it was seen, such as `demonstrated`; later releases write it with a capital.
    #[must_use]
    pub fn maturity(&self) -> Option<&str> {
        self.maturity.as_deref()
    }

    /// Returns the kinds of systems that it concerns, such as `Generative AI`.
    pub fn platforms(&self) -> impl Iterator<Item = &str> {
        self.platforms.iter().map(|platform| &**platform)
    }

    /// Returns the object of ATT&CK that it was made from.
    #[must_use]
    pub const fn attack(&self) -> Option<&AttackReference> {
        self.attack.as_ref()
    }

    /// Returns the sources.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// Returns the members that are not known here, such as dates and UUIDs.
    #[must_use]
    pub const fn others(&self) -> &Map<String, Value> {
        &self.others
    }

    pub(super) fn read(placed: Placed, notes: &mut Notes) -> Result<Self, AtlasError> {
        let mut members = placed.object()?;
        members.expect("object-type", "technique")?;
        let id = members.require("id")?.technique()?;
        for name in ["subtechnique-of", "specializes"] {
            if let Some(placed) = members.take(name) {
                let at = placed.at.clone();
                note_parent(id, placed.technique()?, &at, notes);
            }
        }
        Ok(Self {
            id,
            name: members.text("name")?,
            description: members.text("description")?,
            tactics: read_tactics(&mut members, notes)?,
            maturity: members.optional_text("maturity")?,
            platforms: members.texts("platforms")?,
            attack: AttackReference::take(&mut members)?,
            references: Reference::read_all(&mut members)?,
            others: members.rest(),
        })
    }

    pub(super) fn add_tactic(&mut self, tactic: TacticId) {
        self.tactics.push(tactic);
    }
}

/// Notes a whole that is another than the id of the part says, or that is not there.
pub(super) fn note_parent(id: AtlasTechnique, stated: AtlasTechnique, at: &str, notes: &mut Notes) {
    notes.technique(at, stated);
    if id.parent() != Some(stated) {
        notes.deviation(at, DeviationKind::Parent { stated });
    }
}

fn read_tactics(members: &mut Members, notes: &mut Notes) -> Result<Vec<TacticId>, AtlasError> {
    let mut tactics = Vec::new();
    for placed in members.list("tactics")? {
        let at = placed.at.clone();
        let tactic = placed.id()?;
        notes.tactic(&at, &tactic);
        tactics.push(tactic);
    }
    Ok(tactics)
}
