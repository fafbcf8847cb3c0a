//! Tables of what is affected and of what shows it.

use modelward_artifact::Text;
use modelward_artifact::escape::Markdown;

use super::words;
use super::writer::Writer;
use crate::{AffectedAsset, AiSystem, AssetOrigin, Incident, Technique};

pub(super) fn systems(writer: &mut Writer, incident: &Incident) {
    let row = |it: &AiSystem| {
        [
            Markdown::text(it.name.as_str()),
            optional(it.version.as_ref()),
            optional(it.purpose.as_ref()),
            lines(&it.developers),
            lines(&it.deployers),
        ]
    };
    let header = ["System", "Version", "Purpose", "Made by", "Used by"];
    writer.table(header, incident.systems().iter().map(row));
}

pub(super) fn assets<'a>(writer: &mut Writer, assets: impl IntoIterator<Item = &'a AffectedAsset>) {
    let header = [
        "Asset",
        "Kind",
        "Name",
        "Compromise",
        "In production",
        "Origin",
        "Named by",
    ];
    writer.table(header, assets.into_iter().map(asset));
}

/// Writes why nobody can say what is affected, where that was stated.
pub(super) fn unknown_assets(writer: &mut Writer, incident: &Incident) {
    if let Some(why) = incident.assets_unknown() {
        let words = format!("It was not known what is affected: {why}");
        writer.paragraph(&Markdown::text(&words));
    }
}

fn asset(it: &AffectedAsset) -> [Markdown; 7] {
    let version = it
        .version
        .as_ref()
        .map(|version| format!("version {version}"));
    let window = it.window.map(|window| match window.until {
        None => format!("from {}", window.from),
        Some(until) => format!("from {} until {until}", window.from),
    });
    let in_production = match it.in_production {
        None => "not known",
        Some(false) => "no",
        Some(true) => "yes",
    };
    let origin = match &it.origin {
        None => "not known".to_owned(),
        Some(AssetOrigin::Direct) => "by itself".to_owned(),
        Some(AssetOrigin::Propagated { from, path }) => {
            let path = path.iter().map(|step| format!("\nthrough {step}"));
            format!("from {from}{}", path.collect::<String>())
        }
    };
    let refs: Vec<_> = it.refs.iter().map(ToString::to_string).collect();
    [
        Markdown::text(it.id.as_str()),
        Markdown::text(it.kind.name()),
        below(it.name.as_str(), version),
        below(it.compromise.name(), window),
        Markdown::text(in_production),
        Markdown::text(&origin),
        Markdown::text(&refs.join("\n")),
    ]
}

pub(super) fn techniques(writer: &mut Writer, incident: &Incident) {
    let row = |(at, it): (usize, &Technique)| {
        [
            Markdown::text(&(at + 1).to_string()),
            Markdown::text(&format!("{} (ATLAS {})", it.id, it.atlas_version)),
            optional(it.name.as_ref()),
            optional(it.tactic.as_ref()),
            optional(it.description.as_ref()),
        ]
    };
    let header = ["Step", "Technique", "Name", "Tactic", "What was done"];
    writer.table(header, incident.techniques().iter().enumerate().map(row));
}

pub(super) fn impacts(writer: &mut Writer, incident: &Incident) {
    let rows = incident.impacts().values().map(|it| {
        let count = it.count.map(|count| count.to_string()).unwrap_or_default();
        [
            Markdown::text(it.id.as_str()),
            Markdown::text(it.kind.name()),
            Markdown::text(it.description.as_str()),
            lines(&it.affected),
            Markdown::text(&count),
        ]
    });
    let header = ["Impact", "Kind", "What was harmed", "Who", "How many"];
    writer.table(header, rows);
}

/// Writes each piece of evidence with its digests and everybody who had it.
pub(super) fn evidence(writer: &mut Writer, incident: &Incident) {
    let rows = incident.evidence().values().map(|it| {
        let digests = it.digests().iter().map(ToString::to_string);
        let place = it.location().map(|place| format!("at {place}"));
        let media = it.media_type().map(|media| format!("{media}"));
        let content = [Some(format!("{} bytes", it.size())), media, place];
        let content: Vec<_> = content.into_iter().flatten().collect();
        let custody = it.custody().iter().map(words::custody);
        [
            Markdown::text(it.id().as_str()),
            Markdown::text(it.title().as_str()),
            Markdown::text(&content.join("\n")),
            Markdown::text(&digests.collect::<Vec<_>>().join("\n")),
            Markdown::text(&custody.collect::<Vec<_>>().join("\n")),
        ]
    });
    let header = ["Evidence", "What it is", "Content", "Digests", "Custody"];
    writer.table(header, rows);
}

/// Writes each detection in one line.
pub(super) fn detections(writer: &mut Writer, incident: &Incident) {
    let lines = incident.detections().iter();
    let lines = lines.map(|it| [Markdown::text(&it.to_string())]);
    writer.table(["What was detected"], lines);
}

/// Writes ids and addresses that belong together with the incident.
pub(super) fn links(writer: &mut Writer, incident: &Incident) {
    let rows = incident.links().iter().map(|it| {
        [
            Markdown::text(it.relation.name()),
            optional(it.system.as_ref()),
            Markdown::text(it.target.as_str()),
            optional(it.title.as_ref()),
        ]
    });
    writer.table(["Relation", "System", "Id or address", "Title"], rows);
}

pub(super) fn optional(text: Option<&Text>) -> Markdown {
    text.map(|text| Markdown::text(text.as_str()))
        .unwrap_or_default()
}

/// Writes texts below each other.
pub(super) fn lines(texts: &[Text]) -> Markdown {
    Markdown::joined(
        texts.iter().map(|text| Markdown::text(text.as_str())),
        "<br>",
    )
}

fn below(first: &str, second: Option<String>) -> Markdown {
    let second = second.map(|text| Markdown::text(&text));
    Markdown::joined([Markdown::text(first), second.unwrap_or_default()], "<br>")
}
