use modelward_artifact::AtlasTechnique;
use serde_json::{Map, Value};

use super::deviation::Notes;
use super::error::AtlasError;
use super::id::TacticId;
use super::members::{Members, Placed};
use super::node::Node;

/// Holds one step of a case study: a technique, the tactic that it served, and what was done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ProcedureStep {
    tactic: Target<TacticId>,
    technique: Target<AtlasTechnique>,
    description: Box<str>,
    others: Map<String, Value>,
}

/// Names an object of ATLAS, or proposes one where it stands.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Target<T> {
    Id(T),
    Proposal(Option<T>, Box<Proposal>),
}

/// Holds a tactic or a technique that a submission proposes, or describes where it names it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proposal {
    name: Box<str>,
    description: Box<str>,
    others: Map<String, Value>,
}

impl Proposal {
    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the description.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Returns the members that are not known here.
    #[must_use]
    pub const fn others(&self) -> &Map<String, Value> {
        &self.others
    }
}

impl ProcedureStep {
    /// Makes a step.
    #[must_use]
    pub fn new(tactic: TacticId, technique: AtlasTechnique, description: &str) -> Self {
        Self {
            tactic: Target::Id(tactic),
            technique: Target::Id(technique),
            description: description.into(),
            others: Map::new(),
        }
    }

    /// Returns the tactic, which a proposal need not name.
    #[must_use]
    pub const fn tactic(&self) -> Option<&TacticId> {
        self.tactic.id()
    }

    /// Returns the technique, which a proposal need not name.
    #[must_use]
    pub fn technique(&self) -> Option<AtlasTechnique> {
        self.technique.id().copied()
    }

    /// Returns the tactic that the step proposes.
    #[must_use]
    pub fn proposed_tactic(&self) -> Option<&Proposal> {
        self.tactic.proposal()
    }

    /// Returns the technique that the step proposes.
    #[must_use]
    pub fn proposed_technique(&self) -> Option<&Proposal> {
        self.technique.proposal()
    }

    /// Tells what was done, in Markdown; empty where nothing is told.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Returns the members that are not known here, such as `step-id` and `leads-to`.
    #[must_use]
    pub const fn others(&self) -> &Map<String, Value> {
        &self.others
    }

    pub(super) fn read(placed: Placed, notes: &mut Notes) -> Result<Self, AtlasError> {
        let mut members = placed.object()?;
        let tactic = members.require("tactic")?;
        let technique = members.require("technique")?;
        Ok(Self {
            tactic: read_tactic(tactic, notes)?,
            technique: read_technique(technique, notes)?,
            description: members.text("description")?,
            others: members.rest(),
        })
    }

    /// Reads the rest of a relation of the layout whose relations stand by themselves.
    pub(super) fn of_relation(
        technique: AtlasTechnique,
        mut members: Members,
        notes: &mut Notes,
    ) -> Result<Self, AtlasError> {
        let tactic = members.require("tactic")?;
        Ok(Self {
            tactic: read_tactic(tactic, notes)?,
            technique: Target::Id(technique),
            description: members.optional_text("description")?.unwrap_or_default(),
            others: members.rest(),
        })
    }

    pub(super) fn object(&self) -> Node {
        let mut object = Node::map();
        object.put("tactic", self.tactic.node("tactic", TacticId::to_string));
        let technique = self.technique.node("technique", AtlasTechnique::to_string);
        object.put("technique", technique);
        object.put("description", &*self.description);
        object.put_all(&self.others);
        object
    }
}

impl<T> Target<T> {
    const fn id(&self) -> Option<&T> {
        match self {
            Self::Id(id) | Self::Proposal(Some(id), _) => Some(id),
            Self::Proposal(None, _) => None,
        }
    }

    fn proposal(&self) -> Option<&Proposal> {
        match self {
            Self::Id(_) => None,
            Self::Proposal(_, proposal) => Some(proposal),
        }
    }

    fn node(&self, kind: &'static str, text: impl Fn(&T) -> String) -> Node {
        let Self::Proposal(id, proposal) = self else {
            return self.id().map(text).unwrap_or_default().into();
        };
        let mut object = Node::map();
        if let Some(id) = id {
            object.put("id", text(id));
        }
        object.put("name", &*proposal.name);
        object.put("object-type", kind);
        object.put("description", &*proposal.description);
        object.put_all(&proposal.others);
        object
    }
}

fn read_tactic(placed: Placed, notes: &mut Notes) -> Result<Target<TacticId>, AtlasError> {
    let at = placed.at.clone();
    if placed.value.is_object() {
        let mut members = placed.object()?;
        let id = members.take("id").map(Placed::id).transpose()?;
        return Ok(Target::Proposal(id, read_proposal(members, "tactic")?));
    }
    let tactic = placed.id()?;
    notes.tactic(&at, &tactic);
    Ok(Target::Id(tactic))
}

fn read_technique(placed: Placed, notes: &mut Notes) -> Result<Target<AtlasTechnique>, AtlasError> {
    let at = placed.at.clone();
    if placed.value.is_object() {
        let mut members = placed.object()?;
        let id = members.take("id").map(Placed::technique).transpose()?;
        return Ok(Target::Proposal(id, read_proposal(members, "technique")?));
    }
    let technique = placed.technique()?;
    notes.technique(&at, technique);
    Ok(Target::Id(technique))
}

fn read_proposal(mut members: Members, kind: &'static str) -> Result<Box<Proposal>, AtlasError> {
    members.expect("object-type", kind)?;
    Ok(Box::new(Proposal {
        name: members.text("name")?,
        description: members.text("description")?,
        others: members.rest(),
    }))
}
