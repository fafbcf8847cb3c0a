use modelward_artifact::{Digest, Party};

use super::Derived;
use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::export::versioned;
use crate::{AssetKind, Event, Evidence, Incident, Link, RootCause};

pub(super) fn title(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Direct, "title of the record");
    derived.say(incident.title().as_str(), "title", Direct);
    derived
}

pub(super) fn description(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Direct, "summary of the record");
    if let Some(summary) = incident.summary() {
        derived.say(summary.as_str(), "summary", Direct);
    }
    derived
}

pub(super) fn relation(incident: &Incident) -> Derived {
    let note = "kinds and root cause of the record, from which the part may be seen";
    let mut derived = Derived::new(Approximate, note);
    for kind in incident.kinds() {
        derived.say(kind.name(), "kinds", Approximate);
    }
    if let Some(RootCause::Known { cause }) = incident.root_cause() {
        derived.say(format!("root cause: {cause}"), "rootCause", Approximate);
    }
    derived
}

pub(super) fn submitter(incident: &Incident, submitter: Option<&Party>) -> Derived {
    let role = |party: &Party| match party.role() {
        Some(role) => format!("{party}, {role}"),
        None => party.to_string(),
    };
    if let Some(submitter) = submitter {
        let mut derived = Derived::new(Direct, "whoever submits it");
        derived.answers.push(role(submitter));
        return derived;
    }
    let mut derived = Derived::new(Approximate, "whoever opened the incident");
    if let Some(first) = incident.timeline().first() {
        derived.say(role(first.actor()), "timeline", Approximate);
    }
    derived
}

pub(super) fn first_occurrence(incident: &Incident) -> Derived {
    if let Some(began) = incident.began() {
        let mut derived = Derived::new(Direct, "beginning of the incident");
        derived.say(began.to_string(), "began", Direct);
        return derived;
    }
    let mut derived = Derived::new(Approximate, "time of the first event of the record");
    let times = incident.timeline().iter().map(Event::time);
    if let Some(first) = times.min() {
        derived.say(first.to_string(), "timeline", Approximate);
    }
    derived
}

pub(super) fn material(incident: &Incident) -> Derived {
    let status = if incident.evidence().is_empty() {
        Direct
    } else {
        Partial
    };
    let mut derived = Derived::new(status, "links, and evidence by its digests");
    for (index, link) in incident.links().iter().enumerate() {
        derived.say(pointed(link), format!("links/{index}"), Direct);
    }
    for (id, evidence) in incident.evidence() {
        for member in ["title", "digests", "size"] {
            let field = format!("evidence/{id}/{member}");
            derived.sources.push((field, Direct));
        }
        derived.answers.push(described(evidence));
    }
    derived
}

fn pointed(link: &Link) -> String {
    let system = link.system.as_ref().map(|it| format!(" ({it})"));
    let title = link.title.as_ref().map(|it| format!(", {it}"));
    format!(
        "{}: {}{}{}",
        link.relation.name(),
        link.target,
        system.unwrap_or_default(),
        title.unwrap_or_default()
    )
}

fn described(evidence: &Evidence) -> String {
    let digests: Vec<String> = evidence.digests().iter().map(Digest::to_string).collect();
    format!(
        "evidence: {}, {} bytes, {}",
        evidence.title(),
        evidence.size(),
        digests.join(", ")
    )
}

pub(super) fn systems(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Direct, "systems of the record");
    for (index, system) in incident.systems().iter().enumerate() {
        let name = versioned(&system.name, system.version.as_ref());
        derived.say(name, format!("systems/{index}/name"), Direct);
        derived
            .sources
            .push((format!("systems/{index}/version"), Direct));
    }
    if !derived.says_nothing() {
        return derived;
    }
    let mut derived = Derived::new(Approximate, "models and services that are affected");
    for (id, asset) in incident.assets() {
        if matches!(asset.kind, AssetKind::Model | AssetKind::Service) {
            let name = versioned(&asset.name, asset.version.as_ref());
            derived.say(name, format!("assets/{id}/name"), Approximate);
            derived
                .sources
                .push((format!("assets/{id}/version"), Approximate));
        }
    }
    derived
}

pub(super) fn organizations(incident: &Incident) -> Derived {
    let mut derived = Derived::new(Direct, "systems of the record");
    for (index, system) in incident.systems().iter().enumerate() {
        for developer in &system.developers {
            let field = format!("systems/{index}/developers");
            derived.say(format!("developer: {developer}"), field, Direct);
        }
        for deployer in &system.deployers {
            let field = format!("systems/{index}/deployers");
            derived.say(format!("deployer: {deployer}"), field, Direct);
        }
    }
    derived
}
