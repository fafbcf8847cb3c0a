use std::collections::BTreeSet;
use std::fmt::Write as _;

use modelward_artifact::Text;
use serde_json::{Value, json};

use crate::export::LossStatus::{Approximate, Partial};
use crate::export::stix::writer::{Note, Writer, author};
use crate::{Event, EventKind, Link, RootCause, Slug};

/// Adds what STIX has no property for, as notes.
pub(super) fn add(writer: &mut Writer<'_>) {
    cause(writer);
    answers(writer);
    roles(writer);
    for event in writer.incident.timeline() {
        said(writer, event);
    }
    for field in [
        "assetsUnknown",
        "authorityInformed",
        "containmentWaived",
        "eradicationWaived",
        "hold",
        "preventedBy",
        "recoveryWaived",
    ] {
        writer.lost(field, Partial, "a note");
    }
    writer.direct("notes", "note/content and authors");
}

fn cause(writer: &mut Writer<'_>) {
    let (title, content) = match writer.incident.root_cause() {
        Some(RootCause::Known { cause }) => ("Root cause", cause),
        Some(RootCause::Unknown { why }) => ("Why the root cause is not known", why),
        None => return,
    };
    writer.note(Note {
        key: "root-cause",
        title,
        content: content.to_string(),
        ..Note::default()
    });
    writer.lost("rootCause", Partial, "a note");
}

/// The answers to questions of the OECD.
fn answers(writer: &mut Writer<'_>) {
    for (criterion, answer) in writer.incident.oecd_answers() {
        let number = criterion.number();
        writer.note(Note {
            key: &format!("oecd/{number}"),
            title: &format!("OECD criterion {number}"),
            content: answer.to_string(),
            ..Note::default()
        });
        writer.lost(&format!("oecdAnswers/{number}"), Partial, "a note");
    }
}

/// Says who deploys the systems and what for.
fn roles(writer: &mut Writer<'_>) {
    for (index, system) in writer.incident.systems().iter().enumerate() {
        let mut content = String::new();
        for deployer in &system.deployers {
            writeln!(content, "Deployer: {deployer}").ok();
        }
        if let Some(purpose) = &system.purpose {
            writeln!(content, "Purpose: {purpose}").ok();
        }
        if content.is_empty() {
            continue;
        }
        writer.note(Note {
            key: &format!("system/{index}"),
            title: system.name.as_str(),
            content,
            ..Note::default()
        });
    }
}

/// Adds what an event says in words, by whom and when.
fn said(writer: &mut Writer<'_>, event: &Event) {
    let Some((title, content)) = words(event.kind()) else {
        return;
    };
    writer.note(Note {
        key: &format!("event/{}", event.seq()),
        title,
        content,
        authors: vec![author(event.actor())],
        at: Some(event.recorded_at()),
        ..Note::default()
    });
}

/// The words of an event that stand nowhere else, with what they are about.
fn words(kind: &EventKind) -> Option<(&'static str, String)> {
    let (title, about, text) = match kind {
        EventKind::ActionConfirmed { action, note } => ("Action confirmed", Some(action), note),
        EventKind::AssetsUnknown { why } => ("Why the assets are not known", None, why),
        EventKind::ContainmentWaived { asset, why } => ("Containment waived", Some(asset), why),
        EventKind::EradicationWaived { why } => ("Eradication waived", None, why),
        EventKind::HoldLifted { why } => ("Hold lifted", None, why),
        EventKind::Noted { text } => ("Note", None, text),
        EventKind::OrderLifted { order, why } => ("Quarantine lifted", Some(order), why),
        EventKind::OrderSignedOff { order, note } => ("Quarantine signed off", Some(order), note),
        EventKind::RecoveryWaived { why } => ("Recovery waived", None, why),
        EventKind::ReviewActionDone { action, note } => {
            ("Action of the review done", Some(action), note)
        }
        kind => return reasons(kind),
    };
    let content = about.map_or_else(|| text.to_string(), |id| format!("{id}: {text}"));
    Some((title, content))
}

/// The words of the other events, which stand beside a list or a value.
fn reasons(kind: &EventKind) -> Option<(&'static str, String)> {
    let said = match kind {
        EventKind::AuthorityInformed { authority, receipt } => {
            let receipt = receipt.as_ref().map(|text| format!("\nReceipt: {text}"));
            let content = format!("{authority}{}", receipt.unwrap_or_default());
            ("Authority informed", content)
        }
        EventKind::Closed { outcome, reason } => {
            ("Closed", format!("{}: {reason}", outcome.name()))
        }
        EventKind::Determined { to, reason } => {
            ("Determination", format!("{}: {reason}", to.name()))
        }
        EventKind::HarmStated {
            to,
            reason,
            prevented_by,
        } => {
            let prevented: String = prevented_by.iter().map(|it| format!("\n- {it}")).collect();
            ("Harm", format!("{}: {reason}{prevented}", to.name()))
        }
        EventKind::HoldPlaced { assets, why } => ("Hold placed", list(assets, why)),
        EventKind::OecdSeverityStated { to, reason } => {
            ("OECD severity", format!("{}: {reason}", to.name()))
        }
        EventKind::SeverityChanged {
            to,
            reason,
            evidence,
        } => {
            let content = format!("{}: {}", to.name(), list(evidence, reason));
            ("Severity", content)
        }
        _ => return None,
    };
    Some(said)
}

fn list(ids: &BTreeSet<Slug>, text: &Text) -> String {
    let ids: Vec<_> = ids.iter().map(Slug::as_str).collect();
    match ids.as_slice() {
        [] => text.to_string(),
        ids => format!("{text} ({})", ids.join(", ")),
    }
}

/// Returns the external references that stand for links and weaknesses.
pub(super) fn references(writer: &mut Writer<'_>) -> Vec<Value> {
    let mut references = Vec::new();
    for (index, item) in writer.incident.links().iter().enumerate() {
        references.push(link(item));
        let note = "an external reference, with the relation in words";
        writer.lost(&format!("links/{index}"), Approximate, note);
    }
    for number in writer.incident.cwes() {
        references.push(json!({ "source_name": "cwe", "external_id": format!("CWE-{number}") }));
    }
    writer.direct("cwes", "external references");
    references
}

/// STIX refuses an id of CVE or CAPEC under any other name, and any other id under theirs.
fn link(link: &Link) -> Value {
    let target = link.target.as_str();
    let mut description = link.relation.name().to_owned();
    if let Some(title) = &link.title {
        write!(description, ": {title}").ok();
    }
    if let Some(source) = known(target) {
        return json!({
            "source_name": source,
            "external_id": target,
            "description": description,
        });
    }
    let source = link.system.as_ref().map_or("reference", Text::as_str);
    let source = if matches!(source, "cve" | "capec") {
        "reference"
    } else {
        source
    };
    let property = if is_web(target) { "url" } else { "external_id" };
    json!({ "source_name": source, property: target, "description": description })
}

/// Writes texts below one another.
pub(super) fn bullets<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let lines: Vec<_> = items.map(|item| format!("- {item}")).collect();
    lines.join("\n")
}

/// Tells whether a text is an address that STIX takes as one.
fn is_web(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=".contains(c);
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain))
}

/// Returns the source of an id that STIX knows by its form.
fn known(id: &str) -> Option<&'static str> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if id.strip_prefix("CAPEC-").is_some_and(digits) {
        return Some("capec");
    }
    let (year, number) = id.strip_prefix("CVE-")?.split_once('-')?;
    let length = if number.starts_with('0') {
        4..=4
    } else {
        4..=usize::MAX
    };
    let holds = year.len() == 4 && digits(year) && digits(number);
    (holds && length.contains(&number.len())).then_some("cve")
}
