use modelward_artifact::{Finding, Text};

use super::Day;
use super::classified::Classes;
use super::options::AvidImportOptions;
use crate::format::avid::AvidRecord;
use crate::import::ImportError;
use crate::import::rows::Rows;
use crate::import::writer::{NO_PLACE, Writer, text};
use crate::log::Context;
use crate::{EventKind, Fidelity, Link, LinkRelation, NewEvent, Opening, ParseTextError, TimeSpec};

/// Builds an incident while a document is read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) writer: Writer<'a>,
    pub(super) classes: Classes,
}

impl<'a> Reading<'a> {
    /// Opens the incident: title, summary, kinds and the day.
    pub(super) fn open(
        record: &AvidRecord,
        options: &AvidImportOptions,
        day: Day,
        context: &'a Context,
    ) -> Result<Self, ImportError> {
        let mut rows = Rows::default();
        let classes = Classes::of(record, options, &mut rows);
        let title = title(record, &mut rows)?;
        let mut opening = Opening::new(title, classes.first(), options.severity());
        opening.kinds.extend(classes.kinds());
        opening.summary = summary(record, &mut rows)?;
        let mut event = NewEvent::from(opening);
        if let Some(found) = day.day {
            event = event.occurred(TimeSpec::new(found.start(), Fidelity::Day));
            rows.approximate(day.at, "when the opening occurred");
        }
        let marked = (options.tlp(), context);
        let writer = Writer::open(options.id().clone(), event, marked, rows)?;
        Ok(Self { writer, classes })
    }

    /// Links to the document by its own id.
    pub(super) fn id(
        &mut self,
        id: Option<&str>,
        at: &str,
        record: &AvidRecord,
    ) -> Result<(), ImportError> {
        let Some(target) = id.and_then(|id| self.text(at, id)) else {
            self.writer
                .rows
                .unmapped("/data_type", "there is no id to go with it");
            return Ok(());
        };
        let mut link = Link::new(LinkRelation::SameAs, target);
        link.system = record.data_type().parse().ok();
        let place = "/data_type";
        if link.system.is_some() {
            self.writer.rows.direct(place, "links");
        } else {
            self.writer
                .rows
                .unmapped(place, "it is none that a record takes");
        }
        self.writer.rows.direct(at, "links");
        self.writer.record(EventKind::Linked(link))
    }

    /// Reads a text that may be left out; one that is blank is nothing.
    pub(super) fn text(&mut self, at: &str, text: &str) -> Option<Text> {
        match text.parse() {
            Ok(text) => Some(text),
            Err(_) if text.is_empty() => None,
            Err(why) => {
                let why: ParseTextError = why;
                self.writer
                    .rows
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
            self.writer
                .rows
                .unmapped(place, "the format has no such member");
        }
    }
}

fn title(record: &AvidRecord, rows: &mut Rows) -> Result<Text, ImportError> {
    const AT: &str = "/problemtype/description/value";
    let Some(problem) = record.problem() else {
        let pointer = AT.to_owned();
        return Err(ImportError::Missing { pointer });
    };
    rows.unmapped("/problemtype/classof", NO_PLACE);
    if problem.kind().is_some() {
        rows.unmapped("/problemtype/type", NO_PLACE);
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
