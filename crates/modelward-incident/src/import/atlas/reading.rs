use std::collections::BTreeSet;

use modelward_artifact::{AtlasTechnique, Text};

use super::AtlasImportOptions;
use crate::export::{FieldLoss, LossStatus};
use crate::format::atlas::{
    AtlasData, CaseStudy, DateGranularity, ProcedureStep, Reference, StudyKind, child,
};
use crate::import::{Import, ImportError};
use crate::log::Context;
use crate::{
    AiSystem, Classification, Determination, EventKind, Fidelity, Harm, Incident, IncidentKind,
    Link, LinkRelation, NewEvent, Opening, Technique, TimeSpec,
};

/// What the version of ATLAS is called where nobody said it.
const NOT_STATED: &str = "not stated";

/// An incident that is being made of a case study.
pub(super) struct Reading<'a> {
    options: &'a AtlasImportOptions<'a>,
    context: &'a Context,
    incident: Incident,
    losses: Vec<FieldLoss>,
}

impl<'a> Reading<'a> {
    pub(super) fn open(
        study: &CaseStudy,
        options: &'a AtlasImportOptions<'a>,
        context: &'a Context,
    ) -> Result<Self, ImportError> {
        let mut losses = vec![FieldLoss::new("/name", LossStatus::Direct, "title")];
        let mut kinds = kinds(study).into_iter();
        let kind = kinds.next().unwrap_or(IncidentKind::Other);
        let mut opening = Opening::new(text("/name", study.name())?, kind, options.severity);
        opening.kinds.extend(kinds);
        opening.summary = said("/summary", study.summary(), &mut losses)?;
        if opening.summary.is_some() {
            losses.push(FieldLoss::new("/summary", LossStatus::Direct, "summary"));
        }
        let opening = NewEvent::from(opening).marked(options.tlp);
        Ok(Self {
            incident: Incident::open(options.id.clone(), opening, context)?,
            options,
            context,
            losses,
        })
    }

    /// Says when it began, no more exactly than the document knows.
    pub(super) fn when(&mut self, study: &CaseStudy) -> Result<(), ImportError> {
        let date = study.date();
        let (day, fidelity) = (date.first_day(), fidelity(date.granularity()));
        let at = TimeSpec::new(day.start(), fidelity);
        self.record(EventKind::Began { at })?;
        if date.text() == day.to_string() {
            self.row("/incident-date", LossStatus::Direct, "began");
        } else {
            let note = "began; what the granularity says is not known is left out";
            self.row("/incident-date", LossStatus::Partial, note);
        }
        let place = "began: how exactly it is known";
        self.row("/incident-date-granularity", LossStatus::Direct, place);
        Ok(())
    }

    /// Records the techniques in the order of the steps.
    pub(super) fn steps(&mut self, study: &CaseStudy) -> Result<(), ImportError> {
        let note = "techniques, in order; the kinds are our reading of them";
        self.row("/procedure", LossStatus::Direct, note);
        let mut techniques = Vec::new();
        for (index, step) in study.procedure().iter().enumerate() {
            let at = format!("/procedure/{index}");
            match step.technique() {
                Some(id) => techniques.push(self.technique(&at, id, step)?),
                None => self.proposal(&at, step)?,
            }
            for name in step.others().keys() {
                let why = "the record has no place for it";
                self.row(child(&at, name), LossStatus::Unmapped, why);
            }
        }
        let mut classification = Classification::default();
        classification.kinds.clone_from(self.incident.kinds());
        classification.techniques = techniques;
        self.record(EventKind::Classified(classification))
    }

    fn technique(
        &mut self,
        at: &str,
        id: AtlasTechnique,
        step: &ProcedureStep,
    ) -> Result<Technique, ImportError> {
        let data = self.options.data;
        let stated = self.options.version.as_ref().map(Text::as_str);
        let version = stated.or_else(|| data.map(AtlasData::version));
        let version = text("/version", version.unwrap_or(NOT_STATED))?;
        let mut technique = Technique::new(id, version);
        if step.proposed_technique().is_some() {
            let note = "its id; how the step describes it is left out";
            self.row(format!("{at}/technique"), LossStatus::Partial, note);
        }
        if step.proposed_tactic().is_some() {
            let (status, note) = match step.tactic() {
                Some(_) => (LossStatus::Partial, "its id alone"),
                None => (LossStatus::Unmapped, "it has no id"),
            };
            self.row(format!("{at}/tactic"), status, note);
        }
        if let Some(tactic) = step.tactic() {
            technique.tactic = Some(text(&format!("{at}/tactic"), tactic.as_str())?);
        }
        // A name is a help; one that is no text is left out.
        let name = data.and_then(|data| data.full_name(id));
        technique.name = name.and_then(|name| name.parse().ok());
        let pointer = format!("{at}/description");
        technique.description = said(&pointer, step.description(), &mut self.losses)?;
        Ok(technique)
    }

    /// Keeps a technique that ATLAS does not have in a note.
    fn proposal(&mut self, at: &str, step: &ProcedureStep) -> Result<(), ImportError> {
        let name = step.proposed_technique().map_or("", |it| it.name());
        let note = format!("ATLAS has no technique `{name}`: {}", step.description());
        self.note(at, &note)?;
        let why = "a note, since its technique has no id; its place among the steps is left out";
        self.row(at, LossStatus::Approximate, why);
        Ok(())
    }

    /// Says what it came to, as far as its type tells.
    pub(super) fn judgement(&mut self, study: &CaseStudy) -> Result<(), ImportError> {
        let at = "/case-study-type";
        let (reason, harm, note) = match study.kind() {
            Some(StudyKind::Exercise) => (
                "its steps were carried out in an exercise",
                Some(Harm::Issue),
                "determination `confirmed` and harm `issue`",
            ),
            Some(StudyKind::Incident) => (
                "MITRE ATLAS calls it an incident",
                None,
                "determination `confirmed`; whether somebody was harmed stays unclear",
            ),
            Some(_) => {
                self.row(at, LossStatus::Unmapped, "the word is not known");
                return Ok(());
            }
            None => return Ok(()),
        };
        let to = Determination::Confirmed;
        let why = text(at, reason)?;
        self.record(EventKind::Determined { to, reason: why })?;
        if let Some(to) = harm {
            let reason = text(at, "an exercise shows what could follow")?;
            let prevented_by = Vec::new();
            self.record(EventKind::HarmStated {
                to,
                reason,
                prevented_by,
            })?;
        }
        self.row(at, LossStatus::Approximate, note);
        Ok(())
    }

    /// Records the target as a system, and keeps in notes who attacked and who reported it.
    pub(super) fn people(&mut self, study: &CaseStudy) -> Result<(), ImportError> {
        let target = study.target().unwrap_or_default();
        if let Some(name) = said("/target", target, &mut self.losses)? {
            self.record(EventKind::SystemDescribed(AiSystem::new(name)))?;
            self.row("/target", LossStatus::Direct, "the name of a system");
        }
        let old = study.reported_by().map(|_| "/reported-by");
        let reporter = old.unwrap_or("/reporter");
        let people = [
            ("/actor", "Who attacked", study.actor()),
            (reporter, "Who reported it", study.reporter()),
        ];
        for (at, what, who) in people {
            let who = said(at, who.unwrap_or_default(), &mut self.losses)?;
            if let Some(who) = who {
                self.note(at, &format!("{what}: {who}"))?;
                self.row(at, LossStatus::Approximate, "a note");
            }
        }
        Ok(())
    }

    /// Links the case study itself and its references.
    pub(super) fn sources(&mut self, study: &CaseStudy) -> Result<(), ImportError> {
        if let Some(id) = study.id() {
            let link = Link::new(LinkRelation::SameAs, text("/id", id.as_str())?);
            let link = link.with_system(text("/id", "ATLAS")?);
            self.record(EventKind::Linked(link))?;
            self.row("/id", LossStatus::Direct, "a link: the same as");
        }
        for (index, reference) in study.references().iter().enumerate() {
            self.reference(&format!("/references/{index}"), reference)?;
        }
        Ok(())
    }

    fn reference(&mut self, at: &str, reference: &Reference) -> Result<(), ImportError> {
        for name in reference.others().keys() {
            let why = "the record has no place for it";
            self.row(child(at, name), LossStatus::Unmapped, why);
        }
        let part = |name: &str, value: Option<&str>, losses: &mut Vec<FieldLoss>| {
            said(&format!("{at}/{name}"), value.unwrap_or_default(), losses)
        };
        let title = part("title", reference.title(), &mut self.losses)?;
        let url = part("url", reference.url(), &mut self.losses)?;
        let (target, title) = match (url, title) {
            (Some(url), title) => (url, title),
            (None, Some(title)) => (title, None),
            (None, None) => {
                self.row(at, LossStatus::Unmapped, "it names nothing");
                return Ok(());
            }
        };
        let mut link = Link::new(LinkRelation::Source, target);
        link.title = title;
        self.record(EventKind::Linked(link))?;
        self.row(at, LossStatus::Direct, "a link: a source");
        Ok(())
    }

    /// Lists what is not known here.
    pub(super) fn rest(&mut self, study: &CaseStudy) {
        let why = "the record has no place for it";
        let old = study.reported_by().map(|_| "reported-by");
        for name in study.others().keys().filter(|name| old != Some(name)) {
            self.row(child("", name), LossStatus::Unmapped, why);
        }
        for name in study.beside().keys() {
            let why = "it stands beside the case study";
            self.row(child("", name), LossStatus::Unmapped, why);
        }
    }

    pub(super) fn into_import(self) -> Import {
        Import::new(self.incident, self.losses)
    }

    fn note(&mut self, at: &str, note: &str) -> Result<(), ImportError> {
        let text = text(at, note)?;
        self.record(EventKind::Noted { text })
    }

    fn record(&mut self, kind: EventKind) -> Result<(), ImportError> {
        let event = NewEvent::new(kind).marked(self.options.tlp);
        self.incident.record(event, self.context)?;
        Ok(())
    }

    fn row(&mut self, field: impl Into<String>, status: LossStatus, note: &str) {
        self.losses.push(FieldLoss::new(field, status, note));
    }
}

/// Reads a text that is there. One without a letter or a digit says nothing; where it is not empty, it
/// is listed.
fn said(
    pointer: &str,
    value: &str,
    losses: &mut Vec<FieldLoss>,
) -> Result<Option<Text>, ImportError> {
    if value.contains(char::is_alphanumeric) {
        return text(pointer, value).map(Some);
    }
    if !value.is_empty() {
        let why = "it has neither a letter nor a digit";
        losses.push(FieldLoss::new(pointer, LossStatus::Unmapped, why));
    }
    Ok(None)
}

fn text(pointer: &str, value: &str) -> Result<Text, ImportError> {
    value.parse().map_err(|source| ImportError::Text {
        pointer: pointer.to_owned(),
        source,
    })
}

const fn fidelity(granularity: DateGranularity) -> Fidelity {
    match granularity {
        DateGranularity::Year => Fidelity::Year,
        DateGranularity::Month => Fidelity::Month,
        DateGranularity::Day => Fidelity::Day,
    }
}

/// Returns the kinds whose nearest technique, or a part of it, is among the steps.
fn kinds(study: &CaseStudy) -> BTreeSet<IncidentKind> {
    let steps = study.procedure().iter();
    let used: BTreeSet<_> = steps.filter_map(ProcedureStep::technique).collect();
    let nearest = |kind: &IncidentKind| -> Option<AtlasTechnique> {
        kind.mapping().atlas.first()?.parse().ok()
    };
    let all = IncidentKind::ALL.iter().copied();
    all.filter(|kind| {
        nearest(kind).is_some_and(|nearest| used.iter().any(|used| nearest.includes(*used)))
    })
    .collect()
}
