use std::collections::BTreeSet;

use modelward_artifact::{AtlasTechnique, Text};

use super::AtlasImportOptions;
use crate::export::LossStatus;
use crate::format::atlas::{
    AtlasData, CaseStudy, DateGranularity, ProcedureStep, Reference, StudyKind,
};
use crate::import::rows::Rows;
use crate::import::writer::{NO_PLACE, Writer, text};
use crate::import::{Import, ImportError};
use crate::log::Context;
use crate::pointer::child;
use crate::{
    AiSystem, Classification, Determination, EventKind, Fidelity, Harm, IncidentKind, Link,
    LinkRelation, Opening, Technique, TimeSpec,
};

/// What the version of ATLAS is called where nobody said it.
const NOT_STATED: &str = "not stated";

/// An incident that is being made of a case study.
pub(super) struct Reading<'a> {
    options: &'a AtlasImportOptions<'a>,
    writer: Writer<'a>,
}

impl<'a> Reading<'a> {
    pub(super) fn open(
        study: &CaseStudy,
        options: &'a AtlasImportOptions<'a>,
        context: &'a Context,
    ) -> Result<Self, ImportError> {
        let mut rows = Rows::default();
        rows.direct("/name", "title");
        let mut kinds = kinds(study).into_iter();
        let kind = kinds.next().unwrap_or(IncidentKind::Other);
        let mut opening = Opening::new(text("/name", study.name())?, kind, options.severity);
        opening.kinds.extend(kinds);
        opening.summary = said("/summary", study.summary(), &mut rows)?;
        if opening.summary.is_some() {
            rows.direct("/summary", "summary");
        }
        let marked = (options.tlp, context);
        let writer = Writer::open(options.id.clone(), opening, marked, rows)?;
        Ok(Self { options, writer })
    }

    /// Says when it began, no more exactly than the document knows.
    pub(super) fn when(&mut self, study: &CaseStudy) -> Result<(), ImportError> {
        let date = study.date();
        let (day, fidelity) = (date.first_day(), fidelity(date.granularity()));
        let at = TimeSpec::new(day.start(), fidelity);
        self.writer.record(EventKind::Began { at })?;
        if date.text() == day.to_string() {
            self.writer.rows.direct("/incident-date", "began");
        } else {
            let note = "began; what the granularity says is not known is left out";
            self.writer.rows.partial("/incident-date", note);
        }
        let place = "began: how exactly it is known";
        self.writer.rows.direct("/incident-date-granularity", place);
        Ok(())
    }

    /// Records the techniques in the order of the steps.
    pub(super) fn steps(&mut self, study: &CaseStudy) -> Result<(), ImportError> {
        let note = "techniques, in order; the kinds are our reading of them";
        self.writer.rows.direct("/procedure", note);
        let mut techniques = Vec::new();
        for (index, step) in study.procedure().iter().enumerate() {
            let at = format!("/procedure/{index}");
            match step.technique() {
                Some(id) => techniques.push(self.technique(&at, id, step)?),
                None => self.proposal(&at, step)?,
            }
            for name in step.others().keys() {
                self.writer.rows.unmapped(child(&at, name), NO_PLACE);
            }
        }
        let mut classification = Classification::default();
        classification
            .kinds
            .clone_from(self.writer.incident().kinds());
        classification.techniques = techniques;
        self.writer.record(EventKind::Classified(classification))
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
            self.writer.rows.partial(format!("{at}/technique"), note);
        }
        if step.proposed_tactic().is_some() {
            let (status, note) = match step.tactic() {
                Some(_) => (LossStatus::Partial, "its id alone"),
                None => (LossStatus::Unmapped, "it has no id"),
            };
            self.writer.rows.say(format!("{at}/tactic"), status, note);
        }
        if let Some(tactic) = step.tactic() {
            technique.tactic = Some(text(&format!("{at}/tactic"), tactic.as_str())?);
        }
        // A name is a help; one that is no text is left out.
        let name = data.and_then(|data| data.full_name(id));
        technique.name = name.and_then(|name| name.parse().ok());
        let pointer = format!("{at}/description");
        technique.description = said(&pointer, step.description(), &mut self.writer.rows)?;
        Ok(technique)
    }

    /// Keeps a technique that ATLAS does not have in a note.
    fn proposal(&mut self, at: &str, step: &ProcedureStep) -> Result<(), ImportError> {
        let name = step.proposed_technique().map_or("", |it| it.name());
        let note = format!("ATLAS has no technique `{name}`: {}", step.description());
        self.note(at, &note)?;
        let why = "a note, since its technique has no id; its place among the steps is left out";
        self.writer.rows.approximate(at, why);
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
                self.writer.rows.unmapped(at, "the word is not known");
                return Ok(());
            }
            None => return Ok(()),
        };
        let to = Determination::Confirmed;
        let why = text(at, reason)?;
        self.writer
            .record(EventKind::Determined { to, reason: why })?;
        if let Some(to) = harm {
            let reason = text(at, "an exercise shows what could follow")?;
            let prevented_by = Vec::new();
            self.writer.record(EventKind::HarmStated {
                to,
                reason,
                prevented_by,
            })?;
        }
        self.writer.rows.approximate(at, note);
        Ok(())
    }

    /// Records the target as a system, and keeps in notes who attacked and who reported it.
    pub(super) fn people(&mut self, study: &CaseStudy) -> Result<(), ImportError> {
        let target = study.target().unwrap_or_default();
        if let Some(name) = said("/target", target, &mut self.writer.rows)? {
            self.writer
                .record(EventKind::SystemDescribed(AiSystem::new(name)))?;
            self.writer.rows.direct("/target", "the name of a system");
        }
        let old = study.reported_by().map(|_| "/reported-by");
        let reporter = old.unwrap_or("/reporter");
        let people = [
            ("/actor", "Who attacked", study.actor()),
            (reporter, "Who reported it", study.reporter()),
        ];
        for (at, what, who) in people {
            let who = said(at, who.unwrap_or_default(), &mut self.writer.rows)?;
            if let Some(who) = who {
                self.note(at, &format!("{what}: {who}"))?;
                self.writer.rows.approximate(at, "a note");
            }
        }
        Ok(())
    }

    /// Links the case study itself and its references.
    pub(super) fn sources(&mut self, study: &CaseStudy) -> Result<(), ImportError> {
        if let Some(id) = study.id() {
            let link = Link::new(LinkRelation::SameAs, text("/id", id.as_str())?);
            let link = link.with_system(text("/id", "ATLAS")?);
            self.writer.record(EventKind::Linked(link))?;
            self.writer.rows.direct("/id", "a link: the same as");
        }
        for (index, reference) in study.references().iter().enumerate() {
            self.reference(&format!("/references/{index}"), reference)?;
        }
        Ok(())
    }

    fn reference(&mut self, at: &str, reference: &Reference) -> Result<(), ImportError> {
        for name in reference.others().keys() {
            self.writer.rows.unmapped(child(at, name), NO_PLACE);
        }
        let part = |name: &str, value: Option<&str>, rows: &mut Rows| {
            said(&format!("{at}/{name}"), value.unwrap_or_default(), rows)
        };
        let title = part("title", reference.title(), &mut self.writer.rows)?;
        let url = part("url", reference.url(), &mut self.writer.rows)?;
        let (target, title) = match (url, title) {
            (Some(url), title) => (url, title),
            (None, Some(title)) => (title, None),
            (None, None) => {
                self.writer.rows.unmapped(at, "it names nothing");
                return Ok(());
            }
        };
        let mut link = Link::new(LinkRelation::Source, target);
        link.title = title;
        self.writer.record(EventKind::Linked(link))?;
        self.writer.rows.direct(at, "a link: a source");
        Ok(())
    }

    /// Lists what is not known here.
    pub(super) fn rest(&mut self, study: &CaseStudy) {
        let old = study.reported_by().map(|_| "reported-by");
        for name in study.others().keys().filter(|name| old != Some(name)) {
            self.writer.rows.unmapped(child("", name), NO_PLACE);
        }
        for name in study.beside().keys() {
            let why = "it stands beside the case study";
            self.writer.rows.unmapped(child("", name), why);
        }
    }

    pub(super) fn into_import(self) -> Import {
        self.writer.into_import()
    }

    fn note(&mut self, at: &str, note: &str) -> Result<(), ImportError> {
        let text = text(at, note)?;
        self.writer.record(EventKind::Noted { text })
    }
}

/// Reads a text that is there. One without a letter or a digit says nothing; where it is not empty, it
/// is listed.
fn said(pointer: &str, value: &str, rows: &mut Rows) -> Result<Option<Text>, ImportError> {
    if value.contains(char::is_alphanumeric) {
        return text(pointer, value).map(Some);
    }
    if !value.is_empty() {
        let why = "it has neither a letter nor a digit";
        rows.unmapped(pointer, why);
    }
    Ok(None)
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
