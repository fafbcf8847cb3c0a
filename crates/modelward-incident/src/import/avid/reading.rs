use modelward_artifact::{Finding, Text};

use super::Day;
use super::classified::Classes;
use super::options::AvidImportOptions;
use crate::export::avid::Rows;
use crate::format::avid::AvidRecord;
use crate::import::{Import, ImportError};
use crate::log::Context;
use crate::{
    EventKind, Fidelity, Incident, Link, LinkRelation, NewEvent, Opening, ParseTextError, TimeSpec,
};

/// Builds an incident while a document is read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) options: &'a AvidImportOptions,
    pub(super) rows: Rows,
    pub(super) classes: Classes,
    context: &'a Context,
    incident: Incident,
}

impl<'a> Reading<'a> {
    /// Opens the incident: title, summary, kinds and the day.
    pub(super) fn open(
        record: &AvidRecord,
        options: &'a AvidImportOptions,
        day: Day,
        context: &'a Context,
    ) -> Result<Self, ImportError> {
        let mut rows = Rows::default();
        let classes = Classes::of(record, options, &mut rows);
        let title = title(record, &mut rows)?;
        let mut opening = Opening::new(title, classes.first(), options.severity());
        opening.kinds.extend(classes.kinds());
        opening.summary = summary(record, &mut rows)?;
        let mut event = NewEvent::from(opening).marked(options.tlp());
        if let Some(found) = day.day {
            event = event.occurred(TimeSpec::new(found.start(), Fidelity::Day));
            rows.approximate(day.at, "when the opening occurred");
        }
        let incident = Incident::open(options.id().clone(), event, context)?;
        Ok(Self {
            options,
            rows,
            classes,
            context,
            incident,
        })
    }

    pub(super) fn record_event(&mut self, kind: EventKind) -> Result<(), ImportError> {
        let event = NewEvent::new(kind).marked(self.options.tlp());
        self.incident.record(event, self.context)?;
        Ok(())
    }

    /// Links to the document by its own id.
    pub(super) fn id(
        &mut self,
        id: Option<&str>,
        at: &str,
        record: &AvidRecord,
    ) -> Result<(), ImportError> {
        let Some(target) = id.and_then(|id| self.text(at, id)) else {
            self.rows
                .unmapped("/data_type", "there is no id to go with it");
            return Ok(());
        };
        let mut link = Link::new(LinkRelation::SameAs, target);
        link.system = record.data_type().parse().ok();
        let place = "/data_type";
        if link.system.is_some() {
            self.rows.direct(place, "links");
        } else {
            self.rows.unmapped(place, "it is none that a record takes");
        }
        self.rows.direct(at, "links");
        self.record_event(EventKind::Linked(link))
    }

    /// Reads a text that may be left out; one that is blank is nothing.
    pub(super) fn text(&mut self, at: &str, text: &str) -> Option<Text> {
        match text.parse() {
            Ok(text) => Some(text),
            Err(_) if text.is_empty() => None,
            Err(why) => {
                let why: ParseTextError = why;
                self.rows
                    .unmapped(at, format!("it is none that a record takes: {why}"));
                None
            }
        }
    }

    /// Lists the members that the format does not have.
    pub(super) fn unknown(&mut self, deviations: &[Finding]) {
        let unknown = deviations
            .iter()
            .filter(|it| it.code() == "incident.avid.unknown");
        for place in unknown.filter_map(Finding::subject) {
            self.rows.unmapped(place, "the format has no such member");
        }
    }

    pub(super) fn into_import(self) -> Import {
        Import::new(self.incident, self.rows.into_losses())
    }
}

fn title(record: &AvidRecord, rows: &mut Rows) -> Result<Text, ImportError> {
    const AT: &str = "/problemtype/description/value";
    let Some(problem) = record.problem() else {
        let pointer = AT.to_owned();
        return Err(ImportError::Missing { pointer });
    };
    rows.unmapped("/problemtype/classof", "the record has no place for it");
    if problem.kind().is_some() {
        rows.unmapped("/problemtype/type", "the record has no place for it");
    }
    rows.unmapped(
        "/problemtype/description/lang",
        "the record has no languages",
    );
    rows.direct(AT, "title");
    text(AT, problem.description().value())
}

fn summary(record: &AvidRecord, rows: &mut Rows) -> Result<Option<Text>, ImportError> {
    const AT: &str = "/description/value";
    let Some(description) = record.description() else {
        return Ok(None);
    };
    rows.unmapped("/description/lang", "the record has no languages");
    if description.value().trim().is_empty() {
        rows.unmapped(AT, "it is blank");
        return Ok(None);
    }
    rows.direct(AT, "summary");
    text(AT, description.value()).map(Some)
}

fn text(at: &str, text: &str) -> Result<Text, ImportError> {
    text.parse().map_err(|source| ImportError::Text {
        pointer: at.to_owned(),
        source,
    })
}
