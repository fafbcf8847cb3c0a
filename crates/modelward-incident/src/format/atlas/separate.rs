//! Reads the layout of format 6: objects by their ids, and the relations between them by themselves.

use std::collections::BTreeMap;

use modelward_artifact::AtlasTechnique;
use serde_json::{Map, Value};

use super::case_study::{CaseStudy, SEPARATE};
use super::deviation::{DeviationKind, Notes};
use super::error::AtlasError;
use super::gather::{Gather, Index};
use super::id::{CaseStudyId, MitigationId, TacticId};
use super::members::{Members, Placed};
use super::mitigation::{Mitigation, MitigationUse};
use super::relation::{Relation, relations};
use super::step::ProcedureStep;
use super::technique::{TechniqueEntry, note_parent};
use super::{AtlasData, AtlasLayout, AtlasTactic};
use crate::error::shortened;

pub(super) fn read(mut root: Members) -> Result<AtlasData, AtlasError> {
    let format_version = root.optional_text("format-version")?;
    let collection = root.require("collection")?;
    let kept = collection.value.clone();
    let mut collection = collection.object()?;
    let version = collection.text("version")?;
    let name = collection.optional_text("name")?;
    let mut parts = Parts::read(&mut root)?;
    for relation in relations(&mut root)? {
        parts.relate(relation)?;
    }
    let studies = parts.studies(&mut root)?;
    let mut others = root.rest();
    others.insert("collection".to_owned(), kept);
    if !parts.kept.is_empty() {
        others.insert("relationships".to_owned(), Value::Object(parts.kept));
    }
    let (mut tactics, techniques) = (parts.tactics, parts.techniques);
    let positions = parts.positions;
    let last = i64::MAX;
    tactics.sort_by_key(
        |tactic| tactic.id().clone(),
        |tactic| positions.get(tactic.id()).copied().unwrap_or(last),
    );
    let notes = parts.notes;
    let deviations = notes.finish(|it| tactics.has(it), |it| techniques.has(&it));
    Ok(AtlasData {
        version,
        format_version,
        name,
        layout: AtlasLayout::Separate,
        tactics,
        techniques,
        mitigations: parts.mitigations,
        case_studies: studies,
        deviations,
        others,
    })
}

struct Parts {
    tactics: Index<TacticId, AtlasTactic>,
    techniques: Index<AtlasTechnique, TechniqueEntry>,
    mitigations: Index<MitigationId, Mitigation>,
    positions: BTreeMap<TacticId, i64>,
    steps: BTreeMap<CaseStudyId, Vec<Relation>>,
    /// Relations that were not understood, as they stood.
    kept: Map<String, Value>,
    notes: Notes,
}

impl Parts {
    fn read(root: &mut Members) -> Result<Self, AtlasError> {
        let mut notes = Notes::default();
        let mut tactics = Gather::new();
        for placed in keyed(root.require("tactics")?)? {
            let at = placed.at.clone();
            let tactic = AtlasTactic::read(placed)?;
            tactics.push(tactic.id().clone(), tactic, at)?;
        }
        let mut techniques = Gather::new();
        for placed in keyed(root.require("techniques")?)? {
            let at = placed.at.clone();
            let technique = TechniqueEntry::read(placed, &mut notes)?;
            techniques.push(technique.id(), technique, at)?;
        }
        let mut mitigations = Gather::new();
        for placed in root.take("mitigations").map_or(Ok(Vec::new()), keyed)? {
            let at = placed.at.clone();
            let mitigation = Mitigation::read(placed, &mut notes)?;
            mitigations.push(mitigation.id().clone(), mitigation, at)?;
        }
        Ok(Self {
            tactics: tactics.finish(),
            techniques: techniques.finish(),
            mitigations: mitigations.finish(),
            positions: BTreeMap::new(),
            steps: BTreeMap::new(),
            kept: Map::new(),
            notes,
        })
    }

    /// Puts a relation where it belongs. One that is not understood, or that says more than is
    /// understood, is kept as it stood.
    fn relate(&mut self, relation: Relation) -> Result<(), AtlasError> {
        match relation.kind() {
            "achieves" | "sequences" | "specializes" => {
                let raw = relation.raw().clone();
                let (source, kind) = (relation.source().to_owned(), relation.kind().to_owned());
                if !self.relate_plainly(relation)? {
                    self.keep(&source, &kind, raw);
                }
            }
            "employs" => {
                let study = relation.source_id()?;
                self.steps.entry(study).or_default().push(relation);
            }
            "mitigates" => self.mitigate(relation)?,
            _ => {
                let (source, kind, raw) = relation.into_raw();
                self.keep(&source, &kind, raw);
            }
        }
        Ok(())
    }

    /// Tells whether everything that the relation says was understood.
    fn relate_plainly(&mut self, relation: Relation) -> Result<bool, AtlasError> {
        let kind = relation.kind().to_owned();
        let at = relation.at().to_owned();
        if kind == "sequences" {
            let (tactic, mut members) = relation.targeting()?;
            self.notes.tactic(&at, &tactic);
            let position = members.require("position")?.integer()?;
            self.positions.insert(tactic, position);
            return Ok(members.rest().is_empty());
        }
        let source = relation.source_technique()?;
        let id = relation.source().to_owned();
        let Some(technique) = self.techniques.get_mut(&source) else {
            self.unknown(&at, &id);
            return Ok(false);
        };
        if kind == "specializes" {
            let (whole, members) = relation.targeting_technique()?;
            note_parent(source, whole, &at, &mut self.notes);
            return Ok(members.rest().is_empty());
        }
        let (tactic, members) = relation.targeting()?;
        self.notes.tactic(&at, &tactic);
        technique.add_tactic(tactic);
        Ok(members.rest().is_empty())
    }

    fn mitigate(&mut self, relation: Relation) -> Result<(), AtlasError> {
        let id = relation.source_id()?;
        let at = relation.at().to_owned();
        let Some(mitigation) = self.mitigations.get_mut(&id) else {
            return self.keep_unknown(relation);
        };
        let (technique, members) = relation.targeting_technique()?;
        self.notes.technique(&at, technique);
        mitigation.add_use(MitigationUse::of_relation(technique, members)?);
        Ok(())
    }

    fn studies(&mut self, root: &mut Members) -> Result<Index<CaseStudyId, CaseStudy>, AtlasError> {
        let mut studies = Gather::new();
        for placed in root.take("case-studies").map_or(Ok(Vec::new()), keyed)? {
            let at = placed.at.clone();
            let mut members = placed.object()?;
            let id: CaseStudyId = members.require("id")?.id()?;
            let relations = self.steps.remove(&id).unwrap_or_default();
            let steps = steps(relations, &mut self.notes)?;
            let study = CaseStudy::read(members, &SEPARATE, |_| Ok(steps))?;
            studies.push(id.clone(), study.with_id(id), at)?;
        }
        for relation in std::mem::take(&mut self.steps).into_values().flatten() {
            self.keep_unknown(relation)?;
        }
        Ok(studies.finish())
    }

    fn keep_unknown(&mut self, relation: Relation) -> Result<(), AtlasError> {
        self.unknown(relation.at(), relation.source());
        let (source, kind, raw) = relation.into_raw();
        self.keep(&source, &kind, raw);
        Ok(())
    }

    fn unknown(&mut self, at: &str, id: &str) {
        let id = id.into();
        self.notes
            .deviation(at, DeviationKind::UnknownSource { id });
    }

    fn keep(&mut self, source: &str, kind: &str, raw: Value) {
        let groups = self.kept.entry(source).or_insert_with(|| Map::new().into());
        let Value::Object(groups) = groups else {
            return;
        };
        let list = groups
            .entry(kind)
            .or_insert_with(|| Vec::<Value>::new().into());
        if let Value::Array(list) = list {
            list.push(raw);
        }
    }
}

/// Returns the objects of a map, each with the id that is its key.
fn keyed(placed: Placed) -> Result<Vec<Placed>, AtlasError> {
    let members = placed.object()?.drain();
    members.map(|(key, placed)| with_id(&key, placed)).collect()
}

fn with_id(key: &str, mut placed: Placed) -> Result<Placed, AtlasError> {
    let Value::Object(members) = &mut placed.value else {
        return Ok(placed);
    };
    let id = members.entry("id").or_insert_with(|| key.into());
    match id.as_str() {
        Some(id) if id != key => Err(AtlasError::Value {
            pointer: format!("{}/id", placed.at),
            expected: "the id of its key",
            found: shortened(id),
        }),
        _ => Ok(placed),
    }
}

/// Puts the steps of a case study in order.
fn steps(relations: Vec<Relation>, notes: &mut Notes) -> Result<Vec<ProcedureStep>, AtlasError> {
    let at = relations.first().map(|it| it.at().to_owned());
    let mut steps = Vec::new();
    for relation in relations {
        let (technique, members) = relation.targeting_technique()?;
        notes.technique(members.at(), technique);
        steps.push(ProcedureStep::of_relation(technique, members, notes)?);
    }
    let ids: Option<Vec<_>> = steps.iter().map(step_id).collect();
    if ids.is_some() {
        // `S2` comes before `S10`.
        steps.sort_by_cached_key(|step| step_id(step).map(|id| (id.len(), id.to_owned())));
    }
    if let Some(at) = at.filter(|_| !is_chain(&steps)) {
        notes.deviation(&at, DeviationKind::Branches);
    }
    Ok(steps)
}

fn step_id(step: &ProcedureStep) -> Option<&str> {
    step.others().get("step-id")?.as_str()
}

/// Tells whether every step leads to the next one and to no other; a step that does not say where it
/// leads is taken to.
fn is_chain(steps: &[ProcedureStep]) -> bool {
    let mut next = steps.iter().skip(1);
    steps.iter().all(|step| {
        let next = next.next();
        let Some(leads) = step.others().get("leads-to") else {
            return next.is_none_or(|next| step_id(next).is_some());
        };
        let expected = next.map(|next| next.others().get("step-id"));
        match (leads.as_array().map(Vec::as_slice), expected) {
            (Some([]), None) => true,
            (Some([only]), Some(Some(id))) => only == id,
            _ => false,
        }
    })
}
