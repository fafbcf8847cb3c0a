//! What there is to read.

use crate::export::ledger::Ledger;
use crate::format::avid::Reference;
use crate::{Incident, Link};

/// Where collections show what has an id in them.
const ADDRESSES: [(&str, &str); 4] = [
    ("AIID", "https://incidentdatabase.ai/cite/"),
    ("ATLAS", "https://atlas.mitre.org/studies/"),
    ("CVE", "https://www.cve.org/CVERecord?id="),
    ("OSV", "https://osv.dev/vulnerability/"),
];

pub(super) fn references(incident: &Incident, ledger: &mut Ledger) -> Vec<Reference> {
    let links = incident.links().iter().enumerate();
    links
        .map(|(index, link)| {
            let url = url(link, index, ledger);
            Reference::new(label(link), url).of_kind(link.relation.name())
        })
        .collect()
}

/// Returns where a link leads to: its address, that of its id, or else its id.
fn url(link: &Link, index: usize, ledger: &mut Ledger) -> String {
    let (field, place) = (format!("links/{index}"), format!("/references/{index}"));
    let target = link.target.as_str();
    let known = link.system.as_ref();
    let known = known.and_then(|system| address(system.as_str(), target));
    match (known, is_address(target)) {
        (Some(address), _) => {
            ledger.direct(field, place);
            return address;
        }
        (None, true) if link.system.is_none() => ledger.direct(field, place),
        (None, true) => ledger.partial(field, format!("{place}, without the collection")),
        (None, false) => {
            let note = format!("{place}, with an id in place of an address");
            ledger.approximate(field, note);
        }
    }
    target.to_owned()
}

/// Returns what a link is called: its title, or its collection and id.
pub(crate) fn label(link: &Link) -> String {
    match (&link.title, &link.system) {
        (Some(title), _) => title.to_string(),
        (None, Some(system)) => format!("{system} {}", link.target),
        (None, None) => link.target.to_string(),
    }
}

/// Returns where a collection shows what has this id.
fn address(system: &str, id: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ':');
    if id.is_empty() || !id.chars().all(plain) {
        return None;
    }
    let mut all = ADDRESSES.iter();
    let (_, before) = all.find(|(name, _)| *name == system)?;
    Some(format!("{before}{id}"))
}

/// Returns the collection and the id that an address shows.
pub(crate) fn origin(url: &str) -> Option<(&'static str, &str)> {
    let mut all = ADDRESSES.iter();
    let found = all.find_map(|(name, before)| Some((*name, url.strip_prefix(before)?)));
    found.filter(|(name, id)| address(name, id).is_some())
}

fn is_address(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}
