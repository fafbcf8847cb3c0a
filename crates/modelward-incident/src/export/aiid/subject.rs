use std::collections::BTreeSet;

use modelward_artifact::{Date, Text};

use super::super::LossStatus::{Approximate, Direct, Partial};
use super::super::ledger::Ledger;
use super::AiidOptions;
use crate::format::aiid::AiidSubject;
use crate::{Fidelity, Incident, LinkRelation};

/// How many UTF-16 units the form takes of a title and of a description.
const MAX: usize = 500;

/// Finds the numbers under which the database has the incident already.
pub(super) fn known(incident: &Incident, ledger: &mut Ledger) -> Vec<u64> {
    let mut numbers = BTreeSet::new();
    for (index, link) in incident.links().iter().enumerate() {
        let is_same = matches!(
            link.relation,
            LinkRelation::SameAs | LinkRelation::DuplicateOf
        );
        let is_theirs = link.system.as_ref().is_some_and(|it| it.as_str() == "AIID");
        let number = link.target.as_str().parse().ok().filter(|it| *it > 0);
        if let Some(number) = number.filter(|_| is_same && is_theirs) {
            numbers.insert(number);
            ledger.direct(format!("links/{index}"), "incident_ids");
        }
    }
    if !numbers.is_empty() {
        let note = "the database has the incident; the submission is a further report on it";
        for field in ["title", "summary", "began"] {
            ledger.unmapped(field, note);
        }
    }
    numbers.into_iter().collect()
}

/// Describes the incident for the form.
pub(super) fn new(incident: &Incident, options: &AiidOptions, ledger: &mut Ledger) -> AiidSubject {
    let title = shortened(incident.title(), ("title", "incident_title"), ledger);
    let description = match (&options.description, incident.summary()) {
        (Some(description), _) => {
            let note = "a description was given in its place";
            ledger.unmapped("summary", note);
            description.clone()
        }
        (None, Some(summary)) => shortened(summary, ("summary", "description"), ledger),
        (None, None) => String::new(),
    };
    let subject = AiidSubject::new(&title, &description, date(incident, ledger));
    parties(incident, subject, ledger)
}

fn date(incident: &Incident, ledger: &mut Ledger) -> Date {
    if let Some(began) = incident.began() {
        let (status, note) = match began.fidelity() {
            Fidelity::Year | Fidelity::Month => (
                Approximate,
                "incident_date, a day, though no day is known; the first possible one stands",
            ),
            Fidelity::Day => (Direct, "incident_date"),
            _ => (Partial, "incident_date, a day in UTC without the time"),
        };
        ledger.say("began", status, note);
        return began.at().date();
    }
    let times = incident.timeline().iter().map(|event| event.time().at());
    let first = times.min().unwrap_or_else(|| incident.opened_at());
    let note = "the day of the first event stands as incident_date; who recorded what is left out";
    ledger.approximate("timeline", note);
    first.date()
}

fn parties(incident: &Incident, mut subject: AiidSubject, ledger: &mut Ledger) -> AiidSubject {
    let systems = incident.systems();
    for developer in once(systems.iter().flat_map(|system| &system.developers)) {
        subject = subject.with_developer(developer);
    }
    for deployer in once(systems.iter().flat_map(|system| &system.deployers)) {
        subject = subject.with_deployer(deployer);
    }
    for system in once(systems.iter().map(|system| &system.name)) {
        subject = subject.with_system(system);
    }
    let impacts = incident.impacts().values();
    for party in once(impacts.flat_map(|impact| &impact.affected)) {
        subject = subject.with_harmed_party(party);
    }
    let fates = [
        (
            "systems/*/developers",
            "developers, without saying of which system",
        ),
        (
            "systems/*/deployers",
            "deployers, without saying of which system",
        ),
        ("impacts/*/affected", "harmed_parties, without saying how"),
    ];
    for (fields, note) in fates {
        ledger.partial(fields, note);
    }
    ledger.direct("systems/*/name", "implicated_systems");
    subject
}

/// Leaves out what stood before.
fn once<'a>(texts: impl Iterator<Item = &'a Text>) -> impl Iterator<Item = &'a str> {
    let mut seen = BTreeSet::new();
    texts
        .map(Text::as_str)
        .filter(move |text| seen.insert(*text))
}

/// Cuts a text where it is longer than the form takes.
fn shortened(text: &Text, (field, member): (&str, &str), ledger: &mut Ledger) -> String {
    let text = text.as_str();
    if text.encode_utf16().count() <= MAX {
        ledger.direct(field, member);
        return text.to_owned();
    }
    let note = format!("{member}, cut off after {} characters", MAX - 1);
    ledger.partial(field, note);
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < MAX
    });
    let mut kept: String = kept.collect();
    kept.push('\u{2026}');
    kept
}
