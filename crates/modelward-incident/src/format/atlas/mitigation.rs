use modelward_artifact::AtlasTechnique;
use serde_json::{Map, Value};

use super::deviation::{DeviationKind, Notes};
use super::error::AtlasError;
use super::id::MitigationId;
use super::members::{Members, Placed};
use super::reference::{AttackReference, Reference};

/// Holds a mitigation: what keeps techniques from succeeding.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mitigation {
    id: MitigationId,
    name: Box<str>,
    description: Box<str>,
    categories: Vec<Box<str>>,
    phases: Vec<Box<str>>,
    uses: Vec<MitigationUse>,
    attack: Option<AttackReference>,
    references: Vec<Reference>,
    others: Map<String, Value>,
}

impl Mitigation {
    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> &MitigationId {
        &self.id
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the description, in Markdown.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Returns the categories, such as `Policy`.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(|category| &**category)
    }

    /// Returns the phases of the life cycle that it belongs to, such as `Deployment`.
    pub fn phases(&self) -> impl Iterator<Item = &str> {
        self.phases.iter().map(|phase| &**phase)
    }

    /// Returns the techniques that it acts against, and how.
    #[must_use]
    pub fn uses(&self) -> &[MitigationUse] {
        &self.uses
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
        members.expect("object-type", "mitigation")?;
        let mut uses = Vec::new();
        for placed in members.list("techniques")? {
            uses.push(MitigationUse::read(placed, notes)?);
        }
        let phases = read_phases(&mut members, &mut uses, notes)?;
        let categories = members.take_any(&["category", "categories"]);
        Ok(Self {
            id: members.require("id")?.id()?,
            name: members.text("name")?,
            description: members.text("description")?,
            categories: texts(categories)?,
            phases,
            uses,
            attack: AttackReference::take(&mut members)?,
            references: Reference::read_all(&mut members)?,
            others: members.rest(),
        })
    }

    pub(super) fn add_use(&mut self, used: MitigationUse) {
        self.uses.push(used);
    }
}

/// Reads the phases of the life cycle. ATLAS 5.6 has uses of techniques among them.
fn read_phases(
    members: &mut Members,
    uses: &mut Vec<MitigationUse>,
    notes: &mut Notes,
) -> Result<Vec<Box<str>>, AtlasError> {
    let names = ["ml-lifecycle", "ML-lifecycle", "lifecycle-phases"];
    let Some(placed) = members.take_any(&names) else {
        return Ok(Vec::new());
    };
    let mut phases = Vec::new();
    for placed in placed.list()? {
        if !placed.value.is_object() {
            phases.push(placed.text()?);
            continue;
        }
        let at = placed.at.clone();
        let used = MitigationUse::read(placed, notes)?;
        let technique = used.technique;
        notes.deviation(&at, DeviationKind::MisplacedTechnique { technique });
        uses.push(used);
    }
    Ok(phases)
}

fn texts(placed: Option<Placed>) -> Result<Vec<Box<str>>, AtlasError> {
    let items = placed.map_or_else(|| Ok(Vec::new()), Placed::list)?;
    items.into_iter().map(Placed::text).collect()
}

/// Says how a mitigation acts against a technique.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MitigationUse {
    technique: AtlasTechnique,
    description: Option<Box<str>>,
    others: Map<String, Value>,
}

impl MitigationUse {
    /// Returns the technique.
    #[must_use]
    pub const fn technique(&self) -> AtlasTechnique {
        self.technique
    }

    /// Says how.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Returns the members that are not known here.
    #[must_use]
    pub const fn others(&self) -> &Map<String, Value> {
        &self.others
    }

    /// Reads an id alone, as the first mitigations had it, or an object.
    fn read(placed: Placed, notes: &mut Notes) -> Result<Self, AtlasError> {
        let at = placed.at.clone();
        let used = if placed.value.is_string() {
            Self {
                technique: placed.technique()?,
                description: None,
                others: Map::new(),
            }
        } else {
            let mut members = placed.object()?;
            Self {
                technique: members.require("id")?.technique()?,
                description: members.optional_text("use")?,
                others: members.rest(),
            }
        };
        notes.technique(&at, used.technique);
        Ok(used)
    }

    /// Reads the rest of a relation of the layout whose relations stand by themselves.
    pub(super) fn of_relation(
        technique: AtlasTechnique,
        mut members: Members,
    ) -> Result<Self, AtlasError> {
        Ok(Self {
            technique,
            description: members.optional_text("description")?,
            others: members.rest(),
        })
    }
}
