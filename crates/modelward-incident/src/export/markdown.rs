//! An incident in Markdown, for people: the record, the report to an authority, the review, and a
//! checklist for sharing.
//!
//! Texts of the record are escaped, so that a title can neither begin a heading nor break a table
//! nor hide a character. Every document begins and ends with its label.

mod duties;
mod fields;
mod record;
mod regulator;
mod response;
mod review;
mod sharing;
mod things;
mod words;
mod writer;

use modelward_artifact::{Text, Timestamp};

use self::writer::Writer;
use crate::export::Export;
use crate::{Released, ReportingRules, WorkingCalendar};

/// Says what a report to an authority is and is not; every such report carries it.
pub const DRAFT_NOTICE: &str = "This is a draft by our reading of Article 73 of the EU AI Act and of \
    measure 9.2 of the GPAI code of practice. It is not legal advice and no form of an authority. \
    Whoever sends it checks it and answers for it.";

/// States by which rules, at what time and on which working days reports are due.
#[derive(Clone, Copy, Debug)]
pub struct Duties<'a> {
    rules: &'a ReportingRules,
    calendar: &'a WorkingCalendar,
    now: Timestamp,
}

impl<'a> Duties<'a> {
    /// States the rules, the working days of a place, and the present time.
    #[must_use]
    pub const fn new(
        rules: &'a ReportingRules,
        calendar: &'a WorkingCalendar,
        now: Timestamp,
    ) -> Self {
        Self {
            rules,
            calendar,
            now,
        }
    }
}

/// Says how complete a report to an authority is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum ReportStage {
    /// Items 1 to 7, as far as they are known.
    Initial,
    /// All nine items.
    Final,
}

/// Writes everything that may be told of an incident.
///
/// Without rules it says that nothing is said about reports. What a later event took the place of
/// is in the timeline in one sentence.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::export::markdown;
/// use modelward_incident::log::Context;
/// use modelward_incident::{Incident, IncidentKind, Opening, Severity, Tlp};
///
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let opening = Opening::new("# inputs | moved".parse()?, IncidentKind::DriftData, Severity::Low);
/// let incident = Incident::open("INC-7".parse()?, opening, &now)?;
/// let export = markdown::record(&incident.release(Tlp::Amber)?, None);
/// assert!(export.document().contains("# Incident INC-7: \\# inputs \\| moved\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn record(released: &Released, duties: Option<Duties<'_>>) -> Export<String> {
    record::write(released, duties)
}

/// Drafts the report of a serious incident: the nine items of measure 9.2 of the GPAI code of
/// practice, with what Article 73 of the EU AI Act asks, in our words.
///
/// An initial report has items 1 to 7. What is not known is said to be so, and is listed as a loss.
/// The record holds no recommendation to the authority, so it is the sender's. Patterns come from
/// `near_misses` that were released too; those above the label of the report are left out.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::export::markdown::{self, ReportStage};
/// use modelward_incident::log::Context;
/// use modelward_incident::{Incident, IncidentKind, Opening, Severity, Tlp};
///
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let opening = Opening::new("a wrong dose".parse()?, IncidentKind::DriftData, Severity::High);
/// let incident = Incident::open("INC-7".parse()?, opening, &now)?;
/// let released = incident.release(Tlp::Amber)?;
/// let export = markdown::regulator(&released, ReportStage::Initial, None, &[]);
/// assert!(export.document().contains(markdown::DRAFT_NOTICE));
/// assert!(export.lost().any(|loss| loss.field == "7: recommendation"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn regulator(
    released: &Released,
    stage: ReportStage,
    recommendation: Option<&Text>,
    near_misses: &[Released],
) -> Export<String> {
    regulator::write(released, stage, recommendation, near_misses)
}

/// Writes the review after an incident: times, cause, what went well and badly, and what is done
/// about it by whom until when (`CoSAI`'s phase after the incident, NIST SP 800-61 Rev. 3, ID.IM).
///
/// `now` tells which actions are overdue.
pub fn review(released: &Released, now: Timestamp) -> Export<String> {
    review::write(released, now)
}

/// Writes a checklist for sharing of one's own accord, after what CISA's JCDC asks in its playbook
/// for AI: a short list of ours and no form of CISA's.
pub fn sharing(released: &Released) -> Export<String> {
    sharing::write(released)
}

/// Begins a document: the heading and the label.
fn begin(released: &Released, words: &'static str) -> Writer {
    let mut writer = Writer::default();
    let incident = released.incident();
    writer.title(words, incident.id().as_str(), incident.title().as_str());
    label(&mut writer, released);
    writer
}

fn label(writer: &mut Writer, released: &Released) {
    writer.say(released.level().name());
}
