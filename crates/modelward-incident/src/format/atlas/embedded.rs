//! Reads the layout of releases up to 5.x: lists whose objects hold their relations.

use modelward_artifact::AtlasTechnique;
use serde_json::{Map, Value};

use super::case_study::CaseStudy;
use super::deviation::Notes;
use super::error::AtlasError;
use super::gather::Gather;
use super::id::{CaseStudyId, MitigationId, TacticId};
use super::members::{Members, Placed};
use super::mitigation::Mitigation;
use super::technique::TechniqueEntry;
use super::{AtlasData, AtlasLayout, AtlasTactic};

pub(super) fn read(mut root: Members) -> Result<AtlasData, AtlasError> {
    let version = root.text("version")?;
    let name = root.optional_text("name")?;
    let mut notes = Notes::default();
    let mut lists = Lists::new();
    let matrices = match root.take("matrices") {
        Some(matrices) => lists.read_matrices(matrices, &mut notes)?,
        // Release 3 had one matrix, which was the document.
        None => {
            lists.read(&mut root, &mut notes)?;
            Vec::new()
        }
    };
    let mut studies = Gather::<CaseStudyId, CaseStudy>::new();
    for placed in root.list("case-studies")? {
        let at = placed.at.clone();
        let members = placed.object()?;
        let missing = members.missing("id");
        let study = CaseStudy::read_embedded(members, &mut notes)?;
        let id = study.id().cloned().ok_or(missing)?;
        studies.push(id, study, at)?;
    }
    let mut others = root.rest();
    if !matrices.is_empty() {
        others.insert("matrices".to_owned(), Value::Array(matrices));
    }
    let tactics = lists.tactics.finish();
    let techniques = lists.techniques.finish();
    let deviations = notes.finish(|it| tactics.has(it), |it| techniques.has(&it));
    Ok(AtlasData {
        version,
        format_version: None,
        name,
        layout: AtlasLayout::Embedded,
        tactics,
        techniques,
        mitigations: lists.mitigations.finish(),
        case_studies: studies.finish(),
        deviations,
        others,
    })
}

struct Lists {
    tactics: Gather<TacticId, AtlasTactic>,
    techniques: Gather<AtlasTechnique, TechniqueEntry>,
    mitigations: Gather<MitigationId, Mitigation>,
}

impl Lists {
    const fn new() -> Self {
        Self {
            tactics: Gather::new(),
            techniques: Gather::new(),
            mitigations: Gather::new(),
        }
    }

    /// Reads every matrix and returns what else each of them has.
    fn read_matrices(
        &mut self,
        matrices: Placed,
        notes: &mut Notes,
    ) -> Result<Vec<Value>, AtlasError> {
        let mut rest = Vec::new();
        for placed in matrices.list()? {
            let mut members = placed.object()?;
            self.read(&mut members, notes)?;
            let members: Map<String, Value> = members.rest();
            rest.push(Value::Object(members));
        }
        Ok(rest)
    }

    fn read(&mut self, members: &mut Members, notes: &mut Notes) -> Result<(), AtlasError> {
        for placed in members.list("tactics")? {
            let at = placed.at.clone();
            let tactic = AtlasTactic::read(placed)?;
            self.tactics.push(tactic.id().clone(), tactic, at)?;
        }
        for placed in members.require("techniques")?.list()? {
            let at = placed.at.clone();
            let technique = TechniqueEntry::read(placed, notes)?;
            self.techniques.push(technique.id(), technique, at)?;
        }
        for placed in members.list("mitigations")? {
            let at = placed.at.clone();
            let mitigation = Mitigation::read(placed, notes)?;
            self.mitigations
                .push(mitigation.id().clone(), mitigation, at)?;
        }
        Ok(())
    }
}
