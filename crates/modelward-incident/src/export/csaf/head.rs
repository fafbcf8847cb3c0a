//! What a document says of itself.

use super::wire::{
    AggregateSeverity, Distribution, Engine, Generator, Head, Marking, Note, Publisher, Reference,
    Revision, Tracking,
};
use super::{CsafRequest, CsafTracking, CsafVersion, note};
use crate::Tlp;
use crate::export::vex::facts::VexFacts;

/// The profile of section 4.2 in CSAF 2.0 and 2.1.
const CATEGORY: &str = "csaf_security_incident_response";

pub(super) fn head(facts: &VexFacts, request: &CsafRequest) -> Head {
    let publisher = &request.publisher;
    Head {
        // Not a metric of 2.1 too: the schema has `qualitative_severity_rating` since lately, and
        // validators refuse it.
        aggregate_severity: AggregateSeverity {
            text: facts.severity,
        },
        category: CATEGORY,
        csaf_version: request.version.name(),
        distribution: distribution(facts.level, request.version),
        lang: request.language.clone(),
        notes: notes(facts),
        publisher: Publisher {
            category: publisher.category.name(),
            contact_details: publisher.contact.clone(),
            name: publisher.name.clone(),
            namespace: publisher.namespace.clone(),
        },
        references: references(facts, request),
        title: facts.title.clone(),
        tracking: tracking(facts, &request.tracking),
    }
}

/// Version 2.0 has the labels of TLP 1.0: white for clear, and none for amber with strict, which
/// becomes amber with a text.
fn distribution(level: Tlp, version: CsafVersion) -> Distribution {
    let is_2_1 = version == CsafVersion::V2_1;
    let (label, text) = match level {
        Tlp::Clear if is_2_1 => ("CLEAR", None),
        Tlp::Clear => ("WHITE", None),
        Tlp::Green => ("GREEN", None),
        Tlp::Amber => ("AMBER", None),
        Tlp::AmberStrict if is_2_1 => ("AMBER+STRICT", None),
        Tlp::AmberStrict => {
            let text = "TLP:AMBER+STRICT (TLP 2.0): limited to the recipient's organization.";
            ("AMBER", Some(text))
        }
        _ => ("RED", None),
    };
    let url = if is_2_1 {
        "https://www.first.org/tlp/"
    } else {
        "https://www.first.org/tlp/v1/"
    };
    Distribution {
        text,
        tlp: Marking { label, url },
    }
}

/// The profile wants a summary, description, details or general note; the title is the least.
fn notes(facts: &VexFacts) -> Vec<Note> {
    let text = facts.summary.as_ref().unwrap_or(&facts.title);
    let mut notes = vec![note("summary", "Summary", text.clone())];
    let review = facts.review.iter();
    notes.extend(review.map(|text| note("details", "Post-incident review", text.clone())));
    let lines = facts.notes.iter();
    let lines: Vec<_> = lines
        .map(|note| format!("{} {}: {}", note.at, note.actor, note.text))
        .collect();
    if !lines.is_empty() {
        notes.push(note("other", "Notes", lines.join("\n")));
    }
    notes
}

/// Lists the document itself, where its site is known, and other documents, each address once.
pub(super) fn references(facts: &VexFacts, request: &CsafRequest) -> Vec<Reference> {
    let reference = |category, summary: &str, url: &str| Reference {
        category,
        summary: summary.to_owned(),
        url: url.to_owned(),
    };
    let own = request.site.as_ref().map(|site| {
        let url = format!("{site}/{}", request.tracking.file_name());
        reference("self", "Canonical address", &url)
    });
    let given = request.references.iter();
    let given = given.map(|(summary, url)| reference("external", summary, url));
    let linked = facts.links.iter().filter_map(|link| {
        let url = link.url()?;
        Some(reference("external", &link.summary(), &url))
    });
    let mut references: Vec<Reference> = Vec::new();
    for reference in own.into_iter().chain(given).chain(linked) {
        if !references.iter().any(|other| other.url == reference.url) {
            references.push(reference);
        }
    }
    references
}

fn tracking(facts: &VexFacts, tracking: &CsafTracking) -> Tracking {
    let history = tracking.revisions.iter().map(|revision| Revision {
        date: revision.date,
        number: revision.number.to_string(),
        summary: revision.summary.clone(),
    });
    let alias = (facts.id != tracking.id).then(|| facts.id.clone());
    let engine = Engine {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    };
    Tracking {
        aliases: alias.into_iter().collect(),
        current_release_date: tracking.last().date,
        generator: Generator { engine },
        id: tracking.id.clone(),
        initial_release_date: tracking.first().date,
        revision_history: history.collect(),
        status: tracking.status.name(),
        version: tracking.last().number.to_string(),
    }
}
