use serde_json::{Map, Value};

use super::super::date::StudyDate;
use super::super::deviation::Notes;
use super::super::error::AtlasError;
use super::super::members::{Members, Placed};
use super::super::reference::Reference;
use super::super::step::ProcedureStep;
use super::{CaseStudy, StudyKind};

/// How a layout names the members that layouts name differently.
pub(in super::super) struct Names {
    summary: &'static str,
    date: &'static str,
    granularity: &'static str,
    kind: &'static str,
}

const EMBEDDED: Names = Names {
    summary: "summary",
    date: "incident-date",
    granularity: "incident-date-granularity",
    kind: "case-study-type",
};

pub(in super::super) const SEPARATE: Names = Names {
    summary: "description",
    date: "date",
    granularity: "date-granularity",
    kind: "type",
};

/// Reads a case study alone, or as the `study` of a submission.
pub(super) fn document(value: Value) -> Result<CaseStudy, AtlasError> {
    let mut members = Placed::root(value).object()?;
    let mut notes = Notes::default();
    if members.get("procedure").is_some() || members.get("study").is_none() {
        return CaseStudy::read_embedded(members, &mut notes);
    }
    let study = members.require("study")?.object()?;
    let mut study = CaseStudy::read_embedded(study, &mut notes)?;
    study.beside = members.rest();
    Ok(study)
}

impl CaseStudy {
    /// Reads the object of the layout whose steps stand in it.
    pub(in super::super) fn read_embedded(
        members: Members,
        notes: &mut Notes,
    ) -> Result<Self, AtlasError> {
        Self::read(members, &EMBEDDED, |members| {
            let steps = members.require("procedure")?.list()?.into_iter();
            steps.map(|step| ProcedureStep::read(step, notes)).collect()
        })
    }

    /// Reads the object of a layout; the steps are what `procedure` says.
    pub(in super::super) fn read(
        mut members: Members,
        names: &Names,
        procedure: impl FnOnce(&mut Members) -> Result<Vec<ProcedureStep>, AtlasError>,
    ) -> Result<Self, AtlasError> {
        members.expect("object-type", "case-study")?;
        Ok(Self {
            id: members.take("id").map(Placed::id).transpose()?,
            name: members.text("name")?,
            summary: members.text(names.summary)?,
            date: StudyDate::read(&mut members, names.date, names.granularity)?,
            procedure: procedure(&mut members)?,
            kind: members.optional_text(names.kind)?.map(StudyKind::of),
            target: members.optional_text("target")?,
            actor: members.optional_text("actor")?,
            reporter: members.optional_text("reporter")?,
            references: Reference::read_all(&mut members)?,
            others: members.rest(),
            beside: Map::new(),
        })
    }
}

impl StudyKind {
    fn of(text: Box<str>) -> Self {
        match &*text {
            "exercise" | "Exercise" => Self::Exercise,
            "incident" | "Incident" => Self::Incident,
            _ => Self::Other(text),
        }
    }
}
