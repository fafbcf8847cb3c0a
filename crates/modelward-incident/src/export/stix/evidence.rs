use std::fmt::Write as _;

use modelward_artifact::Text;

use crate::export::LossStatus::Partial;
use crate::export::stix::builder::File;
use crate::export::stix::hashes;
use crate::export::stix::object::stamp;
use crate::export::stix::writer::{Note, Writer, author};
use crate::{Custody, CustodyAction, Evidence};

/// The largest integer that STIX allows (STIX 2.1, section 2.8).
const MAX_INTEGER: u64 = (1 << 53) - 1;

/// Adds the evidence: a file, when it was collected, and who had it since.
pub(super) fn add(writer: &mut Writer<'_>) {
    for evidence in writer.incident.evidence().values() {
        one(writer, evidence);
    }
}

fn one(writer: &mut Writer<'_>, evidence: &Evidence) {
    let file = writer.builder.file(File {
        hashes: hashes::of(evidence.digests()),
        size: Some(evidence.size()).filter(|size| *size <= MAX_INTEGER),
        mime_type: evidence.media_type().map(Text::as_str),
        ..File::default()
    });
    let key = format!("evidence/{}", evidence.id());
    let mut about = vec![writer.id.clone(), file.clone()];
    if let Some(first) = evidence.custody().first() {
        let data = writer
            .builder
            .object("observed-data", &key)
            .at("first_observed", first.at)
            .at("last_observed", first.at)
            .with("number_observed", 1)
            .with("object_refs", vec![file]);
        about.push(writer.builder.push(data));
    }
    writer.note(Note {
        key: &key,
        title: evidence.title().as_str(),
        content: chain(evidence),
        about,
        ..Note::default()
    });
    lost(writer, evidence);
}

/// Says who had the evidence and where it lies.
fn chain(evidence: &Evidence) -> String {
    let mut text = format!("Evidence {}.", evidence.id());
    if let Some(location) = evidence.location() {
        write!(text, "\nLocation: {location}").ok();
    }
    for custody in evidence.custody() {
        write!(text, "\n{} {}", stamp(custody.at), did(custody)).ok();
    }
    text
}

fn did(custody: &Custody) -> String {
    let who = author(&custody.by);
    let what = match &custody.action {
        CustodyAction::Collected => "collected by".to_owned(),
        CustodyAction::Transferred { to } => format!("transferred to {} by", author(to)),
        CustodyAction::Accessed => "accessed by".to_owned(),
        CustodyAction::Verified { matched: true } => "verified, and as it was, by".to_owned(),
        CustodyAction::Verified { matched: false } => "verified, and changed, by".to_owned(),
        CustodyAction::Sealed => "sealed by".to_owned(),
        CustodyAction::Destroyed => "destroyed by".to_owned(),
    };
    match &custody.note {
        Some(note) => format!("{what} {who}: {note}"),
        None => format!("{what} {who}"),
    }
}

fn lost(writer: &mut Writer<'_>, evidence: &Evidence) {
    let mut note =
        String::from("file, observed-data, and the title, location and custody in a note");
    if hashes::of(evidence.digests()).len() < evidence.digests().len() {
        note.push_str("; one digest of each algorithm");
    }
    if evidence.size() > MAX_INTEGER {
        note.push_str("; the size is beyond the integers of STIX");
    }
    writer.lost(&format!("evidence/{}/*", evidence.id()), Partial, &note);
}
