//! Incidents of the AI Incident Database as records.

mod options;

pub use self::options::AiidImportOptions;

use super::rows::Rows;
use super::writer::{Writer, opening, text};
use super::{Import, ImportError};
use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::format::aiid::{AiidClassification, AiidEntity, AiidField, AiidIncident};
use crate::log::Context;
use crate::pointer::child;
use crate::{
    AiSystem, EventKind, Fidelity, Harm, Impact, IncidentId, Link, LinkRelation, TimeSpec,
};

/// Makes a record of an incident of the database, with what the database lacks from `options`.
///
/// - The id is `AIID-` and the number, and a link names the incident in the database.
/// - The title and the description open it; the day is when it began, known to the day.
/// - Every implicated system is described with all developers and deployers, since the database does
///   not say who is of which; where none is named, one system stands for all.
/// - Harmed parties become an impact of the kind that `options` name, else a note.
/// - Reports and similar incidents become links, notes of the editors a note.
///
/// What a record cannot say is listed by its place in the incident as it was read.
///
/// ```
/// use modelward_artifact::{JsonLimits, Party};
/// use modelward_incident::Severity;
/// use modelward_incident::format::aiid::AiidIncident;
/// use modelward_incident::import::aiid::{self, AiidImportOptions};
/// use modelward_incident::log::Context;
///
/// let row = br#"{"incident_id": 7, "title": "Scorer denies loans", "date": "2021-09-14",
///     "Alleged deployer of AI system": ["acme"], "tsne": {"x": 0.1, "y": 0.2}}"#;
/// let row = AiidIncident::from_json(row, &JsonLimits::default())?;
/// let now = Context::new("2026-11-26T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let import = aiid::incident(&row, &AiidImportOptions::new(Severity::Low), &now)?;
/// assert_eq!(import.incident().id().as_str(), "AIID-7");
/// assert!(import.losses().iter().any(|loss| loss.field == "/tsne"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ImportError::Text`] where the title is none that a record takes.
pub fn incident(
    source: &AiidIncident,
    options: &AiidImportOptions,
    context: &Context,
) -> Result<Import, ImportError> {
    let mut writer = opened(source, options, context)?;
    identity(source, &mut writer)?;
    day(source, &mut writer)?;
    systems(source, &mut writer)?;
    harmed(source, options, &mut writer)?;
    reports(source, &mut writer)?;
    similar(source, &mut writer)?;
    if let Some(notes) = source.editor_notes().filter(|notes| !notes.is_empty())
        && let Some(text) = writer.rows.text("/editor_notes", notes, (Direct, "a note"))
    {
        writer.record(EventKind::Noted { text })?;
    }
    harm(&options.classifications, source, &mut writer)?;
    for (member, value) in source.unknown() {
        writer.lose_unless_empty(member, value);
    }
    Ok(writer.into_import())
}

fn opened<'a>(
    source: &AiidIncident,
    options: &AiidImportOptions,
    context: &'a Context,
) -> Result<Writer<'a>, ImportError> {
    let mut rows = Rows::default();
    let told = (source.title(), source.description());
    let opening = opening(told, options.kind, options.severity, &mut rows)?;
    let id: IncidentId = format!("AIID-{}", source.number())
        .parse()
        .expect("letters, a dash and digits make an id");
    Writer::open(id, opening, (options.tlp, context), rows)
}

fn identity(source: &AiidIncident, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    writer.rows.direct("/incident_id", "id and a link");
    let number = source.number().to_string();
    writer.link(LinkRelation::SameAs, &number, Some("AIID"))
}

fn day(source: &AiidIncident, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    let Some(date) = source.date().date() else {
        writer.rows.unmapped("/date", "the record begins in 1970");
        return Ok(());
    };
    writer.rows.direct("/date", "when it began, to the day");
    let at = TimeSpec::new(date.start(), Fidelity::Day);
    writer.record(EventKind::Began { at })
}

/// Describes the systems. Who made or used which of several is not known.
fn systems(source: &AiidIncident, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    let [deployers, developers, _] = source.form().names();
    let is_one = source.implicated_systems().len() == 1;
    let fate = if is_one {
        (Direct, "of the system")
    } else {
        (
            Approximate,
            "of every system, since it is not said of which",
        )
    };
    let (deployers, developers) = (
        writer.names(deployers, named(source.deployers()), fate),
        writer.names(developers, named(source.developers()), fate),
    );
    let names = named(source.implicated_systems());
    let mut names = writer.names("implicated_systems", names, (Direct, "systems"));
    if names.is_empty() && !(deployers.is_empty() && developers.is_empty()) {
        names.extend("system that is not named".parse());
    }
    for name in names {
        let mut system = AiSystem::new(name);
        system.deployers.clone_from(&deployers);
        system.developers.clone_from(&developers);
        writer.record(EventKind::SystemDescribed(system))?;
    }
    Ok(())
}

fn harmed(
    source: &AiidIncident,
    options: &AiidImportOptions,
    writer: &mut Writer<'_>,
) -> Result<(), ImportError> {
    let [.., member] = source.form().names();
    let fate = match options.impact {
        Some(_) => (Direct, "affected by an impact of the kind that was given"),
        None => (Approximate, "a note, since the kind of harm is not said"),
    };
    let names = writer.names(member, named(source.harmed_parties()), fate);
    if names.is_empty() {
        return Ok(());
    }
    let harmed = format!(
        "Harmed or nearly harmed: {}",
        joined(source.harmed_parties())
    );
    let at = child("", member);
    // More names than one text takes; the impact has each of them.
    let short = || text(&at, "Harmed or nearly harmed parties of the database");
    let text = harmed.parse().or_else(|_| short())?;
    let Some(kind) = options.impact else {
        return writer.record(EventKind::Noted { text });
    };
    let id = "aiid".parse().expect("letters make an id");
    let mut impact = Impact::new(id, kind, text);
    impact.affected = names;
    writer.record(EventKind::ImpactRecorded(impact))
}

fn named(entities: &[AiidEntity]) -> impl ExactSizeIterator<Item = &str> {
    entities.iter().map(AiidEntity::name)
}

fn joined(entities: &[AiidEntity]) -> String {
    let names: Vec<&str> = named(entities).collect();
    names.join(", ")
}

fn reports(source: &AiidIncident, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    let reports = source.reports();
    if reports.is_empty() {
        return Ok(());
    }
    let mut unnamed = 0;
    for report in reports {
        match report.url().and_then(|url| url.parse().ok()) {
            Some(url) => {
                let mut link = Link::new(LinkRelation::Source, url);
                link.title = report.title().and_then(|title| title.parse().ok());
                writer.record(EventKind::Linked(link))?;
            }
            None => {
                unnamed += 1;
                let number = report.number().to_string();
                writer.link(LinkRelation::Source, &number, Some("AIID report"))?;
            }
        }
    }
    let (status, note) = match unnamed {
        0 => (
            Partial,
            "links by their addresses and titles, without the rest",
        ),
        _ => (Direct, "links by their numbers"),
    };
    writer.rows.say("/reports", status, note);
    Ok(())
}

fn similar(source: &AiidIncident, writer: &mut Writer<'_>) -> Result<(), ImportError> {
    for number in source.similar() {
        writer.link(LinkRelation::Related, &number.to_string(), Some("AIID"))?;
    }
    if !source.similar().is_empty() {
        writer.rows.direct("/editor_similar_incidents", "links");
    }
    Ok(())
}

/// Takes what CSET says of harm, where a classification is of this incident.
fn harm(
    classifications: &[AiidClassification],
    source: &AiidIncident,
    writer: &mut Writer<'_>,
) -> Result<(), ImportError> {
    let number = source.number();
    let ours = |it: &&AiidClassification| {
        it.namespace() == "CSETv1"
            && (it.incidents().is_empty() || it.incidents().contains(&number))
    };
    let answer = classifications.iter().filter(ours).find_map(|it| {
        let value = it.answer(AiidField::TangibleHarm)?.value();
        stated(value.as_str()?)
    });
    let Some(to) = answer else {
        return Ok(());
    };
    let reason = "CSETv1 3.1 Tangible Harm".parse();
    let reason = reason.expect("words make a text");
    let prevented_by = Vec::new();
    writer.record(EventKind::HarmStated {
        to,
        reason,
        prevented_by,
    })
}

fn stated(value: &str) -> Option<Harm> {
    let values = AiidField::TangibleHarm.values();
    let position = values.iter().position(|it| *it == value.trim_end())?;
    [
        Harm::Occurred,
        Harm::NearMiss,
        Harm::Issue,
        Harm::None,
        Harm::Unclear,
    ]
    .get(position)
    .copied()
}
