//! What reports and vulnerabilities have in common.

use super::AVID;
use super::reading::Reading;
use crate::export::avid::{label, origin};
use crate::format::avid::{AvidRecord, Reference};
use crate::import::ImportError;
use crate::{EventKind, Link, LinkRelation};

/// The relations by the types of references that they are written as.
const RELATIONS: [LinkRelation; 5] = [
    LinkRelation::CausedBy,
    LinkRelation::DuplicateOf,
    LinkRelation::Related,
    LinkRelation::SameAs,
    LinkRelation::Source,
];

impl Reading<'_> {
    pub(super) fn record(&mut self, record: &AvidRecord) -> Result<(), ImportError> {
        if record.data_version().is_some() {
            self.writer
                .rows
                .unmapped("/data_version", "the record has no such version");
        }
        if let Some(classification) = self.classes.classification() {
            self.writer.record(EventKind::Classified(classification))?;
        }
        if let Some(affects) = record.affects() {
            self.affects(affects)?;
        }
        let avid = record.impact().and_then(|impact| impact.avid());
        if let Some(id) = avid.and_then(|avid| avid.vuln_id()) {
            self.vulnerability_of(id)?;
        }
        for (index, reference) in record.references().iter().enumerate() {
            self.reference(&format!("/references/{index}"), reference)?;
        }
        for index in 0..record.credit().len() {
            let why = "the record thanks nobody";
            self.writer.rows.unmapped(format!("/credit/{index}"), why);
        }
        Ok(())
    }

    fn vulnerability_of(&mut self, id: &str) -> Result<(), ImportError> {
        const AT: &str = "/impact/avid/vuln_id";
        let Some(target) = self.text(AT, id) else {
            return Ok(());
        };
        let mut link = Link::new(LinkRelation::Related, target);
        link.system = AVID.parse().ok();
        self.writer.rows.direct(AT, "links");
        self.writer.record(EventKind::Linked(link))
    }

    fn reference(&mut self, at: &str, reference: &Reference) -> Result<(), ImportError> {
        let title = self.text(&format!("{at}/label"), reference.label());
        let target = self.text(&format!("{at}/url"), reference.url());
        let Some(target) = target.or_else(|| title.clone()) else {
            self.writer
                .rows
                .unmapped(at, "it has neither a label nor an address");
            return Ok(());
        };
        let kind = reference.kind();
        let relation = RELATIONS.into_iter().find(|it| Some(it.name()) == kind);
        let is_stated = relation.is_some() || kind.is_none();
        let mut link = Link::new(relation.unwrap_or(LinkRelation::Related), target);
        if let Some((system, id)) = origin(reference.url()) {
            link.system = system.parse().ok();
            link.target = id.parse().unwrap_or(link.target);
        }
        if title
            .as_ref()
            .is_some_and(|title| title.as_str() != label(&link))
        {
            link.title = title;
        }
        if is_stated {
            self.writer.rows.direct(at, "links");
        } else {
            self.writer.rows.partial(at, "links, without the type");
        }
        self.writer.record(EventKind::Linked(link))
    }
}
